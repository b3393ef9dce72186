"""Printers and signs without metal, for the demo, for training and for tests. They can be told to fail."""
