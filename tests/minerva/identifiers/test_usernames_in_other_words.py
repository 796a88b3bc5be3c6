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
