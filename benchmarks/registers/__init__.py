"""Linking and look-ups on real registers, each beside a plain rule and the field's usual libraries."""
