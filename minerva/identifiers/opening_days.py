"""Days of the week as people write them, read into the notation of OpenStreetMap's opening_hours key."""

from __future__ import annotations

from minerva.identifiers.late import late
from minerva.identifiers.lexicon import alternation
from minerva.identifiers.tables import table

_TABLE = table("opening_hours")
DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
DAY_OF: dict[str, str] = {word: day for day, words in _TABLE["days"].items() for word in words}
SHORT = frozenset(_TABLE["short"])
"""Days that are words of some language too: alone they name none."""
_ELSEWHERE: dict[str, dict[str, str]] = _TABLE["elsewhere"]
_SET_OF: dict[str, str] = {phrase: days for days, phrases in _TABLE["sets"].items() for phrase in phrases}
SET_WORDS = frozenset([word for phrase in _SET_OF for word in phrase.split() if word.isalpha()])

TO = rf" ?(?:{alternation(_TABLE['to'])}) ?"
"""Between two times."""


def _between_days(key: str) -> str:
    """The words of a list of the table with blanks around them, its signs with or without."""
    words = [word for word in _TABLE[key] if word[0].isalpha() and word[0] < "\u3000"]
    signs = [word for word in _TABLE[key] if word not in words]
    return rf"(?: (?:{alternation(words)}) | ?(?:{alternation(signs)}) ?)"


AND = _between_days("and")
_TO_DAY = _between_days("to")
_LETTERS = r"[a-zа-яіїєґ\u0370-\u03ff]"
_NO_LETTER_BEFORE, _NO_LETTER = rf"(?<!{_LETTERS})", rf"(?!{_LETTERS})"
"""Around a word of a script whose words stand apart."""
_DAY = rf"(?:{alternation(list(DAY_OF))})(?:days?|s)?{_NO_LETTER}\.?"
_DAY_OR_DAYS = rf"{_DAY}(?:{_TO_DAY}{_DAY})?"
_NEXT_DAY = rf"(?:,?{AND}|(?<=[日一二三四五六曜]))"
PHRASE = rf"(?:{alternation(list(_SET_OF))}){_NO_LETTER}|{_DAY_OR_DAYS}(?:{_NEXT_DAY}{_DAY_OR_DAYS}){{0,6}}"
"""One day, several, from one to another, or a word for such, in a text in lower case without accents."""
_ITEM = late(rf"{_NO_LETTER_BEFORE}(?P<first>{_DAY})(?:{_TO_DAY}(?P<last>{_DAY}))?")
WRITTEN = rf"(?:{'|'.join(DAYS)})(?:[-,](?:{'|'.join(DAYS)}))*"
"""Days in the notation."""


def days_in(phrase: str, region: str | None = None) -> str:
    """The days of a match of PHRASE in a text of a region: `Mo-Fr`, `Mo,We,Fr`, `Sa-Su`."""
    if phrase in _SET_OF:
        return _SET_OF[phrase]
    items = [(_day(item["first"], region), _day(item["last"] or "", region)) for item in _ITEM.finditer(phrase)]
    singles = [DAYS.index(first) for first, last in items if not last]
    if len(singles) == len(items) > 1 and singles == [*range(singles[0], singles[0] + len(singles))]:
        return f"{DAYS[singles[0]]}-{DAYS[singles[-1]]}"
    return ",".join([f"{first}-{last}" if last else first for first, last in items])


def is_word_too(phrase: str) -> bool:
    """Whether a match of PHRASE is one day alone that is a word of some language."""
    return phrase.rstrip(".") in SHORT


def are_words_too(phrase: str) -> bool:
    """Whether all days of a match of PHRASE are words of some language: `men to sons`."""
    return phrase not in _SET_OF and all(
        _plain(item[name]) in SHORT for item in _ITEM.finditer(phrase) for name in ("first", "last") if item[name]
    )


def _plain(written: str) -> str:
    """A day without what stands behind its word, `fridays` as `friday`."""
    plain = written.rstrip(".")
    return next(
        (
            plain[: len(plain) - len(ending)]
            for ending in ("", "s", "day", "days")
            if plain.endswith(ending) and plain[: len(plain) - len(ending)] in DAY_OF
        ),
        plain,
    )


def _day(written: str, region: str | None) -> str:
    if not written:
        return ""
    plain = _plain(written)
    return _ELSEWHERE.get(plain, {}).get(region or "") or DAY_OF[plain]
