"""An invented chain: locations, a policy with holes, staff, vendors' answers and outcomes whose truth is known."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

AS_OF = date(2026, 6, 30)
POLICY: list[dict[str, Any]] = [
    {"name": "county records", "before_hire": True, "finds": ["conviction in the county"]},
    {"name": "national records", "before_hire": True, "every_months": 24, "roles": ["manager"],
     "finds": ["conviction in the county", "conviction elsewhere"]},
    {"name": "license check", "before_hire": True, "every_months": 12, "finds": ["license withdrawn"]},
    {"name": "news of arrests", "in_policy": False, "finds": ["arrest"]},
]  # fmt: skip
TRUTH = {
    "o-acted": "flagged, acted on", "o-ignored": "flagged, nothing came of it", "o-missed": "done, did not tell",
    "o-early": "done before it was on record, not again", "o-undone": "due before the first day, not done",
    "o-role": "in the policy, not for this role or time", "o-absent": "not in the policy",
}  # fmt: skip
"""Outcome -> what became of the one step that could have caught it."""


def chain(seed: int = 5, locations: int = 12, staff: int = 20) -> dict[str, Any]:
    """Returns the document of a chain. Of each tenth of the staff one step is missing."""
    draw = random.Random(seed)
    places = [{"location": f"L{number}", "label": f"Harbor {number}", "region": "QX", "signals": {"complaints": number}}
              for number in range(locations)]  # fmt: skip
    people, results = [], []
    for place in places:
        for number in range(staff):
            key, hired = f"{place['location']}-{number}", AS_OF - timedelta(days=draw.randint(200, 700))
            role = "manager" if number == 0 else "staff"
            people.append({"staff": key, "location": place["location"], "role": role, "hired": hired.isoformat()})
            for step in ("county records", "license check", *(["national records"] if role == "manager" else [])):
                if draw.random() >= 0.1:
                    day = max(hired - timedelta(days=3), AS_OF - timedelta(days=300) if "license" in step else hired)
                    results.append({"staff": key, "step": step, "day": day.isoformat(), "answer": "clear"})
    made = _outcomes(people, results)
    return {"name": "Harbor Hotels", "as_of": AS_OF.isoformat(), "policy": POLICY, "locations": places, "staff": people,
            "results": results, "outcomes": made}  # fmt: skip


def _outcomes(people: list[dict[str, Any]], results: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Adds one worker for each outcome of TRUTH, and one of no record."""
    told = {  # outcome: (role, fact, step of the result or "", its answer, acted, days from fact to result)
        "o-acted": ("staff", "conviction in the county", "county records", "flag", True, 10),
        "o-ignored": ("staff", "conviction in the county", "county records", "flag", False, 10),
        "o-missed": ("staff", "conviction in the county", "county records", "clear", False, 10),
        "o-early": ("staff", "conviction in the county", "county records", "clear", False, -10),
        "o-undone": ("staff", "license withdrawn", "", "", False, 0),
        "o-role": ("staff", "conviction elsewhere", "", "", False, 0),
        "o-absent": ("staff", "arrest", "", "", False, 0),
        "o-none": ("staff", "", "", "", False, 0),
    }
    found = []
    for number, (name, (role, fact, step, answer, acted, days)) in enumerate(told.items()):
        hired = AS_OF - timedelta(days=500)
        since = hired + timedelta(days=days if days < 0 else -20) if days >= 0 else hired + timedelta(days=5)
        key = f"person {number}"
        people.append({"staff": key, "location": "L0", "role": role, "hired": hired.isoformat()})
        if step:
            day = since + timedelta(days=days)
            results.append(
                {"staff": key.upper(), "step": step, "day": day.isoformat(), "answer": answer, "acted": acted}
            )
        facts = [{"kind": fact, "since": since.isoformat()}] if fact else []
        found.append({"outcome": name, "staff": key, "location": "L0", "day": (AS_OF - timedelta(days=40)).isoformat(),
                      "kind": "reported by police", "facts": facts})  # fmt: skip
    return found
