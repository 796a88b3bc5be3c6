"""What the search command doors share."""

from __future__ import annotations

import io
import sys
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from splunklib.searchcommands.internals import RecordWriterV2

from benchmarks.chunk_driver import BIN, rows_in

sys.path.insert(0, str(BIN))

import minerva_app_messages


class Row(dict[str, str]):
    """A row that tells when it is gone."""


def test_rows_are_written_one_by_one_and_none_waits_for_the_last(tmp_path: Path) -> None:
    made: list[weakref.ref[Row]] = []
    most = 0

    def rows() -> Iterator[Row]:
        nonlocal most
        for number in range(300):
            row = Row(entity_id=f"e_{number}", size="2")
            made.append(weakref.ref(row))
            most = max(most, sum(each() is not None for each in made))
            yield row

    written = io.BytesIO()
    command: Any = minerva_app_messages.Messages()
    command._record_writer = RecordWriterV2(written, 100)
    command.write_rows(rows())
    command._record_writer.write_chunk(finished=True)
    answer = tmp_path / "answer"
    answer.write_bytes(written.getvalue())
    found = list(rows_in(answer))
    assert [row["entity_id"] for row in found] == [f"e_{number}" for number in range(300)]
    assert most < 4
