"""Host names: which are real, how they are written and hidden, and where one ends in running text."""

from __future__ import annotations

import re
from pathlib import Path

_DATA = Path(__file__).parent / "data"


def _lines(name: str) -> frozenset[str]:
    text = (_DATA / name).read_text(encoding="utf-8")
    return frozenset(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))


# RFC 2606 and RFC 6761 reserve these for documentation and tests; synthetic data lives on them.
RESERVED = frozenset(["example", "test", "invalid", "localhost"])
TLDS = _lines("tlds.txt") | RESERVED
SUFFIXES = _lines("suffixes.txt")
FILE_ENDINGS = frozenset(
    ["zip", "mov", "py", "sh", "md", "pl", "rs", "ps", "cc", "so", "mp", "app", "doc", "ai", "java", "cab", "bz", "gz",
     "tf", "ml", "cpa", "mm", "vi", "as", "pub", "bat", "dat"]
)  # fmt: skip
"""Top-level domains that are also common file-name endings: no evidence of a domain by themselves."""
WORD_TLDS = frozenset(
    ["me", "in", "is", "it", "to", "at", "my", "so", "be", "am", "no", "do", "us", "by", "as", "la", "id", "now",
     "call", "love", "fun", "new", "one", "com", "here", "open", "it", "like", "help", "best", "hot", "date", "live"]
)  # fmt: skip
"""Top-level domains that are also words: `tonight.no games` is a missing blank more often than a domain."""
MAIL_PROVIDERS = frozenset(
    ["gmail.com", "yahoo.com", "hotmail.com", "outlook.com", "live.com", "icloud.com", "aol.com", "protonmail.com",
     "proton.me", "gmx.com", "gmx.net", "gmx.de", "mail.com", "mail.ru", "yandex.ru", "yandex.com", "web.de",
     "msn.com", "me.com", "zoho.com", "tutanota.com", "ymail.com", "yahoo.co.uk", "hotmail.co.uk", "yahoo.es"]
)  # fmt: skip
"""Hosts that mostly stand in e-mail addresses; they let a bare word `at` before them count as @."""

LABEL = r"[a-zA-Z0-9][a-zA-Z0-9\-]{0,62}"
BRACKET_DOT = r" ?[\[({<] ?(?:\.|dot|punto|point|ponto) ?[\])}>] ?"
DOT = rf"(?:\.|{BRACKET_DOT})"
HOST = rf"{LABEL}(?:{DOT}{LABEL}){{1,8}}"

_REFANG = re.compile(BRACKET_DOT, re.IGNORECASE)
_VALID_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9\-]{0,61}[a-z0-9])?")
_PART = re.compile(rf"{DOT}?({LABEL})", re.IGNORECASE)


def refang(text: str) -> str:
    """`text` with bracketed dots as dots."""
    return _REFANG.sub(".", text)


def is_host(host: str) -> bool:
    """Whether a lower-case host name has valid labels, a known top-level domain and something in front of it."""
    labels = host.split(".")
    return (
        len(labels) >= 2
        and len(host) <= 253
        and labels[-1] in TLDS
        and host not in SUFFIXES
        and all(_VALID_LABEL.fullmatch(label) for label in labels)
    )


def trimmed_host(written: str) -> tuple[str, int] | None:
    """The host that `written` (a match of HOST) starts with and how many characters of it: labels that cannot belong
    to it, such as the next sentence's first word in `mail.example.Call`, are cut off. None if nothing is left."""
    parts = list(_PART.finditer(written))
    while len(parts) >= 2:
        labels = [part.group(1) for part in parts]
        host = ".".join(labels).lower()
        next_sentence = labels[-1][:1].isupper() and labels[-1][1:].islower() and labels[-2].islower()
        if not next_sentence and is_host(host):
            return host, parts[-1].end()
        parts.pop()
    return None
