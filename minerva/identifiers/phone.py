"""Phones: numbers valid in some country's numbering plan, in E.164 form, found as people write and hide them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from minerva.identifiers import digit_runs, digit_stretches, digit_words, lexicon, numbering, phone_context, phone_plain
from minerva.identifiers.errors import InvalidIdentifier
from minerva.identifiers.evidence import Evidence, evidence_of
from minerva.identifiers.kind import Example, Kind
from minerva.identifiers.phone_context import EXTENSION
from minerva.identifiers.phone_plain import Span
from minerva.identifiers.phone_tokens import LONGEST_PLAIN, Hit, numbers_of
from minerva.identifiers.plans import Dialing
from minerva.identifiers.reading import Reading


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
        hits = find(reading, numbering.hinted(region))
        if not hits:
            return iter(())
        original = reading.original
        if not reading.changed:
            return iter(_as_written(original, hits, field))
        found = []
        for start, end, number, method, confidence in hits:
            first, last = reading.span(start, end)
            raw = original[first:last]
            if method == "digits" and raw != reading.text[start:end]:
                method, confidence = "unicode", round(confidence - 0.02, 2)
            found.append(evidence_of(("phone:" + number, raw, field, first, last, method, confidence, ())))
        return iter(found)

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


def find(reading: Reading, rules: Dialing) -> list[Hit]:
    """The phones of a text by start, without overlaps and without what is a number of another sort."""
    hits = _found(reading, rules)
    return _told_apart(reading.text, hits, rules) if hits else hits


def _found(reading: Reading, rules: Dialing) -> list[Hit]:
    """The phones of a text by start, without overlaps.

    Plainly written ones first; the readings for hidden ones only run on texts that can hold one: with digits left over,
    or with digit words.
    """
    hits, spans, dates = phone_plain.scan(reading.text, rules)
    if hits and not reading.changed and not every_reading and not _may_hide_more(reading.text, hits):
        return hits if len(hits) < 2 else _apart(hits)
    return _with_hidden(reading, rules, hits, spans, dates)


def in_ascii(text: str, region: str | None, field: str) -> list[Evidence]:
    """`Phone.extract` of an ASCII text, without a Reading where plainly written numbers are all there is."""
    rules = numbering.hinted(region)
    hits, spans, dates = phone_plain.scan(text, rules)
    if not hits or every_reading or _may_hide_more(text, hits):
        hits = _with_hidden(Reading(text), rules, hits, spans, dates)
    elif len(hits) > 1:
        hits = _apart(hits)
    return _as_written(text, _told_apart(text, hits, rules) if hits else hits, field)


def find_in_all(texts: Sequence[str], regions: Sequence[str | None], field: str) -> list[list[Evidence]]:
    """`Phone.extract` of each text, with its region, many at once. Needs numpy."""
    from minerva.identifiers import phone_batch_numpy

    found: list[list[Evidence] | None] = [None] * len(texts)
    read: list[str] = []
    for place, text in enumerate(texts):
        if not text.isascii():
            reading = Reading(text)
            if reading.changed:
                found[place] = list(Phone.extract(reading, region=regions[place], field=field))
                text = ""
        read.append(text)
    rules = [numbering.hinted(region) for region in regions]
    unread: list[int] = []
    for place, hits in phone_batch_numpy.find_all(read, rules, unread.append).items():
        kept = _told_apart(texts[place], hits if len(hits) < 2 else _apart(hits), rules[place])
        found[place] = _as_written(texts[place], kept, field)
    for place in unread:
        if found[place] is None:
            text = texts[place]
            if text.isascii():
                found[place] = in_ascii(text, regions[place], field)
            else:
                found[place] = list(Phone.extract(Reading(text), region=regions[place], field=field))
    return [each if each is not None else [] for each in found]


def _as_written(text: str, hits: list[Hit], field: str) -> list[Evidence]:
    return [
        evidence_of(("phone:" + number, text[start:end], field, start, end, method, confidence, ()))
        for start, end, number, method, confidence in hits
    ]


def _with_hidden(reading: Reading, rules: Dialing, hits: list[Hit], spans: list[Span], dates: list[Span]) -> list[Hit]:
    """The plainly written `hits`, which cover `spans` with what is no number, and the hidden numbers."""
    text = reading.text
    rest = text
    if spans:
        pieces = []
        end = 0
        for start, stop in spans:
            pieces.append(text[end:start])
            end = stop
        pieces.append(text[end:])
        rest = "a".join(pieces)
    encoded = rest.encode("utf-8", "surrogatepass")
    hidden: list[Hit] = []
    ascii_only = encoded.isascii()
    dense = digit_runs.may_hold(encoded, bool(hits))
    if every_reading or dense:
        for run in digit_runs.odd_runs(text, spans):
            hidden.extend(numbers_of(run, text, rules))
    if (
        every_reading
        or digit_runs.may_hold_letters(encoded, bool(hits))
        or not (hits or ascii_only or not digit_runs.has_foreign_letters(rest))
    ):
        for run in digit_runs.lookalike_runs(text):
            for hit in numbers_of(run, text, rules):
                # Digits that are read already are no part of a number in letters that look like digits.
                if not any(start < hit.end and hit.start < end for start, end in spans):
                    hidden.append(hit)
    places = [(0, len(text), False)] if every_reading else digit_stretches.places(text, encoded, bool(hits))
    for run in digit_words.word_runs(text, places):
        hidden.extend(numbers_of(run, text, rules))
    if not (reading.normal or hits):
        for run in digit_words.native_runs(text):
            hidden.extend(numbers_of(run, text, rules))
    if dates:
        hidden = [hit for hit in hidden if not any(start < hit.end and hit.start < end for start, end in dates)]
    if hidden:
        return _apart(hits + hidden)
    if not hits and (dense or spans) and _is_reversed(reading.lowered):
        for run in digit_runs.reversed_runs(text):
            hidden.extend(numbers_of(run, text, rules))
        return hidden
    return hits if len(hits) < 2 else _apart(hits)


_TRUNK_CODES = (
    "AE AL AM AT AU BD BE BG BY CD CH CU DE DZ EG ER ET FR GB GF GP HR HU IE IQ IR JO JP KE KG KP LA LK "
    "LR LY MA MD ME MG MK MM MQ MW NA NG NL NZ RE RO RS SD SE SI SK SL SS SY TH TM TW UA UG VE XK YE ZA "
    "ZW"
)
_WITH_TRUNK = frozenset(_TRUNK_CODES.split())
"""Regions where a number dialed within the country is written with the trunk prefix, as the field library's matcher
demands; bare digits there are years, sizes and ids."""
_BARE = frozenset(["digits", "separators", "unicode", "lookalike"])
_DIGITS = re.compile(r"[0-9]+")
_ANNOUNCES = re.compile(
    r"(?:call|text|txt|sms|tel|telefon\w*|phone|ph|cell|mobile?|mob|whats ?app|wa|viber|signal|number|ring|dial|handy"
    r"|tlf|appel\w*|ruf\w*|llam\w*|suna\w*|tel\.?|☎|📞|📱)[ :.\-]{0,3}$",
    re.IGNORECASE,
)


def _told_apart(text: str, hits: list[Hit], rules: Dialing) -> list[Hit]:
    """The hits without numbers that count up or down, and without bare ones where a trunk prefix is missing."""
    bare = rules.region in _WITH_TRUNK
    return [
        hit
        for hit in hits
        if not (hit[1] - hit[0] > 12 and _counts(text, hit))
        and not (bare and _lacks_trunk(text, hit, rules))
        and (hit[0] == 0 or text[hit[0]] == "+" or _LABELED.search(text, max(0, hit[0] - 32), hit[0]) is None)
        and not (text[hit[1] : hit[1] + 1] == "." and _FILE.match(text, hit[1]) is not None)
        and not (hit[3] == "lookalike" and _STAMP.search(text, hit[0], hit[1]) is not None)
    ]


_LABELED = re.compile(
    r"(?<![^\W_])(?:is[bs]n(?:-1[03])?|cpf|cnpj|iban|ssn|ein|vat|siret|siren|imei|upc|ean|sku|routing|invoice|tracking"
    r"|order (?:no|nr|number|id|#))(?![^\W_])[ .:#\-]{0,4}(?:[A-Z]{2}[0-9]{2}[0-9 ]{0,20})?$",
    re.IGNORECASE,
)
"""Names of numbers that are no phones, however they are grouped."""
_FILE = re.compile(
    r"\.(?:png|jpe?g|gif|webp|heic|pdf|mp[34]|mov|avi|docx?|xlsx?|zip|txt|csv|html?)(?![a-z0-9])", re.IGNORECASE
)
_STAMP = re.compile(r"[0-9]{8}T[0-9]{4}")


def _counts(text: str, hit: Hit) -> bool:
    """Whether the groups of a number are a row of numbers with one and the same step: `36 37 38 39 40 41`."""
    groups = _DIGITS.findall(text, hit[0], hit[1])
    if len(groups) < 5:
        return hit[3] == "words" and not groups and _counts_in_words(hit[2])
    numbers = [int(group) for group in groups]
    steps = {after - before for before, after in zip(numbers, numbers[1:])}
    return len(steps) == 1 and 0 < abs(steps.pop()) < 13


def _counts_in_words(number: str) -> bool:
    return number[-9:] in _COUNTED


_COUNTED = frozenset(["234567891", "345678910", "456789101", "567891011"])


def _lacks_trunk(text: str, hit: Hit, rules: Dialing) -> bool:
    """Whether a number is written without plus, country code and trunk prefix, and no word before it announces it."""
    start, end, number, method, _ = hit
    country = rules.country
    if method not in _BARE or text[start] == "+" or not number.startswith(country, 1):
        return False
    written = "".join(_DIGITS.findall(text, start, end))
    return written.startswith(number[1 + len(country) :]) and _ANNOUNCES.search(text, max(0, start - 14), start) is None


def _is_reversed(lowered: str) -> bool:
    return any([mark in lowered for mark in lexicon.REVERSED])  # noqa: C419 -- half the time of a generator


def _may_hide_more(text: str, hits: list[Hit]) -> bool:
    """Whether a text with plainly written numbers can hold hidden ones as well: one of the numbers is itself written
    in an odd way, or a sign or word is there that few hidden numbers do without. Who writes one number plainly seldom
    hides the next."""
    for hit in hits:
        if hit[1] - hit[0] > LONGEST_PLAIN:
            return True
    for sign in phone_context.HIDING_SIGNS:
        if sign in text:
            return True
    # Bytes are put into lower case sooner than a text that is not ASCII.
    lowered = text.encode("utf-8", "surrogatepass").lower()
    return any([word in lowered for word in phone_context.HIDING_WORDS])  # noqa: C419 -- half the time of a generator


every_reading = False
"""Tests switch this on: then no gate keeps a reading from a text."""


def _apart(hits: list[Hit]) -> list[Hit]:
    """Hits by start without overlaps: of two that overlap the surer one, of equally sure ones the longer."""
    taken: list[Hit] = []
    last = -1
    for hit in hits:
        if hit[0] < last:
            break
        last = hit[1]
    else:
        return hits
    for hit in sorted(hits, key=_by_start):
        if not taken or hit.start >= taken[-1].end:
            taken.append(hit)
        elif (hit.confidence, hit.end - hit.start) > (taken[-1].confidence, taken[-1].end - taken[-1].start):
            taken[-1] = hit
    return taken


def _by_start(hit: Hit) -> tuple[int, int]:
    return hit.start, -hit.end
