"""The XML stream says exactly what the records hold, and logs say nothing that is not on their list."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from minerva.intake.events import EventStream
from minerva.intake.inputs import InputError, Network, check_base_url, check_names, check_path, checkpoint_path
from minerva.intake.logs import format_line, is_logged
from minerva.records import Record
from tests.connectors.running import changed


def record(text: str) -> Record:
    return Record.build(
        record_type="ad",
        source_id="s",
        tenant_id="t",
        natural_key="1",
        observed_time="2026-03-01T10:00:00Z",
        texts={"text": text},
    )


@given(st.lists(st.text(max_size=60), min_size=1, max_size=4), st.text(max_size=20))
@example(["no character: \ufffe", "nor this: \uffff"], "\ufffe")
@settings(max_examples=150, deadline=None)
def test_stream_is_xml_that_gives_the_records_back(texts: list[str], stanza: str) -> None:
    out = io.StringIO()
    stream = EventStream(out)
    records = [record(text) for text in texts]
    stream.write(records[:1], stanza, "mnv_t_12345678")
    stream.write(records[1:], stanza, "mnv_t_12345678")
    stream.close()
    root = ET.fromstring(out.getvalue())
    assert root.tag == "stream"
    assert len(root) == len(records)
    for event, wanted in zip(root, records, strict=True):
        assert event.findtext("time") == "1772359200"
        assert event.findtext("sourcetype") == "minerva:ad"
        assert event.findtext("index") == "mnv_t_12345678"
        assert Record.from_json((event.findtext("data") or "").replace("\r\n", "\n")) == wanted


def test_nothing_written_is_no_stream() -> None:
    out = io.StringIO()
    stream = EventStream(out)
    stream.write([], "s", "i")
    stream.close()
    assert out.getvalue() == ""


def test_default_index_is_left_to_splunkd() -> None:
    out = io.StringIO()
    EventStream(out).write([record("x")], "s", "default")
    assert "<index>" not in out.getvalue()


def test_log_line_has_listed_words_only() -> None:
    assert (
        format_line("refused", source_id="ads", position="a.csv:3", rows=2)
        == 'event=refused source_id="ads" position="a.csv:3" rows=2'
    )
    with pytest.raises(KeyError):
        format_line("refused", phone="+1 415 555 0123")


def test_log_value_cannot_break_the_line() -> None:
    assert "\n" not in format_line("x", reason='a"\nERROR b')


@pytest.mark.parametrize(
    ("tenant", "index"),
    [("", "main"), ("North", "main"), ("a b", ""), ("ok", 'x" OR index=*'), ("ok", "*"), ("../x", "main")],
)
def test_wrong_names_are_refused(tenant: str, index: str) -> None:
    with pytest.raises(InputError):
        check_names(tenant, index)


@pytest.mark.parametrize(
    "url",
    ["http://ads.example.org", "https://127.0.0.1", "https://u:p@ads.example.org", "https://ads.example.org:8089"],
)
def test_wrong_base_url_is_refused(url: str) -> None:
    with pytest.raises(InputError, match="base_url"):
        check_base_url(changed("classified_ads"), url, Network())


def test_allowed_base_url_passes() -> None:
    check_base_url(changed("classified_ads"), "http://127.0.0.1:8088", Network(allowed="127.0.0.1:8088"))


@pytest.mark.parametrize(("path", "mode"), [("relative", "auto"), ("/does/not/exist", "auto"), ("/", "sideways")])
def test_wrong_path_or_mode_is_refused(path: str, mode: str) -> None:
    with pytest.raises(InputError):
        check_path(path, mode)


def test_inputs_never_share_a_checkpoint(tmp_path: object) -> None:
    from pathlib import Path

    names = {
        checkpoint_path(Path("/x"), stanza).name
        for stanza in ("minerva_http://a b", "minerva_http://a_b", "minerva_http://A b")
    }
    assert len(names) == 3


def test_a_record_of_a_register_has_the_time_of_its_reading() -> None:
    out = io.StringIO()
    licensed = replace(record("x"), record_type="license", observed_time="1994-02-01T00:00:00Z")
    stream = EventStream(out, lambda: 1_800_000_000.7)
    stream.write([record("x"), licensed], "s", "i")
    stream.close()
    assert [event.findtext("time") for event in ET.fromstring(out.getvalue())] == ["1772359200", "1800000000"]


@pytest.mark.parametrize(
    ("lowest", "logged"),
    [
        pytest.param("DEBUG", ["DEBUG", "INFO", "WARN", "ERROR"], id="debug"),
        pytest.param("", ["INFO", "WARN", "ERROR"], id="not set"),
        pytest.param("WARNING", ["WARN", "ERROR"], id="the page's word"),
        pytest.param("CRITICAL", [], id="critical"),
    ],
)
def test_the_level_of_the_configuration_page_decides_what_is_logged(lowest: str, logged: list[str]) -> None:
    assert [level for level in ("DEBUG", "INFO", "WARN", "ERROR") if is_logged(level, lowest)] == logged
