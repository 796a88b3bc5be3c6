"""What keeps a text from a reading never keeps one from it that would find something."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from minerva.identifiers import (
    digit_runs,
    digit_stretches,
    digit_words,
    extract,
    lexicon,
    lookalike_runs,
    native_words,
    number_labels,
    numbering,
    telling_words,
)
from minerva.identifiers.phone_shapes import BEFORE, KINDS
from minerva.identifiers.phone_tokens import Hit

SIGNS = st.text(alphabet="0123456789" * 3 + "*_- .:'\"$/a", max_size=60)
NATIVE = "一三八零九 5o-、،のab:\U0001f338\n"
COLONS = re.compile(
    rb"[0-9](?:[0-9]+::?[0-9]{2,4}::?[0-9]{2,4}::?[0-9]|[0-9]{2}::?[0-9]{3}::?[0-9]{3}"
    rb"|::?[0-9]::?[0-9](?: ?::? ?[0-9]){3}| ::? [0-9]{1,4} ::? [0-9]{1,4}(?![0-9]))"
)
NOTHING, IN_WORDS, IN_PARTS, IN_ORDER, ANYTHING = (
    0, telling_words.IN_WORDS, telling_words.IN_PARTS, telling_words.IN_ORDER, telling_words.ANYTHING,
)  # fmt: skip
TOLD = [
    ("rooms to let near the river", NOTHING),
    ("call five", ANYTHING),
    ("mail dot example", NOTHING),
    ("555 dot 0123", IN_WORDS),
    ("the offer begins on Monday", IN_PARTS),
    ("the offer ends on Monday", IN_PARTS),
    ("415 then 555", IN_WORDS | IN_PARTS),
    ("written backwards", IN_ORDER),
]
IN_AND_AROUND = ["four", "five", "zero", "seis", "and", "dash", "415", "555", "0143", "O4I9", "37O", "4one", "call",
                 "me", ""]  # fmt: skip
TELLING = [
    *sorted(lexicon.MEANINGS)[::5],
    *sorted(lexicon.LEET)[::5],
    *sorted(telling_words._MARKS)[::3],
    *sorted(word.decode() for word in telling_words._NAMES_PART)[::9],
    "then", "area", "rest", "begin",
]  # fmt: skip


@settings(max_examples=500, deadline=None)
@given(SIGNS | st.text(alphabet="01* é", max_size=60) | st.text(alphabet="012345*\U0001f338\u4e8c é_a", max_size=80))
def test_odd_runs_are_looked_for_where_the_whole_pattern_matches(text: str) -> None:
    kinds = b" " * BEFORE + text.encode().translate(KINDS)
    pattern = re.compile(r"[0-9](?:[\W_]{0,7}[0-9]){6,40}")
    assert list(digit_runs._odd_spans(text, kinds)) == [match.span() for match in pattern.finditer(text)]


@settings(max_examples=500, deadline=None)
@given(SIGNS | st.text(alphabet="0123oOlS :.-a", max_size=40), st.booleans())
def test_digits_are_gathered_where_the_single_looks_say_so(text: str, found: bool) -> None:
    gathered = digit_runs.gathered(text.encode(), found)
    between = r"[^\w\s$%:]" if found else r"[^\w$%:]"
    dense = re.search(rf"[0-9](?:{between}*[0-9]){{6}}", text.replace("_", "")) or COLONS.search(text.encode())
    assert (gathered == digit_runs.DENSE) == (dense is not None)
    if found:
        assert gathered > digit_runs.FAR
    else:
        signs = re.sub(r"[^\w$%:|!]|_", "", text).translate(lookalike_runs.TO_DIGITS)
        assert (gathered > digit_runs.FAR) == (dense is not None or re.search("[0-9]{7}", signs) is not None)
        assert gathered > digit_runs.FAR or not lookalike_runs.may_hold(text.encode())


@pytest.mark.parametrize("sorts", [b"..sg.w", b"gggggg", b"m", b".m.w.ww", b"s.", b"wfw.g.fg"])
def test_the_stretches_of_weak_words_are_those_of_firm_ones_and_more(sorts: bytes) -> None:
    firm, rows = digit_stretches._around_firm(sorts), digit_stretches._in_row(sorts)
    assert [span for span in firm if span[1] - span[0] > 1 or sorts[span[0] : span[1]] == b"m"] == [
        span for span in rows if set(sorts[span[0] : span[1]]) & set(b"smf")
    ]
    assert b".".join(sorts[start:end] for start, end in rows) == b".".join(
        row for row in sorts.split(b".") if len(row) > 1 or row == b"m"
    )


LABELS = ["ISBN", "isbn-13", "order no", "Order #", "serial number", "p. iva", "part. IVA", "Teilenr", "art. nr",
          "artno", "Ordrenummer", "viitenro", "tuote", "invoice", "call no", "my number", "n", "tel"]  # fmt: skip


@settings(max_examples=500, deadline=None)
@given(st.sampled_from(["", "x ", "the "]), st.sampled_from(LABELS),
       st.sampled_from([" ", ": ", " AB12 34 ", " AB12 34. ", " 12 ", " X-", "-", " a "]))  # fmt: skip
def test_a_label_is_looked_for_where_one_may_end(before: str, label: str, between: str) -> None:
    text = before + label + between
    if number_labels._LABELED.search(text + "4155550123", 0, len(text)) is not None:
        assert number_labels._may_name(text + "4155550123", len(text))


@pytest.mark.parametrize("between", [" ", ": "], ids=["blank", "colon"])
@pytest.mark.parametrize("label", sorted({*LABELS, "artnr", "artikelno", "Ordreno", "viitenumero", "tilausnro"}))
def test_a_label_right_before_a_number_passes_both_looks(label: str, between: str) -> None:
    text = label + between
    if number_labels._LABELED.search(text) is not None:
        assert number_labels._may_be_named(text[-4:])
        assert number_labels._may_name(text, len(text))


@settings(max_examples=500, deadline=None)
@given(st.text(alphabet="012::- ", max_size=30))
def test_digits_between_colons_are_found_from_their_colons_on(text: str) -> None:
    encoded = text.encode()
    between = digit_runs._COLON in encoded and digit_runs._COLONS.search(encoded) is not None
    assert between == (COLONS.search(encoded) is not None)


@pytest.mark.parametrize(("text", "what"), TOLD, ids=[text for text, _ in TOLD])
def test_words_tell_of_what_can_be_hidden(text: str, what: int) -> None:
    assert telling_words.told(text.encode()) & ANYTHING == what


@settings(max_examples=1000, deadline=None)
@given(
    st.lists(st.sampled_from(TELLING) | st.text("abeinorstwz", max_size=4), max_size=2).map("".join),
    st.text("0134579", max_size=4),
)
def test_a_word_is_only_taken_for_a_silent_one_at_first_sight_if_it_tells_nothing(letters: str, digits: str) -> None:
    word = (letters + digits).encode().lower()
    assert not (telling_words._tells_nothing(word) and telling_words._told_by(word))


@pytest.mark.parametrize("word", ["première", "últimas", "końcu", "конец"])
def test_words_with_letters_beyond_ascii_tell_as_much_in_capitals(word: str) -> None:
    small, large = telling_words.told(word.encode()), telling_words.told(word.upper().encode())
    assert small == large != NOTHING


@pytest.mark.parametrize(
    ("text", "may_be"),
    [
        ("my number starts with 604 555 and the rest is 0185", True),
        ("starts with 604 555", False),
        ("the rest is 0185", False),
    ],
    ids=["first and last part", "a first part alone", "a last part alone"],
)
def test_a_number_is_in_several_places_only_where_words_name_a_first_and_a_later_part(text: str, may_be: bool) -> None:
    told = telling_words.told(text.encode())
    assert (told & telling_words.IN_PLACES == telling_words.IN_PLACES) is may_be


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(["x", "5", "dot", "dash", "then", "after", "zwei", "ling", "wu", "no", "fivefive",
                                 "zer0", "one", "of", "backwards", ""]), max_size=12).map(" ".join))  # fmt: skip
def test_no_search_for_digit_words_is_left_out_that_would_begin(text: str) -> None:
    encoded = text.encode()
    if digit_stretches.opened_by(encoded, encoded, found=False) is not None:
        assert telling_words.told(encoded) & IN_WORDS


@settings(max_examples=1000, deadline=None)
@given(st.lists(st.sampled_from(IN_AND_AROUND), max_size=24).map(" ".join))
def test_words_that_tell_nothing_before_the_first_that_does_are_no_number(text: str) -> None:
    """Weak words aside, of which `o 415 415 415 o` alone would be one; before a digit word it is as little read as in a
    text without any."""
    encoded = text.encode()

    def found() -> list[Hit]:
        places = digit_stretches.places(text, encoded, encoded, found=False)
        return digit_words.numbers_in(text, places, numbering.hinted("US"))

    telling_words.told(encoded)
    of_the_rest = found()
    digit_stretches.tells_from = b"", 0
    assert of_the_rest == found()


GLUED_PARTS = [
    "o", "l", "i", "s", "O", "ss", "oi", "ol", "oh", "x", "é", "з", "n", "le", "-", " ", " ", ". ", "five", "one",
    "two", "zero", "six", "seven", "eight", "nine", "four", "three", "tres", "acht", "drei", "ek", "no", "nein", "ten",
    "twenty", "double", "39", "3", "415", "555", "0149", "39097065",
]  # fmt: skip


@settings(max_examples=1000, deadline=None)
@example("one ", ["five", "o", "39097065"], "")
@example("one ", ["O", "eight", "339390149"], "")
@example("soixante. ", ["five", "\u022c", "39097065"], "")
@example("", ["eight", "555", "zero", "0149", "no"], "")
@given(
    st.sampled_from(["one ", "soixante. ", "six ", "two (", ""]),
    st.lists(st.sampled_from(GLUED_PARTS), min_size=2, max_size=8),
    st.sampled_from(["", " one", " end"]),
)
def test_words_and_digits_glued_together_are_read_as_in_the_whole_text(
    before: str, parts: list[str], behind: str
) -> None:
    text = before + "".join(parts) + behind
    encoded = text.encode()
    if digit_stretches.opened_by(encoded, encoded, found=False) is None:
        return
    places = digit_stretches.places(text, encoded, encoded, found=False)
    rules = numbering.hinted("US")
    assert digit_words.numbers_in(text, places, rules) == digit_words.numbers_in(text, [(0, len(text), None)], rules)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("one fiveo39097065", "+15039097065"),
        ("one eighto44155501", "+18044155501"),
        ("one fivea39097065", None),
        ("\U0001f338п'ять нуль один 4003150", "+15014003150"),
    ],
    ids=["an O behind a digit word", "another one", "an A", "a picture before a word with a sign within"],
)
def test_what_is_glued_to_a_digit_word_keeps_no_number_from_being_read(text: str, number: str | None) -> None:
    found = [item.value for item in extract(text, kinds=["phone"], region="US")]
    assert found == ([number] if number else [])


def test_one_native_digit_word_begins_like_signs_that_are_no_letters() -> None:
    assert {word for word in native_words._OPENING if word.encode()[:1] == b"\xe2"} == {native_words._CIRCLE}


@pytest.mark.parametrize(
    ("text", "digits"),
    [("one\n一三八零零九", "1138009"), ("one然后三八零零九二", "1380092")],
    ids=["a line's end", "a word that links"],
)
def test_a_latin_word_begins_a_run_of_native_ones_over(text: str, digits: str) -> None:
    assert [run.digits for run in native_words.runs(text, text.encode())] == [digits]


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from([*NATIVE, "one", "seven ", "ห้า", "หนึ่ง"]), max_size=40).map("".join))
def test_runs_of_native_digit_words_are_looked_for_where_the_whole_pattern_matches(text: str) -> None:
    _, part, chain, _ = native_words.patterns()
    expected = []
    for match in chain.finditer(text):
        parts = list(part.finditer(text, *match.span()))
        if sum(each[0] in lexicon.NATIVE for each in parts) > 1 and len(parts) >= 7:
            expected.append((parts[0].start(), parts[-1].end()))
    assert [(run.start, run.end) for run in native_words.runs(text, text.encode())] == expected
