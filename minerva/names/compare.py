"""Compares two names word by word: weighted words, spelling tolerance, numbers that must not contradict."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from minerva.names.tables import GENERIC, LEGAL_FORMS, NUMERALS, SHORT_FORMS

_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_DOTTED = re.compile(r"\b(?:\w\.){2,}")
_GENERIC_WEIGHT = 0.25
_INITIAL_WEIGHT = 0.2


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


@lru_cache(maxsize=65536)
def words_of(name: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """Returns (words, numbers) of a name: lower case without accents, legal forms dropped, numerals as digits."""
    folded = "".join(c for c in unicodedata.normalize("NFKD", name.lower()) if not unicodedata.combining(c))
    folded = _DOTTED.sub(lambda found: found.group().replace(".", ""), folded).replace("'", "").replace("\u2019", "")
    words = []
    numbers = set()
    for position, word in enumerate(_WORD.findall(folded)):
        if word in LEGAL_FORMS:
            continue
        word = SHORT_FORMS.get(word, word)
        numeral = NUMERALS.get(word, word) if position else word
        if numeral.isdigit():
            numbers.add(numeral)
        elif word not in words:
            words.append(word)
    return tuple(words), frozenset(numbers)


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
    (left, left_numbers), (right, right_numbers) = words_of(a), words_of(b)
    if not left or not right:
        same = bool(left_numbers) and left_numbers == right_numbers and left == right
        return NameComparison(1.0 if same else 0.0, (), bool(left_numbers and right_numbers) and not same)
    shared, covered_left, covered_right = _pair(left, right)
    total_left, total_right = sum(map(_weight, left)), sum(map(_weight, right))
    covered = (covered_left + covered_right) / 2
    union = total_left + total_right - covered
    overlap = covered / union if union else 0.0
    contained = 0.9 * max(covered_left / total_left, covered_right / total_right) if covered >= _GENERIC_WEIGHT else 0.0
    # A lone generic word ("Center") held by another name says nothing.
    if not any(_weight(word) >= 1.0 for word in shared):
        contained *= 0.5
    conflict = bool(left_numbers and right_numbers and not left_numbers & right_numbers)
    score = max(overlap, contained) * (0.5 if conflict else 1.0)
    return NameComparison(round(min(1.0, score), 4), tuple(shared), conflict)


def _pair(left: tuple[str, ...], right: tuple[str, ...]) -> tuple[tuple[str, ...], float, float]:
    """Returns (shared words, weight covered on the left, on the right); each word is used once."""
    remaining = list(right)
    shared = []
    covered_left = covered_right = 0.0
    for word in left:
        found = word if word in remaining else next((other for other in remaining if _alike(word, other)), None)
        if found is None:
            continue
        remaining.remove(found)
        shared.append(word)
        closeness = 1.0 if found == word else 0.8
        covered_left += _weight(word) * closeness
        covered_right += _weight(found) * closeness
    return tuple(sorted(shared)), covered_left, covered_right


def _alike(a: str, b: str) -> bool:
    """True for a typing error in a long word, or an abbreviation of three letters or more."""
    shorter, longer = (a, b) if len(a) <= len(b) else (b, a)
    if len(shorter) >= 3 and longer.startswith(shorter) and len(longer) >= len(shorter) + 2:
        return True
    if len(shorter) < 5:
        return False
    allowed = 1 if len(shorter) < 8 else 2
    return int(Levenshtein.distance(a, b, score_cutoff=allowed)) <= allowed
