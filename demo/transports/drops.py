"""Folders of the demo's file inputs: what a person saves there, and what the collector brings by SFTP or from a PDF."""

from __future__ import annotations

import csv
import fnmatch
import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

from assembly import paths
from collector.sftp_drop import collect
from demo.transports.pdf_writer import pdf
from demo.transports.sshd import find_sshd, put, serving_drop
from minerva.intake.facts.source import Source


def named_for(source: Source, sample: Path) -> str:
    """A name that the source's pattern takes, with the sample's end."""
    assert source.file is not None
    name = source.file.pattern.replace("*", "sample")
    return name if fnmatch.fnmatchcase(name, source.file.pattern) else sample.name


def save(source: Source, sample: Path, folder: Path) -> str:
    """Lays the sample into the folder as a person would who saved it; nothing is left out."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(sample, folder / named_for(source, sample))
    return ""


def fetch_by_sftp(source: Source, sample: Path, folder: Path) -> str:
    """Has the collector fetch the sample from an SFTP server; returns why not, where the machine has none."""
    sshd = find_sshd()
    if sshd is None:
        return "OpenSSH's server or client is not installed"
    with serving_drop(sshd) as drop:
        put(drop, named_for(source, sample), sample.read_bytes())
        collect(drop, folder)
    return ""


def take_from_pdf(source: Source, sample: Path, folder: Path) -> str:
    """Has the collector read the sample's table from a PDF; returns why not, where pdfplumber is not installed."""
    python = find_pdfplumber()
    if python is None:
        return "the collector's environment is missing: build.py test makes it"
    with sample.open(encoding="utf-8", newline="") as lines:
        rows = [[_plain(cell) for cell in row[1:]] for row in csv.reader(lines)]  # the collector adds the page itself
    folder.mkdir(parents=True, exist_ok=True)
    document = folder / Path(named_for(source, sample)).with_suffix(".pdf").name
    document.write_bytes(pdf([rows]))
    command = [python, "-m", "collector", "pdf", str(document), "--into", str(folder)]
    subprocess.run(command, cwd=paths.ROOT, check=True, capture_output=True, timeout=120)
    return ""


def find_pdfplumber() -> str | None:
    """Returns a Python that has pdfplumber: this one, or the collector's own."""
    if importlib.util.find_spec("pdfplumber") is not None:
        return sys.executable
    own = paths.python_of(paths.COLLECTOR)
    return str(own) if own.exists() else None


def _plain(cell: str) -> str:
    """The cell in what the writer of PDF takes."""
    return cell.replace("(", "").replace(")", "")
