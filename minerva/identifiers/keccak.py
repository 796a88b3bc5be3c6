"""Keccak-256 as Ethereum and Monero use it: the original padding (0x01), not that of SHA3-256 (FIPS 202)."""

from __future__ import annotations

_MASK = (1 << 64) - 1
_RATE = 136
_TURNS = (
    (0, 36, 3, 41, 18), (1, 44, 10, 45, 2), (62, 6, 43, 15, 61), (28, 55, 25, 21, 56), (27, 20, 39, 8, 14),
)  # fmt: skip


def _round_constants() -> tuple[int, ...]:
    """The 24 constants, from the shift register that the Keccak reference defines them by."""
    constants = []
    register = 1
    for _ in range(24):
        constant = 0
        for bit in range(7):
            if register & 1:
                constant |= 1 << ((1 << bit) - 1)
            register = (register << 1) ^ (0x171 if register & 0x80 else 0)
        constants.append(constant)
    return tuple(constants)


_CONSTANTS = _round_constants()
_FIVE = range(5)


def _turned(lane: int, count: int) -> int:
    return ((lane << count) | (lane >> (64 - count))) & _MASK if count else lane


def _permuted(lanes: list[list[int]]) -> list[list[int]]:
    for constant in _CONSTANTS:
        columns = [lanes[x][0] ^ lanes[x][1] ^ lanes[x][2] ^ lanes[x][3] ^ lanes[x][4] for x in _FIVE]
        mixed = [columns[x - 1] ^ _turned(columns[(x + 1) % 5], 1) for x in _FIVE]
        moved = [[0] * 5 for _ in _FIVE]
        for x in _FIVE:
            for y in _FIVE:
                moved[y][(2 * x + 3 * y) % 5] = _turned(lanes[x][y] ^ mixed[x], _TURNS[x][y])
        lanes = [[moved[x][y] ^ (~moved[(x + 1) % 5][y] & _MASK & moved[(x + 2) % 5][y]) for y in _FIVE] for x in _FIVE]
        lanes[0][0] ^= constant
    return lanes


def keccak_256(data: bytes) -> bytes:
    """The 32-byte digest of `data`."""
    padded = bytearray(data + b"\x01" + b"\x00" * (-(len(data) + 1) % _RATE))
    padded[-1] |= 0x80
    lanes = [[0] * 5 for _ in _FIVE]
    for block in range(0, len(padded), _RATE):
        for index in range(_RATE // 8):
            place = block + 8 * index
            lanes[index % 5][index // 5] ^= int.from_bytes(padded[place : place + 8], "little")
        lanes = _permuted(lanes)
    return b"".join(lanes[index % 5][index // 5].to_bytes(8, "little") for index in range(4))
