"""STIX 2.1: one bundle. A record is observed-data over its identifiers, with its words in a note; a join is a
relationship; an entity is a grouping. Every object carries the TLP 2.0 marking and the statement of this export, but
those of the format itself, which are the same in every bundle.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterable, Iterator

from minerva.exports import stix_objects as objects
from minerva.exports.ids import entity_uuid, record_uuid, stable_uuid
from minerva.exports.items import EntityItem, Item, RecordItem, percent, telling
from minerva.exports.request import ExportRequest
from minerva.exports.stix_objects import Stix, timestamp
from minerva.exports.tables import iso
from minerva.exports.target import Package
from minerva.records.model import canonical_json

_SAID = ("title", "name", "address", "city", "region", "postcode", "country", "url", "text")


def write(request: ExportRequest, items: Iterable[Item], package: Package, left_out: Counter[str]) -> None:
    """Writes `bundle.stix.json`. The bundle's id is that of the export."""
    with package.file("bundle.stix.json") as sink:
        sink.text(f'{{"type":"bundle","id":"bundle--{request.export_id}","objects":[')
        for made in _Bundle(request, left_out).objects(items):
            sink.row((",\n" if sink.rows else "\n") + canonical_json(made))
        sink.text("\n]}\n")


class _Bundle:
    def __init__(self, request: ExportRequest, left_out: Counter[str]) -> None:
        self._request, self._left_out = request, left_out
        self._seen: set[str] = set()
        self._author = objects.author(request)
        self._marks = (objects.tlp_marking(request.level), objects.statement_marking(request))

    def objects(self, items: Iterable[Item]) -> Iterator[Stix]:
        yield from self._marks
        yield self._marked(self._author)
        # What belongs to the format is the same in every bundle, so it carries no mark of this one.
        yield objects.format_author()
        for name in ("phone-number", "minerva-identifier"):
            yield objects.extension(name)
        for item in items:
            yield from self._record(item) if isinstance(item, RecordItem) else self._entity(item)

    def _record(self, item: RecordItem) -> Iterator[Stix]:
        identifiers = telling(item.identifiers, self._left_out)
        if not identifiers and "url" in item.texts:
            identifiers.append(f"url:{item.texts['url']}")
        if not identifiers:
            # observed-data must refer to at least one object.
            self._left_out["records_without_identifier"] += 1
            return
        refs = yield from self._observables(identifiers)
        key = f"observed-data--{record_uuid(item.tenant_id, item.record_id)}"
        self._seen.add(key)
        seen_at = timestamp(item.observed_time or self._request.time)
        made = self._made("observed-data", key, item.observed_time)
        made.update(first_observed=seen_at, last_observed=seen_at, number_observed=1, object_refs=refs)
        if item.source_id:
            made["external_references"] = [{"source_name": item.source_id, "external_id": item.record_id}]
        if item.record_type:
            made["labels"] = [item.record_type]
        yield made
        lines = [f"{name}: {item.texts[name]}" for name in _SAID if name in item.texts]
        lines += [
            f"{name}: {value if isinstance(value, str) else '; '.join(value)}"
            for name, value in item.attributes.items()
        ]
        if lines:
            note = self._made(
                "note", f"note--{stable_uuid('note', item.tenant_id, item.record_id)}", item.observed_time
            )
            note.update(content="\n".join(lines), object_refs=[key])
            yield note

    def _entity(self, item: EntityItem) -> Iterator[Stix]:
        refs = yield from self._observables(telling(item.identifiers, self._left_out))
        records = [f"observed-data--{record_uuid(item.tenant_id, record_id)}" for record_id in item.records]
        refs = [key for key in records if key in self._seen] + refs
        if not refs:
            self._left_out["entities_without_content"] += 1
            return
        begun = iso(item.first_time)
        made = self._made("grouping", f"grouping--{entity_uuid(item.tenant_id, item.entity_id)}", begun)
        made.update(context="unspecified", object_refs=refs)
        if item.names:
            made["name"] = item.names[0]
        made["external_references"] = [{"source_name": item.tenant_id, "external_id": item.entity_id}]
        if item.explanation:
            made["description"] = item.explanation
        yield made
        if item.set_aside:
            yield self._aside(item, made["id"], begun)
        for join in item.joins:
            a, b = (f"observed-data--{record_uuid(item.tenant_id, end)}" for end in (join.a, join.b))
            if a not in self._seen or b not in self._seen:
                self._left_out["joins_without_records"] += 1
                continue
            name = stable_uuid("join", item.tenant_id, join.a, join.b, join.rule, join.identifier)
            link = self._made("relationship", f"relationship--{name}", begun)
            link.update(relationship_type="related-to", source_ref=a, target_ref=b, confidence=percent(join.strength))
            if join.why:
                link["description"] = join.why
            if join.rule:
                link["labels"] = [join.rule]
            yield link

    def _aside(self, item: EntityItem, grouping: str, begun: str) -> Stix:
        observables = [objects.observable(each)["id"] for each in telling(item.set_aside, Counter())]
        key = f"note--{stable_uuid('set-aside', item.tenant_id, item.entity_id)}"
        made = self._made("note", key, begun)
        refs = [grouping, *(each for each in observables if each in self._seen)]
        return {**made, "labels": [objects.SET_ASIDE], "content": item.aside_words, "object_refs": refs}

    def _observables(self, identifiers: Iterable[str]) -> Generator[Stix, None, list[str]]:
        refs = []
        for identifier in identifiers:
            made = objects.observable(identifier)
            refs.append(made["id"])
            if made["id"] not in self._seen:
                self._seen.add(made["id"])
                yield self._marked(made)
        return list(dict.fromkeys(refs))

    def _made(self, name: str, key: str, begun: str) -> Stix:
        created = min(begun or self._request.time, self._request.time)
        times = {"created": timestamp(created), "modified": timestamp(self._request.time)}
        by = {"created_by_ref": self._author["id"]}
        return self._marked({"type": name, "spec_version": "2.1", "id": key, **by, **times})

    def _marked(self, made: Stix) -> Stix:
        return {**made, "object_marking_refs": [mark["id"] for mark in self._marks]}
