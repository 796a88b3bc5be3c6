"""Secrets of apps: encrypted on disk, the key its owner's alone, nothing shown without the capability."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from tests.understudy.access.world import document, rest
from tests.understudy.staging import ADMIN, PASSWORD, make_stage
from understudy.rest.passwords import PasswordError
from understudy.stage import Stage

SECRET = "synthetic-secret-4711"
PATH = "storage/passwords"


def put(stage: Stage) -> None:
    stage.home.joinpath("etc/apps/a/default").mkdir(parents=True, exist_ok=True)
    stage.conf.reload()
    answer = rest(stage, ADMIN, "POST", PATH, name="user", realm="realm", password=SECRET)
    assert answer.status_code == 201


def files(home: Path) -> list[Path]:
    return [path for path in home.rglob("*") if path.is_file()]


def test_secret_is_in_no_file_of_the_home_and_reads_back(stage: Stage) -> None:
    put(stage)
    found = document(rest(stage, ADMIN, "GET", PATH))["entry"]
    assert [item["content"]["clear_password"] for item in found] == [SECRET]
    key = stage.home / "etc" / "auth" / "understudy.key"
    assert [path for path in files(stage.home) if SECRET.encode() in path.read_bytes()] == []
    token = stage.conf.get("passwords", "credential:realm:user:", "password", app="a") or ""
    assert Fernet(key.read_bytes()).decrypt(token.removeprefix("$u1$").encode()).decode() == SECRET


def test_key_is_open_to_its_owner_alone_even_if_it_was_not(stage: Stage, tmp_path: Path) -> None:
    key = stage.home / "etc" / "auth" / "understudy.key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert stat.S_IMODE(key.parent.stat().st_mode) == 0o700
    before = key.read_bytes()
    key.chmod(0o644)
    stage.stop()
    with make_stage(stage.home) as again:
        assert stat.S_IMODE(key.stat().st_mode) == 0o600
        assert key.read_bytes() == before
        again.stop()


def test_clear_text_of_a_local_file_is_encrypted_at_the_start(tmp_path: Path) -> None:
    local = tmp_path / "home" / "etc" / "apps" / "a" / "local"
    local.mkdir(parents=True)
    (local / "passwords.conf").write_text(f"[credential:r:u:]\npassword = {SECRET}\n", encoding="utf-8")
    with make_stage(tmp_path / "home") as stage:
        assert SECRET not in (local / "passwords.conf").read_text(encoding="utf-8")
        assert [item.password for item in stage.passwords.all("a")] == [SECRET]


def test_another_key_opens_nothing(stage: Stage) -> None:
    put(stage)
    (stage.home / "etc" / "auth" / "understudy.key").write_bytes(Fernet.generate_key())
    stage.stop()
    with make_stage(stage.home) as again:
        with pytest.raises(PasswordError, match="another key") as caught:
            list(again.passwords.all("a"))
        assert SECRET not in str(caught.value)


@pytest.mark.parametrize("path", [PATH, f"{PATH}/realm:user:", "configs/conf-passwords", "properties/passwords"])
def test_user_without_the_capability_reads_no_secret(stage: Stage, path: str) -> None:
    put(stage)
    stage.create_user("plain", PASSWORD, ["power"])
    answer = rest(stage, "plain", "GET", path)
    assert answer.status_code in (403, 404)
    assert SECRET.encode() not in answer.body


@pytest.mark.parametrize("path", ["configs/conf-passwords", "configs/conf-passwords/credential:realm:user:"])
def test_conf_endpoints_show_no_secret_to_anybody(stage: Stage, path: str) -> None:
    put(stage)
    assert rest(stage, ADMIN, "GET", path).status_code == 404
    assert rest(stage, ADMIN, "GET", "properties/passwords").status_code == 404
