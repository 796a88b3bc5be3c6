"""Schools: which school is meant by a description, a crest, a tie or a garment. No face is ever looked for."""
