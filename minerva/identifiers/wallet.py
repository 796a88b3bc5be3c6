"""Addresses of crypto coins: which coin a written address is of, its checksum, and addresses in text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from minerva.identifiers.coins import COIN_BY_SYMBOL, COIN_BY_WORD, COINS, Address, Coin
from minerva.identifiers.errors import InvalidIdentifier
from minerva.identifiers.evidence import Evidence
from minerva.identifiers.kind import Example, Kind
from minerva.identifiers.reading import Reading
from minerva.identifiers.shape import has_long_token

_TOKEN = re.compile(r"(?<![A-Za-z0-9])(?:bitcoincash:)?[A-Za-z0-9]{25,220}(?![A-Za-z0-9])", re.IGNORECASE)
_PIECE = re.compile(r"(?<![A-Za-z0-9])[A-Za-z0-9]{1,60}(?![A-Za-z0-9])")
_BEGINS = re.compile(r"0x|[1348](?=[0-9]*[A-Za-z])|[A-Za-z](?=[A-Za-z]*[0-9])")
"""How the first piece of an address begins: letters and digits together, which few words and prices are."""
_GAP = re.compile(r" |[ \t]?\r?\n[ \t]?|-")
_MOST_PIECES = 28
_LONGEST = 110
_BARE_CONFIDENCE = 0.6
"""A form without checksum and without its coin named nearby."""


def addresses_of(text: str) -> list[tuple[Coin, Address]]:
    """The coins that an address may be of, the likeliest first, with its normal form there."""
    found = []
    for coin in COINS:
        address = coin.read(text)
        if address is not None:
            found.append((coin, address))
    return found


class Wallet(Kind):
    """`<coin>:<address>`, the coin as its symbol (btc, eth). Case as the coin writes it: EIP-55, small bech32 letters.
    A coin's name before a colon (`bitcoin:1A...`, `qualifier`) says which coin an address is meant to be of.

    The command line prints the coin as part of the kind (`wallet:btc`) and the address as it is written.
    """

    NAME = "wallet"
    TITLE = "Crypto wallet address"
    STRONG = True

    @classmethod
    def normalize(cls, value: str, *, region: str | None = None, qualifier: str = "", city: str | None = None) -> str:
        text = Reading(value).text.strip()
        before, _, address = text.rpartition(":")
        wanted = qualifier.strip().lower() or before.lower()
        wanted = COIN_BY_WORD.get(wanted, wanted)
        if not 20 < len(address) <= 220 or not address.isascii():
            raise InvalidIdentifier(cls.NAME, "expected 21 to 220 letters and digits")
        if not wanted:
            found = addresses_of(address)
            if not found:
                raise InvalidIdentifier(cls.NAME, _reason(address))
            return f"{found[0][0].symbol}:{found[0][1].text}"
        coin = COIN_BY_SYMBOL.get(wanted)
        if coin is None:
            raise InvalidIdentifier(cls.NAME, f"unknown coin; known are {', '.join(COIN_BY_SYMBOL)}")
        read = coin.read(address)
        if read is None:
            raise InvalidIdentifier(cls.NAME, f"no address of {coin.title}, or its checksum is wrong")
        return f"{coin.symbol}:{read.text}"

    @classmethod
    def may_hold(cls, reading: Reading) -> bool:
        return has_long_token(reading) or _names_coin(reading)

    @classmethod
    def extract(cls, reading: Reading, *, region: str | None = None, field: str = "text") -> Iterator[Evidence]:
        if _names_coin(reading):
            for start, end, coin, address in _broken(reading.text):
                value = f"{coin.symbol}:{address.text}"
                sure = address.checked
                method, confidence = ("checksum", 0.95) if sure else ("form", _BARE_CONFIDENCE)
                yield cls.seen(reading, (start, end), value, field, method, confidence)
        for match in _TOKEN.finditer(reading.text) if has_long_token(reading) else ():
            token = match.group()
            if not any(char.isdigit() for char in token):
                continue
            found = addresses_of(token)
            if not found:
                continue
            named = _named_before(reading.text, match.start())
            found.sort(key=lambda each: each[0].symbol != named)
            coin, address = found[0]
            confidence = 0.99 if address.checked else 0.93 if coin.symbol in ("eth", named) else _BARE_CONFIDENCE
            if not address.checked and coin.symbol == "sol" and named != "sol" and not _looks_random(token):
                continue
            yield cls.seen(
                reading,
                match.span(),
                f"{coin.symbol}:{address.text}",
                field,
                "checksum" if address.checked else "form",
                confidence if len(found) == 1 or coin.symbol == named else min(confidence, 0.95),
                [f"{other.symbol}:{same.text}" for other, same in found[1:]],
            )

    @classmethod
    def examples(cls) -> tuple[Example, ...]:
        """Addresses of the coins' own specifications and of all-zero or patterned keys: nobody's."""
        return tuple(Example(text, raw, value) for text, raw, value in _EXAMPLES)


def _named_before(text: str, start: int) -> str | None:
    """The symbol of the last coin named shortly before an address."""
    words = re.findall(r"[a-z]+", text[max(0, start - 60) : start].lower())
    return next((COIN_BY_WORD[word] for word in reversed(words) if word in COIN_BY_WORD), None)


_COIN_WORDS = frozenset(COIN_BY_WORD)


def _names_coin(reading: Reading) -> bool:
    """Whether a coin is named."""
    return not _COIN_WORDS.isdisjoint(reading.words)


def _broken(text: str) -> Iterator[tuple[int, int, Coin, Address]]:
    """Addresses that blanks, hyphens or line breaks cut into pieces, shortly behind their coin's name.

    The cost is bounded by the names of coins: only what begins like an address, 60 characters behind one, is tried.
    """
    last = 0
    for first in _PIECE.finditer(text):
        if first.start() < last or _BEGINS.match(first.group()) is None:
            continue
        named = _named_before(text, first.start())
        coin = COIN_BY_SYMBOL.get(named) if named is not None else None
        if coin is None:
            continue
        found = _pieced(text, first, coin)
        if found is not None:
            last = found[0]
            yield first.start(), last, coin, found[1]


def _pieced(text: str, first: re.Match[str], coin: Coin) -> tuple[int, Address] | None:
    """The end and the address of a coin that a piece begins and others after it complete."""
    whole, end = first.group(), first.end()
    for _ in range(_MOST_PIECES):
        gap = _GAP.match(text, end)
        piece = _PIECE.match(text, gap.end()) if gap is not None else None
        if piece is None or len(whole) + len(piece.group()) > _LONGEST:
            return None
        whole, end = whole + piece.group(), piece.end()
        address = coin.read(whole) if len(whole) >= 25 else None
        if address is not None and (address.checked or whole.startswith("0x")):
            return end, address
    return None


def _looks_random(token: str) -> bool:
    """Whether a token without checksum is mixed as keys are: both cases, several digits, no long run of one class."""
    digits = sum(char.isdigit() for char in token)
    return digits >= 3 and any(c.islower() for c in token) and any(c.isupper() for c in token) and len(token) >= 43


def _reason(address: str) -> str:
    """What kind of address a wrong one seems to be."""
    small = address.lower()
    if small.startswith(("tb1", "bcrt1", "addr_test", "tltc1")):
        return "an address of a test network"
    if re.fullmatch(r"0x[0-9a-f]{40}", small):
        return "the capitals are not those of EIP-55"
    if small.startswith(("bc1", "ltc1", "addr1", "stake1", "zs1", "u1", "bitcoincash:")):
        return "the bech32 checksum or the length is wrong"
    return "no address of a known coin, or its checksum is wrong"


_EXAMPLES = (
    ("btc 16L5yRNPTuciSgXGHqYwn9N6NeoKqopAu", "16L5yRNPTuciSgXGHqYwn9N6NeoKqopAu",
     "btc:16L5yRNPTuciSgXGHqYwn9N6NeoKqopAu"),
    ("pay BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4.", "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4",
     "btc:bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"),
    ("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
     "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
     "btc:bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0"),
    ("(0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed)", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
     "eth:0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"),
    ("LTC: LKKHMBjCU89fyFNgSRprDoD8Jb25N8uWvd", "LKKHMBjCU89fyFNgSRprDoD8Jb25N8uWvd",
     "ltc:LKKHMBjCU89fyFNgSRprDoD8Jb25N8uWvd"),
    ("doge D5ERdEN1gsouFSs7zsq7VYJxyWP6dP28H1", "D5ERdEN1gsouFSs7zsq7VYJxyWP6dP28H1",
     "doge:D5ERdEN1gsouFSs7zsq7VYJxyWP6dP28H1"),
    ("usdt TA4Y62o6YC2Zsck9rZVGTvqW1AQ7X9zTnj", "TA4Y62o6YC2Zsck9rZVGTvqW1AQ7X9zTnj",
     "trx:TA4Y62o6YC2Zsck9rZVGTvqW1AQ7X9zTnj"),
    ("xrp raLnyR4PTuc5SgXGHqYA894a4eoKqoFwu", "raLnyR4PTuc5SgXGHqYA894a4eoKqoFwu",
     "xrp:raLnyR4PTuc5SgXGHqYA894a4eoKqoFwu"),
    ("addr1vyqsyqcyq5rqwzqfpg9scrgwpugpzysnzs23v9ccrydpk8qavsj8u",
     "addr1vyqsyqcyq5rqwzqfpg9scrgwpugpzysnzs23v9ccrydpk8qavsj8u",
     "ada:addr1vyqsyqcyq5rqwzqfpg9scrgwpugpzysnzs23v9ccrydpk8qavsj8u"),
    ("dash XanAvE5GMB8CsPH78B9moJq9viEVKvCS4f", "XanAvE5GMB8CsPH78B9moJq9viEVKvCS4f",
     "dash:XanAvE5GMB8CsPH78B9moJq9viEVKvCS4f"),
    ("t1Hxw6JqWMnhDK5jRCieg5bFHM2qt7UtQvu", "t1Hxw6JqWMnhDK5jRCieg5bFHM2qt7UtQvu",
     "zec:t1Hxw6JqWMnhDK5jRCieg5bFHM2qt7UtQvu"),
    ("bitcoincash:qqqsyqcyq5rqwzqfpg9scrgwpugpzysnzstne440kw", "bitcoincash:qqqsyqcyq5rqwzqfpg9scrgwpugpzysnzstne440kw",
     "bch:qqqsyqcyq5rqwzqfpg9scrgwpugpzysnzstne440kw"),
    ("my solana 1thX6LZfHDZZKUs92febYZhYRcXddmzfzF2NvTkPNE", "1thX6LZfHDZZKUs92febYZhYRcXddmzfzF2NvTkPNE",
     "sol:1thX6LZfHDZZKUs92febYZhYRcXddmzfzF2NvTkPNE"),
    ("xmr 41fKjWJQySv2LxFSMtsQ5k3gsHPkECmXt52nKM8ZY8z26MUjvomKVCA2LxFSMtsQ5k3gsHPkECmXt52nKM8ZY8z24fKBXm9",
     "41fKjWJQySv2LxFSMtsQ5k3gsHPkECmXt52nKM8ZY8z26MUjvomKVCA2LxFSMtsQ5k3gsHPkECmXt52nKM8ZY8z24fKBXm9",
     "xmr:41fKjWJQySv2LxFSMtsQ5k3gsHPkECmXt52nKM8ZY8z26MUjvomKVCA2LxFSMtsQ5k3gsHPkECmXt52nKM8ZY8z24fKBXm9"),
)  # fmt: skip
