"""What an event says of a record's text, place and days for linking, beside them: `sketch`, `style`, `geo` and `span`.

Marks are made when an event is written, of what stands in it: a text that is cut or left out takes them along.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Union

from minerva.addresses.spot import spot_text
from minerva.records.spans import stay_text
from minerva.text.sketch import SKETCH_SIGNS, text_sketch
from minerva.text.style import HABITS, text_style

MARKS = ("sketch", "style", "geo", "span")
_AROUND = '-90.123456,-180.123456,1999-12-31/1999-12-31,"sketch":"","style":"","geo":"","span":""'
MOST_CHARACTERS = SKETCH_SIGNS + len(HABITS) + len(_AROUND)
"""Of all marks as they stand in an event."""


def marks_of(record_type: str, text: str, attributes: Mapping[str, Union[str, Sequence[str]]]) -> dict[str, str]:
    """Returns the marks of a text, of the attributes `latitude` and `longitude` in degrees, and of those that say from
    when to when it was there (see spans.py)."""
    place = [attributes.get(name) for name in ("latitude", "longitude")]
    latitude, longitude = [value if isinstance(value, str) else "" for value in place]
    spot = spot_text(latitude, longitude)
    told = zip(MARKS, (text_sketch(text), text_style(text), spot, stay_text(record_type, attributes)))
    return {mark: value for mark, value in told if value}
