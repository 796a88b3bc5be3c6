"""Figures that pages state: the committed ones stand in the pages, and one that is false is named with its place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks import figures
from benchmarks.figure_sets import FigureSet, figure_sets
from benchmarks.figure_statements import STATEMENTS
from benchmarks.figure_texts import Statement, faults, names_of, restated, stated, written

PAGE = "notes.md"
SCORE = Statement(PAGE, "precision {a.precision} recall {a.recall:short} of {a.records:,} records")
ROW = Statement(PAGE, "2 {_} {a.told} {a.recall:cell}", row=True)
FIGURES: dict[str, float] = {"a.precision": 0.981, "a.recall": 0.954, "a.records": 20_000, "a.told": 7}
TEXT = "On it\nprecision 0.981\nrecall .954 of 20,000 records.\n\n   1    9      2 .123\n   2    9      7 .954\n"


@pytest.mark.parametrize("page", sorted({each.page for each in STATEMENTS}))
def test_a_page_states_the_committed_figures(page: str) -> None:
    of_page = [each for each in STATEMENTS if each.page == page]
    wrong = list(faults(of_page, figures.read_pages(), figures.flat(figures.read())))
    assert wrong == [], f"where docs/figures.json is right: {figures.COMMAND} --write"


def test_docs_figures_holds_the_sets_that_there_are_with_their_commands() -> None:
    assert {name: each["command"] for name, each in figures.read().items()} == {
        name: each.command for name, each in figure_sets().items()
    }


@pytest.mark.parametrize("statement", STATEMENTS, ids=lambda each: f"{each.page} {each.text[:30]}")
def test_a_statement_names_figures_that_there_are_and_stands_once(statement: Statement) -> None:
    known = figures.flat(figures.read())
    names = names_of(statement)
    assert names
    assert [name for name in names if name not in known] == []
    assert len(stated(statement, figures.read_pages()[statement.page])) == len(names)


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (0.967, "", "0.967"),
        (1.0, "", "1.000"),
        (0.95, "short", ".950"),
        (1.0, "cell", "1.00"),
        (0.95, "cell", ".950"),
        (3337, "", "3337"),
        (20_000, ",", "20,000"),
        (-3.2, ".1f", "-3.2"),
    ],
)
def test_a_figure_is_written_as_its_form_says(value: float, form: str, text: str) -> None:
    assert written(value, form) == text


def test_a_page_that_states_its_figures_has_no_fault() -> None:
    assert list(faults([SCORE, ROW], {PAGE: TEXT}, FIGURES)) == []


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        (("0.981", "0.996"), "notes.md:2 says 0.996, but a.precision is 0.981"),
        ((".954 of", ".977 of"), "notes.md:3 says .977, but a.recall is .954"),
        (("20,000", "2,000"), "notes.md:3 says 2,000, but a.records is 20,000"),
        (("7 .954", "8 .954"), "notes.md:6 says 8, but a.told is 7"),
        (("records.", "rows."), f"notes.md does not say: {SCORE.text}"),
    ],
)
def test_a_false_number_is_named_with_its_line(wrong: tuple[str, str], fault: str) -> None:
    assert list(faults([SCORE, ROW], {PAGE: TEXT.replace(*wrong)}, FIGURES)) == [fault]


def test_a_name_that_no_figure_has_is_a_fault() -> None:
    found = list(faults([Statement(PAGE, "precision {a.unknown}")], {PAGE: TEXT}, FIGURES))
    assert found == ["notes.md:2: no figure is called a.unknown"]


def test_new_figures_are_written_into_the_page_and_columns_stay() -> None:
    changed = restated([SCORE, ROW], TEXT, {**FIGURES, "a.precision": 0.9, "a.recall": 1.0, "a.told": 112})
    assert changed == TEXT.replace("0.981", "0.900").replace(".954 of", "1.000 of").replace(
        "     7 .954", "   112 1.00"
    )


def _measured(recall: float) -> dict[str, dict[str, Any]]:
    return {"a": {"command": "count it", "values": {"recall": recall}}}


def test_a_measured_figure_that_differs_is_told_with_its_places_and_its_command() -> None:
    found = list(figures.differences(_measured(0.954), _measured(0.93), [SCORE], {PAGE: TEXT}))
    assert found == ["a.recall is 0.930, docs/figures.json says 0.954, stated at notes.md:3 (measured by: count it)"]
    assert list(figures.differences(_measured(0.954), _measured(0.954), [SCORE], {PAGE: TEXT})) == []
    gone = {"a": {"command": "count it", "values": {}}}
    assert "measured no more" in next(figures.differences(_measured(0.954), gone, [], {}))


def test_a_check_ends_with_1_where_a_committed_figure_is_false(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert figures.main(["--check", "weights"]) == 0
    document = figures.read()
    document["weights"]["values"]["phone_in_64"] = 0.5
    false = tmp_path / "figures.json"
    false.write_text(json.dumps(document))
    monkeypatch.setattr(figures, "FILE", false)
    assert figures.main(["--check", "weights"]) == 1
    told = capsys.readouterr().out
    assert "weights.phone_in_64 is 0.902, docs/figures.json says 0.500, stated at docs/linking.md:" in told
    assert "benchmarks.figures --write" in told


def test_data_that_is_not_there_is_named_and_not_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    absent = FigureSet("read it", lambda: pytest.fail("was measured"), tmp_path / "registers")
    assert figures.measured({"registers": absent}) == {}
    assert "registers: not measured, its data is not at" in capsys.readouterr().out


def test_a_set_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing"):
        figures.chosen(["nothing"])
    assert list(figures.chosen(["world"])) == ["world.easy", "world.medium", "world.hard"]
