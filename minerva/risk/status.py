"""Whether a license or a business stands, ended, or was ended by an authority, in the words of registers."""

from __future__ import annotations

import re

from minerva.risk.reading import Fact

CURRENT, ENDED, UNKNOWN = "current", "ended", "unknown"
_CURRENT = re.compile(r"\b(?:active|current|valid|licensed|good standing|approved|registered|open|issued)\b")
_ENDED = re.compile(
    r"\b(?:expired|inactive|lapsed|surrendered|cancell?ed|closed|revoked|suspended|terminated|void|denied|not renewed"
    r"|dissolved|withdrawn|out of business)\b"
)
_BY_AUTHORITY = re.compile(r"\b(?:revo[ck]|suspen|denied|closed by|clos(?:ure|ing) order|cease|emergency)")


def standing_of(fact: Fact, today: int) -> str:
    """CURRENT, ENDED or UNKNOWN on a day, by what the record states: its status, else its dates."""
    status = fact.first("status").casefold()
    if _ENDED.search(status) or any(
        day is not None and day <= today for day in (fact.day_at("ended"), fact.day_at("closed"))
    ):
        return ENDED
    expires = fact.day_at("expires")
    if expires is not None:
        return CURRENT if expires >= today else ENDED
    return CURRENT if _CURRENT.search(status) else UNKNOWN


def by_authority(fact: Fact) -> bool | None:
    """Whether the record says that an authority ended it; None where it says nothing of how it stands."""
    told = " ".join((fact.first("status"), fact.first("discipline"), fact.first("ended_why"))).casefold().strip()
    return bool(_BY_AUTHORITY.search(told)) if told else None


def begins(fact: Fact) -> int | None:
    """The day from which a record speaks of the business."""
    return next((day for name in ("effective", "issued", "opened") if (day := fact.day_at(name)) is not None), None)


def ends(fact: Fact, today: int) -> int | None:
    """The day on which it ended, as far as it is told and past."""
    told = [day for name in ("ended", "closed", "expires") if (day := fact.day_at(name)) is not None and day <= today]
    return min(told) if told else None
