"""What Minerva knows, with no Splunk in it: records, identifiers, linking, tenancy, intake."""

from __future__ import annotations

__version__ = "0.1.0"
