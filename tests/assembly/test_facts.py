"""Facts are refused with file, line and key; the shipped ones are read and every emitted file is what they say."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pytest

from assembly import emit
from assembly.conf_read import read_conf
from assembly.facts import FactError, read_facts
from assembly.paths import ADDON, APP, ROOT
from minerva.sharing.copy_text import LONGEST, RECALL, RELEASE


@dataclass(frozen=True)
class Lamp:
    """A fact for these tests."""

    name: str
    watts: int
    kind: Literal["desk", "floor"] = "desk"
    tags: list[str] = field(default_factory=list)


def write(folder: Path, text: str) -> Path:
    path = folder / "lamps.yml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        pytest.param(
            "- name: a\n  watts: 5\n  wats: 6\n", 3, "[0].wats: unknown key (did you mean 'watts'?)", id="unknown"
        ),
        pytest.param("- name: a\n- name: b\n  watts: 1\n", 1, "missing: watts", id="missing"),
        pytest.param("- name: a\n  watts: many\n", 2, "expected int, found 'many'", id="type"),
        pytest.param("- name: a\n  watts: 1\n  watts: 2\n", 3, "given twice", id="twice"),
        pytest.param("- name: a\n  watts: 1\n  kind: wall\n", 3, "'wall' is none of desk, floor", id="choice"),
        pytest.param("- name: a\n  watts: 1\n  tags: x\n", 3, "expected a list", id="list"),
        pytest.param("- name: [a\n", 2, "not YAML", id="syntax"),
        pytest.param("", 1, "the file is empty", id="empty"),
    ],
)
def test_a_wrong_fact_is_refused_with_file_line_and_key(tmp_path: Path, text: str, line: int, words: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(FactError) as caught:
        read_facts(path, list[Lamp])
    assert str(caught.value).startswith(f"{path}:{line}:")
    assert words in str(caught.value)


def test_facts_become_dataclasses_with_their_defaults(tmp_path: Path) -> None:
    path = write(tmp_path, "- name: 007\n  watts: 5\n")
    assert read_facts(path, list[Lamp]) == [Lamp("007", 5)]


def test_every_emitted_file_is_what_its_facts_say() -> None:
    assert emit.differences(ROOT) == []


def test_an_edited_emitted_file_is_found(tmp_path: Path) -> None:
    facts = tmp_path / APP / "facts"
    facts.mkdir(parents=True)
    (facts / "confs.yml").write_text("- {name: a, keys: {k: words}, purpose: why}\n", encoding="utf-8")
    assert len(emit.differences(tmp_path)) == 1
    assert emit.write(tmp_path) == [f"{APP}/README/a.conf.spec"]
    assert emit.differences(tmp_path) == []
    (tmp_path / APP / "README" / "a.conf.spec").write_text("edited", encoding="utf-8")
    assert emit.differences(tmp_path) == [f"{APP}/README/a.conf.spec: not what its facts say; run build.py emit"]


def test_every_script_that_a_conf_names_is_there() -> None:
    scripts = [settings["filename"] for settings in read_conf(ROOT / APP / "default" / "commands.conf").values()]
    scripts += [settings["script"] for settings in read_conf(ROOT / APP / "default" / "restmap.conf").values()]
    alerts = read_conf(ROOT / APP / "default" / "alert_actions.conf")
    scripts += [settings["alert.execute.cmd"] for settings in alerts.values()]
    assert scripts
    assert [name for name in scripts if not (ROOT / APP / "bin" / name).is_file()] == []


def test_every_stanza_that_runs_python_names_both_versions() -> None:
    for name in ("commands", "restmap", "alert_actions"):
        for stanza, settings in read_conf(ROOT / APP / "default" / f"{name}.conf").items():
            assert settings["python.version"] == "python3", stanza
            assert settings["python.required"] == "3.9, 3.13", stanza


def test_index_time_fields_read_the_event_that_sources_write() -> None:
    transforms = read_conf(ROOT / ADDON / "default" / "transforms.conf")
    event = (
        '{"key":{"record_id":"r1","record_type":"ad","tenant_id":"t","name":"Blue \\"B\\" Spa","city":"Leeds"},'
        '"source_id":"s","attributes":{"city":"elsewhere","postcode":"LS1"},'
        '"evidence":[{"identifier":"phone:+442079460000"},{"identifier":"username:x/a b"}]}'
    )
    found = {name: re.findall(settings["REGEX"], event) for name, settings in transforms.items() if "REGEX" in settings}
    assert found["minerva_identifier"] == ["phone:+442079460000", "username:x/a b"]
    assert found["minerva_name"] == ['Blue \\"B\\" Spa']
    assert found["minerva_city"] == ["Leeds"]
    assert found["minerva_postcode"] == []


def test_what_the_app_writes_is_cut_where_the_reader_of_copies_says() -> None:
    props = read_conf(ROOT / APP / "default" / "props.conf")
    assert set(props) == {RELEASE, RECALL, "minerva:alert"}
    assert {settings["TRUNCATE"] for settings in props.values()} == {str(LONGEST)}


def test_a_macro_whose_records_a_subsearch_may_cut_is_named_with_its_bound() -> None:
    macros = read_conf(ROOT / APP / "default" / "macros.conf")
    cut = [name for name, each in macros.items() if re.search(r"\[[^\]]*mvexpand records", each["definition"])]
    told = (ROOT / "docs" / "known-differences.md").read_text(encoding="utf-8")
    assert cut == ["minerva_movement(1)"]
    assert re.search(r"`minerva_movement`[^\n]*10,000 records", told)
