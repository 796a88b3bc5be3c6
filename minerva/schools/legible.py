"""Words that can be read in a crop of a crest or in a photo, where the models that read text are installed."""

from __future__ import annotations

import re
from collections.abc import Iterable

from minerva.images.errors import ImageError
from minerva.images.ocr import TextLine, TextReader, why_not_read

_WORD = re.compile(r"[A-Za-z\u00c0-\u024f']{2,}")
_SURE = 0.6
_MOST = 20


def words_in(picture: bytes) -> tuple[str, ...]:
    """The words in a picture; none where none is legible, the picture is refused or nothing here reads text."""
    if why_not_read():
        return ()
    try:
        with TextReader() as reader:
            return legible(reader.read(picture))
    except ImageError:
        return ()


def legible(lines: Iterable[TextLine]) -> tuple[str, ...]:
    """Latin words of lines that were read with some certainty, in lower case: of noise readers make other letters."""
    words = (word.strip("'").lower() for line in lines if line.score >= _SURE for word in _WORD.findall(line.text))
    return tuple(dict.fromkeys(word for word in words if len(word) > 1))[:_MOST]
