"""The contract proof holds, and a planted fault turns it red."""

from __future__ import annotations

from typing import Any

import pytest

from minerva.partner import api, entities
from minerva.partner.registry import OPERATIONS
from proofs import partner_contract
from tests.partner.world import World


def test_a_slice_holds() -> None:
    outcome = partner_contract.run(11, 0, 2 * len(OPERATIONS))
    assert (outcome.count, outcome.failures) == (2 * len(OPERATIONS), [])


def test_a_body_that_is_refused_as_too_large_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    plant = partner_contract._planted

    def planted_then_limited(world: World) -> dict[str, list[str]]:
        found = plant(world)
        monkeypatch.setattr(api, "MAX_BODY", 10)
        return found

    monkeypatch.setattr(partner_contract, "_planted", planted_then_limited)
    with_body = [each for each in OPERATIONS if each.body is not None]
    monkeypatch.setattr(partner_contract, "OPERATIONS", with_body)
    outcome = partner_contract.run(12, 0, 6 * len(with_body))
    assert (outcome.count, outcome.failures) == (6 * len(with_body), [])


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
