"""What the texts of a group share, and what changes from one to the next: a template whose slots are marked.

Each text is aligned word by word with the most typical one; words that nearly all hold are the template's own, and what
stands between them is a slot.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from minerva.text.normal import Word, words_with_places

SHARED = 0.75  # share of the aligned texts that must hold a word for it to be the template's own
ALIGNED = 40  # texts that decide the template; a larger group shows the same in a sample
WORDS = 2000  # words of a text that are aligned: alignment grows with the product of the lengths
MOST_EQUAL = 100_000  # pairs of equal words within a text: "now now now ..." costs their number, prose stays far below
CHOSEN_FROM = 12  # texts among which the most typical is sought


@dataclass(frozen=True)
class Slot:
    """What one text has in a slot: its number in the template, the text as written, and its place (code points)."""

    number: int
    value: str
    start: int
    end: int


@dataclass(frozen=True)
class Template:
    """pieces: the fixed parts as the typical text writes them, one more than there are slots; `text` shows both."""

    pieces: tuple[str, ...]
    words: tuple[str, ...]

    @property
    def slots(self) -> int:
        """How many slots there are."""
        return len(self.pieces) - 1

    @property
    def text(self) -> str:
        """The template as one line, with {1}, {2}, ... where it changes."""
        shown = [self.pieces[0]]
        for number, piece in enumerate(self.pieces[1:], 1):
            shown += [f"{{{number}}}", piece]
        return " ".join(" ".join(shown).split())


@dataclass(frozen=True)
class Described:
    """A template and, for each text of the group in order, its slots; a slot that a text leaves empty is absent."""

    template: Template
    slots: list[list[Slot]]


def describe_group(texts: Sequence[str]) -> Described:
    """Returns the template of texts found to be near-duplicates, and the slots of each. Needs one text at least."""
    words = [_aligned(words_with_places(text)) for text in texts]
    sample = _evenly(len(texts), ALIGNED)
    base = _typical([words[place] for place in sample])
    own = words[sample[base]]
    held: Counter[int] = Counter()
    gaps: Counter[int] = Counter()
    for place in sample:
        blocks = _matches(own, words[place])
        held.update(position for start, _, size in blocks for position in range(start, start + size))
        gaps.update(_inserted(blocks, len(own), len(words[place])))
    enough = SHARED * len(sample)
    fixed = [held[position] >= enough for position in range(len(own))]
    # A gap between two fixed words is a slot too when a good part of the texts has words there.
    opened = {position for position, count in gaps.items() if count >= len(sample) - enough}
    runs = _runs(fixed, opened)
    template = Template(
        tuple(_piece(texts[sample[base]], own, start, end) for start, end in runs),
        tuple(own[position].normal for start, end in runs for position in range(start, end)),
    )
    return Described(template, [_slots(text, found, own, runs) for text, found in zip(texts, words)])


def _aligned(words: Sequence[Word]) -> Sequence[Word]:
    """Returns the first words, as many as can be aligned with those of another text at a bounded cost."""
    seen: Counter[str] = Counter()
    pairs = 0
    for place, word in enumerate(words[:WORDS]):
        pairs += 2 * seen[word.normal] + 1
        if pairs > MOST_EQUAL:
            return words[:place]
        seen[word.normal] += 1
    return words[:WORDS]


def _evenly(size: int, wanted: int) -> list[int]:
    if size <= wanted:
        return list(range(size))
    return [number * size // wanted for number in range(wanted)]


def _typical(sample: Sequence[Sequence[Word]]) -> int:
    """Returns the place of the text whose words are best spread over the others; the first of equals."""
    spread: Counter[str] = Counter()
    for words in sample:
        spread.update({word.normal for word in words})
    chosen = _evenly(len(sample), CHOSEN_FROM)
    return max(chosen, key=lambda place: (sum(spread[word] - 1 for word in {w.normal for w in sample[place]}), -place))


def _matches(own: Sequence[Word], other: Sequence[Word]) -> list[tuple[int, int, int]]:
    """Returns (start in own, start in other, size) of the runs both hold, in order."""
    matcher = SequenceMatcher(None, [word.normal for word in own], [word.normal for word in other], autojunk=False)
    return [(block.a, block.b, block.size) for block in matcher.get_matching_blocks() if block.size]


def _inserted(blocks: Sequence[tuple[int, int, int]], own: int, other: int) -> list[int]:
    """Returns the positions of `own` before which the other text has words and `own` has none."""
    found = []
    end_own = end_other = 0
    for start, place, size in [*blocks, (own, other, 0)]:
        if start == end_own and place > end_other:
            found.append(start)
        end_own, end_other = start + size, place + size
    return found


def _runs(fixed: Sequence[bool], opened: set[int]) -> list[tuple[int, int]]:
    """Returns (start, end) of each fixed run. An empty run stands first or last when a slot does."""
    runs: list[tuple[int, int]] = []
    start = 0
    for position in range(len(fixed) + 1):
        ends = position == len(fixed) or not fixed[position] or position in opened
        if ends and (position > start or not runs):
            runs.append((start, position))
        if position < len(fixed) and (not fixed[position] or position in opened):
            start = position if fixed[position] else position + 1
    if fixed and (not fixed[-1] or len(fixed) in opened):
        runs.append((len(fixed), len(fixed)))
    return runs


def _piece(text: str, own: Sequence[Word], start: int, end: int) -> str:
    return text[own[start].start : own[end - 1].end] if end > start else ""


def _slots(text: str, words: Sequence[Word], own: Sequence[Word], runs: Sequence[tuple[int, int]]) -> list[Slot]:
    """Returns what a text has between the template's runs; a run it lacks widens the slot before it."""
    place_of = {a + step: b + step for a, b, size in _matches(own, words) for step in range(size)}
    slots: list[Slot] = []
    last = -1  # the last word of the text that belongs to a run
    pending = 0  # the number of the slot that is open
    for number, (start, end) in enumerate(runs):
        held = [place_of[position] for position in range(start, end) if position in place_of]
        is_end = number == len(runs) - 1 and start == end
        if held or is_end:
            until = held[0] if held else len(words)
            if pending and until > last + 1:
                begin, stop = words[last + 1].start, words[until - 1].end
                slots.append(Slot(pending, text[begin:stop], begin, stop))
            last = held[-1] if held else last
            pending = number + 1
        elif not pending:
            pending = number + 1
    return slots
