"""The report: one HTML page that stands alone and prints well, with what was found, why, and what speaks with care.

No script, no address of another place, every text escaped: it opens from a disk as from a mail. Print it as PDF.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from datetime import datetime, timezone
from html import escape
from typing import Any

from minerva.exports.items import SET_ASIDE, EntityItem, Item, JoinItem, RecordItem, percent
from minerva.exports.markings import HANDLING
from minerva.exports.request import ExportRequest
from minerva.exports.target import Package

NAME = "report.html"
MOST_REASONS = 200
_STYLE = """
body { max-width: 900px; margin: 24px auto; padding: 0 20px; color: #1b1f24; font: 14px/1.5 system-ui, sans-serif; }
h1 { font-size: 24px; }
h2 { margin-top: 32px; font-size: 18px; border-bottom: 1px solid #c9d0d8; }
h3 { font-size: 15px; }
table { width: 100%; table-layout: fixed; border-collapse: collapse; font-size: 12.5px; margin: 8px 0; }
th, td { padding: 4px 6px; border-bottom: 1px solid #d9dee4; text-align: left; vertical-align: top; }
th, td, p { overflow-wrap: anywhere; }
.facts th, .facts td:first-child { width: 24%; } .reasons th + th { width: 11%; }
.records th:nth-child(1) { width: 12%; } .records th:nth-child(2), .records th:nth-child(6) { width: 11%; }
.records th:nth-child(4), .records th:nth-child(5) { width: 16%; }
.marking { padding: 8px 12px; border: 2px solid #1b1f24; font-weight: 600; } .dim { color: #4f5864; }
p.text { white-space: pre-wrap; }
@media print {
  body { margin: 0; padding: 0; max-width: none; } h2, h3 { break-after: avoid; } thead { display: table-header-group; }
  tr, .marking { break-inside: avoid; } p { orphans: 3; widows: 3; } a { color: inherit; }
}
"""
_ON_EACH_PAGE = """
@page {{ margin: 20mm 15mm; @top-left {{ content: "TLP:{tlp}"; font: 600 10px sans-serif; }}
  @bottom-left {{ content: "{export_id}"; font: 10px sans-serif; }}
  @bottom-right {{ content: counter(page) " / " counter(pages); font: 10px sans-serif; }} }}
"""
"""What a loose sheet still says: its marking, the export it is of, its number. Both texts are our own words."""
_NOTE_TITLES = {"note": "Notes", "hypothesis": "Hypotheses", "task": "Tasks"}
_PIN = "pin"
Pins = Sequence[tuple[frozenset[str], Mapping[str, Any]]]
"""What each pin is about, and its note."""


def write(request: ExportRequest, items: Iterable[Item], package: Package, left_out: Counter[str]) -> None:
    """Writes report.html: head, notes of the case, then entities with reasons, then records."""
    records: dict[str, RecordItem] = {}
    entities: list[EntityItem] = []
    for item in items:
        if isinstance(item, EntityItem):
            entities.append(item)
        else:
            records[item.record_id] = item
    sink = package.sink(NAME)
    for part in _parts(request, entities, records):
        sink.text(part)
    sink.close()


def _parts(request: ExportRequest, entities: list[EntityItem], records: dict[str, RecordItem]) -> Iterator[str]:
    title = request.title or "Report"
    style = _STYLE + _ON_EACH_PAGE.format(tlp=request.tlp, export_id=request.export_id)
    yield (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<style>{style}</style></head><body><h1>{escape(title)}</h1>\n"
    )
    handling = "".join(f"<br>{escape(HANDLING[code])}" for code in request.handling)
    yield f'<p class="marking">TLP:{escape(request.tlp)} ({escape(request.level)}){handling}</p>\n<table class="facts">'
    facts = (
        ("Given out by", request.tenant_label or request.tenant_id), ("For", request.meant_for),
        ("Purpose", request.purpose.replace("_", " ")), ("Case", request.case_number), ("Made", request.time),
        ("To be deleted by", request.expires), ("Export", request.export_id),
        ("Withheld", ", ".join(_counted(request.withheld)) or "nothing"),
        ("Left out", ", ".join(_counted(request.left_out))),
    )  # fmt: skip
    for name, value in facts:
        if value:
            yield f"<tr><th>{escape(name)}</th><td>{escape(value)}</td></tr>"
    yield (
        "</table>\n<p>What follows are leads, not verdicts. Records stand together for the reasons given with them; a "
        "shared number can be a front desk, a number passed on, or a mistake. Check them against the sources before "
        "acting.</p>\n"
    )
    yield from _notes(request)
    pins = [(frozenset(str(note.get("about", "")).split()), note)
            for note in request.notes if note["what"] == _PIN and note["text"]]  # fmt: skip
    for entity in entities:
        yield from _entity(pins, entity, records)
    within = {record_id for entity in entities for record_id in entity.records}
    alone = [each for each in records.values() if each.record_id not in within]
    if alone:
        yield "<h2>Records</h2>\n"
        yield from _pinned(pins, {each.record_id for each in alone})
        yield from _records(alone)
    yield '<p class="dim">manifest.json beside this page holds the hash of each file.</p></body></html>\n'


def _notes(request: ExportRequest) -> Iterator[str]:
    for kind, title in _NOTE_TITLES.items():
        own = [note for note in request.notes if note["what"] == kind]
        if own:
            yield f"<h2>{title}</h2>\n"
        for note in own:
            yield from _note(note)


def _note(note: Mapping[str, Any]) -> Iterator[str]:
    standing = f" ({note['standing']})" if note.get("standing") else ""
    yield f'<p class="text">{escape(str(note["text"]))}</p>'
    yield f'<p class="dim">{escape(str(note["by"]))}, {_day(note["time"])}{escape(standing)}</p>\n'


def _pinned(pins: Pins, ids: Set[str]) -> Iterator[str]:
    """Why things were pinned, in the words of who pinned them."""
    for about, note in pins:
        if not about.isdisjoint(ids):
            yield from _note(note)


def _counted(counts: Mapping[str, int]) -> list[str]:
    return [f"{count} {name.replace('_', ' ')}" for name, count in counts.items()]


def _entity(pins: Pins, entity: EntityItem, records: dict[str, RecordItem]) -> Iterator[str]:
    name = entity.names[0] if entity.names else _best(entity)
    yield f"<h2>{escape(name)}</h2>\n<p>{escape(entity.explanation)}</p>"
    yield f'<p class="dim">{entity.size} records, {_day(entity.first_time)} to {_day(entity.last_time)}'
    yield f"{'; ' + escape(', '.join(entity.cities)) if entity.cities else ''}. Entity {escape(entity.entity_id)}</p>\n"
    yield from _pinned(pins, {entity.entity_id, *entity.records})
    if entity.identifiers:
        yield '<h3>What it holds</h3><table class="facts">'
        for identifier in sorted(entity.identifiers, key=lambda each: (each in entity.set_aside, each)):
            kind, _, value = identifier.partition(":")
            aside = f"<br><b>Set aside</b>: {SET_ASIDE}" if identifier in entity.set_aside else ""
            yield f"<tr><td>{escape(kind.replace('_', ' '))}</td><td>{escape(value)}{aside}</td></tr>"
        yield "</table>\n"
    if entity.joins:
        yield f'<h3>Why these records are together</h3><table class="reasons">{_heads("Why", "Strength", "Joins")}'
        for why, strength, count in _reasons(entity.joins):
            yield f"<tr><td>{escape(why)}</td><td>{percent(strength) / 100:.2f}</td><td>{count}</td></tr>"
        yield "</table>\n"
    own = [records[each] for each in entity.records if each in records]
    if own:
        yield "<h3>Its records</h3>"
        yield from _records(own)


def _records(rows: Iterable[RecordItem]) -> Iterator[str]:
    yield f'<table class="records">{_heads("Seen", "Kind", "What", "Place", "Source", "Record")}'
    for row in rows:
        what = row.texts.get("title") or row.texts.get("name") or ", ".join(row.identifiers[:4])
        place = ", ".join(filter(None, (row.texts.get("city"), row.texts.get("region"))))
        source = row.source_id.replace("_", " ")
        cells = (row.observed_time[:10], row.record_type, what, place, source, row.record_id[:8])
        yield "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"
    yield "</table>\n"


def _heads(*names: str) -> str:
    """A heading row, which print repeats on each sheet."""
    return f"<thead><tr>{''.join(f'<th>{name}</th>' for name in names)}</tr></thead>"


def _reasons(joins: Iterable[JoinItem]) -> list[tuple[str, float, int]]:
    """(sentence, its weakest strength, how many joins), the weakest first."""
    found: dict[str, list[float]] = {}
    for join in joins:
        found.setdefault(join.why or join.rule.replace("_", " "), []).append(join.strength)
    rows = [(why, min(strengths), len(strengths)) for why, strengths in found.items()]
    return sorted(rows, key=lambda row: (row[1], row[0]))[:MOST_REASONS]


def _best(entity: EntityItem) -> str:
    joined = Counter(join.identifier for join in entity.joins if join.identifier)
    best = min(joined, key=lambda each: (-joined[each], each)) if joined else _first(entity)
    return best.partition(":")[2] or "Unnamed"


def _first(entity: EntityItem) -> str:
    return next(
        (each for each in entity.identifiers if each not in entity.set_aside), next(iter(entity.identifiers), "")
    )


def _day(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%d") if seconds else "unknown"
