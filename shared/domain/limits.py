"""How long texts may be that people or programs hand in: the same on every store, and told before anything is done."""

from __future__ import annotations

from shared.domain.errors import RefusalCode, Refused

LONGEST_REQUEST_ID = 64
LONGEST_BADGE = 32
LONGEST_NAME = 64
LONGEST_REASON = 200
LONGEST_DEVICE_NAME = 64


def require_short(what: str, text: str | None, longest: int) -> None:
    """Raise when a text has more characters than its column holds.

    Raises:
        Refused: `text_too_long`.
    """
    if text is not None and len(text) > longest:
        message = f"the {what} has {len(text)} characters; {longest} are allowed"
        raise Refused(RefusalCode.TEXT_TOO_LONG, message, longest=longest)
