"""Exports: each format, its limits, its marking, its command line, and the JSON schemas of what goes in and out."""
