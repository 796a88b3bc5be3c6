"""Phones: numbers valid in some country's numbering plan, in E.164 form, found as people write and hide them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from minerva.identifiers import numbering
from minerva.identifiers.digit_runs import (
    SEVEN_DIGITS,
    Run,
    Token,
    digit_runs,
    lookalike_runs,
    may_have_words,
    word_runs,
)
from minerva.identifiers.errors import InvalidIdentifier
from minerva.identifiers.evidence import Evidence
from minerva.identifiers.kind import Example, Kind
from minerva.identifiers.reading import Reading

_EXTENSION = re.compile(
    r"[\s,;]{0,3}(?:\(?(?:extension|extn?|anexo|poste|interno|int|ex)\b\.?|x|#)[\s.:#]{0,3}([0-9]{1,6})\)?(?![\w])",
    re.IGNORECASE,
)
_LINK_TO_PHONE = re.compile(
    r"(?:wa\.me/|api\.whatsapp\.com/send/?\?phone=|t\.me/\+|tel:|sms:)\+?([0-9]{7,15})(?![0-9])", re.IGNORECASE
)
LINK_GATES = ("wa.me/", "whatsapp.com/send", "t.me/+", "tel:", "sms:")
_BLOCK_START = re.compile(r"[0-9$€£¥][0-9]*")
_BLOCK_OR_WEB_START = re.compile(r"[0-9]+|[$€£¥hHwW]")
NOT_PHONES = re.compile(
    # a date, with or without a time behind it
    r"(?<![0-9])(?<![0-9][-/.])(?:[0-3]?[0-9][-/.][0-3]?[0-9][-/.](?:(?:19|20)[0-9]{2}|[0-9]{2})"
    r"|(?:19|20)[0-9]{2}[-/.][01]?[0-9][-/.][0-3]?[0-9])(?:[ T]{1,2}[0-2]?[0-9](?=:)|(?:T[0-9]{4,6}Z?))?(?![-/.]?[0-9])"
    # an IPv4 address with a part of three digits
    r"|(?<![0-9.])(?=[0-9.]{0,12}[0-9]{3})[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?![.]?[0-9])"
    # a payment card
    r"|(?<![0-9])[0-9]{4}([ -])[0-9]{4}\1[0-9]{4}\1[0-9]{4}(?![0-9])"
    # a span of years, a ZIP+4
    r"|(?<![0-9][-. ])(?<![0-9])(?:19|20)[0-9]{2} ?- ?(?:19|20)[0-9]{2}(?![-. ]?[0-9])"
    r"|(?<![0-9][-. ])(?<![0-9])[0-9]{5}-[0-9]{4}(?![-. ]?[0-9])"
    # a price before or behind its currency
    r"|[$€£¥] ?[0-9]+(?:[.,][0-9]{3})*(?:[.,][0-9]{1,2})?(?![0-9])"
    r"|(?<![0-9.,+\-/() ])[0-9]{1,6}(?:[.,][0-9]{3})*(?:[.,][0-9]{2})? ?(?:[$€£¥]|usd\b|eur\b|gbp\b|roses?\b)"
    # a web address
    r"|(?:h(?:tt|xx)ps?://|www\.)[^\s<>\"]+",
    re.IGNORECASE,
)
_ID_BEFORE = re.compile(
    r"\b(?:id|ids|ref|reference|order|invoice|case|item|sku|isbn|issn|account|acct|licen[cs]e|lic|permit|serial"
    r"|tracking|upc|ean|ticket|vin|ssn|ein|npi|receipt|booking|confirmation|transaction|listing|post|ad|reg"
    r"|registration|file|docket)[ .:#=\-]{0,3}(?:id|number|num|no|nr|code)?[ .:#=\-]{0,4}(?:is )?$",
    re.IGNORECASE,
)
_GLUED_BEFORE = re.compile(
    r"(?:^|[^\w])(?:call|text|txt|sms|tel|phone|ph|cell|cel|mobile|mob|whatsapp|whats|wa|fax|viber|signal|number|num"
    r"|no|at|me|dial|ring|llama|numero|t|m|p|c|w)$",
    re.IGNORECASE,
)
_GLUED_AFTER = re.compile(r"(?:call|text|txt|now|ask|or|and|ext|x|whatsapp|wa)", re.IGNORECASE)
_CONFIDENCE = {"digits": 0.95, "unicode": 0.93, "separators": 0.85, "words": 0.88, "lookalike": 0.75}


class Phone(Kind):
    """E.164 with plus; an extension is no part of the value. Strong, though front desks and call centers are hubs."""

    NAME = "phone"
    TITLE = "Phone"
    STRONG = True

    @classmethod
    def normalize(cls, value: str, *, region: str | None = None, qualifier: str = "", city: str | None = None) -> str:
        text = Reading(value).text.strip()
        text = _EXTENSION.sub("", text) if len(text) < 200 else text
        text = re.sub(r"^(?:tel|phone|call):\s*", "", text, flags=re.IGNORECASE)
        if not re.fullmatch(r"[+(\s]*[0-9](?:[\s.\-()/\[\]]{0,4}[0-9]){5,18}[\s)]*", text):
            raise InvalidIdentifier(cls.NAME, "expected 7 to 15 digits with plain separators")
        digits = re.sub(r"[^0-9]", "", text)
        plus = text.lstrip("( ").startswith("+")
        known = numbering.region_code(region)
        # "+44 (0)20 ..." writes the national prefix, which is not dialed from abroad.
        if plus and re.search(r"\(\s*0\s*\)", text):
            digits = re.sub(r"[^0-9]", "", re.sub(r"\(\s*0\s*\)", "", text))
        number = numbering.resolve(digits, plus, known)
        if number is None:
            hint = "" if plus or known else "; without '+' and country code a region is needed"
            raise InvalidIdentifier(cls.NAME, f"no numbering plan knows it{hint}")
        return number

    @classmethod
    def format(cls, value: str) -> str:
        return numbering.display(value)

    @classmethod
    def extract(cls, reading: Reading, *, region: str | None = None, field: str = "text") -> Iterator[Evidence]:
        known = numbering.region_code(region)
        text = reading.text
        found: list[tuple[int, int, str, str, float]] = []
        if any(gate in reading.lowered for gate in LINK_GATES):
            for link in _LINK_TO_PHONE.finditer(text):
                number = numbering.resolve(link.group(1), True, None) or numbering.resolve(link.group(1), False, known)
                if number is not None:
                    found.append((link.start(1), link.end(1), number, "link", 0.97))
        if SEVEN_DIGITS.search(text) is not None:
            for run in digit_runs(text, blocked_spans(reading)):
                found.extend(_numbers_of(run, reading, known))
        if may_have_words(reading.words):
            for run in word_runs(text):
                found.extend(_numbers_of(run, reading, known))
        for run in lookalike_runs(text):
            found.extend(_numbers_of(run, reading, known))
        taken: list[tuple[int, int, str, str, float]] = []
        for item in sorted(found, key=lambda each: (each[0], -each[4])):
            if not taken or item[0] >= taken[-1][1]:
                taken.append(item)
            elif item[4] > taken[-1][4]:
                taken[-1] = item
        for start, end, number, method, confidence in taken:
            first, last = reading.span(start, end)
            yield Evidence(
                f"{cls.NAME}:{number}", reading.original[first:last], field, first, last, method, round(confidence, 2)
            )

    @classmethod
    def examples(cls) -> tuple[Example, ...]:
        return (
            Example("call +1 415-555-0123 now", "+1 415-555-0123", "+14155550123"),
            Example("call (415) 555-0123 now", "(415) 555-0123", "+14155550123", region="US"),
            Example("ring 07700 900123", "07700 900123", "+447700900123", region="GB"),
            Example("+44 (0)20 7946 0123", "+44 (0)20 7946 0123", "+442079460123"),
            Example("415.555.0123 ext 12", "415.555.0123 ext 12", "+14155550123", region="US"),
            Example(
                "four 1 five, five5five oh one two three", "four 1 five, five5five oh one two three", "+14155550123",
                region="US",
            ),
            Example("cuatro uno cinco 555 cero uno dos tres", "cuatro uno cinco 555 cero uno dos tres",
                    "+14155550123", region="US"),
            Example("4️⃣1️⃣5️⃣ 555 0123", "4️⃣1️⃣5️⃣ 555 0123", "+14155550123", region="US"),
            Example("415*555*0123", "415*555*0123", "+14155550123", region="US"),
            Example("4l5-5S5-O123", "4l5-5S5-O123", "+14155550123", region="US"),
        )  # fmt: skip


def blocked_spans(reading: Reading) -> Iterator[tuple[int, int]]:
    """Spans of dates, prices, addresses and other digits that are no phone, in order."""
    text = reading.text
    has_web = "://" in text or "www." in reading.lowered
    starts = _BLOCK_OR_WEB_START if has_web else _BLOCK_START
    position = 0
    while True:
        # All but web addresses start at a currency sign or at the first digit of a group.
        start = starts.search(text, position)
        if start is None:
            return
        block = NOT_PHONES.match(text, start.start())
        if block is not None:
            yield block.span()
        position = start.end() if block is None else block.end()


def _numbers_of(run: Run, reading: Reading, region: str | None) -> Iterator[tuple[int, int, str, str, float]]:
    """(start, end, E.164, method, confidence) of each number in a run; leftmost first, the longest that is valid."""
    tokens = run.tokens
    index = 0
    while index < len(tokens):
        window = _longest(tokens, index, run.method, reading.text, region)
        if window is None:
            index += 1
            continue
        last, number, plus = window
        start, end = _widen(reading.text, tokens, index, last)
        yield (start, end, number, *_assess(run, reading, tokens[index : last + 1], number, plus, region))
        index = last + 1


def _longest(
    tokens: list[Token], index: int, method: str, text: str, region: str | None
) -> tuple[int, str, bool] | None:
    first = tokens[index]
    if first.weak or not _may_start(text, first, method):
        return None
    plus = first.plus
    ends: list[tuple[int, str]] = []
    digits = ""
    for position in range(index, min(index + numbering.MAX_DIGITS, len(tokens))):
        token = tokens[position]
        if position > index and token.plus:
            break
        # "+44 (0)20": the national prefix in brackets is not part of the international number.
        if plus and token.digits == "0" and text[token.start - 1 : token.end + 1] == "(0)":
            continue
        digits += token.digits
        if len(digits) > numbering.MAX_DIGITS:
            break
        ends.append((position, digits))
    for position, candidate in reversed(ends):
        if len(candidate) < 7:
            break
        if not numbering.may_be_number(len(candidate), plus, region, candidate[:2]):
            continue
        if not _may_end(text, tokens[position], method) or len(set(candidate[-7:])) == 1:
            continue
        if position == index and not plus and _ID_BEFORE.search(text, max(0, first.start - 40), first.start):
            continue
        number = numbering.resolve(candidate, plus, region)
        if number is not None:
            return position, number, plus
    return None


def _may_start(text: str, token: Token, method: str) -> bool:
    if token.start == 0:
        return True
    before = text[token.start - 1]
    if before in "#=@_$€£¥/&":
        return False
    if before == ":" and text[max(0, token.start - 3) : token.start - 1].isdigit():
        return False
    if before == "." and token.start > 1 and text[token.start - 2].isdigit():
        return False
    if before.isalpha() and method != "words":
        return _GLUED_BEFORE.search(text, max(0, token.start - 12), token.start) is not None
    return True


def _may_end(text: str, token: Token, method: str) -> bool:
    after = text[token.end : token.end + 1]
    if not after:
        return True
    if after in "@_%$€£¥=" or (after == ":" and text[token.end + 1 : token.end + 2].isdigit()):
        return False
    if after.isalpha() and method != "words":
        return _GLUED_AFTER.match(text, token.end) is not None
    return True


def _widen(text: str, tokens: list[Token], first: int, last: int) -> tuple[int, int]:
    """The span of a number with its plus sign, brackets and extension."""
    start, end = tokens[first].start, tokens[last].end
    while start > 0 and text[start - 1] in "+(" and (text[start - 1] == "+" or ")" in text[start : end + 1]):
        start -= 1
    if tokens[first].plus and text[start] != "+":
        start = text.rindex("+", 0, start)
    if text[end : end + 1] == ")" and text.count("(", start, end) > text.count(")", start, end):
        end += 1
    extension = _EXTENSION.match(text, end, end + 30)
    return start, extension.end() if extension else end


def _assess(
    run: Run, reading: Reading, tokens: list[Token], number: str, plus: bool, region: str | None
) -> tuple[str, float]:
    method = run.method
    if method == "digits" and reading.was_changed(tokens[0].start, tokens[-1].end):
        method = "unicode"
    confidence = _CONFIDENCE[method]
    if plus:
        confidence += 0.03
    elif region is None:
        confidence -= 0.15
    elif len(tokens) == 1 and method == "digits":
        confidence -= 0.05
    return method, confidence
