"""Reads the figures of a run from the store after the run. Nothing here is counted while it happens."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from typing import Any

from assembly.tenants import Tenant
from demo.run import ADMINS, ANALYSTS, SERVICE, Run
from demo.world.truth import Pairs, Score, count_pairs

STAND_IN = "This ran on the understudy, a stand-in for Splunk. It is not Splunk and proves nothing about one."


@dataclass(frozen=True)
class SourceCount:
    """Records of one source of one tenant: read and refused by the input's own log, stored by what the index holds."""

    tenant: str
    source: str
    read: int
    stored: int
    refused: int


def source_counts(run: Run) -> list[SourceCount]:
    """Returns one line per tenant and source."""
    logged: dict[tuple[str, str], Counter[str]] = {}
    for row in run.ask(
        "search index=_internal sourcetype=splunkd event=run_done | table tenant_id source_id read refused failed"
    ):
        counts = logged.setdefault((str(row["tenant_id"]), str(row["source_id"])), Counter())
        counts.update(read=int(row["read"]), refused=int(row["refused"]))
        if str(row.get("failed", "none")) != "none":
            run.failures.append(f"source {row['source_id']} of {row['tenant_id']} failed: {row['failed']}")
    lines = []
    for tenant in run.collecting:
        where = f"index={tenant.index} sourcetype=minerva:* minerva_record_id=*"
        spl = f"| tstats dc(minerva_record_id) as records where {where} by source"
        stored = {str(row["source"]): int(row["records"]) for row in run.ask(spl)}
        names = sorted(set(stored) | {source for who, source in logged if who == tenant.id})
        for source in names:
            counts = logged.get((tenant.id, source), Counter())
            lines.append(SourceCount(tenant.id, source, counts["read"], stored.get(source, 0), counts["refused"]))
    return lines


def identifier_kinds(run: Run) -> dict[str, int]:
    """Returns kind -> how many different identifiers the indexes hold."""
    kinds: Counter[str] = Counter()
    for tenant in run.collecting:
        spl = f"| tstats count where index={tenant.index} sourcetype=minerva:* by minerva_identifier"
        kinds.update(str(row["minerva_identifier"]).partition(":")[0] for row in run.ask(spl))
    return dict(sorted(kinds.items(), key=lambda item: -item[1]))


def entities(run: Run, tenant: str) -> list[dict[str, Any]]:
    """Returns a tenant's stored entities, as its analyst sees them through the handler."""
    found: list[dict[str, Any]] = []
    while True:
        page = run.call_handler(ANALYSTS[tenant], "list", {"limit": 1000, "offset": len(found)})
        found.extend(page["entities"])
        if len(page["entities"]) < 1000:
            return found


def members(run: Run, tenant: str) -> dict[str, str]:
    """Returns record_id -> entity_id as stored, read through the handler as the service user."""
    entries: dict[str, str] = {}
    offset: int | None = 0
    while offset is not None:
        page = run.call_handler(SERVICE, "members", {"tenant_id": tenant, "kind": "record", "offset": offset})
        entries.update(page["entries"])
        offset = page["next"]
    return entries


def found_entities(run: Run, tenant: str, index: str) -> dict[Hashable, str]:
    """Returns (source_id, key of the source) -> entity id, from stored entities and stored records."""
    owner = members(run, tenant)
    spl = f"search index={index} sourcetype=minerva:* source_key=* | table record_id source source_key"
    return {
        (str(row["source"]), str(row["source_key"])): owner[str(row["record_id"])]
        for row in run.ask(spl)
        if row.get("record_id") in owner
    }


def score(run: Run, truths: Mapping[str, Mapping[Hashable, str]]) -> Score:
    """Returns the pairwise score over all tenants."""
    total = Pairs()
    for tenant in run.collecting:
        total += count_pairs(found_entities(run, tenant.id, tenant.index), truths[tenant.id])
    return total.score()


def joined_by_picture(run: Run, tenant: Tenant, keys: Collection[str]) -> str:
    """Returns the reason for which the ads of these keys are one entity, "" where they are not or for another."""
    wanted = f"search index={tenant.index} source=classified_ads source_key IN ({','.join(sorted(keys))})"
    records = {str(row["record_id"]) for row in run.ask(f"{wanted} | table record_id")}
    owner = {entity for record, entity in members(run, tenant.id).items() if record in records}
    if len(records) < len(keys) or len(owner) != 1:
        return ""
    found = run.call_handler(ANALYSTS[tenant.id], "get", {"entity_id": owner.pop()})
    reasons = [join["why"] for join in found["joins"] if {join["a"], join["b"]} <= records]
    return next((why for why in reasons if why.startswith("same image")), "")


def pictures_hashed(run: Run, tenant: Tenant) -> int:
    """Returns how many different hashes of pictures a tenant's index holds."""
    where = f"index={tenant.index} minerva_identifier=image:*"
    return sum(1 for row in run.ask(f"| tstats count where {where} by minerva_identifier")
               if str(row["minerva_identifier"]).startswith("image:"))  # fmt: skip


def alerts(run: Run) -> dict[str, int]:
    """Returns tenant -> alert events in its index."""
    counts = {}
    for tenant in run.collecting:
        rows = run.ask(f"search index={tenant.index} sourcetype=minerva:alert | stats count")
        counts[tenant.id] = int(rows[0]["count"]) if rows else 0
    return counts


def print_users(run: Run) -> None:
    """Prints the demo's users; the passwords hold for this run only."""
    for tenant in run.tenants:
        for role, user in (("analyst", ANALYSTS[tenant.id]), ("administrator", ADMINS[tenant.id])):
            print(f"    {user:8s} {run.passwords[user]}   {role} of {tenant.label}")
    print(f"    {'admin':8s} {run.passwords['admin']}   operator of the platform")
