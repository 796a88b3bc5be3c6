"""What tells that a text may hide a phone: looks at its bytes and words, before any reading for a hidden one.

A look that says no says what the readings behind it would say; tests that switch `every_reading` on compare both.
"""

from __future__ import annotations

import re

from minerva.identifiers import (
    digit_runs,
    digit_words,
    joined_parts,
    lettered_numbers,
    lettered_shapes,
    lookalike_runs,
    noisy_digits,
    phone_context,
    phone_halves,
    phone_parts,
    remarks_between,
    said_plus,
    second_numbers,
    telling_words,
)
from minerva.identifiers.kept import keep
from minerva.identifiers.late import late
from minerva.identifiers.phone_shapes import BEFORE, FRAMING, HIDING, two_letters_apart
from minerva.identifiers.phone_tokens import NORTH_AMERICA, Hit
from minerva.identifiers.plans import Dialing
from minerva.identifiers.spans import in_bytes, without

every_reading = False
"""Tests switch this on: then no gate keeps a reading from a text."""


SILENT = -1


def told(encoded: bytes, left: bytes, kinds: bytes) -> int:
    """What numbers the words of an ASCII text tell of (telling_words.told); SILENT where no reading finds one.

    No number is written plainly in the text, and no seven digits or letters like them stand together in it
    (digit_runs.gathered). `left` is it without the spans of what is no number, `kinds` as phone_plain.scan has it.
    """
    found = telling_words.told(encoded)
    if found & telling_words.BUT_PARTS:
        return found
    signs = encoded.translate(None, _NO_SIGNS)
    shows = _shown.get(signs)
    if shows is None:
        shows = _what_shows(signs)
    find = kinds.find
    if (
        (shows and (shows == _SHOWS or _is_bracketed(kinds)))
        or (_beside_digit(kinds) is not None and (_linked(kinds) is not None or noisy_digits.may_hold_tight(kinds)))
        or (_PERCENT in encoded and find(b"%9") >= 0)
        or two_letters_apart(kinds) is not None
        or (
            phone_parts.may_hold_told(encoded, left, kinds)
            if found & telling_words.IN_PARTS
            else joined_parts.may_hold(encoded, kinds)
        )
        or (find(b"999 a") >= 0 and find(b" 9999") >= 0 and remarks_between.may_hold(kinds))
        or (find(b"9 - a") >= 0 and _ASIDE.search(kinds) is not None)
        or said_plus.may_hold(encoded, True)
        or (
            # A sentence's ends are few: what many dots tell is sooner looked for in few texts.
            signs.count(b".") > _MANY_DOTS
            and (
                find(b"a.a.a") >= 0
                or (find(b"..") >= 0 and (remarks_between.may_hold(kinds) or phone_halves.may_hold(encoded, False)))
            )
        )
        or (
            found & (telling_words.NAMES_PART | telling_words.IN_PLACES)
            and _may_be_in_places(encoded, found)
            and phone_halves.may_hold(encoded, in_words=False)
        )
    ):
        return found
    return SILENT


def may_be_in_places(encoded: bytes, told: int) -> bool:
    """Whether a text (UTF-8), of which its words have `told`, can hold a number in several places."""
    if not (told == telling_words.ANYTHING or not encoded.isascii() or _may_be_in_places(encoded, told)):
        return False
    return phone_halves.may_hold(encoded, told & telling_words.IN_WORDS > 0)


def _may_be_in_places(encoded: bytes, told: int) -> bool:
    """Whether words of a first and of a later part are told, one of a later part in a remark, or a part is cut."""
    return (
        told & telling_words.IN_PLACES == telling_words.IN_PLACES
        or (told & telling_words.NAMES_PART > 0 and encoded.find(b"(") >= 0)
        or encoded.find(b"...") >= 0
        or encoded.find(phone_halves.LAST_OF_TWO) >= 0
    )


def may_be_near(left: bytes) -> bool:
    """Whether digits and letters like them may stand together in an ASCII text, enough for a number (as `left`)."""
    gathered = digit_runs.gathered(left, found=False)
    return gathered == digit_runs.DENSE or (
        gathered == digit_runs.NEAR and (lookalike_runs.may_hold(left) or may_be_lettered(left))
    )


def may_be_lettered(left: bytes) -> bool:
    """Whether letters like digits may stand in a number other than lookalike_runs says: where the test of neither says
    yes, and digits do not stand together (digit_runs.gathered), it is as if no seven digits or letters like them do."""
    return (
        (is_parted(left) and lettered_numbers.may_hold(left))
        or lettered_shapes.may_hold(left)
        or lettered_numbers.may_be_odd(left)
    )


# A digit first, as the search skips to it: sooner than several `find`, which look at each byte.
_beside_digit = re.compile(rb"9(?:a[9a]|[.\-]a)").search
_linked = re.compile(rb"9(?:a9|[.\-]a)").search
_ASIDE = late(b"9 - a[a ]{1,40} - 9")
"""An aside that phone_asides reads without words that tell of another part."""
_PERCENT = ord("%")
_SHOWING, _BRACKETS = frozenset(phone_context.HIDING_SIGNS + "\n<"), frozenset("()")
_NO_SIGNS = bytes(code for code in range(256) if chr(code) not in _SHOWING | _BRACKETS and chr(code) not in "-.")
_MANY_DASHES, _MANY_DOTS = 3, 5
_NOTHING, _SHOWS, _ONLY_BRACKETS = range(3)
_shown: dict[bytes, int] = {}
"""Whether signs of a text, in their order, are enough for a reading that needs no words, as far as they were met."""
_MOST_SHOWN, _LONGEST_SHOWN = 4_000, 40


def _what_shows(signs: bytes) -> int:
    found = frozenset(signs.decode())
    if not _SHOWING.isdisjoint(found) or signs.count(b"-") > _MANY_DASHES:
        shows = _SHOWS
    else:
        shows = _NOTHING if _BRACKETS.isdisjoint(found) else _ONLY_BRACKETS
    return keep(_shown, signs, shows, _MOST_SHOWN) if len(signs) <= _LONGEST_SHOWN else shows


def _is_bracketed(kinds: bytes) -> bool:
    """Whether a bracket stands beside digits that no letter is glued to, as all do that a number has or that are around
    what stands in one."""
    return _BRACKETED.search(kinds) is not None


_BRACKETED = late(rb"9(?:(?<=[()]9)|(?<=[()] 9)|(?<![a9]9)9{0,15} ?[()])")


def is_parted(left: bytes) -> bool:
    """Whether signs that lookalike_runs does not know as separators may stand within a number."""
    # A sign is sooner not found than counted.
    return _BAR in left or (_SLASH in left and left.count(b"/") > 1) or (_UNDERSCORE in left and left.count(b"_") > 1)


_BAR, _SLASH, _UNDERSCORE = b"|/_"


def is_named(marks: tuple[str, ...], lowered: str) -> bool:
    return any([mark in lowered for mark in marks])  # noqa: C419 -- half the time of a generator


def leaves_more(text: str, encoded: bytes, kinds: bytes, hits: list[Hit], rules: Dialing) -> bool:
    """`may_hide_more` of a text (`encoded` in UTF-8, `kinds` as phone_plain.scan gives it) without the numbers found in
    it (by start, apart): who hides one number and writes or hides another mostly hides both in one way, and of that way
    all have been read. Digit words right before a number are its first ones."""
    if every_reading or (
        # In North America all numbers are equally long.
        rules.country != NORTH_AMERICA
        and any([digit_words.stand_before(text, hit[0]) for hit in hits if hit[3] != "digits"])  # noqa: C419 -- sooner
    ):
        return True
    spans = [hit[:2] for hit in hits]
    if not text.isascii():
        spans = in_bytes(text, spans)
    behind = [(start + BEFORE, end + BEFORE) for start, end in spans]
    rest = without(encoded, spans, b"a")
    return may_hide_more(rest, without(kinds, behind, b"a"), rules.region, written_plainly=False)


def may_begin_before(text: str, hits: list[Hit]) -> bool:
    """Whether one of the numbers may be the end of one that begins with the digit words before it."""
    return any([text[hit[0]] not in "0+(" and digit_words.stand_before(text, hit[0]) for hit in hits])  # noqa: C419 -- sooner


def is_end_of(hit: Hit, whole: Hit) -> bool:
    """Whether a number in digits is no more than the last ones of another in words."""
    return whole[3] == "words" and whole[0] < hit[0] and hit[1] <= whole[1]


def may_hide_more(encoded: bytes, kinds: bytes, region: str, written_plainly: bool = True) -> bool:
    """Whether a text of a region in which numbers were found can hold hidden ones as well: a sign, word or letter is
    there that few hidden numbers do without. `encoded` is the text in UTF-8, `kinds` as phone_plain.scan gives it;
    unless they were `written_plainly` an O at a group's begin does not count. Without a region no words of its
    languages are looked for."""
    if HIDING in kinds or (FRAMING in kinds and (kinds.find(b"{{9") >= 0 or kinds.find(b"{ {9") >= 0)):
        return True
    if not encoded.isascii():
        match = _SPACED_LETTERS.search(kinds)
        while match is not None:
            # A picture or another sign: the letter stands three bytes before its kind.
            if encoded[match.start() - 1] > 127:
                return True
            match = _SPACED_LETTERS.search(kinds, match.end() - 1)
    # Bytes are put into lower case sooner than a text that is not ASCII.
    lowered = encoded.lower()
    # A letter is sooner not found than a word.
    if (
        (_V in lowered and _five_or_seven(lowered) is not None)
        or _cinco_or_cinq(lowered) is not None
        or (_Z in lowered and _zero_or_zwei(lowered) is not None)
        or (region and second_numbers.may_tell(region, lowered, written_plainly))
    ):
        return True
    match = _glued(kinds)
    while match is not None:
        # The letter behind a digit stands two bytes before its kind.
        at = match.start()
        letter = encoded[at - 2]
        words = _BEHIND_DIGITS.get(letter)
        if words is not None:
            if lowered.startswith(words, at - 2):
                return True
            # A letter like a digit or a picture between two digits is read as one of a number: `7o3`.
            if (letter > 127 or kinds.find(b"9", at + 2, at + 5) >= 0) and _BETWEEN_DIGITS.match(encoded, at - 2):
                return True
        match = _glued(kinds, at + 2)
    return written_plainly and _BIG_O in encoded and phone_context.FIRST_LETTER.search(encoded) is not None


_glued = re.compile(b"9a").search
_BETWEEN_DIGITS = late(
    rb"(?:(?:[%b]|[\x80-\xff]){1,%d}|[\x80-\xff]{2,4} [\x80-\xff]{2,4})[0-9]"
    % (lookalike_runs.ASCII_LETTERS.encode(), phone_context.MOST_BETWEEN)
)
_SPACED_LETTERS = late(rb"9 aaa{0,6} 9")
SPACED_SIGN = late(
    # words too, as digits with words between are none of one run
    rb"9(?: (?: ?[*;:+=#&\\^{]{1,3}|aaa{0,6}|-[*]-) |[^9\s,.]{1,4} [^9\s,.]{1,4})9"
)
# What they begin with is rare, so that the search skips to it. Together they find phone_context.HIDING_WORDS.
_five_or_seven = re.compile(b"v(?:(?<=fiv)e|(?<=sev)en)").search
_cinco_or_cinq = re.compile(b"cin(?:co|q)").search
_zero_or_zwei = re.compile(b"z(?:ero|wei)").search
_V, _Z, _BIG_O = b"vzO"
"""The last one begins phone_context.FIRST_LETTER."""
_BEHIND_DIGITS: dict[int, tuple[bytes, ...]] = {
    code: tuple([word for word in phone_context.GLUED_WORDS if word[:1] == bytes([code]).lower()])
    for code in {*range(128, 256), *lookalike_runs.ASCII_LETTERS.encode(), *b"".join(
        [word[:1] + word[:1].upper() for word in phone_context.GLUED_WORDS])}
}  # fmt: skip
"""By the byte behind a digit the words that may begin there; none for bytes behind which no number is hidden."""
