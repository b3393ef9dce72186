from __future__ import annotations

import pytest

from operations.demo.actor import Actor, ActorError


def test_a_program_that_ends_at_once_is_told_plainly() -> None:
    actor = Actor("lobby", "lobby_display", ["--geometry", "nonsense"], {})
    with pytest.raises(ActorError, match="lobby"):
        actor.tell("show")
    assert actor.stop() == 2
    assert not actor.alive
