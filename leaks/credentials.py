"""An operator's site from a JSON file: where Splunk is, its institutions, and people of each persona."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from leaks.model import PERSONAS, Institution, Person, Site

_OWNERS = ("analyst", "admin", "program")


class CredentialsError(ValueError):
    """The file cannot be used; the message says where and what was expected, and shows no secret."""


def read_site(path: Path, url: str) -> Site:
    """Returns the site that a file describes (docs/leaks.md). Raises CredentialsError."""
    if not url.startswith("https://"):
        raise CredentialsError("--url: expected https://HOST:PORT of splunkd's management port")
    try:
        given = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CredentialsError(f"{path}: cannot be read as JSON ({type(error).__name__})") from None
    people = [_person(each, f"people[{number}]") for number, each in enumerate(_list(given, "people"))]
    institutions = [_institution(each, people, f"tenants[{n}]") for n, each in enumerate(_list(given, "tenants"))]
    missing = sorted(set(PERSONAS) - {person.persona for person in people})
    if missing:
        raise CredentialsError(f"{path}: people: nobody is {', '.join(missing)}; each persona must ask")
    if len(institutions) < 2:
        raise CredentialsError(f"{path}: tenants: at least two, so that one can look at the other")
    platform = _person({**given["platform"], "persona": "platform"}, "platform") if given.get("platform") else None
    return Site(url, tuple(institutions), tuple(people), platform, ca_file=str(given.get("ca_file", "")))


def _list(given: Any, key: str) -> list[Any]:
    value = given.get(key) if isinstance(given, dict) else None
    if not isinstance(value, list) or not value:
        raise CredentialsError(f"{key}: expected a list")
    return value


def _person(given: Any, where: str) -> Person:
    persona, user = str(given.get("persona", "")), str(given.get("user", ""))
    password, token = str(given.get("password", "")), str(given.get("token", ""))
    if persona not in (*PERSONAS, "platform"):
        raise CredentialsError(f"{where}.persona: expected one of {', '.join(PERSONAS)}")
    if not user or bool(password) == bool(token):
        raise CredentialsError(f"{where}: expected a user, and either a password or a token")
    return Person(persona, tuple(map(str, given.get("tenants", ()))), user, password, token)


def _institution(given: Any, people: list[Person], where: str) -> Institution:
    texts = [str(given.get(key, "")) for key in ("id", "index", "summary_index")]
    if not all(texts):
        raise CredentialsError(f"{where}: expected id, index and summary_index")
    owners = {person.persona: person for person in people if person.tenants == (texts[0],)}
    missing = [persona for persona in _OWNERS if persona not in owners]
    if missing:
        raise CredentialsError(f"{where}: nobody in people is its own {', '.join(missing)}: controls need them")
    group, group_index = (str(given.get(key, "")) for key in ("group", "group_index"))
    if bool(group) != bool(group_index):
        raise CredentialsError(f"{where}: group and group_index belong together")
    own = {persona: owners[persona] for persona in _OWNERS}
    return Institution(texts[0], texts[1], texts[2], own, group, group_index)
