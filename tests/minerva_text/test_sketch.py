"""The sketch of a text is stored with its event, so one text has one sketch in every version."""

from __future__ import annotations

import pytest

from minerva.text.sketch import text_sketch

TEXT = (
    "Hello I am Ada, new in town: a quiet talk in the evening, tea and cake, 80 an hour, call 555-0123 or write to me, "
    "rue de l'été 7, Straße 9, Привет всем друзьям from the harbor"
)
SKETCH = (
    "sso-pnUTUPDUbM6wJbuP9a8-_0eor1KndXjqCHRLQR_Xbg1R0VjICFRpQP_VeVtkkwnIG6VRwgfN"
    "-2N1Mm7naF65JzIu1cj_CkWt9Y82rjK6ZVo6Xd2N_zeTtt7eap0yA"
)


def test_a_sketch_stored_by_an_earlier_version_is_that_of_this_one() -> None:
    assert text_sketch(TEXT) == SKETCH


@pytest.mark.parametrize("sign", ["\ufdfa", "\ufdfb "], ids=["a phrase", "two words"])
def test_one_sign_may_stand_for_words(sign: str) -> None:
    """U+FDFA is four words of Arabic, U+FDFB two: a few such signs are a text, with numpy and without."""
    pytest.importorskip("numpy")
    from minerva.linking.texts.sketches_numpy import sketches_numpy

    text = sign * 12
    assert text_sketch(text)
    assert sketches_numpy([text]) == [f"sketch:{text_sketch(text)}"]
