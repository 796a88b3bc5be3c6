"""A record with parts of its texts replaced: what stays still points to where it stands, what went is nowhere."""

from __future__ import annotations

import itertools
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minerva.records import Column, Record, identify
from minerva.records.ages import band_of
from minerva.records.mentions import mentioned
from minerva.records.minimising import BIRTHS, LONG_TEXTS, MAX_TEXT, STEPS, minimised
from minerva.records.rewriting import Cut, merged, rewritten

PHONE, OTHER, EMAIL = "+1 415 555 0123", "+1 415 555 0188", "jen@mail.example"


def record(columns: tuple[Column, ...] = (), **given: Any) -> Record:
    texts = {key: value for key, value in given.items() if key in ("title", "text", "name", "url", "address")}
    made = Record.build(
        record_type="ad", source_id="ads", tenant_id="river", natural_key=given.get("key", "17"),
        observed_time="2026-11-01T10:00:00Z", texts=texts, attributes=given.get("attributes", {}),
    )  # fmt: skip
    return made.with_evidence(identify(texts, columns), {"lexicon_x": "term"} if given.get("derived") else {})


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40), st.text("xyz", max_size=4)), max_size=6))
def test_what_no_cut_touches_stays_and_what_one_touches_goes(given_cuts: list[tuple[int, int, str]]) -> None:
    text = "".join(chr(0x4E00 + place) for place in range(40))  # each place has a letter of its own
    cuts = [Cut(*each) for each in given_cuts]
    made = rewritten(record(text=text), lambda field, _: cuts if field == "text" else ())
    gone = {place for cut in cuts for place in range(cut.start, min(cut.end, 40)) if cut.start < cut.end <= 40}
    assert [char for char in made.text if char not in "xyz"] == [text[at] for at in range(40) if at not in gone]
    apart = merged(cuts, text)
    assert all(first.end <= second.start for first, second in itertools.pairwise(apart))


def test_evidence_moves_with_its_text_and_goes_with_what_was_cut() -> None:
    made = record(text=f"call {PHONE} or {OTHER}", title=f"{EMAIL}", derived=True)
    at = made.text.index(PHONE)
    found = rewritten(made, lambda field, _: [Cut(at, at + len(PHONE), "v_1")] if field == "text" else ())
    assert found.text == f"call v_1 or {OTHER}"
    assert sorted(found.identifiers) == ["email:jen@mail.example", "phone:+14155550188"]
    for item in found.evidence:
        assert getattr(found, item.field)[item.start : item.end] == item.raw
    assert found.attributes == {"lexicon_x": "term"}
    found.check()


def test_an_id_follows_from_what_is_left() -> None:
    one, two = (record(text=f"call {number}") for number in (PHONE, OTHER))
    cut = [
        rewritten(each, lambda field, text: [Cut(5, len(text), "v_1")] if field == "text" else ())
        for each in (one, two)
    ]
    assert cut[0].record_id == cut[1].record_id != one.record_id
    assert rewritten(one, lambda *_: ()) is one


@pytest.mark.parametrize(
    ("made", "mentions"),
    [
        (record(text=f"call {PHONE}"), ["phone:+14155550123"]),
        (record(name=f"Jen {PHONE}"), ["phone:+14155550123"]),  # a field that no source has searched
        (record(attributes={"bio": ["hello", f"mail {EMAIL}"]}), ["email:jen@mail.example"]),
        (record(text="$200, 19 years old"), []),
    ],
    ids=["text", "name", "attribute", "nothing strong"],
)  # fmt: skip
def test_strong_identifiers_are_found_in_every_field(made: Record, mentions: list[str]) -> None:
    assert [name for name in mentioned(made) if not name.startswith("domain:")] == mentions


def test_births_become_bands_at_the_day_of_the_observation() -> None:
    made = record(
        attributes={"Date_of_Birth": "2009-12-24", "height": "170"}, text=f"born 24.12.2009, call {PHONE}",
        title="DOB: 1990-01-05",
    )  # fmt: skip
    found = minimised(made, [BIRTHS])
    assert found.attributes == {"age_band": ("16-17",), "height": "170"}
    told = found.to_json()
    for trace in ("2009", "24.12", "1990"):
        assert trace not in told
    assert found.identifiers == ["phone:+14155550123"]
    assert minimised(found, STEPS) == found
    assert minimised(made, []) is made


def test_a_long_text_is_cut_but_never_before_an_identifier() -> None:
    long = "word " * 1000
    assert len(minimised(record(text=long), [LONG_TEXTS]).text) == MAX_TEXT
    late = minimised(record(text=f"{long}{PHONE} {long}"), [LONG_TEXTS])
    assert late.text.endswith(PHONE)
    assert late.identifiers == ["phone:+14155550123"]
    assert minimised(record(text="short"), [LONG_TEXTS]).text == "short"


@given(
    st.dictionaries(
        st.sampled_from(["dob", "Date_of_Birth", "age", "name", "born"]),
        st.one_of(st.text(max_size=30), st.integers(0, 120).map(str), st.dates().map(str)),
    )
)
def test_no_date_of_birth_is_left_of_any_attribute(attributes: dict[str, str]) -> None:
    found = minimised(record(attributes=attributes), [BIRTHS]).attributes
    assert set(found) <= {"name", "age_band"}
    assert set(found.get("age_band", ())) <= {band_of(age) for age in range(130)}
    assert json.dumps(found.get("name", "")) == json.dumps(attributes.get("name", "") and found.get("name", ""))
