"""Facts to installable packages: environments, emitters, vendoring, UCC, archives, inspection, checks.

Imports nothing of the shipped code; of the stand-in only `understudy.conf` and `understudy.spl`.
"""
