"""Environments from hash-locked requirement files, each with a stamp: a second run installs nothing, asks no network.

Standard library only, since it makes the environment that everything else runs in. `.venv` runs and tests,
`build/tools` holds Splunk's packaging tools, `build/learn` what trains a model, `build/lib/<package>` the libraries
that ship, which belong to none of them.
"""

from __future__ import annotations

import base64
import csv
import hashlib
import importlib.util
import re
import shutil
import subprocess
import sys
from collections.abc import Collection, Sequence
from pathlib import Path

from assembly import paths
from assembly.hashing import text_hash

STAMP = ".minerva-stamp"
# Built from its source archive, the only form it has; everything else that ships is installed from wheels.
FROM_SOURCE = frozenset({"splunk-sdk", "langdetect", "sgmllib3k"})
SHIPPED_PYTHON = "3.9"
SHIPPED_PLATFORMS = ("manylinux2014_x86_64", "any")
# What pip leaves behind and no package carries: machine code, stubs, byte code, marks of the installation.
STRIPPED = ("*.so", "*.pyi", "*.pyc", "direct_url.json", "REQUESTED")


class SetupError(Exception):
    """An environment could not be made; the message holds the command and the end of its output."""


def lock_of(name: str, root: Path = paths.ROOT) -> Path:
    """Returns the lock file of `run`, `bench`, `learn`, `tools`, `node`, `lock`, `minerva_app` or `ta`."""
    return root / "assembly" / "requirements" / f"{name}.txt"


def base_python() -> str:
    """Returns the interpreter outside any virtual environment that runs this process."""
    return str(getattr(sys, "_base_executable", None) or sys.executable)


def is_current(folder: Path, stamp: str) -> bool:
    """True if `folder` was completed from the same inputs."""
    mark = folder / STAMP
    return mark.is_file() and mark.read_text(encoding="utf-8") == stamp


def ensure_environment(folder: Path, name: str, root: Path = paths.ROOT) -> bool:
    """Makes or updates a virtual environment from a lock; returns False if it was current. Raises SetupError."""
    lock = lock_of(name, root)
    stamp = text_hash([lock.read_text(encoding="utf-8"), sys.version, base_python()])
    if is_current(folder, stamp):
        return False
    python = paths.python_of(folder)
    if not python.exists() or _version_of(python) != sys.version_info[:3]:
        shutil.rmtree(folder, ignore_errors=True)
        bare = [] if importlib.util.find_spec("ensurepip") else ["--without-pip"]
        run([base_python(), "-m", "venv", *bare, str(folder)])
    install = ["install", "--quiet", "--require-hashes", "--no-deps", "-r", str(lock)]
    run([*_pip_for(folder), *install])
    if name in ("run", "bench", "learn"):
        _show_shipped(folder, root)
    (folder / STAMP).write_text(stamp, encoding="utf-8")
    return True


def ensure_shipped(package: str, name: str, root: Path = paths.ROOT) -> bool:
    """Resolves the libraries of a package for Python 3.9 into build/lib; returns False if they were current."""
    target = root / "build" / "lib" / package
    lock = lock_of(name, root).read_text(encoding="utf-8")
    tools = lock_of("tools", root).read_text(encoding="utf-8")
    stamp = text_hash([lock, tools, Path(__file__).read_text(encoding="utf-8")])
    mark = target.parent / f"{package}.stamp"
    if target.is_dir() and mark.is_file() and mark.read_text(encoding="utf-8") == stamp:
        return False
    work = target.parent / f"{package}.work"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    pip = [str(paths.python_of(root / "build" / "tools")), "-m", "pip", "--disable-pip-version-check"]
    source, wheels = _split(lock, FROM_SOURCE)
    (work / "source.txt").write_text(source, encoding="utf-8")
    (work / "wheels.txt").write_text(wheels, encoding="utf-8")
    common = ["--quiet", "--no-deps"]
    built = work / "built"
    run(
        [
            *pip,
            "wheel",
            *common,
            "--require-hashes",
            "--no-build-isolation",
            "-w",
            str(built),
            "-r",
            str(work / "source.txt"),
        ]
    )
    into = [*common, "--no-compile", "--only-binary=:all:", "--target", str(work / "lib")]
    target_python = ["--implementation=cp", f"--python-version={SHIPPED_PYTHON}"]
    platforms = [f"--platform={platform}" for platform in SHIPPED_PLATFORMS]
    run(
        [*pip, "install", *into, *platforms, *target_python, "--require-hashes", "-r", str(work / "wheels.txt")],
    )
    run([*pip, "install", *into, "--no-index", *(str(wheel) for wheel in sorted(built.glob("*.whl")))])
    _strip(work / "lib")
    altered = altered_files(work / "lib")
    if altered:
        raise SetupError(f"not as their authors released them: {', '.join(altered)}")
    shutil.rmtree(target, ignore_errors=True)
    (work / "lib").rename(target)
    shutil.rmtree(work)
    mark.write_text(stamp, encoding="utf-8")
    return True


def _split(lock: str, names: Collection[str]) -> tuple[str, str]:
    blocks = re.split(r"(?m)^(?=[A-Za-z0-9])", lock)
    chosen = [block for block in blocks if block.partition("==")[0] in names]
    return "".join(chosen), "".join(block for block in blocks if block not in chosen)


def _strip(folder: Path) -> None:
    for pattern in STRIPPED:
        for path in folder.rglob(pattern):
            path.unlink()
    for path in sorted(folder.rglob("__pycache__")):
        shutil.rmtree(path)
    for name in ("bin", "share"):  # command lines and their manual pages
        shutil.rmtree(folder / name, ignore_errors=True)


def altered_files(folder: Path) -> list[str]:
    """Returns files whose bytes differ from their package's RECORD: some machines add a certificate to certifi."""
    altered = []
    for record in sorted(folder.glob("*.dist-info/RECORD")):
        with record.open(encoding="utf-8", newline="") as stream:
            for name, digest, *_ in csv.reader(stream):
                path = folder / name
                if digest.startswith("sha256=") and path.is_file():
                    found = base64.urlsafe_b64encode(hashlib.sha256(path.read_bytes()).digest()).rstrip(b"=").decode()
                    altered += [name] if found != digest.removeprefix("sha256=") else []
    return altered


def _show_shipped(folder: Path, root: Path) -> None:
    # Tests and tools import the doors and their libraries; last on the path, so that .venv's own versions win.
    site = folder / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "site-packages"
    lines = [str(root / "build" / "lib" / package) for package in (paths.APP, paths.ADDON)]
    (site / "minerva_shipped.pth").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _pip_for(folder: Path) -> list[str]:
    python = paths.python_of(folder)
    if importlib.util.find_spec("ensurepip"):
        return [str(python), "-m", "pip", "--disable-pip-version-check"]
    return [base_python(), "-m", "pip", "--disable-pip-version-check", "--python", str(python)]


def _version_of(python: Path) -> tuple[int, ...] | None:
    try:
        done = subprocess.run([python, "-V"], capture_output=True, text=True, timeout=20, check=False)
    except OSError:
        return None
    match = re.fullmatch(r"Python (\d+)\.(\d+)\.(\d+)\S*\s*", done.stdout)
    return tuple(int(part) for part in match.groups()) if match else None


def run(command: Sequence[str], cwd: Path | None = None, timeout_s: float = 1200) -> str:
    """Runs a command and returns its output. Raises SetupError with the end of the output when it fails."""
    try:
        done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=timeout_s, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise SetupError(f"{' '.join(command)}: {error}") from error
    if done.returncode != 0:
        raise SetupError(f"{' '.join(command)}\n{(done.stdout + done.stderr)[-4000:]}")
    return done.stdout
