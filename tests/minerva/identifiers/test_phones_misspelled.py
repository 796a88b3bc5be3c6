"""Numbers whose digit words are misspelled, counted in other scripts, or drawn with signs like digits."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minerva.identifiers import misspelled_words
from tests.minerva.identifiers.conftest import Phones

READ = [
    ("letters doubled", "IT", "chiama ttre quattro zeero ccinque ssei duee ttre due uno ottto", "+393405623218"),
    ("by ear", "FR", "tel zéro sis sète quatr cink zéro zéro uit un neuff", "+33674500819"),
    ("a letter left out or exchanged", "US", "text tow for sevn five fivve fiev zerro one two nien", "+12475550129"),
    ("a sign for a letter", "FR", "z*ro six trois neuf neuf h*it zéro z#ro deux tr*is", "+33639980023"),
    ("signs between the letters", "ES", "llama s.e.i.s. uno dos tres c-u-a-t-r-o cinco seis siete 8", "+34612345678"),
    ("a digit for a letter", "DE", "ruf an null 1eins sieb3n eins drei n3un zwei null null vi3r eins", "+491713920041"),
    ("a digit for a beginning", "DE", "null eins 7ben eins drei neun 2wei null null vier eins", "+491713920041"),
    ("behind a country code", "DE", "+49 eintz siehben eins drrei neun zwei null null vierr eins", "+491713920041"),
    ("Chinese words that sound alike", "CN", "电话伊三捌零零伊三八零零零", "+8613800138000"),
    ("three at once", "CN", "微信同号 1三八零零1三8三个零", "+8613800138000"),
    ("Thai, told twice", "TH", "โทร 0, 8, 1, 2เบิ้ล, 3, 4, 5, 6, 7", "+66812234567"),
    ("Romanian, told twice", "RO", "suna 0 - 7 - 1 - 2 - de trei ori 0 - 0 - 1 - 3", "+40712000013"),
    ("signs drawn for digits behind plus", "GB", "+44 T7oo/9oOl2z", "+447700900122"),
    ("signs drawn for digits, announced", "FR", "Appelez oG-39-9B-OO-2S", "+33639980025"),
]
TURKISH = [
    ("all in words", "sıfır beş yüz otuz üç, dört yüz elli altı, on iki, on dört", "+905334561214"),
    ("hundreds alone", "ara: sıfır beş yüz, üç yüz beş, yirmi, otuz üç", "+905003052033"),
    ("mixed with digits", "Tel 0 532 yüz on iki 40 elli", "+905321124050"),
]
NOT_READ = [
    ("Turkish prose", "TR", "yüz metrekare, on iki daire, beş yüz lira, yirmi kişi, otuz gün"),
    ("prose with three counts", "US", "one of the seven had eight or nine cats and seen four more at noon"),
    ("too few words spelled as they should be", "US", "wun tuu thrie foor faiv sicks sevin ate nien ziro"),
    ("words between that are no digits", "DE", "null Bock, eins ist klar, sieben Tage, drei Wochen, neun Monate, 8"),
    ("counts in Chinese prose", "CN", "三个五岁的孩子和两个六岁的孩子"),
    ("a part number", "US", "call about part gS92-Z096 or board B8-SS0-Z4"),
    ("memory and sizes", "US", "phone with 8Gb, 256Gb, 5G and 2 SIMs"),
]


@pytest.mark.parametrize(("region", "text", "number"), [row[1:] for row in READ], ids=[row[0] for row in READ])
def test_a_number_is_read_in_spite_of_how_its_digits_are_written(
    phones: Phones, region: str, text: str, number: str
) -> None:
    assert [item.value for item in phones(text, region)] == [number]


@pytest.mark.parametrize(("text", "number"), [row[1:] for row in TURKISH], ids=[row[0] for row in TURKISH])
def test_turkish_tens_and_hundreds_are_read_with_their_last_word(phones: Phones, text: str, number: str) -> None:
    (found,) = phones(text, "TR")
    assert found.value == number
    assert text.endswith(found.raw)


@pytest.mark.parametrize(("region", "text"), [row[1:] for row in NOT_READ], ids=[row[0] for row in NOT_READ])
def test_what_only_resembles_digit_words_is_no_number(phones: Phones, region: str, text: str) -> None:
    assert phones(text, region) == []


@settings(max_examples=300, deadline=None)
@given(st.text("abcdehilnoprstuvwxz", max_size=9), st.text("abcdehilnoprstuvwxz", max_size=9))
def test_one_letter_apart_is_what_one_change_makes(word: str, form: str) -> None:
    changes = {word}
    for at in range(len(word) + 1):
        changes.add(word[:at] + word[at + 1 :])
        changes.update(word[:at] + letter + word[at:] for letter in "abcdehilnoprstuvwxz")
        changes.update(word[:at] + letter + word[at + 1 :] for letter in "abcdehilnoprstuvwxz" if at < len(word))
        changes.add(word[:at] + word[at : at + 2][::-1] + word[at + 2 :])
    assert misspelled_words._is_near(word, form) is (form in changes)


def test_an_o_between_two_numbers_in_spanish_is_no_digit(phones: Phones) -> None:
    one = "cuatro uno cinco cinco cinco cinco cero uno dos tres"
    other = "seis cero cuatro cinco cinco cinco cero uno tres tres"
    assert [item.value for item in phones(f"llama {one} o {other}", "US")] == ["+14155550123", "+16045550133"]
