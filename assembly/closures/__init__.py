"""What a piece of Python code depends on: import closures and digests of syntax trees."""
