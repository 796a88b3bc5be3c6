"""Whoever may `collect` into an institution's index can bring nothing into linking, and take nothing out of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from demo.run import ANALYSTS, SERVICE, Run, watch
from tests.integration.installation import NORTHFIELD, RIVERBANK, Browser, documents, installed
from tests.integration.test_keep_current import ANEW, KEEP, saved
from tests.integration.test_schedule_alert import plant
from tests.understudy.staging import Clock
from understudy.conf import SYSTEM

pytestmark = pytest.mark.full

FIRST, SECOND = "415-555-0123", "415-555-0145"
ANALYST = ANALYSTS[NORTHFIELD.id]
HEC = f"collect index={NORTHFIELD.index} sourcetype=minerva:ad source=classified_ads output_format=hec"
WATCH = "Minerva - watch list"
RAW = f"collect index={NORTHFIELD.index} sourcetype=minerva:ad source=classified_ads"
OTHER_PHONE = '"phone:+14155550145"'
STARTED = 1_795_500_000.0
FORGED = (
    f'| makeresults | eval minerva_record_id="{"b" * 32}", minerva_identifier="phone:+14155550123", '
    f'minerva_record_type="ad", minerva_tenant_id="northfield", minerva_name="Forged"'
)


@pytest.fixture(scope="module")
def clock() -> Clock:
    return Clock(STARTED)


@pytest.fixture(scope="module")
def run(apps: list[Path], tmp_path_factory: pytest.TempPathFactory, clock: Clock) -> Iterator[Run]:
    """An analyst of northfield may collect, and two records of one phone are linked."""
    with installed(tmp_path_factory.mktemp("forged"), apps, clock=clock) as made:
        made.stage.conf.write("authorize", f"role_{NORTHFIELD.analyst_role}", {"run_collect": "enabled"}, SYSTEM)
        for number in (1, 2):
            plant(made, NORTHFIELD, number, f"Call {FIRST}")
        saved(made, ANEW)
        yield made


def forge(run: Run, clock: Clock, spl: str) -> None:
    """Writes events as an analyst who may collect does, some seconds after what stands there."""
    clock.now += 5
    assert list(run.stage.search(spl, ANALYST, app="search").rows)
    clock.now += 5


def entities(run: Run) -> list[dict[str, object]]:
    return [json.loads(text) for text in documents(run, NORTHFIELD.id, "minerva_entities").values()]


@pytest.mark.parametrize("name", [KEEP, ANEW], ids=["what is new", "everything"])
def test_an_event_that_nobody_signed_is_not_linked(run: Run, clock: Clock, name: str) -> None:
    before = entities(run)
    assert [each["size"] for each in before] == [2]
    forge(run, clock, f"{FORGED} | {HEC}")
    forge(run, clock, f'{FORGED} | eval minerva_signature="1.{"0" * 32}.1764000000" | {HEC}')
    saved(run, name)
    assert entities(run) == before


ALTERED = {
    "another phone": f"eval minerva_identifier={OTHER_PHONE} | {HEC}",
    "one phone more": f"eval minerva_identifier=mvappend(minerva_identifier, {OTHER_PHONE}) | {HEC}",
    "a name": f'eval minerva_name="Somebody Else" | {HEC}',
    "another time": f'eval minerva_name="Somebody Else", _time=_time-86400 | {HEC}',
    "another time in the signature": r'eval minerva_signature=replace(minerva_signature, "\d+$", "1") | ' + HEC,
    "another source": HEC.replace("source=classified_ads", "source=elsewhere"),
    "text with another phone around the signature": r'eval _raw=replace(_raw, "0123\"", "0145\"") | ' + RAW,
}


def test_a_twin_with_the_records_id_and_signature_neither_changes_nor_hides_it(run: Run, clock: Clock) -> None:
    before = entities(run)
    (entity,) = before
    copy = f"search index={NORTHFIELD.index} record_id={entity['records'][0]} host=minerva"  # type: ignore[index]
    for forging in ALTERED.values():
        forge(run, clock, f"{copy} | table _time _raw minerva_* source | {forging}")
    saved(run, KEEP)
    assert entities(run) == before
    saved(run, ANEW)
    assert entities(run) == before


def test_a_record_of_another_institution_is_not_linked_where_it_is_copied(run: Run) -> None:
    before = entities(run)
    plant(run, RIVERBANK, 1, f"Call {SECOND}")
    (event,) = (str(row["_raw"]) for row in run.ask(f"search index={RIVERBANK.index} | table _raw"))
    query = f"index={NORTHFIELD.index}&sourcetype=minerva:ad&source=classified_ads&host=minerva"
    with Browser(run, "admin") as browser:
        assert browser.send(f"/services/receivers/simple?{query}", event) == 200
    saved(run, ANEW)
    assert entities(run) == before


def test_the_macro_links_what_is_signed_and_rows_by_hand_are_linked_without_storing(run: Run, clock: Clock) -> None:
    before = entities(run)
    forge(run, clock, f"{FORGED} | {HEC}")
    found = run.ask(f"`minerva_link({NORTHFIELD.id}, {NORTHFIELD.index})`", SERVICE)
    assert [row["records"] for row in found] == [entity["records"] for entity in before]
    rows = run.ask('| makeresults | eval record_id="x", name="By hand" | minervalink tenant=northfield', SERVICE)
    assert [row["records"] for row in rows] == ["x"]


def test_only_who_takes_records_in_gets_signatures_and_only_readers_may_ask_about_one(run: Run) -> None:
    body = {"tenant_id": NORTHFIELD.id, "index": NORTHFIELD.index, "digests": ["0" * 64]}
    (mark,) = run.call_handler(SERVICE, "intake_sign", body)["marks"]
    asked = {"tenant_id": NORTHFIELD.id, "signed": [["0" * 64, mark], ["1" * 64, mark], ["0" * 64, "1.x"]]}
    assert run.call_handler(ANALYST, "records_check", asked) == {"untrusted": [1, 2]}
    assert run.call_handler(SERVICE, "records_check", {**asked, "tenant_id": RIVERBANK.id}) == {"untrusted": [0, 1, 2]}
    refused = ((ANALYST, "intake_sign", body), (ANALYSTS[RIVERBANK.id], "records_check", asked))
    for user, operation, given in refused:
        with pytest.raises(RuntimeError, match="404"):
            run.call_handler(user, operation, given)


def test_a_twin_of_the_same_second_neither_changes_nor_hides_the_genuine_record(run: Run, clock: Clock) -> None:
    before = entities(run)
    clock.now += 5
    planted = plant(run, NORTHFIELD, 3, f"Call {FIRST} now")
    copy = f"search index={NORTHFIELD.index} record_id={planted} host=minerva | table _time _raw minerva_* source"
    more = f"eval minerva_identifier=mvappend(minerva_identifier, {OTHER_PHONE})"
    for forging in (f'eval minerva_name="Somebody Else", {more[5:]} | {HEC}', f"{more} | {HEC}"):
        assert list(run.stage.search(f"{copy} | {forging}", ANALYST, app="search").rows)
    rows = run.ask(f"| tstats count where index={NORTHFIELD.index} minerva_record_id={planted} by _indextime")
    assert [str(row["count"]) for row in rows] == ["3"]
    clock.now += 5
    for name in (KEEP, ANEW):
        saved(run, name)
        (entity,) = entities(run)
        assert entity["records"] == sorted([*before[0]["records"], planted])  # type: ignore[misc]
        assert entity["identifiers"] == before[0]["identifiers"]
        assert entity["names"] == before[0]["names"]
    summary = run.ask('| minervaexpand output=summary | where measure="untrusted"', ANALYST)
    assert int(str(summary[0]["count"])) > 0


def test_a_twin_with_the_same_indexed_fields_and_another_text_is_read_by_nothing(run: Run, clock: Clock) -> None:
    """Records in `_raw`: the trust of events, risk, movement, and the fields of what is signed."""
    clock.now += 5
    planted = plant(run, NORTHFIELD, 4, f"Call {SECOND} today", attributes={"price": "100"})
    records = f"`minerva_records` record_id={planted}"
    copy = f"search index={NORTHFIELD.index} record_id={planted} host=minerva | table _time _raw minerva_* source"
    forge(run, clock, f'{copy} | eval _raw=replace(_raw, "today", "never") | {HEC}')
    forge(run, clock, f'{copy} | table _time _raw source | eval price="1", text="of nobody" | {HEC}')
    told = run.ask(f"{records} | minervatrust | table text price trust", ANALYST)
    genuine = {(str(row["text"]), str(row["price"])) for row in told if row["trust"] == "signed by Minerva"}
    assert genuine == {(f"Call {SECOND} today", "100")}
    assert [row["trust"] for row in told].count("untrusted: not stored by Minerva") == 1
    signed_alone = run.ask(f"{records} | `minerva_signed` | table _raw", ANALYST)
    assert ["never" in str(row["_raw"]) for row in signed_alone] == [False, False]
    shown = run.ask(f'{records} | eval x=if(like(_raw, "%never%"), 1, 0) | where x=1 | minervarisk', ANALYST)
    assert shown == []


def test_an_identifier_that_is_watched_is_counted_in_signed_records_alone(run: Run, clock: Clock) -> None:
    phone = "phone:+14155550177"
    watch(run, NORTHFIELD, phone)
    forge(run, clock, f'{FORGED} | eval minerva_identifier="{phone}" | {HEC}')
    assert saved(run, WATCH) == []
    plant(run, NORTHFIELD, 5, "Call 415-555-0177")
    clock.now += 5
    assert [(row["identifier"], str(row["records"])) for row in saved(run, WATCH)] == [(phone, "1")]


def test_people_who_look_at_events_are_told_which_are_untrusted(run: Run, clock: Clock) -> None:
    (entity,) = entities(run)
    forge(run, clock, f"{FORGED} | {HEC}")
    spl = "`minerva_records` record_type=ad name=* OR text=* | minervatrust | table record_id trust name"
    # A forged event may bear its fields twice: from what was sent with it, and from its text.
    told = [(row["record_id"], str(row["trust"])) for row in run.ask(spl, ANALYST)]
    found = {(str(each[0] if isinstance(each, list) else each), trust) for each, trust in told}
    assert {(record, "signed by Minerva") for record in entity["records"]} <= found  # type: ignore[attr-defined]
    assert ("b" * 32, "untrusted: not stored by Minerva") in found
    assert {trust for record, trust in found if record == "b" * 32} == {"untrusted: not stored by Minerva"}
