"""What the REST interface needs of the instance behind it; `Call.stage` gives it to every handler."""

from __future__ import annotations

from datetime import tzinfo
from pathlib import Path
from typing import Protocol

from understudy.access import AccessContext
from understudy.access.accounts import Accounts
from understudy.access.logins import Logins
from understudy.conf import Conf
from understudy.jobs.service import Jobs
from understudy.protocol.children import Surroundings
from understudy.protocol.modular_inputs import ModularInputs
from understudy.protocol.persistent import HandlerPool
from understudy.rest.bulletins import Bulletins
from understudy.rest.passwords import Passwords
from understudy.schedule.ledger import Ledger
from understudy.schedule.searches import SearchSchedule
from understudy.spl.model import Context
from understudy.storage.kv import KVStore
from understudy.storage.store import Store


class Backstage(Protocol):
    """See the module."""

    accounts: Accounts
    bulletins: Bulletins
    conf: Conf
    handlers: HandlerPool
    inputs: ModularInputs
    jobs: Jobs
    kv: KVStore
    ledger: Ledger
    logins: Logins
    passwords: Passwords
    search_schedule: SearchSchedule
    store: Store
    surroundings: Surroundings

    log_levels: dict[str, str]
    rest_port: int
    started: float
    tls: tuple[Path, Path] | None
    web_port: int | None

    @property
    def home(self) -> Path: ...

    @property
    def collector_port(self) -> int | None: ...

    def install(self, app_dir: Path) -> None: ...

    def restart(self) -> None: ...

    def start_collector(self) -> None: ...

    def stop_collector(self) -> None: ...

    def now(self) -> float: ...

    def access(self, user: str) -> AccessContext: ...

    def context(self, user: str, app: str = "search", now: float | None = None) -> Context: ...

    def session_key(self, user: str) -> str: ...

    def zone(self, user: str) -> tzinfo: ...

    def log(self, severity: str, component: str, text: str) -> None: ...
