"""Compares two addresses part by part. A level and a plain sentence come back, never a bare number."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from minerva.addresses.parse import Address
from minerva.addresses.postcodes import is_of_street

STREET_MISSPELLED = "same house number and postcode, street spelled otherwise"
OTHER_STREET = "same house number and postcode, other street name"
"""Two houses of one postcode, unless the street has two names: it takes an equal name or a contact to tell."""
ONE_DIGIT = "same street, house numbers one digit apart"
"""A slip, or two houses: likewise."""
OTHER_DISTRICT = "another postal district of the city"
ALIKE_STREETS = 0.7
"""Likeness of two names of streets from which one may be the other with errors, where house number and postcode are
equal."""


@dataclass(frozen=True)
class AddressComparison:
    """level: same, close (same house, street spelt differently), near (same street, neighboring house or one digit
    apart; or same house number and postcode on a street of another name), street (same street only), different, unknown
    (one side does not say)."""

    level: str
    why: str


def compare_addresses(a: Address, b: Address, *, other_area: bool = False) -> AddressComparison:
    """Returns how far two addresses agree. House number and street decide; direction and postcode can refute, the
    postcode not where `other_area` says that it is compared elsewhere."""
    if a.district and b.district and a.district != b.district and a.district.split()[:-1] == b.district.split()[:-1]:
        return AddressComparison("different", OTHER_DISTRICT)
    if a.number is None or b.number is None or not a.street or not b.street:
        if a.unit and a.unit == b.unit and a.postcode == b.postcode:
            return AddressComparison("close", f"same {a.unit}")
        return AddressComparison("unknown", "an address is missing or has no house number")
    same_number = _same_number(a, b)
    same_street, spelled = _same_street(a, b)
    if same_street and a.direction and b.direction and a.direction != b.direction:
        return AddressComparison("different", "same street name in another direction")
    if same_number and same_street:
        if not other_area and a.postcode and b.postcode and a.postcode[:3] != b.postcode[:3]:
            return AddressComparison("different", "same house and street in another postal area")
        return AddressComparison("same" if spelled else "close", _one_house(a, b))
    if same_street and a.street_type and b.street_type and a.street_type != b.street_type:
        return AddressComparison("different", "streets of one name and two types")
    if same_street:
        if abs(a.number - b.number) <= 12:
            return AddressComparison("near", "same street, neighboring house numbers")
        if Levenshtein.distance(str(a.number), str(b.number)) == 1:
            return AddressComparison("near", ONE_DIGIT)
        return AddressComparison("street", "same street, other house number")
    if same_number and a.postcode and a.postcode == b.postcode:
        one = is_of_street(a.postcode) or _misspelled(a, b)
        return AddressComparison("near", STREET_MISSPELLED if one else OTHER_STREET)
    return AddressComparison("different", "other street")


def _one_house(a: Address, b: Address) -> str:
    """What two say who name one house of one street, and what only one of them says."""
    one, other = (_number_told(each) for each in (a, b))
    told = f"same house number {one} and street" if one == other else f"house numbers {one} and {other} of one street"
    return f"{told}, only one names a door" if bool(a.door) != bool(b.door) else told


def _number_told(address: Address) -> str:
    """A house number as written: one that falls, as 73-04 in Queens, names a block and a house and has two digits."""
    first, last = address.number or 0, address.number_end
    if not last:
        return str(first)
    return f"{first}-{last:02d}" if last < first else f"{first}-{last}"


def _misspelled(a: Address, b: Address) -> bool:
    """True where the street of one may be that of the other with errors."""
    one, other = " ".join(a.shortened), " ".join(b.shortened)
    if any(sign.isdigit() for sign in one + other):
        return False
    return bool(Levenshtein.normalized_similarity(one, other) >= ALIKE_STREETS)


def _same_number(a: Address, b: Address) -> bool:
    if a.number == b.number:
        return True
    return _in_range(a, b) or _in_range(b, a)


def _in_range(a: Address, b: Address) -> bool:
    """True when b's house number lies in a's range."""
    if a.number is None or a.number_end is None or b.number is None:
        return False
    return a.number <= b.number <= a.number_end


def _same_street(a: Address, b: Address) -> tuple[bool, bool]:
    """Returns (same, spelled alike). Blanks are ignored; a typing error is allowed in words, never in numbers."""
    left, right = a.shortened, b.shortened
    if left == right:
        return True, True
    joined_left, joined_right = "".join(left), "".join(right)
    if joined_left == joined_right:
        return True, True
    shorter, longer = sorted((left, right), key=len)
    if len(shorter) < len(longer) and longer[: len(shorter)] == shorter and any(len(w) > 2 for w in shorter):
        return True, False
    if len(shorter) < len(longer) and set(shorter) <= set(longer) and max(len(w) for w in shorter) > 3:
        return True, False
    if any(c.isdigit() for c in joined_left + joined_right):
        return False, False
    allowed = 1 if min(len(joined_left), len(joined_right)) < 8 else 2
    if abs(len(joined_left) - len(joined_right)) > allowed or len({*joined_left} ^ {*joined_right}) > 2 * allowed:
        return False, False  # an error changes a letter for another at most
    close = Levenshtein.distance(joined_left, joined_right, score_cutoff=allowed) <= allowed
    return close and min(len(joined_left), len(joined_right)) >= 4, False
