"""Inputs: from the settings of one modular input to a finished run. Pure: splunkd's part comes in as arguments.

`check_*` serve the validation of settings and raise InputError with a message for the person who typed them.
"""

from __future__ import annotations

import dataclasses
import hashlib
import re
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from minerva.intake.errors import FileError, GuardError, IntakeError, StateError, VaultError
from minerva.intake.facts.catalogue import Catalogue
from minerva.intake.facts.source import DEMO, Source
from minerva.intake.facts.web import HttpFacts
from minerva.intake.file_source import FileSource
from minerva.intake.pace import Timing
from minerva.intake.rows import Transport
from minerva.intake.running.hosts import FILE, SharedPace
from minerva.intake.running.protection import Ask, Protection, Signing, VaultProtection, unprotected, writing_into
from minerva.intake.running.runner import Emit, Log, Report, Run
from minerva.intake.running.state import Confirm, State
from minerva.intake.web.account import Account
from minerva.intake.web.guard import Guard, Resolve, pair_of, parse_allowed, resolve_host

if TYPE_CHECKING:
    from minerva.intake.web.pictures import Pictures

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_INDEX = re.compile(r"[a-z0-9_][a-z0-9_-]{0,79}")
MODES = ("auto", "whole", "appended")
ASKED, NO_VAULT = "ask", "none"
VAULT = (ASKED, NO_VAULT)
"""Whether the institution's vault is asked before a record is emitted, or keeps nobody."""


class InputError(IntakeError):
    """A setting of an input is wrong; the message says which and what it must be."""


@dataclass(frozen=True)
class Network:
    """The administrator's network settings: `allowed` as typed (host:port list), `contact` for the user agent."""

    allowed: str = ""
    contact: str = ""
    stopped: bool = False
    own_addresses: Sequence[str] = ()
    ca_file: str | None = None


@dataclass(frozen=True)
class Surroundings:
    """What a run needs of the world: where checkpoints lie, how to emit, ask and log, and the clocks."""

    checkpoints: Path
    emit: Emit
    confirm: Confirm
    log: Log
    timing: Timing = field(default_factory=Timing)
    resolve: Resolve = resolve_host
    step: Callable[[str], None] | None = None
    vault: Ask | None = None
    """Asks the app's handler; None in tests alone, where nothing is signed."""
    keeps_vault: bool = True
    index: str = ""
    """Where `emit` writes."""

    @property
    def ask(self) -> Ask | None:
        """Asks the handler as one who writes into `index`."""
        return None if self.vault is None else writing_into(self.index, self.vault)


def pick_source(catalogue: Catalogue, source_id: str, transport: str) -> Source:
    """The named source. Raises InputError, which says why, if none has this transport (`http`, `file` or `imap`)."""
    source = catalogue.sources.get(source_id)
    if source is None:
        raise InputError(f"source_id: {catalogue.why_not(source_id)}")
    if getattr(source, transport) is None:
        raise InputError(f"source_id: the source {source_id!r} is not read over {transport}")
    return source


def pick_offered(catalogue: Catalogue, source_id: str, transport: str, demo: bool) -> Source:
    """The named source for a new or changed input. Raises InputError if it is hidden, or for want of it."""
    source = pick_source(catalogue, source_id, transport)
    if source.family == DEMO and not demo:
        raise InputError(f"source_id: {source_id!r} is a source of the demo; Configuration, Sources offers these")
    return source


def check_names(tenant_id: str, index: str) -> None:
    """Raises InputError unless both could be what they say."""
    if not _NAME.fullmatch(tenant_id):
        raise InputError("tenant_id: lower-case letters, digits, '_' and '-' only, at most 64")
    if index and not _INDEX.fullmatch(index):
        raise InputError("index: not a name that an index can have")


def check_vault(choice: str) -> None:
    """Raises InputError unless the choice is one of VAULT, or none was made."""
    if choice and choice not in VAULT:
        raise InputError(f"vault: one of {', '.join(VAULT)}")


def check_answers(choice: str, tenant_id: str, index: str, ask: Ask) -> None:
    """Raises InputError unless the handler that signs records, and asks the vault, answers for the institution, and
    the index, if one is named, is the institution's."""
    try:
        _first_answer(writing_into(index, ask) if index else ask, tenant_id, choice != NO_VAULT)
    except VaultError as error:
        raise InputError(f"vault: {error}") from None


def check_base_url(source: Source, base_url: str, network: Network) -> None:
    """Raises InputError unless the source's address, or its stand-in, may be fetched; names are not resolved."""
    try:
        make_guard(_http(source), base_url, network, lambda _host, _port: ["8.8.8.8"]).check(
            base_url or _http(source).base_url
        )
    except GuardError as error:
        raise InputError(f"base_url: {error}") from None


def check_path(path: str, mode: str) -> None:
    """Raises InputError unless the path is an absolute one of a folder or file, and the mode a known one."""
    if mode not in MODES:
        raise InputError(f"mode: one of {', '.join(MODES)}")
    if not Path(path).is_absolute() or not Path(path).exists():
        raise InputError("path: an absolute path of a folder (or file) that exists on this machine")


def make_guard(facts: HttpFacts, base_url: str, network: Network, resolve: Resolve) -> Guard:
    """The guard of a source: https, its own ports, and what the administrator allows; http only if the facts say so.

    What is allowed holds for the source's own address alone: a redirect leads to no other source's. Raises GuardError.
    """
    return Guard(
        allowed=parse_allowed(network.allowed) & {pair_of(base_url or facts.base_url)},
        ports=facts.ports,
        plain_http=facts.base_url.startswith("http:") and not base_url,
        own_addresses=network.own_addresses,
        resolve=resolve,
    )


def run_http(
    source: Source,
    stanza: str,
    tenant_id: str,
    *,
    base_url: str,
    account: Account,
    network: Network,
    world: Surroundings,
) -> Report:
    """One run of an HTTP input. Raises InputError or StateError before anything is fetched."""
    # What fetches takes as long to import as all the rest of an input: those that read files do without.
    from minerva.intake.web.access import Access
    from minerva.intake.web.credentials import CredentialsError, credentials
    from minerva.intake.web.download import DownloadSource
    from minerva.intake.web.fetch import USER_AGENT, Fetcher
    from minerva.intake.web.follow import FollowedSource
    from minerva.intake.web.http_source import HttpSource
    from minerva.intake.web.misp import MispSource
    from minerva.intake.web.pictures import Pictures
    from minerva.intake.web.robots import Robots
    from minerva.intake.web.taxii import TaxiiSource

    facts = _http(source)
    if network.stopped:
        return put_off(source, world)
    try:
        guard = make_guard(facts, base_url, network, world.resolve)
        fetcher = Fetcher(
            guard,
            base_url=base_url or facts.base_url,
            credentials=credentials(facts.auth, account, world.timing),
            bucket=SharedPace(
                world.checkpoints / FILE, facts.rate_per_second, facts.burst, world.timing, facts.per_day
            ),
            timing=world.timing,
            timeout_s=facts.timeout_s,
            user_agent=f"Minerva-connectors/0.1 (+{network.contact})" if network.contact else USER_AGENT,
            ca_file=network.ca_file,
            keeps_session=facts.paging.kind == "postback",
        )
    except GuardError as error:
        raise InputError(f"base_url: {error}") from None
    except CredentialsError as error:
        raise InputError(str(error)) from None
    robots = Robots(fetcher) if source.legal.robots == "obey" else None
    access = Access(facts, fetcher, base_url=base_url, robots=robots)
    allowed = partial(_allowed_pictures, tenant_id, world)
    pictures = Pictures(source.mapping.pictures, access, allowed, world.log, source.mapping.frames)
    # What a position of this source means: the same page, file or day lies behind it while these are the same.
    reading = mark_of(
        source.source_id,
        *(base_url or facts.base_url, facts.path, facts.is_file, facts.whole, facts.since_param, facts.since_column),
        *(facts.window, dataclasses.replace(facts.paging, max_pages=0), facts.find_link),
        *(each for each in (facts.follow, facts.taxii, facts.misp) if each is not None),
    )
    scratch = checkpoint_path(world.checkpoints, stanza).with_suffix(".download")

    def transport(state: State) -> Transport:
        now = world.timing.now
        read: Transport
        if facts.taxii is not None:
            read = TaxiiSource(facts, facts.taxii, access)
        elif facts.misp is not None:
            read = MispSource(facts, facts.misp, access)
        elif facts.is_file:
            read = DownloadSource(
                facts, access, mapping=source.mapping, edition=state.edition, scratch=scratch, now=now
            )
        else:
            read = HttpSource(facts, access, needed=source.mapping.key, now=now)
        return read if facts.follow is None else FollowedSource(read, facts.follow, access)

    return run_transport(source, stanza, tenant_id, transport, world, reading, pictures)


def run_file(source: Source, stanza: str, tenant_id: str, *, path: str, mode: str, world: Surroundings) -> Report:
    """One run of a file input. Raises InputError or StateError before anything is read."""
    if source.file is None:
        raise InputError(f"source_id: the source {source.source_id!r} is not read over file")
    try:
        transport = FileSource(source.file, Path(path), mode=mode or "auto", needed=source.mapping.key)
    except FileError as error:
        raise InputError(f"mode: {error}") from None
    return run_transport(
        source, stanza, tenant_id, lambda _: transport, world, mark_of(source.source_id, source.file.reading.format)
    )


def checkpoint_path(folder: Path, stanza: str) -> Path:
    """The checkpoint file of an input: a readable name, and a hash since file names cannot tell all names apart."""
    readable = re.sub(r"[^a-z0-9]+", "_", stanza.lower()).strip("_")[:48]
    return folder / f"{readable}-{hashlib.sha256(stanza.encode()).hexdigest()[:12]}.sqlite"


def _http(source: Source) -> HttpFacts:
    if source.http is None:
        raise InputError(f"source_id: the source {source.source_id!r} is not read over http")
    return source.http


def _allowed_pictures(tenant_id: str, world: Surroundings) -> str:
    """What the institution lets inputs do with pictures, as the app's handler tells it: none, hash or read."""
    if world.ask is None:
        return "none"
    return str(_first_answer(world.ask, tenant_id, world.keeps_vault).get("pictures") or "none")


def _first_answer(ask: Ask, tenant_id: str, keeps_vault: bool) -> Mapping[str, Any]:
    """What the handler says of an institution where nothing is asked of it yet."""
    operation, of = ("intake_check", "records") if keeps_vault else ("intake_sign", "digests")
    return ask(operation, {"tenant_id": tenant_id, of: []})


def _protection(tenant_id: str, world: Surroundings) -> Protection:
    ask = world.ask
    if ask is None:
        return unprotected
    if not world.keeps_vault:
        world.log("WARN", "vault_not_asked", tenant_id=tenant_id, reason="the input says that there is none")
        return Signing(ask, tenant_id)
    return VaultProtection(ask, tenant_id)


def put_off(source: Source, world: Surroundings) -> Report:
    """The report of a run that asks nobody, since an administrator has stopped all fetching."""
    world.log("WARN", "fetching_stopped", source_id=source.source_id)
    return Report(source.source_id, deferred=True)


def mark_of(*parts: object) -> str:
    """What a position belongs to, as a short hash: another way of reading does not go on from it."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def run_transport(
    source: Source,
    stanza: str,
    tenant_id: str,
    transport: Callable[[State], Transport],
    world: Surroundings,
    reading: str,
    pictures: Pictures | None = None,
) -> Report:
    """One run over a transport that is made once the input's checkpoint is open. Raises StateError."""
    state = State(checkpoint_path(world.checkpoints, stanza))
    try:
        run = Run(source, tenant_id, transport(state), state, world.emit, world.log, world.confirm, world.timing)
        if world.step is not None:
            run.step = world.step
        run.protect = _protection(tenant_id, world)
        run.reading = reading
        if pictures is not None:
            run.pictures = pictures
            pictures.met = run.transport.met
        return run.go()
    except sqlite3.Error as error:
        raise StateError(
            f"the checkpoint cannot be read or written ({error}); is the volume of the checkpoints full? Nothing is "
            "lost: once there is room again, a run goes on where this one ended"
        ) from None
    finally:
        state.close()
        if pictures is not None:
            pictures.close()
