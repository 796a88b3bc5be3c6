"""Operations of the workbench, by name: a JSON body in, a JSON answer out. What splunkd holds comes in by the Desk.

The page keeps the sample and sends it with each request; an operation answers from it and forgets it. Raises
IntakeError, whose words are for the administrator and never hold a value of the sample.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timezone
from typing import Any, Protocol

from minerva.intake import INPUTS
from minerva.intake.errors import FactsError, IntakeError
from minerva.intake.facts.catalogue import MADE, MADE_FAMILY, Catalogue, made_layer
from minerva.intake.facts.catalogue import catalogue as catalogue_of
from minerva.intake.facts.field_map import MAPPING_SHAPE
from minerva.intake.facts.presets import expand
from minerva.intake.facts.reading import FORMATS, READING_KEYS, UNPACK
from minerva.intake.facts.shape import check
from minerva.intake.facts.source import DEMO, check_document, source_from_document
from minerva.intake.facts.standing import EVIDENCE_STATES, NEEDS, OWN
from minerva.intake.facts.web import HTTP_SHAPE
from minerva.intake.inputs import Network
from minerva.intake.web.account import Account
from minerva.intake.workbench import fetching, folder, versions
from minerva.intake.workbench.choices import choices_of, mapping_of, own_name, propose, targets
from minerva.intake.workbench.columns import profile
from minerva.intake.workbench.preview import preview
from minerva.intake.workbench.samples import MAX_BYTES, Sample, read_sample
from minerva.places.countries import all_countries
from minerva.records.kinds import KINDS
from minerva.records.model import LEVELS, PERSONAL

Body = Mapping[str, Any]
_ID = re.compile(r"[a-z][a-z0-9_]{0,59}")
_LIST = re.compile(r"\[[^\]]*\]")
UNNAMED = "this_register"
"""Whose numbers a register holds as long as the source has neither id nor title."""
_INPUT_NAME = re.compile(r"[a-zA-Z]\w{0,99}")


class Desk(Protocol):
    """What the workbench needs of splunkd, in the name of the user who asks."""

    user: str

    def now(self) -> float: ...
    def catalogue(self) -> Catalogue: ...
    def stanza(self, source_id: str) -> Mapping[str, str] | None:
        """The stanza of a made source; None if there is none."""

    def write(self, source_id: str, settings: Mapping[str, str]) -> None: ...
    def remove(self, source_id: str) -> None: ...
    def network(self) -> Network: ...
    def account(self, name: str) -> Account: ...
    def accounts(self) -> Sequence[str]: ...
    def tenants(self) -> Sequence[Mapping[str, str]]:
        """{id, label, index} of the institutions, as far as this host knows them."""

    def inputs(self) -> Sequence[Mapping[str, str]]:
        """{kind, name, source_id, tenant_id, index, disabled} of every input."""

    def add_input(self, kind: str, settings: Mapping[str, str]) -> None:
        """Makes an input through the add-on's own handler, which checks it. Raises IntakeError with its words."""

    def progress(self, kind: str, name: str, source_id: str) -> Mapping[str, Any]:
        """Counts of the checkpoint, and the last lines of the log that say how a run ended."""


def start(desk: Desk, _: Body) -> dict[str, Any]:
    """Everything that the page offers to choose from, and the list of sources with what is wrong with some."""
    held = desk.catalogue()
    used: dict[str, list[str]] = {}
    for item in desk.inputs():
        used.setdefault(item.get("source_id", ""), []).append(item.get("name", ""))
    sources = [
        {
            "id": source.source_id, "title": source.title, "kind": source.record_type, "family": source.family,
            "country": source.country, "place": held.place[source.source_id],
            "made": held.place[source.source_id] == MADE,
            "http": source.http is not None, "file": source.file is not None,
            "enabled": source.enabled and source.legal.terms_allow, "inputs": used.get(source.source_id, []),
            "needs": list(source.needs), "evidence": source.evidence, "reference": source.evidence_reference,
        }
        for source in held.sources.values()
    ]  # fmt: skip
    return {
        "sources": sources,
        "faults": [{"id": item.source_id, "made": item.place == MADE, "words": str(item)} for item in held.faults],
        "notes": [str(item) for item in held.notes],
        "templates": sorted(name for name, item in held.documents.items() if item.get("abstract")),
        "kinds": [{"id": kind.id, "title": kind.title, "description": kind.description} for kind in KINDS.values()],
        "countries": [{"code": item.code, "name": item.name} for item in all_countries()],
        "formats": list(FORMATS), "unpack": list(UNPACK), "levels": list(LEVELS), "personal": list(PERSONAL),
        "accounts": list(desk.accounts()), "tenants": [dict(item) for item in desk.tenants()], "max_bytes": MAX_BYTES,
        "demo": DEMO, "needs": dict(NEEDS), "evidence_states": dict(EVIDENCE_STATES),
    }  # fmt: skip


def sample(desk: Desk, body: Body) -> dict[str, Any]:
    """Columns of a sample, and a choice for each: those of the facts that are edited, else from the guesses."""
    return _looked_at(body, _read(body))


def fetch(desk: Desk, body: Body) -> dict[str, Any]:
    """The same for one page of an address: {address} or {http}. The page's bytes go back to the page that asked."""
    given_http = body.get("http") or {}
    if not isinstance(given_http, dict):
        raise FactsError("http: an object of the keys of a source's http facts")
    http = dict(given_http)
    if body.get("address"):
        http = {**http, **fetching.address_parts(_text(body, "address", 2000))}
    account = _text(body, "account", 100)
    content = fetching.fetch_page(
        http,
        desk.account(account) if account else Account(),
        desk.network(),
        obey_robots=body.get("robots") != "not_applicable",
    )
    given = {**body, "content": base64.b64encode(content).decode("ascii")}
    return {**_looked_at(given, _read(given)), "content": given["content"], "http": http}


def target_list(desk: Desk, body: Body) -> dict[str, Any]:
    """What a column may become in records of a kind."""
    return {"targets": targets(_kind(body))}


def show(desk: Desk, body: Body) -> dict[str, Any]:
    """The records that the facts make of the sample, what they refuse, and what is missing in the facts."""
    document = _document(desk, body)
    problems = [{"key": ".".join(map(str, item.path)), "words": item.message} for item in check_document({**document})]
    if str(document.get("record_type")) not in KINDS or any(item["key"].startswith("mapping") for item in problems):
        return {"problems": problems, "document": document}
    found = _read(body)
    trial = source_from_document({**_TRIAL, "record_type": document["record_type"], "mapping": document["mapping"]})
    made = preview(trial, found.rows, datetime.fromtimestamp(desk.now(), timezone.utc))
    return {**made, "problems": problems, "fault": found.fault, "document": document}


def save(desk: Desk, body: Body) -> dict[str, Any]:
    """Saves a new version of a made source; an id that another place holds is refused."""
    document = _document(desk, body)
    source_id = str(document.get("id", ""))
    if not _ID.fullmatch(source_id):
        raise FactsError("id: lower-case letters, digits and '_', a letter first, at most 60")
    held = desk.catalogue()
    before = desk.stanza(source_id)
    if before is None and source_id in held.place:
        raise FactsError(f"id: there is a source {source_id!r} in {held.place[source_id]} already; choose another id")
    if before is not None and body.get("new"):
        raise FactsError(f"id: a source {source_id!r} was made already; open it, or choose another id")
    if before is not None and _number(body, "version") != int(before.get("version") or 0):
        raise FactsError(f"somebody saved version {before.get('version')} meanwhile; open the source again")
    _check_whole(held, document)
    settings = versions.saved(before, document, desk.user, desk.now(), _text(body, "note", 200))
    desk.write(source_id, settings)
    return {"id": source_id, "version": int(settings["version"])}


def open_source(desk: Desk, body: Body) -> dict[str, Any]:
    """A source to look at, to edit (a made one) or to copy (any): its facts, choices and versions."""
    source_id = _text(body, "id", 60)
    held = desk.catalogue()
    stanza = desk.stanza(source_id)
    document = held.documents.get(source_id)
    listed = versions.versions(stanza) if stanza else []
    if document is None and listed and isinstance(listed[0]["document"], dict):
        document = listed[0]["document"]
    if document is None:
        raise FactsError(held.why_not(source_id))
    mapping = document.get("mapping", {})
    return {
        "document": document,
        "choices": [] if check(mapping, MAPPING_SHAPE, part=True) else choices_of(mapping),
        "targets": targets(document["record_type"]) if document.get("record_type") in KINDS else [],
        "made": stanza is not None,
        "place": held.place.get(source_id, MADE),
        "version": listed[0]["version"] if listed else 0,
        "versions": [{key: item[key] for key in ("version", "saved_by", "saved_at", "note")} for item in listed],
        "fault": next((str(item) for item in held.faults if item.source_id == source_id), ""),
        "inputs": [dict(item) for item in desk.inputs() if item.get("source_id") == source_id],
    }


def restore(desk: Desk, body: Body) -> dict[str, Any]:
    """Brings an old version back, as a new one."""
    source_id, number = _text(body, "id", 60), _number(body, "number")
    stanza = desk.stanza(source_id)
    if stanza is None:
        raise FactsError(f"{source_id!r} is no source that was made here")
    document = versions.version(stanza, number)
    _check_whole(desk.catalogue(), document)
    note = _text(body, "note", 150)
    settings = versions.saved(
        stanza, document, desk.user, desk.now(), f"version {number} again{': ' if note else ''}{note}"
    )
    desk.write(source_id, settings)
    return {"id": source_id, "version": int(settings["version"])}


def remove(desk: Desk, body: Body) -> dict[str, Any]:
    """Removes a made source with its versions, unless an input reads it."""
    source_id = _text(body, "id", 60)
    if desk.stanza(source_id) is None:
        raise FactsError(f"{source_id!r} is no source that was made here")
    used = [item.get("name", "") for item in desk.inputs() if item.get("source_id") == source_id]
    if used:
        raise FactsError(f"inputs read it: {', '.join(used)}; delete these first")
    desk.remove(source_id)
    return {"id": source_id}


def export(desk: Desk, body: Body) -> dict[str, Any]:
    """A zip of the source as a folder; no sample is in it."""
    source_id = _text(body, "id", 60)
    document = desk.catalogue().documents.get(source_id)
    if document is None:
        raise FactsError(desk.catalogue().why_not(source_id))
    return {
        "name": f"{source_id}.zip",
        "content": base64.b64encode(folder.folder(document, _today(desk))).decode("ascii"),
    }


def schedule(desk: Desk, body: Body) -> dict[str, Any]:
    """Makes the input that reads a source."""
    source_id, kind, name = _text(body, "id", 60), _text(body, "transport", 4), _text(body, "name", 100)
    if kind not in ("http", "file"):
        raise FactsError("transport: http or file")
    if not _INPUT_NAME.fullmatch(name):
        raise FactsError("name: a letter first, then letters, digits and '_'")
    settings = {"name": name, "source_id": source_id}
    for key in (
        "tenant_id",
        "index",
        "interval",
        "vault",
        *(("account", "base_url") if kind == "http" else ("path", "mode")),
    ):
        value = _text(body, key, 500)
        if value:
            settings[key] = value
    missing = [
        key for key in ("tenant_id", "index", "interval", *(("path",) if kind == "file" else ())) if key not in settings
    ]
    if missing:
        raise FactsError(f"missing: {', '.join(missing)}")
    desk.add_input(f"minerva_{kind}", settings)
    return {"kind": f"minerva_{kind}", "name": name}


def progress(desk: Desk, body: Body) -> dict[str, Any]:
    """How far the first run of an input is."""
    kind, name = _text(body, "kind", 20), _text(body, "name", 100)
    if kind not in INPUTS or not _INPUT_NAME.fullmatch(name):
        raise FactsError("kind and name of an input")
    return dict(desk.progress(kind, name, _text(body, "id", 60)))


OPERATIONS: Mapping[str, Callable[[Desk, Body], dict[str, Any]]] = {
    "start": start, "sample": sample, "fetch": fetch, "targets": target_list, "preview": show, "save": save,
    "open": open_source, "restore": restore, "remove": remove, "export": export, "schedule": schedule,
    "progress": progress,
}  # fmt: skip

_TRIAL: dict[str, Any] = {
    "id": "preview", "title": "Preview", "description": "", "family": DEMO,
    "legal": {
        "owner": "", "licence": "", "terms": "", "terms_allow": True, "robots": "obey", "personal_data": "contact",
        "retention_days": 1, "marking": "L0",
    },
    "expect": {"min": 0}, "file": {"format": "csv", "pattern": "*"},
}  # fmt: skip
"""What a source needs besides kind and mapping, to map a sample before the rest is written."""


def _text(body: Body, key: str, most: int) -> str:
    value = body.get(key)
    if value is None:
        return ""
    if not isinstance(value, (str, int)) or isinstance(value, bool) or len(str(value)) > most:
        raise FactsError(f"{key}: a text of at most {most} characters")
    return str(value).strip()


def _number(body: Body, key: str) -> int:
    value = body.get(key)
    if value is None or value == "":
        return 0
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 10**6:
        raise FactsError(f"{key}: the number of a version")
    return value


def _kind(body: Body) -> str:
    kind = _text(body, "record_type", 40)
    if kind not in KINDS:
        raise FactsError(f"record_type: one of {', '.join(KINDS)}")
    return kind


def _read(body: Body) -> Sample:
    content = body.get("content")
    if not isinstance(content, str) or not content:
        raise FactsError("content: paste or upload a sample, or fetch a page")
    try:
        raw = base64.b64decode(content, validate=True)
    except (binascii.Error, ValueError):
        raise FactsError("content: base64 of the sample's bytes") from None
    return read_sample(raw, _reading(body))


def _reading(body: Body) -> Mapping[str, Any] | None:
    """How the sample is to be read: as somebody said now, else as the source's own `http` or `file` says; else guessed.

    `read_as` is that table of a source that is edited.
    """
    said, table = body.get("reading"), body.get("read_as")
    for key, given in (("reading", said), ("read_as", table)):
        if given is not None and not isinstance(given, dict):
            raise FactsError(f"{key}: an object of reading keys")
    if said:
        return dict(said)
    if not table:
        return None
    whole = expand(table) if "preset" in table and not check(table, HTTP_SHAPE, part=True) else table
    return {"format": "json", **{key: value for key, value in whole.items() if key in READING_KEYS}}


def _looked_at(body: Body, found: Sample) -> dict[str, Any]:
    kind, country = _kind(body), _text(body, "country", 2)
    columns = profile(found.rows, country)
    rows = sum(1 for row in found.rows if row.columns is not None)
    edited = body.get("mapping")
    if isinstance(edited, dict):
        problems = check(edited, MAPPING_SHAPE, ("mapping",), part=True)
        if problems:
            raise FactsError(f"{'.'.join(map(str, problems[0].path))}: {problems[0].message}")
        choices = choices_of(edited, [item.name for item in columns])
    else:
        choices = propose(columns, [row for row in found.rows if row.columns], kind)
    known = {item.name for item in columns}
    return {
        "reading": dict(found.reading), "rows": rows, "more": found.more, "fault": found.fault,
        "refused": [{"place": row.place, "code": row.fault} for row in found.rows if row.fault][:25],
        "columns": [{**item.shown(rows), "own": own_name(item.name)} for item in columns],
        "choices": choices, "targets": targets(kind),
        "missing": [each for each in (choice["column"] for choice in choices) if _LIST.sub("[]", each) not in known],
    }  # fmt: skip


def _document(desk: Desk, body: Body) -> dict[str, Any]:
    """The facts that the page holds, with the mapping of its choices and what a made source says by itself."""
    given = body.get("document")
    choices = body.get("choices")
    if (
        not isinstance(given, dict)
        or not isinstance(choices, list)
        or not all(isinstance(item, dict) for item in choices)
    ):
        raise FactsError("document and choices are needed")
    document = {key: value for key, value in given.items() if value not in (None, "")}
    country = str(document.get("country") or "")
    base = document.get("mapping") if isinstance(document.get("mapping"), dict) else None
    document["mapping"] = mapping_of(
        choices,
        base,
        region=country if re.fullmatch(r"[A-Z]{2}", country) else "",
        register=re.sub(r"[^a-z0-9]+", "_", str(document.get("id") or document.get("title") or "").lower()).strip("_")
        or UNNAMED,
    )
    document.setdefault("family", MADE_FAMILY)
    document.setdefault("expect", {"min": 1})
    document.setdefault("description", document.get("title", ""))
    reference = f"a reply that was read in the workbench on {_today(desk)}"
    document.setdefault("evidence", {"state": OWN, "reference": reference})
    return document


def _today(desk: Desk) -> str:
    return datetime.fromtimestamp(desk.now(), timezone.utc).date().isoformat()


def _check_whole(held: Catalogue, document: Mapping[str, Any]) -> None:
    """Raises FactsError unless the source would be taken with all the others, inheritance included."""
    layer = made_layer({str(document["id"]): {"document": versions.line(document)}})
    tried = catalogue_of([*held.layers[:-1], layer])
    faults = [item for item in tried.faults if item.source_id == document["id"]]
    if faults:
        raise FactsError(f"{faults[0].key}: {faults[0].message}" if faults[0].key else faults[0].message)


def run(desk: Desk, operation: str, body: Body) -> tuple[int, dict[str, Any]]:
    """Status and answer of one request."""
    act = OPERATIONS.get(operation)
    if act is None:
        return 404, {"error": "no such operation"}
    try:
        return 200, act(desk, body)
    except IntakeError as error:
        return 400, {"error": str(error)}
