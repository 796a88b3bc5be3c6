"""What two rows of a register share that it lists apart: it joins neither of them, and all others that hold it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minerva.linking import held, resolve
from minerva.linking.model import Resolution

PHONE, OTHER = "phone:+14155550123", "phone:+14155550145"
ISLES = ("Ambrant", "Brantholm", "Corvosund", "Delosvik", "Eiggmoor", "Faroeby", "Gozofell", "Hydrabek", "Ionastad",
         "Juraholt", "Kosgard", "Lundynes", "Milosvang", "Naxosby", "Olandrup", "Parosund", "Rugenfeld", "Skyevoll",
         "Texelmark", "Usedomby", "Visborg", "Wightholm", "Xanthvik", "Yellfjord")  # fmt: skip
WORDS = ("Hill", "Lake", "Moor", "Ford", "Glen")


def row(record_id: str, kind: str, name: str = "", address: str = "", *values: str) -> dict[str, Any]:
    return {"record_id": record_id, "source_id": kind, "record_type": kind, "name": name, "address": address,
            "identifier": list(values)}  # fmt: skip


def register() -> list[dict[str, Any]]:
    """Returns a register that lists a thing once."""
    places = [(isle, where) for isle in ISLES for where in WORDS]
    return [row(f"z{number}", "license", f"{isle} {where} School", f"{number + 1} {where} Road, {isle}")
            for number, (isle, where) in enumerate(places)]  # fmt: skip


LISTED = register()
JUNIOR = row("junior", "license", "Copper Lantern Junior", "12 Harbor Row, Salem", PHONE)
SENIOR = row("senior", "license", "Copper Lantern Senior", "12 Harbor Row, Salem", PHONE)


def groups(found: Resolution) -> set[frozenset[str]]:
    by_entity: dict[str, set[str]] = {}
    for record_id, entity_id in found.members.items():
        by_entity.setdefault(entity_id, set()).add(record_id)
    return {frozenset(each) for each in by_entity.values() if len(each) > 1}


def linked(*rows: dict[str, Any]) -> set[frozenset[str]]:
    return groups(resolve([*LISTED, JUNIOR, SENIOR, *rows], {}, "t"))


@pytest.mark.parametrize("least", [0, 10**9])
def test_an_ad_and_a_review_with_the_phone_of_two_schools_are_one_and_neither_school(
    monkeypatch: pytest.MonkeyPatch, least: int
) -> None:
    monkeypatch.setattr(held, "WORTH_NUMPY", least)
    assert linked() == set()
    assert linked(row("ad", "ad", "", "", PHONE)) == set()
    assert linked(row("ad", "ad", "", "", PHONE), row("review", "review", "", "", PHONE)) == {
        frozenset({"ad", "review"})
    }


@pytest.mark.parametrize("least", [0, 10**9])
def test_who_shares_more_with_one_school_is_that_school(monkeypatch: pytest.MonkeyPatch, least: int) -> None:
    monkeypatch.setattr(held, "WORTH_NUMPY", least)
    mail = {**JUNIOR, "identifier": [PHONE, "email:junior@example.com"]}
    ad, review = row("ad", "ad", "", "", PHONE, "email:junior@example.com"), row("review", "review", "", "", PHONE)
    found = groups(resolve([*LISTED, mail, SENIOR, ad], {}, "t"))
    assert found == {frozenset({"junior", "ad"})}
    found = groups(resolve([*LISTED, mail, SENIOR, ad, review], {}, "t"))
    assert found == {frozenset({"junior", "ad", "review"})}
    named = row("ad", "establishment", "Copper Lantern Senior", "12 Harbor Row, Salem", PHONE)
    assert linked(named) == {frozenset({"senior", "ad"})}


@pytest.mark.parametrize("least", [0, 10**9])
def test_what_others_share_with_either_school_brings_the_two_not_together(
    monkeypatch: pytest.MonkeyPatch, least: int
) -> None:
    monkeypatch.setattr(held, "WORTH_NUMPY", least)
    one = row("one", "establishment", "Copper Lantern Junior", "12 Harbor Row, Salem", PHONE)
    two = row("two", "establishment", "Copper Lantern Senior", "12 Harbor Row, Salem", PHONE)
    ad, review = row("ad", "ad", "", "", PHONE), row("review", "review", "", "", PHONE)
    schools = {frozenset({"junior", "one"}), frozenset({"senior", "two"})}
    assert linked(one, two) == schools
    assert linked(one, two, ad, review) == {*schools, frozenset({"ad", "review"})}


def test_many_ads_beside_the_two_schools_are_one_and_the_schools_stay_two() -> None:
    ads = [row(f"ad{number}", "ad", "", "", PHONE, OTHER) for number in range(20)]
    assert linked(*ads) == {frozenset(each["record_id"] for each in ads)}


NAMES = ("Copper Lantern Junior", "Copper Lantern Senior", "Copper Lantern Annex")
MAILS = ("email:a@example.com", "email:b@example.com")
HOLDERS = st.lists(
    st.tuples(st.sampled_from(["license", "ad", "establishment"]), st.sampled_from(["", *NAMES]),
              st.lists(st.sampled_from([PHONE, OTHER, *MAILS]), min_size=1, max_size=3, unique=True)),
    min_size=2, max_size=9,
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(HOLDERS)
def test_both_paths_say_the_same_and_keep_listed_rows_apart(
    holders: list[tuple[str, str, list[str]]],
) -> None:
    rows = [row(f"r{number}", kind, name, "12 Harbor Row, Salem" if name else "", *values)
            for number, (kind, name, values) in enumerate(holders)]  # fmt: skip
    found = []
    usual = held.WORTH_NUMPY
    try:
        for least in (0, 10**9):
            held.WORTH_NUMPY = least
            answer = resolve([*LISTED, *rows], {}, "t")
            found.append((answer.members, list(answer.entities)))
    finally:
        held.WORTH_NUMPY = usual
    assert found[0] == found[1]
    back = resolve([*rows[::-1], *LISTED[::-1]], {}, "t")
    assert back.members == found[0][0]


@pytest.mark.parametrize("least", [0, 10**9])
@pytest.mark.parametrize(("kind", "is_one"), [("license", True), ("company", True), ("site", False), ("", False)])
def test_two_names_at_two_addresses_behind_one_phone_are_one_holder_where_a_register_lists_holders(
    kind: str, is_one: bool, least: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(held, "WORTH_NUMPY", least)
    listed = [{**each, "record_type": kind, "source_id": "list"} for each in LISTED]
    one = {**row("one", kind, "Amber Tide Wellness", "8 Quay Road, Salem", PHONE), "source_id": "list"}
    other = {**row("other", kind, "Velvet Moon Trading", "71 Mill Lane, Dunport", PHONE), "source_id": "list"}
    assert groups(resolve([*listed, one, other], {}, "t")) == ({frozenset({"one", "other"})} if is_one else set())
