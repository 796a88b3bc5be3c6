"""E-mail addresses whose signs and providers are told in words of other scripts and languages, or part by part."""

from __future__ import annotations

import pytest

from tests.minerva.identifiers.conftest import Mails

TOLD = {
    "Arabic": ("oaktiles7 آت جيميل دوت كوم", "oaktiles7@gmail.com"),
    "Arabic, the dot named": ("oaktilesmia ات هوتميل نقطة كوم", "oaktilesmia@hotmail.com"),
    "Arabic in brackets": ("oaktilesmia (آت) ياهو (دوت) كوم", "oaktilesmia@yahoo.com"),
    "Persian": ("oaktilesmia ات ساین جیمیل دات کام", "oaktilesmia@gmail.com"),
    "Hebrew": ("oaktiles7 שטרודל גימייל נקודה קום", "oaktiles7@gmail.com"),
    "Hebrew with an apostrophe": ("oaktiles7 שטרודל ג'ימייל נקודה קום", "oaktiles7@gmail.com"),
    "Hindi": ("oaktiles7 एट जीमेल डॉट कॉम", "oaktiles7@gmail.com"),
    "Thai": ("oaktiles7 แอท จีเมล ดอท คอม", "oaktiles7@gmail.com"),
    "Slovene": ("oak pika tiles afna siol pika net", "oak.tiles@siol.net"),
    "Belarusian": ("oak кропка tiles сабака tut кропка by", "oak.tiles@tut.by"),
    "Tagalog": ("oak tuldok tiles at yahoo tuldok com", "oak.tiles@yahoo.com"),
    "a word of sentences between two signs": ("wick dot and dot oak at example dot com", "wick.and.oak@example.com"),
    "a word between underscores": ("rye underscore and underscore oak at mail dot example", "rye_and_oak@mail.example"),
    "Russian, one after another": ("oaktiles, дальше знак @, дальше bk.ru", "oaktiles@bk.ru"),
    "Ukrainian, the little dog": ("oaktiles.mia песик ukr крапка net", "oaktiles.mia@ukr.net"),
    "Korean": ("oaktiles7 골뱅이 야후 닷 컴", "oaktiles7@yahoo.com"),
    "Greek": ("oaktiles7 παπάκι τζιμειλ τελεία κομ", "oaktiles7@gmail.com"),
    "Japanese": ("oaktilesmia あっと yahoo どっと co どっと jp", "oaktilesmia@yahoo.co.jp"),
    "Japanese without blanks": ("oaktilesmiaあっとgmailどっとcom", "oaktilesmia@gmail.com"),
    "Japanese, the provider too": ("oaktilesmia アット ジーメール ドット コム", "oaktilesmia@gmail.com"),
    "Russian, misspelt": ("oaktilesmia сабака yandex тчк ru", "oaktilesmia@yandex.ru"),
    "Russian, another": ("oaktilesmia сабачка яндэкс точка ру", "oaktilesmia@yandex.ru"),
    "Indonesian": ("oaktilesmia et yahoo titik co titik id", "oaktilesmia@yahoo.co.id"),
    "Turkish, as it sounds": ("oaktiles7 et cimeyl nokta com", "oaktiles7@gmail.com"),
    "Spanish, as it sounds": ("oaktilesmia arroba jotmeil punto com", "oaktilesmia@hotmail.com"),
    "Spanish, another": ("oaktilesmia arroba yimeil punto com", "oaktilesmia@gmail.com"),
    "Spanish, yet another": ("oaktilesmia arroba yaju punto es", "oaktilesmia@yahoo.es"),
    "French, a short dot": ("oaktilesmia(a)gmail(pt)com", "oaktilesmia@gmail.com"),
    "French, a short dot alone": ("oaktiles75 a-commercial mail pt net", "oaktiles75@mail.net"),
    "German sign": ("oaktilesmia At-Zeichen gmx punkt de", "oaktilesmia@gmx.de"),
}
IN_TURN = {
    "then, with commas": ("oaktilesmia, then the curly a, then outlook dot com", "oaktilesmia@outlook.com"),
    "then around the sign": ("oaktiles7 then @ then gmail then .com", "oaktiles7@gmail.com"),
    "then, the dot told": ("oaktiles7 then @ then gmail then dot then com", "oaktiles7@gmail.com"),
    "followed by": ("oaktiles7 followed by @ followed by gmail.com", "oaktiles7@gmail.com"),
    "plus signs": ("oaktiles3 + the at sign + mail + dot + example", "oaktiles3@mail.example"),
    "German": ("erst 'oak.tiles', dann At-Zeichen, dann 't-online', dann '.de'", "oak.tiles@t-online.de"),
    "Spanish": ("oaktiles7 luego arroba luego gmail punto com", "oaktiles7@gmail.com"),
    "French": ("oaktiles7, puis arobase, puis orange point fr", "oaktiles7@orange.fr"),
    "Italian": ("oaktiles7, poi chiocciola, poi libero punto it", "oaktiles7@libero.it"),
    "Russian": ("oaktiles7 потом собака потом mail точка ru", "oaktiles7@mail.ru"),
}
NONE = {
    "Japanese prose": "あっという間 に yahoo ニュース",
    "Japanese surprise": "あっと驚く shop.example",
    "Arabic prose": "كل يوم ات gmail.com",
    "Arabic prose, a provider": "عندي جيميل دوت كوم",
    "a size": "12 pt net",
    "a size of letters": "set at 12 pt com fonts",
    "Latin": "oak et yahoo et tiles",
    "a dog": "моя сабака gmail",
    "where to look": "look at the at sign, then example dot com",
    "what to use": "use the at sign, then example dot com",
    "a sentence about a time": "call me @ 5, then gmail.com",
    "a sentence about food": "meet me @ then we eat",
    "a sum": "2 + @ + 3",
}


@pytest.mark.parametrize("around", ["{}", "Floors. {}\nFri 9-5"], ids=["alone", "lines"])
@pytest.mark.parametrize(("text", "address"), [*TOLD.values(), *IN_TURN.values()], ids=[*TOLD, *IN_TURN])
def test_an_address_is_read(text: str, address: str, around: str, mails: Mails) -> None:
    assert [item.value for item in mails(around.format(text))] == [address]


@pytest.mark.parametrize("text", NONE.values(), ids=list(NONE))
def test_prose_holds_no_address(text: str, mails: Mails) -> None:
    assert mails(text) == []
