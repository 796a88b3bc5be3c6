"""The search command minervaimage: pictures of events by their hashes, with twins among the events (minerva/images).

Syntax:  minervaimage [field=image_pdq] [quality_field=image_quality] [radius=31]
Example: index=mnv_t_* | minervaimage field=attributes.image_pdq quality_field=attributes.image_quality
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import Any

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))

from minerva.images import match_rows, picture_rows
from minerva_app_messages import Messages
from splunklib.searchcommands import Configuration, EventingCommand, Option, dispatch

_OPTIONS = ("field", "quality_field", "radius")


@Configuration()
class MinervaImage(Messages, EventingCommand):  # type: ignore[misc]  # the SDK has no types
    field, quality_field, radius = (Option(name=name) for name in _OPTIONS)

    def prepare(self) -> None:
        self.rows: list[dict[str, Any]] = []
        try:
            self.chosen = picture_rows.read_options({name: getattr(self, name) for name in _OPTIONS})
        except match_rows.OptionError as error:
            self.fail(str(error))

    def transform(self, records: Any) -> Iterator[dict[str, Any]]:
        # The SDK calls this once a chunk; twins need the whole set, so rows wait for the last chunk.
        self.rows.extend(records)
        if self._finished:
            yield from picture_rows.annotate(self.rows, self.chosen)


dispatch(MinervaImage, sys.argv, sys.stdin, sys.stdout, __name__)
