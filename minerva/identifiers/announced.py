"""Whether the words before digits announce a phone, in all languages that ads are read in (data/announced.json)."""

from __future__ import annotations

from minerva.identifiers.id_labels import follows_id
from minerva.identifiers.late import late
from minerva.identifiers.tables import table

WORDS: frozenset[str] = frozenset().union(*table("announced")["languages"].values())
"""Words that announce a phone."""
_WORD = late(r"[^\W\d_]+")
_SIGNS = " '\"|+#=&:.,;*~_^<>{}()[]«»\\/-!\u2022\u2605\u2606\u2764\ufe0f"
_ENDS_LINE = late(r"[\n!?]|\.\s")
_NEAR = 48
_MOST_WORDS = 4


_UNSPACED = "\u0e00"
"""From here on scripts stand that are written without blanks."""
_ENDS_UNSPACED = late(rf"(?:{'|'.join([word for word in sorted(WORDS) if word >= _UNSPACED])})[^\W\d_a-z]{{0,4}}$")
"""A word of those scripts and what joins it to a number: `\u6211\u7684\u624b\u673a\u53f7\u662f`."""
_PICTURE = late("[\u260e\u260f\u2706\U0001f4de\U0001f4f1\U0001f4f2]\ufe0f? ?:? ?$")


def is_pictured(text: str, start: int) -> bool:
    """Whether a picture of a phone stands right before `start`."""
    return _PICTURE.search(text, max(0, start - 4), start) is not None


def is_announced(text: str, start: int) -> bool:
    """Whether one of the last words before `start`, of the same line and sentence, announces a phone."""
    first = max(0, start - _NEAR)
    before = text[first:start].rstrip(_SIGNS)
    line = _ENDS_LINE.split(before)[-1]
    words = _WORD.findall(line.lower())[-_MOST_WORDS:]
    told = not WORDS.isdisjoint(words) or (line[-1:] >= _UNSPACED and _ENDS_UNSPACED.search(line) is not None)
    return told and not follows_id(text, first + len(before) + 1)
