"""What came of the demo's day: how long people waited against the promise, who never came, and the proof."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import fmean, median

from rich.table import Table

from shared.domain.plan import HallPlan
from shared.domain.replay import VerifyReport
from shared.domain.ticket import Ticket, TicketState
from shared.words import Words


@dataclass(frozen=True, slots=True)
class ServiceSummary:
    """One service's day; waits in minutes from issue to the latest call, of those who were called."""

    service: str
    issued: int
    served: int
    no_shows: int
    mean_wait: float | None
    median_wait: float | None
    longest_wait: float | None
    promised_wait: float
    kept: float | None


@dataclass(frozen=True, slots=True)
class DaySummary:
    """The whole day. `still_waiting` were not called when the demo ended."""

    issued: int
    served: int
    no_shows: int
    still_waiting: int
    verified: bool
    differences: tuple[str, ...]
    events: int
    services: tuple[ServiceSummary, ...]

    def as_values(self) -> dict[str, object]:
        """The summary for JSON."""
        return asdict(self)


def summarise(plan: HallPlan, tickets: Sequence[Ticket], report: VerifyReport) -> DaySummary:
    """The summary of a day's tickets."""
    return DaySummary(
        issued=len(tickets),
        served=_count(tickets, TicketState.FINISHED),
        no_shows=_count(tickets, TicketState.NO_SHOW),
        still_waiting=_count(tickets, TicketState.WAITING) + _count(tickets, TicketState.HELD),
        verified=report.clean,
        differences=report.differences,
        events=report.events,
        services=tuple(
            _service(plan, service.key, [ticket for ticket in tickets if ticket.service == service.key])
            for service in plan.services
        ),
    )


def summary_table(summary: DaySummary, plan: HallPlan, words: Words) -> Table:
    """The summary for a terminal."""
    table = Table(title=words.say("operations-demo-summary"))
    for column in (
        "service",
        "issued",
        "served",
        "no-shows",
        "mean-wait",
        "longest-wait",
        "promised",
        "kept",
    ):
        table.add_column(
            words.say(f"operations-column-{column}"), justify="left" if column == "service" else "right"
        )
    for line in summary.services:
        table.add_row(
            plan.service(line.service).name.in_language(words.language),
            str(line.issued),
            str(line.served),
            str(line.no_shows),
            _minutes(line.mean_wait),
            _minutes(line.longest_wait),
            _minutes(line.promised_wait),
            "" if line.kept is None else f"{line.kept:.0%}",
        )
    return table


def _service(plan: HallPlan, key: str, tickets: Sequence[Ticket]) -> ServiceSummary:
    waits = [
        (ticket.called_at - ticket.issued_at).total_seconds() / 60
        for ticket in tickets
        if ticket.called_at is not None
    ]
    promised = plan.service(key).target_wait.total_seconds() / 60
    return ServiceSummary(
        service=key,
        issued=len(tickets),
        served=_count(tickets, TicketState.FINISHED),
        no_shows=_count(tickets, TicketState.NO_SHOW),
        mean_wait=round(fmean(waits), 2) if waits else None,
        median_wait=round(median(waits), 2) if waits else None,
        longest_wait=round(max(waits), 2) if waits else None,
        promised_wait=promised,
        kept=round(sum(wait <= promised for wait in waits) / len(waits), 3) if waits else None,
    )


def _count(tickets: Sequence[Ticket], state: TicketState) -> int:
    return sum(1 for ticket in tickets if ticket.state is state)


def _minutes(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}"
