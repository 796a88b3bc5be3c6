"""The optional package SA-minerva-native-linux-x86_64: numpy for each Python, OpenCV once, and models.

Made of wheels alone, locked with hashes like all that ships, and apart from the two apps, which find it where it stands
beside them (minerva/native_package.py). `build.py package --native` builds and inspects it.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

from assembly import paths
from assembly.conf_text import ConfFile, Stanza
from assembly.environments import lock_of, run
from assembly.hashing import file_hash, text_hash
from assembly.locks import NATIVE
from assembly.packages import third_party
from assembly.packages.archive import pack
from assembly.packages.stage import settle
from assembly.version import build_number, version
from minerva.native_package import CHARACTERS, COMMON, FINDER, MODELS, NAME, READER

PLATFORMS = ("manylinux_2_28_x86_64", "manylinux_2_27_x86_64", "manylinux2014_x86_64", "any")
FOLDERS = {"native": COMMON, "native_py39": "py39", "native_py313": "py313"}
_MODELS_FROM = "rapidocr"
_HEAD = "Libraries of others in this folder, each under its own licence, unchanged but for tests and headers left out."
_LEFT_OUT = ("*.pyi", "*.pyc", "*.pyx", "*.pxd", "*.h", "*.a", "tests", "__pycache__", "bin", "RECORD", "REQUESTED")
_NUMPY_LEFT_OUT = ("f2py", "distutils", "_pyinstaller", "conftest.py", "testing")
_METADATA = 14
"""Number of the field of an ONNX file that holds named texts (onnx.proto, ModelProto.metadata_props)."""


class NativeError(Exception):
    """A wheel does not hold what the package is made of."""


def build_native_package(root: Path = paths.ROOT) -> Path:
    """Fetches the locked wheels, stages and packs; returns the archive in dist/. Raises SetupError and NativeError."""
    work = root / "build" / "native"
    tree = work / NAME
    shutil.rmtree(tree, ignore_errors=True)
    for lock, folder in FOLDERS.items():
        _copy_wheels(_unpacked(work, lock, root), tree / "lib" / folder)
    _take_models(tree / "lib", _unpacked(work, "native", root))
    take_school_models(tree / "lib", root)
    _write_app(tree, root)
    settle(tree)
    models = work / "models"  # where the benchmark and tests look
    shutil.rmtree(models, ignore_errors=True)
    shutil.copytree(tree / "lib" / MODELS, models)
    archive = root / "dist" / f"{NAME}-{version(root)}.tar.gz"
    archive.parent.mkdir(exist_ok=True)
    pack(tree, archive)
    return archive


def _unpacked(work: Path, lock: str, root: Path) -> Path:
    """The folder that holds a lock's wheels, unpacked; it is made again when the lock changes."""
    file = lock_of(lock, root)
    target = work / f"{lock}-{text_hash([file.read_text(encoding='utf-8')])[:16]}"
    if target.is_dir():
        return target
    partial = target.with_suffix(".partial")
    shutil.rmtree(partial, ignore_errors=True)
    python = str(paths.python_of(root / "build" / "tools"))
    wanted = ["--implementation=cp", f"--python-version={NATIVE[lock]}", *(f"--platform={each}" for each in PLATFORMS)]
    run(
        [python, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-deps", "--no-compile",
         "--only-binary=:all:", "--require-hashes", *wanted, "--target", str(partial), "-r", str(file)]
    )  # fmt: skip
    partial.rename(target)
    return target


def _copy_wheels(source: Path, target: Path) -> None:
    left_out = shutil.ignore_patterns(*_LEFT_OUT)
    for path in sorted(source.iterdir()):
        if path.name.startswith(_MODELS_FROM) or path.name == "bin":
            continue
        if path.is_dir():
            shutil.copytree(path, target / path.name, ignore=left_out)
    for name in _NUMPY_LEFT_OUT:
        unused = target / "numpy" / name
        shutil.rmtree(unused) if unused.is_dir() else unused.unlink(missing_ok=True)


def _take_models(library: Path, source: Path) -> None:
    """Copies both networks with their licences, and writes down the characters that the reader tells apart."""
    models = library / MODELS
    models.mkdir(parents=True)
    for name in (FINDER, READER):
        shutil.copyfile(source / _MODELS_FROM / "models" / name, models / name)
    licences = next(source.glob(f"{_MODELS_FROM}-*.dist-info")) / "licenses"
    for name in ("LICENSE", "MODEL_LICENSES.md"):
        shutil.copyfile(licences / name, models / name)
    characters = dict(named_texts((models / READER).read_bytes())).get("character", "")
    if characters.count("\n") < 1000:
        raise NativeError(f"{READER}: names no characters; another rapidocr than the locked one?")
    (models / CHARACTERS).write_text(characters.rstrip("\n"), encoding="utf-8")


def take_school_models(library: Path, root: Path = paths.ROOT) -> None:
    """Copies the networks that compare crests, with the note on their making and licence."""
    shutil.copytree(root / "minerva_native" / MODELS / "schools", library / MODELS / "schools")


def named_texts(model: bytes) -> Iterator[tuple[str, str]]:
    """The named texts of an ONNX file, which is a protocol buffer (protobuf.dev/programming-guides/encoding)."""
    for number, value in _fields(model):
        if number == _METADATA and isinstance(value, bytes):
            pair = dict(_fields(value))
            name, text = pair.get(1, b""), pair.get(2, b"")
            if isinstance(name, bytes) and isinstance(text, bytes):
                yield name.decode(), text.decode()


def _fields(message: bytes) -> Iterator[tuple[int, bytes | int]]:
    at = 0
    while at < len(message):
        key, at = _number(message, at)
        kind = key & 7
        if kind == 0:
            value, at = _number(message, at)
            yield key >> 3, value
            continue
        size, at = _number(message, at) if kind == 2 else ({1: 8, 5: 4}[kind], at)
        yield key >> 3, message[at : at + size]
        at += size


def _number(message: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = message[at]
        at += 1
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return value, at


def _write_app(tree: Path, root: Path) -> None:
    release = version(root)
    manifest = json.loads((root / paths.APP / "app.manifest").read_text(encoding="utf-8"))
    info = manifest["info"]
    info["id"]["name"], info["title"] = NAME, "Minerva native libraries (Linux x86_64)"
    info["description"] = "Optional: numpy, OpenCV and models, with which Minerva hashes and reads pictures."
    manifest["dependencies"] = None
    manifest["targetWorkloads"] = ["_search_heads", "_forwarders"]
    (tree / "default").mkdir()
    (tree / "metadata").mkdir()
    (tree / "app.manifest").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    stanzas = [
        Stanza("id", {"name": NAME, "version": release}),
        Stanza("launcher", {"author": "Minerva", "version": release, "description": info["description"]}),
        Stanza("package", {"id": NAME, "check_for_updates": False}),
        Stanza("install", {"is_configured": False, "state": "enabled", "build": build_number(root)}),
        Stanza("ui", {"is_visible": False, "label": "Minerva native libraries"}),
    ]
    for path, items in {
        "default/app.conf": stanzas,
        # No indexer needs it: what is native runs on search heads and where inputs run.
        "default/distsearch.conf": [Stanza("replicationDenylist", {"minerva_native": f"apps/{NAME}/..."})],
        "metadata/default.meta": [
            Stanza("", {"access": "read : [ * ], write : [ admin, sc_admin ]", "export": "none"}),
        ],
    }.items():
        (tree / path).write_text(ConfFile(path, ["assembly/packages/native.py"], items).text(), encoding="utf-8")
    shutil.copyfile(root / "LICENSE", tree / "LICENSE")
    (tree / "README.txt").write_text(README.format(name=NAME, release=release), encoding="utf-8")
    parts = [f"{folder}\n\n{third_party.notices(tree / 'lib' / folder, _HEAD)}" for folder in FOLDERS.values()]
    parts.append(f"{MODELS}\n\nPP-OCRv6 (PaddleOCR), as rapidocr packs it: Apache-2.0\n  {MODELS}/MODEL_LICENSES.md\n")
    (tree / "lib" / third_party.FILE).write_text("\n".join(parts), encoding="utf-8")


README = """{name} {release}

Optional, for Linux on x86_64 with glibc 2.28 or later. Install it beside minerva_app on search heads, and beside
TA-gen-connectors where its inputs run, if pictures are to be hashed or read. It holds no searches, no pages and no
settings; lib/common serves every Python, lib/py39 and lib/py313 the one they are named after. Without it everything
else works, and what needs it says so.

Libraries of others and their licences: lib/THIRD-PARTY.txt.
"""


def checksum_line(archive: Path) -> str:
    """The line of SHA256SUMS."""
    return f"{file_hash(archive)}  {archive.name}"
