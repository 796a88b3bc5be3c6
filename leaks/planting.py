"""Plants a canary in an institution as its own people would, and takes away what can be taken away again."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

from leaks.connection import Connection
from leaks.model import APP, Ask, Institution, Site, Target
from leaks.planting_further import Words, plant_further, take_away_further
from leaks.surfaces import ENTITIES, STATED
from minerva.partner.registry import BASE

PAUSE = 5.0


@dataclass(frozen=True)
class Patience:
    """How long scheduled searches are waited for: `turn` is called before each new look, `turns` times at most."""

    turn: Callable[[], None]
    turns: int


SPLUNK = Patience(lambda: time.sleep(PAUSE), 180)
"""A Splunk runs its schedules itself: a quarter of an hour, three times their period."""


def plant(site: Site, place: Institution, patience: Patience = SPLUNK) -> Callable[[], Target]:
    """Plants; returns what waits for linking and alerts, and gives the Target."""
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
    words = Words.drawn() if site.platform is not None and place.group_index else None
    records += words.records() if words is not None else []
    sent = program.json(Ask(f"{BASE}/records/bulk", "POST", {"records": records}))
    stored = tuple(str(each["record_id"]) for each in sent["outcomes"])
    record_ids, others = stored[:2], stored[2:]
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
        entity_id = _entity(analyst, identifier, patience)
        _alert(analyst, secret, patience)
        body = {"op": "add", "a": min(record_ids), "b": max(record_ids), "verdict": "same", "why": f"canary {secret}"}
        analyst.json(Ask(f"{ENTITIES}/judgements", "POST", body))
        case_id = _case(analyst, secret, entity_id)
        image = secrets.token_hex(32)
        bank_id = _bank(analyst, secret, image)
        form = {"search": spl, "exec_mode": "blocking", "output_mode": "json", "earliest_time": "0"}
        sid = str(analyst.json(Ask(f"/servicesNS/{owner}/{APP}/search/jobs", "POST", form=form))["sid"])
        analyst.close()
        program.close()
        school_id = f"canary-{handle}"
        school_query_id = _school(analyst, secret, school_id)
        further = plant_further(site, place, secret, words, others) if words is not None else None
        watch_id = str(watched["watch_id"])
        return Target(
            place, secret, identifier, record_ids, entity_id, watch_id, sid, saved, case_id, bank_id, image, further,
            school_query_id, school_id,
        )  # fmt: skip

    return planted


def take_away(site: Site, target: Target) -> None:
    """Removes the canary's watch-list entry, judgement, school, image bank, saved search and job, and closes its case.
    Its records stay until they age out."""
    place = target.institution
    analyst = Connection(site, place.owners["analyst"])
    pair = {"op": "take_back", "a": min(target.record_ids), "b": max(target.record_ids), "why": "leak check is over"}
    owner = place.owners["analyst"].user
    for ask in (
        Ask(f"{BASE}/watch-list/{target.watch_id}", "DELETE"),
        Ask(f"{ENTITIES}/judgements", "POST", pair),
        Ask(f"{ENTITIES}/cases", "POST", {"op": "change", "case_id": target.case_id, "state": "closed"}),
        Ask(f"{ENTITIES}/school_queries", "POST", {"op": "remove", "query_id": target.school_query_id}),
        Ask(f"{ENTITIES}/school_gallery", "POST", {"op": "remove", "school_ids": [target.school_id]}),
        Ask(f"{ENTITIES}/image_banks", "POST", {"op": "remove", "bank_id": target.bank_id}),
        Ask(f"/servicesNS/{owner}/{APP}/saved/searches/{target.saved_search}", "DELETE"),
        Ask(f"/services/search/jobs/{target.sid}/control", "POST", form={"action": "cancel"}),
    ):
        analyst.ask(ask)
    analyst.close()
    if target.further is not None:
        take_away_further(site, target.further)


def _case(analyst: Connection, secret: str, entity_id: str) -> str:
    """The id of a case about the canary, with a note and its entity pinned."""
    opening = {"op": "open", "title": f"canary {secret}", "number": "leak-check"}
    case_id = str(analyst.json(Ask(f"{ENTITIES}/cases", "POST", opening))["opened"])
    pin = {"what": "pin", "object": "entity", "object_id": entity_id}
    for item in ({"what": "note", "text": f"canary {secret}"}, pin):
        analyst.json(Ask(f"{ENTITIES}/case_item", "POST", {"case_id": case_id, **item}))
    return case_id


def _school(analyst: Connection, secret: str, school_id: str) -> str:
    """Puts the canary among the institution's schools; the id of a question about it."""
    row = {"school_id": school_id, "name": f"Canary {secret}", "garment": "blazer", "garment_color": "purple",
           "charges": ["otter"]}  # fmt: skip
    analyst.json(Ask(f"{ENTITIES}/school_gallery", "POST", {"op": "add", "schools": [row]}))
    body = {"describe": f"purple blazer, badge with an otter; {secret}"}
    return str(analyst.json(Ask(f"{ENTITIES}/schools_identify", "POST", body))["query"]["query_id"])


def _bank(analyst: Connection, secret: str, image: str) -> str:
    """The id of a bank of image hashes with one hash in it, of which somebody has said that it matched."""
    opening = {"op": "open", "name": f"canary {secret}", "what": "own"}
    bank_id = str(analyst.json(Ask(f"{ENTITIES}/image_banks", "POST", opening))["opened"])
    held = {"bank_id": bank_id}
    analyst.json(Ask(f"{ENTITIES}/image_hashes", "POST", {"op": "add", **held, "list": f"{image},canary {secret}"}))
    (entry,) = analyst.json(Ask(f"{ENTITIES}/image_hashes", "POST", held))["hashes"]
    said = {"op": "set", **held, "entry_id": entry["entry_id"], "pdq": image, "verdict": "true", "note": secret}
    analyst.json(Ask(f"{ENTITIES}/image_feedback", "POST", said))
    return bank_id


def _entity(analyst: Connection, identifier: str, patience: Patience) -> str:
    """The id of the entity that linking made of the canary's records. Raises RuntimeError where none comes."""
    ask = Ask(f"{BASE}/identifiers/lookup", "POST", {"identifiers": [identifier]})

    def look() -> str:
        found = analyst.json(ask)["results"][0]["entities"]
        return str(found[0]["entity_id"]) if found and found[0]["size"] == 2 else ""

    return _awaited(look, patience, "the canary's records were not linked: does the institution's linking search run?")


def _alert(analyst: Connection, secret: str, patience: Patience) -> None:
    """Waits for the watch list's alert about the canary. Raises RuntimeError where none comes."""

    def look() -> str:
        return secret if secret in str(analyst.json(Ask(f"{BASE}/alerts"))) else ""

    _awaited(look, patience, "no alert came of the canary's watch-list entry: does the institution's watch list run?")


def _awaited(look: Callable[[], str], patience: Patience, otherwise: str) -> str:
    for turn in range(patience.turns + 1):
        if turn:
            patience.turn()
        if found := look():
            return found
    raise RuntimeError(otherwise)
