"""docs/source-catalogue.md: every source of the package with its owner, kind, transport, license and evidence."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from assembly.emit.connectors import SOURCES, read_sources

DEMO = "demo"
_EXCHANGED = {"taxii": "TAXII 2.1", "misp": "MISP feed"}
PAGE = "docs/source-catalogue.md"
COLUMNS = ("Source", "Owner", "Country", "Kind", "Transport", "License", "Evidence", "Confidence", "Verified")


def emit_source_catalogue(root: Path) -> dict[str, str]:
    """Returns the page; nothing where there are no sources yet."""
    sources = read_sources(root)
    if not sources:
        return {}
    real = [rows(root, document) for document in sources.values() if document["family"] != DEMO]
    demo = [rows(root, document) for document in sources.values() if document["family"] == DEMO]
    unverified = sum(row[-1] != "yes" for row in real)
    head = (
        "# Source catalogue\n\n"
        f"<!-- Emitted by build.py emit from {SOURCES}/*/*/*.yml: do not edit. -->\n\n"
        f"{len(real)} real sources, {unverified} of them unverified, and {len(demo)} invented ones of the demo.\n"
        "How a source is written: [sources](sources.md). `python3 build.py sources` prints this table.\n"
    )
    return {
        PAGE: head + "\n## Real sources\n\n" + _table(real) + "\n## Invented sources of the demo\n\n" + _table(demo)
    }


def rows(root: Path, document: Mapping[str, Any]) -> tuple[str, ...]:
    """Returns one row, in the order of COLUMNS."""
    evidence = document.get("evidence", {})
    where = f"{evidence['kind']}: {evidence['where']}, read {evidence['read_on']}" if evidence else "invented"
    shown = (
        f"`{document['id']}`",
        document["legal"]["owner"],
        document.get("country", ""),
        document["record_type"],
        transport(document),
        document["legal"]["licence"],
        where,
        evidence.get("confidence", ""),
        verified(root, document),
    )
    return tuple(str(cell) for cell in shown)


def transport(document: Mapping[str, Any]) -> str:
    """Returns how a source is reached, in words."""
    ways = []
    for name in ("http", "file"):
        if name in document:
            facts = document[name]
            packed = facts.get("unpack", "none")
            preset = f" ({facts['preset']})" if "preset" in facts else ""
            exchanged = next((words for key, words in _EXCHANGED.items() if key in facts), "")
            form = exchanged or facts.get("format", "json") + ("" if packed == "none" else f" in {packed}")
            ways.append(f"{form} over {'HTTP' if name == 'http' else 'files'}{preset}")
    if "imap" in document:
        ways.append("mail over IMAP")
    return ", ".join(ways)


def verified(root: Path, document: Mapping[str, Any]) -> str:
    """Returns yes where what was read bears the facts out and a sample with its records is tested, else why not."""
    if document["family"] == DEMO:
        return "invented"
    if document["evidence"]["confidence"] == "low":
        return "no: low confidence"
    folder = root / SOURCES / document["family"] / document["id"]
    missing = [] if any(folder.glob("sample.*")) else ["no sample"]
    missing += [] if (folder / "expected.json").is_file() else ["no expected records"]
    return f"no: {', '.join(missing)}" if missing else "yes"


def _table(rows: list[tuple[str, ...]]) -> str:
    lines = [COLUMNS, tuple("---" for _ in COLUMNS), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |\n" for line in lines)
