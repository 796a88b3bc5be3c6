"""Which figures the pages state, one line a place: names are those of docs/figures.json, forms are figure_texts.py's.

To hold another figure of a page, add its line here and run `.venv/bin/python -m benchmarks.figures --write SET`.
"""

from __future__ import annotations

from itertools import starmap

from benchmarks.figure_texts import Statement

README, IDENTIFIERS, LINKING = "README.md", "docs/identifiers.md", "docs/linking.md"
BENCHMARKS = "docs/benchmarks.md"
PLACES = "docs/decisions/places-join-on-addresses.md"
GENERATED = {2: "pe", 3: "pe", 4: "pe", 5: "pe", 6: "pe", 7: "pe", 8: "pe", 9: "peu", 10: "pe", 11: "u", 12: "peu",
             13: "peu", 14: "peu"}  # fmt: skip
"""File of generated ads -> initials of the kinds that the table of docs/identifiers.md lists."""
KINDS = {"phone": "phones", "email": "e-mail addresses", "username": "user names"}


LINKED = {"demo world, easy": "demo_easy", "demo world, medium": "demo_medium", "people": "people",
          "templates (1000 operations)": "templates", "Chicago sites, real": "chicago"}  # fmt: skip
"""Set as docs/benchmarks.md names it -> the set of figures."""


def _of_linking(title: str, name: str) -> Statement:
    figures = f"{{quality.{name}.f1:short}} ({{quality.{name}.precision:short}} / {{quality.{name}.recall:short}})"
    return Statement(BENCHMARKS, f"| {title} | {{_}} | {{_}} | {figures} |", row=True)


def _of_rounds(kind: str, title: str) -> Statement:
    figures = f"{{rounds.{kind}.recall:short}} / {{rounds.{kind}.precision:short}}"
    return Statement(
        IDENTIFIERS, f"| {title} | {{rounds.{kind}.told:,}} | {{_}} / {{_}} | {{_}} to {{_}} | {figures} |", row=True
    )


def _of_generated(number: int, kinds: str) -> Statement:
    """The line of a file: of each kind first look; today."""
    name = f"cases.generated_ads_{number}"
    first = {11: "{_} to {_} / {_} to {_}"}.get(number, "{_} / {_}")
    cells = [
        f"{first} {{{name}.{kind}.recall:short}} / {{{name}.{kind}.precision:short}}" if kind[0] in kinds else ""
        for kind in KINDS
    ]
    return Statement(IDENTIFIERS, " ".join(f"| `_{number}` | {{_}} | {' | '.join(cells)} |".split()), row=True)


STATEMENTS = (
    Statement(README, "It reads {demo.records:,} records of six sources into two institutions' indexes"),
    Statement(README, "classified_ads northfield {demo.northfield.classified_ads.read} "
              "{demo.northfield.classified_ads.stored} {demo.northfield.classified_ads.refused}"),
    Statement(README, "identifiers phone {demo.identifiers.phone}, email {demo.identifiers.email}, username "
              "{demo.identifiers.username}, url {demo.identifiers.url}, company_number "
              "{demo.identifiers.company_number}, license {demo.identifiers.license}, "
              "domain {demo.identifiers.domain}"),
    Statement(README, "entities northfield: {demo.northfield.entities}, of them {demo.northfield.linked} with more"),
    Statement(README, "against truth precision {demo.precision} recall {demo.recall} F1 {demo.f1} "
              "(floor {demo.floor:.2f})"),
    Statement(IDENTIFIERS, "there {confidence.finds:,} finds are off by {confidence.given} on average (expected "
              "calibration error by way; by bins of confidence {confidence.by_bin}), and what rules state is off by "
              "{confidence.stated}"),
    Statement(BENCHMARKS, "as rules state {confidence.stated:short} | {confidence.given:short} (.025); by bins "
              "{confidence.by_bin:short}"),
    Statement(README, "scheduled {demo_run.searches} searches run, {demo_run.succeeded} succeeded"),
    Statement(README, "cross-tenant {demo_run.probes} probes tried, {demo_run.seen} seen"),
    Statement(README, "chicago_sites pairwise precision {chicago.precision} recall {chicago.recall} F1 {chicago.f1}"),
    Statement(IDENTIFIERS, "with {rounds.texts:,} texts in some 50 languages"),
    *starmap(_of_rounds, KINDS.items()),
    *starmap(_of_generated, GENERATED.items()),
    Statement(IDENTIFIERS, "`kinds.jsonl` ({kinds.texts})"),
    *starmap(_of_linking, LINKED.items()),
    Statement(BENCHMARKS, "demo world, hard, four regimes | .005 | .264 (300 operations) | "
              "{quality.demo_hard_4.f1:short} to {quality.demo_hard_50.f1:short} ({quality.demo_hard_4.precision} / "
              "{quality.demo_hard_4.recall:short} to {quality.demo_hard_50.recall:short})"),
    Statement(BENCHMARKS, "| {messy_records.f1:short}, {messy_records_check.f1:short}; first look"),
    Statement(PLACES, "F1 is {chicago.f1:short} (precision {chicago.precision:short}, recall {chicago.recall:short}) "
              "as the add-on ingests them, and {quality.chicago.f1:short} by name"),
    Statement(PLACES, "({weights.near_address:.1f} and {weights.same_address:.1f} bits)"),
    Statement(LINKING, "A phone in two records has {weights.phone_in_2}, in 64 records {weights.phone_in_64}."),
    Statement(LINKING, "(two {weights.text_of_2:.1f} bits, eight {weights.text_of_8:.1f}, "
              "64 {weights.text_of_64:.1f};"),
    Statement(LINKING, "(a phone in three records {weights.shared_phone_in_3:.1f})"),
    Statement(LINKING, "(names of two people {weights.other_name:.1f}, other cities {weights.other_city:.1f}, other "
              "phones {weights.other_phone:.1f})"),
)  # fmt: skip
