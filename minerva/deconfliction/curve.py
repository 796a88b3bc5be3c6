"""Curve25519 by x coordinates (RFC 7748), in plain Python: texts to points, and a secret number times many points.

Only points of the curve itself are made or taken, never of its twist, and secret numbers are multiples of eight, so
that nothing of a text shows in what it became. Not in constant time: for one's own machine, not for a server.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

P = 2**255 - 19
_A = 486662
_A24 = 121665
_HALF = (P - 1) // 2


class PointError(ValueError):
    """A value that is no point one may work with."""


def scalar_of(drawn: bytes) -> int:
    """32 random bytes as a secret number, with the bits set that RFC 7748 section 5 sets."""
    if len(drawn) != 32:
        raise ValueError("expected 32 random bytes")
    number = int.from_bytes(drawn, "little")
    return (number & ~7 & ((1 << 255) - 1)) | (1 << 254)


def point_of(text: str, salt: bytes) -> int:
    """The x coordinate of the point that a text stands for: the first on the curve of a chain of hashes."""
    given = text.encode("utf-8", "surrogatepass")
    counter = 0
    while True:
        digest = hashlib.sha512(b"minerva set match\0" + salt + counter.to_bytes(4, "big") + given).digest()
        x = int.from_bytes(digest, "big") % P
        if on_curve(x):
            return x
        counter += 1


def on_curve(x: int) -> bool:
    """Whether a point of the curve, other than the one of order two, has this x coordinate."""
    return pow(x * (x * x + _A * x + 1) % P, _HALF, P) == 1


def decode(text: str) -> int:
    """The x coordinate of 64 hex digits, least byte first. Raises PointError."""
    try:
        x = int.from_bytes(bytes.fromhex(text), "little") if len(text) == 64 else P
    except ValueError:
        x = P
    if x >= P or not on_curve(x):
        raise PointError("a masked value is no point of the curve: the file was damaged or made by another program")
    return x


def encode(x: int) -> str:
    """64 hex digits, least byte first, as RFC 7748 writes them."""
    return x.to_bytes(32, "little").hex()


def multiply(scalar: int, xs: Sequence[int]) -> list[int]:
    """`scalar` times each point. Raises PointError for a point of small order."""
    ladders = [_ladder(scalar, x) for x in xs]
    if any(z == 0 for _, z in ladders):
        raise PointError("a masked value is a point of small order, which nobody makes by accident: stop here")
    return [x * inverse % P for (x, _), inverse in zip(ladders, _inverses([z for _, z in ladders]))]


def _ladder(scalar: int, x1: int) -> tuple[int, int]:
    """The Montgomery ladder of RFC 7748 section 5; x coordinate as numerator and denominator."""
    x2, z2, x3, z3 = 1, 0, x1, 1
    for at in range(254, -1, -1):
        bit = (scalar >> at) & 1
        if bit:
            x2, z2, x3, z3 = x3, z3, x2, z2
        a, b = x2 + z2, x2 - z2
        aa, bb = a * a % P, b * b % P
        e = aa - bb
        da, cb = (x3 - z3) * a % P, (x3 + z3) * b % P
        s, d = da + cb, da - cb
        x3, z3 = s * s % P, x1 * (d * d % P) % P
        x2, z2 = aa * bb % P, e * (aa + _A24 * e) % P
        if bit:
            x2, z2, x3, z3 = x3, z3, x2, z2
    return x2, z2


def _inverses(values: Iterable[int]) -> list[int]:
    """1/v of each, for the price of one inversion and three products each."""
    given = list(values)
    products = [1]
    for value in given:
        products.append(products[-1] * value % P)
    inverse = pow(products[-1], P - 2, P)
    found = [0] * len(given)
    for at in range(len(given) - 1, -1, -1):
        found[at] = inverse * products[at] % P
        inverse = inverse * given[at] % P
    return found
