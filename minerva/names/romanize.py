"""Names in Latin letters, and the form in which spellings of one name meet. Not a pronunciation of any one language."""

from __future__ import annotations

import re
from functools import lru_cache

from anyascii import anyascii

from minerva.names.scripts import respelled

# Spellings of one sound in the Latin forms of Slavic, Arabic, Chinese, German, French and Spanish names, in order:
# what several spellings share comes last. Sources: BGN/PCGN and ISO 9 for Cyrillic, ALA-LC for Arabic, Hanyu Pinyin
# and Wade-Giles for Chinese.
_SOUNDS = [
    (r"(?:off|eff|ow|ew)$", "ov"), (r"ev$", "ov"), (r"(?:sky|ski|skij|skiy|skyi|skyj)$", "ski"),
    (r"gu(?=[ei])", "g"), (r"y$", "i"), (r"(?:iy|ii|ij|yi)$", "i"), (r"(?<!ch)tch|tsch|cz", "ch"),
    (r"shch|sch|sz|chtch", "sh"), (r"dzh|dj|zh", "j"), (r"kh|gh", "h"), (r"ph", "f"), (r"th", "t"),
    (r"ck|q", "k"), (r"x", "ks"), (r"c(?=[eiy])", "s"), (r"c(?!h)", "k"), (r"(?<=[yj])eo|eo(?=ng)", "u"),
    (r"ou|oo|oe|ow(?=[^aeiou])", "u"), (r"ee|ea|ie|ei|ey|ay|ai|ae", "e"),
    (r"(?:^|(?<=[bcdfghklmnprstvz]))[yj](?=[aeiou])|^i(?=[au])", ""), (r"(?<=[^aeiou])e$", ""), (r"w", "v"),
    (r"y|j", "i"), (r"z", "s"), (r"(?<=[aeiou])h(?![aeiou])", ""), (r"^h(?=[aeiou])", ""), (r"o", "u"), (r"e", "i"),
    (r"(.)\1+", r"\1"),
]  # fmt: skip
# For each but the last: pieces of which a word must hold one for the pattern to be found, so that most need no search.
_PIECES = (
    ("ff", "ow", "ew"), ("ev",), ("sk",), ("gu",), ("y",), ("iy", "ii", "ij", "yi"), ("tsch", "tch", "cz"),
    ("shch", "sch", "sz", "chtch"), ("dzh", "dj", "zh"), ("kh", "gh"), ("ph",), ("th",), ("ck", "q"), ("x",), ("c",),
    ("c",), ("eo",), ("ou", "oo", "oe", "ow"), ("e", "i", "a"), ("y", "j", "ia", "iu"), ("e",), ("w",), ("y", "j"),
    ("z",), ("h",), ("h",), ("o",), ("e",),
)  # fmt: skip
# A pattern that is a literal is replaced as one, at a fifth of the cost.
_COMPILED = [(pieces, None if pattern.isalpha() else re.compile(pattern), pattern, short)
             for pieces, (pattern, short) in zip(_PIECES, _SOUNDS[:-1])]  # fmt: skip
_DOUBLED = re.compile(r"(.)(?=\1)")
"""The last of them without a group in what takes its place, which costs a call for each word."""
_APOSTROPHES = re.compile("['’‘ʼʻ`´ʹʺ]")
_WORD = re.compile(r"[a-z0-9]+")
LONGEST = 256
"""Characters of a form that are compared; no real name, user name or address is longer."""
LONGEST_READ = 1000
"""Characters of a name or an address that are read: comparing takes the product of the lengths, and a value in a column
of names may be a megabyte."""


@lru_cache(maxsize=131072)
def latin_words(name: str) -> tuple[str, ...]:
    """Returns the words of a name in lower-case Latin letters and digits; hyphens and dots part words."""
    if name.isascii() and name.replace(" ", "").isalnum():
        return tuple(name.lower().split())
    if name.isascii() and "'" not in name and "`" not in name:
        return tuple(_WORD.findall(name.lower()))
    plain = name if name.isascii() else anyascii(respelled(_APOSTROPHES.sub("", name)))
    return tuple(_WORD.findall(_APOSTROPHES.sub("", plain).lower()))


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """Returns the form of a Latin word that its usual spellings share: sergey, sergei and serguei are one."""
    for pieces, pattern, literal, short in _COMPILED:
        if pattern is None:
            word = word.replace(literal, short)
            continue
        for piece in pieces:
            if piece in word:
                word = pattern.sub(short, word)
                break
    return _DOUBLED.sub("", word)
