"""Parts put into an e-mail address that its text, in any language, says are to be taken away again."""

from __future__ import annotations

import pytest

from minerva.identifiers import extract
from tests.minerva.identifiers.conftest import Mails

CLEANED = {
    "Italian, against spam": ("oaktiles32-NIENTESPAM@gmail.com", "oaktiles32@gmail.com"),
    "Dutch, against spam": ("oaktiles.GEENSPAM@icloud.com (haal GEENSPAM weg)", "oaktiles@icloud.com"),
    "Dutch, small letters": ("oaktiles.geenspam@icloud.com", "oaktiles@icloud.com"),
    "Dutch, without a sign": ("oaktilesGEENSPAM@icloud.com", "oaktiles@icloud.com"),
    "Polish, against spam": ("oaktiles-bezspam@wp.pl", "oaktiles@wp.pl"),
    "Turkish, against spam": ("oaktiles.yokspam@gmail.com", "oaktiles@gmail.com"),
    "Russian, against spam": ("oaktiles-НЕТСПАМ@mail.ru", "oaktiles@mail.ru"),
    "Russian, of one word": ("oaktilesБЕЗСПАМА@mail.ru", "oaktiles@mail.ru"),
    "French, in the host": ("oaktiles@ENLEVEZMOIbluewin.ch (enlevez ENLEVEZMOI)", "oaktiles@bluewin.ch"),
    "German, in the host": ("oaktiles@KATZEgmx.de, bitte KATZE entfernen!", "oaktiles@gmx.de"),
    "English": ("oaktiles-CATNIP@mail.example (remove CATNIP)", "oaktiles@mail.example"),
    "English, in the middle": ("oaktiles.CATNIP.mia@mail.example (without CATNIP)", "oaktiles.mia@mail.example"),
    "English, please": ("oaktiles-CATNIP@mail.example - take out the CATNIP please", "oaktiles@mail.example"),
    "English, the capitals": ("oaktilesCATNIPmia@mail.example minus the caps", "oaktilesmia@mail.example"),
    "Spanish": ("oaktiles_GATITO@mail.example (quitar GATITO)", "oaktiles@mail.example"),
    "Portuguese": ("oaktilesGATINHO@mail.example, retirar GATINHO", "oaktiles@mail.example"),
    "Polish": ("oaktiles-KOTEK@mail.example KOTEK usuń", "oaktiles@mail.example"),
    "Russian, before": ("(убрать CATNIP) oaktilesCATNIP@mail.ru", "oaktiles@mail.ru"),
    "Russian": ("oaktilesCATNIP@mail.ru (без CATNIP)", "oaktiles@mail.ru"),
    "Korean": ("oaktilesCATNIP@mail.example (CATNIP를 빼고)", "oaktiles@mail.example"),
    "Chinese": ("oaktilesCATNIP@mail.example 去掉CATNIP", "oaktiles@mail.example"),
    "Japanese": ("oaktilesCATNIP@mail.example (CATNIPを削除)", "oaktiles@mail.example"),
    "in a short host with an accent": ("al@éxaDELmple.net (remove DEL)", "al@example.net"),
    "in a long host with accents": ("ab@bücherDELbücher.example (remove DEL)", "ab@bucherbucher.example"),
    "before a dot that ends the name": ("oaktilesCATNIPmia.@mail.example minus the caps", "oaktilesmia@mail.example"),
    "a word of its own": ("oaktiles REMOVETHIS @ mail.example", "oaktiles@mail.example"),
}
KEPT = {
    "a firm's name": ("ACMEtiles@mail.example ACME Corp", "acmetiles@mail.example"),
    "a firm that delivers": ("ACMEtiles@mail.example, ACME delivers without delay", "acmetiles@mail.example"),
    "a firm's delays": ("ACMEtiles@mail.example we deliver without ACME delays", "acmetiles@mail.example"),
    "all in capitals": ("OAKTILES@MAIL.EXAMPLE (remove OAKTILES)", "oaktiles@mail.example"),
    "another word": ("oaktilesCATNIP@mail.example (remove stains)", "oaktilescatnip@mail.example"),
    "a name with the word": ("inospam@mail.example", "inospam@mail.example"),
    "a longer name": ("casinospam@mail.example", "casinospam@mail.example"),
    "the word alone": ("nospam@mail.example", "nospam@mail.example"),
}


@pytest.mark.parametrize("around", ["{}", "Floors. {}\nFri 9-5"], ids=["alone", "lines"])
@pytest.mark.parametrize(("text", "address"), CLEANED.values(), ids=list(CLEANED))
def test_the_part_is_left_out(text: str, address: str, around: str, mails: Mails) -> None:
    assert [(item.value, item.method) for item in mails(around.format(text))] == [(address, "cleaned")]


def test_the_address_with_the_part_is_another_reading() -> None:
    [item] = extract("oaktiles@ENLEVEZMOIbluewin.ch (enlevez ENLEVEZMOI)", kinds=["email"])
    assert item.alternatives == ("email:oaktiles@enlevezmoibluewin.ch",)
    assert item.raw == "oaktiles@ENLEVEZMOIbluewin.ch"


@pytest.mark.parametrize(("text", "address"), KEPT.values(), ids=list(KEPT))
def test_capitals_of_the_address_stay(text: str, address: str) -> None:
    assert [(item.value, item.method) for item in extract(text, kinds=["email"])] == [(address, "plain")]


@pytest.mark.parametrize("text", ["mail REMOVE @ mail.example", "please delete @ site names"])
def test_no_part_stands_alone(text: str) -> None:
    assert extract(text, kinds=["email"]) == []
