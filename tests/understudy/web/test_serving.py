"""The pages are served on a port of this machine for as long as they are asked for."""

from __future__ import annotations

import httpx
import pytest

from tests.understudy.web.conftest import Place
from understudy.web.serving import Serving


def test_pages_are_served_until_the_end_of_the_block(place: Place) -> None:
    with Serving(place.stage) as pages:
        assert pages.address.startswith("http://127.0.0.1:")
        assert "User name" in httpx.get(f"{pages.address}/en-US/account/login", trust_env=False).text
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{pages.address}/", trust_env=False)
