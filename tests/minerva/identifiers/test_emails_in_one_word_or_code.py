"""E-mail addresses without a sign as such: words for the signs with no blank between, letters written as codes."""

from __future__ import annotations

import pytest

from minerva.identifiers import extract
from tests.minerva.identifiers.conftest import Mails

GLUED = {
    "Romanian": ("oaktiles760atgmailpunctcom", "oaktiles760@gmail.com"),
    "French, at": ("oaktilesatgmailpointcom", "oaktiles@gmail.com"),
    "French": ("oaktilesarobasehotmailpointfr", "oaktiles@hotmail.fr"),
    "Italian": ("oaktiles9587chiocciolinaliberopuntoit", "oaktiles9587@libero.it"),
    "Italian, letters alone": ("oaktileschiocciolaliberopuntoit", "oaktiles@libero.it"),
    "Spanish": ("oaktiles4998arrobahotmailpuntoes", "oaktiles4998@hotmail.es"),
    "Spanish, a plain dot": ("oaktilesarrobagmail.com", "oaktiles@gmail.com"),
    "Spanish, as it sounds": ("oaktiles7arrobajotmailpuntocom", "oaktiles7@hotmail.com"),
    "Portuguese, two ends": ("oaktiles39atuolpontocompontobr", "oaktiles39@uol.com.br"),
    "Portuguese, one letter": ("oaktiles39auolpontocompontobr", "oaktiles39@uol.com.br"),
    "German": ("oaktiles7atgmxpunktde", "oaktiles7@gmx.de"),
    "German, the sign named": ("oaktilesklammeraffehotmailpunktde", "oaktiles@hotmail.de"),
    "Dutch": ("oaktilesapenstaartjehotmailpuntnl", "oaktiles@hotmail.nl"),
    "Polish": ("oaktilesmalpagmailkropkacom", "oaktiles@gmail.com"),
    "Czech": ("oaktileszavinacemailteckacz", "oaktiles@email.cz"),
    "Hungarian": ("oaktileskukacfreemailponthu", "oaktiles@freemail.hu"),
    "Russian": ("oaktilesсобакаmailточкаru", "oaktiles@mail.ru"),
    "Russian, the provider too": ("oaktilesсобакаяндексточкару", "oaktiles@yandex.ru"),
    "Russian in Latin letters": ("oaktilessobakamailtochkaru", "oaktiles@mail.ru"),
    "Ukrainian": ("oaktilesравликgmailкрапкаcom", "oaktiles@gmail.com"),
}
CODED = {
    "references": ("&#111;&#97;&#107;&#55;&#64;&#109;&#97;&#105;&#108;&#46;&#101;&#120;&#97;&#109;&#112;&#108;&#101;",
                   "oak7@mail.example"),
    "references in hexadecimal": ("&#x6f;&#x61;&#x6b;&#x2e;&#x37;&#x40;&#x67;&#x6d;&#x78;&#x2e;&#x64;&#x65;",
                                  "oak.7@gmx.de"),
    "one letter as a reference": ("oaktile&#115;@mail.example", "oaktiles@mail.example"),
    "percent signs": ("%6F%61%6B%37%40%67%6D%61%69%6C%2E%63%6F%6D", "oak7@gmail.com"),
    "percent signs before a host": ("%6f%61%6b%37%40mail.example", "oak7@mail.example"),
    "escapes of signs": (r"oaktiles7\x40mail\x2eexample", "oaktiles7@mail.example"),
    "escapes": (r"\x6f\x61\x6b\x40\x6d\x61\x69\x6c\x2e\x63\x6f\x6d", "oak@mail.com"),
    "escapes of JSON": (r"\u006f\u0061\u006b\u0040\u006d\u0061\u0069\u006c\u002e\u0063\u006f\u006d", "oak@mail.com"),
    }  # fmt: skip
ANNOUNCED = {
    "hexadecimal": ("hex: 6f 61 6b 37 40 67 6d 61 69 6c 2e 63 6f 6d", "oak7@gmail.com"),
    "hexadecimal in capitals": ("hex: 6F 61 6B 37 40 67 6D 61 69 6C 2E 63 6F 6D", "oak7@gmail.com"),
    "hexadecimal with colons": ("hex: 6f:61:6b:37:40:67:6d:61:69:6c:2e:63:6f:6d", "oak7@gmail.com"),
    "hexadecimal of programs": ("hex: 0x6f,0x61,0x6b,0x40,0x6d,0x61,0x69,0x6c,0x2e,0x63,0x6f,0x6d", "oak@mail.com"),
    "hexadecimal without blanks": ("hex: 6f616b3740676d61696c2e636f6d", "oak7@gmail.com"),
    "decimal": ("decimal: 111 97 107 64 109 97 105 108 46 99 111 109", "oak@mail.com"),
    "decimal with commas": ("ASCII codes 111,97,107,64,109,97,105,108,46,99,111,109", "oak@mail.com"),
}
NONE = {
    "a host": "visit greatwebpunktde",
    "a shop's name": "oaktilesarroba.com",
    "a host with the word": "www.arrobagmail.com",
    "words": "el puntocom de la arroba",
    "the end of an address": "termina en arrobapuntocom",
    "a host that ends in at": "chatmail.com is down",
    "another": "visit greatlive.com today",
    "a hash": "sha1 4067d2e6a656e406d61696c2e636f6d11",
    "hexadecimal of a sentence": "hex: 63 61 6c 6c 20 40 20 6e 6f 6f 6e 2e 20 6f 6b",
    "numbers": "decimal 64 46 99 103 10 20 30 40 50 60",
    "a hardware address": "40:2e:6d:61:69:6c:2e:63",
    "decimal of no host": "111 97 107 64 109 97 105 108 46 99",
    "a path": r"C:\users\x40\mail.log",
    "references of no address": "&#72;&#105;&#64;&#33;",
    "percent signs of a path": "site.example/%40/%2e%2e/etc",
}


@pytest.mark.parametrize("around", ["{}", "Floors. {}\nFri 9-5"], ids=["alone", "lines"])
@pytest.mark.parametrize(("text", "address"), [*GLUED.values(), *CODED.values()], ids=[*GLUED, *CODED])
def test_an_address_is_read(text: str, address: str, around: str, mails: Mails) -> None:
    whole = around.format(text)
    assert [(item.value, item.raw) for item in mails(whole)] == [(address, text)]
    addresses = extract(whole, kinds=["email", "url", "domain"])
    assert [item.value for item in addresses if item.kind == "email"] == [address]


@pytest.mark.parametrize(("text", "address"), ANNOUNCED.values(), ids=list(ANNOUNCED))
def test_numbers_of_letters_are_read_where_they_are_announced(text: str, address: str) -> None:
    assert [item.value for item in extract(text, kinds=["email"])] == [address]
    row = text[max(text.rfind(word) + len(word) for word in ("hex: ", "decimal: ", "codes ")) :]
    assert extract(row, kinds=["email"]) == []


@pytest.mark.parametrize("text", CODED, ids=list(CODED))
def test_codes_are_said_to_be_codes(text: str) -> None:
    written, _ = CODED[text]
    assert [item.method for item in extract(written, kinds=["email"])] == ["coded"]


@pytest.mark.parametrize("text", NONE.values(), ids=list(NONE))
def test_prose_and_code_hold_no_address(text: str, mails: Mails) -> None:
    assert mails(text) == []
