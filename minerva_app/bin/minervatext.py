"""The search command minervatext: near-duplicate texts, with what they share and what changes (logic: minerva/text).

Syntax:  minervatext [field=text]
Example: index=mnv_t_* | minervatext field=text | stats count values(text_template) by text_group
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import Any

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))

from minerva.text import annotate
from minerva_app_messages import Messages
from splunklib.searchcommands import Configuration, EventingCommand, Option, dispatch


@Configuration()
class MinervaText(Messages, EventingCommand):  # type: ignore[misc]  # the SDK has no types
    field = Option(name="field")

    def prepare(self) -> None:
        self.rows: list[dict[str, Any]] = []
        try:
            self.chosen = annotate.read_field(self.field)
        except annotate.OptionError as error:
            self.fail(str(error))

    def transform(self, records: Any) -> Iterator[dict[str, Any]]:
        # The SDK calls this once a chunk; groups need the whole set, so rows wait for the last chunk.
        self.rows.extend(records)
        if self._finished:
            yield from annotate.annotate(self.rows, self.chosen)


dispatch(MinervaText, sys.argv, sys.stdin, sys.stdout, __name__)
