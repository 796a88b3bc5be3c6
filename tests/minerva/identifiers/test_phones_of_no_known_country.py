"""Phones of texts without a region: what the text itself says of its country counts, and nothing else."""

from __future__ import annotations

import csv

import pytest

from minerva.identifiers import InvalidIdentifier, extract, extract_each
from minerva.identifiers.annotate import Search, read_options
from minerva.identifiers.likely_regions import shares_of
from minerva.identifiers.phone import Phone
from minerva.identifiers.phone_texts import find_in_all, find_in_each

TOLD = {
    "German": ("Ruf mich an, ich bin neu hier: 0151 23456789", "+4915123456789"),
    "French": ("Appelle-moi pour un rendez-vous au 06 39 98 01 23", "+33639980123"),
    "Italian": ("Chiamami, sono disponibile anche la sera: 347 456 7890", "+393474567890"),
    "Spanish of Spain": ("Llámame al 612 345 678, soy nueva en la zona", "+34612345678"),
    "Polish": ("Zadzwoń do mnie, jestem nowa: 512 345 678", "+48512345678"),
    "Dutch": ("Bel mij op 06 12345678, ik ben alleen vandaag", "+31612345678"),
    "Portuguese of Brazil": ("Me chama no whats (11) 91234-5678, atendo você", "+5511912345678"),
    "Portuguese of Portugal": ("Liga para o meu telemóvel 912 345 678", "+351912345678"),
    "Russian": ("Звоните и пишите: 8 912 345-67-89", "+79123456789"),
    "Ukrainian": ("Телефонуйте мені, я вже тут: 067 123 45 67", "+380671234567"),
    "Turkish": ("Beni arayın, sadece bugün: 0532 123 45 67", "+905321234567"),
    "Romanian": ("Sună-mă la 0722 123 456, sunt disponibilă", "+40722123456"),
    "Czech": ("Zavolejte mi prosím na 602 123 456, jsem nová", "+420602123456"),
    "Greek": ("Τηλέφωνο 691 234 5678 για ραντεβού", "+306912345678"),
    "Hebrew": ("תתקשרו אליי 054-234-5678", "+972542345678"),
    "Thai": ("โทร 081 234 5678 ได้เลย", "+66812345678"),
    "Japanese": ("お電話は 090-1234-5678 まで", "+819012345678"),
    "Korean": ("연락주세요 010-1234-5678", "+821012345678"),
    "Chinese": ("联系电话 13812345678 欢迎", "+8613812345678"),
    "Hungarian": ("Hívj bátran, én vagyok az: 06 30 123 4567", "+36301234567"),
    "English with the shape of Britain": ("Call me on 07700 900123 for a quick chat", "+447700900123"),
    "English with the shape of Australia": ("Call me on 0412 345 678 for a chat", "+61412345678"),
    "English with the shape of North America": ("Call me at (415) 555-0123 for a chat", "+14155550123"),
    "a city": ("New in Dublin. Call me on 083 123 4567", "+353831234567"),
    "another city": ("New in Johannesburg. Call me on 083 123 4567", "+27831234567"),
    "a currency": ("Call me, only ₹500: 98765 43210", "+919876543210"),
    "Spanish with a city": ("Soy nueva en Bogotá, llámame al 310 456 7890", "+573104567890"),
    "Spanish with a currency": ("Llámame al 55 1234 5678, 500 mxn la hora", "+525512345678"),
    "a British postcode": ("Oak School, Mill Lane, DH1 3XX. Tel 0114 496 0123", "+441144960123"),
    "a Scottish postcode": ("OAK SCHOOL, MILL LANE, IV30 1DA. Tel 0131 496 0123", "+441314960123"),
    "an Irish county": ("OAK NS, MILL LANE, CO CARLOW. Tel 059 912 3456", "+353599123456"),
    "a Canadian postcode": ("Oak Tiles, 12 Mill Lane, M5V 3L9. Tel 416 555 0123", "+14165550123"),
    "a ZIP code": ("Oak Tiles, 12 Mill Lane, Tulsa OK 74104. Tel 9185550123", "+19185550123"),
    "a plus sign": ("+44 7700 900123", "+447700900123"),
    "digit words": ("Appelle-moi au zéro six trente-neuf quatre-vingt-dix-huit zéro un vingt-trois", "+33639980123"),
}
OPEN = (
    # Digits that numbers of many countries have, in no text.
    "0612345678", "612345678", "0831234567", "98765432",
)  # fmt: skip
NOT_ABROAD = ("CO MAYO. Tel 0949254932", "Oak NS, Ballina. Tel 0949258169")
"""One country alone would dial the first two digits before a German number."""
ABROAD = {
    "Mexican": "Llámame, soy nueva aquí: 55 1234 5678",
    "Colombian": "Llámame, soy nueva aquí: 310 456 7890",
    "Italian": "Chiamami, sono qui per te: 347 456 7890",
    "Russian": "Звони и пиши: 912 345 67 89",
    "Turkish": "Beni ara, ben buradayım: 532 123 45 67",
    "Indian": "फोन करें: 98765 43210",
}


@pytest.mark.parametrize(("text", "number"), TOLD.values(), ids=TOLD.keys())
def test_the_text_tells_the_country(text: str, number: str) -> None:
    (found,) = extract(text, kinds=["phone"])
    assert found.value == number
    assert text[found.start : found.end] == found.raw


@pytest.mark.parametrize("text", OPEN)
def test_digits_alone_are_given_to_no_country_as_sure(text: str) -> None:
    assert all(item.confidence < 0.7 for item in extract(text, kinds=["phone"]))


@pytest.mark.parametrize("text", ABROAD.values(), ids=ABROAD.keys())
def test_no_foreign_number_is_one_of_north_america(text: str) -> None:
    assert not [item.value for item in extract(text, kinds=["phone"]) if item.value.startswith("+1")]


@pytest.mark.parametrize("text", NOT_ABROAD)
def test_what_one_country_alone_dials_abroad_is_no_number_of_another(text: str) -> None:
    assert not [
        item for item in extract(text, kinds=["phone"]) if item.value.startswith("+49") and item.confidence >= 0.5
    ]


def test_several_readings_stand_beside_each_other() -> None:
    (found,) = extract("Call me, I am new here: 083 123 4567", kinds=["phone"])
    readings = {found.identifier, *found.alternatives}
    assert {"phone:+353831234567", "phone:+27831234567"} <= readings
    assert found.confidence < 0.8


def test_a_known_country_is_asked_for_nothing() -> None:
    (found,) = extract("Llámame al 415-555-0123", kinds=["phone"], region="US")
    assert found.value == "+14155550123"
    assert found.alternatives == ()


@pytest.mark.parametrize("value", ["415-555-0123", "4155550123", "1 415 555 0123", "07700 900123"])
def test_a_number_alone_is_normal_in_no_country(value: str) -> None:
    with pytest.raises(InvalidIdentifier, match="a region is needed"):
        Phone.normalize(value)
    assert Phone.normalize("00 44 7700 900123") == "+447700900123"


def test_all_paths_read_alike() -> None:
    texts = [text for text, _ in TOLD.values()] + [*OPEN, *ABROAD.values()]
    alone = [extract(text, kinds=["phone"]) for text in texts]
    assert extract_each(texts, kinds=["phone"]) == alone
    assert [[each for each in own if each.kind == "phone"] for own in extract_each(texts)] == alone
    assert find_in_each(texts, [None] * len(texts), {}).evidence(texts, "text") == alone
    many = texts * 4
    assert find_in_all(many, [None] * len(many)).evidence(many, "text") == alone * 4


def test_cells_tell_the_alternatives() -> None:
    texts = [text for text, _ in TOLD.values()] + [*OPEN, *ABROAD.values()]
    search = Search(read_options({"fields": "text", "kinds": "phone", "minconfidence": "0"}))
    rows = list(csv.reader(search.added_cells([texts], ["text"], [None] * len(texts))))
    evidence = [item.to_json() for text in texts for item in extract(text, kinds=["phone"])]
    assert any('"alternatives"' in item for item in evidence)
    assert [item for row in rows for item in row[2].splitlines()] == evidence


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("Ruf mich an, ich bin neu in Wien", "AT"), ("Appelez-moi à Bruxelles", "BE"), ("Call me in Sydney", "AU"),
        ("Llámame en Guadalajara", "MX"), ("nur 50 CHF, ruf mich an", "CH"), ("only £50 for you", "GB"),
    ],
)  # fmt: skip
def test_places_and_currencies_outweigh_the_language(text: str, region: str) -> None:
    assert shares_of(text)[0][0] == region
