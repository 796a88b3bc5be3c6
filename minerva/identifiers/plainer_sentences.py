"""Names that whole sentences tell of a platform, written right behind it: `find me on TG as jen`, `my old insta was
hacked, the new one is jen`, `on twitter, look for @jen there`, `[Discord] {jen}`. The phrases are those of
data/username_sentences.json.

Linear in the text: what is read beside a platform is bounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from minerva.identifiers import lexicon
from minerva.identifiers.characters import folded
from minerva.identifiers.late import late
from minerva.identifiers.plainer import Piece
from minerva.identifiers.plainer_phrases import is_alone, name_at
from minerva.identifiers.platform_joins import ARROWS, NAME, PICTURE
from minerva.identifiers.platform_mentions import Mention
from minerva.identifiers.tables import table
from minerva.identifiers.username_around import ORDINARY, has_mark, is_long
from minerva.identifiers.username_bare import ENDING, STATE, is_listed_word
from minerva.identifiers.username_labels import begins_label, ends_label
from minerva.identifiers.username_verdicts import STOP

_DATA = table("username_sentences")
_UNSPACED = "\u0e00"
_BEFORE, _BEHIND = 48, 110
"""Characters before and behind a platform in which a sentence is looked for."""
_ENDS = r"(?:(?<=[^\x00-\x7f])|(?![^\W_]))"
"""The end of a word in Latin letters; names may touch those of other scripts."""
_NAME = NAME.replace("78", "38").replace("A-Z", "")
"""A name in lower case."""
_NAMED = rf" ?:? ?[\"'\u00ab\u201c]?(?=@?{NAME[:12]})"


def _words(key: str) -> list[str]:
    return sorted({folded(word) for word in _DATA[key]})


_THERE, _GONE = _words("there"), _words("gone")
_THERE_KEYS = frozenset(lexicon.by_longest_word(_THERE))
_NEW_KEYS = frozenset(lexicon.by_longest_word(_words("renewed")))


@cache
def _asks() -> re.Pattern[str]:
    """What asks to be found or says where someone is, and what may stand between it and a platform."""
    asks = lexicon.branches(sorted({folded(phrase) for phrases in _DATA["asks"].values() for phrase in phrases}))
    return late(rf"(?<!\w)(?:(?P<asks>{asks})|{lexicon.branches(_words('am'))})(?!\w)[^.!?;\n]{{0,24}}$")


@cache
def _as() -> re.Pattern[str]:
    """What stands between a platform and a name in such a sentence, an ending of the platform before it."""
    as_words, named = lexicon.branches(_words("as")), lexicon.branches(_words("named"))
    behind = lexicon.branches(_words("behind"))
    return late(
        rf"(?:{behind}|'?[^\W_]{{1,4}})?(?: ?[,:\-\u2013\u2014])? (?:{as_words}|(?P<named>{named})){_ENDS}{_NAMED}"
    )


@cache
def _around() -> re.Pattern[str]:
    """A name with what stands before it and what says behind it that it is one."""
    behind = lexicon.branches(_words("behind"))
    after, marked = lexicon.branches(_words("after")), lexicon.branches(_words("after_marked"))
    return late(
        rf"(?:(?:{behind}){_ENDS})?[ :,]{{0,2}}[\"'\u00ab\u201c]?@?(?P<name>{_NAME})"
        rf"[\"'\u00bb\u201d]? ?(?:(?P<after>{after})|{marked})(?![a-z0-9_])"
    )


@cache
def _mine() -> re.Pattern[str]:
    return late(rf"(?:{lexicon.branches(_words('mine'))}) ?[:=\-{ARROWS}] ?(?=@?[a-z0-9_])")


@cache
def _sought() -> re.Pattern[str]:
    """What asks to look for a name, and the name."""
    there = lexicon.branches(_THERE)
    return late(
        rf"(?<!\w)(?:{lexicon.branches(_words('sought'))}){_ENDS}(?P<there> (?:{there}))?"
        rf"(?: (?:for|nach|naar|efter|etter))? ?:? ?(?P<at>@?)(?P<name>{_NAME})(?: (?P<behind>{there})(?![^\W_]))?"
    )


@cache
def _renewed() -> re.Pattern[str]:
    return late(rf"(?<!\w)(?:{lexicon.branches(_words('renewed'))}){_ENDS}(?: ?[:=\-\u2013\u2014,])? ?(?=@?[a-z0-9_])")


@cache
def _gone() -> re.Pattern[str]:
    return late(lexicon.branches(_GONE))


_ID = late(r" ?id ?[:\-]? ?(?=[A-Za-z])", re.IGNORECASE)
_PAIRS = {"[": "]", "(": ")", "{": "}", "<": ">", "«": "»", "【": "】", "「": "」"}
_NEXT_BRACKET = late(rf"[\])}}>»】」] ?(?P<open>[\[{{<«【「])[ ]?@?(?P<name>{NAME})[ ]?(?P<close>[\]}}>»】」])")
_FIELDS = frozenset(
    ["message", "content", "server", "channel", "title", "status", "error", "event", "token", "guild", "author",
     "member", "sender", "username", "caption", "string", "object", "value", "domain", "subject", "headline",
     "description"]
)  # fmt: skip
"""What programs write in brackets behind a platform in brackets."""
_PICTURED = late(rf" ?(?P<picture>{PICTURE}) ?$")


def sentences(text: str, small: str, named: list[Mention], words: frozenset[str]) -> Iterator[Piece]:
    """The sentences of a text around the platforms that it names; `small` is it in lower case without accents, `words`
    are its words."""
    may_seek, may_be_new = not _THERE_KEYS.isdisjoint(words), not _NEW_KEYS.isdisjoint(words)
    drawn = not text.isascii()
    for index, mention in enumerate(named):
        told = _as_told(text, small, mention) or _id_of(text, mention) or _bracketed(text, mention)
        told = told or _told_around(text, small, mention) or _mine_at(text, small, mention)
        if told is None and drawn:
            told = _pictured(text, mention)
        if told is None and (may_seek or may_be_new):
            next_one = named[index + 1].start if index + 1 < len(named) else len(text)
            last = min(mention.end + _BEHIND, next_one)
            told = _new_one(text, small, mention, last) if may_be_new else None
            if told is None and may_seek:
                told = _sought_there(text, small, mention, last)
        if told is not None:
            yield told


def _piece(mention: Mention, start: int) -> Piece:
    return Piece(mention.end, start, ": @")


def _as_told(text: str, small: str, mention: Mention) -> Piece | None:
    """`Find me on TG as jen`."""
    match = _as().match(small, mention.end)
    asks = _asks().search(small, max(0, mention.start - _BEFORE), mention.start) if match is not None else None
    if match is None or asks is None:
        return None
    clear = asks.group("asks") is not None or match.group("named") is not None
    name = name_at(text, match.end(), clear)
    return _piece(mention, name[0]) if name is not None else None


def _id_of(text: str, mention: Mention) -> Piece | None:
    """`WeChat ID jencatx`, a clause of its own."""
    start = mention.end - 3 if text[mention.end - 3 : mention.end].lower() == " id" else mention.end
    match = _ID.match(text, start)
    if match is None or not begins_label(text, mention.start):
        return None
    name = name_at(text, match.end(), True)
    if name is None or not ends_label(text, name[1]) or name[1] - name[0] < _LEAST:
        return None
    return _piece(mention, name[0])


_LEAST = 7
"""Letters of a name without any sign of one behind `ID`."""


def _bracketed(text: str, mention: Mention) -> Piece | None:
    """`[Discord] {jencatx}`"""
    if _PAIRS.get(text[mention.start - 1 : mention.start]) != text[mention.end : mention.end + 1] or not mention.start:
        return None
    match = _NEXT_BRACKET.match(text, mention.end)
    if match is None or _PAIRS[match.group("open")] != match.group("close"):
        return None
    name = match.group("name")
    is_name = (has_mark(name.strip("_.")) and is_long(name)) or is_alone(name)
    if not is_name or name.lower() in _FIELDS | STOP or not is_long(name):
        return None
    return Piece(mention.start - 1, match.end(), f"{text[mention.start : mention.end]}: @{name}")


def _pictured(text: str, mention: Mention) -> Piece | None:
    """`💌Twitter💌 jencatx 💌`"""
    before = _PICTURED.search(text, max(0, mention.start - 4), mention.start)
    if before is None:
        return None
    picture = re.escape(before.group("picture"))
    match = re.compile(rf" ?{picture} ?(?=@?(?P<name>{NAME}) ?{picture})").match(text, mention.end)
    name = name_at(text, match.end(), True) if match is not None else None
    return _piece(mention, name[0]) if name is not None else None


def _told_around(text: str, small: str, mention: Mention) -> Piece | None:
    """`TG üzerinde jen adıyla`: what says behind a name that it is one."""
    match = _around().match(small, mention.end)
    if match is None:
        return None
    name = text[match.start("name") : match.end("name")].rstrip(".-")
    if not is_long(name) or name.lower() in STOP | ORDINARY:
        return None
    if not has_mark(name.strip("._")) and (match.group("after") is None or not _is_no_word(name)):
        return None
    return _piece(mention, match.start("name"))


def _is_no_word(name: str) -> bool:
    small = name.lower()
    is_word = ENDING.search(small) or STATE.search(small) or is_listed_word(small)
    return name.isalpha() and (name.islower() or name.isupper()) and not is_word


def _mine_at(text: str, small: str, mention: Mention) -> Piece | None:
    """`discord من: jen`, Persian for `my discord`."""
    match = _mine().match(small, mention.end)
    name = name_at(text, match.end(), True) if match is not None else None
    return _piece(mention, name[0]) if name is not None else None


def _new_one(text: str, small: str, mention: Mention, last: int) -> Piece | None:
    """`My old telegram was hacked, the new one is jen`."""
    match = _renewed().search(small, mention.end, last)
    if match is None or _gone().search(small, max(0, mention.start - 24), match.start()) is None:
        return None
    name = name_at(text, match.end(), True)
    return _piece(mention, name[0]) if name is not None else None


def _sought_there(text: str, small: str, mention: Mention, last: int) -> Piece | None:
    """`On twitter, look for @jen there`."""
    for match in _sought().finditer(small, mention.end, last):
        if match.group("there") is None and match.group("behind") is None:
            continue
        name = text[match.start("name") : match.end("name")].rstrip(".-")
        if name.lower() in STOP or not is_long(name) or not (match.group("at") or has_mark(name.strip("._"))):
            continue
        return _piece(mention, match.start("name"))
    return None
