"""Splunk's configuration files as layers: reading, precedence, permissions, and changes that last."""

from understudy.conf.configuration import NOBODY, SYSTEM, Conf, Entry, Merged
from understudy.conf.files import ConfError, Problem, boolean
from understudy.conf.layers import App
from understudy.conf.metadata import Acl

__all__ = ["NOBODY", "SYSTEM", "Acl", "App", "Conf", "ConfError", "Entry", "Merged", "Problem", "boolean"]
