"""The shape of a text, for routers: `x` for an ASCII letter, `0` for a digit, a blank for all else; made once."""

from __future__ import annotations

from minerva.identifiers.reading import Reading

_TABLE = bytes(
    ord("0") if chr(code).isdigit() and code < 128 else ord("x") if chr(code).isalpha() and code < 128 else 32
    for code in range(256)
)
_LONG = b"x" * 25


def _read_shape(reading: Reading) -> bytes:
    return b" %b " % reading.text.encode("latin-1", "replace").translate(_TABLE)


def shape_of(reading: Reading) -> bytes:
    """One byte per character of `reading.text`, a blank before and behind; substring tests on it cost under 1 us."""
    return reading.once(_read_shape)


def _find_long_token(reading: Reading) -> bool:
    return _LONG in shape_of(reading).replace(b"0", b"x")


def has_long_token(reading: Reading) -> bool:
    """Whether 25 ASCII letters and digits stand in a row, which no word of ordinary text does."""
    return reading.once(_find_long_token)
