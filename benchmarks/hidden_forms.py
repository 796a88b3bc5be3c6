"""Fifteen ways to hide a number's digits, as the field's papers describe them, for ads that are made at run time.

Each takes the source of chance, the national digits and the country, and returns what is written in their place.
"""

from __future__ import annotations

import random
from typing import Callable  # noqa: UP035 -- runs under 3.9

_ENGLISH = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_SPANISH = ["cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve"]
_WORDS = {
    "ES": _SPANISH,
    "MX": _SPANISH,
    "FR": ["zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf"],
    "DE": ["null", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun"],
    "BR": ["zero", "um", "dois", "três", "quatro", "cinco", "seis", "sete", "oito", "nove"],
    "IT": ["zero", "uno", "due", "tre", "quattro", "cinque", "sei", "sette", "otto", "nove"],
    "NL": ["nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen"],
    "RO": ["zero", "unu", "doi", "trei", "patru", "cinci", "șase", "șapte", "opt", "nouă"],
    "RU": ["ноль", "один", "два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять"],
}
"""Digit words by country, English ones elsewhere."""
_SEPARATORS = ("*", "~", "_", "..", "--", "|", "=", "•", "♥", "//")
_PICTURES = "💋🌹🔥🍒🌸"
_MATHEMATICAL, _SCRIPTS = (0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6), (0x660, 0x966, 0xE50)
Form = Callable[[random.Random, str, str], str]


def _said(chance: random.Random, digits: str, country: str, share: float) -> str:
    words = _WORDS.get(country, _ENGLISH)
    return " ".join(words[int(digit)] if chance.random() < share else digit for digit in digits)


def _shifted(digits: str, zero: int) -> str:
    return "".join(chr(zero + int(digit)) for digit in digits)


def _replaced(chance: random.Random, digits: str, letters: dict[str, str]) -> str:
    return "".join(chance.choice(letters[digit]) if digit in letters else digit for digit in digits)


def _joined(digits: str, sign: str, ends: tuple[int, ...]) -> str:
    places = [0, *ends, len(digits)]
    return sign.join(digits[start:end] for start, end in zip(places, places[1:]))  # noqa: B905, RUF007 -- 3.9


FORMS: dict[str, Form] = {
    "words": lambda chance, digits, country: _said(chance, digits, country, 1.0),
    "words and digits": lambda chance, digits, country: _said(chance, digits, country, 0.5),
    "letters": lambda chance, digits, _: _replaced(chance, digits, {"0": "Oo0", "1": "Il1", "5": "S5"}),
    "letters of other scripts": lambda chance, digits, _: _replaced(chance, digits, {"0": "ОΟ", "3": "З", "6": "б"}),
    "blanks": lambda _, digits, __: " ".join(digits),
    "separators": lambda chance, digits, _: _joined(digits, chance.choice(_SEPARATORS), (3, 6, 8)),
    "pictures": lambda chance, digits, _: _joined(digits, chance.choice(_PICTURES), (3, 5, 8)),
    "brackets": lambda _, digits, __: "".join(f"({digit})" for digit in digits),
    "keycaps": lambda _, digits, __: "".join(digit + "\ufe0f\u20e3" for digit in digits),
    "fullwidth": lambda _, digits, __: _shifted(digits, 0xFF10),
    "mathematical": lambda chance, digits, _: _shifted(digits, chance.choice(_MATHEMATICAL)),
    "circled": lambda _, digits, __: "".join("⓪①②③④⑤⑥⑦⑧⑨"[int(digit)] for digit in digits),
    "zero width": lambda _, digits, __: "\u200b".join(digits),
    "other digits": lambda chance, digits, _: _shifted(digits, chance.choice(_SCRIPTS)),
    "doubled": lambda _, digits, __: _doubled(digits),
}


def _doubled(digits: str) -> str:
    """In English words, two alike in a row as `double five`."""
    said = []
    place = 0
    while place < len(digits):
        word = _ENGLISH[int(digits[place])]
        if digits[place : place + 1] == digits[place + 1 : place + 2]:
            said += ["double", word]
            place += 2
        else:
            said.append(word)
            place += 1
    return " ".join(said)
