"""The compiled numbering plans read dialed digits exactly as the field library parses and validates them."""

from __future__ import annotations

import random
from functools import lru_cache
from typing import Any

import phonenumbers

from minerva.identifiers import numbering, plans
from proofs.model import Outcome, Proof

LIBRARY: Any = phonenumbers  # its own annotations are partial
REGIONS = sorted(plans.REGIONS)
COUNTRIES = sorted(LIBRARY.COUNTRY_CODE_TO_REGION_CODE)
PREFIXES = ("", "00", "011", "0011", "810", "010", "001", "0", "1", "8")
TYPES = range(11)


@lru_cache(maxsize=1)
def examples() -> list[tuple[str, str, str]]:
    """(region, country code, national number) of every region and type that the library has an example of."""
    found = [(region, LIBRARY.example_number_for_type(region, kind)) for region in REGIONS for kind in TYPES]
    found += [("US", LIBRARY.example_number_for_non_geo_entity(code)) for code in COUNTRIES]
    return [
        (region, str(number.country_code), LIBRARY.national_significant_number(number))
        for region, number in found
        if number is not None
    ]


def dialed(chance: random.Random) -> tuple[str, bool, str]:
    """(digits, behind a plus sign, region): any country code with random digits, or an example with digits changed,
    cut off or added, written with or without prefixes."""
    if chance.random() < 0.35:
        national = f"{chance.randrange(10**15):015d}"[: chance.randrange(4, 14)]
        country = str(chance.choice(COUNTRIES)) if chance.random() < 0.7 else ""
        return country + national, chance.random() < 0.6, chance.choice(REGIONS)
    region, country, national = chance.choice(examples())
    digits = list(national)
    for _ in range(chance.choice((0, 0, 1, 1, 2, 3, 5))):
        digits[chance.randrange(len(digits))] = chance.choice("0123456789")
    draw = chance.random()
    changed = "".join(digits[: -1 if draw < 0.12 else None]) + (chance.choice("0123456789") if draw > 0.88 else "")
    trunk = plans.rules_of(region).trunk if chance.random() < 0.5 else ""
    hint = region if chance.random() < 0.8 else chance.choice(REGIONS)
    forms = (
        (country + changed, True),
        (trunk + changed, False),
        (country + trunk + changed, False),
        (chance.choice(PREFIXES) + country + changed, False),
        (chance.choice(PREFIXES) + changed, False),
    )
    written, plus = chance.choice(forms)
    return written, plus, hint


def expected(digits: str, plus: bool, region: str) -> str | None:
    """The E.164 form by the library's parser and validity test, numbers reserved for fiction added."""
    try:
        number = LIBRARY.parse("+" + digits if plus else digits, region)
    except phonenumbers.NumberParseException:
        return None
    e164: str = LIBRARY.format_number(number, LIBRARY.PhoneNumberFormat.E164)
    return e164 if LIBRARY.is_valid_number(number) or numbering.is_reserved(e164[1:]) else None


def run(seed: int, batch: int, size: int) -> Outcome:
    """Compares `size` numbers, full rules and quick rules both."""
    chance = random.Random(f"{seed}:{batch}")
    failures: list[str] = []
    full = numbering.resolve.__wrapped__
    for _ in range(size):
        digits, plus, region = dialed(chance)
        if not (6 if plus else 7) <= len(digits) <= numbering.MAX_DIGITS:
            digits = (digits + f"{chance.randrange(10**9):09d}")[:9]
        wanted = expected(digits, plus, region)
        given = full(digits, plus, region)
        quick = numbering.quick(digits.encode(), plus, numbering.dialing(region))
        if not given == quick == wanted:
            failures.append(f"{'+' if plus else ''}{digits} in {region}: {given}, quick {quick}, library {wanted}")
    return Outcome(size, failures)


PROOF = Proof(
    name="phone_automaton",
    claim="Minerva's compiled numbering plans and phonenumbers' parse-and-valid agree on random and mutated numbers "
    "of all country codes",
    unit="numbers",
    target=500_000,
    batch=50_000,
    slice=15_000,
    run=run,
)
