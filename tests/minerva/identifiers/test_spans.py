"""Spans of one text: what meets a place is what a look at all of them tells, and is found by few looks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import overload

from hypothesis import given
from hypothesis import strategies as st

from minerva.identifiers import phone_context, spans

Span = tuple[int, int]


@st.composite
def apart(draw: st.DrawFn) -> list[Span]:
    """Spans that are sorted, not empty and do not overlap; some touch."""
    found = []
    end = 0
    for gap, length in draw(st.lists(st.tuples(st.integers(0, 3), st.integers(1, 5)), max_size=12)):
        found.append((end + gap, end + gap + length))
        end += gap + length
    return found


class Counted(Sequence[Span]):
    """Spans that count how many of them were looked at."""

    def __init__(self, held: list[Span]) -> None:
        self._held = held
        self.looks = 0

    def __len__(self) -> int:
        return len(self._held)

    @overload
    def __getitem__(self, index: int) -> Span: ...

    @overload
    def __getitem__(self, index: slice) -> list[Span]: ...

    def __getitem__(self, index: int | slice) -> Span | list[Span]:
        self.looks += 1 if isinstance(index, int) else len(self._held[index])
        return self._held[index]


@given(held=apart(), start=st.integers(0, 60), length=st.integers(0, 20))
def test_spans_that_meet_a_place_are_those_a_look_at_all_of_them_tells(
    held: list[Span], start: int, length: int
) -> None:
    end = start + length
    every = [span for span in held if span[0] < end and span[1] > start]
    assert list(spans.meeting(held, start, end)) == every
    assert spans.meets(held, start, end) == bool(every)


def test_a_number_among_many_web_addresses_is_compared_with_few_of_them() -> None:
    text = "555-0123\nwww.mail.example\n" * 2_000
    web = Counted(phone_context.web_spans(text))
    place = len(text) // 2 // 26 * 26
    assert phone_context.no_blocks(text, place, place + 8, web)
    assert list(phone_context.blocks(text, place, place + 8, web)) == []
    assert len(web) == 2_000
    assert web.looks < 50
