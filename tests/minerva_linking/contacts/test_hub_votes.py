"""Whose names speak against an identifier: what one source got within an hour, after others had it, speaks once."""

from __future__ import annotations

import pytest

from minerva.linking import resolve
from minerva.linking.model import LinkRecord

PHONE = "phone:+14155550101"
NAMES = ["Anna Adler", "Beth Brown", "Carla Clark", "Dora Dunn", "Ella Evans", "Fay Frost", "Gina Green", "Hope Hayes",
         "Iris Irwin", "Joan Jones"]  # fmt: skip
START, HOUR, DAY = 1_700_000_000, 3600, 86_400


def ad(number: int, time: int, *identifiers: str, name: str = "", source: str = "ads", kind: str = "ad") -> LinkRecord:
    return LinkRecord(f"{number:032x}", source, kind, (PHONE, *identifiers), name, "", "", "", "", time)


def true_ads(count: int) -> list[LinkRecord]:
    return [ad(number, START + number * DAY) for number in range(count)]


def strangers(count: int, start: int, step: int, source: str = "ads", kind: str = "ad") -> list[LinkRecord]:
    """Ads with the number, a mailbox and a full name of their own each."""
    return [
        ad(100 + number, start + number * step, f"email:z{number}@example.org", name=NAMES[number], source=source,
           kind=kind)
        for number in range(count)
    ]  # fmt: skip


def is_hub(records: list[LinkRecord]) -> bool:
    return PHONE in {hub.identifier for hub in resolve(records, {}, "north").hubs}


@pytest.mark.parametrize(("count", "forged"), [(5, 4), (5, 8), (8, 6), (8, 10)])
def test_ads_forged_within_an_hour_take_no_number_out_of_linking(count: int, forged: int) -> None:
    records = true_ads(count)
    found = resolve([*records, *strangers(forged, START + 30 * DAY, HOUR // 20)], {}, "north")
    assert {hub.identifier for hub in found.hubs} == set()
    assert len({found.members[record.record_id] for record in records}) == 1


LASTING = [
    pytest.param(strangers(6, START + 30 * DAY, DAY), id="over days"),
    pytest.param([each for at, source in enumerate("abcdef")
                  for each in strangers(6, START + 30 * DAY, 60, source)[at : at + 1]], id="of six sources"),
    pytest.param(strangers(6, START + 30 * DAY, 0, kind="license"), id="of a register, read at once"),
    pytest.param(strangers(6, 0, 0), id="of no known time"),
]  # fmt: skip


@pytest.mark.parametrize("records", LASTING)
def test_strangers_who_come_otherwise_still_make_a_hub(records: list[LinkRecord]) -> None:
    assert is_hub([*true_ads(2), *records])


def test_what_was_read_at_once_and_first_counts_record_by_record() -> None:
    assert is_hub([*strangers(6, START, 60), *[ad(50 + at, START + DAY) for at in range(2)]])
