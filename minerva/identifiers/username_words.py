"""Usernames told in words: `ig: name`, `snap jen_4u`, `@name on insta`, `s n a p : j e n 4 u`, `snap: jen 4 u`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from minerva.identifiers import hosts
from minerva.identifiers.platforms import PLATFORM_BY_NAME, PLATFORM_BY_WORD, PLATFORMS, PLATFORMS_BY_HOST, Platform
from minerva.identifiers.reading import Reading
from minerva.identifiers.shape import shape_of

NAME = r"[A-Za-z0-9_][A-Za-z0-9_.\-]{0,78}"
_BLANKS = re.compile(r"[ .\-_*]")
_LETTERS = re.compile(r"[^\W\d_]+")


class Told(NamedTuple):
    """A username told in `text[start:end]`; `shorter` is the name without what stands apart from it, or empty."""

    start: int
    end: int
    value: str
    method: str
    confidence: float
    shorter: str = ""


def _words_by_key() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for word in dict.fromkeys(word for platform in PLATFORMS for word in (*platform.words, *platform.signed)):
        if word.isascii():
            for key in {max(_LETTERS.findall(word), key=len), word.replace(" ", "")}:
                found[key] = (*found.get(key, ()), word)
    return found


_BY_KEY = _words_by_key()
KEYS = frozenset(_BY_KEY)
"""A word of letters out of each name of a platform: a text without any of them names none in ASCII letters."""
_OTHER = tuple(dict.fromkeys(word for platform in PLATFORMS for word in platform.words if not word.isascii()))
_SPELLED = frozenset(word for word in PLATFORM_BY_WORD if word.isascii() and word.isalpha() and len(word) >= 3) - {
    "line", "tele", "disc", "qq", "tox",
}  # fmt: skip
_JOIN = (
    r"(?P<join>(?:, (?=user|name|nick|handle|id\b))? ?"
    r"(?:(?:user ?name|handle|id|name|nick|acct|account|me|user|usuario|pseudo|tag)(?![A-Za-z0-9_])|ник|号|アカウント"
    r"|아이디|ไอดี|帳號|账号|帐号|號)? ?"
    r"(?:is|are|es|ist|est)? ?(?:[=:|~/;>\-]|[^\x00-\x7f\w\s]){0,5} ?[@(\[]{0,2}@? ?)"
)
_AFTER_WORD = re.compile(rf"{_JOIN}(?P<name>{NAME})", re.IGNORECASE)
_CHAIN = r"[A-Za-z0-9_](?:[ .\-*][A-Za-z0-9_]){2,30}(?![A-Za-z0-9_])"
_SPELLED_TEXT = re.compile(rf"(?<![\w@.]){_CHAIN}")
_SPELLED_NAME = re.compile(rf"{_JOIN}(?P<name>{_CHAIN})", re.IGNORECASE)
_PIECE = re.compile(r"(?P<blank>[ ])(?P<piece>[A-Za-z]{1,2}|[0-9]{1,4}|_)(?![A-Za-z0-9_])")
_PIECES = frozenset("bcdefghjklmnopqrstuvwxyz") | {"xo", "ox", "xx", "oo", "uu", "_"}
_SPOKEN = re.compile(
    r"(?P<sign> (?:under ?score|guion bajo|guión bajo|dot|punto|point|ponto|dash|hyphen|guion) )"
    r"(?P<part>[A-Za-z0-9]{1,40})"
)
_UNDERSCORES = ("under", "guion bajo", "guión bajo")
_DASHES = ("dash", "hyphen", "guion")
_TAG = re.compile(r"#[0-9]{4}(?![0-9])")
_ARROWS = "→➡➜➔⇒»👉☞⟶"
_SLASH = re.compile(
    rf"(?<![\w.@/])(?P<host>[a-z0-9]{{1,30}}(?:(?:\.| \. ?| dot )[a-z]{{2,12}}){{1,2}})"
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
_LIVE = re.compile(r":[A-Za-z0-9_.:\-]{3,40}")
_AND = r" ?(?:[/&+,|]|and|or|y|e|et|und|и) ?"
_BEFORE_IT = re.compile(rf"(?<![\w@.])(?P<word>[^\W\d_][^\W_]{{1,12}}){_AND}$", re.IGNORECASE)
_BEHIND_IT = re.compile(rf"{_AND}(?P<word>[^\W\d_][^\W_]{{1,12}})(?![\w])", re.IGNORECASE)
_DECADE = re.compile(r"(?:19|20)?[0-9]0s")
_STOP = frozenset(
    [
        "a", "about", "add", "after", "all", "also", "always", "am", "an", "and", "any", "are", "ask", "at",
        "available", "back", "be", "best", "both", "but", "by", "call", "can", "chat", "check", "contact", "dm",
        "direct", "do", "email", "follow", "followers", "for", "free", "from", "get", "girl", "give", "go",
        "good", "has", "have", "here", "hit", "hmu", "how", "i", "id", "if", "in", "inbox", "info", "is", "it",
        "just", "live", "link", "listed", "me", "message", "mp", "msg", "my", "name", "new", "no", "not", "now",
        "of", "on", "only", "or", "out", "page", "photos", "pics", "please", "pls", "post", "profile", "real",
        "see", "send", "text", "than", "that", "the", "then", "there", "this", "to", "too", "us", "use", "user",
        "username", "video", "videos", "vip", "want", "we", "what", "when", "whatsapp", "where", "who", "will",
        "with", "work", "works", "yes", "you", "your", "yours", "handle", "account", "app", "below", "above",
        "privado", "solo", "mi", "por", "para", "con", "es", "el", "la", "los", "las", "de", "un", "una", "y",
        "o", "si", "en", "bajo", "pic", "number", "group", "groups", "channel", "fans", "telegram", "instagram",
        "snapchat", "facebook", "twitter", "kik", "onlyfans", "tiktok", "insta", "snap", "ig", "fb", "tg",
        "skype", "discord", "line", "wechat", "signal", "viber", "http", "https", "www", "24hr", "24hrs", "24-7",
        "none", "n-a", "deleted", "private", "public", "verified", "coming", "soon", "same", "usuario", "premium",
    ]
)  # fmt: skip


def platform_called(word: str) -> Platform | None:
    """The platform that people call so."""
    plain = re.sub(r"[ .\-]", "", word.strip().lower())
    return PLATFORM_BY_NAME.get(plain) or PLATFORM_BY_WORD.get(plain) or PLATFORM_BY_WORD.get(word.strip().lower())


def names_a_platform(reading: Reading) -> bool:
    """Whether a platform is named: by a word, in another script, or letter by letter."""
    if not KEYS.isdisjoint(reading.words) or spells(reading) or not _SLASHES.isdisjoint(reading.words):
        return True
    text = reading.text
    if "u/" in text or "://" in text or " /" in text or "/ " in text or text.count("@") > 1 or hyphens(reading):
        return True
    return not text.isascii() and any(word in reading.lowered for word in _OTHER)


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
            behind = _AFTER_WORD.match(text, end) if platform is not None else None
            if platform is None or behind is None:
                continue
            name = _clean(platform, behind.group("name"))
            told = platform.rule.fullmatch(name) and len(name) >= 3 and name.lower() not in _STOP
            if told and _is_told(platform, word, behind.group("join").lower(), name):
                end = behind.start("name") + len(name)
                yield Told(match.start(), end, f"{platform.name}/{name}", "spelled", 0.75)
                break


def keys_in(reading: Reading) -> frozenset[str]:
    """The keys of the platforms that may be named in ASCII letters."""
    return KEYS & reading.words


def told_in(reading: Reading) -> Iterator[Told]:
    """Usernames told in words; what overlaps is left to the caller."""
    text = reading.text
    for key in keys_in(reading):
        for word in _BY_KEY[key]:
            word_first, name_first, bare_first = _patterns(word)
            for match in word_first.finditer(text):
                yield from _read(text, match, "platform_word")
            for pattern, sure in ((name_first, True), (bare_first, False)):
                for match in pattern.finditer(text):
                    if sure or _is_marked(match.group("name")):
                        yield from _read(text, match, "name_on_platform" if sure else "bare_name_on_platform")
    if not text.isascii():
        for word in _OTHER:
            if word in reading.lowered:
                for match in _patterns(word)[0].finditer(text):
                    yield from _read(text, match, "platform_word")
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
            if _is_marked(match.group("name")) or "reddit" in reading.words:
                yield Told(*match.span(), f"reddit/{match.group('name').lower()}", "platform_path", 0.85)
    if text.count("@") > 1:
        for match in _FEDERATED.finditer(text):
            host = match.group("host").lower().rstrip(".-")
            if _FEDERATED_HOSTS.search(host) is not None and hosts.is_host(host):
                name = f"{match.group('name').lower()}@{host}"
                yield Told(match.start(), match.start("host") + len(host), f"mastodon/{name}", "federated", 0.9)


@lru_cache(maxsize=2048)
def _patterns(word: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Patterns for the word before a name, a name with @ before it, and a name without."""
    called = re.escape(word).replace(r"\ ", r"[ .\-]?")
    before, behind = (r"(?<![\w@.])", r"(?![a-zA-Z0-9_])") if word.isascii() else ("", "")
    on = r"(?: {1,2}(?:on|at|in|en|em|auf|sur|su|via|у|в)(?: my| mi)?| {1,2}[\-/] ?| {0,2}[(\[] ?)"
    named = rf"{on} ?(?P<word>{called})(?![\w])[)\]]?"
    return (
        re.compile(rf"{before}(?P<word>{called}){behind}{_JOIN}(?P<name>{NAME})", re.IGNORECASE),
        re.compile(rf"(?<![\w.@])@(?P<name>{NAME})(?:{on}| {{1,2}}) ?(?P<word>{called})(?![\w])[)\]]?", re.IGNORECASE),
        re.compile(rf"(?<![\w.@/])(?P<name>{NAME}){named}", re.IGNORECASE),
    )


def _clean(platform: Platform, name: str) -> str:
    return platform.plain(name.rstrip(".-"))


def _is_marked(name: str) -> bool:
    """Whether a name without a sign before it looks like a username: letters with digits or an underscore."""
    letters = sum(char.isalpha() for char in name)
    return letters >= 3 and ("_" in name.strip("_") or letters < len(name.strip("._-"))) and len(name) >= 5


def _read(text: str, match: re.Match[str], method: str) -> Iterator[Told]:
    platform = platform_called(match.group("word"))
    if platform is None:
        return
    if method == "platform_word" and len(match.group("name")) == 1:
        yield from _read_spelled(text, platform, match)
        return
    name = _clean(platform, match.group("name"))
    end = match.start("name") + len(name)
    live = _LIVE.match(text, end) if name == "live" and platform.name == "skype" else None
    if live is not None:
        name, end = _clean(platform, name + live.group()), live.end()
    if not platform.rule.fullmatch(name) or name.lower() in _STOP or len(name) < 3 or _DECADE.fullmatch(name):
        return
    if method != "platform_word":
        sure = method == "name_on_platform"
        if match.group("word").lower() in platform.signed and not (sure and match.group("word").isupper()):
            return
        yield Told(match.start(), match.end(), f"{platform.name}/{name}", "name_on_platform", 0.92 if sure else 0.65)
        behind = _BEHIND_IT.match(text, match.end())
        if sure and behind is not None:
            yield from _shared(behind.group("word"), name, platform, match.start(), behind.end())
        return
    join = match.group("join").lower()
    if "://" in join:
        return
    tag = _TAG.match(text, end) if platform.name == "discord" else None
    if tag is not None:
        name, end = name + tag.group(), tag.end()
    said = _spoken(text, end)
    if join.strip() == "/" and text[match.start() - 1 : match.start()] == "/":
        return
    if not _is_told(platform, match.group("word"), join, name + ("_" if said is not None else "")):
        return
    if text[end : end + 1] in ("@", "/") or (text[end : end + 1] == "." and text[end + 1 : end + 2].isalnum()):
        return
    sure = any(sign in join for sign in "@:=>" + _ARROWS)
    value = f"{platform.name}/{name}"
    if join[-1:] in ("(", "[") and text[end : end + 1] in (")", "]"):
        end += 1
    if said is not None and platform.rule.fullmatch(platform.plain(name + said[0])):
        yield Told(match.start(), said[1], value + platform.plain(said[0]), "spoken_name", 0.8, value)
        return
    longer = _stretched(text, end) if sure else None
    if longer is not None:
        whole = _clean(platform, name + longer[0])
        if platform.rule.fullmatch(whole):
            yield Told(match.start(), longer[1], f"{platform.name}/{whole}", "spaced_name", 0.7, value)
            return
    confidence = 0.92 if sure else 0.75
    if sure and name.isalpha() and len(match.group("word")) < 4 and join.strip() == ":":
        # "TG: trigger" is told like "TG: jenny": a word without a sign of a name behind a short one.
        confidence = 0.6
    yield Told(match.start(), end, value, method, confidence)
    before = _BEFORE_IT.search(text, max(0, match.start() - 20), match.start())
    if before is not None:
        yield from _shared(before.group("word"), name, platform, before.start(), end)


def _shared(word: str, name: str, first: Platform, start: int, end: int) -> Iterator[Told]:
    """The same name on a second platform: `ig/snap: jen_4u`."""
    other = platform_called(word)
    if other is not None and other is not first and word.lower() not in other.signed and other.rule.fullmatch(name):
        yield Told(start, end, f"{other.name}/{name}", SHARED, 0.75)


SHARED = "shared_name"
"""The one way of telling a name whose span overlaps the span of another."""


def _is_told(platform: Platform, word: str, join: str, name: str) -> bool:
    """Whether the words around a name say that it is one: `snap jen4u` does, `snap judgment` does not."""
    sure = any(sign in join for sign in "@=:>" + _ARROWS)
    if not any(char.isalpha() for char in name):
        # Numbers are names on few platforms; elsewhere a number behind a platform's word is a phone.
        return join != "" and platform.name in ("qq", "icq")
    marked = any(char.isdigit() or char in "_." for char in name)
    if word.lower() in platform.signed:
        said = word.isupper() and " is " in join
        return re.fullmatch(r" ?[:\-]? ?@", join) is not None or ((said or join.strip() == ":") and marked)
    if sure:
        return True
    if not join and word.isascii():
        return False
    if live_name(name):
        return True
    named = re.search(r"\b(?:user ?name|handle|id|account|nick|usuario)\b", join) is not None
    if named and not {"is", "es", "ist", "est"}.isdisjoint(join.split()):
        return True
    return marked


def live_name(name: str) -> bool:
    """Whether a name is one that Skype gave (`live:jen.4u`)."""
    return name.startswith("live:")


def _spoken(text: str, end: int) -> tuple[str, int] | None:
    """(what belongs to a name whose signs are said in words, its end): `jen underscore 4u`."""
    said = ""
    while len(said) < 40:
        match = _SPOKEN.match(text, end)
        if match is None:
            break
        word = match.group("sign").strip().lower()
        said += "_" if word.startswith(_UNDERSCORES) else "-" if word.startswith(_DASHES) else "."
        said += match.group("part")
        end = match.end()
    return (said, end) if said else None


def _read_spelled(text: str, platform: Platform, match: re.Match[str]) -> Iterator[Told]:
    """A name spelled letter by letter behind a platform's word."""
    behind = _SPELLED_NAME.match(text, match.end("word"))
    if behind is None or not any(sign in behind.group("join") for sign in "@:=-" + _ARROWS):
        return
    name = platform.plain(behind.group("name")[::2])
    if len(name) >= 3 and platform.rule.fullmatch(name) and name.lower() not in _STOP:
        yield Told(match.start(), behind.end(), f"{platform.name}/{name}", "spelled", 0.75)


def _said_profile(match: re.Match[str]) -> Iterator[Told]:
    """A profile link whose dots or slash are said in words: `t.me slash jen4u`."""
    host = match.group("host").lower().replace(" dot ", ".").replace(" ", "")
    for platform in PLATFORMS_BY_HOST.get(host, ()):
        name = _clean(platform, match.group("name"))
        if not platform.exact and platform.rule.fullmatch(name) and name not in platform.skip:
            end = match.start("name") + len(name)
            yield Told(match.start(), end, f"{platform.name}/{name}", "spoken_name", 0.85)
            return


_SLASHES = frozenset(["slash", "barra"])


def _stretched(text: str, end: int) -> tuple[str, int] | None:
    """(what belongs to a name that stands in pieces, its end): `jen 4 u`, but not `jen 24 years` or `jen a friend`."""
    pieces: list[str] = []
    position = end
    while len(pieces) < 6:
        match = _PIECE.match(text, position)
        if match is None or (match.group("piece").isalpha() and match.group("piece").lower() not in _PIECES):
            break
        pieces.append(match.group("piece"))
        position = match.end()
    while pieces and len(pieces[-1]) > 2:
        position -= len(pieces.pop()) + 1
    if len(pieces) >= 2 or (pieces and pieces[0].lower() in ("xo", "xx", "xox")):
        return "".join(pieces), position
    return None


def _spelled(text: str) -> Iterator[Told]:
    """Platforms spelled letter by letter, with the name behind them."""
    for match in _SPELLED_TEXT.finditer(text):
        chars = _BLANKS.sub("", match.group()).lower() if "_" not in match.group() else match.group()[::2].lower()
        for size in range(min(9, len(chars)), 2, -1):
            platform = PLATFORM_BY_WORD.get(chars[:size]) if chars[:size] in _SPELLED else None
            if platform is None:
                continue
            rest = chars[size:]
            end = match.end()
            if not rest:
                behind = _SPELLED_NAME.match(text, end) or _AFTER_WORD.match(text, end)
                if behind is None:
                    break
                spelled = " " in behind.group("name")
                rest = behind.group("name")[::2] if spelled else behind.group("name").rstrip(".-")
                end = behind.end() if spelled else behind.start("name") + len(rest)
            name = platform.plain(rest)
            if len(name) >= 3 and platform.rule.fullmatch(name) and name.lower() not in _STOP:
                yield Told(match.start(), end, f"{platform.name}/{name}", "spelled", 0.75)
            break
