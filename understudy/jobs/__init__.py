"""Search jobs: dispatch, states, results on disk, who may see them, how long they stay."""
