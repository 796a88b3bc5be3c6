"""The search command minervarisk: risk of businesses with its reasons (logic: minerva/risk_scores/command.py).

Syntax:  minervarisk [sector=<list>] [tenant=<tenant>] [establishment=<id>] [limit=1000] [model=points|learned]
                     [output=scores|regions|years|clusters] [store=true|false] [rose=<days>]
Example: `minerva_records` | minervarisk sector=massage | table score state name city reasons
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Mapping
from typing import Any

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))

import minerva_app_splunkd
from minerva.risk_scores import command
from minerva_app_messages import Messages
from splunklib.searchcommands import Configuration, EventingCommand, Option, dispatch

_OPTIONS = ("sector", "tenant", "establishment", "limit", "store", "model", "output", "rose")


@Configuration()
class MinervaRisk(Messages, EventingCommand):  # type: ignore[misc]  # the SDK has no types
    sector, tenant, establishment, limit, store, model, output, rose = (Option(name=name) for name in _OPTIONS)

    def prepare(self) -> None:
        try:
            chosen = command.read_options({name: getattr(self, name) for name in _OPTIONS})
            self.scoring = command.Scoring(chosen, time.time(), self._ask)
        except (command.OptionError, minerva_app_splunkd.SplunkdError) as error:
            self.fail(str(error))

    def transform(self, records: Any) -> Iterator[dict[str, Any]]:
        # The SDK calls this once a chunk; a score needs the whole set, of which little is kept.
        try:
            self.scoring.take(list(records))
            if self._finished:
                rows = list(self.scoring.rows())
                for warning in self.scoring.warnings():
                    self.write_warning(warning)
                yield from rows
        except minerva_app_splunkd.NotFound:
            self.fail("the institution is unknown, or you may not store its scores")
        except minerva_app_splunkd.SplunkdError as error:
            self.fail(str(error))

    def _ask(self, operation: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
        info = self.metadata.searchinfo
        return minerva_app_splunkd.ask_of_records(info.splunkd_uri, info.session_key, operation, body)


dispatch(MinervaRisk, sys.argv, sys.stdin, sys.stdout, __name__)
