"""Deconfliction: whether somebody else holds an identifier, by blind match, with both sides' consent; counts; set match."""
