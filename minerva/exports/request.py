"""The request of an export: what the caller has decided before a byte is written. Checked here, never looked up.

The caller (handler, command line) has already asked the policy: what it passes is permitted, and this request says
under which marking, for whom, why, when and by which policy version.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from minerva.exports.errors import ExportError
from minerva.exports.ids import stable_uuid
from minerva.exports.markings import HANDLING, TLP, require_level
from minerva.records.errors import RecordError
from minerva.records.model import canonical_json, format_time

FORMATS = ("csv", "xlsx", "ftm", "stix", "misp", "htcds", "hashes", "report")
MAX_ITEMS = 100_000
MAX_BYTES = 512 * 1024 * 1024
MAX_QUERY_BYTES = 10_000

_NAME = re.compile(r"[a-z0-9][a-z0-9_\-]{0,63}")
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_CODES = {"no_evidence": "H1", "no_reshare": "H2"}
_NEEDED = ("tenant_id", "recipient", "level", "time", "policy_version", "purpose")
_TEXTS = ("tenant_label", "recipient_label", "case_number", "expires", "sharing_group", "title")
_NOTE_KEYS = frozenset(("what", "text", "by", "time", "standing", "about"))
MAX_NOTES = 2_000


@dataclass(frozen=True)
class ExportRequest:
    """One export, ready to be written.

    `tenant_id` is who hands out, `recipient` whom it is for (a tenant id or the pseudonym that the release gave it),
    `recipient_label` the same in words where somebody without an id is meant, such as a prosecutor's office;
    `level` is the marking of the whole; `time` and `expires` are UTC as YYYY-MM-DDTHH:MM:SSZ (`expires` may be "");
    `query` is what was asked, as JSON; `withheld` counts what the policy kept back, by kind, `left_out` what the caller
    does not have or give; `handling` holds H1 to H3; `sharing_group` is the UUID of the group on the recipient's
    MISP, or "". A report has a `title` and the `notes` of its case (what: note, hypothesis, task or pin; text, by, time
    in epoch seconds, standing; of a pin about: the entity's id, or those of its records with a blank between).
    """

    format: str
    tenant_id: str
    recipient: str
    level: str
    time: str
    policy_version: str
    purpose: str
    tenant_label: str = ""
    recipient_label: str = ""
    case_number: str = ""
    expires: str = ""
    sharing_group: str = ""
    title: str = ""
    notes: tuple[Mapping[str, Any], ...] = ()
    query: Mapping[str, Any] = field(default_factory=dict)
    withheld: Mapping[str, int] = field(default_factory=dict)
    left_out: Mapping[str, int] = field(default_factory=dict)
    handling: tuple[str, ...] = ()
    max_items: int = MAX_ITEMS
    max_bytes: int = MAX_BYTES

    @property
    def tlp(self) -> str:
        """The TLP 2.0 word of the whole export, without `TLP:`."""
        return TLP[self.level]

    @property
    def meant_for(self) -> str:
        """Whom it is for, in words where they were given."""
        return self.recipient_label or self.recipient

    @property
    def export_id(self) -> str:
        """Stands in the manifest and, where the format has a place, in every file: the watermark of who got what."""
        return stable_uuid("export", self.tenant_id, self.meant_for, self.time, canonical_json(dict(self.query)))

    @classmethod
    def read(cls, name: str, given: object) -> ExportRequest:
        """The request of JSON values for format `name`. Raises ExportError at the first key that is wrong."""
        if name not in FORMATS:
            raise ExportError("format", f"expected one of {', '.join(FORMATS)}")
        if not isinstance(given, Mapping):
            raise ExportError("export", "expected an object")
        known = {*_NEEDED, *_TEXTS, "query", "withheld", "left_out", "handling", "notes", "max_items", "max_bytes"}
        for key in sorted(map(str, set(given) - known)):
            raise ExportError(key, f"unknown key; the keys are {', '.join(sorted(known))}")
        texts = {key: _text(key, given.get(key), key in _NEEDED) for key in (*_NEEDED, *_TEXTS)}
        for key in ("tenant_id", "recipient"):
            if not _NAME.fullmatch(texts[key]):
                raise ExportError(key, "expected lower-case letters, digits, '_' or '-', at most 64, not empty")
        require_level("level", texts["level"])
        for key in ("time", "expires"):
            if texts[key]:
                _check_time(key, texts[key])
        if texts["expires"] and texts["expires"] <= texts["time"]:
            raise ExportError("expires", "is not after time: the grant has ended")
        if texts["sharing_group"] and not _UUID.fullmatch(texts["sharing_group"]):
            raise ExportError("sharing_group", "expected a UUID in lower case")
        return cls(
            format=name,
            query=_query(given.get("query", {})),
            withheld=_counts("withheld", given.get("withheld", {})),
            left_out=_counts("left_out", given.get("left_out", {})),
            handling=_handling(given.get("handling", [])),
            notes=_notes(given.get("notes", [])),
            max_items=_limit("max_items", given.get("max_items", MAX_ITEMS), MAX_ITEMS),
            max_bytes=_limit("max_bytes", given.get("max_bytes", MAX_BYTES), MAX_BYTES),
            **texts,
        )


def handling_of(obligations: Iterable[str]) -> tuple[str, ...]:
    """The handling codes of a decision's obligations; the other obligations bind the caller, not the reader."""
    return tuple(sorted({_CODES[each] for each in obligations if each in _CODES}))


def _text(key: str, value: object, needed: bool) -> str:
    if value is None and not needed:
        return ""
    if not isinstance(value, str) or (needed and not value.strip()) or len(value) > 500:
        raise ExportError(key, "expected text of at most 500 characters" + (", not empty" if needed else ""))
    if not value.isprintable():
        raise ExportError(key, "expected printable characters on one line")
    return value


def _check_time(key: str, value: str) -> None:
    try:
        format_time(value)
    except RecordError as error:
        raise ExportError(key, error.expected) from None


def _query(given: object) -> Mapping[str, Any]:
    if not isinstance(given, Mapping) or len(str(given)) > MAX_QUERY_BYTES:
        raise ExportError("query", f"expected an object of at most {MAX_QUERY_BYTES} characters")
    return given


def _notes(given: object) -> tuple[Mapping[str, Any], ...]:
    if not isinstance(given, (list, tuple)) or len(given) > MAX_NOTES:
        raise ExportError("notes", f"expected a list of at most {MAX_NOTES}")
    for note in given:
        if not isinstance(note, Mapping) or not {"what", "text", "by", "time"} <= set(note) <= _NOTE_KEYS:
            raise ExportError("notes", f"expected objects of {', '.join(sorted(_NOTE_KEYS))}")
        if not all(isinstance(note[key], str) for key in ("what", "text", "by")):
            raise ExportError("notes", "what, text and by: expected text")
        if not isinstance(note["time"], (int, float)):
            raise ExportError("notes", "time: expected epoch seconds")
    return tuple(given)


def _counts(key: str, given: object) -> Mapping[str, int]:
    if not isinstance(given, Mapping) or not all(type(value) is int and value >= 0 for value in given.values()):
        raise ExportError(key, "expected an object of whole numbers from 0")
    return {str(key): int(value) for key, value in sorted(given.items())}


def _handling(given: object) -> tuple[str, ...]:
    if not isinstance(given, (list, tuple)) or not all(code in HANDLING for code in given):
        raise ExportError("handling", f"expected a list of {', '.join(HANDLING)}")
    return tuple(sorted(set(given)))


def _limit(key: str, value: object, most: int) -> int:
    if type(value) is not int or not 1 <= value <= most:
        raise ExportError(key, f"expected a whole number from 1 to {most}")
    return value
