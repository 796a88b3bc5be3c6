"""Usernames told in words: `ig: name`, `snap jen_4u`, `@name on insta`, `s n a p : j e n 4 u`, `snap: jen 4 u`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from minerva.identifiers import hosts, platform_places
from minerva.identifiers.platform_names import (
    AFTER_WORD,
    ARROWS,
    JOIN,
    KEYS,
    NAME,
    REMARK,
    UNDER_FIRST,
    UNDER_NAME,
    WORDS_BY_KEY,
    disguised_in,
    others_in,
    own_pattern,
    patterns,
    words_in,
)
from minerva.identifiers.platforms import (
    PLATFORM_BY_WORD,
    PLATFORM_HOSTS,
    PLATFORMS,
    PLATFORMS_BY_HOST,
    Platform,
    platform_called,
)
from minerva.identifiers.reading import Reading
from minerva.identifiers.shape import shape_of
from minerva.identifiers.told import Told
from minerva.identifiers.username_bare import is_bare_name
from minerva.identifiers.username_emoji import behind_emoji, has_emoji
from minerva.identifiers.username_pieces import CUT, apart, spoken, stretched, together
from minerva.identifiers.username_shared import same_behind, second_name, shared_before, shared_behind
from minerva.identifiers.username_verdicts import (
    ASKED,
    STOP,
    clean,
    ends_clause,
    has_mark,
    is_full_name,
    is_marked,
    is_one_word,
    is_ordinary,
    is_slang,
    is_sure,
    is_told,
    may_be,
)

_SPELLED = frozenset(word for word in PLATFORM_BY_WORD if word.isascii() and word.isalpha() and len(word) >= 3) - {
    "line", "tele", "disc", "qq", "tox",
}  # fmt: skip
_NEXT = r"(?:(?: [._] |[ .\-*])[A-Za-z0-9_])"
"""What stands between letters apart, with a dot or an underscore of the name itself, and the next letter."""
_SPELLED_TEXT = re.compile(rf"(?<![\w@.])[A-Za-z0-9_](?:[ .\-*][A-Za-z0-9_]){{2}}{_NEXT}{{0,40}}(?![A-Za-z0-9_])")
_SPELLED_NAME = re.compile(rf"{JOIN}(?P<name>[A-Za-z0-9_]{_NEXT}{{2,40}}(?![A-Za-z0-9_]))", re.IGNORECASE)
_BETWEEN = re.compile(r"(?<=[A-Za-z0-9_])[ .\-*](?=[A-Za-z0-9_])")
_TAG = re.compile(r"#[0-9]{4}(?![0-9])")
_SLASH = re.compile(
    rf"(?<![\w.@/])(?P<host>(?:(?:insta|tele|snap|face|tik|only) )?[a-z0-9]{{1,30}}"
    rf"(?:(?:\.| \. ?| dot )[a-z]{{2,12}}){{1,2}})"
    rf"(?: (?:forward )?(?:slash|barra) | / ?|/ )@?(?P<name>{NAME})",
    re.IGNORECASE,
)
_SCHEMES = {scheme: platform for platform in PLATFORMS for scheme in platform.schemes}
_SCHEME = re.compile(
    rf"(?<![\w.])(?P<scheme>{'|'.join(map(re.escape, _SCHEMES))})@?(?P<name>[A-Za-z0-9_][A-Za-z0-9_.:\-]{{1,60}})",
    re.IGNORECASE,
)
_REDDIT = re.compile(r"(?<![\w/.])/?u/(?P<name>[A-Za-z0-9_\-]{3,20})(?![\w/])")
_FEDERATED = re.compile(r"(?<![\w.@/])@(?P<name>[A-Za-z0-9_]{1,30})@(?P<host>[A-Za-z0-9.\-]{4,60})")
_FEDERATED_HOSTS = re.compile(r"mastodon|mstdn|social|fosstodon")
_FEDIVERSE = frozenset(["mastodon", "fediverse", "pixelfed", "lemmy", "pleroma", "misskey"])
_LIVE = re.compile(r":[A-Za-z0-9_.:\-]{3,40}")


def names_a_platform(reading: Reading) -> bool:
    """Whether a platform is named: by a word, in another script, or letter by letter."""
    words = reading.words if reading.normal else words_in(reading)
    if not KEYS.isdisjoint(words) or spells(reading) or not _SLASHES.isdisjoint(words):
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


def _hyphened(text: str) -> Iterator[Told]:
    """Platforms whose name is cut by hyphens, with the name behind them: `te-le-gr am: jen_4u`."""
    for match in _HYPHENED.finditer(text):
        for part, end in ((match.group(), match.end()), (match.group("cut"), match.end("cut"))):
            word = part.replace("-", "").replace(" ", "").lower()
            platform = PLATFORM_BY_WORD.get(word) if word in _SPELLED else None
            behind = AFTER_WORD.match(text, end) if platform is not None else None
            if platform is None or behind is None:
                continue
            name = clean(platform, behind.group("name"))
            told = platform.rule.fullmatch(name) and len(name) >= 3 and name.lower() not in STOP
            if told and is_told(platform, word, behind.group("join").lower(), name, behind, match.start()):
                end = behind.start("name") + len(name)
                yield Told(match.start(), end, f"{platform.name}/{name}", "spelled", 0.75)
                break


def keys_in(reading: Reading) -> frozenset[str]:
    """The keys of the platforms that may be named in ASCII letters."""
    return KEYS & words_in(reading)


def told_in(reading: Reading) -> Iterator[Told]:
    """Usernames told in words; what overlaps is left to the caller."""
    text = reading.text
    for key in keys_in(reading):
        for word in WORDS_BY_KEY[key]:
            yield from _in_letters(reading, word)
    for word in others_in(reading):
        platform = PLATFORM_BY_WORD[word.replace(" ", "")]
        for match in patterns(word, False)[0].finditer(text):
            yield from _read(text, match, platform, "platform_word")
    for start, end, word in disguised_in(reading):
        behind = AFTER_WORD.match(text, end)
        if behind is not None:
            yield from _read_behind(text, start, word, PLATFORM_BY_WORD[word], behind)
    if has_emoji(text):
        yield from behind_emoji(text)
    if not _HANDLES.isdisjoint(reading.words):
        yield from _handles(text, _HANDLE_ON)
    if not (_AS.isdisjoint(reading.words) or _ASKS.isdisjoint(reading.words)):
        yield from _handles(text, _FOUND_AS)
    if spells(reading):
        yield from _spelled(text)
    if hyphens(reading):
        yield from _hyphened(text)
    if "/ " in text or " /" in text or not _SLASHES.isdisjoint(reading.words):
        for match in _SLASH.finditer(text):
            yield from _said_profile(match)
    if ":" in text:
        for match in _SCHEME.finditer(text):
            platform = _SCHEMES[match.group("scheme").lower()]
            name = platform.plain(match.group("name").rstrip(".-:"))
            if platform.rule.fullmatch(name):
                end = match.start("name") + len(name)
                yield Told(match.start(), end, f"{platform.name}/{name}", "profile_url", 0.95)
    if "u/" in text:
        for match in _REDDIT.finditer(text):
            if is_marked(match.group("name")) or "reddit" in reading.words:
                yield Told(*match.span(), f"reddit/{match.group('name').lower()}", "platform_path", 0.85)
    if text.count("@") > 1:
        for match in _FEDERATED.finditer(text):
            host = match.group("host").lower().rstrip(".-")
            if hosts.is_host(host) and host not in hosts.MAIL_PROVIDERS:
                named = _FEDERATED_HOSTS.search(host) is not None or not _FEDIVERSE.isdisjoint(reading.words)
                name, end = f"{match.group('name').lower()}@{host}", match.start("host") + len(host)
                yield Told(match.start(), end, f"mastodon/{name}", "federated", 0.9 if named else 0.6)


def _in_letters(reading: Reading, word: str) -> Iterator[Told]:
    """Usernames beside a platform's word in ASCII letters."""
    text = reading.text
    places = platform_places.places(reading, word)
    if places is None:
        return
    platform = PLATFORM_BY_WORD[word.replace(" ", "")]
    word_first, name_first, bare_first = patterns(word, not reading.normal)
    match = platform_places.next_match(word_first, text, places.starts, 0)
    while match is not None:
        found = [*_read_behind(text, match.start(), match.group("word"), platform, match)]
        yield from found
        # "viber or signal: signal username x": what is no name may be a platform again.
        position = match.end() if found else match.start("name")
        match = platform_places.next_match(word_first, text, places.starts, position)
    for match in name_first.finditer(text) if "@" in text else ():
        yield from _read(text, match, platform, "name_on_platform")
    for match in bare_first.finditer(text) if places.may_follow else ():
        if is_marked(match.group("name")) or _is_alone(platform, match):
            yield from _read(text, match, platform, "bare_name_on_platform")
    for match in own_pattern(word).finditer(text) if places.may_be_own else ():
        if match.group().startswith("@") or is_marked(match.group("name")) or _is_alone(platform, match):
            yield from _read(text, match, platform, "bare_name_on_platform")


def _is_alone(platform: Platform, match: re.Match[str]) -> bool:
    """Whether a word of no language and a platform stand alone: `goblinvendor on discord`."""
    return is_bare_name(platform.name, match.group("name"), match.string, *match.span())


def _read(text: str, match: re.Match[str], platform: Platform, method: str) -> Iterator[Told]:
    if method == "platform_word":
        yield from _read_behind(text, match.start(), match.group("word"), platform, match)
        return
    name = clean(platform, match.group("name"))
    sure = method == "name_on_platform"
    word = match.group("word")
    is_named = word.lower() not in platform.signed or (sure and word.isupper()) or is_slang(word)
    if not is_named or not may_be(platform, name):
        return
    confidence = 0.92 if sure else 0.65 if has_mark(name) else 0.6
    yield Told(match.start(), match.end(), f"{platform.name}/{name}", "name_on_platform", confidence)
    if sure:
        yield from shared_behind(text, name, platform, match.start(), match.end())
        yield from same_behind(text, name, platform, match.start(), match.end())


def _read_behind(
    text: str, start: int, word: str, platform: Platform, behind: re.Match[str], remark: bool = True
) -> Iterator[Told]:
    """The name behind a platform's word at `start`; `behind` holds the words between and the name.

    `remark`: whether words in brackets may stand between.
    """
    cut = CUT.fullmatch(behind.group("name").rstrip(".-"))
    if cut is not None and sum(char.isalpha() for char in cut.group()) >= 4:
        name = platform.plain(cut.group()[::2])
        if may_be(platform, name):
            yield Told(start, behind.start("name") + len(cut.group()), f"{platform.name}/{name}", "spelled", 0.75)
        return
    if len(behind.group("name")) == 1:
        yield from _read_spelled(text, platform, start, behind.start("join"))
        return
    if behind.group("name").lower() in UNDER_FIRST:
        under = UNDER_NAME.match(text, behind.start("name"))
        found = [*_read_behind(text, start, word, platform, under, remark=False)] if under is not None else []
        if found:
            yield from found
            return
    join = behind.group("join").lower()
    name, end, said = _name_of(text, platform, behind)
    whole = name + said[0] if said is not None else name
    told = (
        may_be(platform, whole)
        and whole.lower() not in PLATFORM_HOSTS
        and "://" not in join
        and not (join.strip() == "/" and text[start - 1 : start] == "/")
        and is_told(platform, word, join, name + ("_" if said is not None else ""), behind, start)
        and not is_full_name(platform, text, behind.start("name"), end)
    )
    if not told:
        between = REMARK.match(text, behind.start("join")) if remark and word.lower() not in platform.signed else None
        again = AFTER_WORD.match(text, between.end()) if between is not None else None
        if between is None or again is None:
            return
        bare = again.group("name").rstrip(".-")
        whole_name = together(text, again.start("name"), between.group())
        if whole_name is not None and may_be(platform, platform.plain(whole_name[0])):
            value = f"{platform.name}/{platform.plain(whole_name[0])}"
            yield Told(start, whole_name[1], value, "spaced_name", 0.75)
            return
        if between.group("one"):
            end = again.start("name") + len(bare)
            if not again.group("join").strip(" :=-@") and may_be(platform, bare) and is_one_word(bare, text, end):
                yield Told(start, end, f"{platform.name}/{platform.plain(bare)}", "platform_word", 0.75)
            return
        if not is_sure(again.group("join")) or _names_another(between.group("words") or ""):
            return
        if (between.group("words") or "").strip().lower() in _OFFICES and "@" not in again.group("join"):
            return
        looks_so = is_marked(bare) if between.group("words") else has_mark(bare)
        if not between.group("best") or (looks_so and ends_clause(text, again.start("name") + len(bare))):
            yield from _read_behind(text, start, word, platform, again, remark=False)
        return
    if text[end : end + 1] in ("@", "/") or (text[end : end + 1] == "." and text[end + 1 : end + 2].isalnum()):
        return
    sure = is_sure(join)
    value = f"{platform.name}/{name}"
    if join[-1:] in ("(", "[") and text[end : end + 1] in (")", "]"):
        end += 1
    if said is not None:
        if platform.rule.fullmatch(platform.plain(name + said[0])):
            yield Told(start, said[1], value + platform.plain(said[0]), "spoken_name", 0.8, value)
            return
        if not may_be(platform, name) or not is_told(platform, word, join, name, behind, start):
            return
    whole_name = apart(text, behind.start("name"), end) if sure else None
    if whole_name is not None and platform.rule.fullmatch(platform.plain(whole_name[0])):
        yield Told(start, whole_name[1], f"{platform.name}/{platform.plain(whole_name[0])}", "spaced_name", 0.8, value)
        return
    longer = stretched(text, end) if sure else None
    if longer is not None:
        longer_name = clean(platform, name + longer[0])
        if platform.rule.fullmatch(longer_name):
            yield Told(start, longer[1], f"{platform.name}/{longer_name}", "spaced_name", 0.7, value)
            return
    confidence = 0.92 if sure else 0.75
    if (sure and name.isalpha() and len(word) < 4 and join.strip() == ":") or not (sure or has_mark(name)):
        # "TG: trigger" is told like "TG: jenny": a word without a sign of a name behind a short one.
        confidence = 0.6
    elif word.lower() == "face" or (word.lower() in platform.signed and join == " "):
        # "Face: jen.marlow", "TT jen_4u": a word of all prose, two letters of many things.
        confidence = 0.6
    yield Told(start, end, value, "platform_word", confidence)
    if has_mark(name):
        yield from second_name(text, name, platform, end)
    yield from shared_before(text, name, platform, start, end)
    yield from same_behind(text, name, platform, start, end)


_OFFICES = frozenset(["group", "channel", "support", "manager", "admin", "hr", "sales", "desk", "team"])
"""Behind these a colon may begin what an office says: `discord hr: reply_within_24h`."""
_PAYING = frozenset(["venmo", "paypal", "cashapp", "zelle", "revolut", "chime", "tag", "email", "mail"])


def _names_another(words: str) -> bool:
    """Whether one of the words between a platform and a name is what the name is on."""
    return any(word in _PAYING or platform_called(word) is not None for word in words.lower().split())


def _name_of(text: str, platform: Platform, behind: re.Match[str]) -> tuple[str, int, tuple[str, int] | None]:
    """(name, its end, what goes on in words) with what single platforms allow in a name."""
    name = clean(platform, behind.group("name"))
    end = behind.start("name") + len(name)
    live = _LIVE.match(text, end) if name == "live" and platform.name == "skype" else None
    tag = _TAG.match(text, end) if platform.name == "discord" else None
    if live is not None:
        name, end = clean(platform, name + live.group()), live.end()
    elif tag is not None:
        name, end = name + tag.group(), tag.end()
    return name, end, spoken(text, end)


_HANDLES = frozenset(["handle", "username", "nickname", "nick", "usuario", "pseudo"])
_HANDLE_ON = re.compile(
    rf"(?<![\w])(?:handle|user ?name|nick(?:name)?|usuario|pseudo)(?: (?:is|es|est))?(?: ?[:=\-])? ?@?(?P<name>{NAME})"
    r"(?: ?[,(;]| -)? (?:it'?s )?(?:the )?(?:same |also |both )?(?:on|en|sur|at) (?P<word>[^\W\d_][^\W_]{1,12})(?!\w)",
    re.IGNORECASE,
)


_AS = frozenset(["as", "under", "by", "como", "bajo", "comme", "sous", "als", "unter", "come", "sob"])
_ASKS = frozenset(
    ["find", "add", "follow", "look", "search", "hit", "reach", "message", "moi", "mich", "buscame", "encuentrame",
     "agregame", "sigueme", "cercami", "trovami", "aggiungimi", "seguimi", "trovi", "acha", "encontra", "segue",
     "adiciona"]
)  # fmt: skip
"""A word of each way of ASKED."""
_FOUND_AS = re.compile(
    rf"(?<!\w){ASKED} (?:{'|'.join(sorted(_AS))}) @?(?P<name>{NAME}),?"
    r" (?:on|at|en|sur|auf|bei|su|no|in|em) (?:my )?(?P<word>[^\W\d_][^\W_]{1,12})(?!\w)",
    re.IGNORECASE,
)
"""`find me as jenny on snap`"""


def _handles(text: str, pattern: re.Pattern[str]) -> Iterator[Told]:
    """A name told as such, with its platforms behind it: `my handle is jenny, same on ig and tg`."""
    for match in pattern.finditer(text):
        platform = PLATFORM_BY_WORD.get(match.group("word").lower())
        name = clean(platform, match.group("name")) if platform is not None else ""
        told = platform is not None and may_be(platform, name) and not is_ordinary(name)
        if platform is not None and told and match.group("word").lower() not in platform.signed:
            confidence = 0.75 if pattern is _HANDLE_ON or has_mark(name) else 0.6
            yield Told(match.start(), match.end(), f"{platform.name}/{name}", "name_on_platform", confidence)
            yield from shared_behind(text, name, platform, match.start(), match.end())


def _unspelled(chain: str) -> str:
    """The letters that stand apart, with the dots and underscores that have blanks around."""
    return _BETWEEN.sub("", chain).replace(" ", "")


def _read_spelled(text: str, platform: Platform, start: int, end_of_word: int) -> Iterator[Told]:
    """A name spelled letter by letter behind a platform's word."""
    behind = _SPELLED_NAME.match(text, end_of_word)
    if behind is None or not (any(sign in behind.group("join") for sign in "@:=-" + ARROWS) or behind.group("link")):
        return
    name = platform.plain(_unspelled(behind.group("name")))
    if len(name) >= (5 if behind.group("link") else 3) and platform.rule.fullmatch(name) and name.lower() not in STOP:
        yield Told(start, behind.end(), f"{platform.name}/{name}", "spelled", 0.75)


def _said_profile(match: re.Match[str]) -> Iterator[Told]:
    """A profile link whose dots or slash are said in words: `t.me slash jen4u`."""
    host = match.group("host").lower().replace(" dot ", ".").replace(" ", "")
    host = _SPOKEN_HOSTS.get(host, host)
    for platform in PLATFORMS_BY_HOST.get(host, ()):
        name = clean(platform, match.group("name"))
        if not platform.exact and platform.rule.fullmatch(name) and name not in platform.skip:
            end = match.start("name") + len(name)
            yield Told(match.start(), end, f"{platform.name}/{name}", "spoken_name", 0.85)
            return


_SPOKEN_HOSTS = {"tee.me": "t.me", "tea.me": "t.me"}
_SLASHES = frozenset(["slash", "barra"])


def _spelled(text: str) -> Iterator[Told]:
    """Platforms spelled letter by letter, with the name behind them."""
    for match in _SPELLED_TEXT.finditer(text):
        chars = _unspelled(match.group()).lower()
        for size in range(min(9, len(chars)), 2, -1):
            platform = PLATFORM_BY_WORD.get(chars[:size]) if chars[:size] in _SPELLED else None
            if platform is None:
                continue
            rest = chars[size:]
            end = match.end()
            if not rest:
                behind = _SPELLED_NAME.match(text, end) or AFTER_WORD.match(text, end)
                if behind is None:
                    break
                spelled = " " in behind.group("name")
                rest = _unspelled(behind.group("name")) if spelled else behind.group("name").rstrip(".-")
                end = behind.end() if spelled else behind.start("name") + len(rest)
            name = platform.plain(rest)
            if len(name) >= 3 and platform.rule.fullmatch(name) and name.lower() not in STOP:
                yield Told(match.start(), end, f"{platform.name}/{name}", "spelled", 0.75)
            break
