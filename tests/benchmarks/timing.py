"""Interleaved medians: whoever is compared takes turns, so that a busy moment of the machine meets all of them."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Contestant", "Figure", "medians", "once", "played", "figures_of"]

_PIECES_BEFORE_RESTART = 300  # a training that goes on for ever ends in denormal numbers, which are slow
_WARM_UP = 20  # pieces: a session specialises a run that repeats
_ROUND = 0.008  # seconds that a round takes, at least


@dataclass
class Contestant:
    """Someone who does the work.

    Attributes:
        name: in the table; "ours" for MiniGraph.
        play: does so many pieces of the work.
        restart: goes back to the state at the start; not timed.
        pieces: how many in a round; None for as many as a clock can measure.
    """

    name: str
    play: Callable[[int], Any]
    restart: Callable[[], Any] = lambda: None
    pieces: int | None = None


@dataclass
class Figure:
    """One line of the table.

    Attributes:
        work: the letter.
        what: what is measured.
        yardstick: against what; "" if there is nothing to compare with.
        ours, theirs: microseconds, or what `unit` says.
        goal: the largest ratio that is good enough, None if there is no goal.
        peers: the time of each framework that could be imported.
    """

    work: str
    what: str
    yardstick: str
    ours: float
    theirs: float | None = None
    goal: float | None = None
    unit: str = "us"
    peers: dict[str, float] = field(default_factory=dict)

    @property
    def ratio(self) -> float | None:
        """Ours to the yardstick."""
        return self.ours / self.theirs if self.theirs else None

    @property
    def met(self) -> bool | None:
        """Whether the ratio is good enough, to the two digits that are printed."""
        return None if self.goal is None or self.ratio is None else round(self.ratio, 2) <= self.goal


class _Turn:
    """A contestant in the ring: restarts it when it has gone on for long enough."""

    def __init__(self, contestant: Contestant, clock: Callable[[], float] = time.perf_counter):
        self._clock = clock
        self.contestant, self.played, self.seconds = contestant, _WARM_UP, []
        contestant.restart()
        contestant.play(contestant.pieces or _WARM_UP)

    def take(self, pieces: int) -> float:
        """Play one round; return the seconds for a piece."""
        if self.played and self.played + pieces > _PIECES_BEFORE_RESTART:
            self.contestant.restart()
            self.contestant.play(1)
            self.played = 1
        self.played += pieces
        start = self._clock()
        self.contestant.play(pieces)
        return (self._clock() - start) / pieces


def medians(contestants: Sequence[Contestant], rounds: int) -> dict[str, float]:
    """Return the median seconds for a piece of work, of each contestant; they take turns in the order given."""
    return {name: statistics.median(seconds) for name, seconds in played(contestants, rounds).items()}


def played(
    contestants: Sequence[Contestant], rounds: int, clock: Callable[[], float] = time.perf_counter
) -> dict[str, list[float]]:
    """Return the seconds for a piece of work in each round, of each contestant; they take turns in the order given."""
    turns = [_Turn(each, clock) for each in contestants]
    pieces = [turn.contestant.pieces or _pieces(turn) for turn in turns]
    gc.collect()
    gc.disable()
    try:
        for _ in range(rounds):
            for turn, number in zip(turns, pieces):
                turn.seconds.append(turn.take(number))
    finally:
        gc.enable()
    return {turn.contestant.name: turn.seconds for turn in turns}


def _pieces(turn: _Turn) -> int:
    """How many pieces make a round that a clock can measure."""
    pieces = 1
    while pieces < 10_000 and turn.take(pieces) * pieces < _ROUND:
        pieces *= 2
    return pieces


def once(work: Callable[[], Any]) -> tuple[float, Any]:
    """Return the seconds that something takes which can be done only once, and what it gives."""
    gc.collect()
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def figures_of(
    work: str, what: str, seconds: dict[str, float], goals: dict[str, float | None], ours: str = "ours"
) -> list[Figure]:
    """Return a figure for each yardstick in `goals`; all others beside `ours` are peers."""
    peers = {name: 1e6 * each for name, each in seconds.items() if name in ("tensorflow", "jax", "torch")}
    return [
        Figure(work, what, yardstick, 1e6 * seconds[ours], 1e6 * seconds[yardstick], goal, peers=peers)
        for yardstick, goal in goals.items()
    ]
