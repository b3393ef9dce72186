from __future__ import annotations

import pytest

from shared.domain.slip import QrCode, Slip, Text


def test_an_empty_slip_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one block"):
        Slip(())


def test_a_slip_is_printed_at_least_once() -> None:
    with pytest.raises(ValueError, match="at least once"):
        Slip((Text("A023"),), copies=0)


def test_a_qr_code_needs_data() -> None:
    with pytest.raises(ValueError, match="needs data"):
        QrCode("")
