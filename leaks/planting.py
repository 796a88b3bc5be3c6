"""Plants a canary in an institution as its own people would, and takes away what can be taken away again."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable

from leaks.connection import Connection
from leaks.model import APP, Ask, Institution, Site, Target
from leaks.surfaces import ENTITIES, STATED
from minerva.partner.registry import BASE

WAIT = 900.0


def plant(site: Site, place: Institution, settle: Callable[[], None]) -> Callable[[], Target]:
    """Plants; returns what gives the Target once linking and alerts have run. `settle` is called between."""
    secret, handle = secrets.token_hex(16), secrets.token_hex(6)
    identifier = f"email:canary.{handle}@canary.example"
    analyst, program = (Connection(site, place.owners[persona]) for persona in ("analyst", "program"))
    text = f"canary record of the leak check; write to canary.{handle}@canary.example"
    records = [
        {
            "record_type": "ad", "source": f"canary_{secret}", "key": f"{secret}-{number}", "text": f"{text} {secret}",
            "name": f"Canary {secret}", "marking": {"level": "L0", "personal": "none"},
        }
        for number in (1, 2)
    ]  # fmt: skip
    sent = program.json(Ask(f"{BASE}/records/bulk", "POST", {"records": records}))
    record_ids = tuple(str(each["record_id"]) for each in sent["outcomes"])
    watched = analyst.json(
        Ask(f"{BASE}/watch-list", "POST", {"identifier": identifier, "note": f"canary {secret}"}, headers=STATED)
    )
    saved = f"canary {handle}"
    spl = f'search index={place.index} "{secret}"'
    owner = place.owners["analyst"].user
    analyst.json(Ask(f"/servicesNS/{owner}/{APP}/saved/searches", "POST", form={"name": saved, "search": spl}))
    if site.platform is not None:
        platform = Connection(site, site.platform)
        path = f"/services/receivers/simple?index={place.summary_index}&sourcetype=minerva:summary&output_mode=json"
        platform.json(Ask(path, "POST", f"canary {secret}"))
        platform.close()

    def planted() -> Target:
        settle()
        entity_id = _entity(analyst, identifier)
        body = {"op": "add", "a": min(record_ids), "b": max(record_ids), "verdict": "same", "why": f"canary {secret}"}
        analyst.json(Ask(f"{ENTITIES}/judgements", "POST", body))
        form = {"search": spl, "exec_mode": "blocking", "output_mode": "json", "earliest_time": "0"}
        sid = str(analyst.json(Ask(f"/servicesNS/{owner}/{APP}/search/jobs", "POST", form=form))["sid"])
        analyst.close()
        program.close()
        return Target(place, secret, identifier, record_ids, entity_id, str(watched["watch_id"]), sid, saved)

    return planted


def take_away(site: Site, target: Target) -> None:
    """Removes the canary's watch-list entry, judgement, saved search and job. Its records stay until they age out."""
    place = target.institution
    analyst = Connection(site, place.owners["analyst"])
    pair = {"op": "take_back", "a": min(target.record_ids), "b": max(target.record_ids), "why": "leak check is over"}
    owner = place.owners["analyst"].user
    for ask in (
        Ask(f"{BASE}/watch-list/{target.watch_id}", "DELETE"),
        Ask(f"{ENTITIES}/judgements", "POST", pair),
        Ask(f"/servicesNS/{owner}/{APP}/saved/searches/{target.saved_search}", "DELETE"),
        Ask(f"/services/search/jobs/{target.sid}/control", "POST", form={"action": "cancel"}),
    ):
        analyst.ask(ask)
    analyst.close()


def _entity(analyst: Connection, identifier: str) -> str:
    """The id of the entity that linking made of the canary's records. Raises RuntimeError after WAIT seconds."""
    until = time.monotonic() + WAIT
    ask = Ask(f"{BASE}/identifiers/lookup", "POST", {"identifiers": [identifier]})
    while True:
        found = analyst.json(ask)["results"][0]["entities"]
        if found and found[0]["size"] == 2:
            return str(found[0]["entity_id"])
        if time.monotonic() > until:
            raise RuntimeError("the canary's records were not linked: does the scheduled search of the tenant run?")
        time.sleep(5)
