"""`splunk.appserver`."""
