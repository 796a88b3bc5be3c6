"""Organizations looked up in a list: by words that tell in the list, in any part of a longer name, or not at all."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from minerva.names.against_list import LEAST, ListedNames
from minerva.names.join import Matcher, Options
from minerva.names.organization_list import MOST, OrganizationList, organization_form

LIST = [("1", "University of Arden"), ("1", "Ardensis Universitas"), ("2", "University of Brevik"),
        ("3", "Arden University of Technology"), ("4", "THE LANTERN LEARNING TRUST LIMITED"),
        ("5", "Moat Lane Primary School"), ("6", "Moat Lane Junior School"), ("7", "St Swithun's School"),
        ("8", "St Swithun's School"), ("9", "Harbor Cooperative")]  # fmt: skip


def lines(entries: list[tuple[str, str]]) -> list[str]:
    return [json.dumps({"id": number, "name": name}) for number, name in entries]


@pytest.mark.parametrize(
    ("asked", "holder"),
    [
        pytest.param("Université d'Arden", "1", id="another language"),
        pytest.param(
            "Department of Chemistry, University of Arden 2 , Arden, QX", "1", id="a department, with its town"
        ),
        pytest.param(
            "Arden University of Technology, School of Law", "3", id="the longer of two names that begin alike"
        ),
        pytest.param("Lantern Learning Trust, The", "4", id="articles and legal forms say nothing"),
        pytest.param("Moat Lane Junior School", "6", id="one word in a place decides"),
        pytest.param("St Swithun&apos;s School, Arden", None, id="signs of a web page, and two who bear the name"),
        pytest.param("LANTERN LEARNING &amp; TRUST", "4", id="signs of a web page"),
        pytest.param("Learning Trust", None, id="words that tell too little"),
        pytest.param("University of Carden", None, id="another name of the same make"),
        pytest.param("St. Swithun's School", None, id="two of the list bear the name"),
        pytest.param("Zephyr", None, id="no word of the list"),
    ],
)
def test_who_of_the_list_a_name_is(asked: str, holder: str | None) -> None:
    found = ListedNames(lines(LIST)).answer(json.dumps({"id": 7, "name": asked}))
    assert (found["id"], found["match"]) == ("7", holder), found["reasons"]
    assert found["reasons"]
    assert (found["score"] >= LEAST) or holder is None


UNITS = [("1", "Oakford University"), ("1", "School of Law, Oakford University"),
         ("1", "Department of History, Oakford University"), ("2", "Laboratory of Lantern Optics, Elmsby University"),
         ("2", "Elmsby University"), ("2", "School of Law, Elmsby University")]  # fmt: skip


@pytest.mark.parametrize("unit", ["Laboratory of Lantern Optics", "Laboratory of Lantern Optics and Copper"])
def test_a_part_that_others_have_under_that_name_is_of_the_whole_that_is_named_last(unit: str) -> None:
    found = ListedNames(lines(UNITS))
    assert found.answer(json.dumps({"id": 7, "name": f"{unit}, Oakford University"}))["match"] == "1"
    assert found.answer(json.dumps({"id": 7, "name": "Laboratory of Lantern Optics"}))["match"] == "2"


def test_two_who_bear_one_name_are_said_to_fit_equally() -> None:
    found = ListedNames(lines(LIST)).answer(json.dumps({"id": 1, "name": "St Swithuns School"}))
    assert found["reasons"] == ["2 of the list fit equally well: saint, swithuns, school"]


@pytest.mark.parametrize(
    "line", ["oops", "[1]", '{"id": 1}', '{"id": 1, "name": null}', "{" * 9, '{"id":1,"name":" "}']
)
def test_a_line_that_names_nothing_is_answered_in_its_place(line: str) -> None:
    assert ListedNames([*lines(LIST), line]).answer(line)["match"] is None


def test_an_equal_name_scores_one_and_others_less() -> None:
    matcher = Matcher([name for _, name in LIST], Options("name", "x", "name", "organization", 0.5))
    (row,) = matcher.matched([{"name": "lantern learning trust"}])
    assert (row["match_value"], row["match_score"]) == ("THE LANTERN LEARNING TRUST LIMITED", "1.000")
    assert row["match_reason"].startswith("100% alike by the words that tell in the list; names share lantern")


def test_an_entry_is_found_though_every_word_of_it_is_many_entries() -> None:
    names = [f"{first} {last}" for first in ("Amber", "Brant") for last in ("Hall", "Mill")] * (MOST // 2)
    found = OrganizationList([organization_form(name) for name in names]).search(organization_form("Amber Mill"), 0.9)
    assert {names[each.position] for each in found} == {"Amber Mill"}


def test_what_more_entries_hold_says_less() -> None:
    names = [f"Ysgol Gynradd {word}" for word in ("Amber", "Brant", "Cedar", "Delta")]
    one = OrganizationList([organization_form(name) for name in names])
    (found, *others) = one.holders(organization_form("Ysgol Gynradd Cedar"))
    assert (names[found.position], found.score, others) == ("Ysgol Gynradd Cedar", 1.0, others)
    assert all(each.score < 0.5 for each in others)


def test_the_command_line_reads_the_list_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "list.jsonl"
    path.write_text("\n".join(lines(LIST)), encoding="utf-8")
    command = [sys.executable, "-m", "minerva.names", "organizations"]
    asked = '{"id": "a", "name": "Faculty of Law, University of Brevik"}\n'
    done = subprocess.run([*command, "--list", str(path)], input=asked, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["match"] == "2"
    assert subprocess.run(command, input=asked, capture_output=True, text=True, check=False).returncode == 2
