"""A second number beside a plainly written one, in digit words of the region's languages or told in parts; parts told
in more languages; tax ids, references and amounts that are no phones."""

from __future__ import annotations

import pytest

from minerva.identifiers import extract

READ = {
    "German words": ("DE", "Ruf 0176 04069077 an oder null eins 7 1 3 9 2 0 0 null 7.",
                     ["+4917604069077", "+491713920007"]),
    "Dutch words": ("NL", "bel 06 12347117 of nul zes een twee drie vier zeven acht negen twee",
                    ["+31612347117", "+31612347892"]),
    "Portuguese words": ("BR", "Tel: dois.1.nove.um.0.6.9.2.oito.7.3 ou (41) 90431-0573",
                         ["+5521910692873", "+5541904310573"]),
    "Turkish words": ("TR", "whatsapp sıfır 5 sıfır iki 7 altı sekiz 5 4 0 7, numara 0506 540 19 51",
                      ["+905027685407", "+905065401951"]),
    "Russian words": ("RU", "звоните 8 961 772-45-92 или восемь девятьсот двадцать пять семьсот два тридцать один "
                      "семьдесят шесть", ["+79617724592", "+79257023176"]),
    "Chinese digits": ("SG", "打我电话 80126824，号码八四四三七九〇四", ["+6580126824", "+6584437904"]),
    "Italian parts": ("IT", "Cell. 311 935 6799. Il mio numero comincia con 317. Ciao. Il resto è 867 4964.",
                      ["+393119356799", "+393178674964"]),
    "British parts": ("GB", "ring 07700 900123. My other number begins with 07700. Thanks. The rest of it is 900456.",
                      ["+447700900123", "+447700900456"]),
    "Dutch parts": ("NL", "Mijn nummer begint met 0612. Ik antwoord snel. Daarna komt 34 20 94.", ["+31612342094"]),
    "Indonesian parts": ("ID", "Nomor saya depannya 0813. Buka setiap hari. Sisanya 4096 378.", ["+628134096378"]),
    "Greek parts": ("CY", "Ο αριθμός μου αρχίζει με 9637. Και τα Σάββατα. Το υπόλοιπο είναι 2534.", ["+35796372534"]),
    "Chinese parts": ("TW", "我的號碼前面是0918。無誠勿擾。後面是468234。", ["+886918468234"]),
    "French parts, one in words": ("FR", "portable : d'abord 01, ensuite neuf neuf zéro zéro huit neuf, et enfin 10",
                                   ["+33199008910"]),
    "Vietnamese parts, one in words": ("VN", "SĐT: bắt đầu bằng 0938, rồi một bảy bảy, cuối cùng là 348",
                                       ["+84938177348"]),
    "Romanian parts, one in words": ("RO", "Tel: începe cu 0777, apoi unu zero nouă și se termină cu 947",
                                     ["+40777109947"]),
    "an area code in words": ("US", "Seven oh two is the area code, then it's triple five, oh one, six three.",
                              ["+17025550163"]),
    "an area code, Indonesian": ("ID", "Telp: kode 0810, lalu 0817 803", ["+628100817803"]),
    "an x between all groups": ("FR", "sms au 06X39X98X03X06 (enlevez les X)", ["+33639980306"]),
    "a code of a phone before it": ("US", "CALL-415-555-0123 or VIP-415-555-0124", ["+14155550123", "+14155550124"]),
}  # fmt: skip
NONE = {
    "a Polish tax id": ("PL", "Czysta robota.\nNIP 507 277 111, tytułem BK-7314-1618."),
    "a Portuguese tax id": ("BR", "NIF 397/4000/7118, referência BK-6046-9080."),
    "an Indonesian tax id": ("ID", "NPWP 618/1027/6920, referensi ID00 3722 7649 5168 9697 1948."),
    "a Greek tax id": ("CY", "ΑΦΜ 80249467-6-11, αναφορά CY00 7249 5002 8603 5974 0382."),
    "a French tax id": ("FR", "N° de TVA 69755667-5-50, référence RF18 7197 1172"),
    "a Czech tax id": ("CZ", "DIČ 26999435-6-93, reference CZ00 2715 3492 6627 0152."),
    "what is written like an account": ("IT", "riferimento IT00 5328 0514 3729 9760."),
    "a reference with letters": ("SG", "税号647 806 542，参考号BK-9462-0446。"),
    "an article": ("IT", "Ordine numero A-70638-23, articolo 062.386.69."),
    "an amount": ("ID", "Harga Rp 3190000, bisa nego."),
    "an amount with blanks": ("ID", "Deposit Rp 6 330 000, kosong"),
    "measures": ("FR", "carton 06x30x45, 200x300x4000 mm"),
    "a word behind digits": ("ES", "wasap 612 68 solo"),
    "an article number": ("ES", "artículo 612 345 678 de la tienda"),
}


@pytest.mark.parametrize(("region", "text", "phones"), READ.values(), ids=list(READ))
def test_all_numbers_of_a_text_are_read(region: str, text: str, phones: list[str]) -> None:
    assert [item.value for item in extract(text, kinds=["phone"], region=region)] == phones


@pytest.mark.parametrize(("region", "text"), NONE.values(), ids=list(NONE))
def test_other_numbers_are_no_phones(region: str, text: str) -> None:
    assert [item.value for item in extract(text, kinds=["phone"], region=region)] == []


@pytest.mark.parametrize("text", ["Pago: p@ypal.me/brisa979", "inst@gram.com/oak_tiles", "na bsky @oak38.bsky.social"])
def test_a_disguised_site_is_no_address(text: str) -> None:
    assert extract(text, kinds=["email"]) == []
