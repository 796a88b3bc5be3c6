"""Commands, collections and custom confs of minerva_app: commands, searchbnf, collections, transforms, README specs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from assembly.conf_text import PYTHON_SETTINGS, ConfFile, Stanza, emitted_line
from assembly.emit.lookup_tables import lookup_stanzas
from assembly.facts import read_facts
from assembly.paths import APP


@dataclass(frozen=True)
class Example:
    """One search a reader can run, and what it shows."""

    search: str
    comment: str


@dataclass(frozen=True)
class Command:
    """A search command over the chunked protocol, version 2."""

    name: str
    file: str
    kind: Literal["streaming", "events", "generating"]
    syntax: str
    shortdesc: str
    description: str
    distributed: bool = False
    risky: bool = False
    usage: Literal["public"] = "public"
    examples: list[Example] = field(default_factory=list)
    related: str | list[str] = ""
    tags: str | list[str] = ""

    def problem(self) -> str | None:
        """Splunk's own rule for command names, and the one contradiction the fields allow."""
        if not re.fullmatch(r"[a-z0-9]+", self.name):
            return f"command name {self.name!r} must be lower-case letters and digits"
        if self.distributed and self.kind != "streaming":
            return "only a streaming command can be distributed"
        return None


REMOVING = "removing"
"""What a document to be deleted by its key is first marked with, since a DELETE's URL may hold no key: each collection
is asked for it, which without an acceleration would read the whole of it (minerva_app_splunkd.KvCollection.delete)."""
FieldKind = Literal["string", "number", "bool", "time"]


@dataclass(frozen=True)
class Collection:
    """A KV store collection. Each entry of `accelerated` is one index: {field: 1 or -1}. `lists` are fields that hold
    lists, for which collections.conf has no type; an index may name one of them."""

    name: str
    fields: dict[str, FieldKind]
    purpose: str
    accelerated: list[dict[str, int]] = field(default_factory=list)
    lookup: bool = False
    lists: list[str] = field(default_factory=list)

    def problem(self) -> str | None:
        """Splunk takes at most ten accelerations of ten fields, each of a declared field."""
        known = {"_key", *self.fields, *self.lists}
        unknown = sorted({name for index in self.accelerated for name in index} - known)
        if unknown:
            return f"accelerated fields are not declared: {', '.join(unknown)}"
        if len(self.accelerated) > 9 or any(len(index) > 10 for index in self.accelerated):
            return f"at most 9 accelerations of at most 10 fields; the tenth is {REMOVING}"
        return None


@dataclass(frozen=True)
class CustomConf:
    """A conf file of the app's own, described by its spec under README/."""

    name: str
    keys: dict[str, str]
    purpose: str


def emit_commands(root: Path) -> dict[str, str]:
    """Returns commands.conf and searchbnf.conf."""
    facts = f"{APP}/facts/commands.yml"
    if not (root / facts).is_file():
        return {}
    commands = read_facts(root / facts, list[Command])
    run = ConfFile(f"{APP}/default/commands.conf", [facts], [_command_stanza(command) for command in commands])
    help_ = ConfFile(f"{APP}/default/searchbnf.conf", [facts], [_help_stanza(command) for command in commands])
    return {run.path: run.text(), help_.path: help_.text()}


def _command_stanza(command: Command) -> Stanza:
    settings: dict[str, str | int | bool] = {"filename": command.file, "chunked": True}
    if command.risky:
        settings["is_risky"] = True
    return Stanza(command.name, {**settings, **PYTHON_SETTINGS})


def _help_stanza(command: Command) -> Stanza:
    settings: dict[str, str | int | bool] = {
        "syntax": " ".join(command.syntax.split()),
        "shortdesc": " ".join(command.shortdesc.split()),
        "description": " ".join(command.description.split()),
        "usage": command.usage,
    }
    for number, example in enumerate(command.examples, 1):
        settings[f"example{number}"] = " ".join(example.search.split())
        settings[f"comment{number}"] = " ".join(example.comment.split())
    for key, words in (("related", command.related), ("tags", command.tags)):
        if words:
            settings[key] = words if isinstance(words, str) else " ".join(words)
    return Stanza(f"{command.name}-command", settings)


def emit_collections(root: Path) -> dict[str, str]:
    """Returns collections.conf, and transforms.conf for the collections that searches look up."""
    facts = f"{APP}/facts/collections.yml"
    if not (root / facts).is_file():
        return {}
    collections = read_facts(root / facts, list[Collection])
    store = ConfFile(
        f"{APP}/default/collections.conf", [facts], [_collection_stanza(collection) for collection in collections]
    )
    lookups = ConfFile(
        f"{APP}/default/transforms.conf",
        [facts],
        [
            Stanza(
                collection.name,
                {
                    "external_type": "kvstore",
                    "collection": collection.name,
                    "fields_list": ", ".join(["_key", *(name for name in collection.fields if name != "_key")]),
                },
            )
            for collection in collections
            if collection.lookup
        ]
        + lookup_stanzas(),
    )
    return {store.path: store.text(), lookups.path: lookups.text()}


def _collection_stanza(collection: Collection) -> Stanza:
    settings: dict[str, str | int | bool] = {"enforceTypes": False, "replicate": False}
    settings.update({f"field.{name}": kind for name, kind in collection.fields.items() if name != "_key"})
    settings[f"field.{REMOVING}"] = "string"
    for number, index in enumerate([*collection.accelerated, {REMOVING: 1}], 1):
        inner = ", ".join(f'"{name}": {direction}' for name, direction in index.items())
        settings[f"accelerated_fields.by_{number}"] = f"{{{inner}}}"
    return Stanza(collection.name, settings, note=" ".join(collection.purpose.split()))


def emit_custom_confs(root: Path) -> dict[str, str]:
    """Returns README/<name>.conf.spec for each custom conf."""
    facts = f"{APP}/facts/confs.yml"
    if not (root / facts).is_file():
        return {}
    confs = read_facts(root / facts, list[CustomConf])
    return {f"{APP}/README/{conf.name}.conf.spec": spec_text(conf, facts) for conf in confs}


def spec_text(conf: CustomConf, facts: str) -> str:
    """Returns README/<name>.conf.spec."""
    lines = "".join(f"{key} = <string>\n* {' '.join(text.split())}\n\n" for key, text in conf.keys.items())
    return f"{emitted_line([facts])}# {' '.join(conf.purpose.split())}\n\n[<stanza>]\n{lines}".rstrip() + "\n"
