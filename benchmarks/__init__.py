"""Figures of speed and quality, each printed by a command."""
