"""What is cut off a value makes it another one: then nothing is found, or the whole."""

from __future__ import annotations

import pytest

from minerva.identifiers import InvalidIdentifier, extract
from minerva.identifiers.username import Username
from tests.minerva.identifiers.conftest import Mails

MAILS = {
    "two dots in brackets": ("jen_4u@oaks[.]com[.]au", ["jen_4u@oaks.com.au"]),
    "a plain dot and one in brackets": ("jen_4u@oaks.com[.]au", ["jen_4u@oaks.com.au"]),
    "the sign in brackets": ("mail jen_4u[at]oaks[.]com[.]au today", ["jen_4u@oaks.com.au"]),
    "words in brackets": ("jen_4u[at]oaks[dot]com[dot]br", ["jen_4u@oaks.com.br"]),
    "round brackets": ("jen_4u(at)oaks(.)co(.)uk", ["jen_4u@oaks.co.uk"]),
    "brackets and blanks": ("jen_4u [at] oaks [.] com [.] au", ["jen_4u@oaks.com.au"]),
    "curly brackets": ("jen_4u@oaks{.}co{.}nz", ["jen_4u@oaks.co.nz"]),
    "three dots in brackets": ("jen_4u@mail[.]oaks[.]co[.]za", ["jen_4u@mail.oaks.co.za"]),
    "a phone before": ("Call 415-555-0123.jen_4u@mail.example", ["jen_4u@mail.example"]),
    "a phone in blanks before": ("Call 415 555 0123.jen_4u@mail.example now", ["jen_4u@mail.example"]),
    "a phone in one before": ("Tel 4155550123.jen_4u@mail.example", ["jen_4u@mail.example"]),
    "a price before": ("only $50.jen_4u@mail.example", ["jen_4u@mail.example"]),
    "hours before": ("open 9-5.jen_4u@mail.example", ["jen_4u@mail.example"]),
    "digits of the name": ("24.jen@mail.example", ["24.jen@mail.example"]),
    "a name that begins with digits": ("write 1990.jen.oak@mail.example", ["1990.jen.oak@mail.example"]),
    "asterisks between letters": ("o*a*k@g*m*a*i*l.c*o*m", []),
    "tildes between letters": ("o~a~k@mail.example", []),
    "words of an alphabet": ("Oscar Alpha Kilo at gmail dot com", ["oak@gmail.com"]),
    "a name that is such a word": ("write to mike at gmail dot com", ["mike@gmail.com"]),
}
PROFILES = {
    "a letter with an accent": ("linkedin.com/in/peter-müller", []),
    "the last letter with an accent": ("instagram.com/josé", []),
    "a letter as a code": ("linkedin.com/in/peter-m%C3%BCller", []),
    "a bracket within": ("linkedin.com/in/peter-m(eier)", []),
    "a square bracket within": ("linkedin.com/in/peter-m[eier]-2", []),
    "a bracket that is never closed": ("linkedin.com/in/peter-m(ller in Essen", []),
    "a remark in brackets behind": ("instagram.com/jen_4u(follow me there)", ["instagram/jen_4u"]),
    "an apostrophe within": ("linkedin.com/in/peter-o'neil", []),
    "asterisks within": ("instagram.com/jen**4u", []),
    "a genitive": ("instagram.com/jen_4u's page", ["instagram/jen_4u"]),
    "in brackets": ("(instagram.com/jen_4u)", ["instagram/jen_4u"]),
    "in bold": ("**instagram.com/jen_4u**", ["instagram/jen_4u"]),
    "a script without blanks behind": ("instagram.com/jen_4u加我", ["instagram/jen_4u"]),
    "a picture behind": ("instagram.com/jen_4u💋", ["instagram/jen_4u"]),
    "a query behind": ("https://instagram.com/jen_4u?igshid=1%20a", ["instagram/jen_4u"]),
}
PAGES = (
    "instagram.com/login", "facebook.com/settings", "facebook.com/login.php", "facebook.com/privacy", "t.me/login",
    "twitter.com/privacy", "x.com/tos", "onlyfans.com/settings", "linktr.ee/register", "github.com/settings",
    "pinterest.com/login", "twitch.tv/settings", "vimeo.com/upgrade", "soundcloud.com/upload", "help.tumblr.com",
    "www.facebook.com/help/123", "patreon.com/signup", "ko-fi.com/about", "vk.com/support", "medium.com/about",
    "fansly.com/terms", "kik.me/privacy-policy", "reddit.com/settings", "discord.com/settings", "snapchat.com/privacy",
    "facebook.com/story.php?id=1", "tiktok.com/login", "deviantart.com/about", "cameo.com/login", "weibo.com/signup",
)  # fmt: skip


@pytest.mark.parametrize(("text", "addresses"), MAILS.values(), ids=MAILS.keys())
def test_an_address_is_whole_or_not_found(text: str, addresses: list[str], mails: Mails) -> None:
    assert [item.value for item in mails(text)] == addresses


@pytest.mark.parametrize(("text", "names"), PROFILES.values(), ids=PROFILES.keys())
def test_a_profile_whose_name_goes_on_is_none(text: str, names: list[str]) -> None:
    assert [item.value for item in extract(text, kinds=["username"])] == names


@pytest.mark.parametrize("address", PAGES)
def test_pages_of_a_provider_are_nobody(address: str) -> None:
    assert extract(f"see {address} now", kinds=["username"]) == []
    with pytest.raises(InvalidIdentifier):
        Username.normalize(f"https://{address}")


def test_a_name_behind_what_marks_it_may_be_called_as_a_page() -> None:
    assert [item.value for item in extract("reddit.com/user/settings", kinds=["username"])] == ["reddit/settings"]


SENTENCES = (
    "I am here now.Call me", "open today.Call Jen", "Free wifi now.Live music", "see you soon.Space for two",
    "Cash only.No games", "It is clean.Family run", "come in now.call or text", "book online.New girls daily",
    "hot stone.Spa open", "pics.Call now", "right now.Call", "massage.Studio flat", "big house.Garden view",
    "no drama.Cool guys only", "NOW.CALL ME", "fun.Today only", "town.Center parking", "we ship.Fast delivery",
    "great service.Help yourself", "best price.Sale ends", "Sundays.Info at the desk", "on the bus.Tours daily",
)  # fmt: skip


@pytest.mark.parametrize("text", SENTENCES)
def test_the_end_of_a_sentence_glued_to_the_next_is_no_domain(text: str) -> None:
    assert extract(text, kinds=["domain", "url"]) == []
