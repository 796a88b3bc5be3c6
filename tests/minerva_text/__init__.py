"""Near-duplicate texts: groups, templates, slots, the command line."""
