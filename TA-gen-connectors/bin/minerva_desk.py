"""The workbench's desk in splunkd, in the name of the administrator who asks: stanzas, inputs, accounts, counts."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from minerva.intake import INPUTS
from minerva.intake.errors import FactsError
from minerva.intake.events import runs_search
from minerva.intake.facts.catalogue import Catalogue
from minerva.intake.inputs import Network, checkpoint_path
from minerva.intake.web.account import Account
from minerva.intake.workbench.progress import checkpoint_counts
from minerva_settings import APP, PREFIX, SOURCES_CONF, account
from minerva_splunkd import network, sources
from splunklib import binding


class SplunkDesk:
    """Implements minerva.intake.workbench.operations.Desk over one request's session."""

    def __init__(self, request: Mapping[str, Any]) -> None:
        self.user = str(request["session"]["user"])
        self._key = str(request["session"]["authtoken"])
        parts = urlsplit(request["server"]["rest_uri"])
        self._splunkd = binding.Context(
            scheme=parts.scheme, host=parts.hostname, port=parts.port, token=self._key, owner="nobody", app=APP
        )

    def now(self) -> float:
        return time.time()

    def catalogue(self) -> Catalogue:
        return sources(self._key)

    def stanza(self, source_id: str) -> Mapping[str, str] | None:
        for entry in self._entries(f"configs/conf-{SOURCES_CONF}"):
            if entry["name"] == source_id:
                return {str(key): str(value) for key, value in entry["content"].items()}
        return None

    def write(self, source_id: str, settings: Mapping[str, str]) -> None:
        there = self.stanza(source_id) is not None
        path = f"configs/conf-{SOURCES_CONF}"
        if there:
            self._post(f"{path}/{quote(source_id, safe='')}", dict(settings))
        else:
            self._post(path, {"name": source_id, **settings})

    def remove(self, source_id: str) -> None:
        try:
            self._splunkd.delete(f"configs/conf-{SOURCES_CONF}/{quote(source_id, safe='')}")
        except binding.HTTPError as error:
            raise FactsError(_told(error)) from None

    def network(self) -> Network:
        return network(self._key)

    def account(self, name: str) -> Account:
        return account(self._key, name)

    def accounts(self) -> Sequence[str]:
        return sorted(entry["name"] for entry in self._entries(f"configs/conf-{PREFIX}_account"))

    def tenants(self) -> Sequence[Mapping[str, str]]:
        return [
            {
                "id": entry["name"],
                "label": str(entry["content"].get("label") or entry["name"]),
                "index": entry["content"]["index"],
            }
            for entry in self._entries("configs/conf-minerva_tenants", app="-")
            if entry["content"].get("index") and entry["content"].get("state", "active") == "active"
        ]

    def inputs(self) -> Sequence[Mapping[str, str]]:
        found = []
        for kind in INPUTS:
            for entry in self._entries(f"data/inputs/{kind}"):
                content = entry["content"]
                found.append(
                    {
                        "kind": kind,
                        "name": entry["name"],
                        **{key: str(content.get(key) or "") for key in ("source_id", "tenant_id", "index", "disabled")},
                    }
                )
        return found

    def add_input(self, kind: str, settings: Mapping[str, str]) -> None:
        self._post(f"{PREFIX}_{kind}", dict(settings))

    def progress(self, kind: str, name: str, source_id: str) -> Mapping[str, Any]:
        store = os.environ.get("SPLUNK_DB") or os.path.join(os.environ.get("SPLUNK_HOME", ""), "var", "lib", "splunk")
        folder = Path(store) / "modinputs" / kind
        return {
            "counts": checkpoint_counts(checkpoint_path(folder, f"{kind}://{name}")),
            "runs": self._runs(source_id),
            "now": self.now(),
        }

    def _runs(self, source_id: str) -> list[dict[str, Any]]:
        """The last lines that say how a run of the source ended, newest first."""
        search = runs_search(source_id)
        if search is None:
            return []
        try:
            reply = self._splunkd.post(
                "search/jobs", search=search, exec_mode="oneshot", output_mode="json", count=5, earliest_time="-24h"
            )
            return list(json.loads(reply.body.read()).get("results", []))
        except (binding.HTTPError, binding.AuthenticationError, OSError, ValueError):
            return []

    def _entries(self, path: str, app: str = APP) -> list[Any]:
        try:
            reply = self._splunkd.get(path, app=app, owner="nobody" if app == APP else "-", output_mode="json", count=0)
            return list(json.loads(reply.body.read()).get("entry", []))
        except binding.HTTPError:
            return []

    def _post(self, path: str, values: dict[str, str]) -> None:
        try:
            self._splunkd.post(path, output_mode="json", **values)
        except binding.HTTPError as error:
            raise FactsError(_told(error)) from None


def _told(error: Any) -> str:
    """splunkd's own words of a refusal, without its classes and codes."""
    try:
        messages = json.loads(error.body)["messages"]
        text = " ".join(str(message.get("text", "")) for message in messages)
    except (ValueError, KeyError, TypeError, AttributeError):
        text = str(error)
    return text.rpartition("REST Error [400]: Bad Request -- ")[2][:400] or "splunkd refused it"
