"""User names written plainly: out of quotes, stars and arrows, with signs said in them (`oak *underscore* tiles`), with
digits told behind them, with their letters together; and platforms whose letters stand apart (`t_w_i_t_t_e_r`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from minerva.identifiers import lexicon
from minerva.identifiers.characters import folded
from minerva.identifiers.late import late
from minerva.identifiers.mail_words import DOT_WORDS, SIGNS
from minerva.identifiers.plainer import Piece
from minerva.identifiers.platform_joins import NAME, PICTURE
from minerva.identifiers.platforms import platform_called
from minerva.identifiers.reading import Reading
from minerva.identifiers.tables import table
from minerva.identifiers.username_around import ends_clause, has_mark, is_long
from minerva.identifiers.username_verdicts import STOP

_DATA = table("username_phrases")
_NAME = NAME.replace("78", "38")
_CLOSED = {
    "{": "}", "<": ">", "«": "»", "»": "«", "‹": "›", "„": "“”\"", "“": "”", "”": "”", '"': '"', "[": "]", "【": "】",
    "「": "」", "『": "』", "~": "~", "*": "*", "(": ")", "|": "|", "'": "'", "-": "-", "=": "=", "⟨": "⟩", "《": "》",
    "〈": "〉",
}  # fmt: skip
"""What opens and what closes a name that is set apart."""
_ARROWS = {"➡": "⬅", "👉": "👈", "→": "←", "▶": "◀", "►": "◄", "⇒": "⇐", ">": "<"}
_WRAPPED = late(
    rf"(?<![\w@.])(?P<open>[{{<«»‹„“”\[【「『⟨《〈]|[~*]{{1,2}}|(?P<picture>{PICTURE}){{1,2}}|>{{1,2}}) ?"
    rf"(?P<name>@?{_NAME}) ?(?P<close>[}}>»«›“”\"\]】」』⟩》〉<]{{1,2}}|[~*]{{1,2}}|(?:{PICTURE}){{1,2}})"
)
_SAID = late(
    r"(?<=[a-z0-9])(?P<open> ?[*<~|]{1,2}) ?(?P<word>[^\W\d_]{2,14}(?: [^\W\d_]{2,14}){0,2}) ?[*>~|]{1,2} ?(?=[a-z0-9])"
)
_SIGN_OF: dict[str, str] = {
    **{folded(word): sign for word, sign in SIGNS.items() if sign != "+"}, **dict.fromkeys(map(folded, DOT_WORDS), "."),
}  # fmt: skip


def _folded(key: str) -> list[str]:
    return sorted({folded(word) for word in _DATA[key]})


_DIGIT_OF: dict[str, str] = {
    folded(words[0]): str(digit)
    for content in (*table("digit_words")["languages"].values(), *table("digit_words")["native"].values())
    for digit, words in enumerate(content["digits"] if isinstance(content, dict) else content)
    if words
}
"""The word of each language for each digit, as it is mostly written."""


@cache
def _digits() -> re.Pattern[str]:
    """A name, what says that digits follow, and these in digits or words."""
    said = lexicon.branches(sorted(_DIGIT_OF))
    return late(
        rf"(?<![\w@.])[a-z][a-z0-9_.\-]{{2,30}}?(?:(?P<joint>,? ?(?:{lexicon.branches(_folded('digits'))}):? ?)"
        rf"|(?P<at>,? (?:{lexicon.branches(_folded('digits_at'))}) ))"
        rf"(?:(?P<digits>[0-9](?: ?[0-9]){{0,5}})|(?P<said>{said})(?: (?P<next>{said}))?)(?!\w)"
        rf"(?P<end> (?:{lexicon.branches(_folded('digits_end'))})(?![^\W_]))?"
    )


_DIGIT_PHRASES = lexicon.by_longest_word(
    phrase for phrase in (*_folded("digits"), *_folded("digits_end")) if phrase[0] < "\u0e00"
)
"""Of each phrase the longest word, with those that it is of."""
_NATIVE_DIGITS = tuple(word for word in _DATA["digits"] if word[0] >= "\u0e00")
_APART = late(
    r"(?<![\w@.*\-])[a-z0-9_](?: [a-z0-9_]| [.\-] [a-z0-9_]){2,40}(?![\w@]| ?[.,@] ?[a-z] [a-z] )", re.IGNORECASE
)
_PARTED = late(
    r"(?<![a-z0-9_@.*\-])[a-z](?P<sign>[._*\-~])[a-z](?:(?P=sign)[a-z]){1,9}(?P=sign)?(?![a-z0-9_@])", re.IGNORECASE
)
_CYRILLIC = late(r"(?<!\w)[а-яіїє](?: [а-яіїє]){1,11}(?!\w)")
_DRAWN = late(r"(?<![\w@.])[a-z0-9_](?P<sign>[+*~|/^])[a-z0-9_](?:(?P=sign)[a-z0-9_]){3,30}(?![\w@/])")
_WORD = late(rf"(?<![\w@./])[A-Za-z]{_NAME[12:]}(?![\w@/])")
_SHAPES: dict[str, str] = _DATA["shapes"]
_SHAPED = late(rf"(?<![a-z0-9_@.$!])(?:{lexicon.alternation(list(_SHAPES))})(?![a-z0-9_@$])")
_LEAST = 3


def wrapped(text: str) -> Iterator[Piece]:
    """Names that are set apart by signs around, without them."""
    for match in _WRAPPED.finditer(text):
        opened, closed = match.group("open")[-1:].strip("\ufe0f") or match.group("open")[0], match.group("close")[0]
        is_pair = closed in _CLOSED.get(opened, "") or closed == _ARROWS.get(match.group("open")[0], opened)
        name = match.group("name").lstrip("@").rstrip(".-")
        if is_pair and _may_be(name) and not _is_of_code(text, match.start(), match.end()):
            lead = "" if match.start() == 0 or text[match.start() - 1] in " \n(:" else " "
            sign = "" if match.group("name")[0] == "@" else "@"
            yield Piece(match.start("open"), match.start("name"), f"{lead}{sign}")
            yield Piece(match.end("name"), match.end("close"), "")


_WORD_BEFORE = late(r"(?<![A-Za-z])(?:line|of|threads?|x|signal|session|face|steam)[ :(\-]{0,3}$|[=/$\\][ (]?$|>$")
_WORD_BEHIND = late(r" ?(?:line|of|threads?|x|signal|session|face|steam)(?![A-Za-z])|[(\[=]")


def _is_of_code(text: str, start: int, end: int) -> bool:
    """Whether brackets stand beside an ordinary word that names a platform too: `line {frame.number}`."""
    return _WORD_BEFORE.search(text, max(0, start - 12), start) is not None or _WORD_BEHIND.match(text, end) is not None


def _may_be(name: str) -> bool:
    """Whether what is set apart looks like a name."""
    marked = has_mark(name.strip("_.")) or "-" in name.strip("-")
    is_field = re.split(r"[_.\-]", name.lower())[-1] in _FIELDS
    return marked and is_long(name) and name.lower() not in STOP and not is_field


_FIELDS = frozenset(
    ["id", "name", "token", "key", "url", "user", "username", "handle", "link", "code", "number", "channel", "here",
     "account", "password", "secret", "hash", "chat", "py", "js", "json", "txt", "md", "html", "php", "type", "file"]
)  # fmt: skip
"""Last parts of what stands in brackets for a name that is to be filled in, and of names of files."""


def signs(small: str) -> Iterator[Piece]:
    """Signs that are said between stars or the like within a name."""
    for match in _SAID.finditer(small):
        sign = _SIGN_OF.get(match.group("word"))
        if sign is not None:
            yield Piece(match.start(), match.end(), sign)


def may_tell_digits(reading: Reading) -> bool:
    """Whether a text may tell the digits at the end of a name apart from it."""
    keys = _DIGIT_PHRASES.keys() & reading.words
    if keys and any([phrase in reading.folded for key in keys for phrase in _DIGIT_PHRASES[key]]):  # noqa: C419 -- sooner
        return True
    return not reading.normal and any([word in reading.folded for word in _NATIVE_DIGITS])  # noqa: C419 -- sooner


def digits(small: str) -> Iterator[Piece]:
    """Digits that are told behind a name: `oak followed by the digits 4 2`."""
    for match in _digits().finditer(small):
        if match.group("at") is not None and match.group("end") is None:
            continue
        said = _DIGIT_OF.get(match.group("said") or "", "") + _DIGIT_OF.get(match.group("next") or "", "")
        start = match.start("joint" if match.group("at") is None else "at")
        yield Piece(start, match.end(), (match.group("digits") or said).replace(" ", ""))


# Letters of ASCII, signs that may stand between such, what letters apart have none of, and blanks and the rest.
_KINDS = bytes(
    97 if chr(code).isascii() and chr(code).isalnum() else 42 if chr(code) in "._*-~+|/^" else
    98 if code > 127 else 32
    for code in range(256)
)  # fmt: skip


def _apart_in(text: str) -> Iterator[re.Pattern[str]]:
    """The patterns that letters apart of a text may be of."""
    kinds = b" " + text.encode("utf-8", "surrogatepass").translate(_KINDS) + b" "
    if kinds.find(b" a a ") >= 0 or kinds.find(b" * a ") >= 0:
        yield _APART
    if kinds.find(b"a*a*a") >= 0:
        yield from (_PARTED, _DRAWN)
    if not text.isascii():
        yield _CYRILLIC


def together(text: str) -> Iterator[Piece]:
    """Names and platforms whose letters stand apart."""
    for pattern in _apart_in(text):
        for match in pattern.finditer(text):
            letters = _letters(match.group(), pattern is _APART)
            platform = platform_called(letters)
            if pattern is _CYRILLIC:
                yield from _cyrillic(match.start(), letters)
                continue
            if platform is not None:
                if len(letters) >= _LEAST:
                    yield Piece(match.start(), match.end(), _SURE.get(letters.lower(), letters))
            elif pattern in (_APART, _DRAWN) and sum(map(str.isalpha, letters)) >= _LEAST and len(letters) > _LEAST + 1:
                yield Piece(match.start(), match.end(), f"@{letters}")


def _cyrillic(start: int, letters: str) -> Iterator[Piece]:
    """The platform that Cyrillic letters with blanks between spell, behind a preposition too: `в т е л е г у`."""
    for lead in (0, 1):
        rest = letters[lead:].lower()
        if len(rest) > _LEAST and (platform_called(rest) or platform_called(f"{rest[:-1]}а")):
            begin = start + 2 * lead
            yield Piece(begin, begin + 2 * len(rest) - 1, rest)
            return


_SURE = {"line": "line app", "face": "facebook"}


def _letters(chain: str, is_spaced: bool) -> str:
    return chain.replace(" ", "") if is_spaced else chain[::2]


def shaped(small: str) -> Iterator[Piece]:
    """Platforms in disguises that are listed."""
    for match in _SHAPED.finditer(small):
        yield Piece(match.start(), match.end(), _SHAPES[match.group()])


def disguised(reading: Reading) -> Iterator[Piece]:
    """Names whose letters stand in disguise among words that do not: they can be nothing else."""
    text = reading.text
    last = 0
    for match in _WORD.finditer(text):
        word, start = match.group().rstrip(".-"), match.start()
        end = start + len(word)
        before, last = last, match.end()
        if not is_long(word) or word.lower() in STOP or platform_called(word) is not None:
            continue
        if not reading.was_changed(start, end) or (before and reading.was_changed(max(before - 1, 0), before)):
            continue
        if before == 0 and start > 0 and reading.was_changed(0, 1):
            continue
        if ends_clause(text, end) or _ON_NEXT.match(text, end) is not None or has_mark(word):
            yield Piece(start, start + 1, f"@{text[start]}")


_ON_NEXT = late(r" ?\(| [^\W\d_]{1,5} [^\W\d_]|\s?[^\x00-\x7f\w\s]|\s[|]")
"""What may go on with the platform behind a name."""
