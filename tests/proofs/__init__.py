"""Tests of the proofs' runner."""
