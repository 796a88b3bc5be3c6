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
TOLD_IN_OTHER_WORDS = {
    "mein insta ist nina_77": ["instagram/nina_77"],
    "mon snap c'est lila.92": ["snapchat/lila.92"],
    "mon skype c'est anne-lise": ["skype/anne-lise"],
    "o meu insta é bia_rio": ["instagram/bia_rio"],
    "il mio telegram è giu_77": ["telegram/giu_77"],
    "mój snap to ola_88": ["snapchat/ola_88"],
    "en telegram como @clara_77": ["telegram/clara_77"],
    "instagram = @jen_4u": ["instagram/jen_4u"],
    "pisz na telegramie @ola_88": ["telegram/ola_88"],
    "telegramdan yaz: can_35x": ["telegram/can_35x"],
    "пиши в телегу lena_msk": ["telegram/lena_msk"],
    "в телеграме: lena_msk": ["telegram/lena_msk"],
    "تليجرام: @name_77": ["telegram/name_77"],
    "سناب شات name_77": ["snapchat/name_77"],
    "טלגרם: name_77": ["telegram/name_77"],
    "微❤信 jen4uuu": ["wechat/jen4uuu"],
    "加我的IG：jen_4u": ["instagram/jen_4u"],
    "臉書搜尋 jen.4u": ["facebook/jen.4u"],
    "FB搜尋 jen.4u": ["facebook/jen.4u"],
    "telegram only @name_77": ["telegram/name_77"],
    "инста (vpn) : lena.77": ["instagram/lena.77"],
    "snap (18+) - @jen_4u": ["snapchat/jen_4u"],
    "dc: name_77": ["discord/name_77"],
    "1nsta gr@m = jen_4u": ["instagram/jen_4u"],
    "t3l3gr4m: name_77": ["telegram/name_77"],
    "sn@pch4t name_77": ["snapchat/name_77"],
    "вк ком слэш lena_77": ["vk/lena_77"],
    "link tree slash jen_4u": ["linktree/jen_4u"],
    "Instagram's jen_4u": ["instagram/jen_4u"],
    "insta jen tiret bas 75": ["instagram/jen_75"],
    "@jen_4u on ig, snap and tg": ["instagram/jen_4u", "snapchat/jen_4u", "telegram/jen_4u"],
    "ig, tg/snap: jen_4u": ["instagram/jen_4u", "snapchat/jen_4u", "telegram/jen_4u"],
    "my handle is jenforyou, same on ig and snap": ["instagram/jenforyou", "snapchat/jenforyou"],
    "📸: jen_4u": ["instagram/jen_4u"],
    "@jen_4u@spa.example": ["mastodon/jen_4u@spa.example"],
}
NONE = (
    "FB: 1990s",
    "line: the first one",
    "OF COURSE: yes",
    "of: the best",
    "x: 5 y: 6",
    "and/or",
    "w/u/a",
    "a step-by-step way: good",
    "in-a-gram measure: fine",
    "Snap to it, ladies",
    "facebook as usual",
    "telegram only for regulars",
    "my snap is private",
    "insta (private) only",
    "insta (no dms) and snap",
    "I add snap peas",
    "my skype is down today",
    "insta e basta",
    "телега едет Main Street",
    "ставка ABC_77",
    "instant messages: ok_77",
    "mon snap c'est lou tiret bas extraordinaire",
    "washington dc: sunny",
    "1nstant c@sh",
    "photo 📸: jenny",
    "📷 by request",
    "my handle is broken, same on tuesday",
    "@jen@gmail.com",
    "slash prices",
    "le point insta c'est fini",
    "ins and outs: a_1",
)


@pytest.mark.parametrize(("text", "names"), {**TOLD, **TOLD_IN_OTHER_WORDS}.items(), ids=str)
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


@pytest.mark.usefixtures("as_stated")
def test_a_plain_word_behind_a_short_name_is_a_guess() -> None:
    def confidence(text: str) -> float:
        return extract(text, kinds=["username"])[0].confidence

    assert confidence("TG: oakmoss") < confidence("TG: oakmoss_77") == confidence("telegram: oakmoss")
    assert extract("TG: trigger", kinds=["username"]) == []


@pytest.mark.usefixtures("as_stated")
@pytest.mark.parametrize(
    "text", ["📷 = jen_4u", "@jen_4u@spa.example", "mon skype c'est anne-lise"], ids=["camera", "server", "hyphen"]
)
def test_what_may_also_mean_something_else_is_a_guess(text: str) -> None:
    (found,) = extract(text, kinds=["username"])
    assert found.confidence == 0.6


@pytest.mark.parametrize("text", ["@jen_4u@spa.example", "mastodon: @jen_4u@spa.example"], ids=["bare", "named"])
def test_a_name_with_its_server_is_no_e_mail_address(text: str) -> None:
    assert extract(text, kinds=["email"]) == []
    assert [item.value for item in extract(text, kinds=["username"])] == ["mastodon/jen_4u@spa.example"]


@pytest.mark.parametrize(
    ("text", "raw"),
    [
        ("see jen4u.tumblr.com", "jen4u.tumblr.com"),
        ("see Jen4u.Tumblr.com now", "Jen4u.Tumblr.com"),
        ("see яндекс.tumblr.com", None),
        ("08647594\udfffᏖ\u200b.tumblr.com", None),
    ],
    ids=["at the end", "in capitals", "other letters", "letters of no name"],
)
def test_the_host_of_a_profile_is_its_name_as_written(text: str, raw: str | None) -> None:
    assert [found.raw for found in extract(text, kinds=["username"])] == ([raw] if raw else [])
