"""Field names with wildcards: which fields of a row they match, and what each wildcard stood for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache


@lru_cache(maxsize=4096)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile("(.*)".join(re.escape(part) for part in pattern.split("*")), re.DOTALL)


class FieldPattern:
    """A field name in which `*` stands for any text. `*` alone and `a*` leave out names that begin with an underscore
    unless the pattern itself begins with one."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.wildcard = "*" in text
        self._pattern = _compiled(text)

    def segments(self, name: str) -> tuple[str, ...] | None:
        """Returns what the wildcards match in the name, or None when the name does not match."""
        match = self._pattern.fullmatch(name)
        return None if match is None else match.groups()

    def matches(self, name: str) -> bool:
        if not self.wildcard:
            return name == self.text
        if name.startswith("_") and not self.text.startswith("_"):
            return False
        return self._pattern.fullmatch(name) is not None


class FieldSet:
    """A list of names and wildcards, with a memory of the names it has judged."""

    def __init__(self, names: Sequence[str]) -> None:
        self.patterns = [FieldPattern(name) for name in names]
        self._judged: dict[str, bool] = {}

    def __contains__(self, name: str) -> bool:
        known = self._judged.get(name)
        if known is None:
            known = self._judged[name] = any(pattern.matches(name) for pattern in self.patterns)
        return known

    def expand(self, names: Iterable[str]) -> list[str]:
        """Returns the matching names, in the order of the list, then of the names; plain names even if absent."""
        found: dict[str, None] = {}
        everything = list(names)
        for pattern in self.patterns:
            if not pattern.wildcard:
                found[pattern.text] = None
                continue
            for name in everything:
                if pattern.matches(name):
                    found[name] = None
        return list(found)
