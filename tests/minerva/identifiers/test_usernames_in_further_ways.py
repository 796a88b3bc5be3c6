"""Usernames and payment tags told in ways found missing in the ninth to eleventh round of texts not seen before, with
prose that holds none."""

from __future__ import annotations

import pytest

from minerva.identifiers import extract
from tests.minerva.work import lines_run

TOLD = {
    "a word of no language": ("Minis, $60 shipped. discord goblintiles", ["discord/goblintiles"]),
    "a word of no language, more behind": ("Custom cakes! ig crumbandtiles for pics", ["instagram/crumbandtiles"]),
    "a word of no language, at": ("kik me at bossladytiles, no pic", ["kik/bossladytiles"]),
    "a word of no language, a comma": (
        "Look on Instagram, thefernhilltiles, and write",
        ["instagram/thefernhilltiles"],
    ),
    "a word of no language, a dash": ("!nst@gram - velvettilesnola", ["instagram/velvettilesnola"]),
    "at": ("kik me at oak_tiles", ["kik/oak_tiles"]),
    "at, dots": ("find us on instagram at oak.tiles", ["instagram/oak.tiles"]),
    "at, behind brackets": ("X (the old twitter) at: oak_tiles", ["twitter/oak_tiles"]),
    "to, German": ("schreib auf Telegram an @oak_fliesen", ["telegram/oak_fliesen"]),
    "called, Spanish": ("mi insta se llama losa.azul", ["instagram/losa.azul"]),
    "called, Italian": ("il mio insta si chiama piastra.blu", ["instagram/piastra.blu"]),
    "called, French, c'est": ("Mon snap c'est carreauxbleus, à bientôt", ["snapchat/carreauxbleus"]),
    "called, French": ("mon insta s'appelle carreau.bleu", ["instagram/carreau.bleu"]),
    "found as, Italian": ("su IG mi trovi: piastra.blu_gio", ["instagram/piastra.blu_gio"]),
    "a profile, Spanish": ("Búscame en el feis, el perfil es: losas.azul.mx", ["facebook/losas.azul.mx"]),
    "Facebook, Spanish": ("Pasteles $480. Face: losas.petunia", ["facebook/losas.petunia"]),
    "Facebook, Spanish, is": ("mi face es losas.petunia", ["facebook/losas.petunia"]),
    "a page's name": ("Face book page name: oak.tiles.bristol", ["facebook/oak.tiles.bristol"]),
    "German, called": ("auf insta heiss ich backfee.lotte", ["instagram/backfee.lotte"]),
    "arroba": ("insta arroba bolosdaju.sp", ["instagram/bolosdaju.sp"]),
    "a picture, asked for": ("✈️ msg movingmike_tx for a quote", ["telegram/movingmike_tx"]),
    "slang and a comma": ("find me on the gram, potterbypaige_", ["instagram/potterbypaige_"]),
    "a word of no language, going on": ("insta is goblintilesnola & mail me", ["instagram/goblintilesnola"]),
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
    "a list, the sign before": (
        "twitter @velvettiles and OF velvettilesvip, new",
        ["onlyfans/velvettilesvip", "twitter/velvettiles"],
    ),
    "a list, two blanks": ("IG @oak.tiles.spa  SC oaktilesspa", ["instagram/oak.tiles.spa", "snapchat/oaktilesspa"]),
    "a list, disguised": (
        "K!k me: mossytiles_dan or sn@pchat mossytilesdan",
        ["kik/mossytiles_dan", "snapchat/mossytilesdan"],
    ),
    "two at once": ("ig + tiktok both oak_tiles", ["instagram/oak_tiles", "tiktok/oak_tiles"]),
    "a sign of money for a letter": ("T€L€GRAM @oak_tiles", ["telegram/oak_tiles"]),
    "the second half of two": ("snp chat: oak_tiles ,, no bots", ["snapchat/oak_tiles"]),
    "an ordinary half": ("snappy chat: oak_tiles", ["snapchat/oak_tiles"]),
    "pictures in a row": ("👻 oak.tiles7 📸 oak.tiles.co", ["instagram/oak.tiles.co", "snapchat/oak.tiles7"]),
    "pictures and a bar": ("📸 oak_tiles | ✈️ oak_tiles7", ["instagram/oak_tiles", "telegram/oak_tiles7"]),
    "a note of music in a row": ("👻 oak_tiles 🎵 oak.tiles", ["snapchat/oak_tiles", "tiktok/oak.tiles"]),
    "a picture and a long word": ("🐦 @oaktilekay", ["twitter/oaktilekay"]),
    "a picture alone": ("✈️ only: @quiettilesla no calls", ["telegram/quiettilesla"]),
    "two names": ("insta: oak_tiles and oak_tiles.spa", ["instagram/oak_tiles", "instagram/oak_tiles.spa"]),
    "a spare name": ("insta: @oak_tiles / backup @tiles_oak2", ["instagram/oak_tiles", "instagram/tiles_oak2"]),
    "a spare name, bare": ("telegram oak_tiles, backup oak_tiles_2", ["telegram/oak_tiles", "telegram/oak_tiles_2"]),
    "one or the other": ("snap oak_tiles or oak_tiles2", ["snapchat/oak_tiles", "snapchat/oak_tiles2"]),
    "three short forms": ("ig, tt, x: oak_tiles", ["instagram/oak_tiles", "tiktok/oak_tiles", "twitter/oak_tiles"]),
    "short forms and slashes": ("X/IG: oak_tiles", ["instagram/oak_tiles", "twitter/oak_tiles"]),
    "two in Spanish": ("sígueme en face e insta: losas.azul.mx", ["facebook/losas.azul.mx", "instagram/losas.azul.mx"]),
    "the same as another": ("tik tok: @oak.tiles / ig same as tiktok", ["instagram/oak.tiles", "tiktok/oak.tiles"]),
    "the same sign": ("ig: oak_tiles. same @ on tiktok", ["instagram/oak_tiles", "tiktok/oak_tiles"]),
    "too": ("ig oak_tiles (tiktok too)", ["instagram/oak_tiles", "tiktok/oak_tiles"]),
    "also": ("ig oak_tiles, also on tiktok", ["instagram/oak_tiles", "tiktok/oak_tiles"]),
    "the name first": ("oak_tiles - that's my tele", ["telegram/oak_tiles"]),
    "the name first, is": ("oak_tiles is my insta", ["instagram/oak_tiles"]),
    "the name first, in brackets": ("oak_tiles (my insta)", ["instagram/oak_tiles"]),
    "the name first, its name": ("oak_tiles is my snap name", ["snapchat/oak_tiles"]),
    "the name first, Spanish": ("losa_azul es mi insta", ["instagram/losa_azul"]),
    "the name first, an arrow": ("oak_tiles <- my insta", ["instagram/oak_tiles"]),
    "the name first, over": ("oak_tiles over on discord", ["discord/oak_tiles"]),
    "the name first, no language": ("oaktilesandco on insta", ["instagram/oaktilesandco"]),
    "the name first, slang": ("oak_tiles on the gram", ["instagram/oak_tiles"]),
    "the name first, other slang": ("@oak_tiles on the bird app", ["twitter/oak_tiles"]),
    "letters and hyphens": ("snappy chat, that's o-a-k-t-i-l-e-s-2-1. Nails", ["snapchat/oaktiles21"]),
    "letters and dots": ("snap is o.a.k.t.i.l.e.s", ["snapchat/oaktiles"]),
    "a sign in brackets": ("tg: oak (underscore) tiles", ["telegram/oak_tiles"]),
    "a link with blanks": ("insta gram . com / oak.tiles", ["instagram/oak.tiles"]),
    "a link said aloud": ("tee dot me slash oaktilesdallas", ["telegram/oaktilesdallas"]),
    "no blanks, said before": ("Insta (ohne Leerzeichen): wald elfe . anna", ["instagram/waldelfe.anna"]),
    "a channel's id": ("Tele-gram channel id is jobs_oak_daily", ["telegram/jobs_oak_daily"]),
    "a word of no language, is": ("telegram is velvettilestina", ["telegram/velvettilestina"]),
    "a word of no language, its user": ("my telegram user is velvettilestina", ["telegram/velvettilestina"]),
    "a word of no language, text behind": ("tele velvettilestina hmu", ["telegram/velvettilestina"]),
    "a word of no language, first": ("I'm velvettilestina on kik", ["kik/velvettilestina"]),
    "capitals within": ("Snap VelvetTilesTina", ["snapchat/velvettilestina"]),
    "capitals of one's own": ("tg VelvetTilesTX, weekends", ["telegram/velvettilestx"]),
    "two words for one": ("twitter/X velvettiles99", ["twitter/velvettiles99"]),
    "two letters": ("TT velvettiles_99", ["tiktok/velvettiles_99"]),
    "an address, Turkish": ("insta adresim velvettiles_tr", ["instagram/velvettiles_tr"]),
    "a word of no language, slang": ("Look me up on the gram: hikewithtiles", ["instagram/hikewithtiles"]),
    "a word of no language, a phone behind": ("tg harlemtiles or six4six 555-0194", ["telegram/harlemtiles"]),
    "my name there": ("message me on instagram, my name there is oak.tiles", ["instagram/oak.tiles"]),
    "of a payment too": ("IG + CashApp both: bmoreoakdeck", ["instagram/bmoreoakdeck"]),
    "of a mail provider too": ("insta/gmail both: oak.tiles", ["instagram/oak.tiles"]),
    "of a phone's messenger too": ("TG/WA: @oak_tiles", ["telegram/oak_tiles"]),
    "its handle is": ("my insta handle's @oak.tiles", ["instagram/oak.tiles"]),
    "two letters, it is": ("on TT it's oak.tiles", ["tiktok/oak.tiles"]),
    "in quotation marks, a colon": ('ig: "oak_tiles"', ["instagram/oak_tiles"]),
    "three dots": ("ig ... oak_tiles", ["instagram/oak_tiles"]),
}
NOTHING = {
    "a state in French": "mon insta est professionnel",
    "c'est and a state": "mon insta c'est gratuit",
    "it is so": "insta is notwithstanding & mail is fine",
    "a picture of a flight": "✈️ text messages only, dm open",
    "the gram, and more": "on the gram, weigh_and_pack it",
    "a field of a program": 'discord: "bot_token", telegram: "chat_id"',
    "slang and a word": "on the gram: everything, the gram: photographs",
    "three dots and words": "insta... everyone has it, telegram ... whatever",
    "two ways": "ig + venmo both: yes, ig & whatsapp only",
    "people of a kind": "discord roleplayers. fb lowballers, no thanks. woodworkers on instagram",
    "words of the net": "insta photoshoots for moms, tiktok storefronts, discord groupchats, ig livestreams",
    "a mention": "add an @mention on telegram",
    "a class of a program": "Telegram InlineKeyboardMarkup. Discord MessageCreateEvent, kik CraigsList",
    "letters of digits": "e i g h t o n e t w o 555 0144",
    "a rule in capitals": "ALL TERMS OF use_2, the TT scale_120",
    "a state of it": "telegram is unavailable. discord is misbehaving.",
    "pictures in a row of an album": "👻 halloween party 📸 photobooth ✈️ flights 🎵 music_2024",
    "one picture": "📸 canon_r6 for sale, ✈️ flight ab_1234",
    "an airline": "✈️ @emiratesairline",
    "a thing of one's own": "user_id is my telegram field, iphone_12 is my instagram phone",
    "the same of no name": "ig same as tiktok, insta too, also on tiktok",
    "a city": "Washington, DC, and ig",
    "letters of a list": "snap a-b-c, ig e.g. a.b.c.d",
    "a host in words": "вконтакте vk точка com",
    "two words": "livestreams on twitch, photoshoots on instagram",
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
    "me at": ("pay pal me at: @oaktileslou , tips", [("paypal/oaktileslou", 0.97)]),
    "a misspelling": ("Scale $10-25, vnmo @oak-tiles-yuki", [("venmo/oak-tiles-yuki", 0.97)]),
    "by its colour": ("send it thru the green app: $oakporchtiles", [("cashapp/oakporchtiles", 0.97)]),
    "the sign in words": ("cash app is dollar sign then LunaBeeTiles, $20", [("cashapp/lunabeetiles", 0.8)]),
    "the sign in words, letters apart": ("on c a s h a p p dollar sign then lolatiles", [("cashapp/lolatiles", 0.8)]),
    "the sign in brackets": ("to cashapp (dollar sign) rubytiles", [("cashapp/rubytiles", 0.8)]),
    "followed by": ("cashapp dollar sign followed by lolatiles", [("cashapp/lolatiles", 0.8)]),
    "a link in words": ("pay pal dot me slash dustytiles for lessons", [("paypal/dustytiles", 0.97)]),
    "a link with blanks": ("paypal . me / dustytiles", [("paypal/dustytiles", 0.97)]),
    "a hyphen in words": ("ven mo is at ruby dash tiles", [("venmo/ruby-tiles", 0.8)]),
    "an underscore in words": ("venmo: ruby underscore tiles", [("venmo/ruby_tiles", 0.8)]),
    "the service cut": ("ven mo: @ruby-tiles", [("venmo/ruby-tiles", 0.97)]),
    "at": ("venmo at ruby-tiles-2", [("venmo/ruby-tiles-2", 0.75)]),
    "an arrow": ("venmo → rubytiles22", [("venmo/rubytiles22", 0.75)]),
    "Spanish": ("mi venmo es ruby-tiles-3", [("venmo/ruby-tiles-3", 0.75)]),
    "the tag first": ("@rubytiles is my venmo", [("venmo/rubytiles", 0.92)]),
    "letters apart": ("cashapp is $ r u b y t i l e s", [("cashapp/rubytiles", 0.8)]),
    "two services": ("venmo/cashapp: rubytiles22", [("venmo/rubytiles22", 0.65), ("cashapp/rubytiles22", 0.75)]),
    "the same": ("venmo @rubytiles, cashapp same", [("venmo/rubytiles", 0.97), ("cashapp/rubytiles", 0.65)]),
    "the same on": ("venmo @rubytiles (same on cashapp)", [("venmo/rubytiles", 0.97), ("cashapp/rubytiles", 0.65)]),
    "cut short": ("deposit by venmo or CA $oakandtiles", [("cashapp/oakandtiles", 0.6)]),
    "a word of no language": ("Pinon 280 a cord, venmo springsoakwood\nSplit", [("venmo/springsoakwood", 0.6)]),
    "of a platform too": ("IG + CashApp both: bmoreoakdeck", [("cashapp/bmoreoakdeck", 0.75)]),
}
NO_TAGS = {
    "words": "venmo transactions, paypal chargebacks. cash app screenshots",
    "a sign of a program": "dollar sign followed by characters in the cash app, dollar sign then a name",
    "a time": "venmo at 10_30, paypal at checkout, venmo at drop-off",
    "digits apart": "cash app at 5 5 5 0 1 2 3, cash app is 4 1 5 5 5 5",
    "two services, none": "venmo/cashapp: accepted, venmo same as cash, cashapp same day",
    "services in a row": "paypal.me / venmo",
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


ONE_NAME = (
    "insta: oak_tiles and iphone12 for sale",
    "insta: oak_tiles, macbook_2019, ps5_pro",
    "insta: oak_tiles, oak_tiles@example.com",
    "Washington DC, insta: oak_tiles",
    "2 x, insta: oak_tiles",
    "face, insta: oak_tiles",
    "insta: oak_tiles, twitter is the same as always",
    "insta: oak_tiles too",
    "insta: oak_tiles and www.oak_tiles.com",
    "insta: oak_tiles or tiles4oak.com",
)


@pytest.mark.parametrize("text", ONE_NAME)
def test_what_stands_beside_a_name_is_no_other(text: str) -> None:
    assert [found.value for found in extract(text, kinds=["username"])] == ["instagram/oak_tiles"]


def test_a_name_on_a_second_platform_is_of_that_one() -> None:
    found = extract("ig: oak_tiles and oak_tiles2 on snap", kinds=["username"])
    assert [each.value for each in found] == ["instagram/oak_tiles", "snapchat/oak_tiles2"]


@pytest.mark.usefixtures("as_stated")
@pytest.mark.parametrize("text", ["discord goblintiles", "goblintiles on discord", "Face: oak.tiles", "TT oak_tiles_9"])
def test_what_only_its_place_tells_is_a_guess(text: str) -> None:
    assert [found.confidence for found in extract(text, kinds=["username"])] == [0.6]


@pytest.mark.parametrize("text", NOTHING.values(), ids=list(NOTHING))
def test_prose_holds_no_name(text: str) -> None:
    assert extract(text, kinds=["username"]) == []


@pytest.mark.usefixtures("as_stated")
@pytest.mark.parametrize(("text", "tags"), TAGS.values(), ids=list(TAGS))
def test_a_payment_tag_is_read(text: str, tags: list[tuple[str, float]]) -> None:
    assert [(found.value, found.confidence) for found in extract(text, kinds=["payment_tag"])] == tags


@pytest.mark.parametrize("text", NO_TAGS.values(), ids=list(NO_TAGS))
def test_prose_holds_no_payment_tag(text: str) -> None:
    assert extract(text, kinds=["payment_tag"]) == []


LONG = {
    "networks": "insta, ig/snap the gram face book tele gram my kik at ",
    "names": "jen_4u oak.tiles goblinvendor o-a-k-4-u @jen ",
    "names and networks": "jen_4u is my insta and jen_5u or jen_6u on snap, same on tiktok ",
    "signs": "insta,;:/&+|-=@()[]._*",
    "pictures": "👻 jen_4u 📸 jen_5u ",
    "words of signs": "insta jen underscore dot dash ",
    "payments": "venmo/cashapp is at jen dash dollar sign then $oakandtiles ",
}


@pytest.mark.parametrize("unit", LONG.values(), ids=list(LONG))
@pytest.mark.parametrize("kind", ["username", "payment_tag"])
def test_a_text_of_twice_the_length_takes_twice_the_work(unit: str, kind: str) -> None:
    def work(times: int) -> int:
        return lines_run(lambda: extract(unit * times, kinds=[kind]))

    work(10)
    assert work(400) < 2.1 * work(200) + 200
