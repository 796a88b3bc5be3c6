"""Bech32 (BIP 173), bech32m (BIP 350) and the cash address code of Bitcoin Cash, which share one alphabet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
BECH32, BECH32M = 1, 0x2BC830A3
_VALUES = {char: value for value, char in enumerate(ALPHABET)}
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_CASH_GENERATOR = (0x98F2BC8E61, 0x79B76D99E2, 0xF33E5FB3C4, 0xAE2EABE2A8, 0x1E4F43E470)


class Code(NamedTuple):
    """A prefix, the five-bit values behind it without the checksum, and which constant the checksum is made with."""

    prefix: str
    values: list[int]
    constant: int


def _polymod(values: Iterable[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for bit, part in enumerate(_GENERATOR):
            if top >> bit & 1:
                check ^= part
    return check


def _cash_polymod(values: Iterable[int]) -> int:
    check = 1
    for value in values:
        top = check >> 35
        check = (check & 0x07FFFFFFFF) << 5 ^ value
        for bit, part in enumerate(_CASH_GENERATOR):
            if top >> bit & 1:
                check ^= part
    return check ^ 1


def _spread(prefix: str) -> list[int]:
    return [*(ord(char) >> 5 for char in prefix), 0, *(ord(char) & 31 for char in prefix)]


def _values(text: str) -> list[int] | None:
    values = [_VALUES.get(char, -1) for char in text]
    return None if -1 in values else values


def decode(text: str) -> Code | None:
    """The code that lower-case `text` stands for, None unless its checksum is right. Length limits are the coin's."""
    prefix, separator, rest = text.rpartition("1")
    values = _values(rest)
    if not separator or not prefix or values is None or len(values) < 6:
        return None
    constant = _polymod([*_spread(prefix), *values])
    return Code(prefix, values[:-6], constant) if constant in (BECH32, BECH32M) else None


def encode(prefix: str, values: list[int], constant: int) -> str:
    check = _polymod([*_spread(prefix), *values, 0, 0, 0, 0, 0, 0]) ^ constant
    return f"{prefix}1" + "".join(
        ALPHABET[value] for value in [*values, *(check >> 5 * (5 - i) & 31 for i in range(6))]
    )


def decode_cash(prefix: str, text: str) -> list[int] | None:
    """The five-bit values of a cash address without its prefix and checksum, None unless the checksum is right."""
    values = _values(text)
    if values is None or len(values) < 8 or _cash_polymod([*(ord(char) & 31 for char in prefix), 0, *values]):
        return None
    return values[:-8]


def encode_cash(prefix: str, values: list[int]) -> str:
    check = _cash_polymod([*(ord(char) & 31 for char in prefix), 0, *values, *([0] * 8)])
    return "".join(ALPHABET[value] for value in [*values, *(check >> 5 * (7 - i) & 31 for i in range(8))])


def to_bytes(values: Iterable[int]) -> bytes | None:
    """Five-bit values as bytes, None if the bits left over are not zeros or too many."""
    number = bits = 0
    data = bytearray()
    for value in values:
        number, bits = (number << 5 | value) & 0xFFF, bits + 5
        if bits >= 8:
            bits -= 8
            data.append(number >> bits & 0xFF)
    return bytes(data) if bits < 5 and not number & ((1 << bits) - 1) else None


def to_values(data: bytes) -> list[int]:
    number = int.from_bytes(data, "big") << (-8 * len(data) % 5)
    count = (8 * len(data) + 4) // 5
    return [number >> 5 * (count - 1 - index) & 31 for index in range(count)]
