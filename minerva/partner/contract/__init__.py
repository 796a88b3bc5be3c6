"""What requests and answers of the partner API look like: shapes, schemas, examples, and the check of a body."""

from __future__ import annotations
