"""What answers a path."""
