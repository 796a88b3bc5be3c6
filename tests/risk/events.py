"""Events of invented records, as the index holds them."""

from __future__ import annotations

from typing import Any

from minerva.partner.records import read_submission
from minerva.policy import Tenant
from minerva.records import Record
from minerva.risk.values import day_of

NOW = 1_793_491_200.0
TODAY = day_of("2026-11-01") or 0
TENANT = Tenant("north", "i", "a", "b", region="US")


def record(kind: str, key: str, **given: Any) -> Record:
    """A record as the partner API would store it."""
    row = {"record_type": kind, "source": "made", "key": key, "observed_time": "2026-10-01T10:00:00Z", **given}
    item = read_submission(row, TENANT, NOW)
    assert item.record is not None, item.fault
    return item.record


HOUSE = {"address": "12 Harbor Street", "city": "Springfield", "region": "IL", "postcode": "62701"}
PHONE = "(217) 555-0111"


def parlor() -> dict[str, Record]:
    """The records of one massage business that has many signs, beside a register of others in its town."""
    at = {**HOUSE, "phones": [PHONE]}
    made = {
        "revoked": record(
            "license", "old", name="Quiet Moon Massage", **at,
            attributes={"category": "Massage establishment", "status": "revoked", "issued": "2020-01-05",
                        "ended": "2024-02-01", "owner": "Lado Mirate"},
        ),
        "license": record(
            "license", "new", name="Amber Leaf Spa", **at,
            attributes={"category": "Massage establishment", "status": "expired", "issued": "2024-05-01",
                        "expires": "2026-05-01", "owner": "Lado Mirate"},
        ),
        "map": record(
            "establishment", "map", name="Amber Leaf Spa", **at,
            attributes={"category": "Massage and spa", "employees": "5", "hours": "10:00-02:00",
                        "inspection_result": "front windows covered with foil; front door locked"},
        ),
        "therapist": record(
            "license", "t1", name="Sewiba Tolade", **HOUSE,
            attributes={"category": "Massage therapist", "status": "active", "expires": "2027-12-31"},
        ),
        "review": record("review", "r1", name="Amber Leaf Spa", **at, text="Guys, happy ending included if you tip."),
        "ad": record("ad", "a1", text=f"Open late, call {PHONE}", city="Springfield", region="IL",
                     attributes={"category": "body rubs"}),
        "case": record("filing", "c1", name="Amber Leaf Spa", **HOUSE, attributes={"category": "solicitation"}),
    }  # fmt: skip
    for number in range(6):
        made[f"other{number}"] = record(
            "license", f"o{number}", name=f"Cedar {number} Massage", city="Springfield", region="IL",
            address=f"{number + 3}00 Mill Road", phones=[f"(217) 555-012{number}"],
            attributes={"category": "Massage establishment", "status": "active", "expires": "2027-05-01"},
        )  # fmt: skip
    return made


def held(records: dict[str, Record]) -> dict[str, str]:
    """Record id -> entity: those of the parlor are one, all others their own; people are never of the parlor."""
    own = ("revoked", "license", "map", "review", "ad", "case")
    return {each.record_id: "e_parlor" if name in own else f"e_{name}" for name, each in records.items()}
