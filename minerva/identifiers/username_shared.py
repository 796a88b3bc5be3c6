"""What else a name told on one platform tells: the same name on others, and a second name on the same one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from minerva.identifiers import hosts
from minerva.identifiers.platform_joins import NAME
from minerva.identifiers.platforms import Platform, platform_called
from minerva.identifiers.told import Told, shared
from minerva.identifiers.username_around import has_mark
from minerva.identifiers.username_verdicts import clean, is_marked, is_on_another, may_be

SHARED = "shared_name"
"""The one way of telling a name whose span overlaps the span of another."""
_MOST_SHARED = 4
_WORD = r"[^\W\d_][^\W_]{0,12}"
_AND = r"(?P<and> ?(?:[/&+|]|, ?(?:and|y|e|et|und|и)(?= )|,|and|or|y|e|et|und|и)(?: on(?= ))? ?)"
_BEFORE_IT = re.compile(rf"(?<![\w@.])(?P<two>{_WORD} (?={_WORD}))?(?P<word>{_WORD}){_AND}$", re.IGNORECASE)
_BEHIND_IT = re.compile(
    rf"{_AND}(?P<word>{_WORD})(?![\w])(?!(?: ?[:=]| is| es)? ?@?[a-z0-9_.]{{0,30}}[_0-9.@][a-z0-9])", re.IGNORECASE
)
_HANDLE = r"(?: (?:user ?name|name|handle|id|one|@))?"
_SAME_BEHIND = re.compile(
    r"[ ,;.(&/\-]{1,3}(?:(?:and|or|y|o|e|et|ou|und|oder|и) )?(?:(?:my|mi|on|en) )?"
    rf"(?:(?P<word>{_WORD})(?: is| are| es)? ?[:=\-]? ?(?:the |el |lo )?(?:same|mismo){_HANDLE}"
    r"(?: as (?:my |the |on )?(?!always|ever|usual|before|last|in\b)[^\W\d_]{2,12})?"
    rf"|(?:the )?(?:same|mismo){_HANDLE} (?:on|for|en) (?:my )?(?P<on>tik tok|only fans|snap chat|{_WORD})"
    rf"|(?P<too>{_WORD}) (?:too|as well|tambi[eé]n|auch|aussi)"
    rf"|also (?:on )?(?:my )?(?P<also>{_WORD}))(?=\s*(?:$|\n|[.,;!?)&/|+])| (?:and|or|y|e|et|und|и) )",
    re.IGNORECASE,
)
_SECOND = re.compile(
    r"(?:,? ?(?:[&/+|]|\b(?:and|or|y|o|e|et|ou|und|oder)\b) ?|[,;] ?)"
    r"(?P<spare>(?:(?:my|the|mi) )?(?:back ?-?up|spare|second|2nd|other|alt|new)(?: (?:is|acc(?:oun)?t|one|page))? ?"
    rf"[:=\-]? ?)?(?P<at>@?)(?P<name>{NAME})",
    re.IGNORECASE,
)
_PART = re.compile(r"[a-z]{4,}")


def shared_before(text: str, name: str, first: Platform, start: int, end: int) -> Iterator[Told]:
    """The same name on the platforms named right before the first one: `ig, tg/snap: jen_4u`."""
    for _ in range(_MOST_SHARED):
        before = _BEFORE_IT.search(text, max(0, start - 20), start)
        told = None
        if before is not None:
            # "tik tok & twitter: jen_4u"
            other = platform_called(f"{before['two']}{before['word']}") if before["two"] else None
            told = (
                shared(name, first, other, (before.start(), end), SHARED, 0.75)
                if other is not None
                else _shared(before, "word", name, first, before.start("word"), end)
            )
        if told is None:
            return
        yield told
        start = told.start


def shared_behind(text: str, name: str, first: Platform, start: int, end: int) -> Iterator[Told]:
    """The same name on the platforms that a list goes on with: `@jen_4u on ig, snap and tg`."""
    for _ in range(_MOST_SHARED):
        behind = _BEHIND_IT.match(text, end)
        told = _shared(behind, "word", name, first, start, behind.end()) if behind is not None else None
        if told is None:
            return
        yield told
        end = told.end


def same_behind(text: str, name: str, first: Platform, start: int, end: int) -> Iterator[Told]:
    """The same name on the platforms of which the text says so: `twitter: @jen_4u, insta same name`."""
    for _ in range(_MOST_SHARED):
        behind = _SAME_BEHIND.match(text, end)
        told = _shared(behind, behind.lastgroup or "", name, first, start, behind.end()) if behind is not None else None
        if told is None:
            return
        yield told
        yield from shared_behind(text, name, first, start, told.end)
        end = told.end


def _shared(match: re.Match[str], group: str, name: str, first: Platform, start: int, end: int) -> Told | None:
    """The same name on the platform that a group of the match names."""
    word = match.group(group)
    other = platform_called(word)
    is_signed = other is not None and word.lower() in other.signed
    if is_signed and not _is_named_in_list(word, match.groupdict().get("and") or ""):
        return None
    return shared(name, first, other, (start, end), SHARED, 0.75)


def _is_named_in_list(word: str, joint: str) -> bool:
    """Whether a word that is mostly none of a platform is one beside another: `IG/TT`, `ig and X`, `face e insta`."""
    if word.lower() == "face":
        return joint in (" e ", " y ")
    if len(word) > 2:
        return False
    return any(sign in joint for sign in "/&+|") or word.lower() in ("tt", "yt") or word in ("X", "OF")


def second_name(text: str, name: str, platform: Platform, end: int) -> Iterator[Told]:
    """More names told behind the first: `insta: jen_4u and jen_4u_spa`, `snap jen_4u, backup @jenny`."""
    for _ in range(_MOST_SHARED):
        behind = _SECOND.match(text, end)
        if behind is None:
            return
        other = clean(platform, behind.group("name"))
        end = behind.start("name") + len(other)
        if not may_be(platform, other) or other == name or text[end : end + 1] in ("@", "/") or is_on_another(behind):
            return
        if hosts.is_host(other) or other.startswith("www."):
            return
        signed = is_marked(other) or (bool(behind.group("at")) and (has_mark(other) or bool(behind.group("spare"))))
        if not (signed and (behind.group("at") or behind.group("spare") or _is_alike(name, other))):
            return
        yield Told(behind.start("name"), end, f"{platform.name}/{other}", "second_name", 0.65)


def _is_alike(name: str, other: str) -> bool:
    """Whether a part of a name stands in another one."""
    return any(part in other for part in _PART.findall(name))
