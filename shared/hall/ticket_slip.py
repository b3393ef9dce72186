"""The paper ticket: what a slip says about one ticket, in the language the customer chose."""

from __future__ import annotations

from collections.abc import Iterator

from shared.domain.plan import ORDINARY, HallPlan, TicketField
from shared.domain.quote import quote_of
from shared.domain.slip import Align, Badge, Block, Pair, Picture, QrCode, Rule, Size, Slip, Space, Text
from shared.domain.ticket import Ticket
from shared.domain.ticket_code import TicketCode
from shared.hall.phrases import clock_text, counter_numbers, date_and_clock_text, quote_text
from shared.words import Words


def ticket_code(plan: HallPlan, ticket: Ticket) -> str:
    """What the ticket's QR code says, on paper and on screen."""
    return str(TicketCode(plan.id, ticket.id))


def ticket_slip(plan: HallPlan, ticket: Ticket, words: Words, *, copy: int = 1) -> Slip:
    """The slip of a ticket; from the second `copy` on it is marked as a reprint."""
    blocks = (*_head(plan, ticket, words, copy), *_facts(plan, ticket, words), *_foot(plan, ticket, words))
    return Slip(blocks, title=ticket.number)


def _head(plan: HallPlan, ticket: Ticket, words: Words, copy: int) -> Iterator[Block]:
    language = words.language
    if plan.ticket_layout.logo is not None:
        yield Picture(plan.ticket_layout.logo)
        yield Space(2)
    yield Text(plan.name.in_language(language), Size.TITLE, bold=True, align=Align.CENTER)
    header = plan.ticket_header.in_language(language)
    if header:
        yield Text(header, Size.SMALL, align=Align.CENTER)
    if copy > 1:
        yield Text(words.say("ticket-reprint"), Size.SMALL, align=Align.CENTER)
    yield Rule()
    yield Space(2)
    yield Text(words.say("ticket-number"), Size.BODY, align=Align.CENTER)
    yield Text(ticket.number, Size.HERO, bold=True, align=Align.CENTER)
    if ticket.priority != ORDINARY:
        yield Space(2)
        yield Badge(plan.priority(ticket.priority).name.in_language(language))
    yield Space(1)
    yield Text(
        plan.service(ticket.service).name.in_language(language), Size.LARGE, bold=True, align=Align.CENTER
    )
    yield Space(2)


def _facts(plan: HallPlan, ticket: Ticket, words: Words) -> Iterator[Block]:
    fields = plan.ticket_layout.fields
    pairs = [pair for field in fields if (pair := _fact(field, plan, ticket, words)) is not None]
    if ticket.appointed_for is not None:
        pairs.insert(0, Pair(words.say("ticket-appointed"), clock_text(plan, ticket.appointed_for)))
    yield Rule(dashed=True)
    if pairs:
        yield from pairs
        yield Rule(dashed=True)
    yield Space(2)


def _fact(field: TicketField, plan: HallPlan, ticket: Ticket, words: Words) -> Pair | None:
    """One field of a ticket; None where it does not apply to it, or there is no ground for a figure."""
    match field:
        case TicketField.PEOPLE if ticket.appointed_for is None:
            ahead = ticket.people_ahead
            value = words.say("ticket-people-value", people=ahead) if ahead else words.say("ticket-nobody")
            return Pair(words.say("ticket-people"), value)
        case TicketField.QUOTE if ticket.appointed_for is None:
            quote = quote_text(quote_of(ticket), words, "ticket")
            return Pair(words.say("ticket-quote"), quote) if quote else None
        case TicketField.COUNTERS:
            offering = (counter.number for counter in plan.counters_offering(ticket.service))
            numbers = counter_numbers(offering, words.language)
            told = words.say("ticket-counters-value", counters=numbers)
            return Pair(words.say("ticket-counters"), told) if numbers else None
        case TicketField.ISSUED:
            issued = date_and_clock_text(plan, ticket.issued_at)
            return Pair(words.say("ticket-issued"), issued, bold=False)
    return None


def _foot(plan: HallPlan, ticket: Ticket, words: Words) -> Iterator[Block]:
    if plan.ticket_layout.qr:
        beside = f"{words.say('ticket-scan')}\n{words.say('ticket-miss')}"
        yield QrCode(ticket_code(plan, ticket), beside=beside)
    else:
        yield Text(words.say("ticket-scan"), Size.SMALL, align=Align.CENTER)
        yield Text(words.say("ticket-miss"), Size.SMALL, align=Align.CENTER)
    promotion = plan.ticket_layout.promotion_on(ticket.day)
    if promotion is not None:
        yield Rule(dashed=True)
        yield Text(promotion.text.in_language(words.language), Size.BODY, align=Align.CENTER)
        yield Rule(dashed=True)
    footer = plan.ticket_footer.in_language(words.language)
    if footer:
        yield Space(1)
        yield Text(footer, Size.SMALL, align=Align.CENTER)
