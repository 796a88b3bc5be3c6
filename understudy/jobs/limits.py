"""limits.conf as a search sees it: the settings that change answers, where they differ from the defaults too."""

from __future__ import annotations

from understudy.conf import Conf
from understudy.spl.model import Limits


def limits_of(conf: Conf) -> Limits:
    """Returns the limits of a search; a value that is no whole number above 0 is the default's."""
    plain = Limits()

    def number(stanza: str, key: str, default: int) -> int:
        text = (conf.get("limits", stanza, key) or "").strip()
        return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 10 and int(text) else default

    result_rows = number("searchresults", "maxresultrows", plain.result_rows)
    return Limits(
        subsearch_rows=min(number("subsearch", "maxout", plain.subsearch_rows), result_rows),
        join_rows=min(number("join", "subsearch_maxout", plain.join_rows), result_rows),
        result_rows=result_rows,
        json_bytes=number("spath", "extraction_cutoff", plain.json_bytes),
    )
