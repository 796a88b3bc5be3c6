"""Numbers that are read in one go, plain and hidden ones, are those that reading group by group finds."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from minerva.identifiers import (
    characters,
    digit_chains,
    digit_runs,
    digit_stretches,
    extract,
    id_labels,
    number_labels,
    phone_context,
    phone_plain,
    phone_shapes,
    phone_tokens,
    simple_runs,
    word_roles,
)
from minerva.identifiers.evidence import Evidence

WORDS = st.sampled_from(
    ["zero", "one", "Two", "THREE", "four", "five", "six", "seven", "eight", "nine", "oh", "to", "No", "I", "cinco",
     "uno", "ocho", "três", "девять", "4one5", "five5", "fivefive", "double", "hundred", "4", "15", "555", "0123",
     "12345678", "24", "x", "📞"]
)  # fmt: skip
SIGNS = st.sampled_from(
    [" ", " ", " ", " ", "-", ", ", ", ", ". ", ". ", ".", ",", "  ", " - ", "\n", "+", " plus ", "/", "🌸", "; ", "$"]
)
DIGITS = st.sampled_from([*"01234567899955", "415", "555", "0123", "2025559548"])
ODD = st.sampled_from(
    ["*", "🌸", "_", "~", "|", "(", ")(", ")", ", ", ",", ":", "=", "-", " ", "\n", "+", "x", "@", "€"]
)  # fmt: skip
GROUPS = st.sampled_from(
    ["415", "555", "0123", "30", "80", "60", "150", "94103", "1234", "0", "44", "11", "2025559548", "5551234", "2024"]
)
PLAIN = st.sampled_from(
    [" ", " ", " ", "-", ".", "/", " /", "//", " - ", ")", ") ", ") ", ")(", "(", " (", ". (", ". ", "  "]
)
BEFORE = st.sampled_from(
    [
        "",
        "call ",
        "a",
        "cell",
        "2l",
        "é",
        "📞",
        "²",
        "(",
        " (",
        "((",
        "+",
        "$",
        "id ",
        "http://a.b/c",
        "www.a.b c",
        "5.",
    ]
)
BEHIND = st.sampled_from(
    ["", ".", " now", " geöffnet", " po\u017fte 5", " e\u212ar", " ext 5", " ex", ")", ").", ") now", ") ext 5", "))",
     " kr", " dóla", ",50", "%", " près", ". R"]
)  # fmt: skip
REGIONS = st.sampled_from(["US", "US", "GB", "FR", None])


def found(text: str, region: str | None) -> list[Evidence]:
    return extract(text, kinds=["phone"], region=region)


def group_by_group(text: str, region: str | None) -> list[Evidence]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(simple_runs, "simple", lambda *_: None)
        patch.setattr(digit_chains, "_single_digits", lambda chain, text: digit_chains._tokens(chain, "", text))
        patch.setattr(phone_tokens, "_nearly_whole", lambda *_: None)
        patch.setattr(phone_tokens, "_whole", lambda *_: None)
        patch.setattr(digit_runs, "_rows", {})
        patch.setattr(digit_runs, "_row", lambda shape: (digit_runs._CUT, 0))
        return found(text, region)


@settings(max_examples=600, deadline=None)
@given(st.lists(st.tuples(WORDS, SIGNS), min_size=5, max_size=18), REGIONS)
def test_a_stretch_of_words(pairs: list[tuple[str, str]], region: str | None) -> None:
    text = "".join(word + sign for word, sign in pairs)
    assert found(text, region) == group_by_group(text, region)


GLUED = st.lists(
    st.sampled_from(["0", "001", "five", "five5", "two", "no", "oh", "\u3012", "\xb2", "\u4e94", "\xe9"]),
    min_size=1,
    max_size=4,
).map("".join)


@settings(max_examples=1000, deadline=None)
@given(st.lists(st.tuples(GLUED | WORDS, SIGNS | st.just("-")), min_size=2, max_size=6))
@example([("\u3012100", "-"), ("0001five5five", "-")])
def test_a_run_read_in_one_go_holds_digits_alone(pairs: list[tuple[str, str]]) -> None:
    text = "".join(word + sign for word, sign in pairs)
    encoded = text.encode()
    for _, _, run in digit_stretches.places(text, encoded, encoded, False):
        assert run is None or re.fullmatch("[0-9]+", run.digits) is not None


@settings(max_examples=600, deadline=None)
@given(st.lists(st.tuples(DIGITS, ODD), min_size=4, max_size=16), ODD, st.booleans(), REGIONS)
def test_groups_with_odd_signs_between(
    pairs: list[tuple[str, str]], sign: str, alike: bool, region: str | None
) -> None:
    text = "call " + "".join(digits + (sign if alike else other) for digits, other in pairs) + " now"
    assert found(text, region) == group_by_group(text, region)


@settings(max_examples=1500, deadline=None)
@given(BEFORE, st.lists(st.tuples(GROUPS, PLAIN), min_size=1, max_size=8), GROUPS, BEHIND, REGIONS)
def test_groups_with_plain_signs_between(
    before: str, pairs: list[tuple[str, str]], last: str, behind: str, region: str | None
) -> None:
    text = before + "".join(digits + sign for digits, sign in pairs) + last + behind
    fast = found(text, region)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(phone_plain, "quick_verdicts", False)
        assert found(text, region) == fast


@pytest.mark.parametrize("behind", ["", ")", ", 5", ";", " x", " poste 5", " \u20ac"])
def test_groups_like_a_date_behind_a_plus_sign_are_read_so_with_care_too(
    behind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "+44 30 30 30-30-30" + behind
    fast = found(text, "GB")
    assert [item.value for item in fast] == ["+443030303030"]
    monkeypatch.setattr(phone_plain, "quick_verdicts", False)
    assert found(text, "GB") == fast


@pytest.mark.parametrize("behind", [")", ").", ") now", "))", ") ext 5"])
def test_a_bracket_that_closes_is_part_of_a_number_that_begins_the_text(behind: str) -> None:
    (item,) = found(f"30(94103 415{behind}", "US")
    assert item.raw == "30(94103 415" + (") ext 5" if behind.endswith("5") else ")")


PLUS = ["+2024 - 2024/415", "+2024 - 2024 - 415", "+2024-2024-415", "+415 555 30-0-30"]


@pytest.mark.parametrize("text", PLUS)
def test_no_year_and_no_date_begins_behind_a_plus_sign(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    fast = found(text, None)
    monkeypatch.setattr(phone_plain, "quick_verdicts", False)
    assert found(text, None) == fast
    assert [item.raw for item in fast] == [text]


DASHES = ("dash", "dot", "punto")
BESIDE = re.compile("[0-9] +(?:{0}) | (?:{0}) +[0-9]".format("|".join(DASHES)).encode())


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from([*DASHES, *DASHES, "dots", "5", "a5", "5a", "x", "", ""]), max_size=9).map(" ".join))
def test_a_word_for_a_dash_beside_a_digit(text: str) -> None:
    spaced = text.encode()
    beside = [word for word in DASHES if digit_stretches.is_beside_digit(word.encode(), spaced)]
    assert bool(beside) == (BESIDE.search(spaced) is not None)


@pytest.mark.parametrize("gap", [" ", " - ", ". ", "  "], ids=repr)
def test_a_sign_before_a_digit_that_follows_is_no_part_of_the_number(gap: str) -> None:
    (item,) = found(f"call (202) 555-9548{gap}7 days", "US")
    assert item.raw == "(202) 555-9548"


@pytest.mark.parametrize(
    ("text", "raw"),
    [
        ("Write to two one six five five 5 six eight 6 7.", "two one six five five 5 six eight 6 7"),
        ("two, zero, six, five, five, five, eight, seven, seven, nine. No fees", None),
        ("room 24. seven one three five five five zero one eight four", None),
        ("dos uno seis cinco cinco cinco ocho cuatro dos 9. No", None),
        ("2*0*6*5*5*5*8*7*7*9*5 now", "2*0*6*5*5*5*8*7*7*9"),
    ],
    ids=["weak word before", "weak word behind", "group before", "group and word behind", "digit behind"],
)
def test_what_stands_beside_a_number_is_no_part_of_it(text: str, raw: str | None) -> None:
    (item,) = found(text, "US")
    assert group_by_group(text, "US") == [item]
    assert raw is None or item.raw == raw


@pytest.mark.parametrize("text", ["call 415-555-0123", "name 2x4155550123", "id 123 2025559548\n4155550123"])
def test_answers_kept_may_be_forgotten_at_any_time(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Memories are emptied when full: a text reads the same before and after, whatever was met between."""
    told = extract(text, region="US")
    for module, most in (
        (phone_shapes, "_MOST_WAYS"), (digit_runs, "_MOST_ROWS"), (word_roles._Roles, "MOST"),
        (number_labels.MayBeLabel, "MOST"), (id_labels._MayBeId, "MOST"), (characters._Replaced, "MOST"),
    ):  # fmt: skip
        monkeypatch.setattr(module, most, 2)
    for other in ("ring 07700 900123 or ٤١٥٥٥٥٠١٢٣, ref 9", "four one five 555-0199; two", "4*1*5*5*5*5*0*1*2*3", text):
        extract(other, region="GB")
        assert extract(text, region="US") == told


WRAPPED = ["call 415 555\n0123 now", "415\n555-0123", "1-415-555\n0123", "415.555\n0123"]
NOT_WRAPPED = ["415 555\n0123 666", "12 415 555\n0123", "415 555\n\n0123", "41 5555\n0123"]


@pytest.mark.parametrize("text", WRAPPED, ids=repr)
def test_a_line_that_ends_within_a_number_of_north_american_shape(text: str) -> None:
    (item,) = found(text, "US")
    assert (item.value, item.method) == ("+14155550123", "split")


@pytest.mark.parametrize("text", NOT_WRAPPED, ids=repr)
def test_other_groups_over_lines_are_no_number(text: str) -> None:
    assert found(text, "US") == []


def test_web_addresses_are_looked_for_once_in_a_text(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def spans(text: str) -> list[tuple[int, int]]:
        asked.append(text)
        return []

    monkeypatch.setattr(phone_context, "web_spans", spans)
    found("555-0123 on] \u24d0_l5] " * 50, "DE")
    assert 0 < len(asked) < 3
