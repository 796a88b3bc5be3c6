"""Usernames and payment tags told in ways found missing in the fifth to seventh round of texts not seen before, with
prose about platforms and services that holds none."""

from __future__ import annotations

import pytest

from minerva.identifiers import extract, username_asked, username_there, username_words

TOLD = {
    "a desk": ("Telegram sales desk: @oak_tiles", ["telegram/oak_tiles"]),
    "what to write for": ("kik me if u need a roof -> oaktiles77", ["kik/oaktiles77"]),
    "a channel": ("TG channel @oak_tiles", ["telegram/oak_tiles"]),
    "two arrowheads": ("snap me for prices >> oak_tiles", ["snapchat/oak_tiles"]),
    "a name said to be one word": ("ig handle is all one word oakandtiles", ["instagram/oakandtiles"]),
    "one word behind": ("find me on ig oakandtiles all one word", ["instagram/oakandtiles"]),
    "the same as a profile": ("tiktok.com/@oak_tiles, insta same", ["instagram/oak_tiles", "tiktok/oak_tiles"]),
    "both": ("ig + tiktok both oak_tiles", ["instagram/oak_tiles", "tiktok/oak_tiles"]),
    "a Chinese request": ("加我v oaktiles77", ["wechat/oaktiles77"]),
    "a page": ("f.b. page: Oak.And.Tiles", ["facebook/oak.and.tiles"]),
    "a word for a message": ("or fb msg Oak.And.Tiles", ["facebook/oak.and.tiles"]),
    "said to be one word": ("my ig is all one word oakandtiles", ["instagram/oakandtiles"]),
    "the same name again": (
        "onlyfans.com/oakandtiles + ig same name oakandtiles",
        ["instagram/oakandtiles", "onlyfans/oakandtiles"],
    ),
    "slang of one platform": ("follow da gram @oak_tiles", ["instagram/oak_tiles"]),
    "a Japanese particle": ("ラインIDは oak_tiles です", ["line/oak_tiles"]),
    "a Korean particle": ("인스타 아이디는 oak_tiles", ["instagram/oak_tiles"]),
    "a Chinese verb": ("微信是 oak_tiles", ["wechat/oak_tiles"]),
    "behind a Chinese full stop": ("二楼。V信 oak_tiles，手机", ["wechat/oak_tiles"]),
    "two ways at once": ("insta: oak_tiles (tiktok is the same)", ["instagram/oak_tiles", "tiktok/oak_tiles"]),
    "my username is": ("On Signal my username is oaktiles.42", ["signal/oaktiles.42"]),
    "my username is, a word": ("on discord my username is oaktiles", ["discord/oaktiles"]),
    "my user name, Spanish": ("en telegram mi usuario es oaktiles", ["telegram/oaktiles"]),
    "my handle": ("insta, my handle is oak.tiles", ["instagram/oak.tiles"]),
    "found as": ("find me as oakthetiler on snap or call", ["snapchat/oakthetiler"]),
    "found as, two platforms": ("add me as oaktiler on ig and snap", ["instagram/oaktiler", "snapchat/oaktiler"]),
    "found as, Spanish": ("búscame como losazul en insta", ["instagram/losazul"]),
    "found as, French": ("retrouvez-moi sous carrelage.nord sur instagram", ["instagram/carrelage.nord"]),
    "found as, French without a mark": ("ajoutez-moi comme carrolune sur snap", ["snapchat/carrolune"]),
    "found as, German": ("findet mich als fliesenfee auf insta", ["instagram/fliesenfee"]),
    "found as, Italian": ("mi trovi come piastrelle_nord su telegram", ["telegram/piastrelle_nord"]),
    "found on, as": ("find me on snap as oakthetiler", ["snapchat/oakthetiler"]),
    "found on, under": ("look me up on insta under oaktiler or text", ["instagram/oaktiler"]),
    "found on, Spanish": ("agrégame en snap como losazul.", ["snapchat/losazul"]),
    "a slash before": ("FB: /oakandtiles", ["facebook/oakandtiles"]),
    "a slash before, with dots": ("ig: /oak.and.tiles", ["instagram/oak.and.tiles"]),
    "letters and dots apart": ("i n s t a  →  o a k . t i l e s . t u c", ["instagram/oak.tiles.tuc"]),
    "letters and dots apart in one": ("s n a p o a k . 4 u", ["snapchat/oak.4u"]),
    "letters and an underscore apart": ("s n a p: o a k _ 4 u", ["snapchat/oak_4u"]),
    "the same": ("ig + snap are the same: oaktiles", ["instagram/oaktiles", "snapchat/oaktiles"]),
    "the same name": ("ig/snap same name: oaktiles", ["instagram/oaktiles", "snapchat/oaktiles"]),
    "both the same": ("insta & tiktok both the same: oaktiles", ["instagram/oaktiles", "tiktok/oaktiles"]),
    "the same, Spanish": ("ig y snap es el mismo: losazul", ["instagram/losazul", "snapchat/losazul"]),
    "the app's second word": ("Rare tiles. Wickr me quarrytiles", ["wickr/quarrytiles"]),
    "told to write": ("kik me oaktilesrosa.", ["kik/oaktilesrosa"]),
    "behind a phone": ("WhatsApp +1 305 555 0137, telegram oakwithrosa", ["telegram/oakwithrosa"]),
    "Thai": ("ปอนด์ละ 350 แอดไลน์ petchtiles", ["line/petchtiles"]),
    "Thai, its name": ("ไอดีไลน์ petchtiles", ["line/petchtiles"]),
    "Chinese": ("加微信 jentiles 看图", ["wechat/jentiles"]),
    "Chinese, its number": ("微信号 jentiles", ["wechat/jentiles"]),
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
    "its": ("add me on insta its oak.the.tiler for quotes", ["instagram/oak.the.tiler"]),
    "it is": ("my snap, it is new: add me on snap it's oaktiler99", ["snapchat/oaktiler99"]),
    "the same behind": ("Twitter/X: @oak_tiler, insta same name", ["instagram/oak_tiler", "twitter/oak_tiler"]),
    "the same on another": ("snap: oak_tiler (same on ig)", ["instagram/oak_tiler", "snapchat/oak_tiler"]),
    "the same on two others": (
        "IG oak_tiler. Same on TikTok and Snap.",
        ["instagram/oak_tiler", "snapchat/oak_tiler", "tiktok/oak_tiler"],
    ),
    "a short form in a list": ("ig: oak.tiler.mx / x: oaktilermx", ["instagram/oak.tiler.mx", "twitter/oaktilermx"]),
    "a letter doubled": ("snappchat oak.tiler", ["snapchat/oak.tiler"]),
    "a letter doubled, another": ("tellegram oak_tiler", ["telegram/oak_tiler"]),
    "a hyphen within": ("f-book: oak.tiler", ["facebook/oak.tiler"]),
    "dots, in quotation marks": ("Find me on F.B as 'oakthetiler' or call", ["facebook/oakthetiler"]),
    "two letters apart": ("I G : o a k _ t i l e s", ["instagram/oak_tiles"]),
    "two letters apart, a whole name": ("F B: oak.tiler", ["facebook/oak.tiler"]),
    "a sign for a letter, Russian": ("ин$та: oak_tiler", ["instagram/oak_tiler"]),
    "digits for letters, Russian": ("т3л3грам: oak_tiler", ["telegram/oak_tiler"]),
    "a Latin letter within, Russian": ("инcта oak_tiler", ["instagram/oak_tiler"]),
    "cut short, Russian": ("мой инст: oak.tiler_msk", ["instagram/oak.tiler_msk"]),
    "an answer": ("kik? no. telegram? yes: @ oak_tiler", ["telegram/oak_tiler"]),
    "another answer": ("insta? yes @oak.tiler", ["instagram/oak.tiler"]),
}
NOTHING = {
    "an arrow of a guide": "instagram post caption idea -> travel_2026",
    "an arrow of a program": "discord bot that reads messages -> channel_1",
    "a word about words": "my insta is one word capitalized",
    "opening hours": "Telegram support: 24h, discord group @ 8pm",
    "another same": "facebook ads, same day delivery on tiktok",
    "words about words": "ig captions all one word",
    "a page without a name": "facebook page: likes 20k",
    "a weight": "1 gram @home, 5 gram @ 20",
    "a sign behind words of a program": "Signal processing pipeline: @Component",
    "the same name, not told": "ig same name oaktiles",
    "a tag behind another word": "telegram me for venmo: @oak_tiles",
    "a firm's service": "telegraph discord between them",
    "photos": "see instagram photos",
    "a subject": "Discord moderation",
    "a subject behind a phone": "call 415 555 0123, telegram notifications.",
    "an offer behind a phone": "call 415 555 0123, instagram photography",
    "a time": "kik me immediately.",
    "another time": "snap me beforehand",
    "as usual": "find me on ig as always",
    "as a friend": "add me as friend on facebook",
    "as host": "find me as host on twitch",
    "as a clause": "follow me on instagram as we travel",
    "as needed": "hit me up as needed on ig",
    "pictures": "telegram me photographs.",
    "suspended": "on instagram my handle is currently suspended",
    "taken": "my discord username is taken",
    "broken": "On discord my username is broken",
    "the same firm": "instagram and facebook are the same company",
    "the same people": "ig + fb are the same people.",
    "Thai, an account of a firm": "แอดไลน์ official",
    "Chinese, a word": "加微信 please",
    "a name of a person": "on instagram my name is Martha",
    "a path": "instagram: /groups",
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
    "its kind": "add me on insta its easier",
    "its price": "find me on snap its free.",
    "its hours": "add me on snap its 4pm",
    "the same day": "my ig is new, snap same day",
    "a short form of none": "x: great, y: good",
    "a line": "drop me a line: oak_tiler [at] mail",
    "a field in quotation marks": "the discord 'bot_token' setting",
    "an opinion in quotation marks": "facebook is 'great'",
    "two letters": "vitamins F B 12mcg and I g 5iu_a",
    "a longer word, Russian": "институт oak_tiler, инструкция v_2a",
    "an answer alone": "telegram? yes please, user_id",
    "firms": "I sell on Instagram, craigslist, and at the fair",
}
NAMES_OF_ANOTHER = {
    "a list of things and a name of another": ["tiktok/oak.tiles"],
    "a list of firms": ["instagram/oak_tiles"],
}
"""What is found beside the prose."""
TAGS = {
    "me": ("venmo me oak-tiles-2", ["venmo/oak-tiles-2"]),
    "a hyphen, and letters behind a sign": (
        "cashapp $OakTiles or venmo Oak-Tiles",
        ["cashapp/oaktiles", "venmo/oak-tiles"],
    ),
    "in brackets": ("or venmo (@oakntiles22). Text", ["venmo/oakntiles22"]),
    "in square brackets": ("venmo [@oak-tiles]", ["venmo/oak-tiles"]),
    "the other sign in brackets": ("chime ($oaktiles)", ["chime/oaktiles"]),
    "an underscore": ("venmo oak_tiles, porch pickup", ["venmo/oak_tiles"]),
    "cut short": ("Zelle 469-555-0154, CA: $oakandtiles. half down", ["cashapp/oakandtiles"]),
    "cut short without a colon": ("deposit by venmo or CA $oakandtiles", ["cashapp/oakandtiles"]),
    "brackets, as another": ("cashapp ($oaktiles) or venmo (oak-tiles)", ["cashapp/oaktiles", "venmo/oak-tiles"]),
    "brackets, an underscore": ("venmo (oak_tiles), half down", ["venmo/oak_tiles"]),
    "brackets, a digit": ("pay with venmo (oaktiles22)", ["venmo/oaktiles22"]),
    "digits for letters": ("V3nm0 -> @oak-tiles", ["venmo/oak-tiles"]),
    "signs for letters": ("P4yp@l: oaktiles", ["paypal/oaktiles"]),
    "letters apart": ("v e n m o @oak-tiles or c a s h a p p $OakTiles", ["cashapp/oaktiles", "venmo/oak-tiles"]),
    "a link in words": ("paypal dot me slash oaktiles", ["paypal/oaktiles"]),
    "a hyphen in a link": ("PayPal ok: paypal.me/oak-tiles", ["paypal/oak-tiles"]),
    "a hyphen behind the sign": ("pay pal @ oak-tiles-vt, $9", ["paypal/oak-tiles-vt"]),
    "the service behind the sign": ("my $cashapp is $OakTiles2", ["cashapp/oaktiles2"]),
}
NO_TAGS = {
    "a time": "venmo me by 10pm, paypal me first",
    "a hyphen in capitals": "venmo Pre-Paid",
    "accepted": "cash app accepted",
    "brackets of prose": "venmo (preferred) or cash",
    "a key of a program": "set CA: $CA_FILE and cert",
    "a path of a program": "ca: $certs/ca.pem",
    "a price": "deposit in CA: $300",
    "a state": "Fresno CA: $budget rooms",
    "a hyphen": "venmo add-on",
    "a field of a program": "the venmo user_id column",
    "an offer": "venmo (pre-paid) or cash",
    "a kind of payment": "cash app (p2p) is fine",
    "a field of a program, again": "the column venmo (user_id)",
    "open brackets": "venmo (oak_tiles or cash",
    "a hyphened word behind PayPal": "PayPal: pre-paid, or paypal: co-op",
    "the service and its sign": "send to my $cashapp or $venmo",
    "letters of a list": "c a s h only, v e n i",
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


@pytest.mark.parametrize("text", [text for text, _ in TOLD.values()], ids=list(TOLD))
def test_no_way_is_left_out_that_would_find_something(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = extract(text, kinds=["username"])

    class All(frozenset[str]):
        def isdisjoint(self, other: object) -> bool:
            return False

    monkeypatch.setattr(username_asked, "may_ask", lambda words: True)
    monkeypatch.setattr(username_words, "_HANDLES", All())
    monkeypatch.setattr(username_there, "HANDLES", All())
    monkeypatch.setattr(username_there, "KEYS", All())
    assert extract(text, kinds=["username"]) == found
