"""The contract proof holds, and a planted fault turns it red."""

from __future__ import annotations

from typing import Any

import pytest

from minerva.partner import entities
from minerva.partner.registry import OPERATIONS
from proofs import partner_contract


def test_a_slice_holds() -> None:
    outcome = partner_contract.run(11, 0, 2 * len(OPERATIONS))
    assert (outcome.count, outcome.failures) == (2 * len(OPERATIONS), [])


@pytest.mark.parametrize(
    "fault", [KeyError("a planted fault"), {"entities": 7, "next_cursor": None}], ids=["server error", "wrong answer"]
)
def test_a_planted_fault_is_found(monkeypatch: pytest.MonkeyPatch, fault: Any) -> None:
    def broken(*_: object) -> dict[str, Any]:
        if isinstance(fault, Exception):
            raise fault
        found: dict[str, Any] = fault
        return found

    place = next(each for each in OPERATIONS if each.run is entities.list_entities)
    monkeypatch.setitem(place.__dict__, "run", broken)
    sound = [each for each in OPERATIONS if each.operation_id in ("getEntity", "listNotices", "submitRecord")]
    monkeypatch.setattr(partner_contract, "OPERATIONS", (*sound, place))
    failures = partner_contract.run(11, 0, 2 * (len(sound) + 1)).failures
    assert failures
    assert all(line.startswith("listEntities") for line in failures)
