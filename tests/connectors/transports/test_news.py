"""Feeds over a real site: entries with the main text of the pages behind them, read once, asked again where it pays."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from minerva.intake.errors import FileError
from minerva.intake.facts.reading import ReadFacts
from minerva.intake.formats.read import read_rows
from tests.connectors.loopback import Handler, Site, serving
from tests.connectors.running import World, changed

PAGE = """<!doctype html><html lang="en"><head><title>Releases | Riverton</title>
<meta property="og:title" content="Two arrested"><meta property="og:site_name" content="Press office">
<meta property="article:published_time" content="2026-03-31T19:05:00Z"></head><body>
<header><p>Menu of all our offices, with a long line of words that is no news.</p></header>
<nav><ul><li><a href="/">Home</a></li></ul></nav>
<div class="wrap"><div id="story"><h1>Two arrested</h1>
<p>Officers searched a massage business on Main Street, Riverton, after a tip.</p>
<p>Call <b>(202) 555-0147</b>,<br>at any hour, if you know more about it.</p>
<ul><li>Two people were arrested.</li><li><a href="/x">Read also: another story</a></li></ul></div>
<div class="related-stories"><p>Another story with many words, commas, and nothing to do with this one at all.</p></div>
<div class="comments"><p>A reader writes: this is a comment, not what the office says about it.</p></div></div>
<script>var text = "not seen";</script><footer><p>All rights of this page are reserved by the office.</p></footer>
</body></html>"""


def feed(site: Site, *names: str, title: str = "Release", host: str = "") -> bytes:
    items = "".join(
        f"<item><title>{title} {name}</title><link>{host or site.url}/{name}.html</link><guid>{name}</guid>"
        f"<description>Short of {name}</description></item>"
        for name in names
    )
    return f'<rss version="2.0"><channel><title>Releases</title>{items}</channel></rss>'.encode()


def page(text: str = PAGE) -> Any:
    return lambda handler: handler.answer(200, text.encode(), "text/html; charset=utf-8")


def serve_feed(site: Site, *names: str, etag: str = '"1"', **more: str) -> None:
    def answer(handler: Handler) -> None:
        if handler.headers.get("If-None-Match") == etag:
            handler.answer(304)
        else:
            handler.answer(200, feed(site, *names, **more), "application/rss+xml", ETag=etag)

    site.routes["/releases.rss"] = answer


def news() -> Any:
    return changed("press_news", legal__robots="not_applicable", http__rate={"per_second": 0})


def article(text: str) -> dict[str, Any]:
    (row,) = read_rows(io.BytesIO(text.encode()), ReadFacts(format="article"), "page")
    assert row.columns is not None
    return dict(row.columns)


def test_main_text_is_the_story_without_what_stands_round_it() -> None:
    found = article(PAGE)
    assert found["text"].split("\n") == [
        "Two arrested",
        "Officers searched a massage business on Main Street, Riverton, after a tip.",
        "Call (202) 555-0147 ,",
        "at any hour, if you know more about it.",
        "Two people were arrested.",
    ]
    assert (found["title"], found["publisher"], found["language"]) == ("Two arrested", "Press office", "en")
    assert found["published"] == "2026-03-31T19:05:00Z"


def test_a_marked_article_is_taken_before_a_longer_list_beside_it() -> None:
    story = "<p>" + "What the office says of it, in words. " * 6 + "</p>"
    beside = (
        "<div>" + "<p>Terms of the page, in many words, commas, and more of them than the story.</p>" * 30 + "</div>"
    )
    assert "Terms" not in article(f"<body>{beside}<article>{story}</article></body>")["text"]


@pytest.mark.parametrize("body", ["<p></p>", "<ul><li><a href='/'>Home</a></li></ul>", "<form><p>Your name</p></form>"])
def test_a_page_without_running_text_is_a_fault(body: str) -> None:
    with pytest.raises(FileError) as told:
        article(body)
    assert told.value.code == "article"


def test_entries_carry_the_text_behind_them_and_are_read_once(tmp_path: Path) -> None:
    world = World(tmp_path)
    with serving() as site:
        serve_feed(site, "a", "b")
        site.routes.update({"/a.html": page(), "/b.html": page(PAGE.replace("0147", "0148"))})
        report = world.fetch(site, news())
        assert (report.emitted, report.failed, dict(report.refused)) == (2, "", {})
        assert "(202) 555-0147" in world.index[0].text
        assert "phone:+12025550148" in world.index[1].identifiers
        first = len(site.seen)
        assert world.fetch(site, news()).emitted == 0
        assert site.paths()[first:] == ["/releases.rss"]
        serve_feed(site, "c", "a", "b", etag='"2"')
        site.routes["/c.html"] = page()
        assert world.fetch(site, news()).emitted == 1
        assert site.paths()[first + 1 :] == ["/releases.rss", "/c.html"]


def test_a_page_that_is_gone_elsewhere_or_no_text_leaves_the_entry_with_what_the_feed_says(tmp_path: Path) -> None:
    world = World(tmp_path)
    with serving() as site:
        body = feed(site, "gone", "picture", "bare") + b""
        elsewhere = feed(site, "far", host="https://other.example.org")
        item = elsewhere[elsewhere.index(b"<item>") : elsewhere.index(b"</channel>")]
        site.routes["/releases.rss"] = lambda handler: handler.answer(
            200, body.replace(b"</channel>", item + b"</channel>"), "application/rss+xml"
        )
        site.routes["/picture.html"] = lambda handler: handler.answer(200, b"\x89PNG\r\n\x1a\n" * 9, "image/png")
        site.routes["/bare.html"] = page("<p></p>")
        report = world.fetch(site, news())
        assert sorted(record.text for record in world.index) == [
            "Short of bare",
            "Short of far",
            "Short of gone",
            "Short of picture",
        ]
        assert {name: report.met[name] for name in ("pages_gone", "pages_elsewhere", "pages_unreadable")} == {
            "pages_gone": 1,
            "pages_elsewhere": 1,
            "pages_unreadable": 2,
        }


def test_a_page_that_fails_for_now_is_asked_for_again_though_the_feed_is_as_it_was(tmp_path: Path) -> None:
    world = World(tmp_path)
    with serving() as site:
        serve_feed(site, "a")
        site.routes["/a.html"] = lambda handler: handler.answer(503, b"", "text/html")
        assert world.fetch(site, news()).emitted == 1
        assert world.index[0].text == "Short of a"
        site.routes["/a.html"] = page()
        assert world.fetch(site, news()).emitted == 1
        assert world.index[1].text.startswith("Two arrested")
        assert world.index[1].source_key == world.index[0].source_key
        assert world.fetch(site, news()).emitted == 0


def test_no_more_pages_than_the_facts_say_are_read_in_a_run(tmp_path: Path) -> None:
    world = World(tmp_path)
    source = changed(
        "press_news",
        legal__robots="not_applicable",
        http__rate={"per_second": 0},
        http__follow={"link": "link", "most": 2},
    )
    with serving() as site:
        serve_feed(site, "a", "b", "c", "d", "e")
        site.routes.update({f"/{name}.html": page() for name in "abcde"})
        assert [world.fetch(site, source).emitted for _ in range(4)] == [2, 2, 1, 0]


def test_an_atom_feed_of_several_pages_is_read_to_its_end(tmp_path: Path) -> None:
    def answer(handler: Handler) -> None:
        first = int(handler.query["page"]) * 2 - 1
        entries = "".join(
            f"<entry><id>case-{number}</id><title>Case {number}</title><published>2026-03-30T00:00:00Z</published>"
            f'<link rel="alternate" href="https://cases.example.org/{number}"/></entry>'
            for number in (first, first + 1)
            if number < 4
        )
        body = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Cases</title>{entries}</feed>'
        handler.answer(200, body.encode(), "application/atom+xml; charset=utf-8")

    facts = changed("gb_find_case_law", http__rate={"per_second": 0}, legal__robots="not_applicable")
    facts = replace(facts, legal=replace(facts.legal, terms_allow=True))
    world = World(tmp_path)
    with serving() as site:
        site.routes["/atom.xml"] = answer
        report = world.fetch(site, facts)
    assert (report.emitted, report.failed, dict(report.refused), dict(report.leftovers)) == (3, "", {}, {})
    assert [record.title for record in world.index] == [f"Case {number}" for number in range(1, 4)]
