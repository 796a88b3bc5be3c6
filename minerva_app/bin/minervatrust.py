"""The search command minervatrust: which events of records Minerva stored (logic: minerva/tenancy/event_trust.py).

Syntax:  minervatrust
Example: `minerva_records` | minervatrust | where trust!="signed by Minerva"
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from typing import Any

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))

import minerva_app_splunkd
from minerva.tenancy import event_trust
from minerva_app_messages import Messages
from splunklib.searchcommands import Configuration, StreamingCommand, dispatch


# Not distributed: the key stays with the search head's handler.
@Configuration(distributed=False)
class MinervaTrust(Messages, StreamingCommand):  # type: ignore[misc]  # the SDK has no types
    def stream(self, records: Any) -> Iterator[dict[str, Any]]:
        info = self.metadata.searchinfo

        def ask(operation: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
            return minerva_app_splunkd.ask_of_records(info.splunkd_uri, info.session_key, operation, body)

        try:
            yield from event_trust.marked(records, ask)
        except minerva_app_splunkd.SplunkdError as error:
            self.fail(str(error))


dispatch(MinervaTrust, sys.argv, sys.stdin, sys.stdout, __name__)
