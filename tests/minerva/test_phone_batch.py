"""Reading the phones of many texts at once gives what reading them one by one gives."""

from __future__ import annotations

import random
import re
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from demo.world import LEVELS, build
from minerva.identifiers import (
    extract,
    numbering,
    phone,
    phone_gates,
    phone_plain,
    phone_shapes,
    phone_texts,
)
from minerva.identifiers.annotate import Search, read_options
from minerva.identifiers.spans import without
from tests.minerva.test_identifiers import TEXTS
from tests.minerva.test_speed_paths import LIBRARY, REGIONS, SIGNS
from tests.minerva.test_speed_paths import _dialed as dialed

phone_batch_numpy = pytest.importorskip("minerva.identifiers.phone_batch_numpy")
HINTS = st.sampled_from([None, "US", "GB", "AU", "IT", "FR", "BR", "MX", "RU", "ID", "DE", "no region"])
SHAPES = st.sampled_from(
    ["415 555 0123", "(415) 555-0123", "+1 415.555.0123", "+44 (0)20 7946 0123", "07700 900123", "0044 7700 900123",
     "0412 983 724", "8 912 345-67-89", "4155550123", "415-555-0123 24", "7 415-555-0123", "12/05/2024", "2024-11-23",
     "192.168.100.25", "4111 1111 1111 1111", "ref # 4155550123", "1111111111", "41 55 55 01 23", "00", "011", "0", "+",
     "(", ")", " ", "  ", "   ", "\n", "\x1e", "\0", "\x81", "?", "£", "é", "я", "📞", "\u200b", "５", "ext 5",
     " eur", " €", "x", ",50", ".", "five", "4one5", ".pdf", "*", "\ud800", "https://a.example/4155550123",
     "wa.me/14155550123", "5" * 40, "1 " * 30, "/", "=", ":", "23.11.2026 - 30.11.2026", "1/2/26- 3/2/26", "94103-1234",
     "06 39 98 01 09", "+33 6 39 98 01 09", "0033639980109", "123-45-6789", "214. 30/80 60/150",
     "24. 4155550123", "nol dua 8 lima 7788 9900", "acht"]
)  # fmt: skip
ODD = st.lists(st.one_of(SHAPES, SIGNS, st.text(max_size=3)), max_size=14).map("".join)


def both(texts: list[str], regions: list[str | None]) -> None:
    given_ = phone_batch_numpy.find_all(texts, regions).evidence(texts, "text")
    wanted = [extract(text, kinds=["phone"], region=region) for text, region in zip(texts, regions, strict=True)]
    assert given_ == wanted


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.one_of(TEXTS, ODD, st.lists(SIGNS, max_size=20).map("".join)), HINTS), max_size=12))
def test_many_texts_are_read_as_one_by_one(cases: list[tuple[str, str | None]]) -> None:
    both([text for text, _ in cases], [region for _, region in cases])


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("hubungi kosong 8 lima dua 7788 9900 ya", "ID"),
        ("hubungi kosong 8 lima dua 7788 9900, jam 10:30-12:45:22 atau 12.345.678,90", "ID"),
        ("null eins sieben eins 39200123 (24 Std. 7/24/365 99-99)", "DE"),
    ],
)
def test_a_number_that_begins_in_words_is_read_as_one_by_one(text: str, region: str) -> None:
    filler = "room 12, call 0171 39200123"
    both([text, filler] * 60, [region, "DE"] * 60)


@pytest.mark.parametrize("level", LEVELS.values(), ids=list(LEVELS))
def test_the_worlds_texts_are_read_as_one_by_one(level: Any, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(phone_batch_numpy, "MOST_TEXTS", 700)
    world = build(records=900, seed=seed, level=level, held_back=True)
    rows = [item.row for published in world.published.values() for item in published]
    texts = [" | ".join(map(str, row.values())) for row in rows] + [str(row.get("body", "")) for row in rows]
    assert len(texts) > phone_batch_numpy.MOST_TEXTS
    chance = random.Random(seed)
    both(texts, [chance.choice(["US", "US", "GB", None]) for _ in texts])


def test_numbers_of_every_region_are_read_as_one_by_one(seed: int) -> None:
    chance = random.Random(seed)
    examples = [
        (region, str(number.country_code), LIBRARY.national_significant_number(number))
        for region in REGIONS
        for kind in range(11)
        if (number := LIBRARY.example_number_for_type(region, kind)) is not None
    ]
    texts: list[str] = []
    regions: list[str | None] = []
    for _ in range(12_000):
        digits, plus, region = dialed(chance, examples)
        before = "+" if plus else chance.choice(["", "", "", "00", "011", "(", "0"])
        texts.append(f"call {before}{digits}{chance.choice(['', ' now', ', ask', '.', ' 24 hours', '-22'])}")
        regions.append(region)
    both(texts, regions)
    assert len(phone_batch_numpy.find_all(texts, regions).numbers) > 2_000


@pytest.mark.parametrize(
    ("text", "region", "number"),
    [
        ("Call 07700 900653 now", "GB", "+447700900653"),
        ("Tel: 06-39-98-01-24", "FR", "+33639980124"),
        ("Tel: +33 6 39 98 01 00", "FR", "+33639980100"),
        ("Tel: 0033639980037 pas", "FR", "+33639980037"),
        ("in zip 94103-1234. Call 702 555 0199 walk ins", "US", "+17025550199"),
        ("only 23.11.2026 - 30.11.2026. Call 0113.496.0512 no", "GB", "+441134960512"),
        ("room 214. 30/80 60/150. Call 4155550146 Ref", "US", "+14155550146"),
    ],
    ids=["fiction", "fiction in pairs", "fiction abroad", "fiction behind 00", "postcode", "two dates", "prices"],
)
def test_what_no_plan_knows_or_is_no_number_keeps_no_text_from_the_arrays(
    text: str, region: str, number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    left: list[str] = []

    def read(texts: list[str], rules: Any) -> list[Any]:
        left.extend(texts)
        return [[] for _ in texts]

    monkeypatch.setattr(phone_texts, "hits_in_each", read)
    assert phone_batch_numpy.find_all([text], [region]).numbers == [number]
    assert left == []


@pytest.mark.parametrize("count", [3, 99, 100, 101])
def test_few_texts_and_many_are_read_alike(count: int) -> None:
    texts = [f"call 415 555 {place:04d} or 5five5 415 {place:04d}" for place in range(count)]
    found = phone_texts.find_in_all(texts, ["US"] * count)
    assert found == phone_batch_numpy.find_all(texts, ["US"] * count)
    assert set(found.texts) == set(range(count))


PIECES = st.sampled_from(
    ["four one", " five ", "dot", "no", "then", "415 then 555", "a b c", "F I V E", "10:00-20:30", "415:555:0123", ":",
     "415", "55", "5", "4l5-5S5", "O", "l", "x", " ", ".", "-", "/", "$", "%", "*", "area code 312", "in reverse", "\n",
     "dos", "tres", "nueve", "ol", "Il", "sie", "0l2", "::", "|", "!", "dash 5", "...", " (rest below) ", " the rest ",
     "call ", " first", " then ", " to finish", "begins ", "=>", "+", " plus ", " 0123", "al reves "]
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@example("$4l5-5S5-F I V E !ololl")
@example("in reverse\nololIl0l2\n|::4l5-5S5")
@example("f.i.v.e five")
@given(st.lists(PIECES, max_size=14).map("".join))
def test_a_text_in_which_nothing_may_hide_hides_nothing(text: str) -> None:
    encoded = text.encode()
    kinds = phone_shapes.kinds_of(encoded)
    rules = numbering.hinted("US")
    hits, spans, *_ = phone_plain.scan(text, rules, encoded)
    left = without(encoded, spans, b"a") if spans else encoded
    if hits or phone_gates.may_be_near(left) or phone_gates.told(encoded, left, kinds) != phone_gates.SILENT:
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(phone_gates, "every_reading", True)
        assert phone.hits_in(text, rules) == []


def test_a_long_search_reads_many_at_once_and_finds_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    options = read_options({"fields": "text", "kinds": "phone", "region": "US", "minconfidence": "0.9"})
    texts = [f"call 415 555 {number:04d} or 4{number:03d} now" for number in range(300)]
    one_by_one = Search(options).added_cells([texts], ["text"], ["US"] * 300)
    monkeypatch.setattr("minerva.identifiers.annotate._PAYS_FROM", 10)
    called: list[int] = []
    real = phone_texts.find_in_all

    def counted(*each: Any) -> Any:
        called.append(1)
        return real(*each)

    monkeypatch.setattr(phone_texts, "find_in_all", counted)
    assert Search(options).added_cells([texts], ["text"], ["US"] * 300) == one_by_one
    assert called == [1]


@pytest.mark.parametrize("before", ["яя ", "é +", "📞 ", " é(", "   ", "", "+", "📞"])
def test_a_window_is_the_same_for_bytes_and_characters_before(before: str) -> None:
    text = f"{before}415 555 2671"
    encoded = f"   {text}".encode()
    assert phone_plain.window_of(text, len(before), b"415 555 2671") == encoded[-15:].translate(phone_shapes.KINDS)


@settings(max_examples=300, deadline=None)
@given(ODD, HINTS)
def test_candidates_are_read_alike_within_a_text_and_alone(text: str, region: str | None) -> None:
    rules = numbering.hinted(region)
    runs = re.finditer(r"[0-9](?=[0-9 \-.()/\[\]\t]{6})[0-9]*(?:[ \-.()/\[\]\t]{1,4}[0-9]+)*", text)
    hits, spans, dates, are_phones, _ = phone_plain.scan(text, rules)
    alone = [phone_plain.scan(text, rules, None, run.span()) for run in runs]
    assert hits == [hit for each in alone for hit in each[0]]
    assert spans == [span for each in alone for span in each[1]]
    assert dates == [date for each in alone for date in each[2]]
    assert are_phones == all(each[3] for each in alone)
