"""Random events and random searches for the pushdown proof: every part of a search that the store may answer or use.

All of it comes from one source of chance. Values are picked so that comparisons often hold, and so that two readers of
text, numbers, JSON, letters or clocks are likely to differ.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from understudy.storage.events import RawEvent

NOW = 1_790_000_000.0
CLOCK_CHANGES = (1_772_953_200.0, 1_761_440_400.0, 1_775_314_800.0)
"""New York in March 2026, Berlin in October 2025, Lord Howe Island (by half an hour) in April 2026."""
ZONES = ("UTC", "UTC", "America/New_York", "Europe/Berlin", "Asia/Kathmandu", "Australia/Lord_Howe")
WORDS = (
    *("a", "A", "B", "b c", "10", "9", "1.5", "1.0", "1", "01", "-3", "0.1", "0.2", "0.7", "é", "É", "ſ", "K", "a*b"),
    *(
        "a%b",
        "a_b",
        "axb",
        "1e3",
        "0x1",
        " 7 ",
        "NaN",
        "inf",
        "10.0.0.1",
        "true",
        "99999999999999999999",
        "z",
        "-0",
        "ß",
        "10.0.0.7",
        "2001:db8::1",
        "a\\b",
        'q"q',
        "1,234",
        "aXb",
        "b",
        "k-1",
    ),
)
ADDRESSES = ("10.0.0.1", "10.0.0.7", "10.1.0.1", "2001:db8::1", "10.0.0.0/8", "a")
NETWORKS = ("10.0.0.0/8", "10.0.0.0/29", "2001:db8::/32", "0.0.0.0/0")
ALIKE = ("a_b", "axb", "a%b", "aXb", "a*b", "A_B", "a\\b")
"""Texts that a pattern is likely to take for each other."""
TEXTS = (
    "visa",
    "Visa card",
    "vıſa",
    "visas",
    "a_b",
    "axb",
    "x=1 name=k",
    "size=3",
    "B 10",
    "éa",
    "K K",
    "\\u0041 a",
    "a.b",
    "k=10.0.0.1",
    "name=a;x=2",
    'q"q',
    "a\\b",
    "[visa] card",
    "%41",
)
KEYS = (
    *("name", "size", "kind", "x", "obj", "tags", "host", "_raw", "_time", "obj.x", "n\\u0061me", "Name", ""),
    *("sourcetype", "index", "n-1", "name ", "linecount", "x\\/y", "\\u0078"),
)
LITERALS = ("1", "1.0", "2.50", "1e2", "-0", "true", "false", "null", "0.25", "-7", "12345678901234567890123", "10")
ODD_LITERALS = (
    *("NaN", "-Infinity", "inf", "nan", "1e400", "-1e400", "1e-400", "01", "+1", "1.", ".5", "0x1", "1E3", "1e+05"),
    *("0.1", "1e22", "1e16", "0.00001", "123456789.125", "9007199254740993", "18446744073709551616", "-0.0", "nul"),
    *("9" * 400, "-9223372036854775809", "'a'", "/*x*/1", "5e-324", "1.7976931348623157e308", "4398046511104.5"),
)
"""Numbers and no numbers: what two readers of JSON are likely to see differently."""
ESCAPED = (
    *('"\\u0041"', '"\\n"', '"b\\/c"', '"\\\\u0041"', '"\\"name\\":1"', '"\\ud800"', '"\\ud83d\\ude00"', '"\t"'),
    *('"name"', '", inf,"', '"a,}"', '"[{"', '"1e999"', '"\x7f"', '"\\u0000"'),
)
NAMES = (
    "name",
    "size",
    "kind",
    "host",
    "sourcetype",
    "source",
    "index",
    "absent",
    "who",
    "person",
    "obj.x",
    "tags{}",
    "x",
    "obj",
    "n-1",
)
SOURCETYPES = ("plain", "deep", "auto", "doubled", "rich")
FUNCTIONS = (
    *(
        "count",
        "count({})",
        "dc({})",
        "avg({})",
        "sum({})",
        "min({})",
        "max({})",
        "range({})",
        "values({})",
        "list({})",
    ),
    *("median({})", "perc90({})", "sumsq({})", "stdev({})", "first({})", "last({})", "latest({})", "earliest({})"),
    *("mode({})", "count(eval({}=1))", "latest_time({})", "estdc({})"),
)
COUNTED = ("count", "count({})", "dc({})", "avg({})", "sum({})", "min({})", "max({})", "range({})", "values({})")
VALUES = (
    "10.0.0.0/8",
    "10.0.0.0/30",
    "2001:db8::/32",
    "a*b",
    "*a*",
    "**",
    "1?",
    ">1",
    "\\*",
    "a",
    "A",
    "b*",
    "a_*",
    "A_*",
    "*_b",
    "*b",
    "1*",
    "*",
    "B",
    "10",
    "CASE(a)",
    "é",
    "k",
)
LIKELY = {
    "host": ("h1", "H1", "H*", "h2", "*1", "CASE(h1)"),
    "source": ("s", "S", "t*", "T*"),
    "sourcetype": ("plain", "Plain", "d*", "rich"),
    "index": ("main", "other", "*", "m*"),
    "name": VALUES,
    "size": VALUES,
    "kind": VALUES,
}
"""What to compare a field with, so that comparisons often hold."""
AFTER = (
    "timechart span=1h count by name",
    "timechart span=1d sum(size) avg(size)",
    "chart count over host by name limit=2",
    "chart dc(name) by size",
    "top limit=2 name by host",
    "rare size",
    "eventstats count as n by name | table name n",
    "streamstats window=2 sum(size) as n | table size n",
    "rename size as z | stats count by z",
    "bin _time span=1h | stats count by _time host",
    "bin size bins=3 | stats count by size",
    "fields - name | stats count(name) count(size)",
    "fields name, size | stats count by name",
    "search name=a | stats count by name size",
    "search NOT size>1 | table name size",
    'where name IN ("a","b") | stats count',
    'regex name="a" | stats count by name',
    'rex field=_raw "(?<w>v.)" | stats count by w',
    "mvexpand name | stats count by name",
    'makemv delim="," kind | stats count by kind',
    "fillnull value=none name | stats count by name",
    "sort 3 - size, _time | table size name",
    "eval {name}=1 | table a b name",
    "eval name=upper(name), n=name | stats count by n",
    "dedup 2 name sortby size | stats count by name",
    "dedup name keepevents=t | table name _time",
    "head limit=3 (size<9) | table size _time",
    "tail 2 | table _time name",
    "reverse | table _raw",
    "transaction host maxspan=1h | table eventcount duration name",
    "append [search name=a | stats count] | table count name",
    "join host [search size=1 | stats count by host] | table host count",
    "appendpipe [stats count] | table count _time",
    "lookup nosuch a",
    "stats sparkline(count) by name",
    'stats delim="," values(name) as v | nomv v',
    "stats allnum=t sum(size) by host",
    "stats count by name dedup_splitvals=t",
    "stats count(eval(isnull(name))) as c sum(eval(size*2)) as s",
    "stats count as n by name, host | where n>1 | sort - n",
    "stats sum(size) as name by name",
    "stats c(*) as n_*",
    "stats count by _time",
    "stats dc(_raw) by index",
    "stats latest(_time) earliest(_raw)",
    "stats values(linecount) count by punct",
    "xyseries host name size",
    "table *",
    "table n* _time",
    "uniq | stats count",
)
"""What may follow a search besides stats, and stats with rarer parts."""
TSTATS = (
    *(
        "count",
        "count({})",
        "dc({})",
        "values({})",
        "latest({})",
        "earliest({})",
        "min(_time)",
        "max(_time)",
        "sum({})",
    ),
    *(
        "avg({})",
        "latest_time({})",
        "range(_time)",
        "count as n",
        "dc({}) as d",
        "median({})",
        "perc90({})",
        "mode({})",
    ),
    *(
        "first({})",
        "last({})",
        "list({})",
        "latest(_time)",
        "count(_time)",
        "dc(_time)",
        "max(_indextime)",
        "stdev({})",
    ),
    *("earliest_time({})", "values(index)", "min({})", "max({})", "count(PREFIX(x=))", "dc(PREFIX(name=))"),
)
SPANS = ("1h", "1d", "20m", "1w", "1mon", "7m", "1s", "3h", "2d", "90m", "auto", "1y", "1q")


class Chance:
    """Random events and searches from one source of chance."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.words: Sequence[str] = WORDS
        """What the values of the last events were chosen from."""

    def events(self) -> list[RawEvent]:
        """Returns up to 25 events: of one kind often, so that the shortest ways are taken too."""
        kinds = self._kinds()
        single, words = self.chance.random() < 0.5, self._words()
        self.words = words
        return [self._event(kinds, single, words) for _ in range(self.chance.randint(0, 25))]

    def _kinds(self) -> Sequence[str]:
        return self.chance.choice(
            (("plain",), ("plain",), ("plain",), ("deep",), ("doubled",), SOURCETYPES, ("plain", "deep"))
        )

    def _words(self) -> Sequence[str]:
        return self.chance.choice(
            (WORDS, WORDS, ADDRESSES, ALIKE, ("1", "2", "30", "7"), ("0.1", "0.2", "0.7", "3"), ("0.5", "2", "a"))
        )

    def _event(self, kinds: Sequence[str], single: bool, words: Sequence[str]) -> RawEvent:
        kind = self.chance.choice(kinds)
        fields: dict[str, str | list[str]] = {}
        for name in ("name", "size", "kind"):
            if self.chance.random() < 0.7:
                most = 1 if single else 3
                fields[name] = [self.chance.choice(words) for _ in range(self.chance.randint(1, most))]
        plain = 0.05 if kind in {"deep", "doubled"} else 0.5 if kind == "auto" else 0.8
        raw = self._text() if self.chance.random() < plain else self._json(words)
        return RawEvent(
            raw,
            index=self.chance.choice(("main", "main", "main", "other")),
            host=self.chance.choice(("h1", "H1", "h2", "")),
            source=self.chance.choice(("s", "t*", "")),
            sourcetype=kind,
            time=self._time(),
            fields=fields,
        )

    def _time(self) -> float:
        """Returns a time: near the end of the range, or near a change of the clocks in one of the zones."""
        if self.chance.random() < 0.1:
            return self.chance.choice(CLOCK_CHANGES) + self.chance.choice(
                (-86400, -3600, -1, 0, 0.5, 3600, 7200, 86400)
            )
        return NOW - self.chance.choice((0, 1, 1, 2.5, 3600, 7200, 86400)) - self.chance.randint(0, 3)

    def _text(self) -> str:
        return self.chance.choice((" ", ",", "/")).join(
            self.chance.choice(TEXTS) for _ in range(self.chance.randint(1, 4))
        )

    def _json(self, words: Sequence[str]) -> str:
        parts = []
        for _ in range(self.chance.randint(0, 5)):
            name = self.chance.choice(KEYS if self.chance.random() < 0.5 else ("name", "size", "kind", "x"))
            blank = self.chance.choice(("", "", "", " ", "\n", "\t"))
            parts.append(f'{blank}"{name}"{blank}:{blank}{self._json_value(words, 0)}{blank}')
        text = self.chance.choice(("", "", "", " ")) + "{" + ",".join(parts) + "}"
        flaw = self.chance.random()
        if flaw < 0.03:
            return text[:-1]
        if flaw < 0.06:
            return text[:-1] + self.chance.choice((",}", ", }", "}x", "} ", "]", "}}", "}\0"))
        if flaw < 0.08:
            return f"[{text}]"
        if flaw < 0.085:
            return text[:-1] + f'{"," if parts else ""}"deep":{"[" * 1100}{"]" * 1100}}}'
        return text

    def _json_value(self, words: Sequence[str], depth: int) -> str:
        kind = self.chance.random()
        if depth < 2 and kind < 0.15:
            return "[" + ",".join(self._json_value(words, depth + 1) for _ in range(self.chance.randint(0, 3))) + "]"
        if depth < 2 and kind < 0.3:
            return f'{{"x":{self._json_value(words, depth + 1)},"y":1}}'
        if kind < 0.6:
            return self.chance.choice(LITERALS if self.chance.random() < 0.8 else ODD_LITERALS)
        if kind < 0.65:
            return self.chance.choice(ESCAPED)
        return f'"{self.chance.choice((*words, "", "visa"))}"'

    def search(self) -> str:
        """Returns a search: tstats, or an expression with commands behind it, sometimes fed by a subsearch."""
        if self.chance.random() < 0.04:
            inner = self.chance.choice(
                ("fields name", "fields host, size", "return 2 name", "stats count by kind | fields kind")
            )
            return f"search {self.tree(1)} [search {self.tree(1)} | {inner}]{self._pipeline()}"
        if self.chance.random() < 0.25:
            return self._tstats()
        if self.chance.random() < 0.3:
            return f"search {self.tree(1)} | stats {self._functions(COUNTED)}{self._by()}"
        return f"search {self.tree()}{self._pipeline()}"

    def tree(self, depth: int = 0) -> str:
        kind = self.chance.random()
        if depth < 2 and kind < 0.3:
            return f"({self.tree(depth + 1)} {self.chance.choice(('', 'OR', 'AND'))} {self.tree(depth + 1)})"
        if depth < 2 and kind < 0.4:
            return f"NOT {self.tree(depth + 1)}"
        if kind < 0.55:
            return self.chance.choice(("*", "*", "index=*"))
        if kind < 0.7:
            return self.chance.choice(
                (
                    *("visa", "VIS*", "a_b", '"visa card"', "*b", "CASE(Visa)", "TERM(a_b)", "ſ*", "k", "v*a", "*is*"),
                    *(
                        '"a*b"',
                        '"visa c*"',
                        "TERM(x=1)",
                        "TERM(k=10*)",
                        "CASE(VISA)",
                        '"\\"name\\":"',
                        "10.0.0.1",
                        "é*",
                    ),
                    *("host::h1", "sourcetype::plain", "name::a", "index::main", '"a\\\\b"', '""', "visa*card"),
                )
            )
        if kind < 0.78:
            return self.chance.choice(
                (
                    f"earliest={NOW - 3600:.0f}",
                    f"latest={NOW - 1:.0f}",
                    f"_time>={NOW - 2:.0f}",
                    f"_time<{NOW - 1}",
                    f"earliest={NOW - 2:.0f} latest={NOW:.0f}",
                    *(f"earliest={NOW - number:.0f}" for number in (1, 3, 4)),
                    *(f"earliest={NOW - number:.0f} latest={NOW - 1:.0f}" for number in (2, 3, 5)),
                    "earliest=-2h@h",
                    "latest=@d",
                    "earliest=-1y@mon",
                    f"_index_earliest={NOW + 1:.0f}",
                    f"_index_latest={NOW + 1:.0f}",
                    f"_indextime>{NOW:.0f}",
                    f"_time!={NOW - 1:.0f}",
                    *(f"_time={NOW - number:.1f}" for number in (1, 2, 3)),
                    f"_time!={NOW - 2:.1f}",
                    f"_time IN ({NOW - 1:.0f}, {NOW - 2:.2f})",
                    "_time>a",
                    "_time=17*",
                )
            )
        field = self.chance.choice(NAMES)
        if kind < 0.84:
            values = ", ".join(f'"{self._quotable()}"' for _ in range(self.chance.randint(1, 3)))
            return f"{self.chance.choice(('', '', 'NOT '))}{field} IN ({values})"
        if kind < 0.88:
            return self.chance.choice((f"{field}=*", f"{field}!=*", "n*=a", "*=b", f'{field}=""', f'{field}!=""'))
        if kind > 0.94 and self.words in (ADDRESSES, ALIKE):
            indexed = self.chance.choice(("name", "size", "kind"))
            likely = NETWORKS if self.words is ADDRESSES else ("a_*", "a%*", "*_b", "a*", "A_*")
            value = self.chance.choice((*likely, *likely, *self.words[:2]))
            return f'{indexed}{self.chance.choice(("=", "=", "!="))}"{value}"'
        value = self.chance.choice(LIKELY.get(field, WORDS) if self.chance.random() < 0.7 else WORDS)
        value = value if value.startswith("CASE") else f'"{_escaped(value)}"'
        return f"{field}{self.chance.choice(('=', '=', '=', '!=', '>', '<=', '<'))}{value}"

    def _quotable(self) -> str:
        return _escaped(self.chance.choice((*VALUES, *WORDS)))

    def _field(self) -> str:
        return self.chance.choice(("name", "size", "kind", *NAMES))

    def _pipeline(self) -> str:
        fields = " ".join(dict.fromkeys(self._field() for _ in range(self.chance.randint(1, 3))))
        before = self.chance.choice(
            (
                *("", "", "", ""),
                f" | eval n={self._field_in_eval()}*2, {self.chance.choice(('n', 'm', 'name'))}=size.kind",
                f" | where {self._field_in_eval()}>1",
                f' | where isnull({self._field_in_eval()}) OR match(_raw,"vi")',
                f" | fields {fields}",
                f" | dedup {self._field()}",
                f" | head {self.chance.randint(1, 9)}",
                ' | eval x=if(searchmatch("visa"),1,0)',
                " | head (size>0)",
            )
        )
        end = self.chance.random()
        if end < 0.1:
            return before
        if self.chance.random() < 0.3:
            return f"{before} | {self.chance.choice(AFTER)}"
        if end < 0.3:
            return f"{before} | table {fields} _time n"
        functions = self._functions(FUNCTIONS)
        return f"{before} | stats {functions}{self._by()}{self.chance.choice(('', '', '', ' | sort 2 - count'))}"

    def _functions(self, known: Sequence[str]) -> str:
        count = self.chance.choice((1, 1, 2, 3))
        return " ".join(self.chance.choice(known).format(self._field()) for _ in range(count))

    def _field_in_eval(self) -> str:
        return self.chance.choice(
            ("name", "size", "kind", "host", "'obj.x'", "'tags{}'", "absent", "linecount", "_time")
        )

    def _by(self) -> str:
        names = dict.fromkeys(self._field() for _ in range(self.chance.choice((0, 1, 1, 1, 2))))
        return f" by {' '.join(names)}" if names else ""

    def _tstats(self) -> str:
        functions = self._functions(TSTATS)
        where = f" where {self.tree()}" if self.chance.random() < 0.6 else ""
        by = self._by() or self.chance.choice(
            (
                "",
                *(
                    f" by {first}_time{last} span={self.chance.choice(SPANS)}"
                    for first in ("", "name ")
                    for last in ("", " host")
                ),
                " by _time",
                " by PREFIX(x=)",
                " by index, sourcetype",
                " by _indextime",
            )
        )
        options = self.chance.choice(("", "", "", "fillnull_value=none ", 'fillnull_value="" ', "prestats=t "))
        after = f" | stats {functions}" if options.startswith("pre") else ""
        return f"| tstats {options}{functions}{where}{by}{after}{self.chance.choice(('', '', '', ' | sort 2 - count'))}"


def _escaped(value: str) -> str:
    """Returns a value as it stands between quotes."""
    return value.replace("\\", "\\\\").replace('"', '\\"')


class OverJson(Chance):
    """Searches that JSON fields decide, over events of few kinds and more of them alike."""

    def _kinds(self) -> Sequence[str]:
        return self.chance.choice((("deep",), ("deep",), ("auto",), ("doubled",), ("deep", "auto", "plain")))

    def search(self) -> str:
        tree = self.chance.choice(("*", "*", "*", "sourcetype=deep", self.tree(1)))
        return f"search {tree} | stats {self._functions(COUNTED)}{self._by()}"

    def _field(self) -> str:
        return self.chance.choice(("name", "size", "kind", "x", "host", "n-1"))
