"""How far a backup is, for a person who watches a terminal; a script sees nothing of it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from operations.desk import Desk
from shared.store.backup import Progress, Stage, no_progress


@contextmanager
def shown_progress(desk: Desk) -> Iterator[Progress]:
    """A bar for each stage on standard error, where that is a terminal."""
    if desk.as_json or not sys.stderr.isatty():
        yield no_progress
        return
    from rich.console import Console
    from rich.progress import Progress as Bars
    from rich.progress import TaskID

    with Bars(console=Console(stderr=True), transient=True) as bars:
        tasks: dict[Stage, TaskID] = {}

        def tell(stage: Stage, done: int, of: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(desk.words.say(f"backup-stage-{stage.value}"))
            bars.update(tasks[stage], completed=done, total=max(of, 1))

        yield tell
