"""What a real sound server was given to play, recorded from a sink that goes nowhere."""

from __future__ import annotations

import importlib.util
import queue
import shutil
import subprocess
import sys
import threading
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import IO

import pytest

from hardware.status import OK, Cause
from hardware.voice.announcement_sound import END_S, SpokenCall
from hardware.voice.loudspeaker import Loudspeaker
from hardware.voice.opening import open_player
from hardware.voice.resident_player import ResidentPlayer
from hardware.voice.sound import from_frames
from tools.testing.patience import PATIENCE_S
from tools.testing.tone_pack import RATE, heard, loud_seconds

SINK = "hall"
QT_COMMAND = (sys.executable, "-m", "shared.qt.sound_process")
CALLS = (
    SpokenCall("A08", 3, times=1),
    SpokenCall("B21", 12, times=1, chime=False),
    SpokenCall("C07", 2, recalled=True, times=1, chime=False),
)
SAID = [
    *["chime", "please", "A", "0", "8", "number", "to", "3", "window"],
    *["please", "B", "2", "1", "number", "to", "10", "2", "window"],
    *["again", "please", "C", "0", "7", "number", "to", "2", "window"],
]
LONGEST_RECORDING_S = 60
"""Of recorded time, not of the clock: a busy machine records no less."""

needs_pulse_audio = pytest.mark.skipif(
    not all(map(shutil.which, ("pulseaudio", "paplay", "parec"))),
    reason="this machine has no pulseaudio, paplay and parec: apt-get install pulseaudio",
)


@dataclass(frozen=True, slots=True)
class Server:
    """A PulseAudio server of this test's own."""

    address: str

    @contextmanager
    def recording(self) -> Iterator[Recording]:
        """What the sink is given from now on."""
        form = ["--format=s16le", f"--rate={RATE}", "--channels=1", "--latency-msec=50"]
        command = ["parec", f"--server={self.address}", f"--device={SINK}.monitor", *form]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as recorder:
            assert recorder.stdout is not None
            recording = Recording(recorder.stdout)
            try:
                recording.take()
                yield recording
            finally:
                recorder.kill()
                recording.end()


class Recording:
    """Reads what is recorded all the while, so that the recorder never has to wait and lose something."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._pieces: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._read)
        self._thread.start()

    def take(self) -> array[int]:
        """The next quarter of a second."""
        piece = self._pieces.get(timeout=PATIENCE_S)
        assert piece, "the recorder has ended"
        return from_frames(piece)

    def until(self, words: int) -> array[int]:
        """Record until so many words were heard, or longer than they could ever take."""
        samples: array[int] = array("h")
        while len(words_in(samples)) < words and len(samples) < LONGEST_RECORDING_S * RATE:
            samples += self.take()
        return samples + self.take()

    def end(self) -> None:
        """Wait for the rest."""
        self._thread.join(PATIENCE_S)

    def _read(self) -> None:
        while piece := self._stream.read(RATE // 2):
            self._pieces.put(piece)
        self._pieces.put(b"")


def words_in(samples: array[int]) -> list[str]:
    """The words heard. A busy machine may tear a tone in two, and no word of these calls follows itself."""
    return [word for word, _again in groupby(heard(samples, "zh"))]


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server with a sink that goes nowhere, ready to play; the test is skipped where none can be started."""
    address = f"unix:{tmp_path / 's'}"
    home = {"HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
    modules = [
        f"module-null-sink sink_name={SINK} format=s16le rate={RATE} channels=1",
        f"module-native-protocol-unix socket={tmp_path / 's'} auth-anonymous=1",
    ]
    command = [
        "pulseaudio",
        "-n",
        "--daemonize=no",
        "--use-pid-file=no",
        "--exit-idle-time=-1",
        "--realtime=no",
    ]
    command += [f"--load={module}" for module in modules]
    for name, value in home.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("PULSE_SERVER", address)
    with (tmp_path / "server.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        while not is_up(address):
            if process.poll() is not None:
                pytest.skip(f"PulseAudio does not start: {(tmp_path / 'server.log').read_text()[-300:]}")
        yield Server(address)
    finally:
        process.terminate()
        process.wait()


def is_up(address: str) -> bool:
    """Ask the server for its sinks; the question itself waits for a server that is just starting."""
    done = subprocess.run(
        ["pactl", f"--server={address}", "list", "short", "sinks"],
        capture_output=True,
        text=True,
        check=False,
    )
    return SINK in done.stdout


@needs_pulse_audio
def test_calls_come_out_whole_in_order_and_one_after_another(server: Server, tone_pack: Path) -> None:
    loudspeaker = Loudspeaker(open_player(f"voice:paplay?device={SINK}"), tone_pack)
    sounds = [loudspeaker.prepare(call) for call in CALLS]
    with server.recording() as recorded:
        assert [loudspeaker.play(sound) for sound in sounds if sound is not None] == [OK, OK, OK]
        samples = recorded.until(len(SAID))
    assert words_in(samples) == SAID
    # Overlapping sounds would be shorter than all of them together.
    assert loud_seconds(samples) > sum(sound.seconds for sound in sounds if sound is not None) - END_S - 0.1


@needs_pulse_audio
def test_an_automatic_player_finds_the_server(server: Server, tone_pack: Path) -> None:
    loudspeaker = Loudspeaker(open_player("voice:"), tone_pack)
    with server.recording() as recorded:
        assert loudspeaker.say(CALLS[0]) == OK
        assert words_in(recorded.until(9)) == SAID[:9]
    assert loudspeaker.name in ("paplay", "pw-play")


@needs_pulse_audio
@pytest.mark.skipif(
    importlib.util.find_spec("PySide6.QtMultimedia") is None,
    reason='Qt Multimedia is not installed: pip install "PySide6-Addons>=6.11.1,<6.12"',
)
def test_qt_multimedia_plays_one_sound_after_another(server: Server, tone_pack: Path) -> None:
    player = ResidentPlayer("qt", QT_COMMAND, patience_s=PATIENCE_S, start_s=PATIENCE_S)
    loudspeaker = Loudspeaker(player, tone_pack)
    try:
        with server.recording() as recorded:
            assert [loudspeaker.say(call) for call in CALLS] == [OK, OK, OK]
            assert words_in(recorded.until(len(SAID))) == SAID
    finally:
        loudspeaker.stop()


@needs_pulse_audio
@pytest.mark.expects_log("voice is down: no_sound paplay: .*refused")
def test_without_a_server_the_player_says_so(
    tone_pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path / 'nobody'}")
    status = Loudspeaker(open_player("voice:paplay"), tone_pack).say(CALLS[0])
    assert status.cause is Cause.NO_SOUND
