"""User names told in plain talk, without a sign of one, ordinary words that stand where a name would, and phones with
words glued to them."""

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
    "mi instagram es carlademo y mi snap no": "instagram/carlademo",
    "my tiktok name is jennydances": "tiktok/jennydances",
}  # fmt: skip
WORDS = (
    "Instagram: closed", "Telegram: preferred", "snap: available", "insta: private", "Facebook: business",
    "ig: booking", "kik: tonight", "twitter: yesterday", "Discord: server", "insta story", "snap judgment",
    "telegram channel", "my instagram is private", "my snap is broken", "insta famous", "my telegram is hacked",
    "Telegram: disponible siempre", "Snap: uniquement", "Telegram: demande", "Snapchat: anfragen",
    "Telegram: disponibile", "Telegram: beschikbaar", "Snapchat: consultar", "Snap: pytaj", "Snapchat: negotiable",
    "Insta: forthcoming", "my tiktok name is embarrassing",
)  # fmt: skip


@pytest.mark.parametrize(("text", "name"), NAMES.items())
def test_a_name_is_found_without_a_sign(text: str, name: str) -> None:
    assert [item.value for item in extract(text, kinds=["username"])] == [name]


@pytest.mark.parametrize("text", WORDS)
def test_an_ordinary_word_is_no_name(text: str) -> None:
    assert extract(text, kinds=["username"]) == []


@pytest.mark.parametrize("text", ["instagram: caféluna", "Instagram: @caféluna", "telegram: bientôt", "insta: jen_4uи"])
def test_a_name_is_not_cut_at_a_letter_that_none_has(text: str) -> None:
    assert extract(text, kinds=["username"]) == []


PHONES = (
    ("FR", "appelle-moi au 06.39.98.41.77stp", "+33639984177"),
    ("FR", "Nina0639980511dispo ce soir", "+33639980511"),
    ("DE", "Ruf an:0152 28817386Küsse Anna", "+4915228817386"),
    ("AU", "Kim0491570156 available now", "+61491570156"),
    ("US", "Анна+1 202 555 0150звоните", "+12025550150"),
    ("US", "text me @4155550132 only", "+14155550132"),
    ("GB", "WhatsApp @07700 900873 for rates", "+447700900873"),
    ("US", "call202-555-0143now", "+12025550143"),
    ("GB", "Ring Sasha-07700 900 318-outcalls", "+447700900318"),
    ("US", "whatsapp://send?phone=%2B13105550164", "+13105550164"),
    ("AU", "sms:0491570159", "+61491570159"),
    ("US", "(202] 555 {0192} ask for Jo", "+12025550192"),
)
NO_PHONES = (
    ("AU", "batch0491570157 of tiles"), ("GB", "img07700900461.png"), ("GB", "user07700900461"),
    ("GB", "invoice07700900462"), ("US", "@4155550132 liked this"), ("US", "insta @4155550132"),
    ("US", "part no 2025550171-XL"), ("US", "https://ads.example.com/item/2025550143?ref=88"),
    ("GB", "clocked at 07700900461hertz"),
)  # fmt: skip


@pytest.mark.parametrize(("region", "text", "number"), PHONES)
def test_a_phone_is_found_with_words_glued_to_it(region: str, text: str, number: str) -> None:
    assert [item.value for item in extract(text, kinds=["phone"], region=region)] == [number]


@pytest.mark.parametrize(("region", "text"), NO_PHONES)
def test_what_a_word_names_otherwise_is_no_phone(region: str, text: str) -> None:
    assert extract(text, kinds=["phone"], region=region) == []
