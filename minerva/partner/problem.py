"""The one shape of a refusal: RFC 9457 problem details with a stable `code`, and `field` where one is to blame.

A problem names no stored data and repeats no value of the request. "Absent" is also what a forbidden object is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

TITLES: Mapping[int, str] = {
    400: "The request cannot be understood",
    403: "Not permitted",
    404: "Not found",
    405: "Method not served",
    409: "Conflict",
    413: "The body is too large",
    415: "JSON only",
    429: "Too many requests",
    500: "The request failed",
    503: "Not answered now",
}


class Problem(Exception):
    """Ends a request. `code` is for programs, `detail` for people, `field` is a path such as `records.0.key`."""

    def __init__(
        self, status: int, code: str, detail: str, field: str = "", headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(detail)
        self.status, self.code, self.detail, self.field = status, code, detail, field
        self.headers = dict(headers or {})

    def to_dict(self) -> dict[str, Any]:
        """The body of the reply. Equal problems give equal bytes: the request's id stands in a header."""
        body: dict[str, Any] = {
            "type": f"urn:minerva:problem:{self.code}",
            "title": TITLES[self.status],
            "status": self.status,
            "code": self.code,
            "detail": self.detail,
        }
        if self.field:
            body["field"] = self.field
        return body


def absent() -> Problem:
    """Not there, or not for this caller: nobody outside can tell which."""
    return Problem(404, "not_found", "there is nothing here that you may see")
