"""What a pad tells the program."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class PadAction(StrEnum):
    """What a key asks for, in the words that key maps use."""

    CALL = "call"
    RECALL = "recall"
    START = "start"
    FINISH = "finish"
    NO_SHOW = "no_show"
    HOLD = "hold"
    CALL_BACK = "call_back"
    TRANSFER = "transfer"
    PAUSE = "pause"
    RESUME = "resume"
    UNDO = "undo"
    EVALUATE = "evaluate"
    NUMBER = "number"
    RATE_1 = "rate_1"
    RATE_2 = "rate_2"
    RATE_3 = "rate_3"
    RATE_4 = "rate_4"
    RATE_5 = "rate_5"

    @property
    def level(self) -> int:
        """The level of a rating, 1 to 5, 5 the best; 0 for everything else."""
        head, _, level = self.value.partition("_")
        return int(level) if head == "rate" else 0


@dataclass(frozen=True, slots=True)
class PadEvent:
    """A key was pressed on pad `address`. `digits` are those of a `NUMBER` that was typed and confirmed, or of the
    number that was typed before `CALL`.

    `typed` are the digits also of a key that stands for an action (6 and OK is "no-show"): after "transfer" they are
    the number of a counter.
    """

    action: PadAction
    address: int = 0
    digits: str = ""
    typed: str = field(default="", compare=False)
