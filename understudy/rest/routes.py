"""The route table: every endpoint the stand-in serves, each a (methods, pattern, handler) of its area's file.

A pattern's `{name}` is one path element, `{name*}` the rest of the path. The first fitting pattern wins.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from starlette.responses import Response

from understudy.rest.call import Call

Handler = Callable[[Call], Response]
AREAS = (
    "authentication",
    "server",
    "search_results",
    "search_jobs",
    "search_language",
    "saved_searches",
    "alerts",
    "conf_objects",
    "views",
    "lookup_tables",
    "search_knowledge",
    "collector_tokens",
    "file_inputs",
    "kept_only",
    "inputs",
    "receivers",
    "storage_passwords",
    "storage_collections",
    "users",
    "tokens",
    "roles",
    "indexes",
    "apps",
)


@dataclass(frozen=True)
class Route:
    """public: may be called without a session."""

    methods: Sequence[str]
    pattern: str
    handler: Handler
    public: bool = False

    @cached_property
    def _parts(self) -> list[str]:
        return self.pattern.split("/") if self.pattern else []

    def match(self, elements: Sequence[str]) -> dict[str, str] | None:
        """Returns the parts of the path that the pattern names, None if it does not fit."""
        wanted = self._parts
        if wanted and "{" not in wanted[0] and (not elements or wanted[0] != elements[0]):
            return None
        found: dict[str, str] = {}
        for index, part in enumerate(wanted):
            if part.startswith("{") and part.endswith("*}"):
                if index >= len(elements):
                    return None
                found[part[1:-2]] = "/".join(elements[index:])
                return found
            if index >= len(elements):
                return None
            if part.startswith("{") and part.endswith("}"):
                found[part[1:-1]] = elements[index]
            elif "{" in part:
                head = part.split("{", 1)[0]
                if not elements[index].startswith(head) or len(elements[index]) == len(head):
                    return None
                found[part.split("{", 1)[1][:-1]] = elements[index][len(head) :]
            elif part != elements[index]:
                return None
        return found if len(elements) == len(wanted) else None


@lru_cache(maxsize=1)
def table() -> list[Route]:
    """Returns every route, in the order of the areas."""
    found: list[Route] = []
    for area in AREAS:
        found += importlib.import_module(f"understudy.rest.{area}").ROUTES
    return found
