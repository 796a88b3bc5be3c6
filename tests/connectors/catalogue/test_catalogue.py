"""The catalogue: three places read alike, what hides what, and one bad source that stops no other."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from minerva.intake.errors import IntakeError
from minerva.intake.facts.authoring import gather
from minerva.intake.facts.catalogue import Catalogue, read_catalogue
from minerva.intake.inputs import pick_offered, pick_source
from tests.connectors.source_samples import SOURCES, all_sources

EVIDENCE = {"state": "own", "reference": "a reply that was read in the workbench on 2026-12-01"}
OLD_EVIDENCE = {"kind": "reply", "where": "a pasted reply", "read_on": "2026-12-01", "confidence": "high"}


def packaged(folder: Path) -> Path:
    target = folder / "default" / "sources.json"
    target.parent.mkdir(parents=True)
    target.write_text(json.dumps(gather(SOURCES, abstract=True)), encoding="utf-8")
    return folder


@pytest.fixture(name="addon")
def _addon(tmp_path: Path) -> Path:
    return packaged(tmp_path)


def put(addon: Path, name: str, document: Any) -> None:
    path = addon / "local" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")


def made(**documents: Any) -> dict[str, dict[str, str]]:
    return {name: {"document": json.dumps(document), "version": "1"} for name, document in documents.items()}


def heir(source_id: str = "our_ads", **more: Any) -> dict[str, Any]:
    return {
        "id": source_id,
        "like": "classified_ads",
        "title": "Our ads",
        "country": "US",
        "evidence": EVIDENCE,
        **more,
    }


def told(catalogue: Catalogue) -> list[str]:
    return [str(fault) for fault in catalogue.faults]


def test_the_package_reads_back(addon: Path) -> None:
    catalogue = read_catalogue(addon, {})
    assert (catalogue.sources, told(catalogue)) == (all_sources(), [])


def test_every_source_is_read_without_libyaml_too() -> None:
    """PyYAML's own parser refuses a plain `?` within braces, which libyaml takes."""
    for path in sorted(SOURCES.glob("*/*/*.yml")):
        assert list(yaml.parse(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)), path


def test_three_places_are_read_alike(addon: Path) -> None:
    put(addon, "sources.json", {"one_ads": heir("one_ads")})
    put(addon, "sources/boards/two_ads/two_ads.json", heir("two_ads"))
    put(addon, "sources/boards/two_ads/expected.json", {"records": []})
    catalogue = read_catalogue(addon, made(our_ads=heir()))
    assert told(catalogue) == []
    families = {name: catalogue.sources[name].family for name in ("one_ads", "two_ads", "our_ads")}
    assert families == {"one_ads": "local", "two_ads": "boards", "our_ads": "made"}
    assert catalogue.place["two_ads"] == "local/sources/boards/two_ads/two_ads.json"
    assert catalogue.sources["our_ads"].mapping == catalogue.sources["classified_ads"].mapping


def test_a_later_place_hides_an_earlier_one_and_says_so(addon: Path) -> None:
    put(
        addon,
        "sources.json",
        {"our_ads": heir(), "classified_ads": {"like": "classified_ads", "title": "Local", "cadence_s": 60}},
    )
    catalogue = read_catalogue(addon, made(our_ads=heir(title="Made")))
    assert (catalogue.sources["classified_ads"].title, catalogue.sources["our_ads"].title) == ("Local", "Made")
    assert [str(note) for note in catalogue.notes] == [
        "local/sources.json: classified_ads: hides the source of the same id in default/sources.json",
        "minerva_sources.conf: our_ads: hides the source of the same id in local/sources.json",
    ]


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (heir(record_type="adds"), "minerva_sources.conf: our_ads: record_type: expected one of"),
        (heir(like="nothing"), "our_ads: like: there is no source 'nothing'"),
        (heir(like="our_ads"), "our_ads: like: there is no source 'our_ads' that this one could change"),
        ([1], "minerva_sources.conf: our_ads: expected an object"),
        (heir("other_id"), "our_ads: id: its id is another than its name here"),
        (heir(evidence=None), "our_ads: evidence: expected a map of keys"),
        (heir(http={"path": "no slash"}), "our_ads: http.path: does not match"),
    ],
    ids=["shape", "missing parent", "itself", "no object", "another id", "no evidence", "bad path"],
)
def test_a_bad_source_is_named_and_left_out_alone(addon: Path, bad: Any, words: str) -> None:
    catalogue = read_catalogue(addon, made(our_ads=bad, good_ads=heir("good_ads")))
    assert len(told(catalogue)) == 1
    assert words in told(catalogue)[0]
    assert set(catalogue.sources) == {*all_sources(), "good_ads"}
    with pytest.raises(IntakeError, match="left out"):
        pick_source(catalogue, "our_ads", "http")


def test_files_that_cannot_be_read_stop_nothing(addon: Path) -> None:
    put(addon, "sources.json", "{")
    put(addon, "sources/x/x.json", "[" * 100_000)
    put(addon, "sources/y/y.yml", "id: y")
    catalogue = read_catalogue(addon, {"z": {"document": "{"}})
    assert [fault.place for fault in catalogue.faults] == [
        "local/sources.json", "local/sources/x/x.json", "local/sources/y/y.yml", "minerva_sources.conf",
    ]  # fmt: skip
    assert set(catalogue.sources) == set(all_sources())


def test_a_missing_package_list_is_said(tmp_path: Path) -> None:
    catalogue = read_catalogue(tmp_path, made(our_ads=heir()))
    assert "default/sources.json: is not there" in told(catalogue)[0]
    assert catalogue.sources == {}


def test_demo_sources_are_offered_where_they_are_wanted(addon: Path) -> None:
    catalogue = read_catalogue(addon, {})
    shown = {source.source_id for source in catalogue.offered("http", demo=True)}
    assert "classified_ads" in shown
    assert "classified_ads" not in {source.source_id for source in catalogue.offered("http", demo=False)}
    assert pick_offered(catalogue, "classified_ads", "http", demo=True).source_id == "classified_ads"
    with pytest.raises(IntakeError, match="a source of the demo"):
        pick_offered(catalogue, "classified_ads", "http", demo=False)


def test_a_source_that_may_not_run_is_not_offered(addon: Path) -> None:
    catalogue = read_catalogue(
        addon, made(our_ads=heir(legal={"terms_allow": False}), two_ads=heir("two_ads", enabled=False))
    )
    assert not {"our_ads", "two_ads"} & {source.source_id for source in catalogue.offered("http", demo=True)}


def test_evidence_of_a_source_that_was_made_before_it_had_a_state_is_read_still(addon: Path) -> None:
    catalogue = read_catalogue(addon, made(our_ads=heir(evidence=OLD_EVIDENCE)))
    assert told(catalogue) == []
    source = catalogue.sources["our_ads"]
    assert (source.evidence, source.evidence_reference) == ("own", "a pasted reply, read 2026-12-01")


def test_consent_that_is_given_is_needed_no_more(addon: Path) -> None:
    asked, agreed = heir(legal={"terms_allow": False}), heir("two_ads", legal={"terms_allow": True})
    catalogue = read_catalogue(addon, made(our_ads=asked, two_ads=agreed))
    assert catalogue.sources["our_ads"].needs == ("consent", "key")
    assert catalogue.sources["two_ads"].needs == ("key",)


def test_a_template_is_no_source(addon: Path) -> None:
    template = {name: value for name, value in heir(abstract=True).items() if name != "title"}
    catalogue = read_catalogue(addon, made(our_ads=template, two_ads=heir("two_ads", like="our_ads")))
    assert (told(catalogue), "our_ads" in catalogue.sources, "two_ads" in catalogue.sources) == ([], False, True)
    with pytest.raises(IntakeError, match="is a template"):
        pick_source(catalogue, "our_ads", "http")
