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
    "Romanian, cut": ("Sună 0740123... mutări ieftine ...1 1 7 (restul numărului)", "RO", "+40740123117"),
    "Polish, cut, words": (
        "Tel 512... sprzątanie ...Trzy Cztery Pięć Jeden Jeden Siedem (reszta numeru)",
        "PL",
        "+48512345117",
    ),
    "English, cut, a plus sign": (
        "Call +1 3125550...! Lawn care. ...117 (that's the rest of the number)",
        "GB",
        "+13125550117",
    ),
    "Russian, cut": ("Звоните 8.905.123... ремонт ...4-5-1-7 (остаток номера)", "RU", "+79051234517"),
    "Thai, cut": ("โทร 08912...\nราคา 500 บาท\n...ต่อด้วย 3 0 1 1 7", "TH", "+66891230117"),
    "German, a remark": ("Handy 0171392 (Rest steht unten)! Büro. Der Rest: 0046", "DE", "+491713920046"),
    "French, a remark behind words": (
        "Tél zéro-six-trois-neuf (suite en bas)! Chambre. la suite : 98 01 17",
        "FR",
        "+33639980117",
    ),
    "Spanish, a remark behind a code and words": (
        "Tel +1 tres-uno-dos (el resto abajo). Sofá gris. el resto del tel: 555 0117",
        "MX",
        "+13125550117",
    ),
    "Russian, a remark, words": (
        "Тел 8 905 (продолжение ниже). Ремонт. продолжение тел: ОДИН ДВА ТРИ ЧЕТЫРЕ ПЯТЬ ОДИН СЕМЬ",
        "RU",
        "+79051234517",
    ),
    "Spanish, halves of a mobile": (
        "Primera parte del cel: 312.555. Sillas. Segunda parte: 0117",
        "US",
        "+13125550117",
    ),
    "a picture and words": ("☎ part 1: THREE-ONE-TWO-FIVE. Piano. ☎ part 2: 550117", "US", "+13125550117"),
    "English, a remark behind a phrase": (
        "Phone begins 312 555 (rest at the end of the ad). Crib. rest of the phone: 0117",
        "CA",
        "+13125550117",
    ),
    "English, a phrase behind": (
        "text me, 312 555 first. Cash. then 0117 to finish the number",
        "US",
        "+13125550117",
    ),
    "an area code and a triple": ("area code is 312 and the rest is triple five, 0 1 1 7", "US", "+13125550117"),
    "Chinese, then and last": ("先打一三八 然后0013 最后八零一七", "CN", "+8613800138017"),
    "an area code, digits and words": ("prefisso 347 poi 4 tre 0 poi 1 1 sei 7", "IT", "+393474301167"),
    "Portuguese, cut": ("Liga 91 1... sofá ...234 117 (resto do número)", "PT", "+351911234117"),
    "Dutch, cut": ("Bel 06 1234... fiets ...5117 (rest van het nummer)", "NL", "+31612345117"),
    "Turkish, cut": ("Ara 0532 555... koltuk ...01 17 (numaranın kalanı)", "TR", "+905325550117"),
    "Czech, cut": ("Volejte 601 123... kolo ...117 (zbytek čísla)", "CZ", "+420601123117"),
    "Ukrainian, cut": ("Дзвоніть 050 123... ремонт ...45 17 (решта номера)", "UA", "+380501234517"),
    "Italian, cut": ("Tel 347 30... divano ...00117 (resto del numero)", "IT", "+393473000117"),
    "Spanish, cut, digits apart": ("Llama 612 34... sofá ...5 1 1 7 (resto del número)", "ES", "+34612345117"),
    "English, cut by one sign": ("Ring 0791 112 … bikes … 3456 (rest of my number)", "GB", "+447911123456"),
    "Chinese, cut": ("电话 138001... 二手车 ...38017 （剩下的）", "CN", "+8613800138017"),
    "German, a continuation": ("Tel 0171 (Fortsetzung unten). Büro. Fortsetzung: 3920046", "DE", "+491713920046"),
    "Italian, a remark": ("Tel. 347 (il resto sotto). Divano. il resto: 3000117", "IT", "+393473000117"),
    "Polish, a continuation": ("Tel 512 (ciąg dalszy na dole). Rower. ciąg dalszy: 345 117", "PL", "+48512345117"),
    "Turkish, a remark": ("Tel 0532 (devamı aşağıda). Koltuk. devamı: 555 01 17", "TR", "+905325550117"),
    "Romanian, a continuation": ("Tel 0740 (continuare mai jos). Birou. continuare: 123117", "RO", "+40740123117"),
    "Portuguese, a continuation": (
        "Ligue 11 95555 (continuação abaixo). Sofá. continuação: 0117",
        "BR",
        "+5511955550117",
    ),
}
NONE = {
    "a shift": ("The shift starts at 9 and ends at 5, the rest is 30 min", "US"),
    "years": ("begins in 2019, ends in 2024, the rest later", "US"),
    "parts of a text": ("Part 1: 415 pages. Part 2: 555 pages. Part 3: 123 pages", "US"),
    "a race": ("starts with 1200 runners, the other 300 join, it finishes at 17:45", "US"),
    "a class": ("Class starts 16 February @ 11:15, ends 19/04/2025", "GB"),
    "a lease": ("El contrato empieza en 2024, termina en 2026, el resto 455000", "ES"),
    "a deposit first": ("Deposit 250 first, then 1500 to finish. Phone for a quote", "US"),
    "amounts cut": ("Preț 450... negociabil, restul 2000... sună", "RO"),
    "a rest in a currency": ("Звоните. Взнос 8 900 (остаток потом), остаток: 765 46 69 руб.", "RU"),
    "a remark on places": ("Il reste 3 places (suite au 2e), la suite : 1200 €, tél au bureau", "FR"),
    "years cut": ("2019... 2024... the rest of 2025 by phone", "GB"),
    "a countdown": ("call 5... 4... 3... 2... 1", "US"),
    "an entrance": ("el resto (600 euros) al final, llama al portero 123 456", "ES"),
    "first come": ("先到先得 138 然后 2000 最后 5000 元 电话", "CN"),
    "prices": ("Miete beginnt bei 450, endet bei 980, der Rest 1200", "DE"),
}


@pytest.mark.usefixtures("as_stated")
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
