"""Counts of what others released for counting: fixed tables of at most two attributes, published weekly.

A cell is given from eleven objects of others on, and from how many more is drawn for each reader and cell: whoever
knows all objects but one must not learn of that one by seeing the cell. Counts hold noise in two parts: one belongs to
the cell for ever, so that no number of weeks averages it away; the other is drawn anew each week, so that two weeks do
not tell what came between. There is no filter and no query, only the published table.
"""

from __future__ import annotations

import hmac
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from minerva.documents import PAGE, find_all
from minerva.policy import COMMUNITY, EVERYONE, Action, Context
from minerva.policy.vocabulary import INFRASTRUCTURE, STATISTICS
from minerva.sharing.grants import Released, of_owner
from minerva.sharing.objects import RECORD
from minerva.sharing.recipients import allowed, others
from minerva.tenancy import duties
from minerva.tenancy.asking import Absent, BadRequest, Body, Store, text_of

LEAST, SPREAD = 11, 20
"""Objects of others that a cell needs, and how many more it may need, drawn once for reader and cell."""
SCALE = 6.0
"""Of each part of the noise (two-sided geometric): no published number is exact with more than one chance in twenty."""
WEEK_S = 7 * 86_400
CUBES: tuple[tuple[str, ...], ...] = (
    ("record_type",), ("size",), ("month",), ("city",), ("record_type", "month"), ("record_type", "city"),
)  # fmt: skip
_CLASS = {"record_type": STATISTICS, "size": STATISTICS, "month": STATISTICS, "city": INFRASTRUCTURE}
_SIZES = ((1, "1"), (4, "2-4"), (9, "5-9"), (49, "10-49"))


@dataclass(frozen=True)
class Counted:
    """One object: whose it is, its name (never published) and its attributes, at most one value each."""

    owner: str
    name: str
    attributes: Mapping[str, str]


@dataclass(frozen=True)
class Cell:
    """A published count, and owner -> how many of the objects behind it are its own (never published).

    place, key: what it is drawn by how many more of others' a reader needs.
    """

    count: int
    owners: Mapping[str, int]
    place: str = ""
    key: bytes = b""

    def may_be_shown(self, reader: str) -> bool:
        """Whether enough of it is others': who adds ten objects of its own must not learn of the eleventh."""
        others = sum(self.owners.values()) - self.owners.get(reader, 0)
        return others >= LEAST + self._more(reader)

    def _more(self, reader: str) -> int:
        """0 to SPREAD, each as likely, always the same for a reader and a cell."""
        digest = hmac.new(self.key, f"seen\0{self.place}\0{reader}".encode("utf-8", "surrogatepass"), "sha256").digest()
        return int.from_bytes(digest[:8], "big") % (SPREAD + 1)


def publish(objects: Iterable[Counted], key: bytes, audience: str, week: int) -> dict[tuple[str, str], Cell]:
    """(cube, cell) -> published count. Cells below LEAST, before or after noise, are left out. Pure.

    The weekly noise depends on the week alone: noise that changed with the objects of a cell would tell that they did.
    """
    cells: dict[tuple[str, str], list[Counted]] = {}
    for item in objects:
        for cube in CUBES:
            values = [item.attributes.get(name, "") for name in cube]
            if all(values):
                cells.setdefault(("*".join(cube), "|".join(values)), []).append(item)
    found = {}
    for (name, cell), items in sorted(cells.items()):
        if len(items) < LEAST:
            continue
        place = f"{audience}\0{name}\0{cell}"
        noisy = len(items) + _noise(key, f"cell\0{place}") + _noise(key, f"week\0{place}\0{week}")
        if noisy >= LEAST:
            found[name, cell] = Cell(noisy, Counter(item.owner for item in items), place, key)
    return found


def _noise(key: bytes, what: str) -> int:
    """A whole number from the two-sided geometric distribution of SCALE, always the same for the same thing."""
    digest = hmac.new(key, what.encode("utf-8", "surrogatepass"), "sha256").digest()
    ratio = math.exp(-1 / SCALE)
    return _geometric(digest[:8], ratio) - _geometric(digest[8:16], ratio)


def _geometric(drawn: bytes, ratio: float) -> int:
    """The number of failures before a success, from 64 even bits."""
    even = (int.from_bytes(drawn, "big") + 0.5) / 2**64
    return int(math.log(even) / math.log(ratio))


def attributes_of(content: Mapping[str, Mapping[str, Any]], classes: Iterable[str]) -> dict[str, str]:
    """What of a released object is counted, as far as its classes may be."""
    flat = {key: value for name in classes for key, value in content.get(name, {}).items()}
    found: dict[str, str] = {}
    if flat.get("record_types"):
        found["record_type"] = min(flat["record_types"], key=lambda name: (-flat["record_types"][name], name))
    if flat.get("size"):
        found["size"] = next((name for bound, name in _SIZES if flat["size"] <= bound), "50+")
    if flat.get("last_time"):
        found["month"] = datetime.fromtimestamp(flat["last_time"], timezone.utc).strftime("%Y-%m")
    if flat.get("cities"):
        found["city"] = sorted(flat["cities"])[0]
    return {key: value for key, value in found.items() if _CLASS[key] in classes}


def publish_counts(body: Body, store: Store) -> dict[str, Any]:
    """{} -> {"cubes": number of cells}. Service only.

    Publishes the tables of every group and of the community, if those of this week are not there yet.
    """
    tenants = [name for name in sorted(store.context.tenants) if store.may(Action.STORE, name)]
    if not tenants:
        raise Absent
    collection, now = store.collections["cubes"], store.context.now
    week = int(now // WEEK_S)
    last = collection.find({"audience": "*time"}, limit=1)
    store.trail.permit()
    if last and int(last[0]["time"] // WEEK_S) >= week:
        # Twice in a week would be twice with the same noise, and the difference would be exact.
        duties.done(store, "publish_counts")
        return {"cubes": len(find_all(collection, {"time": last[0]["time"]})) - 1}
    live = [each for name in tenants for each in of_owner(store, name) if each.state(now) == "live"]
    rows: list[dict[str, Any]] = []
    for audience in (*sorted(store.context.groups), COMMUNITY):
        readers = readers_of(store.context, audience)
        objects = list(_counted(store, live, audience, readers))
        for (cube, cell), made in publish(objects, store.secret("cubes"), audience, week).items():
            rows.append(
                {
                    "_key": f"{audience}:{cube}:{cell}", "audience": audience, "cube": cube, "cell": cell,
                    "count": made.count, "time": now, "readers": list(filter(made.may_be_shown, readers)),
                }
            )  # fmt: skip
    rows.append({"_key": "*time", "audience": "*time", "time": now})
    for at in range(0, len(rows), PAGE):
        collection.batch_save(rows[at : at + PAGE])
    collection.discard({"time": {"$lt": now}})
    duties.done(store, "publish_counts")
    return {"cubes": len(rows) - 1}


def readers_of(context: Context, audience: str) -> list[str]:
    """The active institutions that a published table is for."""
    active = sorted(name for name, tenant in context.tenants.items() if tenant.state == "active")
    if audience == COMMUNITY:
        return active
    group = context.groups.get(audience)
    return [name for name in active if group is not None and group.active and name in group.members]


def _counted(store: Store, live: Sequence[Released], audience: str, readers: Sequence[str]) -> Iterable[Counted]:
    """Objects that every reader other than the owner may count, each once."""
    wide = (COMMUNITY, EVERYONE)
    seen: dict[tuple[str, str], dict[str, str]] = {}
    for released in live:
        row = released.document
        if row["what"] == RECORD:  # eleven records may be one person
            continue
        if row["audience"] != audience and not (audience == COMMUNITY and row["audience"] in wide):
            continue
        context = released.circumstances(store.context)
        classes = released.grant.fields
        for tenant in others(row["tenant_id"], context):
            if tenant.tenant_id in readers:
                classes &= allowed(tenant, released.obj, classes, context, (Action.COUNT,))[Action.COUNT]
        attributes = attributes_of(released.content, classes)
        if attributes and any(name != row["tenant_id"] for name in readers):
            seen.setdefault((row["tenant_id"], f"{row['what']}:{row['object_id']}"), {}).update(attributes)
    return [Counted(owner, name, attributes) for (owner, name), attributes in sorted(seen.items())]


def counts(body: Body, store: Store) -> dict[str, Any]:
    """{"group_id"} or {} for the community -> {"cubes": {cube: {cell: count}}, "published"}: the tables as published.

    Given to the institutions they were published for; a group of others is as unknown as any.
    """
    tenant = store.tenant_for(Action.COUNT, body)
    audience = text_of(body, "group_id") if "group_id" in body else COMMUNITY
    if audience != COMMUNITY and tenant not in readers_of(store.context, audience):
        raise BadRequest("group_id: expected a group of your institution")
    found: dict[str, dict[str, int]] = {}
    published = 0
    for row in find_all(store.collections["cubes"], {"audience": audience}):
        if tenant in row["readers"]:
            found.setdefault(row["cube"], {})[row["cell"]] = row["count"]
            published = int(row["time"])
    return {"cubes": found, "published": published}
