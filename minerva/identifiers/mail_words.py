"""How people call the signs @ . _ - of an e-mail address, and other words around addresses, read from
data/mail_words.json: in lower case without accents."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Optional

from minerva.identifiers import lexicon
from minerva.identifiers.characters import folded, normalized
from minerva.identifiers.tables import table

_DATA, _INSERTS = table("mail_words"), table("mail_inserts")
VERSION: int = _DATA["version"]


def plain(word: str) -> str:
    """A word as the text it is compared with: normalized, in lower case, without accents."""
    return folded(normalized(word)[0])


def plain_words(words: Iterable[str]) -> list[str]:
    """The words as `plain` gives them, the longest first."""
    return sorted({plain(word) for word in words}, key=lambda word: (-len(word), word))


def written(key: str) -> list[str]:
    """The words of a list as they are written."""
    return list(_DATA[key])


AT_SURE = frozenset(plain_words(_DATA["at"]))
AT_GLUED = frozenset(plain_words(_DATA["at_glued"]))
AT_BEFORE_PROVIDER = frozenset(plain_words(_DATA["at_provider"]))
AT_WEAK = frozenset(plain_words(_DATA["at_weak"])) | AT_BEFORE_PROVIDER
AT_FAIR = frozenset(plain_words(_DATA["at_fair"]))
AT_BRACKETED = frozenset(plain_words(_DATA["at_bracketed"]))
AT_BESIDE = {plain(word): frozenset(plain_words(dots)) for word, dots in _DATA["at_beside"].items()}
"""Words of AT_WEAK that mean the sign beside these names of the dot."""
WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)?")
"""A word, of two parts with a hyphen between too."""
LABELS = frozenset(plain_words(_DATA["labels"]))
ROLES = frozenset(plain_words(_DATA["roles"]))
PROSE = frozenset(plain_words(_DATA["prose"]))
PLACES = frozenset(plain_words(_DATA["hosts"]))
SPELLED = {plain(written): host for written, host in _DATA["spelled"].items()}
for _name in ("gmail", "hotmail", "yahoo", "outlook", "icloud", "protonmail"):
    SPELLED["-".join(_name)] = _name
    for _place in range(1, len(_name)):
        for _gap in " -":
            # "gma il.com", "hot-mail.com"
            SPELLED.setdefault(_name[:_place] + _gap + _name[_place:], _name)
for _name in [*SPELLED]:
    if " " in _name:
        # "gee-mail (dot) com"
        SPELLED.setdefault(_name.replace(" ", "-"), SPELLED[_name])
TOPS = {plain(written): top for written, top in _DATA["tops"].items()}
SIGNS = {plain(word): sign for sign, words in _DATA["signs"].items() for word in words}
SIGNS.update({word.replace(" ", "-"): sign for word, sign in SIGNS.items() if " " in word})
PROVIDERS = (
    "gmail", "googlemail", "yahoo", "hotmail", "outlook", "icloud", "aol", "protonmail", "gmx", "live", "ymail",
)  # fmt: skip
"""Names of mail hosts whose top-level domain may stand apart from them or without its dot."""

DOTS = plain_words(_DATA["dot"])
GLUED_DOTS = plain_words(_DATA["dot_glued"])
DOT_WORDS = frozenset((*DOTS, *GLUED_DOTS))
PROVIDER_NAMES = lexicon.branches([*PROVIDERS, "mail"])
"""What a provider told alone may be, as an alternation."""
TOP_OF = {"gmx": "de"}
"""Providers whose ending is none of `com` where it is not told."""
JOINT_ENDS = tuple(sorted({*SIGNS, *DOT_WORDS, ";"}))
"""What names of signs between two parts of a mailbox name end with, signs aside."""
UNDERSCORES = tuple(sorted(word for word, sign in SIGNS.items() if sign == "_"))
"""Names of the sign that no mailbox and no sentence holds by chance."""
_STANDS_FOR = plain_words(_DATA["stands_for"])
STANDS_FOR = lexicon.spaced(_STANDS_FOR)
"""What stands between a sign and the one that it is put for: `# instead of @`."""
STANDS_FOR_ENDS = lexicon.spaced(sorted({word[-2:] for word in _STANDS_FOR if len(word) > 1}))
STANDS_FOR_GLUED = "".join(sorted({word[-1] for word in _STANDS_FOR if not word.isascii()}))
"""What these end with, and those of scripts without blanks."""


def _in_bytes(key: str) -> frozenset[bytes]:
    return frozenset(word.encode() for word in _DATA[key])


SWAPS = frozenset(_DATA["swaps"])
SWAPPING = frozenset(word.encode() for word in SWAPS)
NAMING = _in_bytes("naming")
"""Rare words beside which a mailbox may be told without a sign."""
DESCRIBING = _in_bytes("describing")
"""Words of what mail_described.py and mail_halves.py read."""
TURNING = _in_bytes("turning")
"""Words that say that an address is told from right to left."""
COUNTING = _in_bytes("counting")
"""Words for the numbers of letters, and for the ciphers of mail_ciphers.py."""
REMARKED = _in_bytes("remarked")
"""Words of remarks within an address, which say that they are no part of it."""
TAKING = frozenset(
    max(plain(phrase).split(), key=len).encode()
    for phrase in _INSERTS["take_away"] if phrase not in _INSERTS["is_without"]
).union(word.encode() for word in map(plain, _INSERTS["named_dashes"]) if word not in SIGNS).union(
    word.encode() for word in _INSERTS["commas"] if word.isascii()
)  # fmt: skip
"""The longest word of each phrase that asks to take something out of an address (mail_taken_out.py), and what is no
name of a sign within one but says what is to be taken out."""
MAILING = _in_bytes("mailing")
"""Words for mail, besides those with `mail` in them, as far as they stand alone, and names of providers."""
_SPELLING = table("mail_spelled")
_USUAL = frozenset(_SPELLING["usual"])


def _last_words(phrases: Iterable[str]) -> frozenset[bytes]:
    """The last word in ASCII of each phrase, those that stand in many texts left out."""
    words = [phrase.split()[-1] for phrase in phrases]
    return frozenset(word.encode() for word in words if word.isascii() and word.isalpha() and word not in _USUAL)


DIGITS_SAID = _last_words(_SPELLING["as_digits"]) | {b"followed"}
DIGITS_MEANT = frozenset(word.encode() for word in _SPELLING["meant_named"])
"""Words of which a text has one that says which digits of an address are letters (mail_meant.py)."""
LETTERS_SAID = (
    _last_words(" ".join(_SPELLING["alphabets"].values()).split()) | _in_bytes("spelling") | {b"wie", b"comme", b"jak"}
)
"""Words of what mail_rewritten.py reads: of remarks that a word is a digit, and words for letters, one of which each
name in them has, or that join them to the letter."""
TELLING = frozenset().union(
    MAILING, NAMING, SWAPPING, DESCRIBING, REMARKED, TAKING, TURNING, COUNTING, DIGITS_SAID, DIGITS_MEANT, LETTERS_SAID
)
"""All of these."""
Words = Optional[frozenset[bytes]]
"""Those of TELLING in a text, None for none."""
LETTERS = bytes(code if chr(code) in "abcdefghijklmnopqrstuvwxyz" else 32 for code in range(256))
_FOREIGN_MAIL = tuple(word for word in _DATA["mail"] if not word.isascii())


def names_mail(folded: str) -> bool:
    """Whether a word for mail is in a text, besides `mail`."""
    if "correo" in folded or "courriel" in folded or "posta" in folded or "poczt" in folded or "skrzynk" in folded:
        return True
    if folded.isascii() or not (
        "@" in folded
        or "почт" in folded
        or "пошт" in folded
        or "邮" in folded
        or "메일" in folded
        or "郵" in folded
        or "скриньк" in folded
        or "ящик" in folded
        or "τζιμ" in folded
        or "яндекс" in folded
        or "мейл" in folded
        or "рамблер" in folded
    ):
        return False
    return any(word in folded for word in _FOREIGN_MAIL) or any(name in folded for name in _FOREIGN_NAMES)


_FOREIGN_NAMES = tuple(_DATA["mailing_native"])
"""Providers in other scripts that are named alone."""


def letters_of(folded: str) -> list[bytes]:
    """The words of a text in letters of ASCII."""
    return folded.encode("utf-8", "surrogatepass").translate(LETTERS).split()


def holds_any(folded: str, words: Iterable[bytes], keys: frozenset[bytes], foreign: tuple[str, ...]) -> bool:
    """Whether one of `keys` is among the words of a text in letters of ASCII, or one of the others stands in it."""
    return not keys.isdisjoint(words) or (not folded.isascii() and any(key in folded for key in foreign))


DIGIT_WORDS = {
    word: str(digit)
    for words in (
        "zero one two three four five six seven eight nine",
        "cero uno dos tres cuatro cinco seis siete ocho nueve",
        "null eins zwei drei vier funf sechs sieben acht neun",
        "zero un deux trois quatre cinq six sept huit neuf",
        "zero uno due tre quattro cinque sei sette otto nove",
        "zero um dois tres quatro cinco seis sete oito nove",
    )
    for digit, word in enumerate(words.split())
}
"""Digits as said at the end of a mailbox name."""
NUMBER_WORDS = {
    word: str(number)
    for words, numbers in (
        ("ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen", range(10, 20)),
        ("twenty thirty forty fifty sixty seventy eighty ninety", range(20, 100, 10)),
    )
    for word, number in zip(words.split(), numbers)
}
"""Numbers of two digits likewise."""
SAID_NUMBERS = frozenset((*DIGIT_WORDS, *NUMBER_WORDS))
