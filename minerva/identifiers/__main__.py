"""Command line: `python -m minerva.identifiers` reads JSON lines of texts, `... check KIND` one value a line."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from io import BufferedReader, BytesIO
from typing import Any, cast

from minerva.identifiers import KIND_BY_NAME, extract_each
from minerva.identifiers.errors import InvalidIdentifier, UnknownKind
from minerva.identifiers.evidence import Evidence


def extract_lines(lines: Iterable[str], kinds: Sequence[str] | None, region: str | None) -> list[dict[str, Any]]:
    """One answer a line, in order: {"id", "identifiers": [...]}, with "error" and none found for a bad line."""
    answers: list[dict[str, Any]] = []
    texts: list[str] = []
    regions: list[str | None] = []
    read: list[dict[str, Any]] = []
    for line in lines:
        answer: dict[str, Any] = {"id": None, "identifiers": []}
        answers.append(answer)
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            answer["error"] = "not JSON"
            continue
        row = row if isinstance(row, dict) else {}
        answer["id"] = row.get("id")
        if not isinstance(row.get("text"), str):
            answer["error"] = 'expected an object with "text" as a string'
            continue
        hint = row.get("region")
        texts.append(row["text"])
        regions.append(hint if isinstance(hint, str) and hint else region)
        read.append(answer)
    for answer, found in zip(read, extract_each(texts, kinds=kinds, regions=regions)):
        answer["identifiers"] = list(map(_written, found))
    return answers


def _written(item: Evidence) -> dict[str, Any]:
    return {
        **_named(item),
        "raw": item.raw,
        "start": item.start,
        "end": item.end,
        "confidence": item.confidence,
        "method": item.method,
    }


_AT_ONCE = 1 << 16
"""Bytes that are read at once at most."""


def at_hand(stream: BufferedReader | BytesIO) -> Iterator[list[bytes]]:
    """The lines of a stream as they come: those that are there are read together, none waits for one behind it."""
    begun: list[bytes] = []
    while more := stream.read1(_AT_ONCE):
        *ended, rest = more.split(b"\n")
        if ended:
            ended[0] = b"".join([*begun, ended[0]])
            begun = []
            yield ended
        if rest:
            begun.append(rest)
    if begun:
        yield [b"".join(begun)]


def _named(item: Evidence) -> dict[str, str]:
    """Kind and value as the command line writes them: a wallet's coin is part of the kind (`wallet:btc`)."""
    kind, value = item.kind, item.value
    if kind == "wallet":
        coin, _, value = value.partition(":")
        kind = f"wallet:{coin}"
        value = item.raw if item.raw.lower() == value.lower() else value
    return {"kind": kind, "value": value}


def check_lines(lines: Iterable[str], kind: str, region: str | None) -> Iterator[dict[str, Any]]:
    """One answer a line: {"value", "valid", "normal", "reason"}; normal is null if not valid, reason null if valid."""
    name, _, coin = kind.partition(":")
    chosen = KIND_BY_NAME.require(name)
    for line in lines:
        value = line.rstrip("\r\n")
        try:
            normal = chosen.normalize(value, region=region, qualifier=coin)
            normal = normal.partition(":")[2] if name == "wallet" else normal
            yield {"value": value, "valid": True, "normal": normal, "reason": None}
        except InvalidIdentifier as error:
            yield {"value": value, "valid": False, "normal": None, "reason": error.reason}


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m minerva.identifiers",
        description='Reads JSON lines {"id", "text", "region"?} and prints the identifiers found in each; with '
        "`check KIND` reads one value a line and prints whether it is valid and its normal form.",
    )
    parser.add_argument("mode", nargs="?", choices=["check"], help="check values instead of searching texts")
    parser.add_argument("kind", nargs="?", help=f"the kind to check: {', '.join(KIND_BY_NAME)}")
    parser.add_argument("--region", help="two-letter country of phones written without country code")
    parser.add_argument("--kinds", help="kinds to search for, separated by commas (default: all that identify)")
    options = parser.parse_args(arguments)
    given = at_hand(cast(BufferedReader, sys.stdin.buffer))
    groups = ([line.decode("utf-8", "replace") for line in lines] for lines in given)
    answers: Iterator[Iterable[dict[str, Any]]]
    try:
        if options.mode == "check":
            if options.kind is None:
                parser.error("check needs a KIND")
            KIND_BY_NAME.require(options.kind.partition(":")[0])
            answers = (check_lines(lines, options.kind, options.region) for lines in groups)
        else:
            kinds = [name.strip() for name in options.kinds.split(",") if name.strip()] if options.kinds else None
            for name in kinds or ():
                KIND_BY_NAME.require(name)
            answers = (extract_lines(lines, kinds, options.region) for lines in groups)
    except UnknownKind as error:
        parser.error(str(error))
    for group in answers:
        for answer in group:
            sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
        sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
