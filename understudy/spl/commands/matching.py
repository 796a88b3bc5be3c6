"""Finds the rows of a lookup table for given values: exact (indexed), wildcard and CIDR, with or without case."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Mapping, Sequence

from understudy.spl.errors import MissingError
from understudy.spl.model import Context, LookupDefinition, Row
from understudy.spl.search_expression import parse as parse_search
from understudy.spl.search_match import compile_match
from understudy.spl.values import text_of, values_of
from understudy.spl.wildcard import matcher

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def table_rows(name: str, context: Context) -> tuple[LookupDefinition, list[Row]]:
    """Returns a lookup's definition and its rows, its own filter applied. Raises MissingError."""
    definition = context.tables.definition(name)
    rows = [dict(row) for row in context.tables.rows(name)]
    if definition.filter:
        test = compile_match(parse_search(definition.filter, 0, context.now, context.zone))
        rows = [row for row in rows if test(row)]
    return definition, rows


def columns_of(definition: LookupDefinition, rows: Iterable[Row]) -> list[str]:
    """Returns the table's columns: the defined ones, else those met in the rows."""
    if definition.fields:
        return list(definition.fields)
    names: dict[str, None] = {}
    for row in rows:
        names.update(dict.fromkeys(row))
    return list(names)


class Matcher:
    """Answers which rows have the given values in the given table fields. A row must match all of them."""

    def __init__(self, definition: LookupDefinition, rows: Sequence[Row], names: Sequence[str]) -> None:
        self.definition = definition
        self.rows = rows
        kinds = {field: kind.upper() for field, kind in definition.match_types.items()}
        self.exact = [name for name in names if kinds.get(name, "EXACT") == "EXACT"]
        self.loose = [(name, kinds[name]) for name in names if kinds.get(name, "EXACT") != "EXACT"]
        self._index: dict[tuple[str, ...], list[int]] = {}
        for number, row in enumerate(rows):
            for key in self._keys(row):
                self._index.setdefault(key, []).append(number)
        self._networks: dict[tuple[int, str], Network | None] = {}
        self._cache: dict[tuple[tuple[str, ...], ...], list[Row]] = {}

    def _fold(self, text: str) -> str:
        return text if self.definition.case_sensitive else text.lower()

    def _keys(self, row: Row) -> list[tuple[str, ...]]:
        keys: list[tuple[str, ...]] = [()]
        for name in self.exact:
            texts = [self._fold(text_of(value)) for value in values_of(row.get(name, ""))]
            keys = [(*key, text) for key in keys for text in texts]
        return keys

    def find(self, values: Mapping[str, Sequence[str]]) -> list[Row]:
        """Returns matching rows in table order, max_matches at most. values: table field -> texts, any may match."""
        token = tuple(tuple(values[name]) for name in values)
        known = self._cache.get(token)
        if known is None:
            known = self._find(values)
            if len(self._cache) < 50_000:
                self._cache[token] = known
        return known

    def _find(self, values: Mapping[str, Sequence[str]]) -> list[Row]:
        keys: list[tuple[str, ...]] = [()]
        for name in self.exact:
            keys = [(*key, self._fold(text)) for key in keys for text in values[name]]
        numbers = sorted({number for key in keys for number in self._index.get(key, ())})
        found: list[Row] = []
        for number in numbers:
            if all(self._matches(number, name, kind, values[name]) for name, kind in self.loose):
                found.append(self.rows[number])
                if len(found) == self.definition.max_matches:
                    break
        return found

    def _matches(self, number: int, name: str, kind: str, texts: Sequence[str]) -> bool:
        pattern = text_of(self.rows[number].get(name, ""))
        if kind == "WILDCARD":
            test = matcher(pattern, self.definition.case_sensitive)
            return any(test(text) for text in texts)
        network = self._network(number, name, pattern)
        return network is not None and any(_inside(text, network) for text in texts)

    def _network(self, number: int, name: str, text: str) -> Network | None:
        key = (number, name)
        if key not in self._networks:
            try:
                self._networks[key] = ipaddress.ip_network(text.strip(), strict=False)
            except ValueError:
                self._networks[key] = None
        return self._networks[key]


def _inside(text: str, network: Network) -> bool:
    try:
        return ipaddress.ip_address(text.strip()) in network
    except ValueError:
        return False


def check_columns(name: str, wanted: Iterable[str], columns: Sequence[str]) -> None:
    """Raises MissingError for a field that the table does not have."""
    for field in wanted:
        if columns and field not in columns and field != "_key":
            raise MissingError(f"Field '{field}' of lookup '{name}' not found")
