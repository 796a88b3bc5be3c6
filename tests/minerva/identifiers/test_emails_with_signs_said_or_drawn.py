"""E-mail addresses with a picture for the sign before any provider, and with signs that the text says what they stand
for."""

from __future__ import annotations

import pytest

from tests.minerva.identifiers.conftest import Mails

TOLD = {
    "a Brazilian provider": ("oaktiles9641 🌀 uol.com.br", "oaktiles9641@uol.com.br"),
    "an Italian one, no blank": ("oaktiles9641🌀libero.it", "oaktiles9641@libero.it"),
    "a German one": ("oaktiles9641 ✉️ web.de", "oaktiles9641@web.de"),
    "a Russian one": ("oaktiles9641📧mail.ru", "oaktiles9641@mail.ru"),
    "pictures for both": ("oaktilesmia🌀proton⚫me (🌀 = at, ⚫ = dot)", "oaktilesmia@proton.me"),
    "pictures for both, any host": ("oaktilesmia🌀mail⚫example (🌀 = at, ⚫ = dot)", "oaktilesmia@mail.example"),
    "in Spanish": ("oaktilesmia#mail^example (# = arroba, ^ = punto)", "oaktilesmia@mail.example"),
    "in French": ("oaktilesmia~mail.example, ~ = arobase", "oaktilesmia@mail.example"),
    "to be swapped": ("oak.tiles#mail.example (swap the # for the usual sign)", "oak.tiles@mail.example"),
    "to be replaced": ("oak.tiles#mail.example, replace # with the at sign", "oak.tiles@mail.example"),
    "to be swapped, French": ("oak.tiles#mail.example remplacez le # par l'arobase", "oak.tiles@mail.example"),
    "to be swapped, Spanish": ("oak.tiles#mail.example (cambia # por @)", "oak.tiles@mail.example"),
    "to be swapped, Portuguese": ("oak.tiles#mail.example (troque o # por @)", "oak.tiles@mail.example"),
    "to be swapped, Italian": ("oak.tiles#mail.example sostituire # con la chiocciola", "oak.tiles@mail.example"),
    "a word": ("monkeytail sign is @: oaktiles monkeytail mail dot example", "oaktiles@mail.example"),
}
NONE = {
    "a telephone": "Forfait4G 📱 free.fr",
    "a telephone, no blank": "Forfait4G📱free.fr",
    "a fire": "promo2024 🔥 orange.fr",
    "a finger": "noticias2024 👉 uol.com.br",
    "a newspaper": "noticias2024 📰 uol.com.br",
    "a picture and no host": "noticias2024 📧 contato no site",
    "a formula": "x = at + b",
    "a dot alone": "a # b (# = dot)",
    "a price": "price = at cost # 5",
    "a part to replace": "replace the # with the new one, see mail.example",
    "a sign that stands nowhere": "swap the * for the usual sign, see mail.example",
    "a word that is told": "my name is @ the top of mail dot example",
}


@pytest.mark.parametrize("around", ["{}", "Floors. {}\nFri 9-5"], ids=["alone", "lines"])
@pytest.mark.parametrize(("text", "address"), TOLD.values(), ids=list(TOLD))
def test_an_address_is_read(text: str, address: str, around: str, mails: Mails) -> None:
    (found,) = mails(around.format(text))
    assert found.value == address
    assert found.raw in text


@pytest.mark.parametrize("text", NONE.values(), ids=list(NONE))
def test_prose_holds_no_address(text: str, mails: Mails) -> None:
    assert mails(text) == []
