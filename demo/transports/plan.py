"""Which sources of the catalogue the demo reads beside its world, and how each of them comes in."""

from __future__ import annotations

WEB = (
    ("JSON, numbered pages", "us_fbi_wanted"),
    ("JSON, pages by offset", "us_npi_massage"),
    ("JSON, list of Socrata", "us_chicago_business_licenses"),
    ("JSON, address of the next page", "gleif_lei_records"),
    ("JSON, key in a header", "us_trafficking_dockets"),
    ("JSON, key in the address", "us_sam_exclusions_api"),
    ("JSON, one file", "us_consolidated_screening_list"),
    ("CSV", "us_hhs_exclusions"),
    ("CSV, asked for by POST", "us_money_services"),
    ("CSV, numbered files", "us_florida_lodging_licenses"),
    ("CSV, compared with its last edition", "gb_licensed_worker_sponsors"),
    ("XLSX", "us_ddtc_statutory_debarments"),
    ("XLSX, linked on a page", "us_georgia_excluded_providers"),
    ("XML", "us_ofac_sdn_advanced"),
    ("HTML, a table", "gg_disqualified_directors"),
    ("zip", "us_labor_wage_cases"),
    ("zip, linked on a page", "gb_companies"),
    ("RSS", "us_ice_news"),
    ("RSS, main text of its pages", "press_news"),
    ("TAXII", "taxii_indicators"),
    ("MISP feed", "misp_events"),
)
MAIL = (("IMAP", "tip_mailbox"),)
FOLDERS = (
    ("folder, CSV", "gb_scotland_schools"),
    ("folder, CSV in gzip", "inside_airbnb_listings"),
    ("folder, XLSX", "us_h2b_decisions"),
    ("folder, saved messages", "tip_mail"),
)
SFTP = (("SFTP, by the collector", "us_ofac_sdn"),)
PDF = (("PDF table, by the collector", "us_delaware_excluded_providers"),)
CONFIRMED = ("gg_disqualified_directors",)
"""Sources that do not run before an administrator has read the publisher's terms, as the demo's says in local/."""
