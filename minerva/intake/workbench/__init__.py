"""The source workbench: from a sample to a source that runs, without a build.

Pure: what splunkd holds comes in through a Desk (operations.py). A sample is read, shown and thrown away: it is held
by the page of the person at work and by nobody else, so nothing here writes it, logs it or puts it into an address.
"""
