"""The REST interface of the stand-in, as splunkd's clients use it: one file per area, one route table."""
