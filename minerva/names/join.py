"""A field of rows joined to a list by likeness: what the search command minervamatch does, without Splunk.

Above the cut-off no entry is lost: candidates come from `index`, whose bounds are proven there, not from blocks. Names
of organizations are searched by the words that tell them apart in the list (`organization_list`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Union

from minerva.addresses import compare_addresses, parse_address
from minerva.names.forms import FORMS, ORGANIZATION
from minerva.names.index import Search, index_of
from minerva.names.kinds import compare_by_kind
from minerva.names.organization_list import OrganizationList
from minerva.names.romanize import LONGEST_READ
from minerva.names.username_affixes import NONE, Affixes, learned
from minerva.names.usernames import compare_usernames
from minerva.search_words import FIELD, LOOKUP

CUTOFF, LEAST_CUTOFF = 0.85, 0.5
LIMIT, MOST = 5, 100
ADDED = ("match_value", "match_score", "match_reason")


class OptionError(ValueError):
    """An option of the command cannot be used; the message says which and what is expected."""


@dataclass(frozen=True)
class Options:
    """cutoff: least likeness (0.5 to 1) of the forms of `kind`; limit: entries shown per row, the most alike first."""

    field: str
    lookup: str
    lookup_field: str
    kind: str = "name"
    cutoff: float = CUTOFF
    limit: int = LIMIT


def read_options(given: Mapping[str, Union[str, None]]) -> Options:
    """Returns the options from their texts (None = absent). Raises OptionError."""
    field = _needed(given, "field", FIELD, "the field to match, as in field=name")
    lookup = _needed(given, "lookup", LOOKUP, "the name of a lookup, as in lookup=watch_names")
    lookup_field = given.get("lookup_field") or field
    if not FIELD.fullmatch(lookup_field):
        raise OptionError("lookup_field: expected a field of the lookup, as in lookup_field=name")
    kind = (given.get("kind") or "name").lower()
    if kind not in FORMS:
        raise OptionError(f"kind: expected one of {', '.join(FORMS)}")
    cutoff = given.get("cutoff") or str(CUTOFF)
    if not re.fullmatch(r"0?\.[0-9]{1,6}|1(?:\.0*)?", cutoff) or float(cutoff) < LEAST_CUTOFF:
        raise OptionError(f"cutoff: expected a number from {LEAST_CUTOFF} to 1, as in cutoff={CUTOFF}")
    limit = given.get("limit") or str(LIMIT)
    if not re.fullmatch(r"[0-9]{1,3}", limit) or not 1 <= int(limit) <= MOST:
        raise OptionError(f"limit: expected a whole number from 1 to {MOST}")
    return Options(field, lookup, lookup_field, kind, float(cutoff), int(limit))


def lookup_search(lookup: str, field: str) -> str:
    """Returns the search that lists each value of a lookup's field once. Raises OptionError for what is no name."""
    if not LOOKUP.fullmatch(lookup) or not FIELD.fullmatch(field):
        raise OptionError("lookup, lookup_field: expected the names of a lookup and of its field")
    return f'| inputlookup {lookup} | stats count by "{field}" | fields "{field}"'


def _needed(given: Mapping[str, Union[str, None]], name: str, form: re.Pattern[str], expected: str) -> str:
    value = given.get(name) or ""
    if not form.fullmatch(value):
        raise OptionError(f"{name}: expected {expected}")
    return value


class Matcher:
    """A list ready to be matched. Entries that differ only in what tells nothing apart stand beside each other."""

    def __init__(self, entries: Iterable[str], options: Options) -> None:
        self._options = options
        self._form = FORMS[options.kind]
        self._entries: dict[str, list[str]] = {}
        for entry in dict.fromkeys(entries):
            self._entries.setdefault(self._form(entry), []).append(entry)
        self._forms = list(self._entries)
        by_words = options.kind == ORGANIZATION
        self._index: Search = OrganizationList(self._forms) if by_words else index_of(self._forms)
        self._alike = "alike by the words that tell in the list" if by_words else "alike as written"
        self._among = learned(self._forms) if options.kind == "username" else NONE

    def matched(self, rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        """Yields each row with match_value, match_score (0 to 1, three decimals) and match_reason; lists of equal
        length where several entries are alike, None where none is.
        """
        for row in rows:
            found = self._of_row(_texts(row.get(self._options.field)))
            for name, values in zip(ADDED, zip(*found) if found else ((), (), ())):
                row[name] = None if not values else values[0] if len(values) == 1 else list(values)
            yield row

    def _of_row(self, values: Sequence[str]) -> list[tuple[str, str, str]]:
        best: dict[str, tuple[float, str]] = {}
        for value in values:
            for place, alike in self._index.search(self._form(value), self._options.cutoff, self._options.limit):
                for entry in self._entries[self._forms[place]]:
                    if entry not in best or alike > best[entry][0]:
                        best[entry] = (alike, value)
        order = sorted(best.items(), key=lambda item: (-item[1][0], item[0]))[: self._options.limit]
        return [
            (entry, f"{alike:.3f}", f"{alike:.0%} {self._alike}; {self._reason(value, entry)}")
            for entry, (alike, value) in order
        ]

    def _reason(self, value: str, entry: str) -> str:
        return reason_of(self._options.kind, value, entry, self._among)


def reason_of(kind: str, a: str, b: str, among: Affixes = NONE) -> str:
    """Returns what the comparison of that kind says of two values, in one line. among: of the list of user names."""
    a, b = a[:LONGEST_READ], b[:LONGEST_READ]
    if kind == "username":
        return compare_usernames(a, b, among).why
    if kind == "address":
        return compare_addresses(parse_address(a), parse_address(b)).why
    return "; ".join(compare_by_kind(a, b, kind if kind == ORGANIZATION else "")[1])


def _texts(cell: Any) -> list[str]:
    cells = cell if isinstance(cell, (list, tuple)) else [cell]
    return [str(each) for each in cells if each not in (None, "")]
