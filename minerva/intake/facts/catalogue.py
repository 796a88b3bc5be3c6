"""The catalogue: all sources of an installation, from the three places where facts of a source may stand.

In order, each hiding what the places before it say of the same id: the package (default/sources.json), the add-on's
local/ (sources.json, or sources/<family>/<id>/<id>.json), and what administrators made (minerva_sources.conf).
A source that is wrong is named with its place and key and left out; the others are there all the same.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from minerva.intake.errors import FactsError
from minerva.intake.facts.inheritance import Document, chain, resolve
from minerva.intake.facts.source import DEMO, Source, check_document, source_from_document
from minerva.intake.facts.standing import OWN, UNCONFIRMED

PACKAGED, LOCAL, MADE = "default/sources.json", "local", "minerva_sources.conf"
PLACES = (PACKAGED, LOCAL, MADE)
LOCAL_FAMILY, MADE_FAMILY = "local", "made"
"""Families of what lies in no family's folder."""


@dataclass(frozen=True)
class Fault:
    """Why a source, or a whole file, is left out: the place, the source if it is known, the key, and words."""

    place: str
    source_id: str
    key: str
    message: str

    def __str__(self) -> str:
        return ": ".join(part for part in (self.place, self.source_id, self.key, self.message) if part)


@dataclass(frozen=True)
class Layer:
    """What one place says: documents as they stand there, by id, where each stands, and what cannot be read."""

    documents: Mapping[str, Document]
    stands: Mapping[str, str]
    faults: Sequence[Fault] = ()


@dataclass(frozen=True)
class Catalogue:
    """All sources. `documents` holds abstract ones too, inheritance worked out; `place` says where a source stands."""

    sources: Mapping[str, Source]
    documents: Mapping[str, Document]
    place: Mapping[str, str]
    faults: Sequence[Fault]
    notes: Sequence[Fault]
    """Clashes that are settled: which place hides a source of which other."""
    layers: Sequence[Layer]

    def offered(self, transport: str, demo: bool) -> list[Source]:
        """The sources that an input of a transport (`http`, `file` or `imap`) may be made of, by title."""
        found = [
            source
            for source in self.sources.values()
            if getattr(source, transport) is not None and source.enabled and (demo or source.family != DEMO)
        ]
        return sorted((item for item in found if item.legal.terms_allow), key=lambda item: (item.title, item.source_id))

    def why_not(self, source_id: str) -> str:
        """The words for a source that is not there."""
        told = [str(fault) for fault in self.faults if fault.source_id == source_id]
        if told:
            return f"the source {source_id!r} is left out: {told[0]}"
        if self.documents.get(source_id, {}).get("abstract"):
            return f"{source_id!r} is a template that other sources are like, and no source itself"
        return f"there is no source {source_id!r}"


def read_catalogue(package: Path, made: Mapping[str, Mapping[str, str]]) -> Catalogue:
    """The catalogue of an installed add-on (its folder) and the stanzas of minerva_sources.conf."""
    return catalogue(
        [packaged_layer(package / "default" / "sources.json"), local_layer(package / "local"), made_layer(made)]
    )


def catalogue(layers: Sequence[Layer]) -> Catalogue:
    """The sources of layers in the order of PLACES."""
    documents: dict[str, Document] = {}
    sources: dict[str, Source] = {}
    place: dict[str, str] = {}
    faults = [fault for layer in layers for fault in layer.faults]
    notes: list[Fault] = []
    said = [layer.documents for layer in layers]
    for source_id in sorted({name for each in said for name in each}):
        *hidden, held = [layer.stands[source_id] for layer in layers if source_id in layer.documents]
        place[source_id] = held
        notes += [Fault(held, source_id, "", f"hides the source of the same id in {below}") for below in hidden]
        try:
            document = resolve(chain(said, source_id))
        except FactsError as error:
            faults.append(Fault(held, source_id, "like", str(error).removeprefix("like: ")))
            continue
        problems = check_document(document)
        if problems:
            key = ".".join(map(str, problems[0].path))
            faults.append(Fault(held, source_id, key, problems[0].message))
            continue
        documents[source_id] = document
        if not document.get("abstract"):
            sources[source_id] = source_from_document(document)
    return Catalogue(sources, documents, place, faults, notes, layers)


def packaged_layer(path: Path) -> Layer:
    """What the package brings. It was checked when it was built; what is wrong all the same is left out."""
    return _from_object(PACKAGED, _read(path), "", missing=True)


def local_layer(folder: Path) -> Layer:
    """What an administrator put into the add-on's local/, which no upgrade touches."""
    whole = folder / "sources.json"
    layer = _from_object(f"{LOCAL}/{whole.name}", _read(whole), LOCAL_FAMILY, missing=False)
    documents, stands, faults = dict(layer.documents), dict(layer.stands), list(layer.faults)
    for path in sorted((folder / "sources").rglob("*.*")):
        where = f"{LOCAL}/{path.relative_to(folder).as_posix()}"
        if path.suffix in (".yml", ".yaml"):
            words = "is read as JSON here: `python3 build.py sources --json ID` of the repository writes it"
            faults.append(Fault(where, path.stem, "", words))
        if path.suffix != ".json" or path.stem in ("sample", "expected"):
            continue
        if path.stem in documents:
            faults.append(Fault(where, path.stem, "id", f"stands in {stands[path.stem]} too, which counts"))
            continue
        parts = path.relative_to(folder / "sources").parts
        found = _from_object(
            where, {path.stem: _read(path)}, parts[0] if len(parts) > 2 else LOCAL_FAMILY, missing=False
        )
        documents.update(found.documents)
        stands.update(found.stands)
        faults += found.faults
    return Layer(documents, stands, faults)


def made_layer(stanzas: Mapping[str, Mapping[str, str]]) -> Layer:
    """What administrators made in the workbench: one stanza a source, its document as JSON."""
    found: dict[str, Any] = {}
    for name, settings in stanzas.items():
        try:
            found[name] = json.loads(settings.get("document") or "null")
        except ValueError:
            found[name] = "not JSON"
    return _from_object(MADE, found, MADE_FAMILY, missing=False)


def _read(path: Path) -> Any:
    """The JSON of a file; None where there is none, a text that says why where it cannot be read."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, RecursionError) as error:
        return f"cannot be read ({type(error).__name__})"


def _from_object(where: str, given: Any, family: str, *, missing: bool) -> Layer:
    if given is None:
        return Layer({}, {}, [Fault(where, "", "", "is not there; build the package again")] if missing else [])
    if not isinstance(given, dict):
        return Layer(
            {}, {}, [Fault(where, "", "", given if isinstance(given, str) else "expected an object of sources")]
        )
    documents: dict[str, Document] = {}
    faults = []
    for source_id, document in given.items():
        if not isinstance(document, dict):
            faults.append(Fault(where, source_id, "", document if isinstance(document, str) else "expected an object"))
        elif document.get("id", source_id) != source_id:
            faults.append(Fault(where, source_id, "id", "its id is another than its name here"))
        else:
            known = (
                {"id": source_id}
                if document.get("like") == source_id or not family
                else {"id": source_id, "family": family}
            )
            documents[source_id] = {**known, **document, **_renewed(document)}
    return Layer(documents, dict.fromkeys(documents, where), faults)


def _renewed(document: Document) -> Document:
    """The evidence of a source that was made before evidence had a state, as it is written now."""
    evidence = document.get("evidence")
    if not isinstance(evidence, dict) or "where" not in evidence:
        return {}
    read_on = f", read {evidence['read_on']}" if "read_on" in evidence else ""
    state = OWN if evidence.get("kind") == "reply" else UNCONFIRMED
    return {"evidence": {"state": state, "reference": f"{evidence['where']}{read_on}"}}
