"""Usernames with their platform: profile URLs, `ig: name`, `telegram - name`, `snap jen_4u`, `@name on insta`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from minerva.identifiers.errors import InvalidIdentifier
from minerva.identifiers.evidence import Evidence
from minerva.identifiers.kind import Example, Kind
from minerva.identifiers.platforms import (
    PLATFORM_BY_HOST,
    PLATFORM_BY_NAME,
    PLATFORM_BY_WORD,
    PLATFORMS,
    Platform,
)
from minerva.identifiers.reading import Reading

_NAME = r"[A-Za-z0-9_][A-Za-z0-9_.\-]{0,48}"
_HOSTS = "|".join(
    re.escape(host).replace(r"\.", r"(?:\.|\[\.\])") for host in sorted(PLATFORM_BY_HOST, key=len, reverse=True)
)
_PROFILE = re.compile(
    rf"(?<![\w.\-@])(?:h(?:tt|xx)ps?://)?(?:www\.|m\.)?(?P<host>{_HOSTS})/(?P<path>[^\s<>\"'?#]{{1,80}})", re.IGNORECASE
)
PLATFORM_WORDS = frozenset(word for platform in PLATFORMS for word in platform.words)
_WORD_LIST = "|".join(
    re.escape(word).replace(r"\ ", r"[ .\-]?") for word in sorted(PLATFORM_WORDS, key=len, reverse=True)
)
_WORD_PARTS = [frozenset(re.findall(r"[^\W\d_]+", word)) for word in PLATFORM_WORDS]
_SINGLE_WORDS = frozenset(word.replace(" ", "") for word in PLATFORM_WORDS) | {
    word for parts in _WORD_PARTS if len(parts) == 1 for word in parts
}
SPLIT_WORDS = tuple(parts for parts in _WORD_PARTS if len(parts) > 1)
_JOIN = (
    r"(?P<join> ?(?:user ?name|handle|id|name|acct|account|me|user)? ?(?:is|are|=|:|->|=>|[-~|/]|;)? ?[@(\[]{0,2}@? ?)"
)
_WORD_FIRST = re.compile(rf"(?<![\w@.])(?P<word>{_WORD_LIST})(?![a-zA-Z0-9_]){_JOIN}(?P<name>{_NAME})", re.IGNORECASE)
_NAME_FIRST = re.compile(
    rf"(?<![\w.@])@(?P<name>{_NAME}) {{0,2}}(?:(?:on|at|in|en|via)(?: my)? |[(\[\-/] ?)(?P<word>{_WORD_LIST})(?![\w])",
    re.IGNORECASE,
)
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
        "skype", "discord", "line", "wechat", "signal", "viber",
    ]
)  # fmt: skip


class Username(Kind):
    """`<platform>/<name>` in lower case. A name without a platform is not an identifier and is not emitted."""

    NAME = "username"
    TITLE = "Username on a platform"
    STRONG = True

    @classmethod
    def normalize(cls, value: str, *, region: str | None = None, qualifier: str = "", city: str | None = None) -> str:
        text = Reading(value).text.strip()
        profile = _PROFILE.fullmatch(re.split(r"[?#]", text, maxsplit=1)[0])
        if profile is not None:
            platform, found = _from_profile(profile)
            if found is None:
                raise InvalidIdentifier(cls.NAME, "the address names no profile")
            return f"{platform.name}/{found[0]}"
        word, _, name = ("", "", text) if qualifier else text.partition("/")
        known = _platform(qualifier or word)
        if known is None:
            raise InvalidIdentifier(cls.NAME, "expected <platform>/<name> with a known platform")
        plain = name.strip().lstrip("@").lower()
        if not known.rule.fullmatch(plain):
            raise InvalidIdentifier(cls.NAME, f"not a name that {known.title} allows")
        return f"{known.name}/{plain}"

    @classmethod
    def format(cls, value: str) -> str:
        platform, _, name = value.partition("/")
        return f"{platform}/@{name}"

    @classmethod
    def extract(cls, reading: Reading, *, region: str | None = None, field: str = "text") -> Iterator[Evidence]:
        text = reading.text
        found: list[tuple[int, int, str, str, float]] = []
        for match in _PROFILE.finditer(text) if "/" in text and reading.has_dot else ():
            platform, name = _from_profile(match)
            if name is not None:
                end = match.start("path") + name[1]
                found.append((match.start(), end, f"{platform.name}/{name[0]}", "profile_url", 0.97))
        words = reading.words
        told = not _SINGLE_WORDS.isdisjoint(words) or any(parts <= words for parts in SPLIT_WORDS)
        for pattern, method in ((_NAME_FIRST, "name_on_platform"), (_WORD_FIRST, "platform_word")) if told else ():
            found.extend(_read_word(match, method) for match in pattern.finditer(text) if _is_told(match, method))
        end_of_last = 0
        for start, end, value, method, confidence in sorted(found):
            if start < end_of_last or not value:
                continue
            end_of_last = end
            first, last = reading.span(start, end)
            yield Evidence(f"{cls.NAME}:{value}", reading.original[first:last], field, first, last, method, confidence)

    @classmethod
    def examples(cls) -> tuple[Example, ...]:
        return (
            Example("https://www.instagram.com/Jen_4u/?hl=en", "https://www.instagram.com/Jen_4u", "instagram/jen_4u"),
            Example("ig: jen_4u", "ig: jen_4u", "instagram/jen_4u"),
            Example("my Telegram - jen4uuu.", "Telegram - jen4uuu", "telegram/jen4uuu"),
            Example("@jen_4u on insta", "@jen_4u on insta", "instagram/jen_4u"),
            Example("add snap jen4u", "snap jen4u", "snapchat/jen4u"),
        )


def _platform(word: str) -> Platform | None:
    plain = re.sub(r"[ .\-]", "", word.strip().lower())
    return PLATFORM_BY_NAME.get(plain) or PLATFORM_BY_WORD.get(plain)


def _from_profile(match: re.Match[str]) -> tuple[Platform, tuple[str, int] | None]:
    """The platform and (name, characters of the path up to the name's end), or None where the path is no profile."""
    platform = PLATFORM_BY_HOST[match.group("host").lower().replace("[.]", ".")]
    path = match.group("path")
    lead = re.match(rf"(?:{platform.path})" if platform.path else "@?", path, re.IGNORECASE)
    if lead is None:
        return platform, None
    name = re.match(_NAME, path[lead.end() :])
    if name is None:
        return platform, None
    plain = name.group().rstrip(".-").lower()
    if plain in platform.skip or not platform.rule.fullmatch(plain):
        return platform, None
    return platform, (plain, lead.end() + len(plain))


def _clean(name: str) -> str:
    return name.rstrip(".-").lower()


def _is_told(match: re.Match[str], method: str) -> bool:
    """Whether the words around a name say that it is one: `snap jen4u` does, `snap judgment` does not."""
    platform = _platform(match.group("word"))
    name = _clean(match.group("name"))
    if platform is None or not platform.rule.fullmatch(name) or name in _STOP or len(name) < 3:
        return False
    if not any(char.isalpha() for char in name):
        return False
    if method == "name_on_platform":
        return True
    join = match.group("join").lower()
    marked = any(char.isdigit() or char in "_." for char in name)
    if "@" in join or "=" in join or ":" in join or "->" in join:
        return True
    named = re.search(r"\b(?:user ?name|handle|id|account)\b", join) is not None
    if not join:
        return False
    if named and "is" in join.split():
        return True
    return marked


def _read_word(match: re.Match[str], method: str) -> tuple[int, int, str, str, float]:
    platform = _platform(match.group("word"))
    name = _clean(match.group("name"))
    value = f"{platform.name}/{name}" if platform is not None else ""
    confidence = 0.92 if method == "name_on_platform" or re.search(r"[@:=]", match.group("join")) else 0.75
    end = match.end("name") - (len(match.group("name")) - len(name)) if method == "platform_word" else match.end()
    return match.start(), end, value, method, confidence
