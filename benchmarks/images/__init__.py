"""Benchmarks of pictures: what edits fingerprints survive, what they cost, and the search of banks."""
