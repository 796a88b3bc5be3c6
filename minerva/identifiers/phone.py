"""Phones: numbers valid in some country's numbering plan, in E.164 form, found as people write and hide them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from minerva.identifiers import (
    characters,
    foreign_letters,
    glued_signs,
    id_labels,
    named_regions,
    numbering,
    overrides,
    phone_gates,
    phone_plain,
    phone_steps,
    phone_sureness,
    placeholder_signs,
    references,
    reversed_numbers,
    telling_words,
    unplaced_phones,
)
from minerva.identifiers.errors import InvalidIdentifier
from minerva.identifiers.evidence import Evidence, evidence_of
from minerva.identifiers.kind import Example, Kind
from minerva.identifiers.lockstep import Search, alone, together
from minerva.identifiers.other_numbers import WITH_TRUNK, lacks_trunk, phones_only
from minerva.identifiers.phone_context import EXTENSION
from minerva.identifiers.phone_doubtful import Span
from minerva.identifiers.phone_gates import may_begin_before, may_hide_more
from minerva.identifiers.phone_hidden import with_hidden
from minerva.identifiers.phone_hits import apart, outside
from minerva.identifiers.phone_tokens import NORTH_AMERICA, Hit, assess
from minerva.identifiers.plans import Dialing
from minerva.identifiers.reading import Reading, reads_as_it_is


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
            raise InvalidIdentifier(cls.NAME, "expected 7 to 15 digits with plain separators, or 6 behind '+'")
        digits = re.sub(r"[^0-9]", "", text)
        plus = text.lstrip("( ").startswith("+")
        known = numbering.region_code(region)
        # "+44 (0)20 ..." writes the national prefix, which is not dialed from abroad.
        if plus and re.search(r"\(\s*0\s*\)", text):
            digits = re.sub(r"[^0-9]", "", re.sub(r"\(\s*0\s*\)", "", text))
        is_abroad = plus or digits.startswith(numbering.FROM_ABROAD)
        number = numbering.resolve(digits, plus, known) if known or is_abroad else None
        if number is None:
            hint = "" if plus or known else "; without '+' and country code a region is needed"
            raise InvalidIdentifier(cls.NAME, f"no numbering plan knows it{hint}")
        return number

    @classmethod
    def format(cls, value: str) -> str:
        return numbering.display(value)

    @classmethod
    def extract(cls, reading: Reading, *, region: str | None = None, field: str = "text") -> Iterator[Evidence]:
        rules = numbering.hinted(region)
        if not rules.region:
            return iter(unplaced_phones.evidence(reading.original, field, in_country))
        return iter(as_evidence(reading.original, field, found_in(reading, rules)))

    @classmethod
    def extract_each(
        cls, readings: Sequence[Reading], regions: Sequence[str | None], field: str
    ) -> list[Iterable[Evidence]]:
        rules = list(map(numbering.hinted, regions))
        found = iter(together([_found_in(*each) for each in zip(readings, rules) if each[1].region]))
        return [
            as_evidence(reading.original, field, next(found))
            if own.region
            else unplaced_phones.evidence(reading.original, field, in_country)
            for reading, own in zip(readings, rules)
        ]

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


_PLUS, _AMPERSAND, _LESS_THAN = b"+&<"
_SENTENCE_ENDS = frozenset(["", ".", "\n", "!", "?"])


def _search(text: str, encoded: bytes, rules: Dialing, normal: bool) -> Search[list[Hit]]:
    """The phones of a text by start, without overlaps and without what is a number of another sort; `encoded` is the
    text in UTF-8, `normal` as Reading says.

    Plainly written ones first; the readings for hidden ones only run on texts that can hold one: with digits left over,
    or with digit words.
    """
    if not text.isascii():
        if encoded.find(named_regions.FLAG) >= 0 and (plain := named_regions.without_flags(text)) != text:
            found = yield from _search(plain, plain.encode("utf-8", "surrogatepass"), rules, normal)
            return named_regions.with_flagged(text, found, rules)
        if glued_signs.may_hold(encoded) and (whole := glued_signs.without(text)) != text:
            return (yield from _search(whole, whole.encode("utf-8", "surrogatepass"), rules, normal))
        yield phone_steps.IN_LATIN
        latin = foreign_letters.in_latin(text, encoded)
        if latin is not None:
            found = yield from _search(latin, latin.encode("utf-8", "surrogatepass"), rules, normal)
            return _in_latin(found, latin, text, rules)
    yield phone_steps.PLAINLY
    scanned = phone_plain.scan(text, rules, encoded)
    yield phone_steps.JUDGED
    hits, rest = _plainly(text, encoded, rules, scanned)
    return hits if rest is None else (yield from _hidden(text, encoded, rules, normal, hits, rest))


_Rest = tuple[list[Span], list[Span], bytes]
"""Spans, spans of dates and kinds of a text, as phone_plain.scan gives them."""


def _plainly(text: str, encoded: bytes, rules: Dialing, scanned: phone_plain.Scanned) -> tuple[list[Hit], _Rest | None]:
    """The plainly written numbers of a text; what is to be known of it where it can hold hidden ones too."""
    hits, spans, dates, are_phones, kinds = scanned
    if not are_phones and hits:
        seen, hits = hits, phones_only(text, hits, rules)
        if rules.trunked and len(hits) < len(seen):
            # What lacks its trunk prefix may have it in a letter or a word: `O6.22.33.44.55`.
            kept = set(hits)
            spans = outside(spans, [hit[:2] for hit in seen if hit not in kept and lacks_trunk(text, hit, rules)])
    if hits and not (
        phone_gates.every_reading
        # Of North America a second number in words of other sorts is the rarest.
        or may_hide_more(encoded, kinds, "" if rules.country == NORTH_AMERICA else rules.region)
        or (rules.trunked and may_begin_before(text, hits))
    ):
        found = hits if len(hits) < 2 else apart(hits)
        if rules.country == NORTH_AMERICA and _PLUS not in encoded:
            # Its usual groups are others backwards.
            return found, None
        return _in_order(text, encoded, found, rules), None
    return hits, (spans, dates, kinds)


def _hidden(text: str, encoded: bytes, rules: Dialing, normal: bool, hits: list[Hit], rest: _Rest) -> Search[list[Hit]]:
    """The plainly written numbers `hits` and the hidden ones of a text."""
    if not hits and placeholder_signs.may_hold(encoded) and (shown := placeholder_signs.resolved(text)) is not None:
        found = yield from _search(shown, shown.encode("utf-8", "surrogatepass"), rules, normal)
        return _explained(found, shown, text, rules)
    spans, dates, kinds = rest
    found = yield from with_hidden(text, encoded, kinds, rules, (hits, spans, dates), normal)
    return _in_order(text, encoded, found, rules)


def _in_order(text: str, encoded: bytes, found: list[Hit], rules: Dialing) -> list[Hit]:
    """The numbers found, those that are told backwards so."""
    if found:
        _, end, _, method, _ = found[-1]
        # Of most countries a plainly written number is none backwards.
        if method == "words":
            if text[end : end + 1] not in _SENTENCE_ENDS or telling_words.may_say_order(encoded):
                return _turned(text, encoded, found, rules)
        elif rules.trunked:
            if (
                text[end - 1] == "0"
                or rules.region not in WITH_TRUNK
                or (method != "digits" and text[end + 1 : end + 2] == "0")
                or (_PLUS in encoded and text[end : end + 1] == "+")
            ):
                return _turned(text, encoded, found, rules)
        elif rules.country != NORTH_AMERICA or (_PLUS in encoded and text[end : end + 1] == "+"):
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


def _explained(hits: list[Hit], shown: str, text: str, rules: Dialing) -> list[Hit]:
    """The hits in a text that is `shown` with digits for signs that it explains."""
    return [_as_alike(hit, text, rules) if _is_changed(hit, shown, text) else hit for hit in hits]


def _is_changed(hit: Hit, shown: str, text: str) -> bool:
    """Whether a number in signs that a text is `shown` with is written otherwise in it."""
    start, end, _, method, _ = hit
    return method != "words" and shown[start:end] != text[start:end]


def _as_alike(hit: Hit, text: str, rules: Dialing) -> Hit:
    start, end, number, _, _ = hit
    return start, end, number, "lookalike", assess("lookalike", text[start] == "+", bool(rules.region), False)


def _in_latin(hits: list[Hit], latin: str, text: str, rules: Dialing) -> list[Hit]:
    """The hits in a text that is written with letters of other scripts in place of digits and Latin letters."""
    found = []
    for hit in hits:
        if not _is_changed(hit, latin, text):
            if not (text[hit[0] : hit[1]].isdigit() and id_labels.follows_id(text, hit[0])):
                found.append(hit)
        elif not id_labels.follows_id(latin, hit[0]):
            found.append(_as_alike(hit, text, rules))
    return found


def in_text(text: str, region: str | None, field: str) -> list[Evidence]:
    """`Phone.extract` of a text."""
    rules = numbering.hinted(region)
    if not rules.region:
        return unplaced_phones.evidence(text, field, in_country)
    if not reads_as_it_is(text):
        return as_evidence(text, field, alone(search_in(text, rules)))
    # As _search goes on, without a generator where nothing is hidden.
    encoded = text.encode()
    hits, rest = _plainly(text, encoded, rules, phone_plain.scan(text, rules, encoded))
    return as_evidence(text, field, hits if rest is None else alone(_hidden(text, encoded, rules, True, hits, rest)))


def as_evidence(text: str, field: str, hits: list[Hit]) -> list[Evidence]:
    return [
        evidence_of(("phone:" + number, text[start:end], field, start, end, method, sure, ()))
        for start, end, number, method, sure in phone_sureness.of_hits(text, hits)
    ]


def hits_in(text: str, rules: Dialing) -> list[Hit]:
    """`found_in` of a text, without a Reading."""
    return alone(search_in(text, rules))


def in_country(text: str, region: str) -> list[Hit]:
    """The phones of a text of a country."""
    return hits_in(text, numbering.hinted(region))


def search_anywhere(text: str, rules: Dialing) -> Search[list[unplaced_phones.Reading]]:
    """`search_in`, of a text of no known country as well, with what else each phone may be."""
    if not rules.region:
        return unplaced_phones.readings(text, in_country)
    hits = yield from search_in(text, rules)
    return [(hit, ()) for hit in phone_sureness.of_hits(text, hits)]


def search_in(text: str, rules: Dialing) -> Search[list[Hit]]:
    """`hits_in`."""
    if reads_as_it_is(text):
        return (yield from _search(text, text.encode(), rules, True))
    encoded = text.encode("utf-8", "surrogatepass")
    # Bytes are looked through sooner than a text that is not ASCII.
    if _AMPERSAND in encoded or _LESS_THAN in encoded:
        text = references.resolved(text)
        encoded = text.encode("utf-8", "surrogatepass")
    if text.isascii():
        return (yield from _search(text, encoded, rules, True))
    yield phone_steps.UNUSUAL
    unusual = characters.unusual(encoded)
    if not unusual:
        return (yield from _search(text, encoded, rules, True))
    if references.FIRST_BYTE in unusual and (references.LONG_VOWEL in text or references.OF in text):
        resolved = references.resolved(text)
        if resolved != text:
            return (yield from search_in(resolved, rules))
    if overrides.FIRST_BYTE in unusual and overrides.OVERRIDE in text:
        shown, spans = overrides.displayed(text)
        found = yield from search_in(shown, rules)
        if found:
            return sorted([(*overrides.written(hit[0], hit[1], spans), *hit[2:]) for hit in found])
    yield phone_steps.UNUSUAL
    plain, changed = characters.read_plainly(text, encoded)
    if plain == text:
        return (yield from _search(text, encoded, rules, False))
    found = yield from _search(plain, plain.encode("utf-8", "surrogatepass"), rules, False)
    return _in_original(found, text, plain, changed) if found else found


def found_in(reading: Reading, rules: Dialing) -> list[Hit]:
    """The phones of a text by start, with places in the original and as `unicode` what is written with other digits."""
    return alone(_found_in(reading, rules))


def _found_in(reading: Reading, rules: Dialing) -> Search[list[Hit]]:
    if reading.mixed or (reading.changed and overrides.OVERRIDE in reading.original):
        # Digit words alone are read in Latin here, each by itself (word_roles).
        return (yield from search_in(reading.original, rules))
    hits = yield from _search(reading.text, reading.encoded, rules, reading.normal)
    return _in_original(hits, reading.resolved, reading.text, None) if reading.changed and hits else hits


def _in_original(hits: list[Hit], original: str, plain: str, changed: frozenset[str] | None) -> list[Hit]:
    """The hits in `plain` with their places in the text it was made of; `changed` as characters.read_plainly tells
    it."""
    found = []
    if changed is not None and changed.isdisjoint(characters.UNEVEN):
        # All places are the same, but for marks and keycaps on the last character.
        for start, end, number, method, confidence in hits:
            last = end if original[end : end + 1].isascii() else characters.end_of_marks(original, end)
            if method in _IN_DIGITS and original[start:last] != plain[start:end]:
                method, confidence = "unicode", _in_other_digits(method, confidence)
            found.append((start, last, number, method, confidence))
        return found
    origins = characters.Origins(original, changed)
    for start, end, number, method, confidence in hits:
        first, last = origins.span(start, end)
        if method in _IN_DIGITS and original[first:last] != plain[start:end]:
            method, confidence = "unicode", _in_other_digits(method, confidence)
        found.append((first, last, number, method, confidence))
    return found


_IN_DIGITS = frozenset(["digits", "link"])


@lru_cache(maxsize=256)
def _in_other_digits(method: str, confidence: float) -> float:
    # No link has other digits: `Tel:\u24ea\u2466\u2463`.
    return round((confidence if method == "digits" else min(confidence, 0.9)) - 0.02, 2)
