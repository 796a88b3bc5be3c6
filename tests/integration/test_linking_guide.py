"""The searches and command lines of docs/linking.md, run as they stand there, with ids of what the stand-in holds."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from demo.run import ADMIN, ANALYSTS, ROOT
from minerva.linking.__main__ import answer as link_lines
from minerva.names.__main__ import answer as pair_line
from minerva.tenancy import resolving
from minerva.tenancy.judgements import judge_options
from minerva.text.__main__ import answer as text_lines
from tests.integration.installation import NORTHFIELD, RIVERBANK
from tests.integration.shown import Shown
from understudy.spl.errors import SplError

GUIDE = (ROOT / "docs" / "linking.md").read_text(encoding="utf-8")
NORA = ANALYSTS[NORTHFIELD.id]
ENTITY, PHONE = "e_0123456789abcdef", "phone:+14155550123"
FIRST, SECOND = "9f86d081884c7d659a2feaa0c55ad015", "60303ae22b998861bce3b28f33eec1be"
INDEX = "mnv_t_1a2b3c4d"
LISTS = "nell"
"""An analyst who may read files of lookups, too: a role beside that of the institution, as the guide says."""


@pytest.fixture(scope="module")
def shown(own_world: Shown) -> Shown:
    """A world of this module's own, since its tests change it."""
    return own_world


def blocks(language: str) -> list[str]:
    found = re.findall(rf"^ *```{language}\n(.*?)^ *```$", GUIDE, re.DOTALL | re.MULTILINE)
    return ["\n".join(line.strip() for line in each.splitlines()) for each in found]


def lines_with(way: str, lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    return (pair_line(line, way) for line in lines)


COMMANDS: dict[str, Callable[[Iterable[str]], Iterator[dict[str, Any]]]] = {
    "minerva.linking": link_lines,
    "minerva.text": text_lines,
    "minerva.names pairs": partial(lines_with, "pairs"),
    "minerva.names usernames": partial(lines_with, "usernames"),
}


def placed(shown: Shown) -> dict[str, str]:
    """Returns what stands in the guide -> what the stand-in holds."""
    entity = shown.entity[NORTHFIELD.id]
    (join, *_) = shown.run.ask(f"| minervaresolve entity={entity} output=joins", NORA)
    return {
        ENTITY: entity,
        PHONE: shown.identifier[NORTHFIELD.id],
        FIRST: str(join["a"]),
        SECOND: str(join["b"]),
        INDEX: NORTHFIELD.index,
    }


def install_list(shown: Shown, folder: Path) -> None:
    """Installs the app of the guide, with one name that is in the records in its collection and in a file, and an
    analyst who may read files."""
    app = None
    for name, text in re.findall(r"```ini\n# (\S+)\n(.*?)```", GUIDE, re.DOTALL):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        app = path.parents[1]
    assert app is not None
    (row,) = shown.run.ask(f"search index={NORTHFIELD.index} name=* | head 1 | table name")
    (app / "lookups").mkdir()
    (app / "lookups" / "watch_names.csv").write_text(f'name\n"{row["name"]}"\n', encoding="utf-8")
    shown.run.stage.install(app)
    filling = f'| makeresults | eval name="{row["name"]}" | table name | outputlookup watch_names'
    shown.run.stage.search(filling, ADMIN, app=app.name)
    shown.run.stage.create_user(LISTS, f"a test password of {LISTS}", [NORTHFIELD.analyst_role, "reads_lookups"])


@pytest.mark.full
def test_each_search_of_the_guide_runs_and_shows_what_it_says(shown: Shown, tmp_path: Path) -> None:
    install_list(shown, tmp_path)
    known = placed(shown)
    asked = set()
    for block in blocks("spl"):
        search = block
        for written, real in known.items():
            search = search.replace(written, real)
        rows = shown.run.ask(search, NORA)
        assert rows, search
        if "lookup=watch_names" in search:
            of_file = shown.run.ask(search.replace("watch_names", "watch_names.csv"), LISTS)
            assert of_file == rows
        assert all(row.get("message") != resolving.NOTHING for row in rows), search
        asked.update(re.findall(r"minerva(?:link|expand|text|match|resolve|judge)", search.replace("_link", "link")))
        if "output=joins" in search:
            assert any(str(row["undo"]).startswith("| minervajudge a=") for row in rows)
        if "minervatext" in search:
            assert "{1}" in str(rows[0]["template"])
    assert asked == {f"minerva{each}" for each in ("link", "expand", "text", "match", "resolve", "judge")}
    (left,) = shown.run.ask("| minervajudge", NORA)
    assert left["message"] == judge_options.NONE_YET, "the guide takes its judgement back"


@pytest.mark.full
@pytest.mark.parametrize("lookup", ["watch_names", "watch_names.csv", "minerva_watchlist"])
def test_a_list_of_another_institution_is_read_by_nobody_else(shown: Shown, tmp_path: Path, lookup: str) -> None:
    install_list(shown, tmp_path)
    search = f"| makeresults | eval name=1 | minervamatch field=name lookup={lookup} lookup_field=identifier"
    with pytest.raises(SplError, match=f"lookup '{lookup}' cannot be read"):
        shown.run.ask(search, ANALYSTS[RIVERBANK.id])


@pytest.mark.parametrize("place", range(len(COMMANDS)), ids=COMMANDS)
def test_each_command_line_of_the_guide_answers_as_it_says(place: int) -> None:
    written = blocks("json")
    assert len(written) == 2 * len(COMMANDS)
    command, answered = list(COMMANDS.values())[place], written[2 * place + 1].splitlines()
    assert list(command(written[2 * place].splitlines())) == [json.loads(line) for line in answered]
    assert [f"python -m {name}" in GUIDE for name in COMMANDS] == [True] * len(COMMANDS)


def test_the_bounds_of_the_guide_are_those_of_the_code() -> None:
    from minerva.linking import DEFAULT
    from minerva.linking.model import LONGEST_IDENTIFIER
    from minerva.names.__main__ import THRESHOLD
    from minerva.names.romanize import LONGEST_READ
    from minerva.names.usernames import USERNAME_THRESHOLD
    from minerva.tenancy.rebuild.entity_changes import MOST_HOLDERS, MOST_IN_DOCUMENT
    from minerva.tenancy.rebuild.link_run import FEW
    from minerva.text.template import MOST_EQUAL, WORDS

    for told in (
        f"| an identifier | {LONGEST_IDENTIFIER:,} characters |",
        f"| a name, an address, a city | {LONGEST_READ:,} characters |",
        f"| records that one identifier joins | {DEFAULT.hub_degree:,} (`hub_degree`) |",
        f"| entities listed for one hub | {MOST_HOLDERS:,} |",
        f"| records and joins in one stored document | {MOST_IN_DOCUMENT:,} |",
        f"| a text's words that are aligned | {WORDS:,}, and {MOST_EQUAL:,} pairs of equal words |",
        f"| one refresh of what is new | {FEW:,} records looked at, or a quarter |",
        f"shipped threshold ({THRESHOLD})",
        f"(threshold {USERNAME_THRESHOLD})",
    ):
        assert told in GUIDE, told
