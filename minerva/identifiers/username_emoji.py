"""Names behind the picture of a platform: `📸: jen_4u`, `👻 jen_4u 📸 jen.four`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from minerva.identifiers.platform_joins import ARROWS, NAME
from minerva.identifiers.platforms import PLATFORM_BY_NAME
from minerva.identifiers.told import Told
from minerva.identifiers.username_around import has_mark, is_long
from minerva.identifiers.username_bare import is_unknown
from minerva.identifiers.username_verdicts import clean, is_marked, may_be

_EMOJI = {"\U0001f4f8": "instagram", "\U0001f4f7": "instagram", "\u2708": "telegram", "\U0001f426": "twitter"}
"""Pictures of what a platform is drawn with: a camera, a paper plane, a bird. Each is a picture of other things too."""
_BEHIND_EMOJI = re.compile(
    rf"(?P<emoji>[{''.join(_EMOJI)}])\ufe0f? ?(?:(?:only)? ?(?P<sign>(?:[:=\-]|[{ARROWS}]\ufe0f?){{1,2}}) ?(?P<at>@?)|@"
    rf"|(?P<asks>(?:msg|dm|text|add|message|hmu) (?:me )?(?:at )?@?))(?P<name>{NAME})",
    re.IGNORECASE,
)
_IN_ROW = {**_EMOJI, "\U0001f47b": "snapchat", "\U0001f3b5": "tiktok"}
_GATES = (*_EMOJI, "\U0001f3b5")
_ROW = re.compile(rf"(?:[{''.join(_IN_ROW)}]\ufe0f? ?[:=]? ?@?[A-Za-z0-9_.]{{3,40}}(?: ?[|/,·•] ?|\s{{1,2}}|$)){{2,6}}")
_OF_ROW = re.compile(rf"(?P<emoji>[{''.join(_IN_ROW)}])\ufe0f? ?[:=]? ?@?(?P<name>{NAME})")


def has_emoji(text: str) -> bool:
    """Whether the picture of a platform stands in a text."""
    return any([emoji in text for emoji in _GATES])  # noqa: C419 -- half the time of a generator


def behind_emoji(text: str) -> Iterator[Told]:
    """A name behind a camera, which mostly means Instagram, but also the photographer; and the like."""
    for match in _BEHIND_EMOJI.finditer(text):
        platform = PLATFORM_BY_NAME[_EMOJI[match.group("emoji")]]
        name = clean(platform, match.group("name"))
        end = match.start("name") + len(name)
        # "✈️ @emiratesairline" is an airline.
        said = platform.name != "telegram" or "only" in match.group()
        is_signed = match.group("sign") is not None and match.group("at") == "@"
        is_name = has_mark(name) or (is_signed and platform.name == "twitter" and is_long(name))
        is_name = is_name or (said and not match.group("asks") and is_unknown(match.group("name").rstrip(".-")))
        if is_name and may_be(platform, name) and text[end : end + 1] not in ("@", "/"):
            method = "camera" if platform.name == "instagram" else "emoji"
            yield Told(match.start(), end, f"{platform.name}/{name}", method, 0.6)
    for row in _ROW.finditer(text):
        yield from _row(row)


def _is_name(name: str) -> bool:
    return is_marked(name) or is_unknown(name)


def _row(row: re.Match[str]) -> Iterator[Told]:
    """Names in a row behind pictures of two platforms or more: `👻 jen_4u 📸 jen.four`."""
    told = [*_OF_ROW.finditer(row.string, *row.span())]
    names = [match.group("name").rstrip(".-") for match in told]
    if len({_IN_ROW[match.group("emoji")] for match in told}) < 2 or not all(map(_is_name, names)):
        return
    for match in told:
        platform = PLATFORM_BY_NAME[_IN_ROW[match.group("emoji")]]
        name = clean(platform, match.group("name"))
        if may_be(platform, name):
            yield Told(match.start(), match.start("name") + len(name), f"{platform.name}/{name}", "emoji", 0.65)
