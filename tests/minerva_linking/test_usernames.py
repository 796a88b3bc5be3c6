"""User names: what is rare and shared speaks for one person, what each has on its own against, common parts little."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minerva.names.username_parts import plain_form, readings, surprise
from minerva.names.usernames import USERNAME_THRESHOLD, compare_usernames

SAME = [
    pytest.param("xx_velvetgravling_xx", "velvet.gravling92", id="affixes and digits added"),
    pytest.param("m4rk_t0rvaldsen", "marktorvaldsen", id="digits for letters"),
    pytest.param("torvaldsenmark", "mark.torvaldsen", id="order turned"),
    pytest.param("kryszowka", "krysz0wka_official", id="letter as digit and affix"),
    pytest.param("tessquillon", "tesquilon_", id="doubled letters dropped"),
    pytest.param("@Kowatanez", "https://site.example/kowatanez/", id="platform forms"),
    pytest.param("jkowatanez", "j.kowatanez.1987", id="year added"),
]
APART = [
    pytest.param("anna_ny", "anna.la", id="a common name"),
    pytest.param("mike_smith", "john_smith", id="a common family name"),
    pytest.param("emma1999", "emma2001", id="a name and other years"),
    pytest.param("lucky.star", "starlight7", id="a common word"),
    pytest.param("the_real_tilda", "the_real_ruben", id="common affixes"),
    pytest.param("dan88", "kim88", id="a common number"),
    pytest.param("", "anna", id="nothing"),
    pytest.param("___", "...", id="separators only"),
]


@pytest.mark.parametrize(("a", "b"), SAME)
def test_what_is_rare_and_shared_matches(a: str, b: str) -> None:
    assert compare_usernames(a, b).score >= USERNAME_THRESHOLD


@pytest.mark.parametrize(("a", "b"), APART)
def test_what_many_share_does_not_match(a: str, b: str) -> None:
    assert compare_usernames(a, b).score < USERNAME_THRESHOLD


def test_a_rare_part_is_more_telling_than_a_common_one() -> None:
    assert sum(surprise("kowatanez")) > 2 * sum(surprise("alexandra"))


def test_the_reason_names_what_is_shared() -> None:
    assert "gravling" in compare_usernames("gravling_7", "x.gravling").why


USERNAMES = st.text(st.sampled_from("abeknorst013_.-@é鈴"), max_size=20) | st.text(max_size=20)


@given(USERNAMES, USERNAMES)
def test_scores_are_symmetric_and_within_bounds(a: str, b: str) -> None:
    found = compare_usernames(a, b)
    assert found.score == compare_usernames(b, a).score
    assert 0 <= found.score <= 1


@given(USERNAMES)
def test_a_name_with_letters_or_digits_matches_itself(name: str) -> None:
    assert compare_usernames(name, name).score == (1.0 if readings(name) else 0.0)
    assert all(len(surprise(reading)) == len(reading) for reading in readings(plain_form(name)))


def test_a_very_long_name_is_compared_by_its_start() -> None:
    assert compare_usernames("gravling" * 20_000, "gravling" * 20_000).score == 1.0
    assert compare_usernames("gravling" * 20_000, "kowatanez" * 20_000).score < USERNAME_THRESHOLD


def test_the_command_line_answers_each_line() -> None:
    lines = ['{"id": 1, "a": "velvet_gravling", "b": "gravling.velvet"}', "bad", '{"id": "2", "a": null, "b": "x"}']
    command = [sys.executable, "-m", "minerva.names", "usernames"]
    done = subprocess.run(command, input="\n".join(lines), capture_output=True, text=True, timeout=60, check=True)
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(item["id"], item["match"]) for item in found] == [("1", True), (None, False), ("2", False)]
    assert all(item["reasons"] for item in found)
