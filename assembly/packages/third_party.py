"""The libraries of others that a package carries, with their licences: lib/THIRD-PARTY.txt, written at staging."""

from __future__ import annotations

import re
from email.parser import HeaderParser
from pathlib import Path

FILE = "THIRD-PARTY.txt"
_TEXT = re.compile(r"(?i)^(licen[cs]e|notice|copying)")
_HEADINGS = ("License-Expression", "License")
_CLASSIFIER = "License :: "
NO_TEXT = {
    "sgmllib3k": "taken from Python 2, Copyright Python Software Foundation; https://pypi.org/project/sgmllib3k/1.0.0/",
    "splunk-sdk": "the same text as LICENSE of this package; https://github.com/splunk/splunk-sdk-python",
    "webencodings": "Copyright 2012 by Simon Sapin; https://github.com/gsnedders/python-webencodings",
}
"""Libraries whose release brings no text of its licence: what stands for it."""


class LicenceError(Exception):
    """A library names no licence, or brings no text and nothing stands for it."""


HEAD = "Libraries of others in this folder, each under its own licence, unchanged but for compiled parts left out."


def notices(libraries: Path, head: str = HEAD) -> str:
    """Returns the text for a folder of installed libraries. Raises LicenceError."""
    entries = [_entry(folder) for folder in sorted(libraries.glob("*.dist-info"), key=lambda path: path.name.lower())]
    return "\n\n".join([head, *entries]) + "\n"


def _entry(folder: Path) -> str:
    found = HeaderParser().parsestr((folder / "METADATA").read_text(encoding="utf-8"))
    name = str(found["Name"])
    lines = [line for heading in _HEADINGS for line in str(found.get(heading) or "").splitlines()[:1]]
    marks = [value for value in found.get_all("Classifier", []) if value.startswith(_CLASSIFIER)]
    licence = lines[0] if lines else ", ".join(value.rpartition(" :: ")[2] for value in marks)
    if not licence:
        raise LicenceError(f"{folder.name}: names no licence")
    texts = sorted(
        path.relative_to(folder.parent).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and _TEXT.match(path.name)
    )
    text = ", ".join(texts) or NO_TEXT.get(name, "")
    if not text:
        raise LicenceError(f"{folder.name}: brings no text of its licence, and NO_TEXT says nothing of it")
    return f"{name} {found['Version']}: {licence}\n  {text}"
