from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hardware.printing.escpos_answers import Answer, AnswerKind, AnswerReader


def heard(data: bytes) -> list[Answer]:
    reader = AnswerReader()
    return [answer for byte in data if (answer := reader.feed(byte))]


def test_answers_that_come_together_are_told_apart() -> None:
    talk = bytes.fromhex("12 10 00 03 00 00 37 22 41 30 32 33 00 1A FF")
    assert heard(talk) == [
        Answer(AnswerKind.REALTIME, b"\x12"),
        Answer(AnswerKind.AUTO_STATUS, bytes.fromhex("10 00 03 00")),
        Answer(AnswerKind.SENSOR, b"\x00"),
        Answer(AnswerKind.BLOCK, b"\x22A023"),
        Answer(AnswerKind.REALTIME, b"\x1a"),
        Answer(AnswerKind.GARBAGE, b"\xff"),
    ]


def test_flow_control_is_no_answer() -> None:
    assert heard(b"\x13\x12\x11") == [Answer(AnswerKind.REALTIME, b"\x12")]


def test_an_automatic_status_with_a_wrong_byte_is_garbage() -> None:
    assert [answer.kind for answer in heard(b"\x10\x00\xff\x12")] == [
        AnswerKind.GARBAGE,
        AnswerKind.REALTIME,
    ]


def test_a_block_without_end_is_given_up() -> None:
    assert heard(b"7" + b"A" * 64)[0].kind is AnswerKind.GARBAGE


@given(st.binary(max_size=400))
def test_any_bytes_are_survived_and_at_most_one_answer_is_kept_back(data: bytes) -> None:
    read = sum(len(answer.data) for answer in heard(data))
    assert read <= len(data)
    assert heard(data + bytes(65) + b"\x12")[-1] == Answer(AnswerKind.REALTIME, b"\x12")
