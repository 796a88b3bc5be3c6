"""The collector of cyclic garbage rests while records are linked, and is as it was afterwards."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from minerva.linking.collector import at_rest


@pytest.fixture(autouse=True)
def _collector_as_it_was() -> Iterator[None]:
    collecting = gc.isenabled()
    gc.enable()
    yield
    gc.unfreeze()
    if not collecting:
        gc.disable()


class Ring:
    """Holds itself."""

    def __init__(self) -> None:
        self.held = self


def made(count: int) -> list[list[int]]:
    with at_rest():
        assert not gc.isenabled()
        return [[number] for number in range(count)]


def test_what_was_made_meanwhile_is_not_walked_as_new() -> None:
    kept = made(50_000)
    assert gc.isenabled()
    assert any(each is kept for each in gc.get_objects(generation=2))


def test_garbage_of_before_is_still_freed() -> None:
    ring = Ring()
    gone = weakref.ref(ring)
    del ring
    made(10)
    assert gone() is not None
    gc.collect()
    assert gone() is None


def test_a_collector_that_is_off_stays_off() -> None:
    gc.disable()
    made(10)
    assert not gc.isenabled()


def test_it_is_on_again_after_an_error() -> None:
    with pytest.raises(ValueError, match="no such record"), at_rest():
        raise ValueError("no such record")
    assert gc.isenabled()


def test_what_a_host_has_frozen_stays_frozen() -> None:
    gc.freeze()
    frozen = gc.get_freeze_count()
    assert frozen
    made(10)
    assert gc.get_freeze_count() > frozen // 2
