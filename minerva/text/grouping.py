"""Groups of near-duplicate texts: the plain path, and the choice between it and the one that needs numpy.

Both give the same labels: candidates are neighbors in a bucket of equal bins, pairs that agree enough are kept, and
what is connected is a group. Banding: Broder 1997; Leskovec, Rajaraman, Ullman, "Mining of Massive Datasets", ch. 3.
"""

from __future__ import annotations

import importlib.util
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from minerva.components import components
from minerva.text.normal import normal_text
from minerva.text.options import DEFAULT, Options
from minerva.text.signature import Signature, agreement, shingles, signature, word_hash

# Importing numpy costs 0.1 s of CPU; the plain path does some 10,000 texts a second.
WORTH_NUMPY = 2000
_COUNTED = re.compile(rb"(?<![^ ])[0-9]+(?=[a-z]{1,4}(?![^ ]))")
_NUMBER_AND_LETTER = re.compile("[0-9][A-Za-z]")
MOST_WORDS = 4000
"""Words of a text whose order is compared: that takes time and memory with the product of the lengths."""


def fast(size: int) -> bool:
    """True where numpy is at hand and so many texts pay for importing it."""
    return size >= WORTH_NUMPY and importlib.util.find_spec("numpy") is not None


def group_texts(texts: Sequence[str], options: Options = DEFAULT) -> list[int]:
    """Returns for each text the place of the first text of its group; a text alone is its own group.

    Linear in the number of texts. Texts of fewer than three words are grouped only when all their words are equal, and
    texts without any word only when they are the same.
    """
    if fast(len(texts)):
        from minerva.text.grouping_numpy import group_with_numpy

        return group_with_numpy(texts, options)
    return group_plainly(texts, options)


def group_plainly(texts: Sequence[str], options: Options = DEFAULT) -> list[int]:
    """`group_texts` without numpy; the reference of the fast path."""
    normals = [normal_text(text) for text in texts]
    sketches: dict[int, Signature] = {}
    few: dict[int, Signature] = {}
    for place, normal in enumerate(normals):
        found = shingles(normal)
        sketch = signature(found)
        if sketch is not None:
            sketches[place] = sketch
            if len(found) < options.few_shingles:
                few[place] = signature(shingles(counted_alike(normal))) or sketch
    pairs = set(_candidates(sketches, sketches, options.bands, options.rows))
    pairs.update(_candidates(few, few, options.short_bands, options.short_rows))
    kept = []
    for first, second in sorted(pairs):
        alike = agreement(sketches[first], sketches[second])
        if first in few or second in few:
            same = alike_closely(normals[first], normals[second], options)
        elif options.doubtful_agreement <= alike < options.least_agreement:
            same = in_order(normals[first], normals[second], options)
        else:
            same = alike >= options.least_agreement
        if same:
            kept.append((first, second))
    without = [place for place in range(len(texts)) if place not in sketches]
    return components(len(texts), [*kept, *equal_pairs(texts, normals, without)])


def _candidates(
    sketches: Mapping[int, Signature], places: Iterable[int], bands: int, rows: int
) -> Iterator[tuple[int, int]]:
    """Yields each two neighbors of a bucket, the smaller place first."""
    chosen = list(places)
    for start in range(0, bands * rows, rows):
        last: dict[Signature, int] = {}
        for place in chosen:
            key = sketches[place][start : start + rows]
            before = last.get(key)
            last[key] = place
            if before is not None:
                yield before, place


@lru_cache(maxsize=1 << 15)
def counted_alike(normal: bytes) -> bytes:
    """Returns a normal text in which all numbers of one unit are one word: 21yo and 23yo, 30min and 45min.

    A short text is mostly such numbers. The numbers of stored sketches stay as they are.
    """
    return _COUNTED.sub(b"0", normal)


def may_count(text: str) -> bool:
    """Whether a text as written may hold a number with a unit; cheaper to see than its normal form is to make."""
    return not text.isascii() or _NUMBER_AND_LETTER.search(text) is not None


def alike_closely(first: bytes, second: bytes, options: Options) -> bool:
    """Whether two normal texts, one of them short, are near-duplicates; numbers of one unit count as equal."""
    first, second = counted_alike(first), counted_alike(second)
    if first == second:
        return True
    one, other = _shingle_set(first), _shingle_set(second)
    both = len(one & other)
    if both >= options.least_agreement * (len(one) + len(other) - both):
        return True
    return in_order(first, second, options)


# A short text is compared with many others: its shingles and word hashes are worked out once.
@lru_cache(maxsize=1 << 15)
def _shingle_set(normal: bytes) -> frozenset[int]:
    return frozenset(shingles(normal))


@lru_cache(maxsize=1 << 15)
def _word_hashes(normal: bytes) -> tuple[tuple[int, ...], Counter[int]]:
    hashes = tuple([word_hash(word) for word in normal.split(None, MOST_WORDS)[:MOST_WORDS]])
    return hashes, Counter(hashes)


def in_order(first: bytes, second: bytes, options: Options) -> bool:
    """Whether enough of the words of two normal texts stand in both in the same order; numbers count as equal."""
    one, words = _word_hashes(first)
    other, others = _word_hashes(second)
    shorter, longer = sorted((len(one), len(other)))
    wanted = options.least_in_order * longer
    if shorter < max(options.least_words, wanted):
        return False
    # Words in the same order are words in any order first, which is cheaper to see.
    if sum((words & others).values()) < wanted:
        return False
    return common_in_order(one, other) >= wanted


def common_in_order(one: Sequence[int], other: Sequence[int]) -> int:
    """Returns the length of the longest common subsequence (Hyyro 2004, the bits of a whole number as one column)."""
    places: dict[int, int] = {}
    for position, item in enumerate(one):
        places[item] = places.get(item, 0) | 1 << position
    full = (1 << len(one)) - 1
    column = full
    for item in other:
        matches = column & places.get(item, 0)
        column = (column + matches | column - matches) & full
    return len(one) - bin(column).count("1")


def equal_pairs(
    texts: Sequence[str], normals: Mapping[int, bytes] | Sequence[bytes], places: Iterable[int]
) -> Iterator[tuple[int, int]]:
    """Yields pairs of those texts, too short for a shingle, whose words are equal; empty texts are in no pair."""
    first: dict[bytes, int] = {}
    for place in places:
        key = b" ".join(normals[place].split()) or texts[place].strip().encode("utf-8", "backslashreplace")
        if key and first.setdefault(key, place) != place:
            yield first[key], place
