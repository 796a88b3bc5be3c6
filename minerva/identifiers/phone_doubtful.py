"""Candidates for phones that leave a doubt: what a second look settles, and the others read group by group."""

from __future__ import annotations

import re
from collections.abc import Iterator

from minerva.identifiers import id_labels, numbering, phone_context, phone_shapes, phone_tokens
from minerva.identifiers.late import late
from minerva.identifiers.phone_shapes import FEWEST, ODD_ENDS, SECOND_DIGITS
from minerva.identifiers.phone_tokens import Hit, Run, Token, token_of
from minerva.identifiers.plans import Dialing
from minerva.identifiers.shared_beginnings import with_others

Span = tuple[int, int]
_TIME = re.compile(r"(?::[0-5][0-9]){1,2}")
_TO = late(r" ?- ")
_GROUP = late(r"[0-9]+")
_NEAR = 40
"""Characters in which the digits of a number that stand alone end."""
_SAFE_BEFORE = frozenset(" \n\r,;:(!?>*\"'|~-+")
PLAIN_AFTER = frozenset(["", " ", "\n", ".", ",", ";"])
HIDING_BEFORE = frozenset(phone_context.HIDING_SIGNS)
"""Signs, a blank before a group, behind which it may be the last one of more: `010 _ 01282177`."""


def date_at(text: str, start: int, end: int) -> Span | None:
    """The span of the date that the candidate `text[start:end]` is and nothing else, with the time behind it; or of
    two dates and the dash between."""
    date = phone_context.DATE.match(text, start) or phone_context.DATE_SPACED.match(text, start)
    if date is not None and date.end() < end and (dash := _TO.match(text, date.end())) is not None:
        date = phone_context.DATE.match(text, dash.end())
    if date is None or date.end() != end:
        return None
    time = _TIME.match(text, end)
    return start, end if time is None else time.end()


def may_follow(text: str, start: int) -> bool:
    """Whether a number may begin behind a sign of IN_PATH: of a link to a phone, or as in `cell/4155550123`."""
    if phone_context.is_link(text, start) or phone_context.is_asked_for(text, start):
        return True
    if text[start - 1] == "@":
        return phone_tokens.is_told_at(text, start - 1)
    return text[start - 1] == "/" and phone_tokens.is_announced(text, start - 1)


class Doubtful:
    """The candidates of one text that leave a doubt; what is looked up once per text is kept."""

    __slots__ = ("_may_have_plus", "_quick", "_rules", "_safe", "_text", "_web")

    def __init__(self, text: str, rules: Dialing, quick: bool) -> None:
        """With `quick` most of them get a verdict without being read group by group."""
        self._quick = quick
        self._text = text
        self._rules = rules
        self._safe = phone_shapes.SAFE_IN_WEB if "://" in text or "www." in text else _SAFE_BEFORE
        self._may_have_plus = "+" in text
        self._web: list[Span] | None = None

    def read(self, start: int, end: int, hits: list[Hit], spans: list[Span], dates: list[Span]) -> None:
        """Adds what a candidate holds to the three lists of phone_plain.scan."""
        text, rules = self._text, self._rules
        reach = end
        written = text[start:end].encode()
        shape = written.translate(phone_shapes.SHAPE)
        ended = phone_shapes.sentence_end(shape)
        if ended and self._ends(start, shape[:ended], hits, spans, dates):
            behind = shape.find(b". ", ended) + 2
            if len(shape) - behind + 2 > FEWEST:
                self.read(start + behind, end, hits, spans, dates)
            return
        count = shape.count(b"9")
        before = text[start - 1] if start else " "
        if self._quick and count == len(written) and _is_within_word(text, start, end, before):
            return
        code = written.translate(None, phone_shapes.SEPARATORS)
        trunked = rules.trunked
        plus = self._may_have_plus and (before == "+" or (before in " (" and phone_context.has_plus(text, start)))
        if (before in self._safe or (before == "(" and text[start - 2 : start - 1] in " \n")) and not (
            count > numbering.MAX_DIGITS
            or (before == ":" and count == len(written) and phone_context.is_link(text, start))
        ):
            others, needs_care = phone_shapes.doubt(shape, plus)
            if self._quick and others and _is_as_a_whole(others, text, start, end):
                return
            if others and others[0] in phone_shapes.DATE_FORMS and phone_shapes.may_be_date(shape, count):
                date = date_at(text, start, end)
                if date is not None:
                    dates.append(date)
                    spans.append(date)
                    return
            if self._quick and not needs_care and (plus or not (trunked and code[0] != 48 and b" 0" in written)):
                after = text[end : end + 2]
                last = end if after in phone_shapes.NOTHING_AFTER else _end(text, start, end)
                number = None
                if last and (plus or count in rules.lengths or code[0] == 48):
                    number = numbering.read(code, plus, rules)
                if number is None and last and not others and written[-2] == 32 != written[-4]:
                    # "415 555 0123 7 days"
                    written, code, count = written[:-2].rstrip(phone_shapes.SEPARATORS), code[:-1], count - 1
                    end = last = start + len(written)
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
                    if plus or before == "(" or ")" in text[max(0, start - 1) : end + 1]:
                        start, last = phone_tokens.widen(text, start, end, last, plus)
                    told_region = rules.region != ""
                    confidence = 0.98 if plus else 0.8 if not told_region else 0.9 if count == len(written) else 0.95
                    hits.append((start, last, number, "digits", confidence))
                    return
                if number is None and last and count == len(written) and before in " \n(":
                    # One group that no plan knows: reading it with care gives nothing else.
                    if after[:1] in PLAIN_AFTER and text[max(0, start - 2) : max(0, start - 1)] not in HIDING_BEFORE:
                        spans.append((start, end))
                    return
        elif (
            before in phone_shapes.IN_PATH
            and count == len(written)
            and text[end : end + 1] in PLAIN_AFTER
            and not may_follow(text, start)
        ):
            spans.append((start, end))
            return
        end = reach
        if _is_cut(text, end, shape, count):
            return
        tokens = _tokens(text, start, end, self._may_have_plus)
        if self._web is None:
            self._web = phone_context.web_spans(text)
        # Behind a plus sign groups only look like dates: `+415 555 30-0-30`.
        others, needs_care = phone_shapes.doubt(shape, plus)
        if plus and (needs_care or count > numbering.MAX_DIGITS):
            others, _ = phone_shapes.doubt(shape, False)
        after = text[end : end + phone_shapes.AFTER]
        plain = (
            not others
            and phone_shapes.ends_before(after)
            and after[:1] != ","
            and phone_shapes.STAMP_LENGTHS.isdisjoint(map(len, shape.translate(phone_shapes.TO_BLANKS).split()))
            and phone_context.no_blocks(text, start, end, self._web)
        )
        found = _careful(text, tokens, end, None if plain else self._web, rules, plus and not others)
        if found and b"/" in written:
            found = with_others(text, found)
        if found or (
            len(tokens) == 1
            and before in " \n"
            and text[end : end + 1] in PLAIN_AFTER
            and text[max(0, start - 2) : max(0, start - 1)] not in HIDING_BEFORE
        ):
            hits += found
            spans.append((start, end))

    def _ends(self, start: int, shape: bytes, hits: list[Hit], spans: list[Span], dates: list[Span]) -> bool:
        """Whether a sentence ends behind the part of a candidate that looks like `shape`: it is a number by itself,
        which is added to the lists, or one group that is no part of a number."""
        if shape.count(b"9") < FEWEST:
            # "ID AB-27070. 31000 miles"
            behind_letter = self._text[start - 1 : start] == "-" and self._text[start - 2 : start - 1].isalpha()
            return behind_letter and shape.isdigit()
        before = len(hits)
        self.read(start, start + len(shape), hits, spans, dates)
        return len(hits) > before or shape.isdigit()


def _is_as_a_whole(others: tuple[re.Pattern[str], ...], text: str, start: int, end: int) -> bool:
    """Whether a candidate of several groups is a card, an address or the like from its first to its last digit; dates
    are spans that others must know."""
    for other in others:
        if other not in _NOTED and (match := other.match(text, start)) is not None:
            return match.end() >= end
    return False


_NOTED = frozenset([*phone_shapes.DATE_FORMS, phone_context.STAMP])


def _is_cut(text: str, end: int, shape: bytes, count: int) -> bool:
    """Whether the last of several groups goes on in letters (`425 555 252l`) and those before it are too few digits."""
    after = text[end : end + 1]
    # "+27 82 666 4o3o": digits behind the letter belong to the group too.
    fewest = _MOST_CUT if text[end + 1 : end + 2].isdigit() else FEWEST
    if not after.isalpha() or count - len(shape) + len(shape.rstrip(b"9")) >= fewest or shape.isdigit():
        return False
    return not (phone_context.is_unspaced(after) or phone_context.glued_after(text, end))


_MOST_CUT = 9


def _is_within_word(text: str, start: int, end: int, before: str) -> bool:
    """Whether letters stand right before or behind one group (`23o01826445`), no words that stand beside phones, and it
    is of no link."""
    if before.isalpha():
        return before != _OF_LINK and not (phone_context.is_unspaced(before) or phone_context.glued_before(text, start))
    after = text[end : end + 1]
    return (
        after.isalpha()
        and before not in _BEFORE_LINK
        and not (phone_context.is_unspaced(after) or phone_context.glued_after(text, end))
    )


_OF_LINK = "B"
"""The end of a plus sign in a link, as %2B."""
_BEFORE_LINK = "/=:+"


def _end(text: str, start: int, end: int) -> int:
    """Where a number up to `end` ends with its extension; 0 if what follows leaves a doubt."""
    after = text[end : end + 2]
    if not after:
        return end
    if after[0] not in phone_shapes.SAFE_AFTER and after[0] != ")":
        return 0
    if after[0] in ODD_ENDS and after[-1] in SECOND_DIGITS:
        return 0
    if after[-1] in phone_shapes.SECOND_LOOK:
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
    if before in ODD_ENDS and start > 1 and text[start - 2] in SECOND_DIGITS:
        return False
    return len(digits) != end - start or before == "+" or not id_labels.follows_id(text, start)


def _tokens(text: str, start: int, end: int, may_have_plus: bool) -> list[Token]:
    """The groups of the candidate `text[start:end]`."""
    return [
        token_of((match[0], *match.span(), may_have_plus and phone_context.has_plus(text, match.start()), False))
        for match in _GROUP.finditer(text, start, end)
    ]


def _careful(
    text: str, tokens: list[Token], reach: int, web: list[Span] | None, rules: Dialing, is_clear: bool
) -> list[Hit]:
    """The numbers of a candidate, read group by group; `web` is None where nothing in it is blocked or a price,
    `is_clear` of one that a plus sign says to be nothing else: `+44 30 30 30-30-30`."""
    start = tokens[0].start
    if len(tokens) == 1 and start and text[start - 1] in _BEFORE_LINK + _OF_LINK:
        number = _link(text, tokens[0], rules)
        if number is not None:
            return [(start, reach, number, "link", phone_tokens.CONFIDENCE["link"])]
    hits: list[Hit] = []
    if web is None or phone_context.is_asked_for(text, start):
        for piece in _apart_by_blanks(text, tokens, rules):
            hits += phone_tokens.numbers_of(Run(piece, "digits"), text, rules)
        return hits
    blocked = iter(()) if is_clear else phone_context.blocks(text, start, reach, web)
    for part in _between(tokens, blocked):
        for piece in _apart_by_blanks(text, part, rules):
            found = phone_tokens.numbers_of(Run(piece, "digits"), text, rules)
            hits += [hit for hit in found if not phone_context.is_price(text, hit[0], hit[1])]
    return hits


def _link(text: str, token: Token, rules: Dialing) -> str | None:
    """The number of a link such as wa.me/14155550123, whose digits start with the country code; behind `tel:` they are
    those dialed in the region (RFC 3966), or else the same, and behind `tel:+` the plus sign says so by itself."""
    if text[token.start - 2 : token.start] == ":+" or not phone_context.is_link(text, token.start):
        return None
    local = numbering.resolve(token.digits, False, rules.region or None)
    abroad = numbering.resolve(token.digits, True, None)
    return local or abroad if text[token.start - 1] == ":" else abroad or local


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
        if sum(len(each.digits) for each in part) >= FEWEST:
            yield part
        part = []
    if sum(len(each.digits) for each in part) >= FEWEST:
        yield part


def _apart_by_blanks(text: str, tokens: list[Token], rules: Dialing) -> Iterator[list[Token]]:
    """Tokens cut where the writer left a wider gap than elsewhere (`24  081 213 1609`), before a trunk prefix that
    follows a short group (`age 22 01512 3062205`), and where a sentence ends before digits that stand alone
    (`11 to 8. 7 0 2 5...`), if a number begins there."""
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
            if rules.trunked and gap == ". " and token.digits[0] == "0" and len(token.digits) > 2:
                # "rego to 03/27. 0491 570 157"
                trunk = True
            if wide or trunk or _ends_sentence(text, tokens, index):
                pieces.append([])
        pieces[-1].append(token)
    if len(pieces) == 1 or (
        # "+49 1 7 6  5 7 4 9 5 3 9 9": what a plus sign stands before is a number as a whole or not at all.
        tokens[0].plus
        and not phone_tokens.numbers_of(Run(pieces[0], "digits"), text, rules)
        and phone_tokens.whole_of(tokens, text, rules)
    ):
        yield tokens
        return
    if any(phone_tokens.numbers_of(Run(piece, "digits"), text, rules) for piece in pieces):
        yield from pieces
    else:
        yield tokens


def _ends_sentence(text: str, tokens: list[Token], index: int) -> bool:
    """Whether a full stop stands before the token at `index` and none behind it, where digits stand alone."""
    gap = text[tokens[index - 1].end : tokens[index].start]
    if not gap.startswith(". ") or len(tokens[index].digits) > 1 or index + 1 >= len(tokens):
        return False
    behind = tokens[index].end
    return ". " not in text[behind : min(behind + _NEAR, tokens[-1].start)] and len(tokens[index + 1].digits) == 1
