"""What the proof of races is made of: the order of two people's calls, and the worlds that they meet in."""
