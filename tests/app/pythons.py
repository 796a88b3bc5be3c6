"""The interpreters the doors must run under: the base one, and Splunk's two where they are found."""

from __future__ import annotations

import os
import shutil
import subprocess

from tests.app.chunk_driver import BASE_PYTHON


def _found(version: str) -> str | None:
    short = version.replace(".", "")
    for candidate in (os.environ.get(f"MINERVA_PYTHON{short}"), shutil.which(f"python{version}"), *_pyenv(version)):
        # A shim may exist without its version, so each is proved by running it.
        if candidate:
            proof = subprocess.run([candidate, "-V"], capture_output=True, text=True, check=False)
            if proof.returncode == 0 and proof.stdout.startswith(f"Python {version}."):
                return candidate
    return None


def _pyenv(version: str) -> list[str]:
    if shutil.which("pyenv") is None:
        return []
    found = subprocess.run(["pyenv", "prefix", version], capture_output=True, text=True, check=False)
    return [f"{found.stdout.strip()}/bin/python{version}"] if found.returncode == 0 else []


PYTHONS = {"base": BASE_PYTHON}
PYTHONS.update({version: path for version in ("3.9", "3.13") if (path := _found(version)) is not None})
