"""The audit of the page: people and things by name, as far as the institution has them."""

from __future__ import annotations

from typing import Any

from minerva.services import answer as ask_services
from minerva.tenancy.directory import Person
from tests.partner.world import PHONE, World, person

PARTNER, ADMIN = person("northfield"), person("northfield", "admin")


def entry_of(world: World, **asked: Any) -> dict[str, Any]:
    found = ask_services("audit", {"limit": 1, **asked}, world.store(ADMIN)).payload["entries"]
    return dict(found[0])


def test_people_and_things_of_the_institution_have_their_names() -> None:
    world = World()
    world.link("northfield")
    for identifier, case in ((PHONE, "NF-9"), ("phone:+14155550177", "NF-10")):
        body = {"identifiers": [identifier]}
        world.ask(PARTNER, "POST", "/identifiers/lookup", body, headers={"minerva-case": case})
    world.askers.held["rita"] = Person("rita", "", person("riverbank", "admin").roles)
    assert not {"subject_name", "object_names"} & set(entry_of(world, about_case="NF-9"))
    entry = entry_of(world, about_case="NF-9", names=True)
    assert (entry["subject_name"], entry["object_names"]) == ("northfield_partner", [PHONE])
    entry = entry_of(world, about_case="NF-10", names=True)
    assert entry["object_names"] == [""], "what the institution does not hold stays a token"
    entry = entry_of(world, about_case="NF-10", names=True, identifier="phone:+14155550177")
    assert entry["object_names"] == ["phone:+14155550177"], "but for who asks about it"


def test_nobody_of_another_institution_is_named() -> None:
    world = World()
    both = type(PARTNER)("two", PARTNER.roles, PARTNER.capabilities)
    world.ask(both, "GET", "/health", headers={"minerva-case": "NF-9"})
    world.askers.held["two"] = Person("two", "", person("riverbank").roles)
    assert "subject_name" not in entry_of(world, about_case="NF-9", names=True)
