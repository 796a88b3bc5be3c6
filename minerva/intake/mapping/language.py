"""The language of a text by langdetect: its ISO 639-1 code, or `unknown` where the text is short or leaves a choice.

Only the add-on carries the library, and only sources whose facts ask for it pay for it (2 ms a text).
"""

from __future__ import annotations

import functools
from typing import Any

UNKNOWN = "unknown"
MOST_CHARACTERS = 400
FEWEST_LETTERS = 20
SUREST = 0.95
"""Below this confidence of the library a language is not named."""
_SEED = 0
"""The library draws at random; with a fixed seed a text has one answer."""


def language_of(text: str) -> str:
    """Returns the language of a text's beginning. Raises ImportError where the library is not installed."""
    begun = text[:MOST_CHARACTERS]
    if sum(map(str.isalpha, begun)) < FEWEST_LETTERS:
        return UNKNOWN
    detector = _factory().create()
    detector.append(begun)
    try:
        best = detector.get_probabilities()[:1]
    except _no_features():
        return UNKNOWN
    return str(best[0].lang).split("-")[0] if best and best[0].prob >= SUREST else UNKNOWN


@functools.lru_cache(maxsize=1)
def _factory() -> Any:  # Any: the library has no types
    from langdetect import detector_factory  # type: ignore[import-untyped]  # it has no types

    detector_factory.DetectorFactory.seed = _SEED
    detector_factory.init_factory()
    return detector_factory._factory


def _no_features() -> type[Exception]:
    from langdetect.lang_detect_exception import LangDetectException  # type: ignore[import-untyped]

    found: type[Exception] = LangDetectException
    return found
