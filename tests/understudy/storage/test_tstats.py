"""tstats: the SQL answer equals the row answer on random data; what it does not do is refused."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.understudy.storage.homes import NOW, context, make_store
from understudy.spl import engine
from understudy.spl.errors import SplError
from understudy.storage.events import RawEvent

WORDS = ["a", "B", "b c", "10", "9", "1.5", "é", "z", "a*b"]
FIELDS = ["identifier", "name", "absent", "host", "sourcetype"]
FUNCTIONS = [
    "count",
    "count(identifier)",
    "dc(identifier)",
    "dc(host)",
    "values(identifier)",
    "values(host)",
    "values(name)",
    "latest(identifier)",
    "earliest(identifier)",
    "latest(host)",
    "min(_time)",
    "max(_time)",
    "latest(_time)",
    "latest_time(name)",
    "earliest_time(identifier)",
    "sum(name)",
    "avg(identifier)",
    "count(host)",
    "range(_time)",
]
WHERES = [
    "",
    "where index=*",
    "where identifier=a",
    "where identifier=A*",
    "where NOT identifier=10",
    "where identifier!=a",
    "where name=* OR host=h1",
    "where (host=h1 OR host=H2) NOT name=z",
    "where identifier>5",
    "where _time>1789990000",
    "where name=9",
    "where absent=1",
    "where NOT absent=*",
    "where sourcetype!=s1 a",
]
BYS = [
    "",
    "by identifier",
    "by identifier name",
    "by host sourcetype",
    "by _time span=1h",
    "by _time span=1d host",
    "by _time span=7m",
    "by absent",
    "by identifier _time span=20m",
]

event_strategy = st.builds(
    lambda identifiers, names, host, kind, offset: RawEvent(
        "a text",
        host=host,
        sourcetype=kind,
        time=NOW - offset,
        fields={key: value for key, value in (("identifier", identifiers), ("name", names)) if value},
    ),
    st.lists(st.sampled_from(WORDS), max_size=3),
    st.lists(st.sampled_from(WORDS), max_size=2),
    st.sampled_from(["h1", "h2", ""]),
    st.sampled_from(["s1", "s2"]),
    st.integers(0, 200_000),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(event_strategy, max_size=15),
    st.lists(
        st.tuples(
            st.lists(st.sampled_from(FUNCTIONS), min_size=1, max_size=3, unique=True),
            st.sampled_from(WHERES),
            st.sampled_from(BYS),
            st.sampled_from(["", "fillnull_value=none "]),
        ),
        min_size=5,
        max_size=10,
    ),
)
def test_pushdown_equals_rows(events: list[RawEvent], requests: list[tuple[list[str], str, str, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = make_store(Path(folder))
        store.ingest(events)
        for functions, where, by, fill in requests:
            search = f"| tstats {fill}{' '.join(functions)} {where} {by}"
            answers: list[list[dict[str, Any]]] = []
            for pushdown in (True, False):
                store.pushdown = pushdown
                answers.append(list(engine.run(search, context(store)).rows))
            assert answers[0] == answers[1], search
        store.close()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(event_strategy, max_size=15), st.lists(st.sampled_from(WHERES[1:]), min_size=3, max_size=6))
def test_narrowed_search_equals_rows(events: list[RawEvent], wheres: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = make_store(Path(folder))
        store.ingest(events)
        for where in wheres:
            answers = []
            for pushdown in (True, False):
                store.pushdown = pushdown
                answers.append([row["_cd"] for row in engine.run(where.removeprefix("where "), context(store)).rows])
            assert answers[0] == answers[1], where
        store.close()


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(event_strategy, max_size=12),
    st.sampled_from(FUNCTIONS),
    st.sampled_from(WHERES),
    st.sampled_from([by for by in BYS if "span" not in by]),
    st.sampled_from(["", "fillnull_value=none "]),
)
def test_prestats_gives_statistics_what_they_need(
    events: list[RawEvent], function: str, where: str, by: str, fill: str
) -> None:
    """A filled group field that a function reads too is one field to what follows, so that is left out here."""
    fill = "" if any(f"({name})" in function for name in by.split()) else fill
    with tempfile.TemporaryDirectory() as folder:
        store = make_store(Path(folder))
        store.ingest([*events, RawEvent("other", host="h9", time=NOW, fields={"identifier": ["a"], "name": ["z"]})])
        search = f"| tstats {fill}{function} {where} {by}"
        prestats = search.replace("tstats", "tstats prestats=t", 1) + f" | stats {function} {by}"
        if "(_time)" not in function:
            assert list(engine.run(prestats, context(store)).rows) == list(engine.run(search, context(store)).rows)
        store.close()


def test_terms_with_a_prefix_are_counted_in_the_raw_text(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    texts = ["kbps=10 group=Queue,kbps=x", "kbps=20.5;group=queue", "akbps=3 group=tp", "kbps= group=tp"]
    store.ingest([RawEvent(text, host="h1", sourcetype="s1", time=NOW - number) for number, text in enumerate(texts)])
    rows = list(engine.run("| tstats count avg(PREFIX(kbps=)) by host PREFIX(group=)", context(store)).rows)
    assert rows == [
        {"host": "h1", "group=": "queue", "count": 2, "avg(kbps=)": 15.25},
        {"host": "h1", "group=": "tp", "count": 2},
    ]
    found = list(engine.run("| tstats values(PREFIX(kbps=)) as v where TERM(group=queue)", context(store)).rows)
    assert found == [{"v": ["10", "20.5", "x"]}]
    store.close()


def test_span_auto_fits_the_events(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    store.ingest([RawEvent("x", host="h1", sourcetype="s1", time=NOW - hours * 3600) for hours in range(24)])
    rows = list(engine.run("| tstats count by _time span=auto", context(store)).rows)
    assert {float(str(row["_time"])) % 1800 for row in rows} == {0}
    assert len(rows) == 24
    store.close()


@pytest.mark.parametrize(
    "search",
    [
        "| tstats append=t count",
        "| tstats prestats=t count as c",
        "| tstats count from datamodel=x",
        "| tstats list(host)",
        "| tstats count(PREFIX(a b))",
        "| tstats count where PREFIX(a=)=1",
        "| tstats count by host*",
        "| tstats",
        "| tstats count where",
        "| tstats count by _time span=log2",
        "| tstats nosuch(host)",
        "| tstats count sid=1",
        "| tstats count(eval(a=1))",
    ],
)
def test_what_is_not_supported_is_refused_with_its_place(tmp_path: Path, search: str) -> None:
    store = make_store(tmp_path)
    with pytest.raises(SplError) as caught:
        list(engine.run(search, context(store)).rows)
    assert caught.value.position is not None
    store.close()


@pytest.mark.parametrize("span", ["1s", "30s", "1m", "5m", "15m", "20m", "1h", "1d"])
@pytest.mark.parametrize("pushdown", [True, False], ids=["pushdown", "rows"])
def test_every_span_makes_its_buckets(tmp_path: Path, span: str, pushdown: bool) -> None:
    store = make_store(tmp_path)
    store.ingest([RawEvent("x", host="h1", sourcetype="s1", time=NOW - minutes * 60) for minutes in (0, 1, 200)])
    store.pushdown = pushdown
    rows = list(engine.run(f"| tstats count by _time span={span} | stats sum(count) as n", context(store)).rows)
    assert rows == [{"n": 3}]
    store.close()
