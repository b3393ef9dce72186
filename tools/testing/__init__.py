"""Fixtures for the whole test suite; `tests/conftest.py` loads them."""
