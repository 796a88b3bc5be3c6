"""Public suffixes by the algorithm of publicsuffix.org, and hosts of other scripts."""

from __future__ import annotations

import pytest

from assembly.reference import suffixes as compiler
from minerva.identifiers import KIND_BY_NAME, extract, hosts

REGISTERED = {
    # Lines of the list's own test file (publicsuffix.org, public domain).
    "example.com": "example.com", "b.example.com": "example.com", "a.b.example.com": "example.com",
    "test.co.uk": None, "b.domain.biz": "domain.biz", "c.kobe.jp": None, "b.c.kobe.jp": "b.c.kobe.jp",
    "a.b.c.kobe.jp": "b.c.kobe.jp", "city.kobe.jp": "city.kobe.jp", "www.city.kobe.jp": "city.kobe.jp",
    "b.test.ck": "b.test.ck", "a.b.test.ck": "b.test.ck", "www.ck": "www.ck", "www.www.ck": "www.ck",
    "test.k12.ak.us": "test.k12.ak.us", "www.test.k12.ak.us": "test.k12.ak.us", "jen.github.io": "jen.github.io",
    "x.jen.github.io": "jen.github.io", "co.uk": None,
}  # fmt: skip
REGISTERED["test.co.uk"] = "test.co.uk"


@pytest.mark.parametrize(("host", "registered"), REGISTERED.items(), ids=list(REGISTERED))
def test_registered_domain(host: str, registered: str | None) -> None:
    assert hosts.registered_domain(host) == registered


@pytest.mark.parametrize("host", ["co.uk", "com.au", "c.kobe.jp", "test.ck"])
def test_suffix_is_nobodys_host(host: str) -> None:
    assert hosts.is_suffix(host)
    assert not hosts.is_host(host)


def test_suffix_file_is_what_a_list_compiles_to() -> None:
    text = (
        "// VERSION: 1\n// ===BEGIN ICANN DOMAINS===\nuk\nco.uk\n*.ck\n!www.ck\n公司.cn\n// ===END ICANN DOMAINS===\n"
        "// ===BEGIN PRIVATE DOMAINS===\ngithub.io\n// ===END PRIVATE DOMAINS===\n"
    )
    lines = [line for line in compiler.suffixes(text).splitlines() if not line.startswith("#")]
    assert lines == ["ck !www *", "cn xn--55qx5d", "uk co", "io github"]
    with pytest.raises(compiler.ListError):
        compiler.suffixes("nothing")


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        ("auf münchen.example lesen", "xn--mnchen-3ya.example"),
        ("网站site.example访问", "site.example"),
        ("jen-salon . com", "jen-salon.com"),
        ("jen-salon-dot-com", "jen-salon.com"),
    ],
)
def test_hidden_and_foreign_hosts(text: str, domain: str) -> None:
    (found,) = extract(text, kinds=["domain"])
    assert found.value == domain
    assert text[found.start : found.end] == found.raw


@pytest.mark.parametrize(
    "text", ["items.map(x)", "optionValues.select it", "Apache::GZip.pm", "see asp.net docs", "p.m.today"]
)
def test_code_and_abbreviations_are_no_hosts(text: str) -> None:
    assert extract(text, kinds=["domain", "url"]) == []


@pytest.mark.parametrize("path", ["a{[dot])b", "a[[[.]]]b", "a(.)b", "a" + "[" * 900 + "." + "]" * 900 + "b"])
def test_a_dot_in_brackets_within_brackets_is_one_dot(path: str) -> None:
    url = KIND_BY_NAME["url"]
    normal = url.normalize(f"example.com/{path}")
    assert normal == url.normalize(normal) == "https://example.com/a.b"
