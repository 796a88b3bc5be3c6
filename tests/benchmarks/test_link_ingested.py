"""Records ingested and linked without the stand-in: every source is read as its input reads it."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from pathlib import Path

import pytest

from benchmarks import link_ingested
from demo.real import SOURCES
from demo.world import LEVELS, build
from demo.world.truth import Score
from minerva.intake.facts.authoring import gather


def test_every_record_of_a_world_is_ingested_and_every_broken_row_is_refused() -> None:
    world = build(records=240, level=LEVELS["easy"])
    for each in link_ingested.ingest_world(world):
        for source, read in each.read.items():
            broken = len(world.malformed[each.tenant].get(source, []))
            assert (each.refused[source], read - each.stored[source]) == (broken, broken), source
        assert {(record.source_id, record.source_key) for record in each.records} == set(world.truth(each.tenant))


def test_a_world_that_is_linked_as_its_truth_says_scores_one() -> None:
    world = build(records=120, level=LEVELS["easy"])
    told = {tenant: link_ingested.Linked(dict(world.truth(tenant)), Counter()) for tenant in world.published}
    assert link_ingested.score_world(world, told) == Score(1.0, 1.0, 1.0)


@pytest.fixture
def registers(tmp_path: Path) -> Path:
    """The invented samples of the nine registers, as a folder of real ones."""
    (tmp_path / "sources").mkdir()
    for document in gather(link_ingested.FACTS).values():
        if document["id"] in SOURCES:
            sample = link_ingested.FACTS / "child_care_sites" / document["id"] / "sample.csv"
            shutil.copyfile(sample, tmp_path / "sources" / document["file"]["pattern"])
    return tmp_path


def test_registers_are_ingested_as_their_sources_say_and_scored_by_the_rows_that_the_truth_lists(
    registers: Path,
) -> None:
    ingested = link_ingested.ingest_registers(registers)
    for source in SOURCES:
        expected = json.loads((link_ingested.FACTS / "child_care_sites" / source / "expected.json").read_text("utf-8"))
        assert ingested.stored[source] == len(expected["records"]), source
    linked = link_ingested.link(ingested)
    assert sum(linked.sizes.values()) == len(ingested.records)
    together = [key for key, entity in linked.found.items() if linked.sizes[entity] > 1]
    rows = [f"{key[1]},{linked.found[key]}" for key in together]  # type: ignore[index]
    (registers / "truth_half.csv").write_text("\n".join(["Id,site", *rows]), encoding="utf-8")
    assert together
    assert link_ingested.score_registers(linked.found, registers) == Score(1.0, 1.0, 1.0)
    assert link_ingested.score_registers({}, registers).recall == 0.0
