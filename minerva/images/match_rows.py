"""Hashes of pictures in rows, matched among themselves, against a list or against a bank: the search command
minervaimagematch."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Union

from minerva.components import DisjointSets
from minerva.images.distance import LEAST_QUALITY, WIDEST, parse_hash, tier
from minerva.images.errors import HashError
from minerva.images.forms import NAMES, forms
from minerva.images.near_pairs import near
from minerva.search_words import FIELD, LOOKUP

ADDED = (
    "image_group", "image_group_size", "image_tier", "image_distance", "image_form", "image_partner", "image_note",
)  # fmt: skip
OF_BANK = ("image_bank", "image_label")
"""What is added beside where a bank is named: its name, and the label of the hash in it."""
CROP, CROPPED = "image_crop:", "cropped"
WAYS = (*NAMES, CROPPED)
"""In which way a row's picture is near another, as image_form says it."""
MOST_AT_ONCE = 2000
"""Hashes that are asked of a bank at once."""
Ask = Callable[[Sequence[str], int], Iterable[Mapping[str, Any]]]
"""(hashes, radius) -> of each that a bank has a hash near of: query, distance, tier, hash, label."""


class OptionError(ValueError):
    """An option of the command cannot be used; the message says which and what is expected."""


@dataclass(frozen=True)
class Options:
    """radius: most differing bits; lookup, bank: "" for none; with neither the rows are matched among themselves.
    mirrored: whether the eight mirrored and turned forms of a picture are matched. crops_field: where identifiers of
    the row stand; those of kind image_crop are hashes of parts of its pictures."""

    field: str
    quality_field: str
    radius: int
    lookup: str
    lookup_field: str
    bank: str = ""
    mirrored: bool = True
    crops_field: str = "identifier"

    def ways(self, hashes: Sequence[int], row: Mapping[str, Any]) -> list[tuple[int, int]]:
        """Returns what a row is asked with: hashes, each with its place in WAYS."""
        forms_of = [
            (form, way) for value in hashes for way, form in enumerate(forms(value) if self.mirrored else (value,))
        ]
        texts = [text[len(CROP) :] for text in _texts(row.get(self.crops_field)) if text.startswith(CROP)]
        return forms_of + [(value, WAYS.index(CROPPED)) for value in _readable(texts)]


def read_options(given: Mapping[str, Union[str, None]]) -> Options:
    """Returns the options from their texts (None = absent). Raises OptionError."""
    field = given.get("field") or "image_pdq"
    quality = given.get("quality_field") or "image_quality"
    lookup_field = given.get("lookup_field") or "pdq"
    crops = given.get("crops_field") or "identifier"
    names = {"field": field, "quality_field": quality, "lookup_field": lookup_field, "crops_field": crops}
    for name, value in names.items():
        if not FIELD.fullmatch(value):
            raise OptionError(f"{name}: expected the name of a field")
    bank = given.get("bank") or ""
    if len(bank) > 100 or not bank.isprintable():
        raise OptionError("bank: expected the name of a bank of your institution, at most 100 characters")
    radius = given.get("radius") or (str(WIDEST) if bank else "31")
    if not re.fullmatch(r"[0-9]{1,2}", radius) or int(radius) > WIDEST:
        raise OptionError(f"radius: expected a whole number from 0 to {WIDEST}")
    lookup = given.get("lookup") or ""
    if lookup and not LOOKUP.fullmatch(lookup):
        raise OptionError("lookup: expected the name of a lookup, as in lookup=known_pictures")
    if lookup and bank:
        raise OptionError("bank: expected it alone, or lookup alone")
    mirrored = (given.get("mirrored") or "true").lower()
    if mirrored not in ("true", "false", "1", "0"):
        raise OptionError("mirrored: expected true or false")
    return Options(field, quality, int(radius), lookup, lookup_field, bank, mirrored in ("true", "1"), crops)


def annotate(
    rows: Sequence[dict[str, Any]], options: Options, known: Union[Iterable[str], None] = None
) -> Iterator[dict[str, Any]]:
    """Yields each row with the fields of ADDED, None where there is nothing to say. known: hashes to match against.

    A row's nearest hash of another row, or of the list, is its partner, and image_form says in which way it is so near:
    as it is, mirrored, turned, or a part of one of the other. Hashes of a quality below 50, or of none that is known,
    are not matched, and the note says so.
    """
    read = [_hashes(row, options) for row in rows]
    values = sorted({value for hashes, _ in read for value in hashes})
    among = values if known is None else sorted(set(_readable(known)))
    holders: dict[int, set[int]] = {}
    asking: dict[tuple[int, int], set[int]] = {}
    for at, (hashes, _) in enumerate(read):
        for value in hashes:
            holders.setdefault(value, set()).add(at)
        for asked in options.ways(hashes, rows[at]):
            asking.setdefault(asked, set()).add(at)
    nearest: dict[int, tuple[int, int, int]] = {}
    groups = DisjointSets(len(rows))
    wanted = sorted(asking)
    for place, other, bits in near([value for value, _ in wanted], among, options.radius):
        value, way = wanted[place]
        for at in asking[wanted[place]]:
            if known is None:
                partners = holders[among[other]] - {at}
                if not partners:
                    continue
                groups.union(at, min(partners))
                for partner in partners if WAYS[way] == CROPPED else ():
                    nearest[partner] = min(nearest.get(partner, (257, 0, 0)), (bits, way, value))
            nearest[at] = min(nearest.get(at, (257, 0, 0)), (bits, way, among[other]))
    firsts = groups.labels()
    sizes = Counter(firsts)
    for at, row in enumerate(rows):
        hashes, note = read[at]
        row.update(dict.fromkeys(ADDED))
        row["image_note"] = note or None
        if known is None and hashes:
            first = firsts[at]
            row["image_group"] = hashlib.sha256(f"{min(read[first][0] or hashes):064x}".encode()).hexdigest()[:16]
            row["image_group_size"] = sizes[first]
        if at in nearest:
            bits, way, nearest_hash = nearest[at]
            row["image_distance"], row["image_partner"] = bits, f"{nearest_hash:064x}"
            row["image_tier"], row["image_form"] = tier(bits), WAYS[way]
        yield row


def annotate_from_bank(rows: Sequence[dict[str, Any]], options: Options, ask: Ask) -> Iterator[dict[str, Any]]:
    """Yields each row with the fields of ADDED and OF_BANK: the nearest hash of a bank, tiers by its own thresholds."""
    read = [_hashes(row, options) for row in rows]
    ways = [options.ways(hashes, row) for row, (hashes, _) in zip(rows, read)]
    asked = sorted({f"{value:064x}" for each in ways for value, _ in each})
    near: dict[str, Mapping[str, Any]] = {}
    for at in range(0, len(asked), MOST_AT_ONCE):
        near.update({str(each["query"]): each for each in ask(asked[at : at + MOST_AT_ONCE], options.radius)})
    for row, (_, note), each_way in zip(rows, read, ways):
        row.update(dict.fromkeys((*ADDED, *OF_BANK)))
        row["image_note"] = note or None
        found = [(near[f"{value:064x}"], way) for value, way in each_way if f"{value:064x}" in near]
        if found:
            best, way = min(found, key=lambda each: (each[0]["distance"], each[1], each[0]["hash"]))
            row["image_tier"], row["image_distance"] = best["tier"] or None, best["distance"]
            row["image_partner"], row["image_label"] = best["hash"], best["label"] or None
            row["image_bank"], row["image_form"] = options.bank, WAYS[way]
        yield row


def _hashes(row: Mapping[str, Any], options: Options) -> tuple[list[int], str]:
    found, note = rated_hashes(row, options)
    return [value for value, _ in found], note


def rated_hashes(row: Mapping[str, Any], options: Options) -> tuple[list[tuple[int, int]], str]:
    """Returns (hash, quality) of what may be matched in a row, and a note of what may not."""
    texts, rates = _texts(row.get(options.field)), _texts(row.get(options.quality_field))
    found, plain, broken = [], 0, 0
    for place, text in enumerate(texts):
        try:
            value = parse_hash(text)
        except HashError:
            broken += 1
            continue
        rate = rates[place] if len(rates) == len(texts) else ""
        if re.fullmatch(r"[0-9]{1,3}", rate) and int(rate) >= LEAST_QUALITY:
            found.append((value, int(rate)))
        else:
            plain += 1
    notes = [f"{plain} of quality below {LEAST_QUALITY} or unknown: not matched"] if plain else []
    notes += [f"{broken} not a hash of 64 hexadecimal digits"] if broken else []
    return found, "; ".join(notes)


def _readable(texts: Iterable[str]) -> Iterator[int]:
    for text in texts:
        try:
            yield parse_hash(text.strip())
        except HashError:
            continue


def _texts(cell: Any) -> list[str]:
    items = cell if isinstance(cell, (list, tuple)) else [cell]
    return [str(item).strip() for item in items if item not in (None, "")]
