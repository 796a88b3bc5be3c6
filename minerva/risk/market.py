"""What an institution's records say as a whole, against which one business is looked at: which registers cover a town,
its prices, who else bears a phone, an owner, a text or a picture."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from statistics import median
from typing import TypeVar, Union

from minerva.places import folded
from minerva.risk.cases import is_telling
from minerva.risk.establishments import Establishment, Records, is_of
from minerva.risk.sectors import Sector
from minerva.risk.status import by_authority
from minerva.risk.values import closing_hour

Key = TypeVar("Key", str, bytes)
Under = Mapping[Union[bytes, str], Mapping[str, str]]
LEAST_PRICES = 5
"""Businesses with a price without which a town has no market price."""
MOST_HELD = 50
_CLOSED_KINDS = ("license", "establishment", "school")


class Market:
    """Made once for all establishments of a run."""

    def __init__(self, records: Records, made: Sequence[Establishment], sectors: Iterable[Sector]) -> None:
        self.kinds = frozenset([*(fact.kind for fact in records.states), *(kind for kind, *_ in records.tallies)])
        self.has_adult_ads = any(tally.hits.get("adult") for tally in records.tallies.values())
        self.registers: set[tuple[str, str, bool]] = set()
        """(sector, town, of staff) of which licenses are known."""
        self.court_regions: set[str] = set()
        """Regions of which cases that tell something are read."""
        self.sanctioned: dict[str, str] = {}
        self.names_at: dict[str, dict[str, str]] = {}
        self.risky_at: dict[str, dict[str, str]] = {}
        self.ads_at: dict[str, dict[str, str]] = {}
        self.staff_places: dict[str, set[str]] = {}
        self.texts: dict[bytes, dict[str, str]] = {}
        """Text -> name that it stands under -> one record of it; so are pictures by phone and contacts by name."""
        self.pictures: dict[str, dict[str, str]] = {}
        self.contact_names: dict[str, dict[str, str]] = {}
        self._states(records, list(sectors))
        self._many(records)
        self.owners: dict[tuple[str, str], list[Establishment]] = {}
        self.contacts: dict[tuple[str, str], list[Establishment]] = {}
        self._prices: dict[tuple[str, str], list[float]] = {}
        self._hours: dict[tuple[str, str], list[float]] = {}
        self._wages: dict[str, list[float]] = {}
        for each in made:
            for owner in each.owners:
                self.owners.setdefault((each.sector, owner), []).append(each)
            for contact in each.contacts:
                self.contacts.setdefault((each.sector, contact), []).append(each)
            hour = latest_hour(each)
            if hour is not None and each.town:
                self._hours.setdefault((each.sector, each.town), []).append(hour[0])
            lowest = lowest_price(each)
            if lowest is not None and each.town:
                self._prices.setdefault((each.sector, each.town), []).append(lowest[0])
            offers = each.tally("offer")
            if each.sector == "recruiter" and offers is not None and offers.highest is not None:
                self._wages.setdefault(offers.occupation, []).append(offers.highest[0])
        self.closed = {id(each) for each in made if is_closed(each)}

    def price(self, sector: str, town: str) -> float | None:
        """The median of the lowest prices of a town's businesses; None where too few are known."""
        held = self._prices.get((sector, town), ())
        return median(held) if len(held) >= LEAST_PRICES else None

    def closes(self, sector: str, town: str) -> float | None:
        """The median hour until which a town's businesses are open; None where too few say."""
        held = self._hours.get((sector, town), ())
        return median(held) if len(held) >= LEAST_PRICES else None

    def wage(self, occupation: str) -> float | None:
        held = self._wages.get(occupation, ())
        return median(held) if occupation and len(held) >= LEAST_PRICES else None

    def _states(self, records: Records, sectors: Sequence[Sector]) -> None:
        for fact in records.states:
            if fact.kind == "license":
                for sector in sectors:
                    staff = is_of(fact, sector.staff)
                    if fact.town and (staff or is_of(fact, sector.anchors)):
                        self.registers.add((sector.id, fact.town, staff))
                        if staff and fact.name and fact.place:
                            self.staff_places.setdefault(folded(fact.name), set()).add(fact.place)
                        elif not staff and fact.place and fact.name and sector.id in ("massage", "recruiter"):
                            self.risky_at.setdefault(fact.place, {})[folded(fact.name)] = fact.record_id
                if fact.place and fact.name:
                    self.names_at.setdefault(fact.place, {})[folded(fact.name)] = fact.record_id
            elif is_telling(fact):
                self.court_regions.add(folded(fact.region))
            elif fact.kind == "sanction":
                for name in (fact.name, *fact.values.get("alias", ())):
                    if name:
                        self.sanctioned[folded(name)] = fact.record_id

    def _many(self, records: Records) -> None:
        for (kind, entity_id, place, name), tally in records.tallies.items():
            if kind not in ("ad", "offer"):
                continue
            holders = tally.names or ({name: ""} if name else {})
            for key, record_id in tally.texts.items():
                _hold(self.texts, key, holders or [entity_id], record_id, tally.under)
            for picture, record_id in tally.pictures.items():
                phones = [each for each in tally.contacts if each.startswith("phone:")]
                _hold(self.pictures, picture, phones, record_id, tally.under)
            for contact, record_id in tally.contacts.items():
                _hold(self.contact_names, contact, holders, record_id, tally.under)
            if place and (kind == "offer" or tally.hits.get("adult")):
                named = tally.named.get("adult") or list(tally.contacts.values())[:1]
                self.ads_at.setdefault(place, {}).update({record_id: record_id for record_id in named})


def _hold(index: dict[Key, dict[str, str]], key: Key, values: Iterable[str], record_id: str, under: Under) -> None:
    held = index.setdefault(key, {})
    named = under.get(key, {})
    for value in values:
        if len(held) < MOST_HELD:
            held.setdefault(value, named.get(value, record_id))


def lowest_price(each: Establishment) -> tuple[float, str] | None:
    told = [tally.lowest for tally in each.tallies.values() if tally.lowest is not None]
    return min(told) if told else None


def latest_hour(each: Establishment) -> tuple[float, str] | None:
    """The latest hour at which it says that it is open, and the record that says so; 24 is midnight, 48 round the
    clock."""
    told = [(hour, fact.record_id) for fact in each.state_facts for text in fact.values.get("hours", ())
            if (hour := closing_hour(text)) is not None]  # fmt: skip
    ads = each.tally("ad")
    if ads is not None and ads.closes is not None:
        told.append(ads.closes)
    return max(told) if told else None


def against_market(each: Establishment, market: Market) -> list[dict[str, str | float]]:
    """{"what", "own", "usual"} of price, closing hour and pay where both are known: usual is the median of the town's
    businesses of the trade, of pay that of the occupation. For people to read: no score rests on it alone."""
    price, hour, offers = lowest_price(each), latest_hour(each), each.tally("offer")
    pay = offers.highest if offers is not None else None
    told = (
        ("price", price, market.price(each.sector, each.town)),
        ("closing hour", hour, market.closes(each.sector, each.town)),
        ("pay", pay, market.wage(offers.occupation) if offers is not None and each.sector == "recruiter" else None),
    )
    return [{"what": what, "own": own[0], "usual": round(usual, 2)} for what, own, usual in told
            if own is not None and usual is not None]  # fmt: skip


def is_closed(each: Establishment) -> bool:
    """Whether an authority ended one of its licenses."""
    return any(by_authority(fact) for fact in each.anchors if fact.kind in _CLOSED_KINDS)
