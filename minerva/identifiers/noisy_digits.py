"""Numbers with noise between their groups: the same letters or the same word (`06hh20hh00`, `310-SPAM-555-SPAM-0198`),
words for a gap in any language (`06 appel 20 appel 00 en dan 23`), odd signs that change (`5~1_4^5|5=5|0*1`).

Where no word announces a phone more of it must be alike. Linear in the text: each group belongs to one row, and of a
row only as many groups are looked at as a number has.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache, partial

from minerva.identifiers import announced, digit_stretches, lexicon, numbering, word_roles
from minerva.identifiers.group_rows import FEWEST_TOLD, Read, groups_at, leftmost, longest_first
from minerva.identifiers.late import late
from minerva.identifiers.phone_doubtful import Span
from minerva.identifiers.phone_shapes import FULL
from minerva.identifiers.phone_tokens import NORTH_AMERICA, NORTH_AMERICAN_SHAPES, Hit, Token, whole_of
from minerva.identifiers.plans import Dialing
from minerva.identifiers.tables import table

_DATA = table("phone_parts")
_KNOWN = frozenset([*lexicon.FILLERS, *lexicon.DASHES, *_DATA["joins"], *_DATA["links"], *_DATA["gaps"]])
"""Words that stand for a gap."""
_LINKS = frozenset([*_DATA["links"], "plus", "mas", "más", "mais", "più", "плюс", "da", "de", "by", "por", "si"])
_FIRM = _KNOWN - _LINKS
_FIRM_FORMS = word_roles.forms_of(_FIRM)
_UNITS = frozenset([*_DATA["units"], *_DATA["measures"]])
_LONGEST_GAP = 26
_GROUP = late("[0-9]+")
_WORD = late(r"[^\W\d_]+")
_PLAIN = late(r"(?!\. )[ .\-/()]{0,3}")
_NOISE = late(r"([\W_]{0,3})([^\W\d_]{1,12})([\W_]{0,3})")
_NEVER = frozenset("\n$€£¥₹%@:,;!?")
_NO_SIGNS = frozenset("\n$€£¥₹%@")
_MIRRORED = str.maketrans("([{<", ")]}>")
_CONSONANTS = late(r"[bcdfghjklmnpqrstvwxzбвгджзйклмнпрстфхцчшщ]{1,3}")
_APART, _CLOSE, _SIGNS, _SAID, _LETTERS, _ANY_WORD, _ASIDE = range(7)
"""A gap that ends a row, a plain one, one of other signs, known words, few letters that no word is of, another word, a
remark in brackets."""
_REMARK = late(r" ?\([^()\n0-9$€£¥]{2,40}\) ?")
_TIGHT = late(rb"9a{2,12}9{1,6}a{2,12}9")
_NOISE_BETWEEN = late(
    # letters right between digits, or few of them with blanks around; the same again or many digits behind
    rb"9(?:a(?:a{0,11}9{1,6}a{1,12}9|a{1,2}9{3})| a{1,3} 9{1,6}(?: a{1,3} 9|9{3})"
    # a word in two gaps
    rb"|[^9a\n]{0,2}a{4,12}[^9a\n]{0,2}9{1,6}[^9a\n]{0,2}a{4,12}[^9a\n]{0,2}9"
    # remarks in brackets
    rb"| ?\([^()9\n]{3,60}\) ?9{1,6} ?\([^()9\n]{3,60}\) ?9"
    # signs in three gaps, several in two
    rb"|99[^9a\n]{2,5}999[^9a\n]{2,5}9{4}(?!9)| 9 9 [^9a \n]{1,3} 9 9 9 [^9a \n]{1,3} 9 9 9 9"
    rb"|[^9a \n]{1,4}9(?:[^9a \n]{1,4}9[^9a \n]{1,4}9|9{1,5}[^9a \n]{2,4}9)|[^9a\n]{2,4}9{2}[^9a\n]{2,4}9)"
)


_FOREIGN_BETWEEN = late(rb"9[^9a\n]{0,3}a{1,40}[^9a\n]{0,3}9{1,6}[^9a\n]{0,3}a{1,40}[^9a\n]{0,3}9")
"""The same of letters of two bytes and more."""
_BETWEEN_HALVES = late(rb"(?<!9)9999[^9a\n]{0,3}a{3,40}[^9a\n]{0,3}9999(?!9)")
"""The same between four digits and four."""


def may_hold_tight(kinds: bytes) -> bool:
    """`may_hold` of a text in which no seven digits stand together but for signs, no words tell of a number and no sign
    hides one: letters right between digits are left."""
    return _TIGHT.search(kinds) is not None


def may_hold(encoded: bytes, kinds: bytes, in_words: bool) -> bool:
    """Whether a text (UTF-8) has digits enough and noise between some; `kinds` is it by phone_shapes.KINDS, `in_words`:
    whether words for a gap may be in it."""
    if kinds.count(b"9") < FEWEST_TOLD:
        return False
    if in_words and not _FIRM_FORMS.isdisjoint(digit_stretches.words_of(encoded)[1]):
        return True
    if _NOISE_BETWEEN.search(kinds) is not None:
        return True
    if encoded.isascii():
        return False
    return _FOREIGN_BETWEEN.search(kinds) is not None or _BETWEEN_HALVES.search(kinds) is not None


def hits(text: str, rules: Dialing) -> list[Hit]:
    """The numbers of a text that are written so."""
    found: list[Hit] = []
    for row, gaps in _rows(text):
        found += leftmost(len(row), partial(_number_at, row, gaps, text, rules))
    return found


def _rows(text: str) -> Iterator[tuple[list[Token], list[str]]]:
    """Rows of groups with what stands between each two, some of it noise."""
    row: list[Span] = []
    gaps: list[str] = []
    noisy = False
    for group in _GROUP.finditer(text):
        place = group.span()
        if row:
            gap = text[row[-1][1] : place[0]]
            kind = _kind(gap)
            if kind == _APART:
                if noisy:
                    yield groups_at(text, row), gaps
                row, gaps, noisy = [], [], False
            else:
                gaps.append(gap)
                noisy = noisy or kind != _CLOSE
        row.append(place)
    if noisy:
        yield groups_at(text, row), gaps


@lru_cache(maxsize=4096)
def _kind(gap: str) -> int:
    if gap.endswith((") ", ")")) and _REMARK.fullmatch(gap) is not None:
        return _ASIDE
    if len(gap) > _LONGEST_GAP:
        return _APART
    if _PLAIN.fullmatch(gap) is not None:
        return _CLOSE
    if gap.strip(" -()").lower() in _FIRM:
        # Marks on letters of some scripts part words.
        return _SAID
    words = _WORD.findall(gap)
    if not words:
        return _SIGNS if len(gap) < 6 and _NO_SIGNS.isdisjoint(gap) and not gap.isspace() else _APART
    if not _NEVER.isdisjoint(gap):
        return _APART
    lowered = [word.lower() for word in words]
    if _LINKS.issuperset(lowered):
        # What only links joined_parts reads.
        return _APART
    if _KNOWN.issuperset(lowered):
        return _SAID
    noise = _NOISE.fullmatch(gap)
    if noise is None or noise[1][::-1].translate(_MIRRORED) != noise[3] or (noise[1] and noise[2].lower() in _UNITS):
        # "10h 12h" has a blank on one side, "10 m 12 m" on both.
        return _APART
    return _LETTERS if _CONSONANTS.fullmatch(noise[2].lower()) is not None else _ANY_WORD


def _number_at(row: list[Token], gaps: list[str], text: str, rules: Dialing, first: int) -> Read:
    """The longest number that begins with a group of a row, and the place behind its last one."""
    start = row[first].start
    if start and (text[start - 1].isalnum() or text[start - 1] in "$€£¥₹#@/"):
        return None
    is_told: bool | None = None
    for last in longest_first(row, first):
        tokens, between = row[first:last], gaps[first : last - 1]
        digits = "".join([token.digits for token in tokens])
        behind = text[tokens[-1].end : tokens[-1].end + 1]
        if not (behind.isalpha() or (behind in "%€$£¥₹" and behind)) and numbering.read(
            digits.encode(), tokens[0].plus, rules
        ):
            if is_told is None:
                is_told = announced.is_announced(text, start) or announced.is_pictured(text, start)
            if _is_number(tokens, between, is_told, rules):
                found = whole_of(tokens, text, rules)
                if found:
                    return found[0], last
    return None


def _is_number(tokens: list[Token], gaps: list[str], is_told: bool, rules: Dialing) -> bool:
    """Whether groups with such gaps are rather a number with noise than a list or a code."""
    kinds = list(map(_kind, gaps))
    noise = [gap.strip(" .-()*_~").lower() for gap, kind in zip(gaps, kinds) if kind in (_LETTERS, _ANY_WORD)]
    letters, said, signs = kinds.count(_LETTERS), kinds.count(_SAID), kinds.count(_SIGNS)
    alike = len(set(noise)) == 1
    sizes = [len(token.digits) for token in tokens]
    first = tokens[0]
    dialed_so = first.plus or first.digits[0] == "0"
    begins = dialed_so or sizes in NORTH_AMERICAN_SHAPES
    if "x" in noise:
        # Measures begin with no zero: `07700x900x123`
        return alike and dialed_so and len(noise) == len(gaps) > 1 and sum(sizes) >= FULL
    if _ASIDE in kinds:
        # "2 (no bots) 1 (really) 3 (txt only) 555 (almost) 0148"
        asides = kinds.count(_ASIDE)
        twice = asides == 2 and len({gap for gap, kind in zip(gaps, kinds) if kind == _ASIDE}) == 1
        enough = asides > 2 or (asides > 1 and dialed_so) or (twice and (is_told or begins))
        return enough and asides + kinds.count(_CLOSE) == len(kinds)
    if signs and not noise and not said:
        different = {gap for gap, kind in zip(gaps, kinds) if kind == _SIGNS}
        if max(sizes) == 1 and len(sizes) >= FULL - 1 and " " not in "".join(gaps):
            # Single digits with signs that change: no list, date or sum is written so.
            odd = len({*gaps}) > 3 and _OF_CODE.isdisjoint("".join(gaps))
            return (is_told or odd) and not different.issubset(_OF_SUMS)
        if len(different) == 1 and sizes in NORTH_AMERICAN_SHAPES and signs == len(gaps):
            # "323 :) 555 :) 0123"
            return is_told or not _OF_LISTS.issuperset(gaps[0])
        if len(different) == 1 and signs == len(gaps) > 1 and min(map(len, different)) > 1:
            # "41_*_99876_*_5090"
            return is_told and min(sizes) > 1
        if len(different) == 1 and _is_in_three(sizes, kinds):
            # "3 1 7 & 5 5 5 & 0 1 3 8"
            close = {gap for gap, kind in zip(gaps, kinds) if kind == _CLOSE}
            return rules.country == NORTH_AMERICA and len(close) == 1
        return begins and signs == len(gaps) > 2 and all(map(_frames, gaps))
    if signs:
        return False
    if len(noise) > 2 and alike:
        return True
    if _UNITS.issuperset(noise) and noise:
        return False
    if len(noise) == 2 and (alike or letters == 2):
        return is_told or begins
    if len(noise) == 1 and letters == 1 and not said:
        return is_told and (dialed_so or sum(sizes) >= FULL) and _is_rare(noise[0])
    if said and (alike or not noise):
        told = said > 1 or bool(noise) or (is_told and sum(sizes) >= FULL and any(map(_is_marked, gaps)))
        # "9195 横杠 7538"
        told = told or (is_told and sizes == _HALVES and not gaps[0].isascii())
        # "792kropka408kropka293"
        glued = said == len(gaps) > 1 and "".join(gaps).isalpha()
        # "+33 barre 6 barre 27 barre 39 barre 23 barre 94"
        between_all = first.plus and said == len(gaps) > 2
        return told and (is_told or begins or glued) and (between_all or _have_parts(sizes, rules))
    return False


_HALVES = [4, 4]
"""Groups of the numbers of Hong Kong, Singapore and others."""


def _is_in_three(sizes: list[int], kinds: list[int]) -> bool:
    """Whether ten digits, each alone, are parted by signs behind the third and the sixth."""
    apart = [at for at, kind in enumerate(kinds) if kind == _SIGNS]
    return set(sizes) == {1} and len(sizes) == FULL and apart == [2, 5]


_OF_LISTS = frozenset(" +*=/-.,:;|")
"""Signs of sums, lists, times and tables."""


def _frames(gap: str) -> bool:
    """Whether a gap ends one frame around digits and begins the next."""
    signs = gap.replace(" ", "")
    return len(signs) > 1 and not _FRAMES.isdisjoint(signs[0]) and not _FRAMES.isdisjoint(signs[-1])


def _is_marked(gap: str) -> bool:
    """Whether signs stand around the words of a gap."""
    return not gap[0].isspace() and not gap[0].isalpha()


_FRAMES = frozenset("()[]{}<>|\u3010\u3011\u300c\u300d\u300e\u300f\u00ab\u00bb")


_OF_CODE = frozenset("()[]{}<>\"'\\")
_OF_SUMS = frozenset(["+", "*", "=", "/", "-"])


def _is_rare(letters: str) -> bool:
    """Whether a few consonants are rather noise than the name of a unit or an extension."""
    return len(letters) > 1 and letters not in ("ext", "tel", "nr")


def _have_parts(sizes: list[int], rules: Dialing) -> bool:
    return min(sizes) > 1 and (rules.country != NORTH_AMERICA or sizes in NORTH_AMERICAN_SHAPES)
