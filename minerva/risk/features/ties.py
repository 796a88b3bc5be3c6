"""Features of ties: owners, officers, shared contacts, lists, who else is at the address."""

from __future__ import annotations

from collections.abc import Mapping

from minerva.places import folded
from minerva.risk.establishments import Establishment
from minerva.risk.features.model import UNKNOWN, Feature, Function, counted, found
from minerva.risk.market import Market
from minerva.risk.values import day_of


def owner_closed_before(each: Establishment, market: Market, today: int) -> Feature:
    """1 where an owner or officer stands behind another business of the sector that an authority closed."""
    if not each.owners:
        return UNKNOWN
    closed = {
        id(other): other
        for owner in sorted(each.owners)
        for other in market.owners.get((each.sector, owner), ())
        if other is not each and id(other) in market.closed
    }
    ids = [fact.record_id for other in closed.values() for fact in other.anchors]
    return found(bool(closed), ids, ", ".join(sorted(other.name for other in closed.values())))


def owner_premises(each: Establishment, market: Market, today: int) -> Feature:
    """How many massage businesses share its owner, phone or mail."""
    if not each.owners and not each.contacts:
        return UNKNOWN
    keys = [("massage", value) for value in sorted((*each.owners, *each.contacts))]
    held = {id(other): other for key in keys for other in (*market.owners.get(key, ()), *market.contacts.get(key, ()))}
    others = [other for other in held.values() if other is not each]
    ids = [other.anchors[0].record_id for other in others if other.anchors]
    return found(len(others), ids, ", ".join(sorted({other.name for other in others})[:5]))


def shared_contact(each: Establishment, market: Market, today: int) -> Feature:
    """Under how many names its most shared phone or mail stands in offers and advertisements."""
    if not each.contacts:
        return UNKNOWN
    most = max(sorted(each.contacts), key=lambda contact: len(market.contact_names.get(contact, ())))
    held = market.contact_names.get(most, {})
    names = len(held)
    offers = each.tally("offer")
    ids = [offers.contacts[most]] if offers is not None and most in offers.contacts else []
    return found(names, [*ids, *held.values()], f"one contact under {counted(names, 'name')}")


def debarred(each: Establishment, market: Market, today: int) -> Feature:
    """1 where a list of sanctions or debarments, or a wage case, names it."""
    listed = [fact for fact in each.others if fact.kind in ("sanction", "filing")]
    named = [market.sanctioned[folded(name)] for name in each.names if folded(name) in market.sanctioned]
    if not market.kinds & {"sanction", "filing"}:
        return UNKNOWN
    return found(bool(listed or named), [*(fact.record_id for fact in listed), *named])


def officer_debarred(each: Establishment, market: Market, today: int) -> Feature:
    """1 where an owner or officer bears the name of a debarred one, or shares an owner with a debarred business."""
    if not each.owners or "sanction" not in market.kinds:
        return UNKNOWN
    named = [market.sanctioned[owner] for owner in sorted(each.owners) if owner in market.sanctioned]
    for owner in sorted(each.owners):
        for other in market.owners.get((each.sector, owner), ()):
            if other is not each:
                named += [fact.record_id for fact in other.others if fact.kind == "sanction"]
    return found(bool(named), named)


def company_months(each: Establishment, market: Market, today: int) -> Feature:
    """Months from the foundation of its oldest company to its first offer; unknown unless every company tells it."""
    firms = [fact for fact in each.others if fact.kind == "company"]
    days = [day_of(fact.first("incorporated")) if "incorporated" in fact.values else None for fact in firms]
    offers = each.tally("offer")
    if not days or None in days or offers is None or not offers.first_day:
        return UNKNOWN
    founded = min(day for day in days if day is not None)
    months = max(0, offers.first_day - founded) / 30.4
    return found(months, (fact.record_id for fact in firms), f"{counted(round(months), 'month')} old")


def licensed_at_address(each: Establishment, market: Market, today: int) -> Feature:
    if not each.place or "license" not in market.kinds:
        return UNKNOWN
    held = market.names_at.get(each.place, {})
    return found(len(held), held.values(), counted(len(held), "license holder"))


def risky_at_address(each: Establishment, market: Market, today: int) -> Feature:
    if not each.place or "license" not in market.kinds:
        return UNKNOWN
    held = market.risky_at.get(each.place, {})
    return found(
        len(held),
        held.values(),
        counted(len(held), "massage or recruiting business", "massage or recruiting businesses"),
    )


FEATURES: Mapping[str, Function] = {
    "owner_closed_before": owner_closed_before,
    "owner_premises": owner_premises,
    "shared_contact": shared_contact,
    "debarred": debarred,
    "officer_debarred": officer_debarred,
    "company_months": company_months,
    "licensed_at_address": licensed_at_address,
    "risky_at_address": risky_at_address,
}
