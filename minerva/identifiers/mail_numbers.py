"""Digits of mailbox names that a text tells in words and says to be digits (`sieben (als Ziffer)`, `veinticuatro (24)`)
or tells how often they stand (`followed by two sevens`)."""

from __future__ import annotations

import re
from functools import cache

from minerva.identifiers import lexicon, mail_words
from minerva.identifiers.spans import Changes
from minerva.identifiers.tables import table

_DATA = table("mail_spelled")
_FOREIGN_KEYS = ("цифр", "числ", "数字", "數字", "숫자", "ψηφ", "αριθμ")
_FARTHEST = 44
"""How far before a remark the word that it is about begins."""
_BEFORE = re.compile(r"(?P<blank> ?)(?<![^\W_])(?P<word>[^\W\d_]['\u2019\w]{1,20}(?:[ \-][^\W\d_]{2,10})?) ?$")
_TIMES = {"two": 2, "double": 2, "three": 3, "triple": 3, "four": 4}
_SEVERAL = re.compile(
    r",?\s(?:followed by|then|plus|with)(?: (?:a|the))? (?P<times>two|double|three|triple|four) "
    r"(?P<digit>one|two|three|four|five|six|seven|eight|nine|zero)(?:e?s)(?![^\W_])"
)


@cache
def _remark() -> re.Pattern[str]:
    """That what stands before it is a digit, or the digits themselves; compiled when the first text asks for it."""
    remarks = lexicon.spaced(_DATA["as_digits"])
    return re.compile(rf"[(\[] ?(?:(?P<digits>[0-9]{{1,4}})(?: (?:{remarks}))?|(?:{remarks})) ?[)\]]")


def may_hold(folded: str) -> bool:
    """Whether a remark says so in words that are not in mail_words.DIGITS_SAID."""
    return not folded.isascii() and "(" in folded and any(key in folded for key in _FOREIGN_KEYS)


def digits(folded: str) -> Changes:
    """The digits in place of the words and the remarks about them, without the blank before them where a name goes on
    with them."""
    found: Changes = {}
    for remark in _remark().finditer(folded):
        match = _BEFORE.search(folded, max(0, remark.start() - _FARTHEST), remark.start())
        if match is None:
            continue
        word, start = match["word"], match.start()
        number = number_of(word)
        if number is None and " " in word:
            # "katzenquelle sieben (als Ziffer)"
            name, _, last = word.rpartition(" ")
            number, start = number_of(last), match.start("word") + len(name)
        while number is not None and (earlier := _EARLIER.search(folded, max(0, start - _LONGEST), start)) is not None:
            # "jen four seven (as digits)"
            digit = mail_words.DIGIT_WORDS.get(earlier["word"])
            if digit is None or remark["digits"] is not None:
                break
            number, start = digit + number, earlier.start()
        before = folded[max(0, start - _LONGEST) : start].rsplit(" ", 1)[-1]
        if start == match.start() and match["blank"] and (before in mail_words.SIGNS or before in mail_words.DOT_WORDS):
            start += 1
        if number is not None and (remark["digits"] is None or remark["digits"] == number):
            found[start, remark.end()] = number
    for match in _SEVERAL.finditer(folded):
        found[match.span()] = mail_words.DIGIT_WORDS[match["digit"]] * _TIMES[match["times"]]
    return found


_LONGEST = 24
_EARLIER = re.compile(r" (?P<word>[^\W\d_]{3,6})$")


def number_of(word: str) -> str | None:
    """The digits of a number word of any language: `sieben`, `veinticuatro`, `twenty-four`; None if it is none."""
    meant = lexicon.MEANINGS.get(word.replace("\u2019", "'"))
    if meant:
        return next(iter(meant.values()))
    tens, sign, unit = word.partition("-") if "-" in word else word.partition(" ")
    for joint in ("et-", "y-", "e-", "y ", "e ", "et "):
        # "trente-et-un"
        unit = unit[len(joint) :] if unit.startswith(joint) else unit
    ten, one = _of_any_language(tens), _of_any_language(unit)
    return ten[0] + one if sign and len(ten) == 2 and ten[1] == "0" and len(one) == 1 else None


def _of_any_language(word: str) -> str:
    return next(iter(lexicon.MEANINGS.get(word, {"": ""}).values()))
