"""Logs: one line for splunkd's log, from an allow-list of words. What is not listed cannot be logged."""

from __future__ import annotations

import re
from collections.abc import Callable

WORDS = frozenset(
    [
        "source_id",
        "tenant_id",
        "input",
        "deferred",
        "read",
        "emitted",
        "duplicates",
        "refused",
        "failed",
        "confirmed",
        "emitted_again",
        "files",
        "unchanged",
        "pages",
        "requests",
        "retries",
        "redirects",
        "undecodable",
        "undecodable_files",
        "rotated",
        "spool_dropped",
        "collections_refused",
        "pages_put_off",
        "position",
        "reason",
        "column",
        "rows",
        "records",
        "expected",
        "seconds",
        "error",
        "kept_out",
        "hidden",
        "without_memory_limit",
        "pages_repeated",
        "added",
        "changed",
        "removed",
        "listed",
        "keys_repeated",
        "rows_known",
        "pages_left",
        "pages_gone",
        "pages_failed",
        "pages_elsewhere",
        "pages_unreadable",
        "attachments_dropped",
        "pictures",
        "pictures_lost",
        "video_frames",
    ]
)
_RANKS = {"DEBUG": 0, "INFO": 1, "WARN": 2, "WARNING": 2, "ERROR": 3, "CRITICAL": 4, "FATAL": 4}
"""Levels of splunkd's log and of UCC's configuration page, which has other names for some."""
_UNSAFE = re.compile(r"[^\w.:#@ ,+-]")
_MAX_CHARS = 120


def format_line(code: str, **words: object) -> str:
    """`event=<code> key="value" ...`. Raises KeyError for a word outside the allow-list (a fault of the caller)."""
    parts = [f"event={code}"]
    for name, value in words.items():
        if name not in WORDS:
            raise KeyError(f"the word {name!r} may not be logged")
        parts.append(
            f"{name}={value}" if isinstance(value, int) else f'{name}="{_UNSAFE.sub("?", str(value))[:_MAX_CHARS]}"'
        )
    return " ".join(parts)


def input_word(stanza: str) -> str:
    """How lines name an input: `minerva_http:news` of the stanza `minerva_http://news`, as the log writes it."""
    return _UNSAFE.sub("?", stanza.replace("://", ":", 1))[:_MAX_CHARS]


def of_input(log: Callable[..., None], stanza: str, tenant_id: str) -> Callable[..., None]:
    """A log whose every line says of which input and institution it is."""
    own = {"input": input_word(stanza), **({"tenant_id": tenant_id} if tenant_id else {})}
    return lambda level, code, **words: log(level, code, **{**words, **own})


def is_logged(level: str, lowest: str) -> bool:
    """Whether a line of this level is written where `lowest` is asked for; an unknown `lowest` is INFO."""
    return _RANKS[level] >= _RANKS.get(lowest.strip().upper(), _RANKS["INFO"])
