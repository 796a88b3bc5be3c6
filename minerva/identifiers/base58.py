"""Base58 as coins use it: plain, with a double SHA-256 check (Bitcoin, Ripple), in blocks with Keccak-256 (Monero)."""

from __future__ import annotations

import hashlib

from minerva.identifiers.keccak import keccak_256

BITCOIN = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
RIPPLE = "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz"
_VALUES = {alphabet: {char: value for value, char in enumerate(alphabet)} for alphabet in (BITCOIN, RIPPLE)}
_BLOCK_BYTES = {2: 1, 3: 2, 5: 3, 6: 4, 7: 5, 9: 6, 10: 7, 11: 8}
"""Bytes that a Monero block of so many characters stands for."""


def decode(text: str, alphabet: str = BITCOIN) -> bytes | None:
    """The bytes that `text` stands for, None if it holds other characters."""
    values = _VALUES[alphabet]
    number = 0
    for char in text:
        value = values.get(char)
        if value is None:
            return None
        number = number * 58 + value
    zeros = len(text) - len(text.lstrip(alphabet[0]))
    return b"\x00" * zeros + number.to_bytes((number.bit_length() + 7) // 8, "big")


def encode(data: bytes, alphabet: str = BITCOIN) -> str:
    number = int.from_bytes(data, "big")
    digits = ""
    while number:
        number, rest = divmod(number, 58)
        digits = alphabet[rest] + digits
    return alphabet[0] * (len(data) - len(data.lstrip(b"\x00"))) + digits


def checksum(payload: bytes) -> bytes:
    """The four bytes that base58check appends."""
    return hashlib.sha256(hashlib.sha256(payload).digest()).digest()[:4]


def decode_check(text: str, alphabet: str = BITCOIN) -> bytes | None:
    """The bytes before a right checksum, else None."""
    data = decode(text, alphabet)
    return data[:-4] if data is not None and len(data) > 4 and checksum(data[:-4]) == data[-4:] else None


def encode_check(payload: bytes, alphabet: str = BITCOIN) -> str:
    return encode(payload + checksum(payload), alphabet)


def decode_monero(text: str) -> bytes | None:
    """The bytes before a right Keccak checksum, else None."""
    data = b""
    for start in range(0, len(text), 11):
        block = text[start : start + 11]
        size = _BLOCK_BYTES.get(len(block))
        part = decode(block.lstrip("1"))
        if size is None or part is None or len(part) > size:
            return None
        data += part.rjust(size, b"\x00")
    return data[:-4] if len(data) > 4 and keccak_256(data[:-4])[:4] == data[-4:] else None


def encode_monero(payload: bytes) -> str:
    data = payload + keccak_256(payload)[:4]
    lengths = {size: length for length, size in _BLOCK_BYTES.items()}
    blocks = (data[start : start + 8] for start in range(0, len(data), 8))
    return "".join(encode(block.lstrip(b"\x00")).rjust(lengths[len(block)], "1") for block in blocks)
