"""Operations on deconfliction and counts: rules, budgets and storage are those of minerva.deconfliction."""

from __future__ import annotations

from typing import Any

from minerva.deconfliction import cubes, inquiries
from minerva.partner.contract.shapes import LISTED, ref
from minerva.partner.contract.sharing_schemas import GROUP_ID, INQUIRY_ID
from minerva.partner.lists import paged
from minerva.partner.operation import Call, Operation


def ask(call: Call) -> dict[str, Any]:
    """Whether somebody else holds an identifier."""
    return inquiries.deconflict({**call.body, **call.tenant}, call.store)


def list_inquiries(call: Call) -> dict[str, Any]:
    """Matches that the institution asked for or that met its releases."""
    rows, cursor = paged(call, inquiries.inquiries, "inquiries")
    return {"inquiries": rows, "next_cursor": cursor}


def answer_inquiry(call: Call) -> dict[str, Any]:
    """One side's yes or no to being put in touch."""
    body = {**call.path, "accept": call.body["accept"], **call.tenant}
    inquiry: dict[str, Any] = inquiries.inquiry_answer(body, call.store)["inquiry"]
    return inquiry


def get_desk(call: Call) -> dict[str, Any]:
    """How the own institution is reached."""
    return inquiries.contact_desk({"op": "get", **call.tenant}, call.store)


def set_desk(call: Call) -> dict[str, Any]:
    """Changes how the own institution is reached."""
    return inquiries.contact_desk({"op": "set", "contact": call.body["contact"], **call.tenant}, call.store)


def counts(call: Call) -> dict[str, Any]:
    """The published counts of a group or of the community."""
    group = {"group_id": call.query["group_id"]} if "group_id" in call.query else {}
    return cubes.counts({**group, **call.tenant}, call.store)


OPERATIONS = (
    Operation(
        "deconflict", "POST", "/deconfliction", "Ask whether somebody else holds an identifier",
        "One bit; 200 questions a user and day.", ask, ref("Hit"), ref("Question"), changes=True, stated=True,
    ),
    Operation(
        "listInquiries", "GET", "/deconfliction/inquiries", "Matches you asked for, or that met what you released",
        "Newest first; open for 14 days.", list_inquiries, ref("InquiryPage"),
        query=LISTED,
    ),
    Operation(
        "answerInquiry", "POST", "/deconfliction/inquiries/{inquiry_id}/answer", "Say yes or no to being put in touch",
        "Analysts. Contact desks are told once both sides said yes.", answer_inquiry, ref("Inquiry"),
        ref("InquiryAnswer"), variables={"inquiry_id": INQUIRY_ID}, changes=True, stated=True,
    ),
    Operation(
        "getContactDesk", "GET", "/deconfliction/contact-desk", "How your institution is reached after a match", "",
        get_desk, ref("ContactDeskShown"),
    ),
    Operation(
        "setContactDesk", "POST", "/deconfliction/contact-desk", "Change how your institution is reached",
        "Administrators.", set_desk, ref("ContactDeskShown"), ref("ContactDesk"), changes=True,
    ),
    Operation(
        "getCounts", "GET", "/deconfliction/counts", "Published counts of a group, or of the community",
        "Published weekly.", counts, ref("PublishedCounts"), query={"group_id": GROUP_ID},
    ),
)  # fmt: skip
