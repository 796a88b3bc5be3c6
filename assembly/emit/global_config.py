"""globalConfig.json of the add-on, from which UCC writes inputs, configuration pages, REST handlers and their confs."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from assembly.facts import read_facts
from assembly.paths import ADDON
from assembly.version import version

INPUTS = f"{ADDON}/facts/inputs.yml"
CONFIGURATION = f"{ADDON}/facts/configuration.yml"
REST_ROOT = "ta_gen_connectors"
SOURCE_LIST = "minerva/sources/list"
"""Path of the handler in facts/endpoints.yml that lists the sources of a transport."""
Document = dict[str, Any]  # Any: UCC's own JSON shapes


@dataclass(frozen=True)
class Choice:
    """One entry of a select field."""

    value: str
    label: str


@dataclass(frozen=True)
class FormField:
    """A field of an input or of a configuration tab. `options`: `accounts`, `sources` (asked for at run time), or
    a list of choices."""

    field: str
    label: str
    type: Literal["text", "singleSelect", "multipleSelect", "checkbox", "textarea"]
    help: str = ""
    required: bool = False
    default: str | bool | None = None
    encrypted: bool = False
    options: list[Choice] | str | None = None
    validators: list[dict[str, Any]] = dataclasses.field(default_factory=list)

    def problem(self) -> str | None:
        """A select without options cannot be filled in; UCC would only fail in the browser."""
        if isinstance(self.options, str) and self.options not in ("sources", "accounts"):
            return f"options: {self.options!r} is none of sources, accounts or a list"
        if self.type.endswith("Select") and not self.options:
            return f"{self.field}: a select needs options"
        return None


@dataclass(frozen=True)
class Input:
    """A modular input kind. `helper` is the module in bin/ with validate_input and stream_events."""

    name: str
    title: str
    description: str
    helper: str
    transport: str
    fields: list[FormField]
    interval: int = 300


@dataclass(frozen=True)
class Configuration:
    """The tabs of the configuration page; UCC's logging tab comes last by itself."""

    account: list[FormField]
    network: list[FormField]
    vault: list[FormField]
    sources: list[FormField]


def emit_global_config(root: Path) -> dict[str, str]:
    """Returns {path: JSON}. Without inputs.yml there is nothing to say yet."""
    if not (root / INPUTS).is_file() or not (root / CONFIGURATION).is_file():
        return {}
    document = build_global_config(
        read_facts(root / INPUTS, list[Input]),
        read_facts(root / CONFIGURATION, Configuration),
        version(root),
    )
    return {f"{ADDON}/globalConfig.json": json.dumps(document, indent=2, ensure_ascii=False) + "\n"}


def build_global_config(inputs: list[Input], configuration: Configuration, release: str) -> Document:
    """Returns the document in UCC 6.6's schema (0.0.9 family)."""
    return {
        "pages": {
            "configuration": {
                "title": "Configuration",
                "description": "Accounts, network limits and logging of the connectors",
                "tabs": [
                    {
                        "name": "account",
                        "title": "Accounts",
                        "table": {"actions": ["edit", "delete", "clone"], "header": [_column("Name", "name")]},
                        "entity": [_name_field("account"), *(_entity(item) for item in configuration.account)],
                    },
                    {
                        "name": "network",
                        "title": "Network",
                        "entity": [_entity(item) for item in configuration.network],
                    },
                    {
                        "name": "vault",
                        "title": "Vault",
                        "entity": [_entity(item) for item in configuration.vault],
                    },
                    {
                        "name": "sources",
                        "title": "Sources",
                        "entity": [_entity(item) for item in configuration.sources],
                    },
                    {"type": "loggingTab"},
                ],
            },
            "inputs": {
                "title": "Inputs",
                "description": "What is fetched, how often, and into which tenant's index",
                "table": {
                    "actions": ["edit", "delete", "clone"],
                    "header": [
                        _column("Name", "name"),
                        _column("Source", "source_id"),
                        _column("Interval", "interval"),
                        _column("Index", "index"),
                        _column("Status", "disabled"),
                    ],
                    "moreInfo": [
                        _column("Name", "name"),
                        _column("Interval", "interval"),
                        _column("Index", "index"),
                        {**_column("Status", "disabled"), "mapping": {"true": "Inactive", "false": "Active"}},
                    ],
                },
                "services": [_service(item) for item in inputs],
            },
        },
        "meta": {
            "name": ADDON,
            "restRoot": REST_ROOT,
            "version": release,
            "displayName": "Minerva general connectors",
            "schemaVersion": "0.0.10",
            "supportedThemes": ["light", "dark"],
            "supportedPythonVersion": ["3.9", "3.13"],
        },
    }


def _column(label: str, name: str) -> Document:
    return {"label": label, "field": name}


def _name_field(noun: str) -> Document:
    return {
        "type": "text",
        "label": "Name",
        "field": "name",
        "help": f"A unique name for the {noun}.",
        "required": True,
        "validators": [
            {
                "type": "regex",
                "errorMsg": "A name begins with a letter and holds letters, digits and underscores only.",
                "pattern": "^[a-zA-Z]\\w*$",
            },
            {
                "type": "string",
                "errorMsg": "A name has between 1 and 100 characters.",
                "minLength": 1,
                "maxLength": 100,
            },
        ],
    }


def _service(item: Input) -> Document:
    return {
        "name": item.name,
        "title": item.title,
        "inputHelperModule": item.helper,
        "entity": [
            _name_field("input"),
            {
                "type": "interval",
                "label": "Interval",
                "field": "interval",
                "defaultValue": str(item.interval),
                "help": "Seconds between two runs.",
                "required": True,
                "options": {"range": [10, 604800]},
            },
            {"type": "index", "label": "Index", "field": "index", "help": "The tenant's index.", "required": True},
            *(_entity(form, item.transport) for form in item.fields),
        ],
    }


def _entity(form: FormField, transport: str = "") -> Document:
    entity: Document = {"type": form.type, "label": form.label, "field": form.field}
    if form.help:
        entity["help"] = form.help
    if form.required:
        entity["required"] = True
    if form.default is not None:
        # UCC takes nothing but a boolean here, and writes "0" or "1" into the conf.
        entity["defaultValue"] = form.default in (True, "1", "true") if form.type == "checkbox" else form.default
    if form.encrypted:
        entity["encrypted"] = True
    if form.options == "accounts":
        entity["options"] = {"referenceName": "account"}
    elif form.options == "sources":
        # Sources are data: the page asks for them when it is opened, so that one made a minute ago is there.
        entity["options"] = {
            "endpointUrl": f"{SOURCE_LIST}/{transport}",
            "labelField": "label",
            "valueField": "source_id",
        }
    elif isinstance(form.options, list):
        entity["options"] = {
            "autoCompleteFields": [{"value": choice.value, "label": choice.label} for choice in form.options]
        }
    if form.validators:
        entity["validators"] = form.validators
    return entity
