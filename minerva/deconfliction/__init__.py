"""Deconfliction: whether somebody else holds an identifier, with both sides' consent; fixed counts."""
