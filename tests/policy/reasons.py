"""What the audit and whoever carries a permit out are told: a cell, its reason code and its obligations, by hand."""

from __future__ import annotations

from tests.policy.oracle import Cell

MATCHED = ("one_bit", "budget", "both_sides_accept")
COUNTED = ("fixed_cubes", "at_least_eleven", "persistent_noise")
TAKEN = ("log_rows", "watermark")
READ = ("shelter analyst", "named", 5, "read", "infrastructure")


def _read(condition: str, reason: str) -> tuple[Cell, str, tuple[str, ...]]:
    return Cell(*READ, condition), reason, ()


def _own(subject: str, action: str, condition: str, reason: str, level: int = 5) -> tuple[Cell, str, tuple[str, ...]]:
    return Cell(subject, "own", level, action, "infrastructure", condition), reason, ()


ROWS: tuple[tuple[Cell, str, tuple[str, ...]], ...] = (
    _read("plain", "grant_named"),
    _read("expired", "no_grant"),
    _read("revoked", "no_grant"),
    _read("reader left group", "no_grant"),
    _read("owner suspended", "owner_not_active"),
    _read("erased", "erased"),
    _read("no purpose", "purpose"),
    _read("no case", "case"),
    _read("no legal basis", "legal_basis"),
    _read("no approval", "approval"),
    _read("class not released", "field_not_released"),
    _read("unheard-of profile", "unknown_profile"),
    _read("acting for a stranger", "not_a_member"),
    (Cell("shelter analyst", "named", 1, "read", "infrastructure", "plain"), "level", ()),
    (Cell("shelter analyst", "unknown tenant", 1, "read", "infrastructure", "plain"), "unknown_tenant", ()),
    (Cell("shelter analyst", "named", 1, "match", "statistics", "plain"), "not_matchable", ()),
    (Cell("shelter analyst", "named", 1, "match", "infrastructure", "match off at owner"), "match_not_allowed", ()),
    (Cell("shelter analyst", "named", 1, "match", "infrastructure", "plain"), "grant_named", MATCHED),
    (Cell("company analyst", "community", 2, "count", "statistics", "plain"), "grant_community", COUNTED),
    (Cell("university analyst", "named", 2, "count", "statistics", "plain"), "grant_academic", COUNTED),
    (Cell("operator analyst", "named", 3, "describe", "statistics", "plain"), "grant_operator",
     ("pseudonyms_per_recipient",)),
    (Cell("outsider", "everyone", 6, "read", "statistics", "plain"), "grant_public", ()),
    (Cell("police analyst", "named", 3, "read", "perpetrator", "plain"), "grant_named", ("pseudonyms_per_recipient",)),
    (Cell("police analyst", "named", 4, "read", "perpetrator", "plain"), "grant_named", ("no_reshare",)),
    (Cell("police analyst", "named", 4, "export", "perpetrator", "plain"), "grant_named", ("no_reshare", *TAKEN)),
    (Cell("police analyst", "named", 5, "export", "infrastructure", "plain"), "grant_named", TAKEN),
    (Cell("police analyst", "named", 5, "read", "infrastructure", "28cfr23"), "grant_named",
     ("record_dissemination", "review_within_five_years")),
    (Cell("police analyst", "named", 5, "read", "infrastructure", "vawa_voca"), "grant_named",
     ("written_time_limited_release",)),
    (Cell("police analyst", "named", 5, "read", "infrastructure", "sar"), "grant_named", ("never_reveal_existence",)),
    (Cell("police analyst", "named", 5, "read", "infrastructure", "gdpr_led"), "grant_named",
     ("record_processing", "data_subject_rights")),
    (Cell("police analyst", "named", 5, "read", "infrastructure", "handling codes"), "grant_named",
     ("no_evidence", "no_reshare")),
    (Cell("police admin", "named", 5, "read", "infrastructure", "plain"), "clearance", ()),
    (Cell("police analyst", "named", 5, "judge", "infrastructure", "plain"), "owner_only", ()),
    (Cell("police and shelter analyst", "named", 5, "read", "infrastructure", "plain"), "several_tenants", ()),
    (Cell("operator analyst", "named", 0, "health", "statistics", "plain"), "operator", ("counts_only",)),
    (Cell("service", "own", 0, "store", "statistics", "plain"), "service", ()),
    (Cell("service", "own", 0, "erase", "statistics", "plain"), "not_for_the_service", ()),
    (Cell("police partner", "own", 0, "read", "witness", "plain"), "standing", ()),
    (Cell("police analyst", "own", 0, "export", "statistics", "plain"), "own_tenant", TAKEN),
    (Cell("police analyst", "own", 6, "share", "infrastructure", "plain"), "field_class_ceiling", ()),
    _own("police analyst", "read", "plain", "own_tenant"),
    _own("police analyst", "share", "target above marking", "above_marking"),
    _own("police analyst", "share", "no approval", "approval"),
    _own("police analyst", "share", "no purpose", "purpose"),
    _own("police analyst", "export", "no case", "case"),
    _own("police analyst", "export", "no legal basis", "legal_basis"),
    _own("police analyst", "approve", "asker made it", "own_proposal"),
    _own("police analyst", "watch_remove", "plain", "others_entry"),
    _own("police admin", "administer", "membership without approval", "approval"),
)  # fmt: skip
