"""Host names: which are real, how they are written and hidden, and where one ends in running text."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

_DATA = Path(__file__).parent / "data"


def _lines(name: str) -> frozenset[str]:
    text = (_DATA / name).read_text(encoding="utf-8")
    return frozenset(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))


# RFC 2606 and RFC 6761 reserve these for documentation and tests; synthetic data lives on them.
RESERVED = frozenset(["example", "test", "invalid", "localhost"])
TLDS = _lines("tlds.txt") | RESERVED
_NONE: frozenset[str] = frozenset()


def _read_suffixes() -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """What the rules of registries and companies put before a top-level domain (assembly/reference/suffixes.py)."""
    sections: list[dict[str, frozenset[str]]] = [{}, {}]
    index = 0
    for line in (_DATA / "suffixes.txt").read_text(encoding="ascii").splitlines():
        if line.startswith("#"):
            index = 1 if "companies" in line else index
            continue
        top, _, rules = line.partition(" ")
        sections[index][top] = frozenset(rules.split())
    return sections[0], sections[1]


_REGISTRIES, _COMPANIES = _read_suffixes()
TLDS |= _REGISTRIES.keys()
FILE_ENDINGS = frozenset(
    ["zip", "mov", "py", "sh", "md", "pl", "rs", "ps", "cc", "so", "mp", "app", "doc", "ai", "java", "cab", "bz", "gz",
     "tf", "ml", "cpa", "mm", "vi", "as", "pub", "bat", "dat", "pm"]
)  # fmt: skip
"""Top-level domains that are also common file-name endings: no evidence of a domain by themselves."""
WORD_TLDS = frozenset(
    ["me", "in", "is", "it", "to", "at", "my", "so", "be", "am", "no", "do", "us", "by", "as", "la", "id", "now",
     "call", "love", "fun", "new", "one", "com", "here", "open", "it", "like", "help", "best", "hot", "date", "live",
     "name", "world", "today", "work", "care"]
)  # fmt: skip
"""Top-level domains that are also words: `tonight.no games` is a missing blank more often than a domain."""
MAIL_PROVIDERS = _lines("mail_providers.txt")
"""Hosts that mostly stand in e-mail addresses; they let a bare word `at` before them count as @."""

PRODUCTS = frozenset(["asp.net", "ado.net", "vb.net", "socket.io", "node.js", "scikit.learn"])
"""Names of software that look like hosts."""

LABEL = r"[a-zA-Z0-9][a-zA-Z0-9\-]{0,62}"
BRACKET_DOT = r" ?[\[({<] ?(?:\.|dot|punto|point|ponto) ?[\])}>] ?"
DOT = rf"(?:\.|{BRACKET_DOT})"
HOST = rf"{LABEL}(?:{DOT}{LABEL}){{1,8}}"

_REFANG = re.compile(BRACKET_DOT, re.IGNORECASE)
_VALID_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9\-]{0,61}[a-z0-9])?")
_PART = re.compile(rf"{DOT}?({LABEL})", re.IGNORECASE)
ANY_LABEL = r"[^\W_](?:[^\W_]|-){0,62}"
ANY_HOST = rf"{ANY_LABEL}(?:{DOT}{ANY_LABEL}){{1,8}}"
"""A host whose labels may hold letters of any script."""
ANY_HOST_PATTERN = re.compile(ANY_HOST, re.IGNORECASE)
_ANY_PART = re.compile(rf"{DOT}?({ANY_LABEL})", re.IGNORECASE)


def refang(text: str) -> str:
    """`text` with bracketed dots as dots."""
    return _REFANG.sub(".", text)


def _matches(before: str, rules: frozenset[str]) -> bool:
    return before in rules or ("*" + before[before.find(".") :] if "." in before else "*") in rules


def is_suffix(host: str) -> bool:
    """Whether registries give names under a lower-case host name to anyone (`co.uk`): it is nobody's own."""
    before, _, top = host.rpartition(".")
    rules = _REGISTRIES.get(top, _NONE)
    return bool(rules) and "!" + before not in rules and _matches(before, rules)


def registered_domain(host: str) -> str | None:
    """The part of a lower-case host name that someone registered: one label more than its longest public suffix, by
    the algorithm of publicsuffix.org with the rules of companies (`jen.github.io`). None if nothing is in front."""
    labels = host.split(".")
    top = labels[-1]
    for count in range(len(labels), 1, -1):
        before = ".".join(labels[-count:-1])
        for rules in (_REGISTRIES.get(top, _NONE), _COMPANIES.get(top, _NONE)):
            if "!" + before in rules:
                return ".".join(labels[-count:])
            if _matches(before, rules):
                return ".".join(labels[-count - 1 :]) if count < len(labels) else None
    return ".".join(labels[-2:]) if len(labels) >= 2 else None


def to_ascii(host: str) -> str | None:
    """A host name in lower case with its labels as the DNS holds them (`xn--`, RFC 3490), None if it can have none."""
    if host.isascii():
        return host.lower()
    try:
        return host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return None


@lru_cache(maxsize=1024)
def _top_level(label: str) -> str | None:
    return to_ascii(label)


@lru_cache(maxsize=4096)
def is_host(host: str) -> bool:
    """Whether a lower-case host name has valid labels, a known top-level domain and something in front of it."""
    labels = host.split(".")
    return (
        len(labels) >= 2
        and len(host) <= 253
        and labels[-1] in TLDS
        and not is_suffix(host)
        and all(_VALID_LABEL.fullmatch(label) for label in labels)
    )


def without_www(host: str) -> str:
    """`host` in lower case without `www.`, unless nothing but a top-level domain would be left."""
    host = host.lower()
    while host.startswith("www.") and host.count(".") >= 2:
        host = host[4:]
    return host


def trimmed_host(written: str) -> tuple[str, int] | None:
    """The host that `written` (a match of HOST) starts with and how many characters of it: labels that cannot belong
    to it, such as the next sentence's first word in `mail.example.Call`, are cut off. None if nothing is left."""
    if is_host(written):
        return written, len(written)
    parts = list((_PART if written.isascii() else _ANY_PART).finditer(written))
    while len(parts) >= 2:
        labels = [part.group(1) for part in parts]
        if _top_level(labels[-1]) not in TLDS:
            parts.pop()
            continue
        host = to_ascii(".".join(labels))
        next_sentence = labels[-1][:1].isupper() and labels[-1][1:].islower() and labels[-2].islower()
        if not next_sentence and host is not None and is_host(host):
            return host, parts[-1].end()
        parts.pop()
    return None
