"""What holds for every format: equal bytes, a true manifest, refusal without leftovers, nothing marked stricter."""

from __future__ import annotations

import hashlib
import io
import json
import tracemalloc
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minerva.exports import FORMATS, ExportError, ExportTooLarge, FolderTarget, MarkingRefused, ZipTarget, export
from minerva.exports.markings import BY_STRICTNESS, TLP
from minerva.exports.request import handling_of
from minerva.records.model import LEVELS
from tests.minerva_exports.sample import KEY, RECORDS, entity, files, items, package, request

every_format = pytest.mark.parametrize("name", FORMATS)


@every_format
def test_equal_input_gives_equal_bytes(name: str) -> None:
    assert package(name) == package(name)


@every_format
def test_the_manifest_states_every_file_as_it_is(name: str) -> None:
    found = files(name)
    manifest = json.loads(found.pop("manifest.json"))
    assert {fact["name"] for fact in manifest["files"]} == set(found)
    for fact in manifest["files"]:
        assert fact["sha256"] == hashlib.sha256(found[fact["name"]]).hexdigest()
        assert fact["bytes"] == len(found[fact["name"]])
    lines = "".join(f"{hashlib.sha256(found[each]).hexdigest()}  {each}\n" for each in sorted(found))
    assert manifest["content_sha256"] == hashlib.sha256(lines.encode()).hexdigest()
    assert manifest["counts"] == {"entities": 1, "records": 4}
    assert manifest["withheld"] == {"fields": 5, "records": 2}
    assert manifest["marking"]["tlp"] == "TLP:AMBER+STRICT"
    assert (manifest["time"], manifest["policy_version"]) == ("2026-11-20T10:00:00Z", "2026-11.1")
    assert manifest["query"] == {"identifier": "phone:+14155550123"}


@every_format
def test_a_folder_holds_the_same_files_as_the_zip(name: str, tmp_path: Any) -> None:
    export(request(name), items(), FolderTarget(str(tmp_path / "out")), key=KEY)
    written = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    assert written == files(name)
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "out").iterdir()} == {0o600}


@every_format
@pytest.mark.parametrize(
    ("extra", "error"),
    [
        pytest.param({"record": {"record_id": "r1", "marking": {"level": "L0"}}}, MarkingRefused, id="stricter item"),
        pytest.param({"record": {"record_id": "r1"}}, ExportError, id="record after entity"),
        pytest.param({"entity": {"entity_id": "e_0123456789abcdef"}}, ExportError, id="id twice"),
        pytest.param({"entity": {"entity_id": "e_1", "identifiers": ["no kind"]}}, ExportError, id="no identifier"),
        pytest.param({"other": {}}, ExportError, id="unknown item"),
    ],
)
def test_a_refused_item_leaves_nothing_that_opens(
    name: str, extra: dict[str, Any], error: type[ExportError], tmp_path: Any
) -> None:
    stream = io.BytesIO()
    with pytest.raises(error):
        export(request(name), [*items(), extra], ZipTarget(stream), key=KEY)
    with pytest.raises(zipfile.BadZipFile):
        zipfile.ZipFile(stream)
    with pytest.raises(error):
        export(request(name), [*items(), extra], FolderTarget(str(tmp_path / "out")), key=KEY)
    assert list((tmp_path / "out").iterdir()) == []


@every_format
def test_no_export_outgrows_its_limits(name: str) -> None:
    with pytest.raises(ExportTooLarge, match="items"):
        package(name, max_items=4)
    with pytest.raises(ExportTooLarge, match="bytes"):
        package(name, max_bytes=300)


@every_format
def test_an_empty_export_is_a_whole_one(name: str) -> None:
    assert json.loads(files(name, [])["manifest.json"])["counts"] == {"entities": 0, "records": 0}


@every_format
def test_keys_that_no_one_classified_go_nowhere_and_are_counted(name: str) -> None:
    event = RECORDS[0].to_dict()
    event["victim_name"] = "never to be seen"
    event["key"]["vault_id"] = "never to be seen"  # type: ignore[index]
    found = files(name, [{"record": event}, {"entity": {**entity(), "digest": "never to be seen"}}])
    assert json.loads(found["manifest.json"])["left_out"]["unknown_keys"] == 3
    assert not any(b"never to be seen" in content for content in found.values())


@pytest.mark.parametrize("name", ["csv", "xlsx", "stix", "misp"])
def test_an_export_is_traceable_to_its_recipient(name: str) -> None:
    marks = set()
    for recipient in ("harbor_ngo", "lakeside"):
        found = files(name, recipient=recipient)
        mark = json.loads(found.pop("manifest.json"))["export_id"]
        content = b"".join(found.values())
        if name == "xlsx":
            with zipfile.ZipFile(io.BytesIO(content)) as book:
                content = b"".join(map(book.read, book.namelist()))
        assert mark.encode() in content
        marks.add(mark)
    assert len(marks) == 2


@pytest.mark.parametrize("level", LEVELS)
def test_an_item_goes_only_into_an_export_that_is_marked_as_strictly(level: str) -> None:
    for whole in LEVELS:
        found = [{"record": {"record_id": "r1", "marking": {"level": level}}}]
        if BY_STRICTNESS.index(level) <= BY_STRICTNESS.index(whole):
            assert files("csv", found, level=whole)
        else:
            with pytest.raises(MarkingRefused):
                files("csv", found, level=whole)


def test_obligations_of_the_policy_become_handling_codes() -> None:
    assert handling_of(("watermark", "no_reshare", "no_evidence", "log_rows")) == ("H1", "H2")


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_wrong_value_anywhere_is_refused_or_written_but_never_a_crash(data: st.DataObject) -> None:
    changed = items()
    (content,) = changed[data.draw(st.sampled_from([0, 2, 4]))].values()
    key = data.draw(st.sampled_from(sorted(content)))
    content[key] = data.draw(_JSON)
    for name in FORMATS:
        try:
            found = files(name, changed)
        except ExportError:
            continue
        assert all(b"\x00" not in text for file, text in found.items() if file != "export.xlsx")


def test_no_export_carries_a_milder_traffic_light_than_an_item_in_it() -> None:
    lights = ("CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED")
    strictness = [lights.index(TLP[level]) for level in BY_STRICTNESS]
    assert strictness == sorted(strictness)
    assert set(TLP) == set(LEVELS) == set(BY_STRICTNESS)


@pytest.mark.parametrize("name", [each for each in FORMATS if each != "hashes"])
def test_items_are_not_held_in_memory(name: str) -> None:
    text = "x" * 16_000

    def many(count: int) -> Iterator[dict[str, Any]]:
        for at in range(count):
            yield {"record": {"record_id": f"r{at}", "text": text, "url": f"https://ads.example.org/{at}"}}

    class Nowhere:
        def write(self, data: bytes, /) -> int:
            return len(data)

    export(request(name), many(10), ZipTarget(Nowhere()))
    tracemalloc.start()
    export(request(name), many(500), ZipTarget(Nowhere()))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 500 * len(text) / 2
