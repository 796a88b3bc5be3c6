"""What two organizations that are not one are to each other, as names, places and contacts tell: others of one site,
perhaps branches of one firm, two that hold one contact; and which building many share.
"""

from __future__ import annotations

from minerva.linking.model import SPAN, LinkRecord
from minerva.linking.places.bearers import names_organization
from minerva.linking.places.commonness import HOUSE, Commonness, building_key
from minerva.linking.places.named import NameEvidence
from minerva.linking.places.organizations import (
    CROWDED_STEP,
    ELSEWHERE,
    TELLING,
    PlaceEvidence,
    Worth,
    one_street,
)
from minerva.linking.places.residents import OTHER, SAME, city_level, postcode_level
from minerva.linking.relations import NAMESAKE, ONE_CONTACT, PREDECESSOR, SAME_NAME, SAME_SITE, SUCCESSOR
from minerva.names.compare import words_of
from minerva.names.tables import TRADES
from minerva.records.spans import Stay, read_span, succession, told

TELLING_NAME = 4.0
"""Bits of a whole name from which two of its places may be branches of one firm."""
OF_A_FIRM, FEW_NAMES = 2, 1
"""Words of a name that only one firm would have together, and doublings of the names that hold each: up to three."""
FEW_NUMBERED = 2
"""Doublings where names are told apart by numbers, since each of them counts: up to seven."""
ONE_SITE = frozenset({SAME_SITE, PREDECESSOR, SUCCESSOR})
_DOUBTS = {
    SAME_NAME: "possibly a branch, a move or chance; a name alone is no proof of one firm",
    ONE_CONTACT: "possibly one office for both, one operator with two names, or a contact passed on",
}
_NUMBERED = "possibly two outlets; a name alone is no proof of one firm"


def elsewhere_told(a: LinkRecord, b: LinkRecord) -> tuple[str, str]:
    """Returns in words how the number and street name of both are found in two towns, and what may be wrong."""
    one, other = a.parsed_address(), b.parsed_address()
    towns, postcodes = city_level(a.city, b.city), postcode_level(one.postcode, other.postcode)
    differ = [what for what, level in (("town", towns), ("postcode", postcodes)) if level == OTHER]
    if not differ and one.postcode and other.postcode and one.postcode != other.postcode:
        differ = ["postcode"]
    where = "towns" if "town" in differ else "postcodes" if differ else "places"
    wrong = f"{' and '.join(differ or ['place'])} {'both ' if len(differ) > 1 else ''}wrong"
    return f"equal house number {one.number} and street name in different {where}", wrong


def doubt_told(a: LinkRecord, b: LinkRecord, relation: str, name: NameEvidence) -> str:
    """Returns what a relation may come from, where it is no more than a guess; else ""."""
    if relation == NAMESAKE:
        return f"possibly unrelated, or {elsewhere_told(a, b)[1]}"
    return _NUMBERED if relation == SAME_NAME and name.is_numbered else _DOUBTS.get(relation, "")


def relation_of(
    a: LinkRecord, b: LinkRecord, name: NameEvidence, place: PlaceEvidence, contact: str, common: Commonness
) -> str:
    """Returns what two that are not one are to each other: others at one site that few names share, two of one name
    that may be branches, one name and street in another town, or two that hold one contact; else "". A saint's or a
    street's name alone makes no firm: it takes two words that few other names hold, one where both tell house and
    street in one town, or a contact of both. contact: what both hold and few others do, or ""."""
    if place.house:
        held = max(common.step(HOUSE, building_key(each)) for each in (a, b))
        if held < CROWDED_STEP and one_street(a.parsed_address(), b.parsed_address()):
            return (place.same and _in_turn(a, b)) or SAME_SITE
    of_firm = "" if place.same else _of_firm(a, b, name, place, contact, common)
    return of_firm or (ONE_CONTACT if contact else "")


def _of_firm(
    a: LinkRecord, b: LinkRecord, name: NameEvidence, place: PlaceEvidence, contact: str, common: Commonness
) -> str:
    """Returns SAME_NAME, NAMESAKE or "" of two that are not at one door."""
    elsewhere = place.level < ELSEWHERE and are_whole(a, b)
    at_hand = place.house or (elsewhere and city_level(a.city, b.city) == SAME)
    if name.equal and name.bits >= TELLING_NAME and (elsewhere or place.house or place.bits <= 0.0):
        telling = len(firm_words(a, common))
        if telling and place.level == OTHER and a.parsed_address().key == b.parsed_address().key is not None:
            return NAMESAKE
        if contact or telling >= (OF_A_FIRM - 1 if at_hand else OF_A_FIRM):
            return SAME_NAME
    if name.is_numbered:
        beside = at_hand or (are_whole(a, b) and city_level(a.city, b.city) == SAME)
        if contact or len(firm_words(a, common, FEW_NUMBERED)) >= (OF_A_FIRM - 1 if beside else OF_A_FIRM):
            return SAME_NAME
    return ""


def are_whole(a: LinkRecord, b: LinkRecord) -> bool:
    """True for two records that both tell house and street."""
    return a.parsed_address().key is not None and b.parsed_address().key is not None


def _in_turn(a: LinkRecord, b: LinkRecord) -> str:
    """Returns PREDECESSOR where the first surely ended before the second of its kind began, SUCCESSOR the other way
    round, else ""."""
    if a.record_type != b.record_type:
        return ""
    return {-1: PREDECESSOR, 1: SUCCESSOR}.get(succession(_stay(a), _stay(b)), "")


def turn_told(a: LinkRecord, b: LinkRecord, relation: str) -> str:
    """Returns the dates that show which of two came first, "" where the relation is another."""
    if relation not in (PREDECESSOR, SUCCESSOR):
        return ""
    one, other = _stay(a), _stay(b)
    return told(one, other) if relation == PREDECESSOR else told(other, one)


def _stay(record: LinkRecord) -> Stay:
    return read_span(next((value[len(SPAN) :] for value in record.identifiers if value.startswith(SPAN)), ""))


def firm_words(record: LinkRecord, common: Commonness, few: int = FEW_NAMES) -> list[str]:
    """Returns the words of a name that hardly any other name holds, beside its trade. few: doublings of those."""
    worth = Worth(common, record)
    return [word for word in words_of(record.name)[0]
            if word not in TRADES and worth(word) >= TELLING and worth.step(word) <= few]  # fmt: skip


def shared_building(record: LinkRecord, common: Commonness) -> int:
    """Returns how many names are found at least in the house of a record, whatever their doors, where they are many;
    else 0."""
    step = common.step(HOUSE, building_key(record)) if record.address and names_organization(record) else 0
    return 1 << step if step >= CROWDED_STEP else 0
