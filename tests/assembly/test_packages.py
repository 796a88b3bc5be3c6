"""Archives have the same bytes at every run and refuse what must not ship; tenants become confs; versions agree."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from assembly.conf_read import read_conf
from assembly.emit.app_endpoints import read_roles
from assembly.environments import altered_files
from assembly.facts import FactError
from assembly.lint import lint_app
from assembly.packages.archive import EPOCH, pack, refused_files, time_of, unbuilt_pages
from assembly.packages.deploying import install, unpack
from assembly.packages.stage import VENDORED_MARK, stage_app, vendored_mark
from assembly.packages.tenants_package import build_tenants_package, stage_tenants, tenants_archive
from assembly.packages.third_party import LicenceError, notices
from assembly.paths import ADDON, APP, ROOT, TENANTS_APP
from assembly.tenants import emit_tenants_app, read_tenants
from assembly.version import build_number, version
from understudy.rest.app_handlers import allowed

TENANTS = (
    "tenants:\n  - {id: northfield, label: Northfield}\n  - {id: riverbank, label: Riverbank, retention_days: 30}\n"
)


def tree(folder: Path) -> Path:
    package = folder / "toy"
    (package / "bin").mkdir(parents=True)
    (package / "bin" / "a.py").write_text("print()\n", encoding="utf-8")
    (package / "LICENSE").write_text("words\n", encoding="utf-8")
    return package


def test_two_archives_of_a_tree_have_the_same_bytes(tmp_path: Path) -> None:
    package = tree(tmp_path)
    pack(package, tmp_path / "one.tar.gz")
    for path in package.rglob("*"):
        os.utime(path, (1, 1))
    (package / "LICENSE").chmod(0o600)
    pack(package, tmp_path / "two.tar.gz")
    assert (tmp_path / "one.tar.gz").read_bytes() == (tmp_path / "two.tar.gz").read_bytes()
    with tarfile.open(tmp_path / "one.tar.gz") as tar:
        modes = {entry.name: (oct(entry.mode), entry.uid, entry.mtime) for entry in tar}
    assert modes["toy/bin/a.py"] == ("0o644", 0, time_of(package / "bin" / "a.py"))
    assert modes["toy/bin"] == ("0o755", 0, EPOCH)


def test_an_update_is_never_taken_for_the_byte_code_of_the_release_before(tmp_path: Path) -> None:
    package, home = tree(tmp_path), tmp_path / "home"
    for word in ("1", "2"):
        (package / "bin" / "a.py").write_text(f"VALUE = {word}\n", encoding="utf-8")
        pack(package, tmp_path / f"{word}.tar.gz")
    said = []
    for word in ("1", "2"):
        with tarfile.open(tmp_path / f"{word}.tar.gz") as tar:
            tar.extractall(home, filter="data")  # over what is there, as by hand
        command = [sys.executable, "-c", "import a; print(a.VALUE)"]
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        done = subprocess.run(command, cwd=home / "toy" / "bin", env=kept, capture_output=True, text=True, check=True)
        said.append(done.stdout.strip())
    assert (home / "toy" / "bin" / "__pycache__").is_dir()
    assert said == ["1", "2"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("lib/fast.so", b"", id="library"),
        pytest.param("lib/fast", b"\x7fELF\x02", id="ELF under any name"),
        pytest.param("lib/a.pyc", b"", id="byte code"),
        pytest.param(".hidden", b"", id="dot file"),
        pytest.param("metadata/local.meta", b"", id="permissions of an installation"),
        pytest.param("local", b"", id="settings of an installation"),
    ],
)
def test_what_must_not_ship_is_found(tmp_path: Path, name: str, content: bytes) -> None:
    package = tree(tmp_path)
    assert refused_files(package) == []
    path = package / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    assert len(refused_files(package)) == 1


def test_building_the_tenants_leaves_the_staged_app_of_everybody_as_it_is(tmp_path: Path) -> None:
    staged = tmp_path / "build" / "stage" / APP
    for name in ("metadata/default.meta", "default/app.conf"):
        (staged / name).parent.mkdir(parents=True, exist_ok=True)
        (staged / name).write_text("", encoding="utf-8")
    for name in (APP, "minerva", "LICENSE", "CHANGELOG.md", "pyproject.toml"):
        (tmp_path / name).symlink_to(ROOT / name)
    (tmp_path / "build" / "tools").symlink_to(ROOT / "build" / "tools")
    before = sorted(staged.rglob("*"))
    build_tenants_package(tenants_file(tmp_path, TENANTS), tmp_path / "dist", tmp_path)
    assert sorted(staged.rglob("*")) == before


def test_a_link_is_found(tmp_path: Path) -> None:
    package = tree(tmp_path)
    (package / "out").symlink_to("/etc/hosts")
    assert refused_files(package) == ["toy/out: a symbolic link"]


def test_a_view_whose_script_is_not_built_is_named(tmp_path: Path) -> None:
    views = tmp_path / "toy" / "default" / "data" / "ui" / "views"
    views.mkdir(parents=True)
    (views / "page.xml").write_text('<dashboard version="1.1" script="pages/page.js"/>', encoding="utf-8")
    (views / "plain.xml").write_text('<dashboard version="2"/>', encoding="utf-8")
    (problem,) = unbuilt_pages(tmp_path / "toy")
    assert problem.startswith("page.xml: toy/appserver/static/pages/page.js is not there")
    script = tmp_path / "toy" / "appserver" / "static" / "pages" / "page.js"
    script.parent.mkdir(parents=True)
    script.write_text("", encoding="utf-8")
    assert unbuilt_pages(tmp_path / "toy") == []


@pytest.mark.parametrize("package", [APP, ADDON])
def test_shipped_libraries_hold_no_machine_code_and_are_as_released(package: str) -> None:
    libraries = ROOT / "build" / "lib" / package
    compiled = [path for path in libraries.rglob("*") if path.suffix in (".so", ".pyi")]
    assert (libraries / "splunklib" / "__init__.py").is_file()
    assert compiled == []
    assert altered_files(libraries) == []


@pytest.mark.parametrize("package", [APP, ADDON])
def test_each_library_of_others_is_named_with_its_licence(package: str) -> None:
    libraries = ROOT / "build" / "lib" / package
    text = notices(libraries)
    assert len(re.findall(r"(?m)^\S+ \d\S*: \S", text)) == len(list(libraries.glob("*.dist-info")))
    assert all((libraries / name).is_file() for name in re.findall(r"[\w.+-]+\.dist-info/[\w./-]+", text))
    assert "THIRD-PARTY.txt" in (ROOT / package / "README.txt").read_text(encoding="utf-8")


def test_a_library_without_a_licence_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "toy-1.0.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text("Name: toy\nVersion: 1.0\n", encoding="utf-8")
    with pytest.raises(LicenceError, match="names no licence"):
        notices(tmp_path)
    (folder / "METADATA").write_text("Name: toy\nVersion: 1.0\nLicense: MIT\n", encoding="utf-8")
    with pytest.raises(LicenceError, match="no text"):
        notices(tmp_path)


def test_the_readme_of_the_app_names_every_command() -> None:
    commands = read_conf(ROOT / APP / "default" / "commands.conf")
    text = (ROOT / APP / "README.txt").read_text(encoding="utf-8")
    assert [name for name in commands if name not in text] == []


def test_the_doors_of_sources_open_to_an_administrator_of_splunk_cloud() -> None:
    cloud = {"list_storage_passwords", "edit_storage_passwords"}
    for name, settings in read_conf(ROOT / ADDON / "beside_ucc" / "restmap.conf").items():
        for expression in (value for key, value in settings.items() if key.startswith("capability.")):
            assert allowed(expression, cloud.__contains__), name
            assert allowed(expression, {"admin_all_objects"}.__contains__), name
            assert not allowed(expression, {"search", "list_storage_passwords"}.__contains__), name


def test_the_staged_app_carries_the_library_as_it_stands(tmp_path: Path) -> None:
    staged = stage_app(tmp_path)
    assert (staged / "lib" / "minerva" / VENDORED_MARK).read_text(encoding="utf-8") == vendored_mark(ROOT)
    assert refused_files(staged) == []
    assert not (staged / "lib" / "minerva" / "school_harvest").exists()
    assert not (staged / "facts").exists()
    icons = {each["icon_path"] for each in read_conf(staged / "default" / "alert_actions.conf").values()}
    assert all((staged / "appserver" / "static" / name).is_file() for name in icons)


def test_a_clone_whose_pages_were_never_built_stages_with_its_icons(tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    for name in ("minerva", "build", "LICENSE", "pyproject.toml", "CHANGELOG.md"):
        clone.mkdir(exist_ok=True)
        (clone / name).symlink_to(ROOT / name)
    shutil.copytree(ROOT / APP, clone / APP, ignore=shutil.ignore_patterns("appserver", "__pycache__"))
    staged = stage_app(tmp_path / "staged", clone)
    assert (staged / "appserver" / "static" / "appIcon.png").is_file()


def tenants_file(folder: Path, text: str) -> Path:
    path = folder / "tenants.yml"
    path.write_text(text, encoding="utf-8")
    return path


def test_tenants_become_indexes_roles_and_searches_that_pass_the_gate(tmp_path: Path) -> None:
    app = emit_tenants_app(tenants_file(tmp_path, TENANTS), tmp_path)
    table = read_conf(app / "default" / "minerva_tenants.conf")
    indexes = read_conf(app / "default" / "indexes.conf")
    roles = read_conf(app / "default" / "authorize.conf")
    searches = read_conf(app / "default" / "savedsearches.conf")
    metadata = read_conf(app / "metadata" / "default.meta")
    assert lint_app(app) == []
    keys = ("index", "summary_index", "shelf")
    assert {settings[key] for settings in table.values() for key in keys if key in settings} == set(indexes)
    assert indexes[table["riverbank"]["index"]]["frozenTimePeriodInSecs"] == str(30 * 86_400)
    own = f"{table['northfield']['index']};{table['northfield']['summary_index']};mnv_community"
    assert roles["role_minerva_northfield_analyst"]["srchIndexesAllowed"] == own
    assert "minerva_write" not in roles["role_minerva_northfield_admin"]
    assert all(settings["enableSched"] == "1" for settings in searches.values())
    assert all(int(settings["dispatch.ttl"]) <= 3_600 for settings in searches.values())
    assert int(roles["role_minerva_service"]["srchDiskQuota"]) == 2 * read_roles(ROOT).templates.service.srchDiskQuota
    assert not any("{" in name + settings["search"] for name, settings in searches.items())
    owners = [settings["owner"] for name, settings in metadata.items() if name.startswith("savedsearches/")]
    assert owners == ["minerva_service"] * len(searches)
    requests = json.loads((tmp_path / "minerva_tenants.acs.json").read_text(encoding="utf-8"))
    assert [request["body"]["name"] for request in requests] == list(indexes)


def test_the_tenants_app_is_a_package_that_an_update_keeps_local_of(tmp_path: Path) -> None:
    staged = stage_tenants(tenants_file(tmp_path, TENANTS), tmp_path / "stage")
    manifest = json.loads((staged / "app.manifest").read_text(encoding="utf-8"))
    assert (manifest["info"]["id"]["name"], manifest["info"]["id"]["version"]) == (TENANTS_APP, version(ROOT))
    assert all((staged / name).is_file() for name in ("LICENSE", "README.txt", "metadata/default.meta"))
    assert read_conf(staged / "default" / "app.conf")["install"]["is_configured"] == "false"
    assert refused_files(staged) == []
    pack(staged, tenants_archive(tmp_path))
    apps = tmp_path / "apps"
    for path in ("local/authorize.conf", "metadata/local.meta", "default/old.conf"):
        (apps / TENANTS_APP / path).parent.mkdir(parents=True, exist_ok=True)
        (apps / TENANTS_APP / path).write_text("[of the installation]\n", encoding="utf-8")
    installed = unpack(tenants_archive(tmp_path), apps)
    assert {path.name for path in installed.iterdir()} == {path.name for path in staged.iterdir()} | {"local"}
    assert not (installed / "default" / "old.conf").exists()
    assert (installed / "metadata" / "local.meta").is_file()


def test_where_the_app_is_installed_administrators_alone_see_the_page_administration(tmp_path: Path) -> None:
    app, apps = tmp_path / APP, tmp_path / "apps"
    (app / "metadata").mkdir(parents=True)
    (app / "metadata" / "default.meta").write_text("[]\naccess = read : [ * ]\n", encoding="utf-8")
    (app / "LICENSE").write_text("words\n", encoding="utf-8")
    pack(app, tmp_path / f"{APP}-0.1.0.tar.gz")
    for _ in range(2):  # an update does not lose it
        install([tmp_path / f"{APP}-0.1.0.tar.gz"], apps, tenants_file(tmp_path, TENANTS))
        access = read_conf(apps / APP / "metadata" / "local.meta")["views/administration"]["access"]
        assert access == "read : [ minerva_northfield_admin, minerva_riverbank_admin ], write : [ admin, sc_admin ]"


@pytest.mark.parametrize("later", ["0.1.1", "0.2.0", "1.0.0"])
def test_browsers_take_no_page_of_an_earlier_release_from_their_cache(tmp_path: Path, later: str) -> None:
    (tmp_path / "pyproject.toml").write_text(f'[project]\nversion = "{later}"\n', encoding="utf-8")
    assert build_number(tmp_path) > build_number(ROOT)
    built = read_conf(ROOT / APP / "default" / "app.conf")["install"]["build"]
    assert int(built) == build_number(ROOT)


def test_writing_the_tenants_app_anew_keeps_what_the_installation_made(tmp_path: Path) -> None:
    app = emit_tenants_app(tenants_file(tmp_path, TENANTS), tmp_path)
    for path in ("local/savedsearches.conf", "metadata/local.meta"):
        (app / path).parent.mkdir(exist_ok=True)
        (app / path).write_text("[of the installation]\n", encoding="utf-8")
    emit_tenants_app(tenants_file(tmp_path, TENANTS), tmp_path)
    assert (app / "local" / "savedsearches.conf").is_file()
    assert (app / "metadata" / "local.meta").is_file()


def test_an_update_keeps_the_tables_that_somebody_uploaded(tmp_path: Path) -> None:
    package, apps = tree(tmp_path), tmp_path / "apps"
    (package / "lookups").mkdir()
    (package / "lookups" / "countries.csv").write_text("new\n", encoding="utf-8")
    pack(package, tmp_path / "toy-0.1.0.tar.gz")
    lookups = apps / "toy" / "lookups"
    lookups.mkdir(parents=True)
    for name in ("countries.csv", "names_to_match.csv"):
        (lookups / name).write_text("old\n", encoding="utf-8")
    unpack(tmp_path / "toy-0.1.0.tar.gz", apps)
    assert (lookups / "countries.csv").read_text(encoding="utf-8") == "new\n"
    assert (lookups / "names_to_match.csv").read_text(encoding="utf-8") == "old\n"


def test_an_index_name_says_nothing_of_its_tenant(tmp_path: Path) -> None:
    for tenant in read_tenants(tenants_file(tmp_path, TENANTS)):
        assert re.fullmatch(r"mnv_t_[0-9a-f]{8}", tenant.index)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("tenants:\n  - {id: A B, label: x}\n", "tenants.yml:2: tenants[0]: id 'A B'", id="bad id"),
        pytest.param("tenants:\n  - {id: a, label: x}\n  - {id: a, label: y}\n", "a occurs twice", id="twice"),
        pytest.param("tenants:\n  - {id: a, label: x, role: y}\n", "unknown key", id="unknown key"),
    ],
)
def test_a_wrong_tenants_file_is_refused(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(FactError, match=re.escape(words)):
        read_tenants(tenants_file(tmp_path, text))


def test_one_version_everywhere() -> None:
    release = version(ROOT)
    app_conf = read_conf(ROOT / APP / "default" / "app.conf")
    manifests = [json.loads((ROOT / name / "app.manifest").read_text(encoding="utf-8")) for name in (APP, ADDON)]
    config = json.loads((ROOT / ADDON / "globalConfig.json").read_text(encoding="utf-8"))
    found = {app_conf["id"]["version"], app_conf["launcher"]["version"], config["meta"]["version"]}
    assert found | {manifest["info"]["id"]["version"] for manifest in manifests} == {release}


def test_no_authored_file_of_the_add_on_has_the_name_of_one_that_ucc_writes() -> None:
    ucc = {"inputs.conf", "restmap.conf", "web.conf", "server.conf", "ta_gen_connectors_account.conf"}
    ucc |= {"ta_gen_connectors_settings.conf"}
    assert {path.name for path in (ROOT / ADDON / "default").glob("*.conf")} & ucc == set()


def test_relative_links_of_the_documents_resolve() -> None:
    documents = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    broken = [
        f"{document.relative_to(ROOT)}: {link}"
        for document in documents
        for link in re.findall(r"\]\(([^)\s#]+)[^)]*\)", document.read_text(encoding="utf-8"))
        if "://" not in link and not link.startswith("mailto:") and not (document.parent / link).exists()
    ]
    assert broken == []


def test_each_test_that_is_said_to_hold_a_line_of_the_review_is_there() -> None:
    text = (ROOT / "docs" / "decisions" / "trust-review.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| (\d\.\d+) \| .* \| (.*) \|$", text, re.MULTILINE))
    lines = [
        f"{section}.{line}"
        for section, last in ((1, 12), (2, 12), (3, 8), (4, 6), (5, 5))
        for line in range(1, last + 1)
    ]
    assert list(rows) == lines
    for line, tests in rows.items():
        named = [each.split("::") for each in re.findall(r"`([^`]+)`", tests)]
        assert named, line
        for file, test in named:
            found = (ROOT / "tests" / file).read_text(encoding="utf-8")
            assert re.search(rf"^def {test}\(", found, re.MULTILINE), f"{line}: {file} has no {test}"
