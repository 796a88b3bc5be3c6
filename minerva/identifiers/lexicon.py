"""Words that stand for digits, read from data/digit_words.json; each language's words with what it means by them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import product

from minerva.identifiers.characters import each_plain, folded
from minerva.identifiers.late import late
from minerva.identifiers.tables import table

_DATA = table("digit_words")
VERSION: int = _DATA["version"]
Meanings = dict[str, str]
"""What a word means, by language."""


@cache
def _plain(word: str) -> str:
    return word.lower() if word.isascii() else folded(each_plain(word))


def _meanings() -> dict[str, Meanings]:
    """MEANINGS as listed, and English tens glued to what follows (`twentytwo`), as other languages write them."""
    found: dict[str, Meanings] = {}
    for language, content in _DATA["languages"].items():
        for digit, words in enumerate(content["digits"]):
            for word in words:
                for form in _forms(_plain(word)):
                    found.setdefault(form, {})[language] = str(digit)
        for digit, words in content.get("misspelled", {}).items():
            for word in words:
                found.setdefault(_plain(word), {})[language] = digit
        for word, value in {**content.get("numbers", {}), **content.get("tens", {})}.items():
            for form in _forms(_plain(word)):
                found.setdefault(form, {}).setdefault(language, str(value))
        for digit, words in content.get("plurals", {}).items():
            for word in words:
                for form in _forms(_plain(word)):
                    found.setdefault(form, {}).setdefault(language, digit)
        for word, digits in content.get("repeats", {}).items():
            found.setdefault(_plain(word), {})[language] = digits
    english = _DATA["languages"]["en"]
    for tens, value in english["tens"].items():
        for digit, words in enumerate(english["digits"][1:], 1):
            found.setdefault(tens + words[0], {})["en"] = str(value + digit)
    for language, joint in (("es", "y"), ("pt", "e")):
        content = _DATA["languages"][language]
        for tens, value in content["tens"].items():
            for digit, words in enumerate(content["digits"][1:], 1):
                # "treintayseis"
                found.setdefault(_plain(tens) + joint + _plain(words[0]), {})[language] = str(value + digit)
    return found


def _forms(word: str) -> tuple[str, ...]:
    """A word with each sign that is written for an apostrophe."""
    return (word, *(word.replace("'", sign) for sign in "\u2019\u02bc")) if "'" in word else (word,)


_DIGIT_FOR = {"a": "4", "e": "3", "i": "1", "o": "0"}
_WITH_DIGITS = ("en", "es", "pt", "fr", "de", "it")


def _with_digits() -> dict[str, Meanings]:
    """Digit words of some languages with digits for some of their letters (`thr33`, `s1x`, `cu4tro`), or with their own
    one for the first (`7even`)."""
    found: dict[str, Meanings] = {}
    for language in _WITH_DIGITS:
        for digit, words in enumerate(_DATA["languages"][language]["digits"]):
            word = _plain(words[0])
            choices = [(letter, _DIGIT_FOR[letter]) if letter in _DIGIT_FOR else (letter,) for letter in word]
            for letters in product(*choices):
                form = "".join(letters)
                if form != word and form not in MEANINGS:
                    found.setdefault(form, {})[language] = str(digit)
            for first in (1, 2):
                # "7even", "8cho"
                form = str(digit) + word[first:]
                if len(form) > 2 and len(word) > 2:
                    found.setdefault(form, {})[language] = str(digit)
    return found


def _drawn_out() -> dict[str, Meanings]:
    """English digit words with some of their letters twice (`eeight`, `zzero`), as no ordinary words are."""
    found: dict[str, Meanings] = {}
    for digit, words in enumerate(_DATA["languages"]["en"]["digits"]):
        for letters in product(*[(letter, letter * 2) for letter in words[0]]):
            form = "".join(letters)
            if form not in MEANINGS:
                found[form] = {"en": str(digit)}
    return found


def _listed(key: str) -> frozenset[str]:
    return frozenset(_plain(word) for content in _DATA["languages"].values() for word in content.get(key, ()))


MEANINGS = _meanings()
"""Words of digits and numbers, folded, with the digits that each language means by them; the first is the default."""
MEANINGS.update(_with_digits())
WEAK = _listed("weak")
"""Digit words that are also ordinary words: only a chain of many of them is evidence of a number."""
MEANINGS.update(_drawn_out())
DENIALS: dict[str, str] = _DATA["denials"]
"""Digit words that are a no in another language: beside digit words of that they are none."""
MISSPELLED = frozenset(
    _plain(word)
    for content in _DATA["languages"].values()
    for words in content.get("misspelled", {}).values()
    for word in words
)
"""Digit words with a typing error: they count among others, but no search begins because of them."""
REPAIRED = frozenset(_DATA["repaired"])
"""Languages whose digit words are known however they are misspelled, among others of them (misspelled_words)."""
PLURALS = frozenset(
    form
    for content in _DATA["languages"].values()
    for words in content.get("plurals", {}).values()
    for word in words
    for form in _forms(_plain(word))
)
"""Digits that are counted: `three zeros`."""
TIMES, ARTICLES = _listed("times"), _listed("articles")
"""Words between a count and a digit, and what may stand behind them: `tre volte il 3`."""
TENS = frozenset(
    (language, form)
    for language, content in _DATA["languages"].items()
    for word in content.get("tens", ())
    for form in _forms(_plain(word))
)
"""(language, word) of twenty, thirty...: a unit that follows is added."""
HUNDREDS = _listed("hundreds")
HUNDREDS_OF: dict[str, str] = {
    _plain(word): language
    for language, content in _DATA["languages"].items()
    for word in content.get("hundreds", ())
    if language not in MEANINGS.get(_plain(word), {language: ""})
}
"""Those that are a digit elsewhere, with the language of the hundred: Czech `sedm set`, Catalan `set`."""
MULTIPLIERS: dict[str, int] = {
    _plain(word): count
    for content in _DATA["languages"].values()
    for word, count in content.get("multipliers", {}).items()
}
SAID_MULTIPLIERS: dict[str, str] = {
    phrase: word
    for content in _DATA["languages"].values()
    for phrase, word in content.get("said_multipliers", {}).items()
}
"""Phrases, folded, that say what a multiplier does."""
GLUED_HUNDREDS: dict[str, tuple[str, int]] = {
    _plain(word): (language, value)
    for language, content in _DATA["languages"].items()
    for word, value in content.get("glued_hundreds", {}).items()
}
"""Hundreds that what follows is glued to (`trecentododici`): language and value."""
FILLERS = _listed("fillers")
FILLERS_BY_LANGUAGE: dict[str, frozenset[str]] = {
    language: frozenset(map(_plain, content.get("fillers", ()))) for language, content in _DATA["languages"].items()
}
"""Words that stand between digits instead of a separator."""
ACCENTED: tuple[str, ...] = tuple(_DATA["accented"])
"""Digit words as written with accents; MEANINGS holds them without."""
DASHES = frozenset(_DATA["dashes"]).union(map(_plain, _DATA["dashes"]))
"""Fillers that are evidence of a number by themselves, with their accents too, as a text is searched for them."""
BESIDE_NO = frozenset(word for word, meanings in MEANINGS.items() if "hi-latn" in meanings) - {"no", "zero"}
"""Words of which one must stand beside a `no` at a number's end, for it to be the nine of Hindi: elsewhere it says no
(`... tre due no perditempo`)."""
PROSE = frozenset(_plain(word) for word in _DATA["languages"]["en"]["weak"]) - {"oh", "o", "ooh"}
"""English weak words that stand in any sentence: a chain rich in them is prose."""
PLUS: tuple[str, ...] = tuple(_DATA["plus"])
PLUS_NATIVE: tuple[str, ...] = tuple(_DATA["plus_native"])
"""Words for the plus sign, in lower case: between blanks, and of scripts that write none."""
REVERSED: tuple[str, ...] = tuple(_DATA["reversed"])
"""Parts of words, in lower case, that tell that a number is to be read backwards."""
REVERSED_NUMBERS: tuple[str, ...] = REVERSED + tuple(_DATA["reversed_numbers"])
"""The same with phrases that say so of digits alone."""
AREA_APART: tuple[str, ...] = tuple(_DATA["area_apart"])
"""The same, that an area code is told apart from the rest of a number; DDD is what they are called in Brazil."""
CHAINED = frozenset(
    _plain(word)
    for language in (
        "en",
        "es",
        "fr",
        "pt",
        "de",
        "it",
        "nl",
        "ro",
        "pl",
        "ru",
        "uk",
        "sv",
        "tr",
        "cs",
        "hr",
        "hu",
        "id",
        "el",
        "fi",
        "da",
        "nb",
    )
    for words in _DATA["languages"][language]["digits"]
    for word in words
    if _plain(word) not in WEAK and len(word) > 2 and word.isalpha()
) | {
    "one",
    "dos",
    "oh",
    "uno",
    "um",
    "un",
    "tre",
    "sei",
    "seis",
    "meia",
    "opt",
    "een",
    "uc",
    "bes",
    "bir",
    "piec",
    "sex",
    "ett",
    "fem",
    "fire",
    "seks",
    "egy",
    "ket",
    "negy",
    "ot",
    "hat",
    "het",
    "dva",
    "tri",
    "pet",
    "nula",
    "jedan",
    "dua",
    "lima",
    "nol",
    "ένα",
    "ενα",
}
"""Digit words that are also read when glued together (`fivefive`)."""
USUAL = frozenset(_plain(words[0]) for content in _DATA["languages"].values() for words in content["digits"])
"""The first spelling of each digit in each language."""
LISTED = frozenset(
    _plain(word) for content in _DATA["languages"].values() for words in content["digits"] for word in words
)
"""All spellings of each digit in each language, those by error aside."""
TRANSCRIBED: tuple[frozenset[str], ...] = tuple(
    frozenset(_plain(word) for words in _DATA["languages"][language]["digits"] for word in words)
    for language in ("zh-latn", "th-latn", "vi", "hi-latn", "ja-latn", "tr")
)
"""Languages whose digit words are mostly short ones that other languages have as well: all forms, per language."""
SURE = frozenset(MEANINGS) - WEAK
LEET = tuple(
    sorted((word for word in MEANINGS if not word.isalpha() and re.search("[0-9]", word)), key=len, reverse=True)
)
"""Digit words written with a digit in them: zer0, f1ve."""

_STRETCHED = late(r"(.)\1{2,}")


def unstretched(word: str) -> str:
    """The digit word that a word is with a letter drawn out (`seveeen`); the word itself if there is none."""
    if word in MEANINGS or _STRETCHED.search(word) is None:
        return word
    for shorter in (r"\1", r"\1\1"):
        found = _STRETCHED.sub(shorter, word)
        if found in MEANINGS:
            return found
    return word


NATIVE: dict[str, str] = {
    each_plain(word): str(digit)
    for language in _DATA["native"].values()
    for digit, words in enumerate(language)
    for word in words
}
"""Digit words of scripts that are written without blanks between; where languages differ, the first one's meaning."""

BY_COUNTRY: dict[str, dict[str, str]] = {
    country: {word: str(digit) for digit, words in enumerate(content) for word in words}
    for country, content in _DATA["by_country"].items()
}
"""By a country's code digit words in Latin letters that are read in its numbers alone."""
HOMOPHONES: dict[str, str] = {char: digit for digit, chars in _DATA["homophones"].items() for char in chars}
"""Chinese characters that sound like a digit, as they stand for one among digits alone."""
NATIVE_NUMBERS: dict[str, str] = {
    word: str(number) for numbers in _DATA["native_numbers"].values() for word, number in numbers.items()
}
"""Words of those scripts for ten and more."""
NATIVE_AND: str = _DATA["native_and"]
"""Joins hundreds, tens and units: `\u0648\u0627\u062d\u062f \u0648\u0633\u062a\u0648\u0646`, one and sixty."""
NATIVE_THEN: tuple[str, ...] = tuple(_DATA["native_then"])
"""What links the parts of a number in those scripts."""
NATIVE_BEFORE: dict[str, int] = _DATA["native_multipliers"]["before"]
NATIVE_BEHIND: dict[str, int] = _DATA["native_multipliers"]["behind"]
"""What says before or behind a digit of those scripts that it stands twice or more: `三个五`."""


def alternation(words: Iterable[str]) -> str:
    """A regular expression of the words, the longest first."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


UNSPACED = r"\u0e00-\u0e7f\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af"
"""For a class of a pattern: letters of scripts whose words do not stand apart."""


def branches(words: Iterable[str]) -> str:
    """`alternation` by first letters: of many words few are tried at each place."""
    rests: dict[str, list[str]] = {}
    for word in words:
        rests.setdefault(word[0], []).append(word[1:])
    return "|".join(f"{re.escape(first)}(?:{alternation(rest)})" for first, rest in sorted(rests.items()))


def shortest(words: Iterable[str]) -> list[str]:
    """Those of the words that hold no other one: a text that holds a word holds one of these."""
    kept: list[str] = []
    for word in sorted({*words}, key=len):
        if not any(other in word for other in kept):
            kept.append(word)
    return kept


def longest_words(marks: Iterable[str]) -> list[str]:
    """Of each mark its longest word, the last of those, without words that hold another one: a text that holds none of
    them holds no mark."""
    return shortest(max(reversed(_WORDS.findall(mark)), key=len) for mark in marks)


def by_longest_word(phrases: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Phrases by the longest word of letters that each has: a text that holds none of these words holds no phrase."""
    found: dict[str, tuple[str, ...]] = {}
    for phrase in phrases:
        word = max(_LETTERS.findall(phrase), key=len)
        found[word] = (*found.get(word, ()), phrase)
    return found


_LETTERS = re.compile(r"[^\W\d_]+")
_WORDS = re.compile(r"\w+")
BLANKS = r"\s{1,2}"
"""What a blank within a phrase may be in a text."""


def spaced(phrases: Iterable[str]) -> str:
    """`branches` of phrases, with BLANKS for their blanks."""
    return branches(phrases).replace(r"\ ", BLANKS)
