"""Facts of what is exchanged in a protocol of its own: TAXII 2.1 collections, MISP feeds, and mailboxes over IMAP."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from minerva.intake.facts.shape import TEXT, TEXTS, ListOf, MapOf, Scalar, Shape, Table

MAIL_AUTH = ("login", "xoauth2")
_TYPE = Scalar(pattern=r"[a-z0-9][a-z0-9-]{1,249}")
EXCHANGE_KEYS: dict[str, Shape] = {
    "taxii": Table(
        optional={
            "api_root": Scalar(pattern=r"(/|https?://)[^\s?#@]*"),
            "collections": TEXTS,
            "types": ListOf(_TYPE, 1),
            "limit": Scalar((int,), low=1, high=10_000),
        }
    ),
    "misp": Table(optional={"tags": TEXTS}),
}
"""Keys of an `http` table, each a way of asking of its own."""
IMAP_SHAPE = Table(
    {"host": Scalar(pattern=r"[A-Za-z0-9][A-Za-z0-9.-]*")},
    {
        "port": Scalar((int,), low=1, high=65535),
        "folder": TEXT,
        "most": Scalar((int,), low=1, high=100_000),
        "auth": Table(
            {"kind": Scalar(choices=MAIL_AUTH)},
            {
                "token_url": Scalar(pattern=r"https?://[^\s?#@]+"),
                "scope": TEXT,
                "send": Scalar(choices=("basic", "body")),
                "form": MapOf(TEXT),
            },
        ),
    },
)


@dataclass(frozen=True)
class TaxiiFacts:
    """`api_root` "" means that discovery says it; `collections` by id, alias or title, none means all readable ones."""

    api_root: str = ""
    collections: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    limit: int = 500


@dataclass(frozen=True)
class MispFacts:
    """A feed of events; with `tags` only events that carry one of them are read."""

    tags: frozenset[str] = frozenset()


@dataclass(frozen=True)
class ImapFacts:
    """A folder of a mailbox. With `token_url` the account is a client that asks for its token there."""

    host: str
    port: int = 993
    folder: str = "INBOX"
    most: int = 2000
    auth: str = "login"
    token_url: str = ""
    scope: str = ""
    send: str = "basic"
    form: Mapping[str, str] = field(default_factory=dict)


def taxii_facts(http: Mapping[str, Any]) -> TaxiiFacts | None:
    """The facts of a checked `http`, None where it is no TAXII server."""
    given = http.get("taxii")
    if given is None:
        return None
    return TaxiiFacts(
        given.get("api_root", ""),
        tuple(given.get("collections", ())),
        tuple(given.get("types", ())),
        given.get("limit", 500),
    )


def misp_facts(http: Mapping[str, Any]) -> MispFacts | None:
    """The facts of a checked `http`, None where it is no MISP feed."""
    given = http.get("misp")
    return None if given is None else MispFacts(frozenset(given.get("tags", ())))


def imap_facts(document: Mapping[str, Any]) -> ImapFacts:
    """The facts of a checked `imap`."""
    auth = document.get("auth", {})
    plain = {key: document[key] for key in ("host", "port", "folder", "most") if key in document}
    more = {key: auth[key] for key in ("token_url", "scope", "send", "form") if key in auth}
    return ImapFacts(**plain, **more, auth=auth.get("kind", "login"))
