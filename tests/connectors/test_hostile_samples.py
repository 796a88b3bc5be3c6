"""Samples that are made to break the guess at how they are to be read."""

from __future__ import annotations

import pytest

from minerva.intake.workbench.samples import read_sample


@pytest.mark.parametrize("content", [b"[" * 100_000, b'{"a":' * 100_000, b"\x1f\x8bno gzip", b"\x1f\x8b"])
def test_a_sample_that_cannot_be_read_says_so(content: bytes) -> None:
    found = read_sample(content)
    assert found.fault
    assert not found.rows
