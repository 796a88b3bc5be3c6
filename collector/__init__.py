"""Collector: what is fetched or read beside a forwarder, since it is no pure Python or needs programs of the machine.

It writes files into a folder that a file input of the add-on reads, and knows nothing else of Minerva.
"""
