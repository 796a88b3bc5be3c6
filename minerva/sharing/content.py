"""What of an object belongs to which field class, and what is shown at a level. Pure.

A field that is not listed here belongs to no class, so it is never shared: explanations, joins, record ids, sources.
Of the joins only this is told: `best`, the contact that most of them rest on, and `set_aside`, those that join nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from minerva.identifiers import KIND_BY_NAME
from minerva.policy import Level
from minerva.policy.vocabulary import INFRASTRUCTURE, STATISTICS, VICTIM
from minerva.records.model import canonical_json
from minerva.sharing.objects import NAMES_ARE, SUBJECT, Held
from minerva.sharing.strong import IMAGE
from minerva.tenancy.set_aside import best_joining

Content = Mapping[str, Mapping[str, Any]]
"""Field class -> field -> value."""
MAX_BYTES = 500_000
_COUNTED = ("size", "record_types", "first_time", "last_time")
_PRECISE = frozenset({"cities"})
"""Left out at L3, where a place is no finer than its region."""


def content_of(held: Held) -> dict[str, dict[str, Any]]:
    """Everything of an object that has a class. Empty classes are left out."""
    document = held.document
    if held.what == SUBJECT:
        found: dict[str, dict[str, Any]] = {VICTIM: {"identifiers": sorted(document.get("identifiers", ()))}}
    else:
        named = held.marking.get("names_are")
        identifiers = [value for value in document.get("identifiers", ()) if identifies(value)]
        aside = sorted(set(held.set_aside) & set(identifiers))
        best = best_joining(document)
        found = {
            STATISTICS: {key: document[key] for key in _COUNTED if key in document},
            INFRASTRUCTURE: {
                "identifiers": sorted(identifiers), "cities": sorted(document.get("cities", ())),
                "set_aside": aside, "best": best if best in identifiers and best.partition(":")[0] != IMAGE else "",
            },
            named if named in NAMES_ARE else VICTIM: {"names": sorted(document.get("names", ()))},
        }  # fmt: skip
    kept = {name: {key: value for key, value in fields.items() if value} for name, fields in found.items()}
    return {name: fields for name, fields in kept.items() if fields}


def chosen(content: Content, classes: Iterable[str]) -> dict[str, dict[str, Any]]:
    """The part of the content that belongs to these classes."""
    return {name: dict(content[name]) for name in sorted(classes) if name in content}


def shown(content: Content, classes: Iterable[str], level: Level) -> dict[str, Any]:
    """Field -> value of what a reader of these classes sees at a level."""
    return {
        key: value
        for name in sorted(classes)
        for key, value in content.get(name, {}).items()
        if level is not Level.REDACTED or key not in _PRECISE
    }


def bound(tenant_id: str, what: str, object_id: str, terms: Mapping[str, Any], content: Content) -> str:
    """The hash that approvals are bound to: content and terms, for this object of this institution."""
    text = canonical_json([tenant_id, what, object_id, terms, content])
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def identifies(identifier: str) -> bool:
    """Whether `kind:value` is of a kind that tells who; traits such as an age or a price are never shared."""
    name = identifier.partition(":")[0]
    return name == IMAGE or (name in KIND_BY_NAME and not KIND_BY_NAME[name].ATTRIBUTE)
