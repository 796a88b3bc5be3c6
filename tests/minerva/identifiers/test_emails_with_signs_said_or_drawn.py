"""E-mail addresses whose mailbox holds signs or digits in words, whose host is written with other signs or letters,
whose provider is told by its name alone, or with a picture for the sign or signs that are told what they stand for."""

from __future__ import annotations

import pytest

from minerva.identifiers import extract
from tests.minerva.identifiers.conftest import Mails

TOLD = {
    "a minus, Italian": ("scrivi a quercia meno doccia chiocciola example punto com", "quercia-doccia@example.com"),
    "a minus, Russian, before the sign": ("почта: elm минус bay@example точка com", "elm-bay@example.com"),
    "an underscore, Russian": ("elm нижнее подчёркивание bay собака example точка com", "elm_bay@example.com"),
    "a key of French keyboards": ("mail elm tiret du 6 bay arobase example point com", "elm-bay@example.com"),
    "another key": ("mail elm tiret du 8 bay at example point com", "elm_bay@example.com"),
    "a dot before the sign": ("my email is larch period lane77@example dot com", "larch.lane77@example.com"),
    "a dot with a digit for its letter": ("larch т0чка lane7 собака example т0чка com", "larch.lane7@example.com"),
    "digits, Russian": ("mail larchbay три пять at example.com (цифрами)", "larchbay35@example.com"),
    "digits, Romanian": ("larchbay doi zero unu opt at example.com, cu cifre", "larchbay2018@example.com"),
    "digits, Polish": ("Mail: larchbay dwa trzy małpa example kropka com (cyframi)", "larchbay23@example.com"),
    "digits, Dutch": ("mail larchbay twee drie vier at example punt com (in cijfers)", "larchbay234@example.com"),
    "digits, Turkish": ("larchbay üç beş at example nokta com (rakamla)", "larchbay35@example.com"),
    "digits, Chinese": ("邮箱 larchbay 七 八 小老鼠 example.com（数字）", "larchbay78@example.com"),
    "digits, Thai": ("อีเมล larchbay สอง สาม แอท example.com (ตัวเลข)", "larchbay23@example.com"),
    "a digit before the sign itself": ("email larchbay five @ example dot com (as digits)", "larchbay5@example.com"),
    "digits without a remark": ("my email: larchbay nine zero two @ example dot com", "larchbay902@example.com"),
    "percent signs": ("larchbay%at%example,com", "larchbay@example.com"),
    "quotation marks": ("larchbay »at« example,com", "larchbay@example.com"),
    "a short name of the sign": ("larchbay CHIOCC example punto com", "larchbay@example.com"),
    "a homophone, Chinese": ("larchbay 爱特 example 點 com", "larchbay@example.com"),
    "middle dots": ("l·a·r·c·h·b·a·y·@·e·x·a·m·p·l·e·.·c·o·m", "larchbay@example.com"),
    "middle dots in the mailbox alone": ("l·a·r·c·h·b·a·y@example.com", "larchbay@example.com"),
    "a semicolon before a known ending": ("larchbay(A)sapo;pt", "larchbay@sapo.pt"),
    "stars for both signs": ("larchbay*at*gmail*com", "larchbay@gmail.com"),
    "an underscore, Polish": ("elm podłoga bay małpa wp kropka pl", "elm_bay@wp.pl"),
    "a drawn dot": ("larchbay^at^proton⚫me", "larchbay@proton.me"),
    "a bar in a provider": ("larchbay@gmai|.com", "larchbay@gmail.com"),
    "a letter of phonetics": ("larchbay@ɡmail.com", "larchbay@gmail.com"),
    "look-alikes of two scripts": ("larchbay@eхɑmple.сom", "larchbay@example.com"),
    "a provider with a letter more": ("larchbay [at] hotmaill [dot] com", "larchbay@hotmail.com"),
    "from right to left, country and all": ("rb.moc.lou@yabhcral", "larchbay@uol.com.br"),
    "from right to left, a provider": ("ti.orebil@yabhcral", "larchbay@libero.it"),
    "a part to take away, with its sign": ("larchbay20NO-SPAM@example.com (remove NO-SPAM)", "larchbay20@example.com"),
    "a role in capitals": ("send your resume to JOBS AT EXAMPLE DOT COM", "jobs@example.com"),
    "a sign put for another, Chinese": ("larchbay#126.com(#换成@)", "larchbay@126.com"),
    "a sign put for another, Russian": ("larchbay#example.com (# вместо @)", "larchbay@example.com"),
    "a sign put for another, French": ("larchbay#example.com (# au lieu de @)", "larchbay@example.com"),
    "a provider behind a label": ("Contact: GMAIL: larchbay", "larchbay@gmail.com"),
    "another provider behind a label": ("Mail: Outlook: larchbay", "larchbay@outlook.com"),
    "a provider with a remark": ("mi hotmail es larchbayalto (acaba en .com)", "larchbayalto@hotmail.com"),
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
    "a price": "il prezzo meno lo sconto at example.com",
    "a sum": "un meno due chiocciola",
    "a share": "100%at%50",
    "a format": 'print("%at%s" % name)',
    "houses": "we have three two at the ready",
    "a path": "git@web:de and root@mail|ru",
    "a function": "read(a)site;pt",
    "a list": "one;at;com",
    "a forecast": "Weather outlook: rainy",
    "a forecast with digits": "Market outlook: q3-results",
    "a label and a state": "Contact: outlook: improving",
    "a provider that is praised": "Reply: gmail: excellent!",
    "a preposition before a host": "termina en @hotmail.com",
    "jobs at a firm": "we have jobs at example dot com",
    "a sign that is told of": "use # instead of @ in the form",
    "a telephone": "Forfait4G 📱 free.fr",
    "a telephone, no blank": "Forfait4G📱free.fr",
    "a fire": "promo2024 🔥 orange.fr",
    "a finger": "noticias2024 👉 uol.com.br",
    "a newspaper": "noticias2024 📰 uol.com.br",
    "a picture and no host": "noticias2024 📧 contato no site",
    "a formula": "x = at + b",
    "a dot alone": "a # b (# = dot)",
    "a price and a sign": "price = at cost # 5",
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


@pytest.mark.parametrize(
    ("text", "address"),
    [("larchbay@hottmail.com", "larchbay@hottmail.com"), ("opt at gmail.com", "opt@gmail.com")],
    ids=["a host that is written plainly", "a mailbox that is a digit elsewhere"],
)
def test_what_is_written_stays(text: str, address: str) -> None:
    assert [item.value for item in extract(text, kinds=["email"])] == [address]
