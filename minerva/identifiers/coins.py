"""The coins whose addresses are known: each reads one written address and gives its normal form, or None.

Facts: BIP 13, 141, 173, 350 (Bitcoin), SLIP 173 (prefixes), EIP-55, CIP-19 (Cardano), the coins' own chain parameters
(version bytes), XLS-5 (X-addresses of the XRP ledger), the Monero and Zcash address standards.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from typing import NamedTuple

from minerva.identifiers import base58, bech32
from minerva.identifiers.keccak import keccak_256


class Address(NamedTuple):
    """`text` is the normal form; `checked` is False where the form holds no checksum to verify."""

    text: str
    checked: bool = True


class Coin(NamedTuple):
    symbol: str
    title: str
    words: tuple[str, ...]
    read: Callable[[str], Address | None]


def _base58(heads: str, versions: tuple[bytes, ...], alphabet: str = base58.BITCOIN) -> Callable[[str], Address | None]:
    """A reader of base58check addresses of twenty bytes behind one of the version bytes."""

    def read(text: str) -> Address | None:
        if text[0] not in heads or not 25 <= len(text) <= 36:
            return None
        payload = base58.decode_check(text, alphabet)
        if payload is None or payload[:-20] not in versions:
            return None
        return Address(text)

    return read


def _segwit(prefix: str) -> Callable[[str], Address | None]:
    """A reader of segregated-witness addresses: version 0 in bech32, later ones in bech32m (BIP 350)."""

    def read(text: str) -> Address | None:
        small = text.lower()
        if not small.startswith(prefix + "1") or len(text) > 90 or text not in (small, text.upper()):
            return None
        code = bech32.decode(small)
        if code is None or code.prefix != prefix or not code.values or code.values[0] > 16:
            return None
        program = bech32.to_bytes(code.values[1:])
        first = code.values[0] == 0
        if program is None or (len(program) not in (20, 32) if first else not 2 <= len(program) <= 40):
            return None
        return Address(small) if code.constant == (bech32.BECH32 if first else bech32.BECH32M) else None

    return read


def _either(*readers: Callable[[str], Address | None]) -> Callable[[str], Address | None]:
    def read(text: str) -> Address | None:
        return next((found for found in (reader(text) for reader in readers) if found is not None), None)

    return read


_HEX = re.compile(r"0[xX]([0-9a-fA-F]{40})")


def eip_55(address: str) -> str:
    """`0x` and forty hexadecimal digits with the capitals that EIP-55 gives them."""
    digits = address[2:].lower()
    check = keccak_256(digits.encode()).hex()
    return "0x" + "".join(char.upper() if int(bit, 16) >= 8 else char for char, bit in zip(digits, check))


def _ethereum(text: str) -> Address | None:
    match = _HEX.fullmatch(text)
    if match is None or len(set(match.group(1).lower())) < 4:
        return None
    digits = match.group(1)
    normal = eip_55(text)
    if digits in (digits.lower(), digits.upper()):
        return Address(normal, checked=False)
    return Address(normal) if normal[2:] == digits else None


def _monero(text: str) -> Address | None:
    if text[0] not in "48" or len(text) not in (95, 106):
        return None
    payload = base58.decode_monero(text)
    if payload is None or payload[:1] not in (b"\x12", b"\x13", b"\x2a"):
        return None
    return Address(text) if len(payload) == (73 if payload[:1] == b"\x13" else 65) else None


def _ripple_x(text: str) -> Address | None:
    if text[0] != "X" or len(text) != 47:
        return None
    payload = base58.decode_check(text, base58.RIPPLE)
    return Address(text) if payload is not None and len(payload) == 31 and payload[:2] == b"\x05\x44" else None


def _cardano(text: str) -> Address | None:
    small = text.lower()
    if small.startswith(("addr1", "stake1")):
        code = bech32.decode(small) if text in (small, text.upper()) else None
        data = bech32.to_bytes(code.values) if code is not None and code.constant == bech32.BECH32 else None
        if not data or code is None or data[0] & 15 != 1:
            return None
        form = data[0] >> 4
        sizes = {"addr": {0: 57, 1: 57, 2: 57, 3: 57, 6: 29, 7: 29}, "stake": {14: 29, 15: 29}}
        return Address(small) if sizes.get(code.prefix, {}).get(form) == len(data) else None
    if not text.startswith(("Ae2", "DdzFF")):
        return None
    data = base58.decode(text)
    # CBOR: a list of two, a tagged byte string (24) and its CRC-32.
    if data is None or len(data) < 12 or data[:4] != b"\x82\xd8\x18\x58" or len(data) < data[4] + 10:
        return None
    inner, rest = data[5 : 5 + data[4]], data[5 + data[4] :]
    return Address(text) if rest == b"\x1a" + zlib.crc32(inner).to_bytes(4, "big") else None


def _zcash_shielded(text: str) -> Address | None:
    if not text.startswith(("zs1", "u1")):
        return None
    code = bech32.decode(text)
    if code is None:
        return None
    if code.prefix == "zs":
        data = bech32.to_bytes(code.values)
        return Address(text) if code.constant == bech32.BECH32 and data is not None and len(data) == 43 else None
    return Address(text) if code.prefix == "u" and code.constant == bech32.BECH32M and len(text) > 100 else None


def _bitcoin_cash(text: str) -> Address | None:
    """Without its prefix, which is one and the same for all and mostly left out."""
    small = text.lower()
    code = small[12:] if small.startswith("bitcoincash:") else small
    if code[:1] not in ("q", "p") or len(code) != 42 or text not in (small, text.upper()):
        return None
    values = bech32.decode_cash("bitcoincash", code)
    data = bech32.to_bytes(values) if values is not None else None
    return Address(code) if data is not None and len(data) == 21 and data[0] in (0, 8) else None


_FIELD = 2**255 - 19
_CURVE = -121665 * pow(121666, _FIELD - 2, _FIELD) % _FIELD


def on_curve(key: bytes) -> bool:
    """Whether 32 bytes are a point of Ed25519 (RFC 8032, 5.1.3), as every key that someone holds is; half of all
    random bytes are not."""
    y = int.from_bytes(key, "little") & ((1 << 255) - 1)
    square = (y * y - 1) * pow(_CURVE * y * y + 1, _FIELD - 2, _FIELD) % _FIELD
    return y < _FIELD and (square == 0 or pow(square, (_FIELD - 1) // 2, _FIELD) == 1)


def _solana(text: str) -> Address | None:
    if not 32 <= len(text) <= 44:
        return None
    data = base58.decode(text)
    return Address(text, checked=False) if data is not None and len(data) == 32 and on_curve(data) else None


COINS: tuple[Coin, ...] = (
    Coin("btc", "Bitcoin", ("btc", "bitcoin", "xbt"), _either(_base58("13", (b"\x00", b"\x05")), _segwit("bc"))),
    Coin("eth", "Ethereum", ("eth", "ethereum", "erc", "bnb", "matic", "usdc"), _ethereum),
    Coin("ltc", "Litecoin", ("ltc", "litecoin"), _either(_base58("LM3", (b"\x30", b"\x32", b"\x05")), _segwit("ltc"))),
    Coin("doge", "Dogecoin", ("doge", "dogecoin"), _base58("DA9", (b"\x1e", b"\x16"))),
    Coin("xmr", "Monero", ("xmr", "monero"), _monero),
    Coin("trx", "Tron", ("trx", "tron", "trc"), _base58("T", (b"\x41",))),
    Coin("xrp", "XRP", ("xrp", "ripple"), _either(_base58("r", (b"\x00",), base58.RIPPLE), _ripple_x)),
    Coin("ada", "Cardano", ("ada", "cardano"), _cardano),
    Coin("dash", "Dash", ("dash",), _base58("X7", (b"\x4c", b"\x10"))),
    Coin("zec", "Zcash", ("zec", "zcash"), _either(_base58("t", (b"\x1c\xb8", b"\x1c\xbd")), _zcash_shielded)),
    Coin("bch", "Bitcoin Cash", ("bch", "bitcoincash"), _bitcoin_cash),
    Coin("sol", "Solana", ("sol", "solana", "phantom", "spl"), _solana),
)
"""In the order in which an address is tried; where two coins share a form, the likelier comes first."""
COIN_BY_SYMBOL = {coin.symbol: coin for coin in COINS}
COIN_BY_WORD = {word: coin.symbol for coin in COINS for word in (*coin.words, coin.title.lower())}
