"""The stand-in for splunkd when no Splunk is on stage. It knows nothing of trafficking and is not Splunk."""
