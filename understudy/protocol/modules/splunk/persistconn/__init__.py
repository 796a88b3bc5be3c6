"""`splunk.persistconn`."""
