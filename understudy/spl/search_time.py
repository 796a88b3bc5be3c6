"""Times inside a search expression: which names are time modifiers, their bounds, and the range of a whole tree.

A bound replaces the search's own range for the leaf it stands in, and only there (spl.md section 2).
"""

from __future__ import annotations

from datetime import tzinfo

from understudy.spl import times
from understudy.spl.errors import SplSyntaxError, UnsupportedError
from understudy.spl.search_tree import And, Everything, Node, Not, Or, TimeBound

SIDES = ("earliest", "latest", "_index_earliest", "_index_latest")
AGO = {
    **{
        f"{start}{name}ago": ("earliest", unit)
        for start in ("", "start")
        for name, unit in (("days", "d"), ("hours", "h"), ("minutes", "m"), ("months", "mon"))
    },
    **{
        f"end{name}ago": ("latest", unit)
        for name, unit in (("days", "d"), ("hours", "h"), ("minutes", "m"), ("months", "mon"))
    },
}
SPANS = {
    f"searchtimespan{name}": unit for name, unit in (("days", "d"), ("hours", "h"), ("minutes", "m"), ("months", "mon"))
}
STAMPS = {"starttime": "earliest", "endtime": "latest", "starttimeu": "earliest", "endtimeu": "latest"}
NAMES = frozenset((*SIDES, *AGO, *SPANS, *STAMPS, "timeformat"))


def is_time_field(name: str) -> bool:
    return name in NAMES


def bound_of(
    name: str,
    text: str,
    now: float,
    zone: tzinfo,
    timeformat: str,
    position: int,
    value_position: int,
    before: TimeBound | None = None,
) -> list[TimeBound]:
    """Returns the bounds that `name=text` means; raises SplSyntaxError when the text is no time.

    before: the bound nearest to the left; a time span (`searchtimespanhours`) is measured from it, else back from now.
    """
    if name in SIDES and text.strip().lower().startswith("rt"):
        raise UnsupportedError(
            f"Real-time windows such as {name}={text[:20]} are not supported; write {name}=-5m.", value_position
        )
    try:
        if name in SIDES:
            if text.strip() == "0" and name in ("earliest", "_index_earliest"):
                return [TimeBound(name, float("-inf"), position)]
            return [TimeBound(name, times.parse_modifier(text, now, zone), position)]
        if name in AGO:
            side, unit = AGO[name]
            return [TimeBound(side, times.add(now, -_count(name, text), unit, zone), position)]
        if name in SPANS:
            count, unit = _count(name, text), SPANS[name]
            if before is not None and before.side == "earliest" and before.value > float("-inf"):
                return [TimeBound("latest", times.add(before.value, count, unit, zone), position)]
            start = now if before is None or before.side != "latest" else before.value
            return [TimeBound("earliest", times.add(start, -count, unit, zone), position)]
        if name.endswith("timeu"):
            return [TimeBound(STAMPS[name], float(_count(name, text)), position)]
        stamp = times.strptime(text, timeformat, zone, now, whole=True)
        if stamp is None:
            raise SplSyntaxError(f"'{text}' does not fit the time format '{timeformat}'.", value_position)
        return [TimeBound(STAMPS[name], stamp, position)]
    except times.TimeSyntaxError as error:
        message = f"The value of '{name}' is no time: {error.message}"
        raise SplSyntaxError(message, value_position) from error


def _count(name: str, text: str) -> int:
    if not text.strip().isdigit() or len(text) > 12:
        raise times.TimeSyntaxError(f"'{name}' needs a whole number.")
    return int(text)


Range = tuple[float | None, float | None]


def apply_range(tree: Node, earliest: float | None, latest: float | None) -> tuple[Node, float | None, float | None]:
    """Returns the tree and the [earliest, latest) range to scan.

    Bounds that hold for the whole tree leave it and become the range. Where only branches of an OR have bounds, the
    range is the widest and each branch keeps (or gets) its own bounds.
    """
    if isinstance(tree, TimeBound):
        return apply_range(And((tree,)), earliest, latest)
    if isinstance(tree, And):
        rest = [item for item in tree.items if not _is_plain_bound(item)]
        low, high = _own_range(tree, earliest, latest)
        inner = rest[0] if len(rest) == 1 else And(tuple(rest)) if rest else Everything()
        if any(isinstance(item, Or) and _has_bounds(item) for item in rest):
            wide = [_spread(item, low, high) for item in rest]
            tree_range = _intersect([found for _, found in wide], (low, high))
            return And(tuple(item for item, _ in wide)), *tree_range
        return inner, low, high
    if isinstance(tree, Or) and _has_bounds(tree):
        spread, (low, high) = _spread(tree, earliest, latest)
        return spread, low, high
    return tree, earliest, latest


def _is_plain_bound(node: Node) -> bool:
    return isinstance(node, TimeBound) and node.side in ("earliest", "latest")


def _has_bounds(node: Node) -> bool:
    if isinstance(node, TimeBound):
        return node.side in ("earliest", "latest")
    if isinstance(node, (And, Or)):
        return any(_has_bounds(item) for item in node.items)
    return isinstance(node, Not) and _has_bounds(node.item)


def _own_range(tree: And, earliest: float | None, latest: float | None) -> Range:
    lows = [item.value for item in tree.items if isinstance(item, TimeBound) and item.side == "earliest"]
    highs = [item.value for item in tree.items if isinstance(item, TimeBound) and item.side == "latest"]
    low = max(lows) if lows else earliest
    high = min(highs) if highs else latest
    return (None if low == float("-inf") else low), high


def _spread(node: Node, earliest: float | None, latest: float | None) -> tuple[Node, Range]:
    """Returns the node with bounds in each branch, and the range that covers it."""
    if isinstance(node, Or) and _has_bounds(node):
        branches = [_spread(item, earliest, latest) for item in node.items]
        lows = [found[0] for _, found in branches]
        highs = [found[1] for _, found in branches]
        low = None if None in lows else min(value for value in lows if value is not None)
        high = None if None in highs else max(value for value in highs if value is not None)
        return Or(tuple(item for item, _ in branches)), (low, high)
    rest, low, high = apply_range(node, earliest, latest)
    items: list[Node] = [rest]
    if low is not None:
        items.append(TimeBound("earliest", low))
    if high is not None:
        items.append(TimeBound("latest", high))
    return (And(tuple(items)) if len(items) > 1 else rest), (low, high)


def _intersect(ranges: list[Range], outer: Range) -> Range:
    """Returns the range all of the parts allow; a part that widened the outer range wins over it."""
    lows = [low for low, _ in ranges]
    highs = [high for _, high in ranges]
    low = None if None in lows else max(value for value in lows if value is not None)
    high = None if None in highs else min(value for value in highs if value is not None)
    return (low if lows else outer[0]), (high if highs else outer[1])
