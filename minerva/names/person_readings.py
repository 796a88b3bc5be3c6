"""How the words of a person's name may be read: small words left out or written as one with the next, initials parted.

The plain reading comes first; the others are tried where it does not settle the comparison.
"""

from __future__ import annotations

import re

from minerva.names.han import cantonese
from minerva.names.romanize import latin_words
from minerva.names.scripts import is_thai, thai_consonants
from minerva.names.tables import PARTICLES, TITLES

MOST_WORDS = 8
LEAST_BARED = 6
FILIAL = frozenset({"bin", "ibn", "ben", "bn", "bint"})
ARTICLES = ("al", "el")
_SMALL = TITLES | PARTICLES
_SERVANTS = frozenset({"abd", "abdul", "abdel", "abdal", "abdoul", "abdu", "abdur", "abdus", "bd"})
_SERVANT = re.compile(r"a?bd(?:[aeou]{0,2}(?:l|([rszdtn])(?=\1)))?(?=.{2})")
_SEVERAL_WAYS = re.compile(r"\b(?:a?bd|[ae]l)|[0-9]")
"""How a word begins that may mean "servant of" or be an article, and what reading by machine may put for letters."""
_RUN_TOGETHER = re.compile(r"\b[A-Z]{2}\b")
# Letters that another custom writes otherwise: Cyrillic ghe (Ukrainian, Belarusian) and Greek chi h, Cyrillic yo.
_OTHERWISE = (
    str.maketrans(dict.fromkeys("\u0433\u0413\u03c7\u03a7", "h")),
    str.maketrans(dict.fromkeys("\u0451\u0401", "yo")),
    # The scientific transliteration of Cyrillic (ISO 9 of 1968) without its diacritics, also the Latin of the Balkans.
    str.maketrans({
        sign: latin
        for small, latin in zip("жцчшщхюяёэ", ("z", "c", "c", "s", "sc", "h", "ju", "ja", "e", "e"))
        for sign in (small, small.upper())
    }),
)  # fmt: skip
# Given names as registers abbreviate them, with a dot or a raised letter.
_ABBREVIATIONS = {
    "ma": "maria", "fco": "francisco", "fdo": "fernando", "gpe": "guadalupe", "wm": "william", "thos": "thomas",
    "jos": "joseph", "chas": "charles", "geo": "george", "jas": "james", "robt": "robert", "edw": "edward",
    "jno": "john", "benj": "benjamin", "saml": "samuel", "danl": "daniel", "alexr": "alexander", "margt": "margaret",
    "eliz": "elizabeth", "cath": "catherine", "richd": "richard", "mohd": "mohammad", "muh": "muhammad",
}  # fmt: skip
_ABBREVIATED = re.compile(rf"\b({'|'.join(_ABBREVIATIONS)})\.|\bm\u00aa", re.IGNORECASE)
_GAMMA = re.compile("[\u0393\u03b3](?=[\u03b9\u03af\u03b5\u03ad\u03b7\u03ae])")  # before i and e spoken as y
# Digits within a word that reading by machine puts for letters.
_MISREAD = re.compile("[a-z][0-9]|[0-9][a-z]{2}")
_AS_LETTERS = (str.maketrans("0134568", "oleasbb"), str.maketrans("0134568", "oieasbb"))


def readings(name: str, words: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Returns the ways to read a name of these words (generation marks left out), each once, the plain one first."""
    if _is_read_one_way(name, words):
        return (words[:MOST_WORDS],)
    found = [_plain(words), _glued(words)]
    if not _SERVANTS.isdisjoint(words) or any(word.startswith("abd") for word in words):
        found += [_plain(_served(words)), _plain(tuple(map(_bared, _served(words))))]
    bared = tuple(map(_bared, words))
    if bared != words:
        found.append(_plain(bared))
    if not name.isupper() and _RUN_TOGETHER.search(name):
        parted = _RUN_TOGETHER.sub(lambda run: " ".join(run[0]), name)
        found.append(_plain(latin_words(parted)))
    if ("." in name or "\u00aa" in name) and _ABBREVIATED.search(name):
        written = _ABBREVIATED.sub(lambda found: f"{_ABBREVIATIONS.get((found[1] or 'ma').lower(), '')} ", name)
        found.append(_plain(latin_words(written)))
    if any(not word.isalpha() and _MISREAD.search(word) for word in words):
        found += [_plain(tuple(word.translate(letters) for word in words)) for letters in _AS_LETTERS]
    if not name.isascii():
        found += [_plain(latin_words(name.translate(letters))) for letters in _OTHERWISE]
        found.append(_plain(latin_words(_GAMMA.sub("y", name))))
        found.append(_plain(cantonese(name)))
    return tuple(dict.fromkeys([found[0], *filter(None, found)]))


def _is_read_one_way(name: str, words: tuple[str, ...]) -> bool:
    """True where nothing that `readings` looks for is in a name, as in most: a short cut, and no other answer."""
    return (
        _SMALL.isdisjoint(words)
        and name.isascii()
        and "." not in name
        and not _SEVERAL_WAYS.search(" ".join(words))
        and not _RUN_TOGETHER.search(name)
    )


def consonants(name: str) -> tuple[str, ...]:
    """Returns the words of a name in Thai as consonants, () for another."""
    return _plain(latin_words(thai_consonants(name))) if is_thai(name) else ()


def filial(words: tuple[str, ...]) -> tuple[str, ...]:
    """Returns (child, father) around the first bin, ibn or ben that is not the first word, or ()."""
    for place in range(1, len(words) - 1):
        if words[place] in FILIAL:
            father = next((word for word in words[place + 1 :] if word not in PARTICLES), "")
            return (words[place - 1], father) if father else ()
    return ()


def _plain(words: tuple[str, ...]) -> tuple[str, ...]:
    """Returns the words without titles and particles; a single letter is an initial where another one stands by."""
    if _SMALL.isdisjoint(words):
        return words[:MOST_WORDS]
    initials = len({word for word in words if len(word) == 1}) > 1
    kept = [word for word in words if (initials and len(word) == 1) or not (word in TITLES or word in PARTICLES)]
    return tuple(kept or words)[:MOST_WORDS]


def _glued(words: tuple[str, ...]) -> tuple[str, ...]:
    """Returns the words with each particle written as one with the word after it: Ben Ali, Benali."""
    if _SMALL.isdisjoint(words):
        return words[:MOST_WORDS]
    words = tuple(word for word in words if word not in TITLES or word in PARTICLES) or words
    found: list[str] = []
    before = ""
    for place, word in enumerate(words):
        if word in PARTICLES and place + 1 < len(words):
            before += word
        else:
            found.append(before + word)
            before = ""
    return tuple(found[:MOST_WORDS])


def _served(words: tuple[str, ...]) -> tuple[str, ...]:
    """Returns the words with "servant of" and what follows as one: Abd al-Rahman, Abdul Rahman and Abdurrahman."""
    found: list[str] = []
    before = ""
    for place, word in enumerate(words):
        if word in _SERVANTS and place + 1 < len(words):
            before = "abd"
        elif not (before and word in PARTICLES and place + 1 < len(words)):
            found.append(
                before + (word if before or _SERVANT.match(word) is None else _SERVANT.sub("abd", word, count=1))
            )
            before = ""
    return tuple(found)


def _bared(word: str) -> str:
    return word[2:] if word.startswith(ARTICLES) and len(word) >= LEAST_BARED else word
