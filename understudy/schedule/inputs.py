"""When modular inputs run: each stanza by its interval, one run at a time; all of them once on demand."""

from __future__ import annotations

import threading
from collections.abc import Collection
from typing import Protocol

from understudy.protocol.children import ChildError
from understudy.protocol.input_config import InputStanza
from understudy.protocol.input_scheme import Scheme
from understudy.protocol.modular_inputs import ModularInputs, Run
from understudy.schedule import cron
from understudy.schedule.ledger import Ledger

KIND = "input"


class Backstage(Protocol):
    """What the schedule of inputs needs of the instance."""

    inputs: ModularInputs
    ledger: Ledger

    def now(self) -> float: ...

    def log(self, severity: str, component: str, text: str) -> None: ...


class InputSchedule:
    """The input scheduler of one instance. A failed run is logged and tried again when it is due again."""

    def __init__(self, stage: Backstage) -> None:
        self._stage = stage
        self._lock = threading.Lock()
        self._seen: set[str] = set()

    def run_all(self, scheme: str | None = None, names: Collection[str] | None = None, at_once: int = 1) -> list[Run]:
        """Runs every enabled stanza (of one scheme, of these names) once, to the end of its process, which `at_once`
        of them share."""
        with self._lock:
            runs: list[Run] = []
            for found, stanzas in self._enabled():
                if scheme in (None, found.name):
                    wanted = [stanza for stanza in stanzas if names is None or stanza.name in names]
                    runs += self._run(found, wanted, at_once)
            return runs

    def run_due(self, now: float) -> list[Run]:
        """Runs the stanzas whose interval is over. `-1` runs once after each start."""
        with self._lock:
            runs: list[Run] = []
            for found, stanzas in self._enabled():
                runs += self._run(found, [stanza for stanza in stanzas if self._due(stanza, now)])
            return runs

    def _due(self, stanza: InputStanza, now: float) -> bool:
        text = stanza.settings.get("interval", "60")
        if text.strip() == "-1":
            return stanza.name not in self._seen
        try:
            return cron.interval_due(text, now, self._stage.ledger.last_run(KIND, stanza.name))
        except cron.ScheduleError as error:
            if stanza.name not in self._seen:
                self._seen.add(stanza.name)
                self._stage.log("ERROR", "ModularInputs", f"{stanza.name}: interval: {error}")
            return False

    def _enabled(self) -> list[tuple[Scheme, list[InputStanza]]]:
        found = []
        for name in self._stage.inputs.scheme_names():
            stanzas = self._stage.inputs.stanzas(name)
            if not stanzas:
                continue
            try:
                found.append((self._stage.inputs.scheme(name), stanzas))
            except ChildError as error:
                self._stage.log("ERROR", "ModularInputs", str(error))
        return found

    def _run(self, scheme: Scheme, stanzas: list[InputStanza], at_once: int = 1) -> list[Run]:
        if not stanzas:
            return []
        now = self._stage.now()
        for stanza in stanzas:
            self._seen.add(stanza.name)
            self._stage.ledger.ran(KIND, stanza.name, now)
        return self._stage.inputs.run(scheme, stanzas, at_once)
