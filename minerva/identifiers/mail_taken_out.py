"""Signs, capitals and words that a text says are to be taken out of an address: `je*n@ma*il.example (take out all *)`,
`jXen@mXail.example (delete the X)`, `jQen@maBil.example (remove the capitals)`, `jen@mail.exampleNOSPAM (quita
NOSPAM)`, and commas that it says are dots; the words are those of data/mail_inserts.json.

Linear in the text: what is read around each word that says so is bounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from minerva.identifiers import lexicon, mail_inserts, mail_words
from minerva.identifiers.spans import Changes
from minerva.identifiers.tables import table

_DATA = table("mail_inserts")
_WITHOUT = frozenset(map(mail_words.plain, _DATA["is_without"]))
_TAKE = frozenset(map(mail_words.plain, _DATA["take_away"])) - _WITHOUT
"""What asks for it; `without capitals` may also say that all letters are small."""
_DASHES = frozenset(map(mail_words.plain, _DATA["named_dashes"]))
_FOREIGN = tuple(word[:4] for word in _TAKE | _DASHES if not word.isascii())
_MOST, _NEAR, _BESIDE = 6, 160, 48
"""Places that say so, characters to the address, and those to what is to be taken out."""
_SIGN = "[^\\w\\s\"'.,;:@()\\[\\]{}<>?\u201c-\u201e\u00ab\u00bb\ufe0f]"
_CAPITAL = "[A-Z\u00c0-\u00d6\u00d8-\u00de\u0104\u0106\u0118\u0141\u0143\u015a\u0179\u017b\u0410-\u042f\u0391-\u03ab]"
_WHAT = rf"(?P<what>{_CAPITAL}{{1,2}}|[._\-+~*#]?{_CAPITAL}{{3,16}}[._\-+]?|(?P<sign>{_SIGN})(?P=sign){{0,2}}\ufe0f?)"
"""One or two capitals, a word in them, or signs."""
_QUOTE = "[\"'\u201c-\u201e\u00ab\u00bb\u2018\u2019]?"


def may_hold(folded: str, words: frozenset[bytes] | None) -> bool:
    """Whether a text may say so; `words` are those of mail_words.TELLING in it."""
    if words is not None and not words.isdisjoint(mail_words.TAKING):
        return True
    # One letter each of the words in other scripts, as that is looked for sooner.
    return (
        not folded.isascii()
        and (
            "\u0443" in folded or "\u0444" in folded or "\u9664" in folded or "\u5220" in folded
            or "\u53bb" in folded or "\uc0ad" in folded
        )
        and any(word in folded for word in _FOREIGN)
    )  # fmt: skip


def changes(text: str, folded: str) -> Changes:
    """Where what is to be taken out stands in a text."""
    found: Changes = {}
    for said in islice(_commas().finditer(folded), _MOST):
        for match in _COMMA.finditer(folded, max(0, said.start() - _NEAR), said.start()):
            found[match.span()] = "."
    for begin, end, what in islice(_said(text, folded), _MOST):
        first, last = max(0, begin - _NEAR), end + _NEAR
        for start, stop in ((first, begin), (end, last)):
            for match in _pattern(what).finditer(text, start, stop):
                if _is_glued(text, *match.span()):
                    found[match.span()] = ""
    return found


_COMMA = re.compile(r",(?<=[a-z0-9_],)(?=[a-z0-9])")


@cache
def _commas() -> re.Pattern[str]:
    """Says that commas before it are dots: `jen,4u@mail,example (commas are dots)`."""
    commas, means, dots = (lexicon.spaced(_DATA[key]) for key in ("commas", "means_dots", "dots"))
    return re.compile(rf"(?<![^\W_])(?:{commas})(?: (?:{means})(?![^\W_])| ?=){{1,2}} ?(?:{dots})(?![^\W_])")


def _is_glued(text: str, start: int, end: int) -> bool:
    """Whether letters, digits or signs of an address stand right before or behind, and the sign is in the same word."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return (before.isalnum() or before in "@._-" or after.isalnum() or after in "@._-") and not (
        # The mark of a sentence's end.
        (not before or before.isspace()) and (not after or after.isspace())
    )


@cache
def _take() -> re.Pattern[str]:
    words = "|".join(map(re.escape, mail_words.plain_words(_TAKE | _WITHOUT)))
    return re.compile(rf"(?<![a-z\u0430-\u044f])(?:{words})(?![a-z\u0430-\u044f])")


@cache
def _joins() -> re.Pattern[str]:
    """What stands between such a word and what is to be taken out."""
    words = lexicon.spaced(map(mail_words.plain, _DATA["all"]))
    return re.compile(rf"(?:\s?(?:{words})(?![^\W_]))*(?:{'|'.join(_DATA['all_native'])})?\s?")


_QUOTED = "[\"'\u201c\u2018\u00ab](?P<word>[^\\W\\d_]{3,16})[\"'\u201d\u2019\u00bb]"
_BEHIND = re.compile(rf"(?:{_QUOTED}|{_QUOTE}{_WHAT}{_QUOTE})(?=s?(?![\w@]))")


@cache
def _dashes() -> re.Pattern[str]:
    """The name of the sign - that a word of an address holds."""
    words = "|".join(map(re.escape, mail_words.plain_words(_DASHES)))
    return re.compile(rf"(?:{words})(?![^\W_])")


@cache
def _dots() -> re.Pattern[str]:
    """The name of the sign . in the mailbox name: `every dot before the @`."""
    words = "|".join(map(re.escape, mail_words.plain_words(_DATA["dots"])))
    return re.compile(
        rf"(?:{words}) (?:"
        r"(?:before|in front of|left of|avant|antes de|antes da|antes do|vor|prima di|przed|voor|до|перед)"
        r" [^\n.]{0,12}?(?:@|at|arob|arro|chioc|klam|malp|soba|соба)|(?:in|from|of|within) (?:the |my )?(?:name|first))"
    )


_DOT_OF_NAME = re.compile(r"\.(?=[a-z0-9._%+\-]{1,40}@)", re.IGNORECASE)


@cache
def _before(most: int) -> re.Pattern[str]:
    """What is to be taken out, before such a word and some others, so many at most."""
    return re.compile(rf"(?:(?<![\w@.])|(?<=[\"'])){_WHAT}{_QUOTE}(?:\s[^\W\d_]{{1,10}}){{0,{most}}}\s?$")


def _said(text: str, folded: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, what is to be taken out) of each place that says so; any capital where it is a blank."""
    if len(text) != len(folded):
        return
    for match in _take().finditer(folded):
        start, end = match.span()
        joins = _joins().match(folded, end, end + _BESIDE)
        behind_joins = joins.end() if joins is not None else end
        dashes = _dashes().match(folded, behind_joins, end + _BESIDE)
        if dashes is not None:
            yield start, dashes.end(), "-"
            continue
        dots = _dots().match(folded, behind_joins, end + _BESIDE)
        if dots is not None:
            yield start, dots.end(), "."
            continue
        if match[0] in _WITHOUT and not (joins is not None and joins[0].strip()):
            # But "drop every X".
            continue
        behind = _BEHIND.match(text, behind_joins, end + _BESIDE)
        if behind is not None:
            yield start, behind.end(), behind["what"] or behind["word"]
            continue
        named = mail_inserts.OF_CAPITALS.search(folded, max(0, start - _BESIDE), end + _BESIDE)
        if named is not None:
            yield min(start, named.start()), max(end, named.end()), " "
            continue
        # "OHNEWERBUNG vor dem Absenden loeschen"
        first = max(0, start - _BESIDE)
        before = _before(1).search(text, first, start) or _before(4).search(text, first, start)
        if before is not None:
            yield before.start("what"), end, before["what"]


_ANY_CAPITAL = re.compile("[A-Z]")


def _pattern(what: str) -> re.Pattern[str]:
    if what == " ":
        return _ANY_CAPITAL
    if what == ".":
        return _DOT_OF_NAME
    part = re.escape(what)
    # With the sign that joins a word to a mailbox name or host.
    return re.compile(rf"[._\-+]?{part}(?=@)|(?<=@){part}[._\-+]?|{part}" if what.isalpha() else part)
