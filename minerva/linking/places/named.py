"""What the names of two organizations say of one holder, and how that is told: in words as the two names write them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from minerva.linking.places.stated import (
    BY_LETTERS,
    BY_SLIPS,
    COMMON_NAME,
    OF_ADDRESS,
    ONE_SAYS,
    OTHER_WORDS,
    PARTED,
    SPELLING,
)
from minerva.names.compare import words_of

_AROUND = ',;:()[]"/&'


class NameEvidence(NamedTuple):
    """score: 0 to 1, how far the names agree, words weighed, 1 for the same words; bits: what that says of one holder;
    shared: words of both that tell; numbers: True where they are numbered differently; equal: True for the same words
    and no such numbers; others: the words that each alone holds and that no address explains; names: both as written;
    rivals: True where they share one word that tells at most and each says another, beside its trade: Moon Hall and Oak
    Hall may be two places of one office; written: words that both hold in two spellings; one_text: how two whole names
    are one beside their words, or ""; placed: shared words that stand in the address of both as well; usual: shared
    words that tell nothing; common: True where others bear the name of both too, or none of its words is rare."""

    score: float
    bits: float
    shared: tuple[str, ...]
    numbers: bool
    equal: bool
    others: tuple[tuple[str, ...], tuple[str, ...]]
    names: tuple[str, str]
    rivals: bool = False
    written: tuple[tuple[str, str], ...] = ()
    one_text: str = ""
    placed: tuple[str, ...] = ()
    usual: tuple[str, ...] = ()
    common: bool = False

    @property
    def is_numbered(self) -> bool:
        """True for the same words with other numbers, as a firm tells its branches apart."""
        return self.numbers and self.score == 1.0

    @property
    def why(self) -> str:
        """Returns one plain sentence, with what speaks against."""
        if self.is_numbered:
            return "names equal but for the number"
        if self.numbers and (self.shared or self.usual):
            return "names are numbered differently"
        if self.equal:
            return self._equal
        if self.one_text:
            return self.one_text
        first, second = self.names
        spelled = [(as_written([one], first), as_written([other], second)) for one, other in self.written]
        told = [f"names share {self._words}", *(f"{one} {SPELLING} {other}" for one, other in spelled)]
        one, other = (as_written(words, name, " ") for words, name in zip(self.others, self.names))
        if one and other:
            told.append(f"one says {one} {OTHER_WORDS} {other}")
        elif one or other:
            told.append(f"{ONE_SAYS} {one or other}")
        return ", ".join(told)

    @property
    def _equal(self) -> str:
        one, other = self.names
        same = one.casefold() == other.casefold()
        told = f"equal names ({max(one, other) if same else ', '.join(sorted(self.names))})"
        told += f", {COMMON_NAME}" if self.common else ""
        if not self.shared or any(word not in self.placed for word in self.shared):
            return told
        words = as_written(self.shared, one)
        return f"{told}, though {words} {'are words' if len(self.shared) > 1 else 'is a word'} {OF_ADDRESS}"

    @property
    def _words(self) -> str:
        usual = f"the common word{'s' if len(self.usual) > 1 else ''} {as_written(self.usual, self.names[0])}"
        if not self.shared:
            return f"only {usual}" if self.usual else "no word"
        return as_written(self.shared, self.names[0]) + (f" and {usual}" if self.usual else "")


def as_written(words: Iterable[str], name: str, between: str = ", ") -> str:
    """Returns words as a name writes them, in its order; last those that it writes in another form."""
    left, found = dict.fromkeys(words), []
    for piece in name.split():
        folded, _ = words_of(piece)
        if len(folded) == 1 and folded[0] in left:
            del left[folded[0]]
            found.append(piece.strip(_AROUND))
    return between.join([*found, *left])


def one_text(first: str, second: str) -> str:
    """Returns in words how two names are one that share no words as they are parted."""
    one, other = sorted((letters(first), letters(second)), key=len)
    if one == other:
        return f"names are the same letters, {PARTED}"
    return f"one name is the other's {BY_LETTERS} ({one})" if 2 * len(one) < len(other) else f"names are one {BY_SLIPS}"


def letters(name: str) -> str:
    """Returns the words of a name as one."""
    return "".join(words_of(name)[0])
