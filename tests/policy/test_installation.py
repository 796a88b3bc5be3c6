"""Tenants and groups from conf stanzas; roles that more people hold grant no less."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from minerva.policy import Action, Context, Group, Object, Subject, Tenant, decide, tenants_of
from minerva.policy.installation import read_installation

STANZAS = {
    "north": {
        "index": "i1", "analyst_role": "n_analyst", "admin_role": "n_admin", "groups": "ring, pair", "region": "US",
    },
    "river": {"index": "i2", "analyst_role": "r_analyst", "kind": "ngo", "profile": "vawa_voca", "groups": "ring"},
    "closed": {"index": "i3", "analyst_role": "c_analyst", "state": "suspended", "groups": ""},
    "empty": {"label": "no index"},
}  # fmt: skip
ROLES = ["n_analyst", "n_admin", "r_analyst", "c_analyst", "user", ""]


def test_stanzas_become_tenants_and_groups() -> None:
    context = read_installation(STANZAS)
    assert set(context.tenants) == {"north", "river", "closed"}
    assert context.tenants["north"] == Tenant("north", "i1", "n_analyst", "n_admin", region="US")
    assert context.tenants["river"].profile == "vawa_voca"
    assert context.groups == {
        "ring": Group("ring", frozenset({"north", "river"})),
        "pair": Group("pair", frozenset({"north"})),
    }


def test_a_suspended_tenant_has_no_members() -> None:
    subject = Subject("x", frozenset(["c_analyst", "n_admin"]), frozenset())
    assert tenants_of(subject, read_installation(STANZAS)) == ["north"]


def test_a_tenant_without_roles_belongs_to_nobody() -> None:
    context = Context({"bare": Tenant("bare", "i", "", "")})
    assert tenants_of(Subject("x", frozenset([""]), frozenset()), context) == []


@given(
    st.frozensets(st.sampled_from(ROLES)), st.sampled_from(list(Action)), st.sampled_from(["north", "river", "nowhere"])
)
def test_removing_a_role_never_grants(roles: frozenset[str], action: Action, tenant: str) -> None:
    context = read_installation(STANZAS)

    def may(held: frozenset[str]) -> bool:
        return decide(Subject("x", held, frozenset()), action, Object(tenant), "infrastructure", context).permits

    assert all(may(roles) for role in roles if may(roles - {role}))
