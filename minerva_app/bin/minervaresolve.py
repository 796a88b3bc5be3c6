"""The search command minervaresolve: entity, records, reasons of an identifier (logic: minerva/tenancy/resolving.py).

Syntax:  minervaresolve identifier=<kind:value> | record_id=<record id> | entity=<entity id> [output=entity|joins]
Example: | minervaresolve identifier="phone:+14155550123"
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
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
        answer = self._answer()
        yield from evidence.resolved(self.request.output, resolving.rows_of(self.request, answer), answer)

    def _answer(self) -> dict[str, Any] | None:
        info = self.metadata.searchinfo
        for body in self.request.bodies:
            try:
                return minerva_app_splunkd.ask(info.splunkd_uri, info.session_key, "resolve", body)
            except minerva_app_splunkd.NotFound:
                continue
            except minerva_app_splunkd.SplunkdError as error:
                self.fail(str(error))
        return None


dispatch(MinervaResolve, sys.argv, sys.stdin, sys.stdout, __name__)
