"""Stretches of words that are read as a number in one go: what digit_words makes of them, sooner."""

from __future__ import annotations

from minerva.identifiers import glued_words, lexicon
from minerva.identifiers.characters import folded, unmixed
from minerva.identifiers.late import late
from minerva.identifiers.phone_tokens import Run, Token, token_of
from minerva.identifiers.word_gaps import ends_chain
from minerva.identifiers.word_roles import (
    BESIDE_NO,
    BLANK,
    COMMON,
    GROUP,
    ONE_DIGIT,
    PROSE_ONE,
    SEVERAL,
    SIMPLE,
    UNSEEN,
    WEAK_ONE,
    begin_together,
    digit_of,
    role_byte,
)

PLAIN_ROLES = bytes([GROUP, SIMPLE, WEAK_ONE, PROSE_ONE, BLANK, UNSEEN, SEVERAL])
"""All that may be in such a stretch."""
_BLANKS, _GROUP_ROLE, _WEAK_ONES, _PROSE_ONES, _UNSEENS, _GLUED = (
    bytes([role]) for role in (BLANK, GROUP, WEAK_ONE, PROSE_ONE, UNSEEN, SEVERAL)
)
_GLUED_ROLES = bytes([GROUP, SIMPLE, SEVERAL])
_ALL_WEAK = frozenset([WEAK_ONE, PROSE_ONE, BLANK])
_NO_WORDS = bytes([GROUP, BLANK, UNSEEN])
_SIMPLE_ROLE = bytes([SIMPLE])
_COMMA = 44
_THOUSANDS = late(rb"(?<![^ \-.,])[0-9]{1,2},[0-9]{3}(?![^ \-.,])")
_GROUPS_APART = bytes([GROUP, BLANK, GROUP])
_SIMPLY_LINKED = bytes(code for code in range(256) if code > 127 or chr(code).isalnum() or chr(code) in " -.,")
"""What stands in a simple run."""
_TIGHTLY_LINKED = _SIMPLY_LINKED.replace(b",", b"")
_FEWEST_WEAK = 7
"""Weak words alone are a number only if so many stand in a row."""
_FEWEST = 5
"""Words and digits of groups, as digit_words counts them, that are enough for a number."""
_ENDS_BETWEEN = late(b"[%(group)b]%(blank)b[^%(group)b]|[^%(group)b]%(blank)b[%(group)b]"
                           % {b"group": bytes([GROUP]), b"blank": bytes([BLANK])})  # fmt: skip
"""Where a stretch may be cut: a gap of two characters between a digit group and a word."""


class SimpleRun(Run):
    """A stretch of nothing but digit groups and words of ONE_DIGIT, between each two a sign that links them (a blank, a
    dash, a dot, a comma, or one of the last two and a blank), if it is enough for a number, or of glued_words with no
    weak ones between. Its tokens are only made when they are asked for, and without plus signs."""

    __slots__ = ("_text", "_words")

    def __init__(self, text: str, span: tuple[int, int], digits: str, words: list[bytes], count: int) -> None:
        """`words` are the groups and words as written and an empty one in each gap of two characters, `count` how many
        groups and digit words they are."""
        self._text, self._words = text, words
        self.method = "words"
        self.start, self.end = span
        self.digits, self.count = digits, count
        self.weak = role_byte(words[0])[0] & 15 in _ALL_WEAK and not (
            count > 1 and begin_together(words[0], words[1] or words[2])
        )
        self.plus = self.plus_within = False

    @property
    def tokens(self) -> list[Token]:
        found = []
        for match in _LETTERS_OR_DIGITS.finditer(folded(unmixed(self._text[self.start : self.end]))):
            word = match.group()
            first, last = match.span()
            digits = ONE_DIGIT.get(word, word)
            found.append(token_of((digits, self.start + first, self.start + last, False, word in lexicon.WEAK)))
        if found[0].weak and not self.weak:
            # As with the next of one language: `char nau`.
            found[0] = found[0]._replace(weak=False)
        return found

    def is_weak(self) -> bool:
        # Seldom more than the first ones are.
        return all(role_byte(word)[0] & 15 in _ALL_WEAK for word in self._words)

    def first_end(self) -> int:
        return self.start + _length(self._words[0])

    def ends_in_prose(self) -> bool:
        return role_byte(self._words[-1])[0] & 15 == PROSE_ONE

    def without_first(self) -> SimpleRun | None:
        if self.count < 2:
            return None
        words = self._words[2 if self._words[1] == b"" else 1 :]
        start = self.start + _length(self._words[0]) + len(self._words) - len(words)
        return SimpleRun(
            self._text, (start, self.end), self.digits[len(digit_of(self._words[0])) :], words, self.count - 1
        )

    def without_last(self) -> SimpleRun | None:
        if self.count < 2 or role_byte(self._words[-1])[0] & 15 == SEVERAL:
            return None
        words = self._words[: -2 if self._words[-2] == b"" else -1]
        end = self.end - _length(self._words[-1]) - len(self._words) + len(words)
        return SimpleRun(
            self._text, (self.start, end), self.digits[: -len(digit_of(self._words[-1]))], words, self.count - 1
        )


def _length(word: bytes) -> int:
    return len(word) if word.isascii() else len(word.decode("utf-8", "surrogatepass"))


_LETTERS_OR_DIGITS = late(r"[^\W\d_]+|[0-9]+")


def simple(text: str, span: tuple[int, int], stretch: bytes, words: list[bytes], written: bytes) -> SimpleRun | None:
    """The run of a stretch of words, `written` so; None if that is not simple, or no number."""
    if stretch[0] == GROUP and (first := _first_word(stretch, words, written)):
        if stretch[first] == SEVERAL and ((glued := glued_words.parts_of(words[first])) is None or glued.group_first):
            return None
        before = written[: len(b" ".join(words[:first])) + 1]
        span = span[0] + _length(before), span[1]
        stretch, words, written = stretch[first:], words[first:], written[len(before) :]
    if stretch.find(_GLUED) >= 0:
        return _glued(text, span, stretch, words, written)
    if written.translate(None, _SIMPLY_LINKED) or stretch.find(_UNSEENS) >= 0:
        return None
    if not stretch.strip(_SIMPLE_ROLE):
        # Sure words alone, as most are: nothing else is to be asked.
        return _of_digits(text, span, words, len(words), 0)
    if stretch[0] == GROUP and written[len(words[0])] == _COMMA:
        # Digits and a comma may only stand before a number.
        return None
    if _COMMA in written and stretch.find(_GROUP_ROLE) >= 0 and _THOUSANDS.search(written) is not None:
        return None
    blanks = stretch.count(_BLANKS)
    if blanks:
        stops = written.count(b". ")
        if written.count(b", ") + stops != blanks:
            return None
        if stops and stretch.find(_GROUPS_APART) >= 0:
            # A sentence may end between two groups.
            return None
        if stops and _ENDS_BETWEEN.search(stretch) is not None:
            # A sentence that ends between a word and a group: what is behind it alone is no number.
            if blanks > 1 or stretch[-2] != BLANK:
                return None
            span = span[0], span[1] - _length(words[-1]) - 2
            stretch, words, blanks = stretch[:-2], words[:-2], 0
    if words[-1] in COMMON and BESIDE_NO.isdisjoint(words):
        gap = 2 if stretch[-2] == BLANK else 1
        span = span[0], span[1] - len(words[-1]) - gap
        stretch, words, blanks = stretch[:-gap], words[:-gap], blanks - gap + 1
    prose = stretch.count(_PROSE_ONES)
    weak = stretch.count(_WEAK_ONES) + prose
    count = len(words) - blanks
    groups = stretch.count(_GROUP_ROLE)
    sure = count - groups - weak
    if sure < 2 and weak < _FEWEST_WEAK and (weak or not sure or count < 3):
        return None
    if weak > 2 and prose * 2 > max(sure + min(groups, 3), 5):
        return None
    return _of_digits(text, span, words, count, groups)


def _of_digits(text: str, span: tuple[int, int], words: list[bytes], count: int, groups: int) -> SimpleRun | None:
    """The run of words, `count` of them not empty and `groups` of them digits, if they are enough for a number."""
    digits = b"".join(map(digit_of, words))
    if groups + len(digits) < _FEWEST or not digits.isdigit():
        return None
    return SimpleRun(text, span, digits.decode(), words, count)


def _glued(text: str, span: tuple[int, int], stretch: bytes, words: list[bytes], written: bytes) -> SimpleRun | None:
    """`simple` of words and digits glued together, no more than one sign between two."""
    if stretch.translate(None, _GLUED_ROLES) or written.translate(None, _TIGHTLY_LINKED):
        return None
    digits, count, sure = "", 0, 0
    for word, role in zip(words, stretch):
        if role != SEVERAL:
            digits += digit_of(word).decode()
            count, sure = count + 1, sure + (role == SIMPLE)
        elif (parts := glued_words.parts_of(word)) is not None:
            digits += parts.digits
            count, sure = count + parts.members, sure + parts.words
        else:
            return None
    is_number = sure > 1 and count >= _FEWEST and digits.isdigit()
    return SimpleRun(text, span, digits, words, count) if is_number else None


def _first_word(stretch: bytes, words: list[bytes], written: bytes) -> int:
    """Where the words of a stretch begin that digit groups stand before, if no number goes over the gap between; else
    0. Groups alone are no number in words."""
    first = len(stretch) - len(stretch.lstrip(_NO_WORDS))
    group = stretch.rfind(_GROUP_ROLE, 0, first)
    if group < 0:
        return 0
    gap = written[len(b" ".join(words[: group + 1])) : len(b" ".join(words[:first])) + 1]
    return first if ends_chain(gap.decode("utf-8", "surrogatepass")) else 0
