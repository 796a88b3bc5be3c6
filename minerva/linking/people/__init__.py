"""Names of people compared: their parts, the pairs worth comparing, and what a pair of names says."""
