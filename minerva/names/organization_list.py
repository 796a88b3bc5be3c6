"""Searches a list of organizations by what tells them apart in that list: words, pairs of neighbors and whole parts.

What many holders of the list have in their names says little, in any language; a word that one holds says most. A name
that stands within a longer one (a department, its university, the town) is found too. A holder may have many writings.
"""

from __future__ import annotations

import html
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from minerva.names.index import Found, ranked
from minerva.names.organization_words import in_english, parted
from minerva.names.romanize import LONGEST, LONGEST_READ, latin_words
from minerva.names.tables import LEGAL_FORMS, SHORT_FORMS

SMALL = frozenset({"the", "of", "and", "for", "at", "in", "a", "de", "la", "del", "des", "du", "et", "y", "e", "und",
                   "der", "die", "das"})  # fmt: skip
ADDED = 0.3
"""How much what the asked name has besides weighs against what the writing asks for: a department costs little."""
DOUBT = 0.1
"""Added to how often a word was seen: what one writing alone holds is not yet sure to be its holder's."""
MOST = 1500
"""Writings that one word brings up to be compared; what more hold only weighs, unless nothing of the name is rarer."""
REORDERED = 0.75
"""What a name is worth that holds an entry's words in another order: a translation, or a namesake."""
ALIKE, WHOLE = 0.5, 0.3
"""Shares in a holder's rank, beside how much of what tells is its: how alike its best writing is, which may be one of
another part of it, and whose the last part is, since people name a part before its whole."""
EXACT = 40
"""Holders whose best writings are compared in full."""
PART = ", "
_ELIDED = re.compile(r"\b[dl]['\u2019](?=\w)", re.IGNORECASE)
_PARTS = re.compile(r"[,;:()/|]| - | \d+ ")

Feature = tuple[str, ...]


class Holder(NamedTuple):
    """position: the place of its best writing in the list; score: 0 to 1, how alike that is, 1 for an equal form; rank:
    likeness, how much of what tells in the name is this holder's, and how surely its last part is; shared: words of
    both, the rarest first."""

    position: int
    score: float
    rank: float
    shared: tuple[str, ...]


def organization_form(text: str) -> str:
    """Returns the telling words of a name in lower-case Latin letters and in English, its parts divided by commas."""
    found = []
    text = html.unescape(text[:LONGEST_READ])
    for part in _PARTS.split(_ELIDED.sub("", parted(text))):
        words = (SHORT_FORMS.get(word, word) for word in in_english(list(latin_words(part))))
        kept = [word for word in words if word not in LEGAL_FORMS and word not in SMALL]
        if kept:
            found.append(" ".join(kept))
    return (PART.join(found) or " ".join(latin_words(text)))[:LONGEST]


def features(form: str) -> dict[Feature, None]:
    """Returns what a form is compared by, in its order: words, pairs of neighbors and whole parts."""
    found: dict[Feature, None] = {}
    for part in form.split(PART):
        words = part.split()
        found.update(((word,), None) for word in words)
        found.update((pair, None) for pair in zip(words, words[1:]))
        if words:
            found["", part] = None
    return found


class OrganizationList:
    """A list of forms ready to be searched; `search` is that of `index.Search`."""

    def __init__(self, forms: Sequence[str], holders: Sequence[str] = ()) -> None:
        """holders: of each form whose it is; without them each form has a holder of its own."""
        self._holder = list(holders) or [str(place) for place in range(len(forms))]
        self._features = [features(form) for form in forms]
        self._postings: dict[Feature, list[int]] = defaultdict(list)
        for place, held in enumerate(self._features):
            for each in held:
                self._postings[each].append(place)
        self._most = math.log2(max(2, len(set(self._holder))))
        self._counts = {each: Counter(self._holder[place] for place in places)
                        for each, places in self._postings.items()}  # fmt: skip
        self._weight = {each: max(0.0, self._most - math.log2(len(found))) for each, found in self._counts.items()}
        self._total = [sum(self._weight[each] for each in held) for held in self._features]
        self._words = [sum(self._weight[each] for each in held if len(each) == 1) for held in self._features]

    def search(self, form: str, cutoff: float, limit: int = 0) -> list[Found]:
        """Returns the best writing of each holder of score `cutoff` or more, the most alike first."""
        return ranked([Found(each.position, each.score) for each in self.holders(form) if each.score >= cutoff], limit)

    def holders(self, form: str) -> list[Holder]:
        """Returns the holders that share a telling word with a name, those of the highest rank first."""
        asked = features(form)
        weight = sum(self._weight.get(each, self._most) for each in asked)
        if not weight:
            return []
        best: dict[str, tuple[float, int]] = {}
        for place, shared in self._candidates(asked).items():
            alike = shared / (self._total[place] + ADDED * weight)
            holder = self._holder[place]
            if holder not in best or (-alike, place) < (-best[holder][0], best[holder][1]):
                best[holder] = (alike, place)
        likely = sorted(best.values(), key=lambda each: (-each[0], each[1]))[:EXACT]
        whole = next((each for each in reversed(asked) if not each[0]), ())
        found = [self._compared(place, asked, weight, whole) for _, place in likely]
        return sorted(found, key=lambda each: (-each.rank, each.position))

    def _candidates(self, asked: Iterable[Feature]) -> dict[int, float]:
        """Returns writing -> weight of what it shares with the name, as far as that brings it up."""
        known = sorted((each for each in asked if each in self._postings), key=lambda each: len(self._postings[each]))
        shared: dict[int, float] = defaultdict(float)
        for number, each in enumerate(known):
            if number and len(self._postings[each]) > MOST:
                break
            for place in self._postings[each]:
                shared[place] += self._weight[each]
        return shared

    def _compared(self, place: int, asked: dict[Feature, None], weight: float, whole: Feature) -> Holder:
        held, holder = self._features[place], self._holder[place]
        both = [each for each in asked if each in held]
        alike = (1 + ADDED) * sum(self._weight[each] for each in both) / (self._total[place] + ADDED * weight)
        told = sum(self._weight.get(each, self._most) for each in asked if len(each) == 1)
        words = (1 + ADDED) * sum(self._weight[each] for each in both if len(each) == 1)
        words /= max(1e-9, self._words[place] + ADDED * told)
        share = sum(self._weight.get(each, 0.0) * self._part_of(holder, each) for each in asked)
        shared = sorted((each for each in both if len(each) == 1), key=lambda each: -self._weight[each])
        score = min(1.0, max(alike, REORDERED * words))
        rank = ALIKE * alike + share / weight + WHOLE * self._part_of(holder, whole)
        return Holder(place, score, rank, tuple(each[0] for each in shared))

    def _part_of(self, holder: str, feature: Feature) -> float:
        """Returns how much of what has a feature in the list is a holder's, 0 to 1."""
        counts = self._counts.get(feature)
        if not counts or holder not in counts:
            return 0.0
        return counts[holder] * (1 + DOUBT) / (sum(counts.values()) + DOUBT)
