"""FIELDALIAS of props.conf: its pairs, its step, and the aliases whose comparisons the index can answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from typing import NamedTuple

import regex

from understudy.spl.commands import lookup
from understudy.spl.errors import SplError
from understudy.spl.lexer import arguments_of
from understudy.spl.model import Row
from understudy.storage.props import Props, Settings, classes, lookups_of

PAIR = regex.compile(r'("[^"]+"|\S+)\s+(ASNEW|AS)\s+("[^"]+"|\S+)', regex.IGNORECASE)


class Pair(NamedTuple):
    """keep (ASNEW): an alias that is there stays. Else it takes the field's value, and goes when there is none."""

    field: str
    alias: str
    keep: bool


class Known(NamedTuple):
    """An alias that has the values of a field in every event of some source types."""

    field: str
    sourcetypes: frozenset[str]


def pairs_of(text: str) -> list[Pair]:
    """Returns the pairs of one FIELDALIAS: `a AS b c ASNEW d`."""
    groups = (found.groups() for found in PAIR.finditer(text))
    return [Pair(field.strip('"'), alias.strip('"'), how.upper() == "ASNEW") for field, how, alias in groups]


def aliases_of(settings: Settings) -> list[Pair]:
    """Returns the pairs of every FIELDALIAS, in the order in which they apply."""
    return [pair for _, text in classes(settings, "FIELDALIAS-") for pair in pairs_of(text)]


def with_fields(wanted: frozenset[str], pairs: Collection[Pair]) -> frozenset[str]:
    """Returns the wanted fields and those that they are aliases of, also over several steps."""
    while not (more := {pair.field for pair in pairs if pair.alias in wanted}) <= wanted:
        wanted |= more
    return wanted


def alias_step(text: str) -> Callable[[Row], None]:
    """Returns the step of a FIELDALIAS. Raises ValueError when it has no pair."""
    pairs = pairs_of(text)
    if not pairs:
        raise ValueError("it has no 'field AS alias'")

    def step(row: Row) -> None:
        for field, alias, keep in pairs:
            value = row.get(field)
            if keep and (alias in row or value is None):
                continue
            if value is not None:
                row[alias] = value
            else:
                row.pop(alias, None)

    return step


def outputs_of(lookup_text: str, names: frozenset[str]) -> frozenset[str]:
    """Returns which of the names an automatic lookup may give: those of its outputs, all where it names none."""
    try:
        outputs = lookup.parse(arguments_of("lookup", lookup_text, 0)).outputs
    except SplError:
        return names  # a wrong one is said where it would apply
    return names if outputs is None else names & {name for _, name in outputs}


def known_aliases(props: Props, origins: Iterable[tuple[str, str, str]]) -> dict[str, Known]:
    """Returns, by alias, what is known of it in events of these (sourcetype, source, host)."""
    everywhere: dict[str, set[tuple[str, str]]] = {}
    for sourcetype, source, host in origins:
        found = _plain(props.settings(sourcetype, source, host))
        everywhere[sourcetype] = everywhere.get(sourcetype, found) & found
    places: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for sourcetype, agreed in everywhere.items():
        for alias, field in agreed:
            places[alias][field].add(sourcetype)
    largest = {alias: max(fields.items(), key=lambda item: (len(item[1]), item[0])) for alias, fields in places.items()}
    return {alias: Known(field, frozenset(sourcetypes)) for alias, (field, sourcetypes) in largest.items()}


def _plain(settings: Settings) -> set[tuple[str, str]]:
    """Returns (alias, field) of the aliases that no other alias, calculation or lookup can change."""
    pairs = aliases_of(settings)
    targets = [pair.alias for pair in pairs]
    taken = frozenset(targets)
    changed = frozenset[str]().union(*(outputs_of(text, taken) for _, text in lookups_of(settings)))
    return {
        (pair.alias, pair.field)
        for pair in pairs
        if not pair.keep
        and pair.alias not in changed
        and targets.count(pair.alias) == 1
        and pair.field not in targets
        and not settings.get(f"EVAL-{pair.alias}")
    }
