"""Fetching over the web: what may be fetched, how fast, and pages one after the other."""
