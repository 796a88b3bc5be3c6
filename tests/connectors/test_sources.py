"""Every source offline: facts are complete, the sample gives the expected records, wrong facts are refused by line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from minerva.intake.errors import FactsError
from minerva.intake.facts.authoring import gather, read_source
from tests.connectors.source_samples import SOURCES, all_sources, folders, run_sample


@pytest.mark.parametrize("folder", folders(), ids=lambda folder: folder.name)
def test_sample_gives_the_expected_records(folder: Path, tmp_path: Path) -> None:
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    assert run_sample(folder, all_sources()[folder.name], tmp_path) == expected


@pytest.mark.parametrize("folder", folders(), ids=lambda folder: folder.name)
def test_folder_holds_facts_sample_and_expectation_only(folder: Path) -> None:
    names = {path.name.replace(path.suffix, "") if path.stem == "sample" else path.name for path in folder.iterdir()}
    evidence = set() if folder.parent.name == "demo" else {"evidence.yml"}
    assert names - evidence == {f"{folder.name}.yml", "sample", "expected.json"}


def broken(tmp_path: Path, old: str, new: str) -> Path:
    folder = tmp_path / "demo" / "classified_ads"
    shutil.copytree(SOURCES / "demo" / "classified_ads", folder)
    path = folder / "classified_ads.yml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("record_type: ad", "record_typ: ad", "unknown key 'record_typ'"),
        ("  robots: obey", "  robot: obey", "unknown key 'robot'"),
        ("  retention_days: 365", "  retention_days: forever", "expected int"),
        ("    kind: page", "    kind: pages", "expected one of"),
        ("    title: title", "    headline: title", "key 'headline' is not allowed here"),
        ("record_type: ad", "record_type: ad\nrecord_type: ad", "'record_type' is repeated"),
        ("  marking: L0", "  marking: L9", "expected one of"),
        ("  key: [id]", "  key: [id", "expected ',' or ']'"),
        ("    category: category", "    categories: category", "no field of the kind 'ad'; near to it: category"),
        ("  licence: by agreement with the operator\n", "", "required key 'licence' is missing"),
        ("    name: X-Api-Key\n", "", "'name' is missing"),
    ],
)
def test_wrong_facts_are_refused_with_file_and_line(tmp_path: Path, old: str, new: str, message: str) -> None:
    path = broken(tmp_path, old, new)
    _, faults = read_source(path)
    lines = path.read_text(encoding="utf-8").split("\n")
    found = [fault for fault in faults if message in fault.message]
    assert found
    assert str(found[-1]).startswith(f"{path}:")
    assert found[-1].line <= len(lines)
    with pytest.raises(FactsError, match=r"classified_ads\.yml:\d+: "):
        gather(tmp_path)


def test_line_is_the_line_of_the_key(tmp_path: Path) -> None:
    path = broken(tmp_path, "    category: category", "    Category: category")
    _, faults = read_source(path)
    wanted = path.read_text(encoding="utf-8").split("\n").index("    Category: category") + 1
    assert [fault.line for fault in faults] == [wanted]


def test_id_must_be_the_file_stem(tmp_path: Path) -> None:
    _, faults = read_source(broken(tmp_path, "id: classified_ads", "id: other_ads"))
    assert [fault.message for fault in faults] == ["id must be the file stem 'classified_ads'"]
