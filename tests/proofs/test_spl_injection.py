"""The injection proof can fail, and no shipped code makes SPL in a place that it does not know."""

from __future__ import annotations

import ast
import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from assembly.paths import ADDON, APP, ROOT
from assembly.searches import dashboard_searches
from proofs import spl_injection

SPL = re.compile(r"^\s*\|\s*[a-z]+\s|\bsearch index=|\bindex=\{")
KNOWN = {
    "minerva/intake/events.py",
    "minerva/names/join.py",
    "minerva/tenancy/rebuild/link_trust.py",
    "minerva/tenancy/resolving.py",
}


def made_searches() -> Iterator[str]:
    """Yields the shipped files that put values into texts that look like searches."""
    for folder in (ROOT / "minerva", ROOT / APP / "bin", ROOT / ADDON / "bin"):
        for path in folder.rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.JoinedStr) and SPL.search(ast.unparse(node)[2:-1]):
                    yield path.relative_to(ROOT).as_posix()


def test_searches_are_made_of_values_only_where_the_proof_looks() -> None:
    assert set(made_searches()) == KNOWN


def test_every_token_of_a_dashboards_search_is_quoted() -> None:
    views = sorted((ROOT / APP / "default" / "data" / "ui" / "views").glob("*.xml"))
    bare = [
        (view.stem, name, token)
        for view in views
        for name, query in dashboard_searches(view)
        for token in re.findall(r"\$[\w.]+(?:\|\w+)?\$", query)
        if not token.endswith("|s$")
    ]
    assert len(views) >= 3
    assert bare == []
    assert len(spl_injection.places()) > 10


@pytest.mark.parametrize(
    "broken",
    [
        lambda value: f"search index=main x={value}",
        lambda value: f'search index=main x="{value}"',
        lambda value: 'search index=main x="' + value.replace('"', '\\"') + '"',
    ],
    ids=["bare", "quotes not escaped", "backslashes not escaped"],
)
def test_a_place_that_quotes_badly_is_found(monkeypatch: pytest.MonkeyPatch, broken: object) -> None:
    monkeypatch.setattr(spl_injection, "places", lambda: {"planted": broken})
    assert spl_injection.run(1, 0, 200).failures


def test_hostile_strings_hold_what_a_search_is_made_of() -> None:
    chance = random.Random(3)
    text = "".join(spl_injection.hostile(chance) for _ in range(500))
    assert {'"', "\\", "|", "[", "]", "`", "$", "\n", "\x00", "'"} <= set(text)
    assert Path(spl_injection.__file__).is_file()
