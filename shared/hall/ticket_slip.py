"""The paper ticket: what a slip says about one ticket, in the language the customer chose."""

from __future__ import annotations

from collections.abc import Iterator

from shared.domain.plan import ORDINARY, HallPlan
from shared.domain.quote import Quote
from shared.domain.slip import Align, Badge, Block, Pair, QrCode, Rule, Size, Slip, Space, Text
from shared.domain.ticket import Ticket
from shared.hall.phrases import clock_text, counter_numbers, date_and_clock_text, quote_text
from shared.words import Words


def ticket_code(plan: HallPlan, ticket: Ticket) -> str:
    """What the ticket's QR code says, on paper and on screen: the hall and the ticket, and nothing about the person."""
    return f"jiaohao:{plan.id}/{ticket.id}"


def ticket_slip(plan: HallPlan, ticket: Ticket, words: Words, *, copy: int = 1) -> Slip:
    """The slip of a ticket; from the second `copy` on it is marked as a reprint."""
    blocks = (*_head(plan, ticket, words, copy), *_facts(plan, ticket, words), *_foot(plan, ticket, words))
    return Slip(blocks, title=ticket.number)


def _head(plan: HallPlan, ticket: Ticket, words: Words, copy: int) -> Iterator[Block]:
    language = words.language
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
    yield Rule(dashed=True)
    if ticket.appointed_for is not None:
        yield Pair(words.say("ticket-appointed"), clock_text(plan, ticket.appointed_for))
    else:
        ahead = ticket.people_ahead
        value = words.say("ticket-people-value", people=ahead) if ahead else words.say("ticket-nobody")
        yield Pair(words.say("ticket-people"), value)
        quote = quote_text(Quote(ahead, ticket.quote_minutes), words, "ticket")
        if quote:
            yield Pair(words.say("ticket-quote"), quote)
    counters = counter_numbers(
        (counter.number for counter in plan.counters_offering(ticket.service)), words.language
    )
    if counters:
        yield Pair(words.say("ticket-counters"), words.say("ticket-counters-value", counters=counters))
    yield Pair(words.say("ticket-issued"), date_and_clock_text(plan, ticket.issued_at), bold=False)
    yield Rule(dashed=True)
    yield Space(2)


def _foot(plan: HallPlan, ticket: Ticket, words: Words) -> Iterator[Block]:
    beside = f"{words.say('ticket-scan')}\n{words.say('ticket-miss')}"
    yield QrCode(ticket_code(plan, ticket), beside=beside)
    footer = plan.ticket_footer.in_language(words.language)
    if footer:
        yield Space(1)
        yield Text(footer, Size.SMALL, align=Align.CENTER)
