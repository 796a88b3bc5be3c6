"""The search command minervafigures: published counts by place, month, sector and kind (minerva/deconfliction).

Syntax:  minervafigures [cube=<cube>] [group=<group id>]
Example: | minervafigures cube=sector_month
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import Any

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))

import minerva_app_splunkd
from minerva.deconfliction import policy_figures
from minerva_app_messages import Messages
from splunklib.searchcommands import Configuration, GeneratingCommand, Option, dispatch

_OPTIONS = ("cube", "group")


@Configuration(type="reporting")
class MinervaFigures(Messages, GeneratingCommand):  # type: ignore[misc]  # the SDK has no types
    cube, group = (Option(name=name) for name in _OPTIONS)

    def prepare(self) -> None:
        try:
            self.request = policy_figures.read_options({name: getattr(self, name) for name in _OPTIONS})
        except policy_figures.OptionError as error:
            self.fail(str(error))

    def generate(self) -> Iterator[dict[str, Any]]:
        info = self.metadata.searchinfo
        try:
            answer = minerva_app_splunkd.ask(info.splunkd_uri, info.session_key, "counts", self.request.body)
        except minerva_app_splunkd.NotFound:
            answer = {}
        except minerva_app_splunkd.SplunkdError as error:
            self.fail(str(error))
        rows = policy_figures.rows_of(answer, self.request.cube)
        if not rows:
            self.write_warning(policy_figures.NO_FIGURES)
        yield from rows


dispatch(MinervaFigures, sys.argv, sys.stdin, sys.stdout, __name__)
