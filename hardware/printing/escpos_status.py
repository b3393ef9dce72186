"""What an ESC/POS printer says of itself, read bit by bit, and what proves that it printed.

Source: Epson ESC/POS command reference, "DLE EOT", "GS r", "GS a" and "GS ( H". Every answer has bits that are always
the same; a byte with other fixed bits is garbage and says nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet

from hardware.lines.line import Line
from hardware.printing.escpos_answers import Answer, AnswerKind, Listener
from hardware.status import OK, Cause, DeviceStatus, Health, unknown

QUESTIONS = (1, 2, 3, 4)
"""`DLE EOT n`: printer, cause of offline, cause of error, paper sensor."""

_FIXED_MASK, _FIXED_BITS = 0x93, 0x12
_PROCESS_ID = 0x22

_BITS: dict[int, tuple[tuple[int, Cause], ...]] = {
    1: ((0x08, Cause.OFFLINE),),
    2: ((0x04, Cause.COVER_OPEN), (0x20, Cause.PAPER_OUT), (0x40, Cause.MECHANICAL_ERROR)),
    3: ((0x08, Cause.CUTTER_ERROR), (0x64, Cause.MECHANICAL_ERROR)),
    4: ((0x60, Cause.PAPER_OUT), (0x0C, Cause.PAPER_LOW)),
}
_AUTO_STATUS_BITS: tuple[tuple[int, int, Cause], ...] = (
    (0, 0x08, Cause.OFFLINE),
    (0, 0x20, Cause.COVER_OPEN),
    (1, 0x08, Cause.CUTTER_ERROR),
    (1, 0x64, Cause.MECHANICAL_ERROR),
    (2, 0x0C, Cause.PAPER_OUT),
    (2, 0x03, Cause.PAPER_LOW),
)
"""`GS a`: byte, bits and cause."""
_MOST_TELLING_FIRST = (
    Cause.PAPER_OUT,
    Cause.COVER_OPEN,
    Cause.CUTTER_ERROR,
    Cause.MECHANICAL_ERROR,
    Cause.OFFLINE,
    Cause.PAPER_LOW,
)
_STOPPING = frozenset(_MOST_TELLING_FIRST) - {Cause.PAPER_LOW}


def causes_in(question: int, answer: int) -> frozenset[Cause]:
    """The causes in the answer byte to `DLE EOT question`. Raises ValueError when the byte is garbage."""
    if answer & _FIXED_MASK != _FIXED_BITS:
        raise ValueError(f"{answer:02X} is no answer to DLE EOT {question}")
    return frozenset(cause for bits, cause in _BITS[question] if answer & bits)


def status_from(answers: Mapping[int, int]) -> DeviceStatus:
    """One status from the answers by question. An answer missing or garbled makes fine unknown, but never
    hides a fault.
    """
    found: set[Cause] = set()
    garbled = [question for question, answer in answers.items() if not _is_valid(answer)]
    for question, answer in answers.items():
        if question not in garbled:
            found |= causes_in(question, answer)
    detail = " ".join(f"{question}:{answer:02X}" for question, answer in sorted(answers.items()))
    if found & _STOPPING:
        return _from_causes(found, detail)
    if garbled:
        return unknown(Cause.GARBAGE, detail)
    if len(answers) < len(QUESTIONS):
        return unknown(Cause.NO_ANSWER, detail)
    return _from_causes(found, detail)


def status_from_auto(block: bytes) -> DeviceStatus:
    """The status in the four bytes of an automatic status, as `Answer` carries them."""
    found = {cause for index, bits, cause in _AUTO_STATUS_BITS if block[index] & bits}
    return _from_causes(found, block.hex(" ").upper())


def ask_status(line: Line, answer_s: float) -> DeviceStatus:
    """Ask all four questions, `answer_s` seconds each; the first silence ends the asking. Raises LineError.

    A fault that the printer tells unasked, by automatic status, is taken for the answer.
    """
    answers: dict[int, int] = {}
    line.discard_input()
    listener = Listener(line)
    for question in QUESTIONS:
        line.write(bytes((0x10, 0x04, question)))
        answer = _next_but_good_news(listener, answer_s)
        if answer is None:
            break
        if answer.kind is AnswerKind.AUTO_STATUS:
            return status_from_auto(answer.data)
        answers[question] = answer.data[0] if answer.data else 0
        if answer.kind is not AnswerKind.REALTIME:
            break
    return status_from(answers)


def wait_until_processed(line: Line, wait_s: float) -> Cause | None:
    """Ask `GS r 1`, which the printer answers only after everything sent before it. None means it was answered.

    `DLE EOT` overtakes the ticket's data in the printer, so its answer alone does not prove that a ticket was printed.
    Raises LineError.
    """
    line.discard_input()
    line.write(b"\x1dr\x01")
    return _missing(
        _next_but_good_news(Listener(line), wait_s), lambda answer: answer.kind is AnswerKind.SENSOR
    )


def wait_until_printed(line: Line, number: int, wait_s: float) -> Cause | None:
    """Ask by `GS ( H` for the four digits of `number` back, which the printer sends when all before it is printed.

    None means that they came. Answers to earlier tickets are passed over. Raises LineError.
    """
    name = f"{number % 10_000:04d}".encode("ascii")
    listener = Listener(line)
    line.discard_input()
    line.write(b"\x1d(H\x06\x0000" + name)
    give_up = time.monotonic() + wait_s
    while True:
        answer = _next_but_good_news(listener, give_up - time.monotonic())
        if answer is None or not _is_other_ticket(answer, name):
            break
    wanted = bytes((_PROCESS_ID,)) + name
    return _missing(answer, lambda heard: heard.kind is AnswerKind.BLOCK and heard.data == wanted)


def _is_other_ticket(answer: Answer, name: bytes) -> bool:
    is_ticket = answer.kind is AnswerKind.BLOCK and answer.data[:1] == bytes((_PROCESS_ID,))
    return is_ticket and answer.data[1:] != name


def _missing(answer: Answer | None, is_proof: Callable[[Answer], bool]) -> Cause | None:
    if answer is None:
        return Cause.NO_ANSWER
    if answer.kind is AnswerKind.AUTO_STATUS:
        return status_from_auto(answer.data).cause
    return None if is_proof(answer) else Cause.GARBAGE


def _next_but_good_news(listener: Listener, wait_s: float) -> Answer | None:
    """The next answer, passing over automatic statuses that tell no fault."""
    give_up = time.monotonic() + wait_s
    while True:
        answer = listener.next(give_up - time.monotonic())
        if answer is None or answer.kind is not AnswerKind.AUTO_STATUS:
            return answer
        if status_from_auto(answer.data).health is Health.DOWN:
            return answer


def _from_causes(found: AbstractSet[Cause], detail: str) -> DeviceStatus:
    causes = tuple(cause for cause in _MOST_TELLING_FIRST if cause in found)
    if found & _STOPPING:
        return DeviceStatus(Health.DOWN, _without_consequences(causes), detail)
    return DeviceStatus(Health.ATTENTION, causes, detail) if causes else OK


def _is_valid(answer: int) -> bool:
    return answer & _FIXED_MASK == _FIXED_BITS


def _without_consequences(causes: tuple[Cause, ...]) -> tuple[Cause, ...]:
    """A printer without paper is offline and low on paper too, a jammed cutter is an error: only the reason is told."""
    drop: set[Cause] = set()
    if Cause.CUTTER_ERROR in causes:
        drop.add(Cause.MECHANICAL_ERROR)
    if causes[0] is not Cause.OFFLINE:
        drop.add(Cause.OFFLINE)
    if Cause.PAPER_OUT in causes:
        drop.add(Cause.PAPER_LOW)
    return tuple(cause for cause in causes if cause not in drop)
