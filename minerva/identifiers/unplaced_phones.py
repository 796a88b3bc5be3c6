"""Phones of texts of no known country: the text is read as one of each country that it may be from (likely_regions.py),
and of the numbers found in one place the likeliest stands, the others are its alternatives.

A number behind a plus sign, or of a link, needs no country. Any other is as sure as its country is: where none
stands out its readings are possibilities beside each other, with less than half a confidence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import NamedTuple

from minerva.identifiers import likely_regions, numbering, phone_sureness
from minerva.identifiers.evidence import Evidence, evidence_of
from minerva.identifiers.kept import keep
from minerva.identifiers.late import late
from minerva.identifiers.phone_tokens import NORTH_AMERICA, Hit

Find = Callable[[str, str], "list[Hit]"]
"""The phones of a text that is read as one of a country."""
LIKELY, _POSSIBLE = 0.8, 0.3
"""The share of all readings from which a number is a find, and from which it is a possibility beside others."""
_MOST_POSSIBLE = 0.45
"""The confidence in a possibility: below one half, from which on finds count."""
_GROUPS = late(r"[0-9]+")
_IN_NORTH_AMERICA = {(3, 3, 4): 1.0, (1, 3, 3, 4): 4.0, (10,): 1.0, (11,): 1.0, (3, 7): 0.7, (6, 4): 0.7}
"""By the digits of its groups how much likelier a number is one of the North American plan."""
_OTHER_GROUPS = 0.08
_DASHED = late(r"\(?[0-9]{3}\)?[ ]?[.\-]?[ ]?[0-9]{3}[.\-][0-9]{4}|\([0-9]{3}\) ?[0-9]{3} [0-9]{4}")
_BY_DASHES = 8.0
"""How much likelier by its signs."""
_ABROAD = 0.5
"""The same of a number that is read as one of another country than its text."""
_PART = 0.1
"""How much less likely what leaves out some of the digits is than what takes them all."""
_MOST_KEPT, _SHORT = 4_096, 2_000


Reading = tuple[Hit, tuple[str, ...]]
"""A number, and what else its digits may be, the likelier first."""


_known: dict[str, list[Reading]] = {}


def readings(text: str, find: Find) -> list[Reading]:
    """The numbers of a text by start; `find` gives what stands in it where its country is known."""
    known = _known.get(text)
    if known is not None:
        return known
    found = _readings(text, find)
    return keep(_known, text, found, _MOST_KEPT) if len(text) <= _SHORT else found


def evidence(text: str, field: str, find: Find) -> list[Evidence]:
    """The evidence of `readings`."""
    return as_evidence(text, field, readings(text, find))


def as_evidence(text: str, field: str, found: list[Reading]) -> list[Evidence]:
    return [
        evidence_of(
            ("phone:" + number, text[start:end], field, start, end, method, confidence,
             tuple(["phone:" + other for other in others]))
        )
        for (start, end, number, method, confidence), others in found
    ]  # fmt: skip


class _Seen(NamedTuple):
    """What is found in a text of one country, and how likely it is one."""

    hit: Hit
    region: str
    weight: float


def _readings(text: str, find: Find) -> list[Reading]:
    seen: list[_Seen] = []
    shares = likely_regions.shares_of(text)
    for region, share in shares:
        for hit in find(text, region):
            seen.append(_Seen(hit, region, share * _fit(text, hit, region)))
    elsewhere = max(0.0, 1.0 - sum([share for _, share in shares]))
    seen.sort(key=lambda each: each.hit[:2])
    found: list[Reading] = []
    place = 0
    while place < len(seen):
        last, end = place + 1, seen[place].hit[1]
        while last < len(seen) and seen[last].hit[0] < end:
            end = max(end, seen[last].hit[1])
            last += 1
        found += _likeliest(text, seen[place:last], elsewhere, len(shares))
        place = last
    return found


def _likeliest(text: str, seen: list[_Seen], elsewhere: float, tried: int) -> list[Reading]:
    """The readings of one place: those of the likeliest country, with what others make of them. `tried`: in how many
    countries the text was read."""
    longest = max([each.hit[1] - each.hit[0] for each in seen])
    seen = [
        each if each.hit[1] - each.hit[0] == longest else each._replace(weight=each.weight * _PART) for each in seen
    ]
    weights: defaultdict[str, float] = defaultdict(float)
    # A country that reads one number at several spots of the place says so once.
    once = {(each.region, each.hit[2]): each.weight for each in seen}
    for (_, number), weight in once.items():
        weights[number] += weight
    total = sum(once.values()) + elsewhere
    best = max(seen, key=lambda each: weights[each.hit[2]])
    whole = [each.hit for each in seen if each.region == best.region]
    found: list[Reading] = []
    for hit in phone_sureness.of_hits(text, whole):
        start, end, number, method, confidence = hit
        others = tuple([other for other, _ in sorted(weights.items(), key=lambda each: -each[1]) if other != number])
        is_abroad = not number.startswith(numbering.dialing(best.region).lead)
        # "country code is 44" is read in all countries; one that alone dials 09 before a country tells nothing.
        told = is_abroad and sum([each.hit[2] == number for each in seen]) * 2 > tried
        if told or _is_international(text, hit):
            found.append((hit, ()))
            continue
        share = weights[number] / total
        if share >= _POSSIBLE:
            sure = confidence * share if share >= LIKELY else min(confidence * share, _MOST_POSSIBLE)
            beside = others if len(whole) == 1 else ()
            found.append(((start, end, number, method, round(sure, 2)), beside))
    return found


def _is_international(text: str, hit: Hit) -> bool:
    """Whether a number is written with its country code: behind a plus sign, behind 00, or in a link."""
    start, end, number, method, _ = hit
    if method == "link" or text[start] == "+" or text[start : start + 2] == "(+":
        return True
    digits = "".join(_GROUPS.findall(text, start, end))
    return digits.startswith(("00", "011")) and digits.lstrip("0").startswith((number[1:], "11" + number[1:]))


def _fit(text: str, hit: Hit, region: str) -> float:
    """How well a number is written as those of a country are, 1 where nothing is known."""
    start, end, number, method, _ = hit
    groups = _GROUPS.findall(text, start, end)
    digits = "".join(groups)
    lead = numbering.dialing(region).lead
    if not number.startswith(lead):
        # The text tells the country by itself, or one country alone dials so.
        return 1.0 if _is_international(text, hit) else _ABROAD
    factor = likely_regions.how_usual(number[len(lead) :], region)
    if digits and method != "words" and number.startswith("+" + NORTH_AMERICA):
        factor *= _IN_NORTH_AMERICA.get(tuple(map(len, groups[:4])), _OTHER_GROUPS)
        factor *= _BY_DASHES if _DASHED.match(text, start) is not None else 1.0
    return factor
