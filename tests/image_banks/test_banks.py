"""Banks of image hashes: who reads and changes them, lists of bodies, search by each bank's thresholds, what people say
of matches, the files of a search head, and what leaves with an erasure or by age."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from assembly.paths import ROOT
from leaks.model import Ask, Institution, Target
from leaks.planting import _bank
from leaks.surfaces import image_banks
from minerva import services
from minerva.image_banks import files
from minerva.images.distance import LIKELY, POSSIBLE, SAME
from minerva.policy import Subject
from tests.sharing.desk import DAY, SERVICE, STATED, Desk, who

NORA, RUTH = who("north"), who("river")
ONE, OTHER = int("6" * 64, 16), int("1c" * 32, 16)
MD5, SHA256 = "ab" * 16, "cd" * 32


def near(value: int, bits: int) -> str:
    """A hash that differs in so many bits, spread over all of it."""
    return f"{value ^ sum(1 << (place * 3) for place in range(bits)):064x}"


def opened(desk: Desk, subject: Subject = NORA, /, name: str = "Lost pictures", **more: Any) -> str:
    return str(desk.got(subject, "image_banks", op="open", name=name, **more)["opened"])


def filled(desk: Desk, *hashes: str, **more: Any) -> str:
    bank_id = opened(desk, **more)
    desk.got(NORA, "image_hashes", op="add", bank_id=bank_id, list="\n".join(hashes))
    return bank_id


def found(desk: Desk, *hashes: str, **more: Any) -> list[dict[str, Any]]:
    matches: list[dict[str, Any]] = desk.got(NORA, "image_search", hashes=list(hashes), **more)["matches"]
    return matches


@pytest.fixture(params=["in memory", "in files"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Desk:
    """A desk whose search head has a folder, and one that has none."""
    made = Desk()
    if request.param == "in files":
        made.folder = tmp_path / "images"
    return made


def test_each_bank_says_what_a_distance_means_by_its_own_thresholds(desk: Desk) -> None:
    filled(desk, near(ONE, 10), near(ONE, 40), near(ONE, 60), near(ONE, 80))
    strict = filled(desk, near(ONE, 10), near(ONE, 40), name="Strict", same=5, likely=12, possible=20)
    matches = found(desk, f"{ONE:064x}")
    assert [(each["bank"], each["distance"], each["tier"]) for each in matches] == [
        ("Lost pictures", 10, SAME), ("Strict", 10, LIKELY), ("Lost pictures", 40, LIKELY),
        ("Lost pictures", 60, POSSIBLE),
    ]  # fmt: skip
    desk.got(NORA, "image_banks", op="change", bank_id=strict, same=10)
    assert [each["tier"] for each in found(desk, f"{ONE:064x}", bank="Strict")] == [SAME]


def test_what_is_added_and_removed_is_seen_at_once(desk: Desk) -> None:
    bank_id = filled(desk, f"{OTHER:064x}")
    assert found(desk, f"{ONE:064x}") == []
    answer = desk.got(NORA, "image_hashes", op="add", bank_id=bank_id, list=f"{ONE:064x},seen in May\n{OTHER:064x}")
    assert (answer["added"], answer["held"], answer["bank"]["hashes"]) == (1, 1, 2)
    (match,) = found(desk, f"{ONE:064x}")
    assert (match["label"], match["distance"]) == ("seen in May", 0)
    removed = desk.got(NORA, "image_hashes", op="remove", bank_id=bank_id, entry_ids=[match["entry_id"], "h_none"])
    assert (removed["removed"], removed["bank"]["hashes"]) == (1, 1)
    assert found(desk, f"{ONE:064x}") == []
    assert len(desk.got(NORA, "image_hashes", bank_id=bank_id)["hashes"]) == 1


def test_an_equal_file_is_found_by_its_digest_and_a_plain_picture_by_nothing_else(desk: Desk) -> None:
    listed = json.dumps([{"pdq": f"{ONE:064x}", "md5": MD5, "sha256": SHA256, "quality": 80}])
    bank_id = opened(desk)
    desk.got(NORA, "image_hashes", op="add", bank_id=bank_id, list=listed)
    (match,) = found(desk, f"{ONE:064x}", md5=MD5, sha256=SHA256)
    assert (match["exact"], match["distance"], match["tier"]) == ("md5", 0, SAME)
    answer = desk.got(NORA, "image_search", hashes=[f"{ONE:064x}"], quality=12)
    assert (answer["matches"], "plain" in answer["note"]) == ([], True)
    assert len(found(desk, f"{ONE:064x}", quality=12, sha256=SHA256)) == 1


def test_a_known_false_positive_as_near_raises_doubt(desk: Desk) -> None:
    filled(desk, near(ONE, 20))
    filled(desk, near(ONE, 12), name="Logos", what="false_positive")
    assert [(each["bank"], each["is_doubted"]) for each in found(desk, f"{ONE:064x}")] == [
        ("Logos", False), ("Lost pictures", True),
    ]  # fmt: skip
    assert [each["is_doubted"] for each in found(desk, near(ONE, 18))] == [False, False]


def test_own_records_with_the_picture_lead_to_their_entities(desk: Desk) -> None:
    image = f"image:{near(ONE, 7)}"
    desk.entity("north", "e_00000000000000aa", identifiers=[image, "phone:+14155550123"])
    member = {"member": image, "entity_id": "e_00000000000000aa", "kind": "identifier"}
    desk.got(SERVICE, "save", tenant_id="north", members=[member])
    (record,) = desk.got(NORA, "image_search", hashes=[f"{ONE:064x}"])["records"]
    assert (record["distance"], record["tier"]) == (7, SAME)
    assert [each["entity_id"] for each in record["entities"]] == ["e_00000000000000aa"]
    assert desk.got(RUTH, "image_search", hashes=[f"{ONE:064x}"])["records"] == []
    later = {"member": f"image:{near(ONE, 3)}", "entity_id": "e_00000000000000aa", "kind": "identifier"}
    desk.got(SERVICE, "save", tenant_id="north", members=[later], removed={"members": [image]})
    (record,) = desk.got(NORA, "image_search", hashes=[f"{ONE:064x}"])["records"]
    assert record["distance"] == 3


def test_pictures_of_records_wait_for_review_until_somebody_says_what_they_are(desk: Desk) -> None:
    image = f"image:{near(ONE, 7)}"
    desk.entity("north", "e_00000000000000aa", identifiers=[image])
    member = {"member": image, "entity_id": "e_00000000000000aa", "kind": "identifier"}
    desk.got(SERVICE, "save", tenant_id="north", members=[member])
    assert [desk.got(NORA, "image_review")[key] for key in ("pictures", "banks")] == [1, 0]
    bank_id = filled(desk, f"{ONE:064x}", near(ONE, 30))
    assert desk.got(NORA, "image_review")["banks"] == 1
    waiting = desk.got(NORA, "image_review")["matches"]
    assert [(each["distance"], each["entities"][0]["entity_id"]) for each in waiting] == [
        (7, "e_00000000000000aa"), (23, "e_00000000000000aa"),
    ]  # fmt: skip
    said = {"bank_id": bank_id, "entry_id": waiting[0]["entry_id"], "pdq": waiting[0]["image"]}
    answer = desk.got(NORA, "image_feedback", op="set", verdict="true", note="the same sofa", **said)
    assert answer["precision"][SAME] == {"true": 1, "false": 0, "seen": 0}
    assert [each["distance"] for each in desk.got(NORA, "image_review")["matches"]] == [23]
    assert len(desk.got(NORA, "image_review", reviewed=True)["matches"]) == 2
    desk.got(NORA, "image_feedback", op="set", verdict="false", **said)
    desk.got(who("north", user="otto"), "image_feedback", op="set", verdict="seen", **said)
    (listed,) = desk.got(NORA, "image_feedback")["banks"]
    assert listed["precision"][SAME] == {"true": 0, "false": 1, "seen": 1}
    history = [row["history"] for row in desk.rows("image_banks").values() if row.get("by") == NORA.user]
    assert [step["verdict"] for step in history[0]] == ["true"]


def test_many_hashes_are_matched_against_one_bank_by_its_name(desk: Desk) -> None:
    filled(desk, f"{ONE:064x}", near(ONE, 9), f"{OTHER:064x}")
    asked = [near(ONE, 8), near(OTHER, 45), "0" * 64]
    answer = desk.got(NORA, "image_match", bank="Lost pictures", hashes=asked)
    assert [(each["query"], each["distance"], each["tier"]) for each in answer["found"]] == [
        (asked[0], 1, SAME), (asked[1], 45, LIKELY),
    ]  # fmt: skip
    nearer = desk.got(NORA, "image_match", bank="Lost pictures", hashes=asked, radius=5)["found"]
    assert [each["distance"] for each in nearer] == [1]


OUTSIDE = [
    pytest.param(who("river"), id="an analyst of another institution"),
    pytest.param(who("north", "admin"), id="the own institution's administrator"),
    pytest.param(SERVICE, id="the service"),
    pytest.param(Subject("stranger", frozenset(), frozenset(["minerva_query"])), id="a stranger"),
]


@pytest.mark.parametrize("other", OUTSIDE)
def test_nobody_else_reads_searches_or_changes_a_bank(desk: Desk, other: Subject) -> None:
    bank_id = filled(desk, f"{ONE:064x}")
    entry_id = found(desk, f"{ONE:064x}")[0]["entry_id"]
    held, before = {"bank_id": bank_id}, json.dumps(desk.rows("image_banks"))
    for operation, body in (
        ("image_banks", {"op": "change", "name": "mine", **held}), ("image_banks", {"op": "remove", **held}),
        ("image_hashes", held), ("image_hashes", {"op": "add", "list": f"{OTHER:064x}", **held}),
        ("image_hashes", {"op": "remove", "entry_ids": [entry_id], **held}),
        ("image_search", {"hashes": [f"{ONE:064x}"], **held}), ("image_match", {"hashes": [f"{ONE:064x}"], **held}),
        ("image_match", {"hashes": [f"{ONE:064x}"], "bank": "Lost pictures"}), ("image_feedback", held),
        ("image_feedback", {"op": "set", "verdict": "true", "entry_id": entry_id, **held}),
    ):  # fmt: skip
        for more in ({}, {"tenant_id": "north"}):
            assert desk.ask(other, operation, **body, **more, **STATED)[0] == 404, operation
    for operation, key in (("image_banks", "banks"), ("image_review", "matches"), ("image_feedback", "banks")):
        status, answer = desk.ask(other, operation, **STATED)
        assert status == 404 or answer[key] == []
    status, answer = desk.ask(other, "image_search", hashes=[f"{ONE:064x}"], **STATED)
    assert status == 404 or (answer["matches"], answer["searched"]) == ([], [])
    assert json.dumps(desk.rows("image_banks")) == before


def test_a_bank_that_names_nobody_is_listed_for_administrators_too(desk: Desk) -> None:
    opened(desk, field_class="infrastructure", level="L5")
    assert [each["level"] for each in desk.got(who("north", "admin"), "image_banks")["banks"]] == ["L5"]
    assert desk.ask(who("north", "admin"), "image_banks", op="open", name="x")[0] == 404


NCMEC = json.dumps({"entries": [
    {"id": "1001", "entry_type": "image", "classification": "A1", "deleted": False,
     "fingerprints": {"MD5": MD5, "PDQ": near(ONE, 1), "PDNA": "9" * 40}},
    {"id": "1002", "entry_type": "video", "fingerprints": {"MD5": MD5}},
    {"id": "1003", "entry_type": "image", "fingerprints": {"PDNA": "9" * 40}},
]})  # fmt: skip
STOPNCII = json.dumps({"count": 3, "hashRecords": [
    {"signalType": "ImagePDQ", "hashValue": near(ONE, 2), "hashStatus": "Active", "lastModtimestamp": 1},
    {"signalType": "VideoMD5", "hashValue": MD5, "hashStatus": "Active", "caseNumbers": {}},
    {"signalType": "ImagePDQ", "hashValue": "12", "hashStatus": "Active", "caseNumbers": {}},
]})  # fmt: skip
EXCHANGE = json.dumps({"data": [
    {"id": "7", "type": "HASH_PDQ", "indicator": {"indicator": near(ONE, 3)}, "status": "MALICIOUS"},
    {"id": "8", "type": "HASH_MD5", "raw_indicator": MD5}, {"id": "9", "type": "URI", "indicator": "x.example"},
]})  # fmt: skip


@pytest.mark.parametrize(
    ("text", "added", "refused", "ref"),
    [
        pytest.param(NCMEC, 1, [(2, "video"), (3, "no hash")], "1001", id="NCMEC"),
        pytest.param(STOPNCII, 1, [(2, "video"), (3, "64 hexadecimal")], "", id="StopNCII"),
        pytest.param(EXCHANGE, 2, [(3, "no hash that is compared (uri)")], "7", id="ThreatExchange"),
        pytest.param(f"id,signal_type,hash_value,hash_status\n5,ImagePDQ,{near(ONE, 4)},Active\n6,ImagePDQ,zz,Active",
                     1, [(2, "64 hexadecimal")], "5", id="CSV"),
        pytest.param(f"PDQ;MD5;Quality;Class\n{near(ONE, 4)};{MD5};90;B2\n{near(ONE, 5)};;20;B2\n", 1,
                     [(2, "matches by chance")], "", id="CSV of own columns"),
        pytest.param(f"{near(ONE, 4)}\nsha256:{SHA256}\nnot a hash\n{near(ONE, 5)},chair\n", 3,
                     [(3, "expected a hash")], "", id="one a line"),
        pytest.param(f"{'0' * 64}\n{'f' * 64}\n{3:064x}\n{near(ONE, 6)}", 1,
                     [(1, "a plain picture"), (2, "a plain picture"), (3, "a plain picture")], "", id="plain pictures"),
        pytest.param("[1, null]", 0, [(1, "an object"), (2, "an object")], "", id="no objects"),
    ],
)  # fmt: skip
def test_lists_of_bodies_are_read_and_bad_rows_are_named_and_counted(
    text: str, added: int, refused: list[tuple[int, str]], ref: str
) -> None:
    desk = Desk()
    bank_id = opened(desk)
    answer = desk.got(NORA, "image_hashes", op="add", bank_id=bank_id, list=text)
    assert (answer["added"], answer["refused"]) == (added, len(refused))
    assert [each["row"] for each in answer["rows"]] == [row for row, _ in refused]
    assert all(words in each["why"] for each, (_, words) in zip(answer["rows"], refused, strict=True))
    assert not any(digits in json.dumps(answer["rows"]) for digits in (MD5, "9" * 40))
    if ref:
        assert ref in {each.get("ref") for each in desk.got(NORA, "image_hashes", bank_id=bank_id)["hashes"]}
    assert desk.got(NORA, "image_hashes", op="add", bank_id=bank_id, list=text)["added"] == 0


def test_what_a_body_withdraws_leaves_the_bank() -> None:
    desk = Desk()
    bank_id = opened(desk)
    desk.got(NORA, "image_hashes", op="add", bank_id=bank_id, list=STOPNCII)
    gone = STOPNCII.replace('"Active"', '"Withdrawn"')
    answer = desk.got(NORA, "image_hashes", op="add", bank_id=bank_id, list=gone)
    assert (answer["withdrawn"], answer["bank"]["hashes"]) == (1, 0)


WRONG: list[tuple[str, dict[str, Any]]] = [
    ("image_banks", {"op": "burn"}), ("image_banks", {"op": "open"}), ("image_banks", {"op": "open", "name": " "}),
    *(("image_banks", {"op": "open", "name": "x", **more}) for more in
      ({"what": "y"}, {"level": "L2"}, {"level": "7"}, {"same": 71}, {"field_class": "all"})),
    ("image_banks", {"op": "open", "name": "x", "same": 60, "likely": 50}),
    ("image_banks", {"op": "change", "bank_id": "$"}),
    ("image_hashes", {"bank_id": "$", "op": "add"}), ("image_hashes", {"bank_id": "$", "op": "add", "list": "{"}),
    ("image_hashes", {"bank_id": "$", "op": "add", "list": "x" * 16_000_001}),
    ("image_hashes", {"bank_id": "$", "op": "remove", "entry_ids": "all"}), ("image_search", {}),
    ("image_search", {"hashes": ["xyz"]}), ("image_search", {"md5": "1"}),
    ("image_search", {"hashes": ["0" * 64] * 201}),
    ("image_feedback", {"bank_id": "$", "op": "set", "entry_id": "h", "verdict": "maybe"}),
]  # fmt: skip


@pytest.mark.parametrize(("operation", "body"), WRONG)
def test_wrong_requests_are_refused_with_the_key_that_is_wrong(operation: str, body: dict[str, Any]) -> None:
    desk = Desk()
    bank_id = opened(desk)
    filled_in = {key: bank_id if value == "$" else value for key, value in body.items()}
    status, answer = desk.ask(NORA, operation, **filled_in)
    assert (status, ":" in answer["error"] or "expected" in answer["error"]) == (400, True)


def test_a_program_learns_no_name_of_a_bank_that_it_does_not_read() -> None:
    desk = Desk()
    desk.got(NORA, "image_banks", op="open", name="Victims of case 17", field_class="victim_identity")
    program = who("north", "partner")
    body = {"op": "open", "name": "Victims of case 17", "field_class": "infrastructure"}
    assert desk.ask(program, "image_banks", **body)[0] == 200
    assert desk.ask(program, "image_banks", **body)[0] == 409


def test_two_banks_have_two_names() -> None:
    desk = Desk()
    opened(desk)
    assert desk.ask(NORA, "image_banks", op="open", name="lost pictures")[0] == 409
    opened(desk, RUTH)


def test_the_audit_counts_and_holds_no_hash() -> None:
    desk = Desk()
    filled(desk, f"{ONE:064x}", f"{OTHER:064x}", near(ONE, 2))
    found(desk, f"{ONE:064x}", md5=MD5)
    entries = [json.loads(row["entry"]) for row in desk.rows("audit").values() if row["kind"] == "entry"]
    counts = [(each["operation"], each["rows"]) for each in entries if each["chain"] == "north"]
    assert counts == [("image_banks", 1), ("image_hashes", 3), ("image_search", 3)]
    text = json.dumps(entries)
    assert not any(each in text for each in (f"{ONE:064x}", MD5, "Lost pictures"))


def test_files_follow_the_collection_and_go_with_what_they_are_made_of(tmp_path: Path) -> None:
    desk, second = Desk(), tmp_path / "second"
    desk.folder = first = tmp_path / "first"
    bank_id = filled(desk, f"{ONE:064x}", near(ONE, 5))
    assert len(found(desk, f"{ONE:064x}")) == 2
    desk.folder = second  # another search head
    assert len(found(desk, f"{ONE:064x}")) == 2
    gallery = first / "schools" / "north"  # what others keep beside it
    gallery.mkdir(parents=True, mode=0o700)
    gallery.parent.chmod(0o700)
    (first / "schools" / "notes.txt").write_text("kept", encoding="ascii")
    (match, _) = found(desk, f"{ONE:064x}")
    desk.got(NORA, "image_hashes", op="remove", bank_id=bank_id, entry_ids=[match["entry_id"]])
    desk.folder = first
    assert len(found(desk, f"{ONE:064x}")) == 1
    held = b"".join(path.read_bytes() for path in first.rglob("*") if path.is_file())
    assert ONE.to_bytes(32, "big") not in held
    assert not any(part in held for part in (f"{ONE:064x}".encode(),))
    files._OPEN.clear()  # as a new process
    assert len(found(desk, f"{ONE:064x}")) == 1
    desk.got(NORA, "image_banks", op="remove", bank_id=bank_id)
    assert found(desk, f"{ONE:064x}") == []
    assert [path.name for path in first.rglob("b_*")] == []
    assert gallery.is_dir()
    assert (gallery.parent / "notes.txt").exists()
    assert {path.stat().st_mode & 0o777 for path in first.rglob("*") if path.is_dir()} == {0o700}


BUILD_WITHOUT_END = """
import sys, time
from pathlib import Path
from types import SimpleNamespace
from minerva.image_banks import files
def rows(since):
    for number in range(10**9):
        yield number, f"e{number}"
        if number == 1000:
            print("begun", flush=True)
            time.sleep(600)
files.opened(SimpleNamespace(folder=Path(sys.argv[1])), files.Source("north", sys.argv[2], 1, 1, rows))
"""


def test_a_search_head_that_was_killed_while_it_built_a_file_builds_it_anew(tmp_path: Path) -> None:
    desk = Desk()
    desk.folder = tmp_path
    bank_id = filled(desk, f"{ONE:064x}", near(ONE, 5))
    command = [sys.executable, "-c", BUILD_WITHOUT_END, str(tmp_path), bank_id]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"begun\n"
        child.kill()
    assert [each["distance"] for each in found(desk, f"{ONE:064x}")] == [0, 5]


def test_an_erasure_takes_hashes_of_own_pictures_and_what_names_the_erased(desk: Desk) -> None:
    image = near(ONE, 1)
    desk.entity("north", "e_00000000000000aa", identifiers=[f"image:{image}", "phone:+14155550123"])
    own = filled(desk, image, f"{OTHER:064x}", name="Own", what="own", note="as told by Jen Example")
    known = filled(desk, image, f"{near(OTHER, 3)},of Jen Example", name="Known")
    for bank_id, digits in ((own, image), (known, image)):
        entry = next(each for each in desk.got(NORA, "image_hashes", bank_id=bank_id)["hashes"] if each["pdq"] == image)
        said = {"bank_id": bank_id, "entry_id": entry["entry_id"], "pdq": digits, "verdict": "true"}
        desk.got(NORA, "image_feedback", op="set", **said)
    certificate = desk.got(who("north", "admin"), "erase", entity_id="e_00000000000000aa", why="asked for", **STATED)
    deleted = certificate["certificate"]["deleted"]
    assert (deleted["image_hashes"], deleted["image_banks"]) == (2, 2)
    left = {each["name"]: each for each in desk.got(NORA, "image_banks")["banks"]}
    assert (left["Own"]["hashes"], left["Known"]["hashes"]) == (1, 1)
    assert "Jen" not in json.dumps([desk.rows("image_banks"), desk.rows("image_hashes")])
    assert [each["bank"] for each in found(desk, image)] == ["Known"]


def test_a_bank_that_has_ended_is_not_searched_and_leaves_a_month_later() -> None:
    desk = Desk()
    filled(desk, f"{ONE:064x}", until=int(desk.now + DAY))
    assert len(found(desk, f"{ONE:064x}")) == 1
    desk.now += 2 * DAY
    assert found(desk, f"{ONE:064x}") == []
    assert len(desk.got(NORA, "image_banks")["banks"]) == 1
    assert desk.got(SERVICE, "purge")["purged"]["image_banks"] == 0
    desk.now += 31 * DAY
    assert desk.got(SERVICE, "purge")["purged"]["image_banks"] == 1
    assert (desk.rows("image_banks"), desk.rows("image_hashes")) == ({}, {})


def test_every_operation_is_asked_through_the_handler() -> None:
    assert {name for name in services.OPERATIONS if name.startswith("image_")} == {
        "image_banks", "image_hashes", "image_search", "image_match", "image_review", "image_feedback",
        "image_shares",
    }  # fmt: skip


class _Asked:
    """An analyst's connection of the leak check, over a desk."""

    def __init__(self, desk: Desk, subject: Subject) -> None:
        self.desk, self.subject = desk, subject

    def json(self, ask: Ask) -> dict[str, Any]:
        return self.desk.got(self.subject, ask.path.rpartition("/")[2], **ask.body)

    def text(self, ask: Ask) -> str:
        return json.dumps(self.desk.ask(self.subject, ask.path.rpartition("/")[2], **{**ask.body, **STATED}))


def test_the_leak_check_sees_its_planted_bank_as_the_owner_alone() -> None:
    desk, secret, image = Desk(), "5ec2e7" * 6, f"{ONE:064x}"
    bank_id = _bank(_Asked(desk, NORA), secret, image)  # type: ignore[arg-type]  # all that planting asks of it
    place = Institution("north", "t_north", "s_north", {})
    target = Target(place, secret, "email:a@canary.example", ("a", "b"), "e_1", "w", "1.2", "x", "c", bank_id, image)
    asks = image_banks(target)
    seen = {at for at, ask in enumerate(asks) if secret in _Asked(desk, NORA).text(ask)}
    silent = {ask.path.rpartition("/")[2] for at, ask in enumerate(asks) if at not in seen}
    assert silent == {"image_review", "image_feedback", "image_shares"}  # no record is near, the rest names nothing
    for other in (RUTH, who("north", "admin"), SERVICE, who("desk")):
        assert [ask.body for ask in asks if secret in _Asked(desk, other).text(ask)] == []
