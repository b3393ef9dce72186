"""`jiaohao ticket …`: every command of the queue from a script or a terminal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import click

from operations.desk import NOBODY_WAITING, Desk, desk_options
from operations.plain_values import plain
from operations.ticket_preview import preview
from shared.domain.plan import ORDINARY
from shared.domain.ticket import Ticket, ticket_id
from shared.hall import Hall

_Command = TypeVar("_Command", bound=Callable[..., Any])


@click.group()
def ticket() -> None:
    """Issue tickets and work the queue."""


ticket.add_command(preview)


def _counter_option(command: _Command) -> _Command:
    return click.option("--counter", type=int, required=True, metavar="N", help="The counter's number")(
        command
    )


def _request_option(command: _Command) -> _Command:
    return click.option("--request-id", metavar="ID", help="The same id again returns the first result")(
        command
    )


def _ticket_option(command: _Command) -> _Command:
    return click.argument("ticket_name", metavar="TICKET", required=False)(
        click.option("--ticket", "ticket_named", metavar="TICKET", help="20261123-A001, or A001 of today")(
            command
        )
    )


@ticket.command()
@click.option("--service", required=True, metavar="KEY", help="The service's key in the hall's description")
@click.option(
    "--priority", default=ORDINARY, show_default=True, metavar="CLASS", help="The priority class's key"
)
@click.option("--print-at", metavar="PRINTER", help="Also queue the paper on this kiosk's printer")
@click.option(
    "--appointed-for",
    type=click.DateTime(),
    help="The appointed time by the hall's clock (class appointment)",
)
@_request_option
@desk_options
def issue(
    desk: Desk,
    service: str,
    priority: str,
    print_at: str | None,
    appointed_for: datetime | None,
    request_id: str | None,
) -> None:
    """Issue a ticket (取号)."""
    with desk.open_hall() as hall:
        moment = None if appointed_for is None else appointed_for.replace(tzinfo=ZoneInfo(hall.plan.timezone))
        issued = hall.issue(
            service,
            priority,
            request_id,
            print_at=print_at,
            appointed_for=moment,
            language=desk.settings.language,
        )
    _tell(desk, issued)


@ticket.command()
@_counter_option
@_ticket_option
@_request_option
@desk_options
def call(
    desk: Desk, counter: int, ticket_name: str | None, ticket_named: str | None, request_id: str | None
) -> int | None:
    """End the service at a counter and call the next ticket (叫号), or TICKET before its turn.

    Exit code 3 when nobody waits.
    """
    chosen = ticket_named or ticket_name
    with desk.open_hall() as hall:
        if chosen is None:
            called = hall.call_next(counter, request_id)
        else:
            called = hall.call_ticket(counter, _full_id(hall, chosen), request_id)
    if called is None:
        message = desk.words.say("operations-nobody-waiting", counter=counter)
        desk.answer({"error": "nobody_waiting", "message": message, "counter": counter}, message)
        return NOBODY_WAITING
    _tell(desk, called)
    return None


def _add_at_counter(name: str, help_text: str, act: Callable[[Hall, int, str | None], Ticket]) -> None:
    @ticket.command(name, help=help_text)
    @_counter_option
    @_request_option
    @desk_options
    def at_counter(desk: Desk, counter: int, request_id: str | None) -> None:
        with desk.open_hall() as hall:
            done = act(hall, counter, request_id)
        _tell(desk, done)


_add_at_counter("recall", "Call the ticket at a counter once more (重呼).", Hall.recall)
_add_at_counter("start", "Begin the service of the called ticket (办理).", Hall.start)
_add_at_counter("finish", "End the service at a counter (办结).", Hall.finish)
_add_at_counter("no-show", "The called customer did not come (过号).", Hall.no_show)


@ticket.command()
@click.option("--counter", type=int, metavar="N", help="Hold the ticket at this counter")
@_ticket_option
@_request_option
@desk_options
def hold(
    desk: Desk, counter: int | None, ticket_name: str | None, ticket_named: str | None, request_id: str | None
) -> None:
    """Put a ticket aside (挂起): the one at a counter, or a waiting one."""
    named = ticket_named or ticket_name
    if (counter is None) == (named is None):
        raise click.UsageError("name a counter or a ticket")
    with desk.open_hall() as hall:
        if named is not None:
            held = hall.hold_ticket(_full_id(hall, named), request_id)
        else:
            held = hall.hold(int(counter or 0), request_id)
    _tell(desk, held)


def _add_with_ticket(name: str, help_text: str, act: Callable[[Hall, str, str | None], Ticket]) -> None:
    @ticket.command(name, help=help_text)
    @_ticket_option
    @_request_option
    @desk_options
    def with_ticket(
        desk: Desk, ticket_name: str | None, ticket_named: str | None, request_id: str | None
    ) -> None:
        with desk.open_hall() as hall:
            done = act(hall, _full_id(hall, _required(ticket_named or ticket_name)), request_id)
        _tell(desk, done)


_add_with_ticket("resume", "Put a held ticket back in the queue.", Hall.resume)
_add_with_ticket("return", "Put a no-show back in the queue, once (过号恢复).", Hall.return_ticket)
_add_with_ticket("cancel", "Cancel a waiting or held ticket.", Hall.cancel)


@ticket.command()
@_counter_option
@click.option("--service", metavar="KEY", help="To this service")
@click.option("--to-counter", type=int, metavar="N", help="To this counter")
@_request_option
@desk_options
def transfer(
    desk: Desk, counter: int, service: str | None, to_counter: int | None, request_id: str | None
) -> None:
    """Send the ticket at a counter on (转移)."""
    with desk.open_hall() as hall:
        moved = hall.transfer(counter, service, to_counter, request_id)
    _tell(desk, moved)


@ticket.command()
@_counter_option
@_request_option
@desk_options
def undo(desk: Desk, counter: int, request_id: str | None) -> None:
    """Take back the last action at a counter, within ten seconds (撤销)."""
    with desk.open_hall() as hall:
        undone = hall.undo(counter, request_id)
    values = {
        "counter": counter,
        "took_back": undone.took_back.value,
        "tickets": [plain(back) for back in undone.tickets],
    }
    desk.answer(values, desk.words.say("operations-undone", action=undone.took_back.value, counter=counter))


@ticket.command()
@_counter_option
@click.option(
    "--level", type=click.IntRange(1, 5), required=True, help="5 very satisfied … 1 very dissatisfied"
)
@_request_option
@desk_options
def rate(desk: Desk, counter: int, level: int, request_id: str | None) -> None:
    """Rate the service finished last at a counter, within ten seconds (评价)."""
    with desk.open_hall() as hall:
        rated = hall.rate(counter, level, request_id)
    desk.answer(plain(rated), f"{rated.number}  {desk.words.say(f'rating-{level}')}  ({rated.id})")


@ticket.command()
@_ticket_option
@desk_options
def why(desk: Desk, ticket_name: str | None, ticket_named: str | None) -> None:
    """Say which tickets were called before this one, though issued later or not due yet, and why."""
    with desk.open_hall() as hall:
        overtakings = hall.why_overtaken(_full_id(hall, _required(ticket_named or ticket_name)))
    lines = [
        desk.words.say(f"operations-overtaken-{one.reason.value}", number=one.number, counter=one.counter)
        for one in overtakings
    ]
    text = "\n".join(lines) or desk.words.say("operations-not-overtaken")
    desk.answer({"overtaken_by": [plain(one) for one in overtakings]}, text)


def _required(name: str | None) -> str:
    if name is None:
        raise click.UsageError("name a ticket: 20261123-A001, or A001 of today")
    return name


def _full_id(hall: Hall, name: str) -> str:
    return name if "-" in name else ticket_id(hall.snapshot().day, name)


def _tell(desk: Desk, ticket_now: Ticket) -> None:
    state = desk.words.say(f"state-{ticket_now.state.value}")
    place = "" if ticket_now.counter is None else f" → {ticket_now.counter}"
    desk.answer(
        plain(ticket_now), f"{ticket_now.number}{place}  {state}  {ticket_now.service}  ({ticket_now.id})"
    )
