"""What is broken is refused, counted and named; the rest goes on. What a user types wrong is explained."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from assembly.paths import ADDON
from demo.run import ANALYSTS, ROOT, SERVICE
from minerva.intake.errors import FactsError
from minerva.intake.facts.authoring import gather
from tests.integration import registers
from tests.integration.installation import NORTHFIELD, Browser, add_register, installed, own_log, source_keys
from tests.integration.shown import Shown

SOURCE = ROOT / ADDON / "sources" / "demo" / "massage_licenses"


def test_malformed_rows_of_the_world_are_counted_by_source_and_the_rest_is_stored(shown: Shown) -> None:
    spl = "search index=_internal sourcetype=splunkd event=run_done | table tenant_id source_id refused emitted"
    logged = {(row["tenant_id"], row["source_id"]): row for row in shown.run.ask(spl)}
    for tenant in shown.run.collecting:
        for source, broken in shown.world.malformed[tenant.id].items():
            good = [key for name, key in shown.world.truth(tenant.id) if name == source]
            row = logged[(tenant.id, source)]
            assert (int(str(row["refused"])), int(str(row["emitted"]))) == (len(broken), len(good))
    assert any(broken for sources in shown.world.malformed.values() for broken in sources.values())


@pytest.mark.full
def test_broken_rows_of_a_file_are_named_by_source_and_position(apps: list[Path], tmp_path: Path) -> None:
    rows = [registers.row(number) for number in range(4)]
    rows[1]["issued"] = "31st of June"
    rows[2]["license_number"] = ""
    folder = registers.write(tmp_path / "in", rows)
    with (folder / "licenses.csv").open("a", encoding="utf-8") as out:
        out.write(",".join(registers.row(9).values()) + ",one cell too many\r\n")
    (folder / "empty.csv").write_bytes(b"")
    (folder / "noise.csv").write_bytes(bytes(range(256)) * 4)
    with installed(tmp_path / "splunk", apps) as run:
        add_register(run, NORTHFIELD, folder)
        (done,) = run.stage.run_inputs()
        assert (done.written, done.exit_code) == (2, 0)
        assert source_keys(run, NORTHFIELD) == ["MT-0", "MT-3"]
        log = own_log(run)
    refused = re.findall(r'WARN .*event=refused source_id="massage_licenses" position="([^"]+)" reason="(\w+)"', log)
    assert {("licenses.csv:3", "observed_time"), ("licenses.csv:4", "key"), ("licenses.csv:6", "width")} <= set(refused)
    assert {place.partition(":")[0] for place, _ in refused} >= {"licenses.csv", "noise.csv"}
    assert re.search(rf"event=run_done .*emitted=2 .*refused={len(refused)} ", log)
    assert "Traceback" not in log
    assert "31st" not in log


@pytest.mark.parametrize(
    ("spl", "words"),
    [
        ("| makeresults | eval text=1 | minervaextract fields=text kinds=fax", "'fax' cannot be searched for"),
        ("| makeresults | eval text=1 | minervaextract fields=text region=USA", "two-letter country code"),
        ("| makeresults | eval text=1 | minervaextract fields=text minconfidence=2", "number from 0 to 1"),
        ("| makeresults | eval text=1 | minervaextract fields=text nosuch=1", "nosuch"),
        ("| makeresults | eval record_id=1 | minervalink", "tenant: expected a tenant id"),
        ("| makeresults | eval record_id=1 | minervalink tenant=northfield store=perhaps", "expected true or false"),
        ("| makeresults | eval record_id=1 | minervalink tenant=northfield hub_degree=many", "hub_degree"),
        ("| makeresults | minervalink tenant=northfield", "row without record_id"),
        ("| makeresults | eval record_id=1 | minervalink tenant=northfield nosuch=1", "nosuch"),
        ("| minervaexpand output=graph", "output: expected one of"),
        ("| minervaexpand output=edges", "needs either entity=<entity id> or identifier=<kind:value>"),
        ("| minervaexpand entity=e_0 depth=9", "whole number from 1 to 3"),
        ("| minervaexpand entity=e_0 limit={0}", "limit: expected a whole number"),
        ("| minervaexpand nosuch=1", "nosuch"),
    ],
)
@pytest.mark.parametrize("user", [ANALYSTS["northfield"], SERVICE])
def test_wrong_option_is_explained_in_the_jobs_messages(shown: Shown, user: str, spl: str, words: str) -> None:
    with Browser(shown.run, user) as browser:
        status, _, text = browser.ask("POST", "/servicesNS/-/minerva_app/search/jobs", search=spl, exec_mode="blocking")
        assert status == 201
        sid = json.loads(text)["sid"]
        content = json.loads(browser.ask("GET", f"/services/search/jobs/{sid}")[2])["entry"][0]["content"]
    said = " ".join(message["text"] for message in content["messages"])
    assert content["isFailed"]
    assert words in said
    assert {message["type"] for message in content["messages"]} <= {"FATAL", "ERROR", "WARN", "INFO"}
    assert "Traceback" not in said
    assert ".py" not in said


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("  mode: whole\n", "  mode: whole\n  colour: red\n", "colour"),
        ("record_type: license\n", "record_typ: license\n", "record_typ"),
        ("      region: US\n", "      region: US\n      kind: fax\n", "kind"),
    ],
    ids=["unknown key", "misspelt key", "unknown key in a list"],
)
def test_unknown_key_of_a_source_is_refused_with_file_and_line(tmp_path: Path, old: str, new: str, words: str) -> None:
    text = (SOURCE / "massage_licenses.yml").read_text(encoding="utf-8")
    assert old in text
    copy = tmp_path / "demo" / "massage_licenses" / "massage_licenses.yml"
    copy.parent.mkdir(parents=True)
    changed = text.replace(old, new)
    copy.write_text(changed, encoding="utf-8")
    line = next(number for number, content in enumerate(changed.splitlines(), 1) if f"{words}:" in content)
    with pytest.raises(FactsError) as caught:
        gather(tmp_path)
    assert f"{copy}:{line}: " in str(caught.value)
    assert f"{words!r}" in str(caught.value)
