"""When the service last did what it does by the clock, so that a duty that is left out, night after night, is told."""

from __future__ import annotations

from minerva.tenancy.asking import Store

DAY_S = 86_400
DUTIES = {"rerelease": 2 * DAY_S, "purge": 2 * DAY_S, "publish_counts": 9 * DAY_S}
"""Operation -> seconds after which it is late: one run may be missed for a restart."""


def done(store: Store, duty: str) -> None:
    """Notes that a duty has been carried out to its end."""
    store.collections["refresh"].batch_save([_row(duty, store.context.now)])


def late(store: Store) -> list[str]:
    """The duties that are late, each with its days. One that was never done counts from when it was first asked for."""
    found = []
    for duty, after in DUTIES.items():
        row = store.collections["refresh"].get(_key(duty))
        if row is None:
            done(store, duty)
            continue
        passed = store.context.now - float(row["number"])
        if passed > after:
            found.append(f"{duty} ({passed / DAY_S:.0f} days)")
    return found


def _key(duty: str) -> str:
    return f"duty:{duty}"


def _row(duty: str, now: float) -> dict[str, object]:
    return {"_key": _key(duty), "kind": "duty", "number": now}
