"""The search command minervaverify: which copies of releases the service wrote (logic: minerva/sharing/verifying.py).

Syntax:  minervaverify
Example: index=mnv_s_* sourcetype=minerva:release | minervaverify | where genuine="false"
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from typing import Any

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))

import minerva_app_splunkd
from minerva.sharing import verifying
from minerva_app_messages import Messages
from splunklib.searchcommands import Configuration, StreamingCommand, dispatch


# Not distributed: the key stays with the search head's handler.
@Configuration(distributed=False)
class MinervaVerify(Messages, StreamingCommand):  # type: ignore[misc]  # the SDK has no types
    def stream(self, records: Any) -> Iterator[dict[str, Any]]:
        info = self.metadata.searchinfo

        def ask(operation: str, body: Mapping[str, Any]) -> dict[str, Any]:
            return minerva_app_splunkd.ask(info.splunkd_uri, info.session_key, operation, body)

        try:
            yield from verifying.verified(records, ask)
        except minerva_app_splunkd.NotFound:
            self.fail("copies are checked for people of an institution")
        except minerva_app_splunkd.SplunkdError as error:
            self.fail(str(error))


dispatch(MinervaVerify, sys.argv, sys.stdin, sys.stdout, __name__)
