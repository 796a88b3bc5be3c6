"""What each word of a text can be in a number written in words: a digit, part of a gap, prose... and whether it opens
the search for one. Words met are kept with their answer, so most words of a text cost one look-up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from minerva.identifiers import lexicon
from minerva.identifiers.characters import folded, may_mix, unmixed
from minerva.identifiers.kept import keep
from minerva.identifiers.late import late
from minerva.identifiers.phone_shapes import FEWEST

_SIGN = "['\u2019\u02bc]"
"""Stands within Ukrainian words for five, nine and more of these, before what `_BEHIND_SIGN` lists."""
_BEHIND_SIGN = ("ятнадцять", "ятдесят", "яносто", "ятсот", "ятірки", "ятки", "ять")
BY_SIGN = rf"{_SIGN}(?:{'|'.join(_BEHIND_SIGN)})"
LINK = "then"
"""Links two groups of digits (`415 555 then 0123`) and mostly stands elsewhere."""
TOKEN = late(
    # what stands alone first: most words are done without a look at the list
    rf"[^\W\d_]+(?:{BY_SIGN})?(?![^\W_])|[0-9]+(?![^\W_])"
    rf"|(?:{lexicon.branches(lexicon.LEET)})(?![^\W_])|[0-9]+|[^\W\d_]+(?:{BY_SIGN}(?![^\W\d_]))?"
)
"""Digits, letters, and the digit words that are written with a digit in them."""
_CHAIN_WORDS = [*lexicon.CHAINED, *lexicon.MULTIPLIERS]
_CHAIN = late(f"(?:{lexicon.branches(_CHAIN_WORDS)})+")
_LONGEST_PART = max(map(len, _CHAIN_WORDS))
GLUED_PLUS, SIZE_OF_PLUS = ("plus", "плюс"), 4
"""Words for a plus sign that digit words are glued to: `PlusSixOneFour`."""
_CHAIN_STARTS = frozenset(word[:3] for word in (*_CHAIN_WORDS, *lexicon.GLUED_HUNDREDS, *GLUED_PLUS)).union(
    short + word[0] for short in _CHAIN_WORDS if len(short) < 3 for word in _CHAIN_WORDS
)
_HUNDRED = late(lexicon.alternation(list(lexicon.GLUED_HUNDREDS)))
_LONGEST_CHAIN = 90
_LEET = late(lexicon.branches(lexicon.LEET))


@lru_cache(maxsize=16384)
def chain_digits(word: str) -> str | None:
    """Digits of a word made of nothing but digit words (`fivefive`) and words that multiply them (`doppelnull`,
    `ninedoubleoh`), or of a hundred and the rest (`trecentododici`), else None."""
    if len(word) < 4 or word[:3] not in _CHAIN_STARTS:
        return _in_pinyin(word) if word[:2] in _PINYIN_STARTS else None
    if word.startswith(GLUED_PLUS):
        behind = word[SIZE_OF_PLUS:]
        digits = None if len(behind) > _LONGEST_CHAIN or behind.startswith(GLUED_PLUS) else chain_digits(behind)
        return digits if digits is not None and len(digits) > 1 else None
    digits, count = "", 1
    for part in chain_parts(word):
        if part in lexicon.MULTIPLIERS:
            count *= lexicon.MULTIPLIERS[part]
        else:
            digits, count = digits + next(iter(lexicon.MEANINGS[part].values())) * count, 1
    # A word that ends with one that multiplies stands before its digit.
    return (digits if count == 1 else None) or _in_hundreds(word)


_SYLLABLES = ("yi", "yao", "er", "liang", "san", "si", "wu", "liu", "qi", "ba", "jiu", "ling")
_PINYIN_STARTS = frozenset(syllable[:2] for syllable in _SYLLABLES)
_IN_PINYIN = late(rf"(?:{'|'.join(_SYLLABLES)}){{3,13}}")
_SYLLABLE = late("|".join(_SYLLABLES))


def _in_pinyin(word: str) -> str | None:
    """The digits of a word of three Chinese digits and more in Latin letters (`YiSanLing`): two are many a name."""
    if len(word) < _SHORTEST_PINYIN or _IN_PINYIN.fullmatch(word) is None:
        return None
    return "".join([lexicon.MEANINGS[syllable]["zh-latn"] for syllable in _SYLLABLE.findall(word)])


_SHORTEST_PINYIN = 6


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
    """The digit words that a word is made of, as few as can be, the usual spellings first; none if it is not made of
    them alone."""
    if not 2 < len(word) <= _LONGEST_CHAIN or _CHAIN.fullmatch(word) is None:
        return []
    # By each place where the rest is made of such words: how many odd ones, how many, the first one.
    rest: dict[int, tuple[int, int, str]] = {len(word): (0, 0, "")}
    for start in range(len(word) - 1, -1, -1):
        ways = [
            (rest[end][0] + (part not in lexicon.USUAL), rest[end][1] + 1, part)
            for end in range(start + 2, min(start + _LONGEST_PART, len(word)) + 1)
            if end in rest and ((part := word[start:end]) in lexicon.CHAINED or part in lexicon.MULTIPLIERS)
        ]
        if ways:
            rest[start] = min(ways)
    parts, start = [], 0
    while start < len(word):
        parts.append(rest[start][2])
        start += len(parts[-1])
    return parts


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
    """Words as they stand in a text of which ASCII letters alone were made small: `PREMIÈRE` is `premiÈre`."""
    found = set()
    for word in words:
        found.add(word.encode())
        if not word.isascii():
            found.update([word.capitalize().encode().lower(), word.upper().encode().lower()])
    return frozenset(found)


_SURE = forms_of(
    # Of the ordinary words that sound like digits the one that is rarest in prose. What is an error in one language may
    # be right in another: `cuatro`, `quatro`.
    [
        *filter(str.isalpha, lexicon.SURE - (lexicon.MISSPELLED - lexicon.USUAL)),
        *lexicon.ACCENTED,
        *lexicon.MULTIPLIERS,
        "fife",
    ]
)
DASH_WORDS = forms_of(lexicon.DASHES)
TRANSCRIBED = [forms_of(words) for words in lexicon.TRANSCRIBED]
_SHORT = frozenset().union(*TRANSCRIBED) - _SURE - DASH_WORDS


@lru_cache(maxsize=4096)
def begin_together(first: bytes, second: bytes) -> bool:
    """Whether two digit words, the first one weak, are of one language of TRANSCRIBED: `yi qi`."""
    return first.decode().lower() not in lexicon.PROSE and any(
        first in language and second in language for language in TRANSCRIBED
    )


def are_transcribed(words: Sequence[str]) -> bool:
    """Whether digit words are all of one language of TRANSCRIBED, and the first one is none of English prose."""
    return words[0] not in lexicon.PROSE and any(language.issuperset(words) for language in lexicon.TRANSCRIBED)


LETTERS = late(rb"[a-z\x80-\xff]+")
_ANY_LETTERS = late(r"[^\W\d_]+")

# What a word can be in a chain: the lower four bits. The upper ones tell whether it opens the search for chains.
(
    NOTHING, UNSEEN, GROUP, WEAK, SURELY, FILLER, SEVERAL, SIMPLE, LOOSE, JOINS, GROUPS, WEAK_ONE, BLANK,
    PROSE_ONE,
) = range(14)  # fmt: skip
OPENS, OPENS_ALONE, OPENS_WITH_OTHERS, OPENS_BESIDE_DIGITS = 16, 32, 64, 128
ONE_DIGIT: dict[str, str] = {
    word: next(iter(meanings.values()))
    for word, meanings in lexicon.MEANINGS.items()
    if word.isalpha()
    and len(set(meanings.values())) == 1
    and len(next(iter(meanings.values()))) == 1
    and word not in lexicon.PLURALS
    and word not in lexicon.HUNDREDS_OF
}
"""Words that are the same digit in every language that has them."""


_LINK = LINK.encode()
COMMON = frozenset([b"no", b"No", b"NO"])
"""What opens the search with others and is too common elsewhere to be marked so: too few to open it alone."""
BESIDE_NO = forms_of(lexicon.BESIDE_NO)


_NO_LETTERS = late(r"[\W0-9_]*")
_UNBLANKED = late(
    "[\u0e01-\u0e30\u0e40-\u0e46\u3041-\u3096\u30a1-\u30fa\u3400-\u9fff\uac00-\ud7a3]"
    "[\u0e01-\u0e4e\u3041-\u3096\u30a1-\u30fe\u3400-\u9fff\uac00-\ud7a3]*"
)
"""Letters and vowel signs of scripts without blanks, a letter first: what they write is read by native_words.py."""
_DIGITS = late(r"[0-9]+")


class _Roles(dict[bytes, bytes]):
    """What each word met is: its role in a chain and whether it opens the search, as one byte."""

    MOST = 50_000
    LONGEST = 24

    def __missing__(self, word: bytes) -> bytes:
        plain = plain_role(word)
        if plain is not None:
            role = plain
        elif len(word) > self.LONGEST and _UNBLANKED.fullmatch(word.decode("utf-8", "surrogatepass")) is not None:
            role = NOTHING
        elif not word:
            role = BLANK
        elif word.isdigit():
            role = GROUP
        elif _NO_LETTERS.fullmatch(text := word.decode("utf-8", "surrogatepass")) is not None:
            role = (UNSEEN, GROUP, GROUPS)[min(len(_DIGITS.findall(text)), 2)]
        else:
            role = role_of(word)
        if word in COMMON:
            role &= OPENS - 1
        code = bytes([role])
        return keep(self, word, code, self.MOST) if len(word) <= self.LONGEST else code


def is_dash(word: bytes) -> bool:
    """Whether a word is one for a dash or a dot, which opens the search beside a digit alone (is_beside_digit)."""
    return word in DASH_WORDS


def is_link(word: bytes) -> bool:
    """Whether a word is LINK, which opens the search between two digits."""
    return word == _LINK


_DRAWN_OUT = re.compile(rb"([a-z])\1\1")


def plain_role(word: bytes) -> int | None:
    """`role_of` a word that plays no part: ASCII letters, digits behind them or not; None where it may play one. Nearly
    all words met for the first time, user names among them, are such."""
    letters = word.rstrip(b"0123456789")
    lowered = letters.lower()
    if (
        not letters.isalpha()
        or lowered in _PLAYING
        or (
            (lowered[:3] in _STARTS or (len(lowered) >= _SHORTEST_PINYIN and lowered[:2] in _PINYIN_BYTES))
            and chain_digits(lowered.decode()) is not None
        )
        or _DRAWN_OUT.search(lowered) is not None
    ):
        return None
    size = len(letters)
    if size == len(word):
        return NOTHING
    if lowered in _BEGINS_WITH_OH or lowered.endswith(_ENDS_IN_OH):
        return None
    digit = word[size : size + 1]
    return None if lowered[-2:] + digit in _LEET_ENDS or lowered[-1:] + digit in _LEET_ENDS else LOOSE


def role_of(word: bytes) -> int:
    """What a word with letters is in a chain, and whether it opens the search."""
    if not word.isascii() and may_mix(word):
        word = unmixed(word.decode("utf-8", "surrogatepass")).lower().encode("utf-8", "surrogatepass")
    return _role(word.decode("utf-8", "surrogatepass")) | _opens(word)


def _letters_in(word: bytes) -> list[bytes]:
    if word.isascii():
        return LETTERS.findall(word)
    return [part.encode() for part in _ANY_LETTERS.findall(word.decode("utf-8", "replace"))]


def _opens(word: bytes) -> int:
    parts = {word}
    if not word.isalpha():
        # Signs beyond ASCII stand within a word here: `\U0001f31ftwo\U0001f31fone`.
        parts.update(_letters_in(word))
    for part in filter(_DRAWN_OUT.search, [*parts]):
        parts.add(lexicon.unstretched(part.decode("utf-8", "replace")).encode())
    if not _SURE.isdisjoint(parts):
        return OPENS
    if not DASH_WORDS.isdisjoint(parts):
        return OPENS_BESIDE_DIGITS
    text = word.decode("utf-8", "replace")
    chains = [
        (len(part), len(digits)) for part in parts
        if len(part) > _LONGEST_PAIR and (digits := chain_digits(folded(part.decode("utf-8", "replace")))) is not None
    ]  # fmt: skip
    if any(size >= _SHORTEST_WHOLE and count >= FEWEST for size, count in chains):
        # "twotwosevenonezerothreefiveeightone"
        return OPENS
    if chains or (not word.isalpha() and (_LEET.search(text) or _is_glued(text))):
        return OPENS_ALONE
    if is_glued_pair(word):
        return OPENS_BESIDE_DIGITS
    return OPENS_WITH_OTHERS if not _SHORT.isdisjoint(parts) else 0


_LONGEST_PAIR, _SHORTEST_WHOLE = 7, 18
"""Bytes of two digit words glued together, and of as many as a number has."""


def is_glued_pair(word: bytes) -> bool:
    """Whether a word is two short digit words glued together (`unodue`), which many a name is too."""
    text = word.decode("utf-8", "surrogatepass")
    return len(text) >= _FEWEST_GLUED and text.isalpha() and chain_digits(folded(text)) is not None


_FEWEST_GLUED = 5


def _is_glued(word: str) -> bool:
    """Whether digits are glued to `oh`, to a longer word that is a digit elsewhere in prose too, or to two such words:
    `oh169`, `tre47`, `un2to3`. Two letters alone are part of many codes."""
    if _DIGITS.search(word) is None:
        return False
    digit_words = [part for part in _ANY_LETTERS.findall(word) if len(part) > 1 and part in lexicon.MEANINGS]
    return len(digit_words) > 1 or any(len(part) > 2 or part == "oh" for part in digit_words)


_HALVES = {"п": JOINS, "дев": JOINS, **dict.fromkeys(_BEHIND_SIGN, SURELY)}
"""What an ASCII sign within a word leaves of it: words are split at signs here, and read whole by TOKEN."""
_SIGNS_AROUND = late(r"^[\W_]+|[\W_]+$")
"""Pictures, which stand in words here: `\U0001f338п'ять`."""


_PLURAL_END = "s"
"""Stands alone here behind digits: `two 7's`."""
_JOINING = lexicon.FILLERS | lexicon.TIMES | lexicon.ARTICLES | {_PLURAL_END}
_PLAYING = frozenset(
    word.encode()
    for word in (
        *lexicon.MEANINGS, *lexicon.DASHES, *lexicon.MULTIPLIERS, *lexicon.HUNDREDS, *_JOINING, *_HALVES, LINK,
    )
)  # fmt: skip
_STARTS = frozenset(start.encode() for start in _CHAIN_STARTS)
_PINYIN_BYTES = frozenset(start.encode() for start in _PINYIN_STARTS)
_LEET_ENDS = frozenset(
    f"{letters[-2:]}{word[len(letters)]}".encode()
    for word in lexicon.LEET
    if (letters := word.rstrip("0123456789")).isalpha() and letters != word
)
"""The last two letters, or the only one, and the first digit of words with digits at their end: `tw0`, `s31`."""


_BESIDE_OH = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
"""Words beside which glued_words.ALIKE takes an O for a zero if digits are glued to them: `fiveo390`, `Oeight3`."""
_ENDS_IN_OH = tuple(f"{word}o".encode() for word in _BESIDE_OH)
_BEGINS_WITH_OH = frozenset(f"o{word}".encode() for word in _BESIDE_OH)
_OH_BESIDE = late(rf"(?:(?:{'|'.join(_BESIDE_OH)})o|(?<![^\W_])o(?:{'|'.join(_BESIDE_OH[1:])}))[0-9]")


def _role(word: str) -> int:
    written = folded(word)
    if (half := _SIGNS_AROUND.sub("", written)) in _HALVES:
        return _HALVES[half]
    if _OH_BESIDE.search(written) is not None:
        return SEVERAL
    as_written = TOKEN.findall(written)
    if not as_written:
        return UNSEEN
    tokens = list(map(lexicon.unstretched, as_written))
    playing = [token for token in tokens if _counts(token)]
    if not playing:
        return NOTHING if _JOINING.isdisjoint(tokens) else JOINS
    if len(playing) > 1:
        return GROUPS if all(token[0] in "0123456789" and token.isdigit() for token in playing) else SEVERAL
    if _is_more(playing[0]):
        return SEVERAL
    token = playing[0]
    if token in lexicon.DASHES or token in lexicon.MULTIPLIERS or token == LINK:
        return FILLER
    if token not in lexicon.MEANINGS:
        return GROUP if len(tokens) == 1 else LOOSE
    alone = token in ONE_DIGIT and tokens == as_written and len(tokens) == 1 and token not in lexicon.DENIALS
    if token in lexicon.WEAK:
        return WEAK if not alone else PROSE_ONE if token in lexicon.PROSE else WEAK_ONE
    return SIMPLE if alone else SURELY


def _is_more(token: str) -> bool:
    """Whether a token stands for several digits: words glued together, or a hundred."""
    return token not in lexicon.MEANINGS and (token in lexicon.HUNDREDS or chain_digits(token) is not None)


class _DigitOf(dict[bytes, bytes]):
    """The digit of each word of ONE_DIGIT met, as it is written; digit groups and blanks stand for themselves, a
    question mark for anything else."""

    def __missing__(self, word: bytes) -> bytes:
        digits = word if word.isdigit() or not word else b"?"
        if digits is not word:
            digits = ONE_DIGIT.get(folded(unmixed(word.decode("utf-8", "surrogatepass"))), "?").encode()
        if len(word) <= _Roles.LONGEST:
            keep(self, word, digits, _Roles.MOST)
        return digits


# Of a class derived from dict the method is sooner than brackets, which look for it first.
role_byte = _Roles().__getitem__
"""By word `role_of` it as one byte, and what each sort of sign is too; answers are kept."""
digit_of = _DigitOf().__getitem__
