"""Fuzzing of what strangers can send: bytes on a pad's or scanner's line, codes held before a scanner, key maps."""
