"""Vehicle plates with their country or state; only behind a word that says so, since any short code looks like one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from minerva.identifiers.characters import folded
from minerva.identifiers.errors import InvalidIdentifier
from minerva.identifiers.evidence import Evidence
from minerva.identifiers.kind import Example, Kind
from minerva.identifiers.late import late
from minerva.identifiers.postcode import STATES
from minerva.identifiers.reading import Reading
from minerva.identifiers.tables import table

_TABLE = table("plate_words")
_FORMS: dict[str, str] = _TABLE["forms"]
_SMALL: dict[str, str] = _TABLE["small"]
_ANY = r"(?=.*[0-9])[A-Z0-9]{4,10}"
_STATES: dict[str, str] = _TABLE["states"]
_CODES = frozenset(STATES.lower().split("|"))
_WORDS = sorted({*_TABLE["words"], *map(folded, _TABLE["words"])}, key=lambda word: (-len(word), word))
_ABOUT = "|".join(map(re.escape, _WORDS))
_LETTER = r"[A-Z0-9ÄÖÜАВЕКМНОРСТУХІ]"
_INDIAN = r"[A-Z]{2}[ \-]?[0-9]{2}[ \-]?[A-Z]{1,2}[ \-]?[0-9]{4}"
_TOLD = late(
    rf"(?:(?P<state>{'|'.join(_STATES)}|(?-i:[A-Z]{{2}})) )?(?:licen[cs]e |number |car |vehicle )?"
    rf"(?<![\w])(?:{_ABOUT})(?![^\W\d_])(?:[ .]{{0,2}}(?:plate|number|numbers|no|nr|num|numer|numero|número"
    rf"|número|numéro|is|es|ist|reads|was))?"
    rf"\.? ?[:#=]? ?(?P<code>(?-i:{_INDIAN})|(?-i:{_LETTER}(?:[ \-]?{_LETTER}){{3,8}})"
    rf"|(?-i:{'|'.join(_SMALL.values())}))(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_ABOUT_PLATES = late(rf"(?<![\w])(?:{_ABOUT})(?![^\W\d_])", re.IGNORECASE)
_MEASURE = late(r"(?:19|20)[0-9]{2}|[0-9X.]+ ?(?:LBS?|KG|PAIRS?|PCS|CM|MM|INCH|W)")
"""A year, or how heavy, large or many plates are."""
_LATIN = str.maketrans("АВЕКМНОРСТУХІ", "ABEKMHOPCTYXI")
"""Letters of Russian and Ukrainian plates: those that look like Latin ones, of which the key is written."""
_WORD_AND_NUMBER = late(r"[A-Z]{3,} [0-9]+")
_SEPARATORS = late(r"[\s.\-·]+")


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
        code = _SEPARATORS.sub("", code).upper().translate(_LATIN)
        if not re.fullmatch(r"[a-z]{2}(?:-[a-z]{2})?", where):
            raise InvalidIdentifier(cls.NAME, "expected <country>/<code> or <us-state>/<code>")
        if not re.fullmatch(_FORMS.get(where[:2], _ANY), code):
            raise InvalidIdentifier(cls.NAME, f"not a plate of {where}")
        return f"{where}/{code}"

    @classmethod
    def may_hold(cls, reading: Reading) -> bool:
        return _ABOUT_PLATES.search(reading.text) is not None

    @classmethod
    def extract(cls, reading: Reading, *, region: str | None = None, field: str = "text") -> Iterator[Evidence]:
        for match in _TOLD.finditer(reading.text) if cls.may_hold(reading) else ():
            code = match.group("code")
            small = code != code.upper()
            if (small and re.fullmatch(_SMALL.get((region or "").lower(), ""), code) is None) or not any(
                char.isdigit() for char in code
            ):
                continue
            if _MEASURE.fullmatch(code):
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
