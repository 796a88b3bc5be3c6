"""Command line of linking: JSON lines of records in, `{record_id, entity_id, reasons}` out, one line each, in order;
and `related` where another entity is of the same site or firm, or many share the address. What was not compared, as too
many records share it, is counted on standard error.

    python -m minerva.linking < records.jsonl

A record has record_id, source_id and any of name, address, city, region, postcode, country, record_type, phone, email,
username, platform, url, text, identifiers (list of kind:value), latitude and longitude (degrees), time (epoch seconds),
opened and closed (dates). Absent, null, empty are the same.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from minerva.identifiers import KIND_BY_NAME, IdentifierError
from minerva.json_lines import command, is_empty, loaded, standard_input, write_answers
from minerva.linking.model import Join
from minerva.linking.places.stated import strength_told
from minerva.linking.relations import seen_from, worded
from minerva.linking.resolve import resolve
from minerva.linking.skipped import noted, sentences
from minerva.linking.strength import ANY_PLATFORM
from minerva.names.username_parts import plain_form
from minerva.records import Column, identify

_COLUMNS = ("phone", "email", "username", "url")
_TENANT = "local"
_MOST_REASONS = 20
GIVEN_AGAIN = "this record_id was given before with other content: the line that came first counts"


def answer(lines: Iterable[str], report: Callable[[str], object] = len) -> Iterator[dict[str, Any]]:
    """Yields one answer per input line; a line that is no record gets `entity_id: null` and `error`. report: is told
    what was not compared."""
    rows: dict[str, dict[str, Any]] = {}
    told: list[tuple[str, str, str]] = []  # record_id, error, what else is to be said
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        row, error = read_line(line, number)
        record_id = str(row.get("record_id", ""))
        again = rows.setdefault(record_id, row) != row if not error else False
        told.append((record_id, error, GIVEN_AGAIN if again else ""))
    resolution = resolve(rows.values(), {}, _TENANT)
    for sentence in sentences(noted(resolution.skipped)):
        report(f"not compared: {sentence}\n")
    reasons: dict[str, list[str]] = {}
    more: dict[str, int] = {}
    for entity in resolution.entities:
        for join in entity.joins:
            for record_id in (join.a, join.b):
                held = reasons.setdefault(record_id, [])
                if len(held) < _MOST_REASONS:
                    held.append(_reason(join, record_id))
                else:
                    more[record_id] = more.get(record_id, 0) + 1
    related: dict[str, list[str]] = {}
    for relation in resolution.relations:
        for record_id, other in ((relation.a, relation.b), (relation.b, relation.a)):
            held = related.setdefault(record_id, [])
            if len(held) < _MOST_REASONS:
                held.append(f"{worded(seen_from(relation, record_id), other)}: {relation.why}")
    for record_id, names in resolution.buildings.items():
        related.setdefault(record_id, []).append(
            f"a shared building: at least {names} names at this address, which joins nobody by itself"
        )
    for record_id, count in more.items():
        reasons[record_id].append(f"and {count} more joins")
    for record_id, error, said in told:
        if error:
            yield {"record_id": record_id or None, "entity_id": None, "reasons": [], "error": error}
        else:
            yield {
                "record_id": record_id,
                "entity_id": resolution.members[record_id],
                "reasons": [*reasons.get(record_id, []), *([said] if said else [])],
                **({"related": related[record_id]} if record_id in related else {}),
            }


def read_line(line: str, number: int) -> tuple[dict[str, Any], str]:
    """Returns (row for resolve, ""), or ({}, what is wrong). Identifiers are found in columns and text."""
    try:
        given = loaded(line)
    except ValueError:
        return {}, f"line {number}: not JSON; expected one object a line"
    record_id = given.get("record_id") if isinstance(given, dict) else None
    if is_empty(record_id) or not isinstance(record_id, (str, int, float)):
        return {}, f"line {number}: expected an object with record_id"
    row = {key: value for key, value in given.items() if not is_empty(value)}
    row["record_id"] = str(record_id)
    city = str(row.get("city", ""))
    platform = str(row.get("platform", ""))
    columns = [Column(name, name, value, platform) for name in _COLUMNS for value in _values(row.get(name))]
    texts = {"text": "\n".join(_values(row["text"]))} if "text" in row else {}
    found = identify(texts, columns, region=str(row.get("country") or "US"), city=city or None)
    identifiers = [_normal(value) for value in _values(row.pop("identifiers", None))]
    identifiers += [item.identifier for item in found]
    if not platform and not any(value.startswith("username:") for value in identifiers):
        identifiers += [f"username:{ANY_PLATFORM}{name}" for value in _values(row.get("username"))
                        if (name := _plain_username(value))]  # fmt: skip
    row["identifier"] = sorted(set(identifiers))
    return row, ""


def _plain_username(value: str) -> str:
    """Returns a user name whose platform nobody told, or "" for what is none."""
    name = plain_form(value)
    return name if name and not any(sign.isspace() for sign in name) else ""


def _normal(identifier: str) -> str:
    """Returns an identifier in the normal form of its kind; one of a kind or form we do not know stays as it is."""
    kind, _, value = identifier.partition(":")
    if kind not in KIND_BY_NAME:
        return identifier
    try:
        return f"{kind}:{KIND_BY_NAME[kind].normalize(value)}"
    except IdentifierError:
        return identifier


def _reason(join: Join, record_id: str) -> str:
    other = join.b if join.a == record_id else join.a
    return f"{join.rule} with {other}: {join.why} ({strength_told(join.rule, join.strength, join.why)})"


def _values(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [str(item) for item in values if not is_empty(item)]


def main() -> None:
    """Reads standard input, writes standard output."""
    command("minerva.linking", __doc__).parse_args()
    write_answers(answer(standard_input(), sys.stderr.write))


if __name__ == "__main__":
    main()
