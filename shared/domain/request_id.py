"""Names of requests: whoever repeats a command sends it under the name it had, and it is carried out once."""

from __future__ import annotations

import secrets
import time
import uuid
from collections.abc import Callable

_RANDOM_BITS = 80


def new_request_id(clock_ns: Callable[[], int] = time.time_ns) -> str:
    """A name that nobody else gives: a UUID of version 7 (RFC 9562), 32 hexadecimal digits.

    Such names follow the time, so that a store keeps those of one day together. Random ones are spread over the whole
    past, and with ten million tickets behind a hall each command waits for a page that was read last weeks ago. The
    machine's clock may be wrong: it makes no name less unique.
    """
    milliseconds = (clock_ns() // 1_000_000) & 0xFFFF_FFFF_FFFF
    value = milliseconds << _RANDOM_BITS | secrets.randbits(_RANDOM_BITS)
    value = value & ~(0xF << 76) | 7 << 76
    value = value & ~(0x3 << 62) | 2 << 62
    return uuid.UUID(int=value).hex
