"""Wallet addresses: published test vectors, wrong ones refused, codes that are inverse to each other."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minerva.identifiers import KIND_BY_NAME, base58, bech32, coins, extract
from minerva.identifiers.errors import InvalidIdentifier
from minerva.identifiers.keccak import keccak_256

WALLET = KIND_BY_NAME["wallet"]
VECTORS = {
    "genesis": ("btc", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"),
    "BIP 173": ("btc", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"),
    "BIP 173, script": ("btc", "bc1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3qccfmv3"),
    "BIP 350": ("btc", "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0"),
    "EIP-55 a": ("eth", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"),
    "EIP-55 b": ("eth", "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB"),
    "EIP-55, capitals only": ("eth", "0x52908400098527886E0F7030069857D2E4169EE7"),
    "XLS-5": ("xrp", "X7AcgcsBL6XDcUb289X4mJ8djcdyKaB5hJDWMArnXr61cqZ"),
    "CIP-19": ("ada", "stake1uyehkck0lajq8gr28t9uxnuvgcqrc6070x3k9r8048z8y5gh6ffgw"),
    "cash address": ("bch", "qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a"),
}
REFUSED = {
    "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb": "checksum is wrong",
    "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5": "checksum or the length",
    "tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx": "test network",
    "0x5aaeb6053F3E94C9b9A09f33669435E7Ef1BeAed": "EIP-55",
    "bc1zw508d6qejxtdg4y5r3zarvaryvqyzf3du": "checksum or the length",
    "nothing": "expected 21 to 220",
    "btc:0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed": "no address of Bitcoin",
    "shell:1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa": "unknown coin",
}


@pytest.mark.parametrize(("coin", "address"), VECTORS.values(), ids=list(VECTORS))
def test_published_vector_is_read(coin: str, address: str) -> None:
    assert WALLET.normalize(address) == f"{coin}:{address}" == WALLET.normalize(address, qualifier=coin)
    (found,) = extract(f"pay {address}, please", kinds=["wallet"])
    assert (found.identifier, found.raw) == (f"wallet:{coin}:{address}", address)


@pytest.mark.parametrize(("address", "reason"), REFUSED.items(), ids=list(REFUSED))
def test_wrong_address_is_refused_with_a_reason(address: str, reason: str) -> None:
    with pytest.raises(InvalidIdentifier, match=reason):
        WALLET.normalize(address)


@pytest.mark.parametrize("version", range(2, 17))
def test_later_segwit_versions_need_bech32m(version: int) -> None:
    values = [version, *bech32.to_values(bytes(range(32)))]
    assert WALLET.is_valid(bech32.encode("bc", values, bech32.BECH32M))
    assert not WALLET.is_valid(bech32.encode("bc", values, bech32.BECH32))


def test_keccak_is_not_sha3() -> None:
    assert keccak_256(b"").hex() == "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"
    assert keccak_256(b"abc").hex() == "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45"
    assert keccak_256(b"a" * 300) != hashlib.sha3_256(b"a" * 300).digest()


@given(st.binary(min_size=1, max_size=80))
def test_codes_are_inverse(data: bytes) -> None:
    assert base58.decode_check(base58.encode_check(data)) == data
    assert base58.decode_check(base58.encode_check(data, base58.RIPPLE), base58.RIPPLE) == data
    assert bech32.to_bytes(bech32.to_values(data)) == data
    code = bech32.decode(bech32.encode("x", bech32.to_values(data), bech32.BECH32))
    assert code is not None
    assert bech32.to_bytes(code.values) == data
    assert bech32.decode_cash("y", bech32.encode_cash("y", bech32.to_values(data))) == bech32.to_values(data)


@settings(max_examples=30, deadline=None)
@given(st.binary(min_size=64, max_size=64), st.binary(min_size=20, max_size=20), st.integers(0, 33))
def test_one_changed_character_is_noticed(keys: bytes, key: bytes, place: int) -> None:
    monero = base58.encode_monero(b"\x12" + keys)
    assert WALLET.normalize(monero) == f"xmr:{monero}"
    for address in (monero, base58.encode_check(b"\x00" + key), base58.encode_check(b"\x41" + key)):
        index = place % len(address)
        other = address[:index] + ("2" if address[index] != "2" else "3") + address[index + 1 :]
        assert all(not found.checked for _, found in _read(other))


def _read(text: str) -> list[tuple[coins.Coin, coins.Address]]:
    return [(coin, found) for coin in coins.COINS if (found := coin.read(text)) is not None]


def test_form_of_two_coins_has_an_alternative_and_follows_the_named_coin() -> None:
    address = "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy"
    (plain,) = extract(address, kinds=["wallet"])
    assert (plain.identifier, plain.alternatives) == (f"wallet:btc:{address}", (f"wallet:ltc:{address}",))
    (named,) = extract(f"litecoin {address}", kinds=["wallet"])
    assert named.identifier == f"wallet:ltc:{address}"


def test_address_without_checksum_is_less_sure() -> None:
    small = "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed"
    (found,) = extract(small, kinds=["wallet"])
    (checked,) = extract("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", kinds=["wallet"])
    assert found.identifier == checked.identifier
    assert found.confidence < checked.confidence


BROKEN = {
    "blocks of four": ("btc: 16L5 yRNP TuciSgXG HqYw n9N6 NeoK qopA u thanks", "btc:16L5yRNPTuciSgXGHqYwn9N6NeoKqopAu"),
    "two lines": (
        "Ethereum\n0x5aAeb6053F3E94C9b9A0\n9f33669435E7Ef1BeAed",
        "eth:0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
    ),
    "one blank": (
        "bitcoin bc1qw508d6qejxtdg4y5 r3zarvary0c5xw7kv8f3t4",
        "btc:bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
    ),
    "hyphens": ("LTC LKKHMBjCU89-fyFNgSRprDoD-8Jb25N8uWvd", "ltc:LKKHMBjCU89fyFNgSRprDoD8Jb25N8uWvd"),
}


@pytest.mark.usefixtures("as_stated")
@pytest.mark.parametrize(("text", "identifier"), BROKEN.values(), ids=list(BROKEN))
def test_an_address_in_pieces_is_joined_behind_its_coin(text: str, identifier: str) -> None:
    (found,) = extract(text, kinds=["wallet"])
    assert found.value == identifier
    assert found.raw == text[found.start : found.end]
    assert (found.method, found.confidence) == ("checksum", 0.95)


NOT_JOINED = {
    "no coin named": "ref 16L5 yRNP TuciSgXG HqYw n9N6 NeoK qopA u",
    "one letter changed": "btc 16L5 yRNP TuciSgXG HqYw n9N6 NeoK qopB u",
    "a blank line between": "btc 16L5yRNPTuciSgXG\n\n\nHqYwn9N6NeoKqopAu",
    "prices": "btc 1h 100 2h 180 3h 240 4h 300 5h 360 6h 420",
    "another coin": "dash 16L5 yRNP TuciSgXG HqYw n9N6 NeoK qopA u",
}


@pytest.mark.parametrize("text", NOT_JOINED.values(), ids=list(NOT_JOINED))
def test_pieces_that_no_coin_and_checksum_hold_together_stay_apart(text: str) -> None:
    assert extract(text, kinds=["wallet"]) == []


def test_addresses_come_by_their_place_however_they_are_written() -> None:
    text = "XRP raLnyR4PTuc5SgXGHqYA894a4eoKqoFwu then BTC 16L5 yRNPTuciSgXGHqYwn9 N6NeoKqopAu"
    found = extract(text, kinds=["wallet"])
    assert [item.value.partition(":")[0] for item in found] == ["xrp", "btc"]
