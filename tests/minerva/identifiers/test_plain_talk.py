"""User names told in plain talk, without a sign of one, and ordinary words that stand where a name would."""

from __future__ import annotations

import pytest

from minerva.identifiers import extract

NAMES = {
    "insta jennyoak": "instagram/jennyoak", "snap lolaxoxo": "snapchat/lolaxoxo",
    "my instagram is jennyoak": "instagram/jennyoak", "add my snap oaktile": "snapchat/oaktile",
    "ig jenoakes": "instagram/jenoakes", "Kik: jennyoak": "kik/jennyoak", "telegram jenoakes": "telegram/jenoakes",
    "follow me on insta jennyoak": "instagram/jennyoak", "my snap is lolitaz": "snapchat/lolitaz",
    "tiktok oakmoss": "tiktok/oakmoss", "my ig is oakmoss": "instagram/oakmoss",
    "DM me on telegram oakmoss": "telegram/oakmoss", "Instagram: @oakmoss": "instagram/oakmoss",
    "linkedin.com/company/oak-tiles": "linkedin_company/oak-tiles",
    "https://uk.linkedin.com/company/oak-tiles/about/": "linkedin_company/oak-tiles",
    "linkedin.com/school/oak-college": "linkedin_company/oak-college",
    "linkedin.com/pub/jen-oak/1a/2b3/4c5": "linkedin_public/jen-oak/1a/2b3/4c5",
    "linkedin.com/pub/jen-oak": "linkedin/jen-oak", "facebook.com/pages/Oak-Tiles/123456789": "facebook/123456789",
    "facebook.com/pg/oaktiles/about": "facebook/oaktiles",
}  # fmt: skip
WORDS = (
    "Instagram: closed", "Telegram: preferred", "snap: available", "insta: private", "Facebook: business",
    "ig: booking", "kik: tonight", "twitter: yesterday", "Discord: server", "insta story", "snap judgment",
    "telegram channel", "my instagram is private", "my snap is broken", "insta famous", "my telegram is hacked",
)  # fmt: skip


@pytest.mark.parametrize(("text", "name"), NAMES.items())
def test_a_name_is_found_without_a_sign(text: str, name: str) -> None:
    assert [item.value for item in extract(text, kinds=["username"])] == [name]


@pytest.mark.parametrize("text", WORDS)
def test_an_ordinary_word_is_no_name(text: str) -> None:
    assert extract(text, kinds=["username"]) == []
