"""Identifier kinds: their own examples, restraint, and properties that hold for any text."""

from __future__ import annotations

import io
import json
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minerva.identifiers import KIND_BY_NAME, KINDS, Kind, UnknownKind, extract
from minerva.identifiers.errors import InvalidIdentifier
from minerva.identifiers.kind import Example

EXAMPLES = [(kind, example) for kind in KINDS for example in kind.examples()]
IDS = [f"{kind.NAME}-{number}" for number, (kind, _) in enumerate(EXAMPLES)]
PIECES = st.sampled_from(
    ["415", "555", "0123", " ", "-", ".", "(", ")", "+", "1", "five", "cero", "oh", "@", "jen", "mail", "example",
     " at ", "[dot]", "com", "http://", "www.", "/", "ig:", "@jen on insta", "t.me/jen4u", "٤", "４", "4️⃣", "\u200b",
     "\ud800", "é", "🔥", "\n", "$", "x", "ext 12", "İ", "ﬁ", "㎏"]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=30).map("".join))


@pytest.mark.parametrize(("kind", "example"), EXAMPLES, ids=IDS)
def test_example_is_read(kind: type[Kind], example: Example) -> None:
    if example.qualifier or example.city:
        assert kind.normalize(example.text, qualifier=example.qualifier, city=example.city) == example.value
        return
    found = extract(example.text, kinds=[kind.NAME], region=example.region)
    assert [(item.raw, item.value) for item in found] == [(example.raw, example.value)]


@pytest.mark.parametrize(("kind", "example"), EXAMPLES, ids=IDS)
def test_normal_form_is_stable(kind: type[Kind], example: Example) -> None:
    assert kind.normalize(example.value) == example.value
    assert kind.normalize(kind.format(example.value)) == example.value


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(KINDS), TEXTS, st.sampled_from([None, "US", "GB", "nowhere"]))
def test_normalize_is_idempotent_or_refuses(kind: type[Kind], text: str, region: str | None) -> None:
    try:
        normal = kind.normalize(text, region=region, qualifier="", city=None)
    except InvalidIdentifier:
        return
    assert kind.normalize(normal) == normal
    assert kind.normalize(kind.format(normal)) == normal


@settings(max_examples=400, deadline=None)
@given(TEXTS, st.sampled_from([None, "US", "GB", "DE", "xx"]))
def test_spans_give_back_the_raw_text_and_values_are_normal(text: str, region: str | None) -> None:
    for item in extract(text, region=region):
        assert text[item.start : item.end] == item.raw != ""
        assert 0 < item.confidence <= 1
        assert KIND_BY_NAME[item.kind].normalize(item.value) == item.value


@pytest.mark.parametrize(
    "text",
    [
        "on 2024-11-23 10:30 and 23.11.2024", "5'7\" 120 lbs 34-24-36 age 21", "$1,415,555,012 or 1500 eur",
        "id 4155550123", "order no. 4155550123", "card 4111 1111 1111 1111", "server 192.168.100.25",
        "in town 23.11.2026 - 30.11.2026", "01.02.26 - 03.04.26 10:30 sharp", "11/23/2026- 11/30/2026 only",
        "open 2019 - 2024", "zip 90210-1234", "from two to three for one, ten to five",
        "https://shop.example/item/4155550123", "ratio 4155550123%",
    ],
)  # fmt: skip
def test_what_is_no_phone(text: str) -> None:
    assert extract(text, kinds=["phone"], region="US") == []


def test_a_phone_dialed_with_more_digits_may_have_six() -> None:
    phone = KIND_BY_NAME["phone"]
    # 006 is a prefix of Thailand for calls abroad, 43 Austria.
    assert phone.normalize("0064301111", region="TH") == "+431111" == phone.normalize("+43 1111")
    with pytest.raises(InvalidIdentifier, match="7 to 15 digits"):
        phone.normalize("43111", region="AT")


def test_a_number_is_found_beside_two_dates() -> None:
    found = extract("in town 23.11.2026 - 30.11.2026: 4l5-5S5-O123", kinds=["phone"], region="US")
    assert [item.value for item in found] == ["+14155550123"]


@pytest.mark.parametrize(
    "text", ["open readme.md or setup.py", "the end.Then we left", "tonight.no games", "e.g. this", "v1.2.3", "3.14"]
)
def test_what_is_no_domain(text: str) -> None:
    assert extract(text, kinds=["domain", "url"]) == []


@pytest.mark.parametrize("text", ["look at example.com", "meet at noon", "a@b", "@home", "price @ 5 each"])
def test_what_is_no_email(text: str) -> None:
    assert extract(text, kinds=["email"]) == []


@pytest.mark.parametrize("text", ["telegram is best", "snap judgment", "ig model", "instagram.com/p/abc", "@jen_4u"])
def test_what_is_no_username(text: str) -> None:
    assert extract(text, kinds=["username"]) == []


@pytest.mark.parametrize("number", ["+1 415 555 0199", "+1 999 555 0100", "+44 7700 900999", "+1 212 555 7788"])
def test_reserved_and_synthetic_numbers_are_valid(number: str) -> None:
    assert KIND_BY_NAME["phone"].is_valid(number)


def test_two_numbers_in_one_run_are_both_found() -> None:
    found = extract("415 555 0123 415 555 0199", region="US")
    assert [item.value for item in found] == ["+14155550123", "+14155550199"]


def test_unknown_kind_is_named() -> None:
    with pytest.raises(UnknownKind, match="unknown identifier kind 'fax'; the kinds are phone"):
        extract("x", kinds=["fax"])


def _run(arguments: list[str], text: str) -> list[dict[str, object]]:
    done = subprocess.run(
        [sys.executable, "-m", "minerva.identifiers", *arguments], input=text.encode(), capture_output=True,
        timeout=60, check=True,
    )  # fmt: skip
    return [json.loads(line) for line in io.StringIO(done.stdout.decode())]


def test_command_line_answers_every_line_in_order() -> None:
    lines = '{"id": 1, "text": "415 555 0123", "region": "US"}\nnot json\n{"id": 3}\n'
    answers = _run(["--kinds", "phone"], lines)
    assert [answer["id"] for answer in answers] == [1, None, 3]
    assert answers[0]["identifiers"] == [
        {"kind": "phone", "value": "+14155550123", "raw": "415 555 0123", "start": 0, "end": 12, "confidence": 0.87,
         "method": "digits"}
    ]  # fmt: skip
    assert [answer["identifiers"] for answer in answers[1:]] == [[], []]
    assert all("error" in answer for answer in answers[1:])


def test_command_line_checks_values() -> None:
    answers = _run(["check", "email"], "Jen@Mail.example\nnobody\n")
    assert answers[0] == {"value": "Jen@Mail.example", "valid": True, "normal": "jen@mail.example", "reason": None}
    assert (answers[1]["valid"], answers[1]["normal"], answers[1]["reason"]) == (False, None, "expected name@host")
