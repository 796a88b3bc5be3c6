"""Lists of hashes as bodies export them, read row by row: JSON or CSV in the fields of NCMEC, StopNCII and
ThreatExchange, or one hash a line.

Fields are those of the clients in python-threatexchange: NCMEC `id, entry_type, classification, deleted, fingerprints`;
StopNCII `hashRecords: signalType, hashValue, hashStatus`; ThreatExchange `data: id, type, indicator, tags,
should_delete`. A message says which row and what is wrong, and repeats no hash.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Union

from minerva.images.distance import LEAST_QUALITY, is_plain

MOST_CHARACTERS, MOST_ROWS, MOST_TEXT = 16_000_000, 50_000, 100
LENGTHS = {"pdq": 64, "md5": 32, "sha1": 40, "sha256": 64}
"""Kinds of hashes that are compared, and their hexadecimal digits."""
_KINDS = {
    "pdq": "pdq", "imagepdq": "pdq", "hashpdq": "pdq", "pdqhash": "pdq", "md5": "md5", "hashmd5": "md5", "sha1": "sha1",
    "hashsha1": "sha1", "sha256": "sha256", "hashsha256": "sha256",
}  # fmt: skip
PLAIN = "the PDQ hash of a plain picture, such as a black one: it matches whatever is plain"
_HEX = re.compile(r"[0-9a-f]+")
_IDS, _LABELS = ("id", "ref", "reference", "indicatorid", "entryid"), ("label", "classification", "class", "category")
_TYPED = (("signaltype", "hashvalue"), ("type", "indicator"), ("type", "rawindicator"), ("hashtype", "hash"))
"""Pairs of columns: what kind of hash stands in the other."""
_WITHDRAWN = frozenset({"withdrawn", "deleted"})
_LISTS = ("hashRecords", "data", "entries", "hashes", "items")


class ListError(ValueError):
    """A list cannot be read at all; the message says what was expected."""


@dataclass(frozen=True)
class Listed:
    """One row: hashes by kind, the number that its source gives it, its class, and whether it was withdrawn."""

    hashes: dict[str, str] = field(default_factory=dict)
    ref: str = ""
    label: str = ""
    quality: Union[int, None] = None
    is_withdrawn: bool = False


@dataclass(frozen=True)
class Refused:
    """A row that holds nothing to compare, by its number in the list (from 1) and why."""

    row: int
    why: str


def read_list(text: str) -> Iterator[Union[Listed, Refused]]:
    """Yields what each row of a list says, in order. Raises ListError before the first."""
    if len(text) > MOST_CHARACTERS:
        raise ListError(f"the list is longer than {MOST_CHARACTERS} characters: send it in parts")
    rows = _rows_of(text.lstrip("\ufeff"))
    if len(rows) > MOST_ROWS:
        raise ListError(f"the list has more than {MOST_ROWS} rows: send it in parts")
    return (_read(number, row) for number, row in enumerate(rows, 1))


def _rows_of(text: str) -> list[Any]:
    """Rows as objects or, of a list of hashes alone, as texts."""
    start = text.lstrip()[:1]
    if start in ("{", "["):
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            return _json_lines(text)
        if isinstance(value, dict):
            held = next((value[name] for name in _LISTS if isinstance(value.get(name), list)), None)
            return held if held is not None else [value]
        return list(value)
    lines = [line for line in text.splitlines() if line.strip()]
    if lines and _is_heading(lines[0]):
        delimiter = max(",;\t", key=lines[0].count)
        try:
            return list(csv.DictReader(io.StringIO("\n".join(lines)), delimiter=delimiter))
        except csv.Error:
            raise ListError("the list is no CSV: expected a heading line and rows") from None
    return [line.strip() for line in lines]


def _json_lines(text: str) -> list[Any]:
    rows: list[Any] = []
    for line in text.splitlines():
        if line.strip():
            try:
                rows.append(json.loads(line))
            except (ValueError, RecursionError):
                rows.append(None)
    if not any(isinstance(row, dict) for row in rows):
        raise ListError("the list is no JSON: expected an array of objects, or one object a line")
    return rows


def _is_heading(line: str) -> bool:
    names = {_plain(name) for name in re.split(r"[,;\t]", line)}
    return not names.isdisjoint({*_KINDS, *(value for _, value in _TYPED)})


def _plain(name: Any) -> str:
    return re.sub(r"[^a-z0-9]", "", str(name).lower())


def _read(number: int, row: Any) -> Union[Listed, Refused]:
    if isinstance(row, str):
        return _read_line(number, row)
    if not isinstance(row, Mapping):
        return Refused(number, "expected an object")
    given = {_plain(name): value for name, value in row.items()}
    if _text(given.get("entrytype")).lower() == "video" or _text(given.get("signaltype")).lower().startswith("video"):
        return Refused(number, "of a video: hashes of pictures are compared alone")
    told = dict(given)
    prints = given.get("fingerprints")
    if isinstance(prints, Mapping):
        told.update({_plain(name): value for name, value in prints.items()})
    hashes, wrong, others = {}, [], set()
    pairs = [(kind, _text(told[name])) for name, kind in _KINDS.items() if _text(told.get(name))]
    for type_name, value_name in _TYPED:
        value, kind_name = told.get(value_name), _plain(_text(told.get(type_name)))
        text = _text(value.get("indicator") if isinstance(value, Mapping) else value)
        if text and kind_name:
            if kind_name in _KINDS:
                pairs.append((_KINDS[kind_name], text))
            else:
                others.add(kind_name[:20])
    for kind, text in pairs:
        if len(text) == LENGTHS[kind] and _HEX.fullmatch(text.lower()):
            hashes[kind] = text.lower()
        else:
            wrong.append(kind)
    if wrong:
        return Refused(number, f"{', '.join(sorted(set(wrong)))}: expected {LENGTHS[wrong[0]]} hexadecimal digits")
    if not hashes:
        return Refused(number, f"no hash that is compared ({', '.join(sorted(others))})" if others else "no hash")
    return _listed(number, hashes, given)


def _listed(number: int, hashes: dict[str, str], given: Mapping[str, Any]) -> Union[Listed, Refused]:
    quality: Union[int, None] = None
    useless = PLAIN if "pdq" in hashes and is_plain(int(hashes["pdq"], 16)) else ""
    text = _text(given.get("quality"))
    if text:
        if not re.fullmatch(r"[0-9]{1,3}", text) or int(text) > 100:
            return Refused(number, "quality: expected 0 to 100")
        quality = int(text)
        if quality < LEAST_QUALITY:
            useless = f"quality below {LEAST_QUALITY}: such a PDQ hash matches by chance"
    if useless:
        hashes = {kind: value for kind, value in hashes.items() if kind != "pdq"}
        if not hashes:
            return Refused(number, useless)
    status = {_text(given.get(name)).lower() for name in ("hashstatus", "status")}
    is_withdrawn = bool(status & _WITHDRAWN) or any(
        _text(given.get(name)).lower() in ("true", "1", "yes") for name in ("deleted", "shoulddelete")
    )
    ref = next((_short(given[name]) for name in _IDS if _text(given.get(name))), "")
    label = next((_short(given[name]) for name in _LABELS if _text(given.get(name))), "")
    return Listed(hashes, ref, label, quality, is_withdrawn)


def _read_line(number: int, line: str) -> Union[Listed, Refused]:
    """`[kind:]hash[,label]`; 64 digits without a kind are PDQ."""
    digits, _, label = line.partition(",")
    kind, _, value = digits.rpartition(":")
    value, kind = value.strip().lower(), _KINDS.get(_plain(kind), "") if kind else ""
    if not kind:
        kind = {64: "pdq", 40: "sha1", 32: "md5"}.get(len(value), "")
    if not kind or len(value) != LENGTHS[kind] or not _HEX.fullmatch(value):
        return Refused(
            number, "expected a hash of 64 (PDQ), 40 (SHA-1) or 32 (MD5) hexadecimal digits, or sha256: and 64"
        )
    if kind == "pdq" and is_plain(int(value, 16)):
        return Refused(number, PLAIN)
    return Listed({kind: value}, "", _short(label.strip()))


def _text(value: Any) -> str:
    return "" if value is None or isinstance(value, (dict, list)) else str(value).strip()


def _short(value: Any) -> str:
    return "".join(each for each in _text(value)[:MOST_TEXT] if each.isprintable())
