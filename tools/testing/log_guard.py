"""A warning or an error in the log fails the test, unless the test says that it expects it."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

ran_to_its_end = pytest.StashKey[bool]()


class WarningCollector(logging.Handler):
    """Keeps the messages of warnings and worse, in the order they came."""

    def __init__(self) -> None:
        super().__init__(level=logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one message."""
        self.messages.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Note that the test passed: one that was skipped or failed need not have logged what it expects."""
    report = yield
    if report.when == "call":
        item.stash[ran_to_its_end] = report.passed
    return report


@pytest.fixture(autouse=True)
def no_unexpected_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail the test when the log's warnings are not exactly those that its `expects_log` markers name."""
    patterns = [pattern for marker in request.node.iter_markers("expects_log") for pattern in marker.args]
    collector = WarningCollector()
    logging.getLogger().addHandler(collector)
    yield
    logging.getLogger().removeHandler(collector)
    if not request.node.stash.get(ran_to_its_end, default=False):
        return
    complaints = compare(collector.messages, patterns)
    if complaints:
        pytest.fail("\n".join(complaints), pytrace=False)


def compare(messages: list[str], patterns: list[str]) -> list[str]:
    """Say which messages no pattern matches, and which patterns match no message."""
    unexpected = [text for text in messages if not any(re.search(pattern, text) for pattern in patterns)]
    absent = [pattern for pattern in patterns if not any(re.search(pattern, text) for text in messages)]
    return [f"unexpected in the log: {text}" for text in unexpected] + [
        f"expected in the log, but not there: {pattern}" for pattern in absent
    ]
