"""Phones written in digits with plain separators: one search for candidates, a quick verdict on most of them.

A candidate whose shape and surroundings leave no doubt is looked up in the numbering plan at once; every other one is
read group by group (phone_tokens). The quick verdict only ever says what the careful reading would say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from minerva.identifiers import numbering, phone_context, phone_tokens
from minerva.identifiers.phone_tokens import Hit, Run, Token, hit_of
from minerva.identifiers.plans import Dialing, after_plus, dialed

CANDIDATE = re.compile(r"[0-9](?=[0-9 \-.()/\[\]\t]{6})[0-9]*(?:[ \-.()/\[\]\t]{1,4}[0-9]+)*")
"""Digits with gaps of up to four separators, as far as they go; fewer than seven digits are no candidate."""
_TIME = re.compile(r"(?::[0-5][0-9]){1,2}")
_GROUP = re.compile(r"[0-9]+")
_FEWEST = 7
SEPARATORS = b" -.()/[]\t"
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
    """How many digits a shape has, 0 for too few, and how many groups."""
    count = shape.count(b"9")
    return (0, 0) if count < _FEWEST else (count, len(shape.translate(_TO_BLANKS).split()))


_TO_BLANKS = bytes(code if code == 57 else 32 for code in range(256))
_TOO_FEW, _CAREFUL, DATE, _IN_WEB, QUICK = range(5)
_Way = tuple[int, int, int, bool, bool, int]
"""How a candidate is read: one of the five ways above, where it begins in its window, its digits, whether a plus sign
is before them, whether they stand in one group, and how many characters before belong to the number."""
_ways: dict[bytes, _Way] = {}
_MOST_WAYS = 8192
KINDS = bytes(
    57 if 48 <= code <= 57 else 97 if code > 127 or chr(code).isalpha() else code for code in range(256)
)  # fmt: skip
_BEFORE = 3
_EDGES = ("   ", "  ", " ")
"""What stands for the missing characters before a candidate near the start of a text."""


def _way(window: bytes) -> _Way:
    """How to read the candidates that, with the three characters before them, look like `window` (KINDS)."""
    begin = len(window) - len(_SHAPE_AT_END.search(window)[0])  # type: ignore[index]  # each window ends in a candidate
    before, shape = window[:begin].decode("ascii"), window[begin:]
    count, groups = _outline(shape)
    if not count:
        return _kept(window, (_TOO_FEW, begin, count, False, False, 0))
    plus = phone_context.has_plus(before, len(before))
    others, needs_care = _doubt(shape, plus)
    way, wider = _CAREFUL, 0
    if before[-1] in _IN_PATH:
        way = _IN_WEB if groups == 1 else _CAREFUL
    elif before[-1] not in _SAFE_IN_WEB and not (before[-1] == "(" and before[-2] in " \n"):
        pass
    elif others:
        way = DATE if others[0] is phone_context.DATE and count <= 10 else _CAREFUL
    elif not needs_care and count <= numbering.MAX_DIGITS:
        way = QUICK
        if before[-1] == "+":
            wider = 1
            way = _CAREFUL if before[-2] in "+(" or b")" in shape else way
        elif before[-1] == "(" and b")" in shape and not plus:
            wider = 1
        elif plus or before[-1] == "(" or (b")" in shape and b"(" not in shape):
            way = _CAREFUL
    return _kept(window, (way, begin, count, plus, groups == 1, wider))


def way_of(window: bytes) -> _Way:
    """How to read the candidates that look like `window`: three characters and the candidate, each byte by KINDS."""
    return _ways.get(window) or _way(window)


_SHAPE_AT_END = re.compile(rb"9(?:[9 \-.()/\[\]\t]*9)?$")


def _kept(window: bytes, way: _Way) -> _Way:
    if len(_ways) >= _MOST_WAYS:
        _ways.clear()
    _ways[window] = way
    return way


_after: dict[str, bool] = {"": True}
_AFTER = 4
_STAMP_LENGTHS = frozenset([12, 14])


def _nothing_follows(after: str) -> bool:
    """Whether the up to four characters behind a candidate tell that it ends there, without extension or currency."""
    first, second, word = after[0], after[1:2], after[1:]
    if first not in _SAFE_AFTER or (first in _ODD_ENDS and second in _SECOND_DIGITS):
        known = False
    elif not second or after[:2] in _NOTHING_AFTER:
        known = first not in _SECOND_LOOK
    elif second not in _SECOND_LOOK:
        known = True
    else:
        known = len(after) == _AFTER and word.isascii() and word[:2].isalpha() and second not in "xX"
        known = known and not word.lower().startswith(_LOOKED_AT)
    if len(_after) >= _MOST_WAYS:
        _after.clear()
    _after[after] = known
    return known


def ends_before(after: str) -> bool:
    """Whether the up to four characters behind a candidate tell that it ends there."""
    known = _after.get(after)
    return _nothing_follows(after) if known is None else known


_LOOKED_AT = ("ex", "ane", "ram", "pos", "int", "dur", "usd", "eur", "gbp", "kr", "ros", "dol", "pes", "rea")
"""First letters of the words for an extension or a currency."""


def scan(
    text: str, rules: Dialing, candidates: Iterable[Span] | None = None
) -> tuple[list[Hit], list[Span], list[Span]]:
    """The numbers found; the spans that need no other reading, of the numbers, of dates and of single groups; and
    those of the dates alone, in which no hidden number has a part.

    `candidates` are the spans of CANDIDATE in the text, or some of them; all by default.
    """
    hits: list[Hit] = []
    spans: list[Span] = []
    dates: list[Span] = []
    doubtful: _Doubtful | None = None
    lengths = rules.lengths
    trunked = rules.trunked
    if candidates is None:
        candidates = [match.span() for match in CANDIDATE.finditer(text)]
    for start, end in candidates:
        if start >= _BEFORE:
            written = text[start - _BEFORE : end].encode("utf-8", "surrogatepass")
        else:
            written = (_EDGES[start] + text[:end]).encode("utf-8", "surrogatepass")
        window = written.translate(KINDS)
        way, begin, count, plus, alone, wider = _ways.get(window) or _way(window)
        if way == QUICK and quick_verdicts:
            after = text[end : end + _AFTER]
            follows = _after.get(after)
            if _nothing_follows(after) if follows is None else follows:
                code = written[begin:].translate(None, SEPARATORS)
                number = None
                if plus:
                    number = after_plus(code) or numbering.read(code, True, rules)
                elif not trunked or code[0] == 48 or b" 0" not in written[begin:]:
                    if count in lengths or code[0] == 48:
                        number = dialed(code, rules) or numbering.read(code, False, rules)
                    if number is None and alone and written[begin - 1] in b" \n(":
                        # One group that no plan knows: reading it with care gives nothing else.
                        if after[:1] in _PLAIN_AFTER:
                            spans.append((start, end))
                        continue
                if (
                    number
                    and not code.endswith(_SAME_SEVEN)
                    and (not alone or written[begin - 1] == 43 or not phone_context.follows_id(text, start))
                ):
                    spans.append((start, end))
                    confidence = 0.98 if plus else 0.8 if not rules.region else 0.9 if alone else 0.95
                    hits.append(hit_of((start - wider, end, number, "digits", confidence)))
                    continue
                if not number and not alone and after[:1] != ",":
                    parts = _by_groups(text, start, code, written[begin:], plus, rules)
                    if parts is not None:
                        if parts:
                            hits += parts
                            spans.append((start, end))
                        continue
        elif way == _TOO_FEW:
            continue
        elif way == _IN_WEB and quick_verdicts:
            if text[end : end + 1] in _PLAIN_AFTER and not _may_follow(text, start):
                spans.append((start, end))
                continue
        elif way == DATE:
            date = phone_context.DATE.match(text, start)
            if date is not None and date.end() == end:
                time = _TIME.match(text, end)
                dates.append((start, end if time is None else time.end()))
                spans.append(dates[-1])
                continue
        if doubtful is None:
            doubtful = _Doubtful(text, rules)
        doubtful.read(start, end, hits, spans, dates)
    return hits, spans, dates


_Group = tuple[int, int, int, int, bool]
"""Where a group's digits begin and end among all digits, where among all characters, and whether a number may begin."""


@lru_cache(maxsize=4096)
def _groups(shape: bytes) -> tuple[_Group, ...] | None:
    """The groups of a shape with blanks, dashes and dots alone between; None for any other."""
    if shape.translate(None, b"9 -."):
        return None
    groups: list[_Group] = []
    digits = last = 0
    for match in _NINES.finditer(shape):
        first, behind = match.span()
        groups.append((digits, digits + behind - first, first, behind, shape[last:first] != b"."))
        digits, last = digits + behind - first, behind
    if any(end - begin in _STAMP_LENGTHS for begin, end, *_ in groups):
        return None
    return tuple(groups)


_NINES = re.compile(b"9+")


def _by_groups(text: str, start: int, code: bytes, written: bytes, plus: bool, rules: Dialing) -> list[Hit] | None:
    """What `_Doubtful.read` finds in groups of digits (`code` all digits, `written` with the signs between) that are no
    number as a whole and that nothing follows, sooner; None where it must be asked."""
    groups = _groups(written.translate(_SHAPE))
    two_before = text[start - 2 : start - 1] if start > 1 else " "
    if groups is None or (two_before not in " \n" if plus else two_before in "$€£¥"):
        return None
    if rules.trunked and not plus and code[0] != 48 and code[groups[1][0]] == 48 and groups[0][1] < 4:
        return None
    hits: list[Hit] = []
    index, last = 0, len(groups) - 1
    while index <= last:
        begin, _, first, _, may_start = groups[index]
        own_plus = plus and not index
        lengths = None if own_plus or code[begin] == 48 else rules.lengths
        stop = last if may_start else -1
        while stop >= index:
            digits = code[begin : groups[stop][1]]
            if len(digits) < _FEWEST:
                stop = -1
                break
            if (
                (lengths is None or len(digits) in lengths)
                and not digits.endswith(_SAME_SEVEN)
                and (stop > index or own_plus or not phone_context.follows_id(text, start + first))
            ):
                number = numbering.read(digits, own_plus, rules)
                if number is not None:
                    end = start + groups[stop][3]
                    confidence = phone_tokens.assess("digits", own_plus, bool(rules.region), stop == index)
                    end = end if stop < last else phone_tokens.extended(text, end)
                    hits.append(hit_of((start + first - own_plus, end, number, "digits", confidence)))
                    break
            stop -= 1
        index = stop + 1 if stop >= index else index + 1
    return hits


class _Doubtful:
    """The candidates of one text that leave a doubt; what is looked up once per text is kept."""

    __slots__ = ("_may_have_plus", "_rules", "_safe", "_text", "_web")

    def __init__(self, text: str, rules: Dialing) -> None:
        self._text = text
        self._rules = rules
        self._safe = _SAFE_IN_WEB if "://" in text or "www." in text else _SAFE_BEFORE
        self._may_have_plus = "+" in text
        self._web: list[Span] | None = None

    def read(self, start: int, end: int, hits: list[Hit], spans: list[Span], dates: list[Span]) -> None:
        """Adds what a candidate holds to the three lists of `scan`."""
        text, rules = self._text, self._rules
        reach = end
        written = text[start:end].encode()
        shape = written.translate(_SHAPE)
        count = _outline(shape)[0]
        code = written.translate(None, SEPARATORS)
        before = text[start - 1] if start else " "
        trunked = rules.trunked
        plus = self._may_have_plus and (before == "+" or (before in " (" and phone_context.has_plus(text, start)))
        if (
            before in self._safe or (before == "(" and text[start - 2 : start - 1] in " \n")
        ) and count <= numbering.MAX_DIGITS:
            others, needs_care = _doubt(shape, plus)
            if others and others[0] is phone_context.DATE and count <= 10:
                date = phone_context.DATE.match(text, start)
                if date is not None and date.end() == end:
                    time = _TIME.match(text, end)
                    dates.append((start, end if time is None else time.end()))
                    spans.append(dates[-1])
                    return
            if quick_verdicts and not needs_care and (plus or not (trunked and code[0] != 48 and b" 0" in written)):
                after = text[end : end + 2]
                last = end if after in _NOTHING_AFTER else _end(text, start, end)
                number = None
                if last and (plus or count in rules.lengths or code[0] == 48):
                    number = numbering.read(code, plus, rules)
                if number is None and last and not others and written[-2] == 32:
                    # "415 555 0123 7 days"
                    written, code, end, count = written[:-2], code[:-1], end - 2, count - 1
                    last = end
                    if count > 6 and (plus or count in rules.lengths or code[0] == 48):
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
                    told_region = rules.region != ""
                    confidence = 0.98 if plus else 0.8 if not told_region else 0.9 if count == len(written) else 0.95
                    hits.append(hit_of((start, last, number, "digits", confidence)))
                    return
                if number is None and last and count == len(written) and before in " \n(":
                    # One group that no plan knows: reading it with care gives nothing else.
                    if after[:1] in _PLAIN_AFTER:
                        spans.append((start, end))
                    return
        elif (
            before in _IN_PATH
            and count == len(written)
            and text[end : end + 1] in _PLAIN_AFTER
            and not _may_follow(text, start)
        ):
            spans.append((start, end))
            return
        end = reach
        tokens = _tokens(text, start, end, self._may_have_plus)
        if self._web is None:
            self._web = phone_context.web_spans(text)
        others, _ = _doubt(shape, False)
        after = text[end : end + _AFTER]
        plain = (
            not others
            and (_after[after] if after in _after else _nothing_follows(after))
            and after[:1] != ","
            and _STAMP_LENGTHS.isdisjoint(map(len, shape.translate(_TO_BLANKS).split()))
            and phone_context.no_blocks(text, start, end, self._web)
        )
        found = _careful(text, tokens, end, None if plain else self._web, rules)
        if found or (len(tokens) == 1 and before in " \n" and text[end : end + 1] in _PLAIN_AFTER):
            hits += found
            spans.append((start, end))


def is_date(text: str, start: int, end: int) -> bool:
    """Whether the candidate `text[start:end]` is a date and nothing else."""
    date = phone_context.DATE.match(text, start)
    return date is not None and date.end() == end


def _may_follow(text: str, start: int) -> bool:
    """Whether a number may begin behind a sign of _IN_PATH: of a link to a phone, or as in `cell/4155550123`."""
    if phone_context.is_link(text, start):
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


def _careful(text: str, tokens: list[Token], reach: int, web: list[Span] | None, rules: Dialing) -> list[Hit]:
    """The numbers of a candidate, read group by group; `web` is None where nothing in it is blocked or a price."""
    start = tokens[0].start
    if len(tokens) == 1 and start and text[start - 1] in "/=:+B":
        number = _link(text, tokens[0], rules)
        if number is not None:
            return [Hit(start, reach, number, "link", phone_tokens.CONFIDENCE["link"])]
    hits: list[Hit] = []
    if web is None:
        for piece in _apart_by_blanks(text, tokens, rules):
            hits += phone_tokens.numbers_of(Run(piece, "digits"), text, rules)
        return hits
    for part in _between(tokens, phone_context.blocks(text, start, reach, web)):
        for piece in _apart_by_blanks(text, part, rules):
            found = phone_tokens.numbers_of(Run(piece, "digits"), text, rules)
            hits += [hit for hit in found if not phone_context.is_price(text, hit.start, hit.end)]
    return hits


def _link(text: str, token: Token, rules: Dialing) -> str | None:
    """The number of a link such as wa.me/14155550123, whose digits start with the country code."""
    if not phone_context.is_link(text, token.start):
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
