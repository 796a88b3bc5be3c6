"""Rows cross the wire of protocol v2 unharmed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.multivalue import decode_multivalue, encode_multivalue
from understudy.protocol.chunk_rows import decode, encode, fields_of

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00\r"), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("values", "wire"),
    [
        pytest.param(["x", "y"], "$x$;$y$", id="plain"),
        pytest.param(["a$b", "c"], "$a$$b$;$c$", id="dollar-doubled"),
        pytest.param(["a;b", "$"], "$a;b$;$$$$", id="separator-and-lone-dollar"),
        pytest.param(["", "b"], "$$;$b$", id="empty-value"),
    ],
)
def test_multivalue_wire_form(values: list[str], wire: str) -> None:
    assert encode_multivalue(values) == wire
    assert decode_multivalue(wire) == values


@given(st.lists(st.text(st.characters(codec="utf-8")), min_size=2, max_size=6))
def test_any_multivalue_comes_back(values: list[str]) -> None:
    assert decode_multivalue(encode_multivalue(values)) == values


@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(["a", "b c", "_raw", "ü"]), TEXT | st.lists(TEXT, min_size=2, max_size=3), min_size=1
        ),
        min_size=1,
        max_size=6,
    )
)
def test_any_rows_come_back(rows: list[dict[str, str | list[str]]]) -> None:
    fields = fields_of(rows)  # type: ignore[arg-type]
    _, back = decode(encode(rows, fields))  # type: ignore[arg-type]
    assert back == rows


def test_numbers_become_text_and_nulls_stay_absent() -> None:
    fields, rows = decode(encode([{"n": 3.0, "x": 1.5}, {"n": 7}], ["n", "x"]))
    assert fields == ["n", "x"]
    assert rows == [{"n": "3", "x": "1.5"}, {"n": "7"}]


def test_no_fields_is_no_body() -> None:
    assert encode([{}], []) == b""
    assert decode(b"") == ([], [])
