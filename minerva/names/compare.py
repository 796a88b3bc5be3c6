"""Compares two names word by word: weighted words, spelling tolerance, numbers that must not contradict."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from minerva.names.organization_words import countries, in_english
from minerva.names.romanize import sound
from minerva.names.spellings import is_other_stretch, same_skeleton, stretches, without_vowels
from minerva.names.tables import (
    DIRECTIONS,
    GENERIC,
    LEGAL_FIRST,
    LEGAL_FORMS,
    LEGAL_LAST,
    NUMERALS,
    OPPOSITES,
    ROMAN,
    SCOPES,
    SHORT_FORMS,
    TENS,
    TRADES,
)

_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)")
_DOTTED = re.compile(r"\b(?:\w\.){2,}")
_GENERIC_WEIGHT = 0.25
_INITIAL_WEIGHT = 0.2
_BY_INITIALS = 0.75
LIKE = 0.8  # what a word that is nearly the other's is worth
CLASH = 2.0  # a word that contradicts weighs as two that agree
LEAST_INITIALS = 3
ELSEWHERE = 0.6  # what is left of the score where a country stands in one name alone: a branch, or a namesake
SMALL = frozenset({"the", "of", "and", "for", "de", "la", "del", "des", "du", "et", "y", "und", "der", "die", "das"})
LEAST_SOUND, LEAST_TYPED, LEAST_TYPED_TWICE = 4, 5, 10
LEAST_WHOLE = 10


@dataclass(frozen=True)
class NameComparison:
    """score: 0 to 1; shared: words both names hold; conflict: True when numbers contradict ("Site 1", "Site 2")."""

    score: float
    shared: tuple[str, ...]
    conflict: bool

    @property
    def why(self) -> str:
        """Returns one plain sentence."""
        if self.conflict:
            return "names are numbered differently"
        if not self.shared:
            return "names share no word"
        return f"names share {', '.join(self.shared)}"


@lru_cache(maxsize=131072)
def words_of(name: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """Returns (words, numbers) of a name: lower case without accents, legal forms dropped, numerals as digits."""
    folded = "".join(c for c in unicodedata.normalize("NFKD", name.lower()) if not unicodedata.combining(c))
    folded = _DOTTED.sub(lambda found: found.group().replace(".", ""), folded).replace("'", "").replace("\u2019", "")
    words = []
    numbers = set()
    for position, word in enumerate(_numbered(_bare_of_form(in_english(_WORD.findall(folded))))):
        if word in LEGAL_FORMS:
            continue
        word = SHORT_FORMS.get(word, word)
        numeral = ROMAN.get(word, word) if position else word
        if numeral.isdigit():
            numbers.add(numeral)
        if word not in words and (not numeral.isdigit() or not position):
            words.append(word)  # a number that begins a name stands where another has a word: Three Palms, Twin Palms
    return tuple(words), frozenset(numbers)


def _bare_of_form(words: list[str]) -> list[str]:
    """Returns the words without a legal form that is one only at its end of the name."""
    if len(words) > 1 and words[-1] in LEGAL_LAST:
        return words[:-1]
    return words[1:] if len(words) > 1 and words[0] in LEGAL_FIRST else words


def _numbered(words: list[str]) -> list[str]:
    """Returns the words with numbers and ordinals as digits; twenty one is 21."""
    found: list[str] = []
    for place, word in enumerate(words):
        ordinal = _ORDINAL.fullmatch(word)
        number = ordinal[1] if ordinal else NUMERALS.get(word, word)
        if place and words[place - 1] in TENS and len(number) == 1 and number.isdigit():
            found[-1] = found[-1][0] + number
        else:
            found.append(number)
    return found


def _weight(word: str) -> float:
    if word in GENERIC:
        return _GENERIC_WEIGHT
    return _INITIAL_WEIGHT if len(word) == 1 else 1.0


@lru_cache(maxsize=262144)
def compare_names(a: str, b: str) -> NameComparison:
    """Returns how well two names agree; symmetric.

    The score is the weight of shared words over the weight of all words, or, when one name is held by the other
    ("Dett" in "City Schools Dett, R."), 0.9 of the shorter name's covered share.
    """
    first, second = (a, b) if a <= b else (b, a)  # words are paired from one side
    (left, left_numbers), (right, right_numbers) = words_of(first), words_of(second)
    if not left or not right:
        same = bool(left_numbers) and left_numbers == right_numbers and left == right
        return NameComparison(1.0 if same else 0.0, (), bool(left_numbers and right_numbers) and not same)
    if _initials(left, right, second) or _initials(right, left, first):
        return NameComparison(_BY_INITIALS, (min(left, right, key=len)[0],), False)
    left, right = _merged(left, right), _merged(right, left)
    shared, covered_left, covered_right, rest_left, rest_right = _pair(left, right)
    if _bare(rest_left, rest_right) or _bare(rest_right, rest_left):
        covered_left += sum(map(_weight, rest_left)) * LIKE
        covered_right += sum(map(_weight, rest_right)) * LIKE
        shared, rest_left, rest_right = (*shared, *min(rest_left, rest_right, key=len)), [], []
    total_left, total_right = sum(map(_weight, left)), sum(map(_weight, right))
    covered = (covered_left + covered_right) / 2
    union = total_left + total_right - covered
    overlap = covered / union if union else 0.0
    contained = 0.9 * max(covered_left / total_left, covered_right / total_right) if covered >= _GENERIC_WEIGHT else 0.0
    # A lone generic word ("Center") held by another name says nothing.
    if not any(_weight(word) >= 1.0 for word in shared):
        contained *= 0.5
    clashing = _clashing(rest_left, rest_right)
    if clashing:  # each name says something else: neither is the other, shortened
        contained, overlap = 0.0, covered / (covered + CLASH * clashing)
    conflict = bool(left_numbers and right_numbers and not left_numbers & right_numbers)
    score = max(overlap, contained) * (0.5 if conflict else 1.0)
    if not countries().isdisjoint(rest_left) or not countries().isdisjoint(rest_right):
        score *= ELSEWHERE
    return NameComparison(round(min(1.0, score), 4), tuple(shared), conflict)


def _initials(short: tuple[str, ...], words: tuple[str, ...], name: str) -> bool:
    """True when a name is one word of the first letters of another name's words, with its legal form or without."""
    if len(short) != 1 or len(words) < LEAST_INITIALS:
        return False
    if short[0] == "".join(word[0] for word in words):
        return True
    every = [word for word in _WORD.findall(name.lower()) if word not in SMALL]
    return short[0] == "".join(word[0] for word in every)


def _merged(words: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    """Returns the words with two neighbors as one where the other name writes them so: day care, daycare."""
    found: list[str] = []
    for word in words:
        if found and found[-1] + word in others:
            found[-1] += word
        else:
            found.append(word)
    return tuple(found)


def _clashing(left: list[str], right: list[str]) -> float:
    """Returns how much two names contradict: the weight of what each alone says, 0 where one of them says no more.

    Words of one trade ("spa", "massage") do not contradict; two trades, two directions, two telling words do.
    """
    trades_left, trades_right = ({TRADES[word] for word in words if word in TRADES} for words in (left, right))
    one = [word for word in left if _tells(word) and TRADES.get(word) not in trades_right]
    other = [word for word in right if _tells(word) and TRADES.get(word) not in trades_left]
    return float(len(one) + len(other)) if one and other else 0.0


def _tells(word: str) -> bool:
    if len(word) == 1:
        return word not in GENERIC
    return word in TRADES or word in DIRECTIONS or word in SCOPES or _weight(word) >= 1.0


def _bare(one: list[str], other: list[str]) -> bool:
    """Whether one word without vowels, of a script without spaces, is all that the other name writes in several."""
    return len(one) == 1 and len(other) > 1 and without_vowels(one[0]) and same_skeleton(one[0], "".join(other))


def _pair(left: tuple[str, ...], right: tuple[str, ...]) -> tuple[tuple[str, ...], float, float, list[str], list[str]]:
    """Returns (shared words, weight covered on the left, on the right, words left over); each word is used once."""
    remaining = list(right)
    shared: list[str] = []
    alone: list[str] = []
    covered_left = covered_right = 0.0
    for word in left:
        found = word if word in remaining else next((other for other in remaining if _alike(word, other)), None)
        if found is None:
            alone.append(word)
            continue
        remaining.remove(found)
        shared.append(word)
        closeness = 1.0 if found == word else LIKE
        covered_left += _weight(word) * closeness
        covered_right += _weight(found) * closeness
    return tuple(sorted(shared)), covered_left, covered_right, alone, remaining


def _alike(a: str, b: str) -> bool:
    """True for a typing error in a long word, or an abbreviation of three letters or more."""
    if a in GENERIC and b in GENERIC:
        return False  # hotel and motel are two words, not one mistyped
    shorter, longer = (a, b) if len(a) <= len(b) else (b, a)
    if len(shorter) >= 3 and longer.startswith(shorter) and len(longer) >= len(shorter) + 2:
        return True
    if without_vowels(shorter) != without_vowels(longer):
        return len(shorter) > 1 and same_skeleton(a, b)
    if len(shorter) >= LEAST_SOUND and sound(a) == sound(b):
        return True
    if len(shorter) < LEAST_TYPED:
        return False
    allowed = 1 if len(shorter) < LEAST_TYPED_TWICE else 2
    if len(longer) - len(shorter) > allowed or len(set(a) ^ set(b)) > 2 * allowed:
        return False  # a slip changes a letter for another at most
    if a[0] != b[0] and len(shorter) < LEAST_TYPED_TWICE:
        return False  # few slips hit the first letter
    if _opposite(a, b):
        return False
    return not is_other_stretch(*stretches(a, b)) and int(OSA.distance(a, b, score_cutoff=allowed)) <= allowed


def _opposite(a: str, b: str) -> bool:
    one, other = (next((begin for begin in OPPOSITES if word.startswith(begin)), "") for word in (a, b))
    return one != other and bool(one and other) and a[len(one) :] == b[len(other) :]


class Paired(NamedTuple):
    """The words of two names side by side. shared: (word of the first, word of the second, 1 or LIKE where they are
    only alike); left, right: words that one name alone holds; numbers: True where both hold numbers, of which none is
    shared; whole: True where one is the first letters of the other, or both are one but for blanks and slips."""

    shared: tuple[tuple[str, str, float], ...]
    left: tuple[str, ...]
    right: tuple[str, ...]
    numbers: bool
    whole: bool = False


@lru_cache(maxsize=65536)
def pair_words(a: str, b: str) -> Paired:
    """Returns the words of two names of organizations side by side: which are one says nothing yet of how much that
    tells."""
    (left, left_numbers), (right, right_numbers) = words_of(a), words_of(b)
    numbers = bool(left_numbers and right_numbers) and left_numbers.isdisjoint(right_numbers)
    if left == right:
        return Paired(tuple([(word, word, 1.0) for word in left]), (), (), numbers, bool(left))
    if left and right and (_initials(left, right, b) or _initials(right, left, a)):
        return Paired((), left, right, numbers, True)
    left, right = _merged(left, right), _merged(right, left)
    remaining = list(right)
    shared: list[tuple[str, str, float]] = []
    alone: list[str] = []
    for word in left:
        if word in remaining:
            remaining.remove(word)
            shared.append((word, word, 1.0))
        else:
            alone.append(word)
    for word in list(alone):
        found = next((other for other in remaining if _alike(word, other)), None)
        if found is not None:
            alone.remove(word)
            remaining.remove(found)
            shared.append((word, found, LIKE))
    one, other = "".join(alone), "".join(remaining)
    whole = bool(one and other) and (one == other or _one_text("".join(left), "".join(right)))
    return Paired(tuple(shared), tuple(alone), tuple(remaining), numbers, whole)


def _one_text(a: str, b: str) -> bool:
    """True for two long names that are one but for blanks and two slips."""
    if min(len(a), len(b)) < LEAST_WHOLE or any(map(str.isdigit, a + b)):
        return False
    return OSA.distance(a, b, score_cutoff=2) <= 2 and not is_other_stretch(*stretches(a, b))
