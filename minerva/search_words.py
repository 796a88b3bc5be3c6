"""Names that users write in options of search commands: what a field and a lookup may be called."""

from __future__ import annotations

import re

FIELD = re.compile(r"[^\"\\|\[\]`\s]{1,100}")
"""Of a field: nothing that ends a quoted name, a search or a word."""
LOOKUP = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.\-]{0,99}")
