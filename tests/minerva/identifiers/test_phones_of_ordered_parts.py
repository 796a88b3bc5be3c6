"""Numbers in lines with dots or empty ones between, in parts behind ordinals, and with the last digit first."""

from __future__ import annotations

import pytest

from tests.minerva.identifiers.conftest import Phones

READ = [
    (
        "lines with dots",
        "GB",
        "Sofa, 8 chairs and a lamp. Phone:\n07700 ...\n... 900 ...\n... 844\nParking outside",
        "+447700900844",
    ),
    ("lines with two dots", "AT", "Umzüge, 30 Euro. Telefon:\n0664..\n188..\n9479\nWer zuerst kommt", "+436641889479"),
    ("empty lines", "CA", "Guitar with case, $105. Phone:\n250\n\n555\n\n0149\nThanks for reading", "+12505550149"),
    ("lines with commas", "US", "Phone:\n250,\n555,\n0149", "+12505550149"),
    ("lines with one sign of dots", "FR", "Tél :\n06\u2026\n39\u2026\n98\u2026\n00\u2026\n12", "+33639980012"),
    (
        "ordinals, Spanish",
        "CO",
        "Teléfono en tres partes. Primera: 311. Segunda: 690. Tercera: 4978. Entrega",
        "+573116904978",
    ),
    ("ordinals, English", "US", "Phone in three parts. First: 415. Second: 555. Third: 0149. Pick up", "+14155550149"),
    ("ordinals, two parts", "US", "My number, first: 415555, second: 0149", "+14155550149"),
    (
        "ordinals, French",
        "FR",
        "Téléphone en trois parties. Première : 06 39. Deuxième : 98 00. Troisième : 12.",
        "+33639980012",
    ),
    ("ordinals, German", "DE", "Telefon in drei Teilen. Erste: 0163. Zweite: 770. Dritte: 4182.", "+491637704182"),
    (
        "parts, German",
        "DE",
        "Nummer in drei Teilen. Erster Teil: 0163. Zweiter Teil: 770. Dritter Teil: 4182.",
        "+491637704182",
    ),
    ("ordinals, Russian", "RU", "Телефон тремя частями. Первая: 8912. Вторая: 345. Третья: 6789.", "+79123456789"),
    (
        "backwards, behind a price",
        "FR",
        "Le seau de 8 kg à 35 €. 3597140670 (c'est mon numéro à l'envers). Merci",
        "+33760417953",
    ),
    ("back to front", "CA", "A room from $88. 5310.555.915 (that is my phone number back to front)", "+15195550135"),
    ("the last digit first", "AU", "Phone, last digit first: 271 082 2140. Garden shed 200 by 42 cm", "+61412280172"),
    (
        "the last digit first, North America",
        "US",
        "Phone, last digit first: 9510-555-305.\nWashing machine",
        "+15035550159",
    ),
    (
        "the last digit first, pictures",
        "GB",
        "Phone, last digit first: 3\u260e\ufe0f6\u260e\ufe0f4\u260e\ufe0f0\u260e\ufe0f0\u260e\ufe0f9\u260e\ufe0f0"
        "\u260e\ufe0f0\u260e\ufe0f7\u260e\ufe0f7\u260e\ufe0f0.",
        "+447700900463",
    ),
    ("flipped", "GB", "Greyhound, needs home. Flip this round and ring: 629 009 00770", "+447700900926"),
    ("from the end, Vietnamese", "VN", "Số điện thoại viết ngược, đọc từ cuối lên: 09 21 520 090.", "+84900251290"),
    ("the last to the first, Spanish", "ES", "Mi número, del último al primero: 876 543 216", "+34612345678"),
]
NOT_READ = [
    ("scores in lines", "US", "Scores\n250\n\n555\n\n0149\nGame over"),
    ("prices in lines", "US", "Price list:\n250 ...\n... 555 ...\n... 0149"),
    ("years behind ordinals", "US", "Call us. First: 2015. Second: 2016. Third: 2017"),
    ("a floor", "US", "first come first served, second floor, third door (415) 20 numbers"),
    ("the last digit of something else", "US", "the last digit of lot 9510-555-306 is smudged"),
]


@pytest.mark.parametrize(("region", "text", "number"), [row[1:] for row in READ], ids=[row[0] for row in READ])
def test_a_number_is_read_in_its_order(phones: Phones, region: str, text: str, number: str) -> None:
    assert [item.value for item in phones(text, region)] == [number]


@pytest.mark.parametrize(("region", "text"), [row[1:] for row in NOT_READ], ids=[row[0] for row in NOT_READ])
def test_other_digits_in_lines_or_parts_are_no_number(phones: Phones, region: str, text: str) -> None:
    assert phones(text, region) == []
