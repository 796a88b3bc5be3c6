"""What the nightly search asks for and stores, and what rose by it. Scores are written by the service alone."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from typing import Any

from minerva.documents import Collection, Document, find_all
from minerva.policy import Action
from minerva.risk.points import LOOK_FIRST, STATES
from minerva.risk.registry import shipped
from minerva.risk.sectors import Sector
from minerva.risk_scores.labels import SCORE
from minerva.risk_scores.rows import message_of, statements_of
from minerva.tenancy.asking import BadRequest, Body, Store, number_of, page_of
from minerva.tenancy.watching import keep_alert

WHAT = "risk"
"""As the kind of object of the policy."""
MOST_SAVED = 200
MOST_DAYS = 30
DAY_S = 86_400


def risk_holding(body: Body, store: Store) -> dict[str, Any]:
    """{"tenant_id", "ids": [record ids, 1000 at most]} -> {"held": {record id: entity id}, "analyst"}.

    Of own institutions. analyst: whether who asks is an analyst of each of them, and may read every sign.
    """
    ids = page_of(body, "ids")
    if not all(isinstance(each, str) and 0 < len(each) <= 100 for each in ids):
        raise BadRequest("ids: expected ids of records")
    held: dict[str, str] = {}
    tenants = store.readable(body)
    for tenant in tenants:
        for row in store.collections["members"].get_many([f"{tenant}:{each}" for each in ids]):
            if row is not None and row.get("kind") == "record" and not row.get("missing_since"):
                held.setdefault(str(row["member"]), str(row["entity_id"]))
    analyst = bool(tenants) and all(store.context.tenants[each].is_analyst(store.subject.roles) for each in tenants)
    return {"held": held, "analyst": analyst}


def risk_save(body: Body, store: Store) -> dict[str, Any]:
    """{"tenant_id", "run", "scores": [documents], "sectors", "last"} -> {"saved", "rose": [ids]}.

    Service only. `run`: when the run began, in epoch seconds, the same in each of its requests; the last one takes away
    what it has not found of its `sectors`. A score whose state rose is told as an alert of the institution, and so is a
    new business to look at first. Where a sector is scored for the first time all are new: one alert counts them.
    """
    tenant = store.tenant_for(Action.STORE, body)
    run = number_of(body, "run", 0, 1, 10**11)
    given = page_of(body, "scores")
    known = shipped().sectors()
    sectors = body.get("sectors", [])
    if not isinstance(sectors, list) or not all(each in known for each in sectors):
        raise BadRequest("sectors: expected a list of ids of sectors")
    if len(given) > MOST_SAVED:
        raise BadRequest(f"scores: expected at most {MOST_SAVED}")
    rows = [_row(each, tenant, run, known) for each in given]
    scores = store.collections["risk"]
    before = dict(zip((row["_key"] for row in rows), scores.get_many([row["_key"] for row in rows]) if rows else ()))
    rose: list[tuple[Document, int | None]] = []
    begun = {each for each in {*sectors, *(row["sector"] for row in rows)} if _was_scored(scores, tenant, each, run)}
    for row in rows:
        old = before[row["_key"]]
        row["first_run"] = run if old is None else old.get("first_run", old["since"])
        row["before"] = old["score"] if old is not None and old["run"] != run else (old or {}).get("before")
        row["rose"] = (old or {}).get("rose", 0)
        row["since"] = old["since"] if old is not None and old["state"] == row["state"] else run
        if old is not None and STATES.index(row["state"]) > STATES.index(old["state"]):
            rose.append((row, int(old["score"])))
        elif old is None and row["state"] == LOOK_FIRST and row["sector"] in begun:
            rose.append((row, None))
    for row, _ in rose:
        row["rose"] = run
    store.trail.permit(len(rows))
    scores.batch_save(rows)
    for row, score in rose:
        _tell(store, tenant, row, score, known[row["sector"]])
    if body.get("last") is True:
        _tell_first(store, tenant, run, [each for each in sectors if each not in begun])
        for sector in sectors:
            scores.discard({"tenant_id": tenant, "kind": SCORE, "sector": sector, "run": {"$lt": run}})
    return {"saved": len(rows), "rose": [row["establishment_id"] for row, _ in rose]}


def risk_rose(body: Body, store: Store) -> dict[str, Any]:
    """{"tenant_id", "days"} -> {"rose": [ids]}: of one own institution, whose stored state rose in the last days."""
    days = number_of(body, "days", 1, 1, MOST_DAYS)
    tenant = store.tenant_where(lambda name: store.may(Action.READ, name, WHAT), body)
    asked = {"tenant_id": tenant, "kind": SCORE, "rose": {"$gt": store.clock() - days * DAY_S}}
    rows = find_all(store.collections["risk"], asked, ["establishment_id"])
    store.trail.permit(len(rows))
    return {"rose": [row["establishment_id"] for row in rows]}


def _was_scored(scores: Collection, tenant: str, sector: str, run: int) -> bool:
    """Whether an earlier run scored the sector; rows that this run has written anew say when they were first scored."""
    asked = {"tenant_id": tenant, "kind": SCORE, "sector": sector}
    return any(scores.find({**asked, name: {"$lt": run}}, limit=1) for name in ("run", "first_run"))


def _row(given: Any, tenant: str, run: int, sectors: Container[str]) -> Document:
    if (
        not isinstance(given, Mapping)
        or given.get("tenant_id") != tenant
        or not isinstance(given.get("establishment_id"), str)
        or not all(isinstance(given.get(name), str) for name in ("sector", "state", "region", "city"))
        or given["sector"] not in sectors
        or type(given.get("score")) is not int
        or given.get("state") not in STATES
        or not isinstance(given.get("reasons", []), list)
        or not all(isinstance(each, Mapping) and type(each.get("points")) is int for each in given.get("reasons", []))
        or given["score"] != sum(each["points"] for each in given.get("reasons", []))
    ):
        raise BadRequest("scores: expected documents of the named tenant whose reasons add up to the score")
    name = f"{tenant}:{given['establishment_id']}"
    return {**given, "_key": name, "kind": SCORE, "run": run, "place": f"{given['region']}|{given['city']}"}


def _tell_first(store: Store, tenant: str, run: int, sectors: Sequence[str]) -> None:
    """One alert of all that are to be looked at first in sectors that had no score before."""
    if not sectors or not store.may(Action.ALERT, tenant, WHAT):
        return
    counts = []
    for sector in sectors:
        asked = {"tenant_id": tenant, "kind": SCORE, "sector": sector, "run": run}
        found = len(find_all(store.collections["risk"], {**asked, "state": LOOK_FIRST}))
        counts += [f"{sector} {found}"] if found else []
    if counts:
        note = f"first scoring; businesses to look at first: {', '.join(counts)}. Their names are on the work list."
        told = {"alert": "risk_first_scoring", "entity_id": "", "label": "first scoring", "note": note, "records": 0}
        keep_alert(store, tenant, told)


def _tell(store: Store, tenant: str, row: Document, before: int | None, sector: Sector) -> None:
    """An alert: the risk rose, or a new business has it, because of these reasons. It names no sign for analysts alone:
    programs read it too."""
    if not store.may(Action.ALERT, tenant, WHAT):
        return
    statements = statements_of([sector], analyst=False)
    how = f"new, with {row['score']}" if before is None else f"rose from {before} to {row['score']}"
    why = f"{how}. {message_of(row, statements)}"
    entity_id = row["entity_ids"][0] if row["entity_ids"] else ""
    keep_alert(
        store, tenant, {"alert": "risk_rose", "establishment_id": row["establishment_id"], "entity_id": entity_id,
                        "label": row["name"], "note": why, "records": row["records"]},
    )  # fmt: skip
