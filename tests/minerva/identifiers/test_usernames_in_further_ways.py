"""Usernames and payment tags told in ways found missing in the ninth to eleventh round of texts not seen before, with
prose that holds none."""

from __future__ import annotations

import pytest

from minerva.identifiers import extract

TOLD = {
    "a word of no language": ("Minis, $60 shipped. discord goblintiles", ["discord/goblintiles"]),
    "a word of no language, more behind": ("Custom cakes! ig crumbandtiles for pics", ["instagram/crumbandtiles"]),
    "a word of no language, at": ("kik me at bossladytiles, no pic", ["kik/bossladytiles"]),
    "a word of no language, a comma": ("Look on Instagram, thefernhilltiles, and write",
                                       ["instagram/thefernhilltiles"]),
    "a word of no language, a dash": ("!nst@gram - velvettilesnola", ["instagram/velvettilesnola"]),
    "at": ("kik me at oak_tiles", ["kik/oak_tiles"]),
    "at, dots": ("find us on instagram at oak.tiles", ["instagram/oak.tiles"]),
    "at, behind brackets": ("X (the old twitter) at: oak_tiles", ["twitter/oak_tiles"]),
    "to, German": ("schreib auf Telegram an @oak_fliesen", ["telegram/oak_fliesen"]),
    "called, Spanish": ("mi insta se llama losa.azul", ["instagram/losa.azul"]),
    "called, Italian": ("il mio insta si chiama piastra.blu", ["instagram/piastra.blu"]),
    "called, French": ("mon insta s'appelle carreau.bleu", ["instagram/carreau.bleu"]),
    "found as, Italian": ("su IG mi trovi: piastra.blu_gio", ["instagram/piastra.blu_gio"]),
    "a profile, Spanish": ("Búscame en el feis, el perfil es: losas.azul.mx", ["facebook/losas.azul.mx"]),
    "Facebook, Spanish": ("Pasteles $480. Face: losas.petunia", ["facebook/losas.petunia"]),
    "Facebook, Spanish, is": ("mi face es losas.petunia", ["facebook/losas.petunia"]),
    "a page's name": ("Face book page name: oak.tiles.bristol", ["facebook/oak.tiles.bristol"]),
    "an id there": ("sky pe, my id there = oak.hr.desk", ["skype/oak.hr.desk"]),
    "a user behind brackets": ("teleqram ( tele gr@m ) user is oak_tiles", ["telegram/oak_tiles"]),
    "a letter that looks alike": ("teleqram oak_tiles", ["telegram/oak_tiles"]),
    "are both": ("IG & snap are both: oaktilesflex", ["instagram/oaktilesflex", "snapchat/oaktilesflex"]),
    "slang": ("Add me on the gram, its oaktiles_ (with underscore)", ["instagram/oaktiles_"]),
    "slang, bare": ("the gram oak_tiles", ["instagram/oak_tiles"]),
    "slang of another": ("bird app: oak_tiles", ["twitter/oak_tiles"]),
    "slang of a third": ("clock app: oak.tiles", ["tiktok/oak.tiles"]),
    "said aloud": ("PM sa effbee: oaktilesnena", ["facebook/oaktilesnena"]),
    "Japanese": ("LINEのIDは oak_no_hana です", ["line/oak_no_hana"]),
    "sixteen letters": ("카카오톡 아이디 cleantiles_kim22", ["kakaotalk/cleantiles_kim22"]),
    "in quotation marks": ('my insta is "oak.tiles"', ["instagram/oak.tiles"]),
    "in stars": ("insta **oak_tiles**", ["instagram/oak_tiles"]),
    "a list, the sign before": ("twitter @velvettiles and OF velvettilesvip, new", ["onlyfans/velvettilesvip",
                                                                                  "twitter/velvettiles"]),
    "a list, two blanks": ("IG @oak.tiles.spa  SC oaktilesspa", ["instagram/oak.tiles.spa", "snapchat/oaktilesspa"]),
    "a list, disguised": ("K!k me: mossytiles_dan or sn@pchat mossytilesdan", ["kik/mossytiles_dan",
                                                                              "snapchat/mossytilesdan"]),
    "two at once": ("ig + tiktok both oak_tiles", ["instagram/oak_tiles", "tiktok/oak_tiles"]),
    "a sign of money for a letter": ("T€L€GRAM @oak_tiles", ["telegram/oak_tiles"]),
}
NOTHING = {
    "a word of English": "Payment later. discord screenshots for proof, please",
    "a word of English, at the end": "telegram breakpoint.",
    "a word of Spanish": "Más barato. telegram computadora.",
    "a word of German": "Es ist fertig und gut. telegram heruntergeladen.",
    "a word within prose": "we made the discord goblintiles better",
    "a word behind a platform of programs": "github goblintiles",
    "two platforms in one": "telegram discordgroup",
    "at a time": "kik me at 10pm_sharp, telegram at 5pm, find us on instagram at the fair",
    "at a place": "message us on facebook at facebook.com",
    "a measure": "Face: 10.5in wide, face: arial.ttf, Face: round",
    "a weight": "200 gram of flour_2",
    "a name in quotation marks": "the discord 'bot_token' setting",
    "a bird": "the bird app is down, clock app: settings",
    "its kind, slang": "on the gram, its easier",
    "a place in a text": "READ ALL OF oaktilesvip",
    "an office and what it says": "discord hr: reply_within_24h",
    "a team and what it says": "telegram support team: open_24h",
    "both, of one": "snap both pics4you",
    "both, of one, with a colon": "snap both: pics4you",
}
TAGS = {
    "cut short": ("deposit by venmo or CA $oakandtiles", [("cashapp/oakandtiles", 0.6)]),
}
NO_TAGS = {
    "Canadian dollars": "venmo or CA $dollars",
    "a price": "deposit CA $monthly",
}


@pytest.mark.parametrize(("text", "names"), TOLD.values(), ids=list(TOLD))
@pytest.mark.parametrize("around", ["{}", "Tiles laid, $20.\n{}\nWeekends too."], ids=["alone", "within"])
def test_a_name_is_read(text: str, names: list[str], around: str) -> None:
    whole = around.format(text)
    found = extract(whole, kinds=["username"])
    assert sorted(each.value for each in found) == names
    assert all(whole[each.start : each.end] == each.raw for each in found)


@pytest.mark.parametrize("text", NOTHING.values(), ids=list(NOTHING))
def test_prose_holds_no_name(text: str) -> None:
    assert extract(text, kinds=["username"]) == []


@pytest.mark.parametrize(("text", "tags"), TAGS.values(), ids=list(TAGS))
def test_a_payment_tag_is_read(text: str, tags: list[tuple[str, float]]) -> None:
    assert [(found.value, found.confidence) for found in extract(text, kinds=["payment_tag"])] == tags


@pytest.mark.parametrize("text", NO_TAGS.values(), ids=list(NO_TAGS))
def test_prose_holds_no_payment_tag(text: str) -> None:
    assert extract(text, kinds=["payment_tag"]) == []
