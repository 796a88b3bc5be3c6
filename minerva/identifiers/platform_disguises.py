"""Names of platforms in disguise: digits and signs for letters (`1nsta gr@m`), letters hidden (`sk*pe`), accents that
they do not have (`telegrán`)."""

from __future__ import annotations

import re
from functools import lru_cache

from minerva.identifiers.platform_names import CYRILLIC
from minerva.identifiers.platforms import PLATFORMS
from minerva.identifiers.reading import Reading

LEET = {"i": "i1!l", "a": "a@4", "s": "s$5", "o": "o0", "e": "e3€", "t": "t7", "g": "g9", "l": "l1", "b": "b8"}
"""The signs written for a letter, itself first."""
_ALIKE = {
    "i": "\u0456\u03b9", "a": "\u0430\u03b1", "s": "\u0455", "o": "\u043e\u03bf", "e": "\u0435", "t": "\u0442\u03c4",
    "c": "\u0441", "p": "\u0440", "k": "\u043a\u03ba", "m": "\u043c", "r": "\u0433",
}  # fmt: skip
"""Letters of other scripts written for one."""
_AS_LATIN = {ord(alike): letter for letter, others in _ALIKE.items() for alike in others}
_DISGUISED = ("insta gram", "tele gram", "snap chat", "face book", "only fans", "tik tok", "discord", "insta", "snap")


def _disguised(name: str, alike: dict[str, str]) -> str:
    return "".join(
        r"[ .\-_]?" if char == " " else f"[{re.escape(LEET.get(char, char) + alike.get(char, ''))}]" for char in name
    )


_LEET_NAME, _LEET_NAME_BEYOND_ASCII = (
    re.compile(
        rf"(?<![\w@.])(?:{'|'.join(f'({_disguised(name, alike)})' for name in _DISGUISED)})(?![\w@$])", re.IGNORECASE
    )
    for alike in ({}, _ALIKE)
)
_PLAIN = re.compile(r"[A-Za-z .\-_]+")
_UNDISGUISED = bytes.maketrans(b"@1!4$503789ABCDEFGHIJKLMNOPQRSTUVWXYZ", b"aiiassoetbgabcdefghijklmnopqrstuvwxyz")


_MASKED = re.compile(r"(?<![^\W_])[a-z]+(?:[*•]{1,3}[a-z]+){1,3}(?![\w*•])", re.IGNORECASE)
_OFTEN_MASKED = frozenset(
    word for platform in PLATFORMS for word in platform.words if word.isascii() and word.isalpha() and len(word) >= 5
) | {"snap", "kik"}  # fmt: skip
"""Words of platforms long enough to be known with a letter hidden."""


@lru_cache(maxsize=1024)
def _unmasked(written: str) -> str | None:
    """The word of one platform that a word with stars for letters, or with stars put in, can only be."""
    without = re.sub(r"[*•]", "", written)
    if without in _OFTEN_MASKED:
        return without
    shape = re.compile(re.sub(r"[*•]", "[a-z]", written))
    found = [word for word in _OFTEN_MASKED if len(word) == len(written) and shape.fullmatch(word) is not None]
    meant = {platform.name for platform in PLATFORMS if any(word in platform.words for word in found)}
    return min(found) if len(meant) == 1 else None


def _masked(text: str) -> tuple[tuple[int, int, str], ...]:
    found = [(match.start(), match.end(), _unmasked(match.group().lower())) for match in _MASKED.finditer(text)]
    return tuple([(start, end, word) for start, end, word in found if word is not None])


_CYRILLIC_LEET = {
    "а": "аa@4", "е": "еe3", "и": "иu1", "л": "л", "г": "г", "м": "мm", "н": "нhn", "о": "оo0", "п": "п", "р": "рp",
    "с": "сc$5", "т": "тt7", "ч": "ч4", "у": "уy",
}  # fmt: skip
_CYRILLIC_DISGUISED = {
    "инстаграм": "instagram", "инста": "instagram", "инсте": "instagram", "инсту": "instagram", "телеграм": "telegram",
    "телега": "telegram", "телеге": "telegram", "телегу": "telegram",
    "снапчат": "snapchat",
}  # fmt: skip
_CYRILLIC_LEET_NAME = re.compile(
    r"(?<![\w@.])(?:"
    + "|".join("(" + "".join(f"[{_CYRILLIC_LEET[char]}]" for char in name) + ")" for name in _CYRILLIC_DISGUISED)
    + r")м?(?![\w@$])",
    re.IGNORECASE,
)


def _disguised_in_cyrillic(text: str) -> tuple[tuple[int, int, str], ...]:
    meant = list(_CYRILLIC_DISGUISED.values())
    return tuple(
        (match.start(), match.end(), meant[(match.lastindex or 1) - 1])
        for match in _CYRILLIC_LEET_NAME.finditer(text)
        if CYRILLIC.fullmatch(match.group().lower()) is None and not match.group().isascii()
    )


def _find_disguised(reading: Reading) -> tuple[tuple[int, int, str], ...]:
    text = reading.text
    masked = _masked(text) if "*" in text or "•" in text else ()
    if not text.isascii() and not _OFTEN_MASKED.isdisjoint(reading.words):
        masked += _accented(reading)
    lowered = reading.lowered
    if not text.isascii() and ("н" in lowered or "г" in lowered or "п" in lowered or "ст" in lowered):
        masked += _disguised_in_cyrillic(text)
    # What each name of _DISGUISED holds when its signs are read as letters, 1 as i. `in` is slower on bytes.
    read = text if text.isascii() else text.translate(_AS_LATIN)
    read = read.encode("latin-1", "replace").translate(_UNDISGUISED).decode("latin-1")
    if (
        "snap" in read or "gram" in read or "insta" in read or "face" in read or "fans" in read or "tik" in read
        or "disc" in read
    ):  # fmt: skip
        masked += _leet(_LEET_NAME if text.isascii() else _LEET_NAME_BEYOND_ASCII, _DISGUISED, text)
    return masked


def _leet(pattern: re.Pattern[str], names: tuple[str, ...], text: str) -> tuple[tuple[int, int, str], ...]:
    return tuple(
        (match.start(), match.end(), names[(match.lastindex or 1) - 1].replace(" ", ""))
        for match in pattern.finditer(text)
        if _PLAIN.fullmatch(match.group()) is None
    )


def _accented(reading: Reading) -> tuple[tuple[int, int, str], ...]:
    """Names with accents that they do not have (`telegrán`, `instagrám`)."""
    text, folded = reading.text, reading.folded
    found = []
    for key in _OFTEN_MASKED & reading.words - _WITH_OTHER_ACCENTS:
        start = folded.find(key)
        while start >= 0:
            end = start + len(key)
            alone = not folded[start - 1 : start].isalnum() and not folded[end : end + 1].isalnum()
            if alone and not text[start:end].isascii():
                found.append((start, end, key))
            start = folded.find(key, end)
    return tuple(found)


_WITH_OTHER_ACCENTS = frozenset(["cameo", "session", "signal", "inst", "twitt"])
"""Names that are words of other languages with an accent."""


def disguised_in(reading: Reading) -> tuple[tuple[int, int, str], ...]:
    """(start, end, word) of platforms whose name holds digits or signs for letters (`1nsta gr@m`, `sk*pe`)."""
    return reading.once(_find_disguised)
