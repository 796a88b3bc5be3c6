"""Hosts without a scheme before them: which are hosts and which file names, parts of programs or sentences."""

from __future__ import annotations

import re

from minerva.identifiers import hosts
from minerva.identifiers.ordinary_words import is_ordinary
from minerva.identifiers.platforms import PLATFORM_HOSTS

_SECOND_LEVEL = frozenset(["co", "com", "org", "net", "gov", "ac", "edu", "gob", "or", "ne"])
_IN_CODE = frozenset(
    ["this", "self", "obj", "object", "item", "items", "window", "document", "data", "req", "res", "request", "event",
     "props", "state", "cls", "std", "user", "row", "node", "args", "config", "options", "context"]
)  # fmt: skip
_SURE_TOPS = frozenset(["com", "net", "org", "info", "biz", "pro", "edu", "gov", "example"])
"""Top-level domains behind which a word alone is a host too: `massage.info`."""
_TITLES = re.compile(r"[A-Z][a-z]+\.(?!Com$|Net$|Org$)[A-Z][a-z]+")


def is_sure(host: str, match: re.Match[str], whole: bool) -> bool:
    """Whether a host without scheme is a host and no file name, sentence or abbreviation."""
    if host.startswith("www."):
        return True
    labels = host.split(".")
    if whole and match.group("path") is not None and host in PLATFORM_HOSTS:
        return True
    if _is_code(match, whole):
        return False
    if host in hosts.PRODUCTS or all(len(label) == 1 for label in labels[:-1]):
        return False
    has_path = whole and match.group("path") is not None
    hidden = "[" in match.group("host") or "(" in match.group("host")
    if hidden or (has_path and labels[-1] not in hosts.FILE_ENDINGS):
        return True
    if labels[-1] in hosts.FILE_ENDINGS or (len(labels) == 2 and len(labels[0]) < 2):
        return False
    if labels[0] in _IN_CODE and labels[-1] not in ("com", "net", "org"):
        return False
    if labels[-1] in hosts.WORD_TLDS and labels[-1] != "com":
        if len(labels) < 3:
            return False
        return labels[-2] in _SECOND_LEVEL if hosts.is_suffix(f"{labels[-2]}.{labels[-1]}") else len(labels[-2]) > 2
    if len(labels) == 2 and _is_prose(*labels):
        return False
    return not all(label.isdigit() for label in labels[:-1])


def _is_prose(word: str, top: str) -> bool:
    """Whether a host without a path is rather two words of prose with a blank missing: `open now.house calls too`."""
    return len(top) > 2 and top not in _SURE_TOPS and is_ordinary(top) and is_ordinary(word)


def _is_code(match: re.Match[str], whole: bool) -> bool:
    """Whether a host without scheme is rather a name in a program: `items.map(`, `optionValues.select`."""
    written = match.group("host")
    first = written.partition(".")[0]
    if whole and match.string[match.end("host") : match.end("host") + 2].startswith(("(", "::", "()")):
        return True
    if _TITLES.fullmatch(written) is not None:
        return True
    return first[:1].islower() and not first.islower() and not written.endswith((".com", ".net", ".org"))
