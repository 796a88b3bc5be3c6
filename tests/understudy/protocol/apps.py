"""Tiny apps for the tests: folders with a command, input, handler or alert script, written where a test wants them."""

from __future__ import annotations

import textwrap
from pathlib import Path

LIBRARY = Path(__file__).parents[3] / "build" / "lib" / "minerva_app"


def write_app(home: Path, name: str, files: dict[str, str]) -> Path:
    """Writes an app under the home's etc/apps; paths are relative to the app, texts are dedented."""
    app = home / "etc" / "apps" / name
    for path, text in files.items():
        target = app / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(textwrap.dedent(text).lstrip(), encoding="utf-8")
    return app


def sdk_command(body: str) -> str:
    """Returns a command script over the SDK of the shipped libraries."""
    return (
        "import sys\n"
        f"sys.path.insert(0, {str(LIBRARY)!r})\n"
        "from splunklib.searchcommands import *\n"
        "from splunklib.searchcommands import dispatch, Configuration, Option, StreamingCommand, EventingCommand\n"
        "from splunklib.searchcommands import ReportingCommand, GeneratingCommand, validators\n"
        + textwrap.dedent(body)
        + "\ndispatch(C, sys.argv, sys.stdin, sys.stdout, '__main__')\n"
    )
