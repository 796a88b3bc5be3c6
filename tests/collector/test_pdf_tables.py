"""Tables in PDF become CSV that a file input reads. Needs pdfplumber: assembly/requirements/collector.txt."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from collector import pdf_tables
from collector.__main__ import main
from collector.pdf_tables import TableFacts, extract
from collector.writing import CollectorError
from demo.transports.drops import find_pdfplumber
from demo.transports.pdf_writer import pdf

HEAD = ["Provider", "NPI", "Excluded"]
ONE = [HEAD, ["Example Care LLC", "1000000001", "03/01/2026"], ["Mia Example", "", "03/02/2026"]]
TWO = [HEAD, ["Sample Clinic", "1000000003", "03/03/2026"]]
PYTHON = find_pdfplumber()
real = pytest.mark.skipif(PYTHON is None, reason="the collector's environment is missing: build.py test makes it")


@pytest.fixture(autouse=True)
def _its_own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    if PYTHON is not None:
        monkeypatch.setattr(pdf_tables, "PYTHON", PYTHON)


def written(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines))


@real
def test_a_table_over_two_pages_is_one_with_its_pages_named(tmp_path: Path) -> None:
    (tmp_path / "list.pdf").write_bytes(pdf([ONE, TWO]))
    assert main(["pdf", str(tmp_path / "list.pdf"), "--into", str(tmp_path / "in")]) == 0
    assert written(tmp_path / "in" / "list.csv") == [
        ["_page", *HEAD],
        ["1", "Example Care LLC", "1000000001", "03/01/2026"],
        ["1", "Mia Example", "", "03/02/2026"],
        ["2", "Sample Clinic", "1000000003", "03/03/2026"],
    ]


@real
def test_a_row_of_another_width_is_told_and_not_guessed(tmp_path: Path) -> None:
    (tmp_path / "list.pdf").write_bytes(pdf([ONE, [["Page total", "3"]]]))
    outcome = extract(tmp_path / "list.pdf", tmp_path / "list.csv", TableFacts())
    assert (outcome.rows, outcome.left_out) == (2, ("2:1",))


@real
def test_a_table_without_heading_takes_the_names_that_are_given(tmp_path: Path) -> None:
    (tmp_path / "list.pdf").write_bytes(pdf([ONE[1:]]))
    extract(tmp_path / "list.pdf", tmp_path / "list.csv", TableFacts(header=tuple(HEAD)))
    assert written(tmp_path / "list.csv")[0] == ["_page", *HEAD]
    assert len(written(tmp_path / "list.csv")) == 3


@pytest.mark.parametrize("content", [b"no pdf", b"%PDF-1.4\ncut", b""])
def test_what_is_no_pdf_ends_in_words_and_leaves_the_last_file(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "list.pdf").write_bytes(content)
    (tmp_path / "list.csv").write_text("kept\n")
    with pytest.raises(CollectorError):
        extract(tmp_path / "list.pdf", tmp_path / "list.csv", TableFacts())
    assert (tmp_path / "list.csv").read_text() == "kept\n"
    assert list(tmp_path.glob(".*")) == []
