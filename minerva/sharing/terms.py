"""The terms of a release as a body states them: to whom, at which level, which classes of field, for how long."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from minerva.policy import COMMUNITY, EVERYONE, Grant, Level
from minerva.policy.model import Approval
from minerva.policy.vocabulary import CEILINGS
from minerva.tenancy.asking import BadRequest, Body, Store, number_of, text_of

DAYS, MOST_DAYS = 90, 365
DAY_S = 86_400


@dataclass(frozen=True)
class Terms:
    """`to`: a group id, *community or *everyone; `fields`: field classes, sorted; `days` until it expires."""

    to: str
    level: int
    fields: tuple[str, ...]
    days: int = DAYS
    no_evidence: bool = False
    no_reshare: bool = False

    def document(self) -> dict[str, Any]:
        """As it is stored and hashed."""
        return {**asdict(self), "fields": list(self.fields)}

    def grant(self, grant_id: str, author: str, time: float, approvals: tuple[Approval, ...] = ()) -> Grant:
        """The grant that a release on these terms would be."""
        return Grant(
            grant_id, self.to, Level(self.level), frozenset(self.fields), author, time, time + self.days * DAY_S, None,
            approvals, self.no_evidence, self.no_reshare,
        )  # fmt: skip


def read_terms(body: Body, store: Store, tenant: str) -> Terms:
    """The terms of a body. Raises BadRequest; a group of which the institution is no member is as unknown as any."""
    to = text_of(body, "to")
    if to not in (COMMUNITY, EVERYONE):
        group = store.context.groups.get(to)
        if group is None or tenant not in group.members or not group.active:
            raise BadRequest(f"to: expected a group of your institution, {COMMUNITY} or {EVERYONE}")
    level = level_of(body)
    if level is Level.PRIVATE:
        raise BadRequest("level: expected L1 to L6; what is private is not released")
    fields = body.get("fields")
    if not isinstance(fields, list) or not fields or not all(isinstance(each, str) for each in fields):
        raise BadRequest(f"fields: expected a list of field classes: {', '.join(CEILINGS)}")
    if not set(fields) <= set(CEILINGS):
        raise BadRequest(f"fields: the field classes are {', '.join(CEILINGS)}")
    days = number_of(body, "days", DAYS, 1, MOST_DAYS)
    flags = [body.get(key, False) for key in ("no_evidence", "no_reshare")]
    if not all(isinstance(flag, bool) for flag in flags):
        raise BadRequest("no_evidence, no_reshare: expected true or false")
    return Terms(to, int(level), tuple(sorted(set(fields))), days, *flags)


def stored_terms(document: dict[str, Any]) -> Terms:
    """Terms as `document` wrote them."""
    return Terms(**{**document, "fields": tuple(document["fields"])})


def level_of(body: Body) -> Level:
    """The level that a body names. Raises BadRequest."""
    text = text_of(body, "level")
    if text not in [f"L{level}" for level in range(7)]:
        raise BadRequest("level: expected one of L0 to L6")
    return Level.read(text)
