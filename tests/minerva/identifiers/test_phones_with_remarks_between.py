"""Numbers with remarks, lines or signs between their groups, where something announces them."""

from __future__ import annotations

import pytest

from minerva.identifiers import extract
from tests.minerva.identifiers.conftest import Phones

READ = [
    ("in brackets", "US", "Book today 832 (leave a note) 555 (thanks) 0199", "+18325550199"),
    ("in brackets, abroad", "CN", "手机：138 (随时) 0013 (微信) 8000", "+8613800138000"),
    ("in dots", "US", "Ask for Rosa: 813 ...HELLO... 555 ...NO JOKES... 0168", "+18135550168"),
    ("in dots, abroad", "FR", "Contact : 0639 ...sms... 98 ...merci... 00 ...bonne journée... 23", "+33639980023"),
    ("in dashes", "US", "Tel. 416-RING-ME-555-ANY-TIME-0107", "+14165550107"),
    ("between blanks", "US", "My number is 720 LEAVE MSG 555 TEXT 0181", "+17205550181"),
    ("behind a picture", "US", "\u260e 832 and 555 ok? 0182", "+18325550182"),
    ("in lines that go down like stairs", "US", "Text me\n858\n---555\n------0100", "+18585550100"),
    ("in lines with arrows", "ES", "llama\n-> 612\n-> 345\n-> 678", "+34612345678"),
    ("faces between", "US", "lashes $85 :) 323 :) 555 :) 0123 :) by appt", "+13235550123"),
    ("groups of all sizes", "US", "40 7 55 5 01 3 8 evenings, $140 with lamps", "+14075550138"),
    ("the same sign twice", "US", "3 1 7 & 5 5 5 & 0 1 3 8, garage doors", "+13175550138"),
    ("a step behind a sentence", "IT", "Chiama 328-555-01-60... 2° piano", "+393285550160"),
    ("a price before words without blanks", "TW", "一小時600。零九三七 四一六 零二八", "+886937416028"),
]
NOT_READ = [
    ("measures", "US", "Call about 415 and 555 and 1200 sq ft"),
    ("units in the gaps", "US", "phone stand 212 mm wide 555 mm high 1234"),
    ("nothing that announces", "US", "rooms 212 (king) 555 (queen) 0123 on three floors"),
    ("prices", "US", "text 212 (was $300) 555 (now $200) 0123"),
    ("a draw of a lottery", "US", "Pick of the week 3 14 22 37 41 7, apt 103"),
    ("prices in lines", "US", "call\n- $212\n- $555\n- $0123"),
]


@pytest.mark.parametrize(("region", "text", "number"), [row[1:] for row in READ], ids=[row[0] for row in READ])
def test_a_number_is_read_over_what_stands_between(phones: Phones, region: str, text: str, number: str) -> None:
    assert [item.value for item in phones(text, region)] == [number]


@pytest.mark.parametrize(("region", "text"), [row[1:] for row in NOT_READ], ids=[row[0] for row in NOT_READ])
def test_other_groups_with_words_between_are_no_number(phones: Phones, region: str, text: str) -> None:
    assert phones(text, region) == []


@pytest.mark.usefixtures("as_stated")
def test_what_is_read_over_remarks_is_told_as_a_guess() -> None:
    (found,) = extract("Call 720 LEAVE MSG 555 TEXT 0181", kinds=["phone"], region="US")
    assert found.confidence <= 0.6
