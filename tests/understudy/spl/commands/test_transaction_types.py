"""transaction name=: the settings of transactiontypes.conf, and what the search writes over them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from tests.understudy.spl.core.conftest import answer
from understudy.spl.errors import SplError
from understudy.spl.row_events import NoKnowledge

TYPES = {
    "visit": {"fields": "host, user", "maxspan": "1m", "startswith": '"begin"', "unknown_setting": "x"},
    "checked": {"fields": "host", "endswith": 'eval(text=="end")', "search": "sourcetype=a"},
    "broken": {"maxspan": "soon"},
}
ROWS: list[dict[str, Any]] = [
    {"_time": 1000 - 40 * number, "_raw": text, "text": text, "host": "h", "user": user}
    for number, (text, user) in enumerate([("end", "u"), ("middle", "v"), ("begin", "u"), ("far", "u")])
]


class Types(NoKnowledge):
    def transaction_type(self, name: str) -> Mapping[str, str] | None:
        return TYPES.get(name)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        pytest.param("name=checked", [["begin", "end", "far", "middle"]], id="fields-and-end-of-the-type"),
        pytest.param("name=visit maxspan=-1", [["begin", "end"]], id="written-option-wins"),
        pytest.param("host name=visit maxspan=-1", [["begin", "end", "middle"]], id="written-fields-win"),
        pytest.param("name=visit", ["begin"], id="all-of-the-type"),
    ],
)
def test_type_gives_what_the_search_leaves_open(arguments: str, expected: list[Any]) -> None:
    rows = answer(f"search * | transaction {arguments} | table text transactiontype", ROWS, Types())
    assert [row["text"] for row in rows] == expected
    assert {row["transactiontype"] for row in rows} == {arguments.split("name=")[1].split()[0]}


@pytest.mark.parametrize(("name", "kind"), [("nowhere", "missing"), ("broken", "syntax")])
def test_type_that_cannot_be_used_is_named_with_its_place(name: str, kind: str) -> None:
    with pytest.raises(SplError) as caught:
        answer(f"search * | transaction name={name}", ROWS, Types())
    assert (caught.value.kind, caught.value.position) == (kind, len("search * | transaction name="))
    assert name in caught.value.message
