from __future__ import annotations

import pytest

from shared.domain.errors import RefusalCode, Refused
from shared.domain.limits import require_short


def test_a_text_as_long_as_allowed_passes() -> None:
    require_short("reason", "x" * 5, 5)
    require_short("reason", None, 5)


def test_a_longer_text_is_refused_with_both_figures() -> None:
    with pytest.raises(Refused, match="reason has 6 characters; 5 are allowed") as refused:
        require_short("reason", "x" * 6, 5)
    assert refused.value.code is RefusalCode.TEXT_TOO_LONG
