"""Precedence of layers, changes that last, permissions of objects."""

from __future__ import annotations

from pathlib import Path

import pytest

from understudy.conf import Conf, ConfError


def put(etc: Path, where: str, text: str) -> None:
    path = etc / where
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


LAYERS = [
    ("system/local/x.conf", "system local"),
    ("apps/a/local/x.conf", "a local"),
    ("apps/b/local/x.conf", "b local"),
    ("apps/a/default/x.conf", "a default"),
    ("apps/b/default/x.conf", "b default"),
    ("system/default/x.conf", "system default"),
]


@pytest.mark.parametrize("present", range(len(LAYERS)), ids=[name for _, name in LAYERS])
def test_global_context_takes_the_strongest_layer(tmp_path: Path, present: int) -> None:
    for where, value in LAYERS[present:]:
        put(tmp_path, where, f"[s]\nk = {value}\n")
    assert Conf.load(tmp_path).get("x", "s", "k") == LAYERS[present][1]


def test_app_context_ranks_user_app_exports_then_system(tmp_path: Path) -> None:
    for where, value in LAYERS:
        put(tmp_path, where, f"[s]\nk = {value}\n")
    put(tmp_path, "users/u/a/local/x.conf", "[s]\nk = user\n")
    conf = Conf.load(tmp_path)
    assert conf.get("x", "s", "k", app="a", user="u") == "user"
    assert conf.get("x", "s", "k", app="a", user="other") == "a local"
    assert conf.get("x", "s", "k", app="c") == "system local"
    put(tmp_path, "apps/b/metadata/default.meta", "[]\nexport = system\n")
    conf.reload()
    assert conf.get("x", "s", "k", app="c") == "b local"


def test_default_stanza_fills_every_stanza(tmp_path: Path) -> None:
    put(tmp_path, "apps/a/default/x.conf", "[default]\nk = 1\nj = 1\n[s]\nk = 2\n")
    assert Conf.load(tmp_path).stanzas("x")["s"] == {"k": "2", "j": "1"}


def test_disabled_app_does_not_count(tmp_path: Path) -> None:
    put(tmp_path, "apps/a/default/x.conf", "[s]\nk = 1\n")
    put(tmp_path, "apps/a/local/app.conf", "[install]\nstate = disabled\n")
    assert Conf.load(tmp_path).stanzas("x") == {}


def test_written_stanza_is_there_after_a_fresh_load(tmp_path: Path) -> None:
    put(tmp_path, "apps/a/default/x.conf", "[s]\nk = 1\nj = 1\n")
    conf = Conf.load(tmp_path)
    conf.write("x", "s", {"k": "2"}, "a")
    assert conf.stanzas("x")["s"] == {"k": "2", "j": "1"}
    assert Conf.load(tmp_path).stanzas("x")["s"] == {"k": "2", "j": "1"}
    conf.delete("x", "s", "a")
    assert Conf.load(tmp_path).get("x", "s", "k") == "1"
    with pytest.raises(ConfError):
        conf.delete("x", "s", "a")


def test_private_object_is_the_users_alone(tmp_path: Path) -> None:
    put(tmp_path, "apps/a/default/app.conf", "")
    conf = Conf.load(tmp_path)
    conf.write("savedsearches", "mine", {"search": "x"}, "a", "u")
    assert [entry.acl.sharing for entry in conf.entries("savedsearches", "a", "u")] == ["user"]
    assert conf.entries("savedsearches", "a", "other") == []


@pytest.mark.parametrize("user", ["../x", "", "a/b", ".."])
def test_user_name_cannot_leave_its_folder(tmp_path: Path, user: str) -> None:
    put(tmp_path, "apps/a/default/app.conf", "")
    with pytest.raises(ConfError):
        Conf.load(tmp_path).write("x", "s", {"k": "1"}, "a", user)


def test_acl_comes_from_object_then_category_then_app(tmp_path: Path) -> None:
    put(
        tmp_path,
        "apps/a/metadata/default.meta",
        "[]\naccess = read : [ * ], write : [ admin ]\n[views]\naccess = read : [ r1 ]\n"
        "[views/my%20view]\naccess = read : [ r2 ], write : [ r3 ]\nexport = system\n",
    )
    conf = Conf.load(tmp_path)
    assert conf.acl("a", "macros", "m").read == ("*",)
    assert conf.acl("a", "views", "v").read == ("r1",)
    named = conf.acl("a", "views", "my view")
    assert (named.read, named.write, named.sharing) == (("r2",), ("r3",), "global")
