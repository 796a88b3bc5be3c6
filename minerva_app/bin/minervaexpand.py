"""The search command minervaexpand: stored entities and their neighborhood (logic: minerva/tenancy/expansion.py).

Syntax:  minervaexpand [entity=<id>] [identifier=<kind:value>] [depth=1] [limit=200] [kinds=phone,email]
         [since=2026-03-01] [until=2026-04-01] [output=edges|nodes|entity|list|summary|overview]
         [tenant=<tenant>]
Example: | minervaexpand entity=e_0123456789abcdef output=edges depth=2
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))

import minerva_app_splunkd
from minerva.linking import evidence
from minerva.tenancy import expansion
from minerva.tenancy.typed import is_normal
from minerva_app_messages import Messages
from splunklib.searchcommands import Configuration, GeneratingCommand, Option, dispatch

NEAREST = 20
"""Of the records of so many entities, the nearest first, edges tell source and time: each is a request."""
_OPTIONS = ("entity", "identifier", "depth", "limit", "output", "kinds", "since", "until", "tenant")


@Configuration(type="reporting")
class MinervaExpand(Messages, GeneratingCommand):  # type: ignore[misc]  # the SDK has no types
    entity, identifier, depth, limit, output, kinds, since, until, tenant = (Option(name=name) for name in _OPTIONS)

    def prepare(self) -> None:
        try:
            self.request = expansion.read_options({name: getattr(self, name) for name in _OPTIONS})
        except expansion.OptionError as error:
            self.fail(str(error))

    def generate(self) -> Iterator[dict[str, Any]]:
        try:
            request = self._read()
            answer = self._ask(request.operation, request.body)
            if answer is None:
                return
            if request.output == "overview":  # a page asks once: two processes would start for it otherwise
                answer = {**answer, **(self._ask("summary", {}) or {"rows": []})}
            rows = expansion.rows_of(request, answer)
            if request.output == "edges":
                rows = evidence.expanded(rows, answer["nodes"], self._origins(answer["nodes"]))
        except minerva_app_splunkd.SplunkdError as error:
            self.fail(str(error))
        yield from rows

    def _read(self) -> expansion.Request:
        """Returns the request with its identifier as the handler reads what was typed."""
        typed = self.request.body.get("identifier", "")
        if not typed or is_normal(typed):
            return self.request
        return expansion.with_reading(self.request, self._ask("reading", {"text": typed}) or {})

    def _origins(self, nodes: Sequence[Mapping[str, Any]]) -> dict[str, tuple[str, int]]:
        """Returns source and time of the records of the nearest entities."""
        near = dict.fromkeys(node["entity_id"] for node in nodes if node["kind"] == "record")
        found: dict[str, tuple[str, int]] = {}
        for entity_id in list(near)[:NEAREST]:
            found.update(evidence.origins_of(self._ask("get", {"entity_id": entity_id}) or {}))
        return found

    def _ask(self, operation: str, body: Mapping[str, Any]) -> dict[str, Any] | None:
        info = self.metadata.searchinfo
        try:
            return minerva_app_splunkd.ask(info.splunkd_uri, info.session_key, operation, body)
        except minerva_app_splunkd.NotFound:
            return None


dispatch(MinervaExpand, sys.argv, sys.stdin, sys.stdout, __name__)
