"""What was at a site before and after: told with its dates where registers state them, and never joined."""

from __future__ import annotations

import json
from typing import Any

import pytest

from minerva.linking.__main__ import answer
from minerva.linking.relations import PREDECESSOR, SUCCESSOR, Relation, seen_from, worded
from minerva.records.spans import read_span, span_text, stay_text, succession


def at_one_site(first: dict[str, Any], second: dict[str, Any], **both: str) -> tuple[list[str], list[str]]:
    rows = [
        {"record_id": "a", "source_id": "x", "name": "Haybar Bakery", "address": "400 Elm St", **both, **first},
        {"record_id": "b", "source_id": "x", "name": "Rainwater Grill", "address": "400 Elm St", **both, **second},
    ]
    lines = list(answer(json.dumps({**row, "city": "Salem", "postcode": "80306"}) for row in rows))
    assert lines[0]["entity_id"] != lines[1]["entity_id"]
    one, other = (line.get("related", []) for line in lines)
    return one, other


def test_what_closed_before_the_next_one_opened_is_its_predecessor_with_the_dates() -> None:
    one, other = at_one_site({"closed": "2018-08-31"}, {"opened": "2018-09-01"}, record_type="license")
    assert one[0].startswith("predecessor of b: ")
    assert other[0].startswith("successor of a: ")
    assert "the one ended 2018-08-31, the other began 2018-09-01" in one[0]
    assert one[0].partition(": ")[2] == other[0].partition(": ")[2]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"closed": "2018-08-31"}, {"opened": "2018-03-01"}),
        ({"closed": "2018"}, {"opened": "2018-09-01"}),
        ({"closed": "2001-08-31"}, {"opened": "2018-09-01"}),
        ({"closed": "2018-08-31"}, {}),
        ({"closed": "soon"}, {"opened": "2018-09-01"}),
        ({"closed": "2018-08-31", "record_type": "license"}, {"opened": "2018-09-01", "record_type": "hotel"}),
    ],
    ids=["both there at once", "a year alone does not tell", "long before", "one date", "no date", "of two kinds"],
)
def test_where_dates_do_not_tell_it_is_the_same_site(first: dict[str, str], second: dict[str, str]) -> None:
    one, other = at_one_site(first, second)
    assert one[0].startswith("same site as b")
    assert other[0].startswith("same site as a")


@pytest.mark.parametrize("kind", ["establishment", "license", "company", "school", ""])
@pytest.mark.parametrize("told", [{"opened": "2018-09-01"}, {"span": "2018-09-01/"}], ids=["opened", "span"])
def test_to_have_opened_on_one_day_joins_nobody(kind: str, told: dict[str, str]) -> None:
    rows = [
        {"record_id": "a", "name": "Alpha Spa", "address": "1 Oak St", "city": "Salem"},
        {"record_id": "b", "name": "Zed Garage", "address": "99 Elm Ave", "city": "Boise"},
    ]
    lines = list(answer(json.dumps({**row, **told, "record_type": kind}) for row in rows))
    assert lines[0]["entity_id"] != lines[1]["entity_id"]


@pytest.mark.parametrize(
    ("opened", "closed", "span"),
    [
        ("2010-09-01", "2018-08-31", "2010-09-01/2018-08-31"),
        ("2010-09-01T00:00:00Z", "", "2010-09-01/"),
        ("2018", "2017-12-31", ""),
        ("2010-02-30", "", ""),
        ("", "2018-08", "/2018-08"),
        ("20100901", "1 May", ""),
    ],
    ids=["both", "a time", "ends before it began", "no such day", "a month", "other writings"],
)
def test_spans_are_written_of_dates_alone(opened: str, closed: str, span: str) -> None:
    assert span_text(opened, closed) == span


@pytest.mark.parametrize(
    ("kind", "attributes", "span"),
    [
        ("school", {"opened": "2010-09-01", "closed": "2018-08-31"}, "2010-09-01/2018-08-31"),
        ("license", {"issued": "2012-03", "effective": "2011", "expires": "2019-01-01"}, "2011/"),
        ("filing", {"opened": "2017-05-01", "ended": "2018"}, ""),
        ("company", {"incorporated": "2001-02-03", "dissolved": "not yet"}, "2001-02-03/"),
        ("site", {"opened": ("2010-09-01", "2012-09-01"), "category": "spa"}, ""),
    ],
    ids=[
        "a business",
        "a license that may be renewed",
        "days of a case",
        "a company",
        "two values tell nothing",
    ],
)
def test_an_event_says_the_widest_span_of_its_dates(kind: str, attributes: dict[str, Any], span: str) -> None:
    assert stay_text(kind, attributes) == span


def test_a_successor_turned_round_is_a_predecessor() -> None:
    one, other = read_span("2001-01-01/2018-08"), read_span("2018-09/")
    assert (succession(one, other), succession(other, one), succession(one, one)) == (-1, 1, 0)
    relation = Relation("a", "b", PREDECESSOR, "")
    assert (seen_from(relation, "a"), seen_from(relation, "b")) == (PREDECESSOR, SUCCESSOR)
    assert worded(seen_from(relation, "b"), "Haybar") == "successor of Haybar"
