"""Where things lie in the repository. Standard library only: build.py needs it before any environment exists."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build"
DIST = ROOT / "dist"
REQUIREMENTS = ROOT / "assembly" / "requirements"
VENV = ROOT / ".venv"
TOOLS = BUILD / "tools"
BENCH = BUILD / "bench"
LEARN = BUILD / "learn"
NODE = BUILD / "node"
COLLECTOR = BUILD / "collector"
SERVERS = BUILD / "servers"
SHIPPED_LIBRARIES = BUILD / "lib"
FRONTEND = ROOT / "frontend"

APP = "minerva_app"
ADDON = "TA-gen-connectors"
TENANTS_APP = "minerva_tenants"
TENANTS_REQUESTS = f"{TENANTS_APP}.acs.json"
"""Beside the app: the requests that make its indexes on Splunk Cloud."""

BYTE_CODE_FOLDER = "PYTHONPYCACHEPREFIX"
"""Environment variable that keeps the byte code of a process, and of those it starts, outside the trees it runs."""


def python_of(environment: Path) -> Path:
    """Returns the interpreter of a virtual environment."""
    return environment / "bin" / "python"
