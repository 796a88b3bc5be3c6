"""Build: from a folder of pictures, DIR/<school id>/{crest,tie,garment}.png and facts.json, to a gallery."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Callable, TypeVar, Union

from minerva.images.errors import PictureError
from minerva.images.formats.picture import MAX_BYTES
from minerva.schools.errors import GalleryError
from minerva.schools.gallery import Entry, write_gallery
from minerva.schools.shades import named_in

_ENDINGS = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp")
_MOST_FACTS = 256 * 1024
_Seen = TypeVar("_Seen")
Report = Callable[[dict[str, Any]], None]


def build_gallery(pictures: Path, gallery: Path, report: Report, models: Union[Path, None] = None) -> dict[str, Any]:
    """Builds a gallery; what is refused is reported and left out, the rest of the school stays. Returns the counts."""
    if not pictures.is_dir():
        raise GalleryError(f"{pictures.name} is no folder")
    counts = {"schools": 0, "crests": 0, "ties": 0, "garments": 0, "refused": 0}

    def counted() -> Iterator[Entry]:
        for entry in entries(pictures, models):
            counts["crests"] += bool(entry.emblem)
            counts["ties"] += entry.tie is not None
            counts["garments"] += entry.garment is not None
            for name, reason in entry.refused.items():
                counts["refused"] += 1
                report({"school": entry.facts["id"], "file": name, "error": reason})
            yield entry

    counts["schools"] = write_gallery(gallery, counted())
    return counts


def entries(pictures: Path, models: Union[Path, None] = None) -> Iterator[Entry]:
    """One entry for each school's folder, in the order of their names."""
    from minerva.schools import cloth_numpy
    from minerva.schools.looks import Looker

    with Looker(models) as looker:
        for folder in sorted(each for each in pictures.iterdir() if each.is_dir()):
            refused: dict[str, str] = {}
            facts = {**_facts(folder, refused), "id": folder.name}
            emblem = _seen(folder, "crest", looker.emblem, refused)
            garment = _seen(folder, "garment", looker.garment, refused)
            tie = _seen(folder, "tie", lambda data: looker.tie(data, in_photo=False), refused)
            if garment is None:
                said = _colors(facts, "garment_color")[:1]
                garment = cloth_numpy.named_garment(said[0]) if said else None
            if tie is None:
                said = _colors(facts, "tie_colors")
                tie = cloth_numpy.named_shares(said) if said else None
            vector, png = (None, b"") if emblem is None else (emblem.vector, emblem.png)
            yield Entry(facts, vector, garment, tie, png, refused)


def _seen(folder: Path, name: str, look: Callable[[bytes], _Seen], refused: dict[str, str]) -> Union[_Seen, None]:
    path = next((folder / f"{name}{ending}" for ending in _ENDINGS if (folder / f"{name}{ending}").is_file()), None)
    if path is None:
        return None
    try:
        with path.open("rb") as file:
            return look(file.read(MAX_BYTES + 1))
    except (PictureError, OSError) as error:
        refused[path.name] = str(error) if isinstance(error, PictureError) else f"cannot be read: {error.strerror}"
        return None


def _facts(folder: Path, refused: dict[str, str]) -> dict[str, Any]:
    path = folder / "facts.json"
    if not path.is_file():
        return {}
    try:
        if path.stat().st_size > _MOST_FACTS:
            raise ValueError
        facts = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(facts, dict):
            raise ValueError
    except (OSError, ValueError, RecursionError):
        refused[path.name] = "no facts can be read"
        return {}
    return facts


def _colors(facts: dict[str, Any], key: str) -> tuple[str, ...]:
    said = facts.get(key)
    texts = said if isinstance(said, list) else [said]
    return tuple(dict.fromkeys(color for text in texts if isinstance(text, str) for color in named_in(text)))
