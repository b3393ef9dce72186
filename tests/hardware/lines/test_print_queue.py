from __future__ import annotations

import os
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from hardware.lines.line import LineError
from hardware.lines.print_queue import PrintQueueLine, submit_to_cups, submit_to_windows
from hardware.status import Cause

LP = """\
#!/bin/sh
echo "$@" > {folder}/arguments
cat > {folder}/job
[ "$2" = tickets ] && exit 0
echo "lp: The printer or class does not exist." >&2
exit 1
"""


@pytest.fixture
def cups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An `lp` that knows one queue and keeps its last job."""
    program = tmp_path / "lp"
    program.write_text(LP.format(folder=tmp_path), encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    return tmp_path


def print_to(queue: str, *pieces: bytes) -> None:
    line = PrintQueueLine(queue, submit_to_cups)
    line.open()
    for piece in pieces:
        line.write(piece)
    line.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no lp")
def test_a_job_goes_raw_and_in_one_piece_to_cups(cups: Path) -> None:
    print_to("tickets", b"\x1b@", bytes(range(256)))
    assert (cups / "job").read_bytes() == b"\x1b@" + bytes(range(256))
    assert (cups / "arguments").read_text() == "-d tickets -o raw\n"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no lp")
def test_a_queue_that_refuses_promises_that_nothing_was_printed(cups: Path) -> None:
    with pytest.raises(LineError, match="does not exist") as caught:
        print_to("nonesuch", b"x")
    assert caught.value.untouched


def test_without_cups_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(LineError, match="cups-client"):
        print_to("tickets", b"x")


def test_nothing_written_submits_nothing() -> None:
    jobs: list[bytes] = []
    line = PrintQueueLine("tickets", lambda _, job: jobs.append(job))
    line.open()
    line.close()
    assert not jobs


class SpoolerError(Exception):
    """pywin32's error, which is no OSError."""


def spooler(
    calls: list[tuple[Any, ...]], disk_bytes: int = 1_000_000, failing: tuple[str, ...] = ()
) -> ModuleType:
    module = ModuleType("win32print")

    def open_printer(name: str) -> str:
        if name != "tickets":
            raise SpoolerError(1801, "OpenPrinter", "The printer name is invalid.")
        return "handle"

    def remember(name: str) -> Any:
        def called(*arguments: Any) -> None:
            calls.append((name, *arguments))
            if name in failing:
                raise SpoolerError(1167, name, "The device is not connected.")

        return called

    def write(handle: str, job: bytes) -> int:
        calls.append(("WritePrinter", handle, job))
        return min(len(job), disk_bytes)

    ends = ("EndPagePrinter", "EndDocPrinter", "AbortPrinter", "ClosePrinter")
    functions = {name: remember(name) for name in ("StartDocPrinter", "StartPagePrinter", *ends)}
    vars(module).update(functions, OpenPrinter=open_printer, WritePrinter=write, error=SpoolerError)
    return module


def test_windows_gets_a_raw_document(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[tuple[Any, ...]] = []
    monkeypatch.setitem(sys.modules, "win32print", spooler(calls))
    submit_to_windows("tickets", b"job")
    assert calls == [
        ("StartDocPrinter", "handle", 1, ("ticket", None, "RAW")),
        ("StartPagePrinter", "handle"),
        ("WritePrinter", "handle", b"job"),
        ("EndPagePrinter", "handle"),
        ("EndDocPrinter", "handle"),
        ("ClosePrinter", "handle"),
    ]


def test_a_job_that_windows_takes_half_of_has_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[tuple[Any, ...]] = []
    monkeypatch.setitem(sys.modules, "win32print", spooler(calls, disk_bytes=2))
    with pytest.raises(LineError, match="2 of 3 bytes") as caught:
        submit_to_windows("tickets", b"job")
    assert (caught.value.cause, caught.value.untouched) == (Cause.WRITE_FAILED, False)
    assert ("EndDocPrinter", "handle") not in calls
    assert calls[-2:] == [("AbortPrinter", "handle"), ("ClosePrinter", "handle")]


@pytest.mark.parametrize("failing", [("EndPagePrinter",), ("EndPagePrinter", "AbortPrinter")])
def test_a_document_that_windows_fails_in_is_aborted(
    failing: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[tuple[Any, ...]] = []
    monkeypatch.setitem(sys.modules, "win32print", spooler(calls, failing=failing))
    with pytest.raises(LineError, match="EndPagePrinter") as caught:
        submit_to_windows("tickets", b"job")
    assert (caught.value.cause, caught.value.untouched) == (Cause.WRITE_FAILED, False)
    assert calls[-2:] == [("AbortPrinter", "handle"), ("ClosePrinter", "handle")]


def test_a_document_that_windows_did_not_begin_is_not_aborted(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[tuple[Any, ...]] = []
    monkeypatch.setitem(sys.modules, "win32print", spooler(calls, failing=("StartDocPrinter",)))
    with pytest.raises(LineError, match="StartDocPrinter"):
        submit_to_windows("tickets", b"job")
    assert [name for name, *_ in calls] == ["StartDocPrinter", "ClosePrinter"]


def test_a_printer_that_windows_does_not_know_is_unreachable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "win32print", spooler([]))
    with pytest.raises(LineError) as caught:
        submit_to_windows("nonesuch", b"job")
    assert (caught.value.cause, caught.value.untouched) == (Cause.UNREACHABLE, True)


def test_without_pywin32_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "win32print", None)
    with pytest.raises(LineError, match=r"jiaohao\[windows-queue\]"):
        submit_to_windows("tickets", b"job")
