"""Gallery: a folder that holds schools, their facts and what their crests, ties and garments look like.

schools.jsonl has a school a line and is all that a search by words needs. The arrays beside it have a row for each
school and are mapped into memory; a school may lack any of them.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Union

from minerva.schools.errors import GalleryError

VERSION = 1
SCALE = 254
"""Embeddings are of length 1, their numbers below a half: as int8 they keep all that ranking needs."""


@dataclass(frozen=True)
class Entry:
    """One school as it is stored; arrays are None where nothing is known."""

    facts: dict[str, Any]
    vector: Any = None
    garment: Any = None
    tie: Any = None
    emblem: bytes = b""
    refused: dict[str, str] = field(default_factory=dict)


def write_gallery(folder: Path, entries: Iterable[Entry]) -> int:
    """Writes a gallery in the place of any that is there, in one step; returns how many schools it has."""
    import numpy as np

    from minerva.schools.shades import NAMES

    part = folder.with_name(f"{folder.name}.{os.getpid()}.part")
    part.mkdir(parents=True)
    try:
        vectors, garments, ties, ends = [], [], [], [0]
        ids: set[str] = set()
        with (
            (part / "schools.jsonl").open("w", encoding="utf-8") as lines,
            (part / "emblems.bin").open("wb") as emblems,
        ):
            for entry in entries:
                school = str(entry.facts["id"])
                if school in ids:
                    raise GalleryError(f"the school {school} is there twice")
                ids.add(school)
                lines.write(json.dumps(entry.facts, ensure_ascii=False) + "\n")
                emblems.write(entry.emblem)
                ends.append(ends[-1] + len(entry.emblem))
                vectors.append(_int8(entry.vector))
                garments.append(np.full(3, np.nan) if entry.garment is None else entry.garment)
                ties.append(np.zeros(len(NAMES)) if entry.tie is None else entry.tie)
        size = len(ids)
        np.save(part / "crests.npy", np.array(vectors, np.int8).reshape(size, -1 if size else 256))
        np.save(part / "garments.npy", np.array(garments, np.float32).reshape(size, 3))
        np.save(part / "ties.npy", np.array(ties, np.float32).reshape(size, len(NAMES)))
        np.save(part / "emblems.npy", np.array(ends, np.int64))
        (part / "gallery.json").write_text(json.dumps({"version": VERSION, "schools": size}) + "\n", encoding="utf-8")
        _put(part, folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return size


def _int8(vector: Any) -> Any:
    import numpy as np

    if vector is None:
        return np.zeros(256, np.int8)
    return np.clip(np.round(np.asarray(vector) * SCALE), -127, 127).astype(np.int8)


def _put(part: Path, folder: Path) -> None:
    if not folder.exists():
        part.rename(folder)
        return
    if not (folder / "gallery.json").is_file() and any(folder.iterdir()):
        raise GalleryError(f"{folder.name} is no gallery and not empty")
    old = part.with_suffix(".old")
    folder.rename(old)
    part.rename(folder)
    shutil.rmtree(old)


class Gallery:
    """A gallery that was written; its arrays are opened when they are asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            said = json.loads((folder / "gallery.json").read_text(encoding="utf-8"))
        except OSError as error:
            raise GalleryError(f"{folder.name}: no gallery can be read: {error.strerror}") from None
        except ValueError:
            raise GalleryError(f"{folder.name}: its gallery.json is broken") from None
        if not isinstance(said, dict) or said.get("version") != VERSION:
            raise GalleryError(f"{folder.name}: a gallery of another version; build it anew")
        self.size = int(said["schools"])

    @cached_property
    def schools(self) -> list[dict[str, Any]]:
        """The facts of each school."""
        try:
            with (self.folder / "schools.jsonl").open(encoding="utf-8") as lines:
                schools = [json.loads(line) for line in lines]
        except (OSError, ValueError):
            raise GalleryError(f"{self.folder.name}: its schools cannot be read") from None
        if len(schools) != self.size:
            raise GalleryError(f"{self.folder.name}: it has {len(schools)} schools, not {self.size}")
        return schools

    @cached_property
    def vectors(self) -> Any:
        """Embeddings in int8; a row of zeros where there is no crest."""
        return self._array("crests.npy")

    @cached_property
    def garments(self) -> Any:
        """Colors of garments; NaN where none is known."""
        return self._array("garments.npy")

    @cached_property
    def ties(self) -> Any:
        """Shares of colors in ties; a row of zeros where no tie is known."""
        return self._array("ties.npy")

    def parts(self) -> dict[str, int]:
        """How many schools have a crest, a tie and a garment."""
        import numpy as np

        sizes = np.diff(self._array("emblems.npy"))
        ties, garments = np.asarray(self.ties), np.asarray(self.garments)
        return {
            "crests": int((sizes > 0).sum()),
            "ties": int(ties.any(1).sum()),
            "garments": int((~np.isnan(garments).any(1)).sum()),
        }

    def entries(self, without: Collection[str] = ()) -> Iterator[Entry]:
        """The schools as they are stored, but those of some ids."""
        import numpy as np

        for place, facts in enumerate(self.schools):
            if str(facts["id"]) in without:
                continue
            vector, garment, tie = (np.array(each[place]) for each in (self.vectors, self.garments, self.ties))
            yield Entry(
                facts,
                vector.astype(np.float32) / SCALE if vector.any() else None,
                None if np.isnan(garment).any() else garment,
                tie if tie.any() else None,
                self.emblem(place) or b"",
            )

    def emblem(self, place: int) -> Union[bytes, None]:
        """The small copy of the crest of the school at a place, as PNG."""
        start, end = (int(each) for each in self._array("emblems.npy")[place : place + 2])
        with (self.folder / "emblems.bin").open("rb") as file:
            file.seek(start)
            return file.read(end - start) or None

    def _array(self, name: str) -> Any:
        import numpy as np

        try:
            return np.load(self.folder / name, mmap_mode="r", allow_pickle=False)
        except (OSError, ValueError):
            raise GalleryError(f"{self.folder.name}: {name} cannot be read") from None
