"""Names behind a platform as labels of profiles and lists have them, in brackets, behind bars and arrows, letter by
letter, and what someone says to be on a platform; with what looks like them and is none."""

from __future__ import annotations

import pytest

from minerva.identifiers import extract

LABELS = {
    "a bar": ("Pick up only.\nIG | oakandtiles", ["instagram/oakandtiles"]),
    "a platform that is a word, in capitals": ("LINE | oakandtiles", ["line/oakandtiles"]),
    "two arrows": ("Call me // LINE >> oaktiles40", ["line/oaktiles40"]),
    "square brackets": ("[tg] oakandtiles", ["telegram/oakandtiles"]),
    "square brackets and a picture": ("[\U0001f4f8 Insta] oak_tiles. Pick up only", ["instagram/oak_tiles"]),
    "round brackets behind it": ("snap (oakandtiles)\nSee you", ["snapchat/oakandtiles"]),
    "round brackets behind a short word": ("yt (oaktiles71)", ["youtube/oaktiles71"]),
    "a dash and a capital": ("Room 4. KIK - Oakandtiles", ["kik/oakandtiles"]),
    "the two names of a platform": ("X (Twitter): oak_tiles20", ["twitter/oak_tiles20"]),
    "the two names of a platform and an arrow": ("X (Twitter) \u27a1\ufe0f @oak_tiles20. Tel", ["twitter/oak_tiles20"]),
    "a hyphen where names have no other sign": ("tumblr - oak-tileshop", ["tumblr/oak-tileshop"]),
    "a picture before the platform": ("@oak_tiles on \U0001f3ae Discord", ["discord/oak_tiles"]),
    "Romanian, with an article": ("Skype-ul meu este oak.tilesfarm. Rog", ["skype/oak.tilesfarm"]),
    "Turkish": ("insta i\u00e7in @oak_tiles", ["instagram/oak_tiles"]),
    "Hindi": ("insta pe @oak.tiles.lane", ["instagram/oak.tiles.lane"]),
    "a Chinese full stop behind": ("twitter @oaktiles\u3002\u7535\u8bdd", ["twitter/oaktiles"]),
    "a user name behind a comma": ("Fale pelo Instagram, usu\u00e1rio oaksketchlane", ["instagram/oaksketchlane"]),
    "two words for the first of two platforms": (
        "Tik Tok & insta: oak_tiles", ["tiktok/oak_tiles", "instagram/oak_tiles"],
    ),
}  # fmt: skip
APART = {
    "dashes and an underscore": ("ig: o-a-k-_-t-i-l-e-s", ["instagram/oak_tiles"]),
    "tildes": ("Skype: o~a~k~_~t~i~l~e~s", ["skype/oak_tiles"]),
    "a dot with blanks": ("insta | o a k . t i l e s 2 3", ["instagram/oak.tiles23"]),
    "an e first": ("ig \U0001f449 e c h o _ t i l e s", ["instagram/echo_tiles"]),
    "a c first": ("insta c o r a l . t i l e s", ["instagram/coral.tiles"]),
    "a hyphen with blanks": ("tumblr \U0001f449 o a k - t i l e s 5 4", ["tumblr/oak-tiles54"]),
    "brackets": ("[patreon] o a k _ t i l e s", ["patreon/oak_tiles"]),
    "behind a word for under": ("Trouvez-moi sur Discord sous le nom o a k t i l e s 2", ["discord/oaktiles2"]),
    "an x within": ("p i x e l r i v e r", []),
    "digit words": ("s-i-x  |  u-n  |  d-e-u-x  |  t-r-o-i-s", []),
    "eight": ("e i g h t o n e t w o 555 0144", []),
    "a mailbox": ("Kontakt: s c h l e p p e r 9 3 (at) example (dot) org", []),
}  # fmt: skip
SAID = {
    "English": ("I am oakandtiles on snap", ["snapchat/oakandtiles"]),
    "French": ("Je suis oakandtiles sur Twitter.", ["twitter/oakandtiles"]),
    "Spanish": ("Soy oakandtiles en Patreon. Visitas", ["patreon/oakandtiles"]),
    "an account of one's own, Italian": ("Il mio facebook \u00e8 rustymeadow\nIl tavolo", ["facebook/rustymeadow"]),
    "a word of prose": ("I am comfortable on telegram.", []),
    "a trade": ("i'm photographer on insta", []),
    "French prose": ("Je suis joignable sur Facebook.", []),
    "Italian prose": ("Sono disponibilissima su Telegram.", []),
    "Spanish prose": ("Soy administradora en Facebook", []),
}  # fmt: skip
NONE = [
    "YouTube | Documentation", "Facebook - Marketplace", "[Twitter] unavailable", "LINE | Specification",
    "Reddit (subreddits)", "tumblr - self-explanatory", "LinkedIn - recommendation", "on snap, usuario verificado",
    "Message me through reddit, user name required", "Table 3: Twitter >> Instagram >> Facebook",
    "k i k sous le nom", "Steam | multiplayer", "1. Facebook - community-building",
]  # fmt: skip
ALL = {**LABELS, **APART, **SAID}


def names(text: str) -> list[str]:
    return [item.value for item in extract(text, kinds=["username"])]


@pytest.mark.parametrize(("text", "told"), ALL.values(), ids=list(ALL))
def test_a_name_is_read(text: str, told: list[str]) -> None:
    assert sorted(names(text)) == sorted(told)


@pytest.mark.parametrize("text", NONE, ids=NONE)
def test_what_stands_beside_a_platform_in_prose_is_no_name(text: str) -> None:
    assert names(text) == []
