"""A seeded world of invented schools: names, crests, ties, blazers, and photos that ask for them. It needs OpenCV."""
