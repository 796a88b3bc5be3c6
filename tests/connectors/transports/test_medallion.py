"""TAXII 2.1 against medallion, a server that others wrote: pages, what was added since, accounts, tokens let go."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from demo.transports.ports import free_port
from minerva.intake.facts.source import Source
from minerva.intake.health.advice import advice
from minerva.intake.inputs import Network, run_http
from minerva.intake.running.runner import Report
from minerva.intake.web import taxii
from minerva.intake.web.account import Account
from tests.connectors.running import World, changed
from tests.connectors.transports.medallion_server import KEY, USER, Medallion, is_installed, serving_medallion
from tests.connectors.transports.test_taxii import indicator

pytestmark = pytest.mark.skipif(not is_installed(), reason="medallion is not installed: build.py test installs it")
LATER = "2026-03-09T00:00:00.000Z"


@pytest.fixture(name="server", scope="module")
def _server() -> Iterator[Medallion]:
    with serving_medallion(objects=(indicator(1),)) as server:
        yield server


def source(**more: Any) -> Source:
    return changed("taxii_indicators", http__rate={"per_second": 0}, **more)


def fetched(world: World, server: Medallion, facts: Source | None = None, key: str = KEY) -> Report:
    return run_http(
        facts or source(), "minerva_http://t", "northfield", base_url=server.url, account=Account(USER, key),
        network=Network(allowed=server.url.removeprefix("http://")), world=world.surroundings(),
    )  # fmt: skip


def test_all_pages_are_read_and_then_only_what_was_added(tmp_path: Path) -> None:
    world = World(tmp_path)
    times = {"spec_version": "2.1", "created": LATER, "modified": LATER}
    malware = {"type": "malware", "id": "malware--00000000-0000-4000-8000-000000000001", "is_family": False, **times}
    with serving_medallion() as server:
        server.add(*(indicator(number) for number in range(100, 108)), malware)
        report = fetched(world, server)
        assert (report.emitted, report.failed, report.met["pages"]) == (8, "", 3)
        assert (dict(report.refused), dict(report.leftovers)) == ({}, {})
        assert {record.title for record in world.index} == {f"Advertiser {number}" for number in range(100, 108)}
        assert {"phone:+12025550100", "email:m100@example.org"} <= set(world.index[0].identifiers)
        assert fetched(world, server).read == 0
        server.add(indicator(100, LATER, name="Advertiser 100, again"), indicator(108))
        report = fetched(world, server)
    assert (report.read, report.emitted) == (2, 2)
    assert {record.title for record in world.index[-2:]} == {"Advertiser 100, again", "Advertiser 108"}


def test_a_wrong_key_is_said_in_words_and_moves_nothing(server: Medallion, tmp_path: Path) -> None:
    world = World(tmp_path)
    report = fetched(world, server, key="another")
    assert (report.read, report.failed) == (0, "status_401")
    assert [words["reason"] for _, code, words in world.lines if code == "run_failed"] == ["status_401"]
    assert advice(report.failed)[0] == "The server asks for a key, or does not take it (401)."
    assert fetched(world, server).emitted == 1


@pytest.mark.parametrize(("named", "why"), [("No such", "paging"), ("Closed", "not_readable")])
def test_a_collection_that_is_not_there_or_closed_is_said(
    server: Medallion, tmp_path: Path, named: str, why: str
) -> None:
    report = fetched(World(tmp_path), server, source(http__taxii={"collections": [named]}))
    assert (report.read, report.failed) == (0, why)


def test_a_run_goes_on_where_it_ended_though_the_server_was_started_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world, port = World(tmp_path), free_port()
    objects = tuple(indicator(number) for number in range(9))
    with monkeypatch.context() as short, serving_medallion(port, objects) as server:
        short.setattr(taxii, "_MOST_PAGES_A_RUN", 1)
        assert fetched(world, server).emitted == 3
    with serving_medallion(port, objects) as server:  # it knows none of its tokens any more
        report = fetched(world, server)
    assert (report.emitted, report.duplicates, report.failed) == (6, 3, "")
