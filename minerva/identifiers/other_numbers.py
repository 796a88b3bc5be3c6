"""What is no phone though a numbering plan knows its digits: told by what is around it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from minerva.identifiers import announced, iban, id_labels, lettered_numbers, numbering
from minerva.identifiers.late import late
from minerva.identifiers.lookalike_runs import LOOKALIKE, TO_DIGITS
from minerva.identifiers.number_labels import ANNOUNCES, DIGITS, SAYS_PHONE, is_labeled, may_be_label
from minerva.identifiers.number_rows import (
    COUNTED,
    LONGEST_UNCOUNTED,
    TELLING_SIZES,
    counts,
    is_draw,
    is_of_longer_row,
    is_of_size,
)
from minerva.identifiers.phone_tokens import NORTH_AMERICA, Hit
from minerva.identifiers.plans import Dialing
from minerva.identifiers.spans import meets

_TRUNK_CODES = (
    "AE AL AM AT AU BD BE BG BY CD CH CU DE DZ EG ER ET FR GB GF GP HR HU IE IQ IR JO JP KE KG KP LA LK "
    "LR LY MA MD ME MG MK MM MQ MW NA NG NL NZ RE RO RS SD SE SI SK SL SS SY TH TM TW UA UG VE XK YE ZA "
    "ZW"
)
WITH_TRUNK = frozenset(_TRUNK_CODES.split())
"""Regions where a number dialed within the country is written with the trunk prefix, as the field library's matcher
demands; bare digits there are years, sizes and ids."""
_BARE = frozenset(["digits", "separators", "unicode", "lookalike"])


def phones_only(text: str, hits: list[Hit], rules: Dialing, dates: Sequence[tuple[int, int]] = ()) -> list[Hit]:
    """The hits that have no part in the spans of `dates` (sorted), without numbers that count up or down, and without
    bare ones where a trunk prefix is missing."""
    bare = rules.region in WITH_TRUNK
    kept = []
    for hit in hits:
        if bare and hit[2].startswith(rules.country, 1 + len(rules.country)):
            hit = _with_country_code(text, hit, rules)
        start, end, number, method, _ = hit
        after = text[end : end + 1]
        if (
            (
                may_be_label(text[start - 4 if start > 4 else 0 : start])
                and not text.endswith(SAYS_PHONE, 0, start)
                and is_labeled(text, start, end, rules)
            )
            or (after == "." and text[end + 1 : end + 2].isalpha() and _FILE.match(text, end) is not None)
            or (after in _MAY_GO_ON and _is_of_name(text, start, end, after))
            or (
                text[start - 1 : start] == "-"
                and (_is_of_order(text, start, end) or _is_lettered(text, start) or is_of_longer_row(text, start, end))
            )
            or (dates and meets(dates, start, end))
            or (end - start == _WITH_YEAR and _OF_YEAR.fullmatch(text, start, end) is not None)
        ):
            continue
        if method == "lookalike" and (
            _is_code(text, start, end)
            or (text[end - 1].isalpha() and text[start:end].rpartition(" ")[2].lower() in _ALIKE_WORDS)
            or (text[end - 1] == "!" and _SHOUTED.fullmatch(text, start, end) is not None)
        ):
            continue
        if method == "words" and text[start:end].isdigit() and id_labels.follows_id(text, start):
            # Read beside words of a script of its own.
            continue
        if method == "words" and text[start] not in _FIRST_SIGNS:
            # What begins with a word is none of the other numbers.
            counted = number[-9:] in COUNTED and end - start > LONGEST_UNCOUNTED
            if text.startswith(_TAX, start) or (counted and counts(text, start, end, number, method)):
                continue
        elif (
            (bare and lacks_trunk(text, hit, rules))
            or ((size := end - start) > LONGEST_UNCOUNTED and counts(text, start, end, number, method))
            or (size in TELLING_SIZES and is_of_size(text, start, end, rules))
            or (
                # One or two digits and a blank.
                (text[start + 1] == " " or text[start + 2] == " ")
                and rules.country == NORTH_AMERICA
                and is_draw(text, start, end)
            )
            or (method == "words" and text.find(_TAX, start, end) >= 0)
            or (
                method != "words"
                and (
                    (
                        # Digits or capitals stand before a blank.
                        ((near := text[start - 2 : start - 1]).isdigit() or near.isupper() or method == "lookalike")
                        and _is_of_iban(text, start, end)
                    )
                    or (method == "lookalike" and _STAMP.search(text, start, end) is not None)
                )
            )
        ):
            continue
        kept.append(hit)
    return kept


_MAY_GO_ON = frozenset("-_")


def _is_of_name(text: str, start: int, end: int, after: str) -> bool:
    """Whether the sign behind a number goes on with it to the name of an order, a part or a user."""
    if after == "_":
        return text[start - 1 : start] == "_" and text[start - 2 : start - 1].isalpha()
    return (
        _ORDER.match(text, start) is not None
        or _PART_NUMBER.match(text, end) is not None
        or is_of_longer_row(text, start, end)
    )


def _with_country_code(text: str, hit: Hit, rules: Dialing) -> Hit:
    """The number of the region that begins with its country code where plus and trunk prefix are missing: of a plan
    with numbers of many lengths both may be valid (`49 1574 9045490`)."""
    start, end, number, method, confidence = hit
    digits = number[1 + len(rules.country) :]
    if (
        method in _BARE
        and len(digits) - len(rules.country) >= _FEWEST_NATIONAL
        and "".join(DIGITS.findall(text, start, end)) == digits
        and text[start] != "+"
    ):
        abroad = numbering.resolve(digits, True, None)
        if abroad is not None:
            return start, end, abroad, method, confidence
    return hit


_FEWEST_NATIONAL = 9
"""Digits of a mobile number where numbers differ in length."""


_ALIKE_WORDS = lettered_numbers.WORDS - {"i", "o"}
"""Words of letters that all look like digits, behind a number no digits of it."""


def _is_code(text: str, start: int, end: int) -> bool:
    """Whether letters and digits look like the code of a file or an order, behind no word that announces a phone."""
    if _CODE.fullmatch(text, start, end) is None:
        return False
    word = text[start - _LONGEST_WORD if start > _LONGEST_WORD else 0 : start].rstrip(" :.-").rpartition(" ")[2]
    return word.rpartition("\n")[2].lower() not in announced.WORDS


_LONGEST_WORD = 20
_CODE = late(r"[A-HJ-NP-Z]{1,3}[0-9]+|[A-HJ-NP-Z](?:-[0-9]+)+")
"""Capitals and digits behind them alone, or dashes between; O, I and l are zeros and ones of many a number."""


def _is_lettered(text: str, start: int) -> bool:
    """Whether up to three capitals and a dash stand before a number that name neither a country nor a phone."""
    letters = _LETTERS_BEFORE.search(text, max(0, start - _MOST_LETTERS), start)
    return letters is not None and letters[1] not in _OF_PHONES and numbering.region_code(letters[1]) is None


_MOST_LETTERS = 5
_LETTERS_BEFORE = late(r"(?<![A-Za-z0-9_])([A-Z]{1,3})-$")
_OF_PHONES = frozenset(["TEL", "TXT", "CEL", "SMS", "MOB", "FAX", "HP", "NO", "NR", "PH", "TF", "TLF", "WA", "WS",
                        "WSP", "USA", "UK", "UAE", "GSM", "FON", "VIP", "DM", "T", "P", "M", "C", "W", "F", "H",
                        "O", "I"])  # fmt: skip


def _is_of_iban(text: str, start: int, end: int) -> bool:
    """Whether a number is part of a bank account number in groups, as long as those of its country are, or of what is
    written like one."""
    floor = max(0, start - _LONGEST_IBAN)
    if iban.HEAD.search(text, floor, end) is None:
        # So few texts have what either begins with.
        return False
    alike = _LIKE_IBAN.search(text, floor, end)
    if alike is not None and alike.end() == end and text[end : end + 1] not in "-./":
        return True
    for head in iban.HEAD.finditer(text, floor, min(start + 4, end)):
        last = iban.end_of(text, head)
        if last is not None and last > start:
            return True
    return False


_SHOUTED = late(r"[0-9 .\-]+!+")
"""Digits with no letter among them before an exclamation mark, which is none of them then: `192.168.1.24!`."""
_WITH_YEAR = 11
_OF_YEAR = late(r"[0-9]{6}/(?:19|20)[0-9]{2}")
"""A number of a file and its year."""
_LONGEST_IBAN = 42
_LIKE_IBAN = late(r"(?<![A-Za-z0-9])[A-Z]{2}[0-9]{2}(?: [0-9]{4}){2,8}(?: [0-9]{1,3})?$")
_PART_NUMBER = late(r"(?:-[0-9]{2,8}){0,3}-[A-Za-z](?![^\W_])")
"""One letter behind a dash, as on parts and files, more groups before it or not: `655-000417-B`."""
_ORDER = late(r"[0-9]{3}-[0-9]{7}-[0-9]{7}(?![0-9])")
"""An order number of the largest online shop."""


def _is_of_order(text: str, start: int, end: int) -> bool:
    """Whether digits behind a dash are the last ones of such an order number."""
    return any(match.start() < start and end == match.end() for match in _ORDER.finditer(text, max(0, start - 12), end))


_FILE = late(
    r"\.(?:png|jpe?g|gif|webp|heic|pdf|mp[34]|mov|avi|docx?|xlsx?|zip|txt|csv|html?)(?![a-z0-9])", re.IGNORECASE
)
_STAMP = late(r"[0-9]{8}T[0-9]{4}")


_FIRST_SIGNS = frozenset("0123456789+(")
_TAX = "TVA"
"""A tax in French and Romanian, which two in Swedish would be like."""


def lacks_trunk(text: str, hit: Hit, rules: Dialing) -> bool:
    """Whether a number of a region of WITH_TRUNK is written without plus, country code and trunk prefix, and no word
    before it announces it."""
    start, end, number, method, _ = hit
    country = rules.country
    first = LOOKALIKE.get(text[start], text[start])
    if method not in _BARE or first == "+" or not number.startswith(country, 1):
        return False
    if first in "0123456789" and first != number[1 + len(country)]:
        return False
    raw = text[start:end].translate(TO_DIGITS) if method == "lookalike" else text[start:end]
    written = "".join(DIGITS.findall(raw))
    return (
        written.startswith(number[1 + len(country) :])
        and ANNOUNCES.search(text, max(0, start - 14), start) is None
        and _PUTS_ZERO.search(text, max(0, start - _FAR), end + _FAR) is None
    )


_FAR = 64
_PUTS_ZERO = late(
    r"(?:put|add|stick|dial|with|start with) (?:an? |the )?(?:zero|0) (?:in front|before|first|at the front)"
    r"|country code(?: is)? \+?[0-9]{1,3}",
    re.IGNORECASE,
)
"""Tells that the trunk prefix is left out, as behind a country code."""
