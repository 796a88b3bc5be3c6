"""Refreshes the hash-locked requirement files with uv, itself locked, in an environment that nothing else uses.

Locks of the environments are universal (every platform and Python from 3.11); those of the shipped libraries are
for Python 3.9 and take exactly the listed packages, since each is chosen by hand. Standard library only.
"""

from __future__ import annotations

from pathlib import Path

from assembly.environments import ensure_environment, lock_of, run

UNIVERSAL = ("run", "bench", "learn", "tools", "node", "lock", "collector")
SHIPPED = ("minerva_app", "ta")
NATIVE = {"native": "3.9", "native_py39": "3.9", "native_py313": "3.13"}
"""Locks of the optional native package, and the Python that each is for."""


def refresh_locks(root: Path) -> int:
    """Writes assembly/requirements/*.txt anew; returns 0. Raises SetupError when uv finds no resolution."""
    locker = root / "build" / "lock"
    ensure_environment(locker, "lock", root)
    uv = [str(locker / "bin" / "uv"), "pip", "compile", "--quiet", "--generate-hashes", "--no-annotate", "--no-header"]
    for name in (*UNIVERSAL, *SHIPPED, *NATIVE):
        how = ["--universal", "--python-version", "3.11"]
        if name in SHIPPED:
            how = ["--python-version", "3.9", "--python-platform", "x86_64-manylinux2014", "--no-deps"]
        if name in NATIVE:
            how = ["--python-version", NATIVE[name], "--python-platform", "x86_64-manylinux_2_28", "--no-deps"]
        source = root / "assembly" / "requirements" / f"{name}.in"
        text = run([*uv, "--allow-unsafe", *how, str(source)])
        lock_of(name, root).write_text(
            f"# Locked from {name}.in by build.py lock: do not edit.\n{text}", encoding="utf-8"
        )
        print(f"  {name}.txt: {text.count('==')} packages", flush=True)
    return 0
