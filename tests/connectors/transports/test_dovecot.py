"""Tip lines over the real protocol: Dovecot's mailbox by password and by XOAUTH2, read once and never changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from minerva.intake.inputs import Network
from minerva.intake.mail_input import run_mail
from minerva.intake.running.runner import Report
from minerva.intake.web.account import Account
from tests.connectors.loopback import Handler, serving
from tests.connectors.running import World, changed
from tests.connectors.transports.dovecot_server import PASSWORD, USER, Served, find_dovecot, serving_dovecot

DOVECOT = find_dovecot()
pytestmark = pytest.mark.skipif(
    DOVECOT is None, reason="Dovecot 2.4 is not installed, Debian's package could not be fetched, or this is not root"
)
TOKEN = "a-token"


def message(number: int) -> bytes:
    head = f"Message-ID: <m{number}@example.org>\r\nDate: Wed, 01 Apr 2026 08:00:00 +0000\r\nFrom: a@example.org\r\n"
    return f"{head}Subject: Tip {number}\r\n\r\nCall (202) 555-0150.\r\n".encode()


def introspect(handler: Handler) -> None:
    if handler.headers.get("Authorization") == f"Bearer {TOKEN}":
        handler.answer(200, b'{"active": "true", "username": "tips@example.org"}')
    else:
        handler.answer(401, b'{"active": "false"}')


@pytest.fixture
def mailbox() -> Iterator[Served]:
    assert DOVECOT is not None
    with serving() as site:
        site.routes["/introspect"] = introspect
        with serving_dovecot(DOVECOT, f"{site.url}/introspect") as served:
            yield served


def run(world: World, served: Served, key: str = PASSWORD, **facts: object) -> Report:
    return run_mail(
        changed("tip_mailbox", **facts),
        "minerva_mail://t",
        "northfield",
        address=f"127.0.0.1:{served.port}",
        mailbox="",
        folder="",
        account=Account(USER, key),
        network=Network(allowed=f"127.0.0.1:{served.port}", ca_file=str(served.certificate)),
        world=world.surroundings(),
    )


def test_a_mailbox_is_read_once_by_password_and_keeps_its_flags(mailbox: Served, tmp_path: Path) -> None:
    world = World(tmp_path / "state")
    for number in (1, 2):
        mailbox.put(f"{number}.m.example", message(number))
    assert run(world, mailbox, key="another password").failed == "login"
    first = run(world, mailbox)
    assert (first.emitted, first.failed, dict(first.refused)) == (2, "", {})
    assert run(world, mailbox).read == 0
    mailbox.put("3.m.example", message(3))
    assert run(world, mailbox).emitted == 1
    assert sorted(record.title for record in world.index) == ["Tip 1", "Tip 2", "Tip 3"]
    assert len(mailbox.names()) == 3
    assert not [name for name in mailbox.names() if "S" in name.partition(":2,")[2]]


def test_a_token_that_the_server_asks_about_is_taken_by_xoauth2(mailbox: Served, tmp_path: Path) -> None:
    world = World(tmp_path / "state")
    mailbox.put("1.m.example", message(1))
    auth = {"kind": "xoauth2"}
    assert run(world, mailbox, key="an-old-token", imap__auth=auth).failed == "login"
    assert run(world, mailbox, key=TOKEN, imap__auth=auth).emitted == 1


def test_a_folder_that_is_not_there_is_said(mailbox: Served, tmp_path: Path) -> None:
    assert run(World(tmp_path / "state"), mailbox, imap__folder="Other").failed == "folder"
