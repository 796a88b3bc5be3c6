"""The search command minervaextract: identifiers in the text of events (logic: minerva/identifiers/annotate.py).

Syntax:  minervaextract fields=text,title [kinds=phone,email] [region=US] [region_field=country] [minconfidence=0.5]
Example: index=mnv_t_* | minervaextract fields="title,text" region=US | top phone
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import Any

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))

import minerva_app_chunks as chunks
from minerva.identifiers import annotate, columns

_OPTIONS = ("fields", "kinds", "region", "region_field", "minconfidence")


def prepared(arguments: list[str]) -> chunks.Rewrite | None:
    """What turns a chunk's rows into its answer; None for arguments that the SDK must read, or refuse."""
    parts = [argument.partition("=") for argument in arguments]
    given = {name: value for name, equals, value in parts if equals}
    if not set(given) <= set(_OPTIONS):
        return None
    try:
        options = annotate.read_options({name: given.get(name) for name in _OPTIONS}, [n for n, e, _ in parts if not e])
    except annotate.OptionError:
        return None
    search = annotate.Search(options)

    def rewrite(body: str) -> str | None:
        done = columns.annotated(body, options, search)
        return None if done is None else done[0]

    return rewrite


def by_the_sdk(argv: list[str], source: Any, target: Any) -> None:
    """The whole conversation through the SDK, whose import takes longer than many searches."""
    from minerva_app_messages import Messages
    from splunklib.searchcommands import Configuration, Option, StreamingCommand, dispatch

    @Configuration()
    class MinervaExtract(Messages, StreamingCommand):  # type: ignore[misc]  # the SDK has no types
        fields, kinds, region, region_field, minconfidence = (Option(name=name) for name in _OPTIONS)

        def prepare(self) -> None:
            try:
                self.chosen = annotate.read_options({name: getattr(self, name) for name in _OPTIONS}, self.fieldnames)
            except annotate.OptionError as error:
                self.fail(str(error))

        def stream(self, records: Any) -> Iterator[dict[str, Any]]:
            return annotate.annotate(records, self.chosen)

    dispatch(MinervaExtract, argv, source, target)


def main() -> None:
    # More arguments than the script's name are the older protocol, which the SDK reads.
    if len(sys.argv) > 1:
        by_the_sdk(sys.argv, sys.stdin, sys.stdout)
        return
    left = chunks.stream(sys.stdin.buffer, sys.stdout.buffer, prepared)
    if left is not None:
        by_the_sdk(sys.argv, *left)


if __name__ == "__main__":
    main()
