"""Words in which digits and digit words are glued together: `0one`, `four91five701five9`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from minerva.identifiers import lexicon
from minerva.identifiers.characters import folded, may_mix
from minerva.identifiers.late import late
from minerva.identifiers.word_roles import COMMON, ONE_DIGIT, TOKEN

ALIKE = late(
    # one letter first, so that the search skips to it
    r"""[oislоз](?:
        (?<=[0-9].)(?=[0-9])
        | (?<=[0-9][оil])(?![^\W_])
        | (?<=[0-9]s)s(?![^\W_])
        | (?<=o)(?:(?<=(?:one|two|six)o)|(?<=(?:zero|four|five|nine)o)|(?<=(?:three|seven|eight)o))(?=[0-9])
        | (?<![^\W_].)(?:(?<=[ilо])(?=[0-9]) | (?<=s)(?=0)
            | (?<=o)(?:[il](?=[0-9]) | (?=(?:one|two|three|four|five|six|seven|eight|nine)[0-9])))
    )""",
    re.VERBOSE,
)
"""Letters like digits among them and words glued to them: `4l5`, `O1`, `Oone67`."""


_DIGITS_BESIDE_OTHERS = frozenset([*lexicon.DENIALS, *[word.decode() for word in COMMON]])
"""Words that are digits if those before them say so: `no`, `nein`."""


class Glued(NamedTuple):
    """The digits of such a word, of how many digit words and groups it is made, and how many of these are words;
    whether it begins with a group."""

    digits: str
    members: int
    words: int
    group_first: bool


@lru_cache(maxsize=4096)
def parts_of(word: bytes) -> Glued | None:
    """What a word (UTF-8, ASCII in small letters) stands for, of which words of prose do not count; None where not each
    letter of it belongs to a word that is one digit in every language."""
    if may_mix(word):
        return None
    written = folded(word.decode("utf-8", "surrogatepass"))
    if ALIKE.search(written) is not None:
        return None
    tokens = TOKEN.findall(written)
    digits = [token if "0" <= token[0] <= "9" else ONE_DIGIT.get(token, "") for token in tokens]
    if not (tokens and all(digits)) or sum(map(len, tokens)) < len(written):
        return None
    if not _DIGITS_BESIDE_OTHERS.isdisjoint(tokens):
        return None
    words = [token for token in tokens if token[0].isalpha() and token not in lexicon.WEAK]
    return Glued("".join(digits), len(tokens), len(words), not tokens[0][0].isalpha())
