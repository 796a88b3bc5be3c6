"""Counts too large for CI, as seeded and resumable runs whose results are committed in docs/proof/."""
