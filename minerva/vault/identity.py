"""What the vault keeps of a person, and no more: names, strong identifiers, an age band. Pure.

A date of birth becomes a band; whatever has no place here is dropped and counted, never stored.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from minerva.records.ages import AGE, BORN, band_in
from minerva.sharing.strong import strong_form
from minerva.tenancy.asking import BadRequest

MAX_TEXTS, MAX_TEXT = 50, 200


@dataclass(frozen=True)
class Identity:
    """A person as the vault keeps them. `dropped`: names of the fields that were given and not kept."""

    names: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    age_band: str = ""
    reference: str = ""
    """The owner's own number of the person, as in its case files."""
    dropped: tuple[str, ...] = field(default=(), compare=False)


def read_identity(given: Any, today: date, regions: Sequence[str] = ()) -> Identity:  # Any: what JSON holds
    """The identity of a body, its numbers as dialed in one of `regions`.

    Raises BadRequest for wrong types, and where nothing is left to find the person by.
    """
    if not isinstance(given, Mapping):
        raise BadRequest("identity: expected an object with names, identifiers, date_of_birth or age, reference")
    names = _texts(given, "names")
    identifiers = tuple(sorted({strong_form(each, regions) for each in _texts(given, "identifiers")}))
    reference = given.get("reference", "")
    if not isinstance(reference, str) or len(reference) > MAX_TEXT:
        raise BadRequest(f"identity.reference: expected text of at most {MAX_TEXT} characters")
    if not identifiers and not reference:
        raise BadRequest("identity: expected identifiers or a reference, to find the person again by")
    kept = {"names", "identifiers", "reference", AGE} | BORN
    dropped = tuple(sorted(str(key) for key in given if key not in kept))
    return Identity(tuple(sorted(set(names))), identifiers, band_in(given, today), reference, dropped)


def _texts(given: Mapping[str, Any], key: str) -> list[str]:
    value = given.get(key, [])
    texts = [value] if isinstance(value, str) else value
    if not isinstance(texts, list) or len(texts) > MAX_TEXTS:
        raise BadRequest(f"identity.{key}: expected text or a list of at most {MAX_TEXTS} texts")
    if not all(isinstance(each, str) and 0 < len(each) <= MAX_TEXT for each in texts):
        raise BadRequest(f"identity.{key}: expected texts of 1 to {MAX_TEXT} characters")
    return texts
