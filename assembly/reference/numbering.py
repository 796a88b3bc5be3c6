"""Compiles the numbering plans of libphonenumber's metadata into minerva/identifiers/data/numbering.json.

    .venv/bin/python -m assembly.reference.numbering [--check]

The file holds one minimal automaton over E.164 digits (which full numbers are valid) and the dialing rules per region.
`--check` compiles again and fails if the file differs: it must be made anew whenever phonenumberslite moves.
"""

from __future__ import annotations

import argparse
import base64
import json
import sys
import warnings
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import phonenumbers
from phonenumbers import COUNTRY_CODE_TO_REGION_CODE

from assembly.paths import ROOT

with warnings.catch_warnings():
    # The parser of `re` under its old name, which every Python from 3.9 on has.
    warnings.simplefilter("ignore", DeprecationWarning)
    import sre_constants as sre
    import sre_parse

LIBRARY: Any = phonenumbers  # its annotations are partial
TARGET = ROOT / "minerva" / "identifiers" / "data" / "numbering.json"
TYPES = (
    "premium_rate", "toll_free", "shared_cost", "voip", "personal_number", "pager", "uan", "voicemail", "fixed_line",
    "mobile",
)  # fmt: skip
LONGEST = 17
"""Digits of the longest national number that the library parses."""
Nodes = frozenset[int]


class PatternError(Exception):
    """A pattern of the metadata uses something that the compiler does not know."""


class Net:
    """A nondeterministic automaton over digits: per node the digit edges and the empty edges."""

    def __init__(self) -> None:
        self.digits: list[list[tuple[frozenset[int], int]]] = []
        self.empty: list[list[int]] = []

    def node(self) -> int:
        self.digits.append([])
        self.empty.append([])
        return len(self.digits) - 1

    def add(self, pattern: str) -> tuple[int, int]:
        """Adds a pattern and returns its first and last node. Raises PatternError."""
        first = self.node()
        return first, self._sequence(sre_parse.parse(pattern), first)

    def _sequence(self, items: Any, start: int) -> int:
        for operation, argument in items:
            start = self._item(operation, argument, start)
        return start

    def _item(self, operation: Any, argument: Any, start: int) -> int:
        end = self.node()
        if operation is sre.LITERAL:
            self.digits[start].append((frozenset([argument - 48]), end))
        elif operation is sre.IN:
            self.digits[start].append((_class(argument), end))
        elif operation is sre.BRANCH:
            for branch in argument[1]:
                self.empty[self._sequence(branch, start)].append(end)
        elif operation is sre.SUBPATTERN:
            self.empty[self._sequence(argument[3], start)].append(end)
        elif operation is sre.MAX_REPEAT:
            least, most, body = argument
            if most is sre.MAXREPEAT or most > 20:
                raise PatternError(f"repeat of {most}")
            for count in range(most):
                if count >= least:
                    self.empty[start].append(end)
                start = self._sequence(body, start)
            self.empty[start].append(end)
        else:
            raise PatternError(f"{operation}")
        return end

    def closure(self, nodes: Iterable[int]) -> Nodes:
        seen: set[int] = set()
        waiting = list(nodes)
        while waiting:
            node = waiting.pop()
            if node not in seen:
                seen.add(node)
                waiting += self.empty[node]
        return frozenset(seen)

    def after(self, nodes: Nodes, digit: int) -> Nodes:
        return self.closure(to for node in nodes for digits, to in self.digits[node] if digit in digits)


def _class(items: list[Any]) -> frozenset[int]:
    digits: set[int] = set()
    for operation, argument in items:
        if operation is sre.LITERAL:
            digits.add(argument - 48)
        elif operation is sre.RANGE:
            digits.update(range(argument[0] - 48, argument[1] - 47))
        elif operation is sre.CATEGORY and argument is sre.CATEGORY_DIGIT:
            digits.update(range(10))
        else:
            raise PatternError(f"class with {operation}")
    return frozenset(digits)


class Region:
    """One region's rules in a net: where its patterns begin and end, and the lengths they allow."""

    def __init__(self, net: Net, metadata: Any) -> None:
        self.starts: list[int] = []
        self.leading = _EMPTY if metadata.leading_digits is None else self._add(net, metadata.leading_digits)
        if metadata.leading_digits is not None:
            # Once the leading digits are read, anything may follow.
            net.digits[self.leading].append((frozenset(range(10)), self.leading))
        self.general = self._description(net, metadata.general_desc)
        described = [getattr(metadata, name) for name in TYPES]
        self.types = [self._description(net, each) for each in described if each is not None]

    def _add(self, net: Net, pattern: str) -> int:
        first, last = net.add(pattern)
        self.starts.append(first)
        return last

    def _description(self, net: Net, described: Any) -> tuple[int, frozenset[int]]:
        if described is None or not described.national_number_pattern:
            return _EMPTY, frozenset()
        return self._add(net, described.national_number_pattern), frozenset(described.possible_length or ())

    def valid(self, nodes: Nodes, length: int) -> bool:
        def fits(end: tuple[int, frozenset[int]]) -> bool:
            return end[0] in nodes and (not end[1] or length in end[1])

        return fits(self.general) and any(fits(each) for each in self.types)


_EMPTY = -1


class Table:
    """Rows of ten next states, equal rows shared; row 0 is dead. `valid[row]`: whether a number may end there."""

    def __init__(self) -> None:
        self.rows: list[tuple[int, ...]] = []
        self.valid: list[bool] = []
        self._known: dict[tuple[bool, tuple[int, ...]], int] = {}
        self.row(False, (0,) * 10)

    def row(self, valid: bool, following: tuple[int, ...]) -> int:
        key = (valid, following)
        if key not in self._known:
            self._known[key] = len(self.rows)
            self.rows.append(following)
            self.valid.append(valid)
        return self._known[key]


def _metadata(country: int, region: str) -> Any:
    return LIBRARY.PhoneMetadata.metadata_for_region_or_calling_code(country, region)


def _plan(country: int, table: Table) -> int:
    """Adds the national numbers of a country code to the table and returns their first row."""
    net = Net()
    codes = COUNTRY_CODE_TO_REGION_CODE[country]
    regions = [Region(net, _metadata(country, code)) for code in codes]
    rows: dict[tuple[Nodes, int], int] = {}

    def valid(nodes: Nodes, length: int) -> bool:
        # The first region that claims a number decides; one with leading digits claims by these alone.
        for region in regions:
            if len(regions) > 1 and region.leading != _EMPTY:
                if region.leading in nodes:
                    return region.valid(nodes, length)
            elif region.valid(nodes, length):
                return True
        return False

    def build(nodes: Nodes, length: int) -> int:
        if not nodes:
            return 0
        key = (nodes, length)
        if key not in rows:
            following = (
                tuple(build(net.after(nodes, digit), length + 1) for digit in range(10))
                if length < LONGEST
                else (0,) * 10
            )
            rows[key] = table.row(valid(nodes, length), following)
        return rows[key]

    return build(net.closure(start for region in regions for start in region.starts), 0)


def _roots(plans: dict[str, int], table: Table, prefix: str = "") -> int:
    """Adds the trie of country codes above their plans and returns its first row."""
    if prefix in plans:
        return plans[prefix]
    if not any(code.startswith(prefix) for code in plans):
        return 0
    return table.row(False, tuple(_roots(plans, table, prefix + str(digit)) for digit in range(10)))


def _rules(metadata: Any) -> dict[str, Any]:
    general = metadata.general_desc
    rules = {
        "country": metadata.country_code,
        "international": metadata.international_prefix,
        "national": metadata.national_prefix_for_parsing,
        "transform": metadata.national_prefix_transform_rule,
        "trunk": metadata.national_prefix,
        "general": general.national_number_pattern,
        "lengths": sorted(general.possible_length),
        "local": sorted(general.possible_length_local_only),
        "heads": _heads(metadata),
    }
    return {name: value for name, value in rules.items() if value not in (None, "", [])}


def _begins(pattern: str | None) -> dict[str, int]:
    """How a pattern can match at the start of a number that begins with two digits: per pair that it can match, the
    length of the one match possible, or 0 where that depends on what follows (for all pairs if the pattern is odd)."""
    if not pattern:
        return {}
    net = Net()
    try:
        first, last = net.add(pattern)
    except PatternError:
        return dict.fromkeys(PAIRS, 0)
    begins: dict[str, int] = {}
    for pair in PAIRS:
        nodes = net.closure([first])
        lengths = {0} if last in nodes else set()
        for count, digit in enumerate(pair, 1):
            nodes = net.after(nodes, int(digit))
            lengths |= {count} if last in nodes else set()
        open_end = any(net.digits[node] for node in nodes)
        if open_end or lengths:
            begins[pair] = 0 if open_end or len(lengths) > 1 or 0 in lengths else lengths.pop()
    return begins


PAIRS = tuple(f"{number:02d}" for number in range(100))


def _heads(metadata: Any) -> str:
    """One letter per first two digits of a dialed number: `d` for a national number as it is, `t` for a one-digit trunk
    prefix before one, `n` where a prefix from abroad or the country code may stand but no trunk prefix, else `x`."""
    abroad = _begins(metadata.international_prefix)
    trunk = _begins(metadata.national_prefix_for_parsing)
    country = str(metadata.country_code)
    letters = []
    for pair in PAIRS:
        from_abroad = pair in abroad or pair.startswith(country[:2]) or country.startswith(pair)
        if pair not in trunk:
            letters.append("n" if from_abroad else "d")
        elif trunk[pair] == 1 and not from_abroad and not metadata.national_prefix_transform_rule:
            letters.append("t")
        else:
            letters.append("x")
    return "".join(letters)


def _names() -> Iterator[tuple[str, Any]]:
    for region in sorted(LIBRARY.SUPPORTED_REGIONS):
        yield region, LIBRARY.PhoneMetadata.metadata_for_region(region, None)
    for country in sorted(COUNTRY_CODE_TO_REGION_CODE):
        if COUNTRY_CODE_TO_REGION_CODE[country] == ("001",):
            yield f"001/{country}", _metadata(country, "001")


def compile_plans() -> str:
    """Returns the text of the data file. Raises PatternError."""
    table = Table()
    countries = sorted(COUNTRY_CODE_TO_REGION_CODE)
    root = _roots({str(country): _plan(country, table) for country in countries}, table)
    if len(table.rows) > 65535:
        raise PatternError(f"{len(table.rows)} states do not fit")
    flat = b"".join(state.to_bytes(2, "little") for row in table.rows for state in row)
    main = {
        str(country): f"001/{country}" if COUNTRY_CODE_TO_REGION_CODE[country][0] == "001"
        else COUNTRY_CODE_TO_REGION_CODE[country][0]
        for country in countries
    }  # fmt: skip
    document = {
        "_source": "Emitted by assembly.reference from the metadata of libphonenumber (Apache-2.0): do not edit.",
        "version": LIBRARY.__version__,
        "main": main,
        "regions": {name: _rules(metadata) for name, metadata in _names()},
        "root": root,
        "valid": "".join("01"[flag] for flag in table.valid),
        "states": base64.b64encode(zlib.compress(flat, 9)).decode(),
    }
    return json.dumps(document, ensure_ascii=True, indent=0, sort_keys=True) + "\n"


def main(arguments: list[str]) -> int:
    """Writes the data file, or with `--check` compares it; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    parser.add_argument("--target", type=Path, default=TARGET)
    options = parser.parse_args(arguments)
    text = compile_plans()
    if not options.check:
        options.target.write_text(text, encoding="utf-8")
        return 0
    if options.target.is_file() and options.target.read_text(encoding="utf-8") == text:
        return 0
    print(f"{options.target.name} is not what phonenumberslite {LIBRARY.__version__} compiles to", file=sys.stderr)
    return 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
