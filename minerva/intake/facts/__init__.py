"""What is known of a source: the facts that its yml, or an administrator, states, checked."""
