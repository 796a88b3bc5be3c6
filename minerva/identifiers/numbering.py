"""The numbering plans: which digit strings are phone numbers, and their E.164 form.

The plans are compiled from the field library's metadata (plans.py). Numbers that authorities reserve for fiction are
accepted beside the plans' own, since demo, tests and documentation live on them and no real subscriber can hold one:
+1 NPA 555-01XX (NANPA), Ofcom's drama ranges and Arcep's numbers for audiovisual works. The synthetic range
+1 NPA 555-XXXX with a real area code is already valid in the plan.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Optional

from minerva.identifiers import plans
from minerva.identifiers.kept import keep
from minerva.identifiers.late import late

# Arcep: numbers for audiovisual works (decision 2018-0881). NANPA: 555-0100 to 555-0199 of every area code. Ofcom:
# "Telephone numbers for use in TV and radio drama programmes".
_RESERVED = late(
    r"1[2-9][0-9]{2}55501[0-9]{2}"
    r"|33(?:19900|26191|35301|46571|53649|63998)[0-9]{4}"
    r"|44(?:7700900[0-9]{3}|1632960[0-9]{3}|2079460[0-9]{3}|2896496[0-9]{3}|2920180[0-9]{3}|3069990[0-9]{3}"
    r"|8081570[0-9]{3}|9098790[0-9]{3}|1(?:1[3-8]|21|31|41|51|61)4960[0-9]{3}|1914980[0-9]{3})"
)
_ALIASES = {"UK": "GB", "USA": "US", "UNITED STATES": "US", "UNITED KINGDOM": "GB", "CANADA": "CA", "MEXICO": "MX"}
_FALLBACK = "US"
FROM_ABROAD = ("011", "00")
"""Prefixes before a country code that are tried where no country is known."""
MAX_DIGITS = 17
"""15 digits of E.164 and a two-digit international prefix."""
_FEWEST = 7
_FEWEST_AFTER_PLUS = 6
"""Austria, Germany and Iran have numbers that short. What is dialed can be one: 0064301111 in Thailand, where 006 goes
before calls abroad, is +431111."""


def region_code(hint: str | None) -> str | None:
    """The ISO 3166 code of a hint that a numbering plan exists for, else None."""
    if not hint:
        return None
    upper = hint.strip().upper()
    upper = _ALIASES.get(upper, upper)
    return upper if upper in plans.REGIONS else None


def is_reserved(digits: str) -> bool:
    """Whether digits, country code first, are kept for fiction."""
    return _RESERVED.fullmatch(digits) is not None


@lru_cache(maxsize=65536)
def resolve(digits: str, plus: bool, region: str | None) -> str | None:
    """The E.164 form of a digit string, or None if no plan knows it.

    With `plus` the digits start with the country code. Otherwise they are read as dialed in `region` (a code from
    `region_code`); without a region only international prefixes 00 and 011 and North American numbers are tried.
    """
    if not (_FEWEST_AFTER_PLUS if plus else _FEWEST) <= len(digits) <= MAX_DIGITS:
        return None
    if not plus and region is None:
        for prefix in FROM_ABROAD:
            if digits.startswith(prefix):
                return resolve(digits[len(prefix) :], True, None)
        region = _FALLBACK
    number = plans.international(digits, plus, region)
    if number is None or not (plans.is_valid(number) or is_reserved(number)):
        return None
    return "+" + number


@lru_cache(maxsize=512)
def dialing(region: str | None) -> plans.Dialing:
    """The quick rules for `quick`, of a code from `region_code` or of no region."""
    rules = plans.dialing(region or _FALLBACK)
    return rules.without_region() if region is None else rules


class _Hinted(dict[Optional[str], plans.Dialing]):
    """Quick rules by hint, kept as they were asked for: sooner looked up than a cached call."""

    def __missing__(self, hint: str | None) -> plans.Dialing:
        return keep(self, hint, dialing(region_code(hint)), 512)


hinted: Callable[[str | None], plans.Dialing] = _Hinted().__getitem__
"""`dialing` of a hint that may be no region."""


def quick(digits: bytes, plus: bool, rules: plans.Dialing) -> str | None:
    """`resolve(digits, plus, region)` of 7 to 17 ASCII digits by the region's quick rules: the same answer, sooner."""
    number = plans.after_plus(digits) if plus else plans.dialed(digits, rules)
    return number or _resolved(number, digits, plus, rules)


def _resolved(answer: str | None, digits: bytes, plus: bool, rules: plans.Dialing) -> str | None:
    """`quick` of digits of which `plans` gave that answer, which is no number."""
    if answer is None:
        # The digits stand as they are behind the country code.
        full = rules.country + digits.decode()
        return "+" + full if rules.country in _WITH_RESERVED and is_reserved(full) else None
    return resolve(digits.decode(), plus, rules.region or None)


def read(digits: bytes, plus: bool, rules: plans.Dialing) -> str | None:
    """`quick`, and where that finds nothing the digits behind 00 as an international number: many write 00 for a plus
    sign in countries that dial another prefix."""
    return quick(digits, plus, rules) or _from_abroad(digits, plus)


def read_on(answer: str | None, digits: bytes, plus: bool, rules: plans.Dialing) -> str | None:
    """`read` of digits of which plans.after_plus, behind a plus sign, or plans.dialed gave that answer, which is no
    number."""
    return _resolved(answer, digits, plus, rules) or _from_abroad(digits, plus)


def _from_abroad(digits: bytes, plus: bool) -> str | None:
    if not plus and digits[:2] == b"00" and len(digits) > 8:
        return plans.after_plus(digits[2:]) or None
    return None


_WITH_RESERVED = frozenset(["1", "33", "44"])


def display(e164: str) -> str:
    """An E.164 number in international grouping, `+1 415-555-0123`."""
    # Only formatting needs the field library, which takes longer to import than most searches run.
    import phonenumbers

    library: Any = phonenumbers  # its own annotations are partial
    shown: str = library.format_number(library.parse(e164), library.PhoneNumberFormat.INTERNATIONAL)
    return shown
