"""Exports before other people's judges: what stix2-validator, stix2, followthemoney, PyMISP and openpyxl say of ours.

    python3 build.py bench export_validators [--exports 200] [--records 12]

Prints files, objects and faults by format and judge; exit code 1 if there is a fault. Then the writing speed of CSV and
XLSX beside the csv module's and openpyxl's own writers, which neutralize nothing, hash nothing and keep no marking.
"""

from __future__ import annotations

import argparse
import csv
import importlib
import io
import json
import re
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl

from benchmarks.export_items import items, request
from minerva.exports import ZipTarget, export
from minerva.exports.cells import SEPARATORS, SIGNS
from minerva.exports.tables import TABLES

KEY = b"synthetic key of thirty-two bytes"
Judge = Callable[[bytes], tuple[int, list[str]]]


def stix2_validator(content: bytes) -> tuple[int, list[str]]:
    """The standard's schemas and its MUSTs. Its SHOULDs are only warnings: our ids are version 5 UUIDs by purpose."""
    validator = importlib.import_module("stix2validator")
    made = json.loads(content)
    result = validator.validate_instance(made, validator.ValidationOptions(version="2.1"))
    return len(made["objects"]), [str(error) for error in result.errors or []]


def stix2_parser(content: bytes) -> tuple[int, list[str]]:
    """Parses into the reference library's classes; ids of observables must be those it derives itself."""
    stix2 = importlib.import_module("stix2")
    bundle = stix2.parse(content.decode(), allow_custom=True)
    faults = []
    for made in bundle.objects:
        if made["type"] in ("email-addr", "url", "domain-name", "user-account"):
            plain = {name: made[name] for name in made if name not in ("id", "object_marking_refs")}
            if stix2.parse(plain)["id"] != made["id"]:
                faults.append(f"id of {made['type']}")
    return len(bundle.objects), faults


def followthemoney(content: bytes) -> tuple[int, list[str]]:
    """Every entity loads, and loading cleans nothing away but the form of web addresses and names without a letter."""
    model = importlib.import_module("followthemoney").model
    lines = content.decode().splitlines()
    faults = []
    for line in lines:
        given = json.loads(line)
        held = model.get_proxy(given, cleaned=False).to_dict()["properties"]
        for name, values in given["properties"].items():
            if name == "name":
                values = {"".join(filter(str.isalnum, value)) for value in values} - {""}
            if len(held.get(name, ())) < len(values) and name not in ("website", "sourceUrl"):
                faults.append(f"{given['schema']}.{name}")
    return len(lines), faults


def pymisp(content: bytes) -> tuple[int, list[str]]:
    """PyMISP loads it strictly (templates, types, categories), and its own schema of the core format holds."""
    library = importlib.import_module("pymisp")
    folder = Path(str(library.__file__)).parent / "data"
    validate = importlib.import_module("jsonschema").validate
    event = library.MISPEvent(strict_validation=True)
    event.from_json(content.decode())
    validate(json.loads(content), json.loads((folder / "schema-lax.json").read_text()))
    faults = []
    templates = folder / "misp-objects" / "objects"
    for made in json.loads(content)["Event"]["Object"]:
        template = json.loads((templates / made["name"] / "definition.json").read_text())
        if (template["uuid"], str(template["version"])) != (made["template_uuid"], made["template_version"]):
            faults.append(f"template of {made['name']}")
        for part in made["Attribute"]:
            if template["attributes"][part["object_relation"]]["misp-attribute"] != part["type"]:
                faults.append(f"type of {made['name']}.{part['object_relation']}")
    return len(event.objects) + len(event.attributes), faults


def openpyxl_reader(content: bytes) -> tuple[int, list[str]]:
    """Every cell is a string, and none begins as a formula."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    return len(cells), [each.coordinate for each in cells if each.data_type != "s" or _is_formula(str(each.value))]


def csv_reader(content: bytes) -> tuple[int, list[str]]:
    """Every row has the columns of its head, and no cell begins as a formula."""
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))
    cells = [cell for row in rows for cell in row if cell]
    faults = [f"{len(row)} columns" for row in rows if len(row) != len(rows[0])]
    return len(rows), faults + ["formula" for cell in cells if _is_formula(cell)]


def _is_formula(cell: str) -> bool:
    """Whether a part of a cell begins as a formula, whatever the separator is."""
    return any(part.lstrip(' "')[:1] in set(SIGNS) for part in re.split(f"[{SEPARATORS}]", cell))


JUDGES: tuple[tuple[str, str, Judge], ...] = (
    ("stix", "stix2-validator", stix2_validator),
    ("stix", "stix2", stix2_parser),
    ("ftm", "followthemoney", followthemoney),
    ("misp", "PyMISP", pymisp),
    ("xlsx", "openpyxl", openpyxl_reader),
    ("csv", "csv", csv_reader),
)


def files(name: str, seed: int, records: int) -> dict[str, bytes]:
    """The files of one export of random items, the manifest apart."""
    stream = io.BytesIO()
    export(request(name, seed), items(seed, records), ZipTarget(stream))
    with zipfile.ZipFile(stream) as archive:
        return {each: archive.read(each) for each in archive.namelist() if each != "manifest.json"}


def judge(name: str, ask: Judge, exports: int, records: int) -> tuple[int, int, list[str]]:
    """Files and objects that were judged, and what was wrong, by seed."""
    count, objects, faults = 0, 0, []
    for seed in range(exports):
        for file, content in files(name, seed, records).items():
            count += 1
            try:
                found, wrong = ask(content)
            except Exception as error:
                # Whatever a judge raises is its verdict on the file.
                found, wrong = 0, [f"{type(error).__name__}: {str(error)[:200]}"]
            objects += found
            faults += [f"seed {seed}, {file}: {each}" for each in wrong]
    return count, objects, faults


def speed(records: int) -> None:
    """Rows per CPU second: ours from items to zip, the baselines from ready rows to bytes."""
    with zipfile.ZipFile(io.BytesIO(_timed_export("csv", records))) as archive:
        text = archive.read("records.csv").decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    begun = time.process_time()
    csv.writer(io.StringIO(newline="")).writerows(rows)
    _show("csv module, one table", len(rows), time.process_time() - begun)
    _timed_export("xlsx", records)
    begun = time.process_time()
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("records")
    for row in rows:
        sheet.append(
            ["" if cell[:1] == "=" else openpyxl.cell.cell.ILLEGAL_CHARACTERS_RE.sub("", cell) for cell in row]
        )
    book.save(io.BytesIO())
    _show("openpyxl, write-only, one table", len(rows), time.process_time() - begun)


def _timed_export(name: str, records: int) -> bytes:
    given = list(items(0, records))
    stream = io.BytesIO()
    begun = time.process_time()
    made = export(request(name, 0), given, ZipTarget(stream))
    _show(f"{name}, all {len(TABLES)} tables", sum(fact["rows"] for fact in made["files"]), time.process_time() - begun)
    return stream.getvalue()


def _show(what: str, rows: int, seconds: float) -> None:
    print(f"{what:<34} {rows:>9,} rows  {rows / max(seconds, 1e-9):>10,.0f} rows per CPU second")


def main() -> int:
    """Prints both tables; returns 1 if a judge found a fault."""
    parser = argparse.ArgumentParser(prog="python3 build.py bench export_validators")
    parser.add_argument("--exports", type=int, default=200)
    parser.add_argument("--records", type=int, default=12)
    options = parser.parse_args()
    bad = 0
    print(f"{'format':<7} {'judge':<16} {'files':>6} {'objects':>9} {'faults':>7}")
    for name, title, ask in JUDGES:
        count, objects, faults = judge(name, ask, options.exports, options.records)
        bad += len(faults)
        print(f"{name:<7} {title:<16} {count:>6,} {objects:>9,} {len(faults):>7,}")
        for fault in faults[:5]:
            print(f"  {fault}")
    print()
    speed(5000)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
