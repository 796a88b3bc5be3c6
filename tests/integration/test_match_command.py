"""minervamatch and minervatext on a stage: the lookup is read with the searching user's own rights."""

from __future__ import annotations

from pathlib import Path

import pytest

from demo.run import ADMIN, ANALYSTS
from tests.integration.installation import NORTHFIELD, installed

pytestmark = pytest.mark.full

LIST = (
    '| makeresults count=2 | streamstats count as n | eval name=if(n=1, "Garcia, Jose", "Wu Ling") '
    "| table name | outputlookup watch_names.csv"
)
MATCH = '| makeresults | eval name="José Garcia" | minervamatch field=name lookup=watch_names.csv | table match_*'
TEXT = (
    '| makeresults count=3 | streamstats count as n | eval text="new in town call ".n." any time of the day or night" '
    "| minervatext | table text_group_size text_template text_slots"
)


def test_a_field_is_matched_with_a_lookup_and_texts_are_grouped(apps: list[Path], tmp_path: Path) -> None:
    with installed(tmp_path / "splunk", apps) as run:
        run.ask(LIST, ADMIN)
        (row,) = run.ask(MATCH, ADMIN)
        assert (row["match_value"], row["match_score"]) == ("Garcia, Jose", "1.000")
        rows = run.ask(TEXT, ANALYSTS[NORTHFIELD.id])
        assert [str(each["text_slots"]) for each in rows] == ["{1} 1", "{1} 2", "{1} 3"]
        assert {str(each["text_template"]) for each in rows} == {"new in town call {1} any time of the day or night"}
