"""minervaexpand: what surrounds an entity, by kind of identifier and by time, over the handler."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.chunk_driver import Outcome, run_command
from minerva.linking import DEFAULT
from minerva.linking.model import LinkRecord
from minerva.policy import Subject
from minerva.tenancy.rebuild.link_run import link_all
from tests.app.splunkd_double import Desk, analyst, serving
from tests.app.test_link_run import Asking

NORTHFIELD, RIVERBANK = "northfield", "riverbank"
DAY = 86_400
PHONE, EMAIL, DESK = "phone:+14155550123", "email:jen@mail.example", "local_phone:springfield/5550101"
MARCH = 1_772_323_200  # 2026-03-01, UTC


def ad(name: str, day: int, *identifiers: str) -> LinkRecord:
    return LinkRecord(name * 32, "ads", "ad", tuple(sorted(identifiers)), "", "", "", "", "", MARCH + day * DAY)


@pytest.fixture
def desk() -> Desk:
    made = Desk()
    records = [ad("a", 0, PHONE, DESK), ad("b", 10, PHONE, EMAIL), ad("c", 20, EMAIL), ad("d", 40, DESK)]
    link_all("northfield", "test", Asking(made), records, DEFAULT)
    return made


def expanded(desk: Desk, *arguments: str) -> Outcome:
    with serving(desk, analyst("northfield")) as uri:
        return run_command("minervaexpand.py", [f"identifier={PHONE}", *arguments], [], uri=uri)


def nodes(desk: Desk, *arguments: str) -> set[str]:
    outcome = expanded(desk, "output=nodes", *arguments)
    assert outcome.errors == []
    return {row["label"] if row["kind"] == "record" else row["kind"] for row in outcome.rows}


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], {"entity", "a" * 8, "b" * 8, "c" * 8, "phone", "email", "local_phone"}),
        (["kinds=phone"], {"entity", "a" * 8, "b" * 8, "c" * 8, "phone"}),
        (["depth=2"], {"entity", "a" * 8, "b" * 8, "c" * 8, "d" * 8, "phone", "email", "local_phone"}),
        (["depth=2", "kinds=phone,email"], {"entity", "a" * 8, "b" * 8, "c" * 8, "phone", "email"}),
        (["since=2026-03-05"], {"entity", "b" * 8, "c" * 8, "phone", "email", "local_phone"}),
        (["since=2026-03-05", "until=2026-03-12"], {"entity", "b" * 8, "phone", "email", "local_phone"}),
        ([f"until={MARCH + DAY}"], {"entity", "a" * 8, "phone", "email", "local_phone"}),
        (["since=2027-01-01"], set()),
        (["depth=2", "until=2026-03-30"], {"entity", "a" * 8, "b" * 8, "c" * 8, "phone", "email", "local_phone"}),
    ],
    ids=lambda value: " ".join(value) or "all" if isinstance(value, list) else "",
)
def test_surroundings_are_shown_by_kind_and_time(desk: Desk, arguments: list[str], expected: set[str]) -> None:
    assert nodes(desk, *arguments) == expected


def test_edges_end_at_nodes_that_are_shown(desk: Desk) -> None:
    arguments = ["depth=2", "kinds=email", "since=2026-03-05"]
    known = {row["id"] for row in expanded(desk, "output=nodes", *arguments).rows}
    edges = expanded(desk, "output=edges", *arguments).rows
    assert edges
    assert {end for row in edges for end in (row["source"], row["target"])} <= known


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["kinds=fax"], "kinds: 'fax' is none; expected some of"),
        (["since=yesterday"], "since: expected a date as in 2026-03-01 (UTC) or epoch seconds"),
        (["since=2026-03-02", "until=2026-03-01"], "since, until: expected since to be before until"),
        (["until=2026-02-30"], "until: expected a date"),
        (["output=entity", "kinds=phone"], "kinds: only with output=edges or output=nodes"),
        (["tenant=northfield"], "tenant: only with output=list"),
        (["depth=4"], "depth: expected a whole number from 1 to 3"),
        (["output=graph{0}"], "output: expected one of edges"),
    ],
)
def test_a_wrong_option_is_explained(arguments: list[str], message: str) -> None:
    outcome = run_command("minervaexpand.py", ["identifier=phone:+14155550123", *arguments], [])
    assert len(outcome.errors) == 1
    assert message in outcome.errors[0]


@pytest.mark.parametrize(
    ("tenants", "options", "expected"),
    [
        ((NORTHFIELD, RIVERBANK), [], {NORTHFIELD, RIVERBANK}),
        ((NORTHFIELD, RIVERBANK), [f"tenant={RIVERBANK}"], {RIVERBANK}),
        ((NORTHFIELD,), [f"tenant={RIVERBANK}"], set()),
    ],
    ids=["all of both", "one of both", "not of another"],
)
def test_entities_are_listed_of_one_institution(
    desk: Desk, tenants: tuple[str, ...], options: list[str], expected: set[str]
) -> None:
    link_all(RIVERBANK, "test", Asking(desk), [ad("e", 0, PHONE), ad("f", 1, PHONE)], DEFAULT)
    both = Subject("bea", frozenset(f"minerva_{name}_analyst" for name in tenants), frozenset(["minerva_query"]))
    with serving(desk, both) as uri:
        outcome = run_command("minervaexpand.py", ["output=list", *options], [], uri=uri)
    assert outcome.errors == []
    assert {row["tenant_id"] for row in outcome.rows} == expected


@pytest.mark.parametrize("body", [{"kinds": "phone"}, {"since": -1}, {"until": "x"}, {"kinds": [1]}])
def test_a_wrong_request_is_refused(desk: Desk, body: dict[str, Any]) -> None:
    status, payload = desk.ask(analyst("northfield"), "neighborhood", {"identifier": PHONE, **body})
    assert (status, payload["error"].partition(":")[0]) == (400, next(iter(body)))
