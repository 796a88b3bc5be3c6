"""Alert conditions: does what a search found make its alert fire?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from understudy.spl.model import Row

_RELATIONS: dict[str, Callable[[float, float], bool]] = {
    "greater than": lambda a, b: a > b,
    "less than": lambda a, b: a < b,
    "equal to": lambda a, b: a == b,
    "not equal to": lambda a, b: a != b,
}
_SUBJECTS = {
    "number of events": None,
    "number of results": None,
    "number of hosts": "host",
    "number of sources": "source",
}


class ConditionError(Exception):
    """The condition is not one that is known. The text is fit for a user."""


def fires(
    settings: Mapping[str, str], count: int, rows: Callable[[], Iterable[Row]], custom: Callable[[str], bool]
) -> bool:
    """Tells whether the alert fires. custom runs alert_condition over the results and tells if any row is left.

    Raises ConditionError for an unknown counttype, relation or quantity; `drops by` and `rises by` are refused.
    """
    kind = settings.get("counttype", "").strip().lower()
    condition = settings.get("alert_condition", "").strip()
    if kind == "custom" or (not kind and condition):
        return custom(condition)
    if kind in ("", "always"):
        return count > 0 if kind == "" else True
    if kind not in _SUBJECTS:
        raise ConditionError(f"counttype '{kind}' is not supported")
    relation = settings.get("relation", "greater than").strip().lower()
    if relation not in _RELATIONS:
        raise ConditionError(f"relation '{relation}' is not supported")
    try:
        quantity = float(settings.get("quantity", "0").strip() or 0)
    except ValueError:
        raise ConditionError(f"quantity '{settings.get('quantity')}' is not a number") from None
    field = _SUBJECTS[kind]
    number = count if field is None else len({str(row[field]) for row in rows() if field in row})
    return _RELATIONS[relation](number, quantity)
