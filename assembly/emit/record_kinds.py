"""Kinds of records: from one YAML a kind to kinds.json, which the shipped code reads, and to the words of the pages."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from assembly.conf_text import emitted_line
from assembly.emit.data_model_page import data_model_page
from assembly.emit.kind_facts import FieldFact, KindFact
from assembly.facts import FactError, read_facts

FACTS = "minerva/records/kinds"
EVERY = "every.yml"
DATA = f"{FACTS}/kinds.json"
WORDS = "frontend/src/parts/record_kinds.js"
PAGE = "docs/data-model.md"


def read_kinds(root: Path) -> tuple[list[FieldFact], list[KindFact]]:
    """Returns the fields of every kind, and the kinds by id. Raises FactError."""
    folder = root / FACTS
    if not folder.is_dir():
        return [], []
    every = read_facts(folder / EVERY, list[FieldFact])
    kinds = []
    for path in sorted(folder.glob("*.yml")):
        if path.name == EVERY:
            continue
        kind = read_facts(path, KindFact)
        names = [field.name for field in (*every, *kind.fields)]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise FactError(path, 1, "fields", f"given twice, here or in {EVERY}: {', '.join(twice)}")
        if kind.id != path.stem:
            raise FactError(path, 1, "id", f"must be the file stem {path.stem!r}")
        kinds.append(kind)
    return every, kinds


def emit_kinds(root: Path) -> dict[str, str]:
    """Returns kinds.json and the words of the pages."""
    every, kinds = read_kinds(root)
    if not kinds:
        return {}
    note = emitted_line([f"{FACTS}/*.yml"]).strip("# \n")
    listed = ",\n".join(_kind_text(kind) for kind in kinds)
    data = f'{{"note": {json.dumps(note)},\n"every": {_field_text(every)},\n"kinds": [\n{listed}\n]}}\n'
    words = "".join(f"  {kind.id}: {{ title: '{kind.title}', plural: '{kind.plural}' }},\n" for kind in kinds)
    page = data_model_page(every, kinds, note)
    return {DATA: data, WORDS: f"// {note}\nexport const RECORD_KINDS = {{\n{words}}};\n", PAGE: page}


def _kind_text(kind: KindFact) -> str:
    plain = {name: value for name, value in vars(kind).items() if name != "fields"}
    return json.dumps(plain, ensure_ascii=False)[:-1] + f', "fields": {_field_text(kind.fields, kind.personal)}}}'


def _field_text(fields: Iterable[FieldFact], personal: str = "contact") -> str:
    """Fields in the order of minerva.records.kinds.Field, one a line."""
    rows = ([field.name, field.type, field.meaning, field.many, field.personal or personal] for field in fields)
    return "[\n" + ",\n".join(" " + json.dumps(row, ensure_ascii=False) for row in rows) + "]"
