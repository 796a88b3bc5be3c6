"""Texts compared: sketches by which two texts meet, templates that many share, and the style of a writer."""
