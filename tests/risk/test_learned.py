"""The learned model: sums are exact, what is missing never raises a score, a file that cannot be trusted is refused."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import minerva.risk
from minerva.risk.expression import parse
from minerva.risk.learned import Model, ModelError, applied, directions, drift, read_model, written
from minerva.risk.registry import shipped

SECTORS = shipped().sectors()
SHIPPED = sorted((Path(minerva.risk.__file__).parent / "models").glob("*.json"))


def document(**changed: Any) -> dict[str, Any]:
    """A small model as a file holds it."""
    made = {
        "version": 1, "sector": "massage", "trained_on": "labels of an institution",
        "statement": "Trained on 240 labels.", "seed": 7, "base": -3.2,
        "features": [
            {"feature": "review_hits", "direction": "up", "cuts": [1, 3], "log_odds": [0, 1.25, 2.125], "missing": 0,
             "shares": [0.6, 0.1, 0.1, 0.2]},
            {"feature": "price_ratio", "direction": "down", "cuts": [0.5, 0.8], "log_odds": [1.1, 0.3, 0],
             "missing": 0, "shares": [0.1, 0.2, 0.3, 0.4]},
        ],
        "calibration": [{"from": -100, "chance": 0.01}, {"from": -2, "chance": 0.1}, {"from": 0, "chance": 0.6}],
    }  # fmt: skip
    return {**made, **changed}


def model() -> Model:
    return read_model(document(), SECTORS)


def test_parts_add_up_to_the_log_odds_and_the_table_gives_the_chance() -> None:
    one = applied(model(), {"review_hits": 3, "price_ratio": 0.7})
    assert one.log_odds == -3200 + 2125 + 300 == one.base + sum(part.log_odds for part in one.parts)
    assert one.chance == 0.1
    assert applied(model(), {}).chance == 0.01
    assert applied(model(), {"review_hits": 9, "price_ratio": 0.1}).chance == 0.6


def test_a_value_on_the_edge_of_a_bin_is_read_as_the_sign_reads_it() -> None:
    parts = {part.feature: part.log_odds for part in applied(model(), {"review_hits": 1, "price_ratio": 0.5}).parts}
    assert parts == {"review_hits": 1250, "price_ratio": 300}


def test_a_model_is_written_as_it_was_read() -> None:
    assert {**written(model())} == {**document(), "made": None, "recipe": None, "held_back": None}


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_missing_never_raises_a_score_and_sums_are_exact(path: Path, data: st.DataObject) -> None:
    held = read_model(json.loads(path.read_text("utf-8")), SECTORS)
    numbers = st.floats(0, 50, allow_nan=False)
    names = [each.name for each in held.features]
    values = data.draw(st.fixed_dictionaries(dict.fromkeys(names, numbers)))
    whole = applied(held, values)
    assert whole.log_odds == held.base + sum(part.log_odds for part in whole.parts)
    gone = data.draw(st.sets(st.sampled_from(names)))
    less = applied(held, {name: value for name, value in values.items() if name not in gone})
    assert less.log_odds <= whole.log_odds
    assert less.chance <= whole.chance


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_a_feature_that_moves_against_its_sign_never_raises_a_score(path: Path, data: st.DataObject) -> None:
    held = read_model(json.loads(path.read_text("utf-8")), SECTORS)
    feature = data.draw(st.sampled_from(held.features))
    low, high = sorted(data.draw(st.tuples(st.floats(0, 50), st.floats(0, 50))))
    worse, better = (high, low) if feature.direction == "up" else (low, high)
    assert applied(held, {feature.name: better}).log_odds <= applied(held, {feature.name: worse}).log_odds


def test_what_ships_says_that_it_learned_from_an_invented_world() -> None:
    assert [path.stem for path in SHIPPED] == ["hotel", "massage"]
    for path in SHIPPED:
        held = read_model(json.loads(path.read_text("utf-8")), SECTORS)
        assert held.trained_on == "an invented world"
        assert "says nothing about real businesses" in held.statement
        assert {"seed", "made", "recipe", "held_back"} <= {name for name, fact in held.facts.items() if fact}


def broken(at: str, value: Any) -> dict[str, Any]:
    made = copy.deepcopy(document())
    made["features"][0][at] = value
    return made


@pytest.mark.parametrize(
    ("given_document", "words"),
    [
        pytest.param([], "not a model", id="a list"),
        pytest.param(document(version=2), "version 2 and this app reads version 1: train the model again", id="newer"),
        pytest.param({}, "no version", id="no version"),
        pytest.param(document(version=True), "no version", id="a version that is no number"),
        pytest.param(document(sector="farm"), "sector", id="unknown sector"),
        pytest.param(document(trained_on="the web"), "trained_on", id="trained on something else"),
        pytest.param(document(statement=""), "statement", id="no statement"),
        pytest.param(document(features=[]), "features", id="no feature"),
        pytest.param(document(base="x"), "base", id="a base that is no number"),
        pytest.param(document(base=float("nan")), "base", id="a base that is not a number"),
        pytest.param(document(calibration=[]), "calibration", id="no table"),
        pytest.param(document(calibration=[{"from": 0, "chance": 0.5}, {"from": 1, "chance": 0.4}]), "may not fall",
                     id="chances that fall"),
        pytest.param(broken("feature", "nationality"), "does not compute", id="a feature that is none"),
        pytest.param(broken("direction", "down"), "direction", id="against the signs"),
        pytest.param(broken("log_odds", [0, 2, 1]), "could raise a score", id="a bin that falls"),
        pytest.param(broken("log_odds", [0, 2]), "expected 3 numbers", id="a bin too few"),
        pytest.param(broken("log_odds", [0, 1.0001, 2]), "three decimals", id="too fine"),
        pytest.param(broken("missing", 1.25), "must be the lowest", id="missing says something"),
        pytest.param(broken("cuts", [3, 1]), "each above the one before", id="cuts that fall"),
        pytest.param(broken("shares", [1, 1, 1, 1]), "1 in sum", id="shares that are none"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_trusted_is_refused_in_words(given_document: Any, words: str) -> None:
    with pytest.raises(ModelError, match=words):
        read_model(given_document, SECTORS)


def test_drift_names_the_feature_whose_values_have_moved() -> None:
    same = [{"review_hits": value, "price_ratio": ratio} for value, ratio in
            [(0, 0.9), (0, 0.9), (0, 0.9), (0, None), (0, None), (0, None), (1, None), (5, 0.2), (None, 0.6),
             (None, 0.7)]]  # fmt: skip
    assert {each["words"] for each in drift(model(), same)} == {"as in training"}
    moved = [{**row, "review_hits": 5} for row in same]
    first, second = drift(model(), moved)
    assert (first["feature"], first["words"]) == ("review_hits", "shifted")
    assert (second["feature"], second["words"]) == ("price_ratio", "as in training")


@pytest.mark.parametrize(
    ("text", "ways"),
    [
        ("price_ratio < 0.5", {("price_ratio", True)}),
        ("not price_ratio < 0.5", {("price_ratio", False)}),
        (
            "reopened and not (review_hits >= 2 or license_gap)",
            {("reopened", False), ("review_hits", True), ("license_gap", True)},
        ),
        ("review_hits = 2", {("review_hits", False), ("review_hits", True)}),
    ],
)
def test_an_expression_says_in_which_direction_it_reads_a_feature(text: str, ways: set[tuple[str, bool]]) -> None:
    assert parse(text).directions == ways


def test_each_computed_feature_of_a_sector_has_one_direction() -> None:
    for sector in SECTORS.values():
        read = {name for sign in sector.indicators if sign.when is not None for name in sign.when.names}
        assert set(directions(sector)) == read
