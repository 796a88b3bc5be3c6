"""How sure a join of places by name and address calls itself: no surer than joins that rested on as much were right in
open registers. The weights are learned from whole addresses; what one leaves out they do not show.
"""

from __future__ import annotations

from math import log2

from minerva.linking.model import LinkRecord
from minerva.linking.places.residents import UNKNOWN, postcode_level

WHOLE, NO_POSTCODE = "house, street and postcode", "house and street, no postcode"
NO_TOWN, NO_NUMBER = "house and street, no town", "no number, no postcode"
RIGHT = {WHOLE: 0.997, NO_POSTCODE: 0.995, NO_TOWN: 0.993, NO_NUMBER: 0.984}
"""What both of two addresses tell -> the share of joins that were right, by `python -m benchmarks.registers.stated`."""
_MOST = {told: log2(right / (1.0 - right)) for told, right in RIGHT.items()}


def told_by(a: LinkRecord, b: LinkRecord) -> str:
    """Returns what both of two addresses tell; a postcode in place of the number is as good as one."""
    one, other = a.parsed_address(), b.parsed_address()
    if postcode_level(one.postcode, other.postcode) != UNKNOWN:
        return WHOLE
    if one.key is None or other.key is None:
        return NO_NUMBER
    return NO_POSTCODE if a.city and b.city else NO_TOWN


def most_stated(a: LinkRecord, b: LinkRecord) -> float:
    """Returns the bits that a join of two places by their names and addresses alone states at most."""
    return _MOST[told_by(a, b)]
