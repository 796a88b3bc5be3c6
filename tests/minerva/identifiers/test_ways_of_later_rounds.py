"""Phones and addresses told in ways found missing in rounds of texts not seen before, with what looks like them and is
none: what round_30.py and the others list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import ModuleType

import pytest

from tests.minerva.identifiers import (
    round_30,
    round_31,
    round_32,
    round_33,
    round_34,
    round_35,
    round_36,
    round_37,
    round_38,
    round_40,
    round_42,
    round_46,
    round_47,
)
from tests.minerva.identifiers.conftest import Mails, Phones

ROUNDS: dict[int, ModuleType] = {
    30: round_30,
    31: round_31,
    32: round_32,
    33: round_33,
    34: round_34,
    35: round_35,
    36: round_36,
    37: round_37,
    38: round_38,
    40: round_40,
    42: round_42,
    46: round_46,
    47: round_47,
}
Test = Callable[..., None]


def each(names: Sequence[str], listed: str) -> Callable[[Test], Test]:
    """Runs a test with each case of all rounds, as `names` call its parts."""
    cases = {
        f"{number}: {title}": case for number, told in ROUNDS.items() for title, case in vars(told)[listed].items()
    }
    return pytest.mark.parametrize(names, cases.values(), ids=list(cases))


@pytest.mark.parametrize("around", ["{}", "Floors.\n{}\nFri 9-5"], ids=["alone", "lines"])
@each(("text", "address"), "ADDRESSES")
def test_an_address_is_read(text: str, address: str, around: str, mails: Mails) -> None:
    assert [item.value for item in mails(around.format(text))] == [address]


@each(["text"], "NO_ADDRESSES")
def test_prose_holds_no_address(text: str, mails: Mails) -> None:
    assert mails(text) == []


@each(("text", "region", "number"), "NUMBERS")
def test_a_number_is_read(text: str, region: str, number: str, phones: Phones) -> None:
    assert [item.value for item in phones(text, region)] == [number]


@each(("text", "region"), "NO_NUMBERS")
def test_other_numbers_are_no_phones(text: str, region: str, phones: Phones) -> None:
    assert phones(text, region) == []
