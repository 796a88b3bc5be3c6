"""JSON lines on standard input and output, as the command lines read and write them."""

from __future__ import annotations

import argparse
import io
import json
import sys
from collections.abc import Iterable
from typing import Any, TextIO, Union


def command(name: str, description: Union[str, None]) -> argparse.ArgumentParser:
    """Returns the parser of a command line whose `--help` is its module's docstring, as it stands."""
    return argparse.ArgumentParser(
        prog=f"python -m {name}", description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )


def standard_input() -> TextIO:
    """Returns standard input as text without a byte order mark; bytes that are no UTF-8 are replaced."""
    return io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8-sig", errors="replace")


def write_answers(answers: Iterable[dict[str, Any]]) -> None:
    """Writes one JSON object a line to standard output; what UTF-8 cannot hold is written as its escape."""
    out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", errors="backslashreplace")
    for answer in answers:
        out.write(json.dumps(answer, ensure_ascii=False) + "\n")
    out.flush()
    out.detach()


def is_empty(value: Any) -> bool:
    """Whether a value says nothing: null, blank text, a list or object of nothing. Zero and false say something."""
    if isinstance(value, str):
        return not value.strip()
    return value is None or (isinstance(value, (list, dict)) and not value)


def loaded(line: str) -> Any:
    """Returns the value of a line. Raises ValueError where it is not JSON or nested too deep to be read."""
    try:
        return json.loads(line)
    except RecursionError:
        raise ValueError("nested too deep") from None
