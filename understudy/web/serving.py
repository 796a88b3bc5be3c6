"""Serves the pages of one stage in a thread, on 127.0.0.1 alone."""

from __future__ import annotations

import socket
import threading
import time
from typing import Self

import uvicorn

from understudy.rest.app import build as build_rest
from understudy.rest.backstage import Backstage
from understudy.web.app import build

HOST = "127.0.0.1"


class Serving:
    """The pages while the `with` block runs. port 0 takes a free one; `address` is where they are."""

    def __init__(self, stage: Backstage, port: int = 0) -> None:
        self._socket = socket.socket()
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind((HOST, port))
        self.address = f"http://{HOST}:{self._socket.getsockname()[1]}"
        config = uvicorn.Config(build(stage, build_rest(stage)), log_level="warning", lifespan="off", access_log=False)
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, args=([self._socket],), name="web", daemon=True)

    def __enter__(self) -> Self:
        self._socket.listen(128)
        self._thread.start()
        while not self._server.started and self._thread.is_alive():
            time.sleep(0.01)
        return self

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join(timeout=20)
        self._socket.close()
