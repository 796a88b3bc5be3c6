"""The search command minervaschool: which schools a uniform may be of (logic: minerva/school_queries/command.py).

Syntax:  minervaschool [describe="<words>"] [query=<id>] [top=20] [tenant=<tenant>]
Example: | minervaschool describe="navy blazer, gold lion on a shield, maroon and gold striped tie, in Kent"
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import Any

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))

import minerva_app_splunkd
from minerva.school_queries import command
from minerva_app_messages import Messages
from splunklib.searchcommands import Configuration, GeneratingCommand, Option, dispatch

_OPTIONS = ("describe", "query", "top", "tenant")


@Configuration(type="reporting")
class MinervaSchool(Messages, GeneratingCommand):  # type: ignore[misc]  # the SDK has no types
    describe, query, top, tenant = (Option(name=name) for name in _OPTIONS)

    def prepare(self) -> None:
        try:
            self.request = command.read_options({name: getattr(self, name) for name in _OPTIONS})
        except command.OptionError as error:
            self.fail(str(error))

    def generate(self) -> Iterator[dict[str, Any]]:
        info = self.metadata.searchinfo
        try:
            answer = minerva_app_splunkd.ask(info.splunkd_uri, info.session_key, self.request.path, self.request.body)
        except minerva_app_splunkd.NotFound:
            self.write_warning(command.NOT_FOUND)
            return
        except minerva_app_splunkd.SplunkdError as error:
            self.fail(str(error))
        for note in answer.get("notes", ()):
            self.write_warning(note)
        yield from command.rows_of(answer, self.request.top)


dispatch(MinervaSchool, sys.argv, sys.stdin, sys.stdout, __name__)
