"""Tests rows against a search tree. Names of fields are exact; values and terms ignore case unless CASE() is given.

Terms are looked for in _raw between breakers (segmenters.conf); a multivalue matches when any of its values does.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Union

from understudy.spl.model import Row
from understudy.spl.search_tree import And, Compare, Everything, Node, Not, Or, Term, TimeBound
from understudy.spl.values import number_of, text_of, values_of
from understudy.spl.wildcard import matcher

Test = Callable[[Row], bool]
Network = Union[ipaddress.IPv4Network, ipaddress.IPv6Network]

MAJOR = r"\s\[\]<>(){}|!;,'\"*&?+"
MINOR = r"/:=@.\-$#%\\_"
CIDR = re.compile(r"(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*)/\d{1,3}\Z")


def compile_match(node: Node) -> Test:
    """Returns a test of one row. Compile once, use for each row."""
    if isinstance(node, Everything):
        return lambda row: True
    if isinstance(node, And):
        return _all([compile_match(item) for item in node.items])
    if isinstance(node, Or):
        return _any([compile_match(item) for item in node.items])
    if isinstance(node, Not):
        inner = compile_match(node.item)
        return lambda row: not inner(row)
    if isinstance(node, TimeBound):
        return _time_test(node)
    if isinstance(node, Term):
        return _term_test(node)
    return _compare_test(node)


def _all(tests: list[Test]) -> Test:
    if len(tests) == 2:
        first, second = tests
        return lambda row: first(row) and second(row)
    return lambda row: all(test(row) for test in tests)


def _any(tests: list[Test]) -> Test:
    return lambda row: any(test(row) for test in tests)


def _time_test(bound: TimeBound) -> Test:
    name = "_indextime" if bound.side.startswith("_index") else "_time"
    limit = bound.value
    if bound.side.endswith("earliest"):
        return lambda row: (number := number_of(row.get(name))) is not None and number >= limit
    return lambda row: (number := number_of(row.get(name))) is not None and number < limit


def term_pattern(term: Term) -> re.Pattern[str]:
    """Returns the pattern that finds a term between breakers of _raw.

    TERM() lies between major breakers only. A `*` in a bare word stays inside one major segment. The groups are
    atomic, so the time is linear per start however many `*` there are.
    """
    text = term.text
    inside = rf"[^{MAJOR}]" if term.term else rf"[^{MAJOR}{MINOR}]"
    filler = r"[\s\S]" if term.quoted else rf"[^{MAJOR}]"
    pieces = text.split("*")
    before = after = ""
    if pieces[0] and re.match(inside, pieces[0][0]):
        before = rf"(?<!{inside})"
    if pieces[-1] and re.match(inside, pieces[-1][-1]):
        after = rf"(?!{inside})"
    pattern = before + re.escape(pieces[0])
    for piece in pieces[1:-1]:
        if piece:
            pattern += rf"(?>{filler}*?{re.escape(piece)})"
    if len(pieces) > 1 and pieces[-1]:
        pattern += rf"{filler}*?{re.escape(pieces[-1])}"
    return re.compile(pattern + after, 0 if term.case else re.IGNORECASE)


def _term_test(term: Term) -> Test:
    if not term.text.strip("*"):
        return lambda row: True
    search = term_pattern(term).search
    # Lower case decides what is the same letter; the pattern alone would also take the long s for an s.
    literals = [piece if term.case else piece.lower() for piece in term.text.split("*") if piece]

    def test(row: Row) -> bool:
        raw = row.get("_raw")
        if raw is None:
            return False
        text = raw if isinstance(raw, str) else text_of(raw)
        folded = text if term.case else text.lower()
        return all(literal in folded for literal in literals) and search(text) is not None

    return test


@lru_cache(maxsize=1024)
def network_of(text: str) -> Network | None:
    """Returns the network of `10.0.0.0/8` or `2001:db8::/32` (host bits are ignored), or None."""
    if CIDR.match(text) is None:
        return None
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError:
        return None


@lru_cache(maxsize=65536)
def address_in(text: str, network: Network) -> bool:
    """Whether the text is an IP address inside the network."""
    try:
        return ipaddress.ip_address(text.strip()) in network
    except ValueError:
        return False


def value_test(compare: Compare) -> Callable[[Any], bool]:
    """Returns the test of one scalar against a comparison's operator and value."""
    if compare.op in ("=", "!="):
        equal = _equal_test(compare)
        return equal if compare.op == "=" else lambda value: not equal(value)
    number = number_of(compare.value)
    text = compare.value if compare.case else compare.value.lower()
    decide = ORDER[compare.op]

    def ordered(value: Any) -> bool:
        if number is not None:
            own = number_of(value)
            if own is not None:
                return decide((own > number) - (own < number))
        own_text = text_of(value) if compare.case else text_of(value).lower()
        return decide((own_text > text) - (own_text < text))

    return ordered


ORDER: dict[str, Callable[[int], bool]] = {
    "<": lambda order: order < 0,
    "<=": lambda order: order <= 0,
    ">": lambda order: order > 0,
    ">=": lambda order: order >= 0,
}


def _equal_test(compare: Compare) -> Callable[[Any], bool]:
    wanted = compare.value
    if "*" in wanted:
        matches = matcher(wanted, compare.case)
        if compare.field == "index" and wanted.startswith("*"):
            # `index=*` does not reach internal indexes, whose names begin with _
            return lambda value: not text_of(value).startswith("_") and matches(text_of(value))
        return lambda value: matches(text_of(value))
    network = network_of(wanted)
    text = wanted if compare.case else wanted.lower()

    def equal(value: Any) -> bool:
        # the search command compares strings with = and !=: 1 does not match 1.0
        if not isinstance(value, str):
            return text_of(value) == wanted
        if value == wanted or (not compare.case and value.lower() == text):
            return True
        return network is not None and address_in(value, network)

    return equal


def _compare_test(compare: Compare) -> Test:
    name = compare.field
    test = value_test(compare)
    if "*" in name:
        fits = matcher(name)
        return lambda row: any(test(value) for key, values in row.items() if fits(key) for value in values_of(values))

    def matches(row: Row) -> bool:
        value = row.get(name)
        if value is None:
            return False
        if isinstance(value, list):
            return any(test(item) for item in value)
        return test(value)

    return matches
