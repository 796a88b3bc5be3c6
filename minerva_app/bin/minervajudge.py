"""The search command minervajudge: a judgement about two records (logic: minerva/tenancy/judgements/judging.py).

Syntax:  minervajudge [a=<record id> b=<record id> verdict=same|not_same|unsure|take_back why=<text>] [tenant=<id>]
Example: | minervajudge a=0a1b b=2c3d verdict=not_same why="two people at one front desk"
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import Any

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))

import minerva_app_splunkd
from minerva.tenancy.judgements import judge_options
from minerva_app_messages import Messages
from splunklib.searchcommands import Configuration, GeneratingCommand, Option, dispatch

_OPTIONS = ("a", "b", "verdict", "why", "tenant")


@Configuration(type="reporting")
class MinervaJudge(Messages, GeneratingCommand):  # type: ignore[misc]  # the SDK has no types
    a, b, verdict, why, tenant = (Option(name=name) for name in _OPTIONS)

    def prepare(self) -> None:
        try:
            self.body = judge_options.read_options({name: getattr(self, name) for name in _OPTIONS})
        except judge_options.OptionError as error:
            self.fail(str(error))

    def generate(self) -> Iterator[dict[str, Any]]:
        info = self.metadata.searchinfo
        try:
            answer = minerva_app_splunkd.ask(info.splunkd_uri, info.session_key, "judgements", self.body)
        except minerva_app_splunkd.NotFound:
            yield judge_options.told(judge_options.MISSING)
            return
        except minerva_app_splunkd.SplunkdError as error:
            self.fail(str(error))
        yield from judge_options.rows_of(answer)


dispatch(MinervaJudge, sys.argv, sys.stdin, sys.stdout, __name__)
