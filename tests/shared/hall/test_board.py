from __future__ import annotations

import json

from shared.domain.clock import ManualClock
from shared.hall import Hall


def test_the_board_goes_into_json(hall: Hall, clock: ManualClock) -> None:
    hall.open_counter(1)
    for _ in range(3):
        hall.issue("payment")
    hall.call_next(1)
    hall.pause_counter(2, "lunch")
    board = json.loads(json.dumps(hall.board()))
    assert board["calls"] == [
        {"number": "B001", "counter": 1, "service": "payment", "at": clock.now().isoformat()}
    ]
    assert [(line["service"], line["people"]) for line in board["waiting"]] == [
        ("enquiry", 0),
        ("payment", 2),
        ("broadband", 0),
    ]
    assert board["counters"][:2] == [
        {"number": 1, "status": "open", "reason": None, "clerk": None, "ticket": "B001"},
        {"number": 2, "status": "paused", "reason": "lunch", "clerk": None, "ticket": None},
    ]


def test_calls_are_newest_first_and_a_recall_is_new(hall: Hall) -> None:
    for _ in range(2):
        hall.issue("payment")
    hall.call_next(1)
    hall.call_next(2)
    assert [call["number"] for call in hall.board()["calls"]] == ["B002", "B001"]
    hall.recall(1)
    assert [call["number"] for call in hall.board()["calls"]] == ["B001", "B002"]
