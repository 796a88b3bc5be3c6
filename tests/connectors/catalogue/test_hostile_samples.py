"""Samples that are made to break the guess at how they are to be read."""

from __future__ import annotations

import pytest

from minerva.intake.workbench.samples import read_sample


@pytest.mark.parametrize("content", [b"[" * 100_000, b'{"a":' * 100_000, b"\x1f\x8bno gzip", b"\x1f\x8b"])
def test_a_sample_that_cannot_be_read_says_so(content: bytes) -> None:
    found = read_sample(content)
    assert found.fault
    assert not found.rows


DEEP = [
    pytest.param(b"<div>" * 8_000, True, id="elements in each other"),
    pytest.param(b"<x-one>" * 8_000, True, id="elements of no kind that is known"),
    pytest.param(b"<div>" * 200 + b"</div>" * 200, False, id="as deep as pages are"),
    pytest.param(b"<ul>" + b"<li>one" * 2_000 + b"</ul>", False, id="items that are left open"),
    pytest.param(b"<svg>" + b"<path d='m0'/>" * 2_000 + b"</svg>", False, id="a drawing"),
]


@pytest.mark.parametrize(("content", "is_refused"), DEEP)
def test_a_page_of_too_many_elements_in_each_other_is_refused_before_it_is_read(
    content: bytes, is_refused: bool
) -> None:
    page = b"<html><body>" + content + b"<table><tr><th>id<th>town<tr><td>1<td>Salem<tr><td>2<td>Hull</table>"
    found = read_sample(page)
    assert ("512 elements" in found.fault) == is_refused
    assert len(found.rows) == (0 if is_refused else 2)
