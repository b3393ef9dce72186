"""What a hall's machines need beside the queue: which calls to announce, which papers to print, how devices are."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Engine

from shared.domain.announcement import Announcement
from shared.domain.clock import Clock
from shared.domain.device_health import DeviceHealth, DeviceReport
from shared.domain.errors import RefusalCode, Refused
from shared.domain.limits import LONGEST_DEVICE_NAME, require_short
from shared.domain.snapshot import PrintJob, PrintState
from shared.domain.ticket import split_ticket_id
from shared.hall.command_runner import CommandRunner
from shared.store import cursors, device_health, print_jobs
from shared.store.engine import reading


class HallMachines:
    """The part of `shared.hall.hall.Hall` that screens, printers and other devices work with; it changes no queue."""

    def __init__(self, engine: Engine, hall_id: str, clock: Clock) -> None:
        self._engine = engine
        self.hall_id = hall_id
        self.clock = clock
        self._runner = CommandRunner(engine, hall_id, clock)

    def announcements(self, screen: str) -> tuple[Announcement, ...]:
        """The calls that this screen has not announced yet, in order; a new screen begins with what comes next."""
        return cursors.read_announcements(self._engine, self.hall_id, screen, self._runner.day_after)

    def announced(self, screen: str, announcement: Announcement) -> None:
        """Note that a screen has announced this call and all before it."""
        cursors.move_cursor(self._engine, self.hall_id, screen, announcement.day, announcement.seq)

    def print_jobs(self, printer: str | None = None) -> tuple[PrintJob, ...]:
        """Today's papers that are not known to exist, oldest first; of one printer or of all."""
        with reading(self._engine) as connection:
            day = self._runner.today(connection)
        return print_jobs.read_jobs(self._engine, self.hall_id, printer, day)

    def papers_to_print(self, printer: str) -> tuple[PrintJob, ...]:
        """Today's papers that this printer has not been sent, or that failed, oldest first."""
        with reading(self._engine) as connection:
            day = self._runner.today(connection)
        return print_jobs.read_jobs_to_print(self._engine, self.hall_id, printer, day)

    def claim_print(self, job: PrintJob) -> bool:
        """Take a queued or failed job to print it; False when another program, or a reprint, took it first.

        The job is `sent` from now on.
        """
        return self._move_job(job, (PrintState.QUEUED, PrintState.FAILED), PrintState.SENT, None)

    def print_succeeded(self, job: PrintJob) -> bool:
        """Note that the printer confirmed the paper."""
        return self._move_job(job, (PrintState.SENT,), PrintState.PRINTED, None)

    def print_unconfirmed(self, job: PrintJob, cause: str) -> bool:
        """Note why nobody knows whether a sent job is on paper: it stays `sent`, and a person has to look."""
        return self._move_job(job, (PrintState.SENT,), PrintState.SENT, cause)

    def print_given_up(self, job: PrintJob) -> bool:
        """Note that a failed paper is not needed any more, as its ticket is over."""
        return self._move_job(job, (PrintState.FAILED,), PrintState.REPLACED, print_jobs.TICKET_OVER)

    def print_failed(self, job: PrintJob, cause: str) -> bool:
        """Note that there is no paper, and the printer's cause (`paper_out`, `cover_open`, `unreachable`, …)."""
        return self._move_job(job, (PrintState.QUEUED, PrintState.SENT), PrintState.FAILED, cause)

    def note_taken_print(self, job: PrintJob, cause: str | None) -> bool:
        """Note how a paper ended that was taken out of this queue while it was printed; no `cause`: it came out.

        It stays out of the queue. Who took it and has not been heard of since is told so at the next try.
        """
        to = PrintState.PRINTED if cause is None else PrintState.REPLACED
        return self._move_job(job, (PrintState.REPLACED,), to, cause)

    def reprint(
        self, ticket_id: str, printer: str | None = None, *, seen: PrintJob | None = None
    ) -> PrintJob:
        """Queue a new paper of a ticket, on its last printer or another.

        `seen` is the job that the caller believes to be the ticket's latest: without it a paper could come twice.

        Raises:
            Refused: `unknown_ticket`, when there is no such ticket, or no printer was ever named for it;
                `stale_view`, when the job that was seen has moved on.
        """
        day, number = split_ticket_id(ticket_id)
        now = self.clock.now()
        job = print_jobs.queue_reprint(self._engine, self.hall_id, day, number, printer, seen, now)
        if job is None:
            message = f"{ticket_id} is unknown, or was never printed: name the printer"
            raise Refused(RefusalCode.UNKNOWN_TICKET, message, ticket=ticket_id)
        return job

    def report_devices(self, reports: Sequence[DeviceReport]) -> None:
        """Write down how the devices of a program are; it takes no part in the queue and locks nothing of it."""
        for report in reports:
            require_short("machine's name", report.machine, LONGEST_DEVICE_NAME)
            require_short("device's name", report.device, LONGEST_DEVICE_NAME)
        device_health.save_reports(self._engine, self.hall_id, reports, self.clock.now())

    def devices(self) -> tuple[DeviceHealth, ...]:
        """The hall's devices as their programs told last, by machine and name."""
        return device_health.read_devices(self._engine, self.hall_id)

    def forget_devices(self, machine: str) -> int:
        """Forget the devices of a machine that was taken away for good; returns how many there were."""
        return device_health.forget_machine(self._engine, self.hall_id, machine)

    def _move_job(
        self, job: PrintJob, allowed_from: tuple[PrintState, ...], to: PrintState, cause: str | None
    ) -> bool:
        return print_jobs.move_job(self._engine, self.hall_id, job, allowed_from, to, cause, self.clock.now())
