"""The search command minervaroute: where records were, in order, and where they may be next (logic: minerva/routes).

Syntax:  minervaroute [output=next|visits|legs|circuits|all] [by=<field>] [top=<int>]
Example: `minerva_records` identifier="phone:+14155550123" | minervaroute output=legs
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import Any

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))

from minerva.routes import rows
from minerva_app_messages import Messages
from splunklib.searchcommands import Configuration, EventingCommand, Option, dispatch

_OPTIONS = ("output", "by", "top")


@Configuration()
class MinervaRoute(Messages, EventingCommand):  # type: ignore[misc]  # the SDK has no types
    output, by, top = (Option(name=name) for name in _OPTIONS)

    def prepare(self) -> None:
        self.rows: list[dict[str, Any]] = []
        try:
            self.chosen = rows.read_options({name: getattr(self, name) for name in _OPTIONS})
        except rows.OptionError as error:
            self.fail(str(error))

    def transform(self, records: Any) -> Iterator[dict[str, Any]]:
        # The SDK calls this once a chunk; a route needs the whole set, so rows wait for the last chunk.
        self.rows.extend(records)
        if self._finished:
            yield from rows.routes(self.rows, self.chosen)


dispatch(MinervaRoute, sys.argv, sys.stdin, sys.stdout, __name__)
