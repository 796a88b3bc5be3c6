"""Usernames and payment tags told in ways found missing in a fifth round of texts not seen before, with prose about
platforms and services that holds none."""

from __future__ import annotations

import pytest

from minerva.identifiers import extract, username_words

TOLD = {
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
}
NOTHING = {
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
    "a bare word": "Will build your pc. discord pixeltiles",
    "a path": "instagram: /groups",
}
TAGS = {
    "in brackets": ("or venmo (@oakntiles22). Text", ["venmo/oakntiles22"]),
    "in square brackets": ("venmo [@oak-tiles]", ["venmo/oak-tiles"]),
    "the other sign in brackets": ("chime ($oaktiles)", ["chime/oaktiles"]),
    "an underscore": ("venmo oak_tiles, porch pickup", ["venmo/oak_tiles"]),
    "cut short": ("Zelle 469-555-0154, CA: $oakandtiles. half down", ["cashapp/oakandtiles"]),
    "cut short without a colon": ("deposit by venmo or CA $oakandtiles", ["cashapp/oakandtiles"]),
}
NO_TAGS = {
    "accepted": "cash app accepted",
    "brackets of prose": "venmo (preferred) or cash",
    "a key of a program": "set CA: $CA_FILE and cert",
    "a path of a program": "ca: $certs/ca.pem",
    "a price": "deposit in CA: $300",
    "a state": "Fresno CA: $budget rooms",
    "a hyphen": "venmo add-on",
    "a field of a program": "the venmo user_id column",
}


@pytest.mark.parametrize(("text", "names"), TOLD.values(), ids=list(TOLD))
@pytest.mark.parametrize("around", ["{}", "Tiles laid, $20.\n{}\nWeekends too."], ids=["alone", "within"])
def test_a_name_is_read(text: str, names: list[str], around: str) -> None:
    assert sorted(found.value for found in extract(around.format(text), kinds=["username"])) == names


@pytest.mark.parametrize("text", NOTHING.values(), ids=list(NOTHING))
def test_prose_holds_no_name(text: str) -> None:
    assert extract(text, kinds=["username"]) == []


@pytest.mark.parametrize(("text", "tags"), TAGS.values(), ids=list(TAGS))
def test_a_payment_tag_is_read(text: str, tags: list[str]) -> None:
    assert [found.value for found in extract(text, kinds=["payment_tag"])] == tags


@pytest.mark.parametrize("text", NO_TAGS.values(), ids=list(NO_TAGS))
def test_prose_holds_no_payment_tag(text: str) -> None:
    assert extract(text, kinds=["payment_tag"]) == []


@pytest.mark.parametrize("text", [text for text, _ in TOLD.values()], ids=list(TOLD))
def test_no_way_is_left_out_that_would_find_something(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = extract(text, kinds=["username"])

    class All(frozenset[str]):
        def isdisjoint(self, other: object) -> bool:
            return False

    monkeypatch.setattr(username_words, "_AS", All())
    monkeypatch.setattr(username_words, "_ASKS", All())
    monkeypatch.setattr(username_words, "_HANDLES", All())
    assert extract(text, kinds=["username"]) == found
