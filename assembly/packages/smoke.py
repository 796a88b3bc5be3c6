"""The built packages under the Pythons that Splunk runs: every module imports, every command answers the protocol.

Each check is a child of Python 3.9 and of 3.13 with nothing on its path but the package itself, as splunkd starts it.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

from assembly import paths
from assembly.conf_read import read_conf

TIMEOUT_S = 120
BYTE_CODE = paths.BUILD / "byte_code"
"""Where processes of checks and tests keep byte code: never in a package or in the tree."""
IMPORT_ALL = """
import importlib, pkgutil, sys
lib, package, without = sys.argv[1], sys.argv[2], sys.argv[3]
sys.path.insert(0, lib)
root = importlib.import_module(package)
names = [package] + [m.name for m in pkgutil.walk_packages(root.__path__, package + ".")]
names = [n for n in names if not n.endswith("__main__")]
for name in names:
    try:
        importlib.import_module(name)
    except ModuleNotFoundError as error:
        # The fast paths are found at run time, where numpy is; what fetches has its libraries in the add-on alone.
        library = without and name.startswith(without) and not error.name.startswith(package)
        if error.name != "numpy" and not library:
            raise
print(len(names))
"""


def smoke_package(package: Path, python: str) -> list[str]:
    """Returns one line for each thing that does not work in a built package under an interpreter; empty = all work."""
    problems = _imports(package, python)
    if package.name == paths.APP:
        for command in read_conf(package / "default" / "commands.conf"):
            problems += _getinfo(package, python, command)
    else:
        for scheme in read_conf(package / "default" / "inputs.conf"):
            problems += _scheme(package, python, scheme.split("://")[0])
    return problems


def _run(python: str, arguments: list[str], cwd: Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    environment = {
        "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
        paths.BYTE_CODE_FOLDER: str(BYTE_CODE),
        "SPLUNK_HOME": str(cwd.parent.parent),
        "LANG": "C.UTF-8",
    }
    return subprocess.run(
        [python, *arguments], input=stdin, capture_output=True, cwd=cwd, env=environment, timeout=TIMEOUT_S, check=False
    )


def _imports(package: Path, python: str) -> list[str]:
    without = "minerva.intake." if package.name == paths.APP else ""
    program = [IMPORT_ALL, str(package / "lib"), "minerva", without]
    done = _run(python, ["-W", "error::SyntaxWarning", "-c", *program], package)
    return [] if done.returncode == 0 else [f"{package.name}: import of minerva fails: {_end(done.stderr)}"]


def _getinfo(package: Path, python: str, command: str) -> list[str]:
    script = read_conf(package / "default" / "commands.conf")[command]["filename"]
    info = {
        "action": "getinfo",
        "preview": False,
        "streaming_command_will_restart": False,
        "searchinfo": {
            "args": [],
            "raw_args": [],
            "dispatch_dir": "",
            "sid": "smoke",
            "app": package.name,
            "owner": "nobody",
            "username": "nobody",
            "session_key": "",
            "splunkd_uri": "https://127.0.0.1:8089",
            "splunk_version": "10.2.0",
            "search": "",
            "command": command,
            "maxresultrows": 50000,
            "earliest_time": "0",
            "latest_time": "0",
        },
    }
    metadata = json.dumps(info).encode()
    request = b"chunked 1.0,%d,0\n%s" % (len(metadata), metadata)
    done = _run(python, [script], package / "bin", request)
    # A command that needs options says so through the inspector; both answers are the protocol's.
    if not done.stdout.startswith(b"chunked 1.0,"):
        return [f"{package.name}: {command} gives no answer to getinfo: {_end(done.stderr)}"]
    head, _, rest = done.stdout.partition(b"\n")
    reply = json.loads(rest[: int(head.split(b",")[1])])
    if "type" in reply or reply.get("inspector", {}).get("messages"):
        return []
    return [f"{package.name}: {command} answers getinfo without a type: {reply}"]


def _scheme(package: Path, python: str, scheme: str) -> list[str]:
    done = _run(python, [f"{scheme}.py", "--scheme"], package / "bin")
    if done.returncode == 0 and b"<scheme>" in done.stdout:
        return []
    return [f"{package.name}: {scheme} --scheme fails: {_end(done.stderr)}"]


def _end(output: bytes) -> str:
    lines = output.decode("utf-8", "replace").strip().splitlines()
    return " | ".join(lines[-3:])[-500:]
