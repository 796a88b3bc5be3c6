"""Businesses of three trades with a known truth, submitted as an institution's program does, linked, scored and, some
of them, released for counting: what Business risk, Movement and Policy figures show when they are first opened.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import requests

from assembly.paths import TENANTS_APP
from assembly.tenants import Tenant
from demo import programs, summary
from demo.progress import step
from demo.run import ANALYSTS, PROGRAMS, SERVICE, Run
from demo.world import World
from demo.world.places import CITIES
from demo.world.trades import build_trades

LEAST_RECORDS = 2_000
"""Records of a world below which it has no trades."""
SHARES = {"massage": 1 / 400, "hotel": 1 / 1000, "recruiter": 1 / 800}
"""Businesses of a trade and an institution for each record of the world."""
TOWNS, BATCH, RELEASED = 2, 500, 150
STATED = {"purpose": "prevention", "case": "policy figures"}
COUNTS = "Minerva - counts of the week"
SEARCHES = ("keep entities current", "risk of businesses")


@contextmanager
def counts_later(run: Run) -> Iterator[None]:
    """Leaves the week's counts unpublished meanwhile: nothing can be counted yet, and a week has one table."""
    run.stage.conf.write("savedsearches", COUNTS, {"disabled": "1"}, TENANTS_APP)
    try:
        yield
    finally:
        run.stage.conf.write("savedsearches", COUNTS, {"disabled": "0"}, TENANTS_APP)


def hold(run: Run, world: World) -> dict[str, list[bool]]:
    """Gives each collecting institution its trades; returns tenant -> truth of the businesses, illicit or not."""
    records = sum(map(len, world.published.values()))
    if records < LEAST_RECORDS:
        return {}
    taken = {phone for items in world.published.values() for item in items for phone in item.phones} | set(world.hubs)
    told: dict[str, list[bool]] = {}
    for number, tenant in enumerate(run.collecting):
        with step(f"businesses of three trades for {tenant.id}: submitted, linked, scored"):
            for sector, share in SHARES.items():
                made = build_trades(
                    sector, int(records * share), seed=world.seed + number, level="medium", until=world.until,
                    cities=CITIES[number * TOWNS : (number + 1) * TOWNS], taken=taken,
                )  # fmt: skip
                _submit(run, tenant, [{**row, "key": f"{sector}-{row['key']}"} for row in made.rows])
                told.setdefault(tenant.id, []).extend(made.illicit.values())
            for name in SEARCHES:
                _search(run, f"Minerva - {name} - {tenant.id}")
    with step(f"releasing {RELEASED} entities of each for counting, and publishing the counts"):
        for tenant in run.collecting:
            _release(run, tenant)
        run.call_handler(SERVICE, "publish_counts", {})
    return told


def show(run: Run, told: dict[str, list[bool]]) -> None:
    """Prints what was scored; a trade without a score is a failure."""
    for tenant, truth in told.items():
        sectors = run.call_handler(ANALYSTS[tenant], "risk_scores", {"limit": 1})["sectors"]
        for each in (each for each in sectors if each["sector"] in SHARES):
            first = f"{each['look_first']} to look at first, {each['look_at']} to look at"
            print(f"  business risk   {tenant}: {each['title']}: {each['businesses']} scored, {first}")
            if not each["businesses"]:
                run.failures.append(f"no business of {each['sector']} of {tenant} was scored")
        print(f"                  {sum(truth)} of {len(truth)} are illicit in the invented truth, as nobody would know")


def _submit(run: Run, tenant: Tenant, rows: list[dict[str, Any]]) -> None:
    with requests.Session() as session:
        session.trust_env = False
        for at in range(0, len(rows), BATCH):
            reply = session.post(
                f"{programs.address(run)}/records/bulk",
                headers={"Authorization": f"Splunk {run.stage.session_key(PROGRAMS[tenant.id])}"},
                json={"records": rows[at : at + BATCH]},
                timeout=120,
            )
            answer = reply.json() if reply.ok else {}
            if not reply.ok or answer.get("refused"):
                raise RuntimeError(f"records of trades: {reply.status_code} {reply.text[:300]}")


def _search(run: Run, name: str) -> None:
    """Runs a scheduled search of the installation now, as the service."""
    run.ask(str(run.stage.conf.stanzas("savedsearches", TENANTS_APP)[name]["search"]), SERVICE)


def _release(run: Run, tenant: Tenant) -> None:
    """Lets others count some entities: the level at which they learn of numbers alone."""
    user = ANALYSTS[tenant.id]
    places = {city.name for city in CITIES[: TOWNS * len(run.collecting)]}
    chosen = [each for each in summary.entities(run, tenant.id) if places & set(each.get("cities", ()))][:RELEASED]

    def release(entity: dict[str, Any]) -> None:
        one = {"entity_id": entity["entity_id"], **STATED}
        run.call_handler(user, "mark", {**one, "level": "L2", "why": "to be counted"})
        terms = {"to": "*community", "level": "L2", "fields": ["infrastructure", "statistics"]}
        proposal = run.call_handler(user, "propose", {**one, **terms})["proposal"]
        run.call_handler(user, "release", {"proposal_id": proposal["proposal_id"]})

    with ThreadPoolExecutor(max_workers=2) as pool:
        list(pool.map(release, chosen))
