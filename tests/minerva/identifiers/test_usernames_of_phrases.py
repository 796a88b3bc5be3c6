"""Usernames that a phrase of some language tells right behind a platform's word, in brackets, of several platforms at
once or with signs apart, found missing in ads of a twelfth writer's generator, and what looks like them."""

from __future__ import annotations

import pytest

from minerva.identifiers import extract
from tests.minerva.work import lines_run

TOLD = {
    "in brackets, a sign": ("Best way: @oak_tiles7 (on youtube)", ["youtube/oak_tiles7"]),
    "in brackets, a picture": ("👻 oaktiles.tunes (snap)", ["snapchat/oaktiles.tunes"]),
    "a name in brackets": ("You can reach us on Facebook (oaktilesroom). Sunny", ["facebook/oaktilesroom"]),
    "on both": ("I'm oaktiles247 on both instagram and telegram.", ["instagram/oaktiles247", "telegram/oaktiles247"]),
    "the same on each": (
        "ig, snap and tiktok, same name on each: oak.tiles429",
        ["instagram/oak.tiles429", "snapchat/oak.tiles429", "tiktok/oak.tiles429"],
    ),
    "signs apart": ("tiktok: tom _ tiles _ 177 (write it so)", ["tiktok/tom_tiles_177"]),
    "dots apart at the end": ("Instagram name is oak . tiles7, all lower case.", ["instagram/oak.tiles7"]),
    "the end of a sentence": ("insta: oaktiles . hello, write soon", ["instagram/oaktiles"]),
    "a letter of Cyrillic": ("тelegram: Oak_Tiles_660", ["telegram/oak_tiles_660"]),
    "a letter of Greek": ("ιnstagram - oak.tiles_170", ["instagram/oak.tiles_170"]),
    "the platform's own picture": ("Add me on snap 👻 oak-tiles", ["snapchat/oak-tiles"]),
    "a name, German": ("Telegram-Name: oaktilesroom", ["telegram/oaktilesroom"]),
    "found as, German": ("Bei Signal findet man mich als oak_tiles.41 ", ["signal/oak_tiles.41"]),
    "called, German": ("Mein Discord-Name lautet oak.tiles92.", ["discord/oak.tiles92"]),
    "found as, Spanish": ("En Facebook me encuentras como oaktiles.", ["facebook/oaktiles"]),
    "look for, Portuguese": ("No Facebook procure por oak.tiles.", ["facebook/oak.tiles"]),
    "I am, Portuguese": ("No TikTok eu sou oak.tiles_128.", ["tiktok/oak.tiles_128"]),
    "of a shop, Portuguese": ("Insta do ateliê » oaktilescorner | Alugo", ["instagram/oaktilescorner"]),
    "called, Italian": ("Su Facebook mi chiamo oaktiles.", ["facebook/oaktiles"]),
    "it is, French": ("Sur Discord, c'est oak_tiles99.", ["discord/oak_tiles99"]),
    "a page, French": ("Ma page Facebook s'appelle oaktiles.", ["facebook/oaktiles"]),
    "a name, Turkish": ("Telegram kullanıcı adım oaktilesleaf\nSakin", ["telegram/oaktilesleaf"]),
    "found as, Turkish": ("Facebook'ta beni oak.tiles olarak bulursunuz.", ["facebook/oak.tiles"]),
    "my name, Indonesian": ("Di TikTok nama saya oaktiles.", ["tiktok/oaktiles"]),
    "add, Indonesian": ("Add line oaktiles untuk tanya jadwal.", ["line/oaktiles"]),
    "a user, Polish": ("Telegram – użytkownik oak_tiles79", ["telegram/oak_tiles79"]),
    "look for, Polish": ("Na Facebooku szukaj oaktiles7.", ["facebook/oaktiles7"]),
    "called, Russian": ("В ТикТоке меня зовут oak_tiles.", ["tiktok/oak_tiles"]),
    "an id, Japanese": ("カカオのIDは oaktiles です。", ["kakaotalk/oaktiles"]),
    "a name, Japanese": ("TikTokでは oak_tiles184 という名前です。", ["tiktok/oak_tiles184"]),
    "an id, Korean": ("텔레 아이디 oaktiles 로 문의 주세요.", ["telegram/oaktiles"]),
    "an id, Chinese": ("我的LINE ID是 oaktiles，随时可以问。", ["line/oaktiles"]),
    "a name, Thai": ("เฟซบุ๊กชื่อ oaktiles ค่ะ", ["facebook/oaktiles"]),
}  # fmt: skip
NOTHING = {
    "none, Polish": "Instagram: brak.",
    "none, Turkish": "Instagram: yok.",
    "none, Italian": "Instagram: nessuno.",
    "a rule of style sheets": "The line @font-face { src: local } confuses everyone",
    "what somebody is": "En TikTok soy famosa.",
    "a person": "Su Facebook mi chiamo Martina.",
    "a remark in brackets": "Facebook (marketplace) only",
    "an ordinary word in brackets": "@5pm (on time)",
    "persons on several": "I'm always on instagram and snapchat. We're active on both facebook and instagram.",
    "a picture of prose": "\U0001f525 trending (tiktok) \U0001f4f8 pictures (instagram)",
    "what is on a page, French": "Sur Instagram, cherche modele photo.",
    "what is looked for, Polish": "Na Facebooku szukaj ogloszenia.",
    "me, Turkish": "Instagram beni takipte.",
    "a topic, Japanese": "TikTokでは trending が人気",
    "who is looked for, Portuguese": "No Facebook procuro por apartamentos.",
    "a state behind a phrase": "Telegram channel is temporarily closed, my facebook name is forgotten.",
}  # fmt: skip


@pytest.mark.parametrize(("text", "names"), TOLD.values(), ids=list(TOLD))
def test_a_name_is_read(text: str, names: list[str]) -> None:
    assert sorted(item.value for item in extract(text, kinds=["username"])) == names


@pytest.mark.parametrize("text", NOTHING.values(), ids=list(NOTHING))
def test_other_words_are_no_names(text: str) -> None:
    assert [item.value for item in extract(text, kinds=["username"])] == []


@pytest.mark.parametrize("fragment", ["snap name: ", "@a (", "insta and ", "id是", " _ a", "nama saya "])
def test_reading_long_texts_takes_linear_time(fragment: str) -> None:
    def steps(size: int) -> int:
        return lines_run(lambda: list(extract(fragment * size, kinds=["username"])))

    assert steps(1_200) < 2.5 * steps(600) + 2_000
