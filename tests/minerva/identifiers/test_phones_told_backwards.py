"""Numbers written backwards, in digits and in words, told so by a phrase or by a right-to-left override; numbers beside
such phrases that are written as they are dialed."""

from __future__ import annotations

from typing import Any

import pytest

from minerva.identifiers import extract, numbering, phone, phone_texts
from minerva.identifiers.reading import Reading
from tests.minerva.identifiers.conftest import Phones

READ = {
    "Spanish": ("Dale la vuelta y llama: 711-543-216", "ES", "+34612345117"),
    "Spanish, from the end": ("El móvil va escrito del final al principio: 381 527 746", "ES", "+34647725183"),
    "Portuguese": ("7110 5555 9 11 (leia de trás para frente)", "BR", "+5511955550117"),
    "French": ("lire à rebours 71 10 89 93 60", "FR", "+33639980117"),
    "German": ("6400293 1710 (von hinten lesen)", "DE", "+491713920046"),
    "Italian": ("a ritroso: 711 0003 743", "IT", "+393473000117"),
    "Turkish": ("711 5550 235 0 (sondan başa)", "TR", "+905320555117"),
    "Thai": ("โทร 7110-321-980 อ่านจากหลังไปหน้า", "TH", "+66891230117"),
    "Chinese": ("从右往左读 7108 3100 831", "CN", "+8613800138017"),
    "Vietnamese": ("gọi 711 4321 190 (đọc ngược)", "VN", "+84911234117"),
    "an order that is none of goods": ("number in reverse order 7110-555-213", "US", "+13125550117"),
    "a plus sign behind": ("7110.555.213.1+ (read it backwards)", "GB", "+13125550117"),
    "a plus sign behind in words": ("seven one one zero five five five two one three one plus (backwards)", "GB",
                                    "+13125550117"),
    "words": ("number backwards: seven-one-one-zero, five five five, two-one-three", "US", "+13125550117"),
    "German words": ("rückwärts: SECHS-VIER-NULL-NULL-ZWEI-NEUN-DREI-EINS-SIEBEN-EINS-NULL", "DE", "+491713920046"),
    "Italian words": (
        "leggi da destra a sinistra SETTE UNO UNO, ZERO ZERO ZERO, TRE SETTE QUATTRO TRE", "IT", "+393473000117",
    ),
    "both directions are numbers": ("del revés: 963 497 617", "ES", "+34716794369"),
    "both directions are numbers in North America": ("6345558312 (read backwards)", "US", "+12138555436"),
    "both directions are numbers with a trunk prefix": ("meine Nummer rückwärts: 0176 0471 710", "DE", "+491717406710"),
    "both directions are numbers in words": (
        "rückwärts: null vier null null zwei neun drei eins sieben eins null", "DE", "+491713920040",
    ),
}  # fmt: skip
AS_WRITTEN = {
    "a word of ordinary prose before": ("De lo contrario llama al 963 497 617", "ES", "+34963497617"),
    "an e-mail backwards": ("moc.elpmaxe@selitkao (al revés). Tel 963 497 617", "ES", "+34963497617"),
    "another sentence": ("La vuelta es gratis. Mi numero es el 963 497 617", "ES", "+34963497617"),
    "a camera": ("reverse camera, 312-555-0117", "US", "+13125550117"),
    "a plus sign before": ("+1 312 555 0117 (read backwards)", "US", "+13125550117"),
}
NONE = {
    "dates": ("ab 2023-12-05. moc.elpmaxe@selitkao (rückwärts lesen). Bis 20.11.", "DE"),
    "an id": ("reverse camera fitted, order 7110555213", "US"),
    "a count": ("rückwärts zählen: zehn neun acht sieben sechs fünf vier", "DE"),
}
OVERRIDDEN = {
    "in an isolate": ("Call \u2067\u202e7110.555.213\u202c\u2069 to book", "US", "+13125550117", "7110.555.213"),
    "up to the line's end": ("Tel \u202e711 543 216\nPiso 2", "ES", "+34612345117", "711 543 216"),
    "a plus sign within": ("zap \u202e7110.5555.9.11.55+\u202c hoje", "ES", "+5511955550117", "7110.5555.9.11.55+"),
    "half of it": ("Tel 312 555 \u202e7110\u202c", "US", "+13125550117", "312 555 \u202e7110"),
    "a word that is not seen": ("\u202exyz\u202c 312 555 0117", "US", "+13125550117", "312 555 0117"),
}


@pytest.mark.usefixtures("as_stated")
@pytest.mark.parametrize(("text", "region", "number"), READ.values(), ids=list(READ))
def test_a_number_told_backwards_is_read_with_little_confidence(
    text: str, region: str, number: str, phones: Phones
) -> None:
    (found,) = phones(text, region)
    assert found.value == number
    assert found.confidence < 0.7


@pytest.mark.parametrize(("text", "region", "number"), AS_WRITTEN.values(), ids=list(AS_WRITTEN))
def test_a_number_is_read_as_it_is_written(text: str, region: str, number: str) -> None:
    assert [each.value for each in extract(text, kinds=["phone"], region=region)] == [number]


@pytest.mark.parametrize(("text", "region"), NONE.values(), ids=list(NONE))
def test_what_is_no_phone_gives_none(text: str, region: str) -> None:
    assert extract(text, kinds=["phone"], region=region) == []


@pytest.mark.parametrize(("text", "region", "number", "written"), OVERRIDDEN.values(), ids=list(OVERRIDDEN))
def test_what_is_displayed_backwards_is_read_as_displayed(text: str, region: str, number: str, written: str) -> None:
    (found,) = extract(text, kinds=["phone"], region=region)
    assert (found.value, text[found.start : found.end]) == (number, written)


ALL = {name: row[:2] for rows in (READ, AS_WRITTEN, NONE, OVERRIDDEN) for name, row in rows.items()}


@pytest.mark.parametrize(("text", "region"), ALL.values(), ids=list(ALL))
def test_readings_many_at_once_and_of_a_search_find_the_same(text: str, region: str) -> None:
    rules: Any = numbering.hinted(region)
    alone = phone.hits_in(text, rules)
    assert phone.found_in(Reading(text), rules) == alone
    found = phone_texts.find_in_all([text] * 100, [region] * 100)
    assert found.numbers == [hit[2] for hit in alone] * 100
