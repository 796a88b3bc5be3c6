"""MISP: one event in core format. A phone, user name, record, entity or join is an object of MISP's own templates;
e-mails, URLs, domains and other identifiers are attributes. Everything inherits the event's distribution.

Template ids and versions are those of MISP/misp-objects; types and categories those of MISP's describeTypes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime, timezone
from typing import Any

from minerva.exports.ids import entity_uuid, record_uuid, stable_uuid
from minerva.exports.items import EntityItem, Item, RecordItem, percent, telling
from minerva.exports.request import ExportRequest
from minerva.exports.tables import iso
from minerva.exports.target import Package
from minerva.records.model import canonical_json

Misp = dict[str, Any]

TEMPLATES = {
    "phone": ("d7e4fbdd-b551-4862-bddb-a0b470a38509", "6"),
    "user-account": ("49606b06-22f0-4ac8-8eee-2f12ad46f3d3", "6"),
    "annotation": ("5d8dc046-15a1-4ca3-a09f-ed4ede7c4487", "3"),
    "identity": ("ae85b960-b507-4de2-a32c-9cfb8f25f990", "1"),
    "coin-address": ("d0e6997e-78da-4815-a6a1-cfc1c1cb8a46", "7"),
}
_META = {"coin-address": "financial"}

ATTRIBUTES = {
    "email": ("email", "Social network"),
    "url": ("url", "External analysis"),
    "domain": ("domain", "External analysis"),
    "iban": ("iban", "Financial fraud"),
}
"""Attribute type and category by identifier kind; every other kind is text under Other, with the kind as comment."""

_INHERIT = "5"
_SAID = ("title", "name", "address", "city", "region", "postcode", "country", "text")


def distribution(request: ExportRequest) -> str:
    """MISP's distribution: own organization (0), this community (1), all (3) or a sharing group (4).

    A group's level without a sharing group falls to 0: nobody gets more than was named.
    """
    if request.level in ("L3", "L4"):
        return "4" if request.sharing_group else "0"
    return {"L5": "1", "L6": "3"}.get(request.level, "0")


def write(request: ExportRequest, items: Iterable[Item], package: Package, left_out: Counter[str]) -> None:
    """Writes `event.misp.json`."""
    event = _Event(request, left_out)
    with package.file("event.misp.json") as sink:
        sink.text('{"Event":' + canonical_json(event.head())[:-1] + ',"Object":[')
        for made in event.objects(items):
            sink.row((",\n" if sink.rows else "\n") + canonical_json(made))
        sink.text('\n],"Attribute":[')
        for at, made in enumerate(event.attributes.values()):
            sink.row((",\n" if at else "\n") + canonical_json(made))
        sink.text("\n]}}\n")


class _Event:
    """Keeps the plain attributes, each once, since they come after the objects in the file."""

    def __init__(self, request: ExportRequest, left_out: Counter[str]) -> None:
        self._request, self._left_out = request, left_out
        moment = datetime.strptime(request.time, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=timezone.utc)
        self._timestamp = str(int(moment.timestamp()))
        self._seen: set[str] = set()
        self.attributes: dict[str, Misp] = {}

    def head(self) -> Misp:
        request = self._request
        tags = [f"tlp:{request.tlp.lower()}", *(f'minerva:handling="{code}"' for code in request.handling)]
        event: Misp = {
            "uuid": request.export_id,
            "info": f"Minerva export: {request.purpose}",
            "date": request.time[:10],
            "timestamp": self._timestamp,
            "analysis": "0",
            "threat_level_id": "4",
            "published": False,
            "distribution": distribution(request),
            "Orgc": {
                "name": request.tenant_label or request.tenant_id,
                "uuid": stable_uuid("tenant", request.tenant_id),
            },
            "Tag": [{"name": name} for name in tags],
        }
        if event["distribution"] == "4":
            event["SharingGroup"] = {"uuid": request.sharing_group, "name": request.recipient}
        return event

    def objects(self, items: Iterable[Item]) -> Iterator[Misp]:
        for item in items:
            yield from self._record(item) if isinstance(item, RecordItem) else self._entity(item)

    def _record(self, item: RecordItem) -> Iterator[Misp]:
        identifiers = telling(item.identifiers, self._left_out)
        yield from self._identifiers(identifiers)
        key = record_uuid(item.tenant_id, item.record_id)
        self._seen.add(key)
        lines = [f"{item.record_type or 'record'} {item.record_id}"]
        lines += [f"{name}: {item.texts[name]}" for name in _SAID if name in item.texts]
        lines += [
            f"{name}: {value if isinstance(value, str) else '; '.join(value)}"
            for name, value in item.attributes.items()
        ]
        values = [("text", "text", "\n".join(lines)), ("type", "text", "Other")]
        if item.observed_time:
            values.append(("creation-date", "datetime", item.observed_time))
        if "url" in item.texts:
            values.append(("ref", "link", item.texts["url"]))
        references = [(_key(identifier), "mentions") for identifier in identifiers]
        yield self._object("annotation", key, values, references, item.source_id)

    def _entity(self, item: EntityItem) -> Iterator[Misp]:
        identifiers = telling(item.identifiers, self._left_out)
        yield from self._identifiers(identifiers)
        key = entity_uuid(item.tenant_id, item.entity_id)
        records = [record_uuid(item.tenant_id, record_id) for record_id in item.records]
        seen = [f"{word}: {iso(time)}" for word, time in (("first", item.first_time), ("last", item.last_time)) if time]
        told = "\n".join(filter(None, [item.explanation, *seen, item.aside_words])).strip() or item.entity_id
        references = [(record, "includes") for record in records if record in self._seen]
        references += [(_key(identifier), "associated-with") for identifier in identifiers]
        if item.names:
            values = [("name", "text", name) for name in item.names]
            values += [("identity_class", "text", "unknown"), ("description", "text", told)]
            yield self._object("identity", key, values, references, item.entity_id)
        else:
            # An identity needs a name, and an id in its place would be matched with names.
            yield self._note(key, told, references, item.entity_id)
        yield from self._joins(item)

    def _joins(self, item: EntityItem) -> Iterator[Misp]:
        for join in item.joins:
            ends = [record_uuid(item.tenant_id, end) for end in (join.a, join.b)]
            if not self._seen.issuperset(ends):
                self._left_out["joins_without_records"] += 1
                continue
            key = stable_uuid("join", item.tenant_id, join.a, join.b, join.rule, join.identifier)
            told = f"{join.rule} ({percent(join.strength)}%)" + (f": {join.why}" if join.why else "")
            yield self._note(key, told, [(end, "annotates") for end in ends], "why two records are one")

    def _note(self, key: str, told: str, references: list[tuple[str, str]], comment: str) -> Misp:
        return self._object("annotation", key, [("text", "text", told), ("type", "text", "Other")], references, comment)

    def _identifiers(self, identifiers: Iterable[str]) -> Iterator[Misp]:
        for identifier in identifiers:
            key = _key(identifier)
            if key in self._seen:
                continue
            self._seen.add(key)
            kind, _, value = identifier.partition(":")
            if kind == "phone":
                yield self._object("phone", key, [("msisdn", "text", value)], [], "")
            elif kind == "wallet":
                coin, _, address = value.partition(":")
                parts = [("address-crypto", "text", address), ("symbol", "text", coin.upper())]
                yield self._object("coin-address", key, parts, [], "")
            elif kind == "username":
                platform, _, name = value.partition("/")
                yield self._object(
                    "user-account", key, [("username", "text", name), ("account-type", "text", platform)], [], ""
                )
            else:
                name, category = ATTRIBUTES.get(kind, ("text", "Other"))
                comment = "" if kind in ATTRIBUTES else kind
                self.attributes[key] = self._attribute(key, name, category, value, comment)

    def _object(
        self, name: str, key: str, values: list[tuple[str, str, str]], references: list[tuple[str, str]], comment: str
    ) -> Misp:
        template, version = TEMPLATES[name]
        made: Misp = {
            "uuid": key,
            "name": name,
            "meta-category": _META.get(name, "misc"),
            "template_uuid": template,
            "template_version": version,
            "timestamp": self._timestamp,
            "distribution": _INHERIT,
            "comment": comment,
            "Attribute": [
                {
                    **self._attribute(stable_uuid("part", key, relation, str(at)), kind, _category(kind), value, ""),
                    "object_relation": relation,
                }
                for at, (relation, kind, value) in enumerate(values)
            ],
        }
        made["ObjectReference"] = [
            {
                "uuid": stable_uuid("reference", key, target, relation),
                "object_uuid": key,
                "referenced_uuid": target,
                "relationship_type": relation,
                "timestamp": self._timestamp,
            }
            for target, relation in dict.fromkeys(references)
        ]
        return made

    def _attribute(self, key: str, name: str, category: str, value: str, comment: str) -> Misp:
        return {
            "uuid": key,
            "type": name,
            "category": category,
            "value": value,
            "to_ids": False,
            "timestamp": self._timestamp,
            "distribution": _INHERIT,
            "comment": comment,
        }


def _category(kind: str) -> str:
    return "External analysis" if kind == "link" else "Other"


def _key(identifier: str) -> str:
    return stable_uuid("identifier", identifier)
