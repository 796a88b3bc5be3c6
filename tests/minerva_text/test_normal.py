"""What becomes of a sign by itself is what becomes of it in a text, whatever stands beside it."""

from __future__ import annotations

import sys
import unicodedata

import pytest

from minerva.text.normal import LETTER, NOTHING, SEPARATOR, normal_text, sign_alone

ASSIGNED = [
    code for code in range(0x80, sys.maxunicode + 1) if unicodedata.category(chr(code)) not in ("Cn", "Co", "Cs")
]


def test_a_sign_alone_becomes_what_it_becomes_in_a_text() -> None:
    kinds = set()
    for code in ASSIGNED:
        alone = sign_alone(chr(code))
        if alone is None:
            continue
        kind, folded = alone
        kinds.add(kind)
        normal = normal_text(f"a{chr(code)}b")
        if kind == LETTER:
            assert normal == f"a{chr(folded)}b".encode(), hex(code)
        elif kind == SEPARATOR:
            assert normal.split() == [b"a", b"b"], hex(code)
        else:
            assert (kind, normal) == (NOTHING, b"ab"), hex(code)
    assert kinds == {LETTER, SEPARATOR, NOTHING}


def test_no_sign_taken_alone_composes_with_the_one_before_it() -> None:
    composed = 0
    for code in ASSIGNED:
        parts = unicodedata.decomposition(chr(code)).split()
        if len(parts) == 2 and "<" not in parts[0]:
            composed += 1
            assert sign_alone(chr(int(parts[1], 16))) is None, parts
    assert composed > 1000
    for vowel_or_final in "\u1161\u11a8":  # Hangul composes by a rule, not by the table
        assert sign_alone(vowel_or_final) is None


@pytest.mark.parametrize(
    ("sign", "wanted"),
    [
        ("É", (LETTER, ord("é"))),
        ("Ж", (LETTER, ord("ж"))),
        ("Ａ", (LETTER, ord("a"))),
        ("\U0001d7d8", (LETTER, ord("0"))),
        ("\u00a0", (SEPARATOR, 0x20)),
        ("…", (SEPARATOR, 0x20)),
        ("€", (SEPARATOR, 0x20)),
        ("\U0001f600", (SEPARATOR, 0x20)),
        ("\ud800", (SEPARATOR, 0x20)),
        ("\ufe0f", (NOTHING, 0x20)),
        ("\u200b", (NOTHING, 0x20)),
        ("\u0301", None),
        ("ß", None),
        ("中", None),
    ],
)
def test_signs_of_everyday_texts(sign: str, wanted: object) -> None:
    assert sign_alone(sign) == wanted
