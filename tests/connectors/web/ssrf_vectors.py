"""SSRF vectors as a table: ways to write an address that is not public, and ways to lead to one."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator

PRIVATE_V4 = (
    *("127.0.0.1", "127.1.2.3", "0.0.0.0", "10.0.0.1", "10.255.255.254", "172.16.0.1", "172.31.255.254"),
    *("192.168.0.1", "192.168.1.254", "169.254.169.254", "100.64.0.1", "198.18.0.1", "224.0.0.1", "255.255.255.255"),
)
PRIVATE_V6 = (
    *(
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "fd00:ec2::254",
        "fec0::1",
        "ff02::1",
        "2001:db8::1",
        "100::1",
        "64:ff9b:1::1",
    ),
    *("3fff::1", "5f00::1", "2001::1", "2001:10::1"),
)
_SCHEMES = ("ftp", "file", "gopher", "dict", "ldap", "sftp", "tftp", "jar", "data", "javascript", "ws", "netdoc", "php")
_PORTS = (0, 1, 21, 22, 23, 25, 80, 110, 139, 389, 445, 2375, 3306, 5432, 6379, 8000, 8065, 8088, 8089, 8191, 9200)
_WIDE = str.maketrans("0123456789.", "０１２３４５６７８９．")
_CIRCLED = str.maketrans("123456789", "①②③④⑤⑥⑦⑧⑨")


def v4_forms(address: str) -> Iterator[str]:
    """An IPv4 address as resolvers of all kinds would read it."""
    parts = [int(part) for part in address.split(".")]
    whole = int(ipaddress.IPv4Address(address))
    hexed = f"{whole >> 16:x}:{whole & 0xFFFF:x}"
    yield address
    yield f"{address}."
    yield str(whole)
    yield hex(whole)
    yield f"0{whole:o}"
    yield ".".join(hex(part) for part in parts)
    yield ".".join(f"0{part:o}" for part in parts)
    yield ".".join(f"{part:03d}" for part in parts)
    yield f"{parts[0]}.{(parts[1] << 16) + (parts[2] << 8) + parts[3]}"
    yield f"{parts[0]}.{parts[1]}.{(parts[2] << 8) + parts[3]}"
    yield f"0x{parts[0]:x}.{parts[1]}.0{parts[2]:o}.{parts[3]}"
    yield address.translate(_WIDE)
    yield address.translate(_CIRCLED)
    yield address.replace(".", "。")
    for form in ("::ffff:{0}", "::{0}", "::ffff:0:{0}", "64:ff9b::{0}"):
        yield f"[{form.format(address)}]"
        yield f"[{form.format(hexed)}]"
    yield f"[2002:{hexed}::]"
    yield f"[2600:1900::5efe:{hexed}]"


def urls() -> dict[str, str]:
    """{name of the vector: URL}: none may be fetched, wherever names lead."""
    found: dict[str, str] = {}
    for address in PRIVATE_V4:
        for number, form in enumerate(v4_forms(address)):
            found[f"{address} as form {number}"] = f"https://{form}/latest/meta-data/"
    for address in PRIVATE_V6:
        full = ipaddress.IPv6Address(address).exploded
        for number, form in enumerate((address, full, full.upper(), f"{address}%25eth0", f"{address}%1")):
            found[f"{address} as form {number}"] = f"https://[{form}]/"
    for scheme in _SCHEMES:
        found[f"scheme {scheme}"] = f"{scheme}://www.example.org/x"
        found[f"scheme {scheme} in capitals"] = f"{scheme.upper()}://www.example.org/x"
    for port in (
        0,
        1,
        21,
        22,
        23,
        25,
        80,
        110,
        139,
        389,
        445,
        2375,
        3306,
        5432,
        6379,
        8000,
        8065,
        8088,
        8089,
        8191,
        9200,
    ):
        found[f"port {port}"] = f"https://www.example.org:{port}/"
    for name, text in {
        "user": "user@www.example.org", "user and password": "a:b@www.example.org", "empty user": "@www.example.org",
        "user that looks like the host": "www.example.org@127.0.0.1", "encoded at": "www.example.org%40127.0.0.1",
        "two users": "a@b@127.0.0.1", "user with a port": "www.example.org:443@10.0.0.1",
        "backslash": "www.example.org\\@127.0.0.1", "fragment trick": "127.0.0.1#@www.example.org",
        "question trick": "127.0.0.1?@www.example.org", "blank": "www.example.org 127.0.0.1",
        "tab": "www.exa\tmple.org", "newline": "www.example.org\n127.0.0.1", "return": "www.example.org\r.x",
        "nul": "www.example.org\x00.x", "encoded nul": "127.0.0.1%00.example.org", "empty label": "www..example.org",
        "leading dot": ".example.org", "dash": "-www.example.org", "underscore end": "www-.example.org",
        "long label": "a" * 64 + ".example.org", "long name": ".".join(["abcdefgh"] * 40), "no host": "",
        "only a port": ":443", "bracket": "[::1", "brackets round a name": "[www.example.org]", "zone": "[::1%25lo]",
        "soft hyphen alone": "\u00ad", "idn of nothing": "\u3002\u3002", "idn that is too long": "ü" * 70,
        "zero width number": "127.0.0.1\u200b", "right to left": "\u202e1.0.0.721",
        "wide point": "127\uff0e0\uff0e0\uff0e1",
        "arabic digits": "١٢٧.٠.٠.١", "superscript": "¹²⁷.0.0.1", "thirty-three bits": "4294967297",
        "five parts": "127.0.0.0.1", "part above a byte": "127.0.0.256", "hex with nothing": "0x",
        "octal nine": "0177.0.0.9",
        "number at the end": "www.example.1", "hex at the end": "www.example.0x1f", "pipe": "www.example.org|127.0.0.1",
        "brace": "{127.0.0.1}", "quote": 'www.example.org"', "angle": "<127.0.0.1>", "caret": "www.example.org^",
    }.items():  # fmt: skip
        found[f"host: {name}"] = f"https://{text}/"
    for name, tail in {
        "header": "/a\r\nHost: 127.0.0.1", "header alone": "/a\nX: y", "return alone": "/a\rX: y", "tab": "/a\tb",
        "nul": "/a\x00", "escape": "/a\x1b", "delete": "/a\x7f", "unit": "/a\x1f", "query header": "/?a=\r\nX: y",
        "request": "/ HTTP/1.1\r\nHost: 10.0.0.1\r\n\r\nGET /", "too long": "/" + "a" * 9000,
    }.items():  # fmt: skip
        found[f"path: {name}"] = f"https://www.example.org{tail}"
    found |= {
        "plain http": "http://www.example.org/",
        "no scheme": "//www.example.org/",
        "scheme alone": "https:",
        "one slash": "https:/www.example.org/",
        "three slashes": "https:///www.example.org/",
        "nothing": "",
        "path alone": "/etc/passwd",
        "leading blank": " https://www.example.org/",
        "two schemes": "https:https://127.0.0.1/",
    }
    return found
