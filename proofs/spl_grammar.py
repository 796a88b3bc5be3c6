"""Search texts made from the language's own tables: a command's or function's syntax line, derived at random.

The notation is that of `Command.syntax` and `Function.syntax`: `[x]` and `(x)?` may be left out, `(x)*`, `(x)+` and
`...` repeat, `a | b` and `a|b` choose, `<name>` is a hole. A new command is therefore tried without an edit here.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Union

from understudy.spl.eval import functions
from understudy.spl.registry import commands
from understudy.spl.statistics.functions import FUNCTIONS

FIELDS = (
    *("a", "b", "host", "status", "tags", "tags{}", "items{}.name", "_time", "_raw", "csv", "js", "ip", "x", "nope"),
    *("big", "'x y'", "user"),
)
NUMBERS = (
    *("0", "1", "-1", "2", "2.5", "3", "10", "100", ".5", "1e9", "1e308", "99999999999999999999", "-0.0"),
    *("9007199254740993", "0x1f", "007"),
)
TEXTS = (
    *('""', '"a"', '"x"', '"é\\n"', '"10.0.0.1"', '"1,234"', '"red"', '"%"', '"a b"', '"\\""', '"ſKİß"', "t", "word"),
)
REGEXES = (
    *(
        '"(?<x>a+)"',
        '"(a+)+$"',
        '"a{1,999}"',
        '"(?i)failed"',
        '"user=(?<user>\\w+)"',
        '"[^,]+"',
        '"("',
        '"(?=.)(?<y>.)"',
    ),
    *('"(?<n>\\d+)(?<m>.*)"', '"\\\\"', '"(?<x>(x|xx)+)y"'),
)
HOLES: dict[str, tuple[str, ...]] = {
    "bool": ("t", "f", "true", "false", "0", "1"),
    "int": ("0", "1", "2", "3", "5", "10", "100", "50000"),
    "count": ("0", "1", "2", "50"),
    "number": NUMBERS,
    "degrees": ("0.5", "5.0", "45.0", "0", "-1"),
    "span": ("1h", "5m", "1d", "1d@d", "1mon", "10", "2log3", "1w", "7", "1q", "30s", "100ms"),
    "time": ("0", "now", "-1d@d", "@d", "earliest", "1700000000", "11/14/2023", "-1mon@w3", "+2"),
    "text": (*TEXTS, "x", "_", '" "'),
    "characters": (";", ",", "|", "=", ":", "\\t"),
    "delimiter": TEXTS,
    "regex": REGEXES,
    "regex with named groups": tuple(text[1:-1] for text in REGEXES),
    "sed": ("s/a/b/g", "y/abc/xyz/", "s/(.)/\\1\\1/2", "s/", "s/(a/b/", "d"),
    "path": ("x", "x.y", "l{}", "l{1}", "x{}.y", "{}", "a..b", "items{}.name", "/services/server/info"),
    "format": ('"%Y-%m-%d"', '"%H:%M:%S.%3N %z"', '"%s"', '"hex"', '"commas"', '"duration"', '"%d %s %5.2f"', '"%*d"'),
    "specifier": ('"@d"', '"-1h@h"', '"+1mon@y"', '"@w7"', '"x"'),
    "key": ('"x"', '"y"', '"search"', "a", "k"),
    "cidr": ('"10.0.0.0/8"', '"2001:db8::/32"', '"1.2.3.4/99"'),
    "mask": ('"255.255.0.0"', "7"),
    "pattern": ('"a%"', '"%"', '"_"', '"%%%%%%%%%%x"'),
    "json": ("js", '"{\\"a\\":[1,{\\"b\\":null}]}"', '"[1"', "json_array(1,2)"),
    "lookup or file": ("people", "people.csv", "people", "nosuch.csv"),
    "lookup": ("people", "people.csv"),
    "table": ('"people"', '"nosuch"'),
    "table field": ("name", "city", "a", "nope"),
    "name": ("n", "a", "main", "x y", "total", "*", "_time"),
    "value": ("1", '"a"', "*", "a*", '"* x"', "w*1", "500"),
    "saved search": ("saved", "nosuch"),
    "sid": ("1700000000.1", "nosuch"),
    "owner": ("admin", "nobody"),
    "app": ("search", "-"),
    "alert action": ("email", "nosuch"),
    "hosts|sources|sourcetypes": ("hosts", "sources", "sourcetypes", "x"),
    "MM/DD/YYYY[:HH:MM:SS] or days": ("-2", "-1", "11/14/2023", "11/14/2023:10:00:00", "-99999", "13/45/2023"),
    "6 strings": ('"(" "(" "AND" ")" "OR" ")"', '"" "" "" "" "" ""', '"(" "("'),
    "condition of transaction": ('"user"', "(a>1)", "eval(status>300)", 'eval("x")', "()"),
    "bool or fields": ("t", "f", "a,b"),
}
"""What stands in a hole; names not listed here are made by `Maker.hole` or stand for a field."""
CONVERSIONS = ("auto", "num", "none", "ctime", "mktime", "dur2sec", "mstime", "memk", "rmunit", "rmcomma")
MAX_DEPTH = 3
MANY = (
    "| makeresults count=4000 | streamstats count as a | eval b=a%7, x=a, status=a",
    '| makeresults count=400 | streamstats count as a | eval f="c".a | eval {f}=1, x=f, b="k".(a%3)',
    "| makeresults count=100 | streamstats count as a | eval b=mvrange(0,a), x=b, tags=b, _time=_time-a*3600",
    '| makeresults count=3 | eval a=mvrange(0,5000), b=a, x=mvjoin(a," "), _raw=x, js="[".mvjoin(a,",")."]"',
    "| gentimes start=-500 | eval a=starttime, b=endtime, x=starttime, _time=starttime",
)
"""Searches that make more than the rows of the cases: many rows, many columns, many values."""


@dataclass(frozen=True)
class Literal:
    choices: tuple[str, ...]


@dataclass(frozen=True)
class Hole:
    name: str


@dataclass(frozen=True)
class Group:
    """One of the alternatives, least to most times."""

    alternatives: tuple[tuple[Part, ...], ...]
    least: int
    most: int


Part = Union[Literal, Hole, Group]
PIECE = re.compile(r"\s*\.\.\.|<[^<>]*(?:<[^<>]*>)?[^<>]*>|[\[\]()|]|\s+|[^\s\[\]()<>|]+(?:\|[^\s\[\]()<>|]+)*")
PIPELINES = frozenset({"<subsearch>", "<pipeline>", "<search>"})


class _Notation:
    def __init__(self, text: str) -> None:
        self.pieces = PIECE.findall(text)
        self.at = 0

    def alternatives(self, end: str | None) -> tuple[tuple[Part, ...], ...]:
        found: list[list[Part]] = [[]]
        while self.at < len(self.pieces):
            piece = self.pieces[self.at]
            self.at += 1
            if piece == end:
                break
            if piece == "|":
                found.append([])
            elif piece.strip() == "...":
                if found[-1]:
                    found[-1].append(Group(((Literal((" ",)), *self._repeated(found[-1])),), 0, 2))
            elif piece == "[":
                found[-1].append(self._brackets())
            elif piece == "(":
                found[-1] += self._parenthesis()
            elif piece.startswith("<"):
                found[-1].append(Hole(piece[1:-1]))
            else:
                found[-1].append(Literal(tuple(choices(piece))))
        return tuple(map(tuple, found))

    @staticmethod
    def _repeated(parts: list[Part]) -> list[Part]:
        """Returns what `...` repeats: back to the last blank, without a comma before it."""
        last = max(
            (n for n, part in enumerate(parts) if isinstance(part, Literal) and part.choices[0].isspace()), default=-1
        )
        kept = parts[last + 1 :]
        return kept or parts[max(0, last - 1) : last]

    def _brackets(self) -> Part:
        inner = [piece for piece in self.pieces[self.at : self.at + 4] if not piece.isspace()]
        if inner[:2] and inner[0] in PIPELINES and inner[1:2] == ["]"]:
            self.at = self.pieces.index("]", self.at) + 1
            return Group(((Literal(("[",)), Hole(inner[0][1:-1]), Literal(("]",))),), 1, 1)
        return Group(self.alternatives("]"), 0, 1)

    def _parenthesis(self) -> list[Part]:
        inner = self.alternatives(")")
        after = self.pieces[self.at] if self.at < len(self.pieces) else ""
        repeat = {"?": (0, 1), "*": (0, 2), "+": (1, 3)}.get(after[:1])
        if repeat is not None:
            if after[1:]:
                self.pieces[self.at] = after[1:]
            else:
                self.at += 1
            return [Group(inner, *repeat)]
        if len(inner) > 1:
            return [Group(inner, 1, 1)]
        return [Literal(("(",)), *inner[0], Literal((")",))]


def choices(piece: str) -> list[str]:
    """Returns the texts of `type=inner|outer`, each with what stands before the first one's `=`."""
    if piece.isspace() or "|" not in piece.strip("|"):
        return [piece]
    head, equals, first = piece.split("|")[0].rpartition("=")
    return [f"{head}{equals}{choice}" for choice in (first, *piece.split("|")[1:])]


@lru_cache(maxsize=1024)
def notation(syntax: str) -> tuple[tuple[Part, ...], ...]:
    """Returns the alternatives of a syntax line; remarks behind two blanks are no syntax."""
    return _Notation(re.sub(r"  \(.*", "", syntax)).alternatives(None)


class Maker:
    """Makes texts from one source of chance. Depth bounds nesting, so every text ends."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.names = sorted(commands())
        self.functions = [function.syntax for _, function in sorted(functions().items())]
        self.statistics = (
            *sorted(name for name, function in FUNCTIONS.items() if function.scope == "all"),
            *("perc95", "p50", "dc", "c", "exactperc99.5"),
        )
        self.later = [name for name in self.names if commands()[name].kind != "generating"]

    def derive(self, alternatives: tuple[tuple[Part, ...], ...], hole: Callable[[str], str]) -> str:
        """Returns one text of the notation; hole gives what stands in a hole."""
        text = ""
        for part in self.chance.choice(alternatives):
            if isinstance(part, Literal):
                text += self.chance.choice(part.choices)
            elif isinstance(part, Hole):
                text += hole(part.name)
            else:
                for _ in range(self.chance.randint(part.least, part.most)):
                    text += self.derive(part.alternatives, hole)
        return text

    def expression(self, depth: int = 0) -> str:
        """Returns an eval expression; its types mostly fit."""
        kind = self.chance.random()
        if depth >= MAX_DEPTH or kind < 0.25:
            return self.chance.choice(FIELDS if kind < 0.15 else NUMBERS if self.chance.random() < 0.5 else TEXTS)
        if kind < 0.5:
            operator = self.chance.choice(("+", "-", "*", "/", "%", ".", "+", "."))
            return f"{self.expression(depth + 1)} {operator} {self.expression(depth + 1)}"
        if kind < 0.56:
            return f"({self.expression(depth + 1)})" if kind < 0.53 else f"-{self.expression(depth + 1)}"
        return self.call(depth)

    def call(self, depth: int) -> str:
        syntax = self.chance.choice(self.functions)
        name, _, inner = syntax.partition("(")

        def hole(wanted: str) -> str:
            if wanted == "condition":
                return self.condition(depth + 1)
            if self.chance.random() < 0.5 and wanted in HOLES:
                return self.chance.choice(HOLES[wanted])
            return self.expression(depth + 1)

        arguments = self.derive(notation(inner.removesuffix(")").replace(", ...", "...")), hole).strip()
        return f"{name}({re.sub('  *', ', ', arguments) if '...' in inner and ',' not in arguments else arguments})"

    def condition(self, depth: int = 0) -> str:
        """Returns a Boolean expression."""
        kind = self.chance.random()
        if depth < MAX_DEPTH and kind < 0.25:
            joint = self.chance.choice((" AND ", " OR ", " XOR "))
            return self.condition(depth + 1) + joint + self.condition(depth + 1)
        if depth < MAX_DEPTH and kind < 0.35:
            return f"NOT {self.condition(depth + 1)}"
        if kind < 0.45:
            return f"{self.chance.choice(('isnull', 'isnotnull', 'isnum', 'isstr'))}({self.expression(depth + 1)})"
        if kind < 0.5:
            return f"{self.chance.choice(FIELDS)} IN ({self.expression(depth + 1)}, {self.expression(depth + 1)})"
        operator = self.chance.choice(("=", "==", "!=", "<", ">", "<=", ">=", " LIKE "))
        return f"{self.expression(depth + 1)}{operator}{self.expression(depth + 1)}"

    def search(self, depth: int = 0) -> str:
        """Returns a search expression."""
        kind = self.chance.random()
        if depth < MAX_DEPTH and kind < 0.3:
            return f"{self.search(depth + 1)}{self.chance.choice((' ', ' OR ', ' AND '))}{self.search(depth + 1)}"
        if depth < MAX_DEPTH and kind < 0.4:
            return f"{self.chance.choice(('NOT ', ''))}({self.search(depth + 1)})"
        if kind < 0.55:
            return self.chance.choice(("*", "failed", '"user=root"', "ok*", "TERM(user=bob)", "CASE(Failed)", "a::1"))
        if kind < 0.6:
            return self.chance.choice(("earliest=-1d", "latest=now", "earliest=@d latest=+1h", "_index_earliest=0"))
        field = self.chance.choice(FIELDS)
        if kind < 0.65:
            return f"{field} IN (1, a*, {self.chance.choice(TEXTS)})"
        value = self.chance.choice((*HOLES["value"], *NUMBERS, *TEXTS, "10.0.0.0/8", "CASE(X)"))
        return f"{field}{self.chance.choice(('=', '!=', '<', '>', '<=', '>='))}{value}"

    def statistic(self, depth: int = 0) -> str:
        """Returns a statistic, sometimes of an expression."""
        name = self.chance.choice(self.statistics)
        kind = self.chance.random()
        if kind < 0.15:
            return f"{name}(eval({self.condition(depth) if name == 'count' else self.expression(depth + 1)}))"
        if kind < 0.2:
            return f"sparkline({name}({self.chance.choice(FIELDS)}), {self.chance.choice(HOLES['span'])})"
        return f"{name}({self.chance.choice(FIELDS)})" if kind < 0.9 else name

    def hole(self, name: str, depth: int) -> str:
        """Returns what stands in a hole of a command's syntax; once in a while something that does not belong."""
        if self.chance.random() < 0.02:
            junk = (self.expression(1), self.search(2), self.statistic(2), "", "[", '"', "|", "`x`", "-1", "x", "0.1us")
            return self.chance.choice((*junk, "perc101", "nosuch", "../x.csv"))
        if name in {"subsearch", "pipeline", "search", "dataset"}:
            inner = self.pipeline(depth + 1) if name != "pipeline" else self.stages(depth + 1, 2)
            return f"[{inner}]" if name == "dataset" else inner
        if name in {"expression", "eval expression", "eval"}:
            return self.condition() if name == "eval" else self.expression()
        if name == "search expression":
            return self.search()
        if name == "function":
            return self.chance.choice(self.statistics)
        if name == "condition":
            return self.chance.choice(HOLES["condition of transaction"])
        if name in {"fields", "field list", "sort fields"}:
            return ", ".join(self.chance.choice(FIELDS) for _ in range(self.chance.randint(1, 3)))
        if name == "conditions":
            return "l.a=r.a"
        if name == "alias":
            return self.chance.choice(("l", "r", "x"))
        if name.startswith("field or num()"):
            return self.chance.choice(("num({})", "str({})", "ip({})", "auto({})", "{}")).format(
                self.chance.choice(FIELDS)
            )
        found = HOLES.get(name)
        return self.chance.choice(found if found is not None else FIELDS)

    def arguments(self, name: str, depth: int) -> str:
        """Returns a command with arguments derived from its syntax line."""
        known = commands()[name]

        def hole(wanted: str) -> str:
            if wanted == "function" and known.name == "convert":
                return self.chance.choice(CONVERSIONS)
            return self.hole(wanted, depth)

        text = self.derive(notation(known.syntax), hole)
        if name == "where":
            return f"where {self.condition()}"
        return name + text.removeprefix(known.name)

    def stages(self, depth: int, most: int) -> str:
        found = []
        for _ in range(self.chance.randint(1, most)):
            name = self.chance.choice(self.later if self.chance.random() < 0.98 else self.names)
            if depth >= 2 and commands()[name].syntax.endswith("]"):
                name = "eval"
            found.append(self.arguments(name, depth))
        return " | ".join(found)

    def pipeline(self, depth: int = 0) -> str:
        """Returns a whole search: a source, then up to four commands (two between brackets)."""
        kind = self.chance.random()
        if kind < 0.2:
            first = f"search {self.search()}"
        elif kind < 0.75:
            first = "search *"
        elif kind < 0.895:
            first = f"| makeresults count={self.chance.randint(1, 5)}"
        elif kind < 0.9:
            first = self.chance.choice(MANY)
        else:
            generating = [name for name in self.names if commands()[name].kind == "generating" and name != "search"]
            first = "| " + self.arguments(self.chance.choice(generating), depth)
        return f"{first} | {self.stages(depth, 3 if depth == 0 else 2)}"
