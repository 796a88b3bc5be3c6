"""Phones: numbers valid in some country's numbering plan, in E.164 form, found as people write and hide them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any, TypeVar

from minerva.identifiers import (
    area_parts,
    characters,
    digit_runs,
    digit_stretches,
    digit_words,
    foreign_letters,
    keypad,
    lettered_numbers,
    lettered_shapes,
    lexicon,
    lookalike_runs,
    misspelled_words,
    native_words,
    noisy_digits,
    numbering,
    overrides,
    phone_context,
    phone_gates,
    phone_halves,
    phone_parts,
    phone_plain,
    references,
    remarks_between,
    reversed_numbers,
    telling_words,
    turkish_numbers,
)
from minerva.identifiers.errors import InvalidIdentifier
from minerva.identifiers.evidence import Evidence, evidence_of
from minerva.identifiers.kept import MOST_TEXTS, SHORT_TEXT, keep
from minerva.identifiers.kind import Example, Kind
from minerva.identifiers.other_numbers import lacks_trunk, phones_only
from minerva.identifiers.phone_columns import PhoneColumns
from minerva.identifiers.phone_context import EXTENSION
from minerva.identifiers.phone_doubtful import Span
from minerva.identifiers.phone_gates import (
    SPACED_SIGN,
    is_end_of,
    is_named,
    is_parted,
    leaves_more,
    may_begin_before,
    may_hide_more,
)
from minerva.identifiers.phone_shapes import HIDING
from minerva.identifiers.phone_tokens import NORTH_AMERICA, Hit, Run, assess, numbers_of
from minerva.identifiers.plans import Dialing
from minerva.identifiers.reading import Reading
from minerva.identifiers.spans import meets, without


class Phone(Kind):
    """E.164 with plus; an extension is no part of the value. Strong, though front desks and call centers are hubs."""

    NAME = "phone"
    TITLE = "Phone"
    STRONG = True

    @classmethod
    def normalize(cls, value: str, *, region: str | None = None, qualifier: str = "", city: str | None = None) -> str:
        text = Reading(value).text.strip()
        text = EXTENSION.sub("", text) if len(text) < 200 else text
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
        text = reading.original
        for start, end, number, method, confidence in found_in(reading, numbering.hinted(region)):
            yield evidence_of(("phone:" + number, text[start:end], field, start, end, method, confidence, ()))

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


_Place = TypeVar("_Place", Hit, Span)
_PLUS = ord("+")
_SENTENCE_ENDS = frozenset(["", ".", "\n", "!", "?"])
_CYRILLIC, _GREEK = b"\xd0\xce"
"""What most letters of these scripts begin with in UTF-8."""


def find(reading: Reading, rules: Dialing) -> list[Hit]:
    """The phones of a text by start, without overlaps and without what is a number of another sort.

    Plainly written ones first; the readings for hidden ones only run on texts that can hold one: with digits left over,
    or with digit words.
    """
    return _found(reading.text, reading.encoded, rules, reading.normal)


def _found(text: str, encoded: bytes, rules: Dialing, normal: bool) -> list[Hit]:
    """`find`; `encoded` is the text in UTF-8, `normal` as Reading says."""
    if len(encoded) != len(text) and (_GREEK in encoded or _CYRILLIC in encoded):
        latin = foreign_letters.in_latin(text, encoded)
        if latin is not None:
            return _in_latin(latin, text, rules, normal)
    hits, spans, dates, are_phones, kinds = phone_plain.scan(text, rules, encoded)
    if not are_phones and hits:
        seen, hits = hits, phones_only(text, hits, rules)
        if rules.trunked and len(hits) < len(seen):
            # What lacks its trunk prefix may have it in a letter or a word: `O6.22.33.44.55`.
            kept = set(hits)
            spans = outside(spans, [hit[:2] for hit in seen if hit not in kept and lacks_trunk(text, hit, rules)])
    if hits and not (
        phone_gates.every_reading or may_hide_more(encoded, kinds) or (rules.trunked and may_begin_before(text, hits))
    ):
        found = hits if len(hits) < 2 else apart(hits)
        if rules.country == NORTH_AMERICA and _PLUS not in encoded:
            # Its usual groups are others backwards.
            return found
    else:
        found = _with_hidden(text, encoded, kinds, rules, (hits, spans, dates), normal)
    if found:
        _, end, _, method, _ = found[-1]
        # Of most countries a plainly written number is none backwards.
        if method == "words":
            if text[end : end + 1] not in _SENTENCE_ENDS or telling_words.may_say_order(encoded):
                return _turned(text, encoded, found, rules)
        elif (text[end - 1] == "0" if rules.trunked else rules.country != NORTH_AMERICA) or (
            _PLUS in encoded and text[end : end + 1] == "+"
        ):
            return _turned(text, encoded, found, rules)
    return found


def _turned(text: str, encoded: bytes, found: list[Hit], rules: Dialing) -> list[Hit]:
    """The numbers found, those that the text says to be told backwards so."""
    _, end, _, method, _ = found[-1]
    if method == "words" and reversed_numbers.goes_on_plainly(text, end) and not telling_words.may_say_order(encoded):
        return found
    if not reversed_numbers.may_turn(text, found, rules):
        return found
    turned = reversed_numbers.turned(text, encoded, found, rules)
    return apart(outside(found, [hit[:2] for hit in turned]) + turned) if turned else found


def _in_latin(latin: str, text: str, rules: Dialing, normal: bool) -> list[Hit]:
    """The hits in a text that is written with letters of other scripts in place of digits and Latin letters."""
    found = []
    for hit in _found(latin, latin.encode("utf-8", "surrogatepass"), rules, normal):
        start, end, number, method, _ = hit
        if method != "words" and latin[start:end] != text[start:end]:
            if phone_context.follows_id(latin, start):
                continue
            hit = (start, end, number, "lookalike", assess("lookalike", text[start] == "+", bool(rules.region), False))
        found.append(hit)
    return found


def in_text(text: str, region: str | None, field: str) -> list[Evidence]:
    """`Phone.extract` of a text."""
    rules = numbering.hinted(region)
    # Most texts need nothing of what hits_in does before.
    is_plain = text.isascii() and "&" not in text and "<" not in text
    return [
        evidence_of(("phone:" + number, text[start:end], field, start, end, method, confidence, ()))
        for start, end, number, method, confidence in (
            _found(text, text.encode(), rules, True) if is_plain else hits_in(text, rules)
        )
    ]


def hits_in(text: str, rules: Dialing) -> list[Hit]:
    """`found_in` of a text, without a Reading."""
    if "&" in text or "<" in text:
        text = references.resolved(text)
    if text.isascii():
        return _found(text, text.encode(), rules, True)
    if references.LONG_VOWEL in text:
        text = references.resolved(text)
    if overrides.OVERRIDE in text:
        shown, spans = overrides.displayed(text)
        found = hits_in(shown, rules)
        if found:
            return sorted([(*overrides.written(hit[0], hit[1], spans), *hit[2:]) for hit in found])
    encoded = text.encode("utf-8", "surrogatepass")
    beyond = characters.beyond_ascii(encoded)
    if characters.is_normal(beyond):
        return _found(text, encoded, rules, True)
    changed = characters.changing(beyond, len(text))
    plain = characters.plain(text, changed)
    if plain == text:
        return _found(text, encoded, rules, False)
    found = _found(plain, plain.encode("utf-8", "surrogatepass"), rules, False)
    return _in_original(found, text, plain, changed) if found else found


def find_in_each(
    texts: Sequence[str], regions: Sequence[str | None], known: dict[tuple[str, str | None], list[Hit]]
) -> PhoneColumns:
    """What `in_text` finds in each text, with its region, one by one. What short texts hold is kept in `known`: titles
    repeat."""
    rows: list[tuple[Any, ...]] = []
    for place, (text, region) in enumerate(zip(texts, regions)):
        if not text:
            continue
        if len(text) > SHORT_TEXT:
            hits = hits_in(text, numbering.hinted(region))
        elif (text, region) in known:
            hits = known[text, region]
        else:
            hits = keep(known, (text, region), hits_in(text, numbering.hinted(region)), MOST_TEXTS)
        rows += [(place, *hit) for hit in hits]
    return PhoneColumns(*map(list, zip(*rows))) if rows else PhoneColumns([], [], [], [], [], [])


_MANY = 100


def find_in_all(texts: Sequence[str], regions: Sequence[str | None]) -> PhoneColumns:
    """What `in_text` finds in each text, with its region, many at once. Needs numpy, whose steps cost more than they
    save where there are few texts."""
    if len(texts) < _MANY:
        return find_in_each(texts, regions, {})
    from minerva.identifiers import phone_batch_numpy

    return phone_batch_numpy.find_all(texts, regions)


def found_in(reading: Reading, rules: Dialing) -> list[Hit]:
    """`find`, with places in the original and as `unicode` what is written with other digits."""
    if reading.mixed or (reading.changed and overrides.OVERRIDE in reading.original):
        # Digit words alone are read in Latin here, each by itself (word_roles).
        return hits_in(reading.original, rules)
    hits = find(reading, rules)
    return _in_original(hits, reading.resolved, reading.text, None) if reading.changed and hits else hits


def _in_original(hits: list[Hit], original: str, plain: str, changed: frozenset[str] | None) -> list[Hit]:
    """The hits in `plain` with their places in the text it was made of; `changed` as for characters.plain."""
    found = []
    if changed is not None and changed.isdisjoint(characters.UNEVEN):
        # All places are the same, but for marks and keycaps on the last character.
        for start, end, number, method, confidence in hits:
            last = end if original[end : end + 1].isascii() else characters.end_of_marks(original, end)
            if method == "digits" and original[start:last] != plain[start:end]:
                method, confidence = "unicode", _in_other_digits(confidence)
            found.append((start, last, number, method, confidence))
        return found
    origins = characters.Origins(original, changed)
    for start, end, number, method, confidence in hits:
        first, last = origins.span(start, end)
        if method == "digits" and original[first:last] != plain[start:end]:
            method, confidence = "unicode", _in_other_digits(confidence)
        found.append((first, last, number, method, confidence))
    return found


@lru_cache(maxsize=256)
def _in_other_digits(confidence: float) -> float:
    return round(confidence - 0.02, 2)


def _with_hidden(
    text: str,
    encoded: bytes,
    kinds: bytes,
    rules: Dialing,
    scanned: tuple[list[Hit], list[Span], list[Span]],
    normal: bool,
) -> list[Hit]:
    """The plainly written numbers, which cover spans with what is no number and dates, and the hidden numbers;
    `encoded` is the text in UTF-8, `kinds` as phone_plain.scan gives it, `normal` as Reading says."""
    hits, spans, dates = scanned
    every = phone_gates.every_reading
    left = encoded
    ascii_only = len(encoded) == len(text)
    if spans:
        # Spans count characters.
        left = (without(encoded, spans, b"a") if ascii_only
                else without(text, spans, "a").encode("utf-8", "surrogatepass"))  # fmt: skip
    hidden: list[Hit] = []
    found = bool(hits)
    in_words = digit_stretches.everywhere if every else digit_stretches.places
    near = found or every or digit_runs.may_hold_any(left)
    told = -1
    dense = near and (
        digit_runs.may_hold(left, found)
        # Beside another number blanks only stand around or between the signs that hide one.
        or (found and SPACED_SIGN.search(kinds) is not None and digit_runs.may_hold(left))
    )
    has_alike: bool | None = None
    if ascii_only and not (dense or found or every):
        has_alike = near and lookalike_runs.may_hold(left)
        if not (has_alike or (near and phone_gates.may_be_lettered(left))):
            told = phone_gates.told(encoded, left, kinds)
            if told == phone_gates.SILENT:
                return hits
    if every or dense:
        hidden = _numbers(digit_runs.odd_runs(text, kinds, spans), text, rules)
        if hidden and (hidden := phones_only(text, hidden, rules, dates)):
            read = apart(hits + hidden) if hits or len(hidden) > 1 else hidden
            if not leaves_more(text, encoded, read, rules):
                return read
    alike: list[Hit] = []
    if has_alike is None:
        has_alike = near and lookalike_runs.may_hold(left)
    if (
        every
        or has_alike
        or not (found or ascii_only or not lookalike_runs.has_foreign_letters(left.decode("utf-8", "surrogatepass")))
    ):
        for run in lookalike_runs.runs(text):
            # Digits that are read already are no part of a number in letters that look like digits; serial numbers have
            # letters too.
            for hit in outside(numbers_of(run, text, rules), spans):
                if not phone_context.follows_id(text, hit[0]):
                    alike.append(hit)
    if every or (near and not alike and (has_alike or is_parted(left)) and lettered_numbers.may_hold(left)):
        alike += outside(_numbers(lettered_numbers.runs(text), text, rules), spans)
    if alike and (alike := phones_only(text, alike, rules, dates)):
        hidden += alike
        read = apart(hits + hidden) if hits or len(hidden) > 1 else hidden
        if not leaves_more(text, encoded, read, rules):
            return read
    more: list[Hit] = []
    if (kinds.find(b"9a9") >= 0 or (HIDING in kinds and kinds.find(b"*a*") >= 0)) and digit_runs.may_be_crossed(
        encoded, kinds
    ):
        more = _numbers(digit_runs.crossed_runs(text, rules.country == NORTH_AMERICA), text, rules)
    spelled = digit_words.spelled_out(text) if digit_words.may_be_spelled(kinds, ascii_only) else None
    if rules.country == turkish_numbers.COUNTRY:
        spelled = turkish_numbers.digit_by_digit(text) or spelled
    if every or spelled is not None:
        told = telling_words.ANYTHING
    elif told < 0:
        told = telling_words.told(encoded)
    words: list[Hit] | None = None
    if spelled is None:
        if told & telling_words.IN_WORDS:
            places = in_words(text, encoded, left, found)
            words = digit_words.numbers_in(text, places, rules) if places else None
            more += words or []
    else:
        written, ends = spelled
        places = in_words(written, written.encode("utf-8", "surrogatepass"), left, found)
        words = digit_words.numbers_in(written, places, rules) if places else None
        for start, end, number, method, confidence in words or ():
            more.append((start, ends.get(end, end), number, method, confidence))
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
        more = misspelled_words.repaired(text, more, rules, spans)
    if not more and (every or noisy_digits.may_hold(left, kinds, told & telling_words.IN_WORDS > 0)):
        more = outside(noisy_digits.hits(text, rules), spans)
    if not (normal or ascii_only):
        more += _numbers(native_words.runs(text, encoded), text, rules)
    if more:
        hidden += phones_only(text, more, rules, dates)
        if hits and rules.trunked:
            # "nol 8 lima dua 7788 9900"
            hits = [hit for hit in hits if text[hit[0]] in "0+(" or not any(is_end_of(hit, whole) for whole in hidden)]
    in_order = told & telling_words.IN_ORDER > 0
    if in_order and not hidden and is_named(lexicon.AREA_APART, text.lower()):
        hidden = phones_only(text, area_parts.hits(text, rules), rules, dates)
    if hidden or hits:
        return apart(hits + hidden) if len(hits) + len(hidden) > 1 else hits or hidden
    if in_order and (dense or spans or words is not None) and telling_words.names_order(encoded):
        backwards = reversed_numbers.hits(text, encoded, rules, dates, words is not None)
        if backwards:
            return backwards
        if (dense or spans) and is_named(lexicon.AREA_APART, text.lower()):
            return phones_only(text, _numbers(digit_runs.area_apart_runs(text), text, rules), rules)
    in_north_america = rules.country == NORTH_AMERICA
    if every or (near and lettered_shapes.may_hold(left)):
        hidden = phones_only(text, _numbers(lettered_shapes.runs(text, in_north_america), text, rules), rules, dates)
    if not hidden and in_north_america and (every or keypad.may_hold(kinds)):
        hidden = phones_only(text, _numbers(keypad.runs(text), text, rules), rules)
    if not hidden and (every or (near and lettered_numbers.may_be_odd(left))):
        hidden = phones_only(text, _numbers(lettered_numbers.odd_runs(text), text, rules), rules, dates)
    in_parts, may_be_words = told & telling_words.IN_PARTS > 0, told & telling_words.IN_WORDS > 0
    if not hidden and (every or phone_parts.may_hold(encoded, left, in_parts, may_be_words, kinds)):
        hidden = phones_only(text, phone_parts.hits(text, rules, may_be_words), rules, dates)
    if not hidden and (every or remarks_between.may_hold_any(kinds)):
        hidden = phones_only(text, outside(remarks_between.hits(text, rules), spans), rules, dates)
    return hidden


def _numbers(runs: Iterable[Run], text: str, rules: Dialing) -> list[Hit]:
    if not rules.trunked:
        return [hit for run in runs for hit in numbers_of(run, text, rules)]
    return [hit for run in runs for hit in _from_trunk(run, text, rules) or numbers_of(run, text, rules)]


def _from_trunk(run: Run, text: str, rules: Dialing) -> list[Hit]:
    """The numbers of a run from its first group with a trunk prefix on, where one begins with it: `22,50 \u2702
    06.3.8.1.0...` has a price before it. Digits in words stand alone, so that a whole number comes first there."""
    in_words = run.method == "words"
    if not (in_words or run.method == "separators") or run.count < 3 or run.plus or run.digits[0] == "0":
        return []
    tokens = run.tokens
    if in_words:
        whole = numbers_of(run, text, rules)
        if whole and whole[-1][1] >= run.end:
            return whole
    for place, token in enumerate(tokens):
        if place and token.digits[0] == "0" and (in_words or len(token.digits) > 1):
            found = numbers_of(Run(tokens[place:], run.method), text, rules)
            return found if found and found[0][0] <= token.start else []
    return []


def outside(hits: list[_Place], spans: list[Span]) -> list[_Place]:
    """The hits, or spans, that have no part in one of some spans, sorted."""
    return [hit for hit in hits if not meets(spans, hit[0], hit[1])] if spans else hits


def apart(hits: list[Hit]) -> list[Hit]:
    """Hits by start without overlaps: of two that overlap the surer one, of equally sure ones the longer."""
    taken: list[Hit] = []
    last = -1
    for hit in hits:
        if hit[0] < last:
            break
        last = hit[1]
    else:
        return hits
    for hit in sorted(hits, key=itemgetter(0)):
        if not taken or hit[0] >= taken[-1][1]:
            taken.append(hit)
        elif _sureness(hit) > _sureness(taken[-1]):
            taken[-1] = hit
    return taken


def _sureness(hit: Hit) -> tuple[float, int]:
    start, end, _, _, confidence = hit
    return confidence, end - start
