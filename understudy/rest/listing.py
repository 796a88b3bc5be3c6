"""Paging, sorting and filtering of entries: count, offset, sort_key, sort_dir, sort_mode, search, f."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import Any

from starlette.responses import Response

from understudy.rest import replies
from understudy.rest.call import Call, RestError
from understudy.rest.replies import Entry, Feed

_TERM = re.compile(r"([^=!<>]+?)(!=|=)(.*)", re.DOTALL)


def page(
    call: Call, path: str, entries: Iterable[Entry], *, links: Sequence[str] = (), per_page: int = 30, status: int = 200
) -> Response:
    """Returns the part of the entries that the request asks for. count 0 or -1 = all."""
    found = list(entries)
    for expression in call.values("search"):
        if expression.strip():
            found = [item for item in found if matches(item, expression)]
    if call.given("sort_key") or call.given("sort_dir"):
        found = ordered(
            found, call.text("sort_key", "name"), call.text("sort_dir", "asc"), call.text("sort_mode", "auto")
        )
    total = len(found)
    offset, count = max(0, call.integer("offset", 0)), call.integer("count", per_page)
    shown = found[offset:] if count <= 0 else found[offset : offset + count]
    wanted = [name for text in call.values("f") for name in text.split(",") if name]
    if wanted:
        shown = [replace(item, content={k: v for k, v in item.content.items() if _wanted(k, wanted)}) for item in shown]
    answer = Feed(path.rsplit("/", 1)[-1], path, shown, total, offset, count if count > 0 else total, links)
    return replies.feed(call, answer, status)


def _wanted(name: str, patterns: Sequence[str]) -> bool:
    return name.startswith("eai:") or any(fnmatchcase(name, pattern) for pattern in patterns)


def ordered(entries: list[Entry], key: str, direction: str, mode: str) -> list[Entry]:
    values = [value_of(item, key) for item in entries]
    numeric = mode in ("num", "auto") and all(re.fullmatch(r"-?\d+(\.\d+)?", text) for text in values)
    folded = mode in ("auto", "alpha")

    def rank(pair: tuple[str, Entry]) -> Any:
        return float(pair[0]) if numeric else (pair[0].lower() if folded else pair[0])

    pairs = sorted(zip(values, entries, strict=True), key=rank, reverse=direction == "desc")
    return [item for _, item in pairs]


def value_of(item: Entry, key: str) -> str:
    """Returns a field's text; `name`/`title`, `eai:acl.app` and the content's keys are known."""
    if key in ("name", "title"):
        return item.name
    if key.startswith("eai:acl."):
        part = getattr(item.acl, key[len("eai:acl.") :], "")
        return part if isinstance(part, str) else ",".join(part)
    value = item.content.get(key, "")
    if isinstance(value, bool):
        return "1" if value else "0"
    return "" if value is None else str(value)


def matches(item: Entry, expression: str) -> bool:
    """Tells whether an entry fits `word field=value NOT x a=b OR c=d`; words are found anywhere, `*` is a wildcard."""
    try:
        words = shlex.split(expression.replace("\\", "\\\\").replace("'", "\\'"))
    except ValueError:
        raise RestError(400, "The search argument has unbalanced quotes.") from None
    groups: list[list[bool]] = []
    negated = joined = False
    for word in words:
        if word in ("OR", "AND", "NOT"):
            negated, joined = word == "NOT" or (negated and word == "AND"), joined or word == "OR"
            continue
        truth = _term(item, word) != negated
        if joined and groups:
            groups[-1].append(truth)
        else:
            groups.append([truth])
        negated = joined = False
    return all(any(group) for group in groups)


def _term(item: Entry, word: str) -> bool:
    found = _TERM.fullmatch(word)
    if found is not None:
        name, sign, pattern = found[1].strip(), found[2], found[3].strip('"')
        equal = _like(value_of(item, name), pattern)
        return equal if sign == "=" else not equal
    pattern = f"*{word}*"
    return any(_like(text, pattern) for text in (item.name, *(value_of(item, key) for key in item.content)))


def _like(text: str, pattern: str) -> bool:
    escaped = "".join(f"[{mark}]" if mark in "[?" else mark for mark in pattern.lower())
    return fnmatchcase(text.lower(), escaped)
