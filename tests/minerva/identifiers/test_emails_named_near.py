"""E-mail addresses of which the mailbox and the provider are named somewhere near each other."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.minerva.identifiers.conftest import Mails

GUESSED = {
    "a comma between": ("Mail: oaktilesroom, gmail.com after the at", "oaktilesroom@gmail.com"),
    "an ending in a remark": ("Find me as oak_tiles7 on proton (the mail thing, .me).", "oak_tiles7@proton.me"),
    "the provider first": ("The domain is gmail.com. In front of it goes oak.tiles7, you know", "oak.tiles7@gmail.com"),
    "a name, Portuguese": ("oaktilesroom é o nome, o resto é yahoo.com (sem br no final!)", "oaktilesroom@yahoo.com"),
    "the ending apart, Italian": ("Scrivetemi: oaktilesroom, è una yahoo, finisce con .com", "oaktilesroom@yahoo.com"),
    "the ending apart, behind a word like one": (
        "the mail goes to oaktiles504, my provider is hotmail and it ends in com", "oaktiles504@hotmail.com",
    ),
    "the ending apart, Indonesian": ("Emailnya oaktilesroom, pakai yahoo yg .com", "oaktilesroom@yahoo.com"),
    "the ending apart, Polish": ("Skrzynka: oaktilesroom na wp (wiadomo, .pl).", "oaktilesroom@wp.pl"),
    "the ending apart, Russian": ("Почта на яндексе (ru), ящик oaktiles58.", "oaktiles58@yandex.ru"),
    "the ending apart, Greek": ("Το μέιλ μου είναι oaktiles44. Είναι yahoo, με .com", "oaktiles44@yahoo.com"),
    "Chinese": ("邮箱名 oaktiles77，QQ邮箱的(.com)", "oaktiles77@qq.com"),
    "a name behind its provider": ("me acha no gmail (.com) como oaktilesroom", "oaktilesroom@gmail.com"),
    "a verb": ("Just gmail me at oaktilesroom with a picture", "oaktilesroom@gmail.com"),
    "the name of a network": ("Insta @oaktiles_room. Mail is that same name at gmail.", "oaktiles_room@gmail.com"),
    "a word that is a name": ("I'm oaktilesroom83 over on icloud, dot com obviously.", "oaktilesroom83@icloud.com"),
    "a word that is a name, Czech": (
        "Schránku mám na centrum tečka cz, jmenuje se oaktilesroom75.", "oaktilesroom75@centrum.cz"
    ),
    "a word that is a name, German": ("Bin bei posteo (de), vorne steht oaktilesroom36.", "oaktilesroom36@posteo.de"),
    "a word that is a name, Dutch": ("Mail mag, oaktilesroom66 en dan gmail erachter", "oaktilesroom66@gmail.com"),
}  # fmt: skip
READ = {
    "in front, a host of any name": (
        "Domain is example.com. What goes in front of the at sign is oaktiles5.", "oaktiles5@example.com"
    ),
    "a box": ("There's a box named oak-tiles waiting at the domain mail.example", "oak-tiles@mail.example"),
    "behind a preposition": ("oak.tiles bei t-online Punkt de", "oak.tiles@t-online.de"),
    "told in turn": ("It's oak dot tiles, then the at sign, then example dot org.", "oak.tiles@example.org"),
    "told in turn, Russian": ("почта oak_tiles, дальше собачка и mail точка ру", "oak_tiles@mail.ru"),
    "told in turn, a nickname": (
        "oaktiles then that little curly a then example then a period then com", "oaktiles@example.com"
    ),
}  # fmt: skip
NONE = {
    "a program": "We use office365, gmail and slack",
    "a game": "Selling playstation5, gmail me",
    "a firm": "My name is Oak and I like gmail",
    "a network": "Instagram oaktiles_room, never gmail",
    "a network behind": "oaktilesroom83 on TikTok, never on gmail",
    "two names": "oaktilesroom83 or elmtilesroom84, both have gmail",
    "two providers": "oaktilesroom83, gmail or yahoo",
    "help of a firm": "send mail to oak9 de gmail support",
    "a state": "my email is overflowing, gmail is slow",
    "another sentence": "Username: oak_tiles7. I closed my gmail account",
}


@pytest.mark.usefixtures("as_stated")
@pytest.mark.parametrize("around", ["{}", "Floors from $40. {}"], ids=["alone", "within"])
@pytest.mark.parametrize(("text", "address"), GUESSED.values(), ids=list(GUESSED))
def test_an_address_is_guessed(text: str, address: str, around: str, guesses: Callable[[str, str], None]) -> None:
    guesses(around.format(text), address)


@pytest.mark.parametrize(("text", "address"), READ.values(), ids=list(READ))
def test_an_address_is_read(text: str, address: str, mails: Mails) -> None:
    assert [item.value for item in mails(text)] == [address]


@pytest.mark.parametrize("text", NONE.values(), ids=list(NONE))
def test_prose_holds_no_address(text: str, mails: Mails) -> None:
    assert mails(text) == []
