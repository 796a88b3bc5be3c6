"""What an event says of a record's text and place for linking, beside them: `sketch`, `style` and `geo`.

Marks are made when an event is written, of what stands in it: a text that is cut or left out takes them along.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Union

from minerva.addresses.spot import spot_text
from minerva.text.sketch import SKETCH_SIGNS, text_sketch
from minerva.text.style import HABITS, text_style

MARKS = ("sketch", "style", "geo")
MOST_CHARACTERS = SKETCH_SIGNS + len(HABITS) + len('-90.123456,-180.123456,"sketch":"","style":"","geo":""')
"""Of all marks as they stand in an event."""


def marks_of(text: str, attributes: Mapping[str, Union[str, Sequence[str]]]) -> dict[str, str]:
    """Returns the marks of a text and of the attributes `latitude` and `longitude` in degrees."""
    place = [attributes.get(name) for name in ("latitude", "longitude")]
    latitude, longitude = [value if isinstance(value, str) else "" for value in place]
    told = zip(MARKS, (text_sketch(text), text_style(text), spot_text(latitude, longitude)))
    return {mark: value for mark, value in told if value}
