"""A STIX 2.1 bundle, our own or another's: what groups or names things becomes leads with the observables of each.

Source: STIX 2.1 (OASIS Standard, 10 June 2021). Patterns of indicators are not read: they describe, and name nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from minerva.exports.stix_objects import SET_ASIDE
from minerva.imports.model import STIX_TLP, Bundle, ImportRefused, Lead, clean, marked, strictest, tlp_word

Stix = Mapping[str, Any]
_ID = re.compile(r"[a-z0-9][a-z0-9\-]{2,249}--[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_HOLDERS = ("grouping", "report", "identity", "threat-actor", "campaign", "incident", "infrastructure", "intrusion-set",
            "case-incident", "location")  # fmt: skip
_CONTEXT = (
    "marking-definition",
    "extension-definition",
    "relationship",
    "note",
    "opinion",
    "language-content",
    "sighting",
)
_RECORD = "observed-data"
_VALUES = {"email-addr": "email", "url": "url", "domain-name": "domain", "phone-number": "phone"}
_OBSERVABLES = (*_VALUES, "user-account", "minerva-identifier")
MOST_OBJECTS = 100_000


def read(value: Any, bundle: Bundle) -> None:
    """Fills a bundle from the JSON value of one. Raises ImportRefused."""
    if not isinstance(value, dict) or value.get("type") != "bundle" or not isinstance(value.get("objects"), list):
        raise ImportRefused("no STIX bundle: expected an object of type `bundle` with a list of objects")
    if len(value["objects"]) > MOST_OBJECTS:
        raise ImportRefused(f"the bundle has more than {MOST_OBJECTS} objects")
    objects = _objects(value["objects"], bundle)
    authors = {str(each.get("created_by_ref")) for each in objects.values() if each.get("created_by_ref")}
    marks = {key: each for key, each in objects.items() if each["type"] == "marking-definition"}
    words = {key: _word(each) for key, each in marks.items()}
    linked = _linked(objects.values())
    used: set[str] = set()
    records = {key: each for key, each in objects.items() if each["type"] == _RECORD}
    for key, each in objects.items():
        if each["type"] in _HOLDERS and key not in authors:
            lead = _lead(bundle.lead(key, str(each["type"]).replace("-", " ")), each, objects, linked, used)
            _mark(lead, each, words)
            bundle.take(lead, f"{lead.schema}: ")
        elif each["type"] not in (*_HOLDERS, *_CONTEXT, *_OBSERVABLES, _RECORD):
            said = (
                "its pattern is not read" if each["type"] == "indicator" else "objects of this type are not taken over"
            )
            bundle.refuse(key, f"{each['type']}: {said}")
    for key, each in records.items():
        if key not in used:
            lead = bundle.lead(key, "record")
            lead.records = 1
            _observe(lead, each, objects, linked, used)
            _mark(lead, each, words)
            bundle.take(lead, f"{lead.schema}: ")
    for key, each in objects.items():
        if each["type"] in _OBSERVABLES and key not in used:
            lead = bundle.lead(key, each["type"].replace("-", " "))
            _identify(lead, each)
            _mark(lead, each, words)
            bundle.take(lead, f"{lead.schema}: ")
    named = [str(objects[key].get("name", "")) for key in sorted(authors) if key in objects]
    named = [name for name in named if name and name != "Minerva"]  # who defines the format made none of its content
    bundle.source = clean(", ".join(named), 200) or bundle.source
    statements = [str((mark.get("definition") or {}).get("statement", "")) for mark in marks.values()
            if isinstance(mark.get("definition"), dict)]  # fmt: skip
    bundle.statement = clean("; ".join(filter(None, statements)), 1000) or bundle.statement
    bundle.marking = strictest([bundle.marking, *words.values()])


def _objects(given: list[Any], bundle: Bundle) -> dict[str, Stix]:
    """The newest of each id, in order; what is no object is refused."""
    found: dict[str, Stix] = {}
    withdrawn: set[str] = set()
    for each in given:
        if not isinstance(each, dict) or not isinstance(each.get("type"), str) or not isinstance(each.get("id"), str):
            bundle.refuse(each.get("id") if isinstance(each, dict) else "", "no STIX object: expected type and id")
        elif not _ID.fullmatch(each["id"]) or not each["id"].startswith(f"{each['type']}--"):
            bundle.refuse(each["id"], "its id is none of its type")
        elif each.get("revoked") is True:
            withdrawn.add(each["id"])
            bundle.refuse(each["id"], "it was withdrawn by who made it")
        elif each["id"] not in found or str(each.get("modified", "")) > str(found[each["id"]].get("modified", "")):
            found[each["id"]] = each
    return {key: each for key, each in found.items() if key not in withdrawn}


def _linked(objects: Iterable[Stix]) -> dict[str, list[str]]:
    """Id -> ids that relationships, and notes about it, join to it."""
    found: dict[str, list[str]] = {}
    for each in objects:
        if each["type"] == "relationship":
            a, b = str(each.get("source_ref", "")), str(each.get("target_ref", ""))
            found.setdefault(a, []).append(b)
            found.setdefault(b, []).append(a)
        elif each["type"] in ("note", "opinion"):
            for ref in _refs(each, "object_refs"):
                found.setdefault(ref, []).append(each["id"])
    return found


def _lead(lead: Lead, each: Stix, objects: Mapping[str, Stix], linked: Mapping[str, list[str]], used: set[str]) -> Lead:
    lead.call(each.get("name"))
    for alias in each.get("aliases", ()) if isinstance(each.get("aliases"), list) else ():
        lead.call(alias)
    lead.say(each.get("description"))
    lead.say(each.get("contact_information"))
    if each["type"] == "location":
        for name in ("city", "region", "country"):
            lead.lie(each.get(name))
    _observe(lead, each, objects, linked, used)
    return lead


def _observe(
    lead: Lead, each: Stix, objects: Mapping[str, Stix], linked: Mapping[str, list[str]], used: set[str]
) -> None:
    """Adds what an object refers to: observables, those of records, and what notes say of it."""
    around = [*_refs(each, "object_refs"), *linked.get(each["id"], ())]
    for ref in dict.fromkeys(around):
        lead.budget.spend()
        other = objects.get(ref)
        if other is None or other["id"] == each["id"]:
            continue
        if other["type"] in _OBSERVABLES:
            used.add(ref)
            _identify(lead, other)
        elif other["type"] == _RECORD and each["type"] != _RECORD:
            used.add(ref)
            lead.records += 1
            _observe(lead, other, objects, linked, used)
        elif other["type"] in ("note", "opinion"):
            lead.say(other.get("content") or other.get("explanation"))
    lead.put_aside(_aside(lead, around, objects))


def _aside(lead: Lead, around: Iterable[str], objects: Mapping[str, Stix]) -> list[str]:
    """The identifiers that a note of an export of Minerva about this object says many hold."""
    named = Lead("", "", budget=lead.budget)
    for ref in around:
        note = objects.get(ref, {})
        labels = note.get("labels")
        if note.get("type") == "note" and isinstance(labels, list) and SET_ASIDE in labels:
            for other in (objects.get(each) for each in _refs(note, "object_refs")):
                lead.budget.spend()
                if other is not None and other["type"] in _OBSERVABLES:
                    _identify(named, other)
    return named.identifiers


def _identify(lead: Lead, each: Stix) -> None:
    kind = _VALUES.get(each["type"])
    if kind is not None:
        lead.identify(kind, each.get("value"))
    elif each["type"] == "user-account":
        lead.identify(
            "username", f"{each.get('account_type', '')}/{each.get('account_login') or each.get('user_id') or ''}"
        )
    else:
        lead.identify(str(each.get("kind", "")), each.get("value"))


def _mark(lead: Lead, each: Stix, marks: Mapping[str, str]) -> None:
    parts = each.get("granular_markings")
    named = [part.get("marking_ref") for part in parts if isinstance(part, dict)] if isinstance(parts, list) else []
    refs = [*_refs(each, "object_marking_refs"), *(ref for ref in named if isinstance(ref, str))]
    lead.marking = marked(refs, marks)


def _word(mark: Stix) -> str:
    """The strictest that a marking says: in its definition, its name, the name that everybody knows by its id."""
    definition = mark.get("definition")
    said = tlp_word(definition.get("tlp") if isinstance(definition, dict) else "")
    return strictest([said, tlp_word(mark.get("name")), STIX_TLP.get(str(mark["id"]), "")])


def _refs(each: Stix, key: str) -> list[str]:
    found = each.get(key)
    return [ref for ref in found if isinstance(ref, str)] if isinstance(found, list) else []
