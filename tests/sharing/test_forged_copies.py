"""Whoever may write into an index cannot change what a search is told of a copy: not by fields, nor text, nor place."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from minerva.sharing import verifying
from minerva.sharing.copies import signed
from minerva.sharing.copy_text import FIELDS, LONGEST
from tests.sharing.desk import PHONE, Desk, who
from tests.sharing.test_signed_copies import check, taken_back, text

Row = dict[str, Any]


@pytest.fixture
def desk() -> Desk:
    return taken_back()


def row_of(desk: Desk, place: int = 0) -> Row:
    """The copy (0) or the tombstone (1) as a search hands it to the command, its fields extracted."""
    index, kind, event = desk.events[place]
    found = {name: value for name, value in event.items() if isinstance(value, str)}
    lies = {"index": index, "sourcetype": kind, "_raw": text(event), "_time": str(int(event["moment"])), "_cd": "1:7"}
    return {**found, "moment": str(event["moment"]), **lies, "host": "minerva", "source": "minerva_sharing"}


def verified(desk: Desk, *rows: Row, asked: list[int] | None = None) -> list[Row]:
    def ask(operation: str, body: Any) -> Any:
        if asked is not None:
            asked.append(len(body["copies"]))
        return desk.got(who("north"), operation, **body)

    return list(verifying.verified([dict(row) for row in rows], ask))


def test_what_is_told_of_a_genuine_copy_is_what_its_text_says(desk: Desk) -> None:
    copy, tombstone = verified(desk, row_of(desk), row_of(desk, 1))
    assert (copy["genuine"], tombstone["genuine"]) == ("true", "true")
    assert (copy["owner"], copy["level"], copy["recalled_time"]) == ("River", "L3", None)
    assert (float(copy["moment"]), copy["classes{}"]) == (desk.now, ["infrastructure", "statistics"])
    assert PHONE in copy["content.identifiers{}"]
    assert (copy["content.size"], copy["content.record_types.ad"]) == ("2", "2")
    assert (tombstone["copy_id"], tombstone["recalled_time"]) == (copy["copy_id"], "2023-11-14T22:13:20Z")
    assert copy["_cd"] == "1:7"
    assert set(copy) == set(tombstone) == {*verifying.PLACE, "_cd", "genuine", *FIELDS}


@pytest.mark.parametrize("place", [0, 1], ids=["copy", "tombstone"])
@pytest.mark.parametrize(
    "changed",
    [
        {"moment": "9999999999"}, {"moment": ["1700000000.0", "9999999999"]}, {"expires": "9999999999"},
        {"expires": "1"}, {"owner": "Somebody else"}, {"level": "L6"}, {"copy_id": "c_0000000000000000"},
        {"share_id": "s_0"},
        {"content.identifiers{}": ["phone:+14155550199"]}, {"genuine": "true"}, {"signature": "0"}, {"more": "1"},
        {"host": "elsewhere", "source": "elsewhere"}, {"recalled_time": "2020-01-01T00:00:00Z"},
    ],
)  # fmt: skip
def test_fields_around_a_genuine_text_change_nothing(desk: Desk, place: int, changed: Row) -> None:
    genuine = row_of(desk, place)
    assert verified(desk, {**genuine, **changed}) == verified(desk, genuine)


def twice(name: str, value: Any) -> Callable[[str], str]:
    return lambda raw: f"{{{json.dumps(name)}:{json.dumps(value)},{raw[1:]}"


FORGED_TEXTS: dict[str, Callable[[str], str]] = {
    "a key before its own": twice("moment", 9999999999.0),
    "an owner before its own": twice("owner", "Somebody else"),
    "a key twice the same": lambda raw: raw[:-1] + "," + raw[raw.index('"moment"') : raw.index(',"copy_id"')] + "}",
    "a key twice within": lambda raw: raw.replace('"content":{', '"content":{"size":999,'),
    "an unknown key": twice("more", 1),
    "a key written with escapes": lambda raw: raw.replace('"moment"', r'"mom\u0065nt"'),
    "a value written with escapes": lambda raw: raw.replace('"c_', r'"\u0063_'),
    "a number written differently": lambda raw: re.sub(r'("moment":[\d.]+)', r"\g<1>0", raw),
    "a number that JSON does not have": lambda raw: re.sub(r'"moment":[\d.]+', '"moment":NaN', raw),
    "a number beyond all": lambda raw: re.sub(r'"moment":[\d.]+', '"moment":1e999', raw),
    "another type": lambda raw: re.sub(r'"moment":([\d.]+)', r'"moment":"\g<1>"', raw),
    "keys in another order": lambda raw: json.dumps(dict(reversed(json.loads(raw).items())), separators=(",", ":")),
    "blanks": lambda raw: raw.replace(",", ", "),
    "a blank before": lambda raw: " " + raw,
    "a line after": lambda raw: raw + "\n",
    "a text after": lambda raw: raw + ' {"moment":9999999999}',
    "a list around": lambda raw: f"[{raw}]",
    "cut": lambda raw: raw[: len(raw) // 2],
    "a text without end": lambda raw: "[" * 9000,
    "too long": lambda raw: raw.replace('"copy_id":"', '"copy_id":"' + "c" * LONGEST),
}


@pytest.mark.parametrize("name", FORGED_TEXTS)
@pytest.mark.parametrize("place", [0, 1], ids=["copy", "tombstone"])
def test_a_text_that_reads_in_two_ways_is_not_genuine(desk: Desk, place: int, name: str) -> None:
    if place == 1 and name == "a key twice within":
        return  # a tombstone has no content
    genuine = row_of(desk, place)
    forged = {**genuine, "_raw": FORGED_TEXTS[name](genuine["_raw"])}
    assert forged != genuine
    assert check(desk, (forged["index"], forged["sourcetype"], forged["_raw"])) == [False]
    (told,) = verified(desk, forged)
    assert told["genuine"] == "false"
    assert {told[field] for field in FIELDS} == {None}


@pytest.mark.parametrize(
    "moved",
    [
        {"_time": "1700086400"}, {"_time": "1699913600"}, {"_time": "nan"}, {"_time": ""},
        {"_time": ["1700000000", "1"]}, {"index": "s_bank"}, {"index": ["s_north", "s_bank"]},
        {"sourcetype": "minerva:other"}, {"sourcetype": ""},
    ],
)  # fmt: skip
def test_a_genuine_text_elsewhere_or_at_another_time_is_not_genuine(desk: Desk, moved: Row) -> None:
    (told,) = verified(desk, {**row_of(desk), **moved})
    assert (told["genuine"], told["moment"], told["copy_id"]) == ("false", None, None)


def tombstone(desk: Desk, copy_id: str) -> Row:
    key = desk.store(who("north")).secret("release")
    event = {"recalled_time": "2023-11-14T22:13:20Z", "moment": desk.now, "copy_id": copy_id}
    raw = signed(key, "s_north", "minerva:recall", event)
    return {"index": "s_north", "sourcetype": "minerva:recall", "_raw": raw, "_time": str(desk.now)}


def test_the_handler_is_asked_in_parts_and_only_about_what_can_be_genuine(desk: Desk) -> None:
    asked: list[int] = []
    bad = {**row_of(desk), "_raw": "x"}
    rows = [row for number in range(600) for row in (tombstone(desk, f"c_{number}"), bad)]
    assert [row["genuine"] for row in verified(desk, *rows, asked=asked)] == ["true", "false"] * 600
    assert asked == [250, 250, 100]
    asked.clear()
    assert [row["genuine"] for row in verified(desk, *[bad] * 600, asked=asked)] == ["false"] * 600
    assert (verified(desk, asked=asked), asked) == ([], [])


def test_a_copy_written_again_and_again_is_asked_about_once(desk: Desk) -> None:
    asked: list[int] = []
    found = verified(desk, *[row_of(desk)] * 1_200, asked=asked)
    assert ({row["genuine"] for row in found}, asked) == ({"true"}, [1])


def test_long_texts_are_asked_about_in_smaller_parts(desk: Desk) -> None:
    asked: list[int] = []
    found = verified(desk, *(tombstone(desk, f"c_{number}" + "0" * 500_000) for number in range(9)), asked=asked)
    assert ([row["genuine"] for row in found], asked) == (["true"] * 9, [8, 1])
