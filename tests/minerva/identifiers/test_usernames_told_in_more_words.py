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
    "an hour": ("微信: oaktiles 点 9", ["wechat/oaktiles"]),
    "a point in Indonesian prose": ("instagram toko titik temu", []),
    "a line in Portuguese prose": ("onlyfans arte traço fino", []),
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
    "full": ("ig: studio full, no spaces", []),
    "everyone": ("insta: see our page, all together", []),
    "followers": ("IG: follow us for more, all together", []),
    "someone else": ("Instagram es genial, todo junto", []),
    "prose": ("Instagram is great for shops, all in one word", []),
}


@pytest.mark.parametrize(("text", "values"), ONE_WORD.values(), ids=list(ONE_WORD))
def test_a_name_in_words_said_to_be_one_is_read_as_one(text: str, values: list[str]) -> None:
    assert [item.value for item in extract(text, kinds=["username"])] == values


@pytest.mark.parametrize(("text", "values"), NOT_ONE_WORD.values(), ids=list(NOT_ONE_WORD))
def test_what_is_said_of_one_word_joins_no_sentence(text: str, values: list[str]) -> None:
    assert [item.value for item in extract(text, kinds=["username"])] == values


LINKS = {
    "a dot lost": ("go to t me slash oaktilesjon instead", ["telegram/oaktilesjon"]),
    "as it sounds": ("tea dot me slash oaktilesjon", ["telegram/oaktilesjon"]),
    "a slash between blanks": ("onlyfans com / oak_tiles", ["onlyfans/oak_tiles"]),
    "Spanish": ("instagram punto com barra losa guion bajo azul", ["instagram/losa_azul"]),
    "Portuguese": ("instagram ponto com barra losa ponto azul", ["instagram/losa.azul"]),
    "German": ("Instagram Punkt com Schrägstrich waldelfe Punkt anna", ["instagram/waldelfe.anna"]),
    "Italian": ("t.me barra obliqua onda_lunga", ["telegram/onda_lunga"]),
    "French": ("onlyfans point com barre oblique vague tiret longue", ["onlyfans/vague-longue"]),
    "Russian": ("т.ме слэш cedar_moth", ["telegram/cedar_moth"]),
    "Polish": ("instagram kropka com ukośnik fala kropka morska", ["instagram/fala.morska"]),
    "Czech": ("instagram tečka com lomítko dub_mech", ["instagram/dub_mech"]),
    "Turkish": ("instagram nokta com eğik çizgi oya nokta kilim", ["instagram/oya.kilim"]),
    "a path said": ("linkedin dot com slash in slash oak-tiles", ["linkedin/oak-tiles"]),
    "a sign said": ("tiktok dot com slash at oak_tiles", ["tiktok/oak_tiles"]),
    "words to be one": ("t me slash oak and tiles, all one word", ["telegram/oakandtiles"]),
    "a scheme": ("https://t.me / oaktilesjon", ["telegram/oaktilesjon"]),
}
NO_LINKS = {
    "two ways to write": "text me / call me",
    "two messengers": "kik me / viber me",
    "line and another": "line me / kakao me",
    "with, in Portuguese": "no instagram com barra livre",
    "a host of a mailbox": "write to oak@t.me / call",
    "a part of a host": "cafe.t.me / menu",
    "a bar": "cocina con barra americana, baño",
    "a file": "slash the price / slash the tires",
}


@pytest.mark.parametrize(("text", "values"), LINKS.values(), ids=list(LINKS))
def test_a_link_said_in_words_is_read(text: str, values: list[str]) -> None:
    assert [item.value for item in extract(text, kinds=["username"])] == values


@pytest.mark.parametrize("text", NO_LINKS.values(), ids=list(NO_LINKS))
def test_other_slashes_tell_no_name(text: str) -> None:
    assert extract(text, kinds=["username", "payment_tag"]) == []


TAGS = {
    "a Spanish link": ("Señal por paypal punto me barra costurasalba", ["paypal/costurasalba"]),
    "a German link": ("PayPal Punkt Me Schrägstrich wollmausheike", ["paypal/wollmausheike"]),
    "a French link": ("via pay pal point me slash gitedelatour", ["paypal/gitedelatour"]),
    "a Portuguese link of one word": ("paypal ponto me barra losa da tia (tudo junto)", ["paypal/losadatia"]),
    "a dot lost": ("paypal me slash oaktiles", ["paypal/oaktiles"]),
    "a path": ("venmo dot com slash u slash oak-tiles", ["venmo/oak-tiles"]),
    "a dollar sign behind": ("cash dot app slash $oaktiles", ["cashapp/oaktiles"]),
    "a name cut": ("ven mo me at oak_tiles", ["venmo/oak_tiles"]),
    "disguised, with a hyphen": ("v3nmo oak-tiles for the class", ["venmo/oak-tiles"]),
    "what Venmo asks": ("venmo oak-tiles (last 4 of my phone 0126)", ["venmo/oak-tiles"]),
    "the sign in brackets": ("venmo (at)oaktiles or cash", ["venmo/oaktiles"]),
    "a full stop behind": ("Venmo is at oakandtiles. Amp rental", ["venmo/oakandtiles"]),
    "as": ("I'm on venmo as oakandtiles", ["venmo/oakandtiles"]),
    "one word": ("Venmo: oak and tiles, one word", ["venmo/oakandtiles"]),
    "one word, we are": ("on Venmo, we're oaktilesband (no spaces)", ["venmo/oaktilesband"]),
    "two services": ("venmo/cashapp is at oakandtiles", ["venmo/oakandtiles", "cashapp/oakandtiles"]),
    "Cash App cut short": ("CA: $oaktiles", ["cashapp/oaktiles"]),
}
NO_TAGS = {
    "a sentence": "There are no paypal chargebacks.",
    "a compound": "venmo pre-paid or cash",
    "another compound": "venmo same-day please",
    "at the door": "venmo: at the door, no spaces",
    "for something": "paypal as payment, cashapp as usual",
    "we are": "we take venmo, we're closed on Monday",
    "a card": "cash app / card",
    "another service": "cash app / zelle me",
    "California": "Fresno, CA 90210 $50",
    "California, a price": "CA: $45 an hour",
    "California, a word": "Los Angeles, CA $friendly prices",
    "a certificate": "openssl -CA: $cafile",
    "a variable": "CA: $issuer; CERT=$cert",
}


@pytest.mark.parametrize(("text", "values"), TAGS.values(), ids=list(TAGS))
def test_a_payment_tag_is_read(text: str, values: list[str]) -> None:
    assert [item.value for item in extract(text, kinds=["payment_tag"])] == values


@pytest.mark.parametrize("text", NO_TAGS.values(), ids=list(NO_TAGS))
def test_prose_about_payments_holds_no_tag(text: str) -> None:
    assert extract(text, kinds=["payment_tag"]) == []


NETWORKS = {
    "a hyphen and a doubled letter": ("Tele-Gramm: wald_elfe7", ["telegram/wald_elfe7"]),
    "Vietnamese": ("Phây: oaktiles88", ["facebook/oaktiles88"]),
    "Vietnamese, whole": ("phây búc: oaktiles88", ["facebook/oaktiles88"]),
    "Russian": ("ютуб: oak_tiles", ["youtube/oak_tiles"]),
    "an accent": ("en telegrán soy losa_azul", ["telegram/losa_azul"]),
    "an accent beside other signs": ("11 m² en telegrán, losa_azul", ["telegram/losa_azul"]),
    "another accent": ("instagrám: dub_mech", ["instagram/dub_mech"]),
    "Chinese with blanks": ("威 信 号：y u n q i a o 2 2 0 5", ["wechat/yunqiao2205"]),
    "digits for letters": ("tw1tt3r: oak_tiles", ["twitter/oak_tiles"]),
    "digits for letters of another": ("y0utub3: oak_tiles", ["youtube/oak_tiles"]),
    "a host spelled": ("i n s t a g r a m . c o m / oaktilesjon", ["instagram/oaktilesjon"]),
    "a link spelled": ("f a c e b o o k . c o m / o a k t i l e s", ["facebook/oaktiles"]),
    "slang": ("find me on the gram, velvet underscore tiles", ["instagram/velvet_tiles"]),
    "slang, another sentence": ("find me on the gram. handle is oak underscore tiles", ["instagram/oak_tiles"]),
    "slang in brackets": ("DM on ex (the old bird app): @oaktilesjon", ["twitter/oaktilesjon"]),
    "what it was": ("on X, the old twitter, I go by @oakandrye", ["twitter/oakandrye"]),
    "under": ("my videos are on only fans under oaktilescooks, $6", ["onlyfans/oaktilescooks"]),
    "only there": ("I only do Signal these days, username oaktiles dot zero seven", ["signal/oaktiles.07"]),
    "Indonesian, ours": ("ig kita: oak garis bawah melati", ["instagram/oak_melati"]),
    "Indonesian, hers": ("ig kak: oak.mama.rina", ["instagram/oak.mama.rina"]),
    "Romanian, my": ("insta mea: val_lin", ["instagram/val_lin"]),
    "in brackets, equal": ("(insta) = oak dot mel", ["instagram/oak.mel"]),
    "a page": ("FB page: hickoryoaktiles", ["facebook/hickoryoaktiles"]),
    "both are": ("Insta/FB both are rustyoaktiles", ["instagram/rustyoaktiles", "facebook/rustyoaktiles"]),
    "Russian dog": ("Пишите в телегу, собака oak_tiles", ["telegram/oak_tiles"]),
    "Spanish sign": ("en telegram mi usuario allí es arroba lunaoak.", ["telegram/lunaoak"]),
    "Polish monkey": ("insta: małpa zuziapiecze", ["instagram/zuziapiecze"]),
    "Italian snail": ("su insta chiocciola onda_lunga", ["instagram/onda_lunga"]),
    "Czech roll": ("insta zavináč dubmech", ["instagram/dubmech"]),
    "Korean snail": ("인스타 골뱅이 oak_tiles", ["instagram/oak_tiles"]),
}
NO_NETWORKS = {
    "gold": "the gram of gold, heavy",
    "a line": "take line 5, then walk",
    "a strength": "signal strength is good, s1gnal to noise too",
    "a dog": "в телеге собака и кот",
    "our shop is closed": "instagram shop: closed",
    "a form": "Sign in with Twitter. Username is missing",
    "another form": "Log in with Instagram. Your handle is visible to all.",
    "under something": "Instagram is under investigation, facebook under maintenance",
    "these days": "I only do Signal these days, call me",
    "pages": "FB page: under construction",
    "how we are": "find us on snap, we're happy!",
    "how I go": "on telegram, I go by feel.",
    "a television": "la télé: un film",
}


@pytest.mark.parametrize(("text", "values"), NETWORKS.values(), ids=list(NETWORKS))
def test_a_network_is_known_in_more_words(text: str, values: list[str]) -> None:
    assert [item.value for item in extract(text, kinds=["username"])] == values


@pytest.mark.parametrize("text", NO_NETWORKS.values(), ids=list(NO_NETWORKS))
def test_other_uses_of_the_words_name_no_one(text: str) -> None:
    assert extract(text, kinds=["username"]) == []


BACKWARDS = {
    "said before": ("IG backwards: cittanelyrag (so read it from the end)", ["instagram/garylenattic"]),
    "said before in Spanish": ("insta al revés: selitkao", ["instagram/oaktiles"]),
    "said behind": ("insta: nl_kao14 (read it backwards)", ["instagram/41oak_ln"]),
    "said behind in German": ("Insta: efle_dlaw, rückwärts lesen", ["instagram/wald_elfe"]),
    "reversed": ("snap: selitkao, reversed", ["snapchat/oaktiles"]),
    "a search": ("insta: oak_tiles, reverse image search", ["instagram/oak_tiles"]),
    "a drive": ("insta: oak_tiles. I can drive backwards", ["instagram/oak_tiles"]),
    "a call": ("snap: oak_tiles, collect calls reverse charge", ["snapchat/oak_tiles"]),
}


@pytest.mark.parametrize(("text", "values"), BACKWARDS.values(), ids=list(BACKWARDS))
def test_a_name_written_backwards_is_turned_where_the_text_says_so(text: str, values: list[str]) -> None:
    assert [item.value for item in extract(text, kinds=["username"])] == values


SHARED = {
    "its own behind the same": (
        "kik: jenforyou, telegram same and snap: j.e.n and insta: oaktiles",
        ["kik/jenforyou", "telegram/jenforyou", "snapchat/j.e.n", "instagram/oaktiles"],
    ),
    "own name": ("oak_tiles is my insta, same on tiktok", ["instagram/oak_tiles", "tiktok/oak_tiles"]),
    "before the platform": (
        "I'm woodshopoaks on instagram, same on tiktok + youtube",
        ["instagram/woodshopoaks", "tiktok/woodshopoaks", "youtube/woodshopoaks"],
    ),
    "a name behind the next platform": ("igg: @oak.onset sc: oak_offset", ["snapchat/oak_offset"]),
    "a platform behind a name": ("@oak.onset snap: call me", ["snapchat/oak.onset"]),
}


@pytest.mark.parametrize(("text", "values"), SHARED.values(), ids=list(SHARED))
def test_a_name_is_given_to_the_platforms_it_is_told_of(text: str, values: list[str]) -> None:
    assert [item.value for item in extract(text, kinds=["username"])] == values
