"""The catalogue of sources: every source stands in it, and a scaffold is refused until it is filled in."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assembly.emit.connectors import SOURCES, read_sources
from assembly.emit.source_catalogue import emit_source_catalogue, self_tested, summary
from assembly.paths import ROOT
from assembly.sources import main
from minerva.intake.errors import FactsError
from minerva.intake.facts.standing import needs_of


@pytest.fixture(name="root")
def _root(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / SOURCES, tmp_path / SOURCES)
    return tmp_path


def test_every_source_stands_in_the_page_once(root: Path) -> None:
    (page,) = emit_source_catalogue(root).values()
    for source_id in read_sources(root):
        assert page.count(f"| `{source_id}` |") == 1


def test_a_source_without_expected_records_is_not_self_tested(root: Path) -> None:
    document = read_sources(root)["us_hhs_exclusions"]
    assert self_tested(root, document) == "yes"
    (root / SOURCES / "debarments" / "us_hhs_exclusions" / "expected.json").unlink()
    assert self_tested(root, document) == "no: no expected records"


def test_the_page_says_what_each_source_needs_and_how_its_evidence_stands(root: Path) -> None:
    (page,) = emit_source_catalogue(root).values()
    head = [cell.strip() for cell in next(line for line in page.splitlines() if line.startswith("| Source")).split("|")]
    for source_id, document in read_sources(root).items():
        line = next(line for line in page.splitlines() if line.startswith(f"| `{source_id}` |"))
        cells = dict(zip(head, [cell.strip() for cell in line.split("|")], strict=True))
        assert cells["Needs"] == ", ".join(name.replace("_", " ") for name in needs_of(document))
        assert cells["State"] == document.get("evidence", {}).get("state", "invented")
    assert "confidence" not in page.lower()
    assert "verified" not in page.lower()


def test_two_folders_of_one_dataset_count_once() -> None:
    def document(source_id: str, **more: str) -> dict[str, object]:
        evidence = {"state": more.pop("state", "unconfirmed"), "reference": "a page"}
        return {
            "id": source_id,
            "family": "f",
            "legal": {"terms_allow": True},
            "file": {},
            "evidence": evidence,
            **more,
        }

    told = summary([document("a"), document("b", dataset="a", state="confirmed"), document("c")])
    assert told.startswith("2 datasets in 3 folders: 1 confirmed, 1 unconfirmed.")


def test_a_scaffold_is_refused_line_by_line_until_it_is_filled_in(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", "licences", "oakton_licences", "--like", "classified_ads"], root) == 0
    path = root / SOURCES / "licences" / "oakton_licences" / "oakton_licences.yml"
    with pytest.raises(FactsError) as caught:
        read_sources(root)
    evidence = path.with_name("evidence.yml")
    assert f"{path}:5: expected str" in str(caught.value)
    assert f"{evidence}:2: expected str" in str(caught.value)
    _fill(
        path,
        {
            "country:": "US", "landing_url:": "https://data.example.org", "owner:": "Oakton",
            "base_url:": "https://data.example.org", "path:": "/a", "name:": "x",
        },
    )  # fmt: skip
    pieces = {"kind:": "code", "repository:": "example/reader", "path:": "a.py", "commit:": "abcdef1", "fields:": "[x]"}
    _fill(evidence, pieces)
    with pytest.raises(FactsError, match=r"classified_ads.yml:\d+: no piece of evidence.yml knows the column 'id'"):
        read_sources(root)
    _fill(evidence, {"[x]": f"[x, {', '.join(_COLUMNS)}]"})
    document = read_sources(root)["oakton_licences"]
    assert document["mapping"]["key"] == ["id"]
    assert document["evidence"] == {"state": "unconfirmed", "reference": "code: example/reader a.py @abcdef1"}
    capsys.readouterr()


_COLUMNS = (
    "id", "posted_at", "title", "body", "city", "region", "country", "category", "price", "contact_phone",
    "contact_email", "pictures",
)  # fmt: skip


def _fill(path: Path, values: dict[str, str]) -> None:
    text = path.read_text(encoding="utf-8")
    for key, value in values.items():
        text = text.replace(f"{key}\n", f"{key} {value}\n") if key.endswith(":") else text.replace(key, value)
    path.write_text(text, encoding="utf-8")


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
