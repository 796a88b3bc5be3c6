"""Readers of texts that hold each find against the plain path: the same without the looks that spare texts a search."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from minerva.identifiers import Evidence, extract, mail_forms, phone_gates

Mails = Callable[[str], list[Evidence]]
Phones = Callable[[str, str], list[Evidence]]


@pytest.fixture
def mails(monkeypatch: pytest.MonkeyPatch) -> Mails:
    """Reads the e-mail addresses of a text, which are the same beside another kind and with every way looked for."""

    def read(text: str) -> list[Evidence]:
        found = extract(text, kinds=["email"])
        # Beside other kinds the text is read in another way.
        assert [item.value for item in extract(text, kinds=["email", "wallet"])] == [item.value for item in found]
        with monkeypatch.context() as patch:
            patch.setattr(mail_forms, "every_way", True)
            assert extract(text, kinds=["email"]) == found
        return found

    return read


@pytest.fixture
def phones(monkeypatch: pytest.MonkeyPatch) -> Phones:
    """Reads the phones of a text with a region: the same with every reading tried, and standing where they say."""

    def read(text: str, region: str) -> list[Evidence]:
        found = extract(text, kinds=["phone"], region=region)
        assert all(text[item.start : item.end] == item.raw for item in found)
        with monkeypatch.context() as patch:
            patch.setattr(phone_gates, "every_reading", True)
            again = extract(text, kinds=["phone"], region=region)
            assert [item.value for item in again] == [item.value for item in found]
        return found

    return read


@pytest.fixture
def guesses(mails: Mails) -> Callable[[str, str], None]:
    """Checks that a text holds one address, which is no more than a guess and stands where its mailbox is told."""

    def check(text: str, address: str) -> None:
        (found,) = mails(text)
        assert found.value == address
        assert found.confidence <= 0.6
        assert text[found.start : found.end] == found.raw
        assert address.partition("@")[0] in found.raw

    return check
