"""The search command minervaupkeep: what the service does by the clock (logic: minerva/sharing/upkeep.py).

Syntax:  minervaupkeep task=rerelease|purge|publish_counts|check_set_up|watch_check (tenant=<tenant>)?
Example: | minervaupkeep task=rerelease
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from typing import Any

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))

import minerva_app_splunkd
from minerva.sharing import upkeep
from minerva_app_messages import Messages
from splunklib.searchcommands import Configuration, GeneratingCommand, Option, dispatch


@Configuration(type="reporting")
class MinervaUpkeep(Messages, GeneratingCommand):  # type: ignore[misc]  # the SDK has no types
    task = Option(name="task")
    tenant = Option(name="tenant")

    def prepare(self) -> None:
        try:
            self.operation = upkeep.read_task(self.task)
            self.body = upkeep.read_tenant(self.operation, self.tenant)
        except upkeep.OptionError as error:
            self.fail(str(error))

    def generate(self) -> Iterator[dict[str, Any]]:
        info = self.metadata.searchinfo

        def ask(operation: str, body: Mapping[str, Any]) -> dict[str, Any]:
            return minerva_app_splunkd.ask(info.splunkd_uri, info.session_key, operation, body)

        try:
            yield from upkeep.rows_of(self.operation, ask, self.body)
        except minerva_app_splunkd.NotFound:
            self.fail("only the service may do this")
        except minerva_app_splunkd.SplunkdError as error:
            self.fail(str(error))


dispatch(MinervaUpkeep, sys.argv, sys.stdin, sys.stdout, __name__)
