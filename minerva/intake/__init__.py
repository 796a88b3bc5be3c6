"""Intake: one runner brings every source's records in; a source is a folder of facts, not code.

Owns fetching, file reading, mapping, checkpoints and event output. Knows no Splunk: emit and confirm are injected.
"""

INPUTS = ("minerva_http", "minerva_file", "minerva_mail")
"""The kinds of inputs of the add-on, one per transport."""
