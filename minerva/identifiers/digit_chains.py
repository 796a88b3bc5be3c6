"""What a chain of digit words and groups stands for: in which language it is read, and the digits of each member.

digit_words.py finds the chains; which part of one is a phone the numbering plan decides (phone_tokens.py).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Optional

from minerva.identifiers import lexicon, word_roles
from minerva.identifiers.late import late
from minerva.identifiers.phone_context import has_plus
from minerva.identifiers.phone_shapes import FULL
from minerva.identifiers.phone_tokens import Run, Token, token_of

_FEWEST = 7
_FEW_SURE = 3
"""Sure words from which on a whole number is none of prose."""
_FEWEST_WEAK, _MANY_WEAK, _FEW_WEAK = 7, 5, 3
"""Weak words alone are a number only if the most stand in a row; with digit groups fewer, and fewest of one language
that is written in Latin letters (`yi san ba 1234 5678`)."""
Link = tuple[str, Optional[lexicon.Meanings], str, int, int, int]
"""One member of a chain: word, what it means (None for digit groups and glued words), digits, start, end, repeats."""


def runs(chain: list[Link], fillers: int, text: str) -> Iterator[Run]:
    """The readings of a chain of `text`, none if it is not enough for a number; `fillers` counts its separators."""
    if chain and chain[-1][0] == "no" and lexicon.BESIDE_NO.isdisjoint([link[0] for link in chain]):
        chain = chain[:-1]
    if (
        len(chain) > FULL
        and chain[-1][0] in lexicon.PROSE
        and word_roles.begin_together(chain[0][0].encode(), chain[1][0].encode())
    ):
        # "Jiu Er Ba San to book"
        chain = chain[:-1]
    if len(chain) < 2 and not (chain and len(chain[0][2]) > _FEWEST - 1 and not chain[0][0].isdigit()):
        return
    words = [link for link in chain if link[1] is not None or link[0] not in link[2]]
    names = [link[0] for link in words]
    in_hundreds = not lexicon.HUNDREDS.isdisjoint(names)
    if in_hundreds and lexicon.HUNDREDS.issuperset(names):
        words, names = [], []
    groups = len(chain) - len(words)
    if not (words or fillers or _are_repeated(chain)):
        return
    # Each link is a digit at least.
    if len(chain) < _FEWEST - 2 and _digits_in(chain) + _more(words) < _FEWEST - 2:
        return
    weak = 0
    if not lexicon.WEAK.isdisjoint(names):
        weak = sum([link[0] in lexicon.WEAK and not _is_zero(link[0], text, link[4]) for link in words])
    sure = len(words) - weak
    if not (
        sure >= 2
        or len(chain) == 1
        or (sure == 1 and groups >= 2)
        or (weak >= 2 and groups >= 3)
        or (weak >= _MANY_WEAK and groups >= 2)
        or weak >= _FEWEST_WEAK
        or (weak >= _FEW_WEAK and groups and word_roles.are_transcribed(names) and _has_group(chain))
        or (groups >= 2 and (fillers or _are_repeated(chain)))
        # Words glued together count each: "303 trescuatronueve...".
        or any([link[1] is None and len(link[2]) > 2 and not link[2].endswith("00") for link in words])  # noqa: C419
    ):
        return
    if len(chain) < FULL and weak > 2:
        prose = sum([name in lexicon.PROSE for name in names])
        if prose * 2 > max(sure + min(groups, 3), 5) and not (
            # "four one fiv 555 zeero won too six" is a number, though rich in weak words.
            sure >= _FEW_SURE and _digits_in(chain) + _more(words) >= FULL and max([len(link[2]) for link in chain]) > 2
        ):
            return
    if (
        not in_hundreds
        and all([link[0] in word_roles.ONE_DIGIT for link in words if link[1] is not None])  # noqa: C419 -- sooner
        and lexicon.FILLERS.isdisjoint(names)
    ):
        yield Run(_single_digits(chain, text), "words")
        return
    languages = _languages(words)
    if languages == [""] and len(words) > 2:
        language = _main_language(words)
        if language:
            fillers_of = lexicon.FILLERS_BY_LANGUAGE[language]
            kept = [link for link in chain if link[1] is None or language in link[1] or link[0] not in fillers_of]
            yield from _unless_round(_tokens(kept, language, text))
            return
    for language in languages:
        yield from _unless_round(_tokens(chain, language, text))
        if _has_digit_apart(chain, text):
            yield from _unless_round(_tokens(chain, language, text, is_apart=True))


def _has_group(chain: list[Link]) -> bool:
    """Whether a chain has a digit group of three digits or more, and digits for a whole number."""
    return _digits_in(chain) >= FULL - 1 and any([len(link[2]) > 2 and link[2] == link[0] for link in chain])  # noqa: C419


def _are_repeated(chain: list[Link]) -> bool:
    return any([link[5] > 1 for link in chain])  # noqa: C419 -- half the time of a generator


def _digits_in(chain: list[Link]) -> int:
    """How many digits a chain stands for, each word as one."""
    return sum([(len(link[2]) or 1) * link[5] for link in chain])


def digits_of(chain: list[Link], text: str) -> list[Token]:
    """The digits of each member of a chain, however short, in the first language that knows all its words."""
    words = [link for link in chain if link[1] is not None]
    language = _languages(words)[0]
    return _tokens(chain, language or _main_language(words), text)


def _unless_round(tokens: list[Token]) -> Iterator[Run]:
    """The run of tokens, none if they are round numbers alone: prices (`seiscientos, setecientos, ochocientos`)."""
    if not all([len(token.digits) > 1 and token.digits[-1] == "0" for token in tokens]):  # noqa: C419 -- see above
        yield Run(tokens, "words")


def _more(words: list[Link]) -> int:
    """How many digits words stand for beyond one each: two for `trecentododici`."""
    return sum([len(next(iter(link[1].values()))) - 1 for link in words if link[1] is not None])


def _main_language(words: list[Link]) -> str:
    """The language that knows more than half of the words and more of them than any other, "" if none does."""
    counts = Counter(language for link in words if link[1] is not None for language in link[1])
    (first, most), *others = [*counts.most_common(2), ("", 0)]
    return first if most * 2 > len(words) and most > others[0][1] else ""


def _languages(words: list[Link]) -> list[str]:
    """The languages that know every word, one of each reading; without one the default meanings hold."""
    meant = [link[1] for link in words if link[1] is not None]
    if not meant:
        return [""]
    fewest = min(meant, key=len)
    if len(fewest) == 1:
        (language,) = fewest
        return [language] if all(language in meanings for meanings in meant) else [""]
    known = set(fewest).intersection(*meant)
    if not known:
        return [""]
    readings: dict[str, str] = {}
    for language in meant[0]:
        if language in known:
            readings.setdefault("".join([meanings[language] for meanings in meant]), language)
    return list(readings.values())[:2]


def _is_weak(word: str, text: str, end: int) -> bool:
    """Whether a word is also prose and no digit is glued to its end: `tre3otto`."""
    return word in lexicon.WEAK and not (len(word) > 1 and text[end : end + 1].isdigit())


def _is_zero(word: str, text: str, end: int) -> bool:
    """Whether an `oh` is glued to a digit, as no exclamation is: `oh169`."""
    return word == "oh" and text[end : end + 1].isdigit()


def _single_digits(chain: list[Link], text: str) -> list[Token]:
    """`_tokens` of words that are the same single digit in every language: none adds to the one before."""
    digit_of, weak = word_roles.ONE_DIGIT, lexicon.WEAK
    tokens = [
        token_of((digit_of.get(word, written) * repeat, start, end, False, word in weak and _is_weak(word, text, end)))
        for word, _, written, start, end, repeat in chain
    ]
    if tokens[0].weak and len(chain) > 1 and word_roles.begin_together(chain[0][0].encode(), chain[1][0].encode()):
        tokens[0] = tokens[0]._replace(weak=False)
    if "+" in text or says_plus(text, tokens[0].start):
        return [with_plus(token, text, not index) for index, token in enumerate(tokens)]
    return tokens


def _has_digit_apart(chain: list[Link], text: str) -> bool:
    """Whether a digit stands a blank behind tens in words, and may be of them: `cinquante 6`."""
    return any(
        link[1] is not None and len(digit[0]) == 1 and digit[0] in "123456789" and text[link[4] : digit[3]] == " "
        and any((language, link[0]) in lexicon.TENS for language in link[1])
        for link, digit in zip(chain, chain[1:])
    )  # fmt: skip


def _tokens(chain: list[Link], language: str, text: str, is_apart: bool = False) -> list[Token]:
    """The digits of each member; with `is_apart` those a blank behind tens in words are of these."""
    tokens: list[Token] = []
    previous = ""
    may_have_plus = "+" in text
    for word, meanings, written, start, end, repeat in chain:
        digits = written
        name = ""
        if meanings is not None:
            name = language if language in meanings else next(iter(meanings))
            digits = meanings[name]
            if (
                previous == name
                and tokens
                and repeat == 1
                and _adds(name, word, tokens[-1].digits, int(digits), text[end : end + 1])
                and _is_one_number(text, tokens[-1].end, start)
            ):
                last = tokens[-1]
                tokens[-1] = Token(str(int(last.digits) + int(digits)), last.start, end, last.plus)
                previous = name if (name, word) in lexicon.TENS or word == "dix" else ""
                continue
            if name == "fr" and tokens and tokens[-1].digits == "4" and word in ("vingt", "vingts", "vint", "vin"):
                tokens[-1] = Token("80", tokens[-1].start, end, tokens[-1].plus)
                previous = name
                continue
        elif written == "00" and word in lexicon.HUNDREDS:
            before = tokens[-1] if tokens else None
            if before and len(before.digits) == 1 and before.digits != "0" and _is_one_number(text, before.end, start):
                tokens[-1] = Token(before.digits + "00", before.start, end, before.plus)
            else:
                # "septante-huit, cent vingt-trois"
                tokens.append(Token("100", start, end))
            previous = language or "en"
            continue
        elif previous and _completes(tokens[-1], digits, text[tokens[-1].end : start], is_apart):
            last = tokens[-1]
            tokens[-1] = Token(str(int(last.digits) + int(digits)), last.start, end, last.plus)
            previous = ""
            continue
        plus = (may_have_plus and has_plus(text, start)) or (not tokens and _begins_with_plus(text, start))
        weak = _is_weak(word, text, end)
        tokens.append(Token(digits if repeat == 1 else digits * repeat, start, end, plus, weak))
        previous = name if name and ((name, word) in lexicon.TENS or len(digits) == 3 or word == "dix") else ""
    return tokens


def _adds(language: str, word: str, last: str, value: int, behind: str) -> bool:
    """Whether a number word, with some sign `behind` it, belongs to the number before it: `fifty five`, `three hundred
    forty`, `soixante dix`. In English digits follow hundreds too: `eight hundred five five five`."""
    before = int(last)
    if before >= 100:
        if before % 100 == 0:
            return 0 < value < 100 and (value > 9 or language != "en" or behind == ",")
        return before % 10 == 0 and 0 < value < 10
    if language == "fr" and before in (10, 70, 90) and value in (7, 8, 9):
        return True
    if language == "fr" and before in (60, 80) and 10 <= value < 20:
        return True
    return 0 < value < 10 and before >= 20 and language not in _UNITS_FIRST


_UNITS_FIRST = frozenset(["de", "nl", "da"])
"""Languages that say `six and forty` in one word: a unit behind tens is one of its own."""


def _is_one_number(text: str, end: int, start: int) -> bool:
    """Whether no comma or the like parts two number words: `twenty, seven` are two."""
    return start - end < 2 or _PARTED.search(text, end, start) is None


_PARTED = late(r"[,;.:/|\n]")


def _completes(last: Token, digits: str, gap: str, is_apart: bool) -> bool:
    """Whether digits are the rest of the number in words before the gap: `trzysta 45`, `quarante5`."""
    before = int(last.digits)
    if before >= 100:
        return before % 100 == 0 and len(digits) == 2 and digits[0] != "0" and gap in (" ", "")
    if before < 10 or len(digits) != 1 or digits == "0":
        return False
    return not gap or (is_apart and gap == " ") or (before % 10 == 0 and gap.lower() in _AND)


_AND = frozenset([" y ", " e ", " et ", " si ", " \u0219i ", " i "])
"""Words between tens in words and a digit of theirs: `treinta y 4`."""


_PLUS = late(rf"(?<![^\W_])(?:{lexicon.alternation([*lexicon.PLUS])})(?:[ /*.,_~|\-]|[)\]] )$", re.IGNORECASE)
_GLUED_PLUS = late(rf"(?<![^\W_])(?:{'|'.join(word_roles.GLUED_PLUS)})$", re.IGNORECASE)
_MAY_BE_PLUS = frozenset(
    letter + sign for word in lexicon.PLUS for letter in (word[-1], word[-1].upper()) for sign in " /*.,_~|-"
) | {") ", "] "}
_LONGEST_PLUS = max(map(len, lexicon.PLUS)) + 2
_BLANK = (" ", ": ", " : ", "")
"""What may stand between a word for a plus sign in a script without blanks and the digits."""
_NATIVE_PLUS = tuple(word + blank for word in lexicon.PLUS_NATIVE for blank in _BLANK)


def says_plus(text: str, start: int) -> bool:
    """Whether the word right before `start` is one for a plus sign."""
    return (
        text[start - 2 : start] in _MAY_BE_PLUS and _PLUS.search(text, max(0, start - _LONGEST_PLUS), start) is not None
    )


def _begins_with_plus(text: str, start: int) -> bool:
    """Whether such a word stands before the first digit word, or is glued to it."""
    return says_plus(text, start) or (
        text[start - 1 : start].isalpha()
        and _GLUED_PLUS.search(text, max(0, start - 1 - word_roles.SIZE_OF_PLUS), start) is not None
    )


def says_plus_natively(text: str, start: int) -> bool:
    """The same of scripts without blanks."""
    return text.endswith(_NATIVE_PLUS, 0, start)


def with_plus(token: Token, text: str, is_first: bool) -> Token:
    """The token with the plus sign before it, for the first one of a number in words too."""
    plus = has_plus(text, token.start) or (is_first and says_plus(text, token.start))
    return token._replace(plus=plus)
