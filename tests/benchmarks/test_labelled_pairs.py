"""Pairs of names that others labelled, where they are at hand: the bars that they are held to."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.labelled_pairs import among_all, answered, f1, not_equal, read_pairs

REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "real"
NAMES = REAL / "name_pairs" / "name_cases.csv"
OFFICIALS = REAL / "official_usernames" / "pairs.csv"


@pytest.mark.skipif(not NAMES.is_file(), reason=f"no labelled names at {NAMES}")
def test_names_that_others_labelled_are_told_apart() -> None:
    assert f1(answered(read_pairs(NAMES, "names"), "names")) >= 0.84


@pytest.mark.skipif(not OFFICIALS.is_file(), reason=f"no accounts of officials at {OFFICIALS}")
def test_accounts_of_officials_are_paired_though_hundreds_share_their_titles() -> None:
    pairs = read_pairs(OFFICIALS, "usernames")

    assert f1(answered(not_equal(pairs), "usernames", among_all(pairs))) >= 0.70


def test_f1_counts_what_is_missed_and_what_is_wrong() -> None:
    assert f1([(True, True), (True, False), (False, True), (False, False)]) == 0.5
