"""User names and payment tags that are read when a text is written plainly: out of brackets, with signs and digits said
apart, behind and before phrases, on two platforms of a list, in links with odd signs; with prose that tells none."""

from __future__ import annotations

import pytest

from minerva.identifiers import extract

READ = {
    "braces": ("tele {fern_mill3}", ["telegram/fern_mill3"]),
    "guillemets before the platform": ("«fern_mill3» di tg", ["telegram/fern_mill3"]),
    "low quotes": ("follow „fern7mill“ on Patreon", ["patreon/fern7mill"]),
    "stars in brackets": ("more pics: OF (⭐fern_mill⭐)", ["onlyfans/fern_mill"]),
    "arrows around": ("Kik 👉 ➡️ fern_mill.14 ⬅️", ["kik/fern_mill.14"]),
    "a sign between stars": ("tg handle @fern *underscore* mill7", ["telegram/fern_mill7"]),
    "a dot in angle brackets": ("I go by fern <dot> mill5 on Discord", ["discord/fern.mill5"]),
    "digits told behind": ("Snap - fernmill followed by the digits 4 0", ["snapchat/fernmill40"]),
    "digits told behind, Spanish": ("Wickr: fernmill y a continuación las cifras 8 7", ["wickr/fernmill87"]),
    "digits told behind, Chinese": ("TG - fernmillhut后面接数字8 3", ["telegram/fernmillhut83"]),
    "letters apart behind a phrase": ("message me on Kik, the name is f e r n _ m i l l", ["kik/fern_mill"]),
    "letters apart before": ("f e r n 3 di Discord", ["discord/fern3"]),
    "a platform with underscores": ("mijn t_w_i_t_t_e_r is fern_mill", ["twitter/fern_mill"]),
    "a platform with dots": ("or w.i.c.k.r. fernmill31", ["wickr/fernmill31"]),
    "Cyrillic letters apart": ("пишите в т е л е г у собака fern_mill", ["telegram/fern_mill"]),
    "digits in a short name": ("моё в t3le – fern_mill_70", ["telegram/fern_mill_70"]),
    "bold letters behind": ("retrouve-moi sur snap, 𝐟𝐞𝐫𝐧𝐦𝐢𝐥𝐥", ["snapchat/fernmill"]),
    "look-alike letters in brackets": ("keress rá: fеrnmill (Kik)!", ["kik/fernmill"]),
    "the name is": ("message me on Skype, the name is fernmill", ["skype/fernmill"]),
    "that's me on": ("Look for fern4, that's me on X (twitter)", ["twitter/fern4"]),
    "Swedish": ("på fejan heter jag fernmill", ["facebook/fernmill"]),
    "Hungarian": ("a FB nevem fernmill.", ["facebook/fernmill"]),
    "Hungarian, a picture": ("megtalálsz a 👻 oldalon, a nevem fernmill20", ["snapchat/fernmill20"]),
    "Greek": ("στο Telegr είμαι @fern_mill3", ["telegram/fern_mill3"]),
    "Greek, before": ("ψάξε fern.mill4 στο kik", ["kik/fern.mill4"]),
    "Vietnamese": ("Instagram của mình là fern.mill", ["instagram/fern.mill"]),
    "Indonesian": ("cek ig kami @fernmill", ["instagram/fernmill"]),
    "German verb": ("kikt mich an: fernmill", ["kik/fernmill"]),
    "pictures on": ("mehr Bilder auf OF (fern.mill)", ["onlyfans/fern.mill"]),
    "pictures on, letters alone": ("další fotky na IG (fernmill)", ["instagram/fernmill"]),
    "the next line": ("FB -\nfern.mill7", ["facebook/fern.mill7"]),
    "Facebook page": ("FB page: fern.millhut so you see reviews", ["facebook/fern.millhut"]),
    "the same but": ("sur snap (fern_mill) et sur insta pareil mais avec un point : fern.mill",
                     ["snapchat/fern_mill", "instagram/fern.mill"]),
    "a list in Greek": ("fb και Insta: fernmill59", ["facebook/fernmill59", "instagram/fernmill59"]),
    "a list in Thai": ("Insta กับ telegram ชื่อเดียวกัน fernmill", ["instagram/fernmill", "telegram/fernmill"]),
    "a list in Chinese": ("wx、电报都是 fernmillhut", ["wechat/fernmillhut", "telegram/fernmillhut"]),
    "a list with both": ("you find me on both tele and wechat as fernmill",
                         ["telegram/fernmill", "wechat/fernmill"]),
    "a longer name of a platform": ("same name on instagram and kik messenger: fern_mill",
                                    ["instagram/fern_mill", "kik/fern_mill"]),
    "a comma in a link": ("linktr,ee/fernmill834", ["linktree/fernmill834"]),
    "a bracket in a link": ("twitch(.)tv/fernmill", ["twitch/fernmill"]),
    "blanks in a link": ("linkedin: linkedin . com / in / fern-mill4", ["linkedin/fern-mill4"]),
    "a dot and a slash in words": ("tiktok[chấm]com xuyệt  @fern_mill", ["tiktok/fern_mill"]),
    "a link in Cyrillic": ("вк.ком/fern_mill", ["vk/fern_mill"]),
}  # fmt: skip
NO_NAME = {
    "an invitation": "follow us on Instagram!",
    "a state": "my snap is broken",
    "prose": "Telegram beautiful photos",
    "two platforms of prose": "follow us on Instagram and Facebook for more",
    "two platforms, one account": "Instagram and Facebook: same people",
    "a person": "message me on Skype, the name is Martha",
    "a field to fill in": "Telegram <chat_id>",
    "code": 'f"line {node.number} of {node.file_x}"',
    "code of threads": "{max_workers} threads",
    "letters of a row": "a b c d on the line",
    "prose with a comma": "don't, me / you on snap",
    "prose of digits": "my snap is followed by the digits 4 2",
    "a picture in brackets": "photos on Instagram (private)",
    "a request in brackets": "videos on YouTube (subscribe)",
    "a profile in a list": "t.me / instagram",
    "bold prose": "𝐟𝐨𝐥𝐥𝐨𝐰 𝐮𝐬 on Instagram",
    "a name of letters in quotes": "„Musik“ on Patreon",
    "Portuguese": "meu snap está quebrado, o nome é Ana",
    "a weight": "sold by the gram, 100 pieces",
}
PAID = {
    "a sign for a letter": ("I take p@ypal.me/fernmill", ["paypal/fernmill"]),
    "a comma": ("Payment: paypal,me/fernmill", ["paypal/fernmill"]),
    "no dot": ("Avans: PP 👉 paypal me / fernmill!", ["paypal/fernmill"]),
    "letters apart": ("p a y p a l . m e / fernmill6", ["paypal/fernmill6"]),
    "the sign in words": ("I take venmo at sign fernmill_23", ["venmo/fernmill_23"]),
    "a banknote": ("Payment: 💵app tag: fernmill (cash app)", ["cashapp/fernmill"]),
    "the same but": ("cashapp is $fernmill42 and venmo is the same but with a dash, fern-mill42",
                     ["cashapp/fernmill42", "venmo/fern-mill42"]),
}  # fmt: skip
NOT_PAID = {
    "services in a row": "paypal.me / venmo",
    "a request": "paypal me / text me first",
    "a sign": "venmo at sign up",
    "an app": "💵app store",
}


@pytest.mark.parametrize(("text", "values"), READ.values(), ids=list(READ))
def test_names_are_read_that_stand_in_disguise_or_in_a_phrase(text: str, values: list[str]) -> None:
    found = extract(text, kinds=["username"])
    assert [item.value for item in found] == values
    assert all(text[item.start : item.end] == item.raw for item in found)


@pytest.mark.parametrize("text", NO_NAME.values(), ids=list(NO_NAME))
def test_prose_and_code_tell_no_name(text: str) -> None:
    assert extract(text, kinds=["username"]) == []


@pytest.mark.parametrize(("text", "values"), PAID.values(), ids=list(PAID))
def test_tags_are_read_that_stand_in_disguise_or_in_a_phrase(text: str, values: list[str]) -> None:
    found = extract(text, kinds=["payment_tag"])
    assert [item.value for item in found] == values
    assert all(text[item.start : item.end] == item.raw for item in found)


@pytest.mark.parametrize("text", NOT_PAID.values(), ids=list(NOT_PAID))
def test_prose_tells_no_tag(text: str) -> None:
    assert extract(text, kinds=["payment_tag"]) == []


@pytest.mark.parametrize("between", ["", "a", "oak", "oaktiles"], ids=["none", "one", "three", "eight"])
def test_a_picture_some_signs_before_a_platform_hides_no_name(between: str) -> None:
    found = extract(f"\U0001f338{between}jen350(snap)", kinds=["username"])
    assert [item.value for item in found] == [f"snapchat/{between}jen350"]
