"""The platforms usernames live on: names, words, hosts and name rules, read from data/platforms.json."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import product

from minerva.identifiers.tables import table


@dataclass(frozen=True)
class Platform:
    """`words` are how people call it, `hosts` where profiles live, `path` (regex) what precedes the name there.

    `signed` are ordinary words that mean the platform only before a sign (`LINE: @jen`), `schemes` what stands before a
    name in a link of its app; `subdomain`: names also stand before the host; `whole`: `rule` is of all of a
    path behind what precedes the name.
    """

    name: str
    title: str
    words: tuple[str, ...]
    hosts: tuple[str, ...]
    path: str
    rule: re.Pattern[str]
    skip: frozenset[str]
    exact: bool
    signed: tuple[str, ...]
    schemes: tuple[str, ...]
    subdomain: bool
    whole: bool

    def plain(self, name: str) -> str:
        """A name as the platform compares it: in lower case unless capitals count."""
        return name if self.exact else name.lower()

    def is_page(self, name: str, is_marked: bool = False) -> bool:
        """Whether a name is a page of the provider; `is_marked`: behind what stands before names alone (`in/`)."""
        small = name.lower()
        return small in self.skip or (not is_marked and (small in _PAGES or small.endswith(_PAGE_ENDINGS)))


_OFTEN_DISGUISED = frozenset(["telegram", "instagram", "snapchat", "facebook", "onlyfans"])


_LOOK_ALIKE = (("g", "q"), ("m", "rn"), ("l", "i"))


def _misspelled(name: str) -> list[str]:
    """A name with a vowel left out, a letter doubled, two neighbors exchanged or one for a letter like it
    (`telegrm`, `snappchat`, `isntagram`, `teleqram`): mistakes and disguise."""
    if name not in _OFTEN_DISGUISED:
        return []
    return [name.replace(letter, other) for letter, other in _LOOK_ALIKE if letter in name] + _changed(name)


def _changed(name: str) -> list[str]:
    found = [name[:place] + name[place + 1 :] for place in range(1, len(name)) if name[place] in "aeiou"]
    found += [name[:place] + name[place:].rjust(len(name) - place + 1, name[place]) for place in range(1, len(name))]
    return found + [
        name[:place] + name[place + 1] + name[place] + name[place + 2 :]
        for place in range(1, len(name) - 1)
        if name[place] != name[place + 1]
    ]


ORDINARY_HALVES = frozenset(["chat", "gram", "book"])
_ORDINARY = frozenset(["tel", "fac"])
_OFTEN_PARTED = {"snapchat": "snap chat", "telegram": "tele gram", "instagram": "insta gram", "facebook": "face book"}


def _parted(name: str) -> list[str]:
    """A name cut before an ordinary word, with its first half misspelled (`snp chat`)."""
    half, _, other = _OFTEN_PARTED.get(name, "").partition(" ")
    return [f"{each} {other}" for each in _changed(half) if each not in _ORDINARY] if half else []


_OFTEN_DECLINED = frozenset(["telegram", "instagram", "snapchat", "facebook", "tiktok", "discord"])


def _declined(name: str, endings: list[str]) -> list[str]:
    """A name with the case endings of other languages (`telegramie`, `telegramdan`)."""
    return [name + ending for ending in endings] if name in _OFTEN_DECLINED else []


def _in_cases(words: list[str], declined: dict[str, list[str]]) -> list[str]:
    """What is listed of a platform's words in other cases (`instadan`)."""
    return [case for word in words for case in declined.get(word, ())]


_IN_DIGITS = {"a": "4", "e": "3", "i": "1", "o": "0"}
_OFTEN_IN_DIGITS = frozenset(
    ["fansly", "kakaotalk", "linkedin", "messenger", "patreon", "pinterest", "reddit", "signal", "skype", "threads",
     "twitch", "twitter", "vkontakte", "wechat", "youtube"]
)  # fmt: skip


def _in_digits(name: str) -> list[str]:
    """A name with digits for some of its vowels (`tw1tter`); those of the longest names are read by their shape."""
    if name not in _OFTEN_IN_DIGITS:
        return []
    ways = product(*((char, _IN_DIGITS[char]) if char in _IN_DIGITS else char for char in name))
    return ["".join(way) for way in ways][1:]


def _varied(name: str, endings: list[str]) -> list[str]:
    return [*_misspelled(name), *_parted(name), *_declined(name, endings), *_in_digits(name)]


_DATA = table("platforms")
_PAGES = frozenset(_DATA["pages"])
_PAGE_ENDINGS = tuple(_DATA["page_endings"])
UNDER: tuple[str, ...] = tuple(_DATA["under"])
"""What stands between a platform and a name told `under` it or `as` it."""
ONE_WORD: tuple[str, ...] = tuple(_DATA["one_word"])
"""What texts say of a name whose words are to be written as one."""
ASKED: tuple[str, ...] = tuple(phrase for phrases in _DATA["asked"].values() for phrase in phrases)
"""What asks to be found or written to, in lower case, a blank for a hyphen."""
ON_WORDS: tuple[str, ...] = tuple(_DATA["on"])
AS_WORDS: tuple[str, ...] = tuple(_DATA["as"])
AND_WORDS: tuple[str, ...] = tuple(_DATA["and"])
"""What stands before a platform, before a name behind one, and between two of them."""
CALLED: tuple[str, ...] = tuple(_DATA["called"])
"""What says between a platform and a name that a page is called so."""
THERE: tuple[str, ...] = tuple(_DATA["there"])
THERE_FIRST: tuple[str, ...] = tuple(_DATA["there_first"])
"""What says `there` of a platform named before: behind what a name is called, and before the name itself."""
SITES: tuple[str, ...] = tuple(_DATA["sites"])
"""Other places where people have names."""
PROMPTS: tuple[str, ...] = tuple(_DATA["prompts"])
"""What asks for something between a platform and a name."""
OWN_PHRASES: tuple[str, ...] = tuple(_DATA["own_phrases"])
WEAK_PHRASES: tuple[str, ...] = tuple(_DATA["weak_phrases"])
"""What says right behind a platform's word that a name there is someone's own, and words that do so before what looks
like a name."""
NAME_WORDS: tuple[str, ...] = tuple(_DATA["name_words"])
"""What a name of a user is called, beyond what platform_joins lists."""
ORDINARY: frozenset[str] = frozenset(_DATA["ordinary"])
"""What stands behind a platform in a request and is no name."""
SLASH_WORDS: tuple[str, ...] = tuple(_DATA["slash"])
"""Names of the slash."""
HEARTS: str = _DATA["hearts"]


PLATFORMS = tuple(
    Platform(
        name=row["name"],
        title=row["title"],
        words=tuple(
            dict.fromkeys(
                [
                    *row["words"],
                    *_varied(row["name"], _DATA["endings"]),
                    *_in_cases([*row["words"], *row.get("signed", ())], _DATA["declined"]),
                ]
            )
        ),
        hosts=tuple(row["hosts"]),
        path=row["path"],
        rule=re.compile(row["rule"]),
        skip=frozenset(row["skip"]),
        exact=row.get("exact", False),
        signed=tuple(row.get("signed", ())),
        schemes=tuple(row.get("schemes", ())),
        subdomain=row.get("subdomain", False),
        whole=row.get("whole", False),
    )
    for row in _DATA["platforms"]
)
PLATFORM_BY_NAME = {platform.name: platform for platform in PLATFORMS}
PLATFORMS_BY_HOST = {
    host: tuple(platform for platform in PLATFORMS if host in platform.hosts)
    for host in dict.fromkeys(host for platform in PLATFORMS for host in platform.hosts)
}
"""Several platforms of one host differ by what stands before the name."""
PLATFORM_BY_SUBDOMAIN = {host: platform for platform in PLATFORMS if platform.subdomain for host in platform.hosts}
PLATFORM_BY_WORD = {
    word.replace(" ", ""): platform for platform in PLATFORMS for word in (*platform.words, *platform.signed)
}
PLATFORM_HOSTS = frozenset(PLATFORMS_BY_HOST) | {
    "wa.me", "whatsapp.com", "api.whatsapp.com", "google.com", "goo.gl", "bit.ly", "tinyurl.com", "cash.app", "cash.me",
    "paypal.com", "paypal.me", "venmo.com", "account.venmo.com", "revolut.me", "wise.com", "monzo.me", "ko-fi.com",
    "buymeacoffee.com", "blockchain.com", "etherscan.io", "apple.com", "maps.google.com", "g.page",
}  # fmt: skip
"""Hosts that millions share: no evidence of a common actor by themselves."""


def platform_called(word: str) -> Platform | None:
    """The platform that people call so."""
    plain = re.sub(r"[ .\-]", "", word.strip().lower())
    return PLATFORM_BY_NAME.get(plain) or PLATFORM_BY_WORD.get(plain) or PLATFORM_BY_WORD.get(word.strip().lower())
