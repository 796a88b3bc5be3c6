"""Features of premises: licenses, staff, hours, what inspections found, what was there before."""

from __future__ import annotations

import re
from collections.abc import Mapping

from minerva.places import folded
from minerva.risk.cases import is_telling
from minerva.risk.establishments import Establishment
from minerva.risk.features.model import UNKNOWN, Feature, Function, counted, found
from minerva.risk.market import Market, is_closed, latest_hour
from minerva.risk.reading import Fact
from minerva.risk.status import CURRENT, ENDED, begins, by_authority, ends, standing_of
from minerva.risk.values import amount_of, date_text

_INSPECTED = ("inspection_result", "violation", "offense", "outcome")

_WINDOWS = (
    r"\b(?:cover(?:ed|ing)|black(?:ed)?[ -]?out|paint(?:ed)?|tint(?:ed)?)\b[^.;]{0,20}\bwindows?\b"
    r"|\bwindows?\b[^.;]{0,20}\b(?:covered|blacked|painted|tinted)\b"
)
_DOORS = r"\b(?:locked|buzzer|buzzed|rear (?:door|entrance)|padlock\w*|lock(?:s|ed)? (?:in|from outside))\b"
_LIVING = r"\b(?:living quarters|sleeping|mattress(?:es)?|bedding|reside[sd]?|live[sd]? (?:on|in|at))\b"
_CROWDED = r"\b(?:overcrowd\w*|too many (?:people|occupants)|exceed\w* occupancy|over occupancy)\b"


def license_gap(each: Establishment, market: Market, today: int) -> Feature:
    """1 where no license holds: all that are known ended, or none is known in a town whose register is known."""
    held = [fact for fact in each.anchors if fact.kind == "license"]
    if not held:
        if (each.sector, each.town, False) in market.registers:
            return found(1, (fact.record_id for fact in each.anchors), "no license stands in the town's register")
        return UNKNOWN
    standing = {fact.record_id: standing_of(fact, today) for fact in held}
    if CURRENT in standing.values():
        return found(0, [record_id for record_id, word in standing.items() if word == CURRENT])
    if set(standing.values()) != {ENDED}:
        return UNKNOWN
    days = [day for fact in held if (day := ends(fact, today)) is not None]
    return found(1, standing, f"the last license ended {date_text(max(days))}" if days else "its licenses ended")


def staff_short(each: Establishment, market: Market, today: int) -> Feature:
    """1 where fewer therapists are licensed at the place than the business says work there."""
    told = [(value, fact.record_id) for fact in each.state_facts for text in fact.values.get("employees", ())
            if (value := amount_of(text)) is not None]  # fmt: skip
    if not told or (each.sector, each.town, True) not in market.registers:
        return UNKNOWN
    employees, record_id = max(told)
    holding = [fact for fact in each.staff if standing_of(fact, today) != ENDED]
    people = {folded(fact.name) or fact.record_id for fact in holding}
    words = f"{employees:g} work there, {len(people)} licensed"
    return found(employees > len(people), [record_id, *(fact.record_id for fact in holding)], words)


def staff_elsewhere(each: Establishment, market: Market, today: int) -> Feature:
    """How many of its therapists are licensed at another place too."""
    if not each.staff:
        return UNKNOWN
    moving = [
        fact for fact in each.staff if fact.name and market.staff_places.get(folded(fact.name), set()) - {fact.place}
    ]
    return found(
        len(moving), (fact.record_id for fact in moving), f"{len(moving)} of {counted(len(each.staff), 'therapist')}"
    )


def hours_close(each: Establishment, market: Market, today: int) -> Feature:
    """The latest hour at which it says that it is open; 24 is midnight, 48 round the clock."""
    told = latest_hour(each)
    if told is None:
        return UNKNOWN
    hour, record_id = told
    return found(
        hour, [record_id], "round the clock" if hour >= 48 else f"until {int(hour) % 24}:{int(hour % 1 * 60):02d}"
    )


def _inspection(pattern: str) -> Function:
    words = re.compile(pattern, re.IGNORECASE)

    def feature(each: Establishment, market: Market, today: int) -> Feature:
        told: list[Fact] = [fact for fact in each.state_facts if any(name in fact.values for name in _INSPECTED)]
        if not told:
            return UNKNOWN
        hits = [(fact.record_id, match[0]) for fact in told for name in _INSPECTED for text in fact.values.get(name, ())
                if (match := words.search(text))]  # fmt: skip
        seen = ", ".join(dict.fromkeys(word.casefold() for _, word in hits))
        return found(bool(hits), (record_id for record_id, _ in hits or [(fact.record_id, "") for fact in told]), seen)

    return feature


def reopened(each: Establishment, market: Market, today: int) -> Feature:
    """1 where an authority closed such a business at its place or contact, and it began later under another name."""
    held = [fact for fact in each.anchors if begins(fact) is not None]
    known = [fact for fact in each.anchors if by_authority(fact) is not None]
    if not known and not each.before:
        return UNKNOWN
    for closed in known:
        end = ends(closed, today)
        if not by_authority(closed) or end is None:
            continue
        later = [fact for fact in held if (begins(fact) or 0) >= end and folded(fact.name) != folded(closed.name)]
        if later and closed.name and later[0].name:
            words = f"{closed.name} was closed {date_text(end)}"
            return found(1, [closed.record_id, later[0].record_id], words)
    for other in each.before:
        if is_closed(other) and other.name and folded(other.name) not in {folded(name) for name in each.names}:
            return found(1, [fact.record_id for fact in other.anchors if by_authority(fact)],
                         f"{other.name} was closed there before")  # fmt: skip
    return found(0, (fact.record_id for fact in known))


def let_again(each: Establishment, market: Market, today: int) -> Feature:
    """1 where a massage or recruiting business opened at the place after the authority had ended another there."""
    risky = [fact for fact in each.others if fact.kind == "license"]
    known = [fact for fact in risky if by_authority(fact) is not None]
    if not known:
        return UNKNOWN
    for closed in known:
        end = ends(closed, today) if by_authority(closed) else None
        later = [fact for fact in risky if end is not None and (begins(fact) or 0) >= end and fact is not closed]
        if later:
            return found(1, [closed.record_id, later[0].record_id], f"{closed.name} was closed there before")
    return found(0, (fact.record_id for fact in known))


def closed_goes_on(each: Establishment, market: Market, today: int) -> Feature:
    """1 where it ended and later records of it begin."""
    told = [(day, fact.record_id) for fact in each.anchors if (day := ends(fact, today)) is not None]
    starts = [(day, fact.record_id) for fact in each.state_facts if (day := begins(fact)) is not None]
    if not told:
        return UNKNOWN
    first = min(told)
    later = [record_id for day, record_id in starts if day > first[0] and record_id != first[1]]
    return found(bool(later), [first[1], *later], f"ended {date_text(first[0])}")


def court_records(each: Establishment, market: Market, today: int) -> Feature:
    """How many telling cases name it; unknown where none of its region is read."""
    cases = [fact.record_id for fact in each.others if is_telling(fact)]
    if not cases and each.town.partition("|")[2] not in market.court_regions:
        return UNKNOWN
    return found(len(cases), cases, counted(len(cases), "case"))


FEATURES: Mapping[str, Function] = {
    "license_gap": license_gap,
    "staff_short": staff_short,
    "staff_elsewhere": staff_elsewhere,
    "closing_hour": hours_close,
    "windows_covered": _inspection(_WINDOWS),
    "doors_locked": _inspection(_DOORS),
    "people_live_there": _inspection(_LIVING),
    "overcrowded": _inspection(_CROWDED),
    "reopened": reopened,
    "let_again": let_again,
    "closed_goes_on": closed_goes_on,
    "court_records": court_records,
}  # fmt: skip
