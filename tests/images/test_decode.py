"""Decoding: bad pictures are refused in words within limits, odd ones decoded, and nothing of one is left behind."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from assembly.paths import ROOT
from minerva.images.decode import Decoder
from minerva.images.errors import PictureError
from minerva.images.formats import read_picture
from minerva.images.picture_child import LIMITS, DecodeLimits
from minerva.limited_process import LIMITED
from tests.images.drawn import (
    animated,
    bad_pictures,
    chunk,
    encoded,
    png,
    scene,
    with_exif_orientation,
)

pytestmark = pytest.mark.skipif(not LIMITED, reason="this platform cannot limit a process")
BAD = bad_pictures()


@pytest.fixture(scope="module")
def decoder() -> Iterator[Decoder]:
    with Decoder() as each:
        yield each


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_picture_is_refused_in_words_and_the_next_is_hashed(decoder: Decoder, kind: str) -> None:
    data, code = BAD[kind]
    with pytest.raises(PictureError) as refused:
        decoder.fingerprint(data)
    assert refused.value.code == code
    assert len(str(refused.value).split()) > 3
    assert decoder.fingerprint(encoded(".jpg")).whole.quality == 100


def test_the_table_of_bad_pictures_has_at_least_twenty_kinds() -> None:
    assert len(BAD) >= 20


GRAY = cv2.cvtColor(scene(), cv2.COLOR_BGR2GRAY)
ODD = {
    "PNG": encoded(".png"),
    "16-bit PNG": encoded(".png", scene().astype(np.uint16) * 257),
    "PNG with transparency": encoded(".png", np.dstack((scene(), np.full((240, 320), 90, np.uint8)))),
    "WebP without loss": encoded(".webp", scene(), cv2.IMWRITE_WEBP_QUALITY, 101),
    "BMP": encoded(".bmp"),
    "animated PNG": animated(".png", scene(), scene(seed=5)),
}
CLOSE = {
    "JPEG": encoded(".jpg"),
    "gray JPEG": encoded(".jpg", GRAY),
    "progressive JPEG": encoded(".jpg", scene(), cv2.IMWRITE_JPEG_PROGRESSIVE, 1),
    "gray PNG": encoded(".png", GRAY),
    "WebP": encoded(".webp", None, cv2.IMWRITE_WEBP_QUALITY, 80),
    "animated WebP": animated(".webp", scene(), scene(seed=5)),
    "GIF": encoded(".gif"),
    "animated GIF": animated(".gif", scene(), scene(seed=5)),
}


@pytest.mark.parametrize("kind", ODD)
def test_the_same_pixels_get_the_same_hash_in_every_container(decoder: Decoder, kind: str) -> None:
    assert decoder.fingerprint(ODD[kind]).whole == decoder.fingerprint(ODD["PNG"]).whole


@pytest.mark.parametrize("kind", CLOSE)
def test_nearly_the_same_pixels_get_nearly_the_same_hash(decoder: Decoder, kind: str) -> None:
    found, whole = (decoder.fingerprint(data).whole.pdq for data in (CLOSE[kind], ODD["PNG"]))
    assert bin(int(found, 16) ^ int(whole, 16)).count("1") <= 10


def palette_png() -> bytes:
    """The gray scene with its 256 grays in a palette."""
    palette = chunk(b"PLTE", bytes(value for gray in range(256) for value in (gray, gray, gray)))
    rows = zlib.compress(b"".join(b"\0" + row.tobytes() for row in GRAY))
    header = png(320, 240, color=3)[:33]
    return header + palette + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def test_a_palette_is_read(decoder: Decoder) -> None:
    assert decoder.fingerprint(palette_png()).whole == decoder.fingerprint(encoded(".png", GRAY)).whole


def test_what_lies_behind_a_picture_and_its_metadata_change_no_hash_and_reach_no_decoder(decoder: Decoder) -> None:
    jpeg = encoded(".jpg")
    turned = with_exif_orientation(jpeg, 6)
    comment = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(50_000_000)))
    assert decoder.fingerprint(turned + b"PK\x03\x04" + bytes(5000)).whole == decoder.fingerprint(jpeg).whole
    assert b"Exif" not in read_picture(turned).pixels
    assert read_picture(jpeg + b"PK\x03\x04").pixels == read_picture(jpeg).pixels
    assert read_picture(png(64, 64, extra=comment)).pixels == png(64, 64)


def test_md5_and_sha256_are_those_of_the_whole_file(decoder: Decoder) -> None:
    found = decoder.fingerprint(encoded(".png") + b"tail")
    assert found.md5 != decoder.fingerprint(encoded(".png")).md5
    assert found.sha256 == hashlib.sha256(encoded(".png") + b"tail").hexdigest()


def test_a_picture_that_takes_more_memory_than_allowed_is_refused_and_the_next_is_hashed() -> None:
    with Decoder(limits=DecodeLimits(memory_bytes=24 * 2**20)) as decoder:
        with pytest.raises(PictureError, match="more than 24 MiB"):
            decoder.fingerprint(png(6000, 4000, color=2))
        assert decoder.fingerprint(encoded(".jpg")).whole.quality == 100


def test_a_picture_that_takes_longer_than_allowed_is_refused_and_the_next_is_hashed() -> None:
    with Decoder(limits=DecodeLimits(seconds=0.02)) as decoder:
        with pytest.raises(PictureError, match=r"more than 0\.02 s") as refused:
            decoder.fingerprint(png(6000, 6000, color=2))
        assert refused.value.code == "slow"
    assert (LIMITS.memory_bytes, LIMITS.seconds) == (256 * 2**20, 10.0)


def test_the_largest_picture_that_is_allowed_fits_the_limits(decoder: Decoder) -> None:
    assert decoder.fingerprint(png(8000, 5000, color=2)).width == 8000


def test_a_decoder_whose_child_was_killed_starts_another() -> None:
    with Decoder() as decoder:
        decoder.fingerprint(encoded(".jpg"))
        assert decoder._child is not None
        decoder._child.kill()
        decoder._child.wait()
        with pytest.raises(PictureError):
            decoder.fingerprint(encoded(".jpg"))
        assert decoder.fingerprint(encoded(".jpg")).whole.quality == 100


ANSWERS = (
    '{"code": "died"}',
    "[]",
    "no JSON",
    '{"width": 320, "height": 240, "whole": {"pdq": "../../etc", "quality": 1, "dihedral": []}}',
    '{"width": 320, "height": 240, "whole": {"pdq": "' + "a" * 64 + '", "quality": 101, "dihedral": []}}',
    '{"width": 1, "height": 1}',
)


@pytest.mark.parametrize("answer", ANSWERS)
def test_an_answer_that_is_no_fingerprint_is_a_refusal(monkeypatch: pytest.MonkeyPatch, answer: str) -> None:
    code = (
        f"import sys; print('ready', flush=True); sys.stdin.buffer.readline(); print({answer!r}, flush=True); input()"
    )
    monkeypatch.setattr("minerva.images.picture_child.command_of", lambda _module: [sys.executable, "-c", code])
    with Decoder() as decoder, pytest.raises(PictureError):
        decoder.fingerprint(encoded(".jpg"))


SEALED = """
import os, socket, sys
from minerva.limited_process import limit_process, seal_process
file = open(sys.argv[1], "ab", buffering=0)
assert limit_process(64 * 2**20, 5) and seal_process()
import signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
met = []
for name, work in (
    ("write", lambda: file.write(b"x")),
    ("open", lambda: open(sys.argv[1] + "2", "wb")),
    ("read", lambda: open(sys.argv[1], "rb")),
    ("socket", socket.socket),
    ("memory", lambda: bytearray(128 * 2**20)),
):
    try:
        work()
    except (OSError, MemoryError):
        met.append(name)
os.write(1, " ".join(met).encode())
"""


def test_a_sealed_process_can_write_and_open_nothing(tmp_path: Path) -> None:
    file = tmp_path / "file"
    done = subprocess.run(
        [sys.executable, "-c", SEALED, file], cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, capture_output=True, check=True
    )
    assert done.stdout == b"write open read socket memory"
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
    assert file.read_bytes() == b""


def run(*arguments: str, folder: Path, without_libraries: bool = False) -> subprocess.CompletedProcess[bytes]:
    """The command line with every folder that programs write to inside `folder`."""
    environment = {name: str(folder) for name in ("HOME", "TMPDIR", "TEMP", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR")}
    start = f"import sys; sys.path.insert(0, {str(ROOT)!r})"
    code = f"{start}; from minerva.images.__main__ import main; raise SystemExit(main())"
    options = ["-I", "-B", *(["-S"] if without_libraries else []), "-c", code]
    return subprocess.run(
        [sys.executable, *options, *arguments],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        check=False,
    )


def disk(folder: Path) -> dict[str, tuple[int, int]]:
    return {str(path): (path.stat().st_size, path.stat().st_mtime_ns) for path in folder.rglob("*")}


def in_shared_memory() -> set[str]:
    """What lies there, without semaphores: those hold a count, and any process of the machine makes them."""
    return {name for name in os.listdir("/dev/shm") if not name.startswith("sem.")}


def test_hashing_leaves_nothing_of_a_picture_on_disk_and_a_bad_one_stops_no_batch(tmp_path: Path) -> None:
    files = {"a.jpg": encoded(".jpg"), "b.png": BAD["100 megapixel"][0], "c.gif": encoded(".png"), "d.jpg": b""}
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    before, shared = disk(tmp_path), in_shared_memory()
    done = run("hash", *files, "missing.jpg", "--crops", "few", "--turns", folder=tmp_path)
    assert disk(tmp_path) == before
    assert in_shared_memory() <= shared
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(row["path"], "pdq" in row, "error" in row) for row in rows] == [
        ("a.jpg", True, False),
        ("b.png", False, True),
        ("c.gif", True, False),
        ("d.jpg", False, True),
        ("missing.jpg", False, True),
    ]
    assert (done.returncode, done.stderr) == (1, b"")
    assert rows[2]["format"] == "PNG"
    assert [len(rows[0]["crops"]), len(rows[0]["turned"]), len(rows[0]["dihedral"])] == [27, 6, 8]
    assert set(rows[0]) == {
        "path", "pdq", "quality", "dihedral", "md5", "sha256", "format", "width", "height", "crops", "turned",
    }  # fmt: skip


def test_two_files_in_one_and_what_hides_beside_pixels_leave_no_file_anywhere(tmp_path: Path) -> None:
    """Polyglots and hidden parts carry a word: it is in no file that was made, and in nothing that was answered."""
    word = b"canary-of-a-hidden-part"
    jpeg, whole, gif = (encoded(ending) for ending in (".jpg", ".png", ".gif"))
    entry = b"PK\x03\x04" + bytes(26) + word
    files = {
        "zip.jpg": jpeg + entry, "page.png": whole + b"<html><script>" + word + b"</script>",
        "program.gif": gif + b"\x7fELF" + word, "exif.jpg": jpeg[:2] + b"\xff\xe1\0\x21Exif\0\0" + word + jpeg[2:],
        "text.png": whole[:33] + chunk(b"tEXt", b"Comment\0" + word) + whole[33:],
        "frames.gif": animated(".gif", *(scene(60, 80, seed) for seed in range(40))) + word,
        "pdf.jpg": b"%PDF-1.7\n" + word + jpeg, "script.gif": b"GIF89a/*" + word + b"*/=0;",
    }  # fmt: skip
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    before, shared = disk(tmp_path), in_shared_memory()
    done = run("hash", *files, folder=tmp_path)
    assert disk(tmp_path) == before
    assert in_shared_memory() <= shared
    assert word not in done.stdout + done.stderr
    told = {row["path"]: "pdq" in row for row in map(json.loads, done.stdout.splitlines())}
    assert told == {name: name not in ("pdf.jpg", "script.gif") for name in files}


def test_without_the_libraries_a_message_names_the_package(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(encoded(".jpg"))
    done = run("hash", "a.jpg", folder=tmp_path, without_libraries=True)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"SA-minerva-native-linux-x86_64" in done.stderr
    assert b"Traceback" not in done.stderr
