"""Lines: the ways bytes reach a device. A line knows nothing about what the bytes mean."""
