"""The search command minervasourcehealth: what runs of sources log becomes one row an input (minerva/intake/health).
Inputs of the machine are read in the asker's name, so that one without a run is seen.

Syntax:  minervasourcehealth
Example: `minerva_source_lines` | minervasourcehealth | where state!="ok"
"""

from __future__ import annotations

import csv
import json
import os
import sys
import time
from collections.abc import Iterator
from typing import Any

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))

from minerva.intake import INPUTS
from minerva.intake.health.state import health
from minerva.intake.workbench.versions import titles
from minerva_app_messages import Messages
from minerva_app_splunkd import connect
from splunklib.binding import AuthenticationError, HTTPError
from splunklib.searchcommands import Configuration, EventingCommand, dispatch

_ADDON = "TA-gen-connectors"
_MADE = "minerva_sources"
"""The add-on's conf of sources that administrators made."""
_SOURCES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lookups", "minerva_sources.csv")


@Configuration()
class MinervaSourceHealth(Messages, EventingCommand):  # type: ignore[misc]  # the SDK has no types
    def prepare(self) -> None:
        self.rows: list[dict[str, Any]] = []

    def transform(self, records: Any) -> Iterator[dict[str, Any]]:
        # The SDK calls this once a chunk; a source is judged by all its lines, so they wait for the last chunk.
        self.rows.extend(records)
        if self._finished:
            yield from health([*self.rows, *self._inputs()], time.time(), titles(self._made()))

    def _read(self, path: str) -> list[dict[str, Any]]:
        """Entries of the add-on that the asker may see on this machine; none where it is not there, or not for them."""
        info = self.metadata.searchinfo
        if not info.session_key:
            return []
        splunkd = connect(info.splunkd_uri, info.session_key)
        try:
            answer = splunkd.get(path, owner="nobody", app=_ADDON, output_mode="json", count=0)
            return list(json.loads(answer.body.read())["entry"])
        except (HTTPError, AuthenticationError, OSError, ValueError, KeyError):
            return []

    def _made(self) -> dict[str, dict[str, str]]:
        return {str(entry["name"]): entry["content"] for entry in self._read(f"configs/conf-{_MADE}")}

    def _inputs(self) -> Iterator[dict[str, Any]]:
        """The inputs that the asker may see on this machine, each with what the table of sources says of its source."""
        with open(_SOURCES, encoding="utf-8", newline="") as file:
            known = {row["source_id"]: row for row in csv.DictReader(file)}
        for kind in INPUTS:
            for entry in self._read(f"data/inputs/{kind}"):
                given = entry["content"]
                source = known.get(str(given.get("source_id") or ""), {})
                named = {key: given.get(key) for key in ("source_id", "tenant_id", "disabled")}
                told = {key: source.get(key, "") for key in ("source_title", "cadence_s")}
                name = str(entry["name"])
                yield {"event": "configured", "input": f"{kind}:{name}", "name": name, **named, **told}


dispatch(MinervaSourceHealth, sys.argv, sys.stdin, sys.stdout, __name__)
