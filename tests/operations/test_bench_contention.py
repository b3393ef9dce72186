from __future__ import annotations

from dataclasses import replace

from operations.bench_contention import Outcome, contend
from shared.hall import open_hall
from shared.store.engine import make_engine
from shared.store.plans import hall_ids

SOUND = Outcome(2, 1, 0, 0, (), (), 1.0, 1.0)


def test_processes_that_press_in_the_same_instant_give_and_call_nothing_twice(database_url: str) -> None:
    outcome = contend(database_url, processes=3, issues=10, calls=5, rounds=4)
    assert (outcome.duplicate_numbers, outcome.called_twice) == (0, 0)
    assert (outcome.errors, outcome.differences) == ((), ())
    # Ten and, in each round, one by each process; so many calls find somebody.
    assert (outcome.issued, outcome.called) == (10 + 3 * 4, 5 + 3 * 4)
    assert outcome.sound
    engine = make_engine(database_url)
    [hall_id] = hall_ids(engine)
    engine.dispose()
    with open_hall(database_url, hall_id) as hall:
        assert len(hall.tickets()) == outcome.issued


def test_any_trouble_is_not_sound() -> None:
    assert SOUND.sound
    assert not replace(SOUND, duplicate_numbers=1).sound
    assert not replace(SOUND, called_twice=1).sound
    assert not replace(SOUND, errors=("locked",)).sound
    assert not replace(SOUND, differences=("B001",)).sound
