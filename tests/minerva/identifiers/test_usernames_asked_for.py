"""Usernames that a text asks to be found by, or tells of a platform named before, in the languages of texts, and what
stands in the same places and is no name."""

from __future__ import annotations

import pytest

from minerva.identifiers import extract
from minerva.identifiers.explain import WHY

ASKED = {
    "us in English": ("Find us on face book as quartzkennel. Open all week", ["facebook/quartzkennel"]),
    "a request and a word": ("add me on sc plumandpebble (snapchat) for pics", ["snapchat/plumandpebble"]),
    "its": ("follow me on insta its plumbakesdinner", ["instagram/plumbakesdinner"]),
    "at": ("skype me at algebrawithedgar, grades 5-9", ["skype/algebrawithedgar"]),
    "two in Spanish": (
        "buscame en insta como plum_nails y en face como plumnails",
        ["instagram/plum_nails", "facebook/plumnails"],
    ),
    "us in Spanish": ("Encuéntranos en Facebook como quartzpan", ["facebook/quartzpan"]),
    "two in English": (
        "find us on insta as quartzpan and on tiktok as quartz.pan",
        ["instagram/quartzpan", "tiktok/quartz.pan"],
    ),
    "two in Romanian": (
        "mă găsiți pe insta plumhairsalon și pe tiktok plum.hair",
        ["instagram/plumhairsalon", "tiktok/plum.hair"],
    ),
    "Romanian without accents": ("ma gasesti pe facebook ca plumhair", ["facebook/plumhair"]),
    "Italian, with a name's word": ("mi trovate su insta, nome plumluce", ["instagram/plumluce"]),
    "us in Italian": ("ci trovate su instagram come plumluce", ["instagram/plumluce"]),
    "French": ("suivez-nous sur facebook sous le nom plumatelier", ["facebook/plumatelier"]),
    "German": ("ihr findet uns auf insta als plumwerk", ["instagram/plumwerk"]),
    "Portuguese": ("me encontre no insta como plumbolos", ["instagram/plumbolos"]),
    "Polish": ("znajdziesz mnie na insta jako plumpazur", ["instagram/plumpazur"]),
    "Russian": ("ищите нас в инстаграме под ником plumnails", ["instagram/plumnails"]),
    "Dutch": ("je vindt ons op insta als plumtaart", ["instagram/plumtaart"]),
    "as a name, asked or not": ("now on Threads as quartzandplum", ["threads/quartzandplum"]),
}
ASKED_FOR_NONE = {
    "as always": "find us on facebook as always",
    "as agreed": "message me on kik as agreed",
    "for a time": "skype me at lunchtime",
    "a place": "skype me at headquarters",
    "a role": "we're on facebook as volunteers",
    "an advertisement": "on Facebook as advertisement",
    "Spanish": "nos encuentras en instagram como vendedores.",
    "French": "rejoignez-nous sur discord maintenant",
    "French, as always": "retrouvez-moi sur snap comme toujours",
    "German": "ihr findet mich auf facebook als privatperson",
    "German, gone": "mein insta ist verschwunden",
    "Italian": "ci trovate su facebook principalmente",
    "Italian names": "su facebook, nome e cognome",
    "Romanian": "ma gasiti pe facebook intotdeauna",
    "Polish": "znajdziesz mnie na insta codziennie",
    "Dutch": "volg ons op insta tegenwoordig",
    "opposite": "trouvez nous en face comme indique",
    "a build": "find us on instagram under construction",
    "a hyphen": "check-ins on snap, walk-ins on onlyfans",
}


@pytest.mark.parametrize(("text", "values"), ASKED.values(), ids=list(ASKED))
def test_a_name_that_is_asked_for_is_read_in_the_languages_of_texts(text: str, values: list[str]) -> None:
    found = extract(text, kinds=["username"])
    assert [item.value for item in found] == values
    for item in found:
        assert text[item.start : item.end] == item.raw
        assert item.raw.lower().rstrip(")").endswith(item.value.partition("/")[2])
        assert item.method in WHY


@pytest.mark.parametrize("text", ASKED_FOR_NONE.values(), ids=list(ASKED_FOR_NONE))
@pytest.mark.parametrize("around", ["{}", "Hello! {}, thanks"], ids=["alone", "within"])
def test_requests_that_tell_no_name_give_none(text: str, around: str) -> None:
    assert extract(around.format(text), kinds=["username"]) == []


THERE = {
    "a name there": ("discord painter here, 12 a figure, name there is plumperch", ["discord/plumperch"]),
    "another sentence": ("I have telegram too. My username there is plumperch", ["telegram/plumperch"]),
    "Spanish": ("estoy en telegram, mi usuario allí es plum_perch", ["telegram/plum_perch"]),
    "French": ("je suis sur insta, mon pseudo là-bas c'est plum.atelier", ["instagram/plum.atelier"]),
    "German": ("auf Insta bin ich auch, mein Name dort ist plumatelier", ["instagram/plumatelier"]),
    "Polish": ("jest też instagram, mój nick tam to plum_art", ["instagram/plum_art"]),
    "Russian": ("есть инста, мой ник там plum_art", ["instagram/plum_art"]),
    "being there": ("mostly on twitch, I'm plum_perch there", ["twitch/plum_perch"]),
    "its name in the sentence": ("skype lessons, id: cellowithplum", ["skype/cellowithplum"]),
    "a name with a dot": ("skype live name: plum.petra, lessons", ["skype/plum.petra"]),
}
NOT_THERE = {
    "taken": "telegram is full, my username there is taken",
    "a first name": "on Facebook my name there is Martha",
    "of another": "Discord is fine but the name there is wrong",
    "another place": "no discord. I sell on etsy, name there is plumperch",
    "no platform": "we have a shop, name there is plumperch",
    "happy": "I'm on twitch and I'm happy there",
    "an id of a program": "the telegram bot sends, id: chat_plum",
    "a dot where none is allowed": "estoy en telegram, mi usuario allí es plum.perch_2",
    "fields": "skype, name and password",
}


@pytest.mark.parametrize(("text", "values"), THERE.values(), ids=list(THERE))
def test_a_name_is_read_for_the_platform_named_before(text: str, values: list[str]) -> None:
    found = extract(text, kinds=["username"])
    assert [item.value for item in found] == values
    assert all(text[item.start : item.end] == item.raw and item.method in WHY for item in found)


@pytest.mark.parametrize("text", NOT_THERE.values(), ids=list(NOT_THERE))
def test_what_is_there_and_no_name_is_not_read(text: str) -> None:
    assert extract(text, kinds=["username"]) == []


JOINED = {
    "French for is": ("mon snap c plum_93", "snapchat/plum_93"),
    "French for is, a name's word": ("mon pseudo snap c plum_93", "snapchat/plum_93"),
    "German for is": ("mein insta lautet plum_werk", "instagram/plum_werk"),
    "Dutch for is": ("op insta heet ik plum_bakt", "instagram/plum_bakt"),
    "Russian for I": ("в тг я plum_nails", "telegram/plum_nails"),
    "Turkish, from": ("instadan yazın: plum.butik", "instagram/plum.butik"),
    "Turkish, at": ("instada plum_butik", "instagram/plum_butik"),
    "Turkish, with an apostrophe": ("Instagram’dan ulaşın: plum_butik", "instagram/plum_butik"),
    "Turkish, follow": ("bizi instagramda takip edin: plum_butik", "instagram/plum_butik"),
    "Turkish, address": ("instagram adresimiz plum_butik", "instagram/plum_butik"),
    "Turkish, add": ("snapten ekle: plum_butik", "snapchat/plum_butik"),
    "Polish, on": ("dodaj mnie na snapie: plum_paz", "snapchat/plum_paz"),
    "Polish, before": ("plum_bakt na instagramie", "instagram/plum_bakt"),
    "Dutch, before": ("plum_bakt op insta", "instagram/plum_bakt"),
    "Romanian, before": ("plum_bakt pe insta", "instagram/plum_bakt"),
    "Italian, a name's word": ("sono su tiktok, nome utente plum.luce", "tiktok/plum.luce"),
    "un": ("snap un: plum4u", "snapchat/plum4u"),
    "usr": ("snap usr: plum4u", "snapchat/plum4u"),
    "a question": ("got snap? its plum_4u", "snapchat/plum_4u"),
    "a question with the sign": ("insta? @plum_4u", "instagram/plum_4u"),
    "a possessive": ("Instagram’s plum_4u22, say hi", "instagram/plum_4u22"),
    "called": ("an insta called plumandpebble", "instagram/plumandpebble"),
    "a page that is called": ("our facebook page is called plum.corner", "facebook/plum.corner"),
    "Polish for called": ("mój insta nazywa się plum_co", "instagram/plum_co"),
    "Russian for called": ("мой инстаграм называется plum_co", "instagram/plum_co"),
    "just": ("my ig is just plum_co", "instagram/plum_co"),
    "an exclamation": ("follow me on insta! @plum_co", "instagram/plum_co"),
    "the next line": ("Instagram:\n@plum_co", "instagram/plum_co"),
    "a tab": ("Instagram\tplum_co", "instagram/plum_co"),
    "the sign as a word": ("ig @ is plum_co", "instagram/plum_co"),
    "looked for": ("search for plumandpebble on instagram", "instagram/plumandpebble"),
    "Portuguese, before": ("sou plum_co no insta", "instagram/plum_co"),
    "Russian, before": ("ищи plum_co в инсте", "instagram/plum_co"),
    "the ghost": ("ghost app: plum_co", "snapchat/plum_co"),
    "a short form with a dot": ("disc.: plum_co", "discord/plum_co"),
    "its, behind a colon": ("insta: it’s plum_co", "instagram/plum_co"),
    "I am, with the apostrophe of a phone": ("on tiktok I’m plum_co", "tiktok/plum_co"),
    "French, with the apostrophe of a phone": ("mon snap c’est plum_93", "snapchat/plum_93"),
    "in brackets, with a word": ("X (twitter) handle plumpenwinslow", "twitter/plumpenwinslow"),
    "in quotation marks": ('Insta "plum_co"', "instagram/plum_co"),
    "a dash where none is allowed": ("kik: oak dash tiles", "kik/oak_tiles"),
    "a dash where one is allowed": ("onlyfans: oak dash tiles", "onlyfans/oak-tiles"),
}
JOINED_TO_NONE = {
    "French for what": "mon snap c quoi",
    "French for no one's": "insta c plum_93",
    "its, of a thing": "got snap? its easier",
    "a call": "twitter called yesterday",
    "a page that is down": "our facebook page is down, the instagram account is private",
    "an exclamation of another": "I just love insta! @plum_co said so",
    "a decorator": "twitter:\n@property\n    def plum(self)",
    "a key": "discord:\n  token_id: x",
    "none, in English": "bring plum_co no insta please",
    "an adverb": "instagram just launched",
    "another place": "ci trovate su facebook e tripadvisor",
    "drawn out": "dm me on insta pleaseeeeeee, hmu on snap hahahahaha",
    "a schema": "twitter username: required",
    "an hour behind its": "snap: it's 5pm here",
    "a dash": "kik dash board",
    "accounts": "konto facebook zablokowane, instagram conto chiuso",
    "reels": "instada takipte kalin",
    "brackets": "(facebook) introduced, (reddit) controversial",
}
TWO = {
    "brackets before": (
        "the car: (ig) lowmileplum (yt) lowmileplumgarage",
        ["instagram/lowmileplum", "youtube/lowmileplumgarage"],
    ),
    "brackets behind": ("follow @plumco (ig) and @plum.co (tt)", ["instagram/plumco", "tiktok/plum.co"]),
    "a row": (
        "IG plum_co / TT plum.co / SC plummy4",
        ["instagram/plum_co", "tiktok/plum.co", "snapchat/plummy4"],
    ),
    "one name on two": ("i'm plum_co on snap and kik", ["snapchat/plum_co", "kik/plum_co"]),
    "names of two": ("on insta I'm plum_co and on tiktok plum.co", ["instagram/plum_co", "tiktok/plum.co"]),
    "or the same": ("Insta wicksofplum or TikTok same name", ["instagram/wicksofplum", "tiktok/wicksofplum"]),
}


@pytest.mark.parametrize(("text", "value"), JOINED.values(), ids=list(JOINED))
@pytest.mark.parametrize("around", ["{}", "50 lei. {}"], ids=["alone", "behind a sentence"])
def test_more_stands_between_a_platform_and_a_name(text: str, value: str, around: str) -> None:
    whole = around.format(text)
    (found,) = extract(whole, kinds=["username"])
    assert found.value == value
    assert whole[found.start : found.end] == found.raw
    assert found.method in WHY


@pytest.mark.parametrize("text", JOINED_TO_NONE.values(), ids=list(JOINED_TO_NONE))
def test_the_same_words_between_other_things_tell_no_name(text: str) -> None:
    assert extract(text, kinds=["username"]) == []


@pytest.mark.parametrize(("text", "values"), TWO.values(), ids=list(TWO))
def test_two_platforms_in_one_line_have_their_names(text: str, values: list[str]) -> None:
    assert [item.value for item in extract(text, kinds=["username"])] == values
