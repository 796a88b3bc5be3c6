"""No value that reaches a shipped search changes it: whatever is put in stays one literal, or is refused.

The places are those where we make SPL of values: the dashboards' tokens with the filter `s`, the lookup that
minervamatch reads, the search that undoes a join, linking's look at events, the add-on's check of what was delivered,
its look at a source's runs, and tenants' names in scheduled searches. The stand-in's lexer is the second reader; how
Splunk's own pages apply `s` is not shown by it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from datetime import UTC
from functools import lru_cache
from typing import Any

from assembly.emit.app_searches import fill, read_searches
from assembly.paths import APP, ROOT
from assembly.searches import ShippedKnowledge, dashboard_searches
from assembly.tenant_facts import ID
from minerva.intake.events import runs_search, stored_search
from minerva.names.join import OptionError, lookup_search
from minerva.tenancy.rebuild.link_trust import events_search
from minerva.tenancy.resolving import undo_search
from proofs.model import Outcome, Proof
from understudy.spl import lexer, macros
from understudy.spl.errors import SplError
from understudy.spl.model import Context

BENIGN = "benignvalue"
TOKEN = re.compile(r"\$([\w.:]+)\|s\$")
PARTS = (
    *('"', "'", "\\", "|", "[", "]", "`", "```", "$", "$x$", "$x|s$", "$identifier|s$", "*", "(", ")", ",", "=", "<"),
    *("\n", "\r", "\t", "\x00", "\x1f", "\x7f", " ", "\u00a0", "\u2028", "\u201c", "\u201d", "\uff02", "\u02ba"),
    *("| delete", "| outputlookup x", "| collect index=main", "[search index=*]", "`minerva_records`", "OR index=*"),
    *(" NOT ", "TERM(a)", "<<FIELD>>", "{}", "%", "eval(", "index=*", '| map search="x"', '" | rest /', "' | rest /"),
    *('\\"', '\\\\"', "phone:+14155550123", "e_0123456789abcdef", "é", "字", "\U0001f600", "a", "Z", "0", ">"),
)  # fmt: skip


def hostile(chance: random.Random) -> str:
    """A text of one to twelve parts that mean something to a search."""
    return "".join(chance.choice(PARTS) for _ in range(chance.randint(1, 12)))


def filled(query: str, value: str) -> str:
    """A dashboard's query with every token that has the filter `s` filled: quoted, quotes and backslashes escaped."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return TOKEN.sub(lambda _: f'"{escaped}"', query)


@lru_cache(maxsize=1)
def places() -> dict[str, Callable[[str], str | None]]:
    """What makes SPL of a value, by place; None is a refusal."""
    found: dict[str, Callable[[str], str | None]] = {}
    for view in sorted((ROOT / APP / "default" / "data" / "ui" / "views").glob("*.xml")):
        for name, query in dashboard_searches(view):
            if TOKEN.search(query):
                found[f"{view.stem} {name}"] = lambda value, query=query: filled(query, value)  # type: ignore[misc]
    found["minervamatch, lookup"] = lambda value: _lookup(value, "name")
    found["minervamatch, field"] = lambda value: _lookup("names", value)
    found["minervaresolve, undo"] = lambda value: undo_search(value, "0" * 32, "not_same")
    found["minervalink, record"] = _events
    found["delivery check, index"] = lambda value: stored_search(value, ["0" * 32])
    found["delivery check, record"] = lambda value: stored_search("main", [value]) if value.isalnum() else None
    found["runs of a source, source"] = runs_search
    for search in read_searches(ROOT).searches:
        if search.per == "tenant":
            found[f"{search.name}, tenant"] = lambda value, text=search.search: _of_tenant(text, value)  # type: ignore[misc]
    return found


def _of_tenant(text: str, tenant: str) -> str | None:
    return " ".join(fill(text, {"tenant": tenant, "index": "t_one"}).split()) if ID.fullmatch(tenant) else None


def _events(record_id: str) -> str | None:
    try:
        return events_search(["0" * 32 if record_id == BENIGN else record_id])
    except ValueError:
        return None


def _lookup(lookup: str, field: str) -> str | None:
    try:
        return lookup_search(lookup, field)
    except OptionError:
        return None


def read(search: str) -> list[Any]:
    """The search as the lexer reads it: macros replaced, each stage's tokens as (kind, text), brackets as lists."""
    return _stages(macros.expand(search, _context()).text)


@lru_cache(maxsize=1)
def _context() -> Context:
    nothing: Any = None  # lexing asks neither events nor tables
    knowledge: Any = ShippedKnowledge(ROOT / APP, frozenset())
    return Context(events=nothing, tables=nothing, knowledge=knowledge, now=0.0, zone=UTC)


def _stages(text: str) -> list[Any]:
    return [
        [
            _stages(token.text) if token.kind == "subsearch" else (token.kind, token.text)
            for token in lexer.tokenize(stage.text)
        ]
        for stage in lexer.split_pipeline(text)
    ]


def same(plain: Any, hostile: Any, value: str) -> bool:
    """Whether two readings differ only where the plain one has BENIGN as a whole token and the other has the value."""
    if isinstance(plain, list):
        alike = isinstance(hostile, list) and len(plain) == len(hostile)
        return alike and all(same(one, other, value) for one, other in zip(plain, hostile, strict=True))
    if plain[1] == BENIGN:
        return bool(hostile == (plain[0], value))
    return bool(plain == hostile)


def faults(value: str) -> Iterator[str]:
    """A line for each place where a value changes more of the search than one literal."""
    for name, made in places().items():
        search = made(value)
        if search is None:
            continue
        plain = made(BENIGN)
        assert plain is not None
        try:
            if not same(read(plain), read(search), value):
                yield f"{name}: {value!r} is more than one literal"
        except SplError as error:
            yield f"{name}: {value!r} broke the search: {error}"


def run(seed: int, batch: int, size: int) -> Outcome:
    """`size` hostile strings, each in every place."""
    chance = random.Random(f"{seed}:{batch}")
    failures = [line for _ in range(size) for line in faults(hostile(chance))]
    return Outcome(size, failures)


PROOF = Proof(
    name="spl_injection",
    claim="hostile strings, each in every place where the app makes SPL of a value, stay one literal or are refused",
    unit="strings",
    target=2_000,
    batch=500,
    slice=150,
    run=run,
    reads=tuple(f"{APP}/default/{name}" for name in ("data/ui/views", "commands.conf", "macros.conf")),
)  # fmt: skip
