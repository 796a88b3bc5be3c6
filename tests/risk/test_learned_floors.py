"""Both models on businesses of regions that neither has seen: floors of quality, on what the world's generator made.

held_back/*.csv are the regions that `build.py train risk` held back (hard, 3000 businesses, seed 7), in the shape of a
file of labels; the models in minerva/risk/models/ never learned from them.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import minerva.risk
from benchmarks.ranking import auc, capture
from benchmarks.train_risk import Case, figures, parted, read_labels
from minerva.risk.learned import applied, read_model
from minerva.risk.registry import shipped
from minerva.risk.sectors import Sector

HERE = Path(__file__).parent / "held_back"
MODELS = Path(minerva.risk.__file__).parent / "models"
FLOORS = {"massage": (0.90, 0.91, 0.53), "hotel": (0.86, 0.85, 0.53)}
"""Sector -> AUC of points, AUC learned, share of the illicit in the first tenth by either."""
MOST_CALIBRATION_ERROR = 0.05


def points(sector: Sector, case: Case) -> float:
    return float(sum(sign.points for sign in sector.indicators if sign.when and sign.when.test(case.values)))


@pytest.mark.parametrize("name", FLOORS)
def test_both_models_hold_their_floors_on_regions_that_they_have_not_seen(name: str) -> None:
    sector = shipped().sectors()[name]
    cases = read_labels(HERE / f"{name}.csv", sector)
    model = read_model(json.loads((MODELS / f"{name}.json").read_text("utf-8")), shipped().sectors())
    by_points, learned, most = FLOORS[name]
    ranked = [(points(sector, case), case.illicit) for case in cases]
    assert auc(ranked) >= by_points
    assert capture(ranked) >= most
    found = figures(model, cases)
    assert found["auc"] >= learned
    assert found["top_tenth"] >= most
    assert found["calibration_error"] <= MOST_CALIBRATION_ERROR
    stated = {key: value for key, value in model.facts["held_back"].items() if key != "regions"}
    assert {key: pytest.approx(value, abs=0.002) for key, value in stated.items()} == found
    assert {case.region for case in cases} == set(model.facts["held_back"]["regions"])


@pytest.mark.parametrize("name", FLOORS)
def test_no_missing_feature_raises_the_learned_score_of_any_of_them(name: str) -> None:
    sector = shipped().sectors()[name]
    model = read_model(json.loads((MODELS / f"{name}.json").read_text("utf-8")), shipped().sectors())
    for case in read_labels(HERE / f"{name}.csv", sector)[:300]:
        whole = applied(model, case.values)
        assert whole.log_odds == whole.base + sum(part.log_odds for part in whole.parts)
        for gone in case.values:
            less = applied(model, {key: value for key, value in case.values.items() if key != gone})
            assert less.log_odds <= whole.log_odds


def test_too_few_labels_and_one_region_are_refused_in_words(tmp_path: Path) -> None:
    few = [Case(number % 10 == 0, f"R{number % 4}", {}) for number in range(100)]
    with pytest.raises(ValueError, match="too few labels"):
        parted(few, 7)
    with pytest.raises(ValueError, match="of one region"):
        parted([Case(True, "R", {})] * 300, 7)
    with pytest.raises(ValueError, match="no label is of 'ZZ'"):
        parted(few, 7, ["ZZ"])
    path = tmp_path / "labels.csv"
    path.write_text("sector,outcome,region,review_hits\nmassage,guilty,IL,1\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"labels\.csv:2: outcome"):
        read_labels(path, shipped().sectors()["massage"])
