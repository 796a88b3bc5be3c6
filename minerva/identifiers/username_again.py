"""User names found when a text is read once more with what disguises them and what stands between them and their
platform written plainly (plainer.py and its neighbors)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate

from minerva.identifiers import plainer_lists, plainer_names, plainer_phrases, plainer_sentences
from minerva.identifiers.characters import folded
from minerva.identifiers.plainer import Piece, Plainer
from minerva.identifiers.plainer_hints import hints, may_hint
from minerva.identifiers.plainer_links import links, may_hide_link
from minerva.identifiers.platform_disguises import disguised_in
from minerva.identifiers.platform_mentions import mentions
from minerva.identifiers.platform_names import KEYS, others_in, words_in
from minerva.identifiers.reading import Reading
from minerva.identifiers.spans import meets
from minerva.identifiers.told import Told, words_of
from minerva.identifiers.username_shared import SHARED
from minerva.identifiers.username_words import spells

_GUESS = 0.6
Read = Callable[[Reading], Iterable[Told]]
"""What finds user names in a text."""
_KEYS = frozenset(key for key in KEYS if len(key) > 1) - {
    "in", "tel", "only", "ask", "of", "just", "ins", "ne", "nt", "tr", "link", "rest", "tok", "name", "app", "face",
    "my",
}  # fmt: skip
"""Words of platforms that few texts hold by chance."""
_COMMAS = (",me/", ",com/", ",ee/", ",tv/", ",gg/", ",app/", ",net/")
_BRACKETS = tuple(f"{close}{gap}{top[1:]}" for close in ")]}" for gap in ("", " ") for top in _COMMAS)
_BEYOND_ASCII = ("е л е", "н с т", "и с к", ".ком/", ".ме/")


def may_name_again(reading: Reading) -> bool:
    """Whether a platform may be named in a way that is only read when the text is written plainly."""
    text = reading.text
    if "," in text and "/" in text and any([part in text for part in _COMMAS]):  # noqa: C419 -- half the time
        return True
    is_closed = "/" in text and (")" in text or "]" in text or "}" in text)
    if is_closed and any([part in text for part in _BRACKETS]):  # noqa: C419 -- half the time
        return True
    if may_hint(reading):
        return True
    if "3l" in text or "l3" in text or "n3" in text:
        return True
    # The Cyrillic letter.
    return "\u0435" in text and any([part in text for part in _BEYOND_ASCII])  # noqa: C419 -- half the time


def _may_gain(reading: Reading) -> bool:
    """Whether a platform is named by what is mostly its name, or in a way that `may_name_again` knows."""
    if not _KEYS.isdisjoint(words_in(reading)) or spells(reading) or may_name_again(reading):
        return True
    text = reading.text
    if "X" in text or " OF" in text or "LINE" in text or "ins:" in text or "nly f" in text:
        return True
    return disguised_in(reading) != () or others_in(reading) != ()


def told_again(reading: Reading, read: Read, found: list[Told]) -> list[Told]:
    """`found` with what `read` finds when the text is written plainly, instead of what overlaps it."""
    if not _may_gain(reading):
        return found
    plain = before = _plain(reading)
    again: list[Told] = []
    source = plain.reading if plain is not None else reading
    text = plain.text if plain is not None else words_of(reading)
    named = mentions(source)
    pieces = [*plainer_phrases.phrases(text, source.folded, named)]
    sentences = [*plainer_sentences.sentences(text, source.folded, named, source.words)]
    pieces += sentences
    if plain is None and pieces:
        # Nothing is gained where the name beside each phrase is read for sure.
        known = sorted([(told.start, told.end) for told in found if told.confidence > _GUESS])
        pieces = [piece for piece in pieces if not meets(known, piece.start, piece.end + 1)]
    if pieces:
        told = Plainer(text, pieces, plain)
        plain = told if told.is_same else plain
    if plain is not None:
        again += _seen(plain, read, None)
        if sentences and before is None:
            said = sorted([(piece.start, piece.end + 1) for piece in sentences])
            again = [_guessed(told) if meets(said, told.start, told.end) else told for told in again]
    for places in zip(*plainer_lists.lists(text, source.folded, named)):
        listed = Plainer(text, [piece for pieces_of_one in places for piece in pieces_of_one], before)
        if listed.is_same:
            again += _seen(listed, read, SHARED)
    if not again:
        return found
    new = [told for told in again if told.method != SHARED]
    kept = [*_outside(found, new)]
    # What was found as it stands has its place told more exactly.
    values = {told.value for told in kept if told.confidence > _GUESS}
    return [*kept, *(told for told in again if told.value not in values or told.method != SHARED)]


def _guessed(told: Told) -> Told:
    """A name that a sentence tells: no more than a guess if it is of letters alone, as words are."""
    is_word = told.value.partition("/")[2].isalpha()
    return told._replace(confidence=min(told.confidence, _GUESS)) if is_word else told


def _outside(found: list[Told], new: list[Told]) -> Iterator[Told]:
    """What overlaps nothing of `new`."""
    places = sorted((told.start, told.end) for told in new)
    ends = [*accumulate((end for _, end in places), max)]
    for told in found:
        before = bisect_left(places, (told.end,)) - 1
        if before < 0 or ends[before] <= told.start:
            yield told


def _plain(reading: Reading) -> Plainer | None:
    """The text without disguises; None where it has none."""
    found = [*_disguises(reading, words_of(reading))]
    plain = Plainer(words_of(reading), found) if found else None
    return plain if plain is not None and plain.is_same else None


def _disguises(reading: Reading, text: str) -> Iterator[Piece]:
    small = reading.folded if text is reading.text else folded(text)
    if may_hide_link(text, reading.words):
        yield from links(small)
    yield from plainer_names.wrapped(text)
    if may_hint(reading):
        yield from hints(text, small)
    if "*" in text or "<" in text or "~" in text or "|" in text:
        yield from plainer_names.signs(small)
    if plainer_names.may_tell_digits(reading):
        yield from plainer_names.digits(small)
    yield from plainer_names.together(text)
    yield from plainer_names.shaped(small)
    if reading.changed:
        yield from plainer_names.disguised(reading)


def _seen(plain: Plainer, read: Read, method: str | None) -> Iterator[Told]:
    """What is found at places that were written anew, without what overlaps the first of it."""
    end = 0
    for told in sorted(read(plain.reading), key=lambda each: (each.start, -each.confidence, -each.end)):
        if told.method != SHARED and told.start < end:
            continue
        end = max(end, told.end) if told.method != SHARED else end
        if plain.touches(told.start, told.end):
            start, last = plain.span(told.start, told.end)
            yield told._replace(start=start, end=last, method=method or told.method)
