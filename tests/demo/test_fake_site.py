"""The fake site: pages, keys, failures and limits as a client meets them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from demo.fake_site import FAIL_EVERY, FakeSite

ADS = [{"id": f"ad-{n}", "posted_at": f"2026-10-{n % 28 + 1:02d}T00:00:00Z"} for n in range(250)]
PROFILES = [{"id": f"p-{n}"} for n in range(30)]
NOTICES = [{"id": f"n-{n}", "published_at": "2026-10-01T00:00:00Z"} for n in range(450)]


@pytest.fixture
def site() -> Iterator[FakeSite]:
    rows = {("t", "classified_ads"): ADS, ("t", "user_profiles"): PROFILES, ("t", "missing_person_notices"): NOTICES}
    running = FakeSite(rows, api_key="k", token="b")
    running.start()
    yield running
    running.stop()


def get(site: FakeSite, path: str, **headers: str) -> Any:
    """Returns the document, asking again where the site fails on purpose."""
    url = path if path.startswith("http") else f"http://127.0.0.1:{site.port}{path}"
    for _ in range(5):
        try:
            with urlopen(
                Request(url, headers={k.replace("_", "-"): v for k, v in headers.items()}), timeout=10
            ) as reply:
                return json.load(reply)
        except HTTPError as error:
            error.close()
            if error.code != 503:
                raise
    raise AssertionError("five failures in a row")


def test_ads_come_in_pages_and_the_last_is_short(site: FakeSite) -> None:
    pages = [get(site, f"/t/ads?page={n}&per_page=100", X_Api_Key="k") for n in (1, 2, 3)]
    assert [len(page["items"]) for page in pages] == [100, 100, 50]
    assert pages[0]["pages"] == 3


def test_since_leaves_out_older_ads(site: FakeSite) -> None:
    page = get(site, "/t/ads?since=2026-10-20T00:00:00Z&per_page=500", X_Api_Key="k")
    assert {item["posted_at"] >= "2026-10-20" for item in page["items"]} == {True}


def test_a_cursor_leads_through_all_profiles(site: FakeSite) -> None:
    cursor, seen = "", 0
    while cursor is not None:
        page = get(site, f"/t/profiles?limit=20&cursor={cursor}", Authorization="Bearer b")
        seen, cursor = seen + len(page["data"]), page["next_cursor"]
    assert seen == 30


def test_next_links_lead_through_all_notices(site: FakeSite) -> None:
    url, seen = "/t/notices", 0
    while url:
        page = get(site, url)
        seen, url = seen + len(page["notices"]), page["next"]
    assert seen == 450


@pytest.mark.parametrize("path", ["/t/ads", "/t/profiles"])
def test_a_missing_key_is_refused(site: FakeSite, path: str) -> None:
    with pytest.raises(HTTPError) as refused:
        get(site, path)
    assert refused.value.code == 401
    refused.value.close()


def test_one_call_in_ten_fails(site: FakeSite) -> None:
    for _ in range(3 * FAIL_EVERY):
        get(site, "/t/notices")
    assert site.failures >= 3
