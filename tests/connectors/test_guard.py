"""No address that is not public is reached, however it is written or wherever a name leads."""

from __future__ import annotations

import pytest

from minerva.intake.errors import GuardError
from minerva.intake.web.addresses import is_public
from minerva.intake.web.guard import Guard, parse_allowed

PUBLIC = "93.184.215.14"

NOT_PUBLIC = [
    "127.0.0.1",
    "127.255.255.254",
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "10.255.255.255",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.0.1",
    "169.254.169.254",
    "100.64.0.1",
    "100.127.255.255",
    "192.0.0.1",
    "192.0.0.170",
    "192.0.2.1",
    "198.51.100.7",
    "203.0.113.9",
    "198.18.0.1",
    "198.19.255.255",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "192.88.99.1",
    "::1",
    "::",
    "::127.0.0.1",
    "::7f00:1",
    "::a00:1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:a9fe:a9fe",
    "::ffff:0:127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::10.0.0.1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::7f00:1",
    "2002:7f00:1::",
    "2002:a00:1::1",
    "2002:c0a8:1::",
    "2002:a9fe:a9fe::",
    "2001:0:7f00:1::",
    "2001:0:5ef5:79fb:0:0:80ff:fffe",
    "2001:db8::1",
    "2001::1",
    "2001:2::1",
    "2001:10::1",
    "3fff::1",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "fec0::1",
    "ff02::1",
    "ff0e::1",
    "100::1",
    "5f00::1",
    "2600:1900::5efe:7f00:1",
    "2600:1900::200:5efe:a00:1",
    "fe80::1%eth0",
]


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_address_in_disguise_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        PUBLIC,
        "8.8.8.8",
        "2606:2800:21f:cb07:6820:80da:af6b:8b2c",
        "64:ff9b::808:808",
        "::ffff:8.8.8.8",
        "2002:808:808::",
    ],
)
def test_public_address_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "text", ["", "localhost", "127.1", "0x7f000001", "2130706433", "1.2.3.4.5", "[::1]", "127.0.0.01"]
)
def test_what_is_no_plain_address_is_not_public(text: str) -> None:
    assert not is_public(text)


REFUSED_URLS = {
    "loopback": "https://127.0.0.1/",
    "loopback-octal": "https://0177.0.0.1/",
    "loopback-hex": "https://0x7f.0.0.1/",
    "loopback-hex-whole": "https://0x7f000001/",
    "loopback-decimal": "https://2130706433/",
    "loopback-short": "https://127.1/",
    "loopback-octal-whole": "https://017700000001/",
    "loopback-fullwidth": "https://１２７.０.０.１/",
    "loopback-circled": "https://①②⑦.⓪.⓪.①/",
    "loopback-dot": "https://127.0.0.1./",
    "loopback-ideographic-dot": "https://127。0。0。1/",
    "v6-loopback": "https://[::1]/",
    "v6-mapped": "https://[::ffff:127.0.0.1]/",
    "v6-mapped-hex": "https://[::ffff:7f00:1]/",
    "v6-compatible": "https://[::127.0.0.1]/",
    "v6-long": "https://[0000:0000:0000:0000:0000:0000:0000:0001]/",
    "v6-zone": "https://[fe80::1%25eth0]/",
    "v6-nat64": "https://[64:ff9b::7f00:1]/",
    "v6-6to4": "https://[2002:7f00:1::]/",
    "v6-broken": "https://[::1/",
    "metadata": "https://169.254.169.254/latest/meta-data/",
    "userinfo": "https://user@www.example.org/",
    "userinfo-password": "https://a:b@www.example.org/",
    "userinfo-host-trick": "https://www.example.org@127.0.0.1/",
    "backslash": "https://www.example.org\\@127.0.0.1/",
    "blank": "https://www.example.org /",
    "newline": "https://www.example.org/\r\nHost: evil",
    "tab": "https://www.exam\tple.org/",
    "nul": "https://www.example.org/\x00",
    "ftp": "ftp://www.example.org/",
    "file": "file:///etc/passwd",
    "gopher": "gopher://www.example.org/",
    "no-scheme": "//www.example.org/",
    "no-host": "https:///path",
    "http": "http://www.example.org/",
    "port-22": "https://www.example.org:22/",
    "port-8089": "https://www.example.org:8089/",
    "port-0": "https://www.example.org:0/",
    "port-huge": "https://www.example.org:99999/",
    "port-word": "https://www.example.org:ssh/",
    "label-dash": "https://-www.example.org/",
    "label-empty": "https://www..example.org/",
    "too-long": "https://www.example.org/" + "a" * 9000,
}


@pytest.mark.parametrize("url", REFUSED_URLS.values(), ids=REFUSED_URLS.keys())
def test_url_is_refused(url: str) -> None:
    with pytest.raises(GuardError):
        Guard(resolve=lambda host, port: [PUBLIC]).check(url)


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_name_that_leads_to_a_private_address_is_refused(address: str) -> None:
    with pytest.raises(GuardError, match="not public"):
        Guard(resolve=lambda host, port: [address]).check("https://www.example.org/")


def test_one_private_address_among_public_ones_is_enough_to_refuse() -> None:
    with pytest.raises(GuardError, match="not public"):
        Guard(resolve=lambda host, port: [PUBLIC, "10.0.0.1"]).check("https://www.example.org/")


def test_name_is_resolved_once_and_its_address_kept() -> None:
    answers = [[PUBLIC], ["127.0.0.1"]]
    guard = Guard(resolve=lambda host, port: answers.pop(0))
    first = guard.check("https://www.example.org/a")
    second = guard.check("https://www.example.org/b")
    assert (first.address, second.address, len(answers)) == (PUBLIC, PUBLIC, 1)


def test_own_public_address_is_refused() -> None:
    with pytest.raises(GuardError):
        Guard(own_addresses=[PUBLIC], resolve=lambda host, port: [PUBLIC]).check("https://www.example.org/")


OWN_FORMS = [
    "::ffff:8.8.4.4", "64:ff9b::808:404", "2002:808:404::1", "2001:4860::5efe:808:404", "2001:4860:0:0:0:0:0:1",
    "2001:4860::0001",
]  # fmt: skip


@pytest.mark.parametrize("form", OWN_FORMS)
def test_an_own_public_address_is_refused_in_every_form(form: str) -> None:
    own = ["8.8.4.4", "2001:4860::1%eth0"]
    with pytest.raises(GuardError, match="not public"):
        Guard(own_addresses=own, resolve=lambda host, port: ["1.1.1.1", form]).check("https://www.example.org/")
    with pytest.raises(GuardError, match="not public"):
        Guard(own_addresses=own).check(f"https://[{form}]/")


def test_administrator_may_allow_exactly_one_host_and_port() -> None:
    guard = Guard(
        allowed=parse_allowed("127.0.0.1:8080, intranet.example.org:8443"), resolve=lambda host, port: ["10.1.2.3"]
    )
    assert guard.check("http://127.0.0.1:8080/x").address == "127.0.0.1"
    assert guard.check("https://intranet.example.org:8443/").address == "10.1.2.3"
    for url in ("http://127.0.0.1:8081/", "https://intranet.example.org/", "https://127.0.0.1:443/"):
        with pytest.raises(GuardError):
            guard.check(url)


def test_management_port_stays_closed_even_if_allowed() -> None:
    with pytest.raises(GuardError, match="8089"):
        Guard(allowed={("127.0.0.1", 8089)}).check("https://127.0.0.1:8089/services")


@pytest.mark.parametrize("text", ["127.0.0.1", "host:", ":80", "host:0", "host:70000", "host:８０"])
def test_malformed_allowed_host_is_refused(text: str) -> None:
    with pytest.raises(GuardError, match="host:port"):
        parse_allowed(text)


def test_international_name_becomes_ascii() -> None:
    assert (
        Guard(resolve=lambda host, port: [PUBLIC]).check("https://bücher.example.org/").host
        == "xn--bcher-kva.example.org"
    )
