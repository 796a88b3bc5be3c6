"""Where a text names platforms: each place with its platform, the longest name where several begin."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from minerva.identifiers.platform_disguises import disguised_in
from minerva.identifiers.platform_names import KEYS, WORDS_BY_KEY, others_in, word_pattern, words_in
from minerva.identifiers.platform_places import next_match, places
from minerva.identifiers.platforms import PLATFORM_BY_WORD, Platform
from minerva.identifiers.reading import Reading
from minerva.identifiers.told import words_of

_CAPITALS = {"of": ("OF",), "x": ("X",), "line": ("LINE", "Line"), "yt": ("YT", "yt"), "tt": ("TT",),
             "steam": ("Steam", "steam"), "ins": ("ins",)}  # fmt: skip
"""Words that are mostly none of a platform, with the ways of writing them that are one beside a phrase."""
_KEYS = frozenset(key for key in KEYS if len(key) > 1 or key in ("k", "x"))


class Mention(NamedTuple):
    """`text[start:end]` names the platform."""

    start: int
    end: int
    platform: Platform


def mentions(reading: Reading) -> list[Mention]:
    """The places of a text that name platforms, in order."""
    found: dict[int, Mention] = {}
    for mention in _all(reading):
        before = found.get(mention.start)
        if before is None or before.end < mention.end:
            found[mention.start] = mention
    longest: list[Mention] = []
    for start in sorted(found):
        mention = found[start]
        if longest and mention.platform is longest[-1].platform and mention.start <= longest[-1].end + 1:
            # "\U0001f47b snap"
            longest[-1] = longest[-1]._replace(end=max(mention.end, longest[-1].end))
        elif not longest or mention.start >= longest[-1].end:
            longest.append(mention)
    return longest


def _all(reading: Reading) -> Iterator[Mention]:
    text = words_of(reading)
    for key in _KEYS & words_in(reading):
        for word in WORDS_BY_KEY.get(key, ()):
            platform = PLATFORM_BY_WORD[word.replace(" ", "")]
            written = _CAPITALS.get(word, ()) if word in platform.signed else None
            if written is not None and not any([form in text for form in written]):  # noqa: C419 -- sooner
                continue
            spots = places(reading, word)
            if spots is None:
                continue
            pattern = word_pattern(word, not reading.normal)
            match = next_match(pattern, text, spots.starts, 0)
            while match is not None:
                called = match.group("word")
                if (written is None or called in written) and not (len(called) == 3 and called[1] == " "):
                    yield Mention(match.start(), match.end(), platform)
                match = next_match(pattern, text, spots.starts, match.end())
    for word in others_in(reading):
        for match in word_pattern(word, False).finditer(text):
            yield Mention(match.start(), match.end(), PLATFORM_BY_WORD[word.replace(" ", "")])
    for start, end, word in disguised_in(reading):
        yield Mention(start, end, PLATFORM_BY_WORD[word])
