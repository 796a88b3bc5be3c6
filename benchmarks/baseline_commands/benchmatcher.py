"""Baseline of benchmarks/extract_command.py: a streaming command of the SDK that calls PhoneNumberMatcher."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import Any

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))

import phonenumbers
from splunklib.searchcommands import Configuration, StreamingCommand, dispatch

_LIBRARY: Any = phonenumbers  # its annotations are partial


@Configuration()
class BenchMatcher(StreamingCommand):  # type: ignore[misc]  # the SDK has no types
    def stream(self, records: Any) -> Iterator[dict[str, Any]]:
        form = _LIBRARY.PhoneNumberFormat.E164
        for record in records:
            found = [
                _LIBRARY.format_number(match.number, form)
                for name in ("title", "text")
                for match in _LIBRARY.PhoneNumberMatcher(record[name], record["country"])
            ]
            record["phone"] = list(dict.fromkeys(found)) or None
            yield record


dispatch(BenchMatcher, sys.argv, sys.stdin, sys.stdout, __name__)
