"""The partner REST API /services/minerva/v1: requests as values in, replies as values out, no Splunk in it.

registry.py lists the operations, api.py carries one request through, openapi.py writes the contract from both and from
the shapes in contract/.
"""
