"""What the leak check speaks of: people, targets, what is asked, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

APP = "minerva_app"
PERSONAS = ("analyst", "admin", "program", "two_tenants", "intake", "bystander", "suspended")
"""Who asks for what is not theirs: three kinds of people of another institution, one of both others, the account of an
institution's inputs, one who may search but belongs to none, one of a suspended institution."""
LEAVERS = ("left", "moved")
"""One who was removed from the institution, and one who went from it to another. The check makes them."""


@dataclass(frozen=True)
class Person:
    """Somebody with credentials: a password or a token. `tenants` are the institutions whose roles they hold."""

    persona: str
    tenants: tuple[str, ...]
    user: str
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    left: str = ""
    """The institution that somebody left: of it alone a leaver asks."""


@dataclass(frozen=True)
class Institution:
    """One that a canary is planted in. `owners`: its own analyst, admin and program, by persona."""

    tenant: str
    index: str
    summary_index: str
    owners: Mapping[str, Person]
    group: str = ""
    group_index: str = ""
    """A group that it shares with, and the index of what is released there."""


@dataclass(frozen=True)
class Site:
    """A Splunk, or the stand-in: where it is and who is there. `platform` is an administrator of all of it."""

    url: str
    institutions: tuple[Institution, ...]
    people: tuple[Person, ...]
    platform: Person | None = None
    stand_in: bool = False
    ca_file: str = ""


@dataclass(frozen=True)
class Further:
    """What is planted where a platform's administrator and a group are. No request of a probe holds its secrets."""

    leavers: tuple[Person, ...]
    sids: tuple[str, ...]
    """Jobs that they ran before."""
    released: str
    recalled: str
    forged: str
    """Secrets: of a live release, of one that was taken back while it was marked, of events that nobody released."""
    stanza: str
    """A stanza of the table of institutions that holds the target's secret."""
    audited: str
    case: str
    """What stands in an entry of the institution's audit alone, about a person of two; "" if nobody is."""
    twin: str = ""
    """Secret of a forged event with the id, the indexed fields and the signature of a genuine record."""
    twin_of: str = ""
    """That record's id."""


@dataclass(frozen=True)
class Target:
    """A planted canary. `secret` stands in everything that was stored and in no request of a probe; the rest is how
    the stored things are asked for."""

    institution: Institution
    secret: str
    identifier: str
    record_ids: tuple[str, ...]
    entity_id: str
    watch_id: str
    sid: str
    saved_search: str
    case_id: str
    bank_id: str
    image: str
    """The hash in its bank of image hashes."""
    further: Further | None = None
    school_query_id: str = ""
    school_id: str = ""


@dataclass(frozen=True)
class Ask:
    """One request: a search if `spl` is set, else `method` and `path` with a JSON body, a form or a text.

    `{me}` in the path is the user who asks.
    """

    path: str = ""
    method: str = "GET"
    body: Any = None
    form: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    spl: str = ""
    text: str = ""
    """A body that is sent as it stands."""


@dataclass(frozen=True)
class Surface:
    """A way to data. `control` says which owner must see the canary there (`platform`: the platform's administrator).

    `splunk_only`: the stand-in does not have it, so a control that sees nothing there means "not run".
    """

    name: str
    control: str
    asks: Callable[[Target], list[Ask]]
    splunk_only: bool = False
    secret: Callable[[Target], str] = lambda target: target.secret
    """What may not be seen."""
    further: bool = False
    """Whether it asks about what is planted further."""
    nobody: bool = False
    """Whether the institution's own people must not see it either."""
    control_asks: Callable[[Target], list[Ask]] | None = None
    control_secret: Callable[[Target], str] | None = None
    """How a control asks and what it sees, where it cannot be what the others ask and may not see."""


@dataclass(frozen=True)
class Outcome:
    """What one person saw of one target on one surface: requests asked, those that showed the canary, those refused
    for load or failing, which say nothing."""

    surface: str
    persona: str
    user: str
    tenant: str
    asked: int
    seen: tuple[str, ...]
    failed: tuple[str, ...]
