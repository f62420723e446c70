"""What each pass of the recorder buys: how much longer a row takes without it, or how much more memory.

A session that records with all passes and one that leaves a pass out take turns. What is compared is the processor's
time, of the best round of each: what a busy machine adds to the others says nothing about a pass. With
OPENBLAS_NUM_THREADS=1 no thread that waits for work is counted.
"""

from __future__ import annotations

import functools
import time
from collections.abc import Callable, Sequence

import minigraph
from minigraph.runtime.recorder.fuse import is_available
from minigraph.runtime.recorder.passes import Pass, without
from tests.benchmarks import calls, chains, convnet, memory, perceptron, recurrent, regression
from tests.benchmarks.timing import Contestant, played
from tests.benchmarks.training import Deferred, Task, check, contestant

__all__ = ["ROWS", "passes", "table"]

_TRAININGS = {"B": regression, "C": perceptron, "D": recurrent, "E": convnet}
_PEAKS = ("C", "E")
ROWS = ("A", *_TRAININGS, "F", "I")
_LENGTH = 1_000  # of the chain of F, as a pass is measured more often than a session


def passes(names: Sequence[str]) -> list[Pass]:
    """Return the passes of these names; "all" is all that there are, compiled loops only where numba is."""
    if "all" in names:
        return [each for each in Pass if each is not Pass.LOOPS or is_available()]
    return [Pass[name.upper()] for name in names]


def table(chosen: Sequence[Pass], rows: Sequence[str], rounds: int) -> None:
    """Print a line for each pass, as soon as it is measured."""
    rows = [row for row in ROWS if row in rows]
    heads = [head for row in rows for head in _heads(row)]
    print(_line("without", heads), _line("-" * 10, ["-" * 7] * len(heads)), sep="\n")
    for each in chosen:
        found = [ratio for row in rows for ratio in _ratios(row, each, rounds)]
        print(_line(each.name.lower(), [f"{ratio:.2f}" for ratio in found]), flush=True)


def _heads(row: str) -> list[str]:
    if row == "F":
        return ["F fwd", "F grad", "F 2nd"]
    return [f"I {letter}" for letter in _PEAKS] if row == "I" else [row]


def _line(name: str, cells: Sequence[str]) -> str:
    return f"{name:<10}" + "".join(f"  {cell:>7}" for cell in cells)


def _ratios(row: str, each: Pass, rounds: int) -> list[float]:
    """Return what the row takes without the pass to what it takes with it, for each of its columns."""
    if row == "I":
        return [memory.peak(letter, each.name) / _peak(letter) for letter in _PEAKS]
    if row == "F":
        return _of_chains(each, rounds)
    return [_quotient(_call if row == "A" else functools.partial(_training, _TRAININGS[row].task()), each, rounds)]


@functools.cache
def _peak(letter: str) -> float:
    return memory.peak(letter)


def _of_chains(each: Pass, rounds: int) -> list[float]:
    made = {left_out: _chain(*left_out) for left_out in ((), (each,))}
    later = [
        _quotient(lambda *left_out, part=part: _runs(made[left_out], part), each, rounds) for part in ("y", "gradient")
    ]
    return [*later, made[each,].seconds["second run"] / made[()].seconds["second run"]]


def _quotient(make: Callable[..., Contestant], each: Pass, rounds: int) -> float:
    """Return the best round without the pass to the best one with it; `make` gets the passes that are left out."""
    seconds = played([_recording(make), _recording(make, each)], rounds, time.process_time)
    return min(seconds["without"]) / min(seconds["with"])


def _recording(make: Callable[..., Contestant], *left_out: Pass) -> Contestant:
    """Return a contestant whose runs are recorded without some passes."""
    with without(*left_out):
        made = make(*left_out)

    def play(pieces: int) -> None:
        with without(*left_out):
            made.play(pieces)

    return Contestant("without" if left_out else "with", play, made.restart, made.pieces)


# Who plays


def _call(*left_out: Pass) -> Contestant:
    return calls.session(minigraph, "run", "callable")[1]


def _training(task: Task, *left_out: Pass) -> Contestant:
    training = Deferred(minigraph, task)
    check([training], task.batches)  # records the run
    return contestant(training, task.batches)


def _chain(*left_out: Pass) -> chains.Chain:
    with without(*left_out):
        return chains.Chain(minigraph, _LENGTH, gradients=True)


def _runs(made: chains.Chain, part: str) -> Contestant:
    run = functools.partial(made.session.run, getattr(made, part), {made.x: chains.INPUT})
    return Contestant(part, lambda pieces: [run() for _ in range(pieces)])
