"""Finds the rows of a lookup table for given values: exact (indexed), wildcard, CIDR, with or without case, in time."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from understudy.spl.errors import MissingError
from understudy.spl.model import Context, LookupDefinition, Row
from understudy.spl.search_expression import parse as parse_search
from understudy.spl.search_match import compile_match
from understudy.spl.times import strptime
from understudy.spl.values import number_of, text_of, values_of
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


def entry_times(definition: LookupDefinition, rows: Iterable[Row], context: Context) -> list[float | None]:
    """Returns the epoch seconds of each entry of a table bound to time; None where the text is no time."""
    found: list[float | None] = []
    for row in rows:
        text = text_of(row.get(definition.time_field, ""))
        epoch = None
        if definition.time_format not in {"", "%s.%Q"}:
            epoch = strptime(text, definition.time_format, context.zone, context.now)
        found.append(number_of(text) if epoch is None and definition.time_format in {"", "%s.%Q", "%s"} else epoch)
    return found


class Matcher:
    """Answers which rows have the given values in the given table fields. A row must match all of them.

    times: for a table bound to time, the time of each row.
    """

    def __init__(
        self,
        definition: LookupDefinition,
        rows: Sequence[Row],
        names: Sequence[str],
        times: Sequence[float | None] | None = None,
    ) -> None:
        self.definition = definition
        self.rows = rows
        self.times = times
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

    def find(self, values: Mapping[str, Sequence[str]], moment: float | None = None) -> list[Row]:
        """Returns matching rows in table order, max_matches at most. values: table field -> texts, any may match.

        In a table bound to time those come that are min_offset to max_offset seconds older than the moment, the
        newest first.
        """
        if self.times is not None:
            return self._find_in_time(values, moment)
        token = tuple(tuple(values[name]) for name in values)
        known = self._cache.get(token)
        if known is None:
            known = self._find(values)
            if len(self._cache) < 50_000:
                self._cache[token] = known
        return known

    def _find_in_time(self, values: Mapping[str, Sequence[str]], moment: float | None) -> list[Row]:
        if moment is None or self.times is None:
            return []
        aged: list[tuple[float, int]] = []
        for number in self._numbers(values):
            began = self.times[number]
            if began is not None and self.definition.min_offset <= moment - began <= self.definition.max_offset:
                aged.append((moment - began, number))
        return [self.rows[number] for _, number in sorted(aged)[: self.definition.max_matches]]

    def _find(self, values: Mapping[str, Sequence[str]]) -> list[Row]:
        return [self.rows[number] for number in islice(self._numbers(values), self.definition.max_matches)]

    def _numbers(self, values: Mapping[str, Sequence[str]]) -> Iterator[int]:
        keys: list[tuple[str, ...]] = [()]
        for name in self.exact:
            keys = [(*key, self._fold(text)) for key in keys for text in values[name]]
        numbers = sorted({number for key in keys for number in self._index.get(key, ())})
        for number in numbers:
            if all(self._matches(number, name, kind, values[name]) for name, kind in self.loose):
                yield number

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
