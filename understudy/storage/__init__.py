"""What is kept: events in DuckDB, KV collections in SQLite, lookup files. The only room that writes data."""
