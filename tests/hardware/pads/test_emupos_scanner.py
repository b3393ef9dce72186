"""Against the scanner of `emupos`, which we did not write."""

from __future__ import annotations

import sys
import time

import pytest

from hardware.pads.opening import open_scanner
from shared.domain.ticket_code import read_ticket_code
from tools.testing.patience import PATIENCE_S
from tools.testing.printer_emulator import SUFFIXES, Emupos

TICKET = "jiaohao:renmin/20261123-A023"


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are a POSIX thing")
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_its_code_is_read_whichever_end_mark_it_sends(suffix: str, emupos: Emupos) -> None:
    codes: list[str] = []
    scanner = open_scanner(f"scan+serial://{emupos.scanner(suffix)}", codes.append)
    scanner.poll()
    emupos.scan(suffix, TICKET)
    give_up = time.monotonic() + PATIENCE_S
    while not codes and time.monotonic() < give_up:
        scanner.poll(0.2)
    scanner.close()
    assert codes == [TICKET]
    assert read_ticket_code(codes[0]).ticket == "20261123-A023"
