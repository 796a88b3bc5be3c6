"""What could not be read waits in the spool and is run again one by one; what a site keeps for people is left alone."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from minerva.intake.__main__ import main
from minerva.intake.errors import FileError
from minerva.intake.facts.reading import ReadFacts
from minerva.intake.formats.read import read_rows
from tests.connectors.loopback import Handler, serving
from tests.connectors.running import World
from tests.connectors.web.making import rows, web_source


def test_a_broken_page_rests_after_five_tries_and_one_by_one_is_asked_for_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    world = World(tmp_path)
    source = web_source(paging={"kind": "page", "param": "page", "field": "pages"}, items="items")
    broken = {2, 4}

    def answer(handler: Handler) -> None:
        number = int(handler.query["page"])
        page = {"items": rows([number]), "pages": 5}
        handler.answer(200, b'{"items": [' if number in broken else json.dumps(page).encode())

    with serving() as site:
        site.routes["/list"] = answer
        report = world.fetch(site, source)
        assert (report.emitted, report.failed) == (3, "")
        for _ in range(6):
            world.fetch(site, source)
        assert sum("page=2" in path for path in site.paths()) == 7 + 4
        (path,) = tmp_path.glob("*.sqlite")
        assert main(["spool", str(path)]) == 0
        listed = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        assert {(item["place"], item["rests"]) for item in listed} >= {("page 2", True), ("page 4", True)}
        broken.clear()
        assert main(["spool", "--again", "page 2", str(path)]) == 0
        assert main(["spool", "--again", "page 77", str(path)]) == 1
        assert main(["spool", str(tmp_path / "none.sqlite")]) == 2
        world.fetch(site, source)
        assert {record.source_key for record in world.index} >= {"1", "2", "3", "5"}


@pytest.mark.parametrize(
    ("page", "code"),
    [
        ("<div class='g-recaptcha' data-sitekey='x'></div>", "captcha"),
        ("<iframe src='https://challenges.example.org/turnstile/v0/'></iframe>", "captcha"),
        ("<form><input type='password' name='p'></form>", "login_wall"),
        ("<p>Nothing found</p>", "html"),
    ],
)
@pytest.mark.parametrize("facts", [ReadFacts("html", row=".item"), ReadFacts("html")], ids=["listing", "table"])
def test_a_page_for_people_alone_is_told_from_one_that_changed(page: str, code: str, facts: ReadFacts) -> None:
    with pytest.raises(FileError) as told:
        list(read_rows(io.BytesIO(f"<html><body>{page}</body></html>".encode()), facts, "page"))
    assert told.value.code == code
