"""A browser without a window: asks an ASGI app in process, keeps its cookies, follows nothing by itself."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
from starlette.types import ASGIApp

ADDRESS = "http://127.0.0.1:8000"
SESSION = "understudy_session_8000"
FORM_KEY = "splunkweb_csrf_token_8000"


class Browser:
    """One profile: its cookies live as long as it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.jar = httpx.Cookies()

    def keep(self, name: str, value: str) -> None:
        self.jar.set(name, value, domain="127.0.0.1")

    def cookie(self, name: str) -> str | None:
        return self.jar.get(name)

    def request(self, method: str, path: str, **given: Any) -> httpx.Response:
        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(app=self.app)
            async with httpx.AsyncClient(transport=transport, base_url=ADDRESS, cookies=self.jar) as client:
                answer = await client.request(method, path, **given)
                self.jar = client.cookies
                return answer

        return asyncio.run(ask())

    def get(self, path: str, **given: Any) -> httpx.Response:
        return self.request("GET", path, **given)

    def post(self, path: str, **given: Any) -> httpx.Response:
        return self.request("POST", path, **given)
