"""One line of people: those who wait for one service, or everybody in the hall; and what its past days tell."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from statistics import median
from typing import Any, Final, NamedTuple, TypeVar

from shared.domain.waits.counters import CountersAtWork
from shared.domain.waits.happening import MINUTES_A_DAY
from shared.domain.waits.pace import Pace
from shared.domain.waits.twin import twin

_SAME_PLACE_KEPT: Final = 50
_RECENT_KEPT: Final = 24
_CALLS_KEPT: Final = 300
_DAYS_KEPT: Final = 9
"""Days whose first and last call tell when a line usually works."""
_FORGOTTEN_AFTER: Final = 180.0
"""Minutes of waiting after which a ticket that was never called does not count as a person on the next day."""

_FEEDBACK_MEMORY: Final = 0.85
_PRIOR_CALLS: Final = 8.0


Key = TypeVar("Key", int, str)


@dataclass(slots=True)
class Mean:
    """A count and a sum."""

    count: float = 0.0
    total: float = 0.0

    def add(self, value: float) -> None:
        """Counts one value."""
        self.count += 1
        self.total += value

    def value(self) -> float | None:
        """The mean, None of nothing."""
        return self.total / self.count if self.count else None


class PastWait(NamedTuple):
    """A wait that ended: the moment of the call, its length in minutes, and how many were ahead at its issue."""

    called: float
    minutes: float
    ahead: int


class Line:
    """Remembers who waits, who was called and how long it took. Moments are minutes (`minute_of`)."""

    def __init__(self, typical_gap: float) -> None:
        self.pace = Pace(typical_gap)
        self.counters = CountersAtWork()
        self.same_place: dict[int, deque[float]] = {}
        self.by_hour: dict[int, Mean] = {}
        self.by_priority: dict[str, Mean] = {}
        self.by_counters: dict[int, list[float]] = {}
        self.work = [0.0, 0.0, 0.0]
        """Counter minutes, calls and minutes in which somebody waited and the counters open were known."""
        self.waits = Mean()
        self.first_calls: deque[float] = deque(maxlen=_DAYS_KEPT)
        self.last_calls: deque[float] = deque(maxlen=_DAYS_KEPT)
        """Minutes of the day at which the first and the last call of recent days came."""

        self.usual_hours: tuple[float, float] | None = None
        """When the first and the last call of a day usually come, in minutes of the day; None on the first day."""

        self.waiting: dict[str, float] = {}
        self.counters_open: int | None = None
        self._clock: float | None = None
        self._forget_today()

    def _forget_today(self) -> None:
        self.first_issue: float | None = None
        self.first_call: float | None = None
        self.last_call: float | None = None
        self.last_wait: PastWait | None = None
        self.recent: deque[PastWait] = deque(maxlen=_RECENT_KEPT)
        self.calls: deque[float] = deque(maxlen=_CALLS_KEPT)
        self.arrivals: deque[float] = deque(maxlen=_CALLS_KEPT)
        self.feedback = 0.0
        self.feedback_weight = 0.0
        self.day_feedback = Mean()

    def start_day(self, at: float) -> None:
        """A new day begins: yesterday's pace is history, and who has waited for hours is gone."""
        self.pace.start_day()
        self.counters.start_day()
        if self.first_call is not None and self.last_call is not None:
            self.first_calls = deque((*self.first_calls, self.first_call % MINUTES_A_DAY), _DAYS_KEPT)
            self.last_calls = deque((*self.last_calls, self.last_call % MINUTES_A_DAY), _DAYS_KEPT)
            self._set_usual_hours()
        kept = {ticket: issued for ticket, issued in self.waiting.items() if at - issued < _FORGOTTEN_AFTER}
        self.waiting = kept
        self._clock = at if kept else None
        self.counters_open = None
        self._forget_today()

    def move_clock(self, at: float) -> None:
        """Time passes up to `at`; it counts for the pace if somebody waits."""
        since = self._clock
        if since is None:
            self._clock = at
            return
        if at <= since:
            return
        if self.waiting:
            minutes = at - since
            self.pace.pass_time(since, minutes)
            if self.counters_open:
                self.counters.pass_time(since, minutes, self.counters_open)
                self._counted(self.counters_open)[0] += minutes
                self.work[0] += minutes * self.counters_open
                self.work[2] += minutes
        self._clock = at

    def seen_at(self, at: float, *, day_turns: bool) -> Line:
        """This line at a later moment, for a look at it that leaves the line itself as it is."""
        other = twin(self)
        other.pace = self.pace.copy()
        other.counters = self.counters.copy()
        other.by_counters = {counters: list(kept) for counters, kept in self.by_counters.items()}
        other.work = list(self.work)
        if day_turns:
            other.pace.slot_calls = list(self.pace.slot_calls)
            other.start_day(at)
        other.move_clock(at)
        return other

    def _counted(self, counters: int) -> list[float]:
        return self.by_counters.setdefault(counters, [0.0, 0.0])

    def join(self, ticket: str, at: float) -> None:
        """Somebody takes a ticket."""
        self.waiting[ticket] = at
        self.arrivals.append(at)
        if self.first_issue is None:
            self.first_issue = at

    def leave(self, ticket: str) -> None:
        """Somebody gives up, or turns out to be gone."""
        self.waiting.pop(ticket, None)

    def call(self, ticket: str, at: float, issued: float, ahead: int, priority: str) -> None:
        """Somebody is called who was issued at `issued` with `ahead` people ahead."""
        self.pass_by(ticket, at)
        minutes = at - issued
        wait = PastWait(at, minutes, ahead)
        self.last_wait = wait
        self.recent.append(wait)
        self.waits.add(minutes)
        if ahead not in self.same_place:
            self.same_place[ahead] = deque(maxlen=_SAME_PLACE_KEPT)
        self.same_place[ahead].append(minutes)
        _counted_at(self.by_hour, hour_of(issued)).add(minutes)
        _counted_at(self.by_priority, priority).add(minutes)

    def pass_by(self, ticket: str, at: float) -> None:
        """Somebody is called whose wait says nothing of this line, but who took a turn in it."""
        self.waiting.pop(ticket, None)
        self.last_call = at
        if self.first_call is None:
            self.first_call = at
        self.pace.call(at)
        self.calls.append(self.pace.busy_today)
        if self.counters_open:
            self._counted(self.counters_open)[1] += 1
            self.work[1] += 1

    def feed_back(self, error: float) -> None:
        """A forecast was off by `error` (a logarithm of a ratio)."""
        self.feedback = self.feedback * _FEEDBACK_MEMORY + error
        self.feedback_weight = self.feedback_weight * _FEEDBACK_MEMORY + 1
        self.day_feedback.add(error)

    def head_of_line(self) -> str | None:
        """The ticket that has waited longest."""
        return next(iter(self.waiting), None)

    def middle_of_line(self) -> str | None:
        """The ticket in the middle of those who wait."""
        return next(islice(self.waiting, len(self.waiting) // 2, None), None)

    def same_place_mean(self, ahead: int, kept: int) -> float | None:
        """Mean of the last `kept` waits that found exactly `ahead` people ahead; None if there was none."""
        waits = self.same_place.get(ahead)
        if not waits:
            return None
        return _mean_of_last(waits, kept)[0]

    def near_place_mean(self, ahead: int, kept: int) -> float | None:
        """The same, with waits that found one or two more or fewer ahead, scaled and at a smaller weight."""
        total = weight = 0.0
        for offset, trust in ((0, 1.0), (1, 0.3), (-1, 0.3), (2, 0.1), (-2, 0.1)):
            waits = self.same_place.get(ahead + offset)
            if waits:
                mean, count = _mean_of_last(waits, kept)
                total += trust * count * mean * (ahead + 1) / (ahead + offset + 1)
                weight += trust * count
        return total / weight if weight else None

    def minutes_per_calls(self, calls: int) -> float | None:
        """Busy minutes per call over the last `calls` calls of today; None before the first call."""
        known = min(max(calls, 1), len(self.calls))
        if not known:
            return None
        return (self.pace.busy_today - self.calls[-known] + 0.5) / known

    def similar_waits_mean(self, at: float, ahead: int) -> float | None:
        """Mean of today's latest waits, those recent and with about as many ahead counting most."""
        total = weight = 0.0
        reach = 1 + 0.15 * ahead
        for wait in self.recent:
            trust = math.exp((wait.called - at) / 40) / (1 + abs(wait.ahead - ahead) / reach) ** 2
            total += trust * wait.minutes * math.sqrt((ahead + 1) / (wait.ahead + 1))
            weight += trust
        return total / weight if weight > 1e-9 else None

    def mean_of_last_minutes(self, at: float, minutes: float) -> float | None:
        """Mean wait of those called in the last `minutes` minutes; None if nobody was."""
        waits = [wait.minutes for wait in self._since(at - minutes)]
        return sum(waits) / len(waits) if waits else None

    def _since(self, moment: float) -> Iterator[PastWait]:
        for wait in reversed(self.recent):
            if wait.called < moment:
                return
            yield wait

    def arrivals_since(self, moment: float) -> int:
        """How many took a ticket today since `moment`."""
        arrivals = list(self.arrivals)
        return len(arrivals) - bisect_left(arrivals, moment)

    def _set_usual_hours(self) -> None:
        if self.last_calls:
            self.usual_hours = median(self.first_calls), median(self.last_calls)

    def rate_with(self, counters: int) -> float:
        """Calls per busy minute while this many counters were open, shrunk to the mean a counter."""
        mean = self.pace.mean_rate()
        counter_minutes, _, known_minutes = self.work
        if counters and counter_minutes:
            mean *= counters * known_minutes / counter_minutes
        minutes, calls = self.by_counters.get(counters, (0.0, 0.0))
        return (calls + _PRIOR_CALLS) / (minutes + _PRIOR_CALLS / mean)

    def to_json(self) -> dict[str, Any]:
        """What is known of past days, as JSON values."""
        return {
            "pace": self.pace.to_json(),
            "counters": self.counters.to_json(),
            "same_place": {str(k): [round(w, 2) for w in waits] for k, waits in self.same_place.items()},
            "by_hour": {str(hour): [mean.count, mean.total] for hour, mean in self.by_hour.items()},
            "by_priority": {key: [mean.count, mean.total] for key, mean in self.by_priority.items()},
            "by_counters": {str(counters): kept for counters, kept in self.by_counters.items()},
            "work": self.work,
            "waits": [self.waits.count, self.waits.total],
            "hours": [list(self.first_calls), list(self.last_calls)],
        }

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> Line:
        """The line that told this by `to_json`, with nobody waiting."""
        line = cls(told["pace"]["typical_gap"])
        line.pace = Pace.from_json(told["pace"])
        line.counters = CountersAtWork.from_json(told["counters"])
        line.same_place = {
            int(ahead): deque(waits, maxlen=_SAME_PLACE_KEPT) for ahead, waits in told["same_place"].items()
        }
        line.by_hour = {int(hour): Mean(*kept) for hour, kept in told["by_hour"].items()}
        line.by_priority = {key: Mean(*kept) for key, kept in told["by_priority"].items()}
        line.by_counters = {int(counters): list(kept) for counters, kept in told["by_counters"].items()}
        line.work = list(told["work"])
        line.waits = Mean(*told["waits"])
        first, last = told["hours"]
        line.first_calls, line.last_calls = deque(first, _DAYS_KEPT), deque(last, _DAYS_KEPT)
        line._set_usual_hours()
        return line


def _counted_at(means: dict[Key, Mean], key: Key) -> Mean:
    mean = means.get(key)
    if mean is None:
        mean = means[key] = Mean()
    return mean


def hour_of(moment: float) -> int:
    """The hour of the day."""
    return int(moment % MINUTES_A_DAY // 60)


def _mean_of_last(waits: deque[float], kept: int) -> tuple[float, int]:
    count = min(kept, len(waits))
    if count == len(waits):
        return sum(waits) / count, count
    return sum(islice(reversed(waits), count)) / count, count
