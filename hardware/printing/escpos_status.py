"""What an ESC/POS printer answers to `DLE EOT` and `GS r`, read bit by bit.

Source: Epson ESC/POS command reference, "DLE EOT" and "GS r". Every answer has bits that are always the same; a byte
with other fixed bits is garbage and says nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

from hardware.lines.line import Line
from hardware.status import OK, Cause, DeviceStatus, Health, unknown

QUESTIONS = (1, 2, 3, 4)
"""`DLE EOT n`: printer, cause of offline, cause of error, paper sensor."""

_FIXED_MASK, _FIXED_BITS = 0x93, 0x12
_FENCE_MASK, _FENCE_BITS = 0x90, 0x00

_BITS: dict[int, tuple[tuple[int, Cause], ...]] = {
    1: ((0x08, Cause.OFFLINE),),
    2: ((0x04, Cause.COVER_OPEN), (0x20, Cause.PAPER_OUT)),
    3: ((0x08, Cause.CUTTER_ERROR), (0x64, Cause.MECHANICAL_ERROR)),
    4: ((0x60, Cause.PAPER_OUT), (0x0C, Cause.PAPER_LOW)),
}
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
    causes = tuple(cause for cause in _MOST_TELLING_FIRST if cause in found)
    if found & _STOPPING:
        return DeviceStatus(Health.DOWN, _without_consequences(causes), detail)
    if garbled:
        return unknown(Cause.GARBAGE, detail)
    if len(answers) < len(QUESTIONS):
        return unknown(Cause.NO_ANSWER, detail)
    return DeviceStatus(Health.ATTENTION, causes, detail) if causes else OK


def ask_status(line: Line, answer_s: float) -> DeviceStatus:
    """Ask all four questions, `answer_s` seconds each; the first silence ends the asking. Raises LineError."""
    answers: dict[int, int] = {}
    line.discard_input()
    for question in QUESTIONS:
        line.write(bytes((0x10, 0x04, question)))
        answer = line.read(1, answer_s)
        if not answer:
            break
        answers[question] = answer[0]
        if not _is_valid(answer[0]):
            break
    return status_from(answers)


def wait_until_processed(line: Line, wait_s: float) -> Cause | None:
    """Ask `GS r 1`, which the printer answers only after everything sent before it. None means it was answered.

    `DLE EOT` overtakes the ticket's data in the printer, so its answer alone does not prove that a ticket was printed.
    Raises LineError.
    """
    line.discard_input()
    line.write(b"\x1dr\x01")
    answer = line.read(1, wait_s)
    if not answer:
        return Cause.NO_ANSWER
    return None if answer[0] & _FENCE_MASK == _FENCE_BITS else Cause.GARBAGE


def _is_valid(answer: int) -> bool:
    return answer & _FIXED_MASK == _FIXED_BITS


def _without_consequences(causes: tuple[Cause, ...]) -> tuple[Cause, ...]:
    """A printer without paper is offline and low on paper too; only the reason is worth telling."""
    drop: set[Cause] = set()
    if causes[0] is not Cause.OFFLINE:
        drop.add(Cause.OFFLINE)
    if Cause.PAPER_OUT in causes:
        drop.add(Cause.PAPER_LOW)
    return tuple(cause for cause in causes if cause not in drop)
