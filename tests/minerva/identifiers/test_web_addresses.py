"""Web addresses, hosts and e-mail addresses: what is read the short way is what the long way reads."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from minerva.identifiers import KIND_BY_NAME, extract, said_hosts, url

KINDS = ("email", "url", "domain")
URL = KIND_BY_NAME["url"]
PIECES = st.sampled_from(
    ["http://", "https://", "HTTPS://", "hxxp://", "www.", "www.com", "co.uk", "site.example", "Jen.Example", "x",
     ".com", ".", "..", "-", "/", "//", "/a", "/a_b.html", "~", "@", "+", "%2f", "?a=b", "&amp;", "#top", ":80",
     ":8080", "[.]", "(dot)", "(.)", "é", "\t", "0", "file", "example"]
)  # fmt: skip
ADDRESSES = st.lists(PIECES, max_size=8).map("".join) | st.builds(
    "{}{}.{}{}".format,
    st.sampled_from(["", "http://", "https://", "https://www."]),
    st.text("abAB0-.", min_size=1, max_size=12),
    st.sampled_from(["com", "example", "co.uk", "Com", "zzz"]),
    st.text("abA0_.~@+-/", max_size=12).map("/{}".format) | st.just(""),
)
WORDS = st.sampled_from(
    ["jen@mail.example", "jen (at) mail (dot) example", "jen@mail[.]example", "jen_4u @ mail . example",
     "a.b@c.example", "site.example", "www.site.example/x", "https://site.example/a,", "(https://site.example/b)",
     "site[.]example",
     "site (dot) example", "site dot com", "www . site . com", "www. site.com", "site-dot-com", ".", ",", "@", ".a",
     "(", "[.]x", "item.name", "meow://site.example", "Hello.World", "&", "<b>", "\u00e9.com", "po\u0131nt", " ", "\n"]
)  # fmt: skip
TEXTS = st.lists(st.tuples(WORDS, st.sampled_from([" ", " ", "", ". ", "-"])), max_size=7).map(
    lambda parts: "".join(map("".join, parts))
)


@settings(max_examples=600, deadline=None)
@given(ADDRESSES)
@example("https://www.co.uk/a")
@example("www.site.example//a/.//")
@example("https://a.example." + "/x" * 990)
def test_an_address_of_the_usual_form_is_normalized_alike(written: str) -> None:
    short = url.usual_form(written)
    if short is not None:
        assert short == URL.normalize(written)


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("http://www.Site.example/Jen_4u/", "https://site.example/Jen_4u"),
        ("site.example/@jen", "https://site.example/@jen"),
        ("https://site.example", "https://site.example"),
        ("https://site.example/?a=b", None),
        ("https://site.example/%2f", None),
        ("https://www.co.uk/a", None),
        ("hxxps://site.example", None),
    ],
)
def test_usual_forms(written: str, normal: str | None) -> None:
    assert url.usual_form(written) == normal


@settings(max_examples=400, deadline=None)
@given(TEXTS)
@example("jen@mail.example.a[.]com")
@example(".jen@mail.example (dot)com")
@example("site.example-.a. site[.]example")
def test_kinds_that_are_looked_for_together_are_found_as_alone(text: str) -> None:
    together = extract(text, kinds=KINDS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(url, "shows_host", lambda text, mails: True)
        patch.setattr(said_hosts, "_stands", lambda top, text, mails: True)
        alone = [item for kind in KINDS for item in extract(text, kinds=[kind])]
    assert together == sorted(alone, key=lambda item: (item.start, item.end))


def test_an_order_of_kinds_and_a_kind_named_twice_are_kept() -> None:
    text = "jen@mail.example"
    assert extract(text, kinds=["domain", "email", "email", "url"]) == 2 * extract(text, kinds=["email"])
    site = extract("https://site.example", kinds=["domain", "email", "url"])
    assert [item.kind for item in site] == ["url", "domain"]


@pytest.mark.parametrize(
    ("tail", "value"),
    [
        ("a(b))).", "a(b)"),
        ("a]),", "a"),
        ("]" * 400_000, ""),
        (")]" * 200_000, ""),
    ],
    ids=["closed", "both", "long", "long of both"],
)
def test_what_belongs_to_the_sentence_is_no_part_of_an_address(tail: str, value: str) -> None:
    (found,) = extract(f"https://site.example/{tail}", kinds=["url"])
    assert found.raw == f"https://site.example/{value}"


@pytest.mark.parametrize("words", ["a dot com b.example ", "jen@mail.example a dot com "])
def test_many_said_hosts_among_others_are_found(words: str) -> None:
    found = extract(words * 4_000, kinds=["domain"])
    assert sum(item.value == "a.com" for item in found) == 4_000
