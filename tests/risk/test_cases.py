"""Cases of courts and authorities: which of them a score counts."""

from __future__ import annotations

import pytest

from minerva.risk.points import HOLDS, MISSING, Score
from tests.risk.events import HOUSE, held, parlor, record
from tests.risk.test_points import outcome

CASES = [
    pytest.param({"category": "solicitation"}, HOLDS, id="what happens in such businesses"),
    pytest.param({"category": "civil", "offense": "Trafficking Victims Protection Act"}, HOLDS, id="the offense"),
    pytest.param({"category": "wage claim"}, HOLDS, id="wages"),
    pytest.param({"category": "Menschenhandel"}, HOLDS, id="in another language"),
    pytest.param({"category": "unpaid rent"}, MISSING, id="rent"),
    pytest.param({"category": "noise"}, MISSING, id="noise"),
    pytest.param({"category": "DEED"}, MISSING, id="a deed"),
    pytest.param({"category": "CERTIFICATE OF INCORPORATION, DOMESTIC"}, MISSING, id="a paper of a company register"),
    pytest.param({}, MISSING, id="without a subject"),
    pytest.param({"category": "solicitation", "outcome": "Dismissed"}, MISSING, id="dismissed"),
    pytest.param({"category": "solicitation", "outcome": "not guilty"}, MISSING, id="acquitted"),
]


def court(score: Score) -> str:
    return next(each.state for each in score.contributions if each.indicator.id == "court_records")


@pytest.mark.parametrize(("attributes", "state"), CASES)
def test_a_case_counts_where_it_tells_something(attributes: dict[str, str], state: str) -> None:
    records = {**parlor(), "case": record("filing", "c1", name="Amber Leaf Spa", **HOUSE, attributes=attributes)}
    scores = outcome({name: each.to_json() for name, each in records.items()}, **held(records))
    assert court(next(one for one in scores if "e_parlor" in one.establishment.entity_ids)) == state
