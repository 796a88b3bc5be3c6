"""The services that money is sent with: names, words, hosts and tag rules, read from data/payment_services.json."""

from __future__ import annotations

import re
from dataclasses import dataclass

from minerva.identifiers.lexicon import alternation
from minerva.identifiers.platform_disguises import LEET
from minerva.identifiers.tables import table


@dataclass(frozen=True)
class Service:
    """`words` are how people call it, `hosts` (with path) where tags live, `sign` what stands before a tag."""

    name: str
    title: str
    words: tuple[str, ...]
    hosts: tuple[str, ...]
    sign: str
    rule: re.Pattern[str]


_DATA = table("payment_services")
AM: tuple[str, ...] = tuple(_DATA["am"])
"""What stands between a service and a tag that is someone's own."""
PAYING: tuple[str, ...] = tuple(_DATA["paying"])
"""Words of paying, which stand before a cashtag without its service."""
SERVICES = tuple(
    Service(row["name"], row["title"], tuple(row["words"]), tuple(row["hosts"]), row["sign"], re.compile(row["rule"]))
    for row in _DATA["services"]
)
SERVICE_BY_NAME = {service.name: service for service in SERVICES}
SERVICE_BY_HOST = {host: service for service in SERVICES for host in service.hosts}
SERVICE_BY_WORD = {
    re.sub(r"[ \-]", "", word): service for service in SERVICES for word in (*service.words, service.name)
}
STOP = frozenset(
    ["accepted", "account", "and", "available", "app", "are", "at", "only", "or", "ok", "okay", "zelle", "venmo",
     "paypal", "cashapp", "cash", "apple", "pay", "for", "friendly", "here", "is", "link", "me", "no", "not", "payment",
     "payments", "preferred", "ready", "required", "tag", "the", "too", "upfront", "with", "works", "you", "your",
     "name",
     "deposit", "deposits", "first", "to", "my", "in", "on", "please", "pls", "chime", "id", "username", "handle",
     "welcome", "fine", "also", "if", "u", "us", "dollar", "dollarsign", "dollarzeichen", "dollarteken",
     "dollartegn", "dollartecken", "followed", "whatever", "password", "cashtag",
     "anything", "something"]
)  # fmt: skip
"""What stands beside a service and is no tag."""
OFTEN_DISGUISED = ("venmo", "paypal", "cashapp")
SERVICE_LEET = {letter: LEET[letter] for letter in "aelos"}
_UNDISGUISED = {ord(sign): letter for letter, signs in SERVICE_LEET.items() for sign in signs}
_DISGUISES = "|".join(
    r"[ .\-*]?".join(f"[{SERVICE_LEET[char]}]" if char in SERVICE_LEET else char for char in name)
    for name in OFTEN_DISGUISED
)
"""`v3nm0`, `pay-pal`, `c a $ h a p p`: digits and signs for letters, and signs between them."""
SERVICE_WORDS = alternation([word for service in SERVICES for word in service.words]).replace(r"\ ", r"[ \-]?")
SERVICE_WORDS = f"{SERVICE_WORDS}|{_DISGUISES}"


def service_called(word: str) -> Service | None:
    """The service that people call so."""
    plain = re.sub(r"[ .\-*]", "", word.strip().lower())
    return SERVICE_BY_WORD.get(plain) or SERVICE_BY_WORD.get(plain.translate(_UNDISGUISED))
