"""E-mail addresses told in ways found missing in texts not seen before, with what looks like them and is none."""

from __future__ import annotations

import pytest

from minerva.identifiers import extract, mail_forms

TOLD = {
    "French underscore": ("nadia tiret du bas coiffe arobase example point com", "nadia_coiffe@example.com"),
    "Polish dot": ("kocia.mama (małpka) example (kropeczka) net", "kocia.mama@example.net"),
    "brackets around all": ("his sister Bea (bea AT example DOT com) re: sale", "bea@example.com"),
    "brackets, what is paid": ("deposit by zelle (deposits at example dot com).", "deposits@example.com"),
    "user and domain, dots": (
        "user name: freshcuts215 ... domain: example.com ... put the @ between",
        "freshcuts215@example.com",
    ),
    "a symbol with a hyphen": ("fleetjobs at-symbol example full-stop com", "fleetjobs@example.com"),
    "keys of the sign": ("shedbuilder77 (shift+2) example . com", "shedbuilder77@example.com"),
    "a sign said to be it": ("nightmarketvendor=example.com  (= is @)", "nightmarketvendor@example.com"),
    "a sign that means it": ("oaklane77 # mail.example, # means @", "oaklane77@mail.example"),
    "Polish, in brackets": ("ogrody(malpka)example(kropka)net", "ogrody@example.net"),
    "German, short": ("mia.sittet (ät) example (pkt) org", "mia.sittet@example.org"),
    "German, at a provider": ("tischlerei4402 bei web.de, Regale", "tischlerei4402@web.de"),
    "Italian, short": ("traslochi trattino roma at example pto com", "traslochi-roma@example.com"),
    "Indonesian underscore": ("email: jahitbaju garisbawah ayu at example titik net", "jahitbaju_ayu@example.net"),
    "letters with hyphens": ("email J-E-N-N-Y-O-A-K-S at example dot com", "jennyoaks@example.com"),
    "letters with dots": ("p.o.d.c.a.s.t (no dots) at example.com", "podcast@example.com"),
    "digits apart, one word": ("cedarhill 8 2 0 5 (no spaces) at yahoo dot com", "cedarhill8205@yahoo.com"),
    "what is asked": ("questions basementshows at example dot org", "basementshows@example.org"),
    "a tight bracket": ("transfer to oakwoodlot(a)example.com today", "oakwoodlot@example.com"),
    "a tight square bracket": ("oakwoodlot[a]example.org", "oakwoodlot@example.org"),
    "a tight bracket, a provider": ("Retouches 12€. oakretouche(a)laposte.net", "oakretouche@laposte.net"),
    "sign in brackets": ("oakhilltiles (@ sign) example.org", "oakhilltiles@example.org"),
    "symbol": ("oakhilltiles @ symbol gmail dot com", "oakhilltiles@gmail.com"),
    "two brackets and blanks around dots": ("Email: oakwell . tiles [[at]] example . org", "oakwell.tiles@example.org"),
    "brackets and blanks around dots": ("oak.tiles (chez) laposte . net", "oak.tiles@laposte.net"),
    "a blank before the dot": ("seats 120. oaksatmill @example .com", "oaksatmill@example.com"),
    "a provider in two words": ("oakfold.tiles at bt internet dot com", "oakfold.tiles@btinternet.com"),
    "a provider of another country": ("oaktiles at libero dot it", "oaktiles@libero.it"),
    "letters of sign and dot apart": ("oakcity.tiles a t aol d o t com", "oakcity.tiles@aol.com"),
    "number behind the name": ("oakmom then the number 4 at gmail.com", "oakmom4@gmail.com"),
    "digits behind the name": ("oakmom followed by the digits 26 at gmail dot com", "oakmom26@gmail.com"),
    "announced, no top level": ("email me oakthunderband at gmail\nPost 12", "oakthunderband@gmail.com"),
    "capital sign, a comma": ("or oakslessons AT gmail, reply in 24 hrs", "oakslessons@gmail.com"),
    "announced at a firm": ("email oakacresrv at aol", "oakacresrv@aol.com"),
    "a sign said, the rest plain": ("oak underscore lane@gmail.com", "oak_lane@gmail.com"),
    "a sign said, two parts": ("Email: oak UNDERSCORE rooms underscore 19@example.org", "oak_rooms_19@example.org"),
    "a sign said, blanks": ("oak underscore rooms @ outlook.com", "oak_rooms@outlook.com"),
    "a sign in brackets, the rest plain": ("oak[underscore]shop[underscore]2@gmail dot com", "oak_shop_2@gmail.com"),
    "a sign in brackets, a word of prose": ("oak(underscore)rooms(underscore)7(at)aol.com", "oak_rooms_7@aol.com"),
    "a sign said in Spanish": ("Correo: roble guion bajo casa@gmail.com", "roble_casa@gmail.com"),
    "a hyphen in its provider, a dot said": ("oaklane@i-cloud dot com", "oaklane@icloud.com"),
    "a hyphen in its provider, a blank": ("oaklane7 @ hot-mail .com.", "oaklane7@hotmail.com"),
    "a hyphen in its provider, two blanks": ("oaklane(at)hot-mail . com", "oaklane@hotmail.com"),
    "a hyphen in its provider, `at`": ("or oaklane at i-cloud.com.", "oaklane@icloud.com"),
    "a blank in its provider": ("oak_hill @ gm ail . com", "oak_hill@gmail.com"),
    "a blank in its provider, the dot said": ("oakhill(at)gma il dot com", "oakhill@gmail.com"),
    "a blank in its provider, the rest plain": ("oak_hill@out look.com", "oak_hill@outlook.com"),
    "two blanks around all signs": ("email oakwalker8  @  gmx  .  net", "oakwalker8@gmx.net"),
    "two blanks, a country": ("oakyoga88  @  yahoo  .  com  .  au", "oakyoga88@yahoo.com.au"),
    "a blank behind the dots": ("mail oakmusic @ yahoo. co. uk.", "oakmusic@yahoo.co.uk"),
    "a blank behind the dot": ("Email: oakwalker @ example. com", "oakwalker@example.com"),
    "two blanks behind each letter": ("o  a  k  .  v  a  n  5  @  g  m  x  .  n  e  t", "oak.van5@gmx.net"),
    "two blanks behind each letter, `me`": ("mail o  a  k  v  a  n  @  p  r  o  t  o  n  .  m  e", "oakvan@proton.me"),
    "hyphens behind a short word": ("Escriba a o-a-k-.-v-a-n-@-g-m-a-i-l-.-c-o-m.", "oak.van@gmail.com"),
    "letters apart behind a short word": ("Invia CV a o a k v a n @ h o t m a i l . i t.", "oakvan@hotmail.it"),
    "the end apart behind a bracket": ("Write to oaktime6@example (dot) c o m. English", "oaktime6@example.com"),
    "the end of a provider apart": ("oakhill5@proton (dot) m e", "oakhill5@proton.me"),
    "commas for all dots": ("email oakfield@yahoo,com,au.", "oakfield@yahoo.com.au"),
    "a comma, `me`": ("Mail: oakfield7@proton,me", "oakfield7@proton.me"),
    "French, a short name": ("Envoyez votre CV \u00e0 oaky chez gmail point com", "oaky@gmail.com"),
    "a picture behind the sign": ("email oakshop18@\u2764hotmail.com", "oakshop18@hotmail.com"),
    "pictures around the sign": ("oakvan \U0001f449@\U0001f448 gmail.com", "oakvan@gmail.com"),
    "a look-alike and a word": ("Inquiries: \u043e\u0430k007 at example.org.", "oak007@example.org"),
    "a look-alike top level": ("oak.days84@hotm\u0430il.\u0441\u043e.uk", "oak.days84@hotmail.co.uk"),
    "French without a digit": ("Ecrivez \u00e0 oakfield chez gmail point com", "oakfield@gmail.com"),
    "French, sent to": ("Envoyez votre CV \u00e0 oakyoga chez hotmail point fr.", "oakyoga@hotmail.fr"),
    "no top level, the next sentence": ("Email me: oaklessons at Gmail. Room 5 sleeps 2", "oaklessons@gmail.com"),
    "no top level, a word that is one": ("Inquiries: oakgarden @ Hotmail. It is quiet", "oakgarden@hotmail.com"),
    "no top level, marked": ("send a mail to oak_days AT Icloud. Free parking", "oak_days@icloud.com"),
    "no top level, a capital sign": ("No calls, email oakworks AT yahoo. Walk-ins ok", "oakworks@yahoo.com"),
    "no top level, sent to": ("Send details to oakfield at outlook. Buses 7", "oakfield@outlook.com"),
    "no top level, an arrow": ("My mail >> oakcarely at Hotmail", "oakcarely@hotmail.com"),
    "no top level, a comma before": ("Reach me by e-mail, oakmusic AT icloud.", "oakmusic@icloud.com"),
    "no top level, a clause": ("E-mail oakworks at Gmail.", "oakworks@gmail.com"),
    "digits in brackets": ("oak.tiles(two)(1)@example.org", "oak.tiles21@example.org"),
    "digits in brackets, at": ("write to oak_tiles[eight][four] at icloud.com", "oak_tiles84@icloud.com"),
    "number and words": ("my email is oak.tiles the number seven five at gmail dot com", "oak.tiles75@gmail.com"),
    "French digits": ("Mail : oaktuiles chiffre huit neuf arobas example point org", "oaktuiles89@example.org"),
    "a part that stands in prose": ("my email is rooms dot oak at gmail dot com", "rooms.oak@gmail.com"),
    "such a part in brackets": ("correo: rooms(punto)oak(arroba)gmail(punto)com", "rooms.oak@gmail.com"),
    "signs within quotes": ("mail oak.flat36 \u00abAT\u00bb gmail \u00abDOT\u00bb com", "oak.flat36@gmail.com"),
    "capitals for each sign": ("mail oakDOTflatATgmailDOTcom", "oak.flat@gmail.com"),
    "Spanish capitals": ("Escribeme: oakpiso36ARROBAprotonPUNTOme. Sin fumar", "oakpiso36@proton.me"),
    "a dot within a provider": ("Mail: oakclean440(at)g.mail (dot) com", "oakclean440@gmail.com"),
    "parts behind `is`": ("o meu mail e oak . tiles793 @ example . org", "oak.tiles793@example.org"),
}
GUESSED = {
    "the gmail place": ("yourself: houseonmaple1925 over at the gmail place.", "houseonmaple1925@gmail.com"),
    "Spanish, as always": ("escríbeme al gmail de siempre: cosasdecasa4512, todo", "cosasdecasa4512@gmail.com"),
    "Portuguese": ("manda no gmail violaoprofe3030, aulas", "violaoprofe3030@gmail.com"),
    "French, a pseudonym": ("ecrivez moi sur gmail, pseudo bricoloustef2023, petits", "bricoloustef2023@gmail.com"),
    "at a provider's best": ("gmail's best: pramseller2207, grey", "pramseller2207@gmail.com"),
    "and it's a yahoo": ("plus year, waffles2016, and it's a yahoo account.", "waffles2016@yahoo.com"),
    "it's a yahoo": ("My mail is rosewaterlane88, it's a yahoo.", "rosewaterlane88@yahoo.com"),
    "the google one": ("email goldfinch.lane, the google one. 2 men", "goldfinch.lane@gmail.com"),
    "google mail in brackets": ("hmu @ walnutwoodshop (google mail). Boards", "walnutwoodshop@gmail.com"),
    "no announcement": ("estatesalesue44 hotmail - you know the rest", "estatesalesue44@hotmail.com"),
    "icloud first": ("icloud: tallgrassfarm31 . Goat milk soap", "tallgrassfarm31@icloud.com"),
    "gmail me": ("gmail me, peachtreestudio19, for the list", "peachtreestudio19@gmail.com"),
    "German provider": ("flohmarktfreund91 at gmx, Schallplatten", "flohmarktfreund91@gmx.de"),
    "an arrow": ("write jen_4u -> gmail", "jen_4u@gmail.com"),
    "an account": ("jen_4u (gmail account)", "jen_4u@gmail.com"),
    "a host in brackets": ("jen_4u [gmail.com]", "jen_4u@gmail.com"),
    "a sign before a host": ("jen_4u#gmail.com", "jen_4u@gmail.com"),
    "a provider apart": ("jen_4u at hot mail", "jen_4u@hotmail.com"),
    "on a provider as": ("on gmail as jen_4u", "jen_4u@gmail.com"),
    "a provider alone": ("send resume to oakgrill22 gmail\nAlso 15.50", "oakgrill22@gmail.com"),
    "a provider with its top level": ("Reply to oakfoxglove gmail com", "oakfoxglove@gmail.com"),
    "marked, with its top level": ("fast delivery, oak_tiles hotmail com", "oak_tiles@hotmail.com"),
    "a provider in brackets": ("My email is oakbird222 (it's a gmail)", "oakbird222@gmail.com"),
    "sent to, a provider in brackets": ("Send your CV to oakrooms (it's a gmail)", "oakrooms@gmail.com"),
    "asked for, a provider in brackets": ("Inquiries: oak.lane7 (it's a gmail).", "oak.lane7@gmail.com"),
    "letters, a provider in brackets": ("Contact by email only: oaklessons (it's a gmail).", "oaklessons@gmail.com"),
}
PLAIN = {
    "a hyphen written plainly": ("oaklane@hot-mail.com", "oaklane@hot-mail.com"),
    "words before it": ("the underscore oaklane@example.com", "oaklane@example.com"),
    "a country's word behind it": ("oaklane @ yahoo.com. Au revoir", "oaklane@yahoo.com"),
    "a comma and a word": ("oaklane@yahoo.com,au revoir", "oaklane@yahoo.com"),
    "a name behind a hyphenated one": ("a-b oaklane@example.com", "oaklane@example.com"),
    "a sign that is told of": ("see name underscore oaklane@example.com", "oaklane@example.com"),
    "a word of one letter": ("o a k l a n e @ g m a i l . c o m I am here", "oaklane@gmail.com"),
    "a word of one letter, two blanks": ("o  a  k  @  g  m  a  i  l  .  c  o  m  I am", "oak@gmail.com"),
    "two letters": ("x  y  @  e  x  a  m  p  l  e  .  n  e  t", "xy@example.net"),
    "a sign of its own in Spanish": ("n a n o @ g m a i l . c o m", "nano@gmail.com"),
}
NONE = [
    "see note 3(a)site.name", "read(a)buffer.zip", "foo(a)list.here", "the usual @gmail.com",
    "researchers at yahoo.", "engineers, contractors at aol", "we use office365 gmail and slack",
    "log in with gmail com", "my storage2 gmail is full", "4 at gmail.com", "the 4 at gmail dot com",
    "1 (a)example.com", "meet @ noon . Come", "our regular @hotmail.com", "the number 4 at 5.com",
    "email accounts at gmail.", "send it to people at yahoo.", "write to the engineers at outlook.",
    "email support at gmail.", "Send messages to customers at icloud.", "mail storage at gmail. Free space",
    "we met at yahoo. It was fun", "contact recruitment at yahoo.", "he works at gmail. Photos sync",
    "j'ai un compte chez gmail point com", "follow us \U0001f449@\U0001f448 example.com", "drinks @ hotel. com amigas",
    "the newsletter (it's a gmail)", "I use this (it's a gmail)", "see you @ the bar. net gain", "at out look",
    "Write to admissions at yahoo.", "He sent a message to grandma at yahoo. Then left.", "email newsletter at aol",
    "My email is private at outlook.", "Email: tickets at example.com", "write to michael at gmail.",
    "my email is personal (it's a gmail)", "Ecrivez-moi chez yahoo point fr", "Questions: win10 at example.com",
    "Follow @oaklane \U0001f449@\U0001f448 example.com", "dinner @ bistro  .  org", "Emails stored at icloud.",
    "jen_4u at example dot i n", "E-mail hosting at gmail. Cheap",
    "send photos to everyone (it's a gmail)", "we met at the newsletter (it's a gmail)",
    "a gm ail . com", "the class starts @ eight  .  net result",
    "the google one is better, it's a yahoo fork", "we moved to icloud. The google account is old",
    "see issue_12 [gmail.com] for the filter", "x = 5 (= is at most 7) and y = 6", "price # is for each, # 5",
    "questions answered at example dot org", "version2 hotmail", "na web.de",
    "first name, dot between, at example dot com",
    "g mail:.lane.com415", "gmail as jen..lane45",
    "a|gmail.com|b", "import mail (gmail account)", "c.v. at example.com", "room12 -> gmail plugin",
]  # fmt: skip


@pytest.mark.parametrize("around", ["{}", "- {}\nFri 9-5", "12 rooms. {}"], ids=["alone", "lines", "behind"])
@pytest.mark.parametrize(("text", "address"), TOLD.values(), ids=list(TOLD))
def test_an_address_is_read(text: str, address: str, around: str) -> None:
    assert [item.value for item in extract(around.format(text), kinds=["email"])] == [address]


@pytest.mark.usefixtures("as_stated")
@pytest.mark.parametrize(("text", "address"), GUESSED.values(), ids=list(GUESSED))
def test_a_mailbox_right_before_its_provider_is_guessed(text: str, address: str) -> None:
    (found,) = extract(text, kinds=["email"])
    assert (found.value, found.method) == (address, "guessed")
    assert found.confidence < 0.8


@pytest.mark.parametrize("text", NONE)
def test_prose_holds_no_address(text: str) -> None:
    assert extract(text, kinds=["email"]) == []


@pytest.mark.parametrize("text", [*(text for text, _ in (*TOLD.values(), *GUESSED.values(), *PLAIN.values())), *NONE])
def test_no_way_is_left_out_that_would_find_something(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = extract(text, kinds=["email"])
    monkeypatch.setattr(mail_forms, "every_way", True)
    assert extract(text, kinds=["email"]) == found


@pytest.mark.parametrize(("text", "address"), PLAIN.values(), ids=list(PLAIN))
def test_what_stands_beside_an_address_is_none_of_it(text: str, address: str) -> None:
    assert [item.value for item in extract(text, kinds=["email"])] == [address]
