"""Addresses: whether an IP address is a public one in every disguise it may wear.

`ipaddress.is_global` alone is not enough: on Python 3.9 to 3.12 it calls 64:ff9b::7f00:1, 2002:7f00:1:: and
::127.0.0.1 global, though routers may unwrap all three to 127.0.0.1 (RFC 6052, 3056, 4291).
"""

from __future__ import annotations

import ipaddress
from typing import Union

Address = Union[ipaddress.IPv4Address, ipaddress.IPv6Address]

_BLOCKED = tuple(
    ipaddress.ip_network(text)
    for text in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        "::/96", "::ffff:0:0:0/96", "64:ff9b:1::/48", "100::/64", "100:0:0:1::/64", "2001::/23", "2001:db8::/32",
        "2620:4f:8000::/48", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
    )
)  # fmt: skip
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def disguised(address: ipaddress.IPv6Address) -> list[ipaddress.IPv4Address]:
    """The IPv4 addresses that an IPv6 address stands for: v4-mapped, v4-compatible, 6to4, NAT64, Teredo, ISATAP."""
    inner = []
    if address.ipv4_mapped is not None:
        inner.append(address.ipv4_mapped)
    if address.sixtofour is not None:
        inner.append(address.sixtofour)
    if address.teredo is not None:
        inner += list(address.teredo)
    low = int(address) & 0xFFFFFFFF
    if address in _NAT64 or int(address) >> 32 == 0:
        inner.append(ipaddress.IPv4Address(low))
    if (int(address) >> 32) & 0xFDFFFFFF == 0x5EFE:  # RFC 5214: 0:5efe or 200:5efe before the IPv4 address
        inner.append(ipaddress.IPv4Address(low))
    return inner


def forms_of(text: str) -> frozenset[Address]:
    """Every address that a written one stands for, itself among them; none of what is no address."""
    try:
        address: Address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return frozenset()
    return frozenset([address, *(disguised(address) if isinstance(address, ipaddress.IPv6Address) else ())])


def is_public(text: str) -> bool:
    """True only for an address of the public unicast internet, however it is written; False for what is no address."""
    try:
        address: Address = ipaddress.ip_address(text)
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        if getattr(address, "scope_id", None):
            return False
        if address.ipv4_mapped is not None:
            return is_public(str(address.ipv4_mapped))
        if not all(is_public(str(inner)) for inner in disguised(address)):
            return False
    if not address.is_global or address.is_multicast or address.is_reserved or address.is_unspecified:
        return address in _NAT64 and not any(address in network for network in _BLOCKED if network.version == 6)
    return not any(address in network for network in _BLOCKED if network.version == address.version)
