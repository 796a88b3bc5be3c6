"""The leak check: plants a canary per institution, then asks every surface as everybody who must not see it.

Over HTTP alone, so that the same code runs on the stand-in and on an operator's own Splunk. `build.py leaks`.
"""
