"""The search command minervaschoolregister: a taken register renews an institution's list of schools (logic:
minerva/school_queries/renewing.py).

Syntax:  minervaschoolregister tenant=<tenant>
Example: search `minerva_records` sourcetype=minerva:school | `minerva_signed` | dedup source source_key
         | minervaschoolregister tenant=northfield
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from typing import Any

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))

import minerva_app_splunkd
from minerva.school_queries import renewing
from minerva.school_queries.command import OptionError
from minerva_app_messages import Messages
from splunklib.searchcommands import Configuration, EventingCommand, Option, dispatch


@Configuration()
class MinervaSchoolRegister(Messages, EventingCommand):  # type: ignore[misc]  # the SDK has no types
    tenant = Option(name="tenant")

    def prepare(self) -> None:
        try:
            self.renewal = renewing.Renewal(renewing.read_tenant(self.tenant), self._ask)
        except OptionError as error:
            self.fail(str(error))

    def transform(self, records: Any) -> Iterator[dict[str, Any]]:
        # The SDK calls this once a chunk.
        try:
            self.renewal.take(list(records))
            if self._finished:
                yield from self.renewal.rows()
        except minerva_app_splunkd.NotFound:
            self.fail("the institution is unknown, or you may not renew its list: the service does so by the clock")
        except minerva_app_splunkd.SplunkdError as error:
            self.fail(str(error))

    def _ask(self, operation: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
        info = self.metadata.searchinfo
        return minerva_app_splunkd.ask(info.splunkd_uri, info.session_key, operation, body)


dispatch(MinervaSchoolRegister, sys.argv, sys.stdin, sys.stdout, __name__)
