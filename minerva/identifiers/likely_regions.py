"""Countries that a text of unknown origin may be from: by the language it is written in, by its currency, by the
cities and countries that it names, and by postcodes (data/region_hints.json). Shares are rough: they order readings,
they prove nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache, lru_cache

from minerva.identifiers import lexicon, plans
from minerva.identifiers.late import late
from minerva.identifiers.tables import table

_DATA = table("region_hints")
_SPOKEN: dict[str, dict[str, float]] = _DATA["spoken"]
_USUAL: dict[str, str] = _DATA["usual"]
_NUMERALS = {
    word: [each for each in meant if each in _SPOKEN] for word, meant in lexicon.MEANINGS.items() if len(word) > 2
}
"""The languages of each digit word."""
_WORD = late(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?")
_MOST_CHARACTERS = 4_000
"""Of a long text its beginning tells the language."""
_OTHER_SCRIPT = late(r"[^\W\d_\u0000-\u036f\u1e00-\u1eff]")
_MANY = 0.25
"""Share of letters of another script from which a text is written in it."""
_PER_WORD, _PER_LETTER, _ODDS = 1.0, 1.5, 6.0
_FEWEST = 0.5
"""What the words of a language must weigh before it is told."""
_LEAST_SHARE = 0.02
_BY_CURRENCY, _BY_EURO, _BY_PLACE, _BY_DOLLAR, _BY_CODE = 30.0, 4.0, 25.0, 2.0, 200.0
_NEW = 0.02
"""The share of a country that only a currency or a place speaks for, before they do."""
_ELSEWHERE, _ANYWHERE = 0.03, 0.5
"""The share of countries that nobody thought of, where a language is told and where none is."""
_LONGEST_PLACE = 4
_MOST = 10
"""So many countries are tried at most."""


def shares_of(text: str) -> tuple[tuple[str, float], ...]:
    """(ISO 3166 code, share) of the likeliest countries, the likeliest first; what is missing to 1 is that of all
    others. Without any hint the countries that most texts are from."""
    start = text[:_MOST_CHARACTERS]
    shares: defaultdict[str, float] = defaultdict(float)
    for language, share in _languages(start).items():
        spoken = _SPOKEN[language]
        total = sum(spoken.values())
        for region, part in spoken.items():
            shares[region] += share * part / total
    elsewhere = _ELSEWHERE
    if not shares:
        shares.update(_world())
        elsewhere = _ANYWHERE
    for region, factor in _told(start):
        shares[region] = max(shares[region], _NEW) * factor
    total = sum(shares.values()) + elsewhere
    ordered = [(region, share / total) for region, share in _ordered(shares)[:_MOST]]
    return tuple([each for each in ordered if each[1] >= _LEAST_SHARE / 10 and each[0] in plans.REGIONS])


def _ordered(shares: dict[str, float]) -> list[tuple[str, float]]:
    return sorted(shares.items(), key=lambda each: -each[1])


@cache
def _world() -> dict[str, float]:
    total = sum(_DATA["world"].values())
    return {region: share / total for region, share in _DATA["world"].items()}


def how_usual(national: str, region: str) -> float:
    """How much likelier a national number is one of a country than any that its plan allows: as those of mobile phones
    there are, as other usual ones are, or neither."""
    patterns = _usual(region)
    written = (national, "0" + national, "8" + national)
    for pattern, factor in zip(patterns, (_MOBILE, _OTHER)):
        if any(pattern.fullmatch(each) is not None for each in written):
            return factor
    return _UNUSUAL if patterns else 1.0


_MOBILE, _OTHER, _UNUSUAL = 5.0, 0.4, 0.1


@lru_cache(maxsize=256)
def _usual(region: str) -> tuple[re.Pattern[str], ...]:
    """What numbers of mobile phones, and what other usual ones are like."""
    mobile, _, other = _top_level(_USUAL.get(region, ""))
    return tuple([re.compile(each) for each in (mobile, other) if each])


def _top_level(alternation: str) -> tuple[str, str, str]:
    """The first of some alternatives and the rest, brackets within left alone."""
    depth = 0
    for place, char in enumerate(alternation):
        depth += (char == "(") - (char == ")")
        if char == "|" and not depth:
            return alternation[:place], "|", alternation[place + 1 :]
    return alternation, "", ""


def _languages(text: str) -> dict[str, float]:
    """Languages with their shares, empty where no words tell one."""
    others = [char for char in _OTHER_SCRIPT.findall(text) if char.isalpha()]
    lowered = text.lower()
    if len(others) >= 3:
        letters = sum(map(str.isalpha, text))
        if len(others) > _MANY * letters:
            language = _of_script(lowered, others)
            return {language: 1.0} if language else {}
    words = set(_WORD.findall(lowered))
    weights: defaultdict[str, float] = defaultdict(float)
    told = _words()
    for word in words:
        for languages in (told.get(word), _NUMERALS.get(word)):
            for language in languages or ():
                weights[language] += _PER_WORD / len(languages or ())
    if not text.isascii():
        for char in set(lowered).intersection(_letters()):
            languages = _letters()[char]
            for language in languages:
                weights[language] += _PER_LETTER / len(languages)
    best = max(weights.values(), default=0.0)
    if best < _FEWEST:
        return {}
    odds = {language: _ODDS ** (weight - best) for language, weight in weights.items()}
    total = sum(odds.values())
    return {language: share / total for language, share in odds.items() if share / total >= _LEAST_SHARE}


@cache
def _words() -> dict[str, tuple[str, ...]]:
    """The languages of each word."""
    found: dict[str, list[str]] = {}
    for language, own in _DATA["languages"].items():
        for word in dict.fromkeys(own["words"].split()):
            found.setdefault(word, []).append(language)
    return {word: tuple(languages) for word, languages in found.items()}


@cache
def _letters() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for language, own in _DATA["languages"].items():
        for char in own["letters"]:
            found.setdefault(char, []).append(language)
    return {char: tuple(languages) for char, languages in found.items()}


@cache
def _scripts() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((language, re.compile(f"[{letters}]")) for language, letters in _DATA["scripts"].items())


def _of_script(lowered: str, others: Iterable[str]) -> str:
    """The language of a text in another script than Latin."""
    joined = "".join(others).lower()
    counted = {language: len(pattern.findall(joined)) for language, pattern in _scripts()}
    if counted["ja"]:
        # Kana stand in no Chinese text.
        return "ja"
    script = max(counted, key=lambda language: counted[language])
    if not counted[script]:
        return ""
    relatives = {"ru": ("uk", "be", "kk"), "ar": ("ur", "fa"), "zh": ("zh-hant",)}.get(script, ())
    for language in relatives:
        if any(char in joined for char in _DATA["letters_tell"][language]):
            return language
    words = set(lowered.split())
    if script == "ru" and len(words.intersection(_DATA["own_words"]["bg"].split())) > 2:
        return "bg"
    return script


def _told(text: str) -> Iterable[tuple[str, float]]:
    """Countries that a currency, a postcode or a place of the text speaks for, each with how much."""
    for match in _money().finditer(text.lower()):
        sign = next(group for group in match.groups() if group)
        for region in _DATA["currencies"].get(sign, ()):
            yield region, _BY_CURRENCY
        if sign in _DATA["euro"]:
            for region in _DATA["of_euro"]:
                yield region, _BY_EURO
            break
    if "$" in text:
        for region in _DATA["of_dollar"]:
            yield region, _BY_DOLLAR
    for region, code in _codes():
        if code.search(text) is not None:
            yield region, _BY_CODE
    words = list(_WORD.finditer(text))
    places = _places()
    seen: set[str] = set()
    for index, match in enumerate(words):
        if match[0][0].islower() and match[0].isascii():
            # Names have a capital, in scripts that have some.
            continue
        for count in range(1, _LONGEST_PLACE + 1):
            if index + count > len(words):
                break
            name = text[match.start() : words[index + count - 1].end()].lower()
            region = places.get(name)
            if region is not None and region not in seen:
                seen.add(region)
                yield region, _BY_PLACE


@cache
def _codes() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Postcodes that no other country writes so."""
    codes = _DATA["codes"].items()
    return tuple([(region, re.compile(rf"(?<![A-Za-z0-9])(?:{code})(?![A-Za-z0-9])")) for region, code in codes])


@cache
def _places() -> dict[str, str]:
    return {name: region for region, names in _DATA["places"].items() for name in names}


@cache
def _money() -> re.Pattern[str]:
    """Signs and codes of currencies beside an amount."""
    signs = "|".join(sorted(map(re.escape, [*_DATA["currencies"], *_DATA["euro"]]), key=len, reverse=True))
    return re.compile(rf"(?<![^\W\d_])({signs}) ?[0-9]|[0-9](?:[.,]-)? ?({signs})(?![^\W\d_])")
