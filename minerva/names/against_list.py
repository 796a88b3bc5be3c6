"""Names of organizations answered from a list: JSON lines `{id, name}` of both in, who of the list each is out.

One answer needs to stand out: where two holders of the list fit a name equally well, it says so and names neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from minerva.json_lines import is_empty, loaded
from minerva.names.organization_list import OrganizationList, organization_form

LEAST = 0.6
"""Least score of an answer."""
SHOWN_WORDS = 6


class ListedNames:
    """A list ready to be asked. Lines of one id are writings of one holder; a line without name or id is left out."""

    def __init__(self, lines: Iterable[str]) -> None:
        entries = [entry for entry in map(_entry, lines) if all(entry)]
        self._ids = [number for number, _ in entries]
        self._names = [name for _, name in entries]
        self._list = OrganizationList([organization_form(name) for name in self._names], self._ids)

    def answer(self, line: str) -> dict[str, Any]:
        """Returns {id, match, name, score, reasons}: the holder's id and the writing of it that is most alike."""
        number, name = _entry(line)
        found: dict[str, Any] = {"id": number or None, "match": None, "name": None, "score": 0.0}
        if not name:
            return {**found, "reasons": ["not a JSON object with id and name"]}
        best = self._list.holders(organization_form(name))
        if not best:
            return {**found, "reasons": ["no name of the list shares a telling word"]}
        first = best[0]
        score = round(first.score, 4)
        words = ", ".join(first.shared[:SHOWN_WORDS]) or "what many of the list share"
        equal = [each for each in best if first.rank - each.rank < 1e-9]
        if first.score < LEAST:
            return {**found, "score": score, "reasons": [f"too little: {words} in {self._names[first.position]}"]}
        if len(equal) > 1:
            return {**found, "score": score, "reasons": [f"{len(equal)} of the list fit equally well: {words}"]}
        return {**found, "match": self._ids[first.position], "name": self._names[first.position], "score": score,
                "reasons": [f"both hold {words}"]}  # fmt: skip

    def best(self, name: str) -> str | None:
        """Returns the id of the holder that fits best, however little and even where others fit as well."""
        found = self._list.holders(organization_form(name))
        return self._ids[found[0].position] if found else None

    def answers(self, lines: Iterable[str]) -> Iterator[dict[str, Any]]:
        """Yields the answer to each line."""
        return map(self.answer, lines)


def _entry(line: str) -> tuple[str, str]:
    try:
        given = loaded(line)
    except ValueError:
        return "", ""
    if not isinstance(given, dict):
        return "", ""
    number, name = given.get("id"), given.get("name")
    return "" if is_empty(number) else str(number), "" if is_empty(name) else str(name).strip()
