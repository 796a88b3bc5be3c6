"""The alert action minerva_watch_hit: hands a watch-list alert's rows to the entity handler, which writes the events.

splunkd runs `minerva_watch_hit.py --execute` with the alert as JSON on stdin.
"""

from __future__ import annotations

import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))

import minerva_app_splunkd
from minerva.tenancy import watch_hits


def main() -> int:
    if sys.argv[1:2] != ["--execute"]:
        print("FATAL minerva_watch_hit is run by splunkd with --execute", file=sys.stderr)
        return 2
    try:
        alert = json.loads(sys.stdin.buffer.read().decode("utf-8"))
        written = 0
        for body in watch_hits.requests_of(alert):
            answer = minerva_app_splunkd.ask(alert["server_uri"], alert["session_key"], "alert", body)
            written += answer["written"]
    except (watch_hits.AlertError, minerva_app_splunkd.SplunkdError, OSError, ValueError, KeyError) as error:
        print(f"ERROR minerva_watch_hit: {type(error).__name__}: {error}", file=sys.stderr)
        return 1
    print(f"INFO minerva_watch_hit wrote {written} events", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
