"""Letters and signs that are others where case is ignored, or more than one in another case or in their plain form, and
texts cut short: no search fails, and what is found stands in the text as it was given."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.identifiers import case_file
from minerva.identifiers import KINDS, characters, extract, extract_each
from minerva.identifiers.annotate import SEARCHABLE
from proofs.identifiers_fuzz import PIECES, REGIONS, complaint

NOTHING = {
    "an adjective, the s long": ("(Briti\u017fh number) 07700 900123", "phone"),
    "an adjective, the i of Turkish": ("(\u0130ndian number) 07700 900123", "phone"),
    "a scheme, the s long": ("tg://re\u017folve?domain=name_77", "username"),
    "a scheme, the i without a dot": ("tg://resolve?doma\u0131n=name_77", "username"),
    "a scheme, the i with a dot": ("tg://resolve?doma\u0130n=name_77", "username"),
    "a tag, the s long": ("cash app is dollarsign oaktile\u017fx", "payment_tag"),
    "a tag, the i without a dot": ("cash app is dollarsign oakt\u0131lesx", "payment_tag"),
    "a tag, the i with a dot": ("cash app is dollarsign oakt\u0130lesx", "payment_tag"),
}
PLAIN = {
    "an adjective": ("(British number) 07700 900123", "phone", "+447700900123"),
    "a scheme": ("tg://resolve?domain=name_77", "username", "telegram/name_77"),
    "a tag": ("cash app is dollarsign oaktilesx", "payment_tag", "cashapp/oaktilesx"),
}


@pytest.mark.parametrize(("text", "kind"), NOTHING.values(), ids=list(NOTHING))
def test_a_letter_that_is_another_where_case_is_ignored_is_not_that_one(text: str, kind: str) -> None:
    assert extract(text, kinds=[kind], region="US") == []


@pytest.mark.parametrize(("text", "kind", "value"), PLAIN.values(), ids=list(PLAIN))
def test_the_same_in_letters_of_ascii_is_found(text: str, kind: str, value: str) -> None:
    assert [item.value for item in extract(text, kinds=[kind], region="US")] == [value]


def odd_forms() -> dict[str, list[str]]:
    """The characters that may stand for letters, digits and signs of ASCII and Cyrillic, by those: their plain form, or
    what they are in another case, is that, or begins with it and has another length."""
    forms: dict[str, list[str]] = {}
    for char in map(chr, range(0x80, 0x1F200)):
        rewritten = {
            char.lower(), char.upper(), char.casefold(), char.upper().lower(), characters.STANDS_FOR.get(char, char),
            unicodedata.normalize("NFKC", char), unicodedata.normalize("NFD", char),
        } - {char, ""}  # fmt: skip
        for form in rewritten:
            if form.isascii() or len(form) != 1 or "\u0400" <= form <= "\u052f":
                forms.setdefault(form if form.isascii() else form[:1], []).append(char)
    for letter, alike in (("i", "\u0130\u0131"), ("s", "\u017f"), ("k", "\u212a"), ("I", "\u0131"), ("S", "\u017f")):
        forms.setdefault(letter, []).extend(alike * 8)
    return forms


ODD = odd_forms()
WHOLE = [
    *(example.text for kind in KINDS for example in kind.examples()), *(text for text, *_ in PLAIN.values()),
    "415-5550-132/134", "al@\xe9xaDELmple.net (remove DEL)", "oaktilesCATNIPmia.@mail.example minus the caps",
    "first part of email: oak.tiles\nthen the usual @gmail.com", "cash app: dollar sign jen4u",
]  # fmt: skip


@st.composite
def rewritten(draw: st.DrawFn) -> str:
    """A text with odd characters for some of its own, cut short at one end or both, or with a piece in it."""
    text = draw(st.sampled_from(WHOLE))
    for _ in range(draw(st.integers(0, 4))):
        place = draw(st.integers(0, len(text)))
        known = [form for form in (text[place : place + 1], text[place : place + 2]) if form in ODD]
        if known:
            form = draw(st.sampled_from(known))
            text = text[:place] + draw(st.sampled_from(ODD[form])) + text[place + len(form) :]
    begin, end = draw(st.integers(0, 6)), draw(st.integers(0, 6))
    text = text[begin : len(text) - end] if draw(st.booleans()) else text
    place = draw(st.integers(0, len(text)))
    return text[:place] + draw(st.just("") | st.sampled_from(PIECES)) + text[place:]


SORTS = st.sampled_from([None, SEARCHABLE]) | st.sampled_from(SEARCHABLE).map(lambda kind: (kind,))


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.lists(st.tuples(rewritten(), st.sampled_from(REGIONS)), min_size=1, max_size=4), SORTS)
def test_what_is_found_in_texts_of_odd_letters_stands_there(
    given_texts: list[tuple[str, str | None]], kinds: Sequence[str] | None
) -> None:
    texts, regions = [text for text, _ in given_texts], [region for _, region in given_texts]
    assert [wrong for text, region in given_texts if (wrong := complaint(text, region, kinds)) is not None] == []
    alone = [extract(text, kinds=kinds, region=region) for text, region in given_texts]
    assert extract_each(texts, kinds=kinds, regions=regions) == alone


LETTERS = {
    "a long s": ("s", "\u017f"), "an i without a dot": ("i", "\u0131"), "an i with one": ("i", "\u0130"),
    "a ligature": ("st", "\ufb06"), "dots in one": (r"\.", "\u2026"),
}  # fmt: skip


@pytest.mark.parametrize(("letter", "odd"), LETTERS.values(), ids=list(LETTERS))
def test_no_search_of_a_known_text_fails_on_an_odd_letter(letter: str, odd: str) -> None:
    cases = [case for name in ("hidden_ads", "emails", "unseen_ads_8") for case in case_file(name)]
    texts = [(re.sub(letter, odd, text, flags=re.IGNORECASE), region) for text, region in (
        *((case.text, case.region) for case in cases), *((text, "US") for text in WHOLE)
    )]  # fmt: skip
    assert [wrong for text, region in texts if (wrong := complaint(text, region, None)) is not None] == []


def test_no_search_of_a_text_cut_short_fails() -> None:
    cut = [text[:end] for text in WHOLE for end in range(1, len(text))]
    assert [wrong for text in cut if (wrong := complaint(text, "US", None)) is not None] == []
