"""Identify: the schools of a gallery that fit a crest, a tie, a garment, a photo and words, in any mix, best first.

Signals are added up, none excludes a school, and what is missing on either side is passed over. Words alone need no
numpy.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Callable, Union

from minerva.images.errors import ImageError
from minerva.images.picture_child import LIMITS
from minerva.schools.calibration import scale_of
from minerva.schools.description import Description, parse
from minerva.schools.errors import QueryError
from minerva.schools.gallery import Gallery
from minerva.schools.legible import words_in

WEIGHTS = {"crest": 26.1, "photo": 22.0, "garment": 0.33, "tie": 5.73, "words": 1.02}
"""What a unit of each signal adds to the logarithm of likelihood: fitted by the benchmark, that of photo estimated."""
UNKNOWN = {"crest": 0.35, "photo": 0.45, "garment": -2.5, "tie": 0.45, "words": 0.0}
"""What a signal counts for a school of which it is not known."""
_MOST = 1_000
_SHOWN = ("name", "place", "county", "country", "phase", "status", "address", "website", "latitude", "longitude")


@dataclass(frozen=True)
class Query:
    """Pictures as bytes, and words; at least one of them."""

    crest: Union[bytes, None] = None
    tie: Union[bytes, None] = None
    garment: Union[bytes, None] = None
    photo: Union[bytes, None] = None
    describe: str = ""


@dataclass
class Answer:
    """Ranked schools; `signals` took part, `missing` says why others did not, `read` is what was legible."""

    schools: list[dict[str, Any]] = field(default_factory=list)
    signals: list[str] = field(default_factory=list)
    missing: dict[str, str] = field(default_factory=dict)
    read: tuple[str, ...] = ()


def identify(gallery: Gallery, query: Query, top: int = 20, models: Union[Path, None] = None) -> Answer:
    """Raises QueryError where nothing is asked or no part of it can be used, GalleryError for a broken gallery."""
    answer = Answer()
    description = parse(query.describe)
    legible = query.crest if query.crest is not None else query.photo
    if legible is not None:
        answer.read = words_in(legible)
        description = replace(description, words=tuple(dict.fromkeys([*description.words, *answer.read])))
    seen = _seen(query, models, answer.missing)
    if not seen and description.is_empty():
        said = "; ".join(f"{name}: {reason}" for name, reason in answer.missing.items())
        if query.describe.strip() and not said:
            said = "nothing in the description tells schools apart: say garment, colors, tie, crest, words or place"
        raise QueryError(said or "nothing is asked: give a crest, a tie, a garment, a photo or a description")
    top = max(1, min(top, _MOST, gallery.size))
    if seen:
        _rank_by_all(gallery, seen, description, top, answer)
    else:
        _rank_by_words(gallery, description, top, answer)
    return answer


def _seen(query: Query, models: Union[Path, None], missing: dict[str, str]) -> dict[str, Any]:
    """What the pictures show, by signal; a refused picture costs its own signal alone."""
    asked = {
        name: data
        for name in ("crest", "tie", "garment", "photo")
        for data in [getattr(query, name)]
        if data is not None and not (name == "photo" and query.crest is not None)
    }
    if not asked:
        return {}
    from minerva.images.picture_child import why_not

    reason = why_not()
    if reason:
        missing.update(dict.fromkeys(asked, reason))
        return {}
    from minerva.schools.looks import PHOTO_LIMITS, Looker

    found: dict[str, Any] = {}
    with Looker(models, PHOTO_LIMITS if "photo" in asked else LIMITS) as looker:
        looks: dict[str, Callable[[bytes], Any]] = {
            "crest": looker.crest,
            "photo": looker.photo,
            "garment": looker.garment,
            "tie": lambda data: looker.tie(data, in_photo=True),
        }
        for name, data in asked.items():
            try:
                seen = looks[name](data)
            except ImageError as error:
                missing[name] = str(error)
                continue
            if seen is None:
                missing[name] = "the models of crests are not installed"
            else:
                found[name] = seen
    return found


def _rank_by_words(gallery: Gallery, description: Description, top: int, answer: Answer) -> None:
    scored = [description.score(facts) for facts in gallery.schools]
    order = sorted(range(gallery.size), key=lambda place: (-scored[place][0], place))[:top]
    best = scored[order[0]][0]
    whole = sum(math.exp(value - best) for value, _ in scored)
    answer.signals = ["words"]
    for place in order:
        value, reasons = scored[place]
        row = _row(gallery, place, len(answer.schools) + 1, math.exp(value - best) / whole, value)
        row["signals"] = {"words": {"score": round(value, 3), "reasons": reasons}}
        answer.schools.append(row)


def _rank_by_all(gallery: Gallery, seen: dict[str, Any], description: Description, top: int, answer: Answer) -> None:
    import numpy as np

    from minerva.schools import signals_numpy as numeric

    compare = {
        "crest": numeric.crop_signal,
        "photo": numeric.crest_signal,
        "garment": numeric.garment_signal,
        "tie": numeric.tie_signal,
    }
    signals = {name: compare[name](gallery, look) for name, look in seen.items()}
    if not description.is_empty():
        signals["words"] = np.array([description.score(facts)[0] for facts in gallery.schools])
    total = numeric.fused(signals, WEIGHTS, UNKNOWN)
    likely = numeric.confidences(total * scale_of(signals))
    answer.signals = list(signals)
    for place in np.argsort(-total, kind="stable")[:top].tolist():
        row = _row(gallery, place, len(answer.schools) + 1, float(likely[place]), float(total[place]))
        row["signals"] = {
            name: None if np.isnan(values[place]) else _shown(name, float(values[place]))
            for name, values in signals.items()
        }
        if "words" in signals:
            row["signals"]["words"]["reasons"] = description.score(gallery.schools[place])[1]
        answer.schools.append(row)


def _shown(name: str, value: float) -> dict[str, Any]:
    """A signal of one school, by a name that says what its number is."""
    key = {"crest": "similarity", "photo": "similarity", "tie": "similarity", "garment": "distance"}.get(name, "score")
    return {key: round(math.sqrt(-value) if name == "garment" else value, 4)}


def _row(gallery: Gallery, place: int, rank: int, confidence: float, score: float) -> dict[str, Any]:
    facts = gallery.schools[place]
    return {
        "rank": rank,
        "id": facts["id"],
        **{key: facts[key] for key in _SHOWN if facts.get(key)},
        "confidence": round(confidence, 4),
        "score": round(score, 3),
    }
