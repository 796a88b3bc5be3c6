"""The objects of STIX 2.1 that an export uses: ids, markings, the observables of identifiers. No streams here.

Sources: STIX 2.1 (OASIS Standard, 10 June 2021), sections 2.9 (ids of observables), 4.5, 4.6, 4.14, 5.1, 6, 7.2, 7.3;
TLP 2.0 as published in oasis-open/cti-stix-common-objects.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from minerva.exports.ids import stable_uuid
from minerva.exports.markings import HANDLING, TLP
from minerva.exports.request import ExportRequest
from minerva.records.model import canonical_json

Stix = dict[str, Any]

OBSERVABLES = uuid.UUID("00abedb4-aa42-466c-9c01-fed23315a9b7")
"""Namespace of deterministic ids of observables, given by the standard (section 2.9)."""

TLP_EXTENSION = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"
TLP_MARKINGS = {
    "CLEAR": "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487",
    "GREEN": "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
    "AMBER": "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421",
    "AMBER+STRICT": "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003",
    "RED": "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1",
}

SET_ASIDE = "set-aside"
"""The label of a note about contacts of an entity that are no mark of it."""
_EXTENSION_TIME = "2026-11-01T00:00:00.000Z"
_EXTENSION_TEXTS = {
    "phone-number": ("Phone number", "A telephone number in E.164 form as an observable of its own.", ("value",)),
    "minerva-identifier": (
        "Identifier of another kind",
        "An identifier that STIX has no observable for, such as a license number, as kind and value.",
        ("kind", "value"),
    ),
}


def timestamp(time: str) -> str:
    """`YYYY-MM-DDTHH:MM:SSZ` with the milliseconds that STIX wants."""
    return time[:-1] + ".000Z"


def extension_id(name: str) -> str:
    """Id of the extension that adds the observable `name` (a key of the table above)."""
    return f"extension-definition--{stable_uuid('stix-extension', name)}"


def tlp_marking(level: str) -> Stix:
    """The TLP 2.0 marking of a level, as published."""
    word = TLP[level]
    return {
        "type": "marking-definition",
        "spec_version": "2.1",
        "id": TLP_MARKINGS[word],
        "created": "2022-10-01T00:00:00.000Z",
        "name": f"TLP:{word}",
        "extensions": {TLP_EXTENSION: {"extension_type": "property-extension", "tlp_2_0": word.lower()}},
    }


def statement_marking(request: ExportRequest) -> Stix:
    """Recipient, purpose, handling codes and expiry as a statement that every object refers to."""
    parts = [f"For {request.meant_for} only; purpose: {request.purpose}"]
    parts += [f"{code}: {HANDLING[code]}" for code in request.handling]
    if request.expires:
        parts.append(f"to be deleted by {request.expires}")
    text = "; ".join(parts)
    return {
        "type": "marking-definition",
        "spec_version": "2.1",
        "id": f"marking-definition--{stable_uuid('stix-statement', text, request.time)}",
        "created": timestamp(request.time),
        "definition_type": "statement",
        "definition": {"statement": text},
    }


def author(request: ExportRequest) -> Stix:
    """The handing-out tenant as an identity. It carries no marking of its own beyond the export's."""
    return {
        "type": "identity",
        "spec_version": "2.1",
        "id": f"identity--{stable_uuid('tenant', request.tenant_id)}",
        "created": _EXTENSION_TIME,
        "modified": _EXTENSION_TIME,
        "name": request.tenant_label or request.tenant_id,
        "identity_class": "organization",
    }


def format_author() -> Stix:
    """Who defines the two observables: the same identity in the bundles of every institution."""
    return {
        "type": "identity",
        "spec_version": "2.1",
        "id": f"identity--{stable_uuid('stix-extension-author')}",
        "created": _EXTENSION_TIME,
        "modified": _EXTENSION_TIME,
        "name": "Minerva",
        "identity_class": "system",
    }


def extension(name: str) -> Stix:
    """The extension-definition of one of our two observables, its schema inside; equal in every bundle."""
    title, description, keys = _EXTENSION_TEXTS[name]
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "required": ["type", "id", *keys],
        "properties": {"type": {"const": name}, **{key: {"type": "string", "minLength": 1} for key in keys}},
    }
    return {
        "type": "extension-definition",
        "spec_version": "2.1",
        "id": extension_id(name),
        "created_by_ref": format_author()["id"],
        "created": _EXTENSION_TIME,
        "modified": _EXTENSION_TIME,
        "name": title,
        "description": description,
        "schema": canonical_json(schema),
        "version": "1.0.0",
        "extension_types": ["new-sco"],
    }


def observable(identifier: str) -> Stix:
    """The observable of an identifier, its id as the standard derives it from the contributing properties."""
    kind, _, value = identifier.partition(":")
    if kind == "email":
        return _observable("email-addr", {"value": value})
    if kind == "url":
        return _observable("url", {"value": value})
    if kind == "domain":
        return _observable("domain-name", {"value": value})
    if kind == "username":
        platform, _, name = value.partition("/")
        return _observable("user-account", {"account_type": platform, "account_login": name})
    if kind == "phone":
        return _observable("phone-number", {"value": value}, extended=True)
    return _observable("minerva-identifier", {"kind": kind, "value": value}, extended=True)


def _observable(name: str, properties: Mapping[str, str], extended: bool = False) -> Stix:
    key = uuid.uuid5(OBSERVABLES, canonical_json(properties))
    made: Stix = {"type": name, "spec_version": "2.1", "id": f"{name}--{key}", **properties}
    if extended:
        made["extensions"] = {extension_id(name): {"extension_type": "new-sco"}}
    return made
