"""What the leak check counts: surfaces with a good control, asked by everybody, with an answer to each request."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assembly.paths import ROOT
from leaks import checking
from leaks.connection import Shown, _unpacked
from leaks.credentials import CredentialsError, read_site
from leaks.model import PERSONAS, Ask, Further, Institution, Person, Site, Surface, Target
from leaks.surfaces import BY_HAND, SURFACES

OWNERS = {persona: Person(persona, ("north",), f"north_{persona}", "x") for persona in ("analyst", "admin", "program")}
PLACE = Institution("north", "mnv_t_n", "mnv_s_n", OWNERS)
TARGET = Target(
    PLACE, "5ec2e7" * 6, "email:a@canary.example", ("a" * 32, "b" * 32), "e_1", "w", "1.2", "x", "c_1", "b_1", "1c" * 32
)  # fmt: skip
LEFT = Person("left", (), "left", "x", left="north")
FURTHER = Further((LEFT,), ("1.3",), "4e1ea5ed" * 4, "7eca11ed" * 4, "f0e6ed" * 5, "canary_y", "a0d17ed" * 5, "case 9",
                  "7331ed" * 5, "e" * 32)  # fmt: skip
WHOLE = replace(TARGET, further=FURTHER)
SECRETS = (TARGET.secret, FURTHER.released, FURTHER.recalled, FURTHER.forged, FURTHER.audited, FURTHER.twin)
PEOPLE = tuple(Person(persona, ("other",), persona, "x") for persona in PERSONAS)
SITE = Site("http://127.0.0.1:1", (PLACE,), PEOPLE, Person("platform", (), "admin", "x"), stand_in=True)
OPEN = Surface("open door", "analyst", lambda target: [Ask("/a"), Ask("/b")])


def answers(monkeypatch: pytest.MonkeyPatch, shown: dict[str, Shown]) -> None:
    """Lets each user see one thing; who is not named sees an empty answer."""

    class Double:
        def __init__(self, site: Site, person: Person) -> None:
            self.person = person

        def ask(self, ask: Ask) -> Shown:
            return shown.get(self.person.user, Shown(404, ""))

        def close(self) -> None:
            pass

    monkeypatch.setattr(checking, "Connection", Double)


SEES, NOTHING = Shown(200, f"x {TARGET.secret}"), Shown(200, "")


def test_a_healthy_surface_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    answers(monkeypatch, {"north_analyst": SEES})
    report = checking.run(SITE, [TARGET], [OPEN])
    assert report.good(least=1)
    assert not report.good(least=2)
    assert checking.lines(report)[-1].startswith(
        "leaks: 1 surfaces x 7 personas x 1 tenants: 7 probes (14 requests), 0 "
    )


@pytest.mark.parametrize(
    ("shown", "surface", "word"),
    [
        ({"north_analyst": SEES, "bystander": SEES}, OPEN, "SEEN open door: bystander (bystander) saw north's canary"),
        ({"north_analyst": SEES, "program": Shown(503, "")}, OPEN, "FAILED open door: program was not answered"),
        ({"north_analyst": SEES, "admin": Shown(500, "")}, OPEN, "FAILED open door: admin was not answered"),
        ({}, OPEN, "BROKEN open door: its control saw nothing"),
    ],
    ids=["seen", "too busy", "server error", "blind control"],
)
def test_each_fault_turns_it_red(
    monkeypatch: pytest.MonkeyPatch, shown: dict[str, Shown], surface: Surface, word: str
) -> None:
    answers(monkeypatch, shown)
    report = checking.run(SITE, [TARGET], [surface], say=lambda _: None)
    assert not report.good(least=0)
    assert any(line.startswith(word) for line in checking.lines(report))


def test_what_needs_a_splunk_is_not_run_and_never_passed(monkeypatch: pytest.MonkeyPatch) -> None:
    answers(monkeypatch, {"north_analyst": SEES})
    report = checking.run(SITE, [TARGET], [OPEN, replace(OPEN, name="deep", control="admin", splunk_only=True)])
    assert report.surfaces == ["open door"]
    assert {"deep", *BY_HAND} == set(report.left_out)
    assert any("deep" in line and "not run" in line for line in checking.lines(report))


def test_without_a_platform_administrator_its_surfaces_are_not_run(monkeypatch: pytest.MonkeyPatch) -> None:
    answers(monkeypatch, {"north_analyst": SEES})
    report = checking.run(replace(SITE, platform=None), [TARGET], [replace(OPEN, control="platform")])
    assert "open door" in report.left_out
    assert report.surfaces == []


def test_a_persona_that_did_not_ask_is_no_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    answers(monkeypatch, {"north_analyst": SEES})
    assert not checking.run(replace(SITE, people=PEOPLE[1:]), [TARGET], [OPEN]).good(least=0)


def test_a_probe_that_sends_the_secret_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    answers(monkeypatch, {})
    with pytest.raises(AssertionError, match="echo"):
        checking.run(SITE, [TARGET], [replace(OPEN, asks=lambda target: [Ask(spl=f"search {target.secret}")])])


@pytest.mark.parametrize("surface", SURFACES, ids=lambda surface: surface.name)
def test_no_surface_sends_a_secret(surface: Surface) -> None:
    asks = surface.asks(WHOLE)
    assert asks
    assert surface.secret(WHOLE) in SECRETS
    assert [ask for ask in asks for secret in SECRETS if secret in str(ask)] == []


def test_who_left_asks_about_that_institution_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    answers(monkeypatch, {"north_analyst": SEES, "left": SEES})
    other = replace(WHOLE, institution=replace(PLACE, tenant="south"), further=None)
    report = checking.run(SITE, [WHOLE, other], [OPEN])
    assert [(each.persona, each.tenant) for each in report.seen] == [("left", "north")]
    assert not report.good(least=1)
    answers(monkeypatch, {"north_analyst": SEES})
    assert checking.run(SITE, [WHOLE], [OPEN]).good(least=1)


def test_what_could_not_be_planted_is_not_run(monkeypatch: pytest.MonkeyPatch) -> None:
    answers(monkeypatch, {"north_analyst": SEES})
    further = replace(OPEN, name="further", further=True)
    assert "further" in checking.run(SITE, [TARGET], [OPEN, further]).left_out
    nobody = replace(WHOLE, further=replace(FURTHER, audited=""))
    asks = replace(further, secret=lambda target: target.further.audited if target.further else "")
    assert "further" in checking.run(SITE, [nobody], [OPEN, asks]).left_out
    assert checking.run(SITE, [WHOLE], [OPEN, further]).surfaces == ["open door", "further"]


def test_a_control_may_see_something_else(monkeypatch: pytest.MonkeyPatch) -> None:
    answers(monkeypatch, {"north_analyst": Shown(200, FURTHER.released), "bystander": Shown(200, FURTHER.forged)})
    surface = replace(OPEN, secret=lambda _: FURTHER.forged, control_secret=lambda _: FURTHER.released)
    assert [each.user for each in checking.run(SITE, [WHOLE], [surface]).seen] == ["bystander"]
    asked: list[Ask] = []
    surface = replace(surface, control_asks=lambda target: asked.append(Ask("/c")) or [Ask("/c")])  # type: ignore[func-returns-value]
    checking.run(SITE, [WHOLE], [surface])
    assert len(asked) == 1


def test_an_export_is_read_within_its_zip() -> None:
    import base64
    import io
    import zipfile

    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("entities.csv", f"name,{TARGET.secret}")
    text = json.dumps({"file": {"base64": base64.b64encode(stream.getvalue()).decode()}})
    assert TARGET.secret not in text
    assert TARGET.secret in _unpacked(text)
    assert _unpacked('{"base64": 7}') == ""


GOOD: dict[str, Any] = {
    "tenants": [
        {"id": name, "index": f"mnv_t_{name}", "summary_index": f"mnv_s_{name}"} for name in ("north", "south")
    ],
    "people": [
        *({"persona": persona, "tenants": [name], "user": f"{name}_{persona}", "token": "t"}
          for name in ("north", "south") for persona in ("analyst", "admin", "program")),
        {"persona": "two_tenants", "tenants": ["north", "south"], "user": "both", "password": "p"},
        {"persona": "intake", "user": "i", "token": "t"},
        {"persona": "bystander", "user": "b", "password": "p"},
        {"persona": "suspended", "tenants": ["old"], "user": "s", "password": "p"},
    ],
    "platform": {"user": "admin", "password": "p"},
}  # fmt: skip


def site_of(folder: Path, given: Any, url: str = "https://splunk.example:8089") -> Site:
    path = folder / "people.json"
    path.write_text(json.dumps(given), encoding="utf-8")
    return read_site(path, url)


def test_an_operators_file_is_read(tmp_path: Path) -> None:
    site = site_of(tmp_path, GOOD)
    assert [place.tenant for place in site.institutions] == ["north", "south"]
    assert site.platform is not None
    assert site.platform.persona == "platform"
    assert "'p'" not in repr(site)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"people": GOOD["people"][:-1]}, "nobody is suspended"),
        ({"tenants": GOOD["tenants"][:1]}, "at least two"),
        ({"tenants": [{"id": "north"}]}, "index and summary_index"),
        ({"tenants": [{**GOOD["tenants"][0], "group": "ring"}, GOOD["tenants"][1]]}, "group and group_index"),
        ({"people": [{**GOOD["people"][0], "password": "p"}]}, "either a password or a token"),
        ({"people": [{**GOOD["people"][0], "persona": "king"}]}, "expected one of analyst"),
        ({"people": []}, "expected a list"),
        (
            {"tenants": [*GOOD["tenants"], {"id": "x", "index": "i", "summary_index": "s"}]},
            "nobody in people is its own",
        ),
    ],
    ids=["persona", "one tenant", "index", "half a group", "two secrets", "unknown", "nobody", "no owner"],
)
def test_a_file_that_cannot_be_used_says_why(tmp_path: Path, change: dict[str, Any], expected: str) -> None:
    with pytest.raises(CredentialsError, match=expected):
        site_of(tmp_path, {**GOOD, **change})


def test_passwords_are_sent_over_tls_alone(tmp_path: Path) -> None:
    with pytest.raises(CredentialsError, match="https"):
        site_of(tmp_path, GOOD, "http://splunk.example:8089")


ASKED = 42
"""By people and institutions on the stand-in: nine people of two each, three of one, three accounts of inputs, the
bystander and the suspended one of three each, and six who left of one."""
OWN = 15
"""Of one's own institutions, where nobody may see: nine people of one each, three of two."""


def test_the_pages_state_the_surfaces_and_probes_of_the_stand_in() -> None:
    surfaces = sum(not each.splunk_only for each in SURFACES)
    probes = surfaces * ASKED + sum(each.nobody for each in SURFACES) * OWN
    for name in ("leaks", "testing"):
        page = " ".join((ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8").split())
        assert re.findall(r"(\d+) surfaces (?:as|\|)", page) == [str(surfaces)]
        assert re.findall(r"([\d,]+) probes(?: of|, each)", page) == [f"{probes:,}"]
    told = (ROOT / "docs" / "leaks.md").read_text(encoding="utf-8").replace(" and ", ", ")
    assert [each.name for each in SURFACES if each.name.replace(" and ", ", ") not in told] == []
