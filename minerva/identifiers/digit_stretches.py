"""Where a text can hold numbers in digit words: a look at each word alone, before any is read (digit_words.py).

Words are remembered by what they can be in a number, so most words of a text cost one look-up. A stretch that passes
may hold a number, the other parts of the text hold none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import accumulate, compress
from typing import Optional

from minerva.identifiers import lexicon
from minerva.identifiers.characters import folded
from minerva.identifiers.kept import keep
from minerva.identifiers.phone_tokens import Run, Token, token_of

_SIGN = "['\u2019\u02bc]"
"""Stands within Ukrainian words for five and nine."""
LINK = "then"
"""Links two groups of digits (`415 555 then 0123`) and mostly stands elsewhere."""
TOKEN = re.compile(
    # what stands alone first: most words are done without a look at the list
    rf"[^\W\d_]+(?:{_SIGN}ять)?(?![^\W_])|[0-9]+(?![^\W_])"
    rf"|(?:{lexicon.alternation(list(lexicon.LEET))})(?![^\W_])|[0-9]+|[^\W\d_]+(?:{_SIGN}ять(?![^\W\d_]))?"
)
"""Digits, letters, and the digit words that are written with a digit in them."""
_CHAIN_WORDS = list(lexicon.CHAINED)
_CHAIN = re.compile(f"(?:{lexicon.alternation(_CHAIN_WORDS)})+")
_CHAIN_PART = re.compile(lexicon.alternation(_CHAIN_WORDS))
_CHAIN_STARTS = frozenset(word[:3] for word in (*_CHAIN_WORDS, *lexicon.GLUED_HUNDREDS)).union(
    short + word[0] for short in _CHAIN_WORDS if len(short) < 3 for word in _CHAIN_WORDS
)
_HUNDRED = re.compile(lexicon.alternation(list(lexicon.GLUED_HUNDREDS)))
_LONGEST_CHAIN = 90
SPACED = bytes(ord(chr(code).lower()) if chr(code).isalnum() else 32 for code in range(128)) + bytes(range(128, 256))
_LEET = re.compile(lexicon.alternation(list(lexicon.LEET)))


@lru_cache(maxsize=16384)
def chain_digits(word: str) -> str | None:
    """Digits of a word made of nothing but digit words (`fivefive`) or of a hundred and the rest (`trecentododici`),
    else None."""
    if len(word) < 5 or word[:3] not in _CHAIN_STARTS:
        return None
    return "".join(next(iter(lexicon.MEANINGS[part].values())) for part in chain_parts(word)) or _in_hundreds(word)


def _in_hundreds(word: str) -> str | None:
    match = _HUNDRED.match(word)
    if match is None:
        return None
    language, value = lexicon.GLUED_HUNDREDS[match.group()]
    rest = word[match.end() :]
    # "trecento" and "otto" share a letter.
    for more in (rest, word[match.end() - 1] + rest) if rest else ():
        digits = lexicon.MEANINGS.get(more, {}).get(language, "")
        if 0 < len(digits) < 3 and digits != "0":
            return str(value + int(digits))
    return None if rest else str(value)


def chain_parts(word: str) -> list[str]:
    """The digit words that a word is made of, none if it is not made of them alone."""
    if not 2 < len(word) <= _LONGEST_CHAIN or _CHAIN.fullmatch(word) is None:
        return []
    return _CHAIN_PART.findall(word)


def _counts(token: str) -> bool:
    """Whether a token may be part of a chain."""
    return (
        token in lexicon.MEANINGS
        or token[0] in "0123456789"
        or token in lexicon.DASHES
        or token in lexicon.MULTIPLIERS
        or token == LINK
        or _is_more(token)
    )


def forms_of(words: Iterable[str]) -> frozenset[bytes]:
    """Words as they stand in a text of which ASCII letters alone were made small."""
    return frozenset(form.encode() for word in words for form in (word, word.capitalize(), word.upper()))


_SURE = forms_of([*filter(str.isalpha, lexicon.SURE - lexicon.MISSPELLED), *lexicon.ACCENTED, *lexicon.MULTIPLIERS])
_DASHES = forms_of(lexicon.DASHES)
_TRANSCRIBED = [forms_of(words) for words in lexicon.TRANSCRIBED]
_SHORT = frozenset().union(*_TRANSCRIBED) - _SURE - _DASHES
_FEWEST_SHORT = 4
_LETTERS = re.compile(rb"[a-z\x80-\xff]+")
_ANY_LETTERS = re.compile(r"[^\W\d_]+")
_LINKED = re.compile(rb"[0-9] then [0-9]")

# What a word can be in a chain: the lower four bits. The upper ones tell whether it opens the search for chains.
(
    _NOTHING, _UNSEEN, _GROUP, _WEAK, _SURELY, _FILLER, _SEVERAL, _SIMPLE, _LOOSE, _JOINS, _GROUPS, _WEAK_ONE, _BLANK,
    _PROSE_ONE,
) = range(14)  # fmt: skip
_OPENS, _OPENS_ALONE, _OPENS_WITH_OTHERS, _OPENS_BESIDE_DIGITS = 16, 32, 64, 128
ONE_DIGIT: dict[str, str] = {
    word: next(iter(meanings.values()))
    for word, meanings in lexicon.MEANINGS.items()
    if word.isalpha() and len(set(meanings.values())) == 1 and len(next(iter(meanings.values()))) == 1
}
"""Words that are the same digit in every language that has them."""


_DASH_WORDS = frozenset(word.encode() for word in lexicon.DASHES)
_LINK = LINK.encode()
_COMMON = frozenset([b"no", b"No", b"NO"])
"""What opens the search with others and is too common elsewhere to be marked so: too few to open it alone."""
_BESIDE_NO = forms_of(lexicon.BESIDE_NO)


_NO_LETTERS = re.compile(r"[\W0-9_]*")
_DIGITS = re.compile(r"[0-9]+")


class _Roles(dict[bytes, int]):
    """What each word met is: its role in a chain and whether it opens the search."""

    MOST = 50_000
    LONGEST = 24

    def __missing__(self, word: bytes) -> int:
        plain = plain_role(word)
        if plain is not None:
            role = plain
        elif not word:
            role = _BLANK
        elif word.isdigit():
            role = _GROUP
        elif _NO_LETTERS.fullmatch(text := word.decode("utf-8", "surrogatepass")) is not None:
            role = (_UNSEEN, _GROUP, _GROUPS)[min(len(_DIGITS.findall(text)), 2)]
        else:
            role = role_of(word)
        if word in _COMMON:
            role &= _OPENS - 1
        if len(word) <= self.LONGEST:
            if len(self) >= self.MOST:
                self.clear()
            self[word] = role
        return role


def opens(word: bytes) -> bool:
    """Whether a word can open the search for numbers in words."""
    return _role_of(word) >= _OPENS


def is_dash(word: bytes) -> bool:
    """Whether a word is one for a dash or a dot, which opens the search beside a digit alone (is_beside_digit)."""
    return word in _DASH_WORDS


def is_link(word: bytes) -> bool:
    """Whether a word is LINK, which opens the search between two digits."""
    return word == _LINK


_DRAWN_OUT = re.compile(rb"([a-z])\1\1")


def plain_role(word: bytes) -> int | None:
    """`role_of` a word that plays no part: ASCII letters, digits behind them or not; None where it may play one. Nearly
    all words met for the first time, user names among them, are such."""
    letters = word.rstrip(b"0123456789")
    lowered = letters.lower()
    if not letters.isalpha() or lowered in _PLAYING or lowered[:3] in _STARTS or _DRAWN_OUT.search(lowered) is not None:
        return None
    size = len(letters)
    if size == len(word):
        return _NOTHING
    return None if lowered[-1:] + word[size : size + 1] in _LEET_PAIRS else _LOOSE


def role_of(word: bytes) -> int:
    """What a word with letters is in a chain, and whether it opens the search."""
    return _role(word.decode("utf-8", "surrogatepass")) | _opens(word)


def _letters_in(word: bytes) -> list[bytes]:
    if word.isascii():
        return _LETTERS.findall(word)
    return [part.encode() for part in _ANY_LETTERS.findall(word.decode("utf-8", "replace"))]


def _opens(word: bytes) -> int:
    parts = {word}
    if not word.isalpha():
        # Signs beyond ASCII stand within a word here: `\U0001f31ftwo\U0001f31fone`.
        parts.update(_letters_in(word))
    for part in filter(_DRAWN_OUT.search, [*parts]):
        parts.add(lexicon.unstretched(part.decode("utf-8", "replace")).encode())
    if not _SURE.isdisjoint(parts):
        return _OPENS
    if not _DASHES.isdisjoint(parts):
        return _OPENS_BESIDE_DIGITS
    text = word.decode("utf-8", "replace")
    if (not word.isalpha() and (_LEET.search(text) or _is_glued(text))) or any(
        len(part) > 7 and chain_digits(part.decode("ascii", "replace")) is not None for part in parts
    ):
        return _OPENS_ALONE
    return _OPENS_WITH_OTHERS if not _SHORT.isdisjoint(parts) else 0


def _is_glued(word: str) -> bool:
    """Whether digits are glued to `oh` or to two words that are digits elsewhere in prose too: `oh169`, `uno2tre4`."""
    if _DIGITS.search(word) is None:
        return False
    digit_words = [part for part in _ANY_LETTERS.findall(word) if len(part) > 1 and part in lexicon.MEANINGS]
    return len(digit_words) > 1 or "oh" in digit_words


_HALVES = {"п": _JOINS, "дев": _JOINS, "ять": _SURELY}
"""What an ASCII sign within a word leaves of it: words are split at signs here, and read whole by TOKEN."""


_PLAYING = frozenset(
    word.encode()
    for word in (
        *lexicon.MEANINGS, *lexicon.DASHES, *lexicon.MULTIPLIERS, *lexicon.HUNDREDS, *lexicon.FILLERS, *_HALVES, LINK,
    )
)  # fmt: skip
_STARTS = frozenset(start.encode() for start in _CHAIN_STARTS)
_LEET_PAIRS = frozenset(
    word[at : at + 2].encode() for word in lexicon.LEET for at in range(len(word) - 1) if word[at + 1].isdigit()
)
"""A letter and a digit behind it in words that are written with digits."""


def _role(word: str) -> int:
    written = folded(word)
    if written in _HALVES:
        return _HALVES[written]
    as_written = TOKEN.findall(written)
    if not as_written:
        return _UNSEEN
    tokens = list(map(lexicon.unstretched, as_written))
    playing = [token for token in tokens if _counts(token)]
    if not playing:
        return _NOTHING if lexicon.FILLERS.isdisjoint(tokens) else _JOINS
    if len(playing) > 1:
        return _GROUPS if all(token[0] in "0123456789" and token.isdigit() for token in playing) else _SEVERAL
    if _is_more(playing[0]):
        return _SEVERAL
    token = playing[0]
    if token in lexicon.DASHES or token in lexicon.MULTIPLIERS or token == LINK:
        return _FILLER
    if token not in lexicon.MEANINGS:
        return _GROUP if len(tokens) == 1 else _LOOSE
    alone = token in ONE_DIGIT and tokens == as_written and len(tokens) == 1
    if token in lexicon.WEAK:
        return _WEAK if not alone else _PROSE_ONE if token in lexicon.PROSE else _WEAK_ONE
    return _SIMPLE if alone else _SURELY


def _is_more(token: str) -> bool:
    """Whether a token stands for several digits: words glued together, or a hundred."""
    return token not in lexicon.MEANINGS and (token in lexicon.HUNDREDS or chain_digits(token) is not None)


class _DigitOf(dict[bytes, bytes]):
    """The digit of each word of ONE_DIGIT met, as it is written; digit groups and blanks stand for themselves, a
    question mark for anything else."""

    def __missing__(self, word: bytes) -> bytes:
        digits = word if word.isdigit() or not word else b"?"
        if digits is not word:
            digits = ONE_DIGIT.get(folded(word.decode("utf-8", "surrogatepass")), "?").encode()
        if len(word) <= _Roles.LONGEST:
            keep(self, word, digits, _Roles.MOST)
        return digits


_roles = _Roles()
_role_of = _roles.__getitem__
_digit_of = _DigitOf().__getitem__
_SURELY_OPENS, _OPENS_UNLESS_FOUND, _MAY_OPEN_ONLY = b"\1", b"\2", b"\3"
_OPENING = b"".join(
    _SURELY_OPENS if code & _OPENS else _OPENS_UNLESS_FOUND if code & _OPENS_ALONE else
    _MAY_OPEN_ONLY if code >= _OPENS else b"\0" for code in range(256)
)  # fmt: skip
"""How each role opens the search."""
_MAY_OPEN = bytes(bytes([code]) == _MAY_OPEN_ONLY for code in range(256))
_ROLE = bytes(code & 15 for code in range(256))
_SORT_OF = {_NOTHING: b".", _GROUP: b"g", _LOOSE: b"g", _GROUPS: b"G", _SEVERAL: b"m", _SIMPLE: b"s", _SURELY: b"s",
            _WEAK: b"w", _WEAK_ONE: b"w", _PROSE_ONE: b"w", _FILLER: b"f"}  # fmt: skip
_SORTS = b"".join(_SORT_OF.get(code & 15, b"-") for code in range(256))
"""Each word by its sort: a dot for one that ends a chain, a dash for one that never counts."""
_FIRM = bytes(115 if code in b"smf" else 46 for code in range(256))
_ANY = bytes(46 if code == 46 else 115 for code in range(256))
"""Words by which a stretch is found, as s: those that are no weak ones, or all that do not end a chain."""
_WEAK_SORTS = bytes(119 if code in b"gw" else code for code in range(256))
"""Weak words and digit groups as w: five of them stand in every stretch that they alone make a number, dashes aside."""
_PLAIN_ROLES = bytes([_GROUP, _SIMPLE, _WEAK_ONE, _PROSE_ONE, _BLANK, _UNSEEN])
_GAPS_ONLY = bytes([_BLANK, _UNSEEN])
_LINKS_ONLY = bytes([_BLANK, _UNSEEN, _JOINS])
_BLANKS, _GROUP_ROLE, _WEAK_ONES, _PROSE_ONES, _UNSEENS = (
    bytes([role]) for role in (_BLANK, _GROUP, _WEAK_ONE, _PROSE_ONE, _UNSEEN)
)
_ALL_WEAK = frozenset([_WEAK_ONE, _PROSE_ONE, _BLANK])
_NO_WORDS = bytes([_GROUP, _BLANK, _UNSEEN])
_SIMPLY_LINKED = bytes(code for code in range(256) if code > 127 or chr(code).isalnum() or chr(code) in " -.,")
"""What stands in a simple run."""
_MANY = 400
"""Words from which on the place of each is noted, as counting them anew for every stretch takes longer."""


class SimpleRun(Run):
    """A stretch of nothing but digit groups and words of ONE_DIGIT, between each two a sign that links them (a blank, a
    dash, a dot, a comma, or one of the last two and a blank), if it is enough for a number: what digit_words makes of
    it, sooner. Its tokens are only made when they are asked for, and without plus signs."""

    __slots__ = ("_text", "_words")

    def __init__(self, text: str, span: tuple[int, int], digits: str, words: list[bytes], count: int) -> None:
        """`words` are the `count` groups and words as written and an empty one in each gap of two characters."""
        self._text, self._words = text, words
        self.method = "words"
        self.start, self.end = span
        self.digits, self.count = digits, count
        self.weak = _role_of(words[0]) & 15 in _ALL_WEAK
        self.plus = self.plus_within = False

    @property
    def tokens(self) -> list[Token]:
        found = []
        for match in _LETTERS_OR_DIGITS.finditer(folded(self._text[self.start : self.end])):
            word = match.group()
            first, last = match.span()
            digits = ONE_DIGIT.get(word, word)
            found.append(token_of((digits, self.start + first, self.start + last, False, word in lexicon.WEAK)))
        return found

    def is_weak(self) -> bool:
        return all([_role_of(word) & 15 in _ALL_WEAK for word in self._words])  # noqa: C419 -- sooner

    def without_first(self) -> SimpleRun | None:
        if self.count < 2:
            return None
        words = self._words[2 if self._words[1] == b"" else 1 :]
        start = self.start + _length(self._words[0]) + len(self._words) - len(words)
        return SimpleRun(
            self._text, (start, self.end), self.digits[len(_digit_of(self._words[0])) :], words, self.count - 1
        )

    def without_last(self) -> SimpleRun | None:
        if self.count < 2:
            return None
        words = self._words[: -2 if self._words[-2] == b"" else -1]
        end = self.end - _length(self._words[-1]) - len(self._words) + len(words)
        return SimpleRun(
            self._text, (self.start, end), self.digits[: -len(_digit_of(self._words[-1]))], words, self.count - 1
        )


def _length(word: bytes) -> int:
    return len(word) if word.isascii() else len(word.decode("utf-8", "surrogatepass"))


_LETTERS_OR_DIGITS = re.compile(r"[^\W\d_]+|[0-9]+")
Place = tuple[int, int, Optional[SimpleRun]]
"""Start and end of a stretch, and its run if that is simple."""


@lru_cache(maxsize=1)
def words_of(encoded: bytes) -> tuple[bytes, list[bytes]]:
    """A text (UTF-8) with blanks for its signs and small letters for ASCII ones, and the words of that; kept for the
    text read last, as phone_parts asks for the same."""
    spaced = encoded.translate(SPACED)
    return spaced, spaced.split(b" ")


def opened_by(encoded: bytes, left: bytes, found: bool) -> tuple[list[bytes], bytes] | None:
    """The words of a text, one blank apart, and what each is in a chain, if a number in digit words is worth a search;
    parameters as for `places`."""
    spaced, words = words_of(encoded)
    is_linked = left.find(b" then ") >= 0 and _LINKED.search(left) is not None
    # Of a list, as of a generator it takes half as long again.
    roles = bytes([*map(_role_of, words)])
    if not is_linked:
        opening = roles.translate(_OPENING)
        if opening.find(_SURELY_OPENS) < 0 and (found or opening.find(_OPENS_UNLESS_FOUND) < 0):
            may_open = opening.translate(_MAY_OPEN)
            if may_open.find(1) < 0 or not _is_open(may_open, roles, words, spaced):
                return None
    return words, roles


def places(text: str, encoded: bytes, left: bytes, found: bool) -> list[Place]:
    """The stretches of a text that may hold a number in digit words; `encoded` is the text (UTF-8), `left` the same
    without what is read already. With numbers `found` already, words glued together or written with digits in them are
    not looked for."""
    opened = opened_by(encoded, left, found)
    if opened is None:
        return []
    words, roles = opened
    found_places: list[Place] = []
    sizes = list(accumulate(map(len, words))) if len(words) > _MANY else None
    is_ascii = len(text) == len(encoded)
    at = chars = 0
    sorts = roles.translate(_SORTS)
    # Many weak words and digit groups alone can be a number too.
    weak = _may_be_weak(sorts) and (
        sorts.translate(_WEAK_SORTS, b"-").find(b"wwwww") >= 0 or sorts.find(b"G") >= 0
    )
    starts = sorts.translate(_ANY if weak else _FIRM)
    behind = 0
    while (begin := starts.find(b"s", behind)) >= 0:
        # The stretch around: words without one between that ends a chain.
        first, last = sorts.rfind(b".", 0, begin) + 1, sorts.find(b".", begin)
        behind = last = last if last >= 0 else len(sorts)
        within = sorts[first:last]
        # A word alone is the commonest of what is no number.
        if (len(within) == 1 and within != b"m") or not _may_be_number(within):
            continue
        stretch = roles[first:last].translate(_ROLE)
        # What only links words is no part of it before and behind.
        if stretch[-1] in _LINKS_ONLY:
            stretch = stretch.rstrip(_LINKS_ONLY)
            last = first + len(stretch)
        if stretch[0] in _GAPS_ONLY:
            stretch = stretch.lstrip(_GAPS_ONLY)
            first = last - len(stretch)
        own = words[first:last]
        if sizes is None:
            # By the words before or those behind, whichever are fewer.
            if first * 2 < len(words):
                start = len(b" ".join(words[:first])) + 1 if first else 0
            else:
                start = len(encoded) - len(b" ".join(words[first:]))
            end = start + len(b" ".join(own))
        else:
            start = (sizes[first - 1] if first else 0) + first
            end = sizes[last - 1] + last - 1
        size = end - start
        place = start
        if not is_ascii:
            # Bytes counted as characters, each once.
            chars, at = chars + len(encoded[at:start].decode("utf-8", "surrogatepass")), end
            size = len(encoded[start:end].decode("utf-8", "surrogatepass"))
            place, chars = chars, chars + size
        run = None
        if not stretch.strip(_PLAIN_ROLES):  # nothing else in it
            run = _simple(text, (place, place + size), stretch, own, encoded[start:end])
        found_places.append((place, place + size, run))
    return found_places


def _simple(text: str, span: tuple[int, int], stretch: bytes, words: list[bytes], written: bytes) -> SimpleRun | None:
    """The run of a stretch of words, `written` so; None if that is not simple, or no number."""
    if stretch[0] == _GROUP and (first := _first_word(stretch, words, written)):
        before = written[: len(b" ".join(words[:first])) + 1]
        span = span[0] + _length(before), span[1]
        stretch, words, written = stretch[first:], words[first:], written[len(before) :]
    if written.translate(None, _SIMPLY_LINKED) or stretch.find(_UNSEENS) >= 0:
        return None
    blanks = stretch.count(_BLANKS)
    if blanks:
        stops = written.count(b". ")
        if written.count(b", ") + stops != blanks:
            return None
        if stops and _ENDS_BETWEEN.search(stretch) is not None:
            # A sentence that ends between a word and a group: what is behind it alone is no number.
            if blanks > 1 or stretch[-2] != _BLANK:
                return None
            span = span[0], span[1] - _length(words[-1]) - 2
            stretch, words, blanks = stretch[:-2], words[:-2], 0
    if words[-1] in _COMMON and _BESIDE_NO.isdisjoint(words):
        gap = 2 if stretch[-2] == _BLANK else 1
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
    digits = b"".join(map(_digit_of, words))
    if groups + len(digits) < _FEWEST or not digits.isdigit():
        return None
    return SimpleRun(text, span, digits.decode(), words, count)


def _first_word(stretch: bytes, words: list[bytes], written: bytes) -> int:
    """Where the words of a stretch begin that digit groups stand before, if no number goes over the gap between; else
    0. Groups alone are no number in words."""
    first = len(stretch) - len(stretch.lstrip(_NO_WORDS))
    group = stretch.rfind(_GROUP_ROLE, 0, first)
    if group < 0:
        return 0
    gap = written[len(b" ".join(words[: group + 1])) : len(b" ".join(words[:first])) + 1]
    return first if ends_chain(gap.decode("utf-8", "surrogatepass")) else 0


WIDEST_GAP = 6
_GAP = re.compile(r"[^\w$€£¥%+=&]{0,6}|[^\w$€£¥%+=&]{0,2}_{1,3}[^\w$€£¥%+=&]{0,2}")
SENTENCE_GAP = re.compile(r"[.!?:;] |[^\w\s]{2}|[^\x00-\x7f] |\n| -+ ")
"""A gap that ends a chain where words and digit groups meet: `60/150. nine one six`."""


@lru_cache(maxsize=4096)
def is_gap(gap: str) -> bool:
    """Whether no more than signs stand between two members of a chain."""
    return _GAP.fullmatch(gap) is not None


@lru_cache(maxsize=4096)
def ends_chain(gap: str) -> bool:
    """Whether a gap between a digit group and a word behind it surely ends a chain."""
    if len(gap) > WIDEST_GAP or not is_gap(gap):
        return True
    return SENTENCE_GAP.search(gap) is not None and gap.strip() != "-"


_FEWEST_WEAK = 7
"""Weak words alone are a number only if so many stand in a row."""
_FEWEST = 5
"""Words and digits of groups, as digit_words counts them, that are enough for a number."""
_ENDS_BETWEEN = re.compile(b"[%(group)b]%(blank)b[^%(group)b]|[^%(group)b]%(blank)b[%(group)b]"
                           % {b"group": bytes([_GROUP]), b"blank": bytes([_BLANK])})  # fmt: skip
"""Where a stretch may be cut: a gap of two characters between a digit group and a word."""


def _is_open(may_open: bytes, roles: bytes, words: list[bytes], spaced: bytes) -> bool:
    """Whether the words of a text (`spaced`) that `may_open` marks open the search by their `roles`."""
    short = []
    for word, role in zip(compress(words, may_open), compress(roles, may_open)):
        if role & _OPENS_BESIDE_DIGITS:
            if word in _DASH_WORDS and is_beside_digit(word, spaced):
                return True
        elif role & _OPENS_WITH_OTHERS:
            short.append(word)
    if not short:
        return False
    known = {part for word in (*short, *_COMMON.intersection(words)) for part in _LETTERS.findall(word)}
    return any(len(known & language) >= _FEWEST_SHORT for language in _TRANSCRIBED)


def is_beside_digit(word: bytes, spaced: bytes) -> bool:
    """Whether a word for a dash or a dot stands beside a digit, blanks between."""
    between = b" %b " % word
    at = spaced.find(between)
    while at >= 0:
        behind = at + len(between)
        if spaced[:at].rstrip()[-1:].isdigit() or spaced[behind:].lstrip()[:1].isdigit():
            return True
        at = spaced.find(between, behind - 1)
    return False


def _may_be_number(sorts: bytes) -> bool:
    """Whether the words of a stretch are enough for a chain, as digit_words demands it."""
    count = sorts.count
    sure = count(b"s")
    if sure > 1 or b"m" in sorts:
        return True
    groups = count(b"g") + 3 * count(b"G")
    return (groups > 1 and (sure > 0 or b"f" in sorts)) or _may_be_weak(sorts)


def _may_be_weak(sorts: bytes) -> bool:
    """Whether weak words and digit groups alone are enough."""
    weak = sorts.count(b"w")
    return weak > 6 or (weak > 1 and sorts.count(b"g") + 3 * sorts.count(b"G") > 2)
