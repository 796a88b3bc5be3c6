"""Vehicle plates with their country or state; only behind a word that says so, since any short code looks like one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from minerva.identifiers.characters import folded
from minerva.identifiers.errors import InvalidIdentifier
from minerva.identifiers.evidence import Evidence
from minerva.identifiers.kind import Example, Kind
from minerva.identifiers.postcode import STATES
from minerva.identifiers.reading import Reading

_FORMS = {
    "gb": r"[A-Z]{2}[0-9]{2}[A-Z]{3}|[A-Z][0-9]{1,3}[A-Z]{3}|[A-Z]{3}[0-9]{1,3}[A-Z]|[A-Z]{1,3}[0-9]{1,4}",
    "de": r"[A-ZÄÖÜ]{2,5}[0-9]{1,4}[EH]?",
    "fr": r"[A-Z]{2}[0-9]{3}[A-Z]{2}|[0-9]{1,4}[A-Z]{1,3}[0-9]{2}",
    "it": r"[A-Z]{2}[0-9]{3}[A-Z]{2}",
    "es": r"[0-9]{4}[BCDFGHJKLMNPRSTVWXYZ]{3}|[A-Z]{1,2}[0-9]{4}[A-Z]{1,2}",
    "nl": r"(?=.*[0-9])(?=.*[A-Z])[A-Z0-9]{6}",
    "ro": r"(?:B[0-9]{2,3}|[A-Z]{2}[0-9]{2})[A-Z]{3}",
    "pl": r"[A-Z]{2,3}(?=.*[0-9])[A-Z0-9]{4,5}",
    "br": r"[A-Z]{3}[0-9][A-Z0-9][0-9]{2}",
    "mx": r"[A-Z]{3}[0-9]{3,4}[A-Z]?|[A-Z][0-9]{2}[A-Z]{3}",
}
"""Plates by country without separators: the forms that the registration authorities publish."""
_ANY = r"(?=.*[0-9])[A-Z0-9]{4,8}"
_STATES = {
    "alabama": "al", "arizona": "az", "california": "ca", "colorado": "co", "florida": "fl", "georgia": "ga",
    "illinois": "il", "louisiana": "la", "michigan": "mi", "nevada": "nv", "new york": "ny", "ohio": "oh",
    "oregon": "or", "pennsylvania": "pa", "tennessee": "tn", "texas": "tx", "utah": "ut", "virginia": "va",
    "washington": "wa",
}  # fmt: skip
_CODES = frozenset(STATES.lower().split("|"))
_WORDS = ("plate", "plates", "reg", "registration", "kennzeichen", "immatriculation", "matricula", "matrícula", "placa",
          "targa", "targata", "numberplate", "rego", "kenteken", "immatriculée", "immatriculé", "immatriculee",
          "rejestracja", "rejestracyjny", "plaka", "plakası")  # fmt: skip
_WORD_SET = frozenset(map(folded, _WORDS))
_TOLD = re.compile(
    rf"(?:(?P<state>{'|'.join(_STATES)}|(?-i:[A-Z]{{2}})) )?(?:licen[cs]e |number |car |vehicle )?"
    rf"(?<![\w])(?:{'|'.join(_WORDS)})(?![^\W\d_])(?: ?(?:number|no|nr|num|is|es))?\.? ?[:#=]? ?"
    r"(?P<code>(?-i:[A-Z0-9ÄÖÜ](?:[ \-]?[A-Z0-9ÄÖÜ]){3,8}))(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_WORD_AND_NUMBER = re.compile(r"[A-Z]{3,} [0-9]+")
_SEPARATORS = re.compile(r"[\s.\-·]+")


class Plate(Kind):
    """`<country>/<code>` or `<us-state>/<code>`: `gb/AB12CDE`, `us-tx/ABC1234`; the code without separators."""

    NAME = "plate"
    TITLE = "Vehicle plate"
    STRONG = False
    ATTRIBUTE = True

    @classmethod
    def normalize(cls, value: str, *, region: str | None = None, qualifier: str = "", city: str | None = None) -> str:
        text = Reading(value).text.strip()
        where, _, code = text.rpartition("/")
        where = (qualifier or where or region or "").strip().lower()
        code = _SEPARATORS.sub("", code).upper()
        if not re.fullmatch(r"[a-z]{2}(?:-[a-z]{2})?", where):
            raise InvalidIdentifier(cls.NAME, "expected <country>/<code> or <us-state>/<code>")
        if not re.fullmatch(_FORMS.get(where[:2], _ANY), code):
            raise InvalidIdentifier(cls.NAME, f"not a plate of {where}")
        return f"{where}/{code}"

    @classmethod
    def may_hold(cls, reading: Reading) -> bool:
        return not _WORD_SET.isdisjoint(reading.words)

    @classmethod
    def extract(cls, reading: Reading, *, region: str | None = None, field: str = "text") -> Iterator[Evidence]:
        for match in _TOLD.finditer(reading.text) if cls.may_hold(reading) else ():
            code = match.group("code")
            if code != code.upper() or not any(char.isdigit() for char in code):
                continue
            said = match.group()[: match.start("code") - match.start()].lower()
            if _WORD_AND_NUMBER.fullmatch(code) and said.endswith(("reg ", "registration ", "rejestracja ")):
                # "REGISTRATION FEE 50"
                continue
            state = (match.group("state") or "").lower()
            state = _STATES.get(state, state)
            where = f"us-{state}" if state in _CODES and region in (None, "US") else region
            try:
                value = cls.normalize(code, qualifier=where or "")
            except InvalidIdentifier:
                continue
            yield cls.seen(reading, match.span("code"), value, field, "word", 0.6 if "-" in value[:3] else 0.5)

    @classmethod
    def examples(cls) -> tuple[Example, ...]:
        return (
            Example("a van, plate AB12 CDE, left", "AB12 CDE", "gb/AB12CDE", region="GB"),
            Example("Texas license plate ABC-1234", "ABC-1234", "us-tx/ABC1234"),
            Example("Kennzeichen: B-XY 123", "B-XY 123", "de/BXY123", region="DE"),
        )
