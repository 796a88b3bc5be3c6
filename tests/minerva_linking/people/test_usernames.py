"""User names: what is rare and shared speaks for one person, what each has on its own against, common parts little."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minerva.names.username_affixes import NONE, learned
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
    pytest.param("синичка_лесная", "sinichka.lesnaya", id="Cyrillic and Latin letters"),
    pytest.param("дарья.рысь", "daria_rys", id="one name in two spellings of ya"),
    pytest.param("ελπιδα_κυμα", "elpida_kyma", id="Greek and Latin letters"),
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


SUBSTITUTED = [
    pytest.param("bhollowmere", "nina_hollowmere", id="another initial before one rest"),
    pytest.param("member60418", "member60481", id="one word, counted on"),
    pytest.param("wild_star555", "wild_storm555", id="a word for another beside one digit many times"),
    pytest.param("saltmarshlight", "saltmarsh.piano", id="words after one beginning"),
    pytest.param("cat_and_yarn", "cat_and_fern", id="short words that stand alone"),
    pytest.param("mashafern", "dashafern", id="another given name"),
    pytest.param("oliviakern", "oliverkern", id="a woman's and a man's given name that share a short form"),
    pytest.param("vikaquartz", "nikaquartz", id="a given name one letter apart"),
    pytest.param("thaimassage_sf", "thaimassage_sj", id="another city"),
    pytest.param("silverlynxspa", "silverlynxtattoo", id="another trade"),
    pytest.param("mr_blackthorne", "mrs_blackthorne", id="another title"),
    pytest.param("redkestreltours", "bluekestreltours", id="another color"),
    pytest.param("anna1994", "anna1989", id="a common name and other years"),
    pytest.param("jane.smith1", "jane.smith7", id="a common full name and other digits"),
    pytest.param("sofia_marsh", "sofia_martin", id="a given name and another family name of one beginning"),
    pytest.param("emberfairley", "emberfairchild", id="one beginning and two ends"),
]
NOT_SUBSTITUTED = [
    pytest.param("bhollowmere", "beth_hollowmere", id="the initial of the given name"),
    pytest.param("zorvexanlight", "zorvexanlght", id="a vowel dropped after one beginning"),
    pytest.param("zorvexan60418", "zorvexan1999", id="a year is not counted on"),
    pytest.param("sashamazelo", "mazelolexi", id="two short forms of one name"),
    pytest.param("gio_nezfebe", "nezfebe.giovanna", id="a name and its beginning"),
    pytest.param("goldlotus_spa_sd", "goldlotusspasd", id="the same trade and city"),
    pytest.param("larkspur.nadia", "nadia_larkspur_nyc", id="a city in one only"),
    pytest.param("silverlynxspa", "silverlynxmassage", id="two words of one trade"),
    pytest.param("kestreltours90", "kestreltours1990", id="a year and its end"),
    pytest.param("pavelgranat", "paavelgranat", id="a doubled letter in a known name"),
    pytest.param("kwabena_pohubzel", "pohubzel_kwabena77", id="a name that holds another name by chance"),
]


@pytest.mark.parametrize(("a", "b"), SUBSTITUTED)
def test_what_contradicts_is_not_outweighed_by_what_is_rare(a: str, b: str) -> None:
    found = compare_usernames(a, b)
    assert found.score < USERNAME_THRESHOLD
    assert "contradict" in found.why


@pytest.mark.parametrize(("a", "b"), NOT_SUBSTITUTED)
def test_what_one_has_alone_or_writes_otherwise_does_not_contradict(a: str, b: str) -> None:
    assert compare_usernames(a, b).score >= USERNAME_THRESHOLD


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


SURNAME_TEXT = (
    "abramsky bellworth corvane dunmerrow eastgrove fennimore garroway hollister ivormont jessop kettlewell lorimer "
    "mandeville norcross ottaway pemberley quillfeather rothbury sandiford tarrington underhay vandermeer wetherby "
    "yelverton zimbalist ashgrove brackenridge calloway drummond elphinstone fotheringay"
)
SURNAMES = SURNAME_TEXT.split()
OFFICES = ("delegate", "deputy")
SET = [f"{OFFICES[place % 3 % 2]}{name}" if place % 4 else name for place, name in enumerate(SURNAMES)]


def test_a_title_that_many_names_of_a_set_share_is_no_evidence() -> None:
    among = learned([*SET, "deputykorvatunturi", "korvatunturi.press"])
    assert compare_usernames("DelegateGT", "delegatecorvane").score >= USERNAME_THRESHOLD
    assert compare_usernames("DelegateGT", "delegatecorvane", among).score < USERNAME_THRESHOLD
    assert compare_usernames("Deputy_Korvatunturi", "korvatunturi.press", among).score >= USERNAME_THRESHOLD
    assert set(among.before) == set(OFFICES)


def test_an_end_that_many_names_of_a_set_share_is_no_evidence() -> None:
    among = learned(f"{name}tattoostudio" for name in SURNAMES)
    assert max(among.behind, key=len) == "tattoostudio"
    assert compare_usernames("lorimertattoostudio", "jessoptattoostudio", among).score < USERNAME_THRESHOLD
    assert compare_usernames("lorimertattoostudio", "lorimer_", among).score >= USERNAME_THRESHOLD


@pytest.mark.parametrize("few", [[], SET[:20], ["deputyone", "deputytwo"]], ids=["none", "too few", "one pair"])
def test_few_names_are_no_population(few: list[str]) -> None:
    assert learned(few) is NONE


def test_names_of_one_holder_are_no_population() -> None:
    among = learned([*SURNAMES, *(f"quorvexan{end}" for end in ("", "1", "ny", "tv"))])
    assert not any(affix.startswith("quo") for affix in among.before)
    assert compare_usernames("quorvexan1", "quorvexanny", among).score >= USERNAME_THRESHOLD


def test_separators_and_what_stands_between_are_left_when_affixes_are_taken_off() -> None:
    among = learned(SET)
    assert among.bare("deputy_kim_ostrava") == "kim_ostrava"
    assert among.bare("kim_ostrava") == "kim_ostrava"
    assert among.bare("deputy") == "deputy"


def test_the_instance_of_a_fediverse_account_says_nothing() -> None:
    assert compare_usernames("@kowatanez@social.example", "@ruddlestone@social.example").score < USERNAME_THRESHOLD
    assert compare_usernames("@kowatanez@social.example", "KowaTanez").score == 1.0


@given(st.lists(USERNAMES, max_size=60), USERNAMES, USERNAMES)
@settings(max_examples=50, deadline=None)
def test_scores_within_a_set_are_symmetric_and_within_bounds(names: list[str], a: str, b: str) -> None:
    among = learned([*names, *SET, a, b])
    found = compare_usernames(a, b, among)
    assert found.score == compare_usernames(b, a, among).score
    assert 0 <= found.score <= 1


def test_the_command_line_learns_from_all_lines_first() -> None:
    pairs = [("DelegateGT", "delegatecorvane"), *itertools.pairwise(SET)]
    lines = "".join(json.dumps({"id": str(i), "a": a, "b": b}) + "\n" for i, (a, b) in enumerate(pairs))
    command = [sys.executable, "-m", "minerva.names", "usernames"]
    done = subprocess.run(command, input=lines, capture_output=True, text=True, check=True)
    alone = subprocess.run(command, input=lines.splitlines()[0], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout.splitlines()[0])["match"] is False
    assert json.loads(alone.stdout)["match"] is True
