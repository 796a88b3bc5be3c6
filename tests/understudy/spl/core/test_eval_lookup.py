"""The eval function lookup(). Source: Splunk 10.2 search reference, comparison and conditional functions."""

from __future__ import annotations

import pytest

from tests.understudy.spl.commands.bench import MemoryTables, search
from understudy.spl.errors import MissingError

STATUS = [
    {"status": "200", "status_type": "Successful", "status_description": "OK"},
    {"status": "201", "status_type": "Successful", "status_description": "Created"},
    {"status": "404", "status_type": "Client Error", "status_description": "Not Found"},
]
TYPE = 'lookup("http_status.csv", json_object("status_type", "Successful"), json_array("status_description"))'
TWO = (
    'lookup("http_status.csv", json_object("status_type", "Successful", "status", "200"), '
    'json_array("status_description"))'
)
NUMBER = 'lookup("http_status.csv", json_object("status", 404), json_array("status_description", "status_type"))'


def answer(expression: str, **facts: object) -> object:
    tables = MemoryTables({"http_status.csv": STATUS}, **facts)  # type: ignore[arg-type,dict-item]  # facts of the definition
    return search([{"a": 1}], f"| eval r={expression}", tables)[0].get("r")


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        pytest.param(TYPE, '{"status_description":["OK","Created"]}', id="several-rows-give-an-array"),
        pytest.param(TWO, '{"status_description":"OK"}', id="two-inputs"),
        pytest.param(NUMBER, '{"status_description":"Not Found","status_type":"Client Error"}', id="two-outputs"),
        pytest.param(f'json_extract({NUMBER}, "status_description")', "Not Found", id="inside-json_extract"),
        pytest.param(NUMBER.replace("404", "999"), None, id="no-match"),
    ],
)
def test_lookup_gives_an_object(expression: str, expected: object) -> None:
    assert answer(expression) == expected


def test_settings_of_the_definition_apply() -> None:
    assert answer(TYPE, **{"http_status.csv": {"max_matches": 1}}) == '{"status_description":"OK"}'


@pytest.mark.parametrize("expression", [NUMBER.replace("http_status", "gone"), NUMBER.replace('"status",', '"no",')])
def test_table_or_field_that_is_missing_is_named_with_its_place(expression: str) -> None:
    with pytest.raises(MissingError) as caught:
        answer(expression)
    assert caught.value.position is not None
