"""One run of a source: order of steps, checkpoints, the vault, and words for what is refused."""
