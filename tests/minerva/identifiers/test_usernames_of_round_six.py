"""Usernames and payment tags told in ways found missing in a sixth round of texts not seen before, with prose about
platforms and services that holds none."""

from __future__ import annotations

import pytest

from minerva.identifiers import extract

TOLD = {
    "a list": ("insta oakandtiles, tiktok oakandtiles.tuc", ["instagram/oakandtiles", "tiktok/oakandtiles.tuc"]),
    "a list, the sign first": ("snap oak.tiles, telegram oaktiles", ["snapchat/oak.tiles", "telegram/oaktiles"]),
    "a list with and": ("Telegram oaktilesnow and snap oak_tiles", ["snapchat/oak_tiles", "telegram/oaktilesnow"]),
    "a list with a bar": ("ig oaktiles | twitter oaktiles_tx", ["instagram/oaktiles", "twitter/oaktiles_tx"]),
    "a list, Spanish": ("insta losazul y tiktok losazul.mx", ["instagram/losazul", "tiktok/losazul.mx"]),
    "a comma and the sign": ("I post on twitter, @oaktileslayer", ["twitter/oaktileslayer"]),
    "in brackets, a colon": ("X (the old twitter): oak_tiles", ["twitter/oak_tiles"]),
    "in brackets, the sign": ("my page (insta) @oaktiles", ["instagram/oaktiles"]),
    "I am": ("On instagram I am oak_tiles", ["instagram/oak_tiles"]),
    "I am, short": ("on snap I'm oak.tiles", ["snapchat/oak.tiles"]),
    "we are": ("On TikTok we are oak.and.tiles", ["tiktok/oak.and.tiles"]),
    "I go by": ("On twitch I go by oak_tiles", ["twitch/oak_tiles"]),
    "I am, with signs in words": ("On instagram I am oak underscore tiles", ["instagram/oak_tiles"]),
    "I am, Spanish": ("En TikTok estoy como losa.azul", ["tiktok/losa.azul"]),
    "I am called, Spanish": ("en insta me llamo losa.azul", ["instagram/losa.azul"]),
    "I am, Portuguese": ("No insta estou como piso.azul", ["instagram/piso.azul"]),
    "I am called, Italian": ("su insta mi chiamo piastra.blu", ["instagram/piastra.blu"]),
    "its name": ("Lessons $18. Skype name tileswithoak", ["skype/tileswithoak"]),
    "its handle": ("insta handle oaktilesrosa.", ["instagram/oaktilesrosa"]),
    "mine": ("I lay tiles. My discord is oaktilemaker", ["discord/oaktilemaker"]),
    "mine, Spanish": ("mi telegram es losazulnorte.", ["telegram/losazulnorte"]),
    "letters apart": ("kik is o a k t i l e s no spaces", ["kik/oaktiles"]),
    "the fastest": ("Snap is fastest: oak.the.tiler", ["snapchat/oak.the.tiler"]),
    "the best": ("telegram works best: oak_tiler", ["telegram/oak_tiler"]),
    "the best, German": ("Insta ist am besten: oak_fliesen", ["instagram/oak_fliesen"]),
}
NOTHING = {
    "a list of things": "insta photos, tiktok dances",
    "a list of things and a name of another": "insta photos, tiktok oak.tiles",
    "a list of firms": "facebook marketplace, instagram oak_tiles",
    "down": "my discord is down",
    "gone": "my telegram is nonexistent.",
    "unfinished": "my insta is incomplete.",
    "blocked, Spanish": "mi telegram es desconocido.",
    "a channel": "telegram channel",
    "a name of its kind": "discord username generators.",
    "a rule of names": "instagram name requirements",
    "I am a friend": "on instagram I am friendly",
    "I am old": "On snap I am 24, single",
    "we are": "On facebook we are everywhere.",
    "a word in brackets": "message us (facebook): weekdays",
    "the best of all": "Instagram is best: everyone sees it",
    "the better of two": "telegram is better: end_to_end encryption",
    "below": "my insta is underneath.",
    "letters of a list": "snap is a b or c",
    "everyone": "on facebook, @everyone",
    "firms": "I sell on Instagram, craigslist, and at the fair",
}
NAMES_OF_ANOTHER = {
    "a list of things and a name of another": ["tiktok/oak.tiles"],
    "a list of firms": ["instagram/oak_tiles"],
}
TAGS = {
    "brackets, as another": ("cashapp ($oaktiles) or venmo (oak-tiles)", ["cashapp/oaktiles", "venmo/oak-tiles"]),
    "brackets, an underscore": ("venmo (oak_tiles), half down", ["venmo/oak_tiles"]),
    "brackets, a digit": ("pay with venmo (oaktiles22)", ["venmo/oaktiles22"]),
}
NO_TAGS = {
    "an offer": "venmo (pre-paid) or cash",
    "a kind of payment": "cash app (p2p) is fine",
    "a field of a program": "the column venmo (user_id)",
    "open brackets": "venmo (oak_tiles or cash",
    "a part of a remark": "venmo (non-profit only)",
}


@pytest.mark.parametrize(("text", "names"), TOLD.values(), ids=list(TOLD))
@pytest.mark.parametrize("around", ["{}", "Tiles laid, $20.\n{}\nWeekends too."], ids=["alone", "within"])
def test_a_name_is_read(text: str, names: list[str], around: str) -> None:
    assert sorted(found.value for found in extract(around.format(text), kinds=["username"])) == names


@pytest.mark.parametrize("name", list(NOTHING))
def test_prose_holds_no_name(name: str) -> None:
    found = [each.value for each in extract(NOTHING[name], kinds=["username"])]
    assert found == NAMES_OF_ANOTHER.get(name, [])


@pytest.mark.parametrize(("text", "tags"), TAGS.values(), ids=list(TAGS))
def test_a_payment_tag_is_read(text: str, tags: list[str]) -> None:
    assert sorted(found.value for found in extract(text, kinds=["payment_tag"])) == tags


@pytest.mark.parametrize("text", NO_TAGS.values(), ids=list(NO_TAGS))
def test_prose_holds_no_payment_tag(text: str) -> None:
    assert extract(text, kinds=["payment_tag"]) == []
