"""Numbers written in words: digit words of many languages, mixed with digits, glued together, in pairs and repeated.

A chain is a row of digit words and short digit groups with nothing between but signs and words such as `dash`. Which
language's meaning holds is decided by the language that knows every word of the chain. Linear in the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Optional

from minerva.identifiers import characters, digit_stretches, lexicon, lookalike_runs, word_roles
from minerva.identifiers.phone_context import has_plus
from minerva.identifiers.phone_tokens import Hit, Run, Token, numbers_of, token_of
from minerva.identifiers.plans import Dialing

_LETTER_AND_DIGIT = re.compile(r"[a-zоз][0-9]|[0-9][a-zоз]")
_ALIKE = re.compile(
    # one letter first, so that the search skips to it
    r"""[oislоз](?:
        (?<=[0-9].)(?=[0-9])
        | (?<=[0-9][оil])(?![^\W_])
        | (?<=[0-9]s)s(?![^\W_])
        | (?<![^\W_].)(?:(?<=[ilо])(?=[0-9]) | (?<=s)(?=0)
            | (?<=o)(?:[il](?=[0-9]) | (?=(?:one|two|three|four|five|six|seven|eight|nine)[0-9])))
    )""",
    re.VERBOSE,
)
"""Letters like digits among them and words glued to them: `4l5`, `O1`, `Oone67`."""
_LETTERS_OR_DIGITS = re.compile(rf"[^\W\d_]+(?:{word_roles.BY_SIGN}(?![^\W\d_]))?|[0-9]+")
_FEWEST = 7
_FULL = 10
"""Digits that are a whole number in most countries: so many in a row are no prose."""
_FEWEST_WEAK = 7
"""Weak words alone are a number only if so many stand in a row."""


_YEAR = 4
"""Digits of a year, behind which a sentence ends before digits too."""
_TIGHT = frozenset("_*~-")
"""Signs without blanks between digits: a number that goes on so does not begin in the sentence before."""
_Link = tuple[str, Optional[lexicon.Meanings], str, int, int, int]
"""One member of a chain: word, what it means (None for digit groups and glued words), digits, start, end, repeats."""


_SPELLED = re.compile(r"(?<![^\W_])[A-Za-z](?:(?: [A-Za-z]){2,}|(?:-[A-Za-z]){2,})(?![^\W_])")


_FEWEST_DASHES = 4
"""Of the shortest two words that are spelled with dashes."""


def spelled_out(text: str, kinds: bytes) -> tuple[str, dict[int, int]] | None:
    """The text with its digit words spelled letter by letter (`F I V E`, `F-I-V-E`) written as words, blanks behind so
    that positions stay; and where each such word ends, by where its letters end now. None without any. `kinds` is
    the text by phone_shapes.KINDS behind blanks."""
    # The shorter row is sooner not found, as fewer signs are blanks than letters.
    if (kinds.find(b" a a ") < 0 or kinds.find(b" a a a") < 0) and (
        kinds.count(b"-") < _FEWEST_DASHES or kinds.find(b"a-a-a") < 0
    ):
        return None
    ends: dict[int, int] = {}

    def joined(match: re.Match[str]) -> str:
        parts = word_roles.chain_parts(match[0].replace(match[0][1], "").lower())
        position = match.start()
        words = []
        for part in parts:
            ends[position + len(part)] = position + 2 * len(part) - 1
            words.append(part + " " * (len(part) - 1))
            position += 2 * len(part)
        return " ".join(words) if words else match[0]

    written = _SPELLED.sub(joined, text)
    return (written, ends) if ends else None


def numbers_in(text: str, places: Iterable[digit_stretches.Place], rules: Dialing) -> list[Hit]:
    """The numbers in digit words, digit groups and fillers between, with at least two sure words or many weak ones, in
    the parts of a text that digit_stretches.py names."""
    found: list[Hit] = []
    folded = alike = ""
    for start, end, run in places:
        if run is None:
            folded = folded or characters.folded(text)
            written, token = folded, _LETTERS_OR_DIGITS
            if _LETTER_AND_DIGIT.search(folded, start, end) is not None:
                alike = alike or _ALIKE.sub(_digit_like, folded)
                written, token = alike, word_roles.TOKEN
            for chain in _chains(token.finditer(written, start, end), written, text, (start, end)):
                found += numbers_of(chain, text, rules)
        elif "+" in text or _says_plus(text, start):
            tokens = [_with_plus(token, text, not index) for index, token in enumerate(run.tokens)]
            found += numbers_of(Run(tokens, "words"), text, rules)
        else:
            found += numbers_of(run, text, rules)
    return found


def _digit_like(match: re.Match[str]) -> str:
    return "".join([lookalike_runs.LOOKALIKE[letter] for letter in match[0]])


def _with_plus(token: Token, text: str, is_first: bool) -> Token:
    plus = has_plus(text, token.start) or (is_first and _says_plus(text, token.start))
    return token._replace(plus=plus)


def _chains(matches: Iterable[re.Match[str]], folded: str, text: str, place: tuple[int, int]) -> Iterator[Run]:
    chain: list[_Link] = []
    fillers = 0
    repeat = 1
    last_end = -1
    meanings_of = lexicon.MEANINGS.get
    for match in matches:
        word = match.group()
        start, end = match.span()
        meanings = meanings_of(word)
        if meanings is None and word.isalpha():
            word = lexicon.unstretched(word)
            meanings = meanings_of(word)
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
                if start - last_end <= digit_stretches.WIDEST_GAP and digit_stretches.is_gap(folded[last_end:start]):
                    if word in lexicon.MULTIPLIERS:
                        repeat, last_end = lexicon.MULTIPLIERS[word], end
                        continue
                    if word in lexicon.HUNDREDS and chain:
                        chain.append((word, None, "00", start, end, 1))
                        last_end = end
                        continue
                    if word in lexicon.FILLERS:
                        fillers += chain != [] and (word in lexicon.DASHES or _links_groups(word, chain))
                        last_end = end
                        continue
                yield from _runs(chain, fillers, text)
                chain, fillers, repeat, last_end = [], 0, 1, -1
                if word in lexicon.MULTIPLIERS:
                    repeat, last_end = lexicon.MULTIPLIERS[word], end
                continue
            digits = glued
        if is_group and chain and _is_echo(folded, chain[-1], word, start, end):
            last_end = end + 1
            continue
        if last_end >= 0 and folded[last_end:start] != " ":
            joined = start - last_end <= digit_stretches.WIDEST_GAP and digit_stretches.is_gap(folded[last_end:start])
            if joined and chain and (
                (is_group and _is_time(chain[-1][0], folded[last_end:start], word))
                or (len(chain) == 1 and _stands_before(folded, chain[0], start, place[1]))
            ):
                joined = False
            if not joined or (
                chain
                and (
                    chain[-1][0].isdigit() != is_group
                    or (is_group and (len(chain[-1][0]) == _YEAR or folded[end : end + 1] in _TIGHT))
                )
                and digit_stretches.SENTENCE_GAP.search(folded, last_end, start) is not None
                and not _goes_on(folded, chain, word, start, place)
            ):
                yield from _runs(chain, fillers, text)
                chain, fillers = [], 0
                if not joined:
                    repeat = 1
        chain.append((word, meanings, digits, start, end, repeat))
        repeat, last_end = 1, end
    yield from _runs(chain, fillers, text)


def _links_groups(word: str, chain: list[_Link]) -> bool:
    """Whether a word that mostly stands elsewhere links two groups of digits here: `415 555 then 0123`."""
    return word == word_roles.LINK and chain[-1][0].isdigit()


def _is_time(hours: str, gap: str, minutes: str) -> bool:
    """Whether two digit groups are a time of day: `11:00`."""
    return gap == ":" and len(minutes) == 2 and len(hours) < 3 and hours.isdigit()


def _stands_before(folded: str, first: _Link, start: int, end: int) -> bool:
    """Whether one or two digits and a comma, as none is in the number, only stand before it: `zone 2, zero two...`."""
    if len(first[0]) > 2 or not first[0].isdigit():
        return False
    gap = folded[first[4] : start]
    return gap.startswith(",") and gap not in folded[start : min(start + _NEAR, end)]


def _is_echo(folded: str, last: _Link, digits: str, start: int, end: int) -> bool:
    """Whether digits in brackets only say the word before again: `six(6)`."""
    if folded[end : end + 1] != ")" or folded[last[4] : start].strip() != "(" or last[1] is None:
        return False
    return digits in last[1].values()


def _goes_on(folded: str, chain: list[_Link], word: str, start: int, place: tuple[int, int]) -> bool:
    """Whether a number goes on over a gap that ends most sentences: a dash, a line's end behind three words at least,
    signs that stand in more than one gap of `place`."""
    last = chain[-1][4]
    gap = folded[last:start]
    signs = gap.strip()
    if not signs:
        return len([link for link in chain[-_FULL:] if not link[0].isdigit()]) > 2
    if signs == "-" and _is_dash(chain, word):
        return True
    if signs == "." and len(chain) > 2 and chain[-1][3] == chain[-2][4]:
        # Words and digits glued together: `6zero3. FIVE55.`
        return True
    if signs in _ENDS_SENTENCE or not _NOT_WITHIN.isdisjoint(signs):
        return False
    first, end = place
    return gap in folded[max(first, last - _NEAR) : last] or gap in folded[start : min(start + _NEAR, end)]


_NEAR = 40
"""How far from a gap the same one is looked for: the length of a number in words or so."""
_ENDS_SENTENCE = frozenset(".!?:;")
_NOT_WITHIN = frozenset(":;=\u260e\u260f\u2706\U0001f4de\U0001f4f1\U0001f4f2\U0001f919")
"""What parts lists and stands before a number."""


def _is_dash(chain: list[_Link], word: str) -> bool:
    """Whether a dash with blanks around stands within a number, few digits on one side of it: `4 one 5 - five 5`."""
    last = chain[-1][0]
    size = len(last) if last.isdigit() else len(word)
    # "(251) 555 - zero..."
    is_long = len(chain) > 2 or [len(link[0]) for link in chain if link[0].isdigit()] == [3, 3]
    return size == 1 or (size < 4 and is_long) or (size == 4 and len(chain) > 4)


def _runs(chain: list[_Link], fillers: int, text: str) -> Iterator[Run]:
    if chain and chain[-1][0] == "no" and lexicon.BESIDE_NO.isdisjoint([link[0] for link in chain]):
        chain = chain[:-1]
    if len(chain) < 2 and not (chain and len(chain[0][2]) > _FEWEST - 1 and not chain[0][0].isdigit()):
        return
    words = [link for link in chain if link[1] is not None or link[0] not in link[2]]
    if all([link[0] in lexicon.HUNDREDS for link in words]):  # noqa: C419 -- half the time of a generator
        words = []
    groups = len(chain) - len(words)
    fillers += sum([link[5] > 1 for link in chain])
    digits = sum([max(1, len(link[2])) * link[5] for link in chain]) + _more(words)
    if not (words or fillers) or digits < _FEWEST - 2:
        return
    weak = sum([link[0] in lexicon.WEAK and not _is_zero(link[0], text, link[4]) for link in words])
    sure = len(words) - weak
    if not (
        sure >= 2
        or len(chain) == 1
        or (sure == 1 and groups >= 2)
        or (weak >= 2 and groups >= 3)
        or weak >= _FEWEST_WEAK
        or (fillers and groups >= 2)
    ):
        return
    prose = sum([link[0] in lexicon.PROSE for link in words])
    if len(chain) < _FULL and weak > 2 and prose * 2 > max(sure + min(groups, 3), 5):
        return
    if (
        all([link[0] in word_roles.ONE_DIGIT for link in words if link[1] is not None])  # noqa: C419 -- sooner
        and not any([link[0] in lexicon.HUNDREDS for link in chain])  # noqa: C419
        and lexicon.FILLERS.isdisjoint([link[0] for link in words])
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


def _unless_round(tokens: list[Token]) -> Iterator[Run]:
    """The run of tokens, none if they are round numbers alone: prices (`seiscientos, setecientos, ochocientos`)."""
    if not all([len(token.digits) > 1 and token.digits[-1] == "0" for token in tokens]):  # noqa: C419 -- see above
        yield Run(tokens, "words")


def _more(words: list[_Link]) -> int:
    """How many digits words stand for beyond one each: two for `trecentododici`."""
    return sum([len(next(iter(link[1].values()))) - 1 for link in words if link[1] is not None])


def _main_language(words: list[_Link]) -> str:
    """The language that knows more than half of the words and more of them than any other, "" if none does."""
    counts = Counter(language for link in words if link[1] is not None for language in link[1])
    (first, most), *others = [*counts.most_common(2), ("", 0)]
    return first if most * 2 > len(words) and most > others[0][1] else ""


def _languages(words: list[_Link]) -> list[str]:
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


def _single_digits(chain: list[_Link], text: str) -> list[Token]:
    """`_tokens` of words that are the same single digit in every language: none adds to the one before."""
    digit_of = word_roles.ONE_DIGIT
    tokens = [
        token_of((digit_of.get(word, written) * repeat, start, end, False, _is_weak(word, text, end)))
        for word, _, written, start, end, repeat in chain
    ]
    if "+" in text or _says_plus(text, tokens[0].start):
        return [_with_plus(token, text, not index) for index, token in enumerate(tokens)]
    return tokens


def _tokens(chain: list[_Link], language: str, text: str) -> list[Token]:
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
                previous == name and tokens and repeat == 1 and _adds(name, word, tokens[-1].digits, int(digits))
                and _is_one_number(text, tokens[-1].end, start)
            ):
                last = tokens[-1]
                tokens[-1] = Token(str(int(last.digits) + int(digits)), last.start, end, last.plus)
                previous = name if (name, word) in lexicon.TENS or word == "dix" else ""
                continue
            if name == "fr" and tokens and tokens[-1].digits == "4" and word in ("vingt", "vingts"):
                tokens[-1] = Token("80", tokens[-1].start, end, tokens[-1].plus)
                previous = name
                continue
        elif written == "00" and word in lexicon.HUNDREDS:
            if tokens and len(tokens[-1].digits) == 1 and tokens[-1].digits != "0":
                tokens[-1] = Token(tokens[-1].digits + "00", tokens[-1].start, end, tokens[-1].plus)
            else:
                # "septante-huit, cent vingt-trois"
                tokens.append(Token("100", start, end))
            previous = language or "en"
            continue
        elif previous and _completes(tokens[-1], digits, start, text):
            last = tokens[-1]
            tokens[-1] = Token(str(int(last.digits) + int(digits)), last.start, end, last.plus)
            previous = ""
            continue
        plus = (may_have_plus and has_plus(text, start)) or (not tokens and _says_plus(text, start))
        weak = _is_weak(word, text, end)
        tokens.append(Token(digits if repeat == 1 else digits * repeat, start, end, plus, weak))
        previous = name if name and ((name, word) in lexicon.TENS or len(digits) == 3 or word == "dix") else ""
    return tokens


def _adds(language: str, word: str, last: str, value: int) -> bool:
    """Whether a number word belongs to the number before it: `fifty five`, `three hundred forty`, `soixante dix`."""
    before = int(last)
    if before >= 100:
        if before % 100 == 0:
            return 0 < value < 100 and (value > 9 or language != "en")
        return before % 10 == 0 and 0 < value < 10
    if language == "fr" and before in (10, 70, 90) and value in (7, 8, 9):
        return True
    if language == "fr" and before in (60, 80) and 10 <= value < 20:
        return True
    return 0 < value < 10 and before >= 20


def _is_one_number(text: str, end: int, start: int) -> bool:
    """Whether no comma or the like parts two number words: `twenty, seven` are two."""
    return start - end < 2 or _PARTED.search(text, end, start) is None


_PARTED = re.compile(r"[,;.:/|]")


def _completes(last: Token, digits: str, start: int, text: str) -> bool:
    """Whether digits are the rest of the number in words right before them: `trzysta 45`, `quarante5`."""
    before = int(last.digits)
    if before >= 100:
        return before % 100 == 0 and len(digits) == 2 and digits[0] != "0" and text[last.end : start] in (" ", "")
    return before >= 10 and len(digits) == 1 and digits != "0" and start == last.end


_PLUS = re.compile(r"(?<![^\W_])(?:plus|más|mas|mais|più|плюс) $", re.IGNORECASE)


def _says_plus(text: str, start: int) -> bool:
    return text[start - 2 : start] in _MAY_BE_PLUS and _PLUS.search(text, max(0, start - 6), start) is not None


_MAY_BE_PLUS = frozenset(f"{sign} " for sign in "sSſùÙсС")


# Compiled when the first text asks for it, as few do.
@cache
def _native() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """A first character, a part and a chain of digit words in scripts without blanks."""
    part = f"[0-9]|{lexicon.alternation(list(lexicon.NATIVE))}"
    return (
        re.compile("[" + "".join(sorted({re.escape(word[0]) for word in lexicon.NATIVE})) + "]"),
        re.compile(part),
        re.compile(rf"(?:(?:{part})[ \-.,、·•・の/()\U0001f300-\U0001faff\u2600-\u27bf]{{0,3}}){{7,40}}"),
    )


def native_runs(text: str) -> Iterator[Run]:
    """Runs of digit words in scripts without blanks (`一三八零零...`, Thai, Hangul...), digits mixed in."""
    first, one, chain = _native()
    if first.search(text) is None:
        return
    for match in chain.finditer(text):
        parts = list(one.finditer(text, *match.span()))
        if sum(part.group() in lexicon.NATIVE for part in parts) < 2:
            continue
        yield Run(
            [
                Token(lexicon.NATIVE.get(part.group(), part.group()), *part.span(), has_plus(text, part.start()))
                for part in parts
            ],
            "words",
        )
