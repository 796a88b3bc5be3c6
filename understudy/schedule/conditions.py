"""Alert conditions: does what a search found make its alert fire?"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping

from understudy.spl.model import Row

_RELATIONS: dict[str, Callable[[float, float], bool]] = {
    "greater than": lambda a, b: a > b,
    "less than": lambda a, b: a < b,
    "equal to": lambda a, b: a == b,
    "not equal to": lambda a, b: a != b,
}
_CHANGES = ("rises by", "drops by")
_SUBJECTS = {
    "number of events": None,
    "number of results": None,
    "number of hosts": "host",
    "number of sources": "source",
}


class ConditionError(Exception):
    """The condition is not one that is known. The text is fit for a user."""


def condition_problem(settings: Mapping[str, str]) -> str | None:
    """Returns what is wrong with the condition of an alert, None if nothing is."""
    kind = settings.get("counttype", "").strip().lower()
    relation = settings.get("relation", "").strip().lower().removesuffix(" perc")
    quantity = settings.get("quantity", "").strip().removesuffix("%")
    if kind not in ("", "always", "custom", *_SUBJECTS):
        return f"counttype '{kind}' is not known: {', '.join(('always', 'custom', *_SUBJECTS))} are"
    if relation not in ("", *_CHANGES, *_RELATIONS):
        return f"relation '{relation}' is not known: {', '.join((*_RELATIONS, *_CHANGES))} are"
    try:
        finite = math.isfinite(float(quantity or 0))
    except ValueError:
        finite = False
    return None if finite else f"quantity '{quantity}' is not a number"


def fires(
    settings: Mapping[str, str],
    count: int,
    rows: Callable[[], Iterable[Row]],
    custom: Callable[[str], bool],
    before: float | None = None,
) -> bool:
    """Tells whether the alert fires. custom runs alert_condition over the results and tells if any row is left.

    before: `measured` of the run before, which `rises by` and `drops by` compare with; without one they do not fire.
    Raises ConditionError for an unknown counttype, relation or quantity.
    """
    kind = settings.get("counttype", "").strip().lower()
    condition = settings.get("alert_condition", "").strip()
    if kind == "custom" or (not kind and condition):
        return custom(condition)
    if kind in ("", "always"):  # always is the default
        return True
    number = measured(settings, count, rows)
    assert number is not None
    relation = settings.get("relation", "greater than").strip().lower()
    text = settings.get("quantity", "0").strip() or "0"
    percent = text.endswith("%") or relation.endswith(" perc")
    relation = relation.removesuffix(" perc")
    if relation not in _RELATIONS and relation not in _CHANGES:
        raise ConditionError(f"relation '{relation}' is not supported")
    try:
        quantity = float(text.removesuffix("%"))
    except ValueError:
        raise ConditionError(f"quantity '{text}' is not a number") from None
    if relation in _RELATIONS:
        if percent:
            raise ConditionError(f"relation '{relation}' takes no percentage")
        return _RELATIONS[relation](number, quantity)
    if before is None:
        return False
    change = number - before if relation == "rises by" else before - number
    if percent:
        return change > 0 and (before == 0 or change / before * 100 >= quantity)
    return change >= quantity


def measured(settings: Mapping[str, str], count: int, rows: Callable[[], Iterable[Row]]) -> float | None:
    """Returns the number that counttype speaks of, None for custom and always. Raises ConditionError."""
    kind = settings.get("counttype", "").strip().lower()
    if kind in ("", "always", "custom"):
        return None
    if kind not in _SUBJECTS:
        raise ConditionError(f"counttype '{kind}' is not supported")
    field = _SUBJECTS[kind]
    return count if field is None else len({str(row[field]) for row in rows() if field in row})
