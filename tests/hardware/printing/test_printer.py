from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest

from hardware.lines.line import LineError
from hardware.printing.fonts import TicketFont
from hardware.printing.paper import Paper
from hardware.printing.paper_gauge import PaperGauge
from hardware.printing.printer import Confirmation, EscposPrinter, PrintState
from hardware.printing.rendering import encode_slip
from hardware.status import Cause, Health
from shared.domain.slip import Slip, Text

FINE = [b"\x12"] * 4
PAPER_OUT = [b"\x1a", b"\x32", b"\x12", b"\x7e"]
PROCESSED = [b"\x00"]


@dataclass
class ScriptedLine:
    """A line whose peer gives the answers of a script, in order, then is silent."""

    script: list[bytes] = field(default_factory=list)
    answers: bool = True
    keeps: bool = False
    name: str = "scripted"
    fails_at: int = -1
    failure: LineError | None = None
    opening_fails: bool = False
    written: list[bytes] = field(default_factory=list)
    is_open: bool = False

    def open(self) -> None:
        if self.opening_fails:
            raise LineError(Cause.UNREACHABLE, "nobody there")
        self.is_open = True

    def write(self, data: bytes) -> None:
        if len(self.written) == self.fails_at and self.failure:
            raise self.failure
        self.written.append(data)

    def read(self, count: int, timeout_s: float) -> bytes:
        return self.script.pop(0) if self.script else b""

    def discard_input(self) -> None:
        pass

    def close(self) -> None:
        self.is_open = False


def printer_on(
    line: ScriptedLine, font: TicketFont, confirmation: Confirmation = Confirmation.FENCE
) -> EscposPrinter:
    return EscposPrinter(line, Paper(58), font, confirmation=confirmation)


def test_preparing_draws_and_sends_nothing(small_slip: Slip, font: TicketFont) -> None:
    line = ScriptedLine()
    printer_on(line, font).prepare(small_slip)
    assert line.written == []
    assert not line.is_open


def test_a_slip_that_was_prepared_is_not_drawn_again(
    small_slip: Slip, font: TicketFont, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[Slip] = []

    def draw(slip: Slip, paper: Paper, font: TicketFont) -> tuple[bytes, ...]:
        drawn.append(slip)
        return encode_slip(slip, paper, font)

    monkeypatch.setattr("hardware.printing.printer.encode_slip", draw)
    at_once = ScriptedLine([*FINE, *PROCESSED, *FINE])
    printer_on(at_once, font).print_slip(small_slip)
    ahead = ScriptedLine([*FINE, *PROCESSED, *FINE])
    printer = printer_on(ahead, font)
    printer.prepare(small_slip)
    drawn.clear()
    assert printer.print_slip(small_slip).state is PrintState.PRINTED
    assert drawn == []
    assert ahead.written == at_once.written
    other = replace(small_slip, title="another")
    printer.prepare(small_slip)
    printer.print_slip(other)
    assert drawn == [small_slip, other]


def test_printed_is_said_when_everything_was_confirmed(small_slip: Slip, font: TicketFont) -> None:
    line = ScriptedLine([*FINE, *PROCESSED, *FINE])
    outcome = printer_on(line, font).print_slip(small_slip)
    assert (outcome.state, outcome.cause) == (PrintState.PRINTED, None)
    assert not line.is_open


@pytest.mark.expects_log("printer scripted is down: paper_out")
def test_a_printer_without_paper_gets_no_bytes(small_slip: Slip, font: TicketFont) -> None:
    line = ScriptedLine(list(PAPER_OUT))
    outcome = printer_on(line, font).print_slip(small_slip)
    assert (outcome.state, outcome.cause) == (PrintState.FAILED, Cause.PAPER_OUT)
    assert all(piece.startswith(b"\x10\x04") for piece in line.written)
    assert not line.is_open


@pytest.mark.expects_log("printer scripted is down: unreachable")
def test_nobody_there_is_a_failure(small_slip: Slip, font: TicketFont) -> None:
    outcome = printer_on(ScriptedLine(opening_fails=True), font).print_slip(small_slip)
    assert (outcome.state, outcome.cause) == (PrintState.FAILED, Cause.UNREACHABLE)


def test_a_printer_that_never_answers_is_printed_on_but_not_believed(
    small_slip: Slip, font: TicketFont
) -> None:
    line = ScriptedLine()
    outcome = printer_on(line, font).print_slip(small_slip)
    assert (outcome.state, outcome.cause) == (PrintState.SENT_UNCONFIRMED, Cause.NO_ANSWER)
    assert any(piece.startswith(b"\x1dv0") for piece in line.written)


def test_a_good_status_alone_does_not_prove_that_the_ticket_came_out(
    small_slip: Slip, font: TicketFont
) -> None:
    line = ScriptedLine([*FINE, b"", *FINE])
    outcome = printer_on(line, font).print_slip(small_slip)
    assert (outcome.state, outcome.cause) == (PrintState.SENT_UNCONFIRMED, Cause.NO_ANSWER)


def test_for_clones_without_gs_r_a_good_status_can_be_made_enough(small_slip: Slip, font: TicketFont) -> None:
    line = ScriptedLine([*FINE, *FINE])
    outcome = printer_on(line, font, Confirmation.STATUS).print_slip(small_slip)
    assert outcome.state is PrintState.PRINTED
    assert b"\x1dr\x01" not in line.written


def number_back(number: bytes) -> list[bytes]:
    """The answer to `GS ( H`, byte by byte as a slow line brings it."""
    return [bytes((byte,)) for byte in b"\x37\x22" + number + b"\x00"]


@pytest.fixture
def first_number(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first ticket is 0001."""
    monkeypatch.setattr("hardware.printing.printer.randbelow", lambda _: 0)


@pytest.mark.usefixtures("first_number")
def test_a_printer_that_sends_the_number_back_has_printed(small_slip: Slip, font: TicketFont) -> None:
    line = ScriptedLine([*FINE, *number_back(b"0001"), *FINE])
    outcome = printer_on(line, font, Confirmation.ID).print_slip(small_slip)
    assert outcome.state is PrintState.PRINTED
    assert bytes.fromhex("1D 28 48 06 00 30 30 30 30 30 31") in line.written


@pytest.mark.parametrize(
    ("answers", "cause"),
    [
        ([b""], Cause.NO_ANSWER),
        ([*number_back(b"0000"), b""], Cause.NO_ANSWER),
        ([*number_back(b"0001")[:4], b""], Cause.GARBAGE),
        ([b"\xff"], Cause.GARBAGE),
    ],
)
@pytest.mark.usefixtures("first_number")
def test_without_the_number_of_this_very_ticket_it_is_not_believed(
    answers: list[bytes], cause: Cause, small_slip: Slip, font: TicketFont
) -> None:
    line = ScriptedLine([*FINE, *answers, *FINE])
    outcome = printer_on(line, font, Confirmation.ID).print_slip(small_slip)
    assert (outcome.state, outcome.cause) == (PrintState.SENT_UNCONFIRMED, cause)


def test_the_answer_to_a_ticket_from_before_a_restart_proves_nothing(
    small_slip: Slip, font: TicketFont, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    for start in (0, 4711):
        monkeypatch.setattr("hardware.printing.printer.randbelow", lambda _, start=start: start)
        line = ScriptedLine([*FINE, *number_back(b"0001"), *FINE])
        asked.append(printer_on(line, font, Confirmation.ID).print_slip(small_slip).state)
        assert b"\x1d(H\x06\x0000" + f"{start + 1:04d}".encode() in line.written
    assert asked == [PrintState.PRINTED, PrintState.SENT_UNCONFIRMED]


@pytest.mark.expects_log("printer scripted is down: cutter_error")
def test_a_cutter_jam_told_unasked_ends_the_waiting(small_slip: Slip, font: TicketFont) -> None:
    jam = [bytes((byte,)) for byte in bytes.fromhex("18 08 00 00")]
    line = ScriptedLine([*FINE, *jam, b"\x1a", b"\x52", b"\x1a", b"\x12"])
    outcome = printer_on(line, font).print_slip(small_slip)
    assert (outcome.state, outcome.cause) == (PrintState.SENT_UNCONFIRMED, Cause.CUTTER_ERROR)


def test_good_news_unasked_disturbs_nothing(small_slip: Slip, font: TicketFont) -> None:
    fine_unasked = [bytes((byte,)) for byte in bytes.fromhex("10 00 00 00")]
    line = ScriptedLine([*fine_unasked, *FINE, *fine_unasked, *PROCESSED, *fine_unasked, *FINE])
    assert printer_on(line, font).print_slip(small_slip).state is PrintState.PRINTED


@pytest.mark.expects_log("printer scripted is down: timeout")
def test_a_strip_that_was_cut_short_is_filled_up_before_the_next_ticket(
    small_slip: Slip, font: TicketFont
) -> None:
    stall = LineError(Cause.TIMEOUT, "stalled", 100)
    line = ScriptedLine(list(FINE), fails_at=5, failure=stall)
    printer = printer_on(line, font)
    assert printer.print_slip(small_slip).state is PrintState.SENT_UNCONFIRMED
    line.failure = None
    for filled_up in (True, False):
        line.written.clear()
        line.script = [*FINE, *PROCESSED, *FINE]
        assert printer.print_slip(small_slip).state is PrintState.PRINTED
        assert (line.written[4] == bytes(48 * 240)) is filled_up


@pytest.mark.expects_log("printer scripted is down: unreachable")
def test_a_queue_that_refuses_is_a_failure_although_it_was_given_bytes(
    small_slip: Slip, font: TicketFont
) -> None:
    refusal = LineError(Cause.UNREACHABLE, "no such queue", untouched=True)
    line = ScriptedLine(answers=False, fails_at=1, failure=refusal)
    assert printer_on(line, font).print_slip(small_slip).state is PrintState.FAILED


def test_tickets_are_counted_from_the_warning_on(small_slip: Slip, font: TicketFont) -> None:
    low = [b"\x12", b"\x12", b"\x12", b"\x1e"]
    line = ScriptedLine([*FINE, *low, *PROCESSED, *low])
    printer = EscposPrinter(line, Paper(58), font, gauge=PaperGauge(30))
    assert printer.status().tickets_left is None
    assert printer.print_slip(small_slip).status.tickets_left == 30
    line.script = [*low, *PROCESSED, *low]
    assert printer.print_slip(small_slip).status.tickets_left == 29


@pytest.mark.expects_log("printer scripted is down: paper_out")
def test_paper_that_ends_in_the_middle_is_not_called_a_failure(small_slip: Slip, font: TicketFont) -> None:
    line = ScriptedLine([*FINE, b"", *PAPER_OUT])
    outcome = printer_on(line, font).print_slip(small_slip)
    assert (outcome.state, outcome.cause) == (PrintState.SENT_UNCONFIRMED, Cause.PAPER_OUT)


def test_garbage_after_the_ticket_is_not_believed(small_slip: Slip, font: TicketFont) -> None:
    outcome = printer_on(ScriptedLine([*FINE, b"\xff", b"\xff"]), font).print_slip(small_slip)
    assert (outcome.state, outcome.cause) == (PrintState.SENT_UNCONFIRMED, Cause.GARBAGE)


@pytest.mark.expects_log("printer scripted is down: timeout")
@pytest.mark.parametrize(
    ("fails_at", "sent", "state"),
    [(4, 0, PrintState.FAILED), (4, 1, PrintState.SENT_UNCONFIRMED), (5, 0, PrintState.SENT_UNCONFIRMED)],
)
def test_failed_promises_that_not_a_byte_of_the_ticket_arrived(
    fails_at: int, sent: int, state: PrintState, small_slip: Slip, font: TicketFont
) -> None:
    failure = LineError(Cause.TIMEOUT, "stalled", sent)
    line = ScriptedLine(list(FINE), fails_at=fails_at, failure=failure)
    outcome = printer_on(line, font).print_slip(small_slip)
    assert (outcome.state, outcome.cause) == (state, Cause.TIMEOUT)
    assert not line.is_open


def test_all_copies_are_printed_in_one_go(font: TicketFont) -> None:
    line = ScriptedLine([*FINE, *PROCESSED, *FINE])
    printer_on(line, font).print_slip(Slip((Text("A023"),), copies=2))
    assert sum(piece.endswith(b"\x1dV\x00") for piece in line.written) == 2


def test_a_file_is_printed_when_it_is_written(small_slip: Slip, font: TicketFont) -> None:
    line = ScriptedLine(answers=False, keeps=True)
    printer = printer_on(line, font)
    assert printer.print_slip(small_slip).state is PrintState.PRINTED
    assert printer.status().health is Health.OK
    assert line.written[0] == b"\x1b@"


def test_a_device_that_swallows_bytes_silently_is_unknown(small_slip: Slip, font: TicketFont) -> None:
    printer = printer_on(ScriptedLine(answers=False), font)
    assert printer.print_slip(small_slip).state is PrintState.SENT_UNCONFIRMED
    assert printer.status().health is Health.UNKNOWN


def test_a_rest_follows_each_piece_where_the_profile_asks_for_it(small_slip: Slip, font: TicketFont) -> None:
    rests: list[float] = []
    line = ScriptedLine(answers=False, keeps=True)
    paper = Paper(58, strip_rows=24, strip_delay_ms=30)
    EscposPrinter(line, paper, font, sleep=rests.append).print_slip(small_slip)
    assert rests == [0.03] * len(line.written)
