"""Tip lines: saved messages of a folder, and a mailbox over verified TLS: read only and once, no attachment kept."""

from __future__ import annotations

import contextlib
import hashlib
import io
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from demo.transports.imap_server import Mailbox, serving_mail
from minerva.intake.__main__ import main
from minerva.intake.errors import FetchError
from minerva.intake.facts.exchange import ImapFacts
from minerva.intake.facts.reading import ReadFacts
from minerva.intake.formats.read import read_rows
from minerva.intake.inputs import InputError, Network
from minerva.intake.mail_input import check_mail, run_mail
from minerva.intake.running.runner import Report
from minerva.intake.running.spool import MOST, entries
from minerva.intake.running.state import State
from minerva.intake.web.account import Account
from minerva.intake.web.guard import Target
from minerva.intake.web.imap_connection import Limits
from minerva.intake.web.mailbox import MailboxSource
from tests.connectors.loopback import serving
from tests.connectors.running import World, changed
from tests.connectors.source_samples import SOURCES

SAMPLE = (SOURCES / "demo" / "tip_mail" / "sample.eml").read_bytes().replace(b"\n", b"\r\n")
PICTURE = b"\x89PNG\r\n\x1a\n"


def message(number: int, text: str = "Call (202) 555-0150.") -> bytes:
    head = f"Message-ID: <m{number}@example.org>\r\nDate: Wed, 01 Apr 2026 08:00:00 +0000\r\nFrom: a@example.org\r\n"
    return f"{head}Subject: Tip {number}\r\n\r\n{text}\r\n".encode()


def read(content: bytes) -> dict[str, Any]:
    (row,) = read_rows(io.BytesIO(content), ReadFacts(format="mail"), "m.eml")
    assert row.columns is not None
    return dict(row.columns)


def test_a_message_gives_its_text_and_the_hash_of_what_was_attached() -> None:
    found = read(SAMPLE)
    assert (found["id"], found["from"], found["from_name"]) == ("tip-7@example.org", "anna@example.org", "Anna Müller")
    assert (found["subject"], found["date"]) == ("Ad on a site – please look", "2026-04-01T03:15:00Z")
    assert found["text"].startswith("The number in the ad is (202) 555-0149. The café")
    ((attached),) = found["attachments"]
    assert (attached["type"], len(attached["sha256"])) == ("image/png", 64)
    assert "ad.png" not in str(found)
    assert "iVBOR" not in str(found)


def test_markup_alone_is_read_as_text_and_a_message_without_id_has_one() -> None:
    content = b"From: a@example.org\r\nContent-Type: text/html\r\n\r\n<p>One<br>two</p><script>x</script><p>three</p>"
    found = read(content)
    assert (found["text"], found["id"]) == ("One\ntwo\nthree", f"sha256:{hashlib.sha256(content).hexdigest()}")


@pytest.mark.parametrize(
    "content",
    [
        b"Subject: =?utf-8?b?////?=\r\nDate: Tue, 99 Foo\r\nFrom: <<>>@@\r\n\r\nx",
        b"From: a@example.org\r\nContent-Type: text/plain; charset=no-such\r\n\r\n\xff\xfe",
        b"From: a@example.org\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n",
        b"From: a@example.org\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!!",
        b"Subject: x\r\n" + b"To: " + b"a@example.org, " * 5000 + b"\r\n\r\nx",
    ],
)
def test_a_broken_message_is_read_as_far_as_it_can_be(content: bytes) -> None:
    assert set(read(content)) >= {"id", "text", "attachments"}


def test_a_folder_of_messages_becomes_records_without_sender_or_attachment(tmp_path: Path) -> None:
    world = World(tmp_path / "state")
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "1.eml").write_bytes(SAMPLE)
    (folder / "2.eml").write_bytes(b"\x00\x01 no message")
    report = world.read(changed("tip_mail"), folder)
    assert (report.emitted, dict(report.leftovers)) == (1, {})
    assert sum(report.refused.values()) == 1
    text = world.index[0].to_json()
    assert "phone:+12025550149" in world.index[0].identifiers
    assert "anna" not in text
    assert "iVBOR" not in text


def run(world: World, box: Mailbox, pem: Path, user: str = "", key: str = "", **facts: Any) -> Report:
    return run_mail(
        changed("tip_mailbox", **facts),
        "minerva_mail://t",
        "northfield",
        address=f"127.0.0.1:{box.port}",
        mailbox="",
        folder="",
        account=Account(user or box.user, key or box.password),
        network=Network(allowed=f"127.0.0.1:{box.port}", ca_file=str(pem)),
        world=world.surroundings(),
    )


def test_a_mailbox_is_read_once_from_the_last_message_on_and_never_written(tmp_path: Path) -> None:
    world = World(tmp_path / "state")
    with serving_mail(tmp_path) as (box, pem):
        box.messages = {3: message(3), 5: SAMPLE, 9: message(9)}
        report = run(world, box, pem)
        assert (report.emitted, report.failed, dict(report.leftovers)) == (3, "", {})
        assert run(world, box, pem).read == 0
        box.messages[12] = message(12)
        assert run(world, box, pem).emitted == 1
        assert [record.title for record in world.index][-1] == "Tip 12"
        asked = {command.split(" ")[0] for command in box.commands}
        assert asked == {"CAPABILITY", "LOGIN", "EXAMINE", "UID", "LOGOUT"}
        assert not any("FLAGS" in command or "BODY[]" in command for command in box.commands)


def test_a_folder_that_was_made_anew_is_read_again_and_tells_nothing_twice(tmp_path: Path) -> None:
    world = World(tmp_path / "state")
    with serving_mail(tmp_path) as (box, pem):
        box.messages = {50: message(1), 51: message(2)}
        assert run(world, box, pem).emitted == 2
        box.validity, box.messages = 8, {1: message(1), 2: message(2), 3: message(3)}
        report = run(world, box, pem)
        assert (report.emitted, report.duplicates) == (1, 2)


def test_a_token_is_sent_by_xoauth2_and_asked_for_where_the_facts_say(tmp_path: Path) -> None:
    world = World(tmp_path / "state")
    with serving_mail(tmp_path) as (box, pem), serving() as site:
        box.messages = {1: message(1)}
        assert run(world, box, pem, key="a-token", imap__auth={"kind": "xoauth2"}).emitted == 1
        assert run(world, box, pem, key="old-token", imap__auth={"kind": "xoauth2"}).failed == "login"
        site.routes["/token"] = {"access_token": "a-token", "token_type": "Bearer", "expires_in": 3600}
        box.messages[2] = message(2)
        auth = {"kind": "xoauth2", "token_url": f"{site.url}/token", "send": "body"}
        report = run_mail(
            changed("tip_mailbox", imap__auth=auth),
            "minerva_mail://t",
            "northfield",
            address=f"127.0.0.1:{box.port}",
            mailbox=box.user,
            folder="",
            account=Account("client", "client-secret"),
            network=Network(allowed=f"127.0.0.1:{box.port} 127.0.0.1:{site.port}", ca_file=str(pem)),
            world=world.surroundings(),
        )
        assert (report.emitted, report.failed) == (1, "")
        assert b"client_secret=client-secret" in site.bodies[0]


def test_a_wrong_password_certificate_or_folder_ends_the_run_in_its_own_words(tmp_path: Path) -> None:
    world = World(tmp_path / "state")
    with serving_mail(tmp_path) as (box, pem):
        box.messages = {1: message(1)}
        assert run(world, box, pem, key="wrong").failed == "login"
        assert run(world, box, pem, imap__folder="Other").failed == "folder"
        (tmp_path / "other").mkdir()
        with serving_mail(tmp_path / "other") as (_, other_pem):
            assert run(world, box, other_pem).failed == "certificate"
        assert run(world, box, pem).emitted == 1


def test_an_oversized_message_waits_in_the_spool_and_the_rest_goes_on(tmp_path: Path) -> None:
    world = World(tmp_path / "state")
    with serving_mail(tmp_path) as (box, pem):
        box.messages = {1: message(1), 2: message(2)}
        box.announced[1] = 10**9
        report = run(world, box, pem)
        assert (report.emitted, dict(report.refused)) == (1, {"too_large": 1})
        for _ in range(5):
            run(world, box, pem)
        assert sum("UID FETCH 1 " in command for command in box.commands) == 5


@pytest.mark.parametrize("address", ["127.0.0.1:993", "10.0.0.1:993", "mail.example.org:25", "a b:993", "[::1]:993"])
def test_an_address_that_sources_may_not_reach_is_refused(address: str) -> None:
    with pytest.raises(InputError):
        check_mail(changed("tip_mailbox"), address, True, Network())


def hostile(behave: Callable[[Any, bytes, bytes], bool]) -> Callable[[Any], None]:
    """A session that answers each command as `behave` says (file, tag, command); False ends it."""

    def handle(session: Any) -> None:
        with contextlib.suppress(OSError):
            session.wfile.write(b"* OK ready\r\n")
            while line := session.rfile.readline():
                tag, _, command = line.strip().partition(b" ")
                if not behave(session.wfile, tag, command.upper()):
                    return

    return handle


def _usual(out: Any, tag: bytes, command: bytes) -> bool:
    told = {
        b"CAPABILITY": b"* CAPABILITY IMAP4rev1\r\n", b"EXAMINE": b"* 1 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n",
        b"UID SEARCH": b"* SEARCH 1\r\n",
    }  # fmt: skip
    out.write(next((text for start, text in told.items() if command.startswith(start)), b"") + tag + b" OK done\r\n")
    return True


def _literals(out: Any, tag: bytes, command: bytes) -> bool:
    if not command.startswith(b"LOGIN"):
        return _usual(out, tag, command)
    for _ in range(40):
        out.write(b"* 1 FETCH (BODY[] {1000000}\r\n" + bytes(1_000_000) + b")\r\n")
    return False


def _flood(out: Any, tag: bytes, command: bytes) -> bool:
    if not command.startswith(b"LOGIN"):
        return _usual(out, tag, command)
    out.write(b"* 1 X\r\n" * 20_000)
    return True


def _drip(out: Any, tag: bytes, command: bytes) -> bool:
    if not command.startswith(b"LOGIN"):
        return _usual(out, tag, command)
    for _ in range(100):
        out.write(b"*")
        time.sleep(0.05)
    return False


def _told(start: bytes, text: bytes) -> Callable[[Any, bytes, bytes], bool]:
    """A command that begins so is answered with one line, every other as usual."""

    def behave(out: Any, tag: bytes, command: bytes) -> bool:
        if not command.startswith(start):
            return _usual(out, tag, command)
        out.write(b"* " + text + b"\r\n" + tag + b" OK done\r\n")
        return True

    return behave


_NINES = b"9" * 5000


@pytest.mark.parametrize(
    ("behave", "code"),
    [
        pytest.param(_literals, "imap_too_much", id="literals"),
        pytest.param(_flood, "imap_too_much", id="flood"),
        pytest.param(_drip, "slow", id="drip"),
        pytest.param(_told(b"UID SEARCH", b"SEARCH " + _NINES), "", id="long uid"),
        pytest.param(_told(b"UID FETCH", b"1 FETCH (UID 1 RFC822.SIZE " + _NINES + b")"), "", id="long size"),
        pytest.param(_told(b"UID FETCH", b"1 FETCH (BODY[] {" + _NINES + b"}"), "imap_too_much", id="long literal"),
        pytest.param(_told(b"", b"CAPABILITY IMAP4rev1 \xff\xfe"), "imap", id="no ASCII"),
    ],
)
def test_a_server_that_lies_costs_neither_memory_nor_time(
    tmp_path: Path, behave: Callable[[Any, bytes, bytes], bool], code: str
) -> None:
    limits = Limits(seconds=1.0, answer_bytes=200_000)
    with serving_mail(tmp_path, hostile(behave)) as (box, pem):
        target = Target("https://localhost/", "https", "localhost", box.port, "127.0.0.1")
        source = MailboxSource(ImapFacts(host="localhost"), target, "a", lambda: "b", ca_file=str(pem), limits=limits)
        started, found = time.monotonic(), ""
        try:
            assert {row.fault for chunk in source.chunks({}) for row in chunk.rows} <= {"gone"}
        except FetchError as error:
            found = error.code
        finally:
            source.close()
        assert found == code
        assert time.monotonic() - started < 15


def test_messages_that_cannot_be_read_never_hold_up_those_behind_them(tmp_path: Path) -> None:
    world = World(tmp_path / "state")
    with serving_mail(tmp_path) as (box, pem):
        box.messages = dict.fromkeys(range(1, 2 * MOST + 6), b"x")
        box.announced = dict.fromkeys(box.messages, 10**9)
        box.messages[500] = message(500)
        report = run(world, box, pem)
        assert (report.emitted, report.failed, report.met["spool_dropped"]) == (1, "", 5)
        (path,) = (tmp_path / "state").glob("*.sqlite")
        state = State(path)
        held = entries(state.position)
        assert (len(held), sum(item.rests for item in held)) == (2 * MOST, MOST)
        state.close()
        assert main(["spool", "--drop", held[-1].place, str(path)]) == 0
        assert main(["spool", "--drop", held[-1].place, str(path)]) == 1
