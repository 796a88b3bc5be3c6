"""Baseline of benchmarks/extract_command.py: a streaming command of the SDK that changes nothing but one field."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import Any

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))

from splunklib.searchcommands import Configuration, StreamingCommand, dispatch


@Configuration()
class BenchPass(StreamingCommand):  # type: ignore[misc]  # the SDK has no types
    def stream(self, records: Any) -> Iterator[dict[str, Any]]:
        for record in records:
            record["phone"] = None
            yield record


dispatch(BenchPass, sys.argv, sys.stdin, sys.stdout, __name__)
