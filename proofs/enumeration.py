"""Who tries identifiers one after another is stopped by the budget long before much is found.

An institution with as many users as it likes asks the services about candidates of a space in which another holds a
few; what it finds is compared with what is there, and what was answered with the budgets.
"""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

from minerva.audit import Trail
from proofs.model import Outcome, Proof
from proofs.sharing_model import Quiet
from tests.sharing.desk import DAY, STATED, Desk, who

SPACE, HELD = 100_000, 500
MOST = 0.05
USER_DAY, TENANT_DAY = 200, 2000
"""What the budgets allow, written down a second time."""
PACE_S = 3.0
"""Seconds between two questions of one user: slow enough never to be a burst."""


def name_of(number: int) -> str:
    """A candidate."""
    return f"email:u{number:06d}@mail.example"


class Attacked(Desk):
    """A desk whose river holds HELD candidates, open to be matched by the ring. Without audit chains."""

    def __init__(self, chance: random.Random) -> None:
        super().__init__()
        self.held = set(chance.sample(range(SPACE), HELD))
        self.entity(identifiers=sorted(map(name_of, self.held)))
        self.got(who("river"), "mark", entity_id="e_1", level="L1", **STATED)
        self.released(level="L1", fields=["infrastructure"])

    def store(self, subject: Any) -> Any:
        """Without audit chains."""
        return replace(super().store(subject), trail=Trail(Quiet(), b"key"))


def run(seed: int, batch: int, size: int) -> Outcome:
    """`size` questions of one day, by users who each ask until they are refused."""
    chance = random.Random(f"{seed}:{batch}")
    desk = Attacked(chance)
    start = desk.now = (desk.now // DAY + 1) * DAY
    found: set[int] = set()
    answered, asked, user = 0, 0, 0
    refused = False
    for candidate in chance.sample(range(SPACE), size):
        asked += 1
        subject = who("north", user=f"user{user}")
        status, answer = desk.ask(subject, "deconflict", identifier=name_of(candidate), **STATED)
        if status == 429:
            refused, user = True, user + 1
            continue
        answered += 1
        found |= {candidate} if answer["hit"] else set()
        desk.now = min(desk.now + PACE_S, start + DAY - 1)
    failures = []
    most = min(TENANT_DAY, USER_DAY * (user + 1))
    if answered > most or (size > USER_DAY and not refused):
        failures.append(f"{answered} questions of {user + 1} users were answered in a day; the budgets allow {most}")
    if len(found) > MOST * HELD:
        failures.append(f"{len(found)} of {HELD} held identifiers were found: {len(found) / HELD:.1%}")
    if answered > 100 and not found and HELD / SPACE > 0.02:
        failures.append("nothing was found although much is held: the attack is none")
    if found - desk.held:
        failures.append(f"{len(found - desk.held)} hits on what nobody holds")
    return Outcome(asked, failures)


PROOF = Proof(
    name="enumeration",
    claim="an institution that asks about every candidate of 100,000 is stopped by its budget and finds at most 5 % of "
    "what another holds",
    unit="questions",
    target=6_000,
    batch=3_000,
    slice=300,
    run=run,
)
