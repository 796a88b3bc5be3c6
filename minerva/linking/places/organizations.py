"""What two organizations' names and places say of one holder, in bits: what is rare among the records says most.

A word, a name, an address and a postcode weigh less with each doubling of those that hold it (commonness.py). What one
register lists under two names that differ by a word is two: a register lists a thing once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from minerva.addresses import Address, AddressComparison
from minerva.addresses.compare import ONE_DIGIT, OTHER_STREET
from minerva.addresses.postcodes import is_of_street
from minerva.addresses.tables import STREET_TYPES
from minerva.linking.model import LinkRecord
from minerva.linking.places.bearers import ORGANIZATION_TYPES, UNTOLD_TYPES
from minerva.linking.places.commonness import (
    ADDRESS,
    NAME,
    POSTCODE,
    STEPS,
    WORD,
    Commonness,
    name_key,
    place_key,
    step_of,
)
from minerva.linking.places.frequencies import known_words
from minerva.linking.places.named import NameEvidence, letters, one_text
from minerva.linking.places.residents import OTHER, SAME, UNKNOWN, city_level, postcode_level
from minerva.linking.places.spots import LEVELS
from minerva.linking.places.stated import CROWDED, NEITHER_NUMBER, ONE_NUMBER, OTHER_LINES
from minerva.linking.weights import bits
from minerva.names.compare import SMALL, Paired, pair_words
from minerva.names.romanize import latin_words
from minerva.names.tables import DIRECTIONS, GENERIC, SCOPES, TRADES

ELSEWHERE = 0.55
"""Of two addresses that agree, while postcode, city, the street's name or the door within the house do not."""
COMMON = (1.0, 1.0, 1.0, 1.0, 0.7, 0.4, 0.15, 0.03)
"""What a word is worth by the doublings of the names that hold it: what MOST of them hold says nothing."""
GENERIC_WORTH, INITIAL_WORTH = 0.25, 0.2
"""Of a word that many organizations have wherever one looks, and of a letter: few records show no more."""
TELLING = 0.4
"""Worth from which a word tells whose name it is."""
PLACED_WORTH = 0.25
"""Of a word that stands in the street or the building of one of the two: it tells the place, not whose it is."""
CLASH = 2.0
CONTAINED = 0.9
BY_INITIALS, NUMBERED = 0.75, 0.5
LEAST_SHARED, TWO_TELL = 1.5, 4.0
"""Worth of the words that both names hold from which they say so many bits, whatever else each name says."""
LEAST_WHOLE = 2
"""Words of a whole name that says who it is though each of them is common."""
UNEQUAL = 1.0
"""Bits that names which are not equal stay behind equal ones: what is equal joins first."""
FREE = 2
"""Doublings of the names at one house that say nothing: one place stands under several names in several registers."""
REGISTERS = ORGANIZATION_TYPES | UNTOLD_TYPES
"""Record types of registers, which list a thing once."""
CROWDED_STEP = 3
"""Doublings of the names at an address from which it is a building that many share: eight."""
OF_BOTH = 1
"""Doublings of the places of a name that two records alone may be."""
LEAST_EQUAL = 1.0
"""Bits of one name at one place."""

OF_STREET = ("strasse", "straat")
"""Ends of a street's name, where it is written as one word."""
ALIASES = frozenset({OTHER_STREET, ONE_DIGIT})
"""What two addresses differ in that one place may be written with, and that two places differ in as well."""


class PlaceEvidence(NamedTuple):
    """bits: what two addresses and postcodes say of one place; level: of PLACE_LEVELS; same: True for one place as far
    as is told; why: in words; house: True for one place, and for one house at another door."""

    bits: float
    level: float
    same: bool
    why: str
    house: bool


def name_evidence(a: LinkRecord, b: LinkRecord, common: Commonness) -> NameEvidence:
    """Returns what the names of two records say, as organizations'."""
    paired, names = pair_words(a.name, b.name), (a.name, b.name)
    equal = bool(paired.shared) and not paired.left and not paired.right
    equal = equal and all(alike == 1.0 for _, _, alike in paired.shared)
    left, right = _unexplained(paired, a, b)
    worth = Worth(common, a, b)
    placed = set() if equal or not paired.shared else _streets(a, b)
    shared = [(min(worth(one), worth(other), PLACED_WORTH if one in placed or other in placed else 1.0) * alike, one)
              for one, other, alike in paired.shared]  # fmt: skip
    covered = sum(weight for weight, _ in shared)
    told = tuple(sorted(word for weight, word in shared if weight >= TELLING))
    if equal:
        name = name_key(a.name)
        weight = max(0.0, bits("place_name", NUMBERED if paired.numbers else 1.0) - common.step(NAME, name))
        shown = told or tuple(sorted(word for _, word in shared))
        placed_words = tuple(word for word in shown if _in_street(word, a) and _in_street(word, b))
        common_name = common.step(NAME, name) > OF_BOTH or not any(worth(word) >= 1.0 for word in told)
        return NameEvidence(1.0, weight, shown, paired.numbers, not paired.numbers, ((), ()), names,
                            placed=placed_words, common=common_name)  # fmt: skip
    if paired.whole:
        weight = bits("place_name", BY_INITIALS)
        return NameEvidence(BY_INITIALS, weight, told, paired.numbers, False, (left, right), names,
                            one_text=one_text(*names))  # fmt: skip
    seen = Worth(common)
    score = _score(paired, covered, left, right, seen)
    if paired.numbers:
        score *= NUMBERED
    weight = bits("place_name", score)
    if weight > 0:
        weight = min(weight, bits("place_name", 1.0) - UNEQUAL) * min(1.0, covered)
        if len(told) < LEAST_WHOLE and _clashing(left, right, seen):
            weight = 0.0  # one word in common, and each says who else it is
        if left and right and placed.issuperset(word for _, word in shared):
            weight = 0.0  # what they have in common is where they are
    if told and max(covered, len(told) - 0.5) >= LEAST_SHARED and not paired.numbers:
        weight = max(weight, TWO_TELL)
    whole = len(paired.shared) >= LEAST_WHOLE and not placed.issuperset(word for _, word in shared)
    if whole and not (left and right) and not paired.numbers:
        shorter = a.name if not paired.left else b.name if not paired.right else ""
        if shorter:  # the whole of a name within the other
            weight = max(weight, bits("place_name", BY_INITIALS) - common.step(NAME, name_key(shorter)))
    rivals = len(told) < LEAST_WHOLE and _says_who(left, seen) and _says_who(right, seen)
    written = tuple((one, other) for one, other, alike in paired.shared if alike < 1.0)
    whole_text = one_text(*names) if written and letters(a.name) == letters(b.name) else ""
    usual = tuple(dict.fromkeys(word for _, word in shared if word not in told and word not in SMALL))
    return NameEvidence(score, weight, told, paired.numbers, False, (left, right), names, rivals, written, whole_text,
                        usual=usual)  # fmt: skip


def _says_who(words: Sequence[str], worth: Worth) -> bool:
    """True where words tell whose name it is: a trade tells what they do."""
    return any(word not in TRADES and worth(word) >= TELLING for word in words)


class Worth:
    """What words are worth in the names of some records: as the records in hand show it, or as registers of their
    country and kind do, whichever shows the word more common."""

    def __init__(self, common: Commonness, *records: LinkRecord) -> None:
        self._common = common
        self._elsewhere = known_words(*records) if records else {}

    def step(self, word: str) -> int:
        """Returns the doublings of the names that hold a word."""
        return max(self._common.step(WORD, word), step_of(self._elsewhere.get(word, 0)))

    def __call__(self, word: str) -> float:
        learned = COMMON[min(self.step(word), STEPS - 1)]
        if word in GENERIC:
            return min(GENERIC_WORTH, learned)
        return min(INITIAL_WORTH, learned) if len(word) == 1 else learned


def _score(paired: Paired, covered: float, left: Sequence[str], right: Sequence[str], worth: Worth) -> float:
    """Returns the worth of what both hold over that of all, or of the shorter name where neither says something
    else."""
    if not paired.shared:
        return 0.0
    alone_left, alone_right = sum(map(worth, left)), sum(map(worth, right))
    clashing = _clashing(left, right, worth)
    if clashing:
        return covered / (covered + CLASH * clashing)
    union = covered + alone_left + alone_right
    overlap = covered / union if union else 0.0
    least = covered + min(alone_left, alone_right)
    contained = CONTAINED * covered / least if least else 0.0
    if not any(worth(word) >= TELLING for word, _, _ in paired.shared):
        contained *= 0.5
    return max(overlap, contained)


def _clashing(left: Sequence[str], right: Sequence[str], worth: Worth) -> float:
    """Returns how much two names contradict, 0 where one of them says no more than the other. Words of one trade do
    not."""
    trades_left, trades_right = ({TRADES[word] for word in words if word in TRADES} for words in (left, right))
    one = [word for word in left if _tells(word, worth) and TRADES.get(word) not in trades_right]
    other = [word for word in right if _tells(word, worth) and TRADES.get(word) not in trades_left]
    told, told_other = len(one) + _are_initials(left, right), len(other) + _are_initials(right, left)
    return float(told + told_other) if told and told_other else 0.0


def _are_initials(words: Sequence[str], others: Sequence[str]) -> bool:
    """True where several letters stand for a name, and not for the words of the other name."""
    letters = {word for word in words if len(word) == 1}
    return len(letters) > 1 and not letters <= {word[0] for word in others}


def _tells(word: str, worth: Worth) -> bool:
    return word in TRADES or word in DIRECTIONS or word in SCOPES or worth(word) >= TELLING


def _unexplained(paired: Paired, a: LinkRecord, b: LinkRecord) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Returns the words that each name alone holds, without small ones. Where one name only says more than the other,
    words of where the records are do not count: one register names the town in the name, another in the address."""
    left, right = (tuple([word for word in words if word not in SMALL]) for words in (paired.left, paired.right))
    if bool(left) == bool(right):
        return left, right
    placed = {*_placed(a), *_placed(b)}
    return tuple([word for word in left if word not in placed]), tuple([word for word in right if word not in placed])


def _streets(a: LinkRecord, b: LinkRecord) -> set[str]:
    """Returns the words of both addresses."""
    return {*_words_of(a), *_words_of(b)}


def _words_of(record: LinkRecord) -> tuple[str, ...]:
    address = record.parsed_address()
    return (*address.street, *address.extra)


def _in_street(word: str, record: LinkRecord) -> bool:
    return word in _words_of(record) or STREET_TYPES.get(word) == record.parsed_address().street_type


def _placed(record: LinkRecord) -> Iterable[str]:
    yield from latin_words(record.city)
    yield from latin_words(record.region)
    yield from _words_of(record)


def listed_apart(a: LinkRecord, b: LinkRecord, name: NameEvidence, common: Commonness) -> bool:
    """True where one register, which lists things once, lists two records under names that differ by a word: two
    holders, even at one place and behind one contact. Words of one trade do not differ."""
    if a.source_id != b.source_id or a.record_type != b.record_type or not common.lists_once(a.source_id):
        return False
    if a.record_type not in REGISTERS or name.equal:
        return False
    left, right = ({TRADES.get(word, word) for word in words} for words in name.others)
    return left != right or name.numbers


def place_evidence_of(
    a: LinkRecord, b: LinkRecord, compared: AddressComparison, common: Commonness, *, alias: bool = False
) -> PlaceEvidence:
    """Returns what the addresses and postcodes of two records say; a house number that one leaves out says nothing.
    alias: something tells that another name of a street may be a second one of it, and another digit a slip."""
    other_house = compared.why in ALIASES and not alias
    one, other = a.parsed_address(), b.parsed_address()
    code = postcode_level(one.postcode, other.postcode)
    full = code == SAME and is_of_street(one.postcode) and common.step(POSTCODE, one.postcode) < STEPS - 1
    door = bool(one.door and other.door and one.door != other.door)
    level = LEVELS[compared.level]
    house = level >= LEVELS["close"]
    held = max(common.step(ADDRESS, place_key(a)), common.step(ADDRESS, place_key(b)))
    texts = level == UNKNOWN and code != OTHER and held < CROWDED_STEP and _same_text(a, b)  # "as above" is no place
    # One house, street and postcode is of one town, however the two write it: a district, a code, a name of old.
    city = SAME if full or (code == SAME and house and not other_house) else city_level(a.city, b.city)
    if texts:
        level = SAME
    if code == OTHER and city == OTHER:
        level = OTHER
    elif level >= LEVELS["near"] and (code == OTHER or city == OTHER or door or other_house):
        level = ELSEWHERE
    weight = bits("place_address", level) if level != UNKNOWN else 0.0
    why = [compared.why] if compared.level in ("same", "close", "near", "street") else []
    if level >= LEVELS["close"]:
        lost = held if texts else max(0, held - FREE)
        weight -= lost
        what = "street" if _is_street(one) and _is_street(other) else "street or place"
        text = f"same {what}{' and postcode' if code == SAME else ''}, {NEITHER_NUMBER}"
        why = why or [text if texts else "same address"]
        if lost and held > 1:  # else these two are all
            why.append(f"{CROWDED} {1 << held} names")
    if level < LEVELS["near"] and level != ELSEWHERE and not door:
        if code == SAME:
            lost = common.step(POSTCODE, one.postcode)
            weight += bits("place_address", SAME) - lost if full else bits("resident_postcode", SAME)
            rest = full and level == UNKNOWN and bool(a.address and b.address) and not _same_text(a, b)
            why.append(f"same postcode{_rest_told(a, b) if rest else ''}")
        elif code == OTHER and level == UNKNOWN:
            weight = bits("place_address", OTHER)
    if door and compared.level in ("same", "close"):
        why.append(f"doors {one.door} and {other.door}")
    if code == UNKNOWN and level >= LEVELS["near"]:
        gives = "one gives no postcode" if one.postcode or other.postcode else "neither gives a postcode"
        named = f"same house number {one.number} and street"
        if why and why[0].startswith(named):
            where = f" in {a.city or b.city}" if city == SAME else ""
            why[0] = f"equal house number {one.number} and street name{where}{why[0][len(named) :]}"
        why.append(f"{gives}, so the same street is presumed")
    same = not door and (level >= LEVELS["close"] or (full and level == UNKNOWN))
    house = same or (house and code != OTHER and city != OTHER)
    return PlaceEvidence(weight, level, same, "; ".join(why), house)


def _rest_told(a: LinkRecord, b: LinkRecord) -> str:
    """Returns in words how two addresses of one postcode differ, of which one tells no house number."""
    one, other = a.parsed_address(), b.parsed_address()
    if (one.key is None) != (other.key is None) and one_street(one, other):
        return f"; addresses alike, {ONE_NUMBER}"
    numbered = f"{NEITHER_NUMBER} in either" if one.key is None and other.key is None else ONE_NUMBER
    return f"; {OTHER_LINES} {a.address} and {b.address}, {numbered}"


def _is_street(address: Address) -> bool:
    return any(word in STREET_TYPES or word.endswith(OF_STREET) for word in (*address.street, *address.extra))


def _same_text(a: LinkRecord, b: LinkRecord) -> bool:
    key = place_key(a)
    return bool(key) and key == place_key(b)


def one_street(a: Address, b: Address) -> bool:
    """True where most words of the shorter address are the other's too: a postcode may hold several streets."""
    one, other = ({*address.street, *address.extra} - STREET_TYPES.keys() for address in (a, b))
    return a.key == b.key is not None or len(one & other) > 0.5 * min(len(one), len(other)) or not one or not other
