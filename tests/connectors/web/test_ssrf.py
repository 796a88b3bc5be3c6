"""More than 500 ways to an address that is not public: as a URL, as what a name leads to, behind a redirect."""

from __future__ import annotations

import pytest

from minerva.intake.errors import GuardError
from minerva.intake.web.guard import Guard
from tests.connectors.loopback import Handler, Site, fetcher_for
from tests.connectors.web.ssrf_vectors import PRIVATE_V4, PRIVATE_V6, urls

PUBLIC = "93.184.215.14"
URLS = urls()
NAMES = [*PRIVATE_V4, *PRIVATE_V6, *(f"::ffff:{address}" for address in PRIVATE_V4)]


def test_there_are_at_least_five_hundred() -> None:
    assert len(set(URLS.values())) + 3 * len(NAMES) >= 500


def test_no_url_of_the_table_may_be_fetched() -> None:
    open_doors = []
    for name, url in URLS.items():
        try:
            Guard(resolve=lambda *_: [PUBLIC]).check(url)
        except GuardError:
            continue
        open_doors.append(name)
    assert open_doors == []


@pytest.mark.parametrize("address", NAMES)
def test_name_that_leads_there_is_refused(address: str) -> None:
    for found in ([address], [PUBLIC, address], [address, PUBLIC]):
        with pytest.raises(GuardError):
            Guard(resolve=lambda *_, found=found: list(found)).check("https://www.example.org/")


def test_name_that_is_rebound_is_asked_once_and_never_reached() -> None:
    answers = [[PUBLIC], *([address] for address in NAMES)]
    guard = Guard(resolve=lambda *_: answers.pop(0))
    assert {guard.check(f"https://www.example.org/{number}").address for number in range(50)} == {PUBLIC}
    assert len(answers) == len(NAMES)


def test_redirect_to_any_of_them_ends_there(site: Site) -> None:
    target = ""

    def reply(handler: Handler) -> None:
        handler.answer(302, b"", "text/plain", Location=target)

    site.routes["/a"] = reply
    fetcher = fetcher_for(site, guard=Guard(allowed={("127.0.0.1", site.port)}, resolve=lambda *_: [PUBLIC]))
    reached = []
    # What no header can carry cannot be sent; relative forms lead to the site itself, which is allowed here.
    sent = {
        name: url
        for name, url in URLS.items()
        if url.isascii() and url.isprintable() and "://" in url and len(url) < 8000 and url.strip() == url
    }
    for name, url in sent.items():
        target = url
        try:
            fetcher.get(f"{site.url}/a")
        except GuardError:
            continue
        reached.append(name)
    assert reached == []
    assert len(sent) > 300
    assert set(site.paths()) == {"/a"}
