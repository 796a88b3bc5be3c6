"""Bytes of a file or an answer as rows; nothing here opens a connection."""
