"""Indexed fields have names that no other app's data can have, and every shipped tstats knows them by those names."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from assembly.conf_read import read_conf
from assembly.paths import ADDON, APP, ROOT
from assembly.searches import shipped_searches
from minerva.records.model import INDEX_PREFIX, INDEXED_KEYS

OF_EVERY_EVENT = {"_time", "_indextime", "index", "host", "source", "sourcetype"}
FIELDS = {f"{INDEX_PREFIX}{name}" for name in ("identifier", *INDEXED_KEYS)}
TSTATS = re.compile(r"\|\s*tstats (?P<calls>.*?)(?: where (?P<where>.*?))?(?: by (?P<by>[^|\[\]]*))?(?=\||\]|$)")


def settings_of(conf: str) -> dict[str, dict[str, str]]:
    return read_conf(ROOT / ADDON / "default" / conf)


def test_every_indexed_field_is_declared_and_nothing_else_is() -> None:
    assert set(settings_of("fields.conf")) == FIELDS
    transforms = [settings for settings in settings_of("transforms.conf").values() if "filename" not in settings]
    written = {settings["FORMAT"].partition("::")[0] for settings in transforms}
    assert written == FIELDS


def test_names_that_every_app_sees_begin_with_minerva() -> None:
    for conf in ("fields.conf", "transforms.conf", "eventtypes.conf", "props.conf"):
        assert all(re.match("minerva[_:]", name) for name in settings_of(conf)), conf
    tags = {tag for settings in settings_of("tags.conf").values() for tag in settings}
    assert all(tag.startswith("minerva") for tag in tags)


def test_every_record_type_has_the_short_names_as_aliases_of_the_indexed_fields() -> None:
    expected = " ".join(f"{INDEX_PREFIX}{name} AS {name}" for name in ("identifier", *INDEXED_KEYS))
    assert {settings.get("FIELDALIAS-minerva") for settings in settings_of("props.conf").values()} == {expected}


def test_the_pages_count_the_indexed_fields_beside_identifier() -> None:
    assert len(INDEXED_KEYS) == 13, "the pages below say thirteen"
    for page in ("docs/architecture.md", "docs/known-differences.md", "CHANGELOG.md"):
        text = " ".join((ROOT / page).read_text(encoding="utf-8").split())
        assert re.findall(r"`minerva_identifier` and (\w+) (?:other|more) indexed fields", text) == ["thirteen"], page


def test_who_searches_records_reads_the_add_on_and_only_administrators_its_accounts() -> None:
    meta = read_conf(ROOT / ADDON / "metadata" / "default.meta")
    for name in ("", "props", "transforms", "fields", "eventtypes", "tags"):
        assert meta[name]["access"].startswith("read : [ * ],"), name
        assert meta[name]["export"] == ("system" if name else "none"), name
    for name in ("inputs", "passwords", "ta_gen_connectors_account", "ta_gen_connectors_settings"):
        assert meta[name] == {"access": "read : [ admin, sc_admin ], write : [ admin, sc_admin ]", "export": "none"}


def tstats_of_the_app() -> Iterator[tuple[str, str]]:
    """Yields (where, text without quoted values) of each search and macro with a tstats."""
    searches = list(shipped_searches(ROOT / APP))
    macros = read_conf(ROOT / APP / "default" / "macros.conf")
    searches += [(f"macro {name}", settings["definition"]) for name, settings in macros.items()]
    for where, search in searches:
        plain = re.sub(r'"(?:[^"\\]|\\.)*"', '""', search)
        if re.search(r"\btstats\b", plain):
            yield where, plain


def names_read(search: str) -> set[str]:
    """Returns the fields that each tstats of a search names: in functions, in its condition, behind `by`."""
    found: set[str] = set()
    inner = re.sub(r"\[[^\[\]]*\]", "", search)  # what a subsearch gives has been looked at as its own
    for part in [search, inner]:
        for match in TSTATS.finditer(part):
            found.update(re.findall(r"\w+\((\w+)\)", match["calls"]))
            found.update(re.findall(r"([A-Za-z_]\w*)\s*(?:!?=|\bIN\b)", match["where"] or ""))
            found.update(re.findall(r"[A-Za-z_]\w*", re.sub(r"span=\S+", "", match["by"] or "")))
    return found


@pytest.mark.parametrize(("where", "search"), [pytest.param(*each, id=each[0]) for each in tstats_of_the_app()])
def test_tstats_reads_declared_fields(where: str, search: str) -> None:
    read = names_read(search)
    assert read & FIELDS
    assert read <= FIELDS | OF_EVERY_EVENT | {"earliest", "latest"}


def test_no_example_names_an_index_that_no_installation_has() -> None:
    texts = [*(ROOT / "docs").glob("*.md"), *(ROOT / APP / "facts").glob("*.yml"), *(ROOT / APP / "bin").glob("*.py")]
    named = [
        f"{path.name}: {found}"
        for path in texts
        for found in re.findall(
            r"\bindex=(?!mnv_community\b|mnv_[a-z]_(?:\*|template|[0-9a-f]{8}\b))(?:mnv_|minerva)\w*",
            path.read_text("utf-8"),
        )
    ]
    assert named == []
