"""Limits a person and day, counted in the store: they hold over requests, handler processes and search heads.

The newest of a day's numbered rows holds the total. Who adds to it inserts the next number, which fails where somebody
else was faster, so that no two add to one total.
"""

from __future__ import annotations

from minerva.policy import WRITE_CAPABILITY, tenants_of
from minerva.policy.model import REQUESTS_PER_DAY
from minerva.tenancy.asking import OverBudget, Store

EXPORTED, ASKED, KEPT_OUT = "exported", "asked", "kept_out"
"""What is counted: rows that a person exports, requests that a person sends to the entity handler, and things of a
person's imports that the institution's rules keep out."""
DAY_S = 86_400
TRIES = 50
SHARE = 50
"""A process of the handler takes so many requests of a person at once; what it does not use by midnight is lost."""


def used(store: Store, what: str) -> int:
    """How much of it the asker has used up today (UTC)."""
    return _newest(store, _who(store, what))[1]


def add(store: Store, what: str, amount: int, limit: int) -> bool:
    """Counts an amount for the asker; False, and nothing is counted, where the day's total would exceed the limit."""
    who, day = _who(store, what), _day(store)
    for _ in range(TRIES):
        number, total = _newest(store, who)
        if total + amount > limit:
            return False
        row = {"_key": f"{who}:{day}:{number + 1:06d}", "who": who, "day": day, "number": number + 1}
        if store.collections["budgets"].insert({**row, "total": total + amount, "time": store.context.now}):
            return True
    raise OverBudget("too many requests at once", 1)


def is_counted(store: Store, what: str, thing: str) -> bool:
    """Whether the asker was counted for this very thing today: the same content in another format is one export."""
    return store.collections["budgets"].get(_key_of(store, what, thing)) is not None


def remember(store: Store, what: str, thing: str) -> None:
    """Keeps that the asker was counted for it today."""
    row = {"_key": _key_of(store, what, thing), "who": f"same:{_who(store, what)}", "day": _day(store)}
    store.collections["budgets"].insert({**row, "time": store.context.now})


def count_request(store: Store) -> None:
    """Counts one request to the entity handler. Raises OverBudget. The service and inputs are not limited.

    Without a collection of budgets nobody is.
    """
    subject, tenants = store.subject, store.context.tenants
    if "budgets" not in store.collections or WRITE_CAPABILITY in subject.capabilities:
        return
    if any(each.takes_in(subject.roles) for each in tenants.values()):
        return
    own = [tenants[name].requests_per_day for name in tenants_of(subject, store.context)]
    limit, who, day = min(own, default=REQUESTS_PER_DAY), _who(store, ASKED), _day(store)
    held, left = store.shares.get(who, (day, 0))
    if held != day or left < 1:
        left = next((amount for amount in (SHARE, 1) if add(store, ASKED, amount, limit)), 0)
    if left < 1:
        raise OverBudget(
            f"you have sent {limit} requests today, as many as one person may: ask again after midnight (UTC), or ask "
            "your operator for more (requests_per_day)", DAY_S - int(store.context.now) % DAY_S,
        )  # fmt: skip
    store.shares[who] = day, left - 1


def _who(store: Store, what: str) -> str:
    return f"{what}:{store.trail.token('user', store.subject.user)}"


def _key_of(store: Store, what: str, thing: str) -> str:
    return f"same:{_who(store, what)}:{_day(store)}:{thing}"


def _day(store: Store) -> int:
    return int(store.context.now // DAY_S)


def _newest(store: Store, who: str) -> tuple[int, int]:
    """Number and total of the day's newest row; 0 and 0 before the first."""
    found = store.collections["budgets"].find({"who": who, "day": _day(store)}, sort="number:-1", limit=1)
    return (int(found[0]["number"]), int(found[0]["total"])) if found else (0, 0)
