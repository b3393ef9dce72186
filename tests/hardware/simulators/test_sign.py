from __future__ import annotations

from pathlib import Path

import pytest

from hardware.lines.line import LineError
from hardware.signs.frame_parts import Message
from hardware.signs.preset import load_preset
from hardware.simulators.bench import SimulatorBench
from hardware.simulators.faults import Fault
from hardware.simulators.sign import LitSign, SimulatedSignLine
from hardware.status import Cause

PRESET = load_preset("strip_a0_90")


@pytest.fixture
def lit() -> list[LitSign]:
    return []


@pytest.fixture
def bench(lit: list[LitSign]) -> SimulatorBench:
    return SimulatorBench(on_sign=lit.append)


@pytest.fixture
def line(bench: SimulatorBench, tmp_path: Path) -> SimulatedSignLine:
    return bench.sign_line("3", PRESET, 3, tmp_path)


def test_frames_for_other_signs_are_ignored(line: SimulatedSignLine, lit: list[LitSign]) -> None:
    line.write(PRESET.grammar.build(Message(4, "A023")))
    line.write(PRESET.grammar.build(Message(3, "B107")))
    assert [shown.text for shown in lit] == ["B107"]


def test_a_damaged_frame_leaves_the_sign_as_it_was(
    line: SimulatedSignLine, lit: list[LitSign], bench: SimulatorBench
) -> None:
    line.write(PRESET.grammar.build(Message(3, "A023")))
    bench.signs["3"].faults.fail(Fault.GARBAGE)
    line.write(PRESET.grammar.build(Message(3, "A024")))
    assert [shown.text for shown in lit] == ["A023"]
    assert bench.signs["3"].lit == lit[0]


@pytest.mark.parametrize(
    ("fault", "cause"), [(Fault.UNPLUGGED, Cause.UNREACHABLE), (Fault.STALLED, Cause.TIMEOUT)]
)
def test_a_dead_sign_says_so(
    fault: Fault, cause: Cause, line: SimulatedSignLine, bench: SimulatorBench
) -> None:
    bench.signs["3"].faults.fail(fault)
    with pytest.raises(LineError) as caught:
        line.write(PRESET.grammar.build(Message(3, "A023")))
    assert caught.value.cause is cause


def test_a_file_unplugs_a_sign_from_another_process(line: SimulatedSignLine, tmp_path: Path) -> None:
    (tmp_path / "sign-3.faults").write_text("unplugged", encoding="utf-8")
    with pytest.raises(LineError):
        line.open()


def test_a_folder_that_cannot_be_written_is_a_fault_and_no_crash(
    bench: SimulatorBench, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    line = bench.sign_line("9", PRESET, 9, tmp_path / "file")
    with pytest.raises(LineError) as caught:
        line.write(PRESET.grammar.build(Message(9, "A023")))
    assert caught.value.cause is Cause.WRITE_FAILED
