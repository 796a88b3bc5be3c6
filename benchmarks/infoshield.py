"""Near-duplicate texts by the method of InfoShield (Lee et al., "InfoShield: Generalizable Information-Theoretic
Human-Trafficking Detection", ICDE 2021), written anew and plainly: a baseline of near_duplicates, none of its code.

Coarse: the phrases (runs of one to five words) of highest tf-idf of each text; texts that share one are one cluster.
Fine: in a cluster, a text and all that cost fewer bits when written as changes of it are aligned; the words that enough
of them share are the template, and what differs between two of them is a slot where that saves bits. If the texts
written by the template, with the template, cost less than written out, they are near-duplicates.
Left out: partial-order alignment (each text is aligned with the first alone, by difflib, so words that only later texts
share never enter a template), the ranking of clusters, and the display. Words are kept as they are; the authors' code
strips digits and all that is not ASCII.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from minerva.components import components

Words = Sequence[str]
LONGEST_PHRASE = 5
TOP = 0.1
"""Phrases chosen of a text, as a share of its words."""
_OPERATION = 1 + math.log2(3)
"""Bits that say of a place that it is changed, and how: a word put in, left out, or another."""


def group_by_description(texts: Sequence[str]) -> list[int]:
    """Returns a label for each text: of its near-duplicates, or its own."""
    words = [text.split() for text in texts]
    word_bits = math.log2(max(2, len({word for text in words for word in text})))
    clusters = defaultdict(list)
    for place, label in enumerate(coarse(words)):
        clusters[label].append(place)
    labels = [*range(len(texts))]
    for places in clusters.values():
        for found in fine([words[place] for place in places], word_bits):
            for each in found:
                labels[places[each]] = places[found[0]]
    return labels


def coarse(words: Sequence[Words]) -> list[int]:
    """Returns the cluster of each text."""
    phrases = [Counter(_phrases(text)) for text in words]
    held = Counter(phrase for text in phrases for phrase in text)
    first: dict[Words, int] = {}
    edges = []
    for place, counts in enumerate(phrases):
        weight = {each: n * math.log(len(words) / held[each]) for each, n in counts.items() if held[each] > 1}
        most = max(1, int(TOP * len(words[place])))
        for phrase in sorted(weight, key=lambda each: (-weight[each], -len(each), each))[:most]:
            edges.append((first.setdefault(phrase, place), place))
    return components(len(words), edges)


def _phrases(text: Words) -> list[tuple[str, ...]]:
    return [
        tuple(text[start : start + size])
        for size in range(1, LONGEST_PHRASE + 1)
        for start in range(len(text) - size + 1)
    ]


def fine(words: Sequence[Words], word_bits: float) -> list[list[int]]:
    """Returns the groups of near-duplicates, as places in `words`; texts in none of them are left out."""
    groups = []
    counts = [Counter(text) for text in words]
    left = [*range(len(words))]
    while len(left) > 1:
        seed, *others = left
        alike, aligned = [seed], [Aligned(len(words[seed]), [True] * len(words[seed]), [0] * (len(words[seed]) + 1))]
        for other in others:
            shared = sum((counts[seed] & counts[other]).values())
            if _least_bits(words[seed], words[other], shared, word_bits) >= plain_bits(len(words[other]), word_bits):
                continue  # no alignment could match more words than both hold
            found = align(words[seed], words[other])
            if found.bits(word_bits) < plain_bits(len(words[other]), word_bits):
                alike.append(other)
                aligned.append(found)
        if len(alike) > 1 and template_bits(aligned, word_bits) < sum(
            plain_bits(each.length, word_bits) for each in aligned
        ):
            groups.append(alike)
            taken = {*alike}
            left = [each for each in left if each not in taken]
        else:
            left = others
    return groups


class Aligned(NamedTuple):
    """A text beside the seed. length: its words; kept: of each word of the seed whether the text has it in its place;
    between: how many other words it has before each word of the seed, and after the last."""

    length: int
    kept: Sequence[bool]
    between: Sequence[int]

    def bits(self, word_bits: float) -> float:
        """Returns what the text costs as changes of the seed."""
        matched = sum(self.kept)
        return _changed_bits(matched, len(self.kept) - matched, self.length - matched, word_bits)


def align(seed: Words, other: Words) -> Aligned:
    """Returns a text beside the seed."""
    kept, between = [False] * len(seed), [0] * (len(seed) + 1)
    at = 0
    for mine, theirs, size in SequenceMatcher(None, seed, other, autojunk=False).get_matching_blocks():
        between[mine] += theirs - at
        kept[mine : mine + size] = [True] * size
        at = theirs + size
    return Aligned(len(other), kept, between)


def template_bits(aligned: Sequence[Aligned], word_bits: float) -> float:
    """Returns the fewest bits of a template and all texts written by it, over how many texts must share its words."""
    shared = [sum(each.kept[place] for each in aligned) for place in range(len(aligned[0].kept))]
    return min(_bits_at(aligned, shared, most, word_bits) for most in {*shared} if most > 1)


def _bits_at(aligned: Sequence[Aligned], shared: Sequence[int], most: int, word_bits: float) -> float:
    chosen = [place for place, count in enumerate(shared) if count >= most]
    total = integer_bits(len(chosen)) + len(chosen) * word_bits
    # The words of each text in each gap: what is between, and words of the seed that are no part of the template.
    edges = [*chosen, len(shared)]
    for start, end in zip([-1, *chosen], edges, strict=True):
        gaps = [sum(each.between[start + 1 : end + 1]) + sum(each.kept[start + 1 : end]) for each in aligned]
        as_slot = math.log2(len(chosen) + 1) + sum(integer_bits(size + 1) + size * word_bits for size in gaps)
        as_changes = sum(gaps) * (_OPERATION + word_bits)
        total += min(as_slot, as_changes)
    for each in aligned:
        kept = sum(each.kept[place] for place in chosen)
        total += integer_bits(len(chosen)) + kept + (len(chosen) - kept) * _OPERATION
    return total


def plain_bits(length: int, word_bits: float) -> float:
    """Returns what a text costs written out."""
    return integer_bits(length) + length * word_bits


def integer_bits(number: int) -> float:
    """Returns the bits of a universal code of a whole number (Rissanen, as the paper counts it)."""
    return 2 * math.log2(number) + 1 if number > 0 else 1


def _changed_bits(matched: int, gone: int, put_in: int, word_bits: float) -> float:
    # A word left out where another was put in is one change.
    places = matched + max(gone, put_in)
    return integer_bits(places) + matched + max(gone, put_in) * _OPERATION + put_in * word_bits


def _least_bits(seed: Words, other: Words, shared: int, word_bits: float) -> float:
    return _changed_bits(shared, len(seed) - shared, len(other) - shared, word_bits)
