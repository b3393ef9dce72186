"""Every text a person reads, in Chinese and in English. Knows no Qt."""

from __future__ import annotations

from shared.words.catalogue import Language, Words

__all__ = ["Language", "Words"]
