"""Numbers told in several places of a text, each part behind words that say which it is; words that tell of none."""

from __future__ import annotations

import pytest

from minerva.identifiers import extract
from tests.minerva.identifiers.conftest import Phones

TOLD = {
    "English": ("My cell starts with 604 555. Room $480, 6 min to the sea. The rest is 0185.", "CA", "+16045550185"),
    "English, halves": ("First half: 0121 496. Open 9-5. Second half: 0630.", "GB", "+441214960630"),
    "English, parts by number": ("Phone, part 1: 415 55, two bikes for 90. Part 2: 50123", "US", "+14155550123"),
    "English, the end first": ("My number ends in 0123. Bikes for 90. It begins with 415-555", "US", "+14155550123"),
    "English, what is left": (
        "number begins 512. Cats ok. And the other seven digits you need: 555 0188.",
        "US",
        "+15125550188",
    ),
    "English, words": (
        "cell starts with four one five. Sofa 120x80. ends five five five oh one two three",
        "US",
        "+14155550123",
    ),
    "English, letters like digits": (
        "Phone begins 604 555 -- $220 -- and the rest of the phone is 0Is5.",
        "CA",
        "+16045550155",
    ),
    "Spanish, three parts": (
        "Mi móvil empieza por 677, en medio lleva tres ceros, sofá 90 euros y acaba en 219.",
        "ES",
        "+34677000219",
    ),
    "French": (
        "Mon portable commence par 06 39. Visite samedi de 10 à 12 h. La suite du numéro : 98 56 13.",
        "FR",
        "+33639985613",
    ),
    "Portuguese, behind": (
        "Meu número: 51 9 9600 (primeira parte). Só retiro. Segunda parte: 0374.",
        "BR",
        "+5551996000374",
    ),
    "German": (
        "Meine Nummer fängt mit 0171 an.\nEingestellt am 18.11.2026.\nDie Nummer endet auf 3920046.",
        "DE",
        "+491713920046",
    ),
    "German, words": (
        "Nummer, erster Teil: null sechs sechs null\nRad 80.\nzweiter Teil: eins zwo drei vier sieben neun",
        "AT",
        "+43660123479",
    ),
    "Italian": ("Il numero inizia con 347. Libero dal 13/06/2027. Finisce con 0001118.", "IT", "+393470001118"),
    "Romanian": ("Telefonul începe cu 0740123, 160 lei, iar restul telefonului este 774.", "RO", "+40740123774"),
    "Russian": ("Первая часть телефона: 8-926. Цена 1500 руб. Вторая часть: 765 46 69", "RU", "+79267654669"),
    "Russian, three parts": ("Тел. Сначала 8 905. Масло меняли. Потом 000. И в конце 61 74.", "RU", "+79050006174"),
    "Ukrainian": ("Номер починається з 093 12. Ціна 900. Решта номера: 34 567", "UA", "+380931234567"),
    "Polish": ("Numer zaczyna się od 512 000. Cena 90. Reszta: 863", "PL", "+48512000863"),
    "Dutch": (
        "Telefoon begint met nul zes. Ma-vr 9-21. En de rest is een nul nul nul negen twee acht negen.",
        "NL",
        "+31610009289",
    ),
    "an area code first": (
        "(916) is my area code. Selling a crib. The rest of my number is 555 0133.",
        "US",
        "+19165550133",
    ),
    "an area code in words": (
        "area code five one zero, then five five five, last four zero one eight eight",
        "US",
        "+15105550188",
    ),
    "an area code, Italian": ("Prefisso 331. Divano grigio, ritiro dopo le 18. Poi 704 9286.", "IT", "+393317049286"),
    "an area code, Russian": (
        "код двадцать девять, дальше шесть один четыре, ноль восемь, тридцать два",
        "BY",
        "+375296140832",
    ),
    "the sign of a number": ("Start of my # : 702 555\nBunk bed. End of my # : 01 60", "US", "+17025550160"),
    "nothing but a trunk prefix": ("Débute par 06 39 98. Chambre 390€/mois. Finit par 71 04.", "FR", "+33639987104"),
    "Chinese": ("电话开头是 137 6543。只收现金。剩下的是 2734。", "CN", "+8613765432734"),
    "Chinese, words": ("电话前几位：159\n每周2天\n其余几位：一二三四零三六八", "CN", "+8615912340368"),
    "Thai": ("เบอร์ขึ้นต้นด้วย 089-123 ราคา 90 บาท ลงท้ายด้วย 0938", "TH", "+66891230938"),
}
NONE = {
    "a shift": ("The shift starts at 9 and ends at 5, the rest is 30 min", "US"),
    "years": ("begins in 2019, ends in 2024, the rest later", "US"),
    "parts of a text": ("Part 1: 415 pages. Part 2: 555 pages. Part 3: 123 pages", "US"),
    "a race": ("starts with 1200 runners, the other 300 join, it finishes at 17:45", "US"),
    "a class": ("Class starts 16 February @ 11:15, ends 19/04/2025", "GB"),
    "a lease": ("El contrato empieza en 2024, termina en 2026, el resto 455000", "ES"),
    "prices": ("Miete beginnt bei 450, endet bei 980, der Rest 1200", "DE"),
}


@pytest.mark.parametrize(("text", "region", "number"), TOLD.values(), ids=list(TOLD))
@pytest.mark.parametrize("around", ["{}", "Open 9-5.\n{}\nNo. 12, from 45"], ids=["alone", "lines"])
def test_a_number_is_read_with_little_confidence(
    text: str, region: str, number: str, around: str, phones: Phones
) -> None:
    (found,) = phones(around.format(text), region)
    assert found.value == number
    assert found.confidence < 0.7


@pytest.mark.parametrize(("text", "region"), NONE.values(), ids=list(NONE))
def test_words_for_parts_of_other_things_tell_of_no_number(text: str, region: str) -> None:
    assert extract(text, kinds=["phone"], region=region) == []
