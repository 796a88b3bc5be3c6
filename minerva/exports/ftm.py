"""FollowTheMoney: one entity a line, as Aleph, OpenAleph and yente load them.

Schemata and property names are those of followthemoney's model. FollowTheMoney has no handling marks: the marking is in
the manifest only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from minerva.exports.ids import entity_uuid, record_uuid, stable_uuid
from minerva.exports.items import EntityItem, Item, RecordItem, says
from minerva.exports.request import ExportRequest
from minerva.exports.tables import iso
from minerva.exports.target import Package
from minerva.records.kinds import KINDS
from minerva.records.model import canonical_json

_HOLDER = {
    "phone": "phone",
    "email": "email",
    "url": "website",
    "domain": "website",
    "license": "idNumber",
    "company_number": "registrationNumber",
}
"""Properties of LegalEntity by identifier kind. Usernames become UserAccount, wallets CryptoWallet; others have no
place."""

_MENTIONED = {"phone": "phoneMentioned", "email": "emailMentioned"}
_ADDRESS = ("address", "city", "region", "postcode")


def write(request: ExportRequest, items: Iterable[Item], package: Package, left_out: Counter[str]) -> None:
    """Writes `entities.ftm.json`: per record the schema of its kind or Article, per entity LegalEntity, and links."""
    schemata: dict[str, str] = {}
    with package.file("entities.ftm.json") as sink:
        for item in items:
            if isinstance(item, RecordItem):
                made = _record(item, schemata, left_out)
            else:
                made = _entity(item, schemata, left_out)
            for schema, key, properties in made:
                content = _said(properties)
                sink.row(canonical_json({"id": key, "schema": schema, "properties": content}) + "\n")


_Made = Iterator[tuple[str, str, Mapping[str, Sequence[str]]]]


def _record(item: RecordItem, schemata: dict[str, str], left_out: Counter[str]) -> _Made:
    key = record_uuid(item.tenant_id, item.record_id)
    texts = item.texts
    name = texts.get("name", "")
    schema = KINDS[item.record_type].schema if name and item.record_type in KINDS else "Article"
    schemata[key] = schema
    properties: dict[str, list[str]] = {
        "name": [name],
        "address": [", ".join(texts[part] for part in _ADDRESS if part in texts)],
        "country": _country(texts.get("country", "")),
        "sourceUrl": [texts.get("url", "")],
        "publisher": [item.source_id],
    }
    if schema == "Article":
        properties.update(
            title=[texts.get("title", "")],
            bodyText=[texts.get("text", "")],
            publishedAt=[item.observed_time[:19]],
            keywords=[item.record_type],
        )
        places = _MENTIONED
    else:
        properties.update(summary=[texts.get("title", "")], notes=[texts.get("text", "")])
        places = {} if schema == "RealEstate" else _HOLDER
    _place(item.identifiers, places, properties, left_out)
    yield schema, key, properties


def _entity(item: EntityItem, schemata: Mapping[str, str], left_out: Counter[str]) -> _Made:
    key = entity_uuid(item.tenant_id, item.entity_id)
    properties: dict[str, list[str]] = {
        "name": list(item.names),
        "address": list(item.cities),
        "summary": [item.explanation],
        "notes": [item.aside_words],
        "createdAt": [iso(item.first_time)[:19]],
        "modifiedAt": [iso(item.last_time)[:19]],
    }
    owned = [value for value in item.identifiers if value.partition(":")[0] in ("username", "wallet")]
    _place([value for value in item.identifiers if value not in owned], _HOLDER, properties, left_out)
    yield "LegalEntity", key, properties
    for value in owned:
        kind, _, rest = value.partition(":")
        account = stable_uuid("account", item.tenant_id, value, item.entity_id)
        if kind == "username":
            service, _, name = rest.partition("/")
            yield "UserAccount", account, {"username": [name], "service": [service], "owner": [key]}
        else:
            coin, _, address = rest.partition(":")
            yield "CryptoWallet", account, {"publicKey": [address], "currency": [coin.upper()], "holder": [key]}
    for record_id in item.records:
        record = record_uuid(item.tenant_id, record_id)
        schema = schemata.get(record)
        link = stable_uuid("member", item.tenant_id, item.entity_id, record_id)
        if schema == "Article":
            yield "Documentation", link, {"document": [record], "entity": [key], "role": ["record of the entity"]}
        elif schema:
            yield "UnknownLink", link, {"subject": [record], "object": [key], "role": ["record of the entity"]}
    for join in item.joins:
        a, b = record_uuid(item.tenant_id, join.a), record_uuid(item.tenant_id, join.b)
        if a in schemata and b in schemata:
            link = stable_uuid("join", item.tenant_id, join.a, join.b, join.rule, join.identifier)
            yield "UnknownLink", link, {"subject": [a], "object": [b], "role": [join.rule], "summary": [join.why]}
        else:
            left_out["joins_without_records"] += 1


def _place(
    identifiers: Iterable[str],
    places: Mapping[str, str],
    properties: dict[str, list[str]],
    left_out: Counter[str],
) -> None:
    for identifier in identifiers:
        kind, _, value = identifier.partition(":")
        place = places.get(kind)
        if place is None:
            left_out[f"identifier.{kind}"] += 1
            continue
        if kind == "domain":
            value = f"http://{value}/"
        elif kind in ("license", "company_number"):
            value = value.partition("/")[2] or value
        properties.setdefault(place, []).append(value)


def _said(properties: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    kept = {name: list(filter(says, values)) for name, values in properties.items()}
    return {name: list(dict.fromkeys(values)) for name, values in kept.items() if values}


def _country(text: str) -> list[str]:
    # FollowTheMoney takes ISO 3166-1 alpha-2 in lower case.
    return [text.lower()] if len(text) == 2 and text.isascii() and text.isalpha() else []
