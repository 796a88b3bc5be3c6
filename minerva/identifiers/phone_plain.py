"""Phones written in digits with plain separators: one search for candidates, a quick verdict on most of them.

A candidate whose shape and surroundings leave no doubt is looked up in the numbering plan at once; every other one is
read group by group (phone_tokens). The quick verdict only ever says what the careful reading would say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from minerva.identifiers import numbering, phone_context, phone_tokens
from minerva.identifiers.phone_tokens import Hit, Run, Token, hit_of
from minerva.identifiers.plans import Dialing, after_plus, dialed

CANDIDATE = re.compile(r"[0-9](?=[0-9 \-.()/\[\]\t]{6})[0-9]*(?:[ \-.()/\[\]\t]{1,4}[0-9]+)*")
"""Digits with gaps of up to four separators, as far as they go; fewer than seven digits are no candidate."""
_TIME = re.compile(r"(?::[0-5][0-9]){1,2}")
_GROUP = re.compile(r"[0-9]+")
_FEWEST = 7
_SEPARATORS = b" -.()/[]\t"
_SHAPE = bytes(57 if 48 <= code <= 57 else code for code in range(256))
_DOUBTS = tuple(
    (re.compile(shape.encode()), real)
    for shape, real in (
        (r"(?<!9)(?<!9[-/.])(?:99?([-/.])99?\1(?:99|9999)|9999[-/.]99?[-/.]99?)(?![-/.]?9)", phone_context.DATE),
        (r"(?<![9.])9{1,3}(?:\.9{1,3}){3}(?!\.?9)", phone_context.ADDRESS),
        (r"(?<![9.])9{1,3}\.9{3,} ", phone_context.COORDINATES),
        (r"9999[ -]9999[ -]9999[ -]9999|9999[ -]9{6}[ -]9{5}", phone_context.CARD),
        (r"(?<!9[-. ])(?<!9)9999 ?- ?9999(?![-. ]?9)", phone_context.YEARS),
        (r"(?<![9)][-. ])(?<![9)])9{5}-9999(?![-. ]?9)|(?<![9)][-. ])(?<!9)999-99-9999(?!9)",
         phone_context.ZIP_OR_SSN),
        (r"^(?:9{12}|9{14})$", phone_context.STAMP),
    )
)  # fmt: skip
"""Shapes that could be something else, each with what it really is."""
_ONE_IN_BRACKETS = b"(9)"
_Doubt = tuple[tuple["re.Pattern[str]", ...], bool]
_IN_PATH = frozenset("/=#&@")
_SAFE_BEFORE = frozenset(" \n\r,;:(!?>*\"'|~-+")
_SAFE_IN_WEB = frozenset(" \n\r+")
_SAFE_AFTER = frozenset(" \n\r,;.!?>*\"'|~")
_SECOND_LOOK = phone_context.MAY_EXTEND | frozenset("$€£¥₹₽uUeEgGkKrRdDpP")
"""What a character behind a number may begin: an extension or a currency."""
_PLAIN_AFTER = frozenset(["", " ", "\n", ".", ",", ";"])
_ODD_ENDS = frozenset("*|~'\"<>{}")
_SECOND_DIGITS = frozenset("0123456789")
_NOTHING_AFTER = frozenset(["", ".", " ", *(f"{sign} " for sign in ".,;!?")])
_SAME_SEVEN = tuple(b"%d" % digit * 7 for digit in range(10))
quick_verdicts = True
"""Tests switch this off to compare both readings."""


@lru_cache(maxsize=4096)
def _doubt(shape: bytes, plus: bool) -> _Doubt:
    """What digits in this shape (each written as 9) may be besides a phone, and whether they must be read group by
    group; a plus sign leaves no doubt of the first kind."""
    real = () if plus else tuple(real for pattern, real in _DOUBTS if pattern.search(shape) is not None)
    return real, b"  " in shape or (plus and _ONE_IN_BRACKETS in shape)


Span = tuple[int, int]


@lru_cache(maxsize=4096)
def _outline(shape: bytes) -> tuple[int, int]:
    """How many digits a shape has, 0 for too few, and whether it can be nothing but a phone: 2, of one group 1, if not
    0."""
    count = shape.count(b"9")
    if count < _FEWEST:
        return 0, 0
    others, needs_care = _doubt(shape, False)
    if others or needs_care or count > numbering.MAX_DIGITS or b"(" in shape or b")" in shape or shape[-2] == 32:
        return count, 0
    return count, 1 if count == len(shape) else 2


def scan(text: str, rules: Dialing) -> tuple[list[Hit], list[Span], list[Span]]:
    """The numbers found; the spans that need no other reading, of the numbers, of dates and of single groups; and
    those of the dates alone, in which no hidden number has a part."""
    hits: list[Hit] = []
    spans: list[Span] = []
    dates: list[Span] = []
    may_have_plus = "+" in text
    web: list[tuple[int, int]] | None = None
    safe: frozenset[str] = frozenset()
    trunked = rules.trunked
    lengths = numbering.lengths(rules.region or None)
    heads = rules.heads
    told_region = rules.region != ""
    for match in CANDIDATE.finditer(text):
        written = match[0].encode()
        shape = written.translate(_SHAPE)
        count, sure = _outline(shape)
        if not count:
            continue
        start, end = match.span()
        code = written.translate(None, _SEPARATORS)
        before = text[start - 1] if start else " "
        if (
            sure
            and quick_verdicts
            and before == " "
            and count in lengths
            and heads[code[:2]] == "d"
            and not (may_have_plus and phone_context.has_plus(text, start))
            and text[end : end + 2] in _NOTHING_AFTER
            and not (trunked and b" 0" in written)
            and not code.endswith(_SAME_SEVEN)
        ):
            number = dialed(code, rules)
            if number and (sure > 1 or not phone_context.follows_id(text, start)):
                spans.append((start, end))
                confidence = 0.8 if not told_region else 0.95 if sure > 1 else 0.9
                hits.append(hit_of((start, end, number, "digits", confidence)))
                continue
        if not safe:
            safe = _SAFE_IN_WEB if "://" in text or "www." in text else _SAFE_BEFORE
        plus = may_have_plus and (before == "+" or (before in " (" and phone_context.has_plus(text, start)))
        if (
            before in safe or (before == "(" and text[start - 2 : start - 1] in " \n")
        ) and count <= numbering.MAX_DIGITS:
            others, needs_care = _doubt(shape, plus)
            if others and others[0] is phone_context.DATE and count <= 10:
                date = phone_context.DATE.match(text, start)
                if date is not None and date.end() == end:
                    time = _TIME.match(text, end)
                    dates.append((start, end if time is None else time.end()))
                    spans.append(dates[-1])
                    continue
            if quick_verdicts and not needs_care and (plus or not (trunked and code[0] != 48 and b" 0" in written)):
                after = text[end : end + 2]
                last = end if after in _NOTHING_AFTER else _end(text, start, end)
                number = None
                if last and (plus or count in lengths or code[0] == 48):
                    number = after_plus(code) if plus else dialed(code, rules)
                    if not number:
                        number = numbering.read(code, plus, rules)
                if number is None and last and not others and written[-2] == 32:
                    # "415 555 0123 7 days"
                    written, code, end, count = written[:-2], code[:-1], end - 2, count - 1
                    last = end
                    if count > 6 and (plus or count in lengths or code[0] == 48):
                        number = numbering.read(code, plus, rules)
                if (
                    number
                    and (not others or not any(other.search(text, start, end + 4) for other in others))
                    and _is_told(text, start, end, code, before)
                ):
                    spans.append((start, end))
                    if before == "+":
                        start -= 1
                    if plus or before == "(" or ")" in text[start - 1 : end + 1]:
                        start, last = phone_tokens.widen(text, start, end, last, plus)
                    confidence = 0.98 if plus else 0.8 if not told_region else 0.9 if count == len(written) else 0.95
                    hits.append(hit_of((start, last, number, "digits", confidence)))
                    continue
                if number is None and last and count == len(written) and before in " \n(":
                    # One group that no plan knows: reading it with care gives nothing else.
                    if after[:1] in _PLAIN_AFTER:
                        spans.append((start, end))
                    continue
        elif (
            before in _IN_PATH
            and count == len(written)
            and text[end : end + 1] in _PLAIN_AFTER
            and not _may_follow(text, start)
        ):
            spans.append((start, end))
            continue
        end = match.end()
        tokens = _tokens(text, start, end, may_have_plus)
        if web is None:
            web = phone_context.web_spans(text)
        found = _careful(text, tokens, end, web, rules)
        if found or (len(tokens) == 1 and before in " \n" and text[end : end + 1] in _PLAIN_AFTER):
            hits += found
            spans.append((start, end))
    return hits, spans, dates


def _may_follow(text: str, start: int) -> bool:
    """Whether a number may begin behind a sign of _IN_PATH: of a link to a phone, or as in `cell/4155550123`."""
    if phone_context.LINK_BEFORE.search(text, max(0, start - 40), start) is not None:
        return True
    return text[start - 1] == "/" and phone_tokens.is_announced(text, start - 1)


def _end(text: str, start: int, end: int) -> int:
    """Where a number up to `end` ends with its extension; 0 if what follows leaves a doubt."""
    after = text[end : end + 2]
    if not after:
        return end
    if after[0] not in _SAFE_AFTER and after[0] != ")":
        return 0
    if after[0] in _ODD_ENDS and after[-1] in _SECOND_DIGITS:
        return 0
    if after[-1] in _SECOND_LOOK:
        if phone_context.is_price(text, start, end):
            return 0
        extension = phone_context.EXTENSION.match(text, end, end + 30)
        return end if extension is None else extension.end()
    return end


def _is_told(text: str, start: int, end: int, digits: bytes, before: str) -> bool:
    """Whether nothing before the digits, and not the digits themselves, speaks against a phone."""
    if digits[-7:] == digits[-1:] * 7:
        return False
    if before == ":" and text[max(0, start - 3) : start - 1].isdigit():
        return False
    if before in _ODD_ENDS and start > 1 and text[start - 2] in _SECOND_DIGITS:
        return False
    return len(digits) != end - start or before == "+" or not phone_context.follows_id(text, start)


def _tokens(text: str, start: int, end: int, may_have_plus: bool) -> list[Token]:
    """The groups of the candidate `text[start:end]`."""
    return [
        Token(match.group(), match.start(), match.end(), may_have_plus and phone_context.has_plus(text, match.start()))
        for match in _GROUP.finditer(text, start, end)
    ]


def _careful(text: str, tokens: list[Token], reach: int, web: list[tuple[int, int]], rules: Dialing) -> list[Hit]:
    """The numbers of a candidate, read group by group."""
    start = tokens[0].start
    if len(tokens) == 1 and start and text[start - 1] in "/=:+B":
        number = _link(text, tokens[0], rules)
        if number is not None:
            return [Hit(start, reach, number, "link", phone_tokens.CONFIDENCE["link"])]
    hits: list[Hit] = []
    for part in _between(tokens, phone_context.blocks(text, start, reach, web)):
        for piece in _apart_by_blanks(text, part, rules):
            found = phone_tokens.numbers_of(Run(piece, "digits"), text, rules)
            hits += [hit for hit in found if not phone_context.is_price(text, hit.start, hit.end)]
    return hits


def _link(text: str, token: Token, rules: Dialing) -> str | None:
    """The number of a link such as wa.me/14155550123, whose digits start with the country code."""
    if phone_context.LINK_BEFORE.search(text, max(0, token.start - 40), token.start) is None:
        return None
    return numbering.resolve(token.digits, True, None) or numbering.resolve(token.digits, False, rules.region or None)


def _between(tokens: list[Token], blocked: Iterator[tuple[int, int]]) -> Iterator[list[Token]]:
    """Neighboring tokens outside the blocked spans, parts of seven digits or more."""
    part: list[Token] = []
    block = next(blocked, None)
    for token in tokens:
        while block is not None and block[1] <= token.start:
            block = next(blocked, None)
        if block is None or block[0] >= token.end:
            part.append(token)
            continue
        if sum(len(each.digits) for each in part) >= _FEWEST:
            yield part
        part = []
    if sum(len(each.digits) for each in part) >= _FEWEST:
        yield part


def _apart_by_blanks(text: str, tokens: list[Token], rules: Dialing) -> Iterator[list[Token]]:
    """Tokens cut where the writer left a wider gap than elsewhere (`24  081 213 1609`), and before a trunk prefix that
    follows a short group (`age 22 01512 3062205`), if a number begins there."""
    pieces: list[list[Token]] = [[]]
    for index, token in enumerate(tokens):
        if index:
            gap = text[tokens[index - 1].end : token.start]
            wide = "  " in gap and any(
                "  " not in text[tokens[each - 1].end : tokens[each].start] for each in range(1, min(len(tokens), 9))
            )
            trunk = (
                rules.trunked
                and token.digits[0] == "0"
                and " " in gap
                and "(" not in gap
                and len(tokens[index - 1].digits) <= 3
                and index == 1
                and not tokens[0].plus
                and tokens[0].digits[0] != "0"
            )
            if wide or trunk:
                pieces.append([])
        pieces[-1].append(token)
    if len(pieces) == 1:
        yield tokens
        return
    if any(next(phone_tokens.numbers_of(Run(piece, "digits"), text, rules), None) for piece in pieces):
        yield from pieces
    else:
        yield tokens
