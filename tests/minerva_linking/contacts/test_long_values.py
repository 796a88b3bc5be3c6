"""Values of a megabyte in any column: what is compared of them is bounded, and no reason repeats them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from minerva.linking.__main__ import answer as link_lines
from minerva.linking.model import read_row
from minerva.names.__main__ import answer as pair_line
from minerva.names.forms import FORMS
from minerva.names.join import reason_of
from minerva.names.romanize import LONGEST, LONGEST_READ
from minerva.text import template
from minerva.text.__main__ import answer as text_lines
from minerva.text.grouping import MOST_WORDS, in_order
from minerva.text.options import DEFAULT

MEGABYTE = 1_000_000
SHAPES = {
    "one word": "x" * MEGABYTE,
    "digits": "7" * MEGABYTE,
    "one word again and again": "anna " * (MEGABYTE // 5),
    "addresses": "12 Main St " * (MEGABYTE // 11),
    "dotted letters": "a." * (MEGABYTE // 2),
    "other words each time": " ".join(f"w{number}" for number in range(MEGABYTE // 7)),
}
shaped = pytest.mark.parametrize("value", SHAPES.values(), ids=SHAPES)


@shaped
@pytest.mark.parametrize("column", ["name", "address", "city"])
def test_records_with_a_megabyte_in_a_column_are_linked_by_the_rest(value: str, column: str) -> None:
    rows: list[dict[str, Any]] = [
        {"record_id": number, "name": "Anna Stone", "address": "12 Main St", "city": "Riverton",
         "email": f"u{number // 2}@mail.example", column: value}
        for number in range(4)
    ]  # fmt: skip
    answers = list(link_lines(map(json.dumps, rows)))
    assert answers[0]["entity_id"] == answers[1]["entity_id"]
    assert all(len(json.dumps(each)) < 5000 for each in answers)
    read = read_row({**rows[0], "identifier": []})
    assert getattr(read, column) == value[:LONGEST_READ]


@shaped
@pytest.mark.parametrize("way", ["pairs", "usernames"])
def test_names_of_a_megabyte_are_compared_and_not_repeated(value: str, way: str) -> None:
    for kind in ("Person", "Company", ""):
        found = pair_line(json.dumps({"id": "1", "a": value, "b": f"{value} and more", "kind": kind}), way)
        assert 0.0 <= found["score"] <= 1.0
        assert len(json.dumps(found)) < 5000


@shaped
@pytest.mark.parametrize("kind", FORMS)
def test_a_megabyte_is_matched_with_a_lookup_by_its_beginning(value: str, kind: str) -> None:
    assert len(FORMS[kind](value)) <= LONGEST
    assert len(reason_of(kind, value, "Anna Stone")) < 5000


@pytest.mark.parametrize("value", ["now " * 5000, "天" * 5000], ids=["a word", "a sign"])
def test_words_that_repeat_are_aligned_as_far_as_their_pairs_allow(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []
    matches = template._matches

    def noted(own: Any, other: Any) -> Any:
        sizes.append(sum(word.normal == each.normal for word in own for each in other))
        return matches(own, other)

    monkeypatch.setattr(template, "_matches", noted)
    one, other = text_lines(json.dumps({"id": n, "text": f"{value} {n}"}) for n in (1, 2))
    assert one["group"] == other["group"]
    assert sizes
    assert max(sizes) <= template.MOST_EQUAL


def test_prose_is_aligned_whole() -> None:
    prose = [f"word{number * number % 997}" if number % 9 else "the" for number in range(template.WORDS)]
    found = template.describe_group([" ".join(prose), " ".join([*prose, "end"])])
    assert found.template.words == tuple(prose)


def test_the_order_of_words_is_compared_up_to_a_bound() -> None:
    words = [f"w{number}" for number in range(2 * MOST_WORDS)]
    one, other = " ".join(words).encode(), " ".join([*words[:MOST_WORDS], *reversed(words[MOST_WORDS:])]).encode()
    assert in_order(one, other, DEFAULT)
    assert not in_order(one, " ".join(reversed(words)).encode(), DEFAULT)
