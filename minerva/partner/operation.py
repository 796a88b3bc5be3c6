"""What an operation of the API is: one entry of the registry, from which routing, checks and the contract follow."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Callable

from minerva.partner.contract.checking import Schema
from minerva.partner.desk import Desk
from minerva.tenancy.asking import Store

_VARIABLE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Call:
    """One request as an operation sees it: checked, begun in the audit, within its limits.

    `path` and `query` by name, `body` as sent. `store` decides and keeps the trail; `desk` is what is shared.
    """

    operation: Operation
    path: Mapping[str, str]
    query: Mapping[str, Any]
    body: Mapping[str, Any]
    store: Store
    desk: Desk
    tenant: Mapping[str, str]
    """{"tenant_id": id} if the caller named one, else empty: to be put into bodies for `minerva.tenancy`."""


@dataclass(frozen=True)
class Operation:
    """`run` gives the payload of the reply or raises Problem, BadRequest, Contradicts or Absent.

    `path` is below the base, with `{name}` for ids of documents: identifiers never stand in it. `variables` and
    `query` hold a schema by name; `body` is the schema of the body, None for GET and DELETE. `changes` marks what
    changes state: it takes an Idempotency-Key, and `run` writes the trail before it changes anything. `statuses` are
    those of its own beside the ones that every operation may answer. `cost` is what a request counts in the limits.
    `stated` marks what needs purpose and case. `one_of` names keys of the body of which exactly one is given.
    """

    operation_id: str
    method: str
    path: str
    summary: str
    description: str
    run: Callable[[Call], dict[str, Any]]
    answer: Schema
    body: Schema | None = None
    variables: Mapping[str, Schema] = field(default_factory=dict)
    query: Mapping[str, Schema] = field(default_factory=dict)
    status: int = 200
    changes: bool = False
    statuses: tuple[int, ...] = ()
    cost: int = 1
    stated: bool = False
    one_of: tuple[str, ...] = ()

    @cached_property
    def _form(self) -> re.Pattern[str]:
        parts = _VARIABLE.split(self.path)
        return re.compile("".join(re.escape(part) if at % 2 == 0 else "([^/]+)" for at, part in enumerate(parts)))

    def match(self, path: str) -> dict[str, str] | None:
        """Returns the variables of a path that is this operation's, else None."""
        found = self._form.fullmatch(path)
        return None if found is None else dict(zip(_VARIABLE.findall(self.path), found.groups()))
