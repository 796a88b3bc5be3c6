"""Features of the many records: advertisements, reviews, offers; prices and pay against the market."""

from __future__ import annotations

from collections.abc import Mapping

from minerva.risk.establishments import Establishment
from minerva.risk.features.model import UNKNOWN, Feature, Function, counted, found
from minerva.risk.market import Market, lowest_price
from minerva.risk.values import amount_of


def _count(kind: str, flag: str, word: str) -> Function:
    """How many records of a kind say yes to a flag; unknown where none says yes or no."""

    def feature(each: Establishment, market: Market, today: int) -> Feature:
        tally = each.tally(kind)
        if tally is None or not tally.known.get(flag):
            return UNKNOWN
        hits = tally.hits.get(flag, 0)
        return found(hits, tally.named.get(flag, ()), f"{hits} of {counted(tally.records, word)}")

    return feature


def share_of(kind: str, flag: str, word: str, least: int = 1) -> Function:
    """The share of ALL records of a kind that say yes; unknown where none says yes or no, or there are too few."""

    def feature(each: Establishment, market: Market, today: int) -> Feature:
        tally = each.tally(kind)
        if tally is None or not tally.known.get(flag) or tally.records < least:
            return UNKNOWN
        hits = tally.hits.get(flag, 0)
        return found(hits / tally.records, tally.named.get(flag, ()), f"{hits} of {counted(tally.records, word)}")

    return feature


def commercial_ads(each: Establishment, market: Market, today: int) -> Feature:
    """Advertisements in sections for commercial sex of its entity or place; 0 only where such are read at all."""
    tally = each.tally("ad")
    hits = tally.hits.get("adult", 0) if tally is not None else 0
    if not market.has_adult_ads or (not hits and not each.contacts and not each.place):
        return UNKNOWN
    return found(hits, tally.named.get("adult", ()) if tally is not None else (), counted(hits, "advertisement"))


def price_ratio(each: Establishment, market: Market, today: int) -> Feature:
    """Its lowest price as a share of the median lowest price of the town's businesses of the trade."""
    told, usual = lowest_price(each), market.price(each.sector, each.town)
    if told is None or usual is None:
        return UNKNOWN
    price, record_id = told
    return found(price / usual, [record_id], f"{price:g} where {usual:g} is usual")


def pay_ratio(each: Establishment, market: Market, today: int) -> Feature:
    """Its highest pay as a multiple of the median of the occupation."""
    tally = each.tally("offer")
    if tally is None or tally.highest is None:
        return UNKNOWN
    usual = market.wage(tally.occupation)
    if usual is None:
        return UNKNOWN
    return found(tally.highest[0] / usual, [tally.highest[1]], f"{tally.highest[0]:g} where {usual:g} is usual")


def positions_ratio(each: Establishment, market: Market, today: int) -> Feature:
    """Workers wanted at once for each worker that every company record of it tells."""
    tally = each.tally("offer")
    firms = [fact for fact in each.others if fact.kind == "company"]
    told = [amount_of(fact.first("employees")) for fact in firms]
    if tally is None or tally.positions is None or not told or None in told:
        return UNKNOWN
    employees = max(value for value in told if value is not None)
    wanted, record_id = tally.positions
    ids = [record_id, *(fact.record_id for fact in firms)]
    return found(wanted / employees, ids, f"{wanted:g} wanted, {employees:g} employed")


def _copied(kind: str) -> Function:
    """Under how many names one of its texts stands."""

    def feature(each: Establishment, market: Market, today: int) -> Feature:
        tally = each.tally(kind)
        if tally is None or not tally.texts:
            return UNKNOWN
        key, record_id = max(tally.texts.items(), key=lambda item: (len(market.texts.get(item[0], ())), item[1]))
        holders = len(market.texts.get(key, ()))
        ids = [record_id, *market.texts.get(key, {}).values()]
        return found(holders, ids, f"one text under {counted(holders, 'name')}")

    return feature


def phones_of_picture(each: Establishment, market: Market, today: int) -> Feature:
    tally = each.tally("ad")
    if tally is None or not tally.pictures:
        return UNKNOWN
    picture, record_id = max(tally.pictures.items(), key=lambda item: (len(market.pictures.get(item[0], ())), item[1]))
    phones = len(market.pictures.get(picture, ()))
    ids = [record_id, *market.pictures.get(picture, {}).values()]
    return found(phones, ids, f"one picture under {counted(phones, 'phone')}")


def names_of_phone(each: Establishment, market: Market, today: int) -> Feature:
    """The most names and towns under which one of its phones advertises."""
    tally = each.tally("ad")
    phones = [each for each in tally.contacts if each.startswith("phone:")] if tally is not None else []
    if tally is None or not phones:
        return UNKNOWN
    most = max(phones, key=lambda phone: (len(market.contact_names.get(phone, ())), phone))
    names = market.contact_names.get(most, {})
    behind = names if len(names) >= len(tally.towns) else tally.seen_in
    count = max(len(names), len(tally.towns))
    words = f"one phone, {counted(count, 'name or town', 'names or towns')}"
    return found(count, [tally.contacts[most], *behind.values()], words)


def lock_step(each: Establishment, market: Market, today: int) -> Feature:
    """In how many towns it advertised on one day at most."""
    tally = each.tally("ad")
    if tally is None or not tally.days:
        return UNKNOWN
    towns = max(tally.days.values(), key=len)
    return found(len(towns), towns.values(), f"{counted(len(towns), 'town')} on one day")


def ads_at_address(each: Establishment, market: Market, today: int) -> Feature:
    if not each.place or not market.kinds & {"ad", "offer"}:
        return UNKNOWN
    held = market.ads_at.get(each.place, {})
    return found(len(held), held, counted(len(held), "advertisement or offer", "advertisements or offers"))


FEATURES: Mapping[str, Function] = {
    "commercial_ads": commercial_ads,
    "review_hits": _count("review", "review_wording", "review"),
    "trust_ads": _count("ad", "trust_wording", "advertisement"),
    "obscured_share": share_of("ad", "obscured", "advertisement"),
    "fee_offers": _count("offer", "fee", "offer"),
    "paper_offers": _count("offer", "papers", "offer"),
    "tied_offers": _count("offer", "tied", "offer"),
    "case_missing": _count("offer", "case_missing", "offer"),
    "price_ratio": price_ratio,
    "pay_ratio": pay_ratio,
    "positions_ratio": positions_ratio,
    "copied_ads": _copied("ad"),
    "copied_offers": _copied("offer"),
    "phones_of_picture": phones_of_picture,
    "names_of_phone": names_of_phone,
    "lock_step": lock_step,
    "ads_at_address": ads_at_address,
}
