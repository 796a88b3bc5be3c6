"""A cell's words as what the policy is asked with: institutions, a subject, an object with its grant, circumstances."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from minerva.policy import COMMUNITY, EVERYONE, Action, Approval, Context, Grant, Group, Level, Object, Subject, Tenant
from tests.policy.oracle import CLASSES, GRANTED_LEVEL, WORTHLESS, Cell

NOW = 1_800_000_000.0
HOUR = 3600.0
HASH = "a" * 64


def tenant(name: str, kind: str, **changes: Any) -> Tenant:
    """An institution whose roles are named after it."""
    roles = (f"{name}_analyst", f"{name}_admin", name.title(), f"{name}_partner")
    made = Tenant(name, f"i_{name}", *roles, kind=kind, match="community")
    return replace(made, **changes)


KINDS = {
    "police": "police", "shelter": "ngo", "company": "company", "university": "university", "operator": "operator",
    "harbor": "ngo", "elsewhere": "ngo",
}  # fmt: skip
TENANTS = {name: tenant(name, kind) for name, kind in KINDS.items()}
RING = Group("ring", frozenset(TENANTS) - {"elsewhere"})
APART = Group("apart", frozenset({"harbor", "elsewhere"}))
GROUP_OF = {"named": "ring", "other group": "apart", "community": COMMUNITY, "everyone": EVERYONE}
PURPOSES = ("investigation", "victim_safety", "threat_to_life", "prevention", "research", "compliance")
TARGETS = {"target private": 0, "target above marking": 1}
OWNERS = {"28cfr23 without suspicion": "28cfr23", "unheard-of profile": "of a far land"}
PROFILED = ("vawa_voca", "sar", "gdpr_led", "28cfr23", *OWNERS)


def question(asked: Cell) -> tuple[Subject, Action, Object, str, Context]:
    """The arguments of decide() for a cell."""
    homes = asked.subject.split()[:-1] if asked.subject not in ("service", "outsider") else []
    homes = [name for name in homes if name in TENANTS]
    owner = (homes[0] if homes else "shelter") if asked.relation == "own" else "harbor"
    tenants = _tenants(asked, homes, owner)
    approvals = _approvals(asked, owner)
    obj = Object(
        "nowhere" if asked.relation == "unknown tenant" else owner,
        {"membership": "membership", "policy": "policy"}.get(asked.condition.split()[0], "entity"),
        Level(asked.level),
        "" if asked.condition == "no content hash" else HASH,
        "asker" if asked.condition == "asker made it" else "somebody",
        _grants(asked, approvals),
        "" if asked.condition == "no consent" else "consent 7",
        "" if asked.condition == "28cfr23 without suspicion" else "ground 9",
        asked.condition.startswith("hold"),
        asked.condition == "erased",
    )
    return (
        _subject(asked, homes),
        Action(asked.action),
        obj,
        asked.field_class,
        _context(asked, tenants, homes, approvals),
    )


def _subject(asked: Cell, homes: list[str]) -> Subject:
    if asked.subject == "service":
        return Subject("asker", frozenset(["minerva_service"]), frozenset(["minerva_query", "minerva_write"]))
    standing = asked.subject.split()[-1]
    standings = {standing, "admin"} if asked.condition == "also admin" else {standing}
    roles = frozenset(f"{name}_{each}" for name in homes for each in standings) | {"user", "power"}
    return Subject("asker", roles, frozenset(["minerva_query"]))


def _tenants(asked: Cell, homes: list[str], owner: str) -> dict[str, Tenant]:
    changes: dict[str, dict[str, Any]] = {}
    condition = asked.condition
    if condition in ("owner suspended", "owner retired"):
        changes[owner] = {"state": condition.split()[1]}
    if condition == "reader suspended":
        changes |= {name: {"state": "suspended"} for name in homes}
    if condition in ("no legal basis", "legal basis"):
        # On own objects gdpr_led would lower a ceiling too, which is a condition of its own.
        changes |= {
            name: {"profile": "gdpr_led" if asked.level % 2 and asked.relation != "own" else "28cfr23"}
            for name in homes
        }
    if condition in PROFILED:
        changes[owner] = {"profile": OWNERS.get(condition, condition)}
    if condition.startswith("match"):
        how = "groups" if "groups" in condition else "none"
        side = [owner] if condition.endswith("owner") else homes
        changes |= {name: {"match": how} for name in side}
    return {**TENANTS, **{name: replace(TENANTS[name], **change) for name, change in changes.items()}}


def _approvals(asked: Cell, owner: str) -> tuple[Approval, ...]:
    condition = asked.condition
    if condition == "no approval" or condition.endswith("without approval"):
        return ()
    age = {"approved too long ago": 72 * HOUR + 1, "approved 72 hours ago": 72 * HOUR, "approved later": -1}.get(
        condition, 5 * HOUR
    )
    home = "elsewhere" if condition == "approved by a stranger" else owner
    content = {"approved other content": "b" * 64, "no content hash": ""}.get(condition, HASH)
    names = ["second", "third"]
    if condition == "approved by author":
        names = ["asker", "asker"]
    elif condition == "one approver":
        names = ["second"]
    elif condition == "same approver twice":
        names = ["second", "second"]
    return tuple(Approval(name, home, content, NOW - age) for name in names)


def _grants(asked: Cell, approvals: tuple[Approval, ...]) -> tuple[Grant, ...]:
    if asked.relation not in GROUP_OF:
        return ()
    condition = asked.condition
    start = {"not yet": NOW + 1, "starts now": NOW}.get(condition, NOW - HOUR)
    if condition in WORTHLESS or condition == "approved 72 hours ago":
        start = NOW
    live = (
        Grant(
            "g1",
            GROUP_OF[asked.relation],
            Level(GRANTED_LEVEL.get(condition, asked.level)),
            frozenset(CLASSES) - ({asked.field_class} if condition == "class not released" else set()),
            "asker",
            start,
            {"expired": NOW - 1, "expires now": NOW}.get(condition, NOW + 90 * 24 * HOUR),
            {"revoked": NOW - 1, "revoked now": NOW, "to be revoked": NOW + 1}.get(condition),
            approvals,
            condition == "handling codes",
            condition == "handling codes",
        ),
    )
    before = {
        "behind an expired grant": {"expires": NOW - 1},
        "behind a revoked grant": {"revoked": NOW - 1},
        "behind a strange group's grant": {"group_id": "apart"},
    }.get(condition)
    return live if before is None else (replace(live[0], **before), *live)  # type: ignore[arg-type]


def _context(asked: Cell, tenants: dict[str, Tenant], homes: list[str], approvals: tuple[Approval, ...]) -> Context:
    condition = asked.condition
    ring = RING
    if condition == "owner left group":
        ring = replace(RING, members=RING.members - {"harbor"})
    elif condition == "reader left group":
        ring = replace(RING, members=RING.members - set(homes))
    elif condition == "just the two":
        ring = replace(RING, members=frozenset({"harbor", *homes}))
    elif condition == "group closed":
        ring = replace(RING, active=False)
    groups = {"apart": APART} if condition == "group gone" else {"apart": APART, "ring": ring}
    acting = {"acting for own": homes[0] if homes else "", "acting for a stranger": "elsewhere"}.get(condition, "")
    rows = 100 if condition.startswith("hundred") else 101 if condition.startswith("many") else 10
    target = TARGETS.get(condition)
    level = asked.level if target is None else 0 if target == 0 else min(6, asked.level + 1)
    purpose = PURPOSES[(asked.level + len(asked.action)) % len(PURPOSES)]
    return Context(
        tenants,
        groups,
        NOW,
        acting,
        {"no purpose": "", "invented purpose": "curiosity"}.get(condition, purpose),
        "" if condition == "no case" else "C-17",
        "" if condition == "no legal basis" else "statute",
        approvals,
        rows,
        Level(level),
    )
