"""Errors of the schools room. Messages say what is wrong with a gallery or a query, and never what a picture shows."""

from __future__ import annotations


class SchoolsError(Exception):
    """Base of all errors of this room."""


class GalleryError(SchoolsError):
    """A gallery cannot be read or built."""


class QueryError(SchoolsError):
    """A query says nothing that could be looked for."""
