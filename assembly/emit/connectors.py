"""What indexers and search heads must know of record events: props, transforms, fields, eventtypes, tags.

One sourcetype a kind of record, whether or not a source delivers it today: an administrator's own source may pick any.
The index-time fields are the same for all of them; at search time attributes have the names of the kind's fields too.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from assembly.conf_text import ConfFile, Stanza
from assembly.emit.json_events import LARGEST_EVENT, json_settings
from assembly.emit.kind_facts import FieldFact, KindFact
from assembly.emit.lookup_tables import lookup_stanzas
from assembly.emit.record_kinds import FACTS as KINDS
from assembly.emit.record_kinds import read_kinds
from assembly.paths import ADDON
from minerva.intake.facts.authoring import gather

SOURCES = f"{ADDON}/sources"
# Values as they stand in JSON text: its escapes \" and \\ are those of a quoted value in the index metadata, too.
# Possessive, since PCRE's default depth limit of 1,000 ends a group that is re-entered for each character.
_VALUE = r'((?:[^"\\]++|\\.)++)'
# A record event starts with the object "key", whose members are flat strings: a name inside `attributes` can never be
# taken for the record's name. Nested, they are key.name and so on at search time and do not double the indexed field.
_BEFORE = r'^\{"key":\{(?:"[a-z_]++":"(?:[^"\\]++|\\.)*+",)*?'
KEYS = (
    "record_id", "record_type", "tenant_id", "name", "address", "city", "region", "postcode", "sketch", "style", "geo",
    "span", "signature",
)  # fmt: skip
"""The members of `key`, as minerva/records/model.py writes them (a test compares them)."""
PREFIX = "minerva_"
SEARCH_NAMES = ("identifier", *KEYS)
"""What people write in a search over events: aliases, for Minerva's source types alone, of the indexed fields."""


def read_sources(root: Path, *, abstract: bool = False) -> dict[str, Any]:
    """Returns {source id: document}; empty when there is none yet. Raises minerva.intake.errors.FactsError."""
    folder = root / SOURCES
    return gather(folder, abstract=abstract) if folder.is_dir() else {}


def emit_record_confs(root: Path) -> dict[str, str]:
    """Returns the five confs of the add-on that UCC does not write."""
    every, kinds = read_kinds(root)
    if not kinds:
        return {}
    facts = [f"{KINDS}/*.yml"]
    fields = [f"{PREFIX}{name}" for name in SEARCH_NAMES]
    all_kinds = Stanza("minerva_record", {"search": " OR ".join(f'sourcetype="minerva:{kind.id}"' for kind in kinds)})
    of_one = [Stanza(f"minerva_{kind.id}", {"search": f'sourcetype="minerva:{kind.id}"'}) for kind in kinds]
    tags = [
        Stanza(f"eventtype=minerva_{kind.id}", dict.fromkeys(_tags(kind), "enabled")) for kind in kinds if _tags(kind)
    ]
    files = (
        ConfFile(f"{ADDON}/default/props.conf", facts, [_sourcetype(kind, every, fields) for kind in kinds]),
        ConfFile(f"{ADDON}/default/transforms.conf", facts, [*_transforms(), *lookup_stanzas()]),
        ConfFile(f"{ADDON}/default/fields.conf", facts, [Stanza(name, {"INDEXED": True}) for name in fields]),
        ConfFile(f"{ADDON}/default/eventtypes.conf", facts, [all_kinds, *of_one]),
        ConfFile(
            f"{ADDON}/default/tags.conf", facts, [Stanza("eventtype=minerva_record", {"minerva": "enabled"}), *tags]
        ),
    )
    return {file.path: file.text() for file in files}


def _tags(kind: KindFact) -> list[str]:
    """Whose name the records bear and whether they are rows of a register, as tags of their events."""
    told = {"place": ["organization", "place"], "organization": ["organization"], "person": ["person"]}
    tags = [*told.get(kind.name_of, []), *(["register"] if kind.time == "state" else [])]
    return [f"{PREFIX}{tag}" for tag in tags]


def _sourcetype(kind: KindFact, every: Sequence[FieldFact], fields: Sequence[str]) -> Stanza:
    attributes = [*every, *kind.fields]
    single = [f'"attributes.{field.name}" AS {field.name}' for field in attributes if not field.many]
    return Stanza(
        f"minerva:{kind.id}",
        {
            **json_settings("" if kind.time == "state" else '"observed_time":"'),
            "TRANSFORMS-minerva": ", ".join(fields),
            "FIELDALIAS-minerva": " ".join(f"{PREFIX}{name} AS {name}" for name in SEARCH_NAMES),
            "FIELDALIAS-minerva_attributes": " ".join(single),
            **{f"EVAL-{field.name}": _several(field.name) for field in attributes if field.many},
            "LOOKUP-minerva_source": "minerva_sources source_id OUTPUTNEW source_title source_owner source_country",
            "category": "Custom",
            "description": f"Minerva record: {kind.title}",
        },
    )


def _several(name: str) -> str:
    """One value of an attribute is a text in the event, several are a list, which is read under another name."""
    return f"coalesce('attributes.{name}{{}}', 'attributes.{name}')"


def _transforms() -> list[Stanza]:
    common: dict[str, str | int | bool] = {"WRITE_META": True, "LOOKAHEAD": LARGEST_EVENT}

    def made(name: str, before: str, **more: bool) -> Stanza:
        field = f"{PREFIX}{name}"
        return Stanza(field, {"REGEX": f'{before}"{name}":"{_VALUE}"', "FORMAT": f'{field}::"$1"', **more, **common})

    return [made("identifier", "", REPEAT_MATCH=True), *(made(name, _BEFORE) for name in KEYS)]
