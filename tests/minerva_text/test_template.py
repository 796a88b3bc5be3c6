"""A group shows what its texts share and where they differ, with the places in each text."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from minerva.text.__main__ import answer
from minerva.text.families import families
from minerva.text.template import describe_group

GROUPS = [
    pytest.param(
        [
            "I am Ada, write to 555-0123 soon",
            "I am Berta Lund, write to 555-0199 soon",
            "I am Cleo, write to 555 0145 soon",
        ],
        "I am {1} write to {2} soon",
        [["Ada", "555-0123"], ["Berta Lund", "555-0199"], ["Cleo", "555 0145"]],
        id="name and phone",
    ),
    pytest.param(
        ["Ada: a quiet room near the harbor", "Berta: a quiet room near the harbor"],
        "{1} a quiet room near the harbor",
        [["Ada"], ["Berta"]],
        id="slot first",
    ),
    pytest.param(
        ["a quiet room near the harbor 80", "a quiet room near the harbor 120"],
        "a quiet room near the harbor {1}",
        [["80"], ["120"]],
        id="slot last",
    ),
    pytest.param(["all the same", "all the same"], "all the same", [[], []], id="no slot"),
    pytest.param(
        ["a quiet room near the harbor"] * 2 + ["a quiet big room near the harbor"] * 2,
        "a quiet {1} room near the harbor",
        [[], [], ["big"], ["big"]],
        id="words only some have",
    ),
    pytest.param(["one"], "one", [[]], id="a text alone"),
    pytest.param(["ada", "berta"], "{1}", [["ada"], ["berta"]], id="nothing shared"),
]


@pytest.mark.parametrize(("texts", "template", "values"), GROUPS)
def test_a_group_shows_its_template_and_slots(texts: list[str], template: str, values: list[list[str]]) -> None:
    described = describe_group(texts)
    assert described.template.text == template
    assert [[slot.value for slot in slots] for slots in described.slots] == values
    for text, slots in zip(texts, described.slots, strict=True):
        assert all(text[slot.start : slot.end] == slot.value for slot in slots)
        assert [slot.number for slot in slots] == sorted({slot.number for slot in slots})


def test_a_large_group_is_described_from_a_sample_and_each_text_still_has_its_slots() -> None:
    texts = [f"a quiet room near the harbor, ask for number {number} at the door" for number in range(300)]
    described = describe_group(texts)
    assert described.template.text == "a quiet room near the harbor, ask for number {1} at the door"
    assert [slots[0].value for slots in described.slots] == [str(number) for number in range(300)]


def test_a_group_keeps_its_id_when_later_texts_come() -> None:
    first = "a quiet room near the harbor, ask for Ada at the door"
    before = families([first])[0].group
    after = families([first, "a quiet room near the harbor, ask for Berta at the door"])
    assert [family.group for family in after] == [before, before]


LINES = [
    pytest.param('{"id": "1", "text": "a b c d"}', {"id": "1", "size": 1}, id="alone"),
    pytest.param('{"id": 7, "text": null}', {"id": "7", "group": None}, id="null text"),
    pytest.param('{"id": 7}', {"id": "7", "group": None}, id="no text"),
    pytest.param('{"text": "x"}', {"id": None, "error": "line 1: expected an object with id and text"}, id="no id"),
    pytest.param(
        '{"id": 1, "text": 3}', {"id": "1", "error": "line 1: text must be a string, not int"}, id="no string"
    ),
    pytest.param("[" * 99999, {"id": None, "size": 0}, id="deep nesting"),
    pytest.param('{"id": "1", "text": "\\ud800 x y z"}', {"id": "1", "size": 1}, id="lone surrogate"),
]


@pytest.mark.parametrize(("line", "expected"), LINES)
def test_each_line_is_answered(line: str, expected: dict[str, Any]) -> None:
    (found,) = answer([line])
    assert {key: found[key] for key in expected} == expected


def test_the_command_line_answers_in_order() -> None:
    texts = [
        "I am Ada, write to 555-0123 soon and ask for a quiet room",
        "",
        "I am Berta, write to 555-0199 soon and ask for a quiet room",
    ]
    sent = "".join(json.dumps({"id": str(place), "text": text}) + "\n" for place, text in enumerate(texts)) + "bad\n"
    command = [sys.executable, "-m", "minerva.text"]
    done = subprocess.run(command, input=sent, capture_output=True, text=True, timeout=60, check=True)
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [item["id"] for item in found] == ["0", "1", "2", None]
    assert found[0]["group"] == found[2]["group"] != found[1]["group"]
    assert found[0]["slots"][1] == {"slot": 2, "value": "555-0123", "start": 19, "end": 27}
