"""The collector of a program, in a process of its own: the test process must keep its own collector."""

from __future__ import annotations

import subprocess
import sys

from tools.testing.patience import PATIENCE_S

PROGRAM = """
import gc, sys, weakref
from PySide6.QtCore import QCoreApplication, QTimer
from shared.qt.garbage_rounds import GarbageRounds

class Knot:
    def __init__(self):
        self.itself = self

def tie():
    if not gone and gc.get_freeze_count() > 300_000:
        gone.append(weakref.ref(Knot()))

rounds, gone = [], []
app = QCoreApplication([])
GarbageRounds(app, first_ms=1, round_ms=1)
def note(phase, info):
    if phase == "stop":
        rounds.append(info["generation"])
        if info["generation"] == 2 and gone:
            QTimer.singleShot(0, app.quit)

gc.callbacks.append(note)
print("left out:", gc.get_freeze_count() > 10_000)
kept = [[number] for number in range(300_000)]
print("young rounds:", 1 in rounds, "full rounds:", rounds.count(2))
print("left out before the first round:", gc.get_freeze_count() > 300_000)
beat = QTimer(app)
beat.timeout.connect(tie)
beat.start(0)
app.exec()
gc.callbacks.remove(note)
print("collected:", gone[0]() is None)
"""


def test_no_full_round_falls_into_the_work_and_one_of_the_timer_frees_what_is_knotted() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=PATIENCE_S, check=True
    )
    assert done.stdout.splitlines() == [
        "left out: True",
        "young rounds: True full rounds: 0",
        "left out before the first round: False",
        "collected: True",
    ]
