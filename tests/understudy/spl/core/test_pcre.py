"""What PCRE writes otherwise than Python's regex package is read as PCRE reads it. Source: pcre2pattern."""

from __future__ import annotations

import pytest

from understudy.spl.errors import SplSyntaxError
from understudy.spl.regexes import compile_regex

CASES = [
    (r"\Qa.b\E+", "a.bb", "a.bb"),
    (r"\Qa.b", "a.b", "a.b"),
    (r"\\Q", "\\Q", "\\Q"),
    (r"\\\Q.\E", "\\.", "\\."),
    (r"a\Z", "a\n", "a"),
    (r"(?<n>a)\k<n>", "aa", "aa"),
    (r"(?<n>a)\k{n}", "aa", "aa"),
    (r"(?<n>a)\k'n'", "aa", "aa"),
    (r"(?P<n>a)(?P=n)", "aa", "aa"),
    (r"(a)\g{1}", "aa", "aa"),
    (r"(a)\g1", "aa", "aa"),
    (r"(?:x)(a)(?<n>b)(?<=b)\g{-1}", "xabb", "xabb"),
    (r"\x{41}", "A", "A"),
    (r"[\x{41}-C]+", "ABC", "ABC"),
    (r"\N+", "ab\n", "ab"),
    (r"a\v", "a\n", "a\n"),
    (r"[a\v]+", "a\n", "a\n"),
    (r"[[:alpha:]\v]+", "a\n", "a\n"),
    (r"\V+", "ab\n", "ab"),
    (r"a\hb", "a\tb", "a\tb"),
    (r"\H+", "\tab", "ab"),
    (r"\cA\e", "\x01\x1b", "\x01\x1b"),
    (r"(?J)(?<n>a)|(?<n>b)", "b", "b"),
    (r"[]\]\e]+", "]\x1b", "]\x1b"),
    (r"a++b|(?>c+)d", "aab", "aab"),
    (r"foo\Kbar", "foobar", "bar"),
    (r"(\w)(?1)", "ab", "ab"),
    (r"(?|(a)|(b))", "b", "b"),
]


@pytest.mark.parametrize(("pattern", "text", "expected"), CASES, ids=[case[0] for case in CASES])
def test_pattern_finds_what_pcre_finds(pattern: str, text: str, expected: str) -> None:
    assert compile_regex(pattern).search(text).group() == expected


@pytest.mark.parametrize("pattern", [r"(", r"(?U)a+", r"\g{-3}", r"\k<no>", r"[a"])
def test_pattern_that_cannot_be_read_is_refused_with_its_place(pattern: str) -> None:
    with pytest.raises(SplSyntaxError) as caught:
        compile_regex(pattern, 7)
    assert caught.value.position == 7
