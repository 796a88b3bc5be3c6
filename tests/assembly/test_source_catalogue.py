"""The catalogue of sources: every source stands in it, and a scaffold is refused until it is filled in."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assembly.emit.connectors import SOURCES, read_sources
from assembly.emit.source_catalogue import emit_source_catalogue, verified
from assembly.paths import ROOT
from assembly.sources import main
from minerva.intake.errors import FactsError


@pytest.fixture(name="root")
def _root(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / SOURCES, tmp_path / SOURCES)
    return tmp_path


def test_every_source_stands_in_the_page_once(root: Path) -> None:
    (page,) = emit_source_catalogue(root).values()
    for source_id in read_sources(root):
        assert page.count(f"| `{source_id}` |") == 1


def test_a_source_without_tested_records_is_unverified(root: Path) -> None:
    document = read_sources(root)["chicago_naeyc"]
    assert verified(root, document) == "yes"
    (root / SOURCES / "child_care_sites" / "chicago_naeyc" / "expected.json").unlink()
    assert verified(root, document) == "no: no expected records"
    assert verified(root, {**document, "evidence": {"confidence": "low"}}) == "no: low confidence"


def test_a_scaffold_is_refused_line_by_line_until_it_is_filled_in(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", "licences", "oakton_licences", "--like", "classified_ads"], root) == 0
    path = root / SOURCES / "licences" / "oakton_licences" / "oakton_licences.yml"
    with pytest.raises(FactsError) as caught:
        read_sources(root)
    assert f"{path}:5: expected str" in str(caught.value)
    filled = path.read_text(encoding="utf-8")
    for key, value in {
        "country:": "US", "landing_url:": "https://data.example.org", "kind:": "reply", "where:": "first page",
        "confidence:": "high", "owner:": "Oakton", "base_url:": "https://data.example.org", "path:": "/a", "name:": "x",
    }.items():  # fmt: skip
        filled = filled.replace(f"{key}\n", f"{key} {value}\n")
    path.write_text(filled, encoding="utf-8")
    assert read_sources(root)["oakton_licences"]["mapping"]["key"] == ["id"]
    capsys.readouterr()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["classified_ads", "--like", "classified_ads"], "there is such a source already"),
        (["oakton", "--like", "nothing"], "--like nothing: there is no such source"),
        (["Oak-ton", "--like", "classified_ads"], "lower-case letters"),
    ],
)
def test_a_wrong_scaffold_says_why(
    root: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    assert main(["new", "licences", *arguments], root) == 2
    assert words in capsys.readouterr().err
    assert not (root / SOURCES / "licences").exists()
