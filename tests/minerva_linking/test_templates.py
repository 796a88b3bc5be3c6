"""Near-duplicate texts between records: rare templates join, those of crowds and front desks do not; paths agree."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.link_ads import Ads
from benchmarks.link_sample import read
from benchmarks.link_texts import HOLDERS, text_weights
from minerva.linking import DEFAULT, resolve
from minerva.linking.likeness import TEXT_LEVELS, score_alike
from minerva.linking.model import LinkRecord
from minerva.linking.texts.sketches import agreement, sketch_of, sketched, sketches_plainly
from minerva.linking.texts.templates import blocks_plainly, candidate_texts, find_templates, step
from minerva.linking.weights import table
from tests.minerva_linking.test_resolve import partition, row

WORDS = [f"{one}{two}" for one in ("ka", "ro", "mi", "ta", "ne", "lo", "vi", "sa") for two in ("ra", "lu", "so", "bi")]
DESK = "phone:+14155550100"


def text(number: int, *slots: str) -> str:
    """Returns a text of 45 words of a template, some replaced."""
    words = random.Random(number).choices(WORDS, k=45)
    for place, slot in enumerate(slots):
        words[7 + 9 * place] = slot
    return " ".join(words)


def ad(record_id: str, template: int, slot: str, *identifiers: str, **fields: Any) -> dict[str, Any]:
    return row(record_id, *identifiers, text=text(template, slot), **fields)


def phone(number: int) -> str:
    return f"phone:+1415555{number:04}"


def test_ads_that_change_their_phone_are_joined_by_their_template_and_say_so() -> None:
    rows = [ad(f"{n}", 1, f"slot{n}", phone(n), city="Salem", time=n) for n in range(2)]
    (entity,) = resolve(rows, {}, "t").entities
    (join,) = entity.joins
    assert join.rule == "similar_text"
    assert "near-duplicate texts, a template used with at most 2 different contacts" in join.why
    assert entity.explanation == "These 2 records: same template in 2"
    assert not [value for value in entity.to_document()["identifiers"] if value.startswith("sketch:")]


def test_a_template_that_many_strangers_use_joins_none_of_them() -> None:
    rows = [ad(f"{n}", 1, f"slot{n}", phone(n), city="Salem") for n in range(12)]
    assert len(partition(rows)) == 12


def test_many_ads_of_one_phone_are_one_holder_of_their_template() -> None:
    rows = [ad(f"{n:02}", 1, f"slot{n}", phone(0), city="Salem", time=5) for n in range(30)]
    found = find_templates(sketched(resolve(rows, {}, "t").entities[0].records), DEFAULT)
    assert {count for band in found.holders for count in band} == {1}


def test_a_template_says_less_with_each_step_of_its_holders() -> None:
    one, other = sketched(
        [LinkRecord(f"{n}", "s", "ad", (), "", "", "", "", "", 0, text(1, f"a{n}")) for n in range(2)]
    )
    scores = [score_alike(one, other, holders).score for holders in (2, 4, 8, 16, 32, 64)]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > 0 > scores[-1]


@pytest.mark.parametrize(
    "fields",
    [{"city": "Dayton"}, {"identifiers": (phone(2),)}, {"identifiers": ("email:b@example.com",)}, {"name": "Bo Reed"}],
    ids=["another city", "another phone", "another e-mail", "another name"],
)
def test_what_stands_beside_a_text_speaks_against_it_where_it_differs(fields: dict[str, Any]) -> None:
    own = (phone(1), "email:a@example.com")
    one = LinkRecord("a", "s", "ad", own, "Anna Stone", "", "Salem", "", "", 0, text(1, "a"))
    rows = sketched([one, one._replace(record_id="b"), one._replace(record_id="c", **fields)])
    assert score_alike(rows[0], rows[2], 2).score < score_alike(rows[0], rows[1], 2).score


def test_the_truth_of_a_sample_teaches_what_texts_say() -> None:
    rows, owner = Ads(3).ads(1000)
    found, pairs = text_weights(read(rows), owner, 3, with_truth=True)
    assert pairs > 100
    for name in ("text_likeness", "text_city", "text_time", "text_username", "text_name"):
        weights = [weight for _, weight in found[name]]
        assert weights[0] > 0 > weights[-1]
    assert found["text_holders"][0][1] < 0 < found["text_holders"][-1][1]
    assert {
        name: tuple(least for least, _ in steps) for name, steps in table().items() if name.startswith("text_")
    } == {**TEXT_LEVELS, "text_holders": HOLDERS}


def test_the_template_of_a_front_desk_joins_no_strangers() -> None:
    """Two who share a contact of many have the template of its owner; without it the same two texts would join them."""
    owners = [
        row(f"{n}-{m}", *([DESK] if m else []), f"email:own{n}@example.com", name=f"{name} {name}son", city="Salem",
            time=n)
        for n, name in enumerate(("Anna", "Boris", "Carla", "Dmitri", "Emeka", "Farah")) for m in range(2)
    ]  # fmt: skip
    desk = [ad(f"desk{n}", 1, f"slot{n}", DESK, city="Salem", time=9) for n in range(2)]
    alone = [ad(f"desk{n}", 1, f"slot{n}", city="Salem", time=9) for n in range(2)]
    assert [hub.identifier for hub in resolve([*owners, *desk], {}, "t").hubs] == [DESK]
    assert {"desk0", "desk1"} not in [set(group) for group in partition([*owners, *desk])]
    assert {"desk0", "desk1"} in [set(group) for group in partition([*owners, *alone])]


@pytest.mark.parametrize("shared", [1, 2], ids=["all slots of its own", "a slot shared by two"])
def test_a_template_of_thousands_makes_no_pairs(shared: int) -> None:
    rows = sketched(
        LinkRecord(f"{n:05}", "s", "ad", (phone(n),), "", "", "Salem", "", "", 0, text(1, f"a{n // shared}", f"b{n}"))
        for n in range(3000)
    )
    found = find_templates(rows, DEFAULT)
    assert sum(len(block) ** 2 for block in found.blocks) <= 3000 * DEFAULT.block_size
    assert list(candidate_texts(found)) == []


def test_a_sketch_from_the_index_is_as_good_as_the_text() -> None:
    rows = [ad(f"{n}", 1, f"slot{n}", city="Salem", time=5) for n in range(2)]
    ready = [{**each, "identifier": sketches_plainly([each["text"]]), "text": ""} for each in rows]
    assert resolve(ready, {}, "t").entities == resolve(rows, {}, "t").entities
    assert len(partition(ready)) == 1


@pytest.mark.parametrize("value", ["sketch:", "sketch:s", "sketch:x" + "A" * 128, "sketch:l" + "é" * 128])
def test_what_is_no_sketch_joins_nothing(value: str) -> None:
    assert len(partition([row("a", value, city="Salem"), row("b", value, city="Salem")])) == 2


def test_short_texts_have_no_sketch() -> None:
    assert sketches_plainly(["Call me now", "", " ".join(WORDS[:19]), "再见" * 4]) == [""] * 4


def test_any_script_has_sketches() -> None:
    """Scripts without spaces count signs: forty different ones are as many words."""
    (one, other) = sketches_plainly(["".join(chr(0x4E00 + n) for n in range(40)), " ".join(WORDS)])
    assert one.startswith("sketch:l")
    assert other.startswith("sketch:s")


texts = st.lists(st.text("ab ç7再\n", max_size=160) | st.integers(0, 9).map(text), max_size=8)


@settings(max_examples=60, deadline=None)
@given(texts)
def test_sketches_with_numpy_are_the_same(given_texts: list[str]) -> None:
    pytest.importorskip("numpy")
    from minerva.linking.texts.sketches_numpy import sketches_numpy

    assert sketches_numpy(given_texts) == sketches_plainly(given_texts)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 60))
def test_blocks_with_numpy_are_the_same(seed: int, size: int) -> None:
    pytest.importorskip("numpy")
    from minerva.linking.texts.templates_numpy import blocks_numpy

    draw = random.Random(seed)
    found = sketches_plainly([text(draw.randrange(4), f"slot{draw.randrange(5)}") for _ in range(size)])
    signs = [sketch[8:] for sketch in found]
    owners = [draw.randrange(size) for _ in range(size)]
    positions = sorted(draw.sample(range(2 * size), size))
    options = DEFAULT.__class__(text_crowd=7, block_size=20)
    plain, plain_blocks = blocks_plainly(signs, owners, positions, options, ())
    fast, fast_blocks = blocks_numpy(signs, owners, positions, options)
    assert fast == plain
    assert sorted(fast_blocks) == sorted(plain_blocks)


@given(st.integers(0, 10**6))
def test_agreement_counts_equal_bins(seed: int) -> None:
    draw = random.Random(seed)
    one = "".join(draw.choices("AZa9-_", k=128))
    other = "".join(sign if draw.random() < 0.7 else draw.choice("AZa9-_") for sign in one)
    equal = sum(one[place : place + 2] == other[place : place + 2] for place in range(0, 128, 2))
    assert agreement(one, other) == equal / 64


def test_a_step_is_the_power_of_two_above() -> None:
    assert [step(count) for count in (1, 2, 3, 4, 5, 8, 9)] == [1, 2, 4, 4, 8, 8, 16]


def test_the_sketch_of_a_record_is_read_from_its_identifiers() -> None:
    (record,) = sketched([LinkRecord("a", "s", "ad", (DESK,), "", "", "", "", "", 0, text(1))])
    assert record.text == ""
    assert record.contacts == (DESK,)
    assert len(sketch_of(record)) == 128
