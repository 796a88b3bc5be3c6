"""A desk without splunkd, for tests: stanzas, inputs and the network in memory; the catalogue is read from them."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from minerva.intake.facts.authoring import gather
from minerva.intake.facts.catalogue import Catalogue, read_catalogue
from minerva.intake.inputs import Network
from minerva.intake.web.account import Account
from minerva.intake.workbench.operations import run
from tests.connectors.source_samples import SOURCES

NOW = 1_796_000_000.0


@dataclass
class Desk:
    """Implements minerva.intake.workbench.operations.Desk."""

    package: Path
    user: str = "admin"
    stanzas: dict[str, dict[str, str]] = field(default_factory=dict)
    made_inputs: list[dict[str, str]] = field(default_factory=list)
    allowed: str = ""

    def now(self) -> float:
        return NOW

    def catalogue(self) -> Catalogue:
        return read_catalogue(self.package, self.stanzas)

    def stanza(self, source_id: str) -> Mapping[str, str] | None:
        return self.stanzas.get(source_id)

    def write(self, source_id: str, settings: Mapping[str, str]) -> None:
        self.stanzas[source_id] = dict(settings)

    def remove(self, source_id: str) -> None:
        del self.stanzas[source_id]

    def network(self) -> Network:
        return Network(allowed=self.allowed)

    def account(self, name: str) -> Account:
        return Account("user", f"key of {name}")

    def accounts(self) -> Sequence[str]:
        return ["portal"]

    def tenants(self) -> Sequence[Mapping[str, str]]:
        return [{"id": "northfield", "label": "Northfield", "index": "mnv_t_1"}]

    def inputs(self) -> Sequence[Mapping[str, str]]:
        return self.made_inputs

    def add_input(self, kind: str, settings: Mapping[str, str]) -> None:
        self.made_inputs.append({"kind": kind, **settings})

    def progress(self, kind: str, name: str, source_id: str) -> Mapping[str, Any]:
        return {"counts": None, "runs": []}

    def ask(self, operation: str, **body: Any) -> dict[str, Any]:
        """The answer of an operation that is to succeed."""
        status, answer = run(self, operation, body)
        assert status == 200, answer
        return dict(json.loads(json.dumps(answer)))

    def refuse(self, operation: str, **body: Any) -> str:
        """The words of an operation that is to be refused."""
        status, answer = run(self, operation, body)
        assert status == 400, answer
        return str(answer["error"])


@cache
def all_documents() -> dict[str, Any]:
    return gather(SOURCES, abstract=True)


def opened(folder: Path) -> Desk:
    target = folder / "default" / "sources.json"
    target.parent.mkdir(parents=True)
    target.write_text(json.dumps(all_documents()), encoding="utf-8")
    return Desk(folder)


def sent(text: str | bytes) -> str:
    return base64.b64encode(text if isinstance(text, bytes) else text.encode("utf-8")).decode("ascii")
