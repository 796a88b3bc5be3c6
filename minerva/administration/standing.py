"""Who belongs to an institution, by roles, and who may be taken in: somebody who belongs to nothing yet."""

from __future__ import annotations

from typing import Any

from minerva.policy import Action, Object, Tenant
from minerva.policy.vocabulary import INFRASTRUCTURE, Standing
from minerva.sharing.content import bound
from minerva.tenancy.asking import Absent, BadRequest, Body, Store, text_of
from minerva.tenancy.directory import Person

UNASSIGNED = "minerva_unassigned"
"""The role of a user of no institution: splunkd wants one role of everybody, and this one allows nothing."""
MEMBERSHIP, MEMBER, INSTITUTION = "membership", "member", "institution"
"""What is administered: who belongs (a second person agrees), one who leaves, and all the rest."""


def administered(body: Body, store: Store, what: str = INSTITUTION) -> Tenant:
    """The institution whose administrator asks. Raises Absent for anybody else."""
    tenant = store.context.tenants[store.tenant_for(Action.ADMINISTER, body)]
    if what == INSTITUTION:
        return tenant
    if not store.decided(Action.ADMINISTER, Object(tenant.tenant_id, what), INFRASTRUCTURE).permits:
        raise Absent
    return tenant


def roles_of(tenant: Tenant) -> dict[Standing, str]:
    """Standing -> role, of those that the institution has."""
    named = {
        Standing.ANALYST: tenant.analyst_role,
        Standing.ADMIN: tenant.admin_role,
        Standing.PARTNER: tenant.partner_role,
    }
    return {standing: role for standing, role in named.items() if role}


def belongs(person: Person, tenant: Tenant) -> bool:
    """Whether the person holds a role of the institution, whatever else the person holds."""
    return bool(person.roles & set(roles_of(tenant).values()))


def only_here(person: Person, tenant: Tenant) -> bool:
    """Whether the person holds roles of this institution or none at all: nobody else's people are touched."""
    return not person.roles - {*roles_of(tenant).values(), UNASSIGNED}


def person_of(body: Body, store: Store, tenant: Tenant) -> Person:
    """The person that a body names and this institution may change. Raises Absent, for everybody else alike."""
    found = store.directory.person(text_of(body, "person"))
    if found is None or not only_here(found, tenant):
        raise Absent
    return found


def standing_of(body: Body, tenant: Tenant) -> Standing:
    """Raises BadRequest."""
    known = roles_of(tenant)
    for standing in known:
        if body.get("standing") == standing.value:
            return standing
    raise BadRequest(f"standing: expected one of {', '.join(standing.value for standing in known)}")


def membership_hash(tenant: Tenant, person: Person, standing: str) -> str:
    """What an approval of a membership is bound to: the person, the standing, and the roles held before."""
    roles = dict.fromkeys(sorted(person.roles), True)
    return bound(tenant.tenant_id, MEMBERSHIP, person.user, {"standing": standing}, {"roles": roles})


def told(person: Person, tenant: Tenant) -> dict[str, Any]:
    """A person as administrators see one."""
    standings = sorted(standing.value for standing in tenant.standings(person.roles))
    return {"person": person.user, "name": person.name, "standings": standings}
