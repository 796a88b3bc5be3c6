"""Numbers told in two or more places of a text, each part beside words that say which it is, or with an ellipsis where
it is cut: `my number starts with 604 555 ... and the rest is 0185`, `8-926 (продолжение ниже) ... продолжение: 765 46
69`, `tel 661... ...175 384`. What is found so is a guess.

Linear in the text: what is read behind each such phrase is bounded (data/phone_halves.json).
"""

from __future__ import annotations

import re
from functools import cache, partial
from typing import NamedTuple

from minerva.identifiers import digit_stretches, digit_words, lexicon, lookalike_runs, word_roles
from minerva.identifiers.announced import WORDS, is_announced
from minerva.identifiers.characters import folded, not_beginning
from minerva.identifiers.group_rows import FEWEST_TOLD, MOST_TOLD, Read, leftmost
from minerva.identifiers.late import late
from minerva.identifiers.phone_context import DATE
from minerva.identifiers.phone_tokens import Hit, Token, whole_of
from minerva.identifiers.plans import Dialing
from minerva.identifiers.tables import table

_DATA = table("phone_halves")
_NATIVE, _ORDINALS = _DATA["native"], _DATA["ordinals"]
_FAR = 420
"""Characters from the first part to the last."""
_MOST_PARTS, _MOST_BETWEEN, _LONGEST = 4, 12, 72


def _keys(order: str) -> frozenset[bytes]:
    """Of each phrase its longest word that is no digit, the last of those: `at the end` has `end`; of `a doua` that
    is a digit as well, as most texts have an `a`."""
    phrases = [*_DATA[order], *_DATA["behind"].get(order, ()), *_ORDINALS.get(order, ())]
    words = [
        [word for word in phrase.split() if word not in lexicon.MEANINGS and len(word) > 1] or phrase.split()
        for phrase in phrases
    ]
    keys = [max(reversed(each), key=len) for each in words]
    return word_roles.forms_of([*keys, *_DATA.get("accented_" + order, ())])


_BEGIN_KEYS, _KEYS = _keys("area") | _keys("begin"), _keys("end")
_AREA_KEYS = word_roles.forms_of([area.split()[-1] for area in _DATA["area"]])
_LATER_KEYS = _KEYS | _keys("middle")
TELLING = _BEGIN_KEYS | _AREA_KEYS | _LATER_KEYS
"""Words of which `tells`, `begins` or `is_later` says yes."""
_PHONE_KEYS = word_roles.forms_of(_DATA["phone"])
_DIGIT_BYTES = b"0123456789"
_NATIVE_KEYS = late("|".join(_NATIVE["end"]))
_UNLIKE_NATIVE = not_beginning(_NATIVE["end"])


class _Part(NamedTuple):
    """A part of a number and which it is (0 begin, 1 middle, 2 end, -1 area code, _EITHER begin or end); `told` by a
    phrase, else by an ellipsis alone, or `listed` behind an ordinal."""

    order: int
    digits: str
    start: int
    end: int
    told: bool = True
    listed: bool = False


_END, _EITHER = 2, 3
"""A remark behind a part that speaks of the rest says that this is the rest, or that it follows: `0171 39 (rest
below)`."""


def tells(word: bytes) -> bool:
    """Whether a word stands before the later parts of a number, or names an area code."""
    return word in _KEYS or word in _AREA_KEYS


def begins(word: bytes) -> bool:
    """Whether a word stands before the first part of a number, as one does where there are several."""
    return word in _BEGIN_KEYS


def is_later(word: bytes) -> bool:
    """Whether a word stands before a part of a number that is not the first, as one does where there are several."""
    return word in _LATER_KEYS


def may_hold(encoded: bytes, in_words: bool) -> bool:
    """Whether a text (UTF-8) can hold a number in several places: phrases before a first and a later part are in it, a
    word for a phone, and digits, in words if `in_words`."""
    if not in_words and encoded.isascii():
        digits = len(encoded) - len(encoded.translate(None, _DIGIT_BYTES))
        if digits < FEWEST_TOLD // 2:
            return False
    words = digit_stretches.words_of(encoded)[1]
    if (
        not (_LATER_KEYS.isdisjoint(words) or _BEGIN_KEYS.isdisjoint(words))
        or encoded.count(_ELLIPSIS) > 1
        or (encoded.find(LAST_OF_TWO) >= 0 and encoded.find(_FIRST_OF_TWO) >= 0)
        or (_BRACKET in encoded and sum(map(_KEYS.__contains__, words)) > 1)
    ) and (
        # A trunk prefix tells of a phone as well, and the sign of a number or a picture does.
        b" 0" in encoded or b"# " in encoded or not _PHONE_KEYS.isdisjoint(words) or _shows_phone(encoded)
    ):
        return True
    # Few texts have a byte that one of those phrases begins with.
    return (
        encoded.translate(None, _UNLIKE_NATIVE) != b""
        and _NATIVE_KEYS.search(encoded.decode("utf-8", "surrogatepass")) is not None
    )


_ELLIPSIS, _BRACKET = b"...", b"("
_FIRST_OF_TWO, LAST_OF_TWO = b"1/2", b"2/2"
_PICTURES = tuple([picture.encode() for picture in "\u260e\U0001f4de\U0001f4f1\U0001f4f2"])


def _shows_phone(encoded: bytes) -> bool:
    return not encoded.isascii() and any([encoded.find(picture) >= 0 for picture in _PICTURES])  # noqa: C419 -- sooner


_ORDINAL = 8
"""Is added to the order of a part that an ordinal with a colon stands before: `Primera: 311. Segunda: 690`."""
_ORDERS = {"area": -1, "begin": 0, "middle": 1, "end": 2}
_BY_FIRST: dict[str, list[tuple[str, int, bool]]] = {}
"""Phrases, the order of their part and whether they stand behind it, by first word, the longest first."""
for _order, _place in _ORDERS.items():
    for _phrase in _DATA[_order]:
        _BY_FIRST.setdefault(_phrase.split()[0], []).append((_phrase, _place, False))
    for _phrase in _ORDINALS.get(_order, ()):
        _BY_FIRST.setdefault(_phrase.split()[0], []).append((_phrase, _place + _ORDINAL, False))
    for _phrase in _DATA["behind"].get(_order, ()):
        _BY_FIRST.setdefault(_phrase.split()[0], []).append((_phrase, _place, True))
for _phrases in _BY_FIRST.values():
    _phrases.sort(key=lambda each: -len(each[0]))
_WORD = late(r"[^\W\d_]+")


@cache
def _native() -> re.Pattern[str]:
    """Phrases of scripts without blanks, by what part they stand before."""
    orders = [order for order in _ORDERS if order in _NATIVE]
    return re.compile("|".join([f"(?P<{order}>{'|'.join(_NATIVE[order])})" for order in orders]))


_CUT = late(r"\.{3,}")


def _phrases_in(written: str) -> list[tuple[int, int, int, bool]]:
    """(start, end, order, whether it stands behind its part) of the phrases of a text, and of its ellipses with
    _ELLIPTIC."""
    found = [(*match.span(), _ELLIPTIC, False) for match in _CUT.finditer(written)]
    numbered = [
        (match.start(), match.end(2), 0 if match[1] == "1" else _END if match[1] == match[2] else 1)
        for match in _NUMBERED.finditer(written)
        if match[1] <= match[2]
    ]
    for word in _WORD.finditer(written):
        for phrase, order, is_behind in _BY_FIRST.get(word[0], ()):
            start = word.start()
            end = start + len(phrase)
            if order >= _ORDINAL and written[end : end + 2].lstrip()[:1] != ":":
                continue
            if end == word.end() or (written.startswith(phrase, start) and not written[end : end + 1].isalnum()):
                # `part 2 of 2` is one phrase.
                if not any(start < behind and before < end for before, behind, _ in numbered):
                    found.append((start, end, order, is_behind))
                break
    if not written.isascii():
        found += [(*match.span(), _ORDERS[match.lastgroup or ""], False) for match in _native().finditer(written)]
    return sorted([*found, *((start, end, order, False) for start, end, order in numbered)])


_NUMBERED = late(
    r"(?<![^\s(\[{\u260e\u260f\ufe0f\U0001f4de\U0001f4f1\U0001f4f2])([1-4]) ?(?:/|of|von|de|di|sur|van|z|из) ?([2-4])"
    r"(?= ?[:.)\-\u2013] ?[^\s0-9]{0,3} ?(?:\+|[^\W_]))"
)
"""Says which part of how many follows: `1/2: 0501 595`, `(part 2 of 2: 56)`."""
_ELLIPTIC = 4


@cache
def _between() -> re.Pattern[str]:
    """What may stand between such a phrase and its part."""
    words = lexicon.branches(_DATA["between"])
    counted = lexicon.branches(_DATA["counted"])
    are = lexicon.branches(_DATA["are"])
    return re.compile(
        rf"(?:[\s:;=,.#\-\u2013\u2014\u2026\"'(\[]{{1,6}}|(?:[^\W_]{{1,12}} )?(?:{counted})(?![^\W_])"
        rf"|[^\W\d_]{{1,8}} (?:{are})(?![^\W_])"
        rf"|(?:{words})(?![^\W_])|{'|'.join(_NATIVE['between'])}){{0,{_MOST_BETWEEN}}}"
    )


_UNITS = "am(?! ende| schluss)|pm|h|min|uhr|eur|euros?|usd|chf|kr|tl|ron|lei|zł|zl|руб|грн|тг|р|km|kg|m2|baht|บาท|元"
_DIGITS = late(r"\+?[0-9]+(?:[ .\-/()]{1,2}[0-9]+)*(?![^\W_])")
_UNIT = late(rf":[0-9]| ?[%€$£¥₹₽°²]| ?(?:{_UNITS})(?![^\W_])", re.IGNORECASE)
_ALIKE = late(r"[^\W_]+(?:[ .\-][^\W_]+){0,5}")
_GROUP = late("[0-9]+")
_REMARK = late(r"(?: ?[(\[](?:[^\W_]+['\u2019]?[^\W_]* ){0,3}|\)? is (?:the|my) )$", re.IGNORECASE)
"""What stands between a part and the phrase behind it: `(that is the `."""
_BEHIND = late(r"[ ,]{1,2}$")
_TOKEN = late(r"[^\W\d_]+|[0-9]+")
_WITHIN = late(r"(?!\. )[ .\-/]{0,3}")


def hits(text: str, rules: Dialing) -> list[Hit]:
    """The numbers of a text that are told so."""
    parts = _parts(text)
    return leftmost(len(parts), partial(_number_at, parts, text, rules))


def _parts(text: str) -> list[_Part]:
    written = folded(text)
    parts: list[_Part] = []
    done = 0
    for first, last, order, is_behind in _phrases_in(written):
        if order == _ELLIPTIC:
            _add_cut(parts, text, written, first, last, done)
            done = max(done, parts[-1].end if parts else 0)
            continue
        if first < done:
            continue
        between = None if is_behind and order < _END else _between().match(written, last, last + _LONGEST)
        read = None if between is None else _digits_at(text, written, last, between.end())
        if is_behind and read is not None and _ENDS.search(text, last, read[1]) is not None:
            read = None
        place = order
        if read is None:
            gap = (_BEHIND if is_behind else _REMARK).search(text, max(0, first - _MOST_REMARK), first)
            read = None if gap is None else _digits_before(text, written, gap.start())
            place = _EITHER if order == _END and not is_behind else order
        if read is None:
            continue
        digits, start, end = read
        if order >= _ORDINAL:
            if start >= max(done, last) and _ENDS_PART.match(text, end) is not None:
                parts.append(_Part(order - _ORDINAL, digits, start, end, told=False, listed=True))
                done = end
        elif start >= done:
            parts.append(_Part(place, digits, start, end))
        elif parts[-1].end == end:
            # The phrase before it does not say that it is the last, or none stands there: `then 0149 to finish`.
            known = parts[-1]
            parts[-1] = known._replace(order=_END if known.order == 1 and order == _END else known.order, told=True)
        done = max(end, last, done)
    return parts


_MOST_REMARK = 32
_ENDS_PART = late(r" ?(?:[.,;:)\n/|\u2013\u2014-]|\Z)")
_ENDS = late(r"[.!?;\n]")


def _add_cut(parts: list[_Part], text: str, written: str, first: int, last: int, done: int) -> None:
    """Adds the parts that an ellipsis stands behind or before."""
    before = _digits_before(text, written, first - (written[first - 1 : first] == " "))
    if before is not None and before[1] >= done and len(before[0]) > 1:
        parts.append(_Part(0, *before, told=False))
    gap = _BLANKS.match(text, last)
    behind = None if gap is None else _digits_at(text, written, last, gap.end())
    if behind is not None and done <= behind[1] <= last + _MOST_BLANKS and len(behind[0]) > 1:
        parts.append(_Part(_END, *behind, told=False))


_MOST_BLANKS = 2
_BLANKS = late(" {0,2}")


def _digits_before(text: str, written: str, end: int) -> tuple[str, int, int] | None:
    """The digits, in words too, that end at `end`, with start and end; up to a plus sign."""
    floor = max(0, end - _LONGEST)
    start, digits, in_words, was_word = end, "", False, False
    for token in reversed([*_TOKEN.finditer(written, floor, end)]):
        word = token[0]
        is_word = word[0] not in _ASCII_DIGITS
        if is_word and (word in lexicon.PROSE or not _may_be_digits(word)):
            break
        gap = written[token.end() : start]
        if (start == end and gap) or (token.start() == floor > 0 and written[floor - 1].isalnum()):
            break
        if _WITHIN.fullmatch(gap) is None and not (gap == ", " and (is_word or was_word)):
            break
        start, was_word, digits = token.start(), is_word, word + digits
        in_words |= is_word
    if start == end or text[start - 1 : start] in _PRICED or DATE.match(text, start) is not None:
        return None
    if in_words:
        chain = digit_words.chain_at(text, written, start)
        if chain is None or chain[2] < end:
            return None
        digits = chain[0]
    return digits, start - (text[start - 1 : start] == "+"), end


_ASCII_DIGITS = frozenset("0123456789")
_PRICED = frozenset("$€£¥₹")


def _may_be_digits(word: str) -> bool:
    return word in lexicon.MEANINGS or word in lexicon.MULTIPLIERS or word_roles.chain_digits(word) is not None


def _digits_at(text: str, written: str, floor: int, start: int) -> tuple[str, int, int] | None:
    """The digits that begin at `start`, as digits, in words, or in letters that look like them; with start and end."""
    match = _DIGITS.match(text, start)
    if match is not None:
        if DATE.match(text, start) is not None or _UNIT.match(text, match.end()) is not None:
            return None
        if max(map(len, _GROUP.findall(match[0]))) == 1:
            # Digits told one by one may go on in words: `7 tre 5`.
            chain = digit_words.chain_at(text, written, start)
            if chain is not None and chain[2] > match.end() and written[match.end()] == " ":
                return chain
        return "".join(_GROUP.findall(match[0])), start, match.end()
    match = _ALIKE.match(text, start, start + 24)
    if match is not None:
        # As many words as look like digits: `0Is5 and more`.
        size = 0
        for word in re.finditer(r"[^\W_]+", match[0]):
            if not all(sign in "0123456789" or sign in lookalike_runs.LOOKALIKE for sign in word[0]):
                break
            size = word.end()
        alike = match[0][:size].translate(lookalike_runs.TO_DIGITS)
        digits = "".join(_GROUP.findall(alike))
        if len(digits) > 1 and any(map(str.isdigit, match[0][:size])):
            return digits, start, start + size
    # Of what is around no more is copied than can be read, as each copy of all before takes as long as the text.
    first, end = max(0, floor - _AROUND), _end_of_words(written, start)
    near, small = text[first:end], written[first:end]
    # Words that count may be digits of the part itself: `first three are three one zero`.
    chain = digit_words.chain_at(near, small, start - first) or digit_words.chain_at(near, small, floor - first)
    if chain is not None:
        chain = (chain[0], chain[1] + first, chain[2] + first)
    # A word alone mostly is none of a number: `(suite en bas)`.
    return chain if chain is not None and len(chain[0]) > 1 else None


_LINK = late(r",? (?:et|si|y|e|i|a|and|und|en|og|och|ve|и|та) (?=([^\W\d_]+))")


def _end_of_words(written: str, start: int) -> int:
    """Where the words of a part end that begins at `start`: before a word that links it to the next one and is a digit
    of some language itself, `neuf et enfin`, or where no part reaches."""
    for link in _LINK.finditer(written, start, start + _LONGEST):
        if not _may_be_digits(link[1]):
            return link.start()
    return start + 2 * _LONGEST


_AROUND = 40
"""Characters before a part that tell how it is read."""


def _number_at(parts: list[_Part], text: str, rules: Dialing, first: int) -> Read:
    """The number whose first part is one of some parts, and the place behind its last; the last one may stand first."""
    head = parts[first]
    near = [part for part in parts[first + 1 : first + _MOST_PARTS] if part.start - head.end <= _FAR]
    if head.order == 2 and near and near[0].order < 1:
        # "it ends in 0185 and begins with 615 555"
        read = _whole([near[0], head], text, rules)
        return None if read is None else (read, first + 2)
    if 0 < head.order < _EITHER:
        return None
    own: list[_Part] = []
    for part in near:
        # Behind an area code the first part may be told as such.
        if part.order < 1 and (own or part.order < 0 or head.order >= 0):
            break
        if part.order != 1 or len(part.digits) > 2:
            # "after 18", an hour, is no part.
            own.append(part)
    for count in range(len(own), 0, -1):
        if own[count - 1].order >= _END or count > 1 or head.order < 0 or head.digits[0] == "0":
            if not any([part.told for part in (head, *own[:count])]) and not _is_announced(text, head):  # noqa: C419
                continue
            read = None if _lacks_part([head, *own[:count]], text) else _whole([head, *own[:count]], text, rules)
            if read is not None:
                return read, first + count + 1
    return None


def _lacks_part(parts: list[_Part], text: str) -> bool:
    """Whether other digits than prices and the like stand between two parts, close to both and in the same clause:
    words unknown here tell of one more part, and without it the number is another one."""
    for before, behind in zip(parts, parts[1:]):
        if behind.start - before.end < _CLOSE and _ENDS.search(text, before.end, behind.start) is None:
            for group in _OTHER_DIGITS.finditer(text, before.end, behind.start):
                if _UNIT.match(text, group.end()) is None:
                    return True
    return False


_CLOSE = 40
_OTHER_DIGITS = late(r"(?<![^\W_])[0-9]{2,4}(?![^\W_])")


def _is_announced(text: str, head: _Part) -> bool:
    if head.listed:
        # "Number in three parts. First: 415."
        before = _GROUP.split(text[max(0, head.start - _NEAR) : head.start].lower())[-1]
        return not WORDS.isdisjoint(_WORD.findall(before))
    before = text[max(0, head.start - _MOST_BLANKS - 1) : head.start]
    return is_announced(text, head.start) or any([sign in before for sign in _SIGNS])  # noqa: C419 -- sooner


_NEAR = 60
_SIGNS = frozenset("\u260e\U0001f4de\U0001f4f1\U0001f4f2")


def _whole(parts: list[_Part], text: str, rules: Dialing) -> Hit | None:
    digits = "".join([part.digits for part in parts])
    if not FEWEST_TOLD <= len(digits) <= MOST_TOLD:
        return None
    start, end = min(part.start for part in parts), max(part.end for part in parts)
    plus = text[start] == "+"
    found = whole_of([Token(digits, start + plus, end, plus)], text, rules)
    return found[0] if found else None
