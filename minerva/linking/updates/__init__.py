"""Linking what is new: keys and postings kept between runs, and what a change makes to be linked again."""
