"""FollowTheMoney entities, one a line: people, firms and accounts become leads, what documents them is counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from minerva.imports.model import Bundle, ImportRefused, Lead
from minerva.intake.errors import BodyError
from minerva.intake.formats.strict_json import parse_json_text

MOST_LINES = 100_000
_THINGS = ("Person", "Company", "Organization", "LegalEntity", "PublicBody", "Asset", "Vehicle", "Vessel", "Airplane",
           "RealEstate", "Address")  # fmt: skip
_DOCUMENTS = ("Article", "Document", "PlainText", "HyperText", "Email", "Pages", "Note", "Event")
_OWNED = {"UserAccount": "owner", "CryptoWallet": "holder"}
_LINKS = ("Documentation", "UnknownLink", "Mention")
_OF_RECORD = "record of the entity"
"""Role of a link in Minerva's own exports: its subject is a record, which stands behind the entity."""
_HELD = {"phone": "phone", "email": "email", "phoneMentioned": "phone", "emailMentioned": "email"}
_TEXTS = ("summary", "description", "notes", "title", "bodyText")
_Rows = dict[str, tuple[str, Mapping[str, list[str]]]]


def read(text: str, bundle: Bundle) -> None:
    """Fills a bundle from JSON lines. Raises ImportRefused when no line is an entity."""
    rows = _read(text, bundle)
    if not rows:
        raise ImportRefused("no FollowTheMoney entities: expected one a line, with id, schema and properties")
    records: dict[str, list[str]] = {}
    behind: set[str] = set()
    for schema, held in rows.values():
        if schema in _LINKS:
            key = "entity" if schema == "Documentation" else "object"
            ends = held.get("document" if schema == "Documentation" else "subject", [])
            if schema == "Documentation" or _OF_RECORD in held.get("role", []):
                for owner in held.get(key, []):
                    records.setdefault(owner, []).extend(ends)
                behind.update(ends)
    owned: dict[str, list[str]] = {}
    for key, (schema, held) in rows.items():
        for owner in held.get(_OWNED[schema], []) if schema in _OWNED else ():
            owned.setdefault(owner, []).append(key)
    for key, (schema, held) in rows.items():
        if key in behind:
            continue
        if schema in (*_THINGS, *_DOCUMENTS):
            lead = _lead(bundle.lead(key, schema), rows, key, records.get(key, []), owned.get(key, []))
            bundle.take(lead, f"{schema}: ")
        elif schema in _OWNED and not any(owner in rows for owner in held.get(_OWNED[schema], [])):
            lead = bundle.lead(key, schema)
            _account(lead, schema, held)
            bundle.take(lead, f"{schema}: ")
        elif schema not in (*_OWNED, *_LINKS):
            bundle.refuse(key, f"{schema}: entities of this schema are not taken over")


def _read(text: str, bundle: Bundle) -> _Rows:
    found: _Rows = {}
    for number, line in enumerate(_lines(text), 1):
        if number > MOST_LINES:
            raise ImportRefused(f"more than {MOST_LINES} lines")
        try:
            row = parse_json_text(line)
        except BodyError:
            bundle.refuse(f"line {number}", "no JSON object")
            continue
        if not (isinstance(row, dict) and isinstance(row.get("id"), str) and isinstance(row.get("schema"), str)):
            bundle.refuse(f"line {number}", "no entity: expected id, schema and properties")
            continue
        given = row.get("properties")
        held = given if isinstance(given, dict) else {}
        values = {name: [str(each) for each in value if isinstance(each, str)] for name, value in held.items()
                  if isinstance(value, list)}  # fmt: skip
        if row["id"] in found:
            bundle.refuse(row["id"], "the same id stands twice: the first one counts")
        else:
            found[row["id"]] = (row["schema"], values)
    return found


def _lines(text: str) -> Iterator[str]:
    yield from (line for line in text.splitlines() if line.strip())


def _lead(lead: Lead, rows: _Rows, key: str, records: list[str], accounts: list[str]) -> Lead:
    lead.records = len(set(records))
    lead.budget.spend(len(records))
    _fill(lead, rows[key][1])
    for account in accounts:
        _account(lead, *rows[account])
    for record in records:
        if record in rows:
            _fill(lead, rows[record][1], names=False)
    return lead


def _fill(lead: Lead, held: Mapping[str, list[str]], names: bool = True) -> None:
    for name in (*held.get("name", ()), *held.get("alias", ())) if names else ():
        lead.call(name)
    if names:
        for each in held.get("address", ()):
            lead.lie(each, 200)
    for key, kind in _HELD.items():
        for value in held.get(key, ()):
            lead.identify(kind, value)
    for value in held.get("website", ()):
        host = value[len("http://") : -1] if value.startswith("http://") and value.endswith("/") else ""
        if host and "/" not in host:
            lead.identify("domain", host)
        else:
            lead.identify("url", value)
    lead.unread += len(held.get("idNumber", ())) + len(held.get("registrationNumber", ()))
    for key in _TEXTS:
        for value in held.get(key, ()):
            lead.say(value)


def _account(lead: Lead, schema: str, held: Mapping[str, list[str]]) -> None:
    if schema == "UserAccount":
        for service in held.get("service", [""]):
            for name in held.get("username", ()):
                lead.identify("username", f"{service}/{name}")
    else:
        for coin in held.get("currency", [""]):
            for address in held.get("publicKey", ()):
                lead.identify("wallet", f"{coin.lower()}:{address}")


def looks_like(text: str) -> bool:
    """Whether a text may be FollowTheMoney: its first line is an object with a schema."""
    first = next(_lines(text), "")
    try:
        row: Any = parse_json_text(first)
    except BodyError:
        return False
    return isinstance(row, dict) and "schema" in row and "id" in row
