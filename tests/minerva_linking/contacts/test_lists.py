"""A record that lists the contacts of many holders links none of them: a page of advertisements, a leaked file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from minerva.linking import held, resolve
from minerva.linking.model import MOST_OF_ONE, LinkRecord, read_row

OPERATIONS = 20


def ads() -> list[LinkRecord]:
    """Three ads of each operation, over its phone and its e-mail address."""
    rows: list[dict[str, Any]] = [
        {"record_id": f"ad{number}-{copy}", "record_type": "ad", "source_id": "board", "identifier": contacts(number)}
        for number in range(OPERATIONS) for copy in range(3)
    ]  # fmt: skip
    return [read_row(row) for row in rows]


def contacts(number: int) -> list[str]:
    return [f"phone:+1415555{100 + number:04}", f"email:box{number}@example.org"]


def page(count: int, kind: str, **more: str) -> LinkRecord:
    named = [value for number in range(count) for value in contacts(number)]
    return read_row({"record_id": "page", "record_type": kind, "source_id": "web", "identifier": named, **more})


def groups(records: Sequence[LinkRecord]) -> list[set[str]]:
    return [set(each.to_document()["records"]) for each in resolve(records, {}, "north").entities]


@pytest.mark.parametrize("kind", ["article", "ad", "profile", "message", ""])
@pytest.mark.parametrize("fast", [False, True])
def test_a_list_links_none_of_those_whom_it_names(kind: str, fast: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(held, "WORTH_NUMPY", 1 if fast else 1 << 60)
    assert sorted(map(len, groups([*ads(), page(OPERATIONS, kind)]))) == [1] + [3] * OPERATIONS


def test_a_list_with_a_name_and_an_address_links_none_either() -> None:
    listed = page(OPERATIONS, "", name="Lantern Members", address="12 Harbor Street", city="Springfield")
    assert sorted(map(len, groups([*ads(), listed]))) == [1] + [3] * OPERATIONS


def test_its_entity_says_so_and_keeps_what_it_names() -> None:
    (entity,) = [each for each in resolve([*ads(), page(OPERATIONS, "article")], {}, "north").entities
                 if len(each.records) == 1]  # fmt: skip
    document = entity.to_document()
    assert (
        "it lists more than 12 contacts of a kind, as those of many holders, and links none of them"
        in document["explanation"]
    )
    assert len(document["identifiers"]) == 2 * OPERATIONS


def test_an_ad_with_a_few_phones_links_them() -> None:
    named = [f"phone:+1415555{100 + number:04}" for number in range(4)]
    few = read_row({"record_id": "few", "record_type": "ad", "source_id": "web", "identifier": named})
    assert max(map(len, groups([*ads(), few]))) == 13


def test_marks_and_other_kinds_make_no_list() -> None:
    values = [f"image_crop:{number:064x}" for number in range(40)] + [f"phone:+1415555{100 + number:04}"
              for number in range(MOST_OF_ONE)]  # fmt: skip
    assert not read_row({"record_id": "r", "identifier": values}).is_list
