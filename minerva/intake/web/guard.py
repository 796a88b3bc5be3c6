"""Guard: decides whether a URL may be fetched, and at which address.

Order: syntax (scheme, no userinfo, no control character), host form, port, then every address the name resolves to.
An `allowed` entry (host:port, set by the administrator) lifts the port and address rules for exactly that pair; a
source is given the one that is its own address (inputs.py), so that no redirect reaches what is allowed to another.
The management port of splunkd stays closed whatever is allowed.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from minerva.intake.errors import GuardError
from minerva.intake.web.addresses import Address, forms_of, is_public

Resolve = Callable[[str, int], list[str]]

_HOST = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)(\.(?!-)[a-z0-9_-]{1,63}(?<!-))*")
_NUMERIC = re.compile(r"(0x[0-9a-f]*|[0-9]+)")
CLOSED_PORTS = frozenset({8089})


@dataclass(frozen=True)
class Target:
    """A URL that may be fetched: `url` as sent, its host in ASCII lower case, and the address to connect to."""

    url: str
    scheme: str
    host: str
    port: int
    address: str

    @property
    def origin(self) -> tuple[str, str, int]:
        return (self.scheme, self.host, self.port)


def resolve_host(host: str, port: int) -> list[str]:
    """Every address of a host, in the resolver's order. Raises GuardError if there is none."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    except (OSError, UnicodeError):
        raise GuardError(f"the host {host} does not resolve") from None
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def parse_allowed(text: str) -> frozenset[tuple[str, int]]:
    """The host:port pairs of the administrator's list (commas or blanks between). Raises GuardError on a bad one."""
    pairs = set()
    for item in re.split(r"[,\s]+", text.strip()):
        if not item:
            continue
        host, _, port = item.rpartition(":")
        host = host.strip("[]").lower()
        if not host or not port.isascii() or not port.isdigit() or len(port) > 5 or not 0 < int(port) < 65536:
            raise GuardError(f"allowed_hosts: {item!r} is not host:port")
        pairs.add((host, int(port)))
    return frozenset(pairs)


def pair_of(url: str) -> tuple[str, int]:
    """The host and port of a URL as `check` compares them. Raises GuardError."""
    parts, port = _split(url)
    return _host(parts.hostname or ""), port


class Guard:
    """The rules of one source: ports from its facts, the administrator's `allowed` pairs, and the resolver."""

    def __init__(
        self,
        *,
        allowed: Iterable[tuple[str, int]] = (),
        ports: Iterable[int] = (),
        plain_http: bool = False,
        own_addresses: Iterable[str] = (),
        resolve: Resolve = resolve_host,
    ) -> None:
        self._allowed = frozenset(allowed)
        self._ports = {443, *ports} | ({80} if plain_http else set())
        self._plain_http = plain_http
        self._own = frozenset[Address]().union(*map(forms_of, own_addresses))
        self._resolve = resolve
        self._known: dict[tuple[str, int], str] = {}

    def check(self, url: str) -> Target:
        """The Target of a URL. Raises GuardError. A name is resolved once per run and its address then kept."""
        parts, port = _split(url)
        host = _host(parts.hostname or "")
        allowed = (host, port) in self._allowed
        if port in CLOSED_PORTS:
            raise GuardError(f"port {port} is closed to sources")
        if not allowed:
            if parts.scheme == "http" and not self._plain_http:
                raise GuardError(f"{host}: plain http is not allowed for this source; use https")
            if port not in self._ports:
                raise GuardError(
                    f"{host}: port {port} is not allowed; allowed_hosts may list it if it is the source's own address"
                )
        address = self._known.get((host, port))
        if address is None:
            address = self._address(host, port, allowed)
            self._known[(host, port)] = address
        return Target(url, parts.scheme, host, port, address)

    def _address(self, host: str, port: int, allowed: bool) -> str:
        try:
            found = [str(ipaddress.ip_address(host))]
        except ValueError:
            found = self._resolve(host, port)
        if not found:
            raise GuardError(f"the host {host} does not resolve")
        if not allowed and any(forms_of(address) & self._own or not is_public(address) for address in found):
            raise GuardError(
                f"{host}: resolves to an address that is not public; sources may only reach public addresses"
            )
        return found[0]


def _split(url: str) -> tuple[SplitResult, int]:
    if len(url) > 8192 or any(char <= " " or char in '\\"<>^`{|}' or char == "\x7f" for char in url):
        raise GuardError("a URL holds blanks, control characters or characters that no URL may hold")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise GuardError("a URL has a malformed host or port") from None
    if parts.scheme not in ("http", "https"):
        raise GuardError("only http and https may be fetched")
    if "@" in parts.netloc:
        raise GuardError("a URL may not hold a user name or password")
    if not parts.hostname:
        raise GuardError("a URL has no host")
    if port is None:
        port = 443 if parts.scheme == "https" else 80
    if port == 0:
        raise GuardError("port 0 is no port")
    return parts, port


def _host(name: str) -> str:
    """The host in ASCII lower case: an IP address in its one plain form, or a name that is not number-like."""
    if ":" in name:
        if "%" in name:
            raise GuardError("an IPv6 address may not name a zone")
        try:
            return str(ipaddress.IPv6Address(name))
        except ValueError:
            raise GuardError("malformed IPv6 address") from None
    if not name.isascii():
        if name.rpartition(".")[2].isdecimal():
            # Digits of other scripts stay what they are in IDNA, but some resolvers read them as an address.
            raise GuardError("an IPv4 address must be written as four decimal numbers")
        try:
            name = name.encode("idna").decode("ascii")
        except UnicodeError:
            raise GuardError("the host is not a valid international name") from None
    name = name.lower()
    if name.endswith("."):
        name = name[:-1]
    if _NUMERIC.fullmatch(name.rpartition(".")[2]):
        # inet_aton reads 127.1, 0x7f.1, 017700000001 and 2130706433 as addresses: only dotted decimal is accepted.
        try:
            return str(ipaddress.IPv4Address(name))
        except ValueError:
            raise GuardError("an IPv4 address must be written as four decimal numbers") from None
    if len(name) > 253 or not _HOST.fullmatch(name):
        raise GuardError("the host is not a valid name")
    return name
