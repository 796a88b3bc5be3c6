"""Modular inputs of apps: scheme, validation, runs into the store, and what survives a killed process."""

from __future__ import annotations

import pytest
import requests

from tests.understudy.protocol.apps import write_app
from understudy.protocol.children import ChildError
from understudy.stage import Stage

SCRIPT = """
    import os, signal, sys
    from xml.etree import ElementTree

    if "--scheme" in sys.argv:
        print("<scheme><title>Feed</title><streaming_mode>xml</streaming_mode>"
              "<use_single_instance>SINGLE</use_single_instance><use_external_validation>true</use_external_validation>"
              "<endpoint><args><arg name='what'><title>What</title></arg></args></endpoint></scheme>")
        sys.exit(0)
    if "--validate-arguments" in sys.argv:
        item = ElementTree.fromstring(sys.stdin.buffer.read()).find("item")
        values = {p.get("name"): p.text for p in item.findall("param")}
        if values.get("what") == "bad":
            print("<error><message>what must not be bad</message></error>")
            sys.exit(1)
        sys.exit(0)
    config = ElementTree.fromstring(sys.stdin.buffer.read())
    checkpoint = config.findtext("checkpoint_dir")
    print("INFO began with key " + ("yes" if config.findtext("session_key") else "no"), file=sys.stderr)
    print("<stream>")
    for stanza in config.find("configuration"):
        values = {p.get("name"): p.text for p in stanza.findall("param")}
        what = values["what"]
        for number in range(3):
            facts = (stanza.get("name"), 1700000000 + number, what, number)
            print("<event stanza='%s'><time>%d</time><data>%s %d</data></event>" % facts)
        if what == "broken":
            print("<event><data>a & b</data></event><event><data>after</data></event>")
        if what == "pieces":
            for data in ("li", "ne one\\nline two\\n"):
                print("<event unbroken='1' stanza='%s'><data>%s</data></event>" % (stanza.get("name"), data))
            print("<event unbroken='1' stanza='%s'><data></data><done/></event>" % stanza.get("name"))
        if what == "killed":
            print("<event><data>half", end="")
            sys.stdout.flush()
            os.kill(os.getpid(), signal.SIGKILL)
    open(os.path.join(checkpoint, "seen"), "a").write("x")
    print("</stream>")
"""


def add_feed(stage: Stage, inputs: str, single: str = "false") -> None:
    write_app(
        stage.home,
        "feeds",
        {
            "bin/feed.py": SCRIPT.replace("SINGLE", single),
            "README/inputs.conf.spec": "[feed://<name>]\nwhat = <string>\n",
            "default/inputs.conf": "[feed]\nsourcetype = feedtype\n",
            "default/props.conf": "[feedtype]\nSHOULD_LINEMERGE = false\n",
            "local/inputs.conf": inputs,
        },
    )
    stage.conf.reload()


def raw(
    stage: Stage, search: str = "search index=main | sort 0 _time | table _raw source sourcetype"
) -> list[dict[str, object]]:
    return [dict(row) for row in stage.search(search, "admin").rows]


def test_events_arrive_with_the_metadata_of_their_stanza(stage: Stage) -> None:
    add_feed(stage, "[feed://one]\nwhat = hello\n\n[feed://off]\nwhat = never\ndisabled = 1\n")
    (run,) = stage.run_inputs()
    assert (run.written, run.malformed, run.exit_code, run.per_stanza) == (3, 0, 0, {"feed://one": 3})
    assert raw(stage) == [{"_raw": f"hello {n}", "source": "feed://one", "sourcetype": "feedtype"} for n in range(3)]
    assert (stage.home / "var/lib/modinputs/feed/seen").exists()
    assert "began with key yes" in (stage.home / "var/log/splunkd.log").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("single", "processes"), [pytest.param("true", 1, id="single"), pytest.param("false", 2, id="multiple")]
)
def test_stanzas_share_a_process_only_in_single_instance_mode(stage: Stage, single: str, processes: int) -> None:
    add_feed(stage, "[feed://one]\nwhat = a\n\n[feed://two]\nwhat = b\n", single)
    runs = stage.run_inputs()
    assert len(runs) == processes
    assert sum(run.written for run in runs) == 6
    found = raw(stage, "search index=main source=feed://two | stats count")
    assert [str(row["count"]) for row in found] == ["3"]


def test_malformed_event_is_counted_logged_and_passed_over(stage: Stage) -> None:
    add_feed(stage, "[feed://one]\nwhat = broken\n")
    (run,) = stage.run_inputs()
    assert (run.written, run.malformed) == (4, 1)
    log = (stage.home / "var/log/splunkd.log").read_text(encoding="utf-8")
    assert "malformed event number 1 of feed://one" in log


def test_pieces_are_joined_and_broken_into_lines(stage: Stage) -> None:
    add_feed(stage, "[feed://one]\nwhat = pieces\n")
    stage.run_inputs()
    assert {str(row["_raw"]) for row in raw(stage)} >= {"line one", "line two"}


def test_killed_process_loses_no_whole_event_and_the_next_run_goes_on(stage: Stage) -> None:
    add_feed(stage, "[feed://one]\nwhat = killed\n")
    (run,) = stage.run_inputs()
    assert (run.written, run.malformed, run.exit_code) == (3, 1, -9)
    assert "exit code -9" in run.error
    (again,) = stage.run_inputs()
    assert again.written == 3


def test_validation_error_is_the_scripts_own_sentence(stage: Stage) -> None:
    add_feed(stage, "")
    scheme = stage.inputs.scheme("feed")
    stage.inputs.validate(scheme, "one", {"what": "good"})
    with pytest.raises(ChildError, match=r"^what must not be bad$"):
        stage.inputs.validate(scheme, "one", {"what": "bad"})


def test_input_is_made_switched_and_removed_over_rest(served: Stage) -> None:
    add_feed(served, "")
    headers = {"Authorization": f"Splunk {served.accounts.open_session('admin')}"}
    base = f"{served.surroundings.uri}/servicesNS/nobody/feeds/data/inputs/feed"

    def post(path: str, **form: str) -> requests.Response:
        return requests.post(base + path, data={"output_mode": "json", **form}, headers=headers, timeout=30)

    refused = post("", name="one", what="bad")
    assert (refused.status_code, "what must not be bad" in refused.text) == (400, True)
    assert post("", name="one", what="good", nonsense="1").status_code == 400
    assert post("", name="one", what="good").status_code == 201
    assert post("", name="one", what="good").status_code == 409
    assert post("/one/disable").json()["entry"][0]["content"]["disabled"] == "1"
    assert served.run_inputs() == []
    post("/one/enable")
    assert [run.written for run in served.run_inputs()] == [3]
    assert requests.delete(f"{base}/one", headers=headers, timeout=30).status_code == 200
    assert requests.get(f"{base}/one", headers=headers, timeout=30).status_code == 404


def test_interval_decides_when_an_input_is_due(stage: Stage) -> None:
    add_feed(stage, "[feed://one]\nwhat = a\ninterval = 300\n\n[feed://once]\nwhat = b\ninterval = -1\n")
    now = stage.now()
    assert len(stage.input_schedule.run_due(now)) == 2
    assert stage.input_schedule.run_due(now + 200) == []
    assert [run.stanzas for run in stage.input_schedule.run_due(now + 400)] == [("feed://one",)]
