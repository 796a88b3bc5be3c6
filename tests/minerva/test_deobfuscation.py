"""Hidden phones and e-mails way by way, restraint, spans of normalized texts, and steps that grow with the text."""

from __future__ import annotations

import sys
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minerva.identifiers import (
    characters,
    digit_words,
    extract,
    lexicon,
    lookalike_runs,
    numbering,
    phone_halves,
)
from minerva.identifiers.reading import Reading

NUMBER = "+14155550123"
DIGITS = "4155550123"
WORDS = {
    "en": "four one five five five five zero one two three",
    "es": "cuatro uno cinco cinco cinco cinco cero uno dos tres",
    "fr": "quatre un cinq cinq cinq cinq zéro un deux trois",
    "pt": "quatro um cinco cinco cinco cinco zero um dois três",
    "de": "vier eins fünf fünf fünf fünf null eins zwei drei",
    "it": "quattro uno cinque cinque cinque cinque zero uno due tre",
    "ro": "patru unu cinci cinci cinci cinci zero unu doi trei",
    "ru": "четыре один пять пять пять пять ноль один два три",
    "nl": "vier een vijf vijf vijf vijf nul een twee drie",
    "pl": "cztery jeden pięć pięć pięć pięć zero jeden dwa trzy",
    "zh": "四一五五五五零一二三",
    "zh-latn": "si yi wu wu wu wu ling yi er san",
    "th": "สี่หนึ่งห้าห้าห้าห้าศูนย์หนึ่งสองสาม",
    "th-latn": "see neung ha ha ha ha soon neung song sam",
    "hi": "चार एक पांच पांच पांच पांच शून्य एक दो तीन",
    "ko": "사일오오오오공일이삼",
    "vi": "bon mot nam nam nam nam khong mot hai ba",
    "tr": "dört bir beş beş beş beş sıfır bir iki üç",
}
HIDDEN = {
    "glued": "fouronefive fivefivefive zeroonetwothree",
    "mixed": "4one5 five55 0one23",
    "capitals with dashes": "FOUR-ONE-FIVE-FIVE-FIVE-FIVE-ZERO-ONE-TWO-THREE",
    "repeats": "four one triple five five zero one two three",
    "pairs": "four fifteen five fifty-five oh one twenty-three",
    "fillers": "415 dash 555 dash 0123",
    "leet": "f0ur 1 f1ve 555 zer0 1 tw0 3",
    "look-alikes": "4l5-S55-O1Z3",
    "Cyrillic look-alikes": "4155550l2З",
    "stars": "415*555*0123",
    "odd signs": "415~555~0123",
    "underscores": "4_1_5_5_5_5_0_1_2_3",
    "emoji": "415🌸555🌸0123",
    "brackets": "(4)(1)(5)(5)(5)(5)(0)(1)(2)(3)",
    "keycaps": "".join(f"{digit}\ufe0f\u20e3" for digit in DIGITS),
    "circled": "④①⑤⑤⑤⑤⓪①②③",
    "mathematical": "".join(chr(0x1D7CE + int(digit)) for digit in DIGITS),
    "zero width": "\u200b".join(DIGITS),
    "Arabic digits": "٤١٥٥٥٥٠١٢٣",
    "lines": "415\n555\n0123",
    "backwards": "3210555514",
    "spelled": "f o u r  o n e  f i v e 555 0 1 t w o t h r e e",
    "leet with more digits": "f0ur 0n3 f1v3 555 z3r0 1 2 thr33",
    "area code behind": "555-0123, area code (415)",
}
MAILS = {
    "brackets": "jen4u (at) mail (dot) example",
    "braces": "jen4u{at}mail{dot}example",
    "words": "jen4u at mail dot example",
    "arroba": "jen4u arroba mail punto example",
    "chiocciola": "jen4u chiocciola mail punto example",
    "arobase": "jen4u arobase mail point example",
    "sobaka": "jen4u собака mail точка example",
    "klammeraffe": "jen4u klammeraffe mail punkt example",
    "blanks": "jen4u @ mail . example",
    "spelled": "j e n 4 u @ m a i l . e x a m p l e",
    "fullwidth": "jen4u＠mail．example",
    "code": "jen4u&#64;mail&#46;example",
    "capitals": "jen4uATmailDOTexample",
    "underscores": "jen4u_at_mail_dot_example",
    "dashes": "jen4u-at-mail-dot-example",
}


@pytest.mark.parametrize("language", WORDS)
def test_digit_words_are_read(language: str) -> None:
    text = f"Ask for Jen. {WORDS[language]} Thanks"
    assert [item.value for item in extract(text, kinds=["phone"], region="US")] == [NUMBER]


@pytest.mark.parametrize("way", HIDDEN)
def test_hidden_phone_is_read_and_points_at_its_place(way: str) -> None:
    lead = "Read it backwards: " if way == "backwards" else "Text me "
    text = f"{lead}{HIDDEN[way]} thanks"
    (found,) = extract(text, kinds=["phone"], region="US")
    assert (found.value, found.raw) == (NUMBER, HIDDEN[way])
    assert text[found.start : found.end] == found.raw


@pytest.mark.parametrize("way", MAILS)
def test_hidden_email_is_read_and_points_at_its_place(way: str) -> None:
    text = f"Write {MAILS[way]} thanks"
    (found,) = extract(text, kinds=["email"])
    assert (found.value, found.raw) == ("jen4u@mail.example", MAILS[way])
    assert text[found.start : found.end] == found.raw


@pytest.mark.usefixtures("as_stated")
def test_less_certain_ways_have_less_confidence() -> None:
    def confidence(text: str) -> float:
        return extract(text, kinds=["phone"], region="US")[0].confidence

    assert confidence("+1 415 555 0123") > confidence("415 555 0123") > confidence(HIDDEN["look-alikes"])
    assert confidence(HIDDEN["look-alikes"]) > confidence("backwards: 3210555514")


def test_price_is_no_phone_but_decoration_is_none() -> None:
    assert extract("$415 555 0123", kinds=["phone"], region="US") == []
    assert [item.value for item in extract("$$$415 555 0123$$$", kinds=["phone"], region="US")] == [NUMBER]


@pytest.mark.parametrize(
    "text",
    [
        "the party @ venue.example starts", "call me at home dot now", "look at example.com", "5 @ 4.50 each",
        "meet @ noon. com on", "we are at work. come in", "@handle.name only",
    ],
)  # fmt: skip
def test_what_is_no_email(text: str) -> None:
    assert extract(text, kinds=["email"]) == []


@given(st.text(st.sampled_from("4a \u0301\u200b４④⑩㎏🌸🔟é…⑴İ\ud800"), max_size=30))
def test_every_part_of_a_reading_has_its_place(text: str) -> None:
    reading = Reading(text)
    last = 0
    for index in range(len(reading.text)):
        start, end = reading.span(index, index + 1)
        assert last <= start < end <= len(text)
        assert text[start] in characters.STANDS_FOR or text[start] == reading.text[index]
        last = start


def test_characters_without_effect_are_told_quickly() -> None:
    harmless = "".join(chr(code) for code in range(0x500) if chr(code) not in characters.STANDS_FOR)
    assert all(characters.normalized(char)[0] == char for char in harmless)
    assert all(not characters.is_normal(char.encode("utf-8", "surrogatepass")) for char in characters.STANDS_FOR)


def test_a_folded_text_is_in_lower_case_and_as_long_as_the_text() -> None:
    for char in map(chr, range(sys.maxunicode + 1)):
        folded = characters.folded(char)
        assert len(folded) == 1, ascii(char)
        assert folded.lower() == folded, ascii(char)


def test_words_of_one_language_do_not_contradict_each_other() -> None:
    for word, meanings in lexicon.MEANINGS.items():
        assert all(value.isdigit() for value in meanings.values()), word
    assert {"en", "es", "fr", "pt", "de", "it", "ro", "ru", "zh-latn", "th-latn"} <= {
        language for meanings in lexicon.MEANINGS.values() for language in meanings
    }


HOSTILE = {
    "digits": "4", "digits apart": "4 ", "digit words": "five ", "numbers": "415-555-0123 ", "stars": "4*",
    "emoji": "4🌸", "characters": "一三", "look-alikes": "4O", "signs": "a@", "words for signs": " at ",
    "addresses": "jen@mail.example ", "labels": "a@b.c.d.", "tens": "twenty ", "dates": "2024-11-23 ",
    "dashes": "5 dash ", "letters apart": "f i v e ", "hyphens": "te-le-", "look-alikes apart": "4l5 is ",
    "addresses with letters apart": "jen_4@mail.example, bob_5 @ g.m.a.i.l . c.o.m, ",
    "explained signs": "415 5X5 01X3 (X = 5) ", "parts of two": "1/2: 415 ... ",
    "flags": "\U0001f1ec\U0001f1e7 07700 900123 ", "sentences": "find me on insta as jen_4, ",
    "Chinese addresses": "北京市朝阳区建国路88号 ",
}  # fmt: skip


def _steps(text: str) -> int:
    steps = 0

    def count(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal steps
        steps += 1

    sys.setprofile(count)
    try:
        extract(text, region="US")
    finally:
        sys.setprofile(None)
    return steps


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=list(HOSTILE))
def test_twice_the_text_takes_at_most_twice_the_steps(piece: str) -> None:
    text = piece * (3_000 // len(piece))
    extract(text, region="US")  # what is imported and compiled once counts for neither
    assert _steps(text + text) <= 2.1 * _steps(text) + 200


def test_a_text_is_not_copied_anew_for_each_number_with_a_slash() -> None:
    """A copy takes as long as the text, which steps do not show."""

    def copies(text: str) -> int:
        found = 0

        def count(frame: FrameType, event: str, argument: Any) -> None:
            nonlocal found
            found += event == "c_call" and argument.__name__ == "replace"

        sys.setprofile(count)
        try:
            assert [*lookalike_runs.runs(text)]
        finally:
            sys.setprofile(None)
        return found

    text = "Tel O171/39 2OO 63, " * 20
    assert copies(text + text) == copies(text) == 1


def test_for_a_part_of_a_number_no_more_of_the_text_is_copied_than_can_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a text full of parts each copy of all before would take as long as the text."""
    sizes: list[int] = []
    chain_at = digit_words.chain_at

    def seen(text: str, folded: str, start: int) -> tuple[str, int, int] | None:
        sizes.append(len(text))
        return chain_at(text, folded, start)

    monkeypatch.setattr(digit_words, "chain_at", seen)
    text = "tel commence par neuf huit et enfin dix. " * 50
    phone_halves.hits(text, numbering.hinted("FR"))
    assert 0 < max(sizes) < 300


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**9), st.sampled_from(["US", "GB", None]))
def test_evidence_of_a_long_run_of_digits_stays_in_the_text(start: int, region: str | None) -> None:
    text = f"{start} " * 40 + str(start) * 30
    for item in extract(text, region=region):
        assert text[item.start : item.end] == item.raw


@pytest.mark.parametrize(
    "text",
    [
        "4l5-555-o123 is my cell", "Write to 4l5-555-o123. | Jen | US", "120 lbs 4l5-555-o123", "4l5-555-o123 24 lbs",
        "4l5-555-o123! so call",
    ],
)  # fmt: skip
def test_words_and_marks_of_look_alike_letters_are_no_part_of_a_number(text: str) -> None:
    assert [item.identifier for item in extract(text, kinds=["phone"], region="US")] == ["phone:" + NUMBER]


@pytest.mark.parametrize(
    ("text", "region", "numbers"),
    [
        ("Call 415 555 0123 or 2one3 55 50 one 99", "US", ["+14155550123", "+12135550199"]),
        ("сім один три п’ять п’ять п’ять нуль один вісім один", "US", ["+17135550181"]),
        ("тел. три1два555нуль1п'ять2", "US", ["+13125550152"]),
        ("Tel 0l7l / 392OO25", "DE", ["+491713920025"]),
        ("Serial 3l2-555-O145 on the frame", "US", []),
        ("a b c d, o n e way, t e n of them", "US", []),
    ],
)
def test_further_ways(text: str, region: str, numbers: list[str]) -> None:
    found = extract(text, kinds=["phone"], region=region)
    assert [item.value for item in found] == numbers
    assert all(text[item.start : item.end] == item.raw for item in found)


@pytest.mark.parametrize(
    ("text", "region", "numbers"),
    [
        pytest.param("Tel: O6-39-98-O1-O9", "FR", ["phone:+33639980109"], id="groups that look like a date"),
        pytest.param("2012.00.00O0", None, [], id="a date and a look-alike letter"),
        pytest.param("2012/00/00FIV0", None, [], id="a date and a word"),
    ],
)
def test_a_whole_date_is_no_part_of_a_hidden_number(text: str, region: str | None, numbers: list[str]) -> None:
    assert [item.identifier for item in extract(text, kinds=["phone"], region=region)] == numbers


def test_words_that_mix_latin_and_cyrillic_letters_are_latin() -> None:
    text = "mail: s\u0440\u0430r\u0435r\u043e\u043em\u0440\u0430t@\u0435\u0445\u0430m\u0440l\u0435.com room"
    (found,) = extract(text, kinds=["email"])
    assert (found.value, found.raw, found.method) == ("spareroompat@example.com", text[6:30], "unicode")


@pytest.mark.parametrize(
    "text",
    ["\u043f\u043e\u0447\u0442\u0430jen@mail.example", "\u0440\u043e\u0441\u0430", "iPhone\u0430\u043c\u0438"],
    ids=["glued to an address", "Cyrillic alone", "a Russian ending"],
)
def test_words_of_other_cyrillic_letters_stay(text: str) -> None:
    assert characters.unmixed(text) == text


@pytest.mark.parametrize("fragment", ["4*1\n", "4*1\n5 ", "1\n2*3"])
def test_many_lines_of_digits_with_odd_signs_are_passed_without_an_error(fragment: str) -> None:
    assert extract(fragment * 20_000, kinds=["phone"], region="US") == []
