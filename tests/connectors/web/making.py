"""Small web sources for tests: one field map, any `http` table."""

from __future__ import annotations

from typing import Any

from minerva.intake.facts.source import Source, source_from_document

_LEGAL = {
    "owner": "a register",
    "licence": "open",
    "terms": "none",
    "terms_allow": True,
    "robots": "not_applicable",
    "personal_data": "contact",
    "retention_days": 365,
    "marking": "L0",
}


def document(mapping: dict[str, Any] | None = None, **http: Any) -> dict[str, Any]:
    """The facts of a register with the columns id, name and city; `http` is completed by an address."""
    return {
        "id": "web_register",
        "family": "demo",
        "title": "A register",
        "description": "Synthetic.",
        "legal": _LEGAL,
        "record_type": "license",
        "expect": {"min": 0},
        "mapping": {"key": ["id"], "fields": {"name": "name", "city": "city"}, "extract": [], **(mapping or {})},
        "http": {"base_url": "https://register.example.org", "path": "/list", "rate": {"per_second": 0}, **http},
    }


def web_source(mapping: dict[str, Any] | None = None, **http: Any) -> Source:
    """The same as a Source."""
    return source_from_document(document(mapping, **http))


def rows(numbers: Any) -> list[dict[str, str]]:
    """Rows of the register."""
    return [{"id": str(number), "name": f"Name {number}", "city": "Riverton"} for number in numbers]


def csv_text(numbers: Any, **changed: str) -> bytes:
    """The same as CSV; `changed`: names by number (`n7="Other"`)."""
    lines = [f"{n},{changed.get(f'n{n}', f'Name {n}')},Riverton" for n in numbers]
    return "\n".join(["id,name,city", *lines, ""]).encode()
