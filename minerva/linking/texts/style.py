"""What it says that two texts are typed alike (minerva/text/style.py): a weak signal (weak.py).

Many write alike, and a text that was copied is written as its template is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from minerva.linking.model import STYLE
from minerva.text.style import HABITS, MARKED, STRONG

FEW = 3
_MARK = re.compile(rf"{STYLE}([0-9]{{{len(HABITS)}}})")


def habits_shared(a: Iterable[str], b: Iterable[str]) -> list[str]:
    """Returns the habits that two records' texts share, from their identifiers; none where fewer than three are shared,
    or where one text has a strong habit that the other lacks."""
    one, other = _digits(a), _digits(b)
    pairs = list(zip(HABITS, one, other))
    if any(max(left, right) >= STRONG and min(left, right) == 0 for _, left, right in pairs):
        return []
    shared = [name for name, left, right in pairs if min(left, right) >= MARKED and abs(left - right) <= 1]
    return shared if len(shared) >= FEW else []


def _digits(identifiers: Iterable[str]) -> list[int]:
    for value in identifiers:
        if value.startswith(STYLE):
            found = _MARK.fullmatch(value)
            return [int(digit) for digit in found[1]] if found else []
    return []
