"""Where a text states how old somebody is: ages in many languages, told from durations and from ages of things."""

from __future__ import annotations

import re
from collections.abc import Iterator

from minerva.identifiers.late import late
from minerva.identifiers.lexicon import alternation
from minerva.identifiers.tables import table

_WORDS = table("age_words")
OLDEST = 120
_YOUNGEST = 10
_GROWN_UP = range(18, 81)


_BLANK = re.escape(" ")
_NOT_BEFORE = r"(?<![0-9a-z_а-яёіїє$£€./:\-+,])"
_NUMBER = r"[0-9]{1,3}"
_LABELLED = (
    rf"(?:(?<![\w])(?:{alternation(_WORDS['labels'])})(?:(?: is| of| es| ist| e)? ?[:=\-]? ?|(?<=[อ-๛])))"
    rf"(?P<behind>{_NUMBER})(?![\w%/:.,\-]*[0-9])(?: ?(?:ปี|tahun|thn|miaka|ans|anos|anni|ani|jahre|лет"
    rf"|años)(?!\w))?(?!\w(?<![ก-๛]))"
)
_OF_AGES = (
    rf"{_NOT_BEFORE}(?P<sure>{_NUMBER})(?: ?-? ?)"
    rf"(?:{alternation(_WORDS['of_ages']).replace(_BLANK, '[ -]')})(?![a-zа-яіїє])"
)
_YEARS = rf"{_NOT_BEFORE}(?P<years>{_NUMBER})(?: ?-?| ?&nbsp;)(?:{alternation(_WORDS['years'])})(?![a-zа-яіїє])"
_PLAIN = rf"{_NOT_BEFORE}(?P<plain>{_NUMBER})(?: ?)(?:{alternation(_WORDS['plain_years'])})(?!\w)"
_TURNED = rf"(?<![\w])(?:just|recently|have|i) turned (?P<turned>{_NUMBER})(?![\w%/:\-]|[.,][0-9])"
_AM = (
    rf"(?<![\w])(?:{alternation(_WORDS['am'])}) (?P<am>[1-9][0-9])"
    rf"(?= ?(?:$|[;!)\n]|[.,](?![0-9])|(?:and|und|en|och|og|ja"
    rf"|from|aus|uit)(?!\w)))"
)
_PERSONS = (
    rf"(?<![\w/])(?:{alternation(_WORDS['persons'])})(?:, ?| ?\()"
    rf"(?P<person>[1-9][0-9])(?=\)|,(?! ?[0-9])|\.(?![0-9])|$)"
)
_NAMED = (
    rf"(?<![\w])(?:{alternation(_WORDS['named'])}) [^\W\d_]{{2,14}}(?: \([^()]{{1,12}}\))?, (?P<named>[1-9][0-9])"
    r"(?=,|\.(?![0-9])|$| (?:and|y|et|und|e) )"
)
_SEXED = r"(?<![\w/$])(?:[fm]/(?P<sexed>[0-9]{2})|(?P<sexed2>[0-9]{2})/[fm])(?![\w])"
AGE = late(rf"{_LABELLED}|{_OF_AGES}|{_YEARS}|{_PLAIN}|{_TURNED}|{_AM}|{_PERSONS}|{_NAMED}|{_SEXED}")
_STARTS = late(
    rf"(?:^|(?<=[\s,(|/;:\-–]))(?:{alternation(_WORDS['spans'])})(?: (?:the|los|las|les|os|die|den|i|gli|de|mehr als"
    rf"|the last|last))? ?$"
)
_LEAST = late(r"(?<!\w)(?:minimum|min\.?|maximum|max\.?|legal|minimal) $")
"""Before a word for age they tell a limit: `Minimum age 21`."""
_RANGE = late(r"[0-9] ?(?:-|to|bis|a|à|y|et|e|do|до|-|–|tot|til|till) ?$")
_WORK = late(rf" ?(?:(?:de|d'|di|of|an|na|в|на|v|i|im|in der) ?)?(?:{alternation(_WORDS['work'])})(?:\w{{0,12}})(?!\w)")
_THING = late(rf"(?:[ \-](?:[a-z]{{2,12}}[ \-]){{0,2}})(?:{alternation(_WORDS['things'])})(?!\w)")
_THING_BEFORE = late(rf"(?<!\w)(?:{alternation(_WORDS['firms'])})s?(?!\w)[^.!?\n]{{0,30}}$")
_PERSON = late(rf"(?:^|(?<=\W))(?:{alternation(_WORDS['people'])}) $")
_LISTED = late(r"(?:^|[,(|/;:\n•·–\-。、！] ?)$")
_ENDS = late(r" ?(?:$|[,.;:)(|/\n!?–•·。、！]|-(?!\w))")
_BOTH = late(rf"(?<![\w$£€./:\-])(?P<first>[0-9]{{2}}) (?:{alternation(_WORDS['both'])}) $")


def ages(text: str) -> Iterator[tuple[int, int, int, float]]:
    """Begin, end, years and sureness of every age that `text` states; `text` is in lower case without accents."""
    for match in AGE.finditer(text):
        group = match.lastgroup or ""
        years = int(match.group(group))
        if not _YOUNGEST <= years <= OLDEST:
            continue
        before, after = text[max(0, match.start() - 40) : match.start()], text[match.end() : match.end() + 40]
        if group == "behind" and _LEAST.search(before) is not None:
            continue
        if group in ("am", "person", "named") and years not in _GROWN_UP:
            continue
        if group == "plain" and _PERSON.search(before) is None and _is_time(before, after, group):
            continue
        if group in ("sure", "years") and _is_time(before, after, group):
            continue
        if group in ("sure", "turned") and (_THING_BEFORE.search(before) or (group == "sure" and _THING.match(after))):
            continue
        if group == "plain" and not _of_somebody(before, after, years):
            continue
        if group == "sure" and (other := _BOTH.search(before)) is not None:
            first = match.start() - len(before) + other.start("first")
            yield first, match.end(), int(other.group("first")), 0.8
            yield match.start(), match.end(), years, 0.85
            continue
        yield match.start(), match.end(), years, 0.85 if group in ("sure", "years") else 0.8


def _is_time(before: str, after: str, group: str) -> bool:
    """Whether a number of years is a duration, a limit or an amount of experience."""
    if _RANGE.search(before) is not None:
        return True
    if group == "sure":
        return re.search(r"(?:over|under|than) $", before) is not None
    return _STARTS.search(before) is not None or _WORK.match(after) is not None


def _of_somebody(before: str, after: str, years: int) -> bool:
    """Whether plain years stand behind a word for somebody or as one item of a list."""
    if _PERSON.search(before) is not None:
        return _WORK.match(after) is None
    return years in _GROWN_UP and _LISTED.search(before) is not None and _ENDS.match(after) is not None
