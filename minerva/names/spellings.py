"""Whether two words write one name: consonants beside a full spelling, and other customs of writing a sound.

The consonants of a script that writes no vowels (Arabic, Hebrew, and Thai as `scripts` reads it), the German custom for
Cyrillic (sch for zh), and Kunrei beside Hepburn for Japanese. Sources: ALA-LC for Arabic and Hebrew, the Royal Thai
General System of 1999, DIN 1460 and Duden for Cyrillic, ISO 3602 for Kunrei.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice, product

from minerva.names.romanize import sound

_VOWEL = re.compile("[aeiou]")
_PAIRS = (("tz", "s"), ("ts", "s"), ("ph", "f"), ("sh", "S"), ("kh", "k"), ("gh", "g"), ("th", "t"), ("dh", "d"),
          ("ck", "k"), ("ce", "s"), ("ci", "s"), ("c", "k"), ("q", "k"), ("z", "s"),
          ("f", "b"), ("p", "b"), ("x", "ks"))  # fmt: skip
# What one sign may stand for: ch is French sh, German kh, or the Thai sound between ch and j; w of a script without
# vowels is a vowel or v, ln perhaps the Thai l at the end; sh of Hebrew may be s; r of Thai is n at the end of a
# syllable and silent after another.
_SEVERAL = {"sch": ("S", "k"), "ch": ("S", "k", "", "g"), "v": ("b",), "j": ("g",), "sr": ("sr", "s"),
            "rn": ("rn", "n"), "w": ("", "b"), "ln": ("ln", "l", "n")}  # fmt: skip
_SIGN = re.compile("sch|ch|v|j|sr|rn|w")
_BARE_SIGN = re.compile("sch|ch|v|j|sr|w|ln")
LEAST_SIGNS = 2
MOST_READINGS = 16

_KUNREI = (
    (re.compile("sy(?=[auo])"), "sh"), (re.compile("ty(?=[auo])"), "ch"), (re.compile("zy(?=[auo])"), "j"),
    (re.compile("si"), "shi"), (re.compile("ti"), "chi"), (re.compile("tu"), "tsu"), (re.compile("zi"), "ji"),
    (re.compile("(?<![sc])hu"), "fu"), (re.compile("di"), "ji"), (re.compile("dz?u"), "zu"),
)  # fmt: skip
_JAPANESE = re.compile("(?:(?:[kgsztdnhbpmrywfj]|sh|ch|ts|[kgsztnhbpmr]y)?[aiueo]|n(?![aiueo]))+")
_SURE = re.compile("[szt]y")
LEAST_KUNREI = 5
LEAST_STRETCH = 4
LEAST_MISREAD = 5
LEAST_STEM = 3
# What many family names of one kind end in, also in transliteration.
_ENDINGS = tuple(re.compile(f"(?:{ending})$") for ending in (
    "s?sdottir|dottir", "sson", "[oe]vich|[oe]vych|[oe]vic", "[oei]vna|ichna", "[oe]v[sz]k(?:y|i|ij|iy|yi|aya|aia|a)",
    "enko", "[oe]?poulo[us]", "[iao]dis", "akis", "shvili", "adze|idze", "[oe][vw]a?|[oe]ff", "escu", "oglu",
))  # fmt: skip


def without_vowels(word: str) -> bool:
    """Whether a word in Latin letters holds no vowel."""
    return not _VOWEL.search(word)


def same_skeleton(a: str, b: str) -> bool:
    """Whether two words, one of them without vowels, may be one name."""
    bare, full = (a, b) if without_vowels(a) else (b, a)
    if not without_vowels(full) and not _spoken(bare, full):
        return False
    one, other = skeletons(bare), skeletons(full)
    found = one & other
    if not found:
        return False
    longest = max(map(len, found))
    return longest >= LEAST_SIGNS or (longest > 0 and max(len(a), len(b)) <= 4) or _kept(bare) == _kept(full) != ""


def _spoken(bare: str, full: str) -> bool:
    """Whether the vowels that a script does write (y and w within a word) are spoken in the full spelling."""
    inner = bare[1:-1]
    return ("y" not in inner or any(sign in full for sign in "iey")) and (
        "w" not in inner or any(sign in full for sign in "ouwv")
    )


@lru_cache(maxsize=65536)
def skeletons(word: str) -> frozenset[str]:
    """Returns the consonants that a script without vowels may write for a Latin word, weak ones (h, w, y) left out."""
    sign = _BARE_SIGN if without_vowels(word) else _SIGN
    parts = sign.split(word)
    signs = [_SEVERAL[found] for found in sign.findall(word)]
    found = set()
    for chosen in islice(product(*signs), MOST_READINGS):
        found.add(_plain("".join(part + sign for part, sign in zip(parts, (*chosen, "")))))
    return frozenset(found)


def _plain(word: str) -> str:
    for pair, sign in _PAIRS:
        word = word.replace(pair, sign)
    kept = [sign for sign in word if sign not in "aeiouyhw"]
    return "".join(sign for place, sign in enumerate(kept) if not place or kept[place - 1] != sign)


def _kept(word: str) -> str:
    """Returns the consonants with a doubled letter as one, but not two that a vowel parts: haddad, hdd."""
    word = re.sub(r"(.)\1", r"\1", word) if _VOWEL.search(word) else word
    return re.sub("[aeiouy]|(?<=.)h$", "", word).replace("ch", "h")


def stretches(a: str, b: str) -> tuple[str, str]:
    """Returns what is left of each of two words between the start and the end that both have."""
    begun = 0
    for sign, other_sign in zip(a, b):  # loops, as generators cost twice as much here
        if sign != other_sign:
            break
        begun += 1
    one, other = a[begun:], b[begun:]
    end = 0
    for sign, other_sign in zip(reversed(one), reversed(other)):
        if sign != other_sign:
            break
        end += 1
    return one[: len(one) - end], other[: len(other) - end]


def is_other_stretch(one: str, other: str) -> bool:
    """Whether two words are alike but for one stretch (of `stretches`) that has no letter in common: silverline and
    silverlake.

    Slips change, drop, add or turn single letters; two or more in a row that share none are another word.
    """
    return min(len(one), len(other)) >= 1 and len(one) + len(other) >= LEAST_STRETCH and set(one).isdisjoint(other)


def stems_of(a: str, b: str) -> tuple[str, ...]:
    """Returns two family names without the common ending that both have, () where they have none: what remains of
    Sigurdsson and Sigurjonsson is alike in less.
    """
    for ending in _ENDINGS:
        one = ending.search(a)
        other = ending.search(b) if one else None
        if one and other:
            stems = (a[: one.start()], b[: other.start()])
            return stems if min(map(len, stems)) >= LEAST_STEM else ()
    return ()


def is_misread(a: str, b: str) -> bool:
    """Whether two words are one but for letters that reading by machine takes for each other: Barnard, Bamard."""
    return max(len(a), len(b)) >= LEAST_MISREAD and _as_seen(a) == _as_seen(b)


def _as_seen(word: str) -> str:
    return word.replace("rn", "m").replace("vv", "w").replace("cl", "d").replace("l", "i")


def respelt(a: str, b: str) -> bool:
    """Whether two Latin words write one name after different customs."""
    return _german(a, b) or _german(b, a) or (_kunrei(a) == _kunrei(b) and bool(_kunrei(a)))


def _german(a: str, b: str) -> bool:
    if "sch" not in a or not ("zh" in b or "j" in b):
        return False
    return sound(a.replace("sch", "zh")) == sound(b)


@lru_cache(maxsize=65536)
def _kunrei(word: str) -> str:
    """Returns a Japanese word in Hepburn's spelling without long vowels, "" for what is none."""
    if len(word) < LEAST_KUNREI - 1 or not _JAPANESE.fullmatch(word):
        return ""
    changed = word
    for pattern, sign in _KUNREI:
        changed = pattern.sub(sign, changed)
    return re.sub("ou|oo|oh(?![aiueo])", "o", changed.replace("uu", "u"))
