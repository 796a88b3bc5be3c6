"""The policy against an oracle table written apart from it, and what more or fewer roles may change."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minerva.tenancy.policy import FIELD_CLASSES, Action, Context, Object, Subject, Tenant, decide

TENANTS = {name: Tenant(name, f"i_{name}", f"{name}_analyst", f"{name}_admin") for name in ("a", "b")}
CONTEXT = Context(TENANTS)
ROLES = ["a_analyst", "a_admin", "b_analyst", "b_admin", "user", "admin", ""]
SUBJECTS = {
    "analyst_a": Subject("x", frozenset(["a_analyst"]), frozenset(["minerva_query"])),
    "admin_b": Subject("x", frozenset(["b_admin"]), frozenset(["minerva_query"])),
    "both": Subject("x", frozenset(["a_analyst", "b_analyst"]), frozenset(["minerva_query"])),
    "service": Subject("x", frozenset(["minerva_service"]), frozenset(["minerva_query", "minerva_write"])),
    "outsider": Subject("x", frozenset(["user", "power"]), frozenset(["minerva_query"])),
    "nobody": Subject("x", frozenset(), frozenset()),
}
# Who may read and watch each tenant, and who may store and alert: (subject, tenant) and subject.
READERS = {("analyst_a", "a"), ("admin_b", "b"), ("both", "a"), ("both", "b"), ("service", "a"), ("service", "b")}
WRITERS = {("service", "a"), ("service", "b")}
CASES = list(itertools.product(SUBJECTS, Action, ["a", "b", "c", ""]))


@pytest.mark.parametrize(("who", "action", "tenant"), CASES)
def test_decision_is_the_oracles(who: str, action: Action, tenant: str) -> None:
    allowed = READERS if action in (Action.READ, Action.WATCH) else WRITERS
    decision = decide(SUBJECTS[who], action, Object(tenant), "infrastructure", CONTEXT)
    assert decision.permits == ((who, tenant) in allowed)
    assert decision.fields == (("*",) if decision.permits else ())


def test_unknown_field_class_is_absent() -> None:
    assert not decide(SUBJECTS["service"], Action.READ, Object("a"), "victim_identity", CONTEXT).permits


@given(
    st.frozensets(st.sampled_from(ROLES)),
    st.frozensets(st.sampled_from(["minerva_query", "minerva_write"])),
    st.sampled_from(list(Action)),
    st.sampled_from(["a", "b", "c"]),
    st.sampled_from(FIELD_CLASSES),
)
def test_removing_a_role_or_capability_never_grants(
    roles: frozenset[str], capabilities: frozenset[str], action: Action, tenant: str, field_class: str
) -> None:
    whole = decide(Subject("x", roles, capabilities), action, Object(tenant), field_class, CONTEXT)
    fewer = [Subject("x", roles - {role}, capabilities) for role in roles]
    fewer += [Subject("x", roles, capabilities - {capability}) for capability in capabilities]
    for subject in fewer:
        if decide(subject, action, Object(tenant), field_class, CONTEXT).permits:
            assert whole.permits
