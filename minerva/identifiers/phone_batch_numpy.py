"""Phones of many texts at once, where numpy is at hand: the answers of `phone.find`, text by text.

All texts are joined; runs of digits are found in the joined bytes, candidates that look alike are judged together
(phone_shapes.way_of), and the numbering plans' automaton reads all numbers at once. A candidate that leaves a doubt is
read by phone_plain, and a text without a number, or with a sign of a hidden one, by the plain path as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from minerva.identifiers import (
    numbering,
    other_numbers,
    phone_context,
    phone_doubtful,
    phone_plain,
    phone_shapes,
    plans,
)
from minerva.identifiers.phone_tokens import LONGEST_PLAIN, Hit, hit_of

Array = Any
SLICE = 5_000
"""Texts read together: enough to spread the cost of each step."""
_BREAK = "\x1e"
_JOINT = _BREAK + "   "
_DIGIT, _SIGN, _END = 1, 2, 3
_HIDING = frozenset(phone_context.HIDING_SIGNS.encode())
_CLASS = bytes(
    _DIGIT if 48 <= byte <= 57 else _SIGN if byte in _HIDING else _END if byte == ord(_BREAK) else 0
    for byte in range(256)
)  # fmt: skip
_SEPARATES = np.zeros(256, bool)
_SEPARATES[list(phone_shapes.SEPARATORS)] = True
_WIDEST_GAP = 4
_FEWEST = 7
_WIDTH = 40
"""Bytes of a window: three before a candidate and up to 37 of its own."""
_PLACES = np.arange(_WIDTH)
_WEIGHTS = np.array(
    [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93, 0xA0761D6478BD642F], np.uint64
)
_DIGITS = np.arange(numbering.MAX_DIGITS + 1)
_NO_DIGIT = 10
_DOUBTFUL, _NUMBER, _NOTHING, _IS_DATE = range(4)


class _Plans:
    """The automaton and the rules of dialing as arrays."""

    def __init__(self) -> None:
        rows = np.array(plans.NEXT[48:], np.int32).reshape(-1, 10) // 10
        self.following = np.hstack([rows, np.arange(len(rows), dtype=np.int32)[:, None]]).ravel()
        self.valid = np.zeros(len(rows), bool)
        self.valid[[state // 10 for state in plans.VALID]] = True
        self.root = plans.ROOT // 10
        # By the first three digits behind a plus sign: how long the country code is and whether the two digits after
        # it leave no doubt.
        self.length = np.zeros(1000, np.int8)
        self.certain = np.zeros((1000, 100), bool)
        for country, heads in plans.MAIN_HEADS.items():
            for prefix in range(1000):
                if b"%03d" % prefix == country or (b"%03d" % prefix).startswith(country):
                    self.length[prefix] = len(country)
                    self.certain[prefix] = [head in "dn" for head in heads]
        self._dialing: dict[str, Array] = {}

    def dialing(self, rules: plans.Dialing) -> Array:
        """By the first two digits of a number dialed in a region, how many are cut off before the automaton reads it;
        4 where only the full rules can tell, 3 for the digits of a country code behind 00."""
        known = self._dialing.get(rules.region)
        if known is None:
            known = np.full(100, 4, np.int8)
            for pair in range(100):
                head = rules.heads[b"%02d" % pair]
                known[pair] = 0 if head == "d" else 1 if head == "t" else 4
            if rules.from_abroad and known[0] == 4:
                known[0] = 3
            self._dialing[rules.region] = known
        return known

    def run(self, digits: Array, states: Array, cut: Array) -> Array:
        """Whether each row of digits, from its place `cut` on, is valid from its state."""
        for place in range(digits.shape[1]):
            column = digits[:, place]
            further = self.following[states * 11 + column]
            states = further if place > 2 else np.where(cut > place, states, further)
        return self.valid[states]


_plans: _Plans | None = None


Found = tuple[list[Hit], bool]
"""The numbers of a text, and whether other_numbers.phones_only is known to keep each."""


def find_all(
    texts: Sequence[str], rules: Sequence[plans.Dialing], unread: Callable[[int], None]
) -> dict[int, Found]:
    """The plainly written numbers of each text that holds some and shows no sign of hidden ones, by its place.

    `texts` are normalized; `unread` is told the places of all other texts, in any order.
    """
    found: dict[int, Found] = {}
    for first in range(0, len(texts), SLICE):
        _Slice(texts[first : first + SLICE], rules[first : first + SLICE]).read(first, found, unread)
    return found


class _Slice:
    def __init__(self, texts: Sequence[str], rules: Sequence[plans.Dialing]) -> None:
        self.texts = texts
        self.rules = rules
        self.odd: set[int] = set()
        self.doubted: set[int] = set()
        joined = _JOINT.join(texts)
        if joined.count(_BREAK) >= len(texts):
            self.odd = {place for place, text in enumerate(texts) if _BREAK in text}
            joined = _JOINT.join(["" if place in self.odd else text for place, text in enumerate(texts)])
        self.bytes = f"   {joined}{_BREAK}{' ' * _WIDTH}".encode("utf-8", "surrogatepass")
        self.kinds = self.bytes.translate(phone_shapes.KINDS)

    def read(self, offset: int, found: dict[int, Found], unread: Callable[[int], None]) -> None:
        global _plans
        if _plans is None:
            _plans = _Plans()
        signs = np.frombuffer(self.bytes, np.uint8)
        classes = np.frombuffer(self.bytes.translate(_CLASS), np.uint8)
        places = np.flatnonzero(classes)
        what = classes[places]
        ends = places[what == _END]
        owners = np.cumsum(what == _END)
        starts = np.concatenate(([3], ends[:-1] + 4))
        hiding = np.zeros(len(self.texts), bool)
        hiding[owners[what == _SIGN]] = True
        lowered = self.bytes.lower()
        for word in phone_context.HIDING_WORDS:
            at = lowered.find(word)
            while at >= 0:
                owner = int(np.searchsorted(ends, at))
                hiding[owner] = True
                at = lowered.find(word, int(ends[owner]))
        at = self.kinds.find(b"9a")
        while at >= 0:
            if lowered.startswith(phone_context.GLUED_WORDS, at + 1):
                hiding[int(np.searchsorted(ends, at))] = True
            at = self.kinds.find(b"9a", at + 1)
        hiding[list(self.odd)] = True
        numbers = (what == _DIGIT) & ~hiding[np.minimum(owners, len(hiding) - 1)]
        hits = self._hits(signs, places[numbers], owners[numbers], starts)
        for place in range(len(self.texts)):
            own = hits.get(place)
            if not own or max([hit[1] - hit[0] for hit in own]) > LONGEST_PLAIN:
                unread(offset + place)
            else:
                found[offset + place] = own, place not in self.doubted

    def _hits(self, signs: Array, digits: Array, owners: Array, starts: Array) -> dict[int, list[Hit]]:
        """The hits of each text that has candidates; `digits` are the places of all digits, `owners` their texts."""
        if len(digits) < _FEWEST:
            return {}
        gaps = digits[1:] - digits[:-1] - 1
        joins = gaps <= _WIDEST_GAP
        for step in range(1, _WIDEST_GAP + 1):
            joins &= (gaps < step) | _SEPARATES[signs[np.minimum(digits[:-1] + step, len(signs) - 1)]]
        first = np.flatnonzero(np.concatenate(([True], ~joins)))
        counts = np.diff(np.concatenate((first, [len(digits)])))
        enough = counts >= _FEWEST
        first, counts = first[enough], counts[enough]
        if not len(first):
            return {}
        begin = digits[first]
        end = digits[first + counts - 1] + 1
        judged = self._judged(signs, digits, owners, first, counts, begin, end)
        return self._collected(owners[first], starts, begin, end, *judged)

    def _judged(
        self, signs: Array, digits: Array, owners: Array, first: Array, counts: Array, begin: Array, end: Array
    ) -> tuple[list[int], list[int], list[int], list[int], list[int], list[int]]:
        """For each candidate what it is, how many signs before belong to it, whether a plus sign is there, whether it
        is one group, how many of its digits are no part of the number (100 more before a country code), and whether
        other_numbers.phones_only must look at it, labels before it aside."""
        assert _plans is not None
        ways = self._ways(begin, end)
        way, plus, alone, wider, in_row = ways.T
        last = counts - 1
        values = signs[digits] - 48
        row = np.minimum(first[:, None] + _DIGITS, len(values) - 1)
        matrix = values[row].astype(np.int32)
        matrix[counts[:, None] <= _DIGITS] = _NO_DIGIT
        distinct = {id(rules): rules for rules in self.rules}
        numbered = {key: number for number, key in enumerate(distinct)}
        region = np.array([numbered[id(rules)] for rules in self.rules])[owners[first]]
        known = list(distinct.values())
        pair = matrix[:, 0] * 10 + matrix[:, 1]
        cut = np.array([_plans.dialing(rules) for rules in known])[region, pair]
        country_is_one = np.array([rules.country == "1" for rules in known])[region]
        cut = np.where((cut == 4) & country_is_one & (matrix[:, 0] == 1) & (counts == 11), 1, cut)
        fits = np.array([[length in rules.lengths for length in range(numbering.MAX_DIGITS + 2)] for rules in known])
        long = np.minimum(counts, numbering.MAX_DIGITS + 1)
        fits = fits[region, long] | (matrix[:, 0] == 0)
        unknown = ~fits
        trunked = np.array([rules.trunked for rules in known])[region]
        zeros = np.concatenate(([0], np.cumsum((values == 0) & (signs[digits - 1] == 32))))
        inner_zero = zeros[first + counts] > zeros[first + 1]
        fits &= ~trunked | (matrix[:, 0] == 0) | ~inner_zero
        told = np.where(plus == 1, True, fits & (cut < 4))
        from_root = (plus == 1) | (cut == 3)
        skipped = np.where(plus == 1, 0, np.where(cut == 3, 2, np.minimum(cut, 2)))
        start = np.array([rules.start // 10 for rules in known], np.int32)[region]
        valid = _plans.run(matrix, np.where(from_root, _plans.root, start), skipped)
        rows = np.arange(len(matrix))
        prefix = matrix[rows, skipped] * 100 + matrix[rows, skipped + 1] * 10 + matrix[rows, skipped + 2]
        length = skipped + _plans.length[np.minimum(prefix, 999)]
        after_country = matrix[rows, length] * 10 + matrix[rows, np.minimum(length + 1, numbering.MAX_DIGITS)]
        certain = ~from_root | (_plans.certain[np.minimum(prefix, 999), np.minimum(after_country, 99)])
        same = np.ones(len(matrix), bool)
        for step in range(1, _FEWEST):
            same &= values[first + last] == values[first + last - step]
        quick = (way == phone_shapes.QUICK) & (counts <= numbering.MAX_DIGITS) & self._nothing_follows(signs, end)
        before = signs[begin - 1]
        plain = (signs[end] == 32) | (signs[end] == 46) | (signs[end] == 44) | (signs[end] == ord(_BREAK))
        nothing = unknown & (plus == 0) & (alone == 1) & ((before == 32) | (before == 10) | (before == 40)) & plain
        what = np.where(way == phone_shapes.DATE, _IS_DATE, _DOUBTFUL)
        what[quick & nothing] = _NOTHING
        what[quick & told & valid & certain & ~same] = _NUMBER
        skipped = np.where(from_root, skipped + 100, skipped)
        bare = np.array([rules.region in other_numbers.WITH_TRUNK for rules in known])[region]
        kinds = np.frombuffer(self.kinds, np.uint8)
        is_file = (signs[end] == 46) & (kinds[end + 1] == 97)
        doubted = (in_row == 1) | is_file | (bare & (plus == 0) & (skipped == 0))
        return (
            what.tolist(), wider.tolist(), plus.tolist(), alone.tolist(), skipped.tolist(), doubted.tolist(),
        )  # fmt: skip

    def _ways(self, begin: Array, end: Array) -> Array:
        """phone_shapes.way_of for each candidate: the way, plus sign, one group, signs before, many groups; the way
        is 0 for candidates that are too long."""
        kinds = np.frombuffer(self.kinds, np.uint8)
        size = end - begin + 3
        fitting = size <= _WIDTH
        windows = kinds[np.minimum(begin[:, None] - 3 + _PLACES, len(kinds) - 1)]
        windows[size[:, None] <= _PLACES] = 0
        words = windows.view(np.uint64)
        # Windows are told apart by a hash; that equal hashes mean equal windows is checked below.
        _, sample, inverse = np.unique(words @ _WEIGHTS, return_index=True, return_inverse=True)
        fitting &= (words == words[sample][inverse]).all(axis=1)
        ways = np.zeros((len(sample), 5), np.int64)
        for number, place in enumerate(sample.tolist()):
            if fitting[place]:
                way, _, plus, alone, wider, in_row = phone_shapes.way_of(self.kinds[begin[place] - 3 : end[place]])
                ways[number] = (way, plus, alone, wider, in_row)
        found: Array = ways[inverse]
        found[~fitting, 0] = 0
        return found

    def _nothing_follows(self, signs: Array, end: Array) -> Array:
        key = signs[end].astype(np.uint32)
        for step in (1, 2, 3):
            key |= signs[end + step].astype(np.uint32) << np.uint32(8 * step)
        keys, inverse = np.unique(key, return_inverse=True)
        known = [_ends(int(each).to_bytes(4, "little")) for each in keys]
        found: Array = np.array(known, bool)[inverse]
        return found

    def _collected(
        self,
        owners: Array,
        starts: Array,
        begins: Array,
        ends: Array,
        what: list[int],
        wider: list[int],
        plus: list[int],
        alone: list[int],
        cut: list[int],
        doubted: list[int],
    ) -> dict[int, list[Hit]]:
        hits: dict[int, list[Hit]] = {}
        data = self.bytes
        texts, rules = self.texts, self.rules
        local = begins - starts[owners]
        if not data.isascii():
            # Bytes that go on with a character do not count.
            passed = np.cumsum((np.frombuffer(data, np.uint8) & 0xC0) == 0x80, dtype=np.int64)
            local -= passed[begins - 1] - passed[starts[owners] - 1]
        found = zip(what, owners.tolist(), begins.tolist(), ends.tolist(), local.tolist())
        for index, (kind, owner, begin, end, start) in enumerate(found):
            if kind == _NOTHING:
                continue
            text = texts[owner]
            own = rules[owner]
            skip = cut[index]
            if kind == _NUMBER and (
                not alone[index] or data[begin - 1] == 43 or not phone_context.follows_id(text, start)
            ):
                written = data[begin:end].translate(None, phone_shapes.SEPARATORS).decode()
                if skip == 1 and not own.alone and own.country != "1" and not plans.is_cut(written.encode(), own):
                    more = phone_plain.scan(text, own, None, [(start, start + end - begin)])[0]
                    hits.setdefault(owner, []).extend(more)
                    self.doubted.add(owner)
                    continue
                number = "+" + written[skip - 100 :] if skip >= 100 else own.lead + written[skip:]
                confidence = 0.98 if plus[index] else 0.8 if not own.region else 0.9 if alone[index] else 0.95
                place = start - wider[index]
                hit = hit_of((place, start + end - begin, number, "digits", confidence))
                if doubted[index] or other_numbers.may_be_label[text[place - 4 if place > 4 else 0 : place]]:
                    self.doubted.add(owner)
                if owner in hits:
                    hits[owner].append(hit)
                else:
                    hits[owner] = [hit]
            elif kind != _IS_DATE or phone_doubtful.date_at(text, start, start + end - begin) is None:
                more = phone_plain.scan(text, own, None, [(start, start + end - begin)])[0]
                if more:
                    hits.setdefault(owner, []).extend(more)
                    self.doubted.add(owner)
        return hits


def _ends(after: bytes) -> bool:
    """Whether the bytes behind a candidate tell that it ends there (phone_shapes.ends_before)."""
    return phone_shapes.ends_before(after.partition(_BREAK.encode())[0].decode("utf-8", "ignore"))
