"""The role of inputs' accounts: it lets them ask the own institution's vault, and allows nothing else whatever."""

from __future__ import annotations

from dataclasses import replace

import pytest

from minerva.policy import Action, Context, Grant, Object, Subject, Tenant, decide, tenants_of
from minerva.policy.vocabulary import EVERYONE, Level
from tests.policy.oracle import CLASSES

TENANTS = {
    name: Tenant(name, f"i_{name}", f"{name}_analyst", f"{name}_admin", kind=kind, intake_role=f"{name}_intake")
    for name, kind in (("north", "police"), ("river", "ngo"), ("desk", "operator"))
}
CONTEXT = Context(TENANTS, now=10.0, purpose="investigation", case="C-17")
INPUT = Subject("collector", frozenset(["river_intake", "desk_intake"]), frozenset(["minerva_query"]))
WHATS = ("intake", "entity", "membership", "policy", "")


def permitted(subject: Subject, context: Context = CONTEXT) -> set[tuple[str, str, str]]:
    """(action, what, institution) of everything that is permitted of private objects."""
    return {
        (action.value, what, name)
        for action in Action
        for what in WHATS
        for name in (*TENANTS, "nowhere")
        for field_class in CLASSES
        if decide(subject, action, Object(name, what), field_class, context).permits
    }


def test_an_input_may_ask_the_vaults_of_its_institutions_and_nothing_else() -> None:
    assert permitted(INPUT) == {("store", "intake", "river"), ("store", "intake", "desk")}
    assert decide(INPUT, Action.STORE, Object("river", "intake"), "statistics", CONTEXT).reason_code == "intake"
    assert tenants_of(INPUT, CONTEXT) == []


@pytest.mark.parametrize("standing", ["analyst", "admin"])
def test_people_of_the_institution_may_not_ask_as_inputs_do(standing: str) -> None:
    person = Subject("x", frozenset([f"river_{standing}"]), frozenset(["minerva_query"]))
    assert not any(what == "intake" and action == "store" for action, what, _ in permitted(person))
    both = replace(person, roles=person.roles | {"river_intake"})
    assert permitted(both) - permitted(person) == {("store", "intake", "river")}


def test_a_suspended_institution_takes_nothing_in() -> None:
    tenants = {**TENANTS, "river": replace(TENANTS["river"], state="suspended")}
    assert permitted(INPUT, replace(CONTEXT, tenants=tenants)) == {("store", "intake", "desk")}


def test_an_institution_without_the_role_lets_nobody_ask() -> None:
    bare = Tenant("bare", "i", "", "")
    nobody = Subject("x", frozenset([""]), frozenset())
    assert not decide(nobody, Action.STORE, Object("bare", "intake"), "statistics", Context({"bare": bare})).permits


def test_an_input_sees_of_others_what_everybody_sees() -> None:
    grant = Grant("g", EVERYONE, Level.PUBLIC, frozenset(["statistics"]), "a", 1.0, 20.0)
    shown = Object("north", level=Level.PUBLIC, grants=(grant,))
    anybody = Subject("x", frozenset(["user"]), frozenset(["minerva_query"]))
    for action in Action:
        told = [decide(who, action, shown, "statistics", CONTEXT).permits for who in (INPUT, anybody)]
        assert told[0] == told[1], action
