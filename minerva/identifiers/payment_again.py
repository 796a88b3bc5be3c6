"""Payment tags found when a text is read once more with what disguises them written plainly: links with a comma, with
blanks or with signs for letters (`p@ypal,me/jen`), the sign @ in words, a banknote for `cash`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from minerva.identifiers.characters import folded
from minerva.identifiers.late import late
from minerva.identifiers.lexicon import branches
from minerva.identifiers.payment_services import SERVICE_WORDS
from minerva.identifiers.plainer import Piece, Plainer
from minerva.identifiers.plainer_links import links
from minerva.identifiers.reading import Reading
from minerva.identifiers.tables import table
from minerva.identifiers.told import Told, words_of

Read = Callable[[Reading], Iterable[Told]]
"""What finds payment tags in a text."""
_DATA = table("payment_services")
_GATES = ("p@yp", "payp@l", "p4yp", "payp4l", "p a y", "\U0001f4b5", ",me/", ",app/", "v e n m o")
_SAID = late(
    rf"(?<![\w@.])(?P<word>{SERVICE_WORDS})(?: is| es)?:?"
    rf"(?P<at> (?:{branches(_DATA['at'])}) |(?P<but> (?:is )?(?:{branches(_DATA['but'])}) [^,:\n@]{{3,50}}[,:] ?))"
    r"(?=[a-z][a-z0-9_\-]{2,30})"
)
_BANKNOTE = late("[\U0001f4b5\U0001f4b8\U0001f4b0] ?app(?![a-z])")


def may_tell_again(reading: Reading) -> bool:
    """Whether a service may be named in a way that is only read when the text is written plainly."""
    text = reading.text
    if text.isascii() and "/" not in text:
        return False
    lowered = reading.lowered
    return any([gate in lowered for gate in _GATES])  # noqa: C419 -- half the time


def told_again(reading: Reading, read: Read, found: list[Told]) -> list[Told]:
    """`found` with what `read` finds when the text is written plainly."""
    text = words_of(reading)
    pieces = [*_pieces(text, folded(text))]
    plain = Plainer(text, pieces) if pieces else None
    if plain is None or not plain.is_same:
        return found
    told = [*found]
    for each in read(plain.reading):
        if plain.touches(each.start, each.end):
            start, end = plain.span(each.start, each.end)
            told.append(each._replace(start=start, end=end))
    return told


def _pieces(text: str, small: str) -> Iterator[Piece]:
    if "/" in text:
        yield from links(small)
    for match in _SAID.finditer(small):
        yield Piece(match.start("at"), match.end("at"), ": " if match.group("but") else " @")
    for match in _BANKNOTE.finditer(small) if not text.isascii() else ():
        yield Piece(match.start(), match.end(), "cash app")
