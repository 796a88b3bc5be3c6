"""Tests of the leak check."""
