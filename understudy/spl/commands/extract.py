"""extract: name=value pairs of _raw as fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from understudy.spl.commands.reader import Reader, boolean, integer
from understudy.spl.errors import UnsupportedError
from understudy.spl.model import Arguments, Context, Row, Scalar, Stream
from understudy.spl.registry import Command
from understudy.spl.values import text_of

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
_AUTO = re.compile(r'(?<![\w.\-])([A-Za-z_][\w.\-]*)=(?:"((?:[^"\\]|\\.)*)"|([^\s,;|&"\'()\[\]{}<>]+))')


@dataclass(frozen=True)
class Options:
    kvdelim: str
    pairdelim: str
    limit: int
    maxchars: int
    mv_add: bool
    clean_keys: bool
    keep_empty: bool


def parse(arguments: Arguments) -> Options:
    """reload, segment and auto change nothing here. Stanzas of transforms.conf are refused."""
    reader = Reader.of(arguments)
    texts = {"kvdelim": "", "pairdelim": ""}
    numbers = {"limit": 100, "maxchars": 10_240}
    flags = {"mv_add": False, "clean_keys": True, "keep_empty_vals": False}
    while not reader.done:
        reader.skip_commas()
        if (option := reader.option(_OPTIONS)) is not None:
            name, piece = option
            if name in texts:
                texts[name] = piece.text
            elif name in numbers:
                numbers[name] = integer(piece, name, least=1)
            else:
                flags[name] = boolean(piece, name)
        elif not reader.done:
            piece = reader.next()
            raise UnsupportedError(f"Unsupported extraction '{piece.text}' of command 'extract'.", piece.position)
    return Options(
        texts["kvdelim"],
        texts["pairdelim"],
        numbers["limit"],
        numbers["maxchars"],
        flags["mv_add"],
        flags["clean_keys"],
        flags["keep_empty_vals"],
    )


def _clean(name: str) -> str:
    return re.sub(r"^[^A-Za-z]+", "", re.sub(r"[^A-Za-z0-9_]", "_", name))


def pairs(text: str, options: Options) -> Iterator[tuple[str, str]]:
    """Yields names and values as written; values in double quotes lose them."""
    if not options.kvdelim and not options.pairdelim:
        for match in _AUTO.finditer(text):
            quoted = match.group(2)
            yield match.group(1), match.group(3) if quoted is None else quoted.replace('\\"', '"')
        return
    key_class = "[" + re.escape(options.kvdelim or "=") + "]"
    pair_class = "[" + re.escape(options.pairdelim or " \n\t,;") + "]"
    one = re.compile(
        rf'\s*((?:(?!{pair_class}|{key_class}).)+?)\s*{key_class}\s*(?:"([^"]*)"|((?:(?!{pair_class}).)*))', re.DOTALL
    )
    for match in one.finditer(text):
        yield match.group(1), match.group(3).strip() if match.group(2) is None else match.group(2)


def run(options: Options, stream: Stream, context: Context) -> Stream:
    return Stream(_rows(options, stream), None)


def _rows(options: Options, stream: Stream) -> Iterator[Row]:
    for row in stream.rows:
        raw = row.get("_raw")
        if raw is None:
            yield row
            continue
        found: dict[str, list[Scalar]] = {}
        for name, value in pairs(text_of(raw)[: options.maxchars], options):
            clean = _clean(name) if options.clean_keys else name
            if not clean or (not value and not options.keep_empty):
                continue
            if clean in found:
                if options.mv_add:
                    found[clean].append(value)
            elif len(found) < options.limit:
                found[clean] = [value]
        yield {**row, **{name: values[0] if len(values) == 1 else values for name, values in found.items()}}


COMMAND = Command(
    name="extract",
    kind="streaming",
    syntax='extract [pairdelim="<characters>"] [kvdelim="<characters>"] [limit=<int>] [maxchars=<int>] [mv_add=<bool>] '
    "[clean_keys=<bool>] [keep_empty_vals=<bool>] [reload=<bool>] [segment=<bool>] [auto=<bool>]",
    summary="Extracts name and value pairs from _raw.",
    parse=parse,
    run=run,
    aliases=("kv",),
)
