"""Media: what is known by its first bytes or inside a cell, and what only looks like it."""

from __future__ import annotations

import base64

import pytest

from minerva.intake.formats.media import holds_media, is_media

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(60))
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(range(60))
STARTS = {
    "png": PNG,
    "jpeg": JPEG,
    "gif": b"GIF89a\x01\x00",
    "bmp": b"BM\x36\x00\x0c\x00\x00\x00\x00\x00",
    "webp": b"RIFF\xff\xff\xff\x7fWEBPVP8 ",
    "wave": b"RIFF\x24\x08\x00\x00WAVEfmt ",
    "tiff": b"II*\x00\x08",
    "heic": b"\x00\x00\x00\x18ftypheic",
    "svg": b"\xef\xbb\xbf\n<?xml version='1.0'?><SVG>",
    "pdf": b"%PDF-1.7",
    "mp3": b"ID3\x03\x00",
    "program": b"MZ\x90\x00\x03\x00",
    "zip": b"PK\x03\x04",
    "tar named as a gif": b"GIF89a".ljust(257, b"\0") + b"ustar",
    "old workbook": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
}
WORDS = [
    b"BMI;Name;Town\n",
    b"MZ,name\n",
    b"ID3 number,name\n",
    b"RIFFLE LTD\n",
    b"<services>",
    b"",
    b"\xef\xbb\xbfid,name\n",
]


@pytest.mark.parametrize("name", STARTS)
def test_media_is_known_by_its_first_bytes(name: str) -> None:
    assert is_media(STARTS[name])


@pytest.mark.parametrize("start", WORDS)
def test_a_heading_is_no_media(start: bytes) -> None:
    assert not is_media(start)


@pytest.mark.parametrize("image", [PNG, JPEG], ids=["png", "jpeg"])
@pytest.mark.parametrize("form", ["raw", "utf8", "base64", "uri", "hex", "url-safe"])
def test_an_image_in_a_cell_is_found(image: bytes, form: str) -> None:
    code = base64.b64encode(image).decode()
    text = {
        "raw": image.decode("latin-1"),
        "utf8": image.decode("cp1252", "replace"),
        "base64": f"photo {code} end",
        "uri": f"<img src='data:image/x;base64,{code}'>",
        "hex": image.hex(),
        "url-safe": base64.urlsafe_b64encode(image).decode(),
    }[form]
    assert holds_media(text)


@pytest.mark.parametrize(
    "text",
    [
        "The quick brown fox jumps over the lazy dog, again and again.",
        "0x" + "0123456789abcdef" * 4,
        "5d41402abc4b2a76b9719d911017c592" * 2,
        "https://photos.example.org/iVBORw0KGgo/a/very/long/path/without/any/image/in/it.html",
        "/9j/ is how a base64 JPEG begins, says the handbook of the example company",
    ],
)
def test_words_hashes_and_addresses_are_no_media(text: str) -> None:
    assert not holds_media(text)
