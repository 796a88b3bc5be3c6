"""Ads of about 500 characters in the words of six languages, with numbers of 14 countries and decoys, the numbers
written plainly or hidden in 15 ways.

Numbers are drawn at run time from each country's plan and written as people write them; nothing is stored.
"""

from __future__ import annotations

import random
from typing import Any, NamedTuple

import phonenumbers

from benchmarks.hidden_forms import FORMS

LIBRARY: Any = phonenumbers  # its annotations are partial
COUNTRIES = ("US", "GB", "FR", "DE", "ES", "BR", "TH", "NL", "IT", "AU", "RU", "IN", "RO", "MX")
_SENTENCES = (
    "bright room with garden view near the station quiet street open daily warm tea soft music friendly team book",
    "chambre calme avec jardin près de la gare musique douce équipe aimable sur rendez-vous tous les jours bienvenue",
    "habitación tranquila cerca del centro música suave equipo amable cita previa todos los días estacionamiento",
    "ruhiges Zimmer nahe Bahnhof leise Musik nettes Team täglich geöffnet Parkplätze vorhanden Termin nach Absprache",
    "quarto calmo perto do centro equipe simpática música suave aberto todos os dias com hora marcada estacionamento",
    "тихая комната рядом с парком приятная музыка дружная команда работаем каждый день по записи парковка рядом",
)
WORDS = [word for sentence in _SENTENCES for word in sentence.split()]
LEADS = ("call", "text", "tel:", "phone", "ring", "contact", "☎", "")


class Ad(NamedTuple):
    text: str
    region: str
    phones: frozenset[str]


def _number(chance: random.Random, country: str) -> Any:
    """A valid number of the country, as the library's own kind of object."""
    kind = LIBRARY.PhoneNumberType.MOBILE if chance.random() < 0.8 else LIBRARY.PhoneNumberType.FIXED_LINE
    example = LIBRARY.example_number_for_type(country, kind) or LIBRARY.example_number(country)
    national = LIBRARY.national_significant_number(example)
    while True:
        tail = f"{chance.randrange(10**6):06d}"
        number = LIBRARY.parse(f"+{example.country_code}{national[:-6]}{tail}")
        if LIBRARY.is_valid_number(number) and LIBRARY.region_code_for_number(number) == country:
            return number


def _written(chance: random.Random, number: Any) -> str:
    formats = LIBRARY.PhoneNumberFormat
    national: str = LIBRARY.format_number(number, formats.NATIONAL)
    abroad: str = LIBRARY.format_number(number, formats.INTERNATIONAL)
    e164: str = LIBRARY.format_number(number, formats.E164)
    forms = [national, national, abroad, e164, national.replace(" ", "."), national.replace(" ", "-")]
    if number.country_code != 1:
        forms.append("00" + abroad[1:])
    return chance.choice(forms)


def _national(number: Any) -> str:
    digits: str = LIBRARY.normalize_digits_only(LIBRARY.format_number(number, LIBRARY.PhoneNumberFormat.NATIONAL))
    return digits


def _decoy(chance: random.Random) -> str:
    draw = chance.randrange
    day, month, year = draw(1, 28), draw(1, 12), draw(2020, 2027)
    return chance.choice(
        [f"${draw(40, 400)}", f"{day}/{month}/{year}", f"{year}-0{draw(1, 9)}-1{draw(9)}", f"{month}:{draw(60):02d}pm",
         f"{draw(20, 90)} min", f"{draw(50, 300)} euros", f"order #{draw(10**5)}", f"{draw(30, 95)} kg",
         f"https://site{draw(99)}.example/ad/{draw(10**7)}", f"room {draw(999)}", f"{draw(20, 90)} m2", "open 24/7",
         f"since {draw(1990, 2020)}"]
    )  # fmt: skip


def country_ads(count: int, seed: int, hidden: bool = False) -> list[Ad]:
    """Returns `count` ads, each with one or two numbers of its country and one to three decoys. `hidden` numbers of one
    ad are hidden in the same way."""
    chance = random.Random(seed)
    ads = []
    for _ in range(count):
        country = chance.choice(COUNTRIES)
        words: list[str] = []
        while sum(map(len, words)) + len(words) < 440:
            words.append(chance.choice(WORDS))
        told = set()
        way = chance.choice([*FORMS.values()]) if hidden else None
        for place in chance.sample(range(5, len(words) - 5, 6), chance.choice((1, 2))):
            number = _number(chance, country)
            told.add(LIBRARY.format_number(number, LIBRARY.PhoneNumberFormat.E164))
            written = _written(chance, number) if way is None else way(chance, _national(number), country)
            words[place] += f" {chance.choice(LEADS)} {written}"
        for place in chance.sample(range(2, len(words) - 2, 6), chance.choice((1, 2, 3))):
            words[place] += f" {_decoy(chance)}"
        ads.append(Ad(" ".join(words), country, frozenset(told)))
    return ads
