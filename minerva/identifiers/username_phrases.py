"""Names that a phrase of some language tells of a platform whose word stands right before it (`En TikTok me encuentras
como ...`, `ラインIDは ...`), and names told of platforms in brackets or of several at once. The phrases are those of
data/platforms.json.

Linear in the text: phrases are looked for once each, and what is read beside one is bounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from minerva.identifiers import lexicon
from minerva.identifiers.characters import folded
from minerva.identifiers.platform_joins import ARROWS, NAME
from minerva.identifiers.platforms import OWN_PHRASES, WEAK_PHRASES, Platform, platform_called
from minerva.identifiers.reading import Reading
from minerva.identifiers.told import Told, words_of
from minerva.identifiers.username_around import STATE_IN_OTHERS, ends_clause, has_mark, is_long, is_ordinary
from minerva.identifiers.username_bare import ENDING, STATE, is_unlisted
from minerva.identifiers.username_verdicts import clean, may_be

_LETTERS = re.compile(r"[^\W\d_]+")
_LEAST = 8
"""Letters of a name without any sign of one behind a phrase."""

_UNSPACED = "\u0e00"
"""From here on scripts stand that are written without blanks."""


def _is_native(phrase: str) -> bool:
    return phrase[-1] >= _UNSPACED


def _by_key() -> dict[str, tuple[frozenset[str], ...]]:
    """Of each phrase with blanks around its words the longest word, with the others."""
    found: dict[str, tuple[frozenset[str], ...]] = {}
    for phrase in (*OWN_PHRASES, *WEAK_PHRASES):
        words = [] if _is_native(phrase) else _LETTERS.findall(folded(phrase))
        if words and not phrase.endswith(":"):
            key = max(words, key=len)
            found[key] = (*found.get(key, ()), frozenset(words) - {key})
    return found


_BY_KEY = _by_key()
_NATIVE_WEAK = frozenset(phrase for phrase in WEAK_PHRASES if _is_native(phrase))
_NATIVE = (*(phrase for phrase in OWN_PHRASES if _is_native(phrase)), *_NATIVE_WEAK)
_HYPHENED = tuple(f"-{phrase}" for phrase in OWN_PHRASES if phrase.endswith(":"))
_SEVERAL, _ADDING = frozenset(["both", "each", "all"]), frozenset(["add", "tambah", "tambahkan"])


def _may_be_told(reading: Reading) -> bool:
    """Whether a text can hold a phrase."""
    words = reading.words
    if any(others <= words for key in _BY_KEY.keys() & words for others in _BY_KEY[key]):
        return True
    text = reading.folded
    if "\u00bb" in text or ("-" in text and any([phrase in text for phrase in _HYPHENED])):  # noqa: C419 -- sooner
        return True
    return not reading.normal and any([phrase in text for phrase in _NATIVE])  # noqa: C419 -- sooner


_OF_WHOM = r"(?:d[aeo]|del|de la|della|du|of the|vom|von der) [^\W\d_]{3,12}(?= ?[:»→])"
"""Whose account it is: `insta do ateliê » jen_4u`."""


@cache
def _phrase() -> re.Pattern[str]:
    """A phrase and the name behind it, in lower case without accents."""
    own, weak = (
        lexicon.branches([folded(phrase) for phrase in phrases if not _is_native(phrase)])
        for phrases in (OWN_PHRASES, WEAK_PHRASES)
    )
    return re.compile(
        rf"(?:(?P<native>{'|'.join(sorted(_NATIVE, key=len, reverse=True))})"
        rf"|(?<![^\W_])(?:(?P<own>{own}|{_OF_WHOM})|(?P<weak>{weak}))(?![^\W_]))\s?(?:[=:>{ARROWS}\-\u2013\u2014]{{1,2}}\s?)?[@\"']?(?P<name>{NAME})"
    )


_BEFORE = re.compile(
    r"(?P<two>[^\W\d_]{2,8} )?(?P<word>[^\W_][\w@$.]{0,13})(?:'(?:ta|te|da|de|i|u))?[,'\s\-\u2013\u2014]{0,3}$"
)
_CASES = ("u", "ie", "e", "\u0435", "\u0443", "\u0430", "i")
"""Endings of a platform's word: `Facebooku`, `\u0422\u0438\u043a\u0422\u043e\u043a\u0435`."""
_LONGEST_NATIVE = 10


def _native_before(text: str, end: int) -> tuple[Platform, int] | None:
    """The same before a phrase of a script without blanks: the word is the end of what stands there."""
    end -= text[end - 1 : end] == " "
    for size in range(min(_LONGEST_NATIVE, end), 1, -1):
        platform = platform_called(text[end - size : end])
        if platform is not None and not text[end - size].isspace():
            return platform, end - size
    return None


def _platform_before(text: str, end: int) -> tuple[Platform, int] | None:
    """The platform whose word ends at `end`, signs aside, and where that word begins."""
    match = _BEFORE.search(text, max(0, end - 26), end)
    if match is None:
        return None
    word, start = match.group("word"), match.start("word")
    tried = [(word, start)]
    if match.group("two"):
        tried.insert(0, (match.group("two") + word, match.start("two")))
    tried += [(word[: -len(case)], start) for case in _CASES if word.lower().endswith(case)]
    for each, begin in tried:
        platform = platform_called(each)
        if platform is not None and each.lower() not in platform.signed:
            return platform, begin
    return None


def _is_of_prose(small: str) -> bool:
    """Whether a word in small letters ends as ordinary words do, or is one."""
    return is_ordinary(small) or any(ends.search(small) for ends in (ENDING, STATE, STATE_IN_OTHERS))


def _is_name(platform: Platform, text: str, match: re.Match[str], least: int, any_case: bool = False) -> bool:
    """Whether a word behind a phrase is a name: one with a sign of names, or a long one in small letters at the end of
    its clause."""
    written = text[match.start("name") : match.end("name")].rstrip(".-")
    end = match.start("name") + len(written)
    if not written.isascii() or text[end : end + 1] in ("@", "/") or not may_be(platform, clean(platform, written)):
        return False
    if has_mark(written.strip("_")) or "_" in written:
        return is_long(written)
    before = text[max(0, match.start("name") - 12) : match.start("name")]
    is_shouted = written.isupper() and before.upper() == before
    small = written.lower()
    if (
        not written.replace("-", "").isalpha()
        or not (written.islower() or is_shouted or any_case)
        or len(written) < least
    ):
        return False
    if _is_of_prose(small):
        return False
    return ends_clause(text, end) or _GOES_ON.match(text, end) is not None


_IS_CALLED = re.compile(r"\s?(?:という|です|を)")
"""What calls the word before it a name, behind words that stand in all sentences of Japanese."""
_OWN = re.compile(
    r"(?<!\w)(?:usuario|usu[aá]rio|pseudo|nick|nom|nome|nombre|user ?name|utente|(?:be)?nutzername)(?: d[eio])? $",
    re.IGNORECASE,
)
"""What a platform's word stands behind where its name is said to be someone's."""
_GOES_ON = re.compile(
    r"\s?[|~\u2022\u00b7]|[,)\uff0c\u3001\u3002]|\s?[^\x00-\x7f\w\s]"
    r"|\s?(?:という|を|です|ค่ะ|ครับ|로|olarak|untuk|y |e |et |und |and |ve |и |для )"
)


def in_phrases(reading: Reading) -> Iterator[Told]:
    """Usernames that such phrases tell."""
    text = words_of(reading)
    if _may_be_told(reading):
        yield from _behind_phrases(text)
    if not _ADDING.isdisjoint(reading.words) and " untuk " in text:
        for match in _ADDED.finditer(text):
            called = platform_called(match.group("word"))
            if called is not None and _is_name(called, text, match, _LEAST):
                value = f"{called.name}/{clean(called, match.group('name'))}"
                yield Told(match.start("word"), match.end("name"), value, "platform_word", 0.6)
    if "(" in text:
        yield from _in_brackets(text)
    if not _SEVERAL.isdisjoint(reading.words):
        yield from _of_several(text)


def _behind_phrases(text: str) -> Iterator[Told]:
    searched = folded(text)
    for match in _phrase().finditer(searched):
        native = match.group("native") is not None
        platform = (_native_before if native else _platform_before)(text, match.start())
        if platform is None:
            continue
        # "soy", "c'est": what follows is a name where it bears a sign of one.
        weak = match.group("weak") and _OWN.search(text, max(0, platform[1] - 24), platform[1]) is None
        if not _is_name(platform[0], text, match, _LEAST, native):
            continue
        written = text[match.start("name") : match.end("name")].rstrip(".-")
        is_weak_native = match.group("native") in _NATIVE_WEAK and _IS_CALLED.match(text, match.end("name")) is None
        if (weak or is_weak_native) and not has_mark(written):
            continue
        value = f"{platform[0].name}/{clean(platform[0], written)}"
        end = match.start("name") + len(written)
        yield Told(platform[1], end, value, "platform_word", 0.75 if has_mark(written) else 0.6)


_ADDED = re.compile(
    rf"(?<!\w)(?:add|tambah(?:kan)?) (?:id )?(?P<word>[^\W\d_]\w{{1,12}}) @?(?P<name>{NAME})(?= untuk )",
    re.IGNORECASE,
)
"""`Add line jen_4u untuk tanya jadwal`, Indonesian for `add ... to ask`."""
_ON = r"(?:(?:on|en|auf|bei|su|sur|no|na|em|via) )?"
_IN_BRACKETS = re.compile(
    rf"(?<![\w@.])(?P<at>@|[^\x00-\x7f\w\s]\ufe0f? ?)(?P<name>{NAME}) \({_ON}(?P<word>[^()\n]{{1,14}})\)"
)
_NAME_IN_BRACKETS = re.compile(rf"(?<![\w@.])(?P<word>[A-Z][A-Za-z]{{4,8}}) \((?P<name>{NAME})\)")


def _may_be_alone(name: str) -> bool:
    """Whether a word without `@` before it is a name by its looks alone."""
    return has_mark(name) or (not _is_of_prose(name.lower()) and is_unlisted(name.lower()))


def _in_brackets(text: str) -> Iterator[Told]:
    """`@jen_4u (on youtube)`, `Snapchat (oakandtiles)`."""
    for match in _IN_BRACKETS.finditer(text):
        platform = platform_called(match.group("word"))
        name = clean(platform, match.group("name")) if platform is not None else ""
        if match.group("at") != "@" and not _may_be_alone(name):
            continue
        if platform is not None and may_be(platform, name):
            yield Told(match.start(), match.end(), f"{platform.name}/{name}", "name_on_platform", 0.85)
    for match in _NAME_IN_BRACKETS.finditer(text):
        platform, written = platform_called(match.group("word")), match.group("name")
        if platform is None or not written.isalpha():
            continue
        is_small = written.islower() or (written.isupper() and match.group("word").isupper())
        small = written.lower()
        if is_small and not _is_of_prose(small) and is_unlisted(small):
            name = clean(platform, written)
            if may_be(platform, name):
                yield Told(match.start(), match.end(), f"{platform.name}/{name}", "platform_word", 0.6)


_WORD = r"[^\W\d_][\w@$]{1,12}"
_ON_BOTH = re.compile(
    rf"(?<![\w@.])(?P<at>@|i'?m |i am |we'?re |we are |i go by )(?P<name>{NAME}) on (?:both |all of )(?P<list>{_WORD}"
    rf"(?:, {_WORD}){{0,3}},? (?:and|&) {_WORD})(?!\w)",
    re.IGNORECASE,
)
_SAME_ON = re.compile(
    rf"(?<![\w@.])(?P<list>{_WORD}(?:, {_WORD}){{0,3}},? (?:and|&) {_WORD}), (?:the )?same (?:user ?)?"
    rf"(?:name|handle) on (?:each|both|all)(?: of (?:them|these))?: ?@?(?P<name>{NAME})",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r",? (?:and|&) |, ", re.IGNORECASE)


def _of_several(text: str) -> Iterator[Told]:
    """`@jen_4u on both ig and snap`, `ig, snap and tiktok, same name on each: jen_4u`."""
    for pattern in (_ON_BOTH, _SAME_ON):
        for match in pattern.finditer(text):
            if match.groupdict().get("at", "@") != "@" and not _may_be_alone(match.group("name")):
                continue
            platforms = [platform_called(word) for word in _SEPARATOR.split(match.group("list"))]
            for platform in platforms if None not in platforms else ():
                name = clean(platform, match.group("name")) if platform is not None else ""
                if platform is not None and may_be(platform, name) and is_long(name):
                    yield Told(match.start(), match.end(), f"{platform.name}/{name}", "shared_name", 0.8)
