"""The labelled cases of all kinds, the command line's forms, and restraint kind by kind."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minerva import identifiers
from minerva.identifiers import IDENTIFYING, KIND_BY_NAME, KINDS, extract
from minerva.identifiers.__main__ import check_lines, extract_lines
from minerva.identifiers.annotate import SEARCHABLE, SEARCHED
from minerva.identifiers.reading import Reading
from tests.minerva.test_identifiers import TEXTS

FILE = Path(__file__).parents[3] / "benchmarks" / "cases" / "kinds.jsonl"
ROWS: list[dict[str, Any]] = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
NAMES = [kind.NAME for kind in KINDS]
PIECES = st.sampled_from(
    ["$120", "/hr", "60 min", "€", "GB29 NWBK 6016 1331 9268 19", "Mon-Fri", "9-5pm", "24/7", "123 N. Main Street",
     "TX", "75201", "SW1A 1AA", "PO Box 12", "rue de la Paix", "plate AB12 CDE", "DOB 05/03/1990", "24 years old",
     "cash app", "$jen4u", "paypal.me/", "s n a p", ":", "jen", "4", "u", "t.me/+", "👻", "微信", "0x", "1" * 40,
     "münchen.de", " dot ", "www . ", "\u200b", "\ud800", "İ", "ſ", " "]
)  # fmt: skip
MIXED = st.lists(st.one_of(PIECES, TEXTS), max_size=8).map(" ".join)


def _searched(row: dict[str, Any]) -> list[str]:
    attributes = row["id"].startswith("attribute")
    return [kind.NAME for kind in KINDS if attributes or not kind.ATTRIBUTE]


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_labelled_case_is_read(row: dict[str, Any]) -> None:
    found = {item.identifier for item in extract(row["text"], kinds=_searched(row), region=row["region"])}
    if not row["id"].startswith("web"):
        # A profile link is a web address too; the cases name it where they are about web addresses.
        found = {value for value in found if not value.startswith(("url:", "domain:"))}
    if row["identifiers"] or not row["id"].startswith("attribute"):
        assert found == set(row["identifiers"])
    else:
        assert not found, found


@settings(max_examples=150, deadline=None)
@given(MIXED, st.sampled_from([None, "US", "GB", "DE", "xx"]))
def test_every_kind_keeps_its_contract(text: str, region: str | None) -> None:
    for item in extract(text, kinds=NAMES, region=region):
        assert text[item.start : item.end] == item.raw != ""
        kind = KIND_BY_NAME[item.kind]
        assert kind.normalize(item.value) == item.value == kind.normalize(kind.format(item.value))


@settings(max_examples=150, deadline=None)
@given(MIXED, st.sampled_from(KINDS))
def test_router_hides_nothing(text: str, kind: type[Any]) -> None:
    if not kind.may_hold(Reading(text)):
        assert list(kind.extract(Reading(text), region="US")) == []


def test_attributes_are_searched_for_only_when_named() -> None:
    text = "24 years old, $120/hr, SW1A 1AA, open 24/7"
    assert extract(text) == []
    assert {item.kind for item in extract(text, kinds=NAMES)} == {"age", "price", "postcode", "opening_hours"}
    restricted = {kind.NAME for kind in KINDS if kind.RESTRICTED}
    assert restricted == {"age", "birth_date"}
    assert restricted.isdisjoint(SEARCHED)
    assert restricted < set(SEARCHABLE)
    assert {"license", "local_phone"}.isdisjoint(SEARCHABLE)
    assert not any(kind.RESTRICTED and kind in IDENTIFYING for kind in KINDS)


def test_command_line_names_the_coin_in_the_kind_and_writes_the_address_as_it_stands() -> None:
    address = "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4"
    (answer,) = extract_lines([json.dumps({"id": 1, "text": f"btc {address}"})], ["wallet"], None)
    assert [(item["kind"], item["value"]) for item in answer["identifiers"]] == [("wallet:btc", address)]


@pytest.mark.parametrize(
    "name", [kind.NAME for kind in KINDS if not kind.examples()[0].qualifier and kind.NAME != "local_phone"]
)
def test_every_kind_can_be_checked(name: str) -> None:
    example = KIND_BY_NAME[name].examples()[0]
    good, bad = check_lines([example.raw, "?"], name, example.region)
    normal = example.value.partition(":")[2] if name == "wallet" else example.value
    assert (good["valid"], good["normal"], good["reason"]) == (True, normal, None)
    assert (bad["valid"], bad["normal"]) == (False, None)
    assert bad["reason"]


def test_check_of_a_coin_refuses_another_coins_address() -> None:
    (answer,) = check_lines(["LKKHMBjCU89fyFNgSRprDoD8Jb25N8uWvd"], "wallet:btc", None)
    assert (answer["valid"], answer["reason"]) == (False, "no address of Bitcoin, or its checksum is wrong")


def test_kind_is_found_by_its_name_without_the_others() -> None:
    assert {name: identifiers._kind(name).NAME for name in identifiers._PLACES} == {
        kind.NAME: kind.NAME for kind in identifiers.KINDS
    }
    done = subprocess.run(
        [sys.executable, "-c", "import sys; from minerva.identifiers import extract; "
         "found = extract('+1 415 555 0123', kinds=['phone']); "
         "print(found[0].value, 'minerva.identifiers.email' in sys.modules)"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.split() == ["+14155550123", "False"]


@pytest.mark.parametrize(
    ("text", "region", "prices"),
    [
        ("80 roses, call 415 555 0123", "US", ["USD 80"]),
        ("hh 60 roses", "GB", ["GBP 60 / 30 min"]),
        ("150 ROSES / hour", "DE", ["EUR 150 / 60 min"]),
        ("a bouquet of 12 roses", "US", []),
        ("75 roses and 3 lilies", "US", []),
        ("80 rosescented candles", "US", []),
    ],
)
def test_roses_are_money_in_round_amounts(text: str, region: str, prices: list[str]) -> None:
    found = extract(text, kinds=["price", "phone"], region=region)
    assert [item.value for item in found if item.kind == "price"] == prices
    assert [item.value for item in found if item.kind == "phone"] == ["+14155550123"] * ("call" in text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("90 euros media hora", "EUR 90 / 30 min"),
        ("media hora 60€", "EUR 60 / 30 min"),
        ("80€ la demi-heure", "EUR 80 / 30 min"),
        ("70 € halbe Stunde", "EUR 70 / 30 min"),
        ("80 euro mezz'ora", "EUR 80 / 30 min"),
        ("2000 руб полчаса", "RUB 2000 / 30 min"),
        ("ชั่วโมงละ 2500 บาท", "THB 2500 / 60 min"),
        ("1小时 900元", "CNY 900 / 60 min"),
        ("70€ halbe Portion", "EUR 70"),
    ],
    ids=["Spanish", "Spanish, before", "French", "German", "Italian", "Russian", "Thai", "Chinese", "a half of food"],
)
def test_a_price_of_half_an_hour_is_no_price_of_an_hour(text: str, value: str) -> None:
    assert [item.value for item in extract(text, kinds=["price"])] == [value]
