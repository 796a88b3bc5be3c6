"""E-mail addresses of which the mailbox stands behind one phrase of a text and the host behind another."""

from __future__ import annotations

import pytest

from minerva.identifiers import extract
from tests.minerva.identifiers.conftest import Mails

FLOORS = "\nFloors laid from 9 to 5, 20 per metre.\n"
TOLD = {
    "halves": ("Email, first half: larchbay{}after the @ comes example.com", "larchbay@example.com"),
    "parts": ("Mail, part 1: larch.bay7{}part 2: @example.com", "larch.bay7@example.com"),
    "the sign in words": (
        "Email before the at sign: larchbay{}after the at sign: example dot com", "larchbay@example.com",
    ),
    "left open": ("Mailbox larch.bay...{}...at example.com", "larch.bay@example.com"),
    "a domain": ("Mailbox name is larch_bay{}the domain is example.org", "larch_bay@example.org"),
    "German": ("Mail, vor dem ät: larch.bay2{}und dahinter example.net", "larch.bay2@example.net"),
    "German, both name the sign": ("Mail vor dem @ larchbay{}nach dem @ steht web.de", "larchbay@web.de"),
    "Spanish": ("Mi usuario de correo es larchbay25{}y el servidor es example.com", "larchbay25@example.com"),
    "Spanish, both name the sign": (
        "Correo antes de la arroba: larchbay{}después de la arroba va hotmail.es", "larchbay@hotmail.es",
    ),
    "French": ("Mail, avant l'arobase : larchbay{}après l'arobase : example.com", "larchbay@example.com"),
    "Italian": ("Mail, prima della chiocciola: larchbay{}dopo la chiocciola: libero punto it", "larchbay@libero.it"),
    "Portuguese": ("E-mail, antes da arroba: larchbay{}depois da arroba vem uol.com.br", "larchbay@uol.com.br"),
    "Romanian": ("Mail, prima parte: larch-bay{}după @ vine example PUNCT com", "larch-bay@example.com"),
    "Polish": ("Mail, przed małpą: larch_bay{}po małpie: interia.pl", "larch_bay@interia.pl"),
    "Dutch": ("Mail, voor het apenstaartje: larchbay{}na het apenstaartje komt ziggo.nl", "larchbay@ziggo.nl"),
    "Russian": ("Почта, до @: larch-bay5{}после @: yandex.kz", "larch-bay5@yandex.kz"),
    "Russian, a name of the sign": ("Логин почты: larch.bay{}после собаки rambler тчк ru", "larch.bay@rambler.ru"),
    "Thai": ("เมลหน้า @ คือ larch_bay{}หลัง @ คือ gmail ดอท com", "larch_bay@gmail.com"),
    "Chinese": ("邮箱@前面是larchbay{}@后面是example.com", "larchbay@example.com"),
    "what it begins with": ("Mi correo empieza por larchbay7{}y termina en @hotmail.com", "larchbay7@hotmail.com"),
    "a part with the sign": ("Mon mail : première partie larchbay7{}deuxième partie @orange.fr", "larchbay7@orange.fr"),
    "Turkish": ("E-posta: @ işaretinden önce larchbay7{}sonra hotmail.com", "larchbay7@hotmail.com"),
    "Japanese": ("メール @の前がlarchbay7{}@の後がexample.com", "larchbay7@example.com"),
    "a provider without its ending": ("Email before the @: larchbay{}after the @ it's gmail", "larchbay@gmail.com"),
}  # fmt: skip
NONE = {
    "a first part alone": "Email, first half: larchbay, ask for the rest",
    "a locked mailbox": "Mein web.de Postfach ist gesperrt, bitte schreibt über das Portal",
    "a host alone": "Email us: after the @ comes example.com",
    "two mailboxes": "Mail before the @: larchbay. Mail before the @: elmlane. After the @: example.com",
    "two hosts": "Mail before the @: larchbay. After the @: example.com. After the @: example.org",
    "parts of a film": "We mail discs. First half: boring\nsecond half: example.com has it",
    "a server and a name": "Our mailbox is full\nthe server is example.com",
    "a mail server": "Configure the mail server: the host is mail.example.com and the port 25",
    "a word and an hour": "Mail before 5, after 7 see example.com",
    "dots of a pause": "Mail me... I am here ...at example.com you see more",
    "what an address is": "An e-mail has two parts: before @ the user, after @ example.com",
    "a name of a provider": "mailbox outlook\nthe domain is example.com",
    "far from each other": f"Email, first half: larchbay{FLOORS * 20}after the @: example.com",
}


LABELLED = {
    "English": ("Email. User: larch4u, domain: bay.example", "larch4u@bay.example"),
    "English, in lines": ("E-mail\nusername: larch4u\ndomain: bay.example\nThanks", "larch4u@bay.example"),
    "English, no colons": ("my email is split: user larch.bay domain bay.example", "larch.bay@bay.example"),
    "Indonesian": ("Email: \nnama: larchbay\ndomain: kebun.example\n\nTidak tukar", "larchbay@kebun.example"),
    "French": ("Courriel, nom : larch.bay ; domaine : orange.fr", "larch.bay@orange.fr"),
    "Spanish": ("Correo: nombre: larch4u, dominio: bay punto example", "larch4u@bay.example"),
    "Swedish": ("Mejl, namn: larch44, domän: telia.se", "larch44@telia.se"),
    "Russian": ("Почта: имя larch44, домен mail.ru", "larch44@mail.ru"),
}
NOT_LABELLED = {
    "a login": "Network drive. User: larch4u, domain: bay.example, password on request",
    "a page": "Email us. Our page has the name oaktiles and the domain is for sale: bay.example",
}


@pytest.mark.parametrize(("text", "address"), LABELLED.values(), ids=list(LABELLED))
def test_a_name_and_a_host_behind_labels_are_an_address(text: str, address: str, mails: Mails) -> None:
    assert [item.value for item in mails(text)] == [address]


@pytest.mark.parametrize("text", NOT_LABELLED.values(), ids=list(NOT_LABELLED))
def test_other_labels_hold_no_address(text: str, mails: Mails) -> None:
    assert mails(text) == []


@pytest.mark.usefixtures("as_stated")
@pytest.mark.parametrize("between", [FLOORS, ". Floors laid. ", ", "], ids=["lines", "sentences", "a comma"])
@pytest.mark.parametrize(("text", "address"), TOLD.values(), ids=list(TOLD))
def test_an_address_is_read(text: str, address: str, between: str, mails: Mails) -> None:
    whole = text.format(between)
    (found,) = mails(whole)
    assert found.value == address
    assert found.confidence <= 0.6
    assert whole[found.start : found.end] == found.raw
    assert found.raw.startswith(address.partition("@")[0])


@pytest.mark.parametrize("text", NONE.values(), ids=list(NONE))
def test_prose_holds_no_address(text: str, mails: Mails) -> None:
    assert mails(text) == []


def test_what_is_written_whole_is_read_alone() -> None:
    text = "Mail before the @: larchbay, after the @: example.com, or elmlane@example.org"
    assert [item.value for item in extract(text, kinds=["email"])] == ["elmlane@example.org"]


SAME_HOST = {
    "a role": ("See www.oaktiles.example for floors. Mail: info at this domain", "info@oaktiles.example"),
    "in quotes": (
        "Our shop is at oaktiles.example, open 10-4. Write to the mailbox 'larch' at that domain.",
        "larch@oaktiles.example",
    ),
    "in brackets": ("oaktiles.example - email hello [at] the same domain", "hello@oaktiles.example"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "address"), SAME_HOST.values(), ids=list(SAME_HOST))
def test_the_host_is_the_site_that_is_named(text: str, address: str, mails: Mails) -> None:
    assert [item.value for item in mails(text)] == [address]


@pytest.mark.parametrize(
    "text",
    [
        "See oaktiles.example or elm.example. Mail: info at this domain",
        "Mail: info at this domain",
        "The mail server is at that domain, oaktiles.example",
        "Find us at our website oaktiles.example and mail us there",
    ],
    ids=["two sites", "no site", "prose", "a site"],
)
def test_no_host_is_guessed(text: str) -> None:
    assert extract(text, kinds=["email"]) == []
