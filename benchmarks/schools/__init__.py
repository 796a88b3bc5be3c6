"""Benchmarks of the schools room: recall by signal, and the training of what it measures."""
