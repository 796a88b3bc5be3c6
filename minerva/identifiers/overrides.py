"""Text that is displayed backwards: what stands between a right-to-left override and its end or that of its line
(Unicode Standard Annex 9). Readers see `4103` where `3014` is written."""

from __future__ import annotations

from minerva.identifiers.late import late

OVERRIDE = "\u202e"
FIRST_BYTE = 0xE2
"""Of it in UTF-8."""
_LEFT_TO_RIGHT = "\u202d"
"""Has no effect on digits and Latin letters, and stands for nothing as the override does."""
_BACKWARDS = late("\u202e([^\u202c\u202e\n]+)")
Spans = list[tuple[int, int]]


def displayed(text: str) -> tuple[str, Spans]:
    """The text as it is displayed, as long as it is, and the spans that are written backwards."""
    spans = [match.span(1) for match in _BACKWARDS.finditer(text)]
    parts = []
    last = 0
    for start, end in spans:
        parts += [text[last:start], text[start:end][::-1]]
        last = end
    return "".join([*parts, text[last:]]).replace(OVERRIDE, _LEFT_TO_RIGHT), spans


def written(start: int, end: int, spans: Spans) -> tuple[int, int]:
    """Where what is displayed from `start` to `end` is written."""
    first, last = start, end
    for begin, stop in spans:
        if start < stop and end > begin:
            low, high = begin + stop - min(end, stop), begin + stop - max(start, begin)
            first = low if first >= begin else first
            last = high if last <= stop else last
    return first, last
