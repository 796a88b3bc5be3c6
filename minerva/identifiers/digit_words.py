"""Numbers written in words: digit words of many languages, mixed with digits, glued together, in pairs and repeated.

A chain is a row of digit words and short digit groups with nothing between but signs and words such as `dash`. Which
language's meaning holds is decided by the language that knows every word of the chain. Linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from minerva.identifiers import (
    characters,
    digit_chains,
    digit_stretches,
    glued_words,
    lexicon,
    lookalike_runs,
    native_words,
    word_gaps,
    word_roles,
)
from minerva.identifiers.digit_chains import Link
from minerva.identifiers.kept import keep
from minerva.identifiers.late import late
from minerva.identifiers.phone_shapes import FULL
from minerva.identifiers.phone_tokens import Hit, Run, numbers_of
from minerva.identifiers.plans import Dialing

_Read = TypeVar("_Read")
_LETTER_AND_DIGIT = late(r"[a-zоз][0-9]|[0-9][a-zоз]")
_LETTERS_OR_DIGITS = late(rf"[^\W\d_]+(?:{word_roles.BY_SIGN}(?![^\W\d_]))?|[0-9]+")
_YEAR = 4
"""Digits of a year, behind which a sentence ends before digits too."""
_UNITS = frozenset(["min"])
"""Words for a dash that are units right behind digits, and before a bracket."""
_TIGHT = frozenset("_*~-")
"""Signs without blanks between digits: a number that goes on so does not begin in the sentence before."""


def numbers_in(text: str, places: Iterable[digit_stretches.Place], rules: Dialing) -> list[Hit]:
    """The numbers in digit words, digit groups and fillers between, with at least two sure words or many weak ones, in
    the parts of a text that digit_stretches.py names."""
    found: list[Hit] = []
    for run in runs_in(text, places):
        found += numbers_of(run, text, rules)
    return found


def in_digits(text: str, places: Iterable[digit_stretches.Place]) -> tuple[str, list[int]]:
    """The text with digits for what is read in those places, and where each of its characters stands in the text."""
    pieces: list[str] = []
    starts: list[int] = []
    last = 0
    for run in runs_in(text, places):
        if run.start >= last:
            pieces += [text[last : run.start], run.digits]
            # The last digit stands where the words end.
            starts += [*range(last, run.start), *[run.start] * (len(run.digits) - 1), run.end - 1]
            last = run.end
    return "".join([*pieces, text[last:]]), [*starts, *range(last, len(text))]


def runs_in(text: str, places: Iterable[digit_stretches.Place]) -> Iterator[Run]:
    """The runs that may hold such numbers."""
    folded = alike = ""
    for start, end, run in places:
        if run is None:
            folded = folded or _folded(text)
            written, token = folded, _LETTERS_OR_DIGITS
            if _LETTER_AND_DIGIT.search(folded, start, end) is not None:
                # Once for all places, as each copy takes as long as the text.
                alike = alike or glued_words.ALIKE.sub(_digit_like, folded)
                written, token = alike, word_roles.TOKEN
            yield from _chains(token.finditer(written, start, end), written, text, (start, end), digit_chains.runs)
        elif "+" in text or digit_chains.says_plus(text, start):
            tokens = [digit_chains.with_plus(token, text, not index) for index, token in enumerate(run.tokens)]
            yield Run(tokens, "words")
        else:
            yield run


def _folded(text: str) -> str:
    folded = characters.folded(_in_one_script(text))
    return _MULTIPLIED.sub(_in_one_word, folded) if _TIMES in folded else folded


_TIMES = " ori "
"""The end of all that is several words."""
_MULTIPLIED = late(rf"(?<![^\W_])(?:{lexicon.branches(lexicon.SAID_MULTIPLIERS)})(?= )")


def _in_one_word(match: re.Match[str]) -> str:
    """The multiplier that is several words: `de două ori 3`; with blanks behind, so that positions stay."""
    return lexicon.SAID_MULTIPLIERS[match[0]].ljust(len(match[0]))


def _in_one_script(text: str) -> str:
    """The text with Latin letters alone in words that mix Latin and Cyrillic ones."""
    return characters.unmixed(text) if characters.may_mix(text.encode("utf-8", "surrogatepass")) else text


def _digit_like(match: re.Match[str]) -> str:
    return "".join([lookalike_runs.LOOKALIKE[letter] for letter in match[0]])


def chain_at(text: str, folded: str, start: int) -> tuple[str, int, int] | None:
    """The digits of the chain of digit words and groups that begins at `start`, with its start and end, up to where a
    line or sentence ends; `folded` is the text in lower case without accents. None if the first word there is none of
    one."""
    ended = _SENTENCE_ENDS.search(folded, start, start + _WINDOW)
    end = min(len(folded), start + _WINDOW) if ended is None else ended.start()
    matches = _LETTERS_OR_DIGITS.finditer(folded, start, end)
    chain = next(_chains(matches, folded, text, (start, end), _as_it_is), None)
    before = _LETTERS_OR_DIGITS.findall(folded, start, chain[0][3]) if chain else [""]
    if not (chain and lexicon.MULTIPLIERS.keys() >= {*before}):
        return native_words.chain_at(text, start)
    tokens = digit_chains.digits_of(chain, text)
    return "".join([token.digits for token in tokens]), chain[0][3], chain[-1][4]


_WINDOW = 96
_SENTENCE_ENDS = late(r"\n|[.!?] ")


def _as_it_is(chain: list[Link], fillers: int, text: str) -> Iterator[list[Link]]:
    if chain:
        yield chain


def _chains(
    matches: Iterable[re.Match[str]],
    folded: str,
    text: str,
    place: tuple[int, int],
    read: Callable[[list[Link], int, str], Iterator[_Read]],
) -> Iterator[_Read]:
    """What `read` makes of each chain and of how many separators are in it."""
    chain: list[Link] = []
    fillers = 0
    repeat = 1
    last_end = -1
    is_counted = False  # whether a word such as `times` stands before what comes next
    meanings_of, plurals = lexicon.MEANINGS.get, lexicon.PLURALS
    for match in matches:
        word = match.group()
        start, end = match.span()
        if start < last_end:
            continue
        meanings = meanings_of(word)
        if meanings is None and word.isalpha():
            word = lexicon.unstretched(word)
            meanings = meanings_of(word)
        if word == "et" and folded.startswith(_THEN, end):
            # French "and then", between two groups
            word, meanings = "puis", None
        if meanings is not None and word in lexicon.HUNDREDS_OF and _counts_hundreds(word, chain):
            meanings = None
        if meanings is not None and (
            # "... nein: null eins"
            (folded[end : end + 1] == ":" and word in lexicon.WEAK)
            or (word in lexicon.DENIALS and _denies(word, chain))
        ):
            yield from read(chain, fillers, text)
            chain, fillers, repeat, last_end, is_counted = [], 0, 1, -1, False
            continue
        digits = ""
        is_group = False
        if meanings is None:
            is_group = word[0] in "0123456789"
            glued = word if is_group else word_roles.chain_digits(word)
            if glued is None:
                if last_end < 0:
                    if word in lexicon.MULTIPLIERS:
                        repeat, last_end = lexicon.MULTIPLIERS[word], end
                    continue
                if (
                    word in lexicon.TIMES
                    and chain
                    and folded[last_end:start] == " "
                    and (
                        # Romanian "trei de zero"
                        (word != "de" or folded.startswith(" zero", end)) and (count := _count_of(chain[-1]))
                    )
                ):
                    chain.pop()
                    repeat, last_end, is_counted = count, end, True
                    continue
                if (is_counted or repeat > 1) and word in lexicon.ARTICLES and folded[last_end:start] == " ":
                    last_end = end
                    continue
                if start - last_end <= word_gaps.WIDEST_BLANK and word_gaps.is_gap(folded[last_end:start]):
                    if word in lexicon.MULTIPLIERS:
                        repeat, last_end = lexicon.MULTIPLIERS[word] * (repeat if is_counted else 1), end
                        is_counted = False
                        continue
                    if word in lexicon.HUNDREDS and chain:
                        if word == "suta" and chain[-1][0] == "o":
                            # Romanian "o suta" is one hundred
                            chain.pop()
                        chain.append((word, None, "00", start, end, 1))
                        last_end = end
                        continue
                    if word in lexicon.FILLERS and not (
                        # "90min (six five zero)"
                        word in _UNITS and (folded[start - 1].isdigit() or folded.startswith(" (", end))
                    ):
                        fillers += chain != [] and (word in lexicon.DASHES or _links_groups(word, chain, folded))
                        last_end = end
                        continue
                yield from read(chain, fillers, text)
                chain, fillers, repeat, last_end, is_counted = [], 0, 1, -1, False
                if word in lexicon.MULTIPLIERS:
                    repeat, last_end = lexicon.MULTIPLIERS[word], end
                continue
            digits = glued
            if len(word) > _SHORTEST_GLUED and word.startswith(word_roles.GLUED_PLUS):
                start, word = start + word_roles.SIZE_OF_PLUS, word[word_roles.SIZE_OF_PLUS :]
        if -1 < last_end < start and (gap := folded[last_end:start]) != " ":
            if (
                gap[-1] == "("
                and chain
                and folded[end : end + 1] == ")"
                and (_is_echo(folded, chain[-1], word, start, meanings))
            ):
                last_end = end + 1
                continue
            if is_counted and gap[0] in _ENDS_SENTENCE:
                # "food 2 times. nine eight ..."
                repeat, is_counted = 1, False
            joined = start - last_end <= word_gaps.WIDEST_BLANK and word_gaps.is_gap(gap)
            if (
                joined
                and chain
                and (
                    (is_group and _is_amount(chain[-1][0], gap, word))
                    or (len(chain) == 1 and _stands_before(folded, chain[0], start, place[1]))
                )
            ):
                joined = False
            if not joined or (
                chain
                and (
                    chain[-1][0].isdigit() != is_group
                    or (is_group and (len(chain[-1][0]) == _YEAR or folded[end : end + 1] in _TIGHT))
                )
                and word_gaps.SENTENCE_GAP.search(folded, last_end, start) is not None
                and not _goes_on(folded, chain, word, start, place)
            ):
                yield from read(chain, fillers, text)
                chain, fillers = [], 0
                if not joined:
                    repeat = 1
        if word == "o":
            if is_counted and folded[last_end - len(_VEZES) : start] == _VEZES + " ":
                # "duas vezes o nove"
                last_end = end
                continue
            if chain and _is_or(folded, chain[-1], start, end):
                yield from read(chain, fillers, text)
                chain, fillers, repeat, last_end, is_counted = [], 0, 1, -1, False
                continue
        if is_group:
            plural = _PLURAL.match(folded, end) if len(word) == 1 and chain and chain[-1][1] is not None else None
            if plural is not None and folded[last_end:start] == " " and (count := _count_of(chain[-1])):
                # "three 5s"
                start, repeat, end = chain.pop()[3], count, plural.end()
        elif word in plurals and chain and folded[last_end:start] == " " and (count := _count_of(chain[-1])):
            # "three zeros"
            start, repeat = chain.pop()[3], count
        chain.append((word, meanings, digits, start, end, repeat))
        repeat, last_end, is_counted = 1, end, False
    yield from read(chain, fillers, text)


_THEN = (" puis ", " ensuite ", " apres ")


def _denies(word: str, chain: list[Link]) -> bool:
    """Whether a word is a no in the language of a digit word before it: `drei, nein danke`."""
    denied, own = lexicon.DENIALS[word], lexicon.MEANINGS[word].keys()
    return any(link[1] is not None and denied in link[1] and own.isdisjoint(link[1]) for link in chain)


def _counts_hundreds(word: str, chain: list[Link]) -> bool:
    """Whether a word that is a hundred in one language and a digit in others stands behind a digit of the first."""
    return bool(chain) and chain[-1][1] is not None and lexicon.HUNDREDS_OF[word] in chain[-1][1]


_PLURAL = late(r"['\u2019]?s(?![^\W_])")
_VEZES, _SHORTEST_GLUED = "vezes", 8


def _is_or(folded: str, last: Link, start: int, end: int) -> bool:
    """Whether an `o` alone behind a word that is no English one says `or`, as it does in Spanish and Italian: between
    two numbers."""
    return last[1] is not None and "en" not in last[1] and folded[start - 1 : start] == " " == folded[end : end + 1]


def _count_of(link: Link) -> int:
    """How many a single digit counts, from two to five, else 0."""
    _, meanings, digits, _, _, repeat = link
    value = digits if meanings is None else next(iter(meanings.values()))
    return int(value) if repeat == 1 and value in _COUNTS else 0


_COUNTS = frozenset("2345")


def stand_before(text: str, start: int) -> bool:
    """Whether the word before a number that begins at `start` is a digit, and no English prose."""
    end = start
    while end and start - end < word_gaps.WIDEST_GAP and not text[end - 1].isalnum():
        end -= 1
    word = text[end - _LONGEST if end > _LONGEST else 0 : end].rpartition(" ")[2]
    known = _are_digits.get(word)
    if known is None:
        folded = characters.folded(word)
        known = keep(_are_digits, word, folded in word_roles.ONE_DIGIT and folded not in lexicon.PROSE, _MOST_KNOWN)
    return known


_LONGEST = 12
_are_digits: dict[str, bool] = {}
"""Whether words met are so."""
_MOST_KNOWN = 20_000


_AND_THEN = late(r",? and then ([0-9]*)")


def _links_groups(word: str, chain: list[Link], folded: str) -> bool:
    """Whether a word that mostly stands elsewhere links two groups of digits here: `415 555 then 0123`, but not two
    scores, `3-2 and then 21-19`."""
    if word != word_roles.LINK or not chain[-1][0].isdigit():
        return False
    said = _AND_THEN.match(folded, chain[-1][4])
    return said is None or min(len(said[1]), len(chain[-1][0])) > 2


def _is_amount(first: str, gap: str, second: str) -> bool:
    """Whether two digit groups are a time of day or thousands: `11:00`, `9,500`."""
    if gap == ":":
        return len(second) == 2 and len(first) < 3 and first.isdigit()
    return gap == "," and len(second) == 3 and len(first) < 3 and first.isdigit()


def _stands_before(folded: str, first: Link, start: int, end: int) -> bool:
    """Whether one or two digits and a comma, as none is in the number, only stand before it: `zone 2, zero two...`."""
    if len(first[0]) > 2 or not first[0].isdigit():
        return False
    gap = folded[first[4] : start]
    return gap.startswith(",") and gap not in folded[start : min(start + _NEAR, end)]


def _is_echo(folded: str, last: Link, word: str, start: int, meanings: lexicon.Meanings | None) -> bool:
    """Whether digits or a word in brackets, of which one closes behind, only say what is before again: `six(6)`,
    `6(six)`."""
    if folded[last[4] : start].strip() != "(":
        return False
    if last[1] is None:
        return meanings is not None and last[0] in meanings.values()
    return word in last[1].values()


def _goes_on(folded: str, chain: list[Link], word: str, start: int, place: tuple[int, int]) -> bool:
    """Whether a number goes on over a gap that ends most sentences: a dash, a line's end behind three words at least,
    signs that stand in more than one gap of `place`."""
    last = chain[-1][4]
    gap = folded[last:start]
    signs = gap.strip()
    if not signs:
        return len([link for link in chain[-FULL:] if not link[0].isdigit()]) > 2
    if signs == "-" and (_is_dash(chain, word) or digit_chains.says_plus(folded, chain[0][3])):
        # Behind a country code with its plus sign in words: `plus three four - 612...`.
        return True
    if signs == "." and len(chain) > 2 and chain[-1][3] == chain[-2][4]:
        # Words and digits glued together: `6zero3. FIVE55.`
        return True
    if (signs in _ENDS_SENTENCE and not gap.startswith(" .")) or not _NOT_WITHIN.isdisjoint(signs):
        return False
    first, end = place
    return gap in folded[max(first, last - _NEAR) : last] or gap in folded[start : min(start + _NEAR, end)]


_NEAR = 40
"""How far from a gap the same one is looked for: the length of a number in words or so."""
_ENDS_SENTENCE = frozenset(".!?:;")
_NOT_WITHIN = frozenset(":;=\u260e\u260f\u2706\U0001f4de\U0001f4f1\U0001f4f2\U0001f919")
"""What parts lists and stands before a number."""


def _is_dash(chain: list[Link], word: str) -> bool:
    """Whether a dash with blanks around stands within a number, few digits on one side of it: `4 one 5 - five 5`."""
    last = chain[-1][0]
    size = len(last) if last.isdigit() else len(word)
    # "(251) 555 - zero..."
    is_long = len(chain) > 2 or [len(link[0]) for link in chain if link[0].isdigit()] == [3, 3]
    return size == 1 or (size < 4 and is_long) or (size == 4 and len(chain) > 4)
