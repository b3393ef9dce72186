"""How long tests wait for what must come: long enough that a busy machine cannot fail them."""

PATIENCE_S = 120
"""Seconds. A test that passes never waits this long; only one whose event truly never comes does."""

PATIENCE_MS = PATIENCE_S * 1000
"""The same for Qt's waits, which count milliseconds."""
