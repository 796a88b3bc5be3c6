"""E-mail addresses as they are hidden and written, and what is none: one case per way."""

from __future__ import annotations

import pytest

from minerva.identifiers import extract
from minerva.identifiers.email import Email

HIDDEN = {
    "jen_4u (at) example (dot) com": "jen_4u@example.com",
    "jen_4u [[at]] example [[dot]] com": "jen_4u@example.com",
    "[jen_4u] [at] [example] [dot] [com]": "jen_4u@example.com",
    "jen4u at live.fr": "jen4u@live.fr",
    "jen_4u |at| example |dot| com": "jen_4u@example.com",
    "jen_4u /at/ example /dot/ com": "jen_4u@example.com",
    'jen_4u "at" example "dot" com': "jen_4u@example.com",
    "jen_4u ...at... example ...dot... com": "jen_4u@example.com",
    "jen_4u -at- example -dot- com": "jen_4u@example.com",
    "jen_4u_at_example_dot_com": "jen_4u@example.com",
    "jen_4u🌸at🌸example🌸dot🌸com": "jen_4u@example.com",
    "jen_4u  at  example  dot  com": "jen_4u@example.com",
    "jen_4u\tat\texample\tdot\tcom": "jen_4u@example.com",
    "jen_4u\n@\nexample.com": "jen_4u@example.com",
    "jen_4u (@t) example (d0t) com": "jen_4u@example.com",
    "jen_4u [at sign] example [dot] com": "jen_4u@example.com",
    "jen_4u@@example..com": "jen_4u@example.com",
    "jen_4u@example.c0m": "jen_4u@example.com",
    "jen_4u%40example%2Ecom": "jen_4u@example.com",
    "jen_4u&commat;example&period;com": "jen_4u@example.com",
    "jen underscore 4u at example dot com": "jen_4u@example.com",
    "jen guion bajo 4u arroba example punto com": "jen_4u@example.com",
    "jen tiret bas 4u arobase example point com": "jen_4u@example.com",
    "jen unterstrich 4u at example punkt com": "jen_4u@example.com",
    "jen dot four at example dot com": "jen.four@example.com",
    "jen_4u собачка example точка ком": "jen_4u@example.com",
    "jen_4u(malpa)example(kropka)com": "jen_4u@example.com",
    "jen_4u zavinac example bodka com": "jen_4u@example.com",
    "jen_4u kukac example pont com": "jen_4u@example.com",
    "jen_4u艾特example点com": "jen_4u@example.com",
    "jen_4uアットexampleドットcom": "jen_4u@example.com",
    "jen_4u골뱅이example닷컴": "jen_4u@example.com",
    "jen_4u@gmail com": "jen_4u@gmail.com",
    "jen_4uatgmaildotcom": "jen_4u@gmail.com",
    "jen_4u at g mail dot com": "jen_4u@gmail.com",
    "jen_4u собака яндекс ру": "jen_4u@yandex.ru",
    "jen_4u en gmail punto com": "jen_4u@gmail.com",
    "moc.elpmaxe@u4_nej": "jen_4u@example.com",
    "info at jen-spa dot example": "info@jen-spa.example",
}
HIDDEN_IN_OTHER_WAYS = {
    "jen.4u chez example point net": "jen.4u@example.net",
    "jen_4u snabela example punktum com": "jen_4u@example.com",
    "JEN POINT ZEN AROBAZE EXAMPLE POINT COM": "jen.zen@example.com",
    "jen (tiret) zen (arobase) example (point) net": "jen-zen@example.net",
    "jen (underscore) 4u (at) example (dot) net": "jen_4u@example.net",
    "jen_4u (dog) mail.ru": "jen_4u@mail.ru",
    "jen_4u (ät) example (punkt) de": "jen_4u@example.de",
    "j*e*n*4*u*@*e*x*a*m*p*l*e*.*c*o*m": "jen4u@example.com",
    "j-e-n-4-u-@-e-x-a-m-p-l-e-.-c-o-m": "jen4u@example.com",
    "jen_4u@gmail 🔵 com": "jen_4u@gmail.com",
    "jen_4u@gma1l.com": "jen_4u@gmail.com",
    "jen_4u@0utl00k.c0m": "jen_4u@outlook.com",
    "jen.NOSPAM.lane@example.com": "jen.lane@example.com",
    "jenREMOVETHIS@example.com": "jen@example.com",
    "jen@nospam.example.com": "jen@example.com",
    "jen_4u on gmail": "jen_4u@gmail.com",
    "gmail: jen_4u": "jen_4u@gmail.com",
    "insta/gmail both: jen.quay": "jen.quay@gmail.com",
}
GUESSES = {
    "jen.NOSPAM.lane@example.com": ("jen.lane@example.com", "cleaned", 0.6, ("email:jen.nospam.lane@example.com",)),
    "sans_spam.jen@example.com": ("jen@example.com", "cleaned", 0.6, ("email:sans_spam.jen@example.com",)),
    "jen_4u@gma1l.com": ("jen_4u@gmail.com", "lookalike", 0.8, ("email:jen_4u@gma1l.com",)),
    "my gmail is jen_4u": ("jen_4u@gmail.com", "guessed", 0.6, ()),
    "just write, jenniferlane at gmail\nthanks": ("jenniferlane@gmail.com", "guessed", 0.6, ()),
    "g mail : jenniferlane\nthanks": ("jenniferlane@gmail.com", "guessed", 0.6, ()),
}
PLAIN = {
    "...jen@example.com...": "jen@example.com",
    "jen@example.com.Call now": "jen@example.com",
    "jen@example.comCall now": "jen@example.com",
    "jen@example.com-now": "jen@example.com",
    "我的邮箱jen@example.com谢谢": "jen@example.com",
    "почтаjen@example.com": "jen@example.com",
    "a.b.c.d.e.f.g.h@example.com": "a.b.c.d.e.f.g.h@example.com",
    "user@münchen.example": "user@xn--mnchen-3ya.example",
    "info@пример.рф": "info@xn--e1afmkfd.xn--p1ai",
}
NONE = (
    "look at me.com",
    "rated 4.5 @ site.example",
    "find deals at amazon dot com",
    "dot matrix printers at staples dot net",
    "the party is at home. com is short for commerce",
    "git@github.com:org/repo.git",
    "options (a)one.com (b)two.com",
    "https://user:secret@example.com/",
    "I'm at gmail",
    "работаю в парке, собака гуляет. точка",
    "v.at(0).name and s.at(i).com",
    "at some point in the future",
    "la arroba pesa 11 kg",
    "import { x } from '@angular/core';",
    "rendez-vous chez bio point com",
    "massage chez moi, point barre",
    "Jennifer works at gmail",
    "gmail: unlimited storage for all",
    "gmail - 24hrs",
    "hotmail: please",
    "I read it on gmail",
    "ask (dog) house.com",
    "a*b*@*c*",
    "mail: @jen@spa.example",
)


@pytest.mark.parametrize(("text", "address"), {**HIDDEN, **HIDDEN_IN_OTHER_WAYS, **PLAIN}.items(), ids=str)
@pytest.mark.parametrize("around", ["{}", "Write me: {}", "mail {} or text"], ids=["alone", "behind", "within"])
def test_an_address_is_read_as_it_was_meant(text: str, address: str, around: str) -> None:
    whole = around.format(text)
    found = extract(whole, kinds=["email"])
    assert [item.value for item in found] == [address]
    assert whole[found[0].start : found[0].end] == found[0].raw


@pytest.mark.parametrize("text", NONE)
def test_prose_and_code_hold_no_address(text: str) -> None:
    assert extract(text, kinds=["email"]) == []


@pytest.mark.usefixtures("as_stated")
def test_a_name_whose_digits_stand_apart_is_told_with_its_shorter_reading() -> None:
    (found,) = extract("jen seven seven at example dot com", kinds=["email"])
    assert (found.value, found.alternatives) == ("jen77@example.com", ("email:seven@example.com",))
    assert found.confidence < 0.7


@pytest.mark.usefixtures("as_stated")
def test_a_provider_without_its_top_level_domain_is_a_guess() -> None:
    (found,) = extract("my email is jen_4u at gmail", kinds=["email"])
    assert (found.value, found.method) == ("jen_4u@gmail.com", "guessed")
    assert found.confidence < 0.7


@pytest.mark.usefixtures("as_stated")
@pytest.mark.parametrize(("text", "told"), GUESSES.items(), ids=str)
def test_a_guess_says_so_and_keeps_what_is_written(text: str, told: tuple[str, str, float, tuple[str, ...]]) -> None:
    (found,) = extract(text, kinds=["email"])
    assert (found.value, found.method, found.confidence, found.alternatives) == told


@pytest.mark.parametrize("text", ["nospam@example.com", "remove@example.com", "jen@163.com"], ids=str)
def test_an_ordinary_address_stays_as_it_is(text: str) -> None:
    (found,) = extract(text, kinds=["email"])
    assert (found.value, found.method) == (text, "plain")


@pytest.mark.parametrize("text", [*HIDDEN, *HIDDEN_IN_OTHER_WAYS, *PLAIN], ids=str)
def test_the_sum_of_all_kinds_reads_the_same_address(text: str) -> None:
    alone = [item.value for item in extract(text, kinds=["email"])]
    assert [item.value for item in extract(text) if item.kind == "email"] == alone


def test_a_hidden_address_is_a_valid_value() -> None:
    assert Email.normalize("jen_4u (at) example [dot] com") == "jen_4u@example.com"


def test_a_word_with_dots_in_a_row_is_no_mailbox_of_a_provider_beside_it() -> None:
    assert extract("g mail-owww..comd-me", kinds=["email"]) == []


THIRD_ROUND = {
    "Romanian at": ("scrie-mi la iarba.fina la example punct com", "iarba.fina@example.com"),
    "Romanian at, a provider": ("mail: vantul.serii la gmail punct com", "vantul.serii@gmail.com"),
    "Romanian places": ("stau la hotel la mare, punct de intalnire la gara", None),
    "sign, provider without its end": ("tawnywhistle @ gmail", "tawnywhistle@gmail.com"),
    "a person at a firm": ("meet anna @ gmail tomorrow", None),
    "provider in brackets": ("my mail: dewpetal6 (hotmail)", "dewpetal6@hotmail.com"),
    "a bracket that goes on": ("table for 6 at nine2 (gmail me first)", None),
    "padding before the host": ("jadecove@REMOVEMEexample.net", "jadecove@example.net"),
    "padding behind the host": ("alder.crest@exampleNOSPAM.org", "alder.crest@example.org"),
    "a firm against spam": ("help@nospamexample.org", "help@nospamexample.org"),
    "padding beside an accent": ("ioanăjade@REMOVEMEexample.net", "ioanajade@example.net"),
    "padding in a mailbox with an accent": ("ioanăNOSPAMjade@example.net", "ioanajade@example.net"),
    "a remark behind the sign": ("jadecove@(remove this)example.net", "jadecove@example.net"),
    "sign, word and digit word": ("ash dot moor nine at gmail dot com", "ash.moor9@gmail.com"),
    "sign, word and digit words": ("rose underscore bay four two at gmail dot com", "rose_bay42@gmail.com"),
    "a sign before it all": ("(see (b)).ash dot moor nine at gmail dot com", "ash.moor9@gmail.com"),
    "a name that begins the text": ("moor nine at gmail dot com", "moor9@gmail.com"),
    "a label is no mailbox": ("su email en gmail.com", None),
}


@pytest.mark.parametrize(("text", "value"), THIRD_ROUND.values(), ids=list(THIRD_ROUND))
def test_what_texts_not_seen_before_held_is_read(text: str, value: str | None) -> None:
    assert [item.value for item in extract(text, kinds=["email"])] == ([value] if value else [])


@pytest.mark.usefixtures("as_stated")
@pytest.mark.parametrize("text", ["jadecove@REMOVEMEexample.net", "ash dot moor nine at gmail dot com"])
def test_a_guess_of_the_mailbox_keeps_what_is_written(text: str) -> None:
    (found,) = extract(text, kinds=["email"])
    assert found.confidence == 0.6
    assert len(found.alternatives) == 1


FOURTH_ROUND = {
    "letters in braces": ("the choir: larchbay{a}example{d}org", "larchbay@example.org"),
    "letters in brackets": ("larchbay(a)example(d)org", "larchbay@example.org"),
    "letters in square brackets": ("larchbay [a] example [d] org", "larchbay@example.org"),
    "letter of a dot called otherwise": ("larchbay[a]example[p]es", "larchbay@example.es"),
    "a list in brackets": ("take plan (a) example.com or plan (b) example.org", None),
    "circled letter": ("Cakes: larchbay ⓐ example.com", "larchbay@example.com"),
    "circled capital": ("larchbay Ⓐ example dot com", "larchbay@example.com"),
    "circled letter, a provider": ("larchbayⓐgmail.com", "larchbay@gmail.com"),
    "circled letter of a word": ("come to our spⓐ example.com", None),
    "circled letter of a mailbox": ("lⓐrch@example.com", "larch@example.com"),
    "address in circled letters": ("ⓛⓐⓡⓒⓗ@ⓔⓧⓐⓜⓟⓛⓔ.ⓒⓞⓜ", "larch@example.com"),
    "a list in circles": ("choose ⓐ example.com or ⓑ example.org", None),
    "dot lost": ("Lease papers: larch4b@example com", "larch4b@example.com"),
    "dot lost, words behind": ("mail larch4b@example org for papers", "larch4b@example.org"),
    "dots lost": ("email larch4b@example com br", "larch4b@example.com.br"),
    "dot lost behind a word": ("I read mail daily, larchbay at example com", "larchbay@example.com"),
    "dot lost behind another word": ("correo: larchbay arroba example com", "larchbay@example.com"),
    "dot lost, blanks around the sign": ("email is larchbay @ example net", "larchbay@example.net"),
    "Portuguese with": ("espero voce larch7@praia com musica", None),
    "price": ("order 12@box net 30 days", None),
    "firm": ("worked years at nonprofit org", None),
    "clothes": ("get jeans at outlet com desconto", None),
    "name said with a dash": ("larch dash bay @ example dot net, free estimate", "larch-bay@example.net"),
    "name said with an underscore": ("larch underscore bay @ example dot net", "larch_bay@example.net"),
    "a dash before a plain address": ("we dash larchbay@example.net", "larchbay@example.net"),
    "Swedish": ("larch understreck bay snabel-a example punkt se", "larch_bay@example.se"),
    "Dutch": ("larch koppelteken bay apenstaartje example punt nl", "larch-bay@example.nl"),
    "Czech": ("larch podtržítko bay zavináč example tečka cz", "larch_bay@example.cz"),
    "Hungarian": ("larch kötőjel bay kukac example pont hu", "larch-bay@example.hu"),
    "Turkish": ("Özel ders için cinarhoca et example nokta com adresine yazın", "cinarhoca@example.com"),
    "Turkish, visit": ("sitemizi ziyaret et example nokta com", None),
    "French and": ("Marie et example point com", None),
    "Russian": ("пиши larchbay эт example точка ru", "larchbay@example.ru"),
}


@pytest.mark.parametrize(("text", "value"), FOURTH_ROUND.values(), ids=list(FOURTH_ROUND))
def test_what_a_fourth_round_of_texts_held_is_read(text: str, value: str | None) -> None:
    assert [item.value for item in extract(text, kinds=["email"])] == ([value] if value else [])


@pytest.mark.usefixtures("as_stated")
def test_an_address_without_its_last_dot_is_a_guess() -> None:
    (found,) = extract("mail larch4b@example com", kinds=["email"])
    assert (found.method, found.confidence, found.raw) == ("guessed", 0.6, "larch4b@example com")


def test_a_circled_sign_is_shown_as_it_stands() -> None:
    (found,) = extract("Cakes: larchbay ⓐ example.com", kinds=["email"])
    assert found.raw == "larchbay ⓐ example.com"
    assert Email.normalize("larchbay ⓐ example.com") == "larchbay@example.com"
