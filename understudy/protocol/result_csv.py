"""Rows of a search as CSV: the results file of alert actions, the attachment of mails, output_mode=csv of REST."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from understudy.spl.model import Row
from understudy.spl.values import text_of


def to_csv(fields: Sequence[str], rows: Iterable[Row]) -> str:
    """Returns a header, where there are fields, and a line per row; the values of a multivalue stand on lines."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
    if fields:
        writer.writerow(fields)
    writer.writerows([text_of(row[name]) if name in row else "" for name in fields] for row in rows)
    return out.getvalue()
