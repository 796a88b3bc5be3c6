"""The evidence of one record: free texts are searched, structured columns are read as what they are said to hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from minerva.identifiers import KIND_BY_NAME, extract, extract_each
from minerva.identifiers.errors import InvalidIdentifier
from minerva.identifiers.evidence import Evidence

COLUMN_CONFIDENCE = 0.99
"""A value in a column that is meant for it: wrong only where the source itself is wrong."""

PROFILE_CONFIDENCE = 0.95


@dataclass(frozen=True)
class Column:
    """One structured value: `field` is its event key (`attributes.phone`), `kind` what it is meant to hold.

    `qualifier` is the platform of a username or the register of a license or company number.
    """

    field: str
    kind: str
    value: str
    qualifier: str = ""


def identify(
    texts: Mapping[str, str],
    columns: Iterable[Column] = (),
    *,
    region: str | None = None,
    city: str | None = None,
) -> tuple[Evidence, ...]:
    """Evidence of every identifier in a record, columns first, without repeats of one identifier in one field.

    `texts` maps event keys (`title`, `text`, `url`) to free text that is searched for every kind. A column gives at
    most one identifier spanning its value; a seven-digit phone column becomes a `local_phone` of `city`; a column
    that does not hold what it is meant to is searched as free text instead. `region` is an ISO 3166 code and only a
    hint for numbers written without country code. Raises UnknownKind if a column names no kind; bad values never
    raise.
    """
    found: list[Evidence] = []
    for column in columns:
        found.extend(_read_column(column, region, city))
    for field, text in texts.items():
        found.extend(_likely(extract(text, region=region, field=field), region))
    return tuple({(item.identifier, item.field): item for item in reversed(found)}.values())[::-1]


def search_each(searches: Sequence[tuple[str, str, str]]) -> list[list[Evidence]]:
    """What `identify` finds in each (field, text, region or ""), the same text searched once."""
    found: dict[tuple[str, str, str], list[Evidence]] = {search: [] for search in searches}
    for field in {field for field, _, _ in found}:
        asked = [search for search in found if search[0] == field]
        regions = [region or None for _, _, region in asked]
        each = extract_each([text for _, text, _ in asked], regions=regions, field=field)
        for search, region, own in zip(asked, regions, each):
            found[search] = _likely(own, region)
    return [found[search] for search in searches]


def read_column(column: Column, region: str, city: str) -> list[Evidence]:
    """What `identify` reads of one column; `region` and `city` may be ""."""
    return _read_column(column, region or None, city or None)


def why_unread(column: Column, *, region: str | None = None) -> str:
    """Returns why nothing of what a column is meant to hold is found in it, without its value; "" if something is."""
    if _read_column(column, region, None):
        return ""
    try:
        KIND_BY_NAME.require(column.kind).normalize(column.value.strip(), region=region, qualifier=column.qualifier)
    except InvalidIdentifier as error:
        return error.reason
    return "nothing is left of it once it is cleaned"


def _read_column(column: Column, region: str | None, city: str | None) -> list[Evidence]:
    kind = KIND_BY_NAME.require(column.kind)
    start = len(column.value) - len(column.value.lstrip())
    raw = column.value.strip()
    if not raw:
        return []
    kinds = (kind, KIND_BY_NAME["local_phone"]) if column.kind == "phone" else (kind,)
    for each in kinds:
        try:
            value = each.normalize(raw, region=region, qualifier=column.qualifier, city=city)
        except InvalidIdentifier:
            continue
        name = f"{each.NAME}:{value}"
        return [Evidence(name, raw, column.field, start, start + len(raw), "column", COLUMN_CONFIDENCE)]
    return _likely(extract(column.value, kinds=(column.kind,), region=region, field=column.field), region)


def _likely(found: list[Evidence], region: str | None) -> list[Evidence]:
    """What was found, of phones of no known country those alone of which one reading stands out: the others would link
    strangers."""
    return [item for item in found if region or item.kind != "phone" or item.confidence >= _LIKELY]


_LIKELY = 0.5
