"""Files of the demo's register of licenses, as tests write them."""

from __future__ import annotations

from pathlib import Path

HEADER = "license_number,business_name,owner,address,city,region,postcode,phone,status,issued,expires"


def line(number: int, name: str = "Spa") -> str:
    """A row of one license."""
    return f"MT-{number},{name},Robin Doe,1 Elm St,Oakland,CA,94601,415-555-0142,active,2024-01-01,2026-01-01"


def write(path: Path, *lines: str, encoding: str = "utf-8", end: str = "\n") -> Path:
    """A file of such rows under their heading."""
    path.parent.mkdir(exist_ok=True)
    path.write_bytes("".join(text + end for text in (HEADER, *lines)).encode(encoding))
    return path
