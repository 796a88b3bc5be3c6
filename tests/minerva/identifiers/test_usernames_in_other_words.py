"""Usernames told in ways found missing in a third round of texts not seen before, with what looks like them."""

from __future__ import annotations

import pytest

from minerva.identifiers import extract

TOLD = {
    "cut short": ("telegr: cedarmoth_x", ["telegram/cedarmoth_x"]),
    "cut with a dot": ("teleg. cedar_moth", ["telegram/cedar_moth"]),
    "a digit for a letter": ("w3chat: cedarmoth88", ["wechat/cedarmoth88"]),
    "paper plane": ("✈️ @cedar_moth", ["telegram/cedar_moth"]),
    "bird": ("🐦: @cedarmoth7", ["twitter/cedarmoth7"]),
    "two pictures": ("👻 cedarmoth_7 ✈️ @cedar_moth", ["snapchat/cedarmoth_7", "telegram/cedar_moth"]),
    "German, I am called": ("Auf Insta heiße ich wald.elfe", ["instagram/wald.elfe"]),
    "German, is called": ("Snap heißt wald_elfe7", ["snapchat/wald_elfe7"]),
    "Italian": ("su insta sono onda_lunga", ["instagram/onda_lunga"]),
    "Spanish": ("en insta soy ola_larga", ["instagram/ola_larga"]),
    "French": ("sur insta je suis vague_longue", ["instagram/vague_longue"]),
    "Portuguese": ("no insta sou onda_longa", ["instagram/onda_longa"]),
    "Romanian": ("snapchatul meu e val_lin9", ["snapchat/val_lin9"]),
    "no spaces": ("ig: red fox . lane (no spaces)", ["instagram/redfox.lane"]),
    "one word": ("snap: dusk moth 77 (all one word)", ["snapchat/duskmoth77"]),
    "a number, not a word": ("kik: dusk moth nine (no spaces, number)", ["kik/duskmoth9"]),
    "behind another's word": ("viber or signal: signal username cedarmoth.07", ["signal/cedarmoth.07"]),
    "words behind": ("ig: jen_4u call me (number in bio)", ["instagram/jen_4u"]),
    "a remark behind": ("ig: jen_4u pay cash (no change)", ["instagram/jen_4u"]),
    "a clause behind": ("ig: jen_4u or call me, number below", ["instagram/jen_4u"]),
    "a name of Facebook": ("fb: anna.field.22", ["facebook/anna.field.22"]),
}
NOTHING = {
    "journey": "flying ✈️ to Rome @ 9 with friends",
    "airline": "✈️ @lufthansa",
    "German": "Insta ist Zeitverschwendung, Telegram auch",
    "Italian": "su instagram sono tutti belli",
    "full name": "fb: Marlene Field",
    "firm": "Facebook: Marble Stone Spa",
}


@pytest.mark.parametrize(("text", "values"), TOLD.values(), ids=list(TOLD))
def test_a_name_is_read(text: str, values: list[str]) -> None:
    assert [item.value for item in extract(text, kinds=["username"])] == values


@pytest.mark.parametrize("text", NOTHING.values(), ids=list(NOTHING))
def test_what_looks_like_a_name_is_none(text: str) -> None:
    assert extract(text, kinds=["username"]) == []


def test_a_picture_is_a_guess_and_a_name_said_to_be_one_word_keeps_its_shorter_reading() -> None:
    (plane,) = extract("✈️ @cedar_moth", kinds=["username"])
    (joined,) = extract("ig: red fox . lane (no spaces)", kinds=["username"])
    assert (plane.confidence, plane.method) == (0.6, "emoji")
    assert joined.alternatives == ("username:instagram/red",)


FOURTH_ROUND = {
    "comma behind the platform": ("daily stop is on twitter, cedar_moth", ["twitter/cedar_moth"]),
    "comma and sign": ("wir sind auf Insta, @waldelfe77", ["instagram/waldelfe77"]),
    "comma, its own platform behind": ("I am on insta, cedar_moth7 on snap", ["snapchat/cedar_moth7"]),
    "comma, a word with a number": ("we talked on twitter, covid19 was new", []),
    "comma, a list": ("on facebook, 24hours a day, example_shop.com", []),
    "heart for a sound": ("搬家 v❤: cedar_moth88", ["wechat/cedar_moth88"]),
    "heart in a picture's form": ("加V❤️cedarmoth88", ["wechat/cedarmoth88"]),
    "another heart": ("V💗 cedarmoth88", ["wechat/cedarmoth88"]),
    "first letter and heart": ("微❤: cedarmoth88", ["wechat/cedarmoth88"]),
    "homophones": ("徽信: cedarmoth88 谢谢", ["wechat/cedarmoth88"]),
    "heart behind an English word": ("luv❤: cedarmoth88", []),
    "German, under": ("folgt mir auf Insta unter wald_elfe", ["instagram/wald_elfe"]),
    "German, under the name": ("auf Insta unter dem Namen wald.elfe", ["instagram/wald.elfe"]),
    "English, under": ("find us on insta under cedar_moth", ["instagram/cedar_moth"]),
    "Spanish, under": ("en instagram bajo ola_larga", ["instagram/ola_larga"]),
    "French, under": ("sur snap sous le pseudo vague_longue", ["snapchat/vague_longue"]),
    "Italian, as": ("su insta come onda_lunga", ["instagram/onda_lunga"]),
    "Portuguese, under": ("no insta sob onda_longa", ["instagram/onda_longa"]),
    "Dutch, under": ("op insta onder lange_golf", ["instagram/lange_golf"]),
    "Polish, under": ("na insta pod nickiem fala_morska", ["instagram/fala_morska"]),
    "Russian, under": ("в телеге под ником cedar_moth", ["telegram/cedar_moth"]),
    "Turkish, by name": ("instagram adım cinar_dal", ["instagram/cinar_dal"]),
    "German, younger": ("Snapchat unter 13jährige nein, insta unter 16j", []),
    "under 18s": ("no snapchat under 18s", []),
    "name is": ("raid signups over disc0rd, name is cedarpanda", ["discord/cedarpanda"]),
    "Spanish, name is": ("estoy en discord, nombre es cedarpanda.", ["discord/cedarpanda"]),
    "a person's name": ("met on discord, name is Martha", []),
    "name is, more words": ("I know him from discord, name is probably wrong", []),
    "star for a letter": ("Lessons happen on sk*pe: cedar.moth", ["skype/cedar.moth"]),
    "stars for letters": ("t**egram: cedar_moth", ["telegram/cedar_moth"]),
    "star for the last letters": ("my inst*gr*m is cedar_moth", ["instagram/cedar_moth"]),
    "star put in": ("snap*chat: cedar_moth", ["snapchat/cedar_moth"]),
    "another sign for a letter": ("sn•p: cedar_moth", ["snapchat/cedar_moth"]),
    "stars around": ("*insta*: cedar_moth", []),
    "a rude word": ("sh*t: cedar_moth f*ck: cedar_moth", []),
    "a star for any word": ("a*b*c: cedar_moth 5*6: cedar_moth", []),
}


@pytest.mark.parametrize(("text", "values"), FOURTH_ROUND.values(), ids=list(FOURTH_ROUND))
def test_what_a_fourth_round_of_texts_held_is_read(text: str, values: list[str]) -> None:
    assert [item.value for item in extract(text, kinds=["username"])] == values
