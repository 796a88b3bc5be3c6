"""medallion, the TAXII 2.1 server of the consortium that keeps the standard, as a program on loopback."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

from demo.transports.ports import HOST, answers, free_port
from minerva.intake.web.taxii import MEDIA_TYPE

USER, KEY = "minerva", "a-key"
OPEN, CLOSED = "91a7b528-80eb-42ed-a74d-c6fbd5a26116", "52892447-4d7e-4f70-b94d-d7f22742ff63"
PAGE = 3


@dataclass(frozen=True)
class Medallion:
    """A running server; whoever shares objects adds them over TAXII too."""

    url: str

    def add(self, *things: dict[str, Any]) -> None:
        """Adds objects; the server says when they were added."""
        answer = requests.post(
            f"{self.url}/tips/collections/{OPEN}/objects/", data=json.dumps({"objects": things}), auth=(USER, KEY),
            headers={"Accept": MEDIA_TYPE, "Content-Type": MEDIA_TYPE}, timeout=20,
        )  # fmt: skip
        status = answer.json()
        if answer.status_code != 202 or status["success_count"] != len(things):
            raise AssertionError(f"medallion did not take the objects: {answer.text[:500]}")


def is_installed() -> bool:
    """Whether this environment has medallion."""
    return importlib.util.find_spec("medallion") is not None


@contextmanager
def serving_medallion(port: int = 0, objects: tuple[dict[str, Any], ...] = ()) -> Iterator[Medallion]:
    """A running medallion with one collection to read and one to write, until the block ends."""
    port = port or free_port()
    with tempfile.TemporaryDirectory(prefix="medallion-") as folder:
        config = Path(folder) / "config.json"
        data = Path(folder) / "data.json"
        config.write_text(json.dumps(_config(data)), encoding="utf-8")
        data.write_text(json.dumps(_data(port, objects)), encoding="utf-8")
        command = [sys.executable, "-m", "medallion.scripts.run", "--host", HOST, "--port", str(port), str(config)]
        server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        try:
            if not answers(port, 20, lambda: server.poll() is None):
                server.kill()
                raise AssertionError(f"medallion does not answer: {(server.communicate()[0] or b'').decode()[-500:]}")
            yield Medallion(f"http://{HOST}:{port}")
        finally:
            server.terminate()
            server.communicate(timeout=20)


def _config(data: Path) -> dict[str, Any]:
    return {
        "backend": {
            "module": "medallion.backends.memory_backend",
            "module_class": "MemoryBackend",
            "filename": str(data),
        },
        "users": {USER: KEY},
        "taxii": {"max_page_size": PAGE},
    }


def _data(port: int, objects: tuple[dict[str, Any], ...]) -> dict[str, Any]:
    root = f"http://{HOST}:{port}/tips/"
    manifest = [
        {
            "id": thing["id"],
            "date_added": f"2026-03-01T00:00:{number:02d}.000000Z",
            "version": thing["modified"],
            "media_type": "application/stix+json;version=2.1",
        }
        for number, thing in enumerate(objects)
    ]
    return {
        "/discovery": {"title": "Community", "default": root, "api_roots": [root]},
        "tips": {
            "information": {"title": "Root", "versions": [MEDIA_TYPE], "max_content_length": 1_000_000},
            "status": [],
            "collections": [
                _collection(OPEN, "Trafficking indicators", list(objects), manifest, can_read=True),
                _collection(CLOSED, "Closed", [], [], can_read=False),
            ],
        },
    }


def _collection(name: str, title: str, objects: list[Any], manifest: list[Any], *, can_read: bool) -> dict[str, Any]:
    return {
        "id": name, "title": title, "can_read": can_read, "can_write": True,
        "media_types": ["application/stix+json;version=2.1"], "objects": objects, "manifest": manifest,
    }  # fmt: skip
