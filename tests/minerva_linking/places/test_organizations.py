"""Registers of organizations: one name at one place is one, words and houses that many share join nobody."""

from __future__ import annotations

import json
from typing import Any

import pytest

from minerva.linking import resolve
from minerva.linking.__main__ import answer
from minerva.linking.model import DEFAULT, read_row
from minerva.linking.places.commonness import MOST, Commonness, counted, step_of
from minerva.linking.places.pairs import candidate_pairs

KINDS = ("", "site", "license", "company")
ISLES = ("Ambrant", "Brantholm", "Corvosund", "Delosvik", "Eiggmoor", "Faroeby", "Gozofell", "Hydrabek", "Ionastad",
         "Juraholt", "Kosgard", "Lundynes", "Milosvang", "Naxosby", "Olandrup", "Parosund", "Rugenfeld", "Skyevoll",
         "Texelmark", "Usedomby", "Visborg", "Wightholm", "Xanthvik", "Yellfjord")  # fmt: skip


def row(record_id: str, name: str, address: str, postcode: str = "", source: str = "a", **more: Any) -> dict[str, Any]:
    return {"record_id": record_id, "source_id": source, "name": name, "address": address, "postcode": postcode, **more}


def groups(rows: list[dict[str, Any]], kind: str = "") -> set[frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in answer(json.dumps({**each, "record_type": kind}) for each in rows):
        found.setdefault(line["entity_id"], set()).add(line["record_id"])
    return {frozenset(each) for each in found.values() if len(each) > 1}


def related(rows: list[dict[str, Any]]) -> dict[str, list[str]]:
    return {line["record_id"]: line.get("related", []) for line in answer(map(json.dumps, rows))}


@pytest.mark.parametrize("kind", KINDS)
def test_words_that_a_whole_register_shares_join_nobody_in_any_language(kind: str) -> None:
    rows = [row(f"{source}{place}", f"Skola Grundvik {isle}", isle, f"QX{place} 1AB", source)
            for source in "ab" for place, isle in enumerate(ISLES)]  # fmt: skip
    assert groups(rows, kind) == {frozenset({f"a{place}", f"b{place}"}) for place in range(len(ISLES))}


@pytest.mark.parametrize("kind", KINDS)
def test_one_name_at_one_postcode_is_one_however_it_is_written_and_without_a_house_number(kind: str) -> None:
    rows = [row("a", "Lantern House Playgroup", "Old Mill Centre, Ferry Road, BELFAST", "BT99 8AY"),
            row("b", "LANTERN HOUSE PLAYGROUP", "Ferry Road", "BT998AY", "b")]  # fmt: skip
    assert groups(rows, kind) == {frozenset("ab")}


@pytest.mark.parametrize("kind", KINDS)
def test_two_phases_of_one_site_stay_two_though_a_second_register_lists_both(kind: str) -> None:
    rows = [
        row(f"{source}{number}{phase[0]}", f"{isle} {phase} School", f"{isle} Row", f"QX{number} 7LM", source)
        for source in "ab"
        for phase in ("Infant", "Junior")
        for number, isle in enumerate(f"{isle} {word}" for isle in ISLES for word in ("Upper", "Lower", "Far"))
    ]
    expected = {frozenset({f"a{number}{each}", f"b{number}{each}"}) for number in range(72) for each in "IJ"}
    assert groups(rows, kind) == expected
    assert any("same site as" in each for each in related(rows)["a5I"])


def test_what_a_register_lists_again_and_again_shows_nothing() -> None:
    rows = [
        row(f"{number}", f"{isle} {trade}", f"{number // 6} Oak Street", "70201", city="Springfield")
        for number, (isle, trade) in enumerate(
            (isle, trade) for isle in ISLES for trade in ("Bakery", "Bakery", "Bakery", "Cake Bakery") * 2
        )
    ]
    found = groups(rows, "site")
    assert frozenset("0123") <= next(each for each in found if "0" in each)


def test_businesses_of_one_building_stay_apart_and_are_told_that_many_share_it() -> None:
    rows = [row(f"r{place}", f"{isle} Hair Studio", "650 S Market Rd", "70201", city="Springfield")
            for place, isle in enumerate(ISLES)]  # fmt: skip
    rows.append(row("again", f"{ISLES[0]} Hair Studio LLC", "650 South Market Road", "70201", city="Springfield"))
    assert groups(rows) == {frozenset({"r0", "again"})}
    assert any("shared building: at least 16 names" in each for each in related(rows)["r5"])


def test_branches_of_a_firm_are_related_and_not_one() -> None:
    rows = [row("a", "Copper Lantern Bakery", "12 Oak Street", "70201", city="Springfield"),
            row("b", "Copper Lantern Bakery", "880 Main Avenue", "70201", city="Springfield")]  # fmt: skip
    assert groups(rows) == set()
    assert any("same name, other address as b" in each for each in related(rows)["a"])


@pytest.mark.parametrize("name", ["Zephyrine", "Zephyrine Day Spa", "Copper Lantern Bakery"])
@pytest.mark.parametrize("street", ["Main Avenue", "Oak Street"])
def test_a_chains_outlets_in_one_town_are_branches_by_one_telling_word(name: str, street: str) -> None:
    rows = [row("a", name, "12 Oak Street", "70201", city="Springfield"),
            row("b", name, f"880 {street}", "70201", city="Springfield")]  # fmt: skip
    assert groups(rows) == set()
    assert any("same name, other address as b" in each for each in related(rows)["a"])


def test_one_telling_word_in_two_towns_or_without_houses_or_a_trade_alone_makes_no_firm() -> None:
    for name, address, city in (
        ("Zephyrine Day Spa", "880 Main Avenue", "Salem"),
        ("Zephyrine Day Spa", "Main Avenue", "Springfield"),
        ("Day Spa", "880 Main Avenue", "Springfield"),
    ):
        rows = [
            row("a", name, "12 Oak Street", "70201", city="Springfield"),
            row("b", name, address, "70309", city=city),
        ]
        assert groups(rows) == set()
        assert related(rows).get("a", []) == []


def test_each_of_eighteen_outlets_is_a_branch_as_all_others() -> None:
    rows = [row(f"r{place}", "Zephyrine", f"{place + 1} {isle} Street", f"702{place:02d}", city="Springfield")
            for place, isle in enumerate(ISLES[:18])]  # fmt: skip
    assert len([each for each in related(rows)["r5"] if "same name, other address" in each]) == 17


@pytest.mark.parametrize("told", ["as above", "see above", "-", "unknown"])
def test_what_stands_in_place_of_an_address_is_no_place(told: str) -> None:
    rows = [row(f"r{place}", f"{isle} Bakery", told) for place, isle in enumerate(ISLES)]
    rows += [row("x", "Corner Bakery", told), row("y", "Corner Bakery", told)]
    assert groups(rows) == set()


def test_pairs_to_compare_grow_with_the_rows_also_at_one_address() -> None:
    def pairs(count: int) -> int:
        rows = [read_row(row(f"r{n}", f"{ISLES[n % 24]} {n} Bakery", "1 Plaza", "70201")) for n in range(count)]
        return len(list(candidate_pairs(rows, DEFAULT)))

    assert pairs(4000) <= 2.2 * max(1, pairs(2000))


def test_many_rows_of_one_name_at_one_place_are_one_and_cost_a_pair_each() -> None:
    rows = [read_row(row(f"r{n:04d}", "Lantern House", "1 Plaza", "70201")) for n in range(3000)]
    assert len(list(candidate_pairs(rows, DEFAULT))) < 3000
    assert len(resolve(rows, {}, "t").entities) == 1


def test_many_rows_of_one_name_at_two_houses_of_a_postcode_in_turn_are_one_for_each_house() -> None:
    rows = [row(f"r{n:03d}", "Lantern House", ("870 Main Avenue", "200 Oak Street")[n % 2], "70201") for n in range(60)]
    assert sorted(map(len, groups(rows))) == [30, 30]


@pytest.mark.parametrize("cities", [("Springfield", "Salem"), ("Springfield", "1"), ("Springfield", "Oakholm")])
def test_one_name_house_street_and_postcode_is_one_whatever_the_town_is_called(cities: tuple[str, str]) -> None:
    others = [
        row(f"o{n}", "Lantern House", f"{n + 1}00 {isle} Street", f"90{n:03d}") for n, isle in enumerate(ISLES[:9])
    ]
    rows = [row(record, "Lantern House", "12 Oak Street", "70201", city=city)
            for record, city in zip("ab", cities, strict=True)]  # fmt: skip
    assert groups([*others, *rows]) == {frozenset("ab")}
    assert groups([*others, rows[0], {**rows[1], "postcode": "80301"}]) == set()


def test_counts_are_of_holders_and_not_of_rows() -> None:
    rows = [read_row(row(f"r{n}", f"{ISLES[n % 4]} House", f"{n % 8} Oak Street", "70201")) for n in range(200)]
    common = Commonness(rows)
    assert common.step("w", "house") == step_of(4) == 2
    assert common.step("p", "70201") == step_of(8) == 3
    assert common.step("w", "nowhere") == 0
    assert step_of(MOST) == step_of(10 * MOST) == 7
    assert not list(counted(read_row(row("p", "Anna Smith", "1 Oak Street"))))


def test_a_saints_name_makes_no_firm_and_a_contact_of_both_does() -> None:
    saints = [row(f"s{place}", f"St {isle} Primary School", f"{place} Hill Road", f"QX{place} 1AB")
              for place, isle in enumerate(ISLES)]  # fmt: skip
    rows = [row("a", "St Ambrant Primary School", "12 Oak Street", "QX41 7LM"),
            row("b", "St Ambrant Primary School", "880 Main Avenue", "QX44 7LM")]  # fmt: skip
    assert not any("same name, other" in each for each in related([*saints, *rows]).get("a", []))
    both = [{**each, "phone": "+1 415 555 0123", "record_type": "site"} for each in rows]
    assert any("same name, other address as b" in each for each in related([*saints, *both])["a"])


def test_branches_in_two_towns_are_related_though_nothing_else_brings_them_together() -> None:
    rows = [row("a", "Copper Lantern Bakery", "12 Oak Street", "70201", city="Springfield"),
            row("b", "Copper Lantern Bakery", "880 Main Avenue", "80301", city="Salem")]  # fmt: skip
    assert any("same name, other address as b" in each for each in related(rows)["a"])


def test_a_postcode_of_two_streets_is_no_site() -> None:
    rows = [row("a", "Grundvik Primary School", "Sharp Avenue, Coatholm", "QX9 7LM"),
            row("b", "Delosvik Primary School", "Craig Drive, Kirkby, COATHOLM", "QX9 7LM"),
            row("c", "Ambrant Primary School", "Old Mill, Sharp Avenue, Coatholm", "QX9 7LM")]  # fmt: skip
    rows += [row(f"s{place}", f"{isle} Primary School", f"{place} Hill Road", f"QX{place} 1AB")
             for place, isle in enumerate(ISLES)]  # fmt: skip
    found = related(rows)
    assert [each.partition(":")[0] for each in found["a"]] == ["same site as c"]
    assert not any("same site" in each for each in found["b"])


def test_what_a_register_lists_once_under_two_names_stays_two_behind_one_phone_though_a_name_may_be_a_persons() -> None:
    listed = [row(f"r{place}", f"{isle} {where} School", f"{where} Road, {isle}")
              for isle in ISLES for place, where in enumerate(("Hill", "Lake", "Moor", "Ford", "Glen"))]  # fmt: skip
    for place, each in enumerate(listed):
        each["record_id"] = f"r{place}"
    two = [row("a", "Naomh Padraig Junior", "Drangan, Thurles", phone="+1 415 555 0123"),
           row("b", "Naomh Padraig Senior", "Drangan, Thurles", phone="+1 415 555 0123"),
           row("c", "Scoil Maria", "Eas Geip, Limerick", phone="+1 415 555 0145"),
           row("d", "Askeaton Senior School", "Askeaton, Limerick", phone="+1 415 555 0145")]  # fmt: skip
    assert groups([*listed, *two]) == set()
    elsewhere = row("e", "Naomh Padraig Junior", "Drangan, Thurles", source="b", phone="+1 415 555 0123")
    assert groups([*listed, *two, elsewhere]) == {frozenset({"a", "e"})}


def test_a_digit_that_differs_is_a_slip_for_one_name_and_another_house_for_two() -> None:
    two = [row("a", "Zephyrine Group", "4901 Asher Avenue", "72204", city="Salem"),
           row("b", "Zephyrine Radiator Pacific", "3901 Asher Avenue", "72204", city="Salem")]  # fmt: skip
    assert groups(two) == set()
    assert groups([two[0], {**two[1], "name": "Zephyrine Group"}]) == {frozenset("ab")}


def test_a_word_that_every_name_of_a_town_holds_makes_no_pairs() -> None:
    def pairs(word: str) -> int:
        rows = [read_row(row(f"r{n}", f"{word}{ISLES[n % 24]}{n} Bakery", f"{n % 40} {ISLES[n // 40]} Street", "80311"))
                for n in range(300)]  # fmt: skip
        return len(list(candidate_pairs(rows, DEFAULT, common=Commonness(rows))))

    assert pairs("Brookdale1 ") <= pairs("") + 30


def test_of_one_number_and_postcode_on_two_streets_those_are_compared_whose_names_begin_a_word_alike() -> None:
    told = (("Wing Stop", "Mill"), ("Wingstop", "Lane"), ("Juno Grill", "Bay"))
    rows = [read_row(row(street, name, f"17 {street} Road", "80311")) for name, street in told]
    assert set(candidate_pairs(rows, DEFAULT)) == {(0, 1)}
    slips = (("siwggs", "givens srteet"), ("swiggs", "givens street"))
    people = [read_row(row(name, name, f"1 {street}", "2170", city="Kyogle")) for name, street in slips]
    assert set(candidate_pairs(people, DEFAULT)) == {(0, 1)}


def test_the_end_of_a_web_address_is_no_beginning_of_a_name() -> None:
    two = [row("a", "3rd & Commerce", "200 Harbor Row"), row("b", "Lanterns.com", "200 Harbor Row #350")]
    assert groups(two) == set()


def in_a_town(*rows: tuple[str, str]) -> list[dict[str, Any]]:
    """Two rows of one register among others, in which trades and the street's name are as common as anywhere."""
    others = [row(f"r{place}", f"{isle} {trade}", f"{place + 1} Copper Road", "70201", city="Springfield")
              for place, (isle, trade) in enumerate((isle, trade) for isle in ISLES[:16]
                                                    for trade in ("Auto Sales", "Market"))]  # fmt: skip
    return others + [
        row(each, name, address, "70201", city="Springfield") for each, (name, address) in zip("ab", rows, strict=True)
    ]


@pytest.mark.parametrize(
    ("name", "other", "address"),
    [
        pytest.param("R & D Auto Sales", "Tavish Auto Sales", "990 Oak St", id="initials and a name"),
        pytest.param("Copper Hearing", "The Centre at Copper", "990 Copper Road", id="the street's name"),
    ],
)
def test_names_that_share_where_they_are_or_what_they_do_are_two(name: str, other: str, address: str) -> None:
    assert groups(in_a_town((name, address), (other, address))) == set()


@pytest.mark.parametrize(
    ("name", "other", "address"),
    [
        pytest.param("T & V Auto Sales", "Tavish Vane Auto Sales", "990 Oak St", id="initials of the other"),
        pytest.param("Copper Road Hearing", "Copper Road Hearing Ltd", "990 Copper Road", id="named by its street"),
    ],
)
def test_initials_and_streets_part_no_name_from_itself(name: str, other: str, address: str) -> None:
    assert groups(in_a_town((name, address), (other, address))) == {frozenset("ab")}
