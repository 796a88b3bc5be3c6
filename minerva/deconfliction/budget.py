"""Budgets against enumeration: how many questions a user and an institution may ask, kept in the store.

Each question takes a numbered place by inserting its row, and inserting fails where the key is taken: two handlers
cannot give one place twice.
"""

from __future__ import annotations

from minerva.documents import Collection
from minerva.sharing import log
from minerva.tenancy.asking import OverBudget, Store

USER_DAY, TENANT_DAY = 200, 2000
BURST, BURST_S = 30, 60
"""More questions of one user within so many seconds are a program that tries numbers, not a person with a case."""
DAY_S = 86_400
TRIES = 50


def check(store: Store, tenant: str) -> int:
    """How many questions the user may still ask today, one of them now. Raises OverBudget; a burst raises the alarm."""
    user, _ = _names(store, tenant)
    left = min(limit - _used(store, who) for who, limit in _limits(store, tenant))
    if left < 1:
        seconds = DAY_S - int(store.context.now) % DAY_S
        raise OverBudget(f"{USER_DAY} questions a user and {TENANT_DAY} an institution a day", seconds)
    since = store.context.now - BURST_S
    recent = store.collections["budgets"].find({"who": user, "time": {"$gt": since}}, limit=BURST)
    if len(recent) >= BURST:
        _alarm(store, tenant)
        raise OverBudget(f"more than {BURST} questions within {BURST_S} seconds", BURST_S)
    return left


def spend(store: Store, tenant: str) -> int:
    """Takes a place in both budgets; how many questions are left. Raises OverBudget if others took the last one."""
    left = []
    for who, limit in _limits(store, tenant):
        for _ in range(TRIES):
            number = _used(store, who)
            if number >= limit:
                check(store, tenant)
                raise OverBudget("the last question of the day was asked by others", DAY_S)
            if _take(store.collections["budgets"], store, who, number):
                left.append(limit - number - 1)
                break
        else:
            raise OverBudget("too many questions at once", 1)
    return min(left)


def used_today(store: Store, tenant: str, user: str = "") -> int:
    """How many questions an institution, or one of its users, has asked today."""
    return _used(store, f"u:{tenant}:{store.trail.token('user', user)}" if user else f"t:{tenant}")


def _names(store: Store, tenant: str) -> tuple[str, str]:
    return f"u:{tenant}:{store.trail.token('user', store.subject.user)}", f"t:{tenant}"


def _limits(store: Store, tenant: str) -> list[tuple[str, int]]:
    user, institution = _names(store, tenant)
    return [(user, USER_DAY), (institution, TENANT_DAY)]


def _day(store: Store) -> int:
    return int(store.context.now // DAY_S)


def _used(store: Store, who: str) -> int:
    found = store.collections["budgets"].find({"who": who, "day": _day(store)}, sort="number:-1", limit=1)
    return int(found[0]["number"]) + 1 if found else 0


def _take(collection: Collection, store: Store, who: str, number: int) -> bool:
    day = _day(store)
    key = f"{who}:{day}:{number:06d}"
    return collection.insert({"_key": key, "who": who, "day": day, "number": number, "time": store.context.now})


def _alarm(store: Store, tenant: str) -> None:
    """Tells the institution and the platform's operators, once a day and user."""
    store.trail.refuse("over_budget")
    user, _ = _names(store, tenant)
    if not _take(store.collections["budgets"], store, f"alarm:{user}", 0):
        return
    label = store.context.tenants[tenant].name
    log.tell(store, tenant, "alarm", user=store.subject.user, text="many questions in a short time")
    for name, other in store.context.tenants.items():
        if other.kind == "operator" and name != tenant:
            log.tell(store, name, "alarm", institution=label, text="many questions in a short time")
