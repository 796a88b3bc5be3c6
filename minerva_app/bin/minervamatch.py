"""The search command minervamatch: a field joined to a lookup by likeness (logic: minerva/names/join.py).

Syntax:  minervamatch field=<field> lookup=<lookup> [lookup_field=<field>] [kind=name] [cutoff=0.85] [limit=5]
Example: index=mnv_t_* | minervamatch field=name lookup=watch_names kind=name cutoff=0.9
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import Any

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))

import minerva_app_splunkd
from minerva.names import join
from minerva_app_messages import Messages
from splunklib.searchcommands import Configuration, Option, StreamingCommand, dispatch

_OPTIONS = ("field", "lookup", "lookup_field", "kind", "cutoff", "limit")


# Not distributed: the lookup is read through the search head's REST, once.
@Configuration(distributed=False)
class MinervaMatch(Messages, StreamingCommand):  # type: ignore[misc]  # the SDK has no types
    field, lookup, lookup_field, kind, cutoff, limit = (Option(name=name) for name in _OPTIONS)

    def prepare(self) -> None:
        self.matcher: join.Matcher | None = None
        try:
            self.chosen = join.read_options({name: getattr(self, name) for name in _OPTIONS})
        except join.OptionError as error:
            self.fail(str(error))

    def stream(self, records: Any) -> Iterator[dict[str, Any]]:
        if self.matcher is None:
            self.matcher = join.Matcher(self._entries(), self.chosen)
        return self.matcher.matched(records)

    def _entries(self) -> list[str]:
        try:
            return minerva_app_splunkd.lookup_values(
                self.metadata.searchinfo, self.chosen.lookup, self.chosen.lookup_field
            )
        except minerva_app_splunkd.SplunkdError as error:
            self.fail(str(error))


dispatch(MinervaMatch, sys.argv, sys.stdin, sys.stdout, __name__)
