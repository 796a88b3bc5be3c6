"""Erasure and legal hold. What is erased is deleted, certified by counts and a keyed hash, and kept from coming back.

Order: audit, tombstones, marking and log, ends of releases, certificate, deletion. A stop at any step leaves what came
before it, so that nothing is shared or stored again; the daily purge, or asking again, finishes it.
"""

from __future__ import annotations

import hmac
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from minerva.cases.leaving import Erased, naming
from minerva.documents import PAGE, Document, find_all
from minerva.policy import Action
from minerva.policy.vocabulary import INFRASTRUCTURE
from minerva.records.model import canonical_json
from minerva.risk_scores import leaving as risk_scores
from minerva.school_queries import leaving as school_questions
from minerva.sharing.effects import end
from minerva.sharing.grants import ERASED, of_owner
from minerva.sharing.objects import ENTITY, WHOLE, Held, acting, held_of, marking_key, undecided
from minerva.sharing.proposals import (
    ERASE,
    RELEASE_HOLD,
    act_hash,
    close,
    open_proposal,
    remark,
    short_text,
    standing_approvals,
    use_up,
)
from minerva.tenancy.asking import Absent, BadRequest, Body, Contradicts, Store, number_of, text_of
from minerva.tenancy.committed import VERSIONED, before_key
from minerva.tenancy.directory import Jobs
from minerva.tenancy.errors import Unanswered
from minerva.tenancy.kept_answers import forget
from minerva.tenancy.tombstones import ERASED_TEXT, IDENTIFIER, RECORD, bury
from minerva.vault import linked
from minerva.vault.emptied import FREE_TEXT, cleaned, emptied_of
from minerva.vault.image_banks import held_of as hashes_of
from minerva.vault.watched import watched_of


@dataclass
class Deletion:
    """What is to be deleted, collected before anything is: keys by collection, and the bytes for the hash."""

    store: Store
    tenant: str
    keys: dict[str, list[str]] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    emptied: dict[str, int] = field(default_factory=dict)
    """Collection -> documents of others whose words named it, and were saved without them."""
    kept: dict[str, int] = field(default_factory=dict)
    """Collection -> documents that keep such words where nobody is given them: in a hash that others rest on."""

    def add(self, collection: str, rows: Iterable[Document]) -> None:
        """Adds documents, and what an unfinished refresh has kept of them."""
        for row in rows:
            self.keys.setdefault(collection, []).append(str(row["_key"]))
            self.texts.append(canonical_json([collection, row]))

    def empty(self, collection: str, rows: Sequence[Document]) -> None:
        """Saves documents of others as they are without the words that name it."""
        if rows:
            self.emptied[collection] = self.emptied.get(collection, 0) + len(rows)
            self.texts += [canonical_json([collection, row["_key"]]) for row in rows]
            for at in range(0, len(rows), PAGE):
                self.store.collections[collection].batch_save(list(rows[at : at + PAGE]))

    def counts(self) -> dict[str, int]:
        """Collection -> number of documents."""
        return {name: len(keys) for name, keys in self.keys.items()}

    def hash(self) -> str:
        """Keyed, since the bytes of one person are few enough to guess."""
        text = "\n".join(sorted(self.texts)).encode("utf-8", "replace")
        return hmac.new(self.store.secret("erasure"), text, "sha256").hexdigest()

    def carry_out(self) -> None:
        """Deletes all of it. May be repeated."""
        delete(self.store, self.tenant, self.keys)


def delete(store: Store, tenant: str, keys: Mapping[str, Sequence[str]]) -> None:
    """Deletes documents by collection and key."""
    for collection, held in keys.items():
        _drop(store, collection, held)
        if collection in VERSIONED:
            _drop(store, "refresh", [before_key(tenant, collection, key) for key in held])


def _drop(store: Store, collection: str, keys: Sequence[str]) -> None:
    for at in range(0, len(keys), PAGE):
        store.collections[collection].delete({"$or": [{"_key": key} for key in keys[at : at + PAGE]]})


def erase(body: Body, store: Store) -> dict[str, Any]:
    """{object, "why", "proposal_id"} -> {"certificate", "jobs", "jobs_left"}; for administrators.

    Searches of the institution's people that have ended go with their rows, which may hold what was erased; `jobs_left`
    is how many stay until they age, null where that cannot be told. Under a legal hold, `proposal_id` names a proposal
    to erase that a second person approved. Events in an index are not reached: they leave by age, and what they hold of
    an erased record is not stored as an entity again.
    """
    store, tenant = acting(body, store, Action.ERASE)
    held = held_of(body, store, tenant, WHOLE)
    proposal = _agreed(body, store, held, ERASE, Action.ERASE)
    erased, why = _erased(store, held), short_text(body, "why")
    why = ERASED_TEXT if erased.is_named_in(why) else why
    with undecided(store, held):
        store.trail.permit(1)
        if proposal is not None:
            use_up(store, proposal, ERASE)
        if held.what == ENTITY:
            buried = bury(store, tenant, RECORD, map(str, held.document.get("records", ())))
        else:
            names = [*held.document["identifiers"], *_reference(held.document)]
            buried = bury(store, tenant, IDENTIFIER, names)
        remark(store, held, "erased", {"erased": True, "level": "L0", "consent": "", "suspicion": ""}, why)
    plan = Deletion(store, tenant)
    _end_releases(store, held, plan)
    _plan(store, held, plan, erased)
    _empty(plan, erased)
    answers = forget(store.collections["api_answers"], tenant, store.context.now)
    deleted = {**plan.counts(), **({"api_answers": answers} if answers else {})}
    certificate = {
        "certificate_id": "x_" + uuid.uuid4().hex[:16], "time": store.context.now, "by": store.subject.user,
        "what": held.what, "object": store.trail.token("object", f"{held.what}_id:{held.object_id}"), "why": why,
        "deleted": deleted, "hash": plan.hash(), "tombstones": buried,
        **({"emptied": plan.emptied} if plan.emptied else {}), **({"kept": plan.kept} if plan.kept else {}),
    }  # fmt: skip
    key = f"{tenant}:certificate:{certificate['certificate_id']}"
    row: Document = {"_key": key, "tenant_id": tenant, "kind": "certificate", "time": store.context.now}
    row["certificate"] = certificate
    # Pending until all is gone, so that the daily purge finishes what a stop has left.
    store.collections["tombstones"].batch_save([{**row, "pending": plan.keys}])
    plan.carry_out()
    store.collections["tombstones"].batch_save([row])
    if proposal is not None:
        close(store, proposal, "done")
    jobs = _without_jobs(store, tenant)
    return {"certificate": certificate, "jobs": jobs.deleted, "jobs_left": jobs.left if jobs.left >= 0 else None}


def _without_jobs(store: Store, tenant: str) -> Jobs:
    """Deletes the ended searches of the institution's people; -1 are left where that cannot be told."""
    deleted, left = 0, 0
    for person in store.directory.people():
        if not store.context.tenants[tenant].standings(person.roles):
            continue
        try:
            jobs = store.directory.delete_jobs(person.user, finished=True)
        except Unanswered:
            store.trail.unfinished("jobs_unknown")
            return Jobs(deleted, -1)
        deleted, left = deleted + jobs.deleted, left + jobs.left
    if left:
        store.trail.unfinished("jobs_left", left)
    return Jobs(deleted, left)


def finish_pending(store: Store, tenant: str) -> int:
    """Finishes erasures that were cut short; how many."""
    rows = find_all(store.collections["tombstones"], {"tenant_id": tenant, "kind": "certificate"})
    pending = [row for row in rows if "pending" in row]
    for row in pending:
        delete(store, tenant, row.pop("pending"))
        store.collections["tombstones"].batch_save([row])
    return len(pending)


def _reference(document: Document) -> list[str]:
    return [f"reference:{document['reference']}"] if document.get("reference") else []


def _agreed(body: Body, store: Store, held: Held, act: str, action: Action) -> Document | None:
    """The proposal that the act rests on, if it needs one. Raises Absent, Contradicts."""
    proposal: Document | None = None
    approvals: list[Any] = []
    made = act_hash(held, act)
    if "proposal_id" in body:
        proposal = open_proposal(store, held.tenant_id, text_of(body, "proposal_id"))
        if (proposal["act"], proposal["what"], proposal["object_id"]) != (act, held.what, held.object_id):
            raise BadRequest("proposal_id: expected a proposal for this act and object")
        if proposal["author"] != store.subject.user:
            raise Contradicts("who proposed it carries it out")
        approvals = standing_approvals(store, proposal)
    decision = store.decided(action, held.in_policy(made), INFRASTRUCTURE, approvals=tuple(approvals))
    if decision.permits:
        return proposal
    if decision.reason_code == "approval":
        raise Contradicts(f"a second person of your institution has to agree: propose it (act: {act})")
    raise Absent


def _end_releases(store: Store, held: Held, plan: Deletion) -> None:
    """Ends every release of the object and of its records; snapshots and proposals of both are to be deleted."""
    gone = _with_records(held)
    for released in of_owner(store, held.tenant_id):
        row = released.document
        if (row["what"], row["object_id"]) in gone:
            end(store, released, ERASED, "erased")
            plan.add("grants", [row])
    rows = find_all(store.collections["proposals"], {"tenant_id": held.tenant_id, "kind": "proposal"})
    plan.add("proposals", [row for row in rows if (row["what"], row["object_id"]) in gone])
    keys = [marking_key(held.tenant_id, what, name) for what, name in sorted(gone) if what == RECORD]
    for at in range(0, len(keys), PAGE):
        plan.add("markings", [row for row in store.collections["markings"].get_many(keys[at : at + PAGE]) if row])


def _with_records(held: Held) -> set[tuple[str, str]]:
    """(what, id) of the object and, of an entity, of each of its records."""
    records = held.document.get("records", ()) if held.what == ENTITY else ()
    return {(held.what, held.object_id), *((RECORD, str(name)) for name in records)}


def _plan(store: Store, held: Held, plan: Deletion, erased: Erased) -> None:
    """Everything else that the store holds of the object. What others hold too is rewritten without it."""
    tenant = held.tenant_id
    _plan_cases(store, held, plan, erased)
    if held.what != ENTITY:
        plan.add("vault", find_all(store.collections["vault"], {"tenant_id": tenant, "subject_id": held.object_id}))
        return
    records = set(map(str, held.document.get("records", ())))
    own = []
    for row in _members(store, held):
        others = [name for name in row.get("entities", ()) if name != held.object_id]
        if others:
            first = others[0] if row.get("entity_id") == held.object_id else row.get("entity_id")
            store.collections["members"].batch_save([{**row, "entity_id": first, "entities": others}])
        elif row.get("entity_id") == held.object_id:
            own.append(row)
    plan.add("members", own)
    named = linked.forgotten(store, tenant, own)
    if named:
        plan.emptied["postings"] = named
    plan.add("redirects", find_all(store.collections["redirects"], {"tenant_id": tenant, "entity_id": held.object_id}))
    judged = find_all(store.collections["judgements"], {"tenant_id": tenant})
    plan.add("judgements", [row for row in judged if row["a"] in records or row["b"] in records])
    document = store.collections["entities"].get(f"{tenant}:{held.object_id}")
    plan.add("entities", [document] if document is not None else [])


def _members(store: Store, held: Held) -> list[Document]:
    """What leads to the entity: by its id, and the rows of its identifiers, which may name another entity first."""
    collection, tenant = store.collections["members"], held.tenant_id
    rows = {str(row["_key"]): row for row in find_all(collection, {"tenant_id": tenant, "entity_id": held.object_id})}
    keys = [f"{tenant}:{each}" for each in held.document.get("identifiers", ())]
    for at in range(0, len(keys), PAGE):
        for row in collection.get_many(keys[at : at + PAGE]):
            if row and held.object_id in row.get("entities", ()):
                rows[str(row["_key"])] = row
    return list(rows.values())


def _erased(store: Store, held: Held) -> Erased:
    """What is erased, as texts are asked for it."""
    document, is_entity = held.document, held.what == ENTITY
    region = store.context.tenants[held.tenant_id].region
    return Erased(
        [held.object_id] if is_entity else [], set(map(str, document.get("records", ()))),
        set(map(str, document.get("identifiers", ()))),
        [str(each) for each in (*document.get("names", ()), document.get("reference", "")) if each]
        + ([] if is_entity else [held.object_id]),
        [region] if region else [],
    )  # fmt: skip


def _plan_cases(store: Store, held: Held, plan: Deletion, erased: Erased) -> None:
    """Pins of the object, items of the watch list that watch it or a person's identifiers, alerts of them and hashes of
    its pictures are to be deleted; what else in cases and notes names it loses its text at once."""
    tenant, is_entity = held.tenant_id, held.what == ENTITY
    pins, texts = naming(store, tenant, erased)
    plan.add("cases", pins)
    plan.empty("cases", texts)
    plan.empty("school_queries", school_questions.naming(store, tenant, erased.is_named_in))
    plan.add("risk", risk_scores.naming(store, tenant, erased.entities, erased.records))
    items, notes = watched_of(store, tenant, [] if is_entity else erased.identifiers, erased)
    plan.add("watchlist", items)
    plan.empty("watchlist", notes)
    hashes, said, banks = hashes_of(store, tenant, erased)
    plan.add("image_hashes", hashes)
    plan.add("image_banks", said)
    delete(store, tenant, {"image_hashes": [str(row["_key"]) for row in hashes]})  # before any search head reads again
    store.collections["image_banks"].batch_save(banks)
    alerts = find_all(store.collections["alerts"], {"tenant_id": tenant})
    plan.add("alerts", [row for row in alerts if _tells_of(row, erased, is_entity)])


def _empty(plan: Deletion, erased: Erased) -> None:
    """Words of what stays."""
    emptied, kept = emptied_of(plan.store, plan.tenant, erased)
    for collection, rows in emptied.items():
        gone = set(plan.keys.get(collection, ()))
        stays = [row for row in rows if row["_key"] not in gone]
        if collection in FREE_TEXT:  # as it stands now: finding all of them took a while
            fresh = [plan.store.collections[collection].get(str(row["_key"])) for row in stays]
            stays = [cleaned(collection, row, erased.is_named_in) for row in fresh if row is not None]
        plan.empty(collection, stays)
    if kept:
        plan.kept["distribution"] = kept


def _tells_of(alert: Document, erased: Erased, is_entity: bool) -> bool:
    """Whether an alert tells of what is erased: the entity or its records, or a person's identifier."""
    if is_entity:
        return alert.get("entity_id") in erased.entities or any(
            each in erased.records for each in alert.get("record_ids", ())
        )
    return alert.get("identifier") in erased.identifiers


def erasures(body: Body, store: Store) -> dict[str, Any]:
    """{"limit"} -> {"certificates"}: of the own institution, newest first; for administrators."""
    tenant = store.tenant_for(Action.AUDIT, body)
    limit = number_of(body, "limit", 100, 1, 1000)
    query = {"tenant_id": tenant, "kind": "certificate"}
    rows = store.collections["tombstones"].find(query, sort="time:-1,_key:1", limit=limit)
    return {"certificates": [row["certificate"] for row in rows]}


def hold(body: Body, store: Store) -> dict[str, Any]:
    """{object, "op": "set" | "release", "why", "proposal_id"} -> {"marking"}; for administrators.

    A held object is not purged, and erased only with a second person's yes. Releasing a hold needs one too.
    """
    operation = body.get("op", "set")
    if operation not in ("set", "release"):
        raise BadRequest("op: expected set or release")
    action = Action.HOLD if operation == "set" else Action.RELEASE_HOLD
    # Whether a release is agreed to is asked of the loaded object below; here, whether the asker administers it at all.
    store, tenant = acting(body, store, Action.HOLD)
    held = held_of(body, store, tenant, WHOLE)
    proposal = _agreed(body, store, held, RELEASE_HOLD if operation == "release" else "hold", action)
    change, why = "held" if operation == "set" else "hold_released", short_text(body, "why")
    with undecided(store, held):
        store.trail.permit(1)
        if proposal is not None:
            use_up(store, proposal, change)
            close(store, proposal, "done")
        return {"marking": remark(store, held, change, {"legal_hold": operation == "set"}, why)}
