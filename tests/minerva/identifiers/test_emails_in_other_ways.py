"""E-mail addresses told in ways found missing in the fifth to seventh round of texts not seen before, with what looks
like them and is none."""

from __future__ import annotations

import pytest

from minerva.identifiers import extract, mail_forms
from tests.minerva.work import lines_run

TOLD = {
    "an office before a sign with blanks": ("CV to jobs @ oaktiles.example", "jobs@oaktiles.example"),
    "parts in turn": ("my mail is oak then 19 then the at sign then gmail dot com", "oak19@gmail.com"),
    "parts that follow": ("oak then 4u followed by the at sign followed by gmail dot com", "oak4u@gmail.com"),
    "a Russian dot": ("oaktiles26 эт джимейл дот ком", "oaktiles26@gmail.com"),
    "a Korean provider": ("oaktiles26 골뱅이 네이버 점 컴", "oaktiles26@naver.com"),
    "over at": ("oaktiles26 over at gmail, send pics", "oaktiles26@gmail.com"),
    "over at a host": ("write oak_tiles over at example dot com", "oak_tiles@example.com"),
    "as it sounds": ("oaktiles aht icloud daht com", "oaktiles@icloud.com"),
    "Irish": ("oaktiles ag gmail ponc com", "oaktiles@gmail.com"),
    "Arabic signs": ("oak.tiles آت example دوت com", "oak.tiles@example.com"),
    "capital sign, announced": ("Email oakvalleyfloors AT example.com for a price", "oakvalleyfloors@example.com"),
    "capital sign, marked": ("oak_valley AT example.com", "oak_valley@example.com"),
    "capital sign, no top level": ("tiles4less AT hotmail, replies same day", "tiles4less@hotmail.com"),
    "no top level, next sentence": ("tiles4less at gmail. Call me", "tiles4less@gmail.com"),
    "at the rate": ("mail to meera.tiles at the rate gmail dot com", "meera.tiles@gmail.com"),
    "at the rate of": ("CV on tiles.2026 at the rate of example dot org", "tiles.2026@example.org"),
    "at the rate in brackets": ("meera.tiles (at the rate) example.com", "meera.tiles@example.com"),
    "at the rate behind the sign": ("meera.tiles@therate yahoo.co.in", "meera.tiles@yahoo.co.in"),
    "at the rate apart behind the sign": ("meera.tiles @ the rate yahoo.co.in", "meera.tiles@yahoo.co.in"),
    "at the rate glued": ("meera.tiles attherate example.com", "meera.tiles@example.com"),
    "Hindi": ("meera.tiles एट द रेट example डॉट com", "meera.tiles@example.com"),
    "French": ("Courriel : toits.du.nord A COMMERCIAL example POINT com", "toits.du.nord@example.com"),
    "French, accent and brackets": ("toits.du.nord (à commercial) example (point) com", "toits.du.nord@example.com"),
    "Italian": ("tetti.nord a commerciale example punto com", "tetti.nord@example.com"),
    "pauses": ("Email me, its oak dot valley, at gmail, dot com", "oak.valley@gmail.com"),
    "pauses everywhere": ("oakvalley, at, example, dot, com", "oakvalley@example.com"),
    "pauses in Spanish": ("correo: oak punto valle, arroba gmail, punto com", "oak.valle@gmail.com"),
    "letters apart before the sign": ("Email  o a k v a l l e y @ example . com", "oakvalley@example.com"),
    "letters apart before brackets": ("Tues. o a k t i l e s (at) example (dot) org", "oaktiles@example.org"),
    "letters and a dot apart": ("o a k . t i l e s @ example.com", "oak.tiles@example.com"),
    "letters apart before a plain host": ("o a k t i l e s@example.com", "oaktiles@example.com"),
    "letters apart behind the sign": ("oaktiles @ e x a m p l e . c o m", "oaktiles@example.com"),
    "an insert behind the sign": ("oak.tiles@_remove_me_example.com", "oak.tiles@example.com"),
    "an insert glued to a provider": ("oak.tiles@REMOVETHISyahoo.com", "oak.tiles@yahoo.com"),
    "an insert and a provider": ("oak.tiles@nospam-gmail.com", "oak.tiles@gmail.com"),
    "an insert in Spanish": ("oak.tiles.quitaresto@example.com", "oak.tiles@example.com"),
    "an insert in German": ("oak.tiles.ENTFERNEN@example.com", "oak.tiles@example.com"),
    "a reserved top level behind": ("oaktiles@example.net.invalid (drop .invalid)", "oaktiles@example.net"),
    "blanks around sign and dot": ("back or free. oaktilers @ example . net", "oaktilers@example.net"),
    "blanks around sign and dots": ("oaktilers @ mail . example . org", "oaktilers@mail.example.org"),
    "letters apart": ("Bids free. o a k s at e x a m p l e dot c o m", "oaks@example.com"),
    "letters apart, a plain dot": ("o a k s at e x a m p l e . c o m", "oaks@example.com"),
    "letters apart, Spanish": ("l o s a arroba e x a m p l e punto o r g", "losa@example.org"),
    "the end apart": ("oak4tiles at example dot c o m", "oak4tiles@example.com"),
    "the end apart, a provider that is said": ("oaktilers at g mail dot c o m", "oaktilers@gmail.com"),
    "the end apart, the sign": ("oak4tiles@example dot n e t", "oak4tiles@example.net"),
    "a picture for the sign": ("Tiles $24. oaktiles📧gmail.com", "oaktiles@gmail.com"),
    "a picture, blanks": ("oaktilersnorth ✉️ yahoo.com", "oaktilersnorth@yahoo.com"),
    "pictures for sign and dot": ("oaktiles 🌀 yahoo ⚫ com", "oaktiles@yahoo.com"),
    "pictures and a host of its own": ("oaktiles 🌀 example 🔵 com", "oaktiles@example.com"),
    "a picture for the dot": ("oaktiles at example 🔴 com", "oaktiles@example.com"),
    "a remark before the sign, German": ("fliesen.nord(ohne-spam)@example.net", "fliesen.nord@example.net"),
    "a remark before the sign": ("oaktiles [no spam] @example.net", "oaktiles@example.net"),
    "a remark before the sign, French": ("toits.nord(sans-spam)@example.net", "toits.nord@example.net"),
    "Spanish, all in brackets": ("correo: losa (punto) azul (en) example (punto) com", "losa.azul@example.com"),
    "Portuguese, all in brackets": ("piso (ponto) azul (em) example (ponto) com", "piso.azul@example.com"),
    "one word, a provider alone": ("my email is blueoak tiles all one word at yahoo", "blueoaktiles@yahoo.com"),
    "one word, pauses": ("oak tiles, one word, at example dot com", "oaktiles@example.com"),
    "one word in brackets before the sign": ("reach me: oak tiles (all one word) @ gmail.com", "oaktiles@gmail.com"),
    "one word and no dots": ("o.a.k.t.i.l.e.s.4 all one word no dots at aol dot com", "oaktiles4@aol.com"),
    "no dots": ("contact oak.tiles no dots at yahoo dot com", "oaktiles@yahoo.com"),
    "small letters": ("contact oak_tiles, all lowercase, at gmail dot com", "oak_tiles@gmail.com"),
    "one word, Spanish": ("mi correo es losa azul todo junto arroba gmail punto com", "losaazul@gmail.com"),
    "one word, German": ("Mail an: fliesen nord zusammengeschrieben at example punkt de", "fliesennord@example.de"),
    "one word, Russian": ("почта oak tiles слитно собака mail точка ru", "oaktiles@mail.ru"),
    "one word behind": ("oak valley 46 at proton mail dot com (no spaces)", "oakvalley46@protonmail.com"),
    "one word behind, no brackets": ("email oak valley at example dot com all one word", "oakvalley@example.com"),
    "an underscore in the word for the sign": ("oak_tiles AT_SIGN icloud D0T com", "oak_tiles@icloud.com"),
    "a curly a": ("write: oak_tiles [curly a] example [dot] org", "oak_tiles@example.org"),
    "a curly a without brackets": ("oak.tiles curly a example dot org", "oak.tiles@example.org"),
    "full stops": ("oak(full stop)tiles(at)example(full stop)com", "oak.tiles@example.com"),
    "full stops without brackets": ("oak full stop tiles at example full stop com", "oak.tiles@example.com"),
    "a digit in the end of a host": ("oak.tiles@gmail,c0m", "oak.tiles@gmail.com"),
    "a provider with a hyphen": ("oak.tiles (AT) g-mail (DOT) c0m", "oak.tiles@gmail.com"),
    "a remark before the sign, Italian": ("tetti.nord(senza spam)@example.net", "tetti.nord@example.net"),
    "a remark before the sign, a word": ("tetti.nord (remove) @example.net", "tetti.nord@example.net"),
    "a remark behind the sign, Spanish": ("losa.azul@(quitar esto)example.net", "losa.azul@example.net"),
}
ALONE = {
    "over on": ("oaktiles26 over on gmail", "oaktiles26@gmail.com"),
    "of a provider": ("mi correo es oaktiles26 de gmail", "oaktiles26@gmail.com"),
    "signs in words": ("my hotmail is: oak underscore tiles underscore 3", "oak_tiles_3@hotmail.com"),
    "like a host": ("g mail: oak.tiles.az  (send date)", "oak.tiles.az@gmail.com"),
    "an arrow": ("yahoo mail → oaktiles_tx", "oaktiles_tx@yahoo.com"),
    "a hyphen in its name": ("g-mail: oaktiles_tx", "oaktiles_tx@gmail.com"),
    "told behind": ("mi correo losa.azul, es de gmail", "losa.azul@gmail.com"),
    "told behind, English": ("email oaktiles_tx, it's a gmail", "oaktiles_tx@gmail.com"),
    "by its own name": ("Email: oak4tiles.family\nProvider: gmail", "oak4tiles.family@gmail.com"),
    "a firm": ("yahoo: oak_tiles22", "oak_tiles22@yahoo.com"),
    "a firm, mine": ("my aol is oak underscore tiles", "oak_tiles@aol.com"),
    "like a host, without a sign": ("Gmail address is oak.tiles.nyc", "oak.tiles.nyc@gmail.com"),
    "what stands between": ("User: oaktiles  Domain: example.com (put @ between)", "oaktiles@example.com"),
    "what stands between, a riddle": (
        "The name is oaktiles, the domain is example.org, you know what goes in between",
        "oaktiles@example.org",
    ),
    "a host by its own name": ("e-mail: oaktiles, domain: example.com", "oaktiles@example.com"),
}
"""The provider told apart from the mailbox, without a sign."""
APART = {
    "at the beginning": ("oak . tiles @ gmail . com - weekly", "oak.tiles@gmail.com", "tiles@gmail.com"),
    "announced": ("a note to oak . tiles88 (at) hotmail DOT com", "oak.tiles88@hotmail.com", "tiles88@hotmail.com"),
    "three parts": ("mail: oak . bay . tiles @ example.com", "oak.bay.tiles@example.com", "tiles@example.com"),
    "an underscore": ("for tiles ask oak _ tiles7 @ example.com", "oak_tiles7@example.com", "tiles7@example.com"),
    "a heading": ("Floors . tiles88 (at) gmail dot com", "tiles88@gmail.com", None),
    "the end of a sentence": ("Nice floors . tiles88 @ gmail . com", "tiles88@gmail.com", None),
}
NONE = {
    "an office that somebody has": "See you at our office @ oaktiles.example",
    "a verb before a sign with blanks": "We will help @ oaktiles.example today",
    "capital sign in a call": "Register AT example.com today",
    "all in capitals": "LOOK AT EXAMPLE.COM",
    "a speed": "prices rise at the rate of example and more",
    "a rate of pay": "paid at the rate of 5.50 per hour",
    "a film": "we saw a commercial example.com made",
    "an English commercial": "This is a commercial site.com product",
    "a place behind a comma": "In Denver, at example dot com we sell",
    "a glance": "Look, at example dot com there are more",
    "a firm of the nineties": "works at startup, dot com bust",
    "sizes": "sizes s m l at example.com",
    "a place": "dinner @ joes . it was good",
    "a place and a word": "we met @ oaks . is that so",
    "a letter": "at a b c school dot com",
    "numbers of a place": "Spa at 1 2 3 . in town",
    "a list of letters": "look at a b c d and e",
    "a word before a provider": "any questions 📧 gmail.com",
    "a label before a provider": "email📧gmail.com",
    "a firm behind a picture": "oak_tiles 🌐 example.com",
    "an address behind a picture": "write 📧 gmail or call",
    "a place and an end": "we eat @ home . net gain",
    "hours": "pay 24h 📧 gmail.com",
    "a page that is live": "oak_tiles 🔴 live.com",
    "colours": "look at paint 🔴 red",
    "a remark and a name": "thanks (no spam) @oaktiles on insta",
    "a thing from a provider": "the field user_id is from gmail.",
    "an address of the web": "gmail: www.mail.az",
    "a firm and its news": "yahoo is down, aol too; Yahoo: stocks",
    "a user and a host": "User: oaktiles, domain: example.com",
    "a sentence without a blank": "gmail is down.today I write",
    "a page of a provider": "gmail: support.google.com",
    "a word about an address": "this is all one word at gmail.com",
    "many words": "about many long things and words all written as one word at aol dot com",
    "a place over there": "we meet over at example dot com, she works over at gmail",
    "how addresses are written": "type the name then the at sign then the domain",
    "a sign without a name": "and then the at sign then gmail dot com",
    "a sign in a manual": "write the at sign followed by your name",
    "support of a provider": "send mail to carl9 de gmail support",
    "a firm": "Oak AG gmail com",
    "a provider of other things": "Email: yes, provider: acme",
    "a shop": "search for oak tiles at etsy dot com (one word)",
    "full stops in a sentence": "we stop at home full stop me too",
    "a language": "oak-tiles (en) example.com",
    "a place in brackets": "vivo (en) example.com",
}
KEPT = {
    "a firm's own name": ("jobs@no-spam-filter.com", "jobs@no-spam-filter.com"),
    "a reserved host": ("jen@mail.invalid", "jen@mail.invalid"),
    "a word of the service": ("jen@remove.bg", "jen@remove.bg"),
    "a host with a hyphen": ("jen@g-mail.com", "jen@g-mail.com"),
    "a remark about an address that is one": ("write to jen at mail dot com (no spaces)", "jen@mail.com"),
    "an address behind a picture": ("Ask Oak 📧 oaktiles@gmail.com", "oaktiles@gmail.com"),
    "an address before a picture": ("oaktiles@gmail.com 📧 yahoo.com", "oaktiles@gmail.com"),
}
AROUND = {
    "alone": "{}",
    "within": "Floors and roofs.\n{}\nWeekends too.",
    "behind a price": "Tiles laid, $20.\n{}\nWeekends too.",
}


@pytest.mark.parametrize(("text", "address"), TOLD.values(), ids=list(TOLD))
@pytest.mark.parametrize("around", AROUND.values(), ids=list(AROUND))
def test_an_address_is_read(text: str, address: str, around: str) -> None:
    whole = around.format(text)
    assert [found.value for found in extract(whole, kinds=["email"])] == [address]
    # Beside other kinds the text is read in another way.
    assert [found.value for found in extract(whole, kinds=["email", "wallet"])] == [address]


@pytest.mark.parametrize(("text", "address"), ALONE.values(), ids=list(ALONE))
@pytest.mark.parametrize("around", AROUND.values(), ids=list(AROUND))
def test_a_mailbox_told_apart_from_its_provider_is_guessed(text: str, address: str, around: str) -> None:
    (found,) = extract(around.format(text), kinds=["email"])
    assert (found.value, found.method) == (address, "guessed")


def test_an_address_of_words_said_to_be_one_may_be_that_of_the_last() -> None:
    (found,) = extract("Oaks. oak valley at example dot com (no spaces)", kinds=["email"])
    assert (found.value, found.alternatives) == ("oakvalley@example.com", ("email:valley@example.com",))


@pytest.mark.parametrize(("text", "address", "shorter"), APART.values(), ids=list(APART))
def test_a_dot_with_blanks_around_joins_where_an_address_begins(text: str, address: str, shorter: str | None) -> None:
    (found,) = extract(text, kinds=["email"])
    assert found.value == address
    assert shorter is None or found.alternatives == (f"email:{shorter}",)


@pytest.mark.parametrize("text", NONE.values(), ids=list(NONE))
def test_prose_holds_no_address(text: str) -> None:
    assert extract(text, kinds=["email"]) == []


@pytest.mark.parametrize(("text", "address"), KEPT.values(), ids=list(KEPT))
@pytest.mark.parametrize("around", AROUND.values(), ids=list(AROUND))
def test_an_address_that_only_looks_padded_or_drawn_is_kept(text: str, address: str, around: str) -> None:
    assert [found.value for found in extract(around.format(text), kinds=["email"])] == [address]


@pytest.mark.parametrize("text", [text for text, _ in TOLD.values()], ids=list(TOLD))
@pytest.mark.parametrize("between", [" ", "\t", "  "], ids=["a blank", "a tab", "two blanks"])
def test_no_way_is_left_out_that_would_find_something(text: str, between: str, monkeypatch: pytest.MonkeyPatch) -> None:
    written = text.replace(" ", between)
    found = extract(written, kinds=["email", "wallet"])
    monkeypatch.setattr(mail_forms, "every_way", True)
    assert extract(written, kinds=["email", "wallet"]) == found


PLAINER = {
    "letters of the host apart": ("Email oaktiles @ g.m.a.i.l . c.o.m", ["oaktiles@gmail.com"]),
    "letters of the host apart, no blanks": ("oaktiles@g.m.a.i.l.c.o.m", ["oaktiles@gmail.com"]),
    "letters of a host of its own apart": ("oaktiles @ e.x.a.m.p.l.e . c.o.m", ["oaktiles@example.com"]),
    "no hyphens": ("Write to o-a-k-t-i (no hyphens) @ mail.ru", ["oakti@mail.ru"]),
    "no hyphens, German": ("o-a-k-t-i (ohne Bindestriche) @ web.de", ["oakti@web.de"]),
    "no hyphens, Russian": ("o-a-k-t-i (без дефисов) @ mail.ru", ["oakti@mail.ru"]),
    "no hyphens, Japanese label": ("メール： o-a-k-t-i (no hyphens) @ mail.ru", ["oakti@mail.ru"]),
    "without the dots": ("o.a.k.t.i (without the dots) @ mail.ru", ["oakti@mail.ru"]),
    "no dots, Spanish": ("o.a.k.t.i (sin puntos) @ example.com", ["oakti@example.com"]),
    "a picture before at": ("📧 oaktiles37 at example.com", ["oaktiles37@example.com"]),
    "a picture before a provider": ("📧 oaktilesnorth – outlook", ["oaktilesnorth@outlook.com"]),
    "a picture, a colon, a provider in brackets": ("✉️: oaktilesnorth (gmail)", ["oaktilesnorth@gmail.com"]),
    "a picture in a later line": ("Room, 20 m2.\n📩 oaktilesnorth (gmail)", ["oaktilesnorth@gmail.com"]),
    "a comma for the dot": ("📧 oaktiles2000@gmx,ch", ["oaktiles2000@gmx.ch"]),
    "a comma for the dot, no picture": ("oaktiles2000@web,de", ["oaktiles2000@web.de"]),
    "numbered parts": ("📧 1/2: oak_tiles @ ...\nRoom, 20 m2.\n📧 2/2: ... @ ziggo.nl", ["oak_tiles@ziggo.nl"]),
    "numbered parts in words": ("mail (1 of 2): oak_tiles @\nmail (2 of 2): @example.com", ["oak_tiles@example.com"]),
    "Armenian": ("📧 oaktiles շնիկ gmail.com", ["oaktiles@gmail.com"]),
    "Armenian sign and dot": ("oaktiles շնիկ gmail կետ com", ["oaktiles@gmail.com"]),
    "Urdu sign and dot": ("oaktiles ایٹ gmail ڈاٹ com", ["oaktiles@gmail.com"]),
    "Serbian sign": ("oaktiles лудо а example тачка com", ["oaktiles@example.com"]),
}
NOT_PLAINER = {
    "a picture before a place": "📧 Berlin at noon, 📧 open at home",
    "a picture and prose": "✉️ answers (fast), 📧 prices – see below",
    "steps": "1/2: see you @ ...\n2/2: no idea",
    "parts without the sign": "1/2: oak_tiles\n2/2: example.com",
    "steps without a host": "Step 1/2: write @ noon\nStep 2/2: go home",
    "versions": "release @ 1.2.3.4.5 . 6",
    "a comma of a sentence": "met @home,too and oak@work,at noon",
    "letters and a remark": "a-b-c (no idea) @ home",
}


@pytest.mark.parametrize(("text", "addresses"), PLAINER.values(), ids=list(PLAINER))
def test_an_address_is_read_where_its_text_is_written_plainly(text: str, addresses: list[str]) -> None:
    assert [item.value for item in extract(text, kinds=["email"])] == addresses


@pytest.mark.parametrize("text", NOT_PLAINER.values(), ids=list(NOT_PLAINER))
def test_pictures_and_parts_of_other_things_tell_no_address(text: str) -> None:
    assert [item.value for item in extract(text, kinds=["email"])] == []


@pytest.mark.parametrize(
    "fragment", ["📧 ", "@ a.b.c.d . ", "a-b-c (no) @ ", "1/2: ab @ ... ", "@gmx,ch ", "2/2: @a.b "]
)
def test_reading_such_long_texts_takes_linear_time(fragment: str) -> None:
    def steps(size: int) -> int:
        return lines_run(lambda: list(extract(fragment * size, kinds=["email"])))

    assert steps(1_200) < 2.5 * steps(600) + 2_000
