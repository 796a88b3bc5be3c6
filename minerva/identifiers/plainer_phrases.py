"""Phrases around a user name written plainly, so that the name stands right beside its platform: `on snap, the name is
jen` as `on snap: @jen`, `jen, that's me on snap` as `snap: @jen`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from minerva.identifiers import hosts, lexicon
from minerva.identifiers.characters import folded
from minerva.identifiers.late import late
from minerva.identifiers.plainer import Piece
from minerva.identifiers.platform_joins import ARROWS, NAME, PICTURE
from minerva.identifiers.platform_mentions import Mention
from minerva.identifiers.platforms import AS_WORDS, UNDER
from minerva.identifiers.tables import table
from minerva.identifiers.username_around import ORDINARY, ends_clause, has_mark, is_long
from minerva.identifiers.username_bare import ENDING, STATE, is_listed_word
from minerva.identifiers.username_verdicts import STOP

_DATA = table("username_phrases")
_UNSPACED = "\u0e00"
_NAME = late(NAME)
_FOLLOWS = late(r"\s?(?:[^\x00-\x7f\w\s]|[|(~\u0e00-\u0eff\u3040-\ud7af])|\s(?:there|dort|там|tam)\b")


def name_at(text: str, start: int, clear: bool) -> tuple[int, int] | None:
    """(start, end) of the name that begins at `start`, behind its sign @ if it has one. `clear`: whether the words
    before leave no doubt, so that letters alone may be a name."""
    signed = text.startswith("@", start)
    match = _NAME.match(text, start + signed)
    if match is None:
        return None
    name = match.group().rstrip(".-")
    start, end = match.start(), match.start() + len(name)
    if text[end : end + 1] in ("@", "/", ":", "=") or name.lower() in STOP:
        return None
    if not (_is_long_enough(name) if clear else is_long(name)):
        return None
    if has_mark(name.strip("._")) or "_" in name:
        if name[0].isdigit() and not (clear or signed):
            return None
        is_host = hosts.is_host(name.lower()) and not name.lower().endswith(".bsky.social")
        return None if is_host else (start, end)
    if not (clear or signed) or not (ends_clause(text, end) or _FOLLOWS.match(text, end) is not None):
        return None
    small = name.lower()
    if not name.replace("-", "").isalpha() or not (name.islower() or name.isupper()) or small in ORDINARY:
        return None
    is_word = ENDING.search(small) or STATE.search(small) or is_listed_word(small)
    return None if is_word else (start, end)


@cache
def _behind() -> re.Pattern[str]:
    """What stands between a platform and a name, in lower case without accents."""
    parts = []
    under = [f" {word}" for word in (*UNDER, *AS_WORDS)]
    for key, more in (("named", []), ("own", under)):
        phrases = sorted({folded(phrase) for phrase in (*_DATA[key], *more)})
        spaced = lexicon.branches([phrase for phrase in phrases if phrase[-1] < _UNSPACED])
        native = lexicon.branches([phrase for phrase in phrases if phrase[-1] >= _UNSPACED])
        parts.append(f"(?P<{key}>(?:{spaced})(?![^\\W_])|{native})")
    but = lexicon.branches(sorted({folded(phrase) for phrase in _DATA["but"]}))
    parts.append(",(?= ?@)")
    parts.append(rf"(?P<but>(?: is|:|,)? (?:the )?(?:{but}) [^,:\n@]{{3,50}}[,:])")
    return late(rf"(?:{'|'.join(parts)})[,:]? ?[:=\-{ARROWS}]{{0,2}} ?(?=@?[a-z0-9_])")


_ASKS = late(r"[,:]? ?[:\-]? ?(?=@?[A-Za-z0-9_])")
_ASKING = (" an", " mig", " meg", " mij", " me")
"""How the words end that name a platform and ask to be written to there: `snap mich an`."""
_NEXT_LINE = late(rf" ?(?:[:\-\u2013=>]|[{ARROWS}]\ufe0f?){{1,2}} ?\n(?=@?[A-Za-z0-9_])")
_LINE_ENDS = late(r"\s*$|[ ]?\n|[.!,;] ?(?:\s|$)| ?[^\x00-\x7f\w\s]| [|]")


@cache
def _between() -> re.Pattern[str]:
    between, on = (lexicon.branches(sorted({folded(word) for word in _DATA[key]})) for key in ("between", "on"))
    return late(
        rf"(?<=[a-z0-9_])(?:(?P<clear>{between})| (?:{on}|(?P<often>on|sur|auf|en|su|op|pe|in|no|w|na|på)))"
        rf" (?:{PICTURE} )?$"
    )


_MINE = lexicon.branches(sorted({folded(word) for word in _DATA["mine"]}))
_BRACKET = late(rf"(?: (?:{_MINE})|(?:{_MINE}))? ?[(\uff08] ?(?=@?[A-Za-z0-9_])", re.IGNORECASE)
_CLOSES = late(r" ?[)\uff09]")
_PICTURES = late(lexicon.alternation(sorted({folded(word) for word in _DATA["pictures"]})))


def phrases(text: str, small: str, named: list[Mention]) -> Iterator[Piece]:
    """The phrases of a text beside the platforms that it names; `small` is it in lower case without accents."""
    for mention in named:
        told = _told_behind(text, small, mention.start, mention.end)
        told = told if told is not None else _before(text, small, mention)
        if told is not None:
            yield told


def _told_behind(text: str, small: str, start: int, end: int) -> Piece | None:
    """What stands between the platform `text[start:end]` and the name that is told behind it."""
    match = _behind().match(small, end)
    name = name_at(text, match.end(), match.group("named") is not None) if match is not None else None
    if match is not None and name is not None and (match.group("but") is None or has_mark(text[slice(*name)])):
        return Piece(end, name[0], ": @")
    match = _ASKS.match(text, end) if text[start:end].lower().endswith(_ASKING) else None
    name = name_at(text, match.end(), True) if match is not None else None
    if name is not None:
        return Piece(end, name[0], ": @")
    match = _NEXT_LINE.match(text, end)
    name = name_at(text, match.end(), False) if match is not None else None
    if name is not None and _LINE_ENDS.match(text, name[1]) is not None:
        return Piece(end, name[0], ": @")
    match = _BRACKET.match(small, end)
    name = name_at(text, match.end(), False) or _alone(text, match.end()) if match is not None else None
    if name is None or _CLOSES.match(text, name[1]) is None:
        return None
    return Piece(end, name[0], ": @") if _PICTURES.search(small, max(0, start - 44), start) is not None else None


_NO_NAMES = frozenset(_DATA["no_names"])
_ALONE = late(r"@?(?P<name>[a-z][a-z\-]{4,30}|[A-Z]{5,30})(?= ?[)\uff09])")


def _alone(text: str, start: int) -> tuple[int, int] | None:
    """A name of letters alone that fills its brackets."""
    match = _ALONE.match(text, start)
    return match.span("name") if match is not None and is_alone(match.group("name")) else None


def is_alone(name: str) -> bool:
    """Whether letters that stand alone in brackets beside a platform are no word of texts."""
    small = name.lower()
    return (
        name.replace("-", "").isalpha()
        and small not in _NO_NAMES | ORDINARY | STOP
        and ENDING.search(small) is None
        and STATE.search(small) is None
        and not is_listed_word(small)
    )


_NAME_BEFORE = late(rf"(?<![\w.@/\-])@?(?P<name>{NAME.replace('78', '38')})$")


def _before(text: str, small: str, mention: Mention) -> Piece | None:
    """The name that stands before a platform with words between that say whose it is, the platform first."""
    start = mention.start
    match = _between().search(small, max(0, start - _WIDEST), start)
    before = _NAME_BEFORE.search(text, max(0, match.start() - 40), match.start()) if match is not None else None
    if match is None or before is None:
        return None
    name, word = before.group("name"), text[start : mention.end]
    if not _is_long_enough(name) or name.lower() in STOP | ORDINARY:
        return None
    if match.group("often") and word.lower() not in mention.platform.signed:
        return None
    signed = match.group("clear") is not None or before.group()[0] == "@"
    if not signed and not (has_mark(name) and any(map(str.isalpha, name[:2]))):
        return None
    if hosts.is_host(name.lower()) and not name.endswith(".bsky.social"):
        return None
    return Piece(before.start(), mention.end, f"\n{word}: @{name}")


def _is_long_enough(name: str) -> bool:
    """Whether a name of which a phrase says that it is one is not too short."""
    return is_long(name) or (len(name) == _SHORTEST and sum(map(str.isalpha, name)) == _SHORTEST - 1)


_SHORTEST = 4
_WIDEST = 28
