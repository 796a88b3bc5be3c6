"""The demo over real registers: nine files about child-care sites, resolved into sites and scored against known ones.

Truth is opened only after the entities are written; without it the same entities come out and no score is printed.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Hashable
from pathlib import Path

from demo import inputs, summary
from demo.progress import note, step
from demo.run import ROOT, Run, name_vault_account, opened, run_inputs, run_schedules
from demo.world.truth import count_pairs

SOURCES = tuple(
    f"chicago_{name}"
    for name in (
        "cps_portal",
        "dfss_agency_sites",
        "dfss_providers",
        "find_a_school",
        "idhs_providers",
        "naeyc",
        "ounce_providers",
        "ounce_sites",
        "purple_binder",
    )
)
DATA_SET = "chicago_sites"


def run(folder: Path, home: Path) -> int:
    """Reads, links and scores `folder` (sources/*.csv, truth_half.csv); returns the exit code."""
    files = folder / "sources"
    if not files.is_dir():
        print(f"--real {folder}: no folder 'sources' in it; expected the data set's own folder")
        return 1
    with opened(home, ROOT / "demo" / "real_tenants.yml") as running:
        resolve_files(running, files)
        print("\nSummary, every count read from the store after the run")
        for line in summary.source_counts(running):
            print(f"  {line.source:28s} read {line.read:5d}   stored {line.stored:5d}   refused {line.refused:3d}")
        (tenant,) = running.tenants
        entities = summary.entities(running, tenant.id)
        digest = hashlib.sha256(json.dumps(entities, sort_keys=True).encode()).hexdigest()[:16]
        print(f"  entities {len(entities)}, digest {digest}")
        print(f"  {summary.STAND_IN}")
        for failure in running.failures:
            note(f"FAILED: {failure}")
        _print_score(running, folder / "truth_half.csv")
        return 1 if running.failures else 0


def resolve_files(running: Run, files: Path) -> None:
    """Sets up one input per file, reads them and links what they hold."""
    (tenant,) = running.tenants
    with step("setting up nine file inputs"):
        name_vault_account(running)
        for source_id in SOURCES:
            inputs.add_file_input(running.admin, tenant.id, tenant.index, source_id, files)
    run_inputs(running)
    run_schedules(running)


def _print_score(running: Run, truth_file: Path) -> None:
    """Prints pairwise scores over pairs of rows that are both listed in the truth."""
    if not truth_file.is_file():
        note(f"no {truth_file.name}: no score")
        return
    (tenant,) = running.tenants
    with truth_file.open(encoding="utf-8", newline="") as lines:
        truth: dict[Hashable, str] = {row["Id"]: row["site"] for row in csv.DictReader(lines)}
    found = {key[1]: entity for key, entity in summary.found_entities(running, tenant.id, tenant.index).items()}  # type: ignore[index]
    score = count_pairs(found, truth).score()
    print(f"{DATA_SET} pairwise precision {score.precision:.3f} recall {score.recall:.3f} F1 {score.f1:.3f}")
