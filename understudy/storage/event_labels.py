"""Event types and tags of events: the fields eventtype, tag and tag::<field>.

An event has every event type whose search matches it and that the user may use; a type's search may name other types.
Tags belong to field=value pairs of tags.conf. Labels come last, after lookups, as the documented order says.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from understudy.access import AccessContext
from understudy.conf import Conf, Entry, boolean
from understudy.spl.errors import SplError
from understudy.spl.macros import expand
from understudy.spl.model import Context, Row
from understudy.spl.search_expression import parse
from understudy.spl.search_match import Test, compile_match
from understudy.spl.search_tree import And, Compare, Node, Not, Or
from understudy.spl.values import collapse, text_of, values_of

MAX_DEPTH = 20
Tags = Mapping[str, Mapping[str, tuple[str, ...]]]
"""field -> value in lower case -> tags"""


def readable(conf: Conf, kind: str, access: AccessContext, context: Context) -> list[Entry]:
    """Returns the objects of a kind that the search's user may use in its app, by name."""
    shown = (access.shown(item, kind) for item in conf.entries(kind, context.app, access.user))
    found = [item for item in shown if item is not None and not boolean(item.settings.get("disabled"))]
    return sorted(found, key=lambda item: item.name)


def tags_of(conf: Conf, access: AccessContext, context: Context) -> Tags:
    """Returns the enabled tags of tags.conf."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for item in readable(conf, "tags", access, context):
        field, equals, value = item.name.partition("=")
        names = tuple(sorted(tag for tag, state in item.settings.items() if boolean(state) and tag != "disabled"))
        if equals and names:
            found.setdefault(field.strip(), {})[value.strip().strip('"').lower()] = names
    return found


def widened(node: Node, tags: Tags) -> Node:
    """Returns the tree with each `tag=` and `tag::field=` widened by the field=value pairs that carry the tag."""
    if isinstance(node, And):
        return And(tuple(widened(item, tags) for item in node.items))
    if isinstance(node, Or):
        return Or(tuple(widened(item, tags) for item in node.items))
    if isinstance(node, Not):
        return Not(widened(node.item, tags))
    if not isinstance(node, Compare) or node.op != "=" or not (node.field == "tag" or node.field.startswith("tag::")):
        return node
    wanted = compile_match(Compare("tag", "=", node.value))
    fields = list(tags) if node.field == "tag" else [node.field[len("tag::") :]]
    pairs = [
        Compare(field, "=", value)
        for field in fields
        for value, names in tags.get(field, {}).items()
        if wanted({"tag": list(names)})
    ]
    return Or((node, *pairs)) if pairs else node


class EventLabels:
    """Adds the labels to the rows of one search."""

    def __init__(self, conf: Conf, access: AccessContext, context: Context, complain: Callable[[str], None]) -> None:
        self._context = context
        self.tags = tags_of(conf, access, context)
        texts = {
            i.name: i.settings["search"]
            for i in readable(conf, "eventtypes", access, context)
            if i.settings.get("search")
        }
        self._types: list[tuple[str, Test]] = []
        for name in texts:
            try:
                if "%" in name:
                    raise SplError("names with %field% places are not supported")
                self._types.append((name, compile_match(self._tree(name, texts, ()))))
            except SplError as error:
                complain(f"event type '{name}' cannot be used: {error.message}")

    @property
    def needed(self) -> bool:
        return bool(self._types or self.tags)

    def _tree(self, name: str, texts: Mapping[str, str], above: tuple[str, ...]) -> Node:
        if name in above or len(above) >= MAX_DEPTH:
            raise SplError(f"it uses itself through '{name}'")
        text = expand(texts[name], self._context).text
        return self._resolved(parse(text, 0, self._context.now, self._context.zone), texts, (*above, name))

    def _resolved(self, node: Node, texts: Mapping[str, str], above: tuple[str, ...]) -> Node:
        if isinstance(node, And):
            return And(tuple(self._resolved(item, texts, above) for item in node.items))
        if isinstance(node, Or):
            return Or(tuple(self._resolved(item, texts, above) for item in node.items))
        if isinstance(node, Not):
            return Not(self._resolved(node.item, texts, above))
        if isinstance(node, Compare) and node.field == "eventtype" and node.op == "=":
            wanted = compile_match(node)
            named = tuple(self._tree(name, texts, above) for name in texts if wanted({"eventtype": name}))
            return Or(named)
        return widened(node, self.tags)

    def add(self, row: Row) -> None:
        """Adds eventtype, tag::<field> and tag where they apply."""
        types = [name for name, test in self._types if test(row)]
        if types:
            row["eventtype"] = types[0] if len(types) == 1 else list(types)
        every: dict[str, None] = {}
        for field, values in self.tags.items():
            names = [name for value in values_of(row.get(field)) for name in values.get(text_of(value).lower(), ())]
            shown = collapse(list(dict.fromkeys(names)))
            if shown is not None:
                row[f"tag::{field}"] = shown
                every.update(dict.fromkeys(names))
        shown = collapse(list(every))
        if shown is not None:
            row["tag"] = shown
