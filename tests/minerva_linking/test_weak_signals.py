"""Weak signals: an hour, a city and a way of typing join nobody; where other evidence joins, the reason names them."""

from __future__ import annotations

import random
from itertools import pairwise
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minerva.linking import DEFAULT, cluster, likeness, resolve, weak
from minerva.linking.likeness import score_alike
from minerva.linking.model import LinkRecord
from minerva.linking.texts.sketches import sketched
from minerva.linking.texts.style import habits_shared
from minerva.linking.weak import posted_together
from minerva.text.style import text_style
from tests.minerva_linking.test_resolve import row
from tests.minerva_linking.updates.test_changes import history

NOON = 1_790_000_000 // 86_400 * 86_400 + 43_200
SHOUTED = "CALL {} NOW!!! best of TOWN... {} (24/7) [new] #{} **** {}!! really... {} (ask) "


def shouted(draw: random.Random) -> str:
    """Returns a text of the same habits and of words of its own, in any of four scripts."""
    letters = draw.choice(("abcdefgh", "жзиклмно", "あいうえおかきく", "אבגדהוזח"))
    words = ["".join(draw.choices(letters, k=7)) for _ in range(20)]
    return "".join(SHOUTED.format(*words[place : place + 5]) + " ".join(draw.choices(words, k=8)) for place in (0, 5))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.integers(2, 12))
def test_records_that_share_only_weak_signals_stay_apart(seed: int, size: int) -> None:
    draw = random.Random(seed)
    held = [(f"phone:+1415555{n:04}",) if draw.random() < 0.5 else () for n in range(size)]
    rows = [
        LinkRecord(f"{n}", "s", "ad", own, "", "", "Salem", "", "", NOON + draw.randrange(600), shouted(draw))
        for n, own in enumerate(held)
    ]
    one, other = sketched(rows)[:2]
    assert weak.weak_signals(one, other)[0] == weak.MOST
    assert len(resolve(rows, {}, "t").entities) == size


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10**6))
def test_weak_signals_add_little_and_never_decide_on_people(seed: int) -> None:
    draw = random.Random(seed)
    given_rows = [record for batch, _ in history(seed, 20, 6) for record in batch]
    rows = [
        record._replace(text=record.text or shouted(draw), time=NOON + draw.randrange(7200)) for record in given_rows
    ]
    found = sketched(rows)
    for one, other in pairwise(found):
        for holders, image in ((0, 1.0), (3, 0.0)):
            whole = score_alike(one, other, holders, image)
            with mock.patch.object(likeness, "weak_signals", return_value=(0.0, [])):
                bare = score_alike(one, other, holders, image)
            assert 0 <= round(whole.score - bare.score, 2) <= weak.MOST < DEFAULT.text_score
    named = [record._replace(text="") for record in rows]
    with mock.patch.object(cluster, "weak_signals", return_value=(0.0, [])):
        bare_members = resolve(named, {}, "t").members
    assert resolve(named, {}, "t").members == bare_members


@pytest.mark.parametrize("times", [(NOON, NOON + 3601), (NOON - 43_200, NOON - 43_200), (0, NOON)],
                         ids=["over an hour", "dates only", "no time"])  # fmt: skip
def test_a_time_that_tells_no_hour_says_nothing(times: tuple[int, int]) -> None:
    one, other = (LinkRecord("a", "s", "ad", (), "", "", "Salem", "", "", time) for time in times)
    assert not posted_together(one, other)


def test_the_reason_of_two_people_names_them() -> None:
    draw = random.Random(1)
    rows = [
        {**row(key, time=NOON, name=name, city="Riverton"), "text": shouted(draw)}
        for key, name in (("a", "Sergey Ivanov"), ("b", "Ivanov, Sergei"))
    ]
    (entity,) = resolve(rows, {}, "t").entities
    assert "posted within an hour in one city; written alike (runs of" in entity.joins[0].why


def test_a_style_depends_on_no_word_and_no_script() -> None:
    marks = {f"style:{text_style(shouted(random.Random(seed)))}" for seed in range(40)}
    for one in marks:
        for other in marks:
            assert habits_shared([one], [other])


@pytest.mark.parametrize("plain", ["word " * 60, "слово " * 60, "短い", "", "One sentence. Another one, longer. " * 5])
def test_a_plain_or_short_text_has_no_style(plain: str) -> None:
    assert text_style(plain) == ""


def test_a_strong_habit_that_the_other_lacks_speaks_against_one_hand() -> None:
    assert habits_shared(["style:3330000000"], ["style:3330000000"])
    assert habits_shared(["style:3330000000"], ["style:3334000000"]) == []
    assert habits_shared(["style:3300000000"], ["style:3300000000"]) == []
    assert habits_shared(["style:333"], ["style:3330000000"]) == []
