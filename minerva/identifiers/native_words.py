"""Numbers in digit words of scripts that are written without blanks (`一三八零零...`, Thai, Hangul...), digits mixed
in: told twice or more at once (`三个五`, `8สามตัว`), and in Chinese by words that sound alike (`伊五玖吾`).

A number has two words at least that are digits alone. Linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from minerva.identifiers import digit_chains, lexicon, word_roles
from minerva.identifiers.characters import not_beginning
from minerva.identifiers.late import late
from minerva.identifiers.phone_context import has_plus
from minerva.identifiers.phone_tokens import Run, token_of


class _Patterns(NamedTuple):
    first: re.Pattern[str]
    part: re.Pattern[str]
    chain: re.Pattern[str]
    short: re.Pattern[str]


_OPENING = [word for word in (*lexicon.NATIVE, *lexicon.NATIVE_BEHIND) if not word[0].isascii()]
"""Words of which one is in each number."""
_LATIN_WORDS = [
    form
    for word in ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    for form in (word, word.capitalize(), word.upper())
]
"""May stand among them: `零two四`."""
_BETWEEN = (
    r" \-.,;*_~|\u2026\uff1b\u3161\u2190-\u21ff"
    r"\u3001\u060c\u00b7\u2022\u30fb\u306e\uc5d0\uc758/()\U0001f300-\U0001faff\u2600-\u27bf"
)
"""Signs between the parts of a chain, as a class of characters has them."""


# Compiled when the first text asks for it, as few do.
@cache
def patterns() -> _Patterns:
    """A first character, a part, a chain that may be a number and a short one."""
    native = lexicon.branches([*lexicon.NATIVE, *lexicon.NATIVE_NUMBERS])
    letters = rf"(?<![A-Za-z])[oO](?![A-Za-z])|(?:{lexicon.branches(_LATIN_WORDS)})(?![A-Za-z])"
    one = f"[0-9]|{native}|{letters}"
    before, behind = (lexicon.alternation([*words]) for words in (lexicon.NATIVE_BEFORE, lexicon.NATIVE_BEHIND))
    digit = rf"(?:[0-9]|{native})"
    then = "|".join([*lexicon.NATIVE_THEN, lexicon.NATIVE_AND])
    part = rf"(?:{before}) ?{digit}|{digit}(?: ?(?:{behind}))?|{letters}|[{''.join(lexicon.HOMOPHONES)}]"
    return _Patterns(
        re.compile("[" + "".join(sorted({word[0] for word in _OPENING})) + "]"),
        re.compile(part),
        re.compile(rf"(?:(?:{part})(?!\. )(?:[{_BETWEEN}]{{0,3}}| ?\n|\.{{3}} | ?(?:{then}) ?)){{4,39}}(?:{part})"),
        re.compile(rf"(?:{one})(?:[ \-.]?(?:{one})){{1,12}}"),
    )


def _digits_of(part: str) -> str:
    """The digits that a part stands for."""
    digit = lexicon.NATIVE.get(part) or lexicon.NATIVE_NUMBERS.get(part) or lexicon.HOMOPHONES.get(part)
    if digit is not None:
        return digit
    if len(part) == 1:
        return part if part.isdigit() else "0"
    for words, count in lexicon.NATIVE_BEFORE.items():
        if part.startswith(words):
            return _digits_of(part[len(words) :].lstrip()) * count
    for words, count in lexicon.NATIVE_BEHIND.items():
        if part.endswith(words):
            return _digits_of(part[: -len(words)].rstrip()) * count
    return word_roles.ONE_DIGIT.get(part.lower(), "0")


def chain_at(text: str, start: int) -> tuple[str, int, int] | None:
    """The digits of a short chain that begins at `start`, with its start and end; None if none does."""
    found = patterns()
    match = found.short.match(text, start)
    if match is None:
        return None
    return "".join([_digits_of(part[0]) for part in found.part.finditer(match[0])]), start, match.end()


_LINKING = "".join(sorted({*"".join([*_LATIN_WORDS, *lexicon.NATIVE_THEN, lexicon.NATIVE_AND])}))
_BEFORE = late(f"[0-9\\n{_BETWEEN}{''.join(lexicon.HOMOPHONES)}{_LINKING}]")
"""Letters of the parts of a chain that are no first ones and of what links them, the signs and line ends between."""


def _begin(text: str, least: int, at: int) -> int:
    """Where before `at`, from `least` on, a chain can begin: nothing else stands between."""
    while at > least and _BEFORE.match(text, at - 1) is not None:
        at -= 1
    return at


def _behind_price(text: str, parts: list[re.Match[str]], words: list[str]) -> int:
    """How many digits before the first word end a sentence of their own: `600\u3002\u96f6\u4e5d...`."""
    first = 0
    while first < len(words) and words[first].isdigit() and words[first].isascii():
        first += 1
    if not 0 < first < len(words):
        return 0
    gaps = [text[one.end() : two.start()] for one, two in zip(parts, parts[1:])]
    # A sign that stands elsewhere in the number ends none: `0.\u516b.\u4e5d.2`.
    return first if "." in gaps[first - 1] and gaps[first - 1 :].count(gaps[first - 1]) == 1 else 0


_HANGUL = re.compile("[\uac00-\ud7a3]")
_PARTICLES = frozenset("\uc5d0\uc758\uc740\ub294\uc744\ub97c\ub85c\uc694\ubc88")
"""What stands right behind a number: at, of, to, number..."""


def _is_within_word(text: str, part: re.Match[str]) -> bool:
    """Whether a syllable of Hangul is part of a longer word: `\uc0ac\uc774\uc988`, size, begins like four and two."""
    if _HANGUL.match(part[0]) is None:
        return False
    behind = part.end()
    while text[behind : behind + 1] in lexicon.NATIVE:
        behind += 1
    following = text[behind : behind + 1]
    return _HANGUL.match(following) is not None and following not in _PARTICLES


def _summed(text: str, parts: list[re.Match[str]], digits: list[str]) -> list[tuple[str, int, int]]:
    """The digits of parts, with start and end, those that NATIVE_AND joins as one: nine hundred `and` twelve, and units
    before their tens, one `and` sixty."""
    found: list[tuple[str, int, int]] = []
    for own, part in zip(digits, parts):
        start, end = part.span()
        if found and lexicon.NATIVE_AND in text[found[-1][2] : start]:
            before, first, _ = found[-1]
            if len(own) <= len(before) - len(before.rstrip("0")) and own.strip("0"):
                found[-1] = str(int(before) + int(own)), first, end
                continue
            if len(before) == 1 and before != "0" and len(own) == 2 and own[1] == "0":
                found[-1] = own[0] + before, first, end
                continue
        found.append((own, start, end))
    return found


_CIRCLE = "\u25cb"
"""The only one of those words that begins with the byte of nearly all signs that are no letters."""
_UNLIKE = not_beginning(word for word in _OPENING if word != _CIRCLE)
_CIRCLE_BYTES = _CIRCLE.encode()
_FEWEST, _FEWEST_WORDS = 7, 2


def runs(text: str, encoded: bytes) -> Iterator[Run]:
    """Each such number as a run; `encoded` is the text in UTF-8."""
    # Few texts have a byte that one of those words begins with, and looking for it is the quicker by far.
    if not encoded.translate(None, _UNLIKE) and encoded.find(_CIRCLE_BYTES) < 0:
        return
    first, one, chain, _ = patterns()
    behind = begin = 0
    seen: re.Match[str] | None = None
    may_have_plus = "+" in text
    while True:
        if seen is None or seen.start() < behind:
            seen = first.search(text, behind)
            if seen is None:
                return
            begin = _begin(text, behind, seen.start())
        match = chain.search(text, max(begin, behind))
        if match is None:
            return
        behind = match.end()
        parts = list(one.finditer(text, *match.span()))
        words = [part[0] for part in parts]
        digits = list(map(_digits_of, words))
        cut = _behind_price(text, parts, words)
        parts, words, digits = parts[cut:], words[cut:], digits[cut:]
        counted = len("".join(digits)) > len(words)
        native = len([part for part in parts if part[0] in lexicon.NATIVE and not _is_within_word(text, part)])
        if sum(map(len, digits)) < _FEWEST or native < (0 if counted else _FEWEST_WORDS):
            continue
        tokens = [
            token_of((own, start, end, may_have_plus and has_plus(text, start), False))
            for own, start, end in _summed(text, parts, digits)
        ]
        if digit_chains.says_plus_natively(text, tokens[0].start):
            tokens[0] = tokens[0]._replace(plus=True)
        yield Run(tokens, "words")


_LATIN = "A-Za-z\u00c0-\u024f\u1e00-\u1eff"
_UNBLANKED = "\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_BESIDE_LATIN = late(rf"[{_UNBLANKED}](?=[{_LATIN}])|(?<=[{_LATIN}])[{_UNBLANKED}]")
_NOT_UNBLANKED = bytes({*range(256)} - {0xE0, *range(0xE3, 0xEE)})


def apart_from_latin(text: str, encoded: bytes) -> str | None:
    """The text with blanks for the signs of scripts without blanks that stand right beside Latin letters
    (`\u96fb\u8a71\u306fzero kyu`); None without any. `encoded` is it in UTF-8."""
    # Few texts have a byte that one of those begins with.
    if not encoded.translate(None, _NOT_UNBLANKED):
        return None
    written = _BESIDE_LATIN.sub(" ", text)
    return written if written != text else None
