"""Names told of a platform that was named before: `discord gamer here, name there is oaktiles`, `skype live lessons,
handle: oak.tiles`. The phrases are those of data/platforms.json."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from minerva.identifiers.characters import folded
from minerva.identifiers.mail_words import plain
from minerva.identifiers.platform_joins import NAME
from minerva.identifiers.platforms import NAME_WORDS, SITES, THERE, THERE_FIRST, Platform, platform_called
from minerva.identifiers.reading import Reading
from minerva.identifiers.told import Told, words_of
from minerva.identifiers.username_around import ends_clause, has_mark, is_long, is_ordinary
from minerva.identifiers.username_asked import any_of
from minerva.identifiers.username_bare import ENDING, STATE, is_chat, is_unlisted
from minerva.identifiers.username_verdicts import clean, is_marked, may_be

_WORD = re.compile(r"[^\W\d_]+")
KEYS = frozenset(max(_WORD.findall(plain(phrase)), key=len) for phrase in (*THERE, "oradaki", "ordaki"))
"""Words of what says `there`: a text without them tells no name so."""
HANDLES = frozenset(["handle", "username", "nickname", "nick", "usuario", "pseudo", "id", "name"])
"""What a name told of a platform shortly before is called."""
_WINDOW, _SHORT_WINDOW, _NEAR = 120, 48, 100
_IS = r"(?:'?s|,? (?:is|es|e|est|c'?est|c|ist|lautet|heisst|to|este|jest|-))(?![^\W_])"
_SITES = frozenset(SITES)
_WORD_AND_BEFORE = re.compile(r"([\W\d_]*)([^\W\d_]+)")
_ENDS = re.compile(r"[.!?\n](?=\s|$)|\n")
_ID_PLATFORMS = frozenset(["skype", "wechat", "line", "kakaotalk", "kik", "snapchat", "qq", "zalo"])
"""Platforms whose names are called an id where people tell them."""


_OTHERS = frozenset(["twitch", "youtube", "reddit", "pinterest", "tumblr", "soundcloud", "bluesky"])
"""Platforms whose words are no ordinary ones, beside those that people chat on."""


@cache
def _named_there() -> re.Pattern[str]:
    named = any_of([*NAME_WORDS, "user", "username", "user name", "name", "nick", "nickname", "handle", "id", "tag",
                    "nombre", "usuario", "pseudo", "nutzername", "benutzername", "gamertag", "ник"])  # fmt: skip
    there = any_of(THERE)
    return re.compile(
        rf"(?<!\w)(?:(?:{named}) (?:on )?(?:{there})(?P<is>{_IS}(?: ?:)?| ?[:=])?|(?:{any_of(THERE_FIRST)})) ?@?"
        rf"(?P<name>{NAME})"
    )


@cache
def _am_there() -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w)(?:i'?m|i am|we'?re|we are|it'?s|as|me as|soy|somos|sono|siamo|je suis|bin ich|ich bin|sou|sunt"
        rf"|jestem|я|ik ben) (?P<at>@?)(?P<name>{NAME}) (?:over |on |up )?(?:{any_of(THERE)})(?!\w)"
    )


_CALLED = re.compile(
    r"(?P<called>user ?name|name|handle|nick(?:name)?|usuario|pseudo|id)"
    rf"(?: ?[:=]| is| es| est) ?@?(?P<name>{NAME})",
    re.IGNORECASE,
)


_OF_ANOTHER = re.compile(r"(?<!\w)(?:the|his|her|their|your|its|el|la|le|der|tu|su|il) $")


@cache
def _there() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{any_of(KEYS)})(?!\w)")


def _around_there(searched: str) -> Iterator[re.Match[str]]:
    """What the phrases find near a word for `there`."""
    end = 0
    for place in _there().finditer(searched):
        start = max(end, place.start() - _NEAR)
        for pattern in (_named_there(), _am_there()):
            for match in pattern.finditer(searched, start, place.end() + _NEAR):
                end = match.end()
                yield match


_COMMA = re.compile(r"[,;(] ?(?:(?:my|our|mi|mon) )?$")


def there(reading: Reading) -> Iterator[Told]:
    """Names behind `name there is` and its like, of the platform named last before."""
    text = words_of(reading)
    searched = folded(text)
    for match in _around_there(searched):
        written = text[match.start("name") : match.end("name")].rstrip(".-")
        if not _is_name(text, match, written):
            continue
        platform = _named_before(text, match.start(), _WINDOW)
        if platform is not None and may_be(platform, clean(platform, written)):
            end = match.end() if "at" in match.groupdict() else match.start("name") + len(written)
            confidence = 0.7 if has_mark(written) else 0.6
            value = f"{platform.name}/{clean(platform, written)}"
            yield Told(match.start(), end, value, "platform_word", confidence)


def _is_name(text: str, match: re.Match[str], written: str) -> bool:
    """Whether what stands behind the phrase is a name: "my name there is Martha" tells none."""
    end = match.start("name") + len(written)
    if not written.isascii() or text[end : end + 1] in ("@", "/"):
        return False
    groups = match.groupdict()
    if has_mark(written):
        return True
    if "at" in groups:
        return is_unlisted(written) or (groups["at"] == "@" and is_long(written))
    if groups["is"] is None or not (is_long(written) and written.islower() and ends_clause(text, end)):
        return False
    # "the name there is misspelled"
    is_word = is_ordinary(written) or ENDING.search(written) or STATE.search(written)
    return not is_word and _OF_ANOTHER.search(folded(text[max(0, match.start() - 8) : match.start()])) is None


def called(text: str) -> Iterator[Told]:
    """Names behind `handle:` and its like in the sentence that named a platform: `skype lessons, id: oak.tiles`."""
    for match in _CALLED.finditer(text):
        if text[max(0, match.start() - 1) : match.start()] not in (" ", ",", ";", "("):
            continue
        platform = _named_before(text, match.start(), _SHORT_WINDOW)
        if platform is None or (match.group("called").lower() in ("id", "name") and platform.name not in _ID_PLATFORMS):
            continue
        written = match.group("name").rstrip(".-")
        name, end = clean(platform, written), match.start("name") + len(written)
        is_name = is_marked(name) and has_mark(name)
        is_comma = _COMMA.search(text, max(0, match.start() - 8), match.start()) is not None
        is_name = is_name or (is_comma and is_unlisted(written) and ends_clause(text, end))
        if may_be(platform, name) and is_name and text[end : end + 1] not in ("@", "/"):
            yield Told(match.start("called"), end, f"{platform.name}/{name}", "platform_word", 0.6)


def _named_before(text: str, start: int, window: int) -> Platform | None:
    """The platform that is named last before `start`, if no other place where people have names is named since; in the
    same sentence where the window is short."""
    first = max(0, start - window)
    while first and first < start and text[first - 1].isalnum() and text[first].isalnum():
        # No word is cut: `ALINE` names no Line.
        first += 1
    before = folded(text[first:start])
    if window == _SHORT_WINDOW:
        before = before[max((match.end() for match in _ENDS.finditer(before)), default=0) :]
    words = _WORD_AND_BEFORE.findall(before)
    for index in range(len(words) - 1, -1, -1):
        blank, word = words[index]
        if word in _SITES:
            return None
        is_second = index > 0 and blank == " " and min(len(word), len(words[index - 1][1])) > 1
        for called_so in (f"{words[index - 1][1]} {word}" if is_second else word, word):
            platform = platform_called(called_so)
            is_named = platform is not None and called_so in platform.words
            if platform is not None and is_named and (is_chat(platform.name) or platform.name in _OTHERS):
                return platform
    return None
