"""docs/source-catalogue.md: every source of the package with its owner, kind, transport, license, need and evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from assembly.emit.connectors import SOURCES, read_sources
from minerva.intake.facts.authoring import EVIDENCE, read_evidence
from minerva.intake.facts.evidence import reference
from minerva.intake.facts.standing import CONFIRMED, EVIDENCE_STATES, NEEDS, UNCONFIRMED, needs_of

DEMO = "demo"
_EXCHANGED = {"taxii": "TAXII 2.1", "misp": "MISP feed"}
PAGE = "docs/source-catalogue.md"
COLUMNS = ("Source", "Owner", "Country", "Kind", "Transport", "License", "Needs", "State", "Evidence", "Self-tested")
INVENTED = "invented"


def emit_source_catalogue(root: Path) -> dict[str, str]:
    """Returns the page; nothing where there are no sources yet."""
    sources = read_sources(root)
    if not sources:
        return {}
    real = [document for document in sources.values() if document["family"] != DEMO]
    demo = [document for document in sources.values() if document["family"] == DEMO]
    head = (
        "# Source catalogue\n\n"
        f"<!-- Emitted by build.py emit from {SOURCES}/*/*/*.yml and the {EVIDENCE} beside them: do not edit. -->\n\n"
        f"{summary(real)}\nThe demo has {len(demo)} invented ones besides.\n"
        "How a source is written: [sources](sources.md). `python3 build.py sources` prints this table.\n\n"
    )
    needs = "".join(f"- {name.replace('_', ' ')}: {words}\n" for name, words in NEEDS.items())
    states = "".join(f"- {name}: {EVIDENCE_STATES[name]}\n" for name in (CONFIRMED, UNCONFIRMED))
    words = (
        f"What a source needs on the day:\n\n{needs}\nState of its evidence:\n\n{states}\n"
        "Self-tested means that a sample of our own gives the expected records. No live page has answered for it.\n"
    )
    return {
        PAGE: f"{head}{words}\n## Real sources\n\n{_table([rows(root, item) for item in real])}"
        f"\n## Invented sources of the demo\n\n{_table([rows(root, item) for item in demo])}"
    }


def summary(real: Sequence[Mapping[str, Any]]) -> str:
    """Returns how many datasets, folders, confirmed ones and ones that run unattended there are, in words."""
    datasets = {document.get("dataset", document["id"]) for document in real}
    confirmed = {document.get("dataset", document["id"]) for document in real if _state(document) == CONFIRMED}
    alone = {document.get("dataset", document["id"]) for document in real if needs_of(document) == ("unattended",)}
    return (
        f"{len(datasets)} datasets in {len(real)} folders: {len(confirmed)} confirmed, "
        f"{len(datasets - confirmed)} unconfirmed. {len(alone)} work unattended."
    )


def rows(root: Path, document: Mapping[str, Any]) -> tuple[str, ...]:
    """Returns one row, in the order of COLUMNS."""
    shown = (
        f"`{document['id']}`",
        document["legal"]["owner"],
        document.get("country", ""),
        document["record_type"],
        transport(document),
        document["legal"]["licence"],
        ", ".join(name.replace("_", " ") for name in needs_of(document)),
        _state(document),
        _evidence(root, document),
        self_tested(root, document),
    )
    return tuple(str(cell) for cell in shown)


def _state(document: Mapping[str, Any]) -> str:
    return INVENTED if document["family"] == DEMO else str(document["evidence"]["state"])


def _evidence(root: Path, document: Mapping[str, Any]) -> str:
    path = root / SOURCES / document["family"] / document["id"] / EVIDENCE
    if document["family"] == DEMO:
        return INVENTED
    if not path.is_file():
        return str(document["evidence"]["reference"])
    return "; ".join(dict.fromkeys(map(reference, read_evidence(path)[0])))


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


def self_tested(root: Path, document: Mapping[str, Any]) -> str:
    """Returns yes where a sample with its expected records is tested, else what is missing."""
    folder = root / SOURCES / document["family"] / document["id"]
    missing = [] if any(folder.glob("sample.*")) else ["no sample"]
    missing += [] if (folder / "expected.json").is_file() else ["no expected records"]
    return f"no: {', '.join(missing)}" if missing else "yes"


def _table(rows: list[tuple[str, ...]]) -> str:
    lines = [COLUMNS, tuple("---" for _ in COLUMNS), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |\n" for line in lines)
