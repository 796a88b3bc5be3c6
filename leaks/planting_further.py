"""Plants what needs a platform's administrator and a group: people who leave, releases live and taken back, forged
events, a stanza of the table of institutions, a question of somebody of two institutions."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from leaks.connection import Connection
from leaks.model import APP, Ask, Further, Institution, Person, Site
from leaks.surfaces import ENTITIES, STATED, TENANTS
from minerva.partner.registry import BASE

BASIS = {**STATED, "Minerva-Legal-Basis": "leak check"}
ROUNDS = 3
"""Releases that are taken back while they are marked."""


@dataclass(frozen=True)
class Words:
    """Secrets of one institution, each within an address of a record of its own."""

    shared: str
    recalled: str

    @classmethod
    def drawn(cls) -> Words:
        return cls(secrets.token_hex(16), secrets.token_hex(16))

    def records(self) -> list[dict[str, Any]]:
        """The two records whose entities are released."""
        return [
            {
                "record_type": "ad", "source": "canary", "key": word, "emails": [f"{word}@canary.example"],
                "marking": {"level": "L0", "personal": "contact"},
            }
            for word in (self.shared, self.recalled)
        ]  # fmt: skip


def plant_further(site: Site, place: Institution, secret: str, words: Words, record_ids: tuple[str, ...]) -> Further:
    """Plants once the records are linked; `record_ids` are those of `words`. Raises RuntimeError."""
    assert site.platform is not None
    handle = secrets.token_hex(6)
    with (
        _open(site, place.owners["analyst"]) as analyst,
        _open(site, place.owners["admin"]) as admin,
        _open(site, site.platform) as platform,
    ):
        live, taken_back = (_entity_of(analyst, record_id) for record_id in record_ids)
        _release(place, analyst, admin, live)
        forged = _forge(place, platform, words.shared)
        twin = _forge_record(place, platform, words.shared)
        for _ in range(ROUNDS):
            _recall_while_marked(site, place, analyst, taken_back, _release(place, analyst, admin, taken_back))
        form = {"name": f"canary_{handle}", "label": f"canary {secret}"}
        platform.json(Ask(TENANTS.format(user="nobody"), "POST", form=form))
        leavers, sids = _leave(site, place, platform, admin, handle, secret)
        audited, case = _question(site, place, admin, handle)
    return Further(
        leavers, sids, words.shared, words.recalled, forged, form["name"], audited, case, twin, record_ids[0]
    )


def take_away_further(site: Site, further: Further) -> None:
    """Removes people and stanza. Releases stay until they end, their copies and forged events until they age."""
    assert site.platform is not None
    with _open(site, site.platform) as platform:
        for person in further.leavers:
            platform.ask(Ask(f"/services/authentication/users/{person.user}", "DELETE"))
        platform.ask(Ask(f"{TENANTS.format(user='nobody')}/{further.stanza}", "DELETE"))


@contextmanager
def _open(site: Site, person: Person) -> Iterator[Connection]:
    connection = Connection(site, person)
    try:
        yield connection
    finally:
        connection.close()


def _entity_of(analyst: Connection, record_id: str) -> str:
    found = analyst.json(Ask(f"{BASE}/records/{record_id}/entities"))["entities"]
    if not found:
        raise RuntimeError("a record to be released was not linked")
    return str(found[0]["entity_id"])


def _mark(connection: Connection, entity_id: str, level: str) -> int:
    body = {"entity_id": entity_id, "level": level}
    return connection.ask(Ask(f"{BASE}/markings", "POST", body, headers=BASIS)).status


def _release(place: Institution, analyst: Connection, admin: Connection, entity_id: str) -> str:
    """Releases an entity to the group with a second person's yes; the grant."""
    _mark(analyst, entity_id, "L5")
    terms = {"entity_id": entity_id, "to": place.group, "level": "L4", "fields": ["infrastructure"], "days": 1}
    proposal = analyst.json(Ask(f"{BASE}/proposals", "POST", terms, headers=BASIS))
    path = f"{BASE}/proposals/{proposal['proposal_id']}"
    yes = {"content_hash": proposal["content_hash"]}
    admin.json(Ask(f"{path}/approve", "POST", yes, headers=BASIS))
    return str(analyst.json(Ask(f"{path}/release", "POST", {}, headers=BASIS))["grant"]["grant_id"])


def _recall_while_marked(site: Site, place: Institution, analyst: Connection, entity_id: str, grant_id: str) -> None:
    """Takes a release back while another request of the institution makes its copies anew."""
    _mark(analyst, entity_id, "L1")
    with _open(site, place.owners["analyst"]) as other, ThreadPoolExecutor(2) as pool:
        marking = pool.submit(_mark, other, entity_id, "L5")
        recall = pool.submit(analyst.json, Ask(f"{BASE}/grants/{grant_id}/recall", "POST", {}, headers=BASIS))
        marking.result()
        recall.result()


def _text_of(platform: Connection, terms: str) -> str:
    """The text of an event that a search finds, "" where it finds none."""
    shown = platform.ask(Ask(spl=f"search {terms} | head 1 | table _raw")).text
    return next((json.loads(line)["result"]["_raw"] for line in shown.splitlines() if '"_raw"' in line), "")


def _forge(place: Institution, platform: Connection, shared: str) -> str:
    """Writes events beside a genuine copy in the group's index, one with its signature; the secret that they hold."""
    forged = secrets.token_hex(16)
    genuine = _text_of(platform, f'index={place.group_index} sourcetype=minerva:release "{shared}"')
    if not genuine:
        raise RuntimeError("the copy of a release does not lie in its group's index")
    text = genuine.replace(shared, forged)
    event = json.loads(text)
    later = {**event, "moment": event["moment"] + 0.5, "expires": event["expires"] + 86_400}
    path = f"/services/receivers/simple?index={place.group_index}&sourcetype=minerva:release&output_mode=json"
    for line in (text, json.dumps(later), json.dumps({**later, "copy_id": "c_0000000000000000"})):
        platform.json(Ask(path, "POST", text=line))
    return forged


def _forge_record(place: Institution, platform: Connection, shared: str) -> str:
    """Writes an event with a genuine record's signature and all that is indexed of it, and another text; its secret."""
    twin = secrets.token_hex(16)
    genuine = _text_of(platform, f'index={place.index} sourcetype=minerva:ad source_key="{shared}"')
    if not genuine:
        raise RuntimeError("a record to be forged does not lie in its institution's index")
    text = genuine.replace(f'"source_key":"{shared}"', f'"source_key":"{twin}"')
    query = f"index={place.index}&sourcetype=minerva:ad&source={json.loads(text)['source_id']}&output_mode=json"
    platform.json(Ask(f"/services/receivers/simple?{query}", "POST", text=text))
    return twin


def _leave(
    site: Site, place: Institution, platform: Connection, admin: Connection, handle: str, secret: str
) -> tuple[tuple[Person, ...], tuple[str, ...]]:
    """Two analysts search; one is then removed, the other goes to the next institution. Both, and their jobs."""
    other = next(each for each in site.institutions if each.tenant != place.tenant)
    found, sids = [], []
    for persona in ("left", "moved"):
        person = Person(persona, (), f"canary_{persona}_{handle}", secrets.token_urlsafe(18), left=place.tenant)
        form = {"name": person.user, "password": person.password, "roles": f"minerva_{place.tenant}_analyst"}
        platform.json(Ask("/services/authentication/users", "POST", form=form))
        with _open(site, person) as leaver:
            job = {"search": f'search index={place.index} "{secret}"', "exec_mode": "blocking", "earliest_time": "0"}
            jobs = f"/servicesNS/{person.user}/{APP}/search/jobs"
            sids.append(str(leaver.json(Ask(jobs, "POST", form={**job, "output_mode": "json"}))["sid"]))
            if secret not in leaver.ask(Ask(f"/services/search/jobs/{sids[-1]}/results")).text:
                raise RuntimeError("an analyst did not see the canary in a search of their own")
        admin.json(Ask(f"{ENTITIES}/people_remove", "POST", {"person": person.user, "why": "leak check"}))
        if persona == "moved":
            _take_in(site, other, person.user)
            person = Person(persona, (other.tenant,), person.user, person.password, left=place.tenant)
        found.append(person)
    return tuple(found), tuple(sids)


def _take_in(site: Site, place: Institution, user: str) -> None:
    with _open(site, place.owners["admin"]) as admin, _open(site, place.owners["analyst"]) as analyst:
        body = {"person": user, "standing": "analyst", "why": "leak check"}
        made = admin.json(Ask(f"{ENTITIES}/people_propose", "POST", body))["proposal"]
        named = {"proposal_id": made["proposal_id"]}
        analyst.json(Ask(f"{ENTITIES}/people_approve", "POST", {**named, "content_hash": made["content_hash"]}))
        admin.json(Ask(f"{ENTITIES}/people_apply", "POST", named))


def _question(site: Site, place: Institution, admin: Connection, handle: str) -> tuple[str, str]:
    """Somebody of it and another institution asks it; what its entry says of it ("": nobody is), and the case."""
    asker = next((each for each in site.people if place.tenant in each.tenants and len(each.tenants) > 1), None)
    case = f"leak check {handle}"
    if asker is None:
        return "", case
    with _open(site, asker) as both:
        identifier = f"email:question.{handle}@canary.example"
        body = {"identifier": identifier, "tenant_id": place.tenant, "case": case, "purpose": "investigation"}
        both.ask(Ask(f"{ENTITIES}/lookup", "POST", body))  # nobody holds it: 404
    entries = admin.json(Ask(f"{ENTITIES}/audit", "POST", {"about_case": case, "limit": 1000}))["entries"]
    if not entries:
        raise RuntimeError("a question of somebody of two institutions left no entry with the one that was asked")
    return str(entries[0]["objects"][0]), case
