"""extract: name=value pairs of _raw as fields, by delimiters, by themselves, or as a stanza of transforms.conf says.

A field that is there keeps its value, or gets one more with mv_add=true, as MV_ADD of transforms.conf says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from understudy.spl.commands.reader import Reader, boolean, integer
from understudy.spl.errors import UnsupportedError
from understudy.spl.model import Arguments, Context, Row, Scalar, Stream
from understudy.spl.registry import Command
from understudy.spl.values import text_of, values_of

_OPTIONS = frozenset(
    {
        "segment",
        "reload",
        "kvdelim",
        "pairdelim",
        "limit",
        "maxchars",
        "mv_add",
        "clean_keys",
        "keep_empty_vals",
        "auto",
    }
)
_AUTO = re.compile(r'(?<![\w.\-])([\w][\w.\-]*)=(?:"((?:[^"\\]|\\.)*)"|([^\s,;|&"\'()\[\]{}<>]+))')


@runtime_checkable
class Extractions(Protocol):
    """Knowledge that knows the field transforms of transforms.conf."""

    def extraction(self, name: str, changes: Mapping[str, str]) -> Callable[[Row], None] | None:
        """Returns the step that adds a transform's fields, with some settings changed; None: there is no such one.

        Raises SplError for a transform that cannot be used.
        """


@dataclass(frozen=True)
class Options:
    """stanzas: names and places of transforms. changes: what the options say of them, as settings."""

    kvdelim: str
    pairdelim: str
    limit: int
    maxchars: int
    flags: Mapping[str, bool]
    stanzas: tuple[tuple[str, int], ...]
    changes: Mapping[str, str]

    @property
    def delimited(self) -> bool:
        return bool(self.kvdelim or self.pairdelim)


def parse(arguments: Arguments) -> Options:
    """reload and segment change nothing here."""
    reader = Reader.of(arguments)
    texts = {"kvdelim": "", "pairdelim": ""}
    numbers = {"limit": 100, "maxchars": 10_240}
    flags = {"mv_add": False, "clean_keys": True, "keep_empty_vals": False, "auto": True}
    stanzas: list[tuple[str, int]] = []
    changes: dict[str, str] = {}
    while not reader.done:
        reader.skip_commas()
        if (option := reader.option(_OPTIONS)) is not None:
            name, piece = option
            if name in texts:
                texts[name] = piece.text
            elif name in numbers:
                numbers[name] = integer(piece, name, least=0)
            else:
                flags[name] = boolean(piece, name)
                if name in {"mv_add", "clean_keys", "keep_empty_vals"}:
                    changes[name.upper()] = "true" if flags[name] else "false"
        elif not reader.done:
            piece = reader.field("the name of a transform")
            stanzas.append((piece.text, piece.position))
    return Options(
        texts["kvdelim"],
        texts["pairdelim"],
        numbers["limit"] or 10**9,
        numbers["maxchars"] or 10**9,
        flags,
        tuple(stanzas),
        changes,
    )


def _clean(name: str) -> str:
    return re.sub(r"^[^A-Za-z]+", "", re.sub(r"[^A-Za-z0-9_]", "_", name))


def _delimited_pairs(text: str, options: Options) -> Iterator[tuple[str, str]]:
    """A name without a key delimiter behind it is passed over as a whole, so that the time stays linear."""
    keys, pairs = re.escape(options.kvdelim or "="), re.escape(options.pairdelim or " \n\t,;")
    one = re.compile(rf'([^{pairs}{keys}]+)(?:\s*[{keys}]\s*(?:"([^"]*)"|([^{pairs}]*)))?')
    for match in one.finditer(text):
        name, quoted, plain = match[1].strip(), match[2], match[3]
        if name and (quoted is not None or plain is not None):
            yield name, quoted if quoted is not None else plain.strip()


def _plain_pairs(text: str) -> Iterator[tuple[str, str]]:
    for match in _AUTO.finditer(text):
        quoted = match.group(2)
        yield match.group(1), match.group(3) if quoted is None else quoted.replace('\\"', '"')


def fields_of(text: str, options: Options) -> dict[str, list[Scalar]]:
    """Returns the fields of a text: by the delimiters if there are any, then those of name=value pairs with auto."""
    flags = options.flags
    found: dict[str, list[Scalar]] = {}

    def take(pairs: Iterator[tuple[str, str]], taken: frozenset[str]) -> None:
        for name, value in pairs:
            clean = _clean(name) if flags["clean_keys"] else name
            if not clean or clean in taken or (not value and not flags["keep_empty_vals"]):
                continue
            if clean in found:
                if flags["mv_add"]:
                    found[clean].append(value)
            elif len(found) < options.limit:
                found[clean] = [value]

    if options.delimited:
        take(_delimited_pairs(text, options), frozenset())
    if flags["auto"] or not options.delimited:
        take(_plain_pairs(text), frozenset(found))
    return found


def run(options: Options, stream: Stream, context: Context) -> Stream:
    """With names of transforms only those extract."""
    if options.stanzas:
        steps = [_step(name, position, options, context) for name, position in options.stanzas]
        return Stream(_transformed(steps, stream), None)
    return Stream(_rows(options, stream), None)


def _step(name: str, position: int, options: Options, context: Context) -> Callable[[Row], None]:
    knowledge: Any = context.knowledge
    step = knowledge.extraction(name, options.changes) if isinstance(knowledge, Extractions) else None
    if step is None:
        raise UnsupportedError(f"Command 'extract' finds no transform '{name}' in transforms.conf.", position)
    return step


def _transformed(steps: list[Callable[[Row], None]], stream: Stream) -> Iterator[Row]:
    for row in stream.rows:
        out = dict(row)
        for step in steps:
            step(out)
        yield out


def _rows(options: Options, stream: Stream) -> Iterator[Row]:
    for row in stream.rows:
        raw = row.get("_raw")
        if raw is None:
            yield row
            continue
        out = dict(row)
        for name, values in fields_of(text_of(raw)[: options.maxchars], options).items():
            if name in row:
                if not options.flags["mv_add"]:
                    continue
                values = [*values_of(row[name]), *values]
            out[name] = values[0] if len(values) == 1 else values
        yield out


COMMAND = Command(
    name="extract",
    kind="streaming",
    syntax='extract [<transform> ...] [pairdelim="<characters>"] [kvdelim="<characters>"] [limit=<int>] '
    "[maxchars=<int>] [mv_add=<bool>] [clean_keys=<bool>] [keep_empty_vals=<bool>] [reload=<bool>] "
    "[segment=<bool>] [auto=<bool>]",
    summary="Extracts name and value pairs from _raw.",
    parse=parse,
    run=run,
    aliases=("kv",),
)
