"""Numbers in digit words of other scripts in Latin letters, and beside signs of those scripts."""

from __future__ import annotations

import pytest

from tests.minerva.identifiers.conftest import Phones

READ = [
    ("Korean", "KR", "연락처 GONG IL GONG SAM GONG SAM I YUK YUK SAM IL. 광고는 25/9까지.", "+821030326631"),
    ("Korean, dashes", "KR", "Guitar lessons. Call gong-il-gong pal-sam-i-pal gong-gong-sam-pal", "+821083280038"),
    ("Ukrainian", "UA", "My number: nul-pyat-nul-nul-visim-devyat-try-nul-odyn-dva .", "+380500893012"),
    ("Ukrainian, commas", "UA", "Call nul, shist, sim, devyat, devyat, nul, nul, nul, dva, visim.", "+380679900028"),
    ("Japanese", "JP", "ご連絡はzero kyu zero kyu roku kyu roku ichi ichi kyu yonまで。2015年式の車", "+819096961194"),
    (
        "Arabic",
        "EG",
        "اتصل على sifr wahid wahid wahid tisaa wahid sifr wahid thamaniya thalatha sabaa",
        "+201119101837",
    ),
    (
        "Arabic, dashes",
        "EG",
        "واتساب sifr-wahid-wahid-sabaa-wahid-ithnan-thamaniya-sabaa-sifr-tisaa-thalatha",
        "+201171287093",
    ),
    ("Chinese with its tones", "CN", "手机号yī, bā, qī, sān, èr, líng, jiǔ, wǔ, yī, líng, qī。", "+8618732095107"),
    ("Hebrew", "IL", "call efes hamesh efes shtayim shalosh arba hamesh shesh sheva shmone", "+972502345678"),
]
NOT_READ = [
    ("a street", "KR", "I go to the gym on sam il street, oh I see, o sam, pal"),
    ("a card", "UA", "I try to sell a sim card, nul problem, try it"),
    ("the same words elsewhere", "US", "gong il gong sam gong sam i yuk yuk sam il"),
]


@pytest.mark.parametrize(("region", "text", "number"), [row[1:] for row in READ], ids=[row[0] for row in READ])
def test_transcribed_digit_words_are_read(phones: Phones, region: str, text: str, number: str) -> None:
    assert [item.value for item in phones(text, region)] == [number]


@pytest.mark.parametrize(("region", "text"), [row[1:] for row in NOT_READ], ids=[row[0] for row in NOT_READ])
def test_other_words_are_no_number(phones: Phones, region: str, text: str) -> None:
    assert phones(text, region) == []
