"""What two names, addresses and coordinates say for and against one place: counts of words, pairs, residents, reach."""
