"""The baselines that benchmarks write anew or read from packages: what they group, and whose truth they take."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import link_messy
from benchmarks.infoshield import group_by_description
from benchmarks.link_registers import restaurants
from benchmarks.splink_by_fields import columns_of
from minerva.linking.model import LinkRecord

OWN = "sweet {} new in town near the old mill call {} any time of the day and ask for the garden room upstairs"
CUT = "sweet anna new in town near the old mill call 0103 any time of the day and ask for the"
OTHER = (
    "quiet studio with parking behind the bakery open from ten to eight on weekdays tea and soft music included here"
)


def test_texts_of_one_template_are_grouped_by_their_description() -> None:
    texts = [OWN.format("anna", "0101"), OTHER, OWN.format("bella", "0102"), CUT]
    labels = group_by_description(texts)
    assert labels[0] == labels[2] == labels[3]
    assert labels[1] != labels[0]


def test_texts_that_share_one_phrase_alone_stay_apart() -> None:
    labels = group_by_description([OWN.format("anna", "0101"), OTHER.replace("tea and soft music", "in town near the")])
    assert len(set(labels)) == 2


def test_restaurants_of_both_guides_have_one_truth(tmp_path: Path) -> None:
    folder = tmp_path / "datasets" / "end-to-end" / "restaurants"
    folder.mkdir(parents=True)
    head = "id,name,addr,city,phone,type\n"
    (folder / "fodors.csv").write_text(f"{head}1,oak grill,1 oak st.,salem,555/555-0101,diner\n")
    (folder / "zagats.csv").write_text(
        f"{head}7,oak grill  the,1 oak st.,salem,555-555-0101,diner\n8,mill,2 oak st.,salem,,\n"
    )
    (folder / "matches_fodors_zagats.csv").write_text("fodors_id,zagats_id\n1,7\n")
    chosen = restaurants(tmp_path)
    assert chosen is not None
    assert chosen.truth == {"fodors/1": "fodors/1", "zagats/7": "fodors/1", "zagats/8": "zagats/8"}
    assert [row["name"] for row in chosen.rows] == ["oak grill", "oak grill  the", "mill"]


@pytest.mark.parametrize(
    ("names", "columns"),
    [
        pytest.param(["Anna Stone", "Bella Reed"], {"first", "last"}, id="names of people in two columns"),
        pytest.param(["Blue Lotus Day Spa", "Oak Street Grill"], {"name"}, id="names of organizations in one"),
    ],
)
def test_a_set_is_told_to_splink_by_its_columns(names: list[str], columns: set[str]) -> None:
    records = [LinkRecord(str(n), "a", "", (), name, "", "", "", "", 0) for n, name in enumerate(names)]
    assert columns_of(records).keys() == {"unique_id", *columns}


@pytest.mark.parametrize("name", link_messy.SETS)
def test_messy_records_hold_no_real_contact_and_the_linker_does_not_see_the_truth(name: str) -> None:
    chosen = link_messy.messy(name)
    assert len(chosen.truth) == len(chosen.rows)
    for row in chosen.rows:
        assert link_messy.TRUTH not in row
        phone = "".join(filter(str.isdigit, row["phone"]))
        assert not phone or phone[-7:-2] == "55501"
        assert not row["email"] or row["email"].rpartition("@")[2] in ("example.com", "example.net", "example.org")


def test_what_two_messy_records_say_of_each_other_is_named() -> None:
    one = {
        "name": "Silver Heron Spa",
        "address": "640 Juniper Ter",
        "phone": "813-555-0131",
        "email": "",
        "username": "",
    }
    one["text"] = "Salt room, amber lamps"
    other = {**one, "address": "640 Juniper Terrace", "phone": "+1 813 555 0132", "text": "Koi in the lobby"}
    assert link_messy.said(one, other) == "name 1.0 address same -phone -text"
