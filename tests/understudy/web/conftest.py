"""A web over a real stage with two small apps, asked in process; browsers that are logged in or not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.understudy.staging import make_stage
from tests.understudy.web.browser import FORM_KEY, SESSION, Browser
from understudy.rest.app import build as build_rest
from understudy.stage import Stage
from understudy.web import sessions
from understudy.web.app import build

PASSWORD = "a test password"
STUDIO = '<dashboard version="2"><label>{label}</label><definition><![CDATA[{{}}]]></definition></dashboard>'
PAGE = (
    '<dashboard version="1.1" script="{script}"><label>Own page</label><description>What it is</description>'
    "<row><panel><html>{body}</html></panel></row></dashboard>"
)
FILES = {
    "shown/default/app.conf": "[ui]\nis_visible = 1\nlabel = Shown app\n",
    "shown/default/data/ui/nav/default.xml": (
        '<nav><view name="secret" default="true"/><view name="first"/><view name="old"/>'
        '<collection label="More"><view name="search"/></collection>'
        '<a href="//elsewhere.example/">Away</a><a href="javascript:alert(1)">Script</a></nav>'
    ),
    "shown/default/data/ui/views/first.xml": STUDIO.format(label="First &amp; foremost"),
    "shown/default/data/ui/views/old.xml": "<form><label>Old form</label></form>",
    "shown/default/data/ui/views/own.xml": PAGE.format(script="pages/own.js", body='<div id="own-place"></div>'),
    "shown/default/data/ui/views/lost.xml": PAGE.format(script="pages/lost.js", body='<div id="own-place"></div>'),
    "shown/default/data/ui/views/away.xml": PAGE.format(script="../../own.js", body='<div id="own-place"></div>'),
    "shown/default/data/ui/views/more.xml": PAGE.format(script="pages/own.js", body='<div id="a"><b>x</b></div>'),
    "shown/appserver/static/pages/own.js": "// own\n",
    "shown/appserver/static/pages/own.py": "# not to be served\n",
    "shown/own.js": "// outside\n",
    "shown/default/data/ui/views/secret.xml": STUDIO.format(label="Secret"),
    "shown/metadata/default.meta": (
        "[]\naccess = read : [ * ], write : [ admin ]\nexport = none\n\n"
        "[views/secret]\naccess = read : [ boss ], write : [ boss ]\n"
    ),
    "addon/default/data/ui/nav/default.xml": '<nav><view name="inputs" default="true"/></nav>',
    "addon/default/data/ui/views/inputs.xml": "<form><label>Inputs</label></form>",
    "addon/metadata/default.meta": "[]\naccess = read : [ boss ], write : [ boss ]\nexport = none\n",
    "hidden/default/data/ui/views/plan.xml": STUDIO.format(label="Plan"),
    "hidden/metadata/default.meta": "[]\naccess = read : [ boss ], write : [ boss ]\n",
}


@dataclass(frozen=True)
class Place:
    """A stage, its web, and a maker of browsers (with a user's session, or without)."""

    stage: Stage
    browser: Callable[..., Browser]


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """Returns a folder of built scripts."""
    folder = tmp_path / "web"
    folder.mkdir()
    for name in ("dashboard.js", "search.js", "dashboards.js"):
        (folder / name).write_text(f"// {name}\n", "utf-8")
    (folder / "notes.json").write_text("{}", "utf-8")
    (tmp_path / "outside.js").write_text("// not to be served\n", "utf-8")
    return folder


@pytest.fixture
def place(tmp_path: Path, built: Path) -> Iterator[Place]:
    home = tmp_path / "home"
    for name, text in FILES.items():
        path = home / "etc" / "apps" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    roles = home / "etc" / "system" / "local" / "authorize.conf"
    roles.parent.mkdir(parents=True, exist_ok=True)
    roles.write_text("[role_boss]\nsearch = enabled\n\n[role_reader]\nsearch = enabled\n", "utf-8")
    with make_stage(home) as stage:
        stage.create_user("bo", PASSWORD, ["boss"])
        stage.create_user("ray", PASSWORD, ["reader"])
        web = build(stage, build_rest(stage), built=built)

        def browser(user: str = "") -> Browser:
            client = Browser(web)
            if user:
                key = stage.accounts.open_session(user)
                client.keep(SESSION, key)
                client.keep(FORM_KEY, sessions.form_key(key))
            return client

        yield Place(stage, browser)
