from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

from shared.domain.clock import ManualClock
from shared.domain.snapshot import PrintState
from shared.hall import Hall
from tools.testing.patience import PATIENCE_S


def test_of_two_that_pick_up_a_job_one_is_told_no(hall: Hall) -> None:
    hall.issue("payment", print_at="kiosk-1")
    (job,) = hall.print_jobs("kiosk-1")
    programs = 4
    together = Barrier(programs)

    def claim(_program: int) -> bool:
        together.wait(PATIENCE_S)
        return hall.claim_print(job)

    with ThreadPoolExecutor(programs) as pool:
        claimed = list(pool.map(claim, range(programs)))
    assert sorted(claimed) == [False, False, False, True]
    (sent,) = hall.print_jobs("kiosk-1")
    assert (sent.state, sent.attempts) == (PrintState.SENT, 1)


def test_jobs_come_in_the_order_in_which_they_were_queued(hall: Hall, clock: ManualClock) -> None:
    for service in ("payment", "enquiry", "payment"):
        hall.issue(service, print_at="kiosk-1")
        clock.advance(timedelta(seconds=1))
    expected = ["B001", "A001", "B002"]
    assert [job.number for job in hall.print_jobs("kiosk-1")] == expected
    assert [job.number for job in hall.snapshot().unprinted] == expected
    assert hall.print_jobs("kiosk-2") == ()
