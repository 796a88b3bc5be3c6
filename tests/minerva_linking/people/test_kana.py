"""Katakana beside Latin letters: what may be heard as the word, and what may not."""

from __future__ import annotations

import pytest

from minerva.names.kana import kana_words, kana_writes


@pytest.mark.parametrize(
    ("kana", "latin"),
    [
        pytest.param("スミス", "smith", id="th as s"),
        pytest.param("ロバート", "robert", id="r as a long vowel, o after t"),
        pytest.param("マックス", "max", id="small tsu, x"),
        pytest.param("ウィリアム", "william", id="w as a vowel"),
        pytest.param("ヴィクトリア", "victoria", id="v"),
        pytest.param("ルイーズ", "louise", id="z for s"),
    ],
)
def test_a_word_is_written_as_it_sounds(kana: str, latin: str) -> None:
    assert kana_writes(kana, latin)


@pytest.mark.parametrize(
    ("kana", "latin"),
    [
        pytest.param("マリオ", "maria", id="another last vowel"),
        pytest.param("マリア", "marian", id="a vowel where a consonant ends the other"),
        pytest.param("ロバート", "norbert", id="another first consonant"),
        pytest.param("アンナ", "hanno", id="another end"),
        pytest.param("エマ", "mo", id="a vowel in front"),
    ],
)
def test_another_word_is_not(kana: str, latin: str) -> None:
    assert not kana_writes(kana, latin)


def test_only_a_name_wholly_in_katakana_has_words_in_it() -> None:
    assert kana_words("エマ・スミス") == ("エマ", "スミス")
    assert kana_words("エマ Smith") == ()
    assert kana_words("さとう") == ()
