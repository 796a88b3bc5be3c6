"""Identifiers added to rows: what the search command minervaextract does, without Splunk."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import minerva.identifiers
from minerva.identifiers import Evidence, Kind, extract_each
from minerva.identifiers.errors import IdentifierError
from minerva.identifiers.kept import answers_to
from minerva.identifiers.spliced_rows import written

if TYPE_CHECKING:
    from minerva.identifiers.unplaced_phones import Reading

    SEARCHABLE: tuple[str, ...]
    SEARCHED: tuple[str, ...]


def __getattr__(name: str) -> tuple[str, ...]:  # known once all kinds are asked for
    """SEARCHABLE (kinds that free text can hold; the others are read from columns when records are made) and SEARCHED
    (kinds that are searched for unless others are named)."""
    if name not in ("SEARCHABLE", "SEARCHED"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    kinds = minerva.identifiers.KINDS
    if name == "SEARCHABLE":
        return tuple(kind.NAME for kind in kinds if kind.extract.__func__ is not Kind.extract.__func__)  # type: ignore[attr-defined]  # bound
    searchable = __getattr__("SEARCHABLE")
    return tuple(kind.NAME for kind in kinds if kind.NAME in searchable and not kind.ATTRIBUTE)


_PAYS_FROM = 2_000_000
"""Characters from which on a search takes numpy: its import has paid when about as many again are read."""
_SAMPLE = 200


class OptionError(IdentifierError):
    """An option of the command cannot be used; the message names it, what was given and what is expected."""


class Options(NamedTuple):
    fields: tuple[str, ...]
    kinds: tuple[str, ...]
    region: str | None = None
    region_field: str | None = None
    minimum: float = 0.5

    @property
    def added_fields(self) -> tuple[str, ...]:
        return ("identifier", "identifier_evidence", *self.kinds)


def read_options(given: Mapping[str, str | None], names: Sequence[str] = ()) -> Options:
    """Options from their texts (keys fields, kinds, region, region_field, minconfidence; None = absent) and from field
    names given without an option. Raises OptionError."""
    fields = (*_list(given.get("fields")), *(name for each in names for name in _list(each)))
    kinds = _list(given.get("kinds")) or list(__getattr__("SEARCHED"))
    for kind in kinds:
        # A search for phones alone, the usual one, imports no other kind.
        if kind != "phone" and kind not in __getattr__("SEARCHABLE"):
            searchable = ", ".join(__getattr__("SEARCHABLE"))
            raise OptionError(f"kinds: '{kind}' cannot be searched for; choose from {searchable}")
    region = (given.get("region") or "").strip() or None
    if region is not None and not re.fullmatch(r"[A-Za-z]{2}", region):
        raise OptionError(f"region: expected a two-letter country code such as US, not '{region}'")
    minimum = (given.get("minconfidence") or "0.5").strip()
    if not re.fullmatch(r"0|1|0?\.[0-9]+|[01]\.0*|0\.[0-9]+", minimum):
        raise OptionError(f"minconfidence: expected a number from 0 to 1, not '{minimum}'")
    return Options(
        tuple(dict.fromkeys(fields)) or ("_raw",),
        tuple(dict.fromkeys(kinds)),
        region.upper() if region else None,
        (given.get("region_field") or "").strip() or None,
        float(minimum),
    )


def annotate(rows: Iterable[dict[str, Any]], options: Options) -> Iterator[dict[str, Any]]:
    """Each row with the fields `options.added_fields` set (None where nothing was found, so that every row has them).

    Cells may be text or lists of text; a list's items are searched one by one and evidence counts within the item.
    """
    search = Search(options)
    for row in rows:
        region = options.region
        if options.region_field is not None:
            region = first_text(row.get(options.region_field)) or region
        values = search.values([(field, row.get(field)) for field in options.fields], region)
        row.update(zip(options.added_fields, values))
        yield row


@cache
def has_numpy() -> bool:
    """Whether numpy is there; imports it."""
    # Nothing is multiplied here: the threads that its linear algebra starts take as long as all else of the import.
    is_set = _THREADS in os.environ
    os.environ.setdefault(_THREADS, "1")
    try:
        import numpy  # noqa: F401
    except ImportError:
        return False
    finally:
        if not is_set:
            del os.environ[_THREADS]
    return True


_THREADS = "OPENBLAS_NUM_THREADS"


class Search:
    """The search for `options.kinds`, row by row. What short texts hold is kept: titles and handles repeat."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self._nothing: list[Any] = [None] * len(options.added_fields)
        self._characters = 0
        self._known_phones: dict[tuple[str, str | None], list[Reading]] = {}
        self._known: dict[str, dict[tuple[str, str | None], list[Evidence]]] = {}
        """By field."""

    def values(self, cells: Iterable[tuple[str, Any]], region: str | None) -> list[Any]:
        """The values of `options.added_fields` for the (field, cell) of a row: None, one text or several."""
        found: list[Evidence] = []
        for field, cell in cells:
            if not cell:
                continue
            for text in [cell] if type(cell) is str else _texts(cell):
                found += self._in_each([(text, region)], field)[0]
        return self._summary(found) if found else self._nothing

    def _summary(self, found: list[Evidence]) -> list[Any]:
        by_kind: dict[str, dict[str, None]] = {kind: {} for kind in self.options.kinds}
        for item in found:
            kind, _, value = item.identifier.partition(":")
            if kind in by_kind:
                by_kind[kind][value] = None
        return [
            _several(dict.fromkeys([item.identifier for item in found])),
            _several([item.to_json() for item in found]),
            *map(_several, by_kind.values()),
        ]

    def added_cells(
        self, columns: Sequence[Sequence[str]], fields: Sequence[str], regions: Sequence[str | None]
    ) -> list[str]:
        """`values` of each row as the csv module writes them, each followed by its twin: the cells that a row gets.

        `columns` holds the texts of each of `fields`, row by row.
        """
        if self.options.kinds == ("phone",):
            return self._phone_cells(columns, fields, regions)
        nothing = "," * (2 * len(self._nothing) - 1)
        found: list[list[Evidence]] = [[] for _ in regions]
        for texts, field in zip(columns, fields):
            for row, own in zip(found, self._in_each(list(zip(texts, regions)), field)):
                row += own
        return [self._written(row) if row else nothing for row in found]

    def _phone_cells(
        self, columns: Sequence[Sequence[str]], fields: Sequence[str], regions: Sequence[str | None]
    ) -> list[str]:
        from minerva.identifiers import phone_cells, phone_texts

        found = []
        for texts, field in zip(columns, fields):
            if _repeat(texts):
                # Few texts among many rows, as titles are.
                order = {pair: place for place, pair in enumerate(dict.fromkeys(zip(texts, regions)))}
                once = [text for text, _ in order]
                phones = phone_texts.find_in_each(once, [region for _, region in order], self._known_phones)
                if phones.texts:
                    phones = phones.spread([order[pair] for pair in zip(texts, regions)])
            elif self._reads_many(texts):
                phones = phone_texts.find_in_all(texts, regions)
            else:
                phones = phone_texts.find_in_each(texts, regions, self._known_phones)
            found.append((field, texts, phones.surer_than(self.options.minimum)))
        return phone_cells.cells(len(regions), found)

    def _reads_many(self, texts: Sequence[str]) -> bool:
        """Whether numpy is at hand and pays: enough is read in this search for its import."""
        self._characters += sum(map(len, texts))
        return self._characters >= _PAYS_FROM and has_numpy()

    def _written(self, found: list[Evidence]) -> str:
        if len(found) == 1 and len(self._nothing) == 3:
            # One phone, most of what is found where phones alone are looked for: nothing but the JSON needs quotes.
            identifier = found[0].identifier
            if "," not in identifier and '"' not in identifier and "\n" not in identifier and "\r" not in identifier:
                coded = found[0].to_json().replace('"', '""')
                return f'{identifier},,"{coded}",,{identifier.partition(":")[2]},'
        cells: list[str] = []
        for value in self._summary(found):
            cells += ("", "") if value is None else (value, "") if type(value) is str else several_cells(value)
        return written(cells)

    def _in_each(self, asked: Sequence[tuple[str, str | None]], field: str) -> list[list[Evidence]]:
        """What each text of a field holds, with its region."""

        def read(texts: Sequence[str], regions: Sequence[str | None]) -> list[list[Evidence]]:
            found = extract_each(texts, kinds=self.options.kinds, regions=regions, field=field)
            minimum = self.options.minimum
            return [[item for item in own if item.confidence >= minimum] if own else own for own in found]

        return answers_to(asked, self._known.setdefault(field, {}), read)


def _repeat(texts: Sequence[str]) -> bool:
    sample = texts[:_SAMPLE]
    return len(set(sample)) * 2 < len(sample)


def _list(text: str | None) -> list[str]:
    return [part for part in re.split(r"[,\s]+", (text or "").strip()) if part]


def _texts(cell: Any) -> list[str]:
    if cell is None:
        return []
    return [str(each) for each in cell] if isinstance(cell, (list, tuple)) else [str(cell)]


def first_text(cell: Any) -> str | None:
    """The first text of a cell without blanks around, None if it has none."""
    texts = _texts(cell)
    return texts[0].strip() if texts and texts[0].strip() else None


def several_cells(values: Sequence[str]) -> tuple[str, str]:
    """A field's cell and its twin's for several values; one value has no twin, and without any both are empty."""
    if len(values) < 2:
        return values[0] if values else "", ""
    return "\n".join(values), ";".join([f"${value.replace('$', '$$')}$" for value in values])


def _several(values: Iterable[str]) -> Any:
    kept = list(values)
    return None if not kept else kept[0] if len(kept) == 1 else kept
