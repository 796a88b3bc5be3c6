"""Facts to emitted files: `emitted(root)` is every file the facts say, as text, before anything is written.

One module per kind of fact; each returns ConfFile objects and reads nothing but its own fact files.
"""

from __future__ import annotations

from pathlib import Path

from assembly.emit import (
    addon_endpoints,
    app_catalog,
    app_endpoints,
    app_searches,
    connectors,
    data_model_json,
    global_config,
    json_events,
    lookups,
    partner_contract,
    record_kinds,
    risk_indicators,
    source_catalogue,
)

EMITTERS = (
    record_kinds.emit_kinds,
    app_catalog.emit_commands,
    app_catalog.emit_collections,
    app_catalog.emit_custom_confs,
    app_searches.emit_searches,
    json_events.emit_sourcetypes,
    app_endpoints.emit_endpoints,
    app_endpoints.emit_capabilities,
    app_endpoints.emit_alerts,
    connectors.emit_record_confs,
    data_model_json.emit_data_model,
    lookups.emit_lookups,
    global_config.emit_global_config,
    addon_endpoints.emit_addon_endpoints,
    addon_endpoints.emit_addon_confs,
    partner_contract.emit_contract,
    source_catalogue.emit_source_catalogue,
    risk_indicators.emit_indicators,
)


def emitted(root: Path) -> dict[str, str]:
    """Returns {path relative to root: text}. Facts that are not there yet emit nothing. Raises FactError."""
    return {path: text for emitter in EMITTERS for path, text in emitter(root).items()}


def differences(root: Path) -> list[str]:
    """Returns one line for each committed file that is not what the facts say now."""
    stale = []
    for path, text in sorted(emitted(root).items()):
        committed = root / path
        if not committed.is_file():
            stale.append(f"{path}: missing; run build.py emit")
        elif committed.read_text(encoding="utf-8") != text:
            stale.append(f"{path}: not what its facts say; run build.py emit")
    return stale


def write_kinds(root: Path) -> list[str]:
    """Writes what is emitted of the kinds of records, as `write` does: code that runs has read the kinds before."""
    return _write(root, record_kinds.emit_kinds(root))


def write(root: Path) -> list[str]:
    """Writes every emitted file that differs and returns their paths."""
    return _write(root, emitted(root))


def _write(root: Path, texts: dict[str, str]) -> list[str]:
    written = []
    for path, text in sorted(texts.items()):
        target = root / path
        if not target.is_file() or target.read_text(encoding="utf-8") != text:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
            written.append(path)
    return written
