"""Texts from one template are one group, others are not, and the path with numpy gives the labels of the plain one."""

from __future__ import annotations

import random
from functools import reduce

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from minerva.components import components
from minerva.components.with_numpy import components_numpy
from minerva.text import DEFAULT
from minerva.text.grouping import common_in_order, group_plainly
from minerva.text.grouping_numpy import group_with_numpy
from minerva.text.normal import normal_text
from minerva.text.signature import shingles, signature
from minerva.text.signature_numpy import signatures

VOCABULARY = [f"word{number}" for number in range(900)]
PAIRS = [
    pytest.param(
        "Hello, I am Ada, new in town, write to 555-0123 for a quiet talk, 80 an hour",
        "hello I am Berta, new in town! write to 555 0199 for a quiet talk 120 an hour",
        True,
        id="name, phone and price changed",
    ),
    pytest.param("Room 12 is free. " * 3, "ROOM 12 IS FREE " * 3, True, id="case and punctuation"),
    pytest.param(
        "欢迎光临新店小红电话5550123全天营业欢迎预约",
        "欢迎光临新店小丽电话5550177全天营业欢迎预约",
        True,
        id="no spaces",
    ),
    pytest.param("Ｃall ｍe ｎow ｐlease", "call me now please", True, id="full-width letters"),
    pytest.param(
        "a quiet\u200b room near\u00ad the harbor", "a quiet room near the harbor", True, id="invisible signs"
    ),
    pytest.param(
        "Tita 22yo new incall Harbor 110hh 190hr cash only",
        "Lola 25yo new incall Station 130hh 240hr cash only",
        True,
        id="terse, numbers with units",
    ),
    pytest.param(
        "Ébène 22ans reçoit Gare discret 80e 30min pas de sms",
        "Ébène 27ans reçoit Port discret 95e 45min pas de sms",
        True,
        id="terse, accents",
    ),
    pytest.param(
        "Sofa 22kg grey fabric Harbor 110eur 190cm pick up",
        "Tita 22yo new incall Harbor 110hh 190hr cash only",
        False,
        id="terse, the same numbers of other units",
    ),
    pytest.param("two words", "Two words!", True, id="short and equal"),
    pytest.param("two words", "two more", False, id="short and different"),
    pytest.param("", "", False, id="empty texts belong to nobody"),
    pytest.param("♥♥♥", "♥♥♥", True, id="signs only, equal"),
    pytest.param("1 2 3 4 5 6 7", "9 8 7 6 5 4 3", False, id="numbers only"),
    pytest.param("a bicycle for sale, good state", "a quiet room near the harbor to let", False, id="different"),
]


@pytest.mark.parametrize(("first", "second", "same"), PAIRS)
@pytest.mark.parametrize(
    "group", [group_plainly, lambda texts: group_with_numpy(texts, DEFAULT)], ids=["plain", "numpy"]
)
def test_texts_of_one_template_are_one_group(group: object, first: str, second: str, same: bool) -> None:
    assert group([first, second]) == ([0, 0] if same else [0, 1])  # type: ignore[operator]


def campaign(seed: int, size: int) -> tuple[list[str], list[int]]:
    """Texts of campaigns and single texts, with the campaign of each."""
    draw = random.Random(seed)
    texts: list[str] = []
    truth: list[int] = []
    while len(texts) < size:
        base = [draw.choice(VOCABULARY) for _ in range(draw.choice((12, 30, 70)))]
        for _ in range(draw.choice((1, 1, 4))):
            words = list(base)
            for _ in range(max(1, len(words) // 14)):
                words[draw.randrange(len(words))] = f"{draw.choice(('€', '', 'tel'))}{draw.randrange(10**6)}"
            texts.append(draw.choice((" ", "  ", ", ")).join(words))
            truth.append(hash(tuple(base)))
    return texts, truth


def test_campaigns_come_apart_as_they_were_made() -> None:
    texts, truth = campaign(3, 600)
    labels = group_plainly(texts)
    together = {(a, b) for a in range(600) for b in range(a) if labels[a] == labels[b]}
    wanted = {(a, b) for a in range(600) for b in range(a) if truth[a] == truth[b]}
    assert together <= wanted
    assert len(together) >= 0.97 * len(wanted)


@pytest.mark.parametrize("seed", range(4))
def test_both_paths_give_the_same_labels(seed: int) -> None:
    texts, _ = campaign(seed, 500)
    texts += [
        "",
        " ",
        "x",
        "x",
        "\x1e",
        "a \x1e b c",
        "\ud800 lone",
        "w" * 3000,
        "1" * 90,
        "1" * 90 + " b c",
        *texts[:3],
        *(f"Tita {seed + age}yo new {place} 110hh {age}0hr cash" for age in (19, 24) for place in ("Ulm", "Zürich")),
    ]
    assert group_with_numpy(texts, DEFAULT) == group_plainly(texts)


SIGNS = st.text(
    st.sampled_from(
        list("abAB01 .,-\x1e\u200b\ufe0f\u2764\u00e9\u0416\u00df\u00aa\u00a0\u0130\u4e2d\u0e01\u0301\uff21\U0001d7d8")
        + list("\u1100\u1161\U0001f600\ud800\udc00")
    ),
    max_size=60,
)


@settings(max_examples=150, deadline=None)
@given(st.lists(SIGNS | st.text(max_size=40), min_size=1, max_size=12))
@example(["\u00e9" * 70 + " a b", "a\u200bb c d e", "\u2764\ufe0f a b c", "a\ufe0f\u200b b c d", "1 2 3", "4 5 6 a"])
def test_signatures_are_those_of_the_plain_path(texts: list[str]) -> None:
    bins, counts = signatures(texts)
    for place, text in enumerate(texts):
        found = shingles(normal_text(text))
        assert counts[place] == len(found)
        assert signature(found) == (tuple(bins[:, place].tolist()) if found else None)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.integers(0, 5), max_size=12), st.lists(st.integers(0, 5), max_size=12))
def test_words_in_order_are_the_longest_common_subsequence(one: list[int], other: list[int]) -> None:
    rows = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for i, a in enumerate(one):
        for j, b in enumerate(other):
            rows[i + 1][j + 1] = rows[i][j] + 1 if a == b else max(rows[i][j + 1], rows[i + 1][j])
    assert common_in_order(one, other) == rows[-1][-1]


@settings(max_examples=150, deadline=None)
@given(st.integers(1, 40), st.data())
def test_components_are_those_of_union_find(size: int, data: st.DataObject) -> None:
    edges = data.draw(st.lists(st.tuples(st.integers(0, size - 1), st.integers(0, size - 1)), max_size=60))
    ends = np.array(edges, np.int64).reshape(-1, 2)
    found = components_numpy(size, ends[:, 0], ends[:, 1]).tolist()
    assert found == components(size, edges)
    reached = reduce(lambda sets, edge: _merged(sets, *edge), edges, [{place} for place in range(size)])
    assert found == [min(next(group for group in reached if place in group)) for place in range(size)]


def _merged(sets: list[set[int]], first: int, second: int) -> list[set[int]]:
    touched = [group for group in sets if first in group or second in group]
    return [group for group in sets if group not in touched] + [set().union(*touched)]
