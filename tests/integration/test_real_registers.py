"""Nine registers of the same sites, each in its institution's own shape: the real ones where they are, and invented."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
from collections.abc import Hashable
from pathlib import Path

import pytest

from assembly.tenants import emit_tenants_app, read_tenants
from benchmarks import link_ingested
from demo import summary
from demo.real import SOURCES, resolve_files
from demo.run import ROOT, Run
from demo.world.truth import Score, count_pairs
from minerva.intake.facts.authoring import read_source
from tests.integration.installation import add_register, copies, documents, installed, schedule

REAL = ROOT.parent / "shared" / "data" / "real" / "chicago_sites"
TENANTS = ROOT / "demo" / "real_tenants.yml"
SITES = read_tenants(TENANTS)[0]
FAMILY = ROOT / "TA-gen-connectors" / "sources" / "child_care_sites"
FLOOR = 0.85


@pytest.fixture(scope="module")
def staged(apps: list[Path], tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Both apps, and the app of this file's tenants in place of the demo's."""
    theirs = emit_tenants_app(TENANTS, tmp_path_factory.mktemp("tenants"))
    return [*(app for app in apps if app.name != theirs.name), theirs]


def digest(run: Run) -> str:
    """Returns a hash of every stored entity and member document."""
    held = [documents(run, SITES.id, name) for name in ("minerva_entities", "minerva_members")]
    assert held[0]
    return hashlib.sha256(json.dumps(held, sort_keys=True).encode()).hexdigest()


def score(run: Run, truth_file: Path) -> Score:
    with truth_file.open(encoding="utf-8", newline="") as lines:
        truth: dict[Hashable, str] = {row["Id"]: row["site"] for row in csv.DictReader(lines)}
    found = summary.found_entities(run, SITES.id, SITES.index)
    return count_pairs({key[1]: entity for key, entity in found.items()}, truth).score()  # type: ignore[index]


@pytest.mark.slow
@pytest.mark.full
@pytest.mark.skipif(not REAL.is_dir(), reason=f"the real registers are not at {REAL}")
def test_real_registers_give_the_same_entities_without_the_truth_and_score_well(
    staged: list[Path], tmp_path: Path
) -> None:
    digests = []
    for name in ("without truth", "with truth"):
        folder = tmp_path / name / "chicago_sites"
        shutil.copytree(REAL, folder, ignore=None if name == "with truth" else shutil.ignore_patterns("truth*"))
        assert (folder / "truth_half.csv").exists() == (name == "with truth")
        with installed(tmp_path / name / "splunk", staged, tenants_file=TENANTS) as run:
            resolve_files(run, folder / "sources")
            assert run.failures == []
            digests.append(digest(run))
            if name == "with truth":
                reached = score(run, folder / "truth_half.csv")
    assert digests[0] == digests[1]
    assert reached.f1 >= FLOOR
    linked = link_ingested.link(link_ingested.ingest_registers(REAL))
    assert reached == link_ingested.score_registers(linked.found, REAL)


@pytest.mark.full
def test_invented_registers_of_the_same_nine_shapes_meet_in_entities(staged: list[Path], tmp_path: Path) -> None:
    folder = tmp_path / "sources"
    folder.mkdir()
    expected = 0
    for source in SOURCES:
        document, faults = read_source(FAMILY / source / f"{source}.yml")
        assert faults == []
        shutil.copyfile(FAMILY / source / "sample.csv", folder / document["file"]["pattern"])
        expected += len(json.loads((FAMILY / source / "expected.json").read_text(encoding="utf-8"))["records"])
    with installed(tmp_path / "splunk", staged, tenants_file=TENANTS) as run:
        for source in SOURCES:
            add_register(run, SITES, folder, source=source)
        assert {item.exit_code for item in run.stage.run_inputs()} == {0}
        schedule(run)
        assert len(copies(run, SITES)) == expected
        held = [json.loads(text) for text in documents(run, SITES.id, "minerva_entities").values()]
    assert sum(item["size"] for item in held) == expected
    assert any(len(item["sources"]) >= 4 for item in held)
    for item in held:
        assert set(item["sources"]) <= set(SOURCES)
