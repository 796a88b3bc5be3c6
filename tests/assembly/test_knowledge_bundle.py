"""What a search head sends to indexers is enough to start the commands that run there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import yaml

from assembly.conf_read import read_conf
from assembly.packages.stage import stage_app
from assembly.paths import APP, ROOT
from benchmarks.chunk_driver import csv_of, frame, searchinfo

SENT = ("apps/*/bin/...", "apps/*/lookups/...", "apps/*/default/*.conf", "apps/*/metadata/*.meta")
"""What the knowledge bundle holds of an app by Splunk's own distsearch.conf."""


def matcher(pattern: str) -> re.Pattern[str]:
    """`...` is any path, `*` is anything within one folder, as distsearch.conf has it."""
    parts = re.split(r"(\.\.\.|\*)", pattern)
    return re.compile("".join({"...": ".*", "*": "[^/]*"}.get(part, re.escape(part)) for part in parts))


def bundle(staged: Path, target: Path) -> Path:
    """Copies what an indexer gets of a staged app."""
    conf = staged / "default" / "distsearch.conf"
    added = read_conf(conf).get("replicationAllowlist", {}) if conf.is_file() else {}
    patterns = [matcher(pattern) for pattern in (*SENT, *added.values())]
    for path in (path for path in staged.rglob("*") if path.is_file()):
        name = path.relative_to(staged.parent).as_posix()
        if any(pattern.fullmatch(f"apps/{name}") for pattern in patterns):
            copy = target / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
    return target / staged.name


def answer(script: Path, arguments: list[str], body: str) -> str:
    """What a command answers in an interpreter that has nothing but the bundle."""
    info = searchinfo(script.name, arguments, str(script.parent))
    sent = frame({"action": "getinfo", "preview": False, "searchinfo": info})
    sent += frame({"action": "execute", "finished": True}, body)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        [sys.executable, "-B", "-S", str(script)],
        input=sent, capture_output=True, env=environment, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()[-400:]
    return done.stdout.decode()


def test_commands_that_run_on_indexers_find_their_libraries_in_the_bundle(tmp_path: Path) -> None:
    commands = yaml.safe_load((ROOT / APP / "facts" / "commands.yml").read_text(encoding="utf-8"))
    assert [command["name"] for command in commands if command.get("distributed")] == ["minervaextract"]
    script = bundle(stage_app(tmp_path / "staged"), tmp_path / "indexer") / "bin" / "minervaextract.py"
    usual = csv_of([{"text": "call 415 555 0123, now"}])
    assert "phone:+14155550123" in answer(script, ["fields=text", "region=US"], usual)
    # A heading that names a column twice is left to the SDK, so its library has to be there too.
    twice = "text,text\r\nring 415 555 0123,ring 415 555 0123\r\n"
    assert "phone:+14155550123" in answer(script, ["fields=text", "region=US"], twice)


def test_the_bundle_leaves_the_pages_out(tmp_path: Path) -> None:
    app = tmp_path / "apps_of" / APP
    for name in ("appserver/static/page.js", "lib/minerva/a.py", "bin/a.py", "default/server.conf"):
        (app / name).parent.mkdir(parents=True, exist_ok=True)
        (app / name).write_text("", encoding="utf-8")
    shutil.copyfile(ROOT / APP / "default" / "distsearch.conf", app / "default" / "distsearch.conf")
    sent = bundle(app, tmp_path / "indexer")
    assert (sent / "lib" / "minerva" / "a.py").is_file()
    assert not (sent / "appserver").exists()
