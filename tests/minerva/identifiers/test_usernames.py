"""Usernames as they are told: app links, subdomains, shared names, paths, and words that are no platform."""

from __future__ import annotations

import pytest

from minerva.identifiers import extract

TOLD = {
    "telegram name_77": ["telegram/name_77"],
    "tg://resolve?domain=name_77": ["telegram/name_77"],
    "t . me / name_77": ["telegram/name_77"],
    "纸飞机 name_77": ["telegram/name_77"],
    "skype:live:jen.4u22": ["skype/live:jen.4u22"],
    "카카오톡 아이디 jen4u": ["kakaotalk/jen4u"],
    "加V: jen4uuu": ["wechat/jen4uuu"],
    "OF: jen4u": ["onlyfans/jen4u"],
    "my OF is jen4u_xo": ["onlyfans/jen4u_xo"],
    "@jen4u on X": ["twitter/jen4u"],
    "/u/jen4u_xx": ["reddit/jen4u_xx"],
    "u/jenforyou on reddit": ["reddit/jenforyou"],
    "jen4u.tumblr.com": ["tumblr/jen4u"],
    "IG/Snap: jen_4u": ["instagram/jen_4u", "snapchat/jen_4u"],
    "Snap and IG - jen_4u": ["snapchat/jen_4u", "instagram/jen_4u"],
    "@jen_4u@mastodon.social": ["mastodon/jen_4u@mastodon.social"],
    "https://open.kakao.com/o/sAbCdEf": ["kakao_openchat/sAbCdEf"],
    "https://lin.ee/AbC12de": ["line_official/AbC12de"],
    "te-le-gr am (@name_77)": ["telegram/name_77"],
    "in-sta-gram: name_77": ["instagram/name_77"],
    "telegrm: name_77": ["telegram/name_77"],
    "isntagram @name_77": ["instagram/name_77"],
    "ᴛᴇʟᴇɢʀᴀᴍ: name_77": ["telegram/name_77"],
}
NONE = ("FB: 1990s", "line: the first one", "OF COURSE: yes", "of: the best", "x: 5 y: 6", "and/or", "w/u/a",
        "a step-by-step way: good", "in-a-gram measure: fine")


@pytest.mark.parametrize(("text", "names"), TOLD.items(), ids=str)
@pytest.mark.parametrize("around", ["{}", "New here. {} call me"], ids=["alone", "within"])
def test_a_name_is_read_with_its_platform(text: str, names: list[str], around: str) -> None:
    whole = around.format(text)
    found = extract(whole, kinds=["username"])
    assert sorted(item.value for item in found) == sorted(names)
    assert all(whole[item.start : item.end] == item.raw for item in found)


@pytest.mark.parametrize("text", NONE)
def test_words_that_only_look_like_platforms_name_nobody(text: str) -> None:
    assert extract(text, kinds=["username"]) == []


def test_a_fediverse_name_is_no_e_mail_address() -> None:
    assert extract("@jen_4u@mastodon.social", kinds=["email"]) == []


def test_a_plain_word_behind_a_short_name_is_a_guess() -> None:
    def confidence(text: str) -> float:
        return extract(text, kinds=["username"])[0].confidence

    assert confidence("TG: trigger") < confidence("TG: trigger_77") == confidence("telegram: trigger")
