"""`splunk.clilib`."""
