"""A chain's screening: which step would have caught which outcome, what is missing where, and no person in it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from minerva.screening import ChainError, analyze, read_chain
from minerva.screening.__main__ import main
from minerva.screening.figures import figures
from minerva.screening.report import actions, report
from tests.screening.world import TRUTH, chain


def read(document: dict[str, Any], salt: bytes = b"salt") -> Any:
    return read_chain(document, salt)


def test_each_known_outcome_is_told_what_became_of_the_step_that_could_have_caught_it() -> None:
    found = analyze(read(chain()))
    told = {each.outcome.outcome_id: each.failure for each in found.catches if each.step != "national records"}
    told.update(
        (each.outcome.outcome_id, each.failure) for each in found.catches if each.outcome.outcome_id == "o-role"
    )
    assert told == TRUTH
    assert [each.outcome_id for each in found.uncatchable] == ["o-none"]


def test_a_repeat_that_was_missed_is_told_apart_from_a_first_day_without_the_step() -> None:
    document = chain(staff=0, locations=1)
    document["staff"] = [{"staff": "a", "location": "L0", "role": "staff", "hired": "2024-01-10"}]
    document["results"] = [{"staff": "a", "step": "license check", "day": "2024-01-05", "answer": "clear"}]
    fact = {"kind": "license withdrawn", "since": "2024-06-01"}
    document["outcomes"] = [{"outcome": "o", "staff": "a", "location": "L0", "day": "2026-01-01", "facts": [fact]}]
    found = analyze(read(document))
    assert [each.failure for each in found.catches] == ["due again, not done"]
    assert [remedy for _, remedy, _ in actions(found)] == [
        "list each month whose repeat of the step is due, and see that it is done"
    ]


def test_locations_that_are_too_small_to_be_described_are_named_and_every_other_has_its_label() -> None:
    document = chain(staff=0, locations=3)
    document["staff"] = [
        {"staff": f"{place} {number}", "location": f"L{place}", "role": "staff", "hired": "2024-01-10"}
        for place, count in enumerate((2, 5, 0)) for number in range(count)
    ]  # fmt: skip
    document["outcomes"] = []
    told = figures(read(document), analyze(read(document)))
    assert [each["label"] for each in told["locations"]] == ["Harbor 1"]
    assert sorted(told["few"]) == ["Harbor 0", "Harbor 2"]


def test_a_gap_is_what_is_due_today_and_not_done_in_time() -> None:
    document = chain(staff=0, locations=1)
    document.update(outcomes=[], results=[
        {"staff": "b", "step": "license check", "day": "2026-06-01", "answer": "clear"},
        {"staff": "c", "step": "license check", "day": "2024-06-01", "answer": "clear"},
        {"staff": "d", "step": "license check", "day": "2026-06-01", "answer": "flag"},
        {"staff": "e", "step": "license check", "day": "2026-06-01", "answer": "no answer"},
    ])  # fmt: skip
    document["staff"] = [{"staff": key, "location": "L0", "role": "staff", "hired": "2024-01-01"} for key in "abcde"]
    document["staff"].append(
        {"staff": "f", "location": "L0", "role": "staff", "hired": "2024-01-01", "left": "2025-01-01"}
    )
    (place,) = analyze(read(document)).places
    gaps = {gap.step: gap for gap in place.gaps}
    assert gaps["license check"] == ("license check", 5, 2, 2, 1, 1)
    assert gaps["county records"][1:] == (5, 0, 5, 0, 0)
    assert place.done == pytest.approx(2 / 10)
    assert "national records" not in gaps


def test_staff_keys_are_one_however_written_and_stand_in_no_output(tmp_path: Path) -> None:
    document = chain()
    (tmp_path / "chain.json").write_text(json.dumps(document), encoding="utf-8")
    out, gaps = tmp_path / "report.html", tmp_path / "gaps.json"
    assert main([str(tmp_path / "chain.json"), "--report", str(out), "--figures", str(gaps)]) == 0
    texts = out.read_text("utf-8") + gaps.read_text("utf-8")
    assert not any(f"person {number}" in texts.casefold() for number in range(8))
    one, other = (read(document, salt).staff[0].key for salt in (b"a", b"b"))
    assert one != other
    assert one not in texts


def test_the_report_says_what_to_do_first_and_loads_nothing() -> None:
    document = chain()
    document["name"] = "<script>alert(1)</script>"
    document["locations"][0]["label"] = "A & B <b>"
    read_in = read(document)
    page = report(read_in, analyze(read_in))
    assert "<script" not in page
    assert "A &amp; B &lt;b&gt;" in page
    assert "http" not in page
    assert "src=" not in page
    assert "@media print" in page
    assert "add the step to the policy" in page
    assert actions(analyze(read_in))[0][2] >= 1


def test_the_example_that_the_page_hands_out_is_read_whole() -> None:
    example = Path(__file__).parents[2] / "frontend" / "src" / "risk" / "example_chain.json"
    held = read(json.loads(example.read_text(encoding="utf-8")))
    assert not held.problems
    found = analyze(held)
    assert (len(found.catches), len(held.outcomes), len(found.uncatchable)) == (2, 2, 0)


def test_small_locations_are_not_described() -> None:
    document = chain(staff=3)
    document["outcomes"] = []
    document["staff"] = [each for each in document["staff"] if not each["staff"].startswith("person")]
    read_in = read(document)
    assert figures(read_in, analyze(read_in))["locations"] == []
    assert "fewer than 5" in report(read_in, analyze(read_in))


@pytest.mark.parametrize(
    ("name", "row", "said"),
    [
        ("results", {"staff": "x", "step": "palm reading", "day": "2026-01-01", "answer": "clear"}, "step: expected"),
        (
            "results",
            {"staff": "x", "step": "license check", "day": "2026-01-01", "answer": "ok"},
            "answer: expected one",
        ),
        ("staff", {"staff": "x", "location": "L0", "hired": "2031-01-01"}, "hired: expected a date"),
        ("staff", {"staff": "x", "location": "L99", "hired": "2020-01-01"}, "location: expected one of locations"),
        ("staff", {"location": "L0", "hired": "2020-01-01"}, "staff: expected a text"),
        ("outcomes", "o", "expected an object"),
    ],
)
def test_a_row_that_cannot_be_read_is_left_out_and_named_by_its_place(name: str, row: Any, said: str) -> None:
    document = chain(locations=1)
    document[name].append(row)
    (problem,) = read(document).problems
    assert problem.startswith(f"{name}, row {len(document[name])}: {said}")
    assert "palm" not in problem


@pytest.mark.parametrize(
    "document",
    [[], {"as_of": "today"}, {"as_of": "2026-01-01"}, {"as_of": "2026-01-01", "policy": [{"name": "a"}], "staff": {}}],
)
def test_a_chain_that_is_none_is_refused(document: Any) -> None:
    with pytest.raises(ChainError):
        read(document)


def test_a_file_that_is_no_json_ends_with_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "chain.json").write_text("{", encoding="utf-8")
    assert main([str(tmp_path / "chain.json"), "--report", str(tmp_path / "r.html")]) == 1
    assert capsys.readouterr().err == "chain.json: not a JSON file\n"


def test_the_work_grows_with_rows_times_steps_and_no_faster() -> None:
    def work(steps: int, outcomes: int) -> int:
        names = [{"name": f"s{number}", "finds": ["x"], "before_hire": True} for number in range(steps)]
        staff = [{"staff": "one", "location": f"L{number}", "hired": "2020-01-01"} for number in range(50)]
        results = [{"staff": "one", "step": "s0", "day": "2019-01-01", "answer": "clear"} for _ in range(outcomes)]
        bad = [{"outcome": f"o{number}", "staff": "one", "location": "L0", "day": "2025-01-01",
                "facts": [{"kind": "x", "since": "2024-01-01"}]} for number in range(outcomes)]  # fmt: skip
        places = [{"location": f"L{number}"} for number in range(outcomes)]
        read_in = read({"as_of": "2026-01-01", "policy": names, "locations": places, "staff": staff,
                        "results": results, "outcomes": bad})  # fmt: skip
        return lines_run(lambda: analyze(read_in))

    small = work(4, 50)
    assert work(16, 50) < 6 * small
    assert work(4, 200) < 6 * small


def lines_run(run: Callable[[], object]) -> int:
    """How many lines a call runs: work that no other load of the machine changes."""
    count = 0

    def step(frame: object, event: str, _: object) -> object:
        nonlocal count
        count += event == "line"
        return step

    before = sys.gettrace()
    sys.settrace(step)  # type: ignore[arg-type]  # typeshed asks for its own recursive type
    try:
        run()
    finally:
        sys.settrace(before)
    return count


def test_a_day_at_the_end_of_the_calendar_has_gaps_too() -> None:
    document = chain(locations=1)
    document["as_of"] = "9999-12-31"
    document["staff"].append({"staff": "late", "location": "L0", "hired": "9999-12-01"})
    gaps = {gap.step: gap for gap in analyze(read(document)).places[0].gaps}
    assert gaps["license check"].never >= 1


@pytest.mark.parametrize(
    ("name", "row", "said"),
    [
        ("outcomes", {"facts": 5}, "facts: expected a list"),
        ("outcomes", {"facts": [{}] * 101}, "facts: expected a list of at most 100"),
        ("policy", {"name": "much", "finds": ["x"] * 51}, "finds: expected at most 50"),
        ("locations", {"location": "L9", "signals": dict.fromkeys(map(str, range(51)), 1)}, "signals: expected"),
    ],
    ids=["a number as facts", "many facts", "many words", "many signals"],
)
def test_a_row_of_too_much_or_of_a_wrong_type_is_left_out_and_named(name: str, row: dict[str, Any], said: str) -> None:
    document = chain(locations=1)
    document[name].append(row)
    place = f"{name}, row {len(document[name])}: "
    assert any(each.startswith(place + said) for each in read(document).problems)


def test_many_steps_and_many_employments_of_one_worker_are_refused() -> None:
    document = chain(locations=1)
    with pytest.raises(ChainError, match="at most 100 steps"):
        read({**document, "policy": [{"name": f"s{number}"} for number in range(101)]})
    job = {"staff": "one", "location": "L0", "hired": "2020-01-01"}
    found = read({**document, "staff": [job] * 102, "results": [], "outcomes": []})
    assert len(found.staff) == 100
    assert [each for each in found.problems if each.startswith("staff, row 10")] == [
        f"staff, row {row}: staff: one worker has more than 100 employments" for row in (101, 102)
    ]
