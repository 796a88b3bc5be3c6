"""A learned model of an institution: who activates it, what is refused, and both models side by side."""

from __future__ import annotations

import json
from typing import Any

import pytest

from minerva.risk_scores.command import OptionError
from tests.risk.test_learned import document
from tests.risk_scores.test_stored_scores import NORA, chosen, desk, run, stored
from tests.sharing.desk import SERVICE, Desk, who

__all__ = ["desk"]
ADMIN = who("north", "admin")


def activate(desk: Desk, **changed: Any) -> None:
    desk.got(ADMIN, "risk_model", op="set", model=document(**changed), why="validated, minutes of 3 May")


def test_points_alone_are_in_use_until_an_administrator_activates_a_model(desk: Desk) -> None:
    first = stored(desk)
    before = desk.got(NORA, "risk_score", establishment_id=first["establishment_id"])
    assert before["learned"] is None
    assert before["points_are"].startswith("Points:")
    with pytest.raises(OptionError, match="no learned model is active for massage"):
        run(desk, NORA, model="learned")
    activate(desk)
    whole = desk.got(NORA, "risk_score", establishment_id=first["establishment_id"])
    learned = whole["learned"]
    total = learned["base"] + sum(part["log_odds"] for part in learned["parts"])
    assert learned["log_odds"] == round(total, 3) == -1.95
    assert learned["chance"] == 0.1
    assert all(part["words"] for part in learned["parts"])
    assert (whole["score"], whole["state"]) == (first["score"], "look first")
    assert learned["statement"] == "Trained on 240 labels."


def test_the_command_gives_the_learned_rows_and_their_parts_add_up(desk: Desk) -> None:
    activate(desk)
    rows = run(desk, NORA, model="learned")
    assert rows[0]["name"] == "Amber Leaf Spa"
    assert {row["model"] for row in rows} == {"learned"}
    for row in rows:
        parts = sum(round(float(each.split()[0]) * 1000) for each in row["reasons"])
        assert parts + round(float(row["base"]) * 1000) == round(float(row["log_odds"]) * 1000)
    assert rows[0]["risk_score"] == 10
    assert "not evidence by itself" in rows[0]["risk_message"]
    with pytest.raises(OptionError, match="no learned model is active for hotel"):
        run(desk, NORA, model="learned", sector="hotel")
    with pytest.raises(OptionError, match="model: expected one of points, learned"):
        chosen(model="forest")
    with pytest.raises(OptionError, match="store"):
        chosen(model="learned", store="true", tenant="north")


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"trained_on": "an invented world"}, "train one on labels of your institution"),
        ({"version": 2}, "version 2"),
        ({"features": "x"}, "features"),
    ],
)
def test_a_model_that_may_not_be_used_is_refused_in_words(desk: Desk, changed: dict[str, Any], words: str) -> None:
    status, payload = desk.ask(ADMIN, "risk_model", op="set", model=document(**changed), why="x")
    assert status == 400
    assert words in json.dumps(payload)
    assert desk.got(ADMIN, "risk_models")["models"] == []


def test_only_the_institution_reads_its_model_and_only_its_administrator_changes_it(desk: Desk) -> None:
    activate(desk)
    for subject in (NORA, SERVICE, who("north", "partner"), who("river", "admin")):
        body = {"op": "set", "model": document(), "why": "x", "tenant_id": "north"}
        assert desk.ask(subject, "risk_model", **body)[0] == 404
        assert desk.ask(subject, "risk_model", op="remove", sector="massage", why="x", tenant_id="north")[0] == 404
    for subject in (who("river"), who("river", "admin"), who("bank", "partner")):
        for tenant in ({}, {"tenant_id": "north"}):
            assert desk.got(subject, "risk_models", **tenant)["models"] == []
            assert desk.got(subject, "risk_labels", sector="massage", **tenant)["rows"] == []
    (held,) = desk.got(NORA, "risk_models", drift=True)["models"]
    assert (held["by"], held["why"]) == ("north_admin", "validated, minutes of 3 May")
    desk.got(ADMIN, "risk_model", op="remove", sector="massage", why="drifted")
    assert desk.got(NORA, "risk_models")["models"] == []


def test_labels_leave_as_numbers_without_a_name_or_an_id(desk: Desk) -> None:
    first = stored(desk)
    desk.got(NORA, "risk_label", establishment_id=first["establishment_id"], outcome="confirmed", why="convicted")
    told = desk.got(ADMIN, "risk_labels", sector="massage")
    assert told["columns"][:3] == ["sector", "outcome", "region"]
    (row,) = told["rows"]
    values = dict(zip(told["columns"], row, strict=True))
    assert (values["outcome"], values["region"]) == ("confirmed", "IL")
    assert (values["review_hits"], values["price_ratio"]) == (1, "")
    assert "Amber" not in json.dumps(told)
    assert first["establishment_id"] not in json.dumps(told)


def test_drift_is_told_against_the_businesses_that_are_scored(desk: Desk) -> None:
    stored(desk)
    activate(desk)
    (held,) = desk.got(NORA, "risk_models", drift=True)["models"]
    assert {each["feature"] for each in held["drift"]} == {"review_hits", "price_ratio"}


def test_a_model_of_an_older_app_is_not_used_and_breaks_nothing(desk: Desk) -> None:
    first = stored(desk)
    activate(desk)
    row = next(each for each in desk.rows("risk").values() if each["kind"] == "model")
    desk.collections["risk"].batch_save([{**row, "model": {**row["model"], "version": 0}}])
    assert desk.got(NORA, "risk_score", establishment_id=first["establishment_id"])["learned"] is None
    with pytest.raises(OptionError, match="no learned model"):
        run(desk, NORA, model="learned")


def test_a_model_cannot_be_labelled_as_if_it_were_a_business(desk: Desk) -> None:
    activate(desk)
    body = {"establishment_id": "model:massage", "outcome": "confirmed", "why": "x"}
    assert desk.ask(NORA, "risk_label", **body)[0] == 404
