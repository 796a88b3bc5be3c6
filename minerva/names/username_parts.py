"""How telling each character of a user name is: bits of surprise, low within common names, words and affixes."""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from string import ascii_lowercase, digits

from minerva.names.romanize import latin_words

# Bits of a part as a whole. A letter of a part that is in no list has about the entropy of text without context.
# A name known in twice as many countries is one bit less telling.
NAME_BITS, WORD_BITS, AFFIX_BITS = 11.0, 7.5, 2.5
LETTER_BITS = 3.6
UNKNOWN_START_BITS = 1.5  # an unknown part must be worth its start, so that lists win where they fit
DIGIT_BITS, YEAR_DIGIT_BITS = 2.4, 1.3
LONGEST_PART = 14

_YEARS = re.compile(r"(?:19[4-9]\d|20[0-3]\d)$")
_USUAL_DIGITS = frozenset({
    "1", "2", "7", "00", "01", "11", "12", "13", "21", "22", "23", "69", "77", "88", "99", "007", "123", "247", "420",
})  # fmt: skip
_LEET = str.maketrans("013457@$!", "oieastasi")
_SEPARATORS = re.compile(r"[\W_]+")
_RUN = re.compile(r"\d+|[^\d]+")
_FOREIGN = re.compile(r"[^\W\d_a-z]+")
_INSTANCE = re.compile(r"(?<=[^@\s])@[\w-]+(?:\.[\w-]+)+$")
_ONE_DIGIT = re.compile(r"(\d)\1+")
_INNER_LEET = re.compile(r"(?<=[^\W\d_])[013457@$!]+(?=[^\W\d_])")


@lru_cache(maxsize=1)
def parts_known() -> dict[str, float]:
    """Returns the bits of each common part."""
    data = json.loads((Path(__file__).parent / "data" / "username_parts.json").read_text(encoding="utf-8"))
    bits = dict.fromkeys(data["words"].split(), WORD_BITS)
    for known, names in data["names"].items():
        bits.update(dict.fromkeys(names.split(), NAME_BITS - math.log2(int(known))))
    bits.update(dict.fromkeys(data["affixes"].split(), AFFIX_BITS))
    return bits


def account_of(username: str) -> str:
    """Returns a user name without the instance that keeps it: @name@host of the Fediverse is name."""
    return _INSTANCE.sub("", username.strip())


def plain_form(username: str) -> str:
    """Returns a user name in lower case without accents, separators, a leading @ or a platform's address before it."""
    text = username.strip().rstrip("/").rsplit("/", 1)[-1]
    folded = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in folded if not unicodedata.combining(sign)).lstrip("@")


def latin_form(username: str) -> str:
    """Returns the plain form with the letters of other scripts in Latin ones; separators stand as written."""
    plain = plain_form(username)
    return plain if plain.isascii() else _FOREIGN.sub(lambda found: "".join(latin_words(found[0])), plain)


def meant(username: str) -> str:
    """Returns the Latin form with digits between letters read as letters; separators stand as written."""
    return _INNER_LEET.sub(lambda found: found[0].translate(_LEET), latin_form(username))


_MARKS = "_.-"
"""Separators of user names on most platforms."""
_SIGNS = ascii_lowercase + digits
_PLAIN = re.compile(rf"[a-zA-Z0-9{_MARKS}]+\Z")
_BETWEEN = re.compile(r"[\W_]+(?!\d)|(?<!\d)[\W_]+(?=\d)|[\W_]+$")
"""Separators, but for those between two numbers: u12_34 is not u1_234."""
_BEFORE = ("the", "its", "im", "iam", "real", "official", "not", "only", "vip")
_BEHIND = frozenset({"official", "real", "xo", "xoxo", "ig", "fb", "tv", "yt", "hq", "vip"})
MOST_DIGITS = 3
_ENDS = re.compile(rf"^(?:{'|'.join(_BEFORE)})[\W_]+|[\W_]+(?:{'|'.join(sorted(_BEHIND))}|xx+|\d{{1,{MOST_DIGITS}}})$")
_GLUED = re.compile(rf"^the(?=\w{{6}})|(?<=\w{{6}})(?:official|xoxo|xo|xx+)$|(?<=\w{{5}}[^\W\d])\d{{1,{MOST_DIGITS}}}$")
LEAST_CORE = 6


def core_of(username: str) -> str:
    """Returns the letters and digits of a user name without what people add to a name that is taken: "the" before it,
    "official", "xo" or up to three digits behind it. Places and trades stay. "" where fewer than LEAST_CORE are left.
    """
    simple = _PLAIN.match(username) is not None
    plain = username.lower() if simple else plain_form(username)
    if len(plain) < LEAST_CORE:
        return ""
    core = plain.strip(_MARKS)
    # Most names have neither separators nor what is glued on: a look at them is a tenth of the three searches.
    if not core.isalnum():
        core = _without_ends(core) if simple else _ENDS.sub("", core)
        if not core.isalnum():
            core = _BETWEEN.sub("", core)
    last = core[-1:]
    if simple and last.isdigit() and core.isalnum() and not core.startswith("the"):
        bare = core.rstrip(digits)  # as _GLUED, without the search
        core = bare if len(bare) >= LEAST_CORE and len(core) - len(bare) <= MOST_DIGITS else core
    elif last in "lox" or last.isdigit() or core.startswith("the"):
        core = _GLUED.sub("", core)
    return core if len(core) >= LEAST_CORE else ""


def _without_ends(plain: str) -> str:
    """`_ENDS.sub` of lower-case ASCII letters and digits with separators between them, at a third of the cost."""
    if plain.startswith(_BEFORE):
        return _ENDS.sub("", plain)
    head = plain.rstrip(_SIGNS)
    end = plain[len(head) :]
    if head and (
        end in _BEHIND or (len(end) <= MOST_DIGITS and end.isdigit()) or (len(end) > 1 and not end.strip("x"))
    ):
        return head.rstrip(_MARKS)
    return plain


def readings(username: str) -> list[str]:
    """Returns the letters and digits of a user name as they may be meant: as written, with digits for letters, and in
    Latin letters.
    """
    plain = plain_form(username)
    inner = meant(username)
    wholly = latin_form(username).translate(_LEET)
    found: list[str] = []
    for reading in (inner, plain, wholly):
        bare = _SEPARATORS.sub("", reading)
        if bare and bare not in found:
            found.append(bare)
    return found


@lru_cache(maxsize=65536)
def surprise(reading: str) -> tuple[float, ...]:
    """Returns the bits of each character of a reading."""
    bits: list[float] = []
    for run in _RUN.findall(reading):
        bits += _digit_bits(run) if run.isdigit() else _letter_bits(run)
    return tuple(bits)


def _digit_bits(run: str) -> list[float]:
    return [YEAR_DIGIT_BITS if is_usual(run) else DIGIT_BITS] * len(run)


def is_usual(run: str) -> bool:
    """Whether many add these digits to a name: a year, two digits, 007, 777."""
    return run in _USUAL_DIGITS or len(run) == 2 or bool(_YEARS.match(run) or _ONE_DIGIT.fullmatch(run))


def _letter_bits(run: str) -> list[float]:
    bits: list[float] = []
    for start, end, each in split(run, parts_known()):
        bits += [each] * (end - start)
    return bits


def split(run: str, parts: Mapping[str, float]) -> list[tuple[int, int, float]]:
    """Returns (start, end, bits of each letter) of the cheapest way to write letters as `parts` (part -> bits) and
    unknown letters, which stand alone (dynamic programming, linear).
    """
    best = [0.0] + [float("inf")] * len(run)  # cheapest cost of run[:end]; an unknown stretch pays its start once
    open_unknown = [False] * (len(run) + 1)
    came: list[tuple[int, float]] = [(0, 0.0)] * (len(run) + 1)
    for end in range(1, len(run) + 1):
        letter = LETTER_BITS + (0.0 if open_unknown[end - 1] else UNKNOWN_START_BITS)
        best[end], came[end], open_unknown[end] = best[end - 1] + letter, (end - 1, LETTER_BITS), True
        for start in range(max(0, end - LONGEST_PART), end - 1):
            cost = parts.get(run[start:end])
            # Two letters are an affix only at an end of the name: inside, they are chance.
            if cost is None or (end - start == 2 and start and end < len(run)):
                continue
            if best[start] + cost < best[end]:
                best[end], open_unknown[end] = best[start] + cost, False
                came[end] = (start, cost / (end - start))
    found: list[tuple[int, int, float]] = []
    end = len(run)
    while end:
        start, each = came[end]
        found.append((start, end, each))
        end = start
    return found[::-1]
