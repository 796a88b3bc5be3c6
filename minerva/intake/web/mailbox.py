"""Mailbox: the messages of one IMAP folder as chunks of rows, from the last that was read on.

The connection goes over TLS with the certificate checked, to the address that the guard chose, each command within its
limits. The folder is opened to be read only: no message is marked, moved or deleted. Position: `validity`
(UIDVALIDITY) and `uid`, the last that was read; a folder that was made anew is read from its start, and what was told
before is known by its id.
"""

from __future__ import annotations

import imaplib
import io
import re
import ssl
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from minerva.intake.errors import FetchError, FileError
from minerva.intake.facts.exchange import ImapFacts
from minerva.intake.facts.reading import ReadFacts
from minerva.intake.formats.read import read_rows
from minerva.intake.rows import Chunk, ReadCounts, Row
from minerva.intake.running.spool import bounded, failed, is_due
from minerva.intake.web.guard import Target
from minerva.intake.web.imap_connection import Connection, Limits
from minerva.intake.web.trust_store import trusting

_GROUP = 20
_MAIL = ReadFacts(format="mail")
_SIZE = re.compile(rb"\bRFC822\.SIZE ([0-9]{1,20})\b")
_UID = re.compile(rb"[0-9]{1,10}")


class MailboxSource:
    """Reads a folder of a mailbox. `secret` gives the password, or the access token of XOAUTH2."""

    def __init__(
        self,
        facts: ImapFacts,
        target: Target,
        user: str,
        secret: Callable[[], str],
        *,
        folder: str = "",
        ca_file: str | None = None,
        limits: Limits | None = None,
    ) -> None:
        self._facts = facts
        self._target = target
        self._user = user
        self._secret = secret
        self._folder = folder or facts.folder
        self._context = trusting(ca_file)
        self._limits = limits or Limits()
        self._imap: Connection | None = None
        self.met = ReadCounts()

    def close(self) -> None:
        """Leave the folder as it was and close the connection."""
        if self._imap is not None:
            self._imap.leave()
            self._imap = None

    def chunks(self, position: Mapping[str, Any]) -> Iterator[Chunk]:
        """New messages in the order in which they came. Raises FetchError."""
        try:
            yield from self._read(position)
        except ssl.SSLCertVerificationError:
            raise FetchError("certificate", f"{self._target.host}: its certificate is not trusted") from None
        except imaplib.IMAP4.abort:
            raise FetchError("transport", f"{self._target.host}: the server closed the connection") from None
        except imaplib.IMAP4.error:
            raise FetchError("imap", f"{self._target.host}: the server refused a command") from None
        except OSError as error:
            raise FetchError("transport", f"{self._target.host}: {type(error).__name__}") from None

    def _read(self, position: Mapping[str, Any]) -> Iterator[Chunk]:
        imap = self._imap = Connection(self._target, self._context, self._limits)
        self._log_in(imap)
        validity = self._open(imap)
        state: dict[str, Any] = {"uid": 0, "retry": [], **position}
        if str(state.get("validity", validity)) != validity:
            self.met.add("rotated")
            state = {"uid": 0, "retry": []}
        state["validity"] = validity
        due = [int(item["token"]) for item in state["retry"] if is_due(item)]
        uids = [*due, *self._new(imap, int(state["uid"]))][: self._facts.most]
        for at in range(0, len(uids), _GROUP):
            rows: list[Row] = []
            for uid in uids[at : at + _GROUP]:
                row = self._message(imap, uid)
                waiting = {int(item["token"]): item for item in state["retry"]}
                before = waiting.pop(uid, {})
                if row.columns is None:
                    waiting[uid] = failed({**before, "token": uid}, row.place, row.fault)
                held, dropped = bounded(list(waiting.values()))
                self.met.add("spool_dropped", len(dropped))
                state = {**state, "uid": max(uid, int(state["uid"])), "retry": held}
                rows.append(row)
            yield Chunk(rows, state, "messages")

    def _log_in(self, imap: Connection) -> None:
        secret = self._secret()
        try:
            if self._facts.auth == "xoauth2":
                told = f"user={self._user}\x01auth=Bearer {secret}\x01\x01".encode()
                answers = iter((told, b""))  # the second ends the exchange after the server said why it refuses
                imap.ask("authenticate", "XOAUTH2", lambda _: next(answers, b""))
            else:
                imap.ask("login", _quoted(self._user), secret)  # it quotes the password alone
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error:
            raise FetchError("login", f"{self._target.host}: the server does not take the account") from None

    def _open(self, imap: Connection) -> str:
        """The folder's UIDVALIDITY. Raises FetchError where there is no such folder."""
        status, _ = imap.ask("select", _quoted(self._folder), True)
        if status != "OK":
            raise FetchError("folder", "the mailbox has no folder of this name, or the account may not read it")
        _, found = imap.response("UIDVALIDITY")
        value = found[0] if found else None
        return value.decode("ascii", "replace") if isinstance(value, bytes) else ""

    def _new(self, imap: Connection, after: int) -> list[int]:
        _, found = imap.ask("uid", "SEARCH", "UID", f"{after + 1}:*")
        listed = b" ".join(part for part in found if isinstance(part, bytes)).split()
        # `n:*` always names the last message, also one before n.
        return sorted(uid for uid in map(int, filter(_UID.fullmatch, listed)) if uid > after)

    def _message(self, imap: Connection, uid: int) -> Row:
        place = f"message {uid}"
        _, told = imap.ask("uid", "FETCH", str(uid), "(UID RFC822.SIZE)")
        sizes = [match for part in told if isinstance(part, bytes) and (match := _SIZE.search(part))]
        if not sizes:
            return Row(place, None, "gone")
        if int(sizes[0][1]) > self._limits.message_bytes:
            return Row(place, None, "too_large")
        content = imap.fetch_message(uid)
        if content is None:
            return Row(place, None, "gone")
        try:
            row = next(read_rows(io.BytesIO(content), _MAIL, place), None)
        except FileError as error:
            return Row(place, None, error.code)
        self.met.add("pages")
        if row is None:
            return Row(place, None, "mail")
        return Row(place, row.columns, row.fault)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
