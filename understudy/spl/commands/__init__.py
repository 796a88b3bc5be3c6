"""One module per SPL command, each with a module-level COMMAND."""
