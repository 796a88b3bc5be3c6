"""The policy decides every cell of its matrix as tables written apart from it say."""

from __future__ import annotations

import random

from minerva.policy import decide
from proofs.model import Outcome, Proof
from tests.policy.cast import question
from tests.policy.oracle import CELLS, cell, permitted

BATCH = 50_000


def run(seed: int, batch: int, size: int) -> Outcome:
    """A full run goes through all cells by number; the batches beyond draw from all of them."""
    chance = random.Random(f"{seed}:{batch}")
    first = batch * BATCH
    failures = []
    for number in range(first, first + size):
        asked = cell(number if number < CELLS else chance.randrange(CELLS))
        wanted = permitted(asked)
        given = decide(*question(asked))
        if given.permits != wanted:
            kind = "LEAK" if given.permits else "refused"
            failures.append(f"{kind}: {', '.join(map(str, asked))}: {given.reason_code}")
    return Outcome(size, failures)


PROOF = Proof(
    name="policy_matrix",
    claim="decide() permits a cell of subject, relation, level, action, field class and condition exactly where an "
    "independently written table does: no difference, no leak",
    unit="cells",
    target=CELLS,
    batch=BATCH,
    slice=50_000,
    run=run,
)
