"""What a user's roles make of a search tree: which indexes it reaches, and the filters that always hold.

Names and wildcards of `index=` become the exact names of indexes that exist and the user may search; a search that
names no index reaches the user's default indexes; role filters are parsed on their own and joined to the tree, so
that no text of the user can open them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import tzinfo

from understudy.access import AccessContext
from understudy.spl.search_expression import parse
from understudy.spl.search_match import compile_match
from understudy.spl.search_tree import And, Compare, Everything, Node, Not, Or

NEVER: Node = Not(Everything())


@dataclass(frozen=True)
class Reach:
    """The tree with exact index names and role filters, and the indexes outside of which nothing is read."""

    tree: Node
    indexes: tuple[str, ...]
    earliest: float | None


def reach(
    tree: Node,
    access: AccessContext,
    indexes: Sequence[str],
    now: float,
    zone: tzinfo,
    *,
    is_indexed: Callable[[str], bool] | None = None,
) -> Reach:
    """Returns what the user's search of this tree may read. earliest: the roles' oldest time, or None.

    is_indexed: given where events are known by indexed fields only. A role filter over another field cannot be
    answered there, so that nothing is read: `NOT secret=1` would let everything through.
    """
    searchable = access.searchable(indexes)
    if names_index(tree):
        visible = searchable
        tree = exact_indexes(tree, visible)
    else:
        visible = access.searched_by_default(indexes)
    filters = role_filter(access, now, zone)
    if filters is not None and is_indexed is not None and not all(is_indexed(name) for name in compared(filters)):
        return Reach(NEVER, (), None)
    if filters is not None:
        tree = And((tree, exact_indexes(filters, searchable)))
    window = access.earliest_window
    return Reach(tree, tuple(visible), now - window if window > 0 else None)


def role_filter(access: AccessContext, now: float, zone: tzinfo) -> Node | None:
    """Returns the filters of the user's roles: selecting ones by OR, eliminating ones by AND; None = no filter."""
    parts: list[Node] = []
    if access.selecting and "*" not in access.selecting:
        selecting = tuple(parse(text, 0, now, zone) for text in access.selecting)
        parts.append(selecting[0] if len(selecting) == 1 else Or(selecting))
    parts += [parse(text, 0, now, zone) for text in access.eliminating]
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else And(tuple(parts))


def compared(node: Node) -> Iterator[str]:
    """Yields the fields that an expression compares."""
    if isinstance(node, (And, Or)):
        for item in node.items:
            yield from compared(item)
    elif isinstance(node, Not):
        yield from compared(node.item)
    elif isinstance(node, Compare):
        yield node.field


def names_index(node: Node) -> bool:
    """Tells whether the expression speaks of the index field anywhere."""
    if isinstance(node, (And, Or)):
        return any(names_index(item) for item in node.items)
    if isinstance(node, Not):
        return names_index(node.item)
    return isinstance(node, Compare) and node.field == "index"


def exact_indexes(node: Node, visible: Sequence[str]) -> Node:
    """Returns the tree with each `index=` replaced by the visible indexes it means."""
    if isinstance(node, And):
        return And(tuple(exact_indexes(item, visible) for item in node.items))
    if isinstance(node, Or):
        return Or(tuple(exact_indexes(item, visible) for item in node.items))
    if isinstance(node, Not):
        return Not(exact_indexes(node.item, visible))
    if not isinstance(node, Compare) or node.field != "index" or node.op not in {"=", "!="}:
        return node
    test = compile_match(Compare("index", "=", node.value, case=node.case))
    hits = [name for name in visible if test({"index": name})]
    if node.op == "!=":
        hits = [name for name in visible if name not in hits]
    if not hits:
        return NEVER
    exact = tuple(Compare("index", "=", name, case=True) for name in hits)
    return exact[0] if len(exact) == 1 else Or(exact)
