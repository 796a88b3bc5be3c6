"""Pictures of events, by the hashes that an input stored: quality, mirrored and turned forms, twins among the events.

The search command minervaimage. It differs from minervaimagematch in that a mirrored or turned copy is a twin too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Union

from minerva.images import match_rows
from minerva.images.distance import tier
from minerva.images.forms import NAMES, forms
from minerva.images.match_rows import Options
from minerva.images.near_pairs import near

ADDED = (
    "image_pictures", "image_best_quality", "image_forms", "image_twins", "image_twin", "image_twin_form",
    "image_twin_distance", "image_twin_tier", "image_note",
)  # fmt: skip


def read_options(given: Mapping[str, Union[str, None]]) -> Options:
    """Returns the options field, quality_field and radius from their texts (None = absent). Raises OptionError."""
    return match_rows.read_options({name: given.get(name) for name in ("field", "quality_field", "radius")})


def annotate(rows: Sequence[dict[str, Any]], options: Options) -> Iterator[dict[str, Any]]:
    """Yields each row with the fields of ADDED, None where there is nothing to say.

    A twin is another row with a picture that is near one of this row's in one of its eight forms. Hashes of a quality
    below 50 or of unknown quality have no twins. image_forms are those of the row's best picture.
    """
    read = [match_rows.rated_hashes(row, options) for row in rows]
    values = sorted({value for hashes, _ in read for value, _ in hashes})
    holders: dict[int, set[int]] = {}
    for at, (hashes, _) in enumerate(read):
        for value, _ in hashes:
            holders.setdefault(value, set()).add(at)
    twins: list[set[int]] = [set() for _ in rows]
    nearest: dict[int, tuple[int, int, int]] = {}
    wanted = [(form, number, value) for value in values for number, form in enumerate(forms(value))]
    for place, other, bits in near([form for form, _, _ in wanted], values, options.radius):
        _, number, value = wanted[place]
        for at in holders[value]:
            others = holders[values[other]] - {at}
            if others:
                twins[at] |= others
                nearest[at] = min(nearest.get(at, (257, 0, 0)), (bits, number, values[other]))
    for at, row in enumerate(rows):
        hashes, note = read[at]
        row.update(dict.fromkeys(ADDED))
        row["image_note"] = note or None
        row["image_pictures"] = len(hashes)
        if hashes:
            best, quality = max(hashes, key=lambda pair: (pair[1], -pair[0]))
            row["image_best_quality"] = quality
            row["image_forms"] = [f"{form:064x}" for form in forms(best)]
            row["image_twins"] = len(twins[at])
        if at in nearest:
            bits, number, twin = nearest[at]
            row["image_twin"], row["image_twin_form"] = f"{twin:064x}", NAMES[number]
            row["image_twin_distance"], row["image_twin_tier"] = bits, tier(bits)
        yield row
