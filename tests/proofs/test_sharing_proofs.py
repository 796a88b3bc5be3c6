"""The proofs of sharing turn red when a fault is planted: each removes one condition that a leak would need."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from minerva.deconfliction import budget, cubes
from minerva.policy import decision
from minerva.policy.vocabulary import Audience
from minerva.sharing import copies, effects, grants, release, terms, tokens
from minerva.sharing.objects import marked_object
from minerva.vault import erasure
from proofs import count_attacks, enumeration, sharing_model
from proofs.model import Outcome

Patch = Callable[[pytest.MonkeyPatch], None]


def plant(module: Any, name: str, value: Any) -> Patch:
    return lambda patching: patching.setattr(module, name, value)


def erased_is_forgotten(patching: pytest.MonkeyPatch) -> None:
    patching.setattr(erasure, "_end_releases", lambda *_: None)
    patching.setattr(erasure, "remark", lambda *_: {})


MODEL: dict[str, Patch] = {
    "a recall that stores nothing": plant(effects, "finish", lambda *_: False),
    "an expiry ten times as far": plant(terms, "DAY_S", 864_000),
    "a marking that nobody heeds": plant(
        grants, "marked_object", lambda tenant, what, _, *rest: marked_object(tenant, what, {"level": "L6"}, *rest)
    ),
    "a university that reads as a member": plant(decision, "_audience", lambda reader, granted: Audience.NAMED),
    "approvals that nobody gave": plant(decision, "approvers", lambda *_: 2),
    "no tombstones": plant(copies, "_take_back", lambda *_: None),
    "an erasure that leaves releases": erased_is_forgotten,
    "no tokens": plant(tokens, "register", lambda *_: 0),
    "a changed content that is released": plant(release, "current_hash", lambda held, row: row["content_hash"]),
}  # fmt: skip


@pytest.mark.full
@pytest.mark.parametrize("name", MODEL)
def test_the_model_notices(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    MODEL[name](monkeypatch)
    assert sharing_model.run(7, 0, 2_000).failures


def test_the_model_holds_without_a_fault() -> None:
    assert sharing_model.run(7, 0, 1_000) == Outcome(1_000, [])


def only_for_ever(key: bytes, what: str) -> int:
    return 0 if what.startswith("week") else 3


COUNTS: dict[str, tuple[Any, str, Any]] = {
    "counts without noise": (cubes, "SCALE", 0.01),
    "no weekly noise": (cubes, "_noise", only_for_ever),
    "a threshold that is known": (cubes, "SPREAD", 0),
    "cells of one's own making": (cubes.Cell, "may_be_shown", lambda self, reader: True),
}


@pytest.mark.parametrize("name", COUNTS)
def test_the_attacks_on_counts_notice(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(*COUNTS[name])
    assert count_attacks.run(7, 0, 1_000).failures


def test_the_attacks_on_counts_fail_without_a_fault() -> None:
    assert count_attacks.run(7, 0, 1_000).failures == []


@pytest.mark.parametrize(
    ("module", "name", "value"),
    [(budget, "USER_DAY", 10**6), (budget, "_used", lambda store, who: 0), (enumeration, "SPACE", 2_000)],
    ids=["no limit a user", "questions that are not counted", "a space as small as an age"],
)
def test_the_enumeration_notices(module: Any, name: str, value: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, name, value)
    if name == "_used":
        monkeypatch.setattr(budget, "_take", lambda *_: True)
    assert enumeration.run(7, 0, 400).failures


def test_the_enumeration_is_stopped_without_a_fault() -> None:
    assert enumeration.run(7, 0, 400) == Outcome(400, [])
