"""The record: one observation from one source, immutable, with a deterministic id, and its event form.

The event is one line of JSON whose keys stand in a fixed order, since index-time transforms read it as text.
This module owns shape and identity; it does not find identifiers (see identification.py).
"""

from __future__ import annotations

import hashlib
import json
import re
from calendar import timegm
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timezone
from functools import cached_property, lru_cache
from time import strptime
from typing import Any, Union

from minerva.identifiers.evidence import Evidence
from minerva.records.errors import RecordError, RecordTooLarge
from minerva.records.kinds import RECORD_TYPES
from minerva.records.marks import MARKS, MOST_CHARACTERS, marks_of

AttributeValue = Union[str, tuple[str, ...]]

TEXT_KEYS = ("title", "text", "name", "address", "city", "region", "postcode", "country", "url")
LEVELS = ("L0", "L1", "L2", "L3", "L4", "L5", "L6")
PERSONAL = ("none", "contact", "sensitive")

__all__ = ["Evidence", "Marking", "Record", "canonical_json", "derive_id", "format_time"]

MAX_EVENT_BYTES = 900_000
"""Below the 1,048,576 characters that the index-time transforms look ahead (LOOKAHEAD in transforms.conf)."""

_OWN_KEYS = ("record_id", "record_type", "tenant_id", "name", "address", "city", "region", "postcode")
INDEXED_KEYS = (*_OWN_KEYS, *MARKS, "signature")
"""These stand in the nested object `key` and become indexed fields, each behind INDEX_PREFIX; the names without it are
their aliases at search time. Nested, because JSON is read at search time too, and a name of both kinds would show its
value twice (fields.conf.spec). Marks are no members of Record: they follow from what stands in the event."""
INDEX_PREFIX = "minerva_"
"""fields.conf holds for every app of an installation, so no indexed field has a name that other data may use."""
SIGNATURE = re.compile(r"(?P<mark>[0-9]{1,4}\.[0-9a-f]{32})\.(?P<time>-?[0-9]{1,12})(?:\.(?P<content>[0-9a-f]{64}))?")
"""The number of the key, the mark that the app's handler makes with it, and the time and the content that it covers:
see signing.py. Old signatures cover no content."""
_LONGEST_SIGNATURE = 116
_NEEDED = ("record_id", "record_type", "tenant_id", "source_id", "source_key", "observed_time")
_PLAIN_KEYS = ("source_id", "source_key", "observed_time", "title", "country", "url")
_LAST_KEY = "text"
"""Behind all others: Splunk reads the first 5,000 bytes of an event as JSON (limits.conf [spath] extraction_cutoff), so
that a long text hides none but itself."""
_KEYS = ("key", *_PLAIN_KEYS, "attributes", "marking", "evidence", _LAST_KEY)
_ID = re.compile(r"[0-9a-f]{32}")
_NAME = re.compile(r"[a-z0-9][a-z0-9_\-]{0,63}")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_ATTRIBUTE = re.compile(r"(?!identifier$)[A-Za-z_][A-Za-z0-9_]{0,63}")
"""Not `identifier`: index-time transforms take every `"identifier":"..."` of an event for one of its evidence."""


def canonical_json(value: object) -> str:
    """`value` as JSON with sorted keys, no blanks and no ASCII escapes: equal content gives equal text."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _without_surrogates(text: str) -> str:
    # A lone surrogate has no UTF-8 form, so an event holding one could not be written at all.
    if text.isascii():
        return text
    return "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)


@dataclass(frozen=True)
class Marking:
    """How a record may be shared: `level` L0 (private) to L6 (public), `personal` none, contact or sensitive."""

    level: str = "L0"
    personal: str = "contact"


@dataclass(frozen=True)
class Record:
    """One observation. Build it with `Record.build`, which checks every key and derives `record_id`."""

    record_id: str
    record_type: str
    source_id: str
    source_key: str
    tenant_id: str
    observed_time: str
    title: str = ""
    text: str = ""
    name: str = ""
    address: str = ""
    city: str = ""
    region: str = ""
    postcode: str = ""
    country: str = ""
    url: str = ""
    attributes: Mapping[str, AttributeValue] = field(default_factory=dict)
    marking: Marking = Marking()
    evidence: tuple[Evidence, ...] = ()
    signature: str = ""
    """Empty until the app's handler has signed the record as it is."""

    @classmethod
    def build(
        cls,
        *,
        record_type: str,
        source_id: str,
        tenant_id: str,
        natural_key: str,
        observed_time: str | datetime,
        texts: Mapping[str, str] | None = None,
        attributes: Mapping[str, str | Iterable[str]] | None = None,
        marking: Marking | None = None,
        evidence: Iterable[Evidence] = (),
    ) -> Record:
        """A checked record. `texts` holds any of TEXT_KEYS; empty values are left out.

        `natural_key` is the source's own key of the row (its id, or the row's position where it has none). The id
        covers source, natural key and content, not tenant, time, marking or evidence: reading the same row again
        gives the same id. Raises RecordError; RecordTooLarge above MAX_EVENT_BYTES.
        """
        given = {key: _without_surrogates(_text(key, value)) for key, value in (texts or {}).items()}
        unknown = sorted(set(given) - set(TEXT_KEYS))
        if unknown:
            raise RecordError(unknown[0], f"unknown text key; the text keys are {', '.join(TEXT_KEYS)}")
        kept = {key: value for key, value in given.items() if value}
        extra = _attributes(attributes or {})
        content = {"record_type": record_type, "attributes": {k: _plain(v) for k, v in extra.items()}, **kept}
        source_key = _without_surrogates(_text("natural_key", natural_key))
        record = cls(
            record_id=derive_id(source_id, source_key, content),
            record_type=record_type,
            source_id=source_id,
            source_key=source_key,
            tenant_id=tenant_id,
            observed_time=format_time(observed_time),
            attributes=extra,
            marking=marking or Marking(),
            evidence=tuple(map(_clean_evidence, evidence)),
            **kept,
        )
        record.check()
        return record

    def with_evidence(
        self, evidence: Iterable[Evidence], derived: Mapping[str, str | Iterable[str]] | None = None
    ) -> Record:
        """The same record with this evidence instead, and with attributes that are derived from its texts.

        The id covers neither, so that a later version of what derives them gives no second record. Raises RecordError.
        """
        attributes = {**self.attributes, **_attributes(derived or {})}
        changed = replace(self, evidence=tuple(map(_clean_evidence, evidence)), attributes=attributes, signature="")
        changed.check()
        return changed

    @property
    def identifiers(self) -> list[str]:
        """Distinct `kind:value` in order of first evidence."""
        return list(dict.fromkeys(item.identifier for item in self.evidence))

    def to_dict(self) -> dict[str, object]:
        """The event as plain JSON values, keys in the fixed order, absent keys left out."""
        signed = {"signature": self.signature} if self.signature else {}
        return self._event({**self._key(), **signed})

    def _key(self) -> dict[str, str]:
        return {**{name: getattr(self, name) for name in _OWN_KEYS if getattr(self, name)}, **self.marks}

    @cached_property
    def marks(self) -> Mapping[str, str]:
        """What linking is told of text, place and days: made once, as it costs more than the rest of the event."""
        return marks_of(self.record_type, self.text, self.attributes)

    @cached_property
    def bare(self) -> tuple[str, str]:
        """The event's line without a signature: what stands before the place of one, and what behind it. Made once, as
        it is signed and then written."""
        key = self._key()
        line, before = event_json(self._event(key)), len('{"key":') + len(event_json(key)) - 1
        return line[:before], line[before:]

    @cached_property
    def content(self) -> str:
        """SHA-256 of the event's line without a signature, which a signature covers."""
        return hashlib.sha256("".join(self.bare).encode("utf-8", "surrogatepass")).hexdigest()

    def signed_with(self, signature: str) -> Record:
        """The same record with this signature, and with what of it is made already."""
        changed = replace(self, signature=signature)
        for name in ("marks", "bare", "content"):
            if name in self.__dict__:
                changed.__dict__[name] = self.__dict__[name]
        return changed

    def _event(self, key: Mapping[str, str]) -> dict[str, object]:
        event: dict[str, object] = {"key": key}
        event.update({key: getattr(self, key) for key in _PLAIN_KEYS if getattr(self, key)})
        if self.attributes:
            event["attributes"] = {name: _plain(item) for name, item in self.attributes.items()}
        event["marking"] = {"level": self.marking.level, "personal": self.marking.personal}
        if self.evidence:
            event["evidence"] = [item.to_dict() for item in self.evidence]
        if self.text:
            event[_LAST_KEY] = self.text
        return event

    def to_json(self) -> str:
        """The event: one line of JSON, at most MAX_EVENT_BYTES in UTF-8."""
        before, behind = self.bare
        return f'{before},"signature":{event_json(self.signature)}{behind}' if self.signature else before + behind

    @classmethod
    def from_json(cls, line: str) -> Record:
        """The record of an event line. Raises RecordError on anything that `to_json` would not have written."""
        try:
            event = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise RecordError("(line)", f"not JSON ({error})") from None
        if not isinstance(event, dict):
            raise RecordError("(line)", "expected a JSON object")
        nested = event.get("key")
        if not isinstance(nested, dict):
            raise RecordError("key", "is missing or no object")
        unknown = sorted(set(event) - set(_KEYS)) + sorted(f"key.{name}" for name in set(nested) - set(INDEXED_KEYS))
        if unknown:
            raise RecordError(unknown[0], f"unknown key; the keys are {', '.join(_KEYS)}")
        flat = {**nested, **{key: event[key] for key in (*_PLAIN_KEYS, _LAST_KEY) if key in event}}
        flat = {key: value for key, value in flat.items() if key not in MARKS}
        for key in _NEEDED:
            if key not in flat:
                raise RecordError(key, "is missing")
        plain: dict[str, Any] = {key: _text(key, value) for key, value in flat.items()}
        record = cls(
            **plain,
            attributes=_attributes(event.get("attributes", {})),
            marking=_marking(event.get("marking", {})),
            evidence=tuple(_evidence(item) for item in _list("evidence", event.get("evidence", []))),
        )
        record.check()
        return record

    def _most_bytes(self) -> int:
        """What the event may take at most, told without writing it: six bytes a character, and room for the keys."""
        chars = sum(len(getattr(self, key)) for key in (*TEXT_KEYS, *_NEEDED))
        for name, value in self.attributes.items():
            chars += len(name) + (len(value) if isinstance(value, str) else sum(map(len, value)) + len(value))
        for item in self.evidence:
            chars += len(item.identifier) + len(item.raw) + len(item.field) + len(item.method)
            chars += sum(map(len, item.alternatives)) + len(item.alternatives)
        return 6 * chars + 256 * len(self.evidence) + 16 * len(self.attributes) + 4096

    def check(self) -> None:
        """Raises RecordError at the first key that breaks the model."""
        if not _ID.fullmatch(self.record_id):
            raise RecordError("record_id", "expected 32 lower-case hexadecimal digits")
        if self.record_type not in RECORD_TYPES:
            raise RecordError("record_type", f"expected one of {', '.join(RECORD_TYPES)}")
        for key in ("source_id", "tenant_id"):
            if not _NAME.fullmatch(getattr(self, key)):
                raise RecordError(key, "expected lower-case letters, digits, '_' or '-', at most 64, not empty")
        if not _TIME.fullmatch(self.observed_time):
            raise RecordError("observed_time", "expected UTC time as YYYY-MM-DDTHH:MM:SSZ")
        if self.marking.level not in LEVELS:
            raise RecordError("marking.level", f"expected one of {', '.join(LEVELS)}")
        if self.marking.personal not in PERSONAL:
            raise RecordError("marking.personal", f"expected one of {', '.join(PERSONAL)}")
        if self.signature and not SIGNATURE.fullmatch(self.signature):
            raise RecordError("signature", "expected what the app's handler makes")
        for item in self.evidence:
            _check_evidence(item)
        if self._most_bytes() <= MAX_EVENT_BYTES:
            return
        # With marks and a signature of the greatest length: making marks costs more than all the rest.
        longest = {**{name: getattr(self, name) for name in _OWN_KEYS}, "marks": "m" * MOST_CHARACTERS}
        longest["signature"] = "s" * _LONGEST_SIGNATURE
        size = len(event_json(self._event(longest)).encode("utf-8"))
        if size > MAX_EVENT_BYTES:
            raise RecordTooLarge("(event)", f"{size} bytes of JSON; at most {MAX_EVENT_BYTES}: shorten its text")


event_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""An event, or a part of one, as the text of an event has it."""


def derive_id(source_id: str, natural_key: str, content: Mapping[str, object]) -> str:
    """32 hex digits of SHA-256 over source id, natural key and canonical content, NUL between them."""
    basis = "\0".join((source_id, natural_key, canonical_json(content)))
    return hashlib.sha256(basis.encode("utf-8", "replace")).hexdigest()[:32]


@lru_cache(maxsize=4096)
def epoch_s(observed_time: str) -> int:
    """Epoch seconds of `YYYY-MM-DDTHH:MM:SSZ`."""
    return timegm(strptime(observed_time, "%Y-%m-%dT%H:%M:%SZ"))


def format_time(moment: str | datetime) -> str:
    """`moment` as `YYYY-MM-DDTHH:MM:SSZ`. A datetime must be aware; a text must already have that form."""
    if isinstance(moment, str):
        try:
            datetime.strptime(moment, "%Y-%m-%dT%H:%M:%SZ")
        except ValueError:
            raise RecordError("observed_time", "expected UTC time as YYYY-MM-DDTHH:MM:SSZ") from None
        return moment
    if moment.tzinfo is None:
        raise RecordError("observed_time", "expected a datetime with its time zone")
    return moment.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def _plain(value: AttributeValue) -> object:
    return value if isinstance(value, str) else list(value)


def _text(key: str, value: object) -> str:
    if not isinstance(value, str):
        raise RecordError(key, f"expected text, not {type(value).__name__}")
    return value


def _list(key: str, value: object) -> list[object]:
    if not isinstance(value, list):
        raise RecordError(key, f"expected a list, not {type(value).__name__}")
    return value


def _attributes(given: object) -> dict[str, AttributeValue]:
    if not isinstance(given, Mapping):
        raise RecordError("attributes", f"expected an object, not {type(given).__name__}")
    kept: dict[str, AttributeValue] = {}
    for name, value in given.items():
        if not isinstance(name, str) or not _ATTRIBUTE.fullmatch(name):
            raise RecordError("attributes", "expected names of letters, digits and '_', at most 64, not 'identifier'")
        key = f"attributes.{name}"
        if isinstance(value, str):
            kept[name] = _without_surrogates(value)
        elif isinstance(value, (list, tuple)):
            kept[name] = tuple(_without_surrogates(_text(key, item)) for item in value)
        else:
            raise RecordError(key, f"expected text or a list of texts, not {type(value).__name__}")
    return {name: value for name, value in kept.items() if value}


def _marking(given: object) -> Marking:
    if not isinstance(given, Mapping):
        raise RecordError("marking", f"expected an object, not {type(given).__name__}")
    unknown = sorted(set(given) - {"level", "personal"})
    if unknown:
        raise RecordError(f"marking.{unknown[0]}", "unknown key; the keys are level, personal")
    default = Marking()
    return Marking(str(given.get("level", default.level)), str(given.get("personal", default.personal)))


def _evidence(given: object) -> Evidence:
    names = tuple(name for name in Evidence._fields if name != "alternatives")
    if not isinstance(given, Mapping) or set(given) - {"alternatives"} != set(names):
        raise RecordError("evidence", f"expected objects with the keys {', '.join(names)}")
    identifier, raw, field_name = (_text(f"evidence.{key}", given[key]) for key in ("identifier", "raw", "field"))
    start, end, confidence = given["start"], given["end"], given["confidence"]
    for key, value in (("start", start), ("end", end)):
        if type(value) is not int:
            raise RecordError(f"evidence.{key}", "expected a whole number")
    if isinstance(confidence, bool) or not isinstance(confidence, (int, float)):
        raise RecordError("evidence.confidence", "expected a number from 0 to 1")
    method = _text("evidence.method", given["method"])
    others = tuple(_text("evidence.alternatives", each) for each in _list("evidence", given.get("alternatives", [])))
    return Evidence(identifier, raw, field_name, start, end, method, confidence, others)


def _clean_evidence(item: Evidence) -> Evidence:
    return item if item.raw.isascii() else item._replace(raw=_without_surrogates(item.raw))


def _check_evidence(item: Evidence) -> None:
    if not item.kind or not item.value:
        raise RecordError("evidence.identifier", "expected kind:value")
    if not 0 <= item.confidence <= 1:
        raise RecordError("evidence.confidence", "expected a number from 0 to 1")
    if item.start < 0 or item.end - item.start != len(item.raw):
        raise RecordError("evidence.end", "expected start and end to enclose raw exactly")
