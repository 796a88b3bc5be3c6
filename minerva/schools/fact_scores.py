"""What each part of a description adds for a school's facts: (natural logarithm of a likelihood ratio, reason).

Shares and likelihoods are estimates from data/words.tsv; what an analyst gets wrong now and then costs, and excludes
nothing. Facts that are missing add nothing at all.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from minerva.schools.word_tables import color_nearness, folded, meanings_of, tables, tokens_of

FACTS = (
    "name",
    "place",
    "county",
    "country",
    "phase",
    "garment",
    "garment_color",
    "tie_colors",
    "tie_pattern",
    "crest_shape",
    "charges",
    "motto",
    "words",
)
"""Keys of a school's facts that are read."""
Found = tuple[tuple[float, str], ...]
_Parts = Iterator[tuple[float, str]]

_USUAL = {"school", "academy", "college", "the", "of", "and", "primary", "high", "c", "e", "catholic", "church"}
"""Words of so many names that they tell nothing."""
_ELSEWHERE = ("place", "county", "charges")
_RARE = 0.03
"""The share of a charge or shape of which the table does not say one."""


@lru_cache(maxsize=20_000)
def garment(said: str | None, colors: tuple[str, ...], stated: str, color: str) -> Found:
    """The garment and its color: "jumper" of a cardigan is half right."""
    return tuple(_garment(said, colors, stated, color))


def _garment(said: str | None, colors: tuple[str, ...], stated: str, color: str) -> _Parts:
    true = _known(stated, "garment")
    if said and true:
        (value, kin, _) = true[0]
        (_, said_kin, share) = _meant(said, "garment")
        if value == said:
            yield math.log(0.93 / share), said
        elif kin and kin == said_kin:
            yield 0.0, f"{value}, not {said}"
        else:
            yield -2.2, f"{value}, not {said}"
    cloth = [value for value, _, _ in _known(color, "color")]
    if colors and cloth:
        best = max(_color(one, cloth[0]) for one in colors)
        reason = f"{cloth[0]} {true[0][0] if true else 'garment'}"
        yield best, _held(reason, colors, colors if cloth[0] in colors else (), best)


def _held(reason: str, said: tuple[str, ...], same: tuple[str, ...], fit: float) -> str:
    """What is held, and what was said where that is another color, however near."""
    if fit <= 0:
        return f"{reason}, not {' and '.join(said)}"
    return reason if same else f"said {' and '.join(said)}, held {reason}"


@lru_cache(maxsize=50_000)
def tie(said: tuple[str, ...], pattern: str | None, colors: str, stated: str) -> Found:
    """The tie's colors and pattern; the stated pattern "none" says that the school has no tie."""
    return tuple(_tie(said, pattern, colors, stated))


def _tie(said: tuple[str, ...], pattern: str | None, colors: str, stated: str) -> _Parts:
    true = [value for value, _, _ in _known(colors, "color")]
    patterns = [value for value, _, _ in _known(stated, "pattern")]
    if stated == "none":
        if pattern == "none":
            yield 0.6, "no tie"
        elif said or pattern:
            yield -1.6, "has no tie"
        return
    if pattern == "none":
        if true or patterns:
            yield -1.0, "has a tie"
        return
    if said and true:
        values = {color: max(_color(color, cloth) for cloth in true) for color in said}
        right = [color for color in said if values[color] > 0]
        fit = sum(values.values()) - 0.4 * max(len(true) - len(right), 0)
        reason = f"tie {' and '.join(true)}"
        yield fit, _held(reason, said, said if set(said) <= set(true) else (), fit)
    if pattern and patterns:
        if pattern in patterns:
            yield math.log(0.9 / _meant(pattern, "pattern")[2]), f"{pattern} tie"
        else:
            yield -1.2, f"{patterns[0]} tie, not {pattern}"


@lru_cache(maxsize=50_000)
def crest(shape: str | None, charges: tuple[str, ...], stated: str, shown: str) -> Found:
    """The crest's shape and what is on it; a broader or a related thing counts less."""
    return tuple(_crest(shape, charges, stated, shown))


def _crest(shape: str | None, charges: tuple[str, ...], stated: str, shown: str) -> _Parts:
    shapes = [value for value, _, _ in _known(stated, "shape")]
    if shape and shapes:
        if shape in shapes:
            yield math.log(0.9 / _meant(shape, "shape")[2]), f"{shape} crest"
        else:
            yield -1.5, f"{shapes[0]} crest, not {shape}"
    true = _charges(shown)
    for charge in charges if true else ():
        _, kin, share = _meant(charge, "charge")
        if charge in true:
            yield math.log(0.8 / share), f"{charge} on the crest"
        elif kin and kin in true:
            yield 1.2, f"{kin} on the crest, perhaps the {charge}"
        elif charge in true.values():
            yield 2.0, f"{charge} on the crest"
        elif kin and kin in true.values():
            yield 0.5, f"a {kin} on the crest, perhaps the {charge}"
        else:
            yield -1.2, ""


def words(said: Sequence[str], other: Sequence[str], facts: Mapping[str, str]) -> Found:
    """Words that were read, against name, motto and words of the school; initials against those of the name."""
    return tuple(_words(said, other, facts))


def _words(said: Sequence[str], other: Sequence[str], facts: Mapping[str, str]) -> _Parts:
    legible = (*_tokens(facts["name"]), *_tokens(facts["motto"]), *_tokens(facts["words"]))
    for word in said:
        ratio, best = _best(word, legible)
        if word in _USUAL:
            yield (0.2, "") if ratio == 1 else (0.0, "")
        elif ratio:
            yield 5.0 * min(1.0, len(word) / 5) * (2 * ratio - 1), f"\u201c{word}\u201d as in \u201c{best}\u201d"
        elif 2 <= len(word) <= 4 and word == _initials(facts["name"]):
            yield 4.0, f"initials {word.upper()}"
        elif legible:
            yield -0.8, ""
    for word in other:
        if word not in _USUAL and (word in legible or any(word in _tokens(facts[key]) for key in _ELSEWHERE)):
            yield 3.0 * min(1.0, len(word) / 5), f"\u201c{word}\u201d in its facts"


def place(said: str | None, town: str, county: str, country: str, name: str) -> Found:
    """Town and county, each part of what was said by itself; a country or region where the facts say one."""
    if not said:
        return ()
    found = _place(said, town, county, country)
    if found and found[0][0] < 0 and _within(folded(said), folded(name)):
        return ((2.0, f"its name says {said}"),)
    return found


@lru_cache(maxsize=50_000)
def _place(said: str, town: str, county: str, country: str) -> Found:
    return tuple(_place_parts(said, town, county, country))


def _place_parts(said: str, town: str, county: str, country: str) -> _Parts:
    regions = tables().regions
    for asked in (part.strip() for part in folded(said).split(",")):
        counties = regions.get(asked, ())
        if _within(asked, folded(town)):
            yield 4.0, f"at {town}"
        elif _within(asked, folded(county)):
            yield 3.3, f"in {county}"
        elif counties and folded(county) in counties:
            yield 1.8, f"in {county}"
        elif _within(asked, folded(country)):
            yield 1.0, f"in {country}"
        elif counties and county:
            yield -1.5, f"in {county}, not {asked}"
        elif town and county and not _known(asked, "country"):
            yield -2.0, f"at {town}, not {asked}"


@lru_cache(maxsize=2_000)
def phase(said: str | None, stated: str) -> Found:
    """Primary, secondary and the like; a school for all ages contradicts none."""
    true = [value for value, _, _ in _known(stated, "phase")]
    if not said or not true:
        return ()
    if said in true:
        return ((math.log(0.93 / _meant(said, "phase")[2]), f"{said} school"),)
    return () if "all-through" in true else ((-2.0, f"{true[0]} school, not {said}"),)


def _color(said: str, true: str) -> float:
    share = _meant(said, "color")[2] or _RARE
    likelihood = 0.85 if said == true else color_nearness().get((said, true), 0.0)
    return max(-2.0, math.log((likelihood + 0.1 * share) / (0.95 * share)))


@lru_cache(maxsize=50_000)
def _known(text: str, word_class: str) -> tuple[tuple[str, str, float], ...]:
    found = meanings_of(text, word_class) if text else ()
    return tuple((one.value, one.kin, one.share or _RARE) for one in found)


def _meant(value: str, word_class: str) -> tuple[str, str, float]:
    found = _known(value, word_class)
    return found[0] if found else (value, "", _RARE)


@lru_cache(maxsize=100_000)
def _charges(text: str) -> dict[str, str]:
    """Charges of a fact by their usual names, each with its kin; words that no table knows stand for themselves."""
    found = {value: kin for value, kin, _ in _known(text, "charge")}
    for word in tokens_of(text):
        if word.isalnum():
            found.setdefault(word, "")
    return found


def text_of(value: object) -> str:
    """Returns a fact as one text; "" where it is missing."""
    if isinstance(value, str):
        return value
    if isinstance(value, (list, tuple)):
        return ", ".join(str(one) for one in value)
    return ""


@lru_cache(maxsize=100_000)
def _tokens(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(token for token in tokens_of(text) if token[0].isalnum()))


def _best(word: str, tokens: Sequence[str]) -> tuple[float, str]:
    """The likeliest of the tokens and its likeness from .75 to 1; (0, "") where none is like it."""
    best, like = 0.0, ""
    for token in tokens:
        ratio = 1.0 if token == word else _ratio(word, token)
        if ratio > best:
            best, like = ratio, token
    return (best, like) if best >= 0.75 else (0.0, "")


@lru_cache(maxsize=200_000)
def _ratio(word: str, token: str) -> float:
    if token.rstrip("s'") == word.rstrip("s'"):
        return 0.98
    if len(word) < 4 or abs(len(word) - len(token)) > 2:
        return 0.0
    return SequenceMatcher(None, word, token).ratio()


@lru_cache(maxsize=100_000)
def _initials(name: str) -> str:
    return "".join(token[0] for token in _tokens(name) if token not in ("of", "the", "and"))


def _within(asked: str, stated: str) -> bool:
    """Whether all words of one stand in the other: "maidstone" in "Maidstone East", "kent" in "north kent"."""
    if not asked or not stated:
        return False
    some, others = set(asked.split()), set(stated.replace(",", " ").split())
    return some <= others or others <= some


def _is_country(asked: str) -> bool:
    return bool(_known(asked, "country"))
