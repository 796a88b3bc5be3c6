"""Usernames with their platform: profile URLs and sharing links; those told in words are read in username_words.py."""

from __future__ import annotations

import re
from collections.abc import Iterator

from minerva.identifiers import hosts
from minerva.identifiers.errors import InvalidIdentifier
from minerva.identifiers.evidence import Evidence
from minerva.identifiers.kind import Example, Kind
from minerva.identifiers.platform_joins import NAME
from minerva.identifiers.platforms import (
    PLATFORM_BY_NAME,
    PLATFORM_BY_SUBDOMAIN,
    PLATFORMS_BY_HOST,
    Platform,
    platform_called,
)
from minerva.identifiers.reading import Reading
from minerva.identifiers.shape import has_long_token
from minerva.identifiers.told import Told
from minerva.identifiers.url import web_matches
from minerva.identifiers.username_again import may_name_again, told_again
from minerva.identifiers.username_around import goes_on_in_letters
from minerva.identifiers.username_shared import SHARED, same_behind
from minerva.identifiers.username_words import names_a_platform, told_in

_NAME = re.compile(NAME)
_PROFILE = re.compile(r"(?:h(?:tt|xx)ps?://)?(?P<host>[a-z0-9.\-]{4,60})/(?P<path>\S{1,200})", re.IGNORECASE)
_WORD = re.compile(r"\S{1,200}")
_CODE = re.compile(r"(?<![A-Za-z0-9])05[0-9a-f]{64}(?![A-Za-z0-9])", re.IGNORECASE)
"""A Session ID: a fixed byte and a public key of Curve25519 (Session protocol description)."""


class Username(Kind):
    """`<platform>/<name>`, in lower case unless capitals count there. A name without a platform is not emitted."""

    NAME = "username"
    TITLE = "Username on a platform"
    STRONG = True

    @classmethod
    def normalize(cls, value: str, *, region: str | None = None, qualifier: str = "", city: str | None = None) -> str:
        text = hosts.refang(Reading(value).text.strip())
        profile = _PROFILE.fullmatch(text)
        host = _profile_host(profile.group("host")) if profile is not None else None
        if profile is not None and host is not None:
            found = _from_profile(host, profile.group("path"))
            if found is None:
                raise InvalidIdentifier(cls.NAME, "the address names no profile")
            return f"{found[0].name}/{found[1]}"
        word, _, name = ("", "", text) if qualifier else text.partition("/")
        known = platform_called(qualifier or word)
        if known is None:
            reading = Reading(text)
            for told in told_again(reading, _told, [*_told(reading)]) if not qualifier else ():
                if (told.start, told.end) == (0, len(text)):
                    return told.value
            raise InvalidIdentifier(cls.NAME, "expected <platform>/<name> with a known platform")
        plain = known.plain(name.strip().lstrip("@"))
        if not known.rule.fullmatch(plain):
            raise InvalidIdentifier(cls.NAME, f"not a name that {known.title} allows")
        return f"{known.name}/{plain}"

    @classmethod
    def format(cls, value: str) -> str:
        platform, _, name = value.partition("/")
        return f"{platform}/@{name}"

    @classmethod
    def may_hold(cls, reading: Reading) -> bool:
        return _may_link(reading) or names_a_platform(reading) or has_long_token(reading) or may_name_again(reading)

    @classmethod
    def extract(cls, reading: Reading, *, region: str | None = None, field: str = "text") -> Iterator[Evidence]:
        found = told_again(reading, _told, [*_told(reading)])
        end_of_last = 0
        ends: dict[str, int] = {}
        for told in sorted(found, key=lambda each: (each.start, -each.confidence, -each.end)):
            # One name for several platforms has the span of all, in which names of others may stand.
            if told.method != SHARED and told.start < end_of_last:
                continue
            # Two ways may find the same: `insta & tiktok: jen_4u`, where `tik tok` is a name too.
            if told.start < ends.get(told.value, 0):
                continue
            ends[told.value] = told.end
            if told.method != SHARED:
                end_of_last = max(end_of_last, told.end)
            others = (told.shorter,) if told.shorter else ()
            yield cls.seen(reading, (told.start, told.end), told.value, field, told.method, told.confidence, others)

    @classmethod
    def examples(cls) -> tuple[Example, ...]:
        return (
            Example("https://www.instagram.com/Jen_4u/?hl=en", "https://www.instagram.com/Jen_4u", "instagram/jen_4u"),
            Example("ig: jen_4u", "ig: jen_4u", "instagram/jen_4u"),
            Example("my Telegram - jen4uuu.", "Telegram - jen4uuu", "telegram/jen4uuu"),
            Example("@jen_4u on insta", "@jen_4u on insta", "instagram/jen_4u"),
            Example("add snap jen4u", "snap jen4u", "snapchat/jen4u"),
            Example("snap: jen 4 u call", "snap: jen 4 u", "snapchat/jen4u"),
            Example("s n a p : j e n 4 u", "s n a p : j e n 4 u", "snapchat/jen4u"),
            Example("tele gram: jen4uuu", "tele gram: jen4uuu", "telegram/jen4uuu"),
            Example("t.me/+AbCdEf12345678", "t.me/+AbCdEf12345678", "telegram_group/AbCdEf12345678"),
            Example("wa.me/message/ABCDEFGH23456", "wa.me/message/ABCDEFGH23456", "whatsapp/ABCDEFGH23456"),
        )


def _told(reading: Reading) -> Iterator[Told]:
    """What a text tells as it stands; what overlaps is left to the caller."""
    profiles = [*_profiles(reading)]
    yield from profiles
    if profiles and not _SAME.isdisjoint(reading.words):
        yield from _same_as_profiles(reading.text, profiles)
    if names_a_platform(reading):
        yield from told_in(reading)
    if has_long_token(reading):
        for match in _CODE.finditer(reading.text):
            yield Told(match.start(), match.end(), f"session/{match.group().lower()}", "code", 0.85)


_SAME = frozenset(["same", "mismo"])


def _same_as_profiles(text: str, profiles: list[Told]) -> Iterator[Told]:
    """The names of profiles on platforms of which the text says that they are the same."""
    for told in profiles:
        platform, _, name = told.value.partition("/")
        yield from same_behind(text, name, PLATFORM_BY_NAME[platform], told.start, told.end)


def _may_link(reading: Reading) -> bool:
    """Whether a link to a profile can stand in a text."""
    if not reading.has_dot:
        return False
    return "/" in reading.text or any(host in reading.lowered for host in PLATFORM_BY_SUBDOMAIN)


def _profile_host(host: str) -> str | None:
    """The listed host that a written one is without `www.`, `m.` or a country (`uk.`); None if it is no platform's."""
    small = host.lower()
    country = small[:3] if small[2:3] == "." else "www."
    for lead in ("", "www.", "m.", "mobile.", country):
        if small.startswith(lead) and small[len(lead) :] in PLATFORMS_BY_HOST:
            return small[len(lead) :]
    return None


def _from_profile(host: str, path: str) -> tuple[Platform, str, int] | None:
    """The platform, the name and the characters of the path up to its end; None where the path is no profile."""
    for platform in PLATFORMS_BY_HOST[host]:
        lead = re.match(rf"(?:{platform.path})" if platform.path else "@?", path, re.IGNORECASE)
        if lead is None:
            continue
        if platform.whole:
            whole = platform.rule.match(path.lower(), lead.end())
            if whole is not None:
                return platform, whole.group(), whole.end()
            continue
        name = _NAME.match(path, lead.end())
        if name is None:
            continue
        if _is_cut(path, name.end()):
            return None
        plain = platform.plain(name.group().rstrip(".-"))
        if not platform.is_page(plain, lead.end() > 0) and platform.rule.fullmatch(plain):
            return platform, plain, lead.end() + len(plain)
    return None


_CUT = re.compile(
    r"%[89A-Fa-f][0-9A-Fa-f]|['\u2019](?!s(?![^\W_]))[^\W_]|[*~$][*~$.]{0,8}[^\W_]|[(\[][^\s()\[\]]{0,40}[)\]]|\*{3}"
)
"""What goes on with a name that no platform allows so: a letter as a code, a sign or a bracket within it."""


def _is_cut(path: str, end: int) -> bool:
    """Whether a name that ends there goes on in letters or signs that platforms write otherwise, so that it is cut."""
    return _CUT.match(path, end) is not None or goes_on_in_letters(path, end)


def _opens_for_good(text: str, end: int) -> bool:
    """Whether a bracket stands there, never closed, with letters behind it: `peter-m(ller` has a broken letter."""
    shut = _SHUT.get(text[end : end + 1])
    return shut is not None and text[end + 1 : end + 2].isalnum() and shut not in text[end : end + _ASIDE]


_SHUT = {"(": ")", "[": "]", "{": "}"}
_ASIDE = 200


def _profiles(reading: Reading) -> Iterator[Told]:
    if not _may_link(reading):
        return
    for match, written, _ in web_matches(reading):
        name, _, parent = written.partition(".")
        platform = PLATFORM_BY_SUBDOMAIN.get(parent)
        end = match.start("host") + len(written)
        # A host in other letters than names have is given as the domain name system writes it, which is longer.
        is_name = name not in ("www", "m") and reading.text[match.start("host") : end].lower() == written
        if platform is not None and is_name and not platform.is_page(name) and platform.rule.fullmatch(name):
            yield Told(match.start(), end, f"{platform.name}/{name}", "profile_url", 0.95)
            continue
        path = match.group("path")
        host = _profile_host(written) if path is not None and len(path) > 1 else None
        # The word goes on where a web address ends: `peter-o'neil`.
        word = _WORD.match(reading.text, match.start("path") + 1) if host is not None else None
        found = _from_profile(host, word.group()) if host is not None and word is not None else None
        if found is not None:
            end = match.start("path") + 1 + found[2]
            if _opens_for_good(reading.text, end):
                continue
            yield Told(match.start(), end, f"{found[0].name}/{found[1]}", "profile_url", 0.97)
