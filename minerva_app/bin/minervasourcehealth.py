"""The search command minervasourcehealth: what runs of sources log becomes one row a source (minerva/intake/health).

Syntax:  minervasourcehealth
Example: `minerva_source_lines` | minervasourcehealth | where state!="ok"
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from typing import Any

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))

from minerva.intake.health.state import health
from minerva_app_messages import Messages
from splunklib.searchcommands import Configuration, EventingCommand, dispatch


@Configuration()
class MinervaSourceHealth(Messages, EventingCommand):  # type: ignore[misc]  # the SDK has no types
    def prepare(self) -> None:
        self.rows: list[dict[str, Any]] = []

    def transform(self, records: Any) -> Iterator[dict[str, Any]]:
        # The SDK calls this once a chunk; a source is judged by all its lines, so they wait for the last chunk.
        self.rows.extend(records)
        if self._finished:
            yield from health(self.rows, time.time())


dispatch(MinervaSourceHealth, sys.argv, sys.stdin, sys.stdout, __name__)
