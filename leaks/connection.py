"""A person's connection to splunkd: asks a request and gives back what it shows, zips in it unpacked."""

from __future__ import annotations

import base64
import binascii
import io
import json
import time
import zipfile
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import requests

from leaks.model import APP, Ask, Person, Site

TIMEOUT = 120
TRIES = 4
_BUSY = (429, 503)


@dataclass(frozen=True)
class Shown:
    """A reply: its status and all text that it shows, the files of an export included."""

    status: int
    text: str

    @property
    def failed(self) -> bool:
        """A reply that tells nothing about what the person may see."""
        return self.status in _BUSY or self.status >= 500


class Connection:
    """One person at one site."""

    def __init__(self, site: Site, person: Person) -> None:
        self.person = person
        self._url = site.url.rstrip("/")
        self._session = requests.Session()
        self._session.trust_env = False
        # A server may end an idle connection just as the next request is sent, and a POST is not sent again.
        self._session.headers["Connection"] = "close"
        if site.ca_file:
            self._session.verify = site.ca_file
        self._session.headers["Authorization"] = f"Bearer {person.token}" if person.token else self._logged_in()

    def _logged_in(self) -> str:
        """The header of a session that was opened with the password: a password costs its check with each request."""
        form = {"username": self.person.user, "password": self.person.password, "output_mode": "json"}
        reply = self._session.post(f"{self._url}/services/auth/login", data=form, timeout=TIMEOUT)
        if reply.status_code != 200:
            raise RuntimeError(f"{self.person.user}: the login was answered with {reply.status_code}")
        return f"Splunk {reply.json()['sessionKey']}"

    def close(self) -> None:
        """Ends the connection."""
        self._session.close()

    def ask(self, ask: Ask) -> Shown:
        """Sends a request; one that was refused for load is sent again, up to TRIES times."""
        for attempt in range(TRIES):
            shown = self._once(ask)
            if shown.status not in _BUSY or "no_audit" in shown.text:
                break
            time.sleep(min(60, 2**attempt) if shown.status == 503 else 15)
        return shown

    def json(self, ask: Ask) -> Any:
        """The JSON of a reply that must succeed. Raises RuntimeError."""
        shown = self.ask(ask)
        if not 200 <= shown.status < 300:
            raise RuntimeError(f"{self.person.user}: {ask.method} {ask.path}: {shown.status} {shown.text[:300]}")
        return json.loads(shown.text)

    def _once(self, ask: Ask) -> Shown:
        if ask.spl:
            path = f"/servicesNS/{self.person.user}/{APP}/search/v2/jobs/export"
            form = {"search": ask.spl, "output_mode": "json", "preview": "false", "earliest_time": "0"}
            ask = Ask(path, "POST", form=form)
        path = ask.path.replace("{me}", quote(self.person.user, safe=""))
        query = {} if "?" in path else {"output_mode": "json"}
        try:
            reply = self._session.request(
                ask.method, self._url + path, params=query, json=ask.body, headers=dict(ask.headers), timeout=TIMEOUT,
                data=ask.text.encode("utf-8") if ask.text else dict(ask.form) or None,
            )  # fmt: skip
        except requests.RequestException as error:
            return Shown(599, type(error).__name__)
        return Shown(reply.status_code, reply.text + _unpacked(reply.text))


def _unpacked(text: str) -> str:
    """The text of a zip that stands in base64 in a JSON reply."""
    if '"base64"' not in text:
        return ""
    try:
        data = base64.b64decode(json.loads(text)["file"]["base64"])
        with zipfile.ZipFile(io.BytesIO(data)) as files:
            return "\n".join(files.read(name).decode("utf-8", "replace") for name in files.namelist())
    except (KeyError, TypeError, ValueError, binascii.Error, zipfile.BadZipFile):
        return ""
