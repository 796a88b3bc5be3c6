"""Names behind a platform's word as labels of profiles and lists have them: `IG | oakandtiles`, `[tg] oakandtiles`,
`snap (oakandtiles)`, the label at the beginning of a clause and the name at the end of one."""

from __future__ import annotations

import re

from minerva.identifiers.platform_joins import PICTURE
from minerva.identifiers.platforms import ORDINARY, Platform
from minerva.identifiers.username_around import STATE_IN_OTHERS
from minerva.identifiers.username_bare import ENDING, LEAST, STATE, TRADE, is_listed_word, is_unknown

_SIGN = re.compile(rf" ?(?:[|:=~]|[\-=]{{1,2}}>|>{{1,3}}|-(?= )|{PICTURE}) ?@?")
"""What parts a label from its name; an arrow is a picture too."""
_BRACKET = re.compile(r"[)\]] ?[:\-]? ?@?")
_BEGINS = re.compile(rf"(?:^|[\n|*/>.!?;,:]|{PICTURE}) ?[(\[]?(?:{PICTURE} ?)?$")
_ENDS = re.compile(rf"\s*(?:$|\n|[.!?;,]+(?:\s|$)|[)\]|]|//|{PICTURE})|\.[\u0e00-\U0003ffff]")
_NEAR = 6
_OPENED = re.compile(rf"[(\[](?:{PICTURE} ?)?$")


def begins_label(text: str, start: int) -> bool:
    """Whether a label begins at `start`: at the beginning of a text, line or clause, a picture or bracket before it."""
    return _BEGINS.search(text, max(0, start - _NEAR), start) is not None


def ends_label(text: str, end: int) -> bool:
    """Whether what a label tells ends at `end`."""
    return _ENDS.match(text, end) is not None


def is_no_word(name: str) -> bool:
    """Whether a word may be a name by its letters: a long one in no dictionary, in small letters but for the first."""
    small = name[:1].lower() + name[1:]
    return (
        len(name) >= LEAST
        and small.isascii()
        and small.isalpha()
        and small.islower()
        and small not in ORDINARY
        and ENDING.search(small) is None
        and STATE.search(small) is None
        and not is_listed_word(small)
    )


def is_labelled(platform: Platform, word: str, name: str, behind: re.Match[str], start: int) -> bool:
    """Whether the platform whose `word` begins at `start` is the label of a name, and what stands behind it looks like
    one."""
    text, join = behind.string, behind.group("join")
    end = behind.start("name") + len(behind.group("name").rstrip(".-"))
    opened = _OPENED.search(text, max(0, start - _NEAR), start) is not None
    if opened:
        if _BRACKET.fullmatch(join) is None:
            return False
    elif join.strip() in ("(", "["):
        if text[end : end + 1] not in (")", "]"):
            return False
    elif _SIGN.fullmatch(join) is None:
        return False
    if not (begins_label(text, start) and ends_label(text, end)):
        return False
    has_sign = any(char.isdigit() or char in "_." for char in name.strip("_."))
    marked = has_sign and sum(map(str.isalpha, name)) >= _LETTERS
    if not marked and "-" in name and platform.rule.fullmatch("a_b_c_d_e") is None:
        # Where names have hyphens alone, one is as good a sign.
        marked = len(name) >= LEAST and max(map(len, name.split("-"))) < LEAST - 1
    if word.lower() in platform.signed:
        return (marked and len(word) > 1) or (word.isupper() and len(word) > _SHORT and is_no_word(name))
    return marked or is_no_word(name)


_LETTERS, _SHORT = 3, 3


def is_said_to_be(platform: Platform, match: re.Match[str]) -> bool:
    """Whether someone says to be a word of no language on a platform: `I am oakandtiles on snap`. `match` holds the
    word as `name` and ends with the platform."""
    text, name = match.string, match.group("name").rstrip(".-")
    said = _I_AM.search(text, max(0, match.start() - _WIDEST), match.start())
    if said is None or not ends_label(text, match.end()) or not is_no_word(name):
        return False
    small = name.lower()
    if said.group("romance"):
        return is_unknown(small) and _SUPERLATIVE.search(small) is None
    if said.group("english"):
        return TRADE.search(small) is None
    return STATE_IN_OTHERS.search(small) is None


_WIDEST = 12
_SUPERLATIVE = re.compile("issim[aeio]$")
_I_AM = re.compile(
    r"(?<![\w'])(?:(?P<english>i am|i'?m|we are|we're)|(?P<romance>soy|somos|(?:eu )?sou|sono|siamo|sunt)"
    r"|je suis|ich bin|ik ben|jestem|\u044f) $",
    re.IGNORECASE,
)
