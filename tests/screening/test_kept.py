"""Reports of screening that an institution keeps: who makes and reads them, what is kept, and when it goes."""

from __future__ import annotations

import json

import pytest

from tests.screening.world import chain
from tests.sharing.desk import DAY, SERVICE, Desk, who

DOCUMENT = chain(locations=3)


@pytest.mark.parametrize("standing", ["analyst", "admin"])
def test_people_of_the_chain_get_the_gaps_and_a_report_and_no_key_of_staff_is_kept(standing: str) -> None:
    desk = Desk()
    made = desk.got(who("bank", standing), "screening", op="add", chain=DOCUMENT)["screening"]
    assert made["figures"]["outcomes"]
    assert made["report"].startswith("<!DOCTYPE html>")
    assert (made["locations"], made["staff"]) == (3, 68)
    (row,) = desk.got(who("bank"), "screening")["screenings"]
    assert "report" not in row
    kept = json.dumps(list(desk.rows("risk").values()))
    assert '"L0-1"' not in kept
    assert all(f'"{each["staff"]}"' not in kept for each in DOCUMENT["staff"])
    one = desk.got(who("bank"), "screening", op="get", screening_id=row["screening_id"])["screening"]
    assert one == made


def test_nobody_else_sees_makes_or_takes_away_a_report() -> None:
    desk = Desk()
    made = desk.got(who("bank"), "screening", op="add", chain=DOCUMENT)["screening"]
    for other in (who("north"), who("north", "admin"), who("river", "partner"), who("desk", "admin")):
        for tenant in ({}, {"tenant_id": "bank"}):
            assert desk.got(other, "screening", **tenant)["screenings"] == []
            for step in ("get", "remove"):
                body = {"op": step, "screening_id": made["screening_id"], **tenant}
                assert desk.ask(other, "screening", **body)[0] == 404
        assert desk.ask(other, "screening", op="add", chain=DOCUMENT, tenant_id="bank")[0] == 404
    assert desk.ask(SERVICE, "screening", op="add", chain=DOCUMENT, tenant_id="bank")[0] == 404


@pytest.mark.parametrize(
    ("given", "words"),
    [(None, "expected one JSON object"), ({"as_of": "never"}, "as_of"), ({**DOCUMENT, "policy": []}, "policy"),
     ({**DOCUMENT, "results": [{}] * 200_001}, "at most 200,000 rows"),
     ({**DOCUMENT, "policy": DOCUMENT["policy"] * 25, "locations": DOCUMENT["locations"] * 3_500}, "steps times")],
    ids=["nothing", "no day", "no policy", "too many", "too much work"],
)  # fmt: skip
def test_a_chain_that_cannot_be_read_is_refused_in_words(given: object, words: str) -> None:
    status, payload = Desk().ask(who("bank"), "screening", op="add", chain=given)
    assert status == 400
    assert words in json.dumps(payload)


def test_a_report_goes_when_it_is_taken_away_and_by_age() -> None:
    desk = Desk()
    made = desk.got(who("bank"), "screening", op="add", chain=DOCUMENT)["screening"]
    desk.got(who("bank", "admin"), "screening", op="remove", screening_id=made["screening_id"])
    assert desk.got(who("bank"), "screening")["screenings"] == []
    desk.got(who("bank"), "screening", op="add", chain=DOCUMENT)
    desk.now += 364 * DAY
    assert desk.got(SERVICE, "purge")["purged"]["screening"] == 0
    desk.now += 2 * DAY
    assert desk.got(SERVICE, "purge")["purged"]["screening"] == 1
    assert desk.rows("risk") == {}
