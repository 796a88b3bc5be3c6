"""The files of a bundle: one or several as they were given, or those of a zip; checked against their manifest."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from minerva.exports import manifest as manifests
from minerva.imports.model import Bundle, ImportRefused, clean, tlp_word
from minerva.zips import BROKEN

MOST_FILES, MOST_BYTES, MOST_UNPACKED = 20, 10 * 1024 * 1024, 40 * 1024 * 1024
MANIFEST = manifests.NAME


def opened(given: Sequence[tuple[str, bytes]]) -> dict[str, bytes]:
    """Name -> bytes of every file; a zip in place of its members. Raises ImportRefused."""
    if not given:
        raise ImportRefused("no file was given")
    if sum(len(data) for _, data in given) > MOST_BYTES:
        raise ImportRefused(f"the files have more than {MOST_BYTES // 1024 // 1024} MB: ask for a part of it")
    found: dict[str, bytes] = {}
    for name, data in given:
        members = _unpacked(data) if _is_zip(name, data) else {_plain(name): data}
        for each, content in members.items():
            if each in found:
                raise ImportRefused("two files have the same name")
            found[each] = content
    if len(found) > MOST_FILES:
        raise ImportRefused(f"more than {MOST_FILES} files")
    return found


def _is_zip(name: str, data: bytes) -> bool:
    """An XLSX file is a zip too: it counts as what its name says."""
    return data[:4] == b"PK\x03\x04" and not name.lower().endswith(".xlsx")


def _unpacked(data: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if len(entries) > MOST_FILES:
                raise ImportRefused(f"the zip holds more than {MOST_FILES} files")
            found, left = {}, MOST_UNPACKED
            for entry in entries:
                name = _plain(entry.filename)
                if entry.flag_bits & 1:
                    raise ImportRefused("the zip is encrypted: unpack it and give its files")
                if name in found:
                    raise ImportRefused("two files of the zip have the same name")
                with archive.open(entry) as file:
                    content = file.read(left + 1)
                if len(content) > left:
                    raise ImportRefused(f"the zip unpacks to more than {MOST_UNPACKED // 1024 // 1024} MB")
                left -= len(content)
                found[name] = content
            return found
    except BROKEN as error:
        if isinstance(error, ImportRefused):
            raise
        raise ImportRefused("the zip cannot be read: it is cut or damaged") from None


def _plain(name: str) -> str:
    if not name or len(name) > 120 or not name.isprintable() or any(sign in name for sign in "/\\:") or name[0] == ".":
        raise ImportRefused("a file's name is no plain name: expected one without folders")
    return name


def check_manifest(files: Mapping[str, bytes], bundle: Bundle) -> None:
    """Fills in what the manifest says, and checks every file against it. Raises ImportRefused where one differs.

    Without a manifest nothing shows that it is complete. A file that no manifest names is refused beside one.
    """
    hashes = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    listed = _manifest(files[MANIFEST]) if MANIFEST in files else None
    rows = {str(row.get("name")): row for row in listed["files"]} if listed is not None else {}
    if listed is not None:
        if {name for name in files if name != MANIFEST} != set(rows):
            raise ImportRefused("the files are not those that the manifest names: one is missing, or one too many")
        if any(rows[name].get("sha256") != hashes[name] for name in rows):
            raise ImportRefused("a file is not the one that the manifest names: its hash differs")
        lines = "".join(f"{hashes[name]}  {name}\n" for name in sorted(rows))
        if listed.get("content_sha256") != hashlib.sha256(lines.encode()).hexdigest():
            raise ImportRefused("the manifest does not fit its own files: its hash of all of them differs")
        marking = listed.get("marking")
        told = marking if isinstance(marking, Mapping) else {}
        bundle.marking = tlp_word(told.get("tlp"))
        handling = told.get("handling")
        bundle.recipient = clean(str(listed.get("recipient_label") or listed.get("recipient") or ""), 200)
        parts = [f"for {bundle.recipient}"] if bundle.recipient else []
        parts += [f"purpose: {listed['purpose']}"] if isinstance(listed.get("purpose"), str) else []
        parts += [f"{code}: {text}" for code, text in handling.items()] if isinstance(handling, Mapping) else []
        bundle.statement = clean("; ".join(parts), 1000)
        bundle.expires = _end(listed.get("expires"))
        bundle.source = clean(str(listed.get("tenant_id") or ""), 200)
        bundle.is_complete = bool(rows)
        bundle.signed = (
            str(listed.get("tenant_id")),
            manifests.digest_of(listed),
            str(listed.get(manifests.SIGNATURE) or ""),
        )
    bundle.files = [
        {"name": name, "bytes": len(data), "sha256": hashes[name]}
        for name, data in sorted(files.items()) if name != MANIFEST
    ]  # fmt: skip


def _end(value: Any) -> str:
    """When a bundle is to be deleted, to compare with the day: a date, or a moment of UTC. Raises ImportRefused."""
    if value is None or value == "":
        return ""
    form = "%Y-%m-%d" if isinstance(value, str) and len(value) == 10 else "%Y-%m-%dT%H:%M:%SZ"
    try:
        moment = datetime.strptime(str(value), form)
    except ValueError:
        said = "the day on which the manifest says it is to be deleted is none that is read"
        raise ImportRefused(f"{said}: expected a date such as 2027-01-31 or 2027-01-31T00:00:00Z") from None
    return moment.strftime(form)


def _manifest(data: bytes) -> dict[str, Any]:
    try:
        found = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError):
        raise ImportRefused("the manifest is no JSON") from None
    rows = found.get("files") if isinstance(found, dict) else None
    if not isinstance(rows, list) or not all(
        isinstance(row, dict) and isinstance(row.get("name"), str) for row in rows
    ):
        raise ImportRefused("the manifest names no files: expected a list of names and hashes under `files`")
    if found.get("manifest_version") != 1:
        raise ImportRefused("the manifest is of another version than 1")
    result: dict[str, Any] = found
    return result
