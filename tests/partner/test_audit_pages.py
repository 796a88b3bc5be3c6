"""Pages of the audit: `limit` counts the entries that are given, however few of those looked at fit."""

from __future__ import annotations

from typing import Any

import pytest

from minerva.tenancy import auditing
from tests.partner.world import PHONE, World, person

PARTNER, ADMIN = person("northfield"), person("northfield", "admin")


@pytest.fixture(scope="module")
def world() -> World:
    """51 look-ups of one case, each after twelve other requests."""
    made = World()
    made.link("northfield")
    for _ in range(51):
        for _ in range(12):
            made.ask(PARTNER, "GET", "/health")
        made.ask(PARTNER, "POST", "/identifiers/lookup", {"identifiers": [PHONE]}, headers={"minerva-case": "NF-9"})
    return made


def pages(world: World, **query: Any) -> list[list[dict[str, Any]]]:
    found, cursor = [], ""
    while cursor is not None:
        body = {**query, **({"cursor": cursor} if cursor else {})}
        page = world.ask(ADMIN, "POST", "/audit/search", body)[1]
        found.append(page["entries"])
        cursor = page["next_cursor"]
    return found


def test_fifty_one_entries_are_six_pages_of_ten(world: World) -> None:
    found = pages(world, about_case="NF-9", limit=10)
    assert [len(page) for page in found] == [10, 10, 10, 10, 10, 1]
    numbers = [entry["number"] for page in found for entry in page]
    assert numbers == sorted(set(numbers), reverse=True)


def test_a_last_page_that_is_full_has_no_next_one(world: World) -> None:
    assert [len(page) for page in pages(world, about_case="NF-9", limit=17)] == [17, 17, 17]


def test_what_one_request_looks_at_is_bounded_and_the_page_goes_on(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(auditing, "MAX_ENTRIES", 100)
    monkeypatch.setattr(auditing, "MOST_LOOKED_AT", 200)
    found = pages(world, about_case="NF-9", limit=51)
    assert sum(map(len, found)) == 51
    assert len(found) > 1
