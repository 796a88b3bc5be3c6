"""When things run: cron, intervals, alert conditions, suppression, and the record of what fired."""
