"""Phones of many texts at once, where numpy is at hand: the answers of `phone.in_text`, text by text.

Candidates are found in all texts together (phone_candidates_numpy), judged by arrays, and the numbering plans'
automaton reads all numbers at once (plans_numpy). A candidate that leaves a doubt is read by phone_plain, and a text
that may hold hidden numbers (phone_gates) by the plain path as a whole.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate
from typing import Any, NamedTuple

import numpy as np

from minerva.identifiers import (
    characters,
    id_labels,
    numbering,
    other_numbers,
    phone_context,
    phone_doubtful,
    phone_gates,
    phone_hits,
    phone_plain,
    phone_shapes,
    phone_sureness,
    phone_texts,
    plans,
    plans_numpy,
    reversed_numbers,
    second_numbers,
)
from minerva.identifiers.phone_candidates_numpy import Candidates, Joined, Numbers, Ways
from minerva.identifiers.phone_columns import PhoneColumns
from minerva.identifiers.phone_tokens import NORTH_AMERICA, Hit
from minerva.identifiers.spans import without
from minerva.identifiers.unplaced_phones import Reading

Array = Any
_PLAIN_BEFORE = np.zeros(256, bool)
_PLAIN_BEFORE[list(b" \n(")] = True
_PLAIN_AFTER = np.zeros(256, bool)
_PLAIN_AFTER[list(b" .,\x1e")] = True
_HIDING_BEFORE = np.zeros(256, bool)
_HIDING_BEFORE[[*map(ord, phone_doubtful.HIDING_BEFORE)]] = True
_ZERO, _PLUS = b"0+"
MOST_TEXTS = 1_000
"""Texts read together: enough to spread the cost of each step."""
_NOWHERE = -1
_MOST_CHARACTERS = 250_000
"""From so many characters on no further text is read with them: they stay within the processor's cache."""


class _Found(NamedTuple):
    """The numbers of a slice's texts that have plainly written ones, no sign of hidden ones and no doubt; by place the
    numbers of those with a doubt, of which some may overlap or be none; and the places of all others."""

    hits: PhoneColumns
    doubtful: dict[int, list[Hit]]
    unread: list[int]


def find_all(texts: Sequence[str], hints: Sequence[str | None]) -> PhoneColumns:
    """The phones of each text, with a hint to its region: what phone.in_text finds."""
    regions = {hint: numbering.region_code(hint) or "" for hint in set(hints)}
    known = tuple(sorted(set(regions.values())))
    rules = plans_numpy.dialings(known)
    rows = {hint: known.index(region) for hint, region in regions.items()}
    row = np.zeros(len(texts), np.intp) if len(known) == 1 else np.array([rows[hint] for hint in hints], np.intp)
    whole = PhoneColumns.none()
    first = 0
    sizes = list(map(len, texts))
    while first < len(texts):
        reached = list(accumulate(sizes[first : first + MOST_TEXTS]))
        last = first + min(bisect_left(reached, _MOST_CHARACTERS) + 1, len(reached))
        part = _read(texts[first:last], rules, row[first:last])
        whole.texts.extend([first + place for place in part.texts] if first else part.texts)
        added: Any = zip(whole[1:], part[1:])  # columns of several types
        for column, more in added:
            column.extend(more)
        first = last
    return whole


def _read(texts: Sequence[str], rules: plans_numpy.Dialings, regions: Array) -> PhoneColumns:
    read = list(texts)
    unplaced = [place for place, row in enumerate(regions.tolist()) if not rules.rules[row].region]
    alone = sorted({*characters.that_change(texts), *unplaced})
    for place in alone:
        read[place] = ""
    found = _Slice(read, rules, regions).read()
    others: list[tuple[int, list[Reading]]] = []
    for place, hits in found.doubtful.items():
        own = rules.rules[regions[place]]
        kept = other_numbers.phones_only(texts[place], hits, own)
        if len(kept) == len(hits) and not reversed_numbers.may_turn(texts[place], kept, own):
            others.append((place, [(hit, ()) for hit in phone_sureness.of_hits(texts[place], phone_hits.apart(kept))]))
        else:
            alone.append(place)
    alone += [place for place in found.unread if read[place]]
    owns = [rules.rules[region] for region in regions[alone].tolist()]
    others += zip(alone, phone_texts.hits_in_each([texts[place] for place in alone], owns))
    # Each text has all of its numbers from one of the two.
    rows = [(place, *hit, beside) for place, own in others for hit, beside in own]
    plain = found.hits
    read_in = [texts[place] for place in plain.texts]
    sure = map(phone_sureness.of_phone, plain.methods, plain.confidences, read_in, plain.starts)
    plain = plain._replace(confidences=list(sure))
    return plain.and_rows(rows) if rows else plain


class _Slice:
    def __init__(self, texts: Sequence[str], rules: plans_numpy.Dialings, regions: Array) -> None:
        self.texts = texts
        self.rules = rules
        self.regions = regions
        self.joined = Joined(texts)
        self.spans: dict[int, list[phone_doubtful.Span]] = {}
        """By text what surely is no number."""

    def read(self) -> _Found:
        seen = self.joined.candidates()
        if seen is not None:
            return self._found(seen)
        odd = self.joined.odd
        quiet = np.ones(len(self.texts), bool)
        quiet[odd] = False
        return _Found(PhoneColumns.none(), {}, odd + self._may_hide(quiet))

    def _found(self, seen: Candidates) -> _Found:
        joined, texts, rules = self.joined, self.texts, self.rules
        ways = joined.ways(seen)
        quick = np.flatnonzero(ways.way == phone_shapes.QUICK)
        quick = quick[joined.ends_there(seen.only(quick))]
        own, plus, alone = seen.only(quick), ways.plus[quick], ways.alone[quick]
        region = self.regions[own.owner]
        digits = joined.numbers(own)
        told = plans_numpy.read(digits.rows, own.count, plus, digits.inner_zero, rules, region)
        before = joined.data[own.begin - 1]
        nothing = told.no_length & ~plus & alone & _PLAIN_BEFORE[before] & _PLAIN_AFTER[joined.data[own.end]]
        nothing &= ~_HIDING_BEFORE[joined.data[own.begin - 2]]
        number = told.is_number
        number[self._reserved(told, digits, own.count, region)] = True
        number &= ~digits.same
        for index in np.flatnonzero(number & alone & (before != 43)).tolist():
            if id_labels.follows_id(texts[own.owner[index]], int(own.start[index])):
                number[index] = False
        for index in np.flatnonzero(number & (told.cut == 1) & rules.shared[region]).tolist():
            first = int(digits.first[index])
            code = digits.written[first : first + int(own.count[index])].encode()
            number[index] = plans.is_cut(code, rules.rules[int(region[index])])
        chosen = np.flatnonzero(number)
        hits, doubted = self._hits(own.only(chosen), ways.only(quick[chosen]), told, digits, chosen)
        none = self._none(seen, ways.way, quick[nothing])
        none.update(self._too_short(seen, quick[~(number | plus | alone)]))
        return self._collected(seen, quick[chosen], hits, doubted, none)

    def _too_short(self, seen: Candidates, groups: Array) -> dict[int, int]:
        """Which candidates are `groups` that hold no number, by how many digits they have."""
        written = self.joined.written(seen.only(groups))
        rules = [self.rules.rules[region] for region in self.regions[seen.owner[groups]].tolist()]
        return {
            index: _NOWHERE
            for index, candidate, own in zip(groups.tolist(), written, rules)
            if phone_plain.holds_none(candidate, own)
        }

    def _reserved(self, told: plans_numpy.Read, digits: Numbers, counts: Array, region: Array) -> list[int]:
        """Which of the numbers that no plan knows are kept for fiction."""
        found = []
        for index in np.flatnonzero(told.is_unknown).tolist():
            rules = self.rules.rules[region[index]]
            first, cut = int(digits.first[index]), int(told.cut[index])
            written = digits.written[first : first + int(counts[index])]
            full = written[cut:] if told.is_abroad[index] else rules.country + written[cut:]
            if numbering.is_reserved(full) and (cut != 1 or plans.is_cut(written.encode(), rules)):
                found.append(index)
        return found

    def _hits(
        self, seen: Candidates, ways: Ways, told: plans_numpy.Read, digits: Numbers, chosen: Array
    ) -> tuple[PhoneColumns, Array]:
        """The numbers that candidates are, and which of them other_numbers must be asked about; `chosen` are their
        places in `told` and `digits`."""
        joined, rules = self.joined, self.rules
        owner, begin, end, start, count = seen
        _, plus, alone, wider, in_row = ways
        cut, is_abroad, first = told.cut[chosen], told.is_abroad[chosen], digits.first[chosen]
        region = self.regions[owner]
        begin, start, size = begin - wider, start - wider, end - begin + wider
        doubted = in_row | joined.begins_type(end) | joined.may_be_labeled(owner, begin, start)
        doubted |= (rules.bare | rules.trunked)[region] & ~plus & (cut == 0) & ~is_abroad
        leads = [*(each.lead for each in rules.rules), "+"]
        lead = np.where(is_abroad, len(rules.rules), region)
        written = digits.written
        numbers = [
            leads[row] + written[place:last]
            for row, place, last in zip(lead.tolist(), (first + cut).tolist(), (first + count).tolist())
        ]
        confidence = np.where(plus, 0.98, np.where(~rules.hinted[region], 0.8, np.where(alone, 0.9, 0.95)))
        columns = owner.tolist(), start.tolist(), (start + size).tolist()
        hits = PhoneColumns(*columns, numbers, ["digits"] * len(numbers), confidence.tolist(), [()] * len(numbers))
        # As phone.in_text looks for numbers told backwards.
        last, behind = joined.data[end - 1], joined.data[end]
        backwards = np.where(rules.trunked[region], last == _ZERO, ~rules.is_one[region]) | (behind == _PLUS)
        for index in np.flatnonzero(backwards).tolist():
            hit, text = hits.row(index), self.texts[hits.texts[index]]
            doubted[index] |= reversed_numbers.may_turn(text, [hit], rules.rules[region[index]])
        return hits, doubted

    def _collected(
        self, seen: Candidates, chosen: Array, hits: PhoneColumns, doubted: Array, none: dict[int, int]
    ) -> _Found:
        """What is found where the `chosen` candidates are the numbers in `hits` (`doubted` by other_numbers or not),
        `none` are no number, and all others must be read by phone_plain."""
        unsettled = np.ones(len(seen.owner), bool)
        unsettled[chosen] = False
        unsettled[list(none)] = False
        owner = seen.owner[chosen]
        held, mixed = (np.zeros(len(self.texts), bool) for _ in range(2))
        held[owner] = True
        mixed[seen.owner[unsettled]] = True
        hiding = self.joined.hiding
        for text in np.flatnonzero((held | mixed) & ~hiding).tolist():
            rules = self.rules.rules[self.regions[text]]
            if rules.country != NORTH_AMERICA:
                encoded = self.texts[text].encode("utf-8", "surrogatepass")
                hiding[text] = second_numbers.may_tell(rules.region, encoded.lower(), written_plainly=True)
        unread = (held | mixed) & hiding
        unread[self.joined.odd] = True
        quiet = ~(held | mixed | unread)
        doubtful = self._doubtful(seen, np.flatnonzero(unsettled & ~unread[seen.owner]))
        mixed[:] = False
        mixed[list(doubtful)] = True
        for index in np.flatnonzero(mixed[owner]).tolist():
            doubtful[int(owner[index])].append((int(chosen[index]), [hits.row(index)]))
        unread |= ~(held | mixed | quiet)
        for index in np.flatnonzero(doubted & ~(mixed | unread)[owner]).tolist():
            # Without a number of another sort a text may hide one.
            unread[owner[index]] |= not self._is_phone(hits.row(index), hits.texts[index])
        kept = ~(mixed | unread)[owner]
        if not kept.all():
            hits = hits.kept(kept.tolist())
        self._note(seen, none, quiet)
        mixed_hits = {text: [hit for _, some in sorted(found) for hit in some] for text, found in doubtful.items()}
        for text in [*mixed_hits]:
            if self.rules.rules[self.regions[text]].trunked and phone_gates.may_begin_before(
                self.texts[text], mixed_hits[text]
            ):
                unread[text] = True
                del mixed_hits[text]
        return _Found(hits, mixed_hits, np.flatnonzero(unread).tolist() + self._may_hide(quiet))

    def _is_phone(self, hit: Hit, owner: int) -> bool:
        """Whether a number alone is one, not the end of one in words, and not told backwards."""
        text, rules = self.texts[owner], self.rules.rules[self.regions[owner]]
        if rules.trunked and phone_gates.may_begin_before(text, [hit]):
            return False
        if reversed_numbers.may_turn(text, [hit], rules):
            return False
        return bool(other_numbers.phones_only(text, [hit], rules))

    def _doubtful(self, seen: Candidates, wanted: Array) -> dict[int, list[tuple[int, list[Hit]]]]:
        """The numbers that phone_plain reads in the `wanted` candidates, by text, each with its candidate."""
        found: dict[int, list[tuple[int, list[Hit]]]] = {}
        begin, end = seen.begin[wanted], seen.end[wanted]
        owner, start = seen.owner[wanted], seen.start[wanted]
        rows = zip(
            wanted.tolist(), owner.tolist(), start.tolist(), (start + end - begin).tolist(),
            self.regions[owner].tolist(),
        )  # fmt: skip
        for index, text, first, last, region in rows:
            hits = phone_plain.scan(self.texts[text], self.rules.rules[region], None, (first, last))[0]
            if hits:
                found.setdefault(text, []).append((index, hits))
        return found

    def _may_hide(self, unread: Array) -> list[int]:
        """Those of the texts without plainly written numbers that may hold hidden ones, and all that are not ASCII."""
        found: list[int] = []
        for place in np.flatnonzero(unread).tolist():
            text = self.texts[place]
            if not text:
                continue
            encoded = text.encode("utf-8", "surrogatepass")
            left = without(encoded, self.spans[place], b"a") if place in self.spans else encoded
            if (
                phone_gates.every_reading
                or len(encoded) != len(text)
                or phone_gates.may_be_near(left)
                or phone_gates.told(encoded, left, phone_shapes.kinds_of(encoded)) != phone_gates.SILENT
            ):
                found.append(place)
        return found

    def _none(self, seen: Candidates, way: Array, nothing: Array) -> dict[int, int]:
        """The candidates that are `nothing`, a date, an American postcode or part of a web address, with where they end
        in their text; _NOWHERE for a postcode."""
        others = (way == phone_shapes.DATE) | (way == phone_shapes.ZIP)
        others |= (way == phone_shapes.IN_WEB) & _PLAIN_AFTER[self.joined.data[seen.end]]
        found = np.sort(np.concatenate((np.flatnonzero(others), nothing)))
        start = seen.start[found]
        rows = zip(
            found.tolist(), way[found].tolist(), seen.owner[found].tolist(), start.tolist(),
            (start + seen.end[found] - seen.begin[found]).tolist(),
        )  # fmt: skip
        none: dict[int, int] = {}
        for index, how, owner, first, last in rows:
            if how == phone_shapes.DATE:
                date = phone_doubtful.date_at(self.texts[owner], first, last)
                if date is not None:
                    none[index] = date[1]
            elif how == phone_shapes.ZIP:
                if phone_context.ZIP_OR_SSN.match(self.texts[owner], first, last + phone_shapes.BEFORE) is not None:
                    none[index] = _NOWHERE
            elif how != phone_shapes.IN_WEB or not phone_doubtful.may_follow(self.texts[owner], first):
                none[index] = last
        return none

    def _note(self, seen: Candidates, none: dict[int, int], quiet: Array) -> None:
        """Notes the spans of what is `none` in the texts that are still to be looked at."""
        if not none:
            return
        wanted = np.fromiter(none, np.intp, len(none))
        wanted = wanted[quiet[seen.owner[wanted]]]
        for index, owner, start in zip(wanted.tolist(), seen.owner[wanted].tolist(), seen.start[wanted].tolist()):
            if none[index] != _NOWHERE:
                self.spans.setdefault(owner, []).append((start, none[index]))
