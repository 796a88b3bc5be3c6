"""Build: from pictures of schools, each with crest, tie, garment and facts.json, to a gallery. They lie in a folder,
DIR/<school id>/{crest,tie,garment}.png and facts.json, or come with a request."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Callable, TypeVar, Union

from minerva.images.errors import PictureError
from minerva.images.formats.picture import MAX_BYTES
from minerva.schools.errors import GalleryError
from minerva.schools.gallery import Entry, Gallery, write_gallery
from minerva.schools.shades import named_in

_ENDINGS = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp")
FACTS_FILE = "facts.json"
_MOST_FACTS = 256 * 1024
_DEGREES = ("latitude", "longitude")
_LONGEST, _MOST_LISTED, _LARGEST = 500, 50, 1e9
_Seen = TypeVar("_Seen")
Report = Callable[[dict[str, Any]], None]
Files = Mapping[str, Callable[[], bytes]]
"""What there is of one school: name of a file, as in crest.png -> gives its bytes, or raises OSError."""


def build_gallery(
    pictures: Path, gallery: Path, report: Report, models: Union[Path, None] = None, add: bool = False
) -> dict[str, Any]:
    """Builds a gallery of a folder; what is refused is reported and left out, the rest of the school stays. add: beside
    the schools that the gallery has. Returns the counts."""
    if not pictures.is_dir():
        raise GalleryError(f"{pictures.name} is no folder")
    return fill_gallery(in_folders(pictures), gallery, report, models, add)


def in_folders(pictures: Path) -> Iterator[tuple[str, Files]]:
    """Id and files of each school's folder, by name; what is no text in a name becomes a question mark."""
    for folder in sorted(each for each in pictures.iterdir() if each.is_dir()):
        files = {path.name.lower(): partial(_read, path) for path in folder.iterdir() if path.is_file()}
        yield _text(folder.name), files


def fill_gallery(
    schools: Iterable[tuple[str, Files]],
    gallery: Path,
    report: Report,
    models: Union[Path, None] = None,
    add: bool = False,
) -> dict[str, Any]:
    """`build_gallery` of schools that come one by one. One that is in the gallery already is replaced."""
    counts = {"schools": 0, "crests": 0, "ties": 0, "garments": 0, "refused": 0}
    given: set[str] = set()

    def counted() -> Iterator[Entry]:
        for entry in entries(schools, models):
            given.add(str(entry.facts["id"]))
            counts["crests"] += bool(entry.emblem)
            counts["ties"] += entry.tie is not None
            counts["garments"] += entry.garment is not None
            for name, reason in entry.refused.items():
                counts["refused"] += 1
                report({"school": entry.facts["id"], "file": name, "error": reason})
            yield entry
        if add and (gallery / "gallery.json").is_file():
            yield from Gallery(gallery).entries(without=given)

    counts["schools"] = write_gallery(gallery, counted())
    return counts


def entries(schools: Iterable[tuple[str, Files]], models: Union[Path, None] = None) -> Iterator[Entry]:
    """One entry for each school."""
    from minerva.schools import cloth_numpy
    from minerva.schools.looks import Looker

    with Looker(models) as looker:
        for school_id, files in schools:
            refused: dict[str, str] = {}
            facts = {**_facts(files, refused), "id": school_id}
            emblem = _seen(files, "crest", looker.emblem, refused)
            garment = _seen(files, "garment", looker.garment, refused)
            tie = _seen(files, "tie", lambda data: looker.tie(data, in_photo=False), refused)
            if garment is None:
                said = _colors(facts, "garment_color")[:1]
                garment = cloth_numpy.named_garment(said[0]) if said else None
            if tie is None:
                said = _colors(facts, "tie_colors")
                tie = cloth_numpy.named_shares(said) if said else None
            vector, png = (None, b"") if emblem is None else (emblem.vector, emblem.png)
            yield Entry(facts, vector, garment, tie, png, refused)


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def _seen(files: Files, name: str, look: Callable[[bytes], _Seen], refused: dict[str, str]) -> Union[_Seen, None]:
    found = next((f"{name}{ending}" for ending in _ENDINGS if f"{name}{ending}" in files), None)
    if found is None:
        return None
    try:
        return look(files[found]())
    except (PictureError, OSError) as error:
        refused[found] = str(error) if isinstance(error, PictureError) else f"cannot be read: {error.strerror}"
        return None


def _facts(files: Files, refused: dict[str, str]) -> dict[str, Any]:
    if FACTS_FILE not in files:
        return {}
    try:
        data = files[FACTS_FILE]()
        if len(data) > _MOST_FACTS:
            raise ValueError
        facts = json.loads(data.decode(json.detect_encoding(data)))
        if not isinstance(facts, dict):
            raise ValueError
    except (OSError, ValueError, RecursionError):
        refused[FACTS_FILE] = "no facts can be read: expected one JSON object"
        return {}
    told = {_text(key): value for key, each in facts.items() for value in [_fact(each)] if value is not None}
    return {key: value for key, value in told.items() if key not in _DEGREES or isinstance(value, (int, float))}


def _fact(value: Any) -> Any:
    """A text, a number or a list of texts; None for what is none of them."""
    if isinstance(value, list):
        return [_text(each) for each in value[:_MOST_LISTED] if isinstance(each, str)]
    if isinstance(value, str):
        return _text(value)
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < _LARGEST
    return value if is_number else None


def _text(value: str) -> str:
    """A text that every file can hold: a half of a character becomes a question mark."""
    return value[:_LONGEST].encode("utf-8", "replace").decode()


def _colors(facts: dict[str, Any], key: str) -> tuple[str, ...]:
    said = facts.get(key)
    texts = said if isinstance(said, list) else [said]
    return tuple(dict.fromkeys(color for text in texts if isinstance(text, str) for color in named_in(text)))
