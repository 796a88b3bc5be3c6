"""Builds the add-on with UCC from emitted and authored files; the result is cached by the hash of all that went in.

UCC writes inputs, restmap, web, account and settings confs, REST handlers and the configuration pages. It installs no
library here: without lib/requirements.txt it never touches pip, and assembly.packages.stage brings lib/.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from assembly import paths
from assembly.hashing import text_hash, tree_files, tree_hash
from assembly.version import build_number, version

# Parts of the authored add-on that go into UCC's source package as they are.
AUTHORED = ("bin", "default", "lookups", "appserver", "metadata", "static", "README")
# Confs of the add-on's own, added to those of the same names that UCC writes.
BESIDE = "beside_ucc"
# Not needed in an installation; base.html and the pages under js/build stay.
LEFTOVERS = ("lib/requirements.txt", "lib/exclude.txt")


class UccError(Exception):
    """UCC refused the add-on; the message is the end of what it printed."""


def build_addon(root: Path, tools: Path, cache: Path) -> Path:
    """Returns the built add-on's folder under `cache`; a second call with the same input builds nothing."""
    addon = root / paths.ADDON
    parts = [tree_hash(addon / name) for name in (*AUTHORED, BESIDE)]
    parts += [
        (addon / name).read_text(encoding="utf-8") for name in ("globalConfig.json", "app.manifest", "README.txt")
    ]
    lock = root / "assembly" / "requirements" / "tools.txt"
    parts += [version(root), lock.read_text(encoding="utf-8") if lock.is_file() else "", Path(__file__).read_text()]
    target = cache / text_hash(parts)[:16]
    built = target / paths.ADDON
    if not built.is_dir():
        work = cache / f"{target.name}.work"
        shutil.rmtree(work, ignore_errors=True)
        _stage_source(addon, root, work)
        _run(tools, work, version(root))
        for name in LEFTOVERS:
            (work / "out" / paths.ADDON / name).unlink(missing_ok=True)
        _settle_clock(work / "out" / paths.ADDON, root)
        _without_index(work / "out" / paths.ADDON / "default" / "inputs.conf")
        for path in tree_files(addon / BESIDE):
            conf = work / "out" / paths.ADDON / "default" / path.name
            conf.write_text(added(conf.read_text("utf-8"), path.read_text("utf-8")), encoding="utf-8")
        target.mkdir(parents=True, exist_ok=True)
        (work / "out" / paths.ADDON).rename(built)
        shutil.rmtree(work)
        for old in cache.iterdir():
            if old != target:
                shutil.rmtree(old, ignore_errors=True)
    return built


def added(text: str, more: str) -> str:
    """Returns a conf with the stanzas of another: a stanza that is there gets the new settings at its head."""
    for name, body in re.findall(r"(?ms)^\[([^]\n]+)\]\n(.*?)(?=^(?:#[^\n]*\n)*\[|\Z)", more):
        head = f"[{name}]\n"
        settings = body.strip("\n") + "\n"
        if f"\n{head}" in f"\n{text}":
            text = f"\n{text}".replace(f"\n{head}", f"\n{head}{settings}", 1)[1:]
        else:
            text = f"{text.rstrip()}\n\n{head}{settings}"
    return text


def _stage_source(addon: Path, root: Path, work: Path) -> None:
    package = work / "package"
    for name in AUTHORED:
        for path in tree_files(addon / name):
            target = package / name / path.relative_to(addon / name)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
    for name in ("app.manifest", "README.txt"):
        shutil.copyfile(addon / name, package / name)
    shutil.copyfile(root / "LICENSE", package / "LICENSE")
    shutil.copyfile(addon / "globalConfig.json", work / "globalConfig.json")


def _settle_clock(built: Path, root: Path) -> None:
    # UCC writes the clock into app.conf's `build` and the page's cache-busting paths: no two builds would be equal.
    # It also asks Splunkbase for updates of an add-on that is not listed there.
    conf = built / "default" / "app.conf"
    text = re.sub(r"(?m)^build = \d+$", f"build = {build_number(root)}", conf.read_text(encoding="utf-8"))
    conf.write_text(text.replace("check_for_updates = true", "check_for_updates = false"), encoding="utf-8")
    page = built / "appserver" / "templates" / "base.html"
    mark = int(tree_hash(built / "appserver" / "static")[:8], 16)
    page.write_text(re.sub(r"static/@\d+/", f"static/@{mark}/", page.read_text(encoding="utf-8")), encoding="utf-8")


def _without_index(conf: Path) -> None:
    # UCC gives inputs splunkd's default index, which is no institution's: each input names its own.
    conf.write_text(re.sub(r"(?m)^index *=.*\n", "", conf.read_text(encoding="utf-8")), encoding="utf-8")


def _run(tools: Path, work: Path, release: str) -> None:
    python = paths.python_of(tools)
    command = [
        str(python),
        "-m",
        "splunk_add_on_ucc_framework",
        "build",
        "--source",
        "package",
        "--config",
        "globalConfig.json",
    ]
    command += [
        "--ta-version",
        release,
        "--output",
        "out",
        "--python-binary-name",
        str(python),
        "--pip-version",
        "25.3",
    ]
    environment = {
        "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
        "HOME": str(work),
        "PYTHONDONTWRITEBYTECODE": "1",
        "LANG": "C.UTF-8",
    }
    done = subprocess.run(command, cwd=work, env=environment, capture_output=True, text=True, timeout=300, check=False)
    if done.returncode != 0:
        raise UccError("ucc-gen build failed:\n" + (done.stdout + done.stderr)[-3000:])
