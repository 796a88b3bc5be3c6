"""The labelled case files: recall and precision of phones and e-mails, and that the files are what they say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from minerva.identifiers import KIND_BY_NAME, extract

FILES = Path(__file__).parents[2] / "benchmarks" / "cases"
BARS = {
    "plain_ads": (0.99, 0.99), "hidden_ads": (0.95, 0.99), "emails": (0.95, 0.98), "benign": (1.0, 1.0),
    "unseen_ads": (0.95, 0.98), "unseen_ads_2": (0.9, 0.975), "unseen_ads_3": (0.96, 0.99),
    "unseen_ads_4": (0.95, 0.99), "unseen_ads_5": (0.96, 0.99), "unseen_ads_6": (0.94, 0.99),
    "unseen_ads_7": (0.98, 0.99), "unseen_ads_8": (0.96, 0.99), "unseen_ads_9": (0.98, 0.99),
}  # fmt: skip
KEYS = {"phone": "phones", "email": "emails"}


def _rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FILES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("name", BARS)
def test_figures_are_reached(name: str) -> None:
    told = found = right = 0
    wrong = []
    for row in _rows(name):
        for kind, key in KEYS.items():
            seen = {item.value for item in extract(row["text"], kinds=[kind], region=row["region"])}
            told, found, right = told + len(row[key]), found + len(seen), right + len(seen & set(row[key]))
            if seen != set(row[key]):
                wrong.append((row["way"], row["text"], sorted(seen)))
    recall, precision = BARS[name]
    assert right >= recall * told, wrong
    assert right >= precision * found, wrong


@pytest.mark.parametrize("name", BARS)
def test_cases_are_labelled_and_tell_their_origin(name: str) -> None:
    rows = _rows(name)
    assert len({row["id"] for row in rows}) == len(rows) > 50
    for row in rows:
        assert row["origin"], row["id"]
        assert all(KIND_BY_NAME["phone"].normalize(value) == value for value in row["phones"]), row["id"]
        assert all(KIND_BY_NAME["email"].normalize(value) == value for value in row["emails"]), row["id"]


def test_hidden_ads_hold_fifteen_ways_and_ten_languages() -> None:
    ways = {row["way"] for row in _rows("hidden_ads")}
    assert len([way for way in ways if not way.startswith("digit words, ")]) >= 15
    assert len([way for way in ways if way.startswith("digit words")]) >= 10


NAMES = {
    "e-mails, fourth round": ("unseen_ads_4", "email", "emails", 40, 0.97, 1.0),
    "usernames": ("unseen_ads", "username", "usernames", 20, 0.9, 0.8),
    "usernames, second round": ("unseen_ads_2", "username", "usernames", 100, 0.96, 0.98),
    "usernames, third round": ("unseen_ads_3", "username", "usernames", 100, 0.98, 0.99),
    "usernames, fourth round": ("unseen_ads_4", "username", "usernames", 30, 0.97, 1.0),
    "usernames, fifth round": ("unseen_ads_5", "username", "usernames", 50, 0.97, 0.99),
    "usernames, sixth round": ("unseen_ads_6", "username", "usernames", 35, 0.9, 0.99),
    "phones, seventh round": ("unseen_ads_7", "phone", "phones", 250, 0.98, 0.99),
    "e-mails, seventh round": ("unseen_ads_7", "email", "emails", 60, 0.97, 0.99),
    "usernames, seventh round": ("unseen_ads_7", "username", "usernames", 60, 0.97, 0.99),
    "payment tags, seventh round": ("unseen_ads_7", "payment_tag", "payment_tags", 10, 1.0, 1.0),
    "phones, eighth round": ("unseen_ads_8", "phone", "phones", 190, 0.95, 0.99),
    "e-mails, eighth round": ("unseen_ads_8", "email", "emails", 60, 0.98, 0.99),
    "usernames, eighth round": ("unseen_ads_8", "username", "usernames", 70, 0.98, 0.99),
    "payment tags, eighth round": ("unseen_ads_8", "payment_tag", "payment_tags", 10, 1.0, 1.0),
    "wallets, eighth round": ("unseen_ads_8", "wallet", "wallets", 1, 1.0, 1.0),
    "phones, ninth round": ("unseen_ads_9", "phone", "phones", 200, 0.98, 0.99),
    "e-mails, ninth round": ("unseen_ads_9", "email", "emails", 40, 0.97, 1.0),
    "usernames, ninth round": ("unseen_ads_9", "username", "usernames", 30, 0.97, 1.0),
    "wallets, ninth round": ("unseen_ads_9", "wallet", "wallets", 4, 1.0, 1.0),
    "phones, tenth round": ("unseen_ads_10", "phone", "phones", 150, 0.88, 0.99),
    "e-mails, tenth round": ("unseen_ads_10", "email", "emails", 40, 0.77, 1.0),
    "e-mails, eleventh round": ("unseen_ads_11", "email", "emails", 40, 1.0, 1.0),
    "e-mails, twelfth round": ("unseen_ads_12", "email", "emails", 40, 0.96, 1.0),
    "usernames, tenth round": ("unseen_ads_10", "username", "usernames", 50, 0.96, 1.0),
    "payment tags, tenth round": ("unseen_ads_10", "payment_tag", "payment_tags", 6, 1.0, 1.0),
    "usernames, eleventh round": ("unseen_ads_11", "username", "usernames", 40, 1.0, 1.0),
    "payment tags, eleventh round": ("unseen_ads_11", "payment_tag", "payment_tags", 7, 1.0, 1.0),
    "usernames, twelfth round": ("unseen_ads_12", "username", "usernames", 40, 1.0, 1.0),
    "payment tags, twelfth round": ("unseen_ads_12", "payment_tag", "payment_tags", 10, 0.9, 1.0),
    "phones, eleventh round": ("unseen_ads_11", "phone", "phones", 190, 0.99, 0.99),
    "phones, twelfth round": ("unseen_ads_12", "phone", "phones", 230, 0.97, 0.99),
    "phones, thirteenth round": ("unseen_ads_13", "phone", "phones", 200, 0.97, 0.99),
    "e-mails, thirteenth round": ("unseen_ads_13", "email", "emails", 60, 0.92, 1.0),
    "usernames, thirteenth round": ("unseen_ads_13", "username", "usernames", 50, 0.88, 0.97),
    "payment tags, thirteenth round": ("unseen_ads_13", "payment_tag", "payment_tags", 15, 0.94, 1.0),
    "phones, fourteenth round": ("unseen_ads_14", "phone", "phones", 165, 0.95, 0.99),
    "e-mails, fourteenth round": ("unseen_ads_14", "email", "emails", 115, 0.93, 0.98),
    "usernames, fourteenth round": ("unseen_ads_14", "username", "usernames", 60, 0.96, 1.0),
    "payment tags, fourteenth round": ("unseen_ads_14", "payment_tag", "payment_tags", 20, 0.91, 1.0),
    "phones, fifteenth round": ("unseen_ads_15", "phone", "phones", 150, 0.94, 0.99),
    "e-mails, fifteenth round": ("unseen_ads_15", "email", "emails", 130, 0.91, 0.98),
    "usernames, fifteenth round": ("unseen_ads_15", "username", "usernames", 55, 0.91, 1.0),
    "payment tags, fifteenth round": ("unseen_ads_15", "payment_tag", "payment_tags", 20, 0.85, 1.0),
    "phones, sixteenth round": ("unseen_ads_16", "phone", "phones", 170, 0.88, 0.97),
    "e-mails, sixteenth round": ("unseen_ads_16", "email", "emails", 70, 0.97, 0.99),
    "usernames, sixteenth round": ("unseen_ads_16", "username", "usernames", 45, 0.97, 0.99),
    "payment tags, sixteenth round": ("unseen_ads_16", "payment_tag", "payment_tags", 15, 1.0, 1.0),
    "phones, seventeenth round": ("unseen_ads_17", "phone", "phones", 250, 0.96, 0.99),
    "e-mails, seventeenth round": ("unseen_ads_17", "email", "emails", 70, 0.93, 0.98),
    "usernames, seventeenth round": ("unseen_ads_17", "username", "usernames", 44, 0.95, 0.97),
    "payment tags, seventeenth round": ("unseen_ads_17", "payment_tag", "payment_tags", 15, 0.87, 1.0),
    "phones, eighteenth round": ("unseen_ads_18", "phone", "phones", 180, 0.98, 0.99),
    "e-mails, eighteenth round": ("unseen_ads_18", "email", "emails", 80, 0.99, 0.99),
    "usernames, eighteenth round": ("unseen_ads_18", "username", "usernames", 35, 0.99, 0.99),
    "payment tags, eighteenth round": ("unseen_ads_18", "payment_tag", "payment_tags", 10, 1.0, 1.0),
    "phones, nineteenth round": ("unseen_ads_19", "phone", "phones", 185, 0.93, 0.98),
    "e-mails, nineteenth round": ("unseen_ads_19", "email", "emails", 75, 0.99, 0.99),
    "usernames, nineteenth round": ("unseen_ads_19", "username", "usernames", 30, 0.93, 1.0),
    "phones, twentieth round": ("unseen_ads_20", "phone", "phones", 150, 0.95, 0.99),
    "e-mails, twentieth round": ("unseen_ads_20", "email", "emails", 60, 0.96, 1.0),
    "usernames, twentieth round": ("unseen_ads_20", "username", "usernames", 20, 0.86, 0.94),
    "e-mails, twenty-first round": ("unseen_ads_21", "email", "emails", 250, 0.97, 0.99),
    "usernames, twenty-first round": ("unseen_ads_21", "username", "usernames", 12, 0.92, 1.0),
    "phones, twenty-second round": ("unseen_ads_22", "phone", "phones", 130, 0.94, 0.97),
    "e-mails, twenty-second round": ("unseen_ads_22", "email", "emails", 150, 0.91, 0.98),
    "phones, twenty-third round": ("unseen_ads_23", "phone", "phones", 140, 0.95, 0.97),
    "e-mails, twenty-third round": ("unseen_ads_23", "email", "emails", 150, 0.9, 0.97),
    "phones, twenty-fourth round": ("unseen_ads_24", "phone", "phones", 120, 0.91, 0.94),
    "e-mails, twenty-fourth round": ("unseen_ads_24", "email", "emails", 170, 0.91, 0.97),
    "phones, twenty-fifth round": ("unseen_ads_25", "phone", "phones", 105, 0.97, 0.97),
    "e-mails, twenty-fifth round": ("unseen_ads_25", "email", "emails", 140, 0.93, 0.98),
    "phones, twenty-sixth round": ("unseen_ads_26", "phone", "phones", 150, 0.98, 0.99),
    "e-mails, twenty-sixth round": ("unseen_ads_26", "email", "emails", 140, 0.93, 0.99),
    "phones, twenty-seventh round": ("unseen_ads_27", "phone", "phones", 150, 0.94, 0.98),
    "e-mails, twenty-seventh round": ("unseen_ads_27", "email", "emails", 140, 0.98, 0.99),
    "phones, twenty-eighth round": ("unseen_ads_28", "phone", "phones", 150, 0.96, 0.99),
    "e-mails, twenty-eighth round": ("unseen_ads_28", "email", "emails", 145, 0.91, 0.96),
    "phones, twenty-ninth round": ("unseen_ads_29", "phone", "phones", 145, 0.97, 0.99),
    "e-mails, twenty-ninth round": ("unseen_ads_29", "email", "emails", 145, 0.95, 0.98),
    "phones, thirtieth round": ("unseen_ads_30", "phone", "phones", 145, 0.97, 0.99),
    "e-mails, thirtieth round": ("unseen_ads_30", "email", "emails", 135, 0.96, 0.98),
    "phones, thirty-first round": ("unseen_ads_31", "phone", "phones", 135, 0.98, 0.99),
    "e-mails, thirty-first round": ("unseen_ads_31", "email", "emails", 140, 0.98, 0.99),
    "phones, thirty-second round": ("unseen_ads_32", "phone", "phones", 140, 0.95, 0.99),
    "e-mails, thirty-second round": ("unseen_ads_32", "email", "emails", 140, 0.98, 0.99),
    "phones, thirty-third round": ("unseen_ads_33", "phone", "phones", 140, 0.93, 0.99),
    "e-mails, thirty-third round": ("unseen_ads_33", "email", "emails", 140, 0.97, 0.98),
    "phones, thirty-fourth round": ("unseen_ads_34", "phone", "phones", 140, 0.97, 0.99),
    "e-mails, thirty-fourth round": ("unseen_ads_34", "email", "emails", 140, 0.90, 0.99),
    "phones, thirty-fifth round": ("unseen_ads_35", "phone", "phones", 145, 0.83, 0.99),
    "e-mails, thirty-fifth round": ("unseen_ads_35", "email", "emails", 140, 0.91, 0.97),
    "phones, thirty-sixth round": ("unseen_ads_36", "phone", "phones", 145, 0.95, 0.99),
    "e-mails, thirty-sixth round": ("unseen_ads_36", "email", "emails", 135, 0.96, 0.98),
    "phones, thirty-seventh round": ("unseen_ads_37", "phone", "phones", 110, 0.95, 0.98),
    "e-mails, thirty-seventh round": ("unseen_ads_37", "email", "emails", 100, 0.92, 0.98),
    "phones, thirty-eighth round": ("unseen_ads_38", "phone", "phones", 112, 0.88, 0.97),
    "e-mails, thirty-eighth round": ("unseen_ads_38", "email", "emails", 80, 0.87, 0.98),
    "phones, forty-seventh round": ("unseen_ads_47", "phone", "phones", 80, 0.98, 0.99),
    "e-mails, forty-seventh round": ("unseen_ads_47", "email", "emails", 22, 0.95, 0.99),
    "usernames, forty-seventh round": ("unseen_ads_47", "username", "usernames", 37, 0.97, 0.99),
    "phones, forty-eighth round": ("unseen_ads_48", "phone", "phones", 40, 0.9, 0.99),
    "usernames, forty-eighth round": ("unseen_ads_48", "username", "usernames", 30, 0.96, 0.99),
    "phones, generated by a fifteenth": ("generated_ads_14", "phone", "phones", 330, 0.98, 0.99),
    "e-mails, generated by a fifteenth": ("generated_ads_14", "email", "emails", 100, 0.99, 0.99),
    "usernames, generated by a fifteenth": ("generated_ads_14", "username", "usernames", 125, 0.94, 0.99),
    "payment tags, generated by a fifteenth": ("generated_ads_14", "payment_tag", "payment_tags", 35, 0.97, 0.99),
    "phones, generated by a fourteenth": ("generated_ads_13", "phone", "phones", 400, 0.92, 0.99),
    "e-mails, generated by a fourteenth": ("generated_ads_13", "email", "emails", 160, 0.95, 0.99),
    "usernames, generated by a fourteenth": ("generated_ads_13", "username", "usernames", 310, 0.91, 0.985),
    "payment tags, generated by a fourteenth": ("generated_ads_13", "payment_tag", "payment_tags", 25, 0.99, 0.99),
    "phones, generated by a thirteenth": ("generated_ads_12", "phone", "phones", 650, 0.96, 0.99),
    "e-mails, generated by a thirteenth": ("generated_ads_12", "email", "emails", 260, 0.98, 0.99),
    "usernames, generated by a thirteenth": ("generated_ads_12", "username", "usernames", 420, 0.94, 0.99),
    "payment tags, generated by a thirteenth": ("generated_ads_12", "payment_tag", "payment_tags", 60, 0.99, 0.99),
    "phones, generated by an eighth": ("generated_ads_7", "phone", "phones", 550, 0.98, 0.99),
    "e-mails, generated by an eighth": ("generated_ads_7", "email", "emails", 140, 0.99, 0.99),
    "phones, generated by a ninth": ("generated_ads_8", "phone", "phones", 535, 0.985, 0.99),
    "e-mails, generated by a ninth": ("generated_ads_8", "email", "emails", 155, 0.98, 0.99),
    "phones, generated by a tenth": ("generated_ads_9", "phone", "phones", 440, 0.985, 0.99),
    "e-mails, generated by a tenth": ("generated_ads_9", "email", "emails", 170, 0.98, 0.99),
    "usernames, generated by a tenth": ("generated_ads_9", "username", "usernames", 75, 0.96, 0.98),
    "phones, generated by a sixth": ("generated_ads_5", "phone", "phones", 415, 0.99, 0.99),
    "e-mails, generated by a sixth": ("generated_ads_5", "email", "emails", 215, 0.99, 0.99),
    "phones, generated by a seventh": ("generated_ads_6", "phone", "phones", 445, 0.9, 0.99),
    "e-mails, generated by a seventh": ("generated_ads_6", "email", "emails", 280, 0.93, 0.99),
    "phones, generated by a fourth": ("generated_ads_3", "phone", "phones", 375, 0.98, 0.99),
    "e-mails, generated by a fourth": ("generated_ads_3", "email", "emails", 175, 0.99, 0.99),
    "phones, generated by a fifth": ("generated_ads_4", "phone", "phones", 400, 0.96, 0.99),
    "e-mails, generated by a fifth": ("generated_ads_4", "email", "emails", 190, 0.99, 0.99),
    "phones, generated by a third": ("generated_ads_2", "phone", "phones", 365, 0.98, 0.99),
    "e-mails, generated by a third": ("generated_ads_2", "email", "emails", 175, 0.99, 0.99),
    "phones, generated": ("generated_ads", "phone", "phones", 450, 0.97, 0.99),
    "e-mails, generated": ("generated_ads", "email", "emails", 220, 0.96, 0.99),
    "payment tags": ("unseen_ads_2", "payment_tag", "payment_tags", 4, 1.0, 1.0),
    "payment tags, third round": ("unseen_ads_3", "payment_tag", "payment_tags", 10, 1.0, 1.0),
    "wallets": ("unseen_ads_2", "wallet", "wallets", 15, 1.0, 1.0),
    "wallets, third round": ("unseen_ads_3", "wallet", "wallets", 15, 1.0, 1.0),
}


@pytest.mark.parametrize(("name", "kind", "key", "least", "recall", "precision"), NAMES.values(), ids=list(NAMES))
def test_names_of_unseen_ads_are_found(
    name: str, kind: str, key: str, least: int, recall: float, precision: float
) -> None:
    told = found = right = 0
    wrong = []
    for row in _rows(name):
        seen = {item.value for item in extract(row["text"], kinds=[kind], region=row["region"])}
        told, found, right = told + len(row[key]), found + len(seen), right + len(seen & set(row[key]))
        assert all(KIND_BY_NAME[kind].normalize(value) == value for value in row[key]), row["id"]
        if seen != set(row[key]):
            wrong.append((row["text"], sorted(seen)))
    assert told > least
    assert right >= recall * told, wrong
    assert right >= precision * found, wrong


ATTRIBUTES = {
    "prices, forty-fourth round": ("unseen_ads_44", "price", 25, 0.98, 0.98),
    "opening hours, forty-fourth round": ("unseen_ads_44", "opening_hours", 20, 0.98, 0.98),
    "addresses, forty-fourth round": ("unseen_ads_44", "address", 25, 0.98, 0.98),
    "postcodes, forty-fourth round": ("unseen_ads_44", "postcode", 40, 0.98, 0.98),
    "wallets, forty-fourth round": ("unseen_ads_44", "wallet", 40, 0.99, 0.99),
    "prices, forty-ninth round": ("unseen_ads_49", "price", 175, 0.98, 0.98),
    "opening hours, forty-ninth round": ("unseen_ads_49", "opening_hours", 80, 0.98, 0.98),
    "addresses, forty-ninth round": ("unseen_ads_49", "address", 40, 0.92, 0.92),
    "postcodes, forty-ninth round": ("unseen_ads_49", "postcode", 40, 0.99, 0.99),
    "plates, forty-ninth round": ("unseen_ads_49", "plate", 15, 0.99, 0.99),
    "ages, forty-ninth round": ("unseen_ads_49", "age", 17, 0.99, 0.99),
    "prices, fiftieth round": ("unseen_ads_50", "price", 115, 0.99, 0.99),
    "opening hours, fiftieth round": ("unseen_ads_50", "opening_hours", 75, 0.96, 0.97),
    "addresses, fiftieth round": ("unseen_ads_50", "address", 35, 0.89, 0.99),
    "postcodes, fiftieth round": ("unseen_ads_50", "postcode", 36, 0.97, 0.99),
    "plates, fiftieth round": ("unseen_ads_50", "plate", 12, 0.99, 0.99),
    "ages, fiftieth round": ("unseen_ads_50", "age", 17, 0.94, 0.94),
}


@pytest.mark.parametrize(("name", "kind", "least", "recall", "precision"), ATTRIBUTES.values(), ids=list(ATTRIBUTES))
def test_attributes_of_unseen_texts_are_read(name: str, kind: str, least: int, recall: float, precision: float) -> None:
    told = found = right = 0
    wrong = []
    for row in _rows(name):
        values = {value for value in row["identifiers"] if value.startswith(f"{kind}:")}
        values |= {f"{kind}:{value}" for value in row.get(f"{kind}s", ())}
        seen = {item.identifier for item in extract(row["text"], kinds=[kind], region=row["region"])}
        told, found, right = told + len(values), found + len(seen), right + len(seen & values)
        if seen != values:
            wrong.append((row["id"], sorted(seen ^ values)))
    assert told >= least
    assert right >= recall * told, wrong
    assert right >= precision * found, wrong
