"""Contacts of the world and the many ways people write them. Each way is for the demo or for benchmarks only.

Phone numbers: +1 NPA 555 XXXX with real area codes (555-01xx is reserved; the rest of 555 is the synthetic extension,
unassigned in the US plan). Ways are this module's own: no table is shared with the extractors.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from demo.world.places import MAIL_HOSTS, SYLLABLES, City

Writer = Callable[[str, random.Random], str]


@dataclass(frozen=True)
class Way:
    """One way to write a contact. held_back: used by benchmarks only."""

    name: str
    write: Writer
    held_back: bool = False


def phone(chance: random.Random, city: City, taken: set[str]) -> str:
    """Returns a fictional E.164 number of the city that nobody has, and adds it to `taken`.

    A city has 10,000 for each area code; after 20 numbers that are taken, one is held by two, as if passed on.
    """
    for _ in range(20):
        number = f"+1{chance.choice(city.area_codes)}555{chance.randrange(10_000):04d}"
        if number not in taken:
            break
    taken.add(number)
    return number


def email(chance: random.Random) -> str:
    """Returns an address at an example domain."""
    return f"{handle(chance)}@{chance.choice(MAIL_HOSTS)}"


def handle(chance: random.Random) -> str:
    """Returns an invented user name: syllables and a number."""
    return "".join(chance.choices(SYLLABLES, k=chance.choice((3, 4)))) + str(chance.randrange(10, 9999))


def domain(chance: random.Random) -> str:
    """Returns an invented domain under .example."""
    return "".join(chance.choices(SYLLABLES, k=4)) + ".example"


_EN = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_ES = ["cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve"]


def _mixed(digits: str, chance: random.Random) -> str:
    return " ".join(_EN[int(d)] if chance.random() < 0.5 else d for d in digits)


def _shifted(first: int) -> Writer:
    return lambda digits, chance: "".join(chr(first + int(d)) for d in digits)


def _spaced_by(mark: str) -> Writer:
    return lambda digits, chance: mark.join(digits)


def _grouped(left: str, mark: str, second: str) -> Writer:
    return lambda digits, chance: f"{left}{digits[:3]}{mark}{digits[3:6]}{second}{digits[6:]}"


PLAIN_PHONES = (
    Way("dashes", _grouped("", "-", "-")),
    Way("dots", _grouped("", ".", ".")),
    Way("parentheses", _grouped("(", ") ", "-")),
    Way("blanks", _grouped("", " ", " ")),
    Way("digits", lambda digits, chance: digits),
    Way("country code", lambda digits, chance: f"+1 {digits[:3]} {digits[3:6]} {digits[6:]}"),
)
MESSY_PHONES = (
    Way("English words", lambda digits, chance: " ".join(_EN[int(d)] for d in digits)),
    Way("words and digits", _mixed),
    Way("keycaps", lambda digits, chance: "".join(d + "\ufe0f\u20e3" for d in digits)),
    Way("fullwidth", _shifted(0xFF10)),
    Way("stars", _spaced_by("*")),
    Way("each in parentheses", lambda digits, chance: "".join(f"({d})" for d in digits)),
    Way("letter o", lambda digits, chance: _grouped("", "-", "-")(digits.replace("0", "o"), chance)),
    Way("capital words", lambda digits, chance: "-".join(_EN[int(d)].upper() for d in digits)),
    Way("Spanish words", lambda digits, chance: " ".join(_ES[int(d)] for d in digits), held_back=True),
    Way(
        "circled", lambda digits, chance: " ".join("\u24ea" if d == "0" else chr(0x245F + int(d)) for d in digits), True
    ),
    Way("mathematical", _shifted(0x1D7CE), held_back=True),
    Way("emoji between", _spaced_by("\U0001f338"), held_back=True),
    Way("zero width", _spaced_by("\u200b"), held_back=True),
    Way("underscores", _spaced_by("_"), held_back=True),
    Way("letter l", lambda digits, chance: _grouped("", " ", " ")(digits.replace("1", "l"), chance), held_back=True),
    Way("words with commas", lambda digits, chance: ", ".join(_EN[int(d)] for d in digits), held_back=True),
)
PLAIN_EMAILS = (Way("plain", lambda text, chance: text),)
MESSY_EMAILS = (
    Way("(at) (dot)", lambda text, chance: text.replace("@", " (at) ").replace(".", " (dot) ")),
    Way("[at] .", lambda text, chance: text.replace("@", "[at]")),
    Way("at dot", lambda text, chance: text.replace("@", " at ").replace(".", " dot ")),
    Way("{at} {dot}", lambda text, chance: text.replace("@", "{at}").replace(".", "{dot}"), held_back=True),
    Way("arroba punto", lambda text, chance: text.replace("@", " arroba ").replace(".", " punto "), held_back=True),
    Way("blanks around", lambda text, chance: text.replace("@", " @ "), held_back=True),
)
PLAIN_HANDLES = (
    Way("instagram url", lambda text, chance: f"https://www.instagram.com/{text}"),
    Way("ig:", lambda text, chance: f"ig: {text}"),
    Way("insta @", lambda text, chance: f"insta @{text}"),
)
MESSY_HANDLES = (
    Way("IG dash", lambda text, chance: f"IG - {text}"),
    Way("instagram name", lambda text, chance: f"find me on instagram, name {text}", held_back=True),
)


def written(
    text: str, plain: tuple[Way, ...], messy: tuple[Way, ...], share: float, held_back: bool, chance: random.Random
) -> str:
    """Returns the contact as someone wrote it. held_back: benchmarks draw from the ways the demo never uses as well."""
    if chance.random() < share:
        return chance.choice(plain).write(text, chance)
    usable = [way for way in messy if held_back or not way.held_back]
    return chance.choice(usable).write(text, chance)
