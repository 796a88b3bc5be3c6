"""How texts name a platform, and a name before it: the expressions for it.

A platform is named by its words in any script, with endings of languages that decline names (`в телегу`,
`telegramie`); names in disguise are in platform_disguises.py, what stands between a
platform and the name behind it in platform_joins.py.
"""

from __future__ import annotations

import re
from functools import lru_cache

from minerva.identifiers.characters import is_normal
from minerva.identifiers.platform_joins import NAME, OF_ONE, PICTURE
from minerva.identifiers.platforms import HEARTS, ORDINARY_HALVES, PLATFORMS
from minerva.identifiers.reading import Reading

_LETTERS = re.compile(r"[^\W\d_]+")


def _words_by_key() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for word in dict.fromkeys(word for platform in PLATFORMS for word in (*platform.words, *platform.signed)):
        if word.isascii():
            first, _, second = word.partition(" ")
            cut = second in ORDINARY_HALVES and len(first) >= 3 and not first.startswith("th")
            longest = first if cut else max(_LETTERS.findall(word), key=len)
            for key in {longest, word.replace(" ", "")}:
                found[key] = (*found.get(key, ()), word)
    return found


WORDS_BY_KEY = _words_by_key()
KEYS = frozenset(WORDS_BY_KEY)
"""A word of letters out of each name of a platform: a text without any of them names none in plain ASCII letters."""
OTHER = tuple(dict.fromkeys(word for platform in PLATFORMS for word in platform.words if not word.isascii()))
_NORMAL = tuple(word for word in OTHER if is_normal(word.encode("utf-8")))
"""Those of OTHER that a text in Latin and Cyrillic letters (`Reading.normal`) can hold, as it has no other letters."""


def _by_root(words: tuple[str, ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Words with those that hold them: a text without the first holds none of the others."""
    roots = [word for word in words if not any(other in word for other in words if other != word)]
    of_root: dict[str, list[str]] = {root: [] for root in roots}
    for word in words:
        of_root[next(root for root in roots if root in word)].append(word)
    return tuple((root, tuple(found)) for root, found in of_root.items())


_OTHER_BY_ROOT, _NORMAL_BY_ROOT = _by_root(OTHER), _by_root(_NORMAL)

_WHOLE_NAME = rf"(?=(?P<name>{NAME}))(?P=name)"
"""A name that is not tried again with fewer letters: what may follow begins with none of its signs."""
_DECLINED = r"[а-яё]{0,3}"
CYRILLIC = re.compile(r"[а-яёіїєґ]+")
_HAN = re.compile(r"[\u4e00-\u9fff]{2,}")
_SIGN_WITHIN = r"(?:[^\x00-\x7f\w\s]{0,2}| )"
_ON = (
    r"(?: {1,2}(?:(?:over )?on|at|in|en|em|auf|bei|sur|su|pe|op|na|(?P<no>no)|w|på|via|у|в)(?: my| mi)?"
    r"| {1,2}[\-/\u00b7] ?| {0,2}[(\[] ?)"
)


_PICTURE = rf"(?:{PICTURE} )?"
"""One before the word: `jen_4u on \U0001f3ae Discord`."""
_UNSPACED = r"\u0e00-\u0e7f\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af"
"""Letters of scripts without blanks between words: Thai, Japanese, Chinese; and Korean, whose particles follow on."""
_ONE_UNSPACED = f"(?-i:[{_UNSPACED}])"
"""None of them has a second case, and `re` takes milliseconds to look for one in each pattern of a word."""
_BEFORE = r"(?<![\w@.])"
_BEFORE_IN_UNSPACED = rf"(?:{_BEFORE}|(?<={_ONE_UNSPACED})|(?<={_ONE_UNSPACED}\.))"
_BEHIND = r"(?!\w)"
_BEHIND_IN_UNSPACED = rf"(?![a-zA-Z0-9_])(?!(?!{_ONE_UNSPACED})[^\W\d_])"
_BESIDE = re.compile(rf"[{_UNSPACED}][a-z]|[a-z][{_UNSPACED}]")
_ASCII_WORD = re.compile(r"[a-z]+")


_OWN = (
    rf"(?: ?(?:[,\-–—(=]|<-+) ?| (?=is|es|è|é|ist|est|c'est|to))(?:(?:that'?s|it'?s|is|es|è|é|ist|est|c'est|to) )?"
    rf"(?:(?:the|il|o) )?(?:{OF_ONE}|our) "
)
_OWN_ENDS = (
    r"(?: (?:user ?name|name|handle|id|acc(?:oun)?t|user|@))?[)\]]?"
    r"(?=\s*(?:$|[.,;!?)&/|\n])| (?:and|or|y|e|if|for)\b)"
)


def _called(word: str) -> str:
    """The expression for a platform's word, without endings."""
    if _HAN.fullmatch(word) is not None:
        called = _SIGN_WITHIN.join(word)
    else:
        called = re.escape(word).replace(r"\ ", r"[ .\-]?")
    return f"(?:{called}|{word[0]} ?[{HEARTS}])" if word in _HEARTED_WORDS else called


def _behind_name(word: str) -> str:
    declined = _DECLINED if CYRILLIC.fullmatch(word) is not None else ""
    return rf" ?{_PICTURE}(?P<word>{_called(word)}{declined})(?![\w])[)\]]?"


@lru_cache(maxsize=2048)
def word_pattern(word: str, unspaced: bool) -> re.Pattern[str]:
    """The pattern for the word, with what ends it.

    `unspaced`: whether letters of a script without blanks may touch the word.
    """
    before, behind = "", ""
    if word.isascii():
        before = _BEFORE_IN_UNSPACED if unspaced else _BEFORE
        behind = rf"(?:'[a-z]{{1,4}}|-ul(?= me))?{_BEHIND_IN_UNSPACED if unspaced else _BEHIND}"
    elif CYRILLIC.fullmatch(word) is not None:
        before, behind = r"(?<![^\W\d_])", _DECLINED if len(word) > 3 else ""
    elif _HAN.fullmatch(word) is None and word[0].isascii():
        before = _BEFORE_IN_UNSPACED
    return re.compile(rf"{before}(?P<word>{_called(word)}){behind}", re.IGNORECASE)


@lru_cache(maxsize=1024)
def signed_name_pattern(word: str) -> re.Pattern[str]:
    """The pattern for a name with @ before the word; it takes long to compile, and few texts ask for it."""
    return re.compile(rf"@(?<![\w.@]@){_WHOLE_NAME}(?:{_ON}| {{1,2}}){_behind_name(word)}", re.IGNORECASE)


@lru_cache(maxsize=1024)
def bare_name_pattern(word: str) -> re.Pattern[str]:
    """The pattern for a name without @ before the word; it takes long to compile, and few texts ask for it."""
    return re.compile(rf"(?<![\w.@/]){_WHOLE_NAME}(?:,? (?:same|also|both))?{_ON}{_behind_name(word)}", re.IGNORECASE)


@lru_cache(maxsize=1024)
def own_pattern(word: str) -> re.Pattern[str]:
    """The pattern for a name that is told as one's own on a platform: `jen_4u, that's my snap`."""
    called = re.escape(word).replace(r"\ ", r"[ .\-]?")
    return re.compile(rf"@?(?<![\w.@/])(?<![\w.@/]@){_WHOLE_NAME}{_OWN}(?P<word>{called}){_OWN_ENDS}", re.IGNORECASE)


def _find_words(reading: Reading) -> frozenset[str]:
    if reading.normal or _BESIDE.search(reading.folded) is None:
        return reading.words
    return reading.words | frozenset(_ASCII_WORD.findall(reading.folded))


def words_in(reading: Reading) -> frozenset[str]:
    """The words of a text, those in ASCII letters also where letters of a script without blanks touch them."""
    return reading.once(_find_words)


_SIGNED_HAN = re.compile(r"(?<=[\u4e00-\u9fff])(?:[^\x00-\x7f\w\s]{1,2}| )(?=[\u4e00-\u9fff])")


_HEARTED_WORDS = frozenset(["v信", "微信", "威信", "薇信"])
"""Names of WeChat whose second syllable is also written as a heart, which sounds the same (`v❤`)."""
_HEART = re.compile(f"[{HEARTS}]")
_HEARTED = re.compile(rf"[{HEARTS}](?:(?<=[v微威薇].)|(?<=[v微威薇] .))")


def _named(by_root: tuple[tuple[str, tuple[str, ...]], ...], lowered: str) -> tuple[str, ...]:
    return tuple([word for root, words in by_root if root in lowered for word in words if word in lowered])


def _find_others(reading: Reading) -> tuple[str, ...]:
    if reading.text.isascii():
        return ()
    lowered = reading.lowered
    if reading.normal:
        return _named(_NORMAL_BY_ROOT, lowered)
    if _SIGNED_HAN.search(lowered) is not None:
        lowered += _SIGNED_HAN.sub("", lowered)
    if _HEART.search(lowered) is not None:
        lowered += _HEARTED.sub("信", lowered).replace(" 信", "信")
    return _named(_OTHER_BY_ROOT, lowered)


def others_in(reading: Reading) -> tuple[str, ...]:
    """The words of platforms beyond ASCII that a text holds, signs and blanks between Chinese letters left out
    (`微❤信`, `微 信`)."""
    return reading.once(_find_others)
