"""What a judgement would change at the next refresh: the linking of changes itself, run without storing anything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from minerva.documents import Collection, Document, find_all
from minerva.linking import DEFAULT
from minerva.linking.judgements import VERDICTS, contradiction_of
from minerva.linking.updates.changes import Changed, link_changes
from minerva.linking.updates.known import TooWide
from minerva.policy import Action
from minerva.tenancy.asking import Body, Store, entity_of, one_of
from minerva.tenancy.judgements.judged import in_effect, standing, touched_by
from minerva.tenancy.judgements.judging import TAKEN_BACK, asked_of, noted_of
from minerva.tenancy.neighborhood import best_identifier
from minerva.tenancy.rebuild import link_state, link_store
from minerva.tenancy.rebuild.link_shelf import PAGE, Shelf

MOST_RECORDS, MOST_TOLD = 5000, 200
"""Records that one preview may look at, and ids of records that it tells."""


def judgement_preview(body: Body, store: Store) -> dict[str, Any]:
    """{"a", "b", "verdict": "same" | "not_same" | "unsure" | "taken_back"} -> what the next refresh would change.

    {"known", "why_unknown", "contradiction", "moved", "records", "splits", "merges", "entities", "waiting"}. splits:
    [{"entity_id", "into": [{"entity_id", "size"}]}], merges: [{"entity_id", "of": [...]}], with sizes in records.
    records: ids of those that come to stand in another entity, MOST_TOLD at most; entities: what they are called;
    waiting: other judgements on these records that no refresh has taken up, which count as well. Not `known`: no
    refresh has run, or more than MOST_RECORDS records would be looked at. New records are not foreseen.
    """
    tenant = store.tenant_for(Action.JUDGE, body)
    verdict = one_of(body, "verdict", (*VERDICTS, TAKEN_BACK))
    new = asked_of(body, store, tenant, VERDICTS[0] if verdict == TAKEN_BACK else verdict)
    rows = find_all(store.collections["judgements"], {"tenant_id": tenant})
    others = [row for row in rows if (row["a"], row["b"]) != (new.a, new.b)]
    judged: Document = {"a": new.a, "b": new.b, "verdict": verdict, "by": new.by, "time": new.time}
    found = None if verdict == TAKEN_BACK else contradiction_of(new, standing(others))
    noted = noted_of(store, tenant)
    touched = touched_by([*others, judged], new.time)
    waiting = [row for row in others if row["a"] in touched and not in_effect(row, noted)]
    told: dict[str, Any] = {
        "contradiction": found.sentence() if found else "", "waiting": len(waiting), "known": True, "why_unknown": "",
        "moved": 0, "records": [], "splits": [], "merges": [], "entities": {},
    }  # fmt: skip
    if noted.get("form") != link_state.form_of(DEFAULT):
        return {**told, "known": False, "why_unknown": "no refresh of this version has linked the records yet"}
    shelf = Shelf(_Committed(store.collections, tenant), int(noted["buckets"]), ())
    try:
        change = link_changes([], touched, standing([*others, judged]), shelf, tenant, DEFAULT, MOST_RECORDS)
    except TooWide:
        return {**told, "known": False, "why_unknown": f"it reaches further than the {MOST_RECORDS} records around it"}
    told.update(_difference(change, shelf.entity))
    told["entities"] = _called(store, tenant, told)
    return told


class _Committed:
    """Reads what the last refresh committed."""

    def __init__(self, collections: Mapping[str, Collection], tenant: str) -> None:
        self._collections, self._tenant = collections, tenant

    def by_id(self, what: str, ids: Sequence[str], page: int = PAGE) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for at in range(0, len(ids), page):
            found.update(link_store.entries_of(self._collections, self._tenant, what, ids[at : at + page]))
        return found


def _difference(change: Changed, before: Mapping[str, str]) -> dict[str, Any]:
    """How the entities that were linked again differ from those that stand. before: record -> entity."""
    into: dict[str, dict[str, int]] = {}
    of: dict[str, dict[str, int]] = {}
    moved = []
    for entity in change.entities:
        for record in entity.records:
            was = before[record.record_id]
            into.setdefault(was, {}).setdefault(entity.entity_id, 0)
            into[was][entity.entity_id] += 1
            of.setdefault(entity.entity_id, {}).setdefault(was, 0)
            of[entity.entity_id][was] += 1
            if was != entity.entity_id:
                moved.append(record.record_id)
    return {
        "moved": len(moved),
        "records": sorted(moved)[:MOST_TOLD],
        "splits": [
            {"entity_id": each, "into": _sized(parts)} for each, parts in sorted(into.items()) if len(parts) > 1
        ],
        "merges": [{"entity_id": each, "of": _sized(parts)} for each, parts in sorted(of.items()) if len(parts) > 1],
    }


def _sized(parts: Mapping[str, int]) -> list[dict[str, Any]]:
    ordered = sorted(parts.items(), key=lambda part: (-part[1], part[0]))
    return [{"entity_id": entity_id, "size": size} for entity_id, size in ordered]


def _called(store: Store, tenant: str, told: Mapping[str, Any]) -> dict[str, Any]:
    """Entity id -> {"names", "best"} of those that stand already."""
    ids = {each["entity_id"] for each in (*told["splits"], *told["merges"])}
    ids |= {part["entity_id"] for each in told["splits"] for part in each["into"]}
    ids |= {part["entity_id"] for each in told["merges"] for part in each["of"]}
    found = {}
    for entity_id in sorted(ids)[:MOST_TOLD]:
        document = entity_of(store, [tenant], entity_id)
        if document is not None and document["entity_id"] == entity_id:
            found[entity_id] = {"names": list(document.get("names", ()))[:3], "best": best_identifier(document)}
    return found
