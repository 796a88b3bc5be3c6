"""TAXII 2.1 against a server that follows the standard: discovery, collections, paging, what is new, authorization."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from minerva.intake.facts.source import Source
from minerva.intake.formats.observed import stix_columns
from minerva.intake.running.state import State
from minerva.intake.web import taxii
from tests.connectors.loopback import serving
from tests.connectors.running import World, changed
from tests.connectors.transports.taxii_server import CLOSED, COLLECTION, Taxii


def source(**more: Any) -> Source:
    return changed("taxii_indicators", http__rate={"per_second": 0}, **more)


def indicator(number: int, modified: str = "2026-03-01T00:00:00.000Z", **more: Any) -> dict[str, Any]:
    return {
        "type": "indicator",
        "spec_version": "2.1",
        "id": f"indicator--00000000-0000-4000-8000-{number:012d}",
        "created": "2026-03-01T00:00:00.000Z",
        "modified": modified,
        "name": f"Advertiser {number}",
        "pattern": f"[phone-number:value = '+1202555{number:04d}' OR email-addr:value = 'm{number}@example.org']",
        "pattern_type": "stix",
        "valid_from": "2026-03-01T00:00:00Z",
        **more,
    }


def added(number: int) -> str:
    return f"2026-03-01T00:{number // 60:02d}:{number % 60:02d}.000000Z"


def test_all_pages_are_read_and_then_only_what_was_added(tmp_path: Path) -> None:
    world = World(tmp_path)
    with serving() as site:
        server = Taxii(site, user="minerva", key="a-key")
        for number in range(100, 108):
            server.add(added(number), **indicator(number))
        server.add(added(109), type="malware", id="malware--1", modified="2026-03-01T00:00:00Z")
        report = world.fetch(site, source(), user="minerva", key="a-key")
        assert (report.emitted, report.failed, dict(report.refused), dict(report.leftovers)) == (8, "", {}, {})
        assert {"phone:+12025550100", "email:m100@example.org"} <= set(world.index[0].identifiers)
        assert [asked.get("next") for asked in server.asked] == [None, "token-0", "token-1"]
        assert {asked["match[type]"] for asked in server.asked} == {"indicator,report"}
        assert world.fetch(site, source(), user="minerva", key="a-key").read == 0
        assert server.asked[-1]["added_after"] == added(107)
        server.add(added(120), **indicator(100, "2026-03-09T00:00:00.000Z", name="Advertiser 100, again"))
        report = world.fetch(site, source(), user="minerva", key="a-key")
        assert (report.read, report.emitted, world.index[-1].title) == (1, 1, "Advertiser 100, again")


def test_a_wrong_key_ends_the_run_and_moves_nothing(tmp_path: Path) -> None:
    world = World(tmp_path)
    with serving() as site:
        server = Taxii(site, user="minerva", key="a-key")
        server.add(added(1), **indicator(1))
        assert world.fetch(site, source(), user="minerva", key="another").failed == "status_401"
        assert world.fetch(site, source(), user="minerva", key="a-key").emitted == 1


def test_a_run_that_was_cut_off_goes_on_and_forgets_a_token_that_the_server_forgot(tmp_path: Path) -> None:
    world = World(tmp_path)
    with serving() as site:
        server = Taxii(site)
        for number in range(9):
            server.add(added(number), **indicator(number))
        whole = site.routes[f"/root/collections/{COLLECTION}/objects/"]
        answers = 0

        def once(handler: Any) -> None:
            nonlocal answers
            answers += 1
            whole(handler) if answers == 1 else handler.answer(500)

        site.routes[f"/root/collections/{COLLECTION}/objects/"] = once
        with_auth = source(http__auth={"kind": "none"})
        report = world.fetch(site, with_auth)
        assert (report.emitted, report.failed) == (3, "status_500")
        site.routes[f"/root/collections/{COLLECTION}/objects/"] = whole
        server.tokens.clear()
        report = world.fetch(site, with_auth)
        assert (report.emitted, report.duplicates, report.failed) == (6, 3, "")


def test_a_server_without_tokens_is_paged_by_the_date_added(tmp_path: Path) -> None:
    world = World(tmp_path)
    with serving() as site:
        server = Taxii(site)
        for number in range(8):
            server.add(added(number), **indicator(number))
        send = server.answer

        def answer(handler: Any, status: int, document: Any, **headers: str) -> None:
            document.pop("next", None)
            send(handler, status, document, **headers)

        server.answer = answer  # type: ignore[method-assign]
        assert world.fetch(site, source(http__auth={"kind": "none"})).emitted == 8
        assert [asked.get("added_after") for asked in server.asked] == [None, added(2), added(5)]


def test_a_server_whose_token_stays_the_same_is_read_to_its_end(tmp_path: Path) -> None:
    world = World(tmp_path)
    with serving() as site:
        server = Taxii(site)
        for number in range(8):
            server.add(added(1), **indicator(number))  # all at once: dates alone would lose what comes behind a page
        send = server.answer

        def answer(handler: Any, status: int, document: Any, **headers: str) -> None:
            if document.get("next"):
                server.tokens["same"] = server.tokens.pop(document["next"])
                document["next"] = "same"
            send(handler, status, document, **headers)

        server.answer = answer  # type: ignore[method-assign]
        report = world.fetch(site, source(http__auth={"kind": "none"}))
        assert (report.emitted, report.failed) == (8, "")


def test_a_server_that_gives_the_same_page_for_ever_ends_the_run(tmp_path: Path) -> None:
    world = World(tmp_path)
    with serving() as site:
        server = Taxii(site)
        page = {"objects": [indicator(1)], "more": True, "next": "same"}
        site.routes[f"/root/collections/{COLLECTION}/objects/"] = lambda handler: server.answer(handler, 200, page)
        report = world.fetch(site, source(http__auth={"kind": "none"}))
        assert (report.emitted, report.failed) == (1, "paging")


@pytest.mark.parametrize(
    ("named", "why"), [("No such", "paging"), ("Closed", "not_readable"), (CLOSED, "not_readable")]
)
def test_a_collection_that_is_not_there_or_closed_is_said(tmp_path: Path, named: str, why: str) -> None:
    world = World(tmp_path)
    with serving() as site:
        Taxii(site)
        report = world.fetch(site, source(http__auth={"kind": "none"}, http__taxii={"collections": [named]}))
        assert report.failed == why


def test_an_api_root_elsewhere_is_not_followed(tmp_path: Path) -> None:
    world = World(tmp_path)
    with serving() as site:
        Taxii(site)
        site.routes["/taxii2/"] = {"title": "x", "api_roots": ["https://other.example.org/root/"]}
        assert world.fetch(site, source(http__auth={"kind": "none"})).failed == "address_refused"


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("[email-addr:value = 'a@example.org']", {"email-addr": ["a@example.org"]}),
        ("[url:value = 'https://example.org/it\\'s']", {"url": ["https://example.org/it's"]}),
        ("[NOT url:value = 'https://good.example.org/']", {}),
        ("[user-account:account_login = 'mia']", {"user-account-account_login": ["mia"]}),
        ("[email-addr:value != 'a@example.org']", {}),
        ("[" + "a" * 100_000, {}),
    ],
)
def test_values_of_a_pattern(pattern: str, found: dict[str, list[str]]) -> None:
    assert stix_columns({"type": "indicator", "pattern": pattern, "pattern_type": "stix"})["observed"] == found


def _listing(site: Any, ids: list[str], page: dict[str, Any]) -> None:
    site.routes["/taxii2/"] = {"api_roots": ["/root/"]}
    site.routes["/root/collections/"] = {"collections": [{"id": name, "can_read": True} for name in ids]}
    for name in ids:
        site.routes[f"/root/collections/{name}/objects/"] = page


def _position(folder: Path) -> dict[str, Any]:
    (path,) = folder.glob("*.sqlite")
    state = State(path)
    try:
        return dict(state.position)
    finally:
        state.close()


def test_what_a_server_makes_the_position_hold_is_bounded(tmp_path: Path) -> None:
    world = World(tmp_path)
    facts: dict[str, Any] = {"collections": []}
    page = {"objects": [indicator(1)], "more": True, "next": "n" * 5000}
    with serving() as site:
        _listing(site, ["one", "two", "c" * 5000], page)
        report = world.fetch(site, source(http__taxii=facts), user="a", key="b")
        assert report.failed == "paging"  # a token of this length is none
        _listing(site, ["one", "two", "c" * 5000], {"objects": [indicator(1)]})
        assert world.fetch(site, source(http__taxii=facts), user="a", key="b").met["collections_refused"] == 1
        assert sorted(_position(tmp_path)["collections"]) == ["one", "two"]
        _listing(site, ["three"], {"objects": [indicator(1)]})
        world.fetch(site, source(http__taxii=facts), user="a", key="b")
        assert sorted(_position(tmp_path)["collections"]) == ["three"]


def test_a_server_that_always_has_more_ends_with_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taxii, "_MOST_PAGES", 4)
    monkeypatch.setattr(taxii, "_MOST_PAGES_A_RUN", 6)
    world = World(tmp_path)
    asked: list[str] = []

    def endless(handler: Any) -> None:
        asked.append(handler.path)
        page = {"objects": [indicator(len(asked))], "more": True, "next": f"n{len(asked)}"}
        handler.answer(200, json.dumps(page).encode(), taxii.MEDIA_TYPE)

    with serving() as site:
        _listing(site, ["one", "two", "three"], {})
        for name in ("one", "two", "three"):
            site.routes[f"/root/collections/{name}/objects/"] = endless
        report = world.fetch(site, source(http__taxii={"collections": []}), user="a", key="b")
        assert (report.failed, len(asked), report.met["pages_put_off"]) == ("", 6, 2)
        assert _position(tmp_path)["collections"]["two"]["next"] == "n6"
