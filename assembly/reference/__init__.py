"""Committed data made from public sources: numbering plans, area codes, towns, countries, suffixes, characters.

Each module is a command that writes its file anew.
"""
