"""Search language: text to pipeline to rows."""
