"""A whole stage in a process of its own over a home that is set up: reads the inputs, then runs what is scheduled.

Arguments: home, and the phase in which it stands still ("reading" after its first batch of events, "linking" after its
first batch of entities), so that it is killed there on a machine of any speed. Until its end it prints JSON lines
{"phase": "reading" | "linking" | "done", "stored": events, "entities": stored entities}.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

from demo.run import Run
from tests.integration.installation import APP, schedule
from understudy.stage import Stage


def main(home: Path, still: str) -> None:
    stage = Stage(home, rest_port=0)
    if still == "reading":
        patch.object(stage.store, "ingest", _last(stage.store.ingest)).start()
    else:
        patch.object(stage.kv, "collection", _collections(stage.kv.collection)).start()
    stage.start()
    phase = ["reading"]

    def work() -> None:
        stage.run_inputs()
        phase[0] = "linking"
        schedule(Run(stage, [], {}))
        phase[0] = "done"

    worker = threading.Thread(target=work, daemon=True)
    worker.start()
    entities = stage.kv.collection(APP, "minerva_entities")
    while worker.is_alive():
        _say(stage, phase[0], entities.count())
        time.sleep(0.05)
    _say(stage, phase[0], entities.count())
    stage.stop()


def _last(method: Callable[..., Any]) -> Callable[..., Any]:
    """Returns the method as one that does its work and never comes back."""

    def stands_still(*arguments: Any, **more: Any) -> Any:
        method(*arguments, **more)
        threading.Event().wait()

    return stands_still


def _collections(method: Callable[..., Any]) -> Callable[..., Any]:
    def collection(app: str, name: str, *arguments: Any, **more: Any) -> Any:
        found = method(app, name, *arguments, **more)
        if name == "minerva_entities":
            found.batch_save = _last(found.batch_save)
        return found

    return collection


def _say(stage: Stage, phase: str, entities: int) -> None:
    rows = list(stage.search("| tstats count where index=* sourcetype=minerva:*", "nobody").rows)
    stored = int(str(rows[0]["count"])) if rows else 0
    print(json.dumps({"phase": phase, "stored": stored, "entities": entities}), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
