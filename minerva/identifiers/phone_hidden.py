"""Hidden numbers of a text: each reading that its signs and words leave room for (phone_gates.py), one after the other
until no more can be in it."""

from __future__ import annotations

import re

from minerva.identifiers import (
    area_parts,
    digit_runs,
    digit_stretches,
    digit_words,
    encoded_links,
    id_labels,
    joined_parts,
    keypad,
    leet_words,
    lettered_numbers,
    lettered_shapes,
    lexicon,
    lookalike_runs,
    misspelled_words,
    named_regions,
    native_words,
    noisy_digits,
    phone_asides,
    phone_gates,
    phone_halves,
    phone_lines,
    phone_parts,
    phone_plain,
    phone_steps,
    remarks_between,
    reversed_numbers,
    said_plus,
    spelled_words,
    telling_words,
    transcribed_numbers,
    turkish_numbers,
)
from minerva.identifiers.group_rows import FEWEST_TOLD
from minerva.identifiers.lockstep import Search, alone
from minerva.identifiers.other_numbers import phones_only
from minerva.identifiers.phone_doubtful import Span
from minerva.identifiers.phone_gates import SPACED_SIGN, is_end_of, is_named, is_parted, leaves_more
from minerva.identifiers.phone_hits import apart, of_runs, outside
from minerva.identifiers.phone_shapes import HIDING, digits_in
from minerva.identifiers.phone_tokens import NORTH_AMERICA, Hit, numbers_of
from minerva.identifiers.plans import Dialing
from minerva.identifiers.spans import in_bytes, without


def with_hidden(
    text: str,
    encoded: bytes,
    kinds: bytes,
    rules: Dialing,
    scanned: tuple[list[Hit], list[Span], list[Span]],
    normal: bool,
    may_have_asides: bool = True,
) -> Search[list[Hit]]:
    """The plainly written numbers, which cover spans with what is no number and dates, and the hidden numbers;
    `encoded` is the text in UTF-8, `kinds` as phone_plain.scan gives it, `normal` as Reading says."""
    yield phone_steps.GATHERED
    hits, spans, dates = scanned
    every = phone_gates.every_reading
    left = encoded
    ascii_only = text.isascii()
    if spans:
        # Spans count characters.
        left = without(encoded, spans if ascii_only else in_bytes(text, spans), b"a")
    hidden: list[Hit] = []
    found = bool(hits)
    in_words = digit_stretches.everywhere if every else digit_stretches.places
    told = -1
    gathered = digit_runs.gathered(left, found)
    near = gathered > digit_runs.FAR or every
    dense = gathered == digit_runs.DENSE or (
        # Beside another number blanks only stand around or between the signs that hide one.
        found and SPACED_SIGN.search(kinds) is not None and digit_runs.gathered(left, found=False) == digit_runs.DENSE
    )
    has_alike: bool | None = None
    if ascii_only and not (dense or found or every):
        has_alike = near and lookalike_runs.may_hold(left)
        if not (has_alike or (near and phone_gates.may_be_lettered(left))):
            yield phone_steps.TOLD
            told = phone_gates.told(encoded, left, kinds)
            if told == phone_gates.SILENT:
                return _transcribed(text, encoded, rules) if rules.country in transcribed_numbers.COUNTRIES else hits
    if every or dense:
        yield phone_steps.IN_SIGNS
        hidden = of_runs(digit_runs.odd_runs(text, kinds, spans), text, rules)
        if hidden and (hidden := phones_only(text, hidden, rules, dates)):
            read = apart(hits + hidden) if hits or len(hidden) > 1 else hidden
            if not leaves_more(text, encoded, kinds, read, rules):
                return read
    if near or not ascii_only:
        yield phone_steps.IN_LETTERS
        alike = _in_lookalikes(text, left, rules, spans, near, found, has_alike)
        if alike and (alike := phones_only(text, alike, rules, dates)):
            hidden += alike
            read = apart(hits + hidden) if hits or len(hidden) > 1 else hidden
            if not leaves_more(text, encoded, kinds, read, rules):
                return read
    if told < 0:
        yield phone_steps.SPELLED
    more: list[Hit] = []
    if (
        _CROSSED.search(kinds) is not None or (HIDING in kinds and kinds.find(b"*a*") >= 0)
    ) and digit_runs.may_be_crossed(encoded, kinds):
        more = of_runs(digit_runs.crossed_runs(text, rules.country == NORTH_AMERICA), text, rules)
    spelled = spelled_words.spelled_out(text) if spelled_words.may_be_spelled(kinds, ascii_only) else None
    if rules.country == turkish_numbers.COUNTRY:
        spelled = turkish_numbers.digit_by_digit(text) or spelled
    if every or spelled is not None:
        told = telling_words.ANYTHING
    elif told < 0:
        told = telling_words.told(encoded)
    words: list[Hit] | None = None
    places: list[digit_stretches.Place] = []
    written = text
    if spelled is None:
        if told & telling_words.IN_WORDS:
            places = in_words(text, encoded, left, found)
            if places:
                yield phone_steps.IN_WORDS
                words = digit_words.numbers_in(text, places, rules)
                more += words
    else:
        written, ends = spelled
        places = in_words(written, written.encode("utf-8", "surrogatepass"), left, found)
        words = digit_words.numbers_in(written, places, rules) if places else None
        for start, end, number, method, confidence in words or ():
            more.append((start, ends.get(end, end), number, method, confidence))
    yield phone_steps.IN_PLACES
    if not more and (every or phone_gates.may_be_in_places(encoded, told)):
        # Dates may stand between the parts.
        in_places = phones_only(text, phone_halves.hits(text, rules), rules)
        if in_places:
            # Digits of a part are no number of their own.
            spans = [hit[:2] for hit in in_places]
            return apart(in_places + outside(hits + hidden, spans))
    if told == telling_words.ANYTHING and (
        # In North America all numbers are equally long: what lacks a digit is none.
        rules.country != NORTH_AMERICA if more else not (hits or hidden)
    ):
        yield phone_steps.MISSPELLED
        if spelled is None and (plainly := _plainly(text, encoded, kinds, normal)) is not None:
            written = plainly
            places = in_words(written, written.encode("utf-8", "surrogatepass"), left, found)
            words = digit_words.numbers_in(written, places, rules) if places else None
            more = words or more
        more = misspelled_words.repaired(text, more, rules, spans)
    if not more and (every or noisy_digits.may_hold(left, kinds, told & telling_words.IN_WORDS > 0)):
        more = outside(noisy_digits.hits(text, rules), spans)
    if not (normal or ascii_only):
        yield phone_steps.NATIVE
        more += of_runs(native_words.runs(text, encoded), text, rules)
    if more:
        yield phone_steps.CHECKED
        hidden += phones_only(text, more, rules, dates)
        if hits and rules.trunked:
            # "nol 8 lima dua 7788 9900"
            hits = [hit for hit in hits if text[hit[0]] in "0+(" or not any(is_end_of(hit, whole) for whole in hidden)]
    in_order = told & telling_words.IN_ORDER > 0
    if in_order and not hidden and is_named(lexicon.AREA_APART, text.lower()):
        hidden = phones_only(text, area_parts.hits(text, rules), rules, dates)
        if not hidden and places and spelled is None:
            hidden = phones_only(text, area_parts.hits_in_words(written, places, rules), rules, dates)
    if (
        hidden
        and not every
        # Digits that another number may be told in, besides those of one that is hidden with signs.
        and kinds.count(b"9") >= (fewest := FEWEST_TOLD if hidden[0][3] == "words" else _TWICE_TOLD)
        and joined_parts.says_more(encoded)
        and digits_in(left) >= fewest
        and _leaves_digits(text, encoded, hits + hidden)
        and joined_parts.may_hold(encoded, kinds)
    ):
        # Who hides one number with signs or words tells the next in parts: `... und dann 204 und dann 4089`.
        own = [hit[:2] for hit in apart(hits + hidden)]
        hidden += outside(phones_only(text, joined_parts.hits(text, rules), rules, dates), own)
    yield phone_steps.RARE
    if hidden or hits:
        return apart(hits + hidden) if len(hits) + len(hidden) > 1 else hits or hidden
    may_hold_words = words is not None or not (normal or ascii_only)
    if in_order and (dense or spans or may_hold_words) and telling_words.names_order(encoded):
        backwards = reversed_numbers.hits(text, encoded, rules, dates, may_hold_words)
        if backwards:
            return backwards
        if (dense or spans) and is_named(lexicon.AREA_APART, text.lower()):
            return phones_only(text, of_runs(digit_runs.area_apart_runs(text), text, rules), rules)
    in_north_america = rules.country == NORTH_AMERICA
    if every or (near and lettered_shapes.may_hold(left)):
        hidden = phones_only(text, of_runs(lettered_shapes.runs(text, in_north_america), text, rules), rules, dates)
    if not hidden and in_north_america and (every or keypad.may_hold(kinds)):
        hidden = phones_only(text, of_runs(keypad.runs(text), text, rules), rules)
    if not hidden and (every or (near and lettered_numbers.may_be_odd(left))):
        hidden = phones_only(text, of_runs(lettered_numbers.odd_runs(text), text, rules), rules, dates)
    in_parts, may_be_words = told & telling_words.IN_PARTS > 0, told & telling_words.IN_WORDS > 0
    if not hidden and (every or phone_parts.may_hold(encoded, left, in_parts, may_be_words, kinds)):
        hidden = phones_only(text, phone_parts.hits(text, encoded, rules, may_be_words), rules, dates)
    if not hidden and (every or remarks_between.may_hold_any(kinds)):
        hidden = phones_only(text, outside(remarks_between.hits(text, rules), spans), rules, dates)
    if not hidden and rules.country in transcribed_numbers.COUNTRIES:
        hidden = _transcribed(text, encoded, rules)
    if not hidden and (every or encoded_links.may_hold(encoded)):
        hidden = outside(encoded_links.hits(text, rules), dates)
    if not hidden and (every or phone_lines.may_hold(kinds)):
        hidden = phones_only(text, phone_lines.hits(text, rules), rules, dates)
    if not hidden and (every or said_plus.may_hold(encoded, ascii_only)):
        hidden = phones_only(text, said_plus.hits(text, rules), rules, dates)
    if not hidden and (every or named_regions.may_hold(encoded)):
        hidden = outside(named_regions.hits(text, rules), dates)
    if not hidden and may_have_asides and (every or phone_asides.may_hold(kinds, ascii_only, may_be_words)):
        hidden = _over_asides(text, rules, normal)
    return hidden


def _leaves_digits(text: str, encoded: bytes, found: list[Hit]) -> bool:
    """Whether a text (`encoded` in UTF-8) has as many digits besides the numbers `found` as another one has."""
    digits = digits_in(encoded)
    for start, end, _, _, _ in found:
        if digits < FEWEST_TOLD:
            return False
        written = text[start:end].encode("utf-8", "surrogatepass")
        digits -= digits_in(written)
    return digits >= FEWEST_TOLD


_TWICE_TOLD = FEWEST_TOLD + 7
"""Digits of two numbers, one of them told in parts."""


def _in_lookalikes(
    text: str,
    left: bytes,
    rules: Dialing,
    spans: list[Span],
    near: bool,
    found: bool,
    has_alike: bool | None,
) -> list[Hit]:
    """The numbers in digits and letters like them: whether such stand `near` each other in what is `left` of the text
    (in UTF-8), and whether numbers were `found` already. `has_alike` is the answer of lookalike_runs.may_hold, if that
    was asked."""
    every = phone_gates.every_reading
    alike: list[Hit] = []
    if has_alike is None:
        has_alike = near and lookalike_runs.may_hold(left)
    if every or has_alike or not (found or text.isascii() or not lookalike_runs.has_foreign_letters(left)):
        for run in lookalike_runs.runs(text):
            # Digits that are read already are no part of a number in letters that look like digits; serial numbers have
            # letters too.
            for hit in outside(numbers_of(run, text, rules), spans):
                if not id_labels.follows_id(text, hit[0]):
                    alike.append(hit)
    if every or (near and not alike and (has_alike or is_parted(left)) and lettered_numbers.may_hold(left)):
        alike += outside(of_runs(lettered_numbers.runs(text), text, rules), spans)
    return alike


# A digit first, as the search skips to it.
_CROSSED = re.compile(b"9a9")


def _plainly(text: str, encoded: bytes, kinds: bytes, normal: bool) -> str | None:
    """The text with digit words as they mostly are: in letters alone, and apart from signs of other scripts."""
    if phone_gates.every_reading or leet_words.may_hold(encoded, kinds):
        plainly = leet_words.plain(text)
        if plainly is not None:
            return plainly
    return None if normal or len(encoded) == len(text) else native_words.apart_from_latin(text, encoded)


def _transcribed(text: str, encoded: bytes, rules: Dialing) -> list[Hit]:
    if not transcribed_numbers.may_hold(encoded, rules.country):
        return []
    return phones_only(text, of_runs(transcribed_numbers.runs(text, rules.country), text, rules), rules)


def _over_asides(text: str, rules: Dialing, normal: bool) -> list[Hit]:
    """The numbers that the text has without its asides."""
    read = phone_asides.without(text)
    if read is None:
        return []
    encoded = read.text.encode("utf-8", "surrogatepass")
    hits, spans, dates, _, kinds = phone_plain.scan(read.text, rules, encoded)
    hits = phones_only(read.text, hits, rules)
    found = hits or alone(with_hidden(read.text, encoded, kinds, rules, (hits, spans, dates), normal, False))
    return phone_asides.numbers(found, read, text, rules)
