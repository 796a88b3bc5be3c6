"""Health of sources: what the lines of their runs say of each, in words, and what to do about it."""
