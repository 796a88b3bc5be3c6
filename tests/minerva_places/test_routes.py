"""Places and times of records to visits, legs, circuits and likely next towns, each with its doubt."""

from __future__ import annotations

import json
from typing import Any

import pytest

from benchmarks import routes as measured
from benchmarks.chunk_driver import run_command
from minerva.routes import Sighting, find_circuits, forecast, visits_of
from minerva.routes.__main__ import answer
from minerva.routes.rows import PARTS, OptionError, likelihood, read_options, routes

DAY = 86400
START = 1_700_000_000


def rows(*towns: str, every: float = 3.0) -> list[dict[str, Any]]:
    return [{"record_id": f"r{place}", "_time": str(START + place * every * DAY), "city": town, "region": "TX",
             "country": "US"} for place, town in enumerate(towns)]  # fmt: skip


def told(records: list[dict[str, Any]], **options: str) -> list[dict[str, Any]]:
    return list(routes(records, read_options(options)))


ROUND = ("Dallas", "Austin", "Houston", "San Antonio")


def test_records_of_one_town_are_one_visit_in_order_of_time_and_a_record_given_twice_counts_once() -> None:
    records = rows("Dallas", "Dallas", "Austin")
    found = told([records[2], records[0], records[1], records[0]], output="visits")
    assert [(each["town"], each["records"]) for each in found] == [("Dallas, TX (US)", 2), ("Austin, TX (US)", 1)]


def test_a_leg_has_distance_and_days_and_one_that_nobody_can_travel_says_so() -> None:
    (leg,) = told(rows("Dallas", "Houston"), output="legs")
    assert 340 < leg["km"] < 400
    assert (leg["days"], leg["doubt"], leg["record_ids"]) == (3.0, "", ["r0", "r1"])
    (leg,) = told(rows("Dallas", "El Paso", every=0.01), output="legs")
    assert "two people, or records written ahead" in leg["doubt"]


def test_a_town_that_the_gazetteer_does_not_know_has_no_distance_and_is_no_guess() -> None:
    (leg,) = told(rows("Dallas", "Qxville"), output="legs")
    assert (leg["target"], leg["km"], leg["target_latitude"]) == ("Qxville, TX", None, None)


def in_salem(*regions: str) -> list[dict[str, Any]]:
    return [{**row, "region": region, "city": "Salem"} for row, region in zip(rows(*regions), regions, strict=True)]


def test_a_town_without_a_region_is_the_one_of_its_name_in_the_other_records() -> None:
    (visit,) = told(in_salem("MA", "", "ma"), output="visits")
    assert (visit["town"], visit["records"], visit["several"]) == ("Salem, MA (US)", 3, False)
    of_two = told(in_salem("MA", "", "OR"), output="visits")
    assert [each["town"] for each in of_two] == ["Salem, MA (US)", "Salem: one of several towns", "Salem, OR (US)"]
    assert [each["several"] for each in of_two] == [False, True, False]
    unknown = told([{**row, "city": "Qxville"} for row in in_salem("TX", "")], output="visits")
    assert [(each["town"], each["several"]) for each in unknown] == [("Qxville, TX", False)]


def test_no_town_of_another_country_or_holder_is_taken_for_one_without_a_region() -> None:
    abroad = [{**in_salem("MA")[0]}, {**in_salem("", "")[1], "country": "IN"}]
    assert len({each["town"] for each in told(abroad, output="visits")}) == 2
    others = [{**row, "who": "ab"[at]} for at, row in enumerate(in_salem("MA", ""))]
    assert [each["town"] for each in told(others, by="who", output="visits")] == [
        "Salem, MA (US)", "Salem: one of several towns",
    ]  # fmt: skip


@pytest.mark.parametrize("output", PARTS)
def test_records_of_one_second_and_one_unknown_town_have_an_order_with_and_without_a_point(output: str) -> None:
    records = [{**row, "_time": str(START)} for row in rows("Qxville", "Qxville", "Qxville", "Dallas")]
    records[0]["geo"] = records[2]["geo"] = "40.1,-75.1"
    found = told(records, output=output)
    assert found == told(records[::-1], output=output)


def test_a_round_made_twice_is_a_circuit_wherever_it_begins() -> None:
    (found,) = told(rows(*ROUND, *ROUND), output="circuits")
    assert [town.partition(",")[0] for town in found["towns"]] == ["Austin", "Houston", "San Antonio", "Dallas"]
    assert (found["rounds"], found["days"]) == (2, 9.0)
    assert told(rows(*ROUND), output="circuits") == []


def test_the_next_town_of_a_round_is_named_first_with_what_it_rests_on() -> None:
    first, *rest = told(rows(*ROUND, *ROUND, "Dallas", "Austin"))
    assert first["town"] == "Houston, TX (US)"
    assert first["share"] > 0.5 > rest[0]["share"]
    assert first["why"] == "visited 2 times, 2 of them right after Austin, TX (US)"
    assert (first["days_low"], first["days"], first["days_high"]) == (3.0, 3.0, 3.0)


@pytest.mark.parametrize(
    ("share", "words"),
    [(0.0, "almost no chance"), (0.05, "very unlikely"), (0.5, "roughly even chance"), (0.6, "likely"),
     (0.95, "almost certain"), (1.0, "almost certain")],
)  # fmt: skip
def test_a_share_of_chance_is_told_in_the_words_of_the_directive(share: float, words: str) -> None:
    assert likelihood(share) == words


def test_a_share_that_rests_on_little_is_told_as_a_band_and_not_as_one_word() -> None:
    first = told(rows("Dallas", "Austin", "Dallas", "Austin", "Houston", "Austin", "Dallas", "Austin"))[0]
    assert first["steps"] == 7
    assert 0 < first["share_low"] < first["share"] < first["share_high"] < 1
    assert first["likelihood"] == f"{likelihood(first['share_low'])} to {likelihood(first['share_high'])}"


@pytest.mark.parametrize("seed", [11, 23])
def test_how_often_a_town_came_lies_within_the_band_of_those_that_were_named(seed: int) -> None:
    found = measured.calibration(movers=100, seed=seed)
    assert len(found) >= 10
    assert [each for each in found if not each.low <= each.came <= each.high] == []


def test_all_parts_come_at_once_with_the_spots_that_a_map_draws() -> None:
    found = told(rows(*ROUND, *ROUND, "Qxville"), output="all")
    parts = {part: [row for row in found if row["part"] == part] for part in PARTS}
    assert [len(parts[part]) for part in PARTS] == [3, 9, 8, 1]
    (circuit,) = parts["circuits"]
    visits = {row["town"]: row for row in parts["visits"]}
    assert circuit["points"][0] == f"{visits['Austin, TX (US)']['latitude']},{visits['Austin, TX (US)']['longitude']}"
    first = parts["next"][0]
    assert (first["latitude"], first["longitude"]) == tuple(
        visits[first["town"]][key] for key in ("latitude", "longitude")
    )
    assert len({tuple(row) for row in found}) == 1
    unknown = told(rows("Dallas", "Qxville", "Austin", "Dallas", "Qxville", "Austin"), output="circuits")
    assert [row["points"] for row in unknown] == [[]]


def test_shares_and_what_is_left_for_new_towns_are_one() -> None:
    found = forecast(visits_of(Sighting(at, place, place, None, str(at)) for at, place in enumerate("abcabdacab")))
    assert sum(each.share for each in found.towns) + found.elsewhere == pytest.approx(1.0)
    assert 0 < found.elsewhere < 1


def test_little_is_told_of_little() -> None:
    assert told(rows("Dallas"))[0]["why"] == "one town alone: nothing shows a movement"
    assert "rests on 2 moves alone" in told(rows("Dallas", "Austin", "Dallas"))[0]["why"]
    assert forecast([]).elsewhere == 1.0
    assert find_circuits([]) == []


def test_rows_without_town_or_time_are_counted_and_each_value_of_by_has_its_route() -> None:
    records = [{**row, "who": "ab"[place % 2]} for place, row in enumerate(rows(*ROUND))]
    bad = [{"_time": "soon", "city": "Dallas", "who": "a"}, {"_time": str(START), "who": "a"},
           {"_time": "1e99", "city": "Dallas", "who": "b"}]  # fmt: skip
    found = told([*records, *bad], by="who", output="legs")
    assert [(each["who"], each["origin"], each["left_out"]) for each in found] == [
        ("a", "Dallas, TX (US)", 2), ("b", "Austin, TX (US)", 1),
    ]  # fmt: skip


@pytest.mark.parametrize("option", [{"output": "map"}, {"top": "0"}, {"top": "x"}, {"by": "a b"}])
def test_wrong_options_are_refused(option: dict[str, str]) -> None:
    with pytest.raises(OptionError, match=f"^{next(iter(option))}: expected"):
        read_options(option)


def test_the_command_line_names_a_line_that_is_no_record() -> None:
    lines = [json.dumps(row) for row in rows("Dallas", "Austin")]
    error, leg = answer([lines[0], "oops", lines[1]], {"output": "legs"})
    assert error == {"error": "line 2: not JSON; expected one object a line"}
    assert leg["origin"] == "Dallas, TX (US)"


def test_the_command_answers_over_the_protocol() -> None:
    outcome = run_command("minervaroute.py", ["output=legs"], [rows("Dallas"), rows("Dallas", "Austin")[1:]])
    assert [(row["origin"], row["target"]) for row in outcome.rows] == [("Dallas, TX (US)", "Austin, TX (US)")]
    assert "top: expected" in str(run_command("minervaroute.py", ["top=none"], [[]]).messages)


def test_the_true_next_town_is_among_three_ten_points_more_often_than_among_the_most_visited() -> None:
    assert measured.figures(movers=100)["points_above"] >= 10
