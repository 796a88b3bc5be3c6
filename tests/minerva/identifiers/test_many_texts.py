"""Many texts read in lockstep give what each gives alone."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.identifiers import case_file, world_ads
from minerva.identifiers import (
    KINDS,
    Evidence,
    extract,
    extract_each,
    lockstep,
    mail_forms,
    phone,
    phone_steps,
    phone_texts,
)
from minerva.identifiers.__main__ import at_hand, extract_lines
from minerva.identifiers.kept import SHORT_TEXT, answers_to
from minerva.identifiers.lockstep import Search, alone, groups, together
from proofs.identifiers_fuzz import PIECES, REGIONS

EVERY_KIND = [kind.NAME for kind in KINDS]
ASKED = st.sampled_from([None, ["phone"], ["email"], ["email", "url", "domain"], ["username", "phone"], EVERY_KIND])
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=20).map("".join)


def one_by_one(texts: Sequence[str], regions: Sequence[str | None], kinds: list[str] | None) -> list[list[Evidence]]:
    return [extract(text, kinds=kinds, region=region) for text, region in zip(texts, regions, strict=True)]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(TEXTS, st.sampled_from(REGIONS)), max_size=8), ASKED)
def test_texts_of_all_sorts_are_read_together_as_alone(
    given_texts: list[tuple[str, str | None]], kinds: list[str] | None
) -> None:
    texts, regions = [text for text, _ in given_texts], [region for _, region in given_texts]
    assert extract_each(texts, kinds=kinds, regions=regions) == one_by_one(texts, regions, kinds)


@pytest.mark.parametrize("kinds", [["phone"], ["email"], None], ids=["phones", "e-mails", "all kinds"])
@pytest.mark.parametrize("name", ["plain_ads", "hidden_ads", "emails", "benign", "unseen_ads_8"])
def test_case_files_are_read_together_as_alone(name: str, kinds: list[str] | None) -> None:
    cases = case_file(name)
    texts, regions = [case.text for case in cases], [case.region for case in cases]
    assert extract_each(texts, kinds=kinds, regions=regions) == one_by_one(texts, regions, kinds)


def test_more_texts_than_a_group_holds_keep_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lockstep, "MOST_TEXTS", 7)
    ads = world_ads(40, 5, 0.3)
    texts, regions = [ad.text for ad in ads], [ad.region for ad in ads]
    found = extract_each(texts, kinds=["phone"], regions=regions)
    assert found == one_by_one(texts, regions, ["phone"])
    assert len({item.value for own in found for item in own}) > 15


def test_without_regions_none_is_known() -> None:
    texts = ["call 415 555 0123", "", "+44 20 7946 0123"]
    assert extract_each(texts, kinds=["phone"]) == one_by_one(texts, [None] * 3, ["phone"])
    assert extract_each([], kinds=["phone"]) == []


def test_as_many_regions_as_texts_are_wanted() -> None:
    with pytest.raises(ValueError, match="2 texts and 1 regions"):
        extract_each(["a", "b"], regions=["US"])


def counted(steps: list[int], passed: list[tuple[str, int]], name: str) -> Search[str]:
    for step in steps:
        yield step
        passed.append((name, step))
    return name


def test_a_step_is_done_in_all_searches_before_the_next_one() -> None:
    passed: list[tuple[str, int]] = []
    steps = {"a": [1, 3], "b": [3], "c": [], "d": [1, 2, 3]}
    assert together([counted(own, passed, name) for name, own in steps.items()]) == list("abcd")
    assert passed == [("a", 1), ("d", 1), ("d", 2), ("b", 3), ("a", 3), ("d", 3)]


def test_a_search_may_go_back_and_be_alone() -> None:
    passed: list[tuple[str, int]] = []
    assert together([counted([4, 1, 4], passed, "a"), counted([2, 4], passed, "b")]) == ["a", "b"]
    assert [step for name, step in passed if name == "a"] == [4, 1, 4]
    assert alone(counted([5, 5, 0], passed, "c")) == "c"


def test_all_steps_have_a_place() -> None:
    named = [value for name, value in vars(phone_steps).items() if name.isupper()]
    assert sorted(named) == list(range(lockstep.STEPS))
    assert mail_forms.HOSTS < lockstep.STEPS


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [([], []), ([0], [1]), ([1] * 5, [3, 2]), ([9, 1, 1], [1, 2]), ([4, 4, 4, 50, 1], [2, 1, 1, 1]), ([50], [1])],
    ids=["none", "an empty one", "five", "a long one first", "a very long one", "only a very long one"],
)
def test_groups_hold_few_texts_and_few_characters(
    sizes: list[int], expected: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lockstep, "MOST_TEXTS", 3)
    monkeypatch.setattr(lockstep, "MOST_CHARACTERS", 9)
    assert list(groups(["x" * size for size in sizes])) == expected


def test_short_texts_are_read_once_and_kept() -> None:
    asked: list[list[str]] = []

    def read(texts: Sequence[str], regions: Sequence[str | None]) -> list[str]:
        asked.append(list(texts))
        return [f"{text[:3]} in {region}" for text, region in zip(texts, regions, strict=True)]

    known: dict[tuple[str, str | None], str] = {}
    long = "long" * SHORT_TEXT
    pairs = [("a", None), (long, None), ("a", None), ("a", "US"), (long, None)]
    expected = ["a in None", "lon in None", "a in None", "a in US", "lon in None"]
    assert answers_to(pairs, known, read) == expected
    assert answers_to(pairs, known, read) == expected
    assert asked == [["a", long, "a", long], [long, long]]


def test_lines_that_come_in_pieces_are_put_together() -> None:
    class InPieces(io.BytesIO):
        def read1(self, size: int | None = -1) -> bytes:
            return super().read1(5)

    text = b"one\ntwo and more\n\nlast"
    assert [line for lines in at_hand(InPieces(text)) for line in lines] == text.split(b"\n")
    assert list(at_hand(io.BytesIO(text + b"\n"))) == [text.split(b"\n")]
    assert list(at_hand(io.BytesIO(b""))) == []


def test_bad_lines_among_others_keep_their_places() -> None:
    lines = ['{"id": 1, "text": "call 415 555 0123", "region": "US"}', "no", '{"id": 2}', '{"id": 3, "text": ""}', "[]"]
    answers = extract_lines(lines, ["phone"], None)
    assert [answer["id"] for answer in answers] == [1, None, 2, 3, None]
    assert ["error" in answer for answer in answers] == [False, True, True, False, True]
    assert [len(answer["identifiers"]) for answer in answers] == [1, 0, 0, 0, 0]


def test_a_line_is_answered_before_the_next_one_comes() -> None:
    command = [sys.executable, "-m", "minerva.identifiers", "--region", "US", "--kinds", "phone"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for number in range(2):
            process.stdin.write(json.dumps({"id": number, "text": "call 415 555 0123"}).encode() + b"\n")
            process.stdin.flush()
            # No end of input is needed for it.
            assert json.loads(process.stdout.readline())["id"] == number
        process.stdin.close()


def test_evidence_is_the_same_however_phones_are_asked_for() -> None:
    text = "call four 1 five, five5five oh one two three"
    by_texts = phone_texts.in_texts([text], ["US"], "title")
    assert by_texts == [phone.in_text(text, "US", "title")]
    assert by_texts == [extract(text, kinds=["phone"], region="US", field="title")]
    assert by_texts[0][0].field == "title"
