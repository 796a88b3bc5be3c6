"""Numbers behind labels of ids are no phones: each label in every language of data/id_labels.json is a case."""

from __future__ import annotations

import pytest

from minerva.identifiers import extract, id_labels
from minerva.identifiers.tables import table

LABELS = (
    "Confirmation", "Claim", "Loan", "Parcel", "Voucher", "PIN", "Batch", "Ref", "Ref.", "Order", "Case", "Policy",
    "Booking", "Invoice", "Reservation", "Ticket", "Account", "Serial", "Tracking", "Receipt", "Membership", "Customer",
    "Docket", "Permit", "Licence", "Passport", "Shipment", "Consignment", "Waybill", "Warranty", "Coupon",
    "Certificate", "Complaint", "Incident", "Application", "Transaction", "Registration", "Student ID",
    "Patient ID", "Employee ID",
    "Access code", "Verification code", "Promo code", "Gift card", "Folio", "Barcode", "PNR", "RMA", "Quote", "Meter",
)  # fmt: skip
FORMS = ("{} {}", "{}: {}", "{} #{}", "{} no. {}", "{} number: {}", "Your {} is {}.")
SURE = ("Ref.", "Ref:", "Reference", "Confirmation", "Voucher:", "PIN", "Batch", "Invoice", "Claim no.", "Policy no.")
PHONES = (
    "My number is {}", "Call {}", "Ref. 12345, call {}", "To claim, call {}", "Need a loan? {}", "For booking call {}",
    "Booking: {}", "Orders and questions: {}", "Confirmation by text: {}", "Tel. no. {}", "Phone number: {}",
)  # fmt: skip
LANGUAGES = sorted({**table("id_labels")["ids"], **table("id_labels")["services"]})


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("label", LABELS)
def test_ten_digits_behind_a_label_are_no_phone(label: str, form: str) -> None:
    assert extract(form.format(label, "4155550123"), kinds=["phone"], region="US") == []


@pytest.mark.parametrize("label", SURE)
@pytest.mark.parametrize("number", ["415-555-0123", "(415) 555-0123", "415.555.0123", "415 555 0123"])
def test_a_reference_is_no_phone_however_it_is_grouped(label: str, number: str) -> None:
    assert extract(f"{label} {number}", kinds=["phone"], region="US") == []


@pytest.mark.parametrize("form", PHONES)
def test_a_phone_is_one_where_a_label_is_about_something_else(form: str) -> None:
    (found,) = extract(form.format("415-555-0123"), kinds=["phone"], region="US")
    assert found.value == "+14155550123"


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_of_every_language_are_known(language: str) -> None:
    data = table("id_labels")
    for label in (*data["ids"].get(language, ()), *data["services"].get(language, ())):
        text = f"{label} 4155550123"
        assert extract(text, kinds=["phone"], region="US") == [], label
        assert id_labels.follows_id(text, len(label) + 1), label


def test_there_are_labels_in_every_language_of_the_digit_words() -> None:
    words = table("digit_words")
    spoken = {name.partition("-")[0] for name in (*words["languages"], *words["native"])}
    assert spoken - set(LANGUAGES) == set()
