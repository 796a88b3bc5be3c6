"""`splunk.appserver.mrsparkle.lib.util`: old home of make_splunkhome_path."""

from splunk.clilib.bundle_paths import make_splunkhome_path  # type: ignore[import-not-found,unused-ignore]

__all__ = ["make_splunkhome_path"]
