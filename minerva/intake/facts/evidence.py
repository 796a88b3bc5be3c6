"""Evidence of a source's columns: what `evidence.yml` beside `<id>.yml` says, which columns it knows, and the state.

For authors and the build alone: an installation gets the state and a short reference, and no list of fields.
"""

from __future__ import annotations

import difflib
import fnmatch
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from minerva.intake.facts.field_map import field_map, stored_columns
from minerva.intake.facts.shape import TEXT, ListOf, Problem, Scalar, Table, check
from minerva.intake.facts.standing import CONFIRMED, EVIDENCE_KINDS, UNCONFIRMED

_DAY = Scalar(pattern=r"20\d\d-[01]\d-[0-3]\d")
PIECES_SHAPE = ListOf(
    Table(
        {"kind": Scalar(choices=EVIDENCE_KINDS), "read_on": _DAY, "fields": ListOf(Scalar((str, int)))},
        {
            "repository": Scalar(pattern=r"[\w.-]+/[\w.-]+"),
            "path": TEXT,
            "commit": Scalar(pattern=r"[0-9a-f]{7,64}"),
            "document": TEXT,
            "publisher": TEXT,
            "dated": Scalar(pattern=r"(19|20)\d\d(-[01]\d(-[0-3]\d)?)?"),
            "by": Scalar(choices=("name", "heading", "position")),
            "note": TEXT,
        },
    ),
    1,
)
"""`fields`: names as this evidence writes them. `by` says how these are the names of columns: letter by letter (`name`,
the default), as headings for people, of which the words count (`heading`), or in the order of a file that names no
columns (`position`)."""
SHARE = 2 / 3
"""Of the columns used, which a piece must know besides the key to bear a source out."""
RECENT_DAYS = 3 * 366
"""If every piece is known to be older than this on the day it was read, the source may have changed since."""
_NAMED_HERE = frozenset(["rss", "mail", "article", "lines"])
"""Formats whose columns are named by the code that reads them."""
_GIVEN_PARTS: Mapping[str, frozenset[str]] = {
    "geojson": frozenset(["properties", "geometry", "coordinates", "longitude", "latitude", "type"]),
    "arcgis": frozenset(["geometry", "x", "y"]),
    "socrata": frozenset(
        ["human_address", "address", "city", "state", "zip", "latitude", "longitude", "coordinates", "type", "url"]
    ),
    "xml": frozenset(["#text"]),
}
"""Parts of column names that a format or a portal's software gives, whatever the source."""
_LIST = re.compile(r"\[[^\]]*\]")
_NO_WORD = re.compile(r"[\W_]+")

Piece = Mapping[str, Any]


@dataclass(frozen=True)
class Unknown:
    """A column that no piece knows, and the name of a piece that is most like it ("" if none is)."""

    column: str
    near: str


def check_pieces(pieces: Any) -> list[Problem]:
    """Every problem of the content of an evidence.yml."""
    problems = check(pieces, PIECES_SHAPE)
    if problems:
        return problems
    for at, piece in enumerate(pieces):
        stored = {"repository", "path", "commit"} & set(piece)
        if "document" in piece and stored:
            problems.append(Problem((at, "document"), "either a document, or repository, path and commit"))
        elif "document" not in piece and len(stored) < 3:
            problems.append(Problem((at,), "needs a document, or repository, path and commit"))
        elif "document" in piece and "dated" not in piece:
            problems.append(Problem((at,), "a document needs 'dated': when it was written or last changed"))
    return problems


def columns_of(document: Mapping[str, Any]) -> list[str]:
    """The columns of the source itself that a resolved document uses, sorted; not those that our readers make."""
    transport = _transport(document)
    if transport.get("format") in _NAMED_HERE or "taxii" in transport or "misp" in transport:
        return []
    used = set(stored_columns(field_map(document["mapping"])))
    follow = transport.get("follow", {}).get("link")
    used |= {name for name in (transport.get("incremental", {}).get("column"), follow) if name}
    made = ("_sheet", "_key", *(("page",) if follow else ()))
    return sorted(name for name in used if name.partition(".")[0] not in made)


def unknown_columns(document: Mapping[str, Any], pieces: Sequence[Piece]) -> list[Unknown]:
    """The columns that no piece knows. `pieces`: of the source and of those that it is like."""
    names = _Names(document)
    known = [_Fields(piece, names) for piece in pieces]
    written = [str(field) for piece in pieces for field in piece["fields"]]
    found = []
    for column in columns_of(document):
        if not any(fields.know(column) for fields in known):
            near = difflib.get_close_matches(column, written, 1, 0.5)
            found.append(Unknown(column, near[0] if near else ""))
    return found


def bearing(document: Mapping[str, Any], pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces that bear the source out: each knows the key and two thirds of the columns used."""
    names, columns = _Names(document), columns_of(document)
    key = [name for name in document["mapping"]["key"] if name in columns]
    found = []
    for piece in pieces:
        fields = _Fields(piece, names)
        known = sum(map(fields.know, columns))
        if all(map(fields.know, key)) and known >= SHARE * len(columns):
            found.append(piece)
    return found


def state_of(document: Mapping[str, Any], pieces: Sequence[Piece]) -> str:
    """`confirmed` if two publishers' pieces bear the source out and not all of them are known to be old."""
    found = bearing(document, pieces)
    if len({publisher(piece) for piece in found}) < 2 or all(map(_is_old, found)):
        return UNCONFIRMED
    return CONFIRMED


def publisher(piece: Piece) -> str:
    """Who stands behind a piece: what it says itself, else a repository's owner, or a document's site or title."""
    if piece.get("publisher"):
        return str(piece["publisher"]).casefold()
    if "repository" in piece:
        return str(piece["repository"]).partition("/")[0].casefold()
    document = str(piece["document"]).strip()
    return (urlsplit(document).hostname or document).casefold()


def reference(piece: Piece) -> str:
    """A piece in a few words: where it stands, and of when it is if that is known."""
    where = (
        f"{piece['repository']} {piece['path']} @{str(piece['commit'])[:7]}"
        if "repository" in piece
        else str(piece["document"])
    )
    return f"{piece['kind']}: {where}{' of ' + piece['dated'] if piece.get('dated') else ''}"


def _is_old(piece: Piece) -> bool:
    """Whether a piece is known to be old; a year or a month counts to its end."""
    if not piece.get("dated"):
        return False
    given = [int(part) for part in str(piece["dated"]).split("-")]
    year, month, day = [*given, 12, 28][: len(given)] + [12, 28][len(given) - 1 :]
    return (date.fromisoformat(str(piece["read_on"])) - date(year, month, day)).days > RECENT_DAYS


def _transport(document: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Mapping[str, Any] = document.get("http") or document.get("file") or {"format": "mail"}
    return found


class _Names:
    """What a column of the facts may be called in the source: its name, or the heading or selector behind it."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        transport = _transport(document)
        headings = transport.get("headings", {})
        self.by_words = headings == "words"
        self.headings: Mapping[str, str] = {} if self.by_words else headings
        self.cells: Mapping[str, str] = transport.get("cells", {})
        spans = [span["name"] for span in transport.get("columns", ())]
        self.positions = {name: at for at, name in enumerate(transport.get("header") or spans)}
        self.given = _GIVEN_PARTS.get(transport.get("format", ""), frozenset()) | _GIVEN_PARTS.get(
            transport.get("preset", ""), frozenset()
        )

    def of(self, column: str) -> Iterator[str]:
        yield column
        yield from (heading for heading, name in self.headings.items() if name == column)
        if column in self.cells:
            yield self.cells[column]


class _Fields:
    """What one piece knows."""

    def __init__(self, piece: Piece, names: _Names) -> None:
        self._names = names
        self._by = piece.get("by", "name")
        self._fields = [_LIST.sub("", str(field)) for field in piece["fields"]]
        self._exact = {str(field) for field in piece["fields"]} | set(self._fields)
        self._words = {_words(field) for field in self._fields}
        self._folded = {" ".join(str(field).split()).casefold() for field in piece["fields"]}

    def know(self, column: str) -> bool:
        """Whether the piece names a column of the facts."""
        if self._by == "position":
            return self._names.positions.get(column, len(self._fields)) < len(self._fields)
        by_words = self._by == "heading" or self._names.by_words
        for name in self._names.of(column):
            if name in self._exact or (by_words and _words(name) in self._words):
                return True
            if name != column and self._knows_heading(name):
                return True
        return self._knows_path(column, by_words)

    def _knows_heading(self, key: str) -> bool:
        """Whether a heading of the piece is one that a key of `headings` means, compared as the reader does."""
        folded = " ".join(key.split()).casefold()
        if folded in self._folded:
            return True
        return "*" in folded and any(fnmatch.fnmatchcase(field, folded) for field in self._folded)

    def _knows_path(self, column: str, by_words: bool) -> bool:
        """A path is known as the end of a longer one, or part by part: a reader in code takes one step at a time."""
        path = _LIST.sub("", column)
        if path in self._exact or any(field.endswith(f".{path}") for field in self._fields):
            return True
        parts = [*path.split("."), *_filters(column)]
        if len(parts) < 2 and path == column and "@" not in path:
            return False
        return all(self._knows_part(part, by_words) for part in parts)

    def _knows_part(self, part: str, by_words: bool) -> bool:
        plain = part.lstrip("@")
        return (
            part in self._names.given
            or part in self._exact
            or plain in self._exact
            or any(plain == each.lstrip("@") for field in self._fields for each in field.split("."))
            or (by_words and _words(plain) in self._words)
        )


def _filters(column: str) -> Iterable[str]:
    """The keys that a path chooses items of lists by."""
    return [found.partition("=")[0] for found in re.findall(r"\[([^\]=]+)=", column)]


def _words(name: str) -> str:
    return _NO_WORD.sub("_", name.casefold()).strip("_")
