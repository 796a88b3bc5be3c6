"""What the time of an answer tells of what it does not say."""
