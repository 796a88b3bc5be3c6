"""What surrounds an entity or identifier, as nodes and edges. Reads through the loader it is given; pure otherwise."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Optional

from minerva.linking.relations import NAMESAKE, ONE_CONTACT, PREDECESSOR, SAME_SITE, SUCCESSOR, turned

Loader = Callable[[str], Optional[Mapping[str, Any]]]
Holders = Callable[[str], list[str]]
_RULES = {SAME_SITE: "same_site", PREDECESSOR: "predecessor", SUCCESSOR: "successor", ONE_CONTACT: "one_contact",
          NAMESAKE: "namesake"}  # fmt: skip
"""Kind of relation -> rule of its edge; those of one name elsewhere have "same_name"."""
_CALLED_BY = ("phone", "email", "username", "url", "domain")
_CALLS_NOBODY = frozenset({"image", "image_crop", "image_frame", "sketch", "geo", "style", "differs"})


@dataclass
class Graph:
    """Nodes by id and edges by (source, target, rule), in order of discovery, at most `limit` nodes."""

    limit: int
    nodes: dict[str, dict[str, Any]] = field(default_factory=dict)
    edges: dict[tuple[str, str, str], dict[str, Any]] = field(default_factory=dict)
    truncated: bool = False

    def add_node(self, node_id: str, kind: str, label: str, entity_id: str) -> bool:
        """Whether the node is in the graph afterwards."""
        if node_id in self.nodes:
            return True
        if len(self.nodes) >= self.limit:
            self.truncated = True
            return False
        self.nodes[node_id] = {"id": node_id, "kind": kind, "label": label, "entity_id": entity_id, "degree": 0}
        return True

    def add_edge(self, source: str, target: str, rule: str, strength: float, why: str) -> None:
        if source not in self.nodes or target not in self.nodes or (source, target, rule) in self.edges:
            return
        self.edges[(source, target, rule)] = {
            "source": source,
            "target": target,
            "rule": rule,
            "strength": strength,
            "why": why,
        }
        self.nodes[source]["degree"] += 1
        self.nodes[target]["degree"] += 1

    def to_dict(self) -> dict[str, Any]:
        return {"nodes": list(self.nodes.values()), "edges": list(self.edges.values()), "truncated": self.truncated}


@dataclass(frozen=True)
class Wanted:
    """What of the surroundings is shown. kinds: of identifiers, () = all; times: whether records of that time, in epoch
    seconds, are."""

    kinds: frozenset[str] = frozenset()
    since: int | None = None
    until: int | None = None

    def kind(self, identifier: str) -> bool:
        """True for an identifier of a kind that is shown."""
        return not self.kinds or identifier.partition(":")[0] in self.kinds

    def by_time(self) -> bool:
        """True when records are shown by their time."""
        return self.since is not None or self.until is not None

    def time(self, first: int | None, last: int | None) -> bool:
        """True when a span of time touches the one that is shown; a record without a time is not shown by time."""
        if not self.by_time():
            return True
        if first is None or last is None:
            return False
        return (self.since is None or last >= self.since) and (self.until is None or first < self.until)


Related = Callable[[Mapping[str, Any]], Sequence[Mapping[str, Any]]]
"""Entity's document -> what it is to others, as `related.told_of` tells it."""
Shown = Callable[[list[str]], set[str]]
"""Record ids -> those of them that are shown."""


def expand(
    start_entities: list[str],
    load: Loader,
    holders: Holders,
    *,
    depth: int,
    limit: int,
    wanted: Wanted = Wanted(),
    shown: Shown = set,
    related: Related = lambda document: (),
) -> Graph:
    """The graph around entities: at depth 1 an entity's records, identifiers and joins; each further step follows
    identifiers that other entities hold too. What an entity is to others of its site or firm is an edge that joins
    nothing, and is not followed.

    `load` gives an entity's document or None; `holders` the entities that hold an identifier. Node ids: entity id,
    record id, `kind:value`. Nodes come breadth first, so a small `limit` keeps what is near. An entity all of whose
    records are at other times than `wanted` is not followed.
    """
    graph = Graph(limit)
    waiting = deque((entity_id, 1) for entity_id in start_entities)
    seen = set(start_entities)
    while waiting:
        entity_id, distance = waiting.popleft()
        document = load(entity_id)
        if document is None or not wanted.time(document.get("first_time"), document.get("last_time")):
            continue
        _add_entity(graph, document)
        if distance > depth:
            continue
        _add_contents(graph, document, wanted, shown)
        _add_related(graph, entity_id, document, load, wanted, related)
        for identifier in document.get("identifiers", ()):
            if identifier not in graph.nodes or distance >= depth:
                continue
            others = [other for other in holders(identifier) if other != entity_id]
            for other in others:
                linked = load(other)
                if linked is None or not wanted.time(linked.get("first_time"), linked.get("last_time")):
                    continue
                _add_entity(graph, linked)
                count = len(others) + 1
                why = f"{_title(identifier)} {_value(identifier)} occurs in {count} entities and joins none of them"
                graph.add_edge(identifier, other, "held_in_common", 0.0, why)
                if other not in seen and len(graph.nodes) < limit:
                    seen.add(other)
                    waiting.append((other, distance + 1))
    return graph


def _add_entity(graph: Graph, document: Mapping[str, Any]) -> None:
    entity_id = str(document["entity_id"])
    graph.add_node(entity_id, "entity", title_of(document), entity_id)


def title_of(document: Mapping[str, Any]) -> str:
    """What an entity is called: its name, else its best identifier, else what it is made of."""
    types = list(document.get("record_types", ()))
    unnamed = f"Unnamed {str(types[0]).replace('_', ' ')}" if types else "Unnamed"
    best = best_identifier(document)
    value = _value(best).replace("/", " ", 1) if best.startswith("username:") else _value(best)
    return str((document.get("names") or [value or unnamed])[0])


def best_identifier(document: Mapping[str, Any]) -> str:
    """The identifier to call an entity by where it has no name: the one that most of its joins share, else the first
    of the kinds that people call others by. A picture's hash calls nobody: "" where there is nothing else.

    A contact that many entities hold joins none of them, and would call all of them the same.
    """
    joined = Counter(
        str(join["identifier"]) for join in document.get("joins", ()) if _calls(str(join.get("identifier") or ""))
    )
    if joined:
        return min(joined, key=lambda each: (-joined[each], each))
    return min((each for each in map(str, document.get("identifiers", ())) if _calls(each)), key=_called_by, default="")


def _calls(identifier: str) -> bool:
    return bool(identifier) and identifier.partition(":")[0] not in _CALLS_NOBODY


def _called_by(identifier: str) -> int:
    kind = identifier.partition(":")[0]
    return _CALLED_BY.index(kind) if kind in _CALLED_BY else len(_CALLED_BY)


def _add_contents(graph: Graph, document: Mapping[str, Any], wanted: Wanted, shown: Shown) -> None:
    entity_id = str(document["entity_id"])
    identifiers = [each for each in document.get("identifiers", ()) if wanted.kind(each)]
    for identifier in identifiers:
        graph.add_node(identifier, identifier.partition(":")[0], _value(identifier), entity_id)
    records = list(document.get("records", ()))
    kept = shown(records) if wanted.by_time() else set(records)
    for record_id in records:
        if record_id in kept:
            graph.add_node(record_id, "record", record_id[:8], entity_id)
            graph.add_edge(entity_id, record_id, "member", 1.0, "This record belongs to the entity")
    joined = set()
    for join in document.get("joins", ()):
        identifier = join.get("identifier")
        if identifier and not wanted.kind(identifier):
            continue
        if identifier and identifier in graph.nodes:
            joined.add(identifier)
            for record_id in (join["a"], join["b"]):
                graph.add_edge(record_id, identifier, join["rule"], join["strength"], join["why"])
        else:
            graph.add_edge(join["a"], join["b"], join["rule"], join["strength"], join["why"])
    for identifier in identifiers:
        if identifier not in joined:
            why = f"{_title(identifier)} seen in records of the entity; it joins none of them"
            graph.add_edge(entity_id, identifier, "seen", 1.0, why)


def _add_related(
    graph: Graph, entity_id: str, document: Mapping[str, Any], load: Loader, wanted: Wanted, related: Related
) -> None:
    """Adds edges to others of the site and the name, with the kind as rule and no strength: they are not one."""
    for each in related(document):
        other = load(str(each["entity_id"]))
        if other is None or not wanted.time(other.get("first_time"), other.get("last_time")):
            continue
        _add_entity(graph, other)
        rule = _RULES.get(str(each["kind"]), "same_name")
        ends = (entity_id, str(other["entity_id"]))
        if (ends[1], ends[0], _RULES.get(turned(str(each["kind"])), rule)) not in graph.edges:
            graph.add_edge(*ends, rule, 0.0, f"{each['kind']}: {each['why']}" if each["why"] else each["kind"])


def _title(identifier: str) -> str:
    return identifier.partition(":")[0].replace("_", " ").capitalize()


def _value(identifier: str) -> str:
    return identifier.partition(":")[2]
