"""Command line of names: `python -m minerva.names pairs` reads JSON lines `{id, a, b, kind?}`.

Each line is answered, in order, by `{id, score, match, reasons}`; match = score at or over the shipped threshold.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from minerva.names.compare import compare_names

THRESHOLD = 0.6


def answer(line: str) -> dict[str, Any]:
    """Returns the answer to one line; a line that is no pair gets score 0 and a reason that says so."""
    try:
        given = json.loads(line)
    except ValueError:
        given = None
    if not isinstance(given, dict):
        return {"id": None, "score": 0.0, "match": False, "reasons": ["not a JSON object with id, a and b"]}
    compared = compare_names(str(given.get("a") or ""), str(given.get("b") or ""))
    reasons = [compared.why]
    return {"id": given.get("id"), "score": compared.score, "match": compared.score >= THRESHOLD, "reasons": reasons}


def main() -> None:
    """Reads standard input, writes standard output; exit code 2 without the word `pairs`."""
    if sys.argv[1:] != ["pairs"]:
        print("usage: python -m minerva.names pairs < pairs.jsonl", file=sys.stderr)
        raise SystemExit(2)
    for line in sys.stdin:
        if line.strip():
            print(json.dumps(answer(line), ensure_ascii=False))


if __name__ == "__main__":
    main()
