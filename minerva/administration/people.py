"""The people of an institution and their tokens: who they are, and how one leaves at once.

Leaving needs one administrator alone, since it may be urgent: roles go first, then tokens, then searches and results.
"""

from __future__ import annotations

from typing import Any

from minerva.administration.handing_over import handed_over, heir_of
from minerva.administration.leaving import need_administrator, need_another_administrator, nobody_else, without_jobs
from minerva.administration.standing import MEMBER, UNASSIGNED, administered, belongs, only_here, person_of, told
from minerva.policy import Tenant
from minerva.sharing import log
from minerva.sharing.proposals import short_text
from minerva.tenancy.asking import Absent, Body, Contradicts, Store, text_of
from minerva.tenancy.directory import Person, Token


def people(body: Body, store: Store) -> dict[str, Any]:
    """{} -> {"people": [{"person", "name", "standings", "tokens", "elsewhere"}]}, by user name.

    `elsewhere`: the person also holds roles that are none of this institution's, so that it cannot change the person.
    """
    tenant = administered(body, store)
    rows = []
    for person in _own(store, tenant):
        live = [token for token in store.directory.tokens(person.user) if token.enabled]
        rows.append({**told(person, tenant), "tokens": len(live), "elsewhere": not only_here(person, tenant)})
    return {"people": rows}


def people_remove(body: Body, store: Store) -> dict[str, Any]:
    """{"person", "why", "to"} -> {"person", "tokens", "jobs", "jobs_left", "watched", "cases"}: the person is out.

    Searches go with their results, whether they run, have ended or are saved; `jobs_left` is how many could not be
    deleted. `watched` and `cases`: how many things on the watch list, and cases that nobody reads any more, were left
    (absent: none). They pass to the analyst named by `to`, or stay. May be repeated, also with `to`. Nobody removes
    themselves, and the last administrator stays.
    """
    tenant = administered(body, store, MEMBER)
    with nobody_else(store, tenant):
        person = person_of(body, store, tenant)
        if person.user == store.subject.user:
            raise Contradicts("somebody else of your institution removes you")
        need_another_administrator(store, tenant, person.user)
        need_administrator(store, tenant)
        why, heir = short_text(body, "why"), heir_of(body, store, tenant, person.user)
        store.trail.permit(1)
        log.changed(store, tenant.tenant_id, "left", what="membership", object_id=person.user, why=why)
        store.directory.set_roles(person.user, [UNASSIGNED])
    held = store.directory.tokens(person.user)
    for token in held:
        store.directory.revoke(token)
    jobs = without_jobs(store, person.user)
    left = handed_over(store, tenant.tenant_id, person.user, heir, why)
    return {"person": person.user, "tokens": len(held), "jobs": jobs.deleted, "jobs_left": jobs.left, **left}


def tokens(body: Body, store: Store) -> dict[str, Any]:
    """{} -> {"tokens": [...]} of the institution's own people, the newest first. The text of a token is never told."""
    tenant = administered(body, store)
    found = [token for person in _own(store, tenant) for token in store.directory.tokens(person.user)]
    return {"tokens": [_shown(token) for token in sorted(found, key=lambda token: (-token.created, token.token_id))]}


def token_revoke(body: Body, store: Store) -> dict[str, Any]:
    """{"person", "token_id"} -> {"token"}. Raises Absent for a token that is not one of the person's."""
    tenant = administered(body, store)
    person = person_of(body, store, tenant)
    wanted = text_of(body, "token_id")
    found = [token for token in store.directory.tokens(person.user) if token.token_id == wanted]
    if not found or not belongs(person, tenant):
        raise Absent
    store.trail.permit(1)
    store.directory.revoke(found[0])
    return {"token": {**_shown(found[0]), "enabled": False}}


def _own(store: Store, tenant: Tenant) -> list[Person]:
    return sorted((one for one in store.directory.people() if belongs(one, tenant)), key=lambda one: one.user)


def _shown(token: Token) -> dict[str, Any]:
    return {
        "token_id": token.token_id, "person": token.user, "audience": token.audience, "created": token.created,
        "expires": token.expires, "last_used": token.last_used, "enabled": token.enabled,
    }  # fmt: skip
