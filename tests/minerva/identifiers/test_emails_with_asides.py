"""E-mail addresses whose provider, or where the sign goes, is told beside the mailbox name."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from minerva.identifiers import extract
from tests.minerva.identifiers.conftest import Mails

GUESSED = {
    "a provider in brackets": ("Contact: larchbay7 (Icloud)", "larchbay7@icloud.com"),
    "a provider in brackets, a sign": ("Email: larch.bay7 (yahoo)!", "larch.bay7@yahoo.com"),
    "a provider in brackets, a word": ("Manda tu CV: larchbayoaks (outlook)", "larchbayoaks@outlook.com"),
    "a provider in brackets, a picture": ("\u2709 larchbay7 [proton]", "larchbay7@proton.me"),
    "between": ("My mail: larch_bay ... example dot com (put the @ between)", "larch_bay@example.com"),
    "between, a picture before": ("\u2709 larchbay7 \u2026 yahoo.com (add an @ in the middle)", "larchbay7@yahoo.com"),
    "between, a slash": ("Contact: larch_bay / outlook.com, insert the at sign between", "larch_bay@outlook.com"),
    "between, Spanish": ("Contacto: larchbay7 ... gmail.com (pon la @ en medio)", "larchbay7@gmail.com"),
    "between, Spanish in words": ("Contacto: larch_bay yahoo.com (con la arroba en medio)", "larch_bay@yahoo.com"),
    "between, Portuguese": ("E-mail: larchbay7 ... uol.com.br (ponha o @ no meio)", "larchbay7@uol.com.br"),
    "between, French": ("Mail : larchbay7 ... gmail.com (mettez l'@ entre les deux)", "larchbay7@gmail.com"),
    "between, German": ("Kontakt: larchbay7 ... web.de (das @ dazwischen setzen)", "larchbay7@web.de"),
    "between, Italian": ("Mail: larchbay7 ... libero.it (metti la @ in mezzo)", "larchbay7@libero.it"),
    "between, Russian": ("Почта: larchbay7 ... yandex.ru (между ними @)", "larchbay7@yandex.ru"),
    "an account, Spanish": ("Correo: es una cuenta de gmail.com, el usuario es larchbay7", "larchbay7@gmail.com"),
    "an account in words": ("Escribe: una cuenta de yahoo punto com, usuario larchbayoaks", "larchbayoaks@yahoo.com"),
    "an account, Portuguese": ("É uma conta do hotmail.com, o usuário é larch_bay", "larch_bay@hotmail.com"),
    "an account, French": ("C'est un compte chez orange.fr, l'utilisateur est larch.bay7", "larch.bay7@orange.fr"),
    "an account, German": ("Kontakt: ein Konto bei gmx.de, der Nutzer ist larchbay7", "larchbay7@gmx.de"),
    "an account, English": ("It's an account at gmail.com, the username is larchbay7", "larchbay7@gmail.com"),
    "an account behind": ("Reply: larch-bay7 and it is an account at yahoo.com", "larch-bay7@yahoo.com"),
    "an account behind, Spanish": ("Contacto: larchbay7, es una cuenta de hotmail.com", "larchbay7@hotmail.com"),
    "the rest": ("Email - user larchbay7, the rest is yahoo.com", "larchbay7@yahoo.com"),
    "the rest, Spanish": ("Correo: usuario larchbay7, lo demás es outlook.com", "larchbay7@outlook.com"),
    "a server": ("Contact: utilizator larch_bay, server aol.com", "larch_bay@aol.com"),
    "start with": ("E-mail: start with larch.bay7, after the @ put example dot com", "larch.bay7@example.com"),
    "in front, German": ("\u2709 vorne larchbay7, nach dem @ kommt hotmail punkt com", "larchbay7@hotmail.com"),
    "in front, French": ("\u2709 devant larchbay7, après l'arobase hotmail point com", "larchbay7@hotmail.com"),
    "in front, Chinese": ("前面是larch_bay，后面是icloud.com，中间加@", "larch_bay@icloud.com"),
}  # fmt: skip
READ = {
    "the sign in turn, French": ("Écrivez : larch-bay, puis l'arobase, puis gmail.com.", "larch-bay@gmail.com"),
    "the sign in turn, and": ("CV: larch_bay7 y luego la arroba y yahoo.com", "larch_bay7@yahoo.com"),
    "the sign in turn, Portuguese": ("larchbay7 e depois a arroba e uol.com.br", "larchbay7@uol.com.br"),
    "a picture behind a sentence": ("Sin compromiso... \U0001f4e7 larch-bay(at)gmail dot com", "larch-bay@gmail.com"),
    "an ellipsis and a sign in words": ("no pets... larch underscore bay (at) icloud dot com", "larch_bay@icloud.com"),
    "hyphens around all": ("from 9-5. larch-dot-bay-at-gmail-dot-com", "larch.bay@gmail.com"),
    "hyphens around an underscore": ("larch-underscore-bay-at-gmail-dot-com", "larch_bay@gmail.com"),
    "a dot apart": ("email me larch7 . bay AT outlook.com with dates", "larch7.bay@outlook.com"),
    "letters apart behind a colon": ("邮件：l a r c h - 9 7 @ o u t l o o k . c o m", "larch-97@outlook.com"),
    "letters apart behind letters": ("请发l a r c h 9 7 @ o u t l o o k . c o m", "larch97@outlook.com"),
    "gee-mail": ("larch-bay7 (at) gee-mail(dot)com", "larch-bay7@gmail.com"),
    "another letter in a circle": ("CV: larchbay3\u00a9example(.)net", "larchbay3@example.net"),
    "another letter in a circle, a provider": ("\u2709 larchbay22\u00aeoutlook\uff0ecom", "larchbay22@outlook.com"),
    "a picture of a letter": ("\U0001f48c larchbays at icloud", "larchbays@icloud.com"),
    "a cloud": ("CV: larch_bay8@eye cloud . com", "larch_bay8@icloud.com"),
    "a digit and blanks": ("邮箱：larch_bay(at)gma1l . com", "larch_bay@gmail.com"),
    "a comma and blanks": ("\u2709 larchbay\uff20example , com", "larchbay@example.com"),
    "one word": ("Sets 75, fills 95. the larch room (one word) at g mail dot com", "thelarchroom@gmail.com"),
}
NONE = {
    "a network": "Instagram: oak_tiles7 (outlook)",
    "a store of pictures": "Contact: photos (icloud)",
    "what is kept": "My email is backed up (icloud)",
    "an account of one's own": "I have an account at yahoo.com and another with gmail.com",
    "what is sold": "Usuario: oak_tiles7. Vendo cuenta de gmail.com",
    "another sentence": "My username is oaktiles7 on Instagram. I closed my account with gmail.com last year.",
    "a mail server": "login oak_tiles, server mail.example.com for mail",
    "a sign that is missing": "Our mail is down... see gmail.com (the @ between is missing)",
    "whose picture": "Photo \u00a9 yahoo.com 2024, by oak\u00a9oaktiles.com",
    "a name at a network": "Follow @oaktiles , com amor",
    "signs and firms": "arroba y gmail son cosas de hoy",
    "a car park": "in front parking, after the @ see gmail.com",
    "a room": "the party room (one word) at the end",
}


@pytest.mark.usefixtures("as_stated")
@pytest.mark.parametrize("around", ["{}", "Floors. {}\nFri 9-5"], ids=["alone", "lines"])
@pytest.mark.parametrize(("text", "address"), GUESSED.values(), ids=list(GUESSED))
def test_an_address_is_guessed(text: str, address: str, around: str, guesses: Callable[[str, str], None]) -> None:
    guesses(around.format(text), address)


@pytest.mark.parametrize("around", ["{}", "Floors.\n{}\nFri 9-5"], ids=["alone", "lines"])
@pytest.mark.parametrize(("text", "address"), READ.values(), ids=list(READ))
def test_an_address_is_read(text: str, address: str, around: str) -> None:
    assert [item.value for item in extract(around.format(text), kinds=["email"])] == [address]


@pytest.mark.parametrize("text", NONE.values(), ids=list(NONE))
def test_prose_holds_no_address(text: str, mails: Mails) -> None:
    assert mails(text) == []


HOSTILE = {
    "signs between": "a ... gmail (put the @ between ",
    "accounts": "larch7 and it is an account at ",
    "users": "user larch_bay7 the rest is ",
    "brackets": "gmail larch7 (icloud) ",
    "front": "前面是larch后面是gmail ",
    "blanks": "gmail and put the " + " " * 40,
    "letters": "gmail @ a b c d e ",
}


@pytest.mark.parametrize("part", HOSTILE.values(), ids=list(HOSTILE))
def test_long_texts_take_time_in_proportion(part: str) -> None:
    def seconds(times: int) -> float:
        text = part * times
        begin = time.process_time()
        extract(text, kinds=["email"])
        return time.process_time() - begin

    seconds(50)
    assert seconds(8000) < 20 * max(min(seconds(1000), seconds(1000)), 0.005)
