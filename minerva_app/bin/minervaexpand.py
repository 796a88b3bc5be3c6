"""The search command minervaexpand: stored entities and their neighborhood (logic: minerva/tenancy/expansion.py).

Syntax:  minervaexpand [entity=<id>] [identifier=<kind:value>] [depth=1] [limit=200] [kinds=phone,email]
         [since=2026-03-01] [until=2026-04-01] [output=edges|nodes|entity|list|summary]
Example: | minervaexpand entity=e_0123456789abcdef output=edges depth=2
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import Any

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))

import minerva_app_splunkd
from minerva.tenancy import expansion
from minerva_app_messages import Messages
from splunklib.searchcommands import Configuration, GeneratingCommand, Option, dispatch

_OPTIONS = ("entity", "identifier", "depth", "limit", "output", "kinds", "since", "until")


@Configuration(type="reporting")
class MinervaExpand(Messages, GeneratingCommand):  # type: ignore[misc]  # the SDK has no types
    entity, identifier, depth, limit, output, kinds, since, until = (Option(name=name) for name in _OPTIONS)

    def prepare(self) -> None:
        try:
            self.request = expansion.read_options({name: getattr(self, name) for name in _OPTIONS})
        except expansion.OptionError as error:
            self.fail(str(error))

    def generate(self) -> Iterator[dict[str, Any]]:
        info = self.metadata.searchinfo
        try:
            answer = minerva_app_splunkd.ask(
                info.splunkd_uri, info.session_key, self.request.operation, self.request.body
            )
        except minerva_app_splunkd.NotFound:
            return
        except minerva_app_splunkd.SplunkdError as error:
            self.fail(str(error))
        yield from expansion.rows_of(self.request, answer)


dispatch(MinervaExpand, sys.argv, sys.stdin, sys.stdout, __name__)
