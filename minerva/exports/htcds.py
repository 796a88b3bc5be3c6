"""HTCDS: leads as referrals, in the field names of the Human Trafficking Case Data Standard of UN Migration (IOM).

An entity becomes a case that is referred, and a person with contact data, or an organisation where its records describe
nothing else; a licence or company record an organisation.
Fields of the contexts victim and perpetrator, and trafficking events, are never filled: nothing here says that of
anybody. Names of tables and fields are those of the field reference at github.com/UNMigration/HTCDS; the ids that tie
rows together are our own, since the standard names none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import zip_longest

from minerva.exports.csv_files import write_tables
from minerva.exports.ids import entity_uuid, record_uuid
from minerva.exports.items import EntityItem, Item, RecordItem
from minerva.exports.markings import TLP
from minerva.exports.request import ExportRequest
from minerva.exports.tables import Put, Row
from minerva.exports.target import Package
from minerva.records.kinds import named_by

TABLES: dict[str, Row] = {
    "case": (
        "case_id", "cas_ReferringOrganisation", "cas_ReferredOrganisation", "cas_OutgoingReferralDate",
        "cas_OutgoingReferralDetails",
    ),
    "person": ("case_id", "person_id", "prs_FirstName", "prs_Email", "prs_MobilePhone", "prs_MailingCity"),
    "organisation": (
        "organisation_id", "org_Name", "org_ShippingStreet", "org_ShippingCity", "org_ShippingState",
        "org_ShippingPostalCode", "org_ShippingCountry", "org_Phone",
    ),
}  # fmt: skip
_UNTOLD = named_by("either") - {"license"}
"""Kinds whose name may be a person's or an organisation's: it goes into neither table."""
_ORGANISATIONS = named_by("organization", "place") | {"license"}
_PARTS = ("address", "city", "region", "postcode")


def write(request: ExportRequest, items: Iterable[Item], package: Package, left_out: Counter[str]) -> None:
    """Writes `case.csv`, `person.csv` and `organisation.csv`.

    Left out and counted: identifiers without a field (`identifier.<kind>`), records that describe no organisation
    (`records_without_organisation`), phones of an organisation beyond its first (`more_phones`), names of an entity
    that may be those of an organisation (`names_of_unknown_kind`).
    """
    organisations: dict[str, str] = {}

    def put_item(item: Item, put: Put) -> None:
        if isinstance(item, EntityItem):
            made = _case(item, request, organisations, left_out)
        else:
            made = _organisation(item, left_out)
            told = item.texts.get("name", "") if item.record_type in _ORGANISATIONS | _UNTOLD else ""
            organisations[item.record_id] = told
            if told and item.record_type in _UNTOLD:
                left_out["names_of_unknown_kind"] += 1
        for table, row in made:
            put(table, row)

    write_tables(TABLES, put_item, items, package, left_out)


def _case(
    item: EntityItem, request: ExportRequest, organisations: Mapping[str, str], left_out: Counter[str]
) -> Iterator[tuple[str, Row]]:
    """A case, and whom it is about: people, or an organisation where no record is of anything else.

    `organisations`: record id -> the name of the organisation that the record describes, "" if it describes none.
    """
    case = entity_uuid(item.tenant_id, item.entity_id)
    details = [item.explanation, f"TLP:{TLP[item.level]}", *request.handling, f"export {request.export_id}"]
    if request.case_number:
        details.insert(1, f"case {request.case_number}")
    referring = request.tenant_label or request.tenant_id
    yield "case", (case, referring, request.meant_for, request.time[:10], "\n".join(filter(None, details)))
    held = _by_kind(item.identifiers, ("phone", "email"), left_out)
    if item.record_types and _ORGANISATIONS.issuperset(item.record_types):
        left_out += Counter({"more_phones": len(held["phone"][1:]), "identifier.email": len(held["email"])})
        city, phone = "".join(item.cities[:1]), "".join(held["phone"][:1])
        for name in item.names or ("",):
            yield "organisation", (case, name, "", city, "", "", "", phone)
        return
    columns = (_people(item, organisations, left_out), held["email"], held["phone"], item.cities)
    for name, email, phone, city in zip_longest(*columns, fillvalue=""):
        yield "person", (case, case, name, email, phone, city)


def _people(item: EntityItem, organisations: Mapping[str, str], left_out: Counter[str]) -> list[str]:
    """The entity's names without those of organisations; none if nothing tells which is which."""
    if not (_ORGANISATIONS | _UNTOLD).isdisjoint(item.record_types) and not organisations.keys() >= set(item.records):
        left_out += Counter({"names_of_unknown_kind": len(item.names)})
        return []
    named = {organisations.get(record_id, "") for record_id in item.records}
    return [name for name in item.names if name not in named]


def _organisation(item: RecordItem, left_out: Counter[str]) -> Iterator[tuple[str, Row]]:
    texts = item.texts
    if item.record_type not in _ORGANISATIONS or "name" not in texts:
        left_out["records_without_organisation"] += 1
        return
    phones = _by_kind(item.identifiers, ("phone",), left_out)["phone"]
    if phones[1:]:
        left_out["more_phones"] += len(phones) - 1
    country = texts.get("country", "")
    place = (texts.get(part, "") for part in _PARTS)
    key = record_uuid(item.tenant_id, item.record_id)
    yield (
        "organisation",
        (key, texts["name"], *place, country if len(country) == 2 else "", phones[0] if phones else ""),
    )


def _by_kind(identifiers: Iterable[str], kinds: Iterable[str], left_out: Counter[str]) -> dict[str, list[str]]:
    """Kind -> values; phones without the plus sign, which the standard leaves free and spreadsheets do not."""
    found: dict[str, list[str]] = {kind: [] for kind in kinds}
    for identifier in identifiers:
        kind, _, value = identifier.partition(":")
        if kind in found:
            found[kind].append(value.lstrip("+") if kind == "phone" else value)
        else:
            left_out[f"identifier.{kind}"] += 1
    return found
