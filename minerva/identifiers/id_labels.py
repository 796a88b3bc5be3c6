"""Labels of numbers that are no phones, in the languages of data/id_labels.json: `order no. 4155550123`,
`Ref. 415-555-0123`."""

from __future__ import annotations

from string import ascii_letters

from minerva.identifiers.kept import keep
from minerva.identifiers.tables import table

_DATA = table("id_labels")
_SURE = frozenset(_DATA["sure"])
_NUMBERED = _SURE.union(*_DATA["ids"].values())
_LABELS = _NUMBERED.union(_DATA["further"], *_DATA["services"].values())
WORDS = frozenset([label for label in _LABELS if " " not in label])
"""Labels of one word."""
_PHRASES = frozenset([label for label in _LABELS if " " in label])
_LONGEST_PHRASE = max([label.count(" ") + 1 for label in _PHRASES])
_ADVERTS = frozenset(_DATA["adverts"])
"""Words for an advertisement: an id follows where a word of _LINKS stands between, a phone right behind them."""
UNSPACED = tuple(_DATA["unspaced"])
"""Names of orders, parcels, accounts, things and draws in scripts without blanks, behind which no phone stands."""
_FROM_UNSPACED = "\u0e00"
_GLUED = (*UNSPACED, *_DATA["glued"], *sorted(label for label in _LABELS if label >= _FROM_UNSPACED))
"""What an id follows without a blank."""
_PARTICLES = "是为為はが은는"
"""What joins a label of those scripts to its number."""
_NUMBERS = frozenset(_DATA["numbers"])
_LINKS = _NUMBERS.union(_DATA["links"])
_CODES = frozenset(_DATA["codes"])
"""Words for an id before a word for an advertisement: `código do anúncio`."""
_OF = frozenset(_DATA["of"])
_ENDS = " .:#=-(\uff1a"
"""What may stand between a label and its number."""
_LAST_WORDS = WORDS | _ADVERTS | _LINKS | frozenset([label.rpartition(" ")[2] for label in _PHRASES])
_SHORTENED = frozenset(_DATA["shortened"])
"""Labels that are written with a full stop."""
SURE_ENDS = _SURE | _NUMBERS
"""Last words of what `names_id` finds."""
_SIGNS = frozenset(":#=\uff1a")
_MOST_BEFORE = 40


def follows_id(text: str, start: int) -> bool:
    """Whether the words right before `start` name what follows an id (`order no. `, `ref #`)."""
    if not _may_be_id(text[start - 4 if start > 4 else 0 : start]):
        return False
    before = text[max(0, start - _MOST_BEFORE) : start].rstrip(_ENDS)
    if before[-1:] >= _FROM_UNSPACED and before.rstrip(_PARTICLES).endswith(_GLUED):
        return True
    word = before.rsplit(" ", 1)[-1].lower()
    if word.isalpha() and word not in _LAST_WORDS:
        return False
    words = before.lower().split()
    is_linked = of_advert = False
    while words:
        if _phrase_at_end(words):
            return True
        for part in _parts(words.pop()):
            if part in WORDS or (is_linked and part in _ADVERTS):
                return True
            if of_advert:
                if part not in _OF:
                    return part in _CODES
            elif part in _ADVERTS:
                of_advert = True
            elif part not in _LINKS:
                return False
            is_linked = True
    return False


def names_id(text: str, start: int) -> bool:
    """Whether the words right before `start` name what has an id in any groups: a reference, or with a word for a
    number behind it another thing of _NUMBERED: `Ref. 415-555-0123`, `claim no. 415-555-0123`."""
    written = text[max(0, start - _MOST_BEFORE) : start]
    words = written.rstrip(_ENDS).split()
    is_over = written[-2:] == ". "
    is_signed = written.rstrip(" ")[-1:] in _SIGNS
    is_numbered = False
    while words:
        if is_numbered and _phrase_at_end([word.lower() for word in words]) in _NUMBERED:
            return True
        last = words.pop()
        for part in _parts(last):
            small = part.lower()
            if small in _SURE:
                # "no invoice. 020 7946 0123", "my aunt as reference 020 7946 0123", "Ref 415-555-0123": whom to ask
                is_label = is_signed or (not part[0].islower() and is_over is (small in _SHORTENED))
                return is_numbered or is_label
            if is_numbered and small in _NUMBERED:
                return True
            if small not in _LINKS:
                return False
            is_numbered = is_numbered or small in _NUMBERS
    return False


def _parts(word: str) -> list[str]:
    """What a word is made of, the last part first: `ref:#`."""
    return word.strip(_ENDS).replace(":", " ").replace("#", " ").split()[::-1]


def _phrase_at_end(words: list[str]) -> str:
    """The label of several words that these end with, empty for none."""
    for count in range(2, min(_LONGEST_PHRASE, len(words)) + 1):
        phrase = " ".join(words[-count:]).strip(_ENDS)
        if phrase in _PHRASES:
            return phrase
    return ""


class _MayBeId(dict[str, bool]):
    """Whether up to four characters before a number can be the end of what `follows_id` finds; answers are kept."""

    MOST = 8192

    def __missing__(self, before: str) -> bool:
        rest = before.rstrip(_ENDS)
        word = rest[len(rest.rstrip(ascii_letters)) :].lower()
        if not (word and rest.isascii()):
            may_be = True
        elif len(word) == len(rest):
            may_be = any(known.endswith(word) for known in _LAST_WORDS)
        else:
            may_be = word in _LAST_WORDS or rest[-len(word) - 1] != " "
        return keep(self, before, may_be, self.MOST)


_may_be_id = _MayBeId().__getitem__
