"""Usernames told in words: which ways of telling them a text may hold, each way asked where it may.

Read here are links said in words, handles, federated names, and platforms spelled (`s n a p : j e n 4 u`) or cut by
hyphens; names beside a platform's plain word (`ig: name`, `@name on insta`) in username_beside.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from minerva.identifiers import hosts, username_asked, username_phrases, username_there
from minerva.identifiers.platform_disguises import disguised_in
from minerva.identifiers.platform_joins import NAME, after_word, says_at, spelled_name
from minerva.identifiers.platform_names import KEYS, WORDS_BY_KEY, others_in, words_in
from minerva.identifiers.platforms import PLATFORM_BY_WORD, PLATFORMS
from minerva.identifiers.reading import Reading
from minerva.identifiers.said_links import BEHIND_LINK, SLASHES, bare, last_letters, may_hold_link, said_links
from minerva.identifiers.shape import shape_of
from minerva.identifiers.told import Told, words_of
from minerva.identifiers.username_around import has_mark, is_ordinary
from minerva.identifiers.username_beside import in_letters, in_other_letters, read_behind
from minerva.identifiers.username_emoji import behind_emoji, has_emoji
from minerva.identifiers.username_one_word import apart
from minerva.identifiers.username_pieces import NEXT_LETTER, spoken, unspelled
from minerva.identifiers.username_shared import shared_behind
from minerva.identifiers.username_verdicts import STOP, clean, is_marked, is_told, may_be

_SPELLED = frozenset(word for word in PLATFORM_BY_WORD if word.isascii() and word.isalpha() and len(word) >= 3) - {
    "line", "tele", "disc", "qq", "tox",
}  # fmt: skip
_SPELLED_TEXT = re.compile(rf"(?<![\w@.])[A-Za-z0-9_](?:[ .\-*][A-Za-z0-9_]){{2}}{NEXT_LETTER}{{0,40}}(?![A-Za-z0-9_])")
_SCHEMES = {scheme: platform for platform in PLATFORMS for scheme in platform.schemes}
_SCHEME = re.compile(
    rf"(?<![\w.])(?P<scheme>{'|'.join(map(re.escape, _SCHEMES))})@?(?P<name>[A-Za-z0-9_][A-Za-z0-9_.:\-]{{1,60}})",
    re.IGNORECASE,
)
_REDDIT = re.compile(r"(?<![\w/.])/?[uU]/(?P<name>[A-Za-z0-9_\-]{3,20})(?![\w/])")
_FEDERATED = re.compile(r"(?<![\w.@/])@(?P<name>[A-Za-z0-9_]{1,30})@(?P<host>[A-Za-z0-9.\-]{4,60})")
_FEDERATED_HOSTS = re.compile(r"mastodon|mstdn|social|fosstodon")
_FEDIVERSE = frozenset(["mastodon", "fediverse", "pixelfed", "lemmy", "pleroma", "misskey"])


_PHRASE_KEYS = frozenset(key for key in KEYS if len(key) > 1 or key == "k") - {
    "in", "of", "just", "link", "rest", "ask", "nt", "tr",
}  # fmt: skip
"""Keys of platforms that a phrase apart from their word can be about: no platforms that people chat on have the rest,
but two letters with a blank between (`s c`)."""
KEYS_AND_SLASHES = KEYS | SLASHES
"""A text without any of these words names no platform and no slash in plain ASCII letters."""


def names_a_platform(reading: Reading) -> bool:
    """Whether a platform is named: by a word, in another script, or letter by letter."""
    words = reading.words if reading.normal else words_in(reading)
    if not KEYS_AND_SLASHES.isdisjoint(words) or spells(reading):
        return True
    text = reading.text
    if "u/" in text or "://" in text or " /" in text or "/ " in text or text.count("@") > 1 or hyphens(reading):
        return True
    if disguised_in(reading):
        return True
    return not text.isascii() and (others_in(reading) != () or has_emoji(text))


def spells(reading: Reading) -> bool:
    """Whether three letters stand by themselves in a row."""
    return b" x x x " in shape_of(reading)


def hyphens(reading: Reading) -> bool:
    """Whether a word is cut by two hyphens or more."""
    return "-" in reading.text and _TWO_HYPHENS.search(reading.text) is not None


_TWO_HYPHENS = re.compile(r"[A-Za-z]-[A-Za-z]{1,6}-[A-Za-z]")
_HYPHENED = re.compile(r"(?<![\w@.\-])(?P<cut>[A-Za-z]{1,6}(?:-[A-Za-z]{1,6}){2,6})(?: [A-Za-z]{1,3})?(?![\w\-])")


def _hyphened(text: str, said_at: bool) -> Iterator[Told]:
    """Platforms whose name is cut by hyphens, with the name behind them: `te-le-gr am: jen_4u`."""
    for match in _HYPHENED.finditer(text):
        for part, end in ((match.group(), match.end()), (match.group("cut"), match.end("cut"))):
            word = part.replace("-", "").replace(" ", "").lower()
            platform = PLATFORM_BY_WORD.get(word) if word in _SPELLED else None
            behind = after_word(said_at).match(text, end) if platform is not None else None
            if platform is None or behind is None:
                continue
            name = clean(platform, behind.group("name"))
            told = platform.rule.fullmatch(name) and len(name) >= 3 and name.lower() not in STOP
            if told and is_told(platform, word, behind.group("join").lower(), name, behind, match.start()):
                end = behind.start("name") + len(name)
                yield Told(match.start(), end, f"{platform.name}/{name}", "spelled", 0.75)
                break


def keys_in(reading: Reading) -> frozenset[str]:
    """The keys of the platforms that may be named in ASCII letters, and of the slashes that may be said."""
    return KEYS_AND_SLASHES & words_in(reading)


def told_in(reading: Reading) -> Iterator[Told]:
    """Usernames told in words; what overlaps is left to the caller."""
    text = words_of(reading)
    keys = keys_in(reading)
    for key in sorted(keys):
        for word in WORDS_BY_KEY.get(key, ()):
            yield from in_letters(reading, word)
    for word in others_in(reading):
        yield from in_other_letters(reading, word)
    for start, end, word in disguised_in(reading):
        behind = after_word(says_at(reading)).match(text, end)
        if behind is not None:
            yield from read_behind(text, start, word, PLATFORM_BY_WORD[word], behind, says_at(reading))
    if has_emoji(text):
        yield from behind_emoji(text)
    if not _PHRASE_KEYS.isdisjoint(keys) or others_in(reading):
        yield from _in_phrases(reading, text)
    yield from username_phrases.in_phrases(reading)
    if spells(reading):
        yield from _spelled(text, says_at(reading))
    if hyphens(reading):
        yield from _hyphened(text, says_at(reading))
    if may_hold_link(text, keys):
        yield from _said_profiles(reading)
    if ":" in text:
        for match in _SCHEME.finditer(text):
            platform = _SCHEMES.get(match.group("scheme").lower())
            if platform is None:
                # Where case is ignored a pattern takes `\u017fkype` for `skype`.
                continue
            name = platform.plain(match.group("name").rstrip(".-:"))
            if platform.rule.fullmatch(name):
                end = match.start("name") + len(name)
                yield Told(match.start(), end, f"{platform.name}/{name}", "profile_url", 0.95)
    if "u/" in text or ("U/" in text and "reddit" in reading.words):
        for match in _REDDIT.finditer(text):
            if "reddit" in reading.words or ("u/" in match.group() and is_marked(match.group("name"))):
                yield Told(*match.span(), f"reddit/{match.group('name').lower()}", "platform_path", 0.85)
    if text.count("@") > 1:
        for match in _FEDERATED.finditer(text):
            host = match.group("host").lower().rstrip(".-")
            if hosts.is_host(host) and host not in hosts.MAIL_PROVIDERS:
                named = _FEDERATED_HOSTS.search(host) is not None or not _FEDIVERSE.isdisjoint(reading.words)
                name, end = f"{match.group('name').lower()}@{host}", match.start("host") + len(host)
                yield Told(match.start(), end, f"mastodon/{name}", "federated", 0.9 if named else 0.6)


def _in_phrases(reading: Reading, text: str) -> Iterator[Told]:
    """Names that a phrase tells apart from a platform's word."""
    words = reading.words
    if not _HANDLES.isdisjoint(words):
        yield from _handles(text, text, _HANDLE_ON)
    if username_asked.may_ask(words):
        yield from _handles(text, reading.folded, username_asked.found_as())
    if not username_there.HANDLES.isdisjoint(words):
        yield from username_there.called(text)
    if not username_there.KEYS.isdisjoint(words):
        yield from username_there.there(reading)


_HANDLES = frozenset(["handle", "username", "nickname", "nick", "usuario", "pseudo"])
_HANDLE_ON = re.compile(
    rf"(?<![\w])(?:handle|user ?name|nick(?:name)?|usuario|pseudo)(?: (?:is|es|est))?(?: ?[:=\-])? ?@?(?P<name>{NAME})"
    r"(?: ?[,(;]| -)? (?:it'?s )?(?:the )?(?:same |also |both )?(?:on|en|sur|at) (?P<word>[^\W\d_][^\W_]{1,12})(?!\w)",
    re.IGNORECASE,
)


def _handles(text: str, searched: str, pattern: re.Pattern[str]) -> Iterator[Told]:
    """A name told as such, with its platforms behind it: `my handle is jenny, same on ig and tg`.

    `searched`: the text as the pattern reads it.
    """
    for match in pattern.finditer(searched):
        platform = PLATFORM_BY_WORD.get(match.group("word").lower())
        name = clean(platform, text[match.start("name") : match.end("name")]) if platform is not None else ""
        told = platform is not None and may_be(platform, name) and not is_ordinary(name)
        if platform is not None and told and match.group("word").lower() not in platform.signed:
            confidence = 0.75 if pattern is _HANDLE_ON or has_mark(name) else 0.6
            yield Told(match.start(), match.end(), f"{platform.name}/{name}", "name_on_platform", confidence)
            yield from shared_behind(text, name, platform, match.start(), match.end())


_PATHS = {
    f"{host}/{path}": (host, platform)
    for platform in PLATFORMS
    if not (platform.exact or platform.whole)
    for host in platform.hosts
    for path in ("", *re.findall(r"(?<![^(|:])[a-z]{1,12}/", platform.path))
    if path or "@" in platform.path or re.fullmatch(platform.path, "") is not None
}
"""What stands before the names of profiles, as `linkedin.com/in/`."""
_BY_LETTERS = {
    **bare(_PATHS), "teeme": "t.me/", "teame": "t.me/", "тме": "t.me/", "инстаграмком": "instagram.com/",
    "вкком": "vk.com/",
}  # fmt: skip
_LASTS = last_letters(_PATHS) | {"ме", "ом"}
_BEHIND_LINK = re.compile(rf"{BEHIND_LINK}(?P<name>{NAME})", re.IGNORECASE)


def _said_profiles(reading: Reading) -> Iterator[Told]:
    """Profiles whose link is said in words: `t.me slash jen4u`, `instagram com barra jen punto spa`."""
    text = reading.text
    for link in said_links(reading, _BY_LETTERS, _LASTS):
        behind = _BEHIND_LINK.match(text, link.end)
        if behind is None:
            continue
        _, platform = _PATHS[link.host]
        name = clean(platform, behind.group("name"))
        end = behind.start("name") + len(name)
        whole = apart(text, behind.start("name"), end)
        said = spoken(text, end) if whole is None else None
        if whole is not None:
            name, end = platform.plain(whole[0]), whole[1]
        elif said is not None:
            name, end = platform.plain(name + said[0]), said[1]
        told = link.is_sure or whole is not None or is_marked(name)
        if told and platform.rule.fullmatch(name) and not platform.is_page(name) and name not in STOP:
            yield Told(link.start, end, f"{platform.name}/{name}", "spoken_name", 0.85)


_BEHIND_SPELLED = re.compile(rf" ?/ ?@?(?P<name>[A-Za-z0-9_]{NEXT_LETTER}{{2,40}}(?![A-Za-z0-9_])|{NAME})")
"""A name behind a host that is spelled letter by letter."""


def _spelled(text: str, said_at: bool) -> Iterator[Told]:
    """Platforms spelled letter by letter, with the name behind them."""
    for match in _SPELLED_TEXT.finditer(text):
        chars = unspelled(match.group()).lower()
        link = _BEHIND_SPELLED.match(text, match.end()) if "." in chars else None
        address = f"{chars.rpartition('www.')[2]}/"
        if link is not None and address in _PATHS:
            its = _PATHS[address][1]
            name = its.plain(unspelled(link.group("name")).rstrip(".-"))
            if its.rule.fullmatch(name) and not its.is_page(name):
                yield Told(match.start(), link.end(), f"{its.name}/{name}", "spelled", 0.75)
            continue
        for size in range(min(9, len(chars)), 2, -1):
            platform = PLATFORM_BY_WORD.get(chars[:size]) if chars[:size] in _SPELLED else None
            if platform is None:
                continue
            rest = chars[size:]
            end = match.end()
            if rest and text[end : end + 2].strip() == "@":
                # The mailbox of an address: `x e n i a @ m a i l`.
                break
            if not rest:
                behind = spelled_name(said_at).match(text, end) or after_word(said_at).match(text, end)
                if behind is None:
                    break
                spelled = " " in behind.group("name")
                rest = unspelled(behind.group("name")) if spelled else behind.group("name").rstrip(".-")
                end = behind.end() if spelled else behind.start("name") + len(rest)
            name = platform.plain(rest)
            if len(name) >= 3 and platform.rule.fullmatch(name) and name.lower() not in STOP:
                yield Told(match.start(), end, f"{platform.name}/{name}", "spelled", 0.75)
            break
