from __future__ import annotations

import select
import socket
from collections.abc import Iterator

import pytest

from hardware.lines.line import LineError
from hardware.lines.tcp import TcpLine
from hardware.status import Cause
from tools.testing.patience import PATIENCE_S


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


@pytest.fixture
def line(listener: socket.socket) -> Iterator[TcpLine]:
    tcp = TcpLine("127.0.0.1", listener.getsockname()[1], connect_s=1, write_s=0.1)
    yield tcp
    tcp.close()


def remember_connections(monkeypatch: pytest.MonkeyPatch) -> list[socket.socket]:
    opened: list[socket.socket] = []
    connect = socket.create_connection

    def remembered(where: tuple[str, int], timeout: float) -> socket.socket:
        opened.append(connect(where, timeout))
        return opened[-1]

    monkeypatch.setattr(socket, "create_connection", remembered)
    return opened


def test_bytes_go_both_ways(listener: socket.socket, line: TcpLine) -> None:
    line.open()
    peer, _ = listener.accept()
    with peer:
        line.write(b"ticket")
        assert peer.recv(6) == b"ticket"
        peer.sendall(b"\x12")
        assert line.read(1, 1) == b"\x12"


def test_silence_reads_as_nothing(listener: socket.socket, line: TcpLine) -> None:
    line.open()
    assert line.read(1, 0.01) == b""


def test_half_an_answer_is_what_came_in_time(listener: socket.socket, line: TcpLine) -> None:
    line.open()
    peer, _ = listener.accept()
    with peer:
        peer.sendall(b"\x12")
        assert line.read(4, 0.05) == b"\x12"


def test_unasked_words_are_discarded(listener: socket.socket, line: TcpLine) -> None:
    line.open()
    peer, _ = listener.accept()
    with peer:
        peer.sendall(b"noise")
        assert line.read(1, 1) == b"n"
        line.discard_input()
        peer.sendall(b"\x16")
        assert line.read(1, 1) == b"\x16"


def test_nobody_there_is_unreachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(LineError) as caught:
        TcpLine("127.0.0.1", port, connect_s=0.5).open()
    assert caught.value.cause is Cause.UNREACHABLE


def test_a_peer_that_hangs_up_is_unreachable(listener: socket.socket, line: TcpLine) -> None:
    line.open()
    listener.accept()[0].close()
    with pytest.raises(LineError) as caught:
        line.read(1, 1)
    assert caught.value.cause is Cause.UNREACHABLE


def test_a_peer_that_hung_up_is_told_before_anything_is_written(
    listener: socket.socket, line: TcpLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = remember_connections(monkeypatch)
    line.open()
    listener.accept()[0].close()
    assert select.select(opened, (), (), PATIENCE_S)[0] == opened
    with pytest.raises(LineError) as caught:
        line.discard_input()
    assert caught.value.cause is Cause.UNREACHABLE


@pytest.mark.parametrize("stays", [True, False])
def test_a_line_that_stays_open_asks_in_silence_whether_its_peer_is_there(
    stays: bool, listener: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = remember_connections(monkeypatch)
    line = TcpLine("127.0.0.1", listener.getsockname()[1], stays=stays)
    line.open()
    (connection,) = opened
    assert bool(connection.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)) is stays
    if stays and hasattr(socket, "TCP_KEEPIDLE"):
        assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE) == 10
    line.close()


def test_a_peer_that_takes_no_more_is_a_time_out_that_counts_what_went(
    listener: socket.socket, line: TcpLine
) -> None:
    line.open()
    peer, _ = listener.accept()
    with peer, pytest.raises(LineError) as caught:
        line.write(bytes(64 * 1024 * 1024))
    assert caught.value.cause is Cause.TIMEOUT
    assert 0 < caught.value.sent < 64 * 1024 * 1024


def test_a_closed_line_takes_nothing(line: TcpLine) -> None:
    with pytest.raises(LineError):
        line.write(b"x")
