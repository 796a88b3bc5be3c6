"""What the official client administers: apps from packages, restarts, scripted inputs, outputs, the sample report."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.understudy.rest.test_official_client import connect
from tests.understudy.staging import PASSWORD, make_stage, until
from understudy.stage import Stage

client = pytest.importorskip("splunklib.client", reason="the shipped libraries are not built")
binding = pytest.importorskip("splunklib.binding")


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with make_stage(tmp_path_factory.mktemp("home")) as stage:
        stage.create_user("ann", PASSWORD, ["user"])
        stage.start()
        yield stage


@pytest.fixture
def service(live: Stage) -> Any:
    return connect(live)


# Apps


def packed(path: Path, files: dict[str, str]) -> str:
    with tarfile.open(path, "w:gz" if path.suffix == ".spl" else "w") as out:
        for name, text in files.items():
            item = tarfile.TarInfo(name)
            item.size = len(text.encode())
            out.addfile(item, io.BytesIO(text.encode()))
    return str(path)


VERSION = "[launcher]\nversion = {}\n"


@pytest.mark.parametrize("name", ["carried.tar", "carried.spl"])
def test_app_is_installed_and_updated_from_a_package(service: Any, live: Stage, tmp_path: Path, name: str) -> None:
    package = packed(tmp_path / name, {"carried/default/app.conf": VERSION.format("1.0.0")})
    service.post("apps/local", name=package, filename=True)
    app = service.apps["carried"]
    assert (app["version"], app.access["removable"]) == ("1.0.0", "1")
    app.update(label="kept on update")
    newer = packed(tmp_path / f"newer_{name}", {"carried/default/app.conf": VERSION.format("2.0.0")})
    with pytest.raises(binding.HTTPError) as caught:
        service.post("apps/local", name=newer, filename=True)
    assert caught.value.status == 409
    service.post("apps/local", name=newer, filename=True, update=True)
    assert (service.apps["carried"]["version"], service.apps["carried"]["label"]) == ("2.0.0", "kept on update")
    service.apps.delete("carried")
    assert not (live.home / "etc/apps/carried").exists()


@pytest.mark.parametrize(
    "files",
    [
        {"../outside/default/app.conf": ""},
        {"/tmp/outside/default/app.conf": ""},
        {"one/default/app.conf": "", "two/default/app.conf": ""},
        {"alone.conf": ""},
        {"-x/default/app.conf": ""},
        {},
    ],
    ids=["above", "absolute", "two-apps", "file", "name", "empty"],
)
def test_package_of_another_form_installs_nothing(service: Any, live: Stage, tmp_path: Path, files: Any) -> None:
    before = sorted((live.home / "etc/apps").iterdir())
    with pytest.raises(binding.HTTPError) as caught:
        service.post("apps/local", name=packed(tmp_path / "odd.tar", files), filename=True)
    assert caught.value.status == 400
    assert sorted((live.home / "etc/apps").iterdir()) == before
    assert not list((live.home / "var/run").glob("package-*"))


def test_package_needs_a_file_and_the_capability(live: Stage, service: Any, tmp_path: Path) -> None:
    text = tmp_path / "no.tar"
    text.write_text("no archive", encoding="utf-8")
    for name in ("relative.tar", str(tmp_path), str(tmp_path / "gone.tar"), str(text)):
        with pytest.raises(binding.HTTPError) as caught:
            service.post("apps/local", name=name, filename=True)
        assert caught.value.status == 400
    with pytest.raises(binding.HTTPError) as caught:
        connect(live, "ann").post("apps/local", name=str(text), filename=True)
    assert caught.value.status == 403


def test_splunks_own_app_is_not_removable(service: Any) -> None:
    assert service.apps["search"].access["removable"] == "0"


# Restart


def test_restart_clears_the_message_and_asks_to_log_in_again(live: Stage, service: Any) -> None:
    other = connect(live, "ann")
    service.messages.create("restart_required", value="an app was changed", severity="warn")
    assert service.restart_required
    service.restart(timeout=120)
    assert not service.restart_required
    with pytest.raises(binding.AuthenticationError):
        other.get("/services/server/info")


def test_restart_ends_running_searches_and_reads_files_anew(live: Stage, service: Any) -> None:
    job = live.jobs.dispatch(live_request(), wait=False)
    until(lambda: job.began is not None)
    (live.home / "etc/apps/search/local").mkdir(exist_ok=True)
    (live.home / "etc/apps/search/local/macros.conf").write_text("[new]\ndefinition = makeresults\n", encoding="utf-8")
    service.restart()
    until(lambda: job.ended.is_set())
    assert job.failed
    assert "new" in connect(live, app="search").macros


def live_request() -> Any:
    from understudy.jobs.job import Request

    return Request('| makeresults count=900000 | eval a=md5("x"), b=sha512(a) | sort 0 b', "admin")


# Inputs and outputs that are kept alone


def test_scripted_input_is_made_changed_and_deleted(live: Stage, service: Any) -> None:
    path = "$SPLUNK_HOME/etc/apps/search/bin/tick.sh"
    made = service.inputs.create(path, "script", interval=30, index="main")
    assert (made.kind, made["interval"], made["index"], made["disabled"]) == ("script", "30", "main", "0")
    assert [item.name for item in service.inputs.list("script")] == [path]
    made.update(interval=90).refresh()
    assert made["interval"] == "90"
    made.disable()
    assert made.refresh()["disabled"] == "1"
    assert "script" in service.inputs.kinds
    service.inputs.delete(path, "script")
    assert list(service.inputs.list("script")) == []


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("/etc/passwd", {}),
        ("$SPLUNK_HOME/etc/apps/search/bin/../../../../x.sh", {}),
        ("$SPLUNK_HOME/etc/apps/search/bin/x.sh", {"index": "nosuch"}),
        ("$SPLUNK_HOME/etc/apps/search/bin/x.sh", {"interval": "soon"}),
        ("$SPLUNK_HOME/etc/apps/search/bin/x.sh", {"start_by_shell": "1"}),
    ],
    ids=["outside", "above", "index", "interval", "argument"],
)
def test_scripted_input_that_makes_no_sense_is_refused(service: Any, name: str, arguments: dict[str, str]) -> None:
    with pytest.raises(binding.HTTPError) as caught:
        service.post("data/inputs/script", name=name, **arguments)
    assert caught.value.status == 400


def test_syslog_output_is_kept_and_says_that_nothing_is_sent(service: Any) -> None:
    answer = service.post("data/outputs/tcp/syslog", name="far", server="logs.example.net:514", output_mode="json")
    assert "forwards nothing" in answer.body.read().decode()
    outputs = client.Collection(service, "data/outputs/tcp/syslog")
    assert (outputs["far"]["server"], outputs["far"]["type"]) == ("logs.example.net:514", "udp")
    for wrong in ({"server": "no port"}, {"type": "pigeon"}, {"color": "red"}):
        with pytest.raises(binding.HTTPError) as caught:
            outputs["far"].update(**wrong)
        assert caught.value.status == 400
    outputs.delete("far")
    assert list(outputs) == []


@pytest.mark.parametrize("path", ["data/inputs/script", "data/outputs/tcp/syslog"])
def test_only_administrators_set_them_up(live: Stage, path: str) -> None:
    with pytest.raises(binding.HTTPError) as caught:
        connect(live, "ann").post(path, name="$SPLUNK_HOME/etc/apps/search/bin/x.sh")
    assert caught.value.status == 403


def test_sample_report_runs(service: Any) -> None:
    saved = service.saved_searches["Errors in the last 24 hours"]
    job = saved.dispatch()
    until(job.is_done)
    assert job["isFailed"] == "0"
