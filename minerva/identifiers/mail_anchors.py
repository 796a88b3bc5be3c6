"""Places in a text that may stand for the sign @ of an e-mail address, whatever it is called: one pattern for each
text, as most hold few of the names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from minerva.identifiers import hosts, lexicon
from minerva.identifiers.mail_patterns import NOT_LETTER, SAID_GLUED
from minerva.identifiers.mail_words import (
    AT_BEFORE_PROVIDER,
    AT_BESIDE,
    AT_BRACKETED,
    AT_FAIR,
    AT_GLUED,
    AT_SURE,
    AT_WEAK,
    LETTERS,
    PROVIDER_NAMES,
    PROVIDERS,
    TELLING,
)

_WORDS = sorted({*AT_SURE, *AT_WEAK, *AT_BRACKETED} - {"@t", "at"}, key=lambda word: (-len(word), word))
# Each way begins with a letter or sign of its own and not with a condition, so that the search skips to those.
_COMMON = (
    r"@(?:t(?=[\s)\]}>])|rr[o0]b[a4](?![^\W_]))?|&(?:#0{0,4}64|#x0{0,4}40|commat);|%40|\\(?:u00|x)40"
    rf"|at(?:{NOT_LETTER}|(?=(?:{PROVIDER_NAMES})(?:\.| |com|{SAID_GLUED})))"
)
ANCHOR_COMMON = re.compile(_COMMON)
"""The sign, references to it, `at`, and `at` glued to a provider; a word may have letters right before it."""


def _anchor(words: Iterable[str], glued: Iterable[str]) -> re.Pattern[str]:
    """ANCHOR_COMMON and words, those of scripts without blanks apart."""
    # By first letters: of many names few are tried at each place.
    ways = [f"(?:{lexicon.spaced(words)}){NOT_LETTER}", _COMMON]
    return re.compile("|".join([*ways, *map(re.escape, sorted(glued, key=len, reverse=True))]))


ANCHOR = _anchor(_WORDS, AT_GLUED)
"""Every way to write the sign."""
_RARE: dict[bytes, tuple[str, ...]] = {}
"""A word of letters out of each name of the sign, with the names it is of."""
for _word in _WORDS:
    if _word.isascii() and _word != "la" and (_word in AT_FAIR or _word not in AT_WEAK | AT_BRACKETED):
        _key = max(re.findall(r"[a-z]+", _word), key=len).encode()
        _RARE[_key] = (*_RARE.get(_key, ()), _word)
_RARE[b"punct"] = ("la",)
"""Romanian `la` is a word of four other languages too: it is looked for beside the Romanian dot."""
_RARE[b"ponc"] = ("ag",)
"""Irish `ag`, which is a kind of firm in German."""
for _word, _dots in AT_BESIDE.items():
    if _word.isascii() and _word in ("et", "eta", "alias", "att", "aite"):
        # `et`, which is French and Latin for `and`, is looked for beside the dots of the languages that mean the sign.
        for _dot in _dots:
            _RARE[_dot.encode()] = (*_RARE.get(_dot.encode(), ()), _word)
for _word in ("a commercial", "a commerciale", "a comercial"):
    _key = _word.split()[1].encode()
    _RARE[_key] = (*_RARE.get(_key, ()), _word)
_RARE_KEYS = frozenset(_RARE)
_TOPS_ABROAD = (".de", ".ru", ".it", ".fr", ".pl", ".nl", ".cz")
_PROVIDERS_ABROAD = frozenset([host for host in hosts.MAIL_PROVIDERS if host.endswith(_TOPS_ABROAD)])
"""Providers of countries where the sign is said as a preposition."""
_ABROAD = frozenset(
    [host.partition(".")[0].encode() for host in _PROVIDERS_ABROAD if host.partition(".")[0].isalpha()]
) - {b"free", b"live", b"mail", b"list", b"orange", b"inbox", b"home", b"yahoo", b"hotmail", b"outlook", b"gmail"}
"""What the names of most begin with, without usual words of ads."""
_LOOKED_FOR = _RARE_KEYS | TELLING | _ABROAD
_SHORT = tuple(word for word in _WORDS if word in (AT_WEAK | AT_BRACKETED) - AT_BEFORE_PROVIDER)
_FOREIGN = tuple(word for word in _WORDS if not (word.isascii() or word in AT_BEFORE_PROVIDER))
_TWO_LETTERS = tuple(word for word in AT_SURE if not word.isascii() and len(word) < 3)
_CYRILLIC = "\u0400-\u04ff"


def _beginning(word: str) -> str:
    """What finds a name by its first letters; in Cyrillic at a word's begin alone, as many words of prose hold them."""
    letters = word.split()[0][:4]
    return rf"{letters}(?<![{_CYRILLIC}]{letters})" if re.match(f"[{_CYRILLIC}]", letters) else re.escape(letters[:3])


def _whole(word: str) -> str:
    """What finds a name of few letters as a word of its own: endings of many words too."""
    return rf"{re.escape(word)}(?<![^\W_]{re.escape(word)})(?![^\W_])"


_SHORT_WORDS = (AT_WEAK - AT_BEFORE_PROVIDER) | AT_BRACKETED
_NAMES_ABROAD = frozenset(word for word in AT_SURE | AT_GLUED if not word.isascii())
_NAMED_ABROAD = re.compile(
    "|".join(
        [
            *map(_beginning, sorted(_NAMES_ABROAD.difference(_TWO_LETTERS))),
            *map(_whole, [*_TWO_LETTERS, *[word for word in _SHORT_WORDS if not word.isascii()]]),
        ]
    )
)
"""What tells that the sign may have a name of other letters than those of ASCII."""
_SMALL = lexicon.spaced((AT_BRACKETED | AT_WEAK) - {"at", *AT_BEFORE_PROVIDER})
_IN_BRACKETS = re.compile(
    rf"[\[({{<*|~/\"'_\-]\s?(?:{_SMALL})"
    rf"(?:\s?[\])}}>*|~/\"'_\-]|\s(?:{PROVIDER_NAMES}))"
)
_WEAK_PROVIDER = re.compile(
    rf"(?:{lexicon.spaced(AT_WEAK - {'at', *AT_BEFORE_PROVIDER})})\s{{1,3}}(?:{PROVIDER_NAMES}|t-online)"
    # "by mail" is no provider.
    rf"|(?:{lexicon.spaced(AT_BEFORE_PROVIDER)})\s{{1,3}}(?:{lexicon.branches(PROVIDERS)})"
)
_PROVIDER_BEHIND = re.compile(rf"\s(?<=[a-z\u0430-\u044f\s]\s)(?:{PROVIDER_NAMES}|t-online)")
_MOST_BEFORE = 24
"""Characters of the longest of these names, with the blanks in it and behind it."""


def _is_before_provider(folded: str) -> bool:
    """What `_WEAK_PROVIDER` finds, looked for beside providers alone, which most texts have one of or none."""
    for match in _PROVIDER_BEHIND.finditer(folded):
        if _WEAK_PROVIDER.search(folded, max(0, match.start() - _MOST_BEFORE), match.end()) is not None:
            return True
    return False


_WEAK_HOST = re.compile(
    rf"(?:{lexicon.spaced(AT_WEAK - {'at'})})"
    r"\s{1,3}([a-z0-9\-]{1,20} ?\. ?[a-z]{2,3})(?!\w)"
)

_NO_KEYS: frozenset[bytes] = frozenset()


def anchor_of(folded: str) -> tuple[re.Pattern[str], frozenset[bytes] | None]:
    """A pattern that finds in a text all that ANCHOR finds, and those of TELLING that are in it, None for
    none."""
    is_ascii = folded.isascii()
    # letters_of; without arguments encoding takes a third less time.
    encoded = folded.encode() if is_ascii else folded.encode("utf-8", "surrogatepass")
    words = encoded.translate(LETTERS).split()
    if _LOOKED_FOR.isdisjoint(words):
        keys, told, is_abroad = _NO_KEYS, None, False
    else:
        keys = _LOOKED_FOR.intersection(words)
        told, is_abroad = keys & TELLING or None, not keys.isdisjoint(_ABROAD)
        keys = keys & _RARE_KEYS if told or is_abroad else keys
    # "jen a t mail d o t example"
    short = _IN_BRACKETS.search(folded) is not None or " d o t " in folded
    before_provider = False
    # One by one, which takes half the time of a loop.
    if "@" not in folded and (
        ("mail" in folded and ("gmail" in folded or "hotmail" in folded))
        or "yahoo" in folded
        or "outlook" in folded
        or "icloud" in folded
        or "gmx" in folded
        or "proton" in folded
        or "t-online" in folded
        or (told is not None and "aol" in folded)
    ):
        before_provider = _is_before_provider(folded)
        short = short or before_provider
    if not is_ascii and "на яндекс" in folded:
        short = before_provider = True
    if is_abroad and not short:
        short = any(match[1].replace(" ", "") in _PROVIDERS_ABROAD for match in _WEAK_HOST.finditer(folded))
    foreign = not is_ascii and _NAMED_ABROAD.search(folded) is not None
    if not (keys or short or foreign):
        return ANCHOR_COMMON, told
    return ANCHOR if len(keys) > 1 else _anchor_of(next(iter(keys), b""), short, foreign, before_provider), told


@lru_cache(maxsize=256)
def _anchor_of(key: bytes, short: bool, foreign: bool, before_provider: bool) -> re.Pattern[str]:
    words = {*_RARE.get(key, ()), *(_SHORT if short else ()), *(_FOREIGN if foreign else ())}
    words |= AT_BEFORE_PROVIDER if before_provider else frozenset()
    return _anchor(words, AT_GLUED if foreign else ())


CAPITALS = re.compile(r"(?:(?<=[a-z0-9])|(?<=[a-z0-9] ))(?:AT|ARROBA)(?=[a-z0-9])")
