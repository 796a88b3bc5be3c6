"""The text of conf files: what is read, what is named as unusable, and that writing reads back the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.conf import files

PATH = Path("x.conf")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("[a]\nk = 1\nk = 2\n", {"a": {"k": "2"}}, id="last-of-equal-keys-wins"),
        pytest.param("[a]\nk = one \\\ntwo\n", {"a": {"k": "one \ntwo"}}, id="continued-line-keeps-its-break"),
        pytest.param("k = 1\n[default]\nj = 2\n", {"default": {"k": "1", "j": "2"}}, id="before-any-stanza-is-default"),
        pytest.param("# a = 1\n  # b\n[a]\n", {"a": {}}, id="comments"),
        pytest.param("[a]\nx=1\n[b]\n[a]\ny=2\n", {"a": {"x": "1", "y": "2"}, "b": {}}, id="stanzas-merge"),
        pytest.param("[a]\nREGEX = a=b#c\n", {"a": {"REGEX": "a=b#c"}}, id="only-the-first-equals-sign-splits"),
        pytest.param("\ufeff[a]\r\nx = 1\r\n", {"a": {"x": "1"}}, id="mark-and-carriage-returns"),
    ],
)
def test_text_is_read(text: str, expected: files.Stanzas) -> None:
    assert files.parse(text.encode(), PATH) == (expected, [])


@pytest.mark.parametrize(
    ("data", "line"),
    [
        pytest.param(b"[a]\nx = \xff\ny = 1\n", 2, id="not-utf-8"),
        pytest.param(b"[a]\ny = 1\nword\n", 3, id="no-equals-sign"),
        pytest.param(b"[a]\ny = 1\n[b\n", 3, id="open-bracket"),
    ],
)
def test_unusable_line_is_named_and_the_rest_counts(data: bytes, line: int) -> None:
    stanzas, problems = files.parse(data, PATH)
    assert stanzas == {"a": {"y": "1"}}
    assert [problem.line for problem in problems] == [line]


NAMES = st.text(st.characters(codec="utf-8", exclude_characters="\r\n\0]\\", exclude_categories=["Cs"])).map(str.strip)
KEYS = st.from_regex(r"[A-Za-z_][A-Za-z0-9_.\-:]{0,20}", fullmatch=True)
VALUES = st.text(st.characters(codec="utf-8", exclude_characters="\r\0\\", exclude_categories=["Cs"])).map(str.strip)


@given(st.dictionaries(NAMES, st.dictionaries(KEYS, VALUES, max_size=4), max_size=4))
def test_written_stanzas_read_back(stanzas: files.Stanzas) -> None:
    assert files.parse(files.render(stanzas).encode(), PATH) == (stanzas, [])


def test_value_that_no_file_can_hold_is_refused() -> None:
    with pytest.raises(files.ConfError):
        files.render({"a": {"k": "ends with \\\nmore"}})
