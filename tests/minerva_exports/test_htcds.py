"""HTCDS: leads as referrals, in fields of the standard, and nothing said of anybody that nobody knows."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

from minerva.exports.htcds import TABLES
from minerva.linking.model import Entity, read_row
from tests.minerva_exports.sample import HOSTILE, entity, files, items, record

# Fields of the standard's public reference that a lead can have; keys are of our own.
STANDARD = {
    "org": {"Name", "ShippingCity", "ShippingCountry", "ShippingState", "ShippingStreet", "ShippingPostalCode",
            "Phone"},
    "prs": {"FirstName", "Email", "MobilePhone", "MailingCity"},
    "cas": {"ReferringOrganisation", "ReferredOrganisation", "OutgoingReferralDate", "OutgoingReferralDetails"},
}  # fmt: skip
OWN = {"case_id", "person_id", "organisation_id"}
PHONE = re.compile(r"\+?[1-9]\d{1,14}")
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")


def tables(given: list[dict[str, Any]] | None = None) -> dict[str, list[dict[str, str]]]:
    found = files("htcds", given)
    return {
        name.removesuffix(".csv"): list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
        for name, content in found.items()
        if name.endswith(".csv")
    }


def test_columns_are_fields_of_the_standard_or_keys() -> None:
    for columns in TABLES.values():
        for column in columns:
            prefix, _, name = column.partition("_")
            assert column in OWN or name in STANDARD[prefix]
    named = {column for columns in TABLES.values() for column in columns}
    assert not {column for column in named if column.startswith(("vic_", "per_", "hte_"))}


def test_an_entity_is_a_case_that_is_referred_and_a_person() -> None:
    found = tables()
    (case,) = found["case"]
    assert (case["cas_ReferringOrganisation"], case["cas_ReferredOrganisation"]) == ("Northfield Police", "harbor_ngo")
    assert case["cas_OutgoingReferralDate"] == "2026-11-20"
    for part in ("NF-2026-17", "TLP:", "H1", "H2"):
        assert part in case["cas_OutgoingReferralDetails"]
    assert {row["case_id"] for row in found["person"]} == {case["case_id"]}
    assert {row["prs_MobilePhone"] for row in found["person"]} - {""} == {"14155550123"}
    assert {row["prs_Email"] for row in found["person"]} - {""} == {"ann@venue.example"}
    assert found["person"][0]["prs_FirstName"] == "'@Ann"


def test_every_value_has_the_form_that_the_standard_asks_for() -> None:
    found = tables([*items()[:-1], {"record": shop().to_dict()}, items()[-1]])
    for row in [row for rows in found.values() for row in rows]:
        for column, value in row.items():
            if column in OWN:
                assert UUID.fullmatch(value)
            elif column.endswith("Phone") and value:
                assert PHONE.fullmatch(value)
            elif column.endswith("Country") and value:
                assert re.fullmatch("[A-Z]{2}", value)


def shop() -> Any:
    return record(
        "L-2", "company", name="Calm Ltd", address="2 Main St", city="Springfield", region="IL", postcode="62701",
        country="US", text="call 415 555 0188 or 415 555 0189",
    )  # fmt: skip


def test_a_company_is_an_organisation_and_an_advertisement_is_none() -> None:
    (found,) = tables([{"record": shop().to_dict()}])["organisation"]
    assert [found[f"org_{name}"] for name in ("Name", "ShippingStreet", "ShippingState", "ShippingPostalCode")] == [
        "Calm Ltd", "2 Main St", "IL", "62701",
    ]  # fmt: skip
    assert (found["org_ShippingCountry"], found["org_Phone"]) == ("US", "14155550188")
    manifest = json.loads(files("htcds")["manifest.json"])
    assert manifest["left_out"]["records_without_organisation"] == 3
    assert json.loads(files("htcds", [{"record": shop().to_dict()}])["manifest.json"])["left_out"]["more_phones"] == 1
    assert [row["org_Name"] for row in tables()["organisation"]] == ["Rose <Spa> & Co"]


def test_no_cell_is_a_formula() -> None:
    hostile = {**entity(), "names": [HOSTILE, "+1"], "cities": ["@x"], "explanation": "=1+1"}
    for rows in tables([{"entity": hostile}]).values():
        for row in rows:
            assert all(not value.startswith(("=", "+", "-", "@")) for value in row.values())


def case_of(*given: Any) -> dict[str, Any]:
    """An entity of records, as linking stores it."""
    rows = [
        read_row({"record_id": each.record_id, "identifier": each.identifiers, "name": each.name, "city": each.city,
                  "source_id": each.source_id, "record_type": each.record_type, "time": "1772366400"})
        for each in given
    ]  # fmt: skip
    return Entity("e_00000000000000aa", "northfield", tuple(rows), (), "one shop").to_document()


def test_a_company_is_never_the_first_name_of_a_person() -> None:
    for given in ([{"record": shop().to_dict()}, {"entity": case_of(shop())}], [{"entity": case_of(shop())}]):
        found = tables(given)
        assert found["person"] == []
        (case,) = found["case"]
        (row,) = (row for row in found["organisation"] if row["organisation_id"] == case["case_id"])
        told = (row["org_Name"], row["org_ShippingCity"], row["org_Phone"])
        assert told == ("Calm Ltd", "Springfield", "14155550188")


def test_of_a_mixed_entity_people_alone_are_people() -> None:
    ad = record("A-3", name="Ann", text="call 415 555 0188", city="Springfield")
    entity = {"entity": case_of(ad, shop())}
    told = tables([{"record": ad.to_dict()}, {"record": shop().to_dict()}, entity])
    assert {row["prs_FirstName"] for row in told["person"]} - {""} == {"Ann"}
    unsaid = files("htcds", [entity])
    assert b"Calm Ltd" not in unsaid["person.csv"]
    assert json.loads(unsaid["manifest.json"])["left_out"]["names_of_unknown_kind"] == 2
