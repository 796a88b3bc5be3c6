"""The search command minervaextract: identifiers in the text of events (logic: minerva/identifiers/annotate.py).

Syntax:  minervaextract fields=text,title [kinds=phone,email] [region=US] [region_field=country] [minconfidence=0.5]
Example: index=mnv_t_* | minervaextract fields="title,text" region=US | top phone
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import Any

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))

from minerva.identifiers import annotate, columns
from minerva_app_messages import Messages
from splunklib.searchcommands import Configuration, Option, StreamingCommand, dispatch

_OPTIONS = ("fields", "kinds", "region", "region_field", "minconfidence")


@Configuration()
class MinervaExtract(Messages, StreamingCommand):  # type: ignore[misc]  # the SDK has no types
    fields, kinds, region, region_field, minconfidence = (Option(name=name) for name in _OPTIONS)

    def prepare(self) -> None:
        try:
            self.chosen = annotate.read_options({name: getattr(self, name) for name in _OPTIONS}, self.fieldnames)
        except annotate.OptionError as error:
            self.fail(str(error))
        self.search = annotate.Search(self.chosen)

    def stream(self, records: Any) -> Iterator[dict[str, Any]]:
        return annotate.annotate(records, self.chosen)

    def _execute_chunk_v2(self, process: Any, chunk: Any) -> None:
        """The SDK's step that takes a chunk's rows through `stream`, done on columns where its writer's buffer is the
        one known and the chunk has no oddities."""
        buffer = getattr(self._record_writer, "_buffer", None)
        done = columns.annotated(chunk[1], self.chosen, self.search) if buffer is not None and chunk[1] else None
        if buffer is None or done is None:
            super()._execute_chunk_v2(process, chunk)
            return
        buffer.write(done[0])
        self._record_writer._pending_record_count += done[1]


dispatch(MinervaExtract, sys.argv, sys.stdin, sys.stdout, __name__)
