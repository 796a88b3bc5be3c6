"""The demonstration: a synthetic world with known truth, a fake site that serves it, and the run that shows Minerva."""
