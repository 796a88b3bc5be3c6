"""Ten thousand replies with an image in disguise: none of its bytes gets into an event, and none onto a disk."""

from __future__ import annotations

import base64
import gzip
import io
import json
import random
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

from minerva.intake.errors import FetchError, IntakeError, MappingError
from minerva.intake.mapping.mapper import Mapper
from minerva.intake.web.body import check_type, promised, read_body
from minerva.intake.web.http_source import answer_rows
from tests.connectors.web.making import web_source

SEED, REPLIES = 20261201, 10_000
MAGIC = {
    "png": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    "jpeg": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01",
    "gif": b"GIF89a\x01\x00\x01\x00",
    "webp": b"RIFF\x24\x00\x00\x00WEBPVP8 ",
    "bmp": b"BM\x36\x00\x00\x00\x00\x00\x00\x00\x36\x00",
    "tiff": b"II*\x00\x08\x00\x00\x00",
    "avif": b"\x00\x00\x00\x20ftypavif\x00\x00",
    "heic": b"\x00\x00\x00\x18ftypheic\x00\x00",
    "icon": b"\x00\x00\x01\x00\x01\x00\x10\x10",
    "jxl": b"\x00\x00\x00\x0cJXL \r\n\x87\n",
}
TYPES = ("application/json", "text/json", "text/plain", "application/hal+json", "image/png", "image/jpeg", "text/html")


def replies(seed: int, count: int) -> Iterator[tuple[str, str, str, bytes, bytes]]:
    """(disguise, Content-Type, Content-Encoding, body, the image's bytes) of each reply."""
    rng = random.Random(seed)
    for _ in range(count):
        image = rng.choice(list(MAGIC.values())) + rng.randbytes(rng.randint(900, 3000))
        text = base64.b64encode(image).decode()
        disguise = rng.choice(("wrong type", "packed", "blank", "data uri", "base64", "url-safe", "wrapped", "behind"))
        kind, encoding = rng.choice(TYPES), ""
        body = image
        if disguise == "packed":
            body, encoding = gzip.compress(image), "gzip"
        elif disguise == "blank":
            body = rng.choice((b"\xef\xbb\xbf", b"\n", b" ", b"\x00")) + image
        elif disguise == "behind":
            body = b'[{"id": "1", "name": "A"}]' + rng.choice((b"", b"\n", b"\x00")) + image
        elif disguise != "wrong type":
            kind = rng.choice(TYPES[:4])
            if disguise == "data uri":
                text = f"data:image/{rng.choice(('png', 'jpeg'))};base64,{text}"
            elif disguise == "url-safe":
                text = base64.urlsafe_b64encode(image).decode()
            elif disguise == "wrapped":
                text = "\n".join(text[at : at + 76] for at in range(0, len(text), 76))
            column = rng.choice(("name", "city", "picture"))
            body = json.dumps(
                [{"id": "1", "name": "A", "city": "B", column: f"{rng.choice(('', 'see '))}{text}"}]
            ).encode()
        yield disguise, kind, encoding, body, image


def pieces(image: bytes) -> list[str]:
    """Texts of which one would stand in an event that holds the image, or a part of it large enough to be one."""
    inside = image[300:600]
    found = [inside.hex(), inside.decode("latin-1"), *(base64.b64encode(inside[at:])[:64].decode() for at in range(3))]
    return [*found, *(text.replace("+", "-").replace("/", "_") for text in found[2:])]


def test_no_byte_of_ten_thousand_images_in_disguise_gets_into_an_event() -> None:
    source = web_source({"attributes": {"x_picture": "picture"}})
    assert source.http is not None
    promise, mapper, now = (
        promised(source.http.reading),
        Mapper(source, "northfield"),
        datetime(2026, 12, 1, tzinfo=UTC),
    )
    seen: Counter[str] = Counter()
    leaks: list[tuple[int, str]] = []
    for number, (disguise, kind, encoding, body, image) in enumerate(replies(SEED, REPLIES)):
        try:
            check_type(kind, promise.types)
            read = read_body(io.BytesIO(body).read, encoding, promise=promise)
        except FetchError:
            seen["refused unread"] += 1
            continue
        try:
            _, rows = answer_rows(source.http, read, "page")
        except IntakeError:
            seen["not readable"] += 1
            continue
        for row in rows:
            try:
                event = mapper.map_row(row.columns or {}, now).record.to_json() if row.columns else ""
            except MappingError:
                seen["row refused"] += 1
                continue
            seen["event"] += 1
            text = event.replace("\\n", "").replace(" ", "")
            if any(piece in text for piece in pieces(image)):
                leaks.append((number, disguise))
    assert leaks == []
    assert seen["refused unread"] > 4000
    assert seen["event"] > 2000
