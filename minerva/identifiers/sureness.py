"""How sure a find is: how often finds of its way were right in texts that nobody had seen (data/confidence.json).

The readers of each kind state by rule how sure they are, and choose between readings by that. What is given with a find
is looked up here by its way: kind, method, what the rule states (a phone behind a country code states more) and, of
some phones, whether a word announces one.
"""

from __future__ import annotations

from minerva.identifiers.tables import table

MOST = 0.99
"""No reading of a text is surer."""
LABELLED = "labelled"


def _parted(way: str) -> tuple[str, str, float, bool]:
    kind, method, stated, *mark = way.split(" ")
    return kind, method, float(stated), mark == [LABELLED]


_GIVEN: dict[tuple[str, str, float, bool], float] = {
    _parted(way): told["given"] for way, told in table("confidence")["ways"].items()
}


def given(kind: str, method: str, stated: float, is_labelled: bool = False) -> float:
    """The confidence in a find of which a rule states so much: what is stated where its way was never counted."""
    known = _GIVEN.get((kind, method, stated, is_labelled))
    return min(max(stated, 0.0), MOST) if known is None else known


def of_way(way: str) -> float:
    """`given` of a way by its name, as the table has it: `phone digits 0.95 labelled`."""
    return given(*_parted(way))
