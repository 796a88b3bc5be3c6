"""Connection: the one adapter between intake and `requests`.

A connection goes to the address the guard chose, never to one that is looked up again; SNI, certificate check and Host
keep the name. Every read of the socket, headers included, ends at the request's deadline: a socket timeout alone
starts anew with each byte, so a slow drip would never end.
"""

from __future__ import annotations

import io
import socket
import time
from collections.abc import Callable
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError
from urllib3.poolmanager import PoolManager

CONNECT_TIMEOUT_S = 10.0
READ_TIMEOUT_S = 30.0
_HEADER_BUFFER_BYTES = 512


class Route:
    """Where the connections of one origin go and until when the current request may last (monotonic seconds)."""

    def __init__(self, address: str, clock: Callable[[], float] = time.monotonic) -> None:
        self.address = address
        self.deadline = 0.0
        self._clock = clock

    def left_s(self, cap_s: float) -> float:
        """Seconds the next socket operation may take. Raises socket.timeout once the deadline has passed."""
        left = self.deadline - self._clock()
        if left <= 0:
            raise socket.timeout("the request's deadline has passed")
        return min(left, cap_s)


class _DeadlineReader(io.RawIOBase):
    """Reads a socket; each read gets only the time that the route has left."""

    def __init__(self, owner: _DeadlineSocket, sock: Any, route: Route) -> None:
        super().__init__()
        self._owner = owner
        self._sock = sock
        self._route = route

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._sock.settimeout(self._route.left_s(READ_TIMEOUT_S))
        return int(self._sock.recv_into(buffer))

    def close(self) -> None:
        if not self.closed:
            super().close()
            self._owner.reader_closed()


class _DeadlineSocket:
    """A socket whose file for reading honours the route's deadline; all else is the socket's own.

    http.client closes the socket as soon as an answer says that the connection ends with it, and reads on from the
    file: so the socket is closed for good only when its last reader is.
    """

    def __init__(self, sock: Any, route: Route) -> None:
        self._sock = sock
        self._route = route
        self._readers = 0
        self._done = False

    def makefile(self, *_: Any, **__: Any) -> io.BufferedReader:
        self._readers += 1
        return io.BufferedReader(_DeadlineReader(self, self._sock, self._route), _HEADER_BUFFER_BYTES)

    def close(self) -> None:
        self._done = True
        if not self._readers:
            self._sock.close()

    def reader_closed(self) -> None:
        self._readers -= 1
        if self._done and not self._readers:
            self._sock.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sock, name)


def _connect(connection: Any, route: Route) -> socket.socket:
    try:
        sock = socket.create_connection((route.address, connection.port), route.left_s(CONNECT_TIMEOUT_S))
    except socket.timeout:
        raise ConnectTimeoutError(connection, f"no connection within {CONNECT_TIMEOUT_S:g} s") from None
    except OSError as error:
        raise NewConnectionError(connection, f"no connection ({type(error).__name__})") from None
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return sock


class _Routed(HTTPConnection):
    """A connection to the address of its route and no other, within the route's deadline."""

    route: Route

    def _new_conn(self) -> Any:
        return _connect(self, self.route)

    def connect(self) -> None:
        super().connect()
        self.sock: Any = _DeadlineSocket(self.sock, self.route)


class _RoutedTls(_Routed, HTTPSConnection):
    """The same over TLS: what `connect` wraps is the socket that TLS made."""


class PinnedAdapter(HTTPAdapter):
    """A requests adapter for one route: no retries, no proxy, no redirect, no second look-up of the name."""

    def __init__(self, route: Route) -> None:
        self._route = route
        super().__init__(pool_connections=1, pool_maxsize=1, max_retries=0)

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **keywords: Any) -> None:
        plain = type("PlainConnection", (_Routed,), {"route": self._route})
        tls = type("TlsConnection", (_RoutedTls,), {"route": self._route})
        self.poolmanager = PoolManager(num_pools=connections, maxsize=maxsize, block=block, **keywords)
        self.poolmanager.pool_classes_by_scheme = {
            "http": type("PlainPool", (HTTPConnectionPool,), {"ConnectionCls": plain}),
            "https": type("TlsPool", (HTTPSConnectionPool,), {"ConnectionCls": tls}),
        }

    def proxy_manager_for(self, proxy: Any, **keywords: Any) -> Any:
        raise NotImplementedError("sources are fetched without a proxy")
