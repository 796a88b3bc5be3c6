"""Usernames and payment tags whose signs, networks and links are said in words of many languages, with what looks like
them and is none."""

from __future__ import annotations

import pytest

from minerva.identifiers import extract

SIGNS = {
    "Turkish underscore": ("insta: oya alt çizgi kilim", ["instagram/oya_kilim"]),
    "Ukrainian underscore": ("Інста: moth нижнє підкреслення lane", ["instagram/moth_lane"]),
    "French underscore": ("mon snap c'est moth tiret du bas lane", ["snapchat/moth_lane"]),
    "French hyphen": ("onlyfans: moth tiret lane", ["onlyfans/moth-lane"]),
    "Indonesian underscore": ("ig: moth garis bawah lane", ["instagram/moth_lane"]),
    "Dutch underscore": ("insta: moth liggend streepje lane", ["instagram/moth_lane"]),
    "Swedish underscore": ("insta: moth understreck lane", ["instagram/moth_lane"]),
    "Vietnamese underscore": ("insta: moth gạch dưới lane", ["instagram/moth_lane"]),
    "Hungarian underscore": ("insta: moth aláhúzás lane", ["instagram/moth_lane"]),
    "Japanese underscore": ("インスタは moth アンダーバー lane", ["instagram/moth_lane"]),
    "Japanese underscore, glued": ("インスタ: mothアンダーバーlane", ["instagram/moth_lane"]),
    "Korean underscore": ("인스타: moth 언더바 lane", ["instagram/moth_lane"]),
    "Czech dot": ("insta: moth tečka lane", ["instagram/moth.lane"]),
    "Finnish dot behind a colon": ("insta: moth piste lane", ["instagram/moth.lane"]),
    "Vietnamese dot": ("insta: moth chấm lane", ["instagram/moth.lane"]),
    "a dot in brackets": ("insta: moth(dot)lane", ["instagram/moth.lane"]),
    "a dot in brackets behind an arrow": ("Threads -> moth[punto]lane", ["threads/moth.lane"]),
    "two underscores": ("insta: moth underscore underscore lane", ["instagram/moth__lane"]),
    "digits that end a name of Signal": ("Signal: harborfix dot zero seven", ["signal/harborfix.07"]),
    "one picture between all parts": ("Inst4: oak🌟tiles🌟lane", ["instagram/oaktileslane"]),
    "a picture to leave out": ("insta: oak🌟tiles (ignore the star)", ["instagram/oaktiles"]),
    "a picture to leave out, Spanish": ("insta: oak❤tiles (sin los corazones)", ["instagram/oaktiles"]),
}
SIGNS_OF_ELSE = {
    "a sentence behind a name": ("snap: oak_tiles minus the fees", ["snapchat/oak_tiles"]),
    "a sentence behind a word": ("insta: oaktiles minus the fees", ["instagram/oaktiles"]),
    "a period in prose": ("on instagram moth period pieces", []),
    "a picture behind a name": ("insta: oak_tiles🌟call me", ["instagram/oak_tiles"]),
    "pictures between names": ("insta: oak_tiles🔥snap🔥", ["instagram/oak_tiles"]),
    "a strength": ("signal strength is good", []),
    "a product": ("signal amplifier dash cam", []),
    "prose of digits": ("Signal to noise dot one", []),
}


@pytest.mark.parametrize(("text", "values"), SIGNS.values(), ids=list(SIGNS))
def test_signs_of_a_name_are_read_in_the_words_of_all_languages(text: str, values: list[str]) -> None:
    assert [item.value for item in extract(text, kinds=["username"])] == values


@pytest.mark.parametrize(("text", "values"), SIGNS_OF_ELSE.values(), ids=list(SIGNS_OF_ELSE))
def test_words_for_signs_in_prose_change_no_name(text: str, values: list[str]) -> None:
    assert [item.value for item in extract(text, kinds=["username"])] == values


ONE_WORD = {
    "behind a comma": ("IG: cedar and moss candles, all one word", ["instagram/cedarandmosscandles"]),
    "another sentence behind": ("IG: cedar and moss, one word. I ship", ["instagram/cedarandmoss"]),
    "behind a blank": ("snap: oak tiles 22 no spaces", ["snapchat/oaktiles22"]),
    "German": ("Insta: wald elfe anna, ohne Leerzeichen", ["instagram/waldelfeanna"]),
    "German, another word": ("Insta: wald elfe anna (alles zusammen)", ["instagram/waldelfeanna"]),
    "Portuguese": ("insta: losa da tia (tudo junto)", ["instagram/losadatia"]),
    "Turkish": ("insta: oya kilim evi, bitişik", ["instagram/oyakilimevi"]),
    "Romanian": ("insta: val lin alb fără spații", ["instagram/vallinalb"]),
    "Czech": ("insta: dub a mech, bez mezer", ["instagram/dubamech"]),
    "Ukrainian": ("інста: dub ta moh, без пробілів", ["instagram/dubtamoh"]),
    "with a sign in words": ("IG: cedar underscore moss candles all one word", ["instagram/cedar_mosscandles"]),
    "is": ("my insta is cedar and moss candles, all one word", ["instagram/cedarandmosscandles"]),
    "said before": ("insta (one word): cedar and moss", ["instagram/cedarandmoss"]),
    "a number behind": ("kik me: dusk seven (number not word)", ["kik/dusk7"]),
}
NOT_ONE_WORD = {
    "about a page": ("ig: jenny, prints on A4, no spaces left", ["instagram/jenny"]),
    "about parking": ("ig: oak_tiles free parking, no problem", ["instagram/oak_tiles"]),
    "a request": ("ig: oak_tiles call me, one word of warning", ["instagram/oak_tiles"]),
    "a call": ("ig: oak_tiles call me all together", ["instagram/oak_tiles"]),
    "prose": ("Instagram is great for shops, all in one word", []),
}


@pytest.mark.parametrize(("text", "values"), ONE_WORD.values(), ids=list(ONE_WORD))
def test_a_name_in_words_said_to_be_one_is_read_as_one(text: str, values: list[str]) -> None:
    assert [item.value for item in extract(text, kinds=["username"])] == values


@pytest.mark.parametrize(("text", "values"), NOT_ONE_WORD.values(), ids=list(NOT_ONE_WORD))
def test_what_is_said_of_one_word_joins_no_sentence(text: str, values: list[str]) -> None:
    assert [item.value for item in extract(text, kinds=["username"])] == values
