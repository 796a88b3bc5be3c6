"""The shapes that cross the SPL room: rows, streams, the context of a search, and the seams to store, tables and apps.

No logic lives here. A null value is an absent key; a multivalue is a list of two or more scalars; a list is never
empty and never nested. Numbers are int or float, everything else is str; true and false exist only inside eval.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import Any, Protocol, Union

from understudy.spl.search_tree import Node

Scalar = Union[str, int, float]
Value = Union[Scalar, list[Scalar]]
Row = dict[str, Value]


@dataclass(frozen=True)
class Leaf:
    """What a first `search` reads: the range is [earliest, latest)."""

    tree: Node
    earliest: float | None
    latest: float | None


@dataclass
class Stream:
    """Rows on their way through the pipeline, read once.

    fields: column order where a command fixes it (table, stats, ...); None = order of first appearance in the rows.
    first: True only for what stands before a pipeline's first command (no rows; `search` then reads events).
    """

    rows: Iterator[Row]
    fields: list[str] | None = None
    first: bool = False
    leaf: Leaf | None = None
    """Set only on what a first `search` gives, for the store to see which commands follow."""


@dataclass(frozen=True)
class Token:
    """One piece of a command's arguments. kind: word, string, punct, subsearch, backtick (never after macro expansion).

    text: the value (quotes taken off, escapes resolved); raw: as written; position: offset in the whole search text.
    A subsearch token's text is what stands between its brackets.
    """

    kind: str
    text: str
    raw: str
    position: int
    spaced: bool = False
    """True when white space stands before the token: `a=b` and `a = b`, `foo(bar)` and `foo (bar)` differ."""


@dataclass(frozen=True)
class Arguments:
    """What stands after a command's name: the raw text with its offset, and its tokens."""

    command: str
    text: str
    position: int
    tokens: Sequence[Token]


@dataclass(frozen=True)
class Macro:
    definition: str
    arguments: Sequence[str] = ()
    iseval: bool = False
    validation: str = ""
    errormsg: str = ""


@dataclass(frozen=True)
class SavedSearch:
    name: str
    search: str
    earliest: str = ""
    latest: str = ""
    dispatch_as: str = "owner"
    owner: str = "nobody"
    app: str = ""


@dataclass(frozen=True)
class LookupDefinition:
    """How a lookup answers. fields is the column order of the table behind it (empty: unknown)."""

    name: str
    fields: Sequence[str]
    max_matches: int = 100
    min_matches: int = 0
    default_match: str = ""
    case_sensitive: bool = True
    match_types: Mapping[str, str] = field(default_factory=dict)
    """field -> EXACT, WILDCARD or CIDR"""
    filter: str = ""
    time_field: str = ""
    """Not empty: an entry matches from its time on, min_offset to max_offset seconds later; the nearest first."""
    time_format: str = "%s.%Q"
    min_offset: float = 0
    max_offset: float = 2_000_000_000


class Events(Protocol):
    """Indexed events as one user may see them: roles are applied inside, at every leaf."""

    def scan(self, tree: Node, earliest: float | None, latest: float | None, context: Context) -> Iterator[Row]:
        """Yields matching events newest first, search-time fields extracted. Range is [earliest, latest)."""

    def pushed(self, leaf: Leaf, following: Sequence[Any], context: Context) -> tuple[int, Stream] | None:
        """Returns how many of the planned commands that follow are answered here, and their rows; None: none."""

    def candidates(self, leaf: Leaf, context: Context) -> int | None:
        """Returns how many events a search has to look at, None where only reading them would tell."""

    def tstats(self, request: Any, context: Context) -> Stream:
        """Answers a parsed tstats (understudy.spl.commands.tstats.Request) from indexed fields only."""

    def indexes(self) -> Sequence[Mapping[str, Any]]:
        """Returns the visible indexes: name, event count, first and last time."""

    def metadata(self, kind: str, tree: Node, context: Context) -> Iterator[Row]:
        """Yields hosts, sources or sourcetypes with counts and times."""


class Tables(Protocol):
    """Lookup files and KV collections, by definition name or file name, as one user may see them."""

    def definition(self, name: str) -> LookupDefinition:
        """Raises MissingError("lookup 'NAME' not found")."""

    def rows(self, name: str) -> Iterable[Row]:
        """Yields the table's rows; KV rows carry _key."""

    def write(
        self,
        name: str,
        rows: Iterable[Row],
        *,
        append: bool,
        key_field: str | None,
        create_empty: bool,
        place: str = "app",
        insert_only: bool = False,
        multivalue: bool = False,
    ) -> int:
        """Writes rows whole or not at all; returns how many were written. No rows: an empty table, or none at all.

        place: app, user or system, where a file that is new goes. insert_only: rows of a KV collection whose key is
        there already are left as they are. multivalue: a file keeps several values of a field apart.
        """


class CustomCommand(Protocol):
    """A search command of an app, behind the chunked protocol."""

    generating: bool

    def run(self, arguments: Arguments, stream: Stream, context: Context) -> Stream:
        """Runs the command's process over the stream; its messages go to context.messages."""


class Knowledge(Protocol):
    """Knowledge objects of the apps, as one user may see them."""

    def macro(self, name: str, count: int) -> Macro | None: ...

    def saved_search(self, name: str) -> SavedSearch | None: ...

    def custom_command(self, name: str) -> CustomCommand | None: ...

    def event_type(self, name: str) -> str | None: ...

    def job(self, sid: str) -> Stream | None: ...

    def rest(self, path: str, parameters: Mapping[str, str]) -> Iterator[Row]: ...


@dataclass(frozen=True)
class Message:
    """severity: DEBUG, INFO, WARN, ERROR, FATAL."""

    severity: str
    text: str


@dataclass
class Limits:
    """Splunk's limits.conf defaults that change answers."""

    subsearch_rows: int = 10_000
    join_rows: int = 50_000
    result_rows: int = 50_000
    sort_rows: int = 10_000
    list_values: int = 100
    json_bytes: int = 5_000
    """Bytes of a JSON text that are read where all fields are extracted."""


@dataclass
class Context:
    """Everything a running search may ask for. One per search; a subsearch gets a child by `dataclasses.replace`."""

    events: Events
    tables: Tables
    knowledge: Knowledge
    now: float
    zone: tzinfo
    earliest: float | None = None
    latest: float | None = None
    user: str = "admin"
    app: str = "search"
    sid: str = ""
    search: str = ""
    capabilities: frozenset[str] | None = None
    """None = all (command line); else the capabilities of the user's roles."""
    messages: list[Message] = field(default_factory=list)
    limits: Limits = field(default_factory=Limits)
    formats: dict[str, Any] = field(default_factory=dict)
    """field -> what fieldformat says of it (understudy.spl.commands.fieldformat.Options), applied to the final rows."""
    cancelled: Callable[[], bool] = lambda: False
    finalized: Callable[[], bool] = lambda: False
    """True = read no more input, finish with what was read."""
    session: Mapping[str, Any] = field(default_factory=dict)
    """session_key, splunkd_uri, dispatch_dir and the like, for custom commands."""


class Runner(Protocol):
    """Runs a nested pipeline; `understudy.spl.engine.run_nested` is the one implementation."""

    def __call__(self, text: str, position: int, context: Context, rows: Stream | None = None) -> Stream: ...
