"""Search commands that benchmarks compare with."""
