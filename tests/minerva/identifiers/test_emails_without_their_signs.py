"""E-mail addresses whose signs are missing, as their text says, or written in capitals, digits or named references."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from minerva.identifiers import extract
from tests.minerva.identifiers.conftest import Mails

MISSING = {
    "English, behind": (
        "oak.tiles example org is my e-mail, only the @ and the dot before org are missing", "oak.tiles@example.org",
    ),
    "English, put back": ("E-mail, put the @ and the dot back in: oak.tiles46 example org", "oak.tiles46@example.org"),
    "English, without": ("Mail without the at sign and the last dot: oak34 example org", "oak34@example.org"),
    "German": ("Mail, das @ und der letzte Punkt fehlen: oaktiles788 atelier example", "oaktiles788@atelier.example"),
    "Spanish": ("Correo (falta la arroba y el último punto): oak.70 kiosk example", "oak.70@kiosk.example"),
    "Portuguese": ("E-mail (faltam a arroba e o último ponto): oak.243 kiosk example", "oak.243@kiosk.example"),
    "Italian": ("Email (mancano la chiocciola e l'ultimo punto): oak683 virgilio it", "oak683@virgilio.it"),
    "Romanian": ("Mail (lipsesc @ și ultimul punct): oak.991 kiosk example", "oak.991@kiosk.example"),
    "Dutch": ("Mail (apenstaartje en laatste punt ontbreken): o.tiles93 hetnet nl", "o.tiles93@hetnet.nl"),
    "Turkish": ("E-posta (@ ve son nokta eksik): oak.45 atelier example", "oak.45@atelier.example"),
    "Chinese": ("邮箱（少了@和最后的点）：oak.brig kiosk example", "oak.brig@kiosk.example"),
    "two labels": ("Email without the @ and dots: oak77 example co uk", "oak77@example.co.uk"),
}  # fmt: skip
NONE = {
    "nothing said": "Mail oak.tiles example org",
    "no dot said": "Mail: the @ is missing in oak.tiles example org",
    "something else is missing": "E-mail us: the key at the dot com desk is missing, floor 2 room b",
    "prose": "Without the at sign and the dot an e-mail is of no use to anyone here",
}
CAPITALS = {
    "Swedish": ("Skriv till oak-33SNABELAexamplePUNKTorg", "oak-33@example.org"),
    "English, the sign": ("oaktilesATSIGNexampleDOTCOM", "oaktiles@example.com"),
    "English, the ending too": ("Mail oaktilesATgmailDOTCOM please", "oaktiles@gmail.com"),
    "Swedish, a plain dot": ("Svar till oaktiles82SNABELAbay.example", "oaktiles82@bay.example"),
    "Polish": ("Pisz: oak77MALPAexampleKROPKAorg", "oak77@example.org"),
    "Turkish": ("Bana yazın: oaktiles ETgmailNOKTAcom", "oaktiles@gmail.com"),
    "Czech": ("Můj mail je oak70ZAVINÁČdilnaTEČKAexample", "oak70@dilna.example"),
    "Russian": ("Пишите на oak-tilesСОБАКАexampleТОЧКАorg.", "oak-tiles@example.org"),
    "French": ("Questions à oak-tilesAROBASEtelenetPOINTbe, merci", "oak-tiles@telenet.be"),
    "Italian": ("Mail: oak_tilesCHIOCCIOLAexamplePUNTOcom", "oak_tiles@example.com"),
    "German": ("Schreib an oak.tilesÄTexamplePUNKTorg", "oak.tiles@example.org"),
}
OTHERWISE = {
    "lines, and one more": ("write to\noaktiles\n@hotmail\n.co.uk\nta", "oaktiles@hotmail.co.uk", "joined"),
    "a dot to put in": ("nevin.osk@example net (put the dot before net)", "nevin.osk@example.net", "guessed"),
    "leet": ("Email: oaktiles333 a7 0utlook d07 c0m", "oaktiles333@outlook.com", "guessed"),
    "leet in brackets": ("oaktiles76 4t gm4il (d0t) com", "oaktiles76@gmail.com", "guessed"),
    "a sign for a letter": ("oak.tiles at gm@il.com", "oak.tiles@gmail.com", "words"),
    "named references": ("oak&lowbar;tiles17&commat;example&period;com", "oak_tiles17@example.com", "coded"),
    "references twice": ("oak&amp;#46;tiles&amp;#64;mail&amp;#46;example", "oak.tiles@mail.example", "coded"),
    "escapes of programs": ("oak\\u002etiles25\\u0040mail\\u002eexample", "oak.tiles25@mail.example", "coded"),
    "white brackets": ("oak_tiles ⟦arobase⟧ free [point] fr", "oak_tiles@free.fr", "brackets"),
    "black brackets": ("oak【dot】tiles45【at】example【dot】com", "oak.tiles45@example.com", "brackets"),
    "angles": ("oak⟨dot⟩276⟨at⟩example⟨dot⟩com", "oak.276@example.com", "brackets"),
    "blanks around all signs": ("mail me: oak . 202 @ gmail . com", "oak.202@gmail.com", "joined"),
    "wide blanks around the sign": ("o a k 6 8 2  @  i n t e r i a . p l", "oak682@interia.pl", "spelled"),
    "letters by dashes": ("o-a-k-t-i-l-e-s @ example.com", "oaktiles@example.com", "joined"),
    "both parts by dashes": ("o-a-k-t-i-l-e-s @ e-x-a-m-p-l-e . n-e-t", "oaktiles@example.net", "joined"),
    "an underscore in brackets": ("oak.tiles [gạch dưới] 36@mail.example", "oak.tiles_36@mail.example", "words"),
    "an underscore with a hyphen": ("plume tiret-bas rousse at hotmail point fr", "plume_rousse@hotmail.fr", "words"),
    "a Russian preposition": ("oak.tiles на gmail точка com", "oak.tiles@gmail.com", "words"),
    "a remark of three words": ("oak.tiles(delete-this-bit)@example.org", "oak.tiles@example.org", "cleaned"),
    "spaces to remove": ("o37 tiles @ interia . pl (usuń spacje)", "o37tiles@interia.pl", "joined"),
    "spaces to remove from the host": (
        "oaktiles88 [kukac] exa mple [pont] c o m (szóközök nélkül)", "oaktiles88@example.com", "joined",
    ),
    "a hyphen in the host": (
        "mail: oak hífen lamp arroba casa hífen verde ponto example", "oak-lamp@casa-verde.example", "joined",
    ),
    "a name of two words with two ends": ("oak.tiles at ya hoo dot co dot uk", "oak.tiles@yahoo.co.uk", "words"),
    "commas for all dots": ("oaktiles at xtra,co,nz (commas are dots)", "oaktiles@xtra.co.nz", "words"),
    "a sign that is told by its place": (
        "oaktiles#outlook.com with the usual sign where the # is", "oaktiles@outlook.com", "cleaned",
    ),
    "a sign where the real one goes": ("oaktiles#aol.com (# is where the @ goes)", "oaktiles@aol.com", "cleaned"),
    "a dot that is lost": ("oaktiles@proton me (theres a dot before me)", "oaktiles@proton.me", "plain"),
    "a sign to put in, Danish": ("oaktiles1983%jubii.dk, skift % ud med @", "oaktiles1983@jubii.dk", "cleaned"),
    "a sign to put in, Indonesian": ("Email: o.tiles$example.org, ganti $ dengan @", "o.tiles@example.org", "cleaned"),
    "a sign to put in, Dutch": ("oak.tiles717$example.org, vervang $ door @", "oak.tiles717@example.org", "cleaned"),
    "a sign to put in, Czech": ("oaktiles%example tečka net, místo % dejte @", "oaktiles@example.net", "cleaned"),
    "capitals behind a blank": ("Send it to oak40 ATgmailDOTcom", "oak40@gmail.com", "words"),
    "capitals behind a blank, Spanish": ("Correo: oak1971 ARROBAtallerPUNTOexample", "oak1971@taller.example", "words"),
    "words with capitals": ("Tulis ke OaktilesAtGmailTitikCom", "oaktiles@gmail.com", "words"),
    "references without their ends": ("write to oak151&#64eircom&#46net", "oak151@eircom.net", "coded"),
    "references of brackets": ("Min mail er oaktiles&lt;at&gt;example.com", "oaktiles@example.com", "coded"),
    "code points": ("naar oaktafel[U+0040]tuin.example", "oaktafel@tuin.example", "coded"),
    "quoted printable": ("Yahan likho: oakcycle78=40yahoo=2Eco=2Ein", "oakcycle78@yahoo.co.in", "coded"),
    "a break that is not seen": (
        "Questions go to oak1977@<wbr>gmail<wbr>.com", "oak1977@gmail.com", "unicode",
    ),
    "letters apart, words farther": (
        "o a k t i l e s   arroba   o u t l o o k  . c l", "oaktiles@outlook.cl", "joined",
    ),
    "letters as in words, Spanish": (
        "Correo: o de oso, a de abeto, k de kilo @ example.com", "oak@example.com", "joined",
    ),
    "letters as in words, Polish": (
        "M jak Maria, I jak Irena, O jak Olga, małpa example kropka org", "mio@example.org", "joined",
    ),
    "letters that are spelled": ("Schreibt mir: buchstabiert O-A-K @ example.org", "oak@example.org", "joined"),
    "a telephone alphabet with a remark": (
        "Email: oscar alfa kilo sierra (first letters) (at) mweb.co.za", "oaks@mweb.co.za", "joined",
    ),
    "a blank behind the dot of a provider": ("Oferty na o.tiles @onet. pl", "o.tiles@onet.pl", "spaced"),
    "a Romanian underscore": ("Oferte la oak linie jos tiles@gmail.com", "oak_tiles@gmail.com", "words"),
    "a German preposition": ("oak-tiles bei web . de", "oak-tiles@web.de", "words"),
    "Greek without accents": ("oak.tiles(παπακι)example τελεια n e t", "oak.tiles@example.net", "brackets"),
    "capitals beyond ASCII": (
        "oak kropka tilesUSUŃTO małpa example kropka com (USUŃTO do wykasowania)", "oak.tiles@example.com", "cleaned",
    ),
    "a part to add": (
        "write to oaktiles, add 1987, then the at sign, then hotmail dot co dot uk",
        "oaktiles1987@hotmail.co.uk",
        "joined",
    ),
    "a zero for a letter": (
        "Email 0ak_tiles at example dot com but the zero is really the letter o", "oak_tiles@example.com", "cleaned",
    ),
    "zeros, Italian": ("oak0tiles chiocciola example.com (gli zeri sono delle o)", "oakotiles@example.com", "cleaned"),
}  # fmt: skip
BACKWARDS = {
    "Swedish": "Min mejl baklänges: elpmaxe.negard@selitkao",
    "Turkish": "Mail adresim tersten: elpmaxe.negard@selitkao",
    "letters apart": "Mail achterstevoren: e l p m a x e . n e g a r d @ s e l i t k a o",
}
APART = {
    "between, French": ("Pour le mail, mettez l'arobase entre oaktiles et telenet.be", "oaktiles@telenet.be"),
    "between, Portuguese": ("Para o e-mail, coloque a arroba entre oaktiles e gmail ponto com", "oaktiles@gmail.com"),
    "lines": ("before the @: oaktiles1987\nafter the @: example.org", "oaktiles1987@example.org"),
    "lines, letters apart": (
        "Meine E-Mail:\nvor dem @: o a k . t i l e s 8 6\nnach dem @: freenet.de",
        "oak.tiles86@freenet.de",
    ),
    "lines, Swedish": ("Min mejl:\nföre snabel-a: oaktiles93\nefter: example.com", "oaktiles93@example.com"),
    "a login": ("Почта на mail.ru, логин oaktiles", "oaktiles@mail.ru"),
    "a name at a provider": ("Sunt pe yahoo.ro cu numele oaktiles2005", "oaktiles2005@yahoo.ro"),
    "a Gmail": ("Sur gmail je suis «oaktiles548»", "oaktiles548@gmail.com"),
    "German": ("Meine Mail liegt bei posteo.de, vor dem @ steht oak_tiles", "oak_tiles@posteo.de"),
    "Spanish": ("Mi correo está en Gmail, el nombre delante de la arroba es oak-tiles", "oak-tiles@gmail.com"),
    "French": ("Mon mail est chez Gmail, le nom devant l'arobase : oak-tiles-99", "oak-tiles-99@gmail.com"),
    "Swedish": ("Min mejl finns hos hotmail.se, före snabel-a står oak.tiles", "oak.tiles@hotmail.se"),
    "Dutch": ("Mijn mail zit bij hetnet.nl, voor het apenstaartje staat o.tiles96", "o.tiles96@hetnet.nl"),
    "Chinese": ("邮箱是foxmail.com的，@前面是 oak906 。", "oak906@foxmail.com"),
    "a mailbox and its provider": ("Postfach heißt oaktiles81, Anbieter ist t-online.de", "oaktiles81@t-online.de"),
    "a first part": ("Prima parte: oaktilesbay. Dopo la chiocciola: tiscali.it", "oaktilesbay@tiscali.it"),
}


@pytest.mark.usefixtures("as_stated")
@pytest.mark.parametrize(("text", "address"), MISSING.values(), ids=list(MISSING))
def test_signs_that_are_missing_are_put_back(text: str, address: str, guesses: Callable[[str, str], None]) -> None:
    guesses(text, address)


@pytest.mark.parametrize("text", NONE.values(), ids=list(NONE))
def test_words_apart_are_no_address(text: str, mails: Mails) -> None:
    assert mails(text) == []


@pytest.mark.parametrize("around", ["{}", "Floors laid, 20 per metre.\n{}\nFri 9-5"], ids=["alone", "lines"])
@pytest.mark.parametrize(("text", "address"), CAPITALS.values(), ids=list(CAPITALS))
def test_signs_in_capitals_are_read(text: str, address: str, around: str, mails: Mails) -> None:
    assert [(item.value, item.method) for item in mails(around.format(text))] == [(address, "words")]


@pytest.mark.parametrize("around", ["{}", "Floors laid, 20 per metre.\n{}\nFri 9-5"], ids=["alone", "lines"])
@pytest.mark.parametrize(("text", "address", "method"), OTHERWISE.values(), ids=list(OTHERWISE))
def test_an_address_is_read(text: str, address: str, method: str, around: str, mails: Mails) -> None:
    assert [(item.value, item.method) for item in mails(around.format(text))] == [(address, method)]


@pytest.mark.parametrize("text", BACKWARDS.values(), ids=list(BACKWARDS))
def test_an_address_is_told_backwards(text: str, mails: Mails) -> None:
    assert [item.value for item in mails(text)] == ["oaktiles@dragen.example"]


@pytest.mark.parametrize(("text", "address"), APART.values(), ids=list(APART))
def test_parts_told_apart_are_one_address(text: str, address: str, mails: Mails) -> None:
    assert [item.value for item in mails(text)] == [address]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("mail oak10@mail.example, it is late", "oak10@mail.example"),
        ("oak10 at mail dot example, it is late", "oak10@mail.example"),
        ("oak10@gmail.com, me and you", "oak10@gmail.com"),
    ],
    ids=["plain", "in words", "at a provider"],
)
def test_a_comma_ends_a_host(text: str, address: str, mails: Mails) -> None:
    assert [item.value for item in mails(text)] == [address]


def test_a_preposition_of_the_next_sentence_is_no_sign(mails: Mails) -> None:
    assert [item.value for item in mails("200 DH chacun. Sur gmail je suis «oaktiles548»")] == ["oaktiles548@gmail.com"]


def test_what_stands_for_a_name_is_no_mailbox() -> None:
    assert extract("I'm Oak Tiles, and it's firstname.lastname on gmail", kinds=["email"]) == []
