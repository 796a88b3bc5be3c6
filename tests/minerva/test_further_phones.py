"""Phones as writers of unseen texts told and hid them, and digits that look like one there and are none."""

from __future__ import annotations

import pytest

from minerva.identifiers import extract

US, GB, FR = "phone:+14155550123", "phone:+447700900123", "phone:+33639980123"


def numbers(text: str, region: str) -> list[str]:
    return [found.identifier for found in extract(text, kinds=["phone"], region=region)]


@pytest.mark.parametrize(
    ("text", "region", "number"),
    [
        pytest.param("si yi wu 555 0123", "US", US, id="Chinese in Latin letters beside digits"),
        pytest.param("see neung ha 555 0123", "US", US, id="Thai in Latin letters beside digits"),
        pytest.param("bốn một năm 555 0123", "US", US, id="Vietnamese beside digits"),
        pytest.param("4155 50 1 unodue tre", "US", "phone:+14155501123", id="two short words glued together"),
        pytest.param("call 06 trenove 98 01 23", "FR", FR, id="two Italian words glued together"),
        pytest.param("fouronefivefivefivefivezeroonetwothree or 415 555 0199", "US", US, id="a whole number glued"),
        pytest.param("四 ; 一 ; 五 ; 五 ; 五 ; 五 ; 零 ; 一 ; 二 ; 三", "US", US, id="semicolons between native words"),
        pytest.param("أربعة… واحد… خمسة… خمسة… خمسة… خمسة… صفر… واحد… اثنين… ثلاثة", "US", US, id="ellipses between"),
        pytest.param("\U0001f4de \n四 一 五\n五 五 五\n零 一 二 三", "US", US, id="native words in lines"),
        pytest.param("☎ 1/2: 07700 ...\nopen daily\n☎ 2/2: ... 900 123", "GB", GB, id="part of how many, cut"),
        pytest.param("Tel 1/2: 415 555\nopen daily\nTel 2/2: 0123", "US", US, id="part of how many"),
        pytest.param("(☎ part 2 of 2: 900123)\nopen daily\n(☎ part 1 of 2: 07700)", "GB", GB, id="the last first"),
        pytest.param("Numaranın başı 07700 900 ve numaranın kalanı 123", "GB", GB, id="Turkish parts"),
        pytest.param("Номер начинается с 07700, а остальная часть номера — 900 123", "GB", GB, id="Russian parts"),
        pytest.param("A szám eleje: 07700 900, a szám vége pedig: 123", "GB", GB, id="Hungarian parts"),
        pytest.param("شماره با 07700 شروع می‌شود و بقیه شماره 900123 است", "GB", GB, id="Persian parts"),
        pytest.param("الرقم يبدأ بـ 07700\nوباقي الرقم هو 900 123", "GB", GB, id="Arabic parts"),
        pytest.param("number algab 07700 900 ja ülejäänud number on 123", "GB", GB, id="Estonian parts"),
        pytest.param("ჩემი ნომერი უკუღმა წერია: 321 009 00770", "GB", GB, id="Georgian, backwards"),
        pytest.param("fjórir einn fimm fimm fimm fimm null einn tveir þrír", "US", US, id="Icelandic"),
        pytest.param("katër një pesë pesë pesë pesë zero një dy tre", "US", US, id="Albanian"),
        pytest.param("chetiri edno pet pet pet pet nula edno dve tri", "US", US, id="Bulgarian in Latin letters"),
        pytest.param("төрт бір бес бес бес бес нөл бір екі үш", "US", US, id="Kazakh"),
        pytest.param("чатыры адзін пяць пяць пяць пяць нуль адзін два тры", "US", US, id="Belarusian"),
        pytest.param("dörd bir beş beş beş beş sıfır bir iki üç", "US", US, id="Azerbaijani"),
        pytest.param("turt bir besh besh besh besh nol bir ikki uch", "US", US, id="Uzbek"),
        pytest.param("vier een vyf vyf vyf vyf nul een twee drie", "US", US, id="Afrikaans"),
        pytest.param("arba ahat hamesh hamesh hamesh hamesh efes ahat shtayim shalosh", "US", US, id="Hebrew in Latin"),
        pytest.param("7 9012 3456 (country code +962 in front)", "JO", "phone:+962790123456", id="country code behind"),
        pytest.param("415 XXX 0123 (X = 5)", "US", US, id="a letter for a digit"),
        pytest.param("41★ ★★★ 0123 (★ = 5)", "US", US, id="a star for a digit"),
        pytest.param("077Q0 9QQ 123, replace Q with 0", "GB", GB, id="a letter to be replaced"),
        pytest.param("077X0 9XX 123 (X = zero)", "GB", GB, id="a letter for a digit in words"),
        pytest.param("☎️ \U0001f1ec\U0001f1e7 07700 900123", "DE", GB, id="a flag"),
        pytest.param("Tel.: \U0001f1fa\U0001f1f8 415 555 0123", "MX", US, id="a flag where both countries know it"),
        pytest.param("(British number) 07700 900123", "PL", GB, id="a country in words"),
    ],
)
def test_a_number_is_read(text: str, region: str, number: str) -> None:
    assert number in numbers(text, region)


@pytest.mark.parametrize(
    ("text", "region"),
    [
        pytest.param("Dates: 2024 06 12 – 2024 07 30.", "IT", id="dates with blanks between"),
        pytest.param("2024 06 12", "NL", id="one such date"),
        pytest.param("Sizes 38-40-42-44-46.", "FI", id="sizes in a row"),
        pytest.param("S/N 5978-57516-340", "MY", id="a serial number"),
        pytest.param("S/N 9225-85907-471", "ID", id="a serial number that begins like a phone"),
        pytest.param("Lotto: 7 13 22 35 41 48 + 9.", "BR", id="numbers that were drawn"),
        pytest.param("Ilmoitus nro 2025/8853, 21/04/2025", "FI", id="a Finnish ad"),
        pytest.param("Ilmoitus nro A-35231-77", "FI", id="a Finnish ad with a letter"),
        pytest.param("מודעה מס׳ 2025/7541", "IL", id="a Hebrew ad"),
        pytest.param("מודעה מס׳ A-81337-81", "IL", id="a Hebrew ad with a letter"),
        pytest.param("Advertisement A-63630-10 of today", "IL", id="a code with a letter first"),
        pytest.param("Part 1 of 2: the room. Part 2 of 2: 40 minutes", "US", id="parts of a text"),
        pytest.param("score 1/2: 415 points, 2/2: 5550123 views", "US", id="halves of a game"),
        pytest.param("size L = 40, size M = 38, 12 rooms, 2034 sold", "US", id="letters for sizes"),
        pytest.param("Serial 27 831 10 55 on the plate", "ZA", id="a serial number that begins like the country"),
        pytest.param("yi san ba is a song of 1998, 20000 sold", "CN", id="such words beside a year"),
    ],
)
def test_other_digits_are_no_number(text: str, region: str) -> None:
    assert numbers(text, region) == []


@pytest.mark.parametrize(
    ("text", "region", "number"),
    [
        pytest.param("WhatsApp: 49 1520 7990123", "DE", "phone:+4915207990123", id="the own country code without plus"),
        pytest.param("we speak \U0001f1ec\U0001f1e7\U0001f1eb\U0001f1f7 415 555 0123", "US", US, id="languages"),
        pytest.param("\U0001f1e7\U0001f1f7 415 555 0123", "US", US, id="a flag of a country that does not know it"),
        pytest.param("T-415-555-0123", "US", US, id="a letter that names a phone"),
        pytest.param("41★ 555 0123 (★ = 5) or 212 555 0100", "US", "phone:+12125550100", id="a plain one beside"),
    ],
)
def test_only_that_number_is_read(text: str, region: str, number: str) -> None:
    assert numbers(text, region) == [number]


def test_a_number_told_by_a_sign_keeps_its_place() -> None:
    text = "now 415 XXX 0123 (X = 5) ok"
    (found,) = extract(text, kinds=["phone"], region="US")
    assert (text[found.start : found.end], found.method) == ("415 XXX 0123", "lookalike")
