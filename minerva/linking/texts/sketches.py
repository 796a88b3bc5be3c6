"""Sketches of texts (minerva/text/sketch.py) as linking keeps and compares them.

A sketch stands among a record's identifiers as `sketch:<size><128 signs>`, so it is stored with the record and needs no
text later. Three bins, six signs, in a row are a band, the key by which near-duplicates meet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import compress, count
from operator import attrgetter

from minerva.linking.model import SKETCH, STYLE, LinkRecord
from minerva.text.grouping import fast
from minerva.text.signature import BINS
from minerva.text.sketch import SIGNS, text_sketch
from minerva.text.style import text_style

BANDS, BAND = 12, 6
"""Bands of a sketch, and signs of each. Each band is a key that is stored for each record: twelve find 93 % of the
pairs that agree in 0.58 (six changed slots in 400 characters), twenty-one 99 %."""
CROWDED_BANDS = 3
"""With so many keys of crowds a text is one of theirs, also where it shares a rare slot with another: six changed words
in sixty leave five of twelve bands as they are, and stock phrases fill three only where they are most of the text."""
_SKETCH = re.compile(rf"{SKETCH}[sl]([A-Za-z0-9_-]{{{2 * BINS}}})")
_LOW = int.from_bytes(b"\x00\x7f" * BINS, "big")
_HIGH = int.from_bytes(b"\x00\x80" * BINS, "big")


def sketched(records: Iterable[LinkRecord]) -> list[LinkRecord]:
    """Returns the records, texts replaced by their sketches and styles; a record without a text stays as it is."""
    rows = list(records)
    told = list(compress(count(), map(attrgetter("text"), rows)))
    for place, sketch in zip(told, sketches([rows[place].text for place in told])):
        kept = {value for value in rows[place].identifiers if not value.startswith((SKETCH, STYLE))}
        style = text_style(rows[place].text)
        kept.update(filter(None, (sketch, f"{STYLE}{style}" if style else "")))
        rows[place] = rows[place]._replace(text="", identifiers=tuple(sorted(kept)))
    return rows


def sketches(texts: Sequence[str]) -> list[str]:
    """Returns the sketch of each text as an identifier, "" for one too short to be compared. Linear."""
    if fast(len(texts)):
        from minerva.linking.texts.sketches_numpy import sketches_numpy

        return sketches_numpy(texts)
    return sketches_plainly(texts)


def sketches_plainly(texts: Sequence[str]) -> list[str]:
    """`sketches` without numpy; the reference of the fast path."""
    return [f"{SKETCH}{sketch}" if sketch else "" for sketch in map(text_sketch, texts)]


def sketch_of(record: LinkRecord) -> str:
    """Returns the 128 signs of a record's sketch, "" where it has none or one of another form."""
    for value in record.identifiers:
        if value.startswith(SKETCH):
            found = _SKETCH.fullmatch(value)
            return found[1] if found else ""
    return ""


def is_long(record: LinkRecord) -> bool:
    """True when the record's sketch is that of a long text."""
    return any(value.startswith(f"{SKETCH}l") for value in record.identifiers)


def band_keys(sketch: str) -> list[str]:
    """Returns the keys of a sketch: two texts that share one are worth comparing."""
    return [f"t:{SIGNS[band]}{sketch[BAND * band : BAND * band + BAND]}" for band in range(BANDS)]


def agreement(one: str, other: str) -> float:
    """Returns the share of equal bins, 0 to 1: an estimate of the Jaccard similarity of their runs of words."""
    differing = int.from_bytes(one.encode(), "big") ^ int.from_bytes(other.encode(), "big")
    # A bin is two bytes below 0x80: their differing bits together, plus 0x7f, reach 0x80 where there are any.
    lanes = (differing | differing >> 8) & _LOW
    return 1.0 - bin((lanes + _LOW) & _HIGH).count("1") / BINS
