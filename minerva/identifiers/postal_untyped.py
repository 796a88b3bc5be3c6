"""Streets of English-speaking countries whose name has no type (`12 Micklegate, York YO1 6JH`).

Such a name may be anything, so only a whole address counts: a house number where one may begin, a name, a comma or the
end of a line, a town and the complete postcode.
"""

from __future__ import annotations

from collections.abc import Iterator

from minerva.identifiers.late import late
from minerva.identifiers.lexicon import alternation
from minerva.identifiers.postal_tails import UPPER, coded_tail, front_of
from minerva.identifiers.tables import table

_WORDS = table("postal_words")
_WORD = rf"[{UPPER}][\w'’\-]{{1,20}}"
_STREET = late(
    rf"[1-9](?<![\w$£€#/.\-][1-9])(?:[0-9]{{0,3}}/[1-9])?(?P<rest>[0-9]{{0,4}})[A-Za-z]?(?:-[0-9]{{1,4}}[A-Za-z]?)?,? "
    rf"(?P<name>(?:[NSEW]\.? )?(?:St\.? )?{_WORD}(?: (?:(?:of|the|on|at|le|la|de|del) ){{0,2}}{_WORD}){{0,3}})"
    r"(?= ?[,\n])"
)
"""Begins with a digit, so that the search skips to it."""
_BEGINS = late(rf"(?:^|[\n,;:.!?(|–—\-•*@]|(?<!\w)(?i:{alternation(_WORDS['before_untyped'])})) {{0,2}}$")
_LONGEST_BEFORE = 14
_COUNTED = frozenset(_WORDS["counted"])
_NO_PLURALS = ("ss", "us", "is", "'s", "’s")
_FEW = 20
"""House numbers up to here may as well count what a name in the plural tells: `4 Kitchen Chairs, Leeds LS1 4AB`."""
_YEARS = range(1900, 2100)


def untyped(text: str) -> Iterator[tuple[int, int, float]]:
    """Begin, end and sureness of every address of which the street has no type and everything else is told."""
    for match in _STREET.finditer(text):
        words = match.group("name").lower().split()
        if _counts(words, int(text[match.start()] + match.group("rest"))):
            continue
        end = coded_tail(text, match.end())
        if end is None:
            continue
        start = front_of(text, match.start())
        if start == match.start() and not _BEGINS.search(text, max(0, start - _LONGEST_BEFORE), start):
            continue
        yield start, end, 0.7


def _counts(words: list[str], number: int) -> bool:
    """Whether the number counts what the words tell, or is a year."""
    if number in _YEARS:
        return True
    for word in (words[0], words[-1]):
        single = word[:-1] if word.endswith("s") else word
        if word in _COUNTED or single in _COUNTED or word.split("-")[0] in _COUNTED:
            return True
    last = words[-1]
    return number <= _FEW and last.endswith("s") and not last.endswith(_NO_PLURALS) and words[0] not in ("the", "st")
