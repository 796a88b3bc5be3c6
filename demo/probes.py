"""Cross-tenant probes: an analyst tries each surface for the other tenant's records, entities, watch list and jobs.

Each probe answers with how many foreign things it saw; an error is nothing seen. The demo fails if any probe sees one.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import requests

from understudy.spl.errors import SplError
from understudy.stage import Stage

APP = "minerva_app"
OF_RECORDS = frozenset({"record_id", "minerva_record_id", "source"})
_SEARCHES = (
    ("search the foreign index", "search index={index} | head 100"),
    ("search every index", "search index=* tenant_id={tenant} | head 100"),
    ("search by OR", "search index={index} OR index=* | search tenant_id={tenant}"),
    ("search by NOT", "search NOT index=none tenant_id={tenant} | head 100"),
    ("macro of all records", "search `minerva_records` tenant_id={tenant} | head 100"),
    ("tstats", "| tstats count where index={index} by minerva_record_id | head 100"),
    ("tstats of every index", "| tstats count where index=* by minerva_tenant_id | search minerva_tenant_id={tenant}"),
    ("metadata", "| metadata type=sources index={index}"),
    ("eventcount", "| eventcount summarize=f index={index} | search index={index} count>0"),
    ("subsearch", "| makeresults | append [search index={index} | head 10] | search tenant_id={tenant}"),
    ("join", '| makeresults | eval index="{index}" | join type=inner index [search index={index} | head 10]'),
    ("multisearch", "| multisearch [search index={index}] [search index=*] | search tenant_id={tenant}"),
    ("union", "| union [search index={index}] [search index=*] | search tenant_id={tenant}"),
    ("lookup of entities", "| inputlookup minerva_entities | head 10"),
    ("lookup of members", "| inputlookup minerva_members | head 10"),
    ("lookup of the watch list", "| inputlookup minerva_watchlist | head 10"),
    ("saved search of the tenant", '| savedsearch "Minerva - keep entities current - {tenant}"'),
    ("foreign entity by id", "| minervaexpand entity={entity} output=entity"),
    ("foreign entity's edges", "| minervaexpand entity={entity} output=edges"),
    ("foreign identifier", '| minervaexpand identifier="{identifier}" output=nodes | search entity_id={entity}'),
    ("linking for the tenant", '| makeresults | eval record_id="x" | minervalink tenant={tenant} store=true'),
)


@dataclass(frozen=True)
class Target:
    """What a probe looks for: the foreign tenant, its index, one of its entities with an identifier, a job."""

    tenant: str
    index: str
    entity: str
    identifier: str
    sid: str


@dataclass(frozen=True)
class Probe:
    user: str
    name: str
    seen: int


def run_probes(stage: Stage, user: str, password: str, target: Target) -> Iterator[Probe]:
    """Yields the outcome of each probe of one user against one foreign tenant."""
    values = {"tenant": target.tenant, "index": target.index, "entity": target.entity, "identifier": target.identifier}
    for name, template in _SEARCHES:
        yield Probe(user, name, _rows_of(stage, user, template.format(**values), target))
    yield Probe(user, "foreign job by loadjob", _rows_of(stage, user, f"| loadjob {target.sid}", target))
    for name, ask in _requests(stage, user, password, target):
        yield Probe(user, name, ask())


def _rows_of(stage: Stage, user: str, spl: str, target: Target) -> int:
    """Returns how many rows came back. A row of plain counts (makeresults' own) is not foreign."""
    try:
        rows = list(stage.search(spl, user, app=APP).rows)
    except SplError:
        return 0
    return sum(1 for row in rows if _foreign(row, target))


def _foreign(row: Any, target: Target) -> bool:
    text = json.dumps(row, default=str)
    marks = (target.tenant, target.index, target.entity)
    return any(mark in text for mark in marks) or not row.keys().isdisjoint(OF_RECORDS)


def _requests(stage: Stage, user: str, password: str, target: Target) -> Iterator[tuple[str, Callable[[], int]]]:
    base = f"http://127.0.0.1:{stage.rest_port}"
    session = requests.Session()
    session.trust_env = False
    login = session.post(
        f"{base}/services/auth/login",
        data={"username": user, "password": password, "output_mode": "json"},
        timeout=30,
    )
    session.headers["Authorization"] = f"Splunk {login.json()['sessionKey']}"

    def seen(method: str, path: str, body: Any = None) -> int:
        reply = session.request(method, base + path, json=body, timeout=30, params={"output_mode": "json"})
        marks = (target.tenant, target.index, target.entity)
        return int(reply.ok and any(mark in reply.text for mark in marks))

    data = f"/servicesNS/nobody/{APP}/storage/collections/data"
    for collection in ("minerva_entities", "minerva_members", "minerva_redirects", "minerva_watchlist"):
        yield f"KV data of {collection}", lambda path=f"{data}/{collection}": seen("GET", path)  # type: ignore[misc]
    handler = "/services/minerva/app/v1/entities"
    for action, body in (
        ("get", {"entity_id": target.entity}),
        ("lookup", {"identifier": target.identifier}),
        ("neighborhood", {"entity_id": target.entity}),
        ("list", {"tenant_id": target.tenant}),
        ("members", {"tenant_id": target.tenant}),
        ("watchlist", {"op": "list", "tenant_id": target.tenant}),
    ):
        yield (
            f"handler {action}",
            lambda action=action, body=body: seen("POST", f"{handler}/{action}", body),  # type: ignore[misc]
        )
    yield "foreign job by REST", lambda: seen("GET", f"/services/search/jobs/{target.sid}")
    yield "foreign job's results", lambda: seen("GET", f"/services/search/v2/jobs/{target.sid}/results")
    yield "list of indexes", lambda: seen("GET", "/services/data/indexes")
    yield "list of saved searches", lambda: seen("GET", f"/servicesNS/-/{APP}/saved/searches")
