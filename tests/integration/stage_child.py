"""A whole stage in a process of its own over a home that is set up: reads the inputs, then runs what is scheduled.

Arguments: home. Until its end it prints JSON lines {"phase": "reading" | "linking" | "done", "stored": events,
"entities": stored entities}, so that a parent can kill it at a chosen moment.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from pathlib import Path

from demo.run import Run
from tests.integration.installation import APP, schedule
from understudy.stage import Stage


def main(home: Path) -> None:
    stage = Stage(home, rest_port=0)
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


def _say(stage: Stage, phase: str, entities: int) -> None:
    rows = list(stage.search("| tstats count where index=* sourcetype=minerva:*", "nobody").rows)
    stored = int(str(rows[0]["count"])) if rows else 0
    print(json.dumps({"phase": phase, "stored": stored, "entities": entities}), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
