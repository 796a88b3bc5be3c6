from __future__ import annotations

from minerva.linking.numbering import mapped, numbering


def test_each_new_string_gets_the_next_number_and_keeps_it() -> None:
    numbers = numbering()
    assert [numbers[each] for each in ("b", "a", "b", "", "a", "c")] == [0, 1, 0, 2, 1, 3]
    assert list(numbers) == ["b", "a", "", "c"]


def test_a_mapping_of_many_strings_is_that_of_dict() -> None:
    pairs = [(f"record {number % 700}", f"entity {number}") for number in range(1000)]
    found = mapped(iter(pairs))
    assert type(found) is dict
    assert list(found.items()) == list(dict(pairs).items())


def test_a_mapping_of_nothing_is_empty() -> None:
    assert mapped(()) == {}
