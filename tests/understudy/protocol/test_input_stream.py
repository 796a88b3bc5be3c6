"""The event stream of modular inputs, however it is cut and whatever is broken in it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.protocol.children import ChildError
from understudy.protocol.input_scheme import parse_scheme
from understudy.protocol.input_stream import StreamEvent, StreamReader

STREAM = (
    b"<stream>\n<event stanza='s://a' unbroken='1'><time>12.500</time><data>one &amp; two</data><source>src</source>"
    b"<sourcetype>st</sourcetype><index>main</index><host>h</host></event>"
    b"<event><data><![CDATA[has </event> inside]]></data><done/></event></stream>"
)


def read(*parts: bytes) -> tuple[list[StreamEvent], StreamReader]:
    reader = StreamReader()
    events = [event for part in parts for event in reader.feed(part)]
    reader.finish()
    return events, reader


def test_events_are_read_with_all_their_parts() -> None:
    events, reader = read(STREAM)
    first, second = events
    assert first == StreamEvent("s://a", 12.5, "one & two", "src", "st", "main", "h", True, False)
    assert (second.data, second.done, second.unbroken) == ("has </event> inside", True, False)
    assert reader.malformed == 0


@given(st.lists(st.integers(1, len(STREAM) - 1), max_size=8))
def test_any_cut_of_the_stream_reads_the_same(cuts: list[int]) -> None:
    places = [0, *sorted(set(cuts)), len(STREAM)]
    parts = [STREAM[a:b] for a, b in pairwise(places)]
    assert read(*parts)[0] == read(STREAM)[0]


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        pytest.param(b"<event><data>a & b</data></event>", "not valid XML", id="bare-ampersand"),
        pytest.param(b"<event><data>a</dta></event>", "not valid XML", id="wrong-tag"),
        pytest.param(b"<event><time>soon</time><data>a</data></event>", "not a number", id="bad-time"),
        pytest.param(b"<event><time>1</time></event>", "no data", id="no-data"),
        pytest.param(b"<event/>", "no data", id="empty"),
        pytest.param(b"<event><data>&xxe;</data></event>", "not valid XML", id="unknown-entity"),
    ],
)
def test_malformed_event_is_counted_and_the_next_is_read(bad: bytes, reason: str) -> None:
    reasons: list[str] = []
    reader = StreamReader(reasons.append)
    events = list(reader.feed(b"<stream>" + bad + b"<event><data>good</data></event></stream>"))
    assert [event.data for event in events] == ["good"]
    assert reader.malformed == 1
    assert reason in reasons[0]


def test_event_cut_by_a_killed_process_is_counted_not_read() -> None:
    events, reader = read(b"<stream><event><data>whole</data></event><event><data>hal")
    assert [event.data for event in events] == ["whole"]
    assert reader.malformed == 1


def test_document_type_ends_the_stream() -> None:
    document = b'<!DOCTYPE s [<!ENTITY x "boom">]><stream><event><data>&x;</data></event></stream>'
    with pytest.raises(ChildError, match="document type"):
        read(document)


def test_scheme_is_read_and_entities_in_it_are_refused() -> None:
    text = b"""<scheme><title>T</title>
      <use_single_instance>true</use_single_instance><streaming_mode>xml</streaming_mode>
      <endpoint><args><arg name="a"><title>A</title>
      <required_on_create>false</required_on_create></arg></args></endpoint>
      </scheme>"""
    scheme = parse_scheme("s", "app", text)
    assert (scheme.title, scheme.single_instance, scheme.streaming_mode) == ("T", True, "xml")
    assert [(item.name, item.title, item.required_on_create) for item in scheme.arguments] == [("a", "A", False)]
    with pytest.raises(ChildError, match="refused"):
        parse_scheme("s", "app", b'<!DOCTYPE s [<!ENTITY x "boom">]><scheme><title>&x;</title></scheme>')
