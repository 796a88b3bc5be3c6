"""Whatever the store answers in SQL, or reads less of, equals the row core on random events and random searches.

A pair is one search over one set of events, run with `Store.pushdown` on and off. Rows, their order, the order of their
columns and the types of their values must be the same.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC
from pathlib import Path

from proofs.model import Outcome, Proof
from understudy import access
from understudy.conf import Conf
from understudy.spl import engine
from understudy.spl.errors import SplError
from understudy.spl.model import Context
from understudy.spl.row_events import NoKnowledge, NoTables
from understudy.storage.events import RawEvent
from understudy.storage.store import Store

NOW = 1_790_000_000.0
SEARCHES_PER_STORE = 20
PROPS = """
[plain]
KV_MODE = none
TRUNCATE = 0
[deep]
KV_MODE = json
[auto]
KV_MODE = auto
[doubled]
INDEXED_EXTRACTIONS = json
KV_MODE = json
[rich]
KV_MODE = none
EXTRACT-a = (?<who>v\\w+)
FIELDALIAS-a = name AS person
EVAL-size = len(_raw)
"""
FIELDS_CONF = "[name]\nINDEXED = true\n[size]\nINDEXED = true\n"
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
    ),
)
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
VALUES = ("a", "A", "b*", "a_*", "A_*", "*_b", "*b", "1*", "*", "B", "10", "CASE(a)", "é", "k")
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
    *("avg({})", "latest_time({})", "range(_time)"),
)


class Chance:
    """Random events and searches from one source of chance."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance

    def events(self) -> list[RawEvent]:
        """Returns up to 25 events: of one kind often, so that the shortest ways are taken too."""
        kinds = self._kinds()
        single, words = self.chance.random() < 0.5, self._words()
        return [self._event(kinds, single, words) for _ in range(self.chance.randint(0, 25))]

    def _kinds(self) -> Sequence[str]:
        return self.chance.choice(
            (("plain",), ("plain",), ("plain",), ("deep",), ("doubled",), SOURCETYPES, ("plain", "deep"))
        )

    def _words(self) -> Sequence[str]:
        return self.chance.choice((WORDS, WORDS, ("1", "2", "30", "7"), ("0.1", "0.2", "0.7", "3"), ("0.5", "2", "a")))

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
            time=NOW - self.chance.choice((0, 1, 1, 2.5, 3600, 7200, 86400)) - self.chance.randint(0, 3),
            fields=fields,
        )

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
        """Returns a search: tstats, or an expression with commands behind it."""
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
                ("visa", "VIS*", "a_b", '"visa card"', "*b", "CASE(Visa)", "TERM(a_b)", "ſ*", "k")
            )
        if kind < 0.78:
            return self.chance.choice(
                (
                    f"earliest={NOW - 3600:.0f}",
                    f"latest={NOW - 1:.0f}",
                    f"_time>={NOW - 2:.0f}",
                    f"_time<{NOW - 1}",
                    f"earliest={NOW - 2:.0f} latest={NOW:.0f}",
                )
            )
        field = self.chance.choice(NAMES)
        value = self.chance.choice(LIKELY.get(field, WORDS) if self.chance.random() < 0.7 else WORDS)
        value = value if value.startswith("CASE") else f'"{value}"'
        return f"{field}{self.chance.choice(('=', '=', '=', '!=', '>', '<=', '<'))}{value}"

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
            ("", " by _time span=1h", " by _time span=1d host", " by name _time span=20m")
        )
        return f"| tstats {self.chance.choice(('', '', 'fillnull_value=none '))}{functions}{where}{by}"


class OverJson(Chance):
    """Searches that JSON fields decide, over events of few kinds and more of them alike."""

    def _kinds(self) -> Sequence[str]:
        return self.chance.choice((("deep",), ("deep",), ("auto",), ("doubled",), ("deep", "auto", "plain")))

    def search(self) -> str:
        tree = self.chance.choice(("*", "*", "*", "sourcetype=deep", self.tree(1)))
        return f"search {tree} | stats {self._functions(COUNTED)}{self._by()}"

    def _field(self) -> str:
        return self.chance.choice(("name", "size", "kind", "x", "host", "n-1"))


def answer(store: Store, search: str, *, pushdown: bool) -> str:
    """Returns rows, columns and types of a search's answer as text, or its error."""
    store.pushdown = pushdown
    context = Context(
        store.events_for(access.system(store.conf)), NoTables(), NoKnowledge(), NOW, UTC, latest=NOW, user="u", app="a"
    )
    try:
        stream = engine.run(search, context)
        return f"{stream.fields} {[dict(row) for row in stream.rows]!r}"
    except SplError as error:
        return f"{error.message} at {error.position}"


def write_configuration(home: Path) -> Conf:
    """Returns the configuration of the sourcetypes above."""
    folder = home / "etc" / "system" / "local"
    folder.mkdir(parents=True)
    for name, text in (("props", PROPS), ("fields", FIELDS_CONF), ("indexes", "[main]\n[other]\n")):
        (folder / f"{name}.conf").write_text(text, encoding="utf-8")
    return Conf.load(home / "etc")


def pairs(
    chance: random.Random, size: int, kinds: Sequence[type[Chance]] = (Chance, Chance, OverJson)
) -> Iterator[Callable[[], str | None]]:
    """Yields `size` tests of one search over one set of events; each gives what differs, or None."""
    choices = tuple(kind(chance) for kind in kinds)
    with tempfile.TemporaryDirectory() as folder:
        conf = write_configuration(Path(folder))
        for first in range(0, size, SEARCHES_PER_STORE):
            store = Store(Path(folder) / f"{first}.duckdb", conf, lambda: NOW)
            made = chance.choice(choices)
            events = made.events()
            store.ingest(events)
            for _ in range(min(SEARCHES_PER_STORE, size - first)):
                search = made.search()

                def test(store: Store = store, search: str = search, events: list[RawEvent] = events) -> str | None:
                    left = answer(store, search, pushdown=True)
                    right = answer(store, search, pushdown=False)
                    return (
                        None if left == right else f"{search!r} over {events!r}: {left[:300]} but by rows {right[:300]}"
                    )

                yield test
            store.close()
            store.path.unlink()


def run(seed: int, batch: int, size: int) -> Outcome:
    """Tries `size` pairs."""
    chance = random.Random(f"{seed}:{batch}")
    found = [test() for test in pairs(chance, size)]
    return Outcome(len(found), [text for text in found if text is not None])


PROOF = Proof(
    name="pushdown",
    claim="Every search gives the same rows whether the store answers in SQL and reads less, or row by row.",
    covers=("understudy/storage", "understudy/spl", "proofs/pushdown.py"),
    unit="pairs of events and search",
    target=100_000,
    batch=1_000,
    slice=1_000,
    run=run,
)
