"""Numbers that a register gives: licenses and companies. Read from columns only; the register is the qualifier."""

from __future__ import annotations

import re
from typing import ClassVar

from minerva.identifiers.errors import InvalidIdentifier
from minerva.identifiers.kind import Example, Kind
from minerva.identifiers.reading import Reading

_REGISTER = re.compile(r"[a-z0-9][a-z0-9_\-]{0,63}")
_NUMBER = re.compile(r"(?=[A-Z0-9]*[0-9])[A-Z0-9]{2,40}")
_SEPARATORS = re.compile(r"[\s.\-_/#]+")


class RegisterNumber(Kind):
    """`<register>/<number>`: the number in upper case without separators, leading zeros kept."""

    STRONG = True
    LABEL: ClassVar[re.Pattern[str]]

    @classmethod
    def normalize(cls, value: str, *, region: str | None = None, qualifier: str = "", city: str | None = None) -> str:
        register, _, number = ("", "", value) if qualifier else value.partition("/")
        register = (qualifier or register).strip().lower()
        if not _REGISTER.fullmatch(register):
            raise InvalidIdentifier(cls.NAME, "expected <register>/<number>, the register in a-z, 0-9, '_' or '-'")
        plain = cls.LABEL.sub("", Reading(number).text.strip(), count=1)
        plain = _SEPARATORS.sub("", plain).upper()
        if not _NUMBER.fullmatch(plain):
            raise InvalidIdentifier(cls.NAME, "expected 2 to 40 letters and digits with at least one digit")
        if not plain.strip("0"):
            raise InvalidIdentifier(cls.NAME, "a number of zeros only stands for a missing one")
        return f"{register}/{plain}"


class License(RegisterNumber):
    NAME = "license"
    TITLE = "License number"
    LABEL = re.compile(r"^(?:licen[cs]e|lic|permit)?\s*(?:number|no|nr|num)?\s*[.:#]+\s*", re.IGNORECASE)

    @classmethod
    def examples(cls) -> tuple[Example, ...]:
        return (Example("MT-0012.345", "MT-0012.345", "tx_massage/MT0012345", qualifier="tx_massage"),)


class CompanyNumber(RegisterNumber):
    NAME = "company_number"
    TITLE = "Company number"
    LABEL = re.compile(r"^(?:company|reg(?:istration)?|file)?\s*(?:number|no|nr|num)?\s*[.:#]+\s*", re.IGNORECASE)

    @classmethod
    def examples(cls) -> tuple[Example, ...]:
        return (Example("Company No. 0123 4567", "Company No. 0123 4567", "gb_coh/01234567", qualifier="gb_coh"),)
