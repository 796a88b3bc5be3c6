"""The search command minervaresolve: entity, records, reasons of an identifier (logic: minerva/tenancy/resolving.py).

Syntax:  minervaresolve identifier=<kind:value> | record_id=<record id> | entity=<entity id>
         [output=entity|joins|judgements|reading]
Example: | minervaresolve identifier="phone:+14155550123"
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from typing import Any

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))

import minerva_app_splunkd
from minerva.linking import evidence
from minerva.tenancy import resolving
from minerva_app_messages import Messages
from splunklib.searchcommands import Configuration, GeneratingCommand, Option, dispatch

_OPTIONS = ("identifier", "record_id", "entity", "output")


@Configuration(type="reporting")
class MinervaResolve(Messages, GeneratingCommand):  # type: ignore[misc]  # the SDK has no types
    identifier, record_id, entity, output = (Option(name=name) for name in _OPTIONS)

    def prepare(self) -> None:
        try:
            self.request = resolving.read_options({name: getattr(self, name) for name in _OPTIONS})
        except resolving.OptionError as error:
            self.fail(str(error))

    def generate(self) -> Iterator[dict[str, Any]]:
        request = self.request
        if request.typed:
            read = self._ask("reading", {"text": request.typed}) or {"readings": [], "problem": ""}
            if request.output == resolving.READING:
                yield from resolving.reading_rows(request, read)
                return
            request = resolving.with_readings(request, read)
        found = (self._ask("resolve", body) for body in request.bodies)
        answer = next((each for each in found if each is not None), None)
        yield from evidence.resolved(request.output, resolving.rows_of(request, answer), answer)

    def _ask(self, operation: str, body: Mapping[str, Any]) -> dict[str, Any] | None:
        info = self.metadata.searchinfo
        try:
            return minerva_app_splunkd.ask(info.splunkd_uri, info.session_key, operation, body)
        except minerva_app_splunkd.NotFound:
            return None
        except minerva_app_splunkd.SplunkdError as error:
            self.fail(str(error))


dispatch(MinervaResolve, sys.argv, sys.stdin, sys.stdout, __name__)
