"""I: how much memory a training takes, and whether it takes more and more.

Each way to train has a process of its own, in which Python counts what is allocated above the imports and the data:
numpy's arrays are counted, the memory that the library for matrix products keeps is not.
"""

from __future__ import annotations

import gc
import importlib
import sys
import tracemalloc
from typing import Any

from tests.benchmarks.processes import python
from tests.benchmarks.timing import Figure

__all__ = ["memory", "peak"]

_MODULES = {"C": "perceptron", "E": "convnet"}
_STEPS, _RUNS, _SETTLED = 25, 2_000, 200
_KIBI = 1024


def memory(rounds: int) -> list[Figure]:
    """Measure the peaks of C and E against tuned numpy, and what 2,000 runs of C leave behind."""
    figures = []
    for letter in _MODULES:
        ours, theirs = (_measured("peak", letter, who) for who in ("ours", "tuned"))
        figures.append(Figure("I", f"peak memory of {letter}", "tuned numpy", ours, theirs, 1.2, "KiB"))
    before, after = _measured("growth", "C", "ours", count=2)
    figures.append(Figure("I", f"held after {_RUNS:,} more runs of C", "before them", after, before, 1.0, "KiB"))
    return figures


def peak(letter: str, *left_out: str) -> float:
    """Return the peak of C or E in KiB, without some passes of the recorder."""
    return _measured("peak", letter, "ours", *left_out)


def _measured(what: str, letter: str, who: str, *left_out: str, count: int = 1) -> Any:
    numbers = [float(each) / _KIBI for each in python("-m", __name__, what, letter, who, *left_out).split()]
    return numbers if count > 1 else numbers[0]


def _main(what: str, letter: str, who: str, *left_out: str) -> None:
    """In the process of its own: print bytes."""
    import minigraph
    from minigraph.runtime.recorder.passes import Pass, without
    from tests.benchmarks.training import Deferred

    with without(*[Pass[name.upper()] for name in left_out]):
        _measure(minigraph, Deferred, what, letter, who)


def _measure(minigraph: Any, deferred: Any, what: str, letter: str, who: str) -> None:
    sys.modules["numba"] = None  # the compiler has 15 MB of its own, once
    module = importlib.import_module(f"tests.benchmarks.{_MODULES[letter]}")
    task = module.task()
    first = deferred(minigraph, task)
    first.restart()
    _train(first, task, 3)  # what is imported at use is imported now
    del first
    gc.collect()
    tracemalloc.start()
    training = deferred(minigraph, task) if who == "ours" else module.Tuned(task.start)
    training.restart()
    if what == "peak":
        _train(training, task, _STEPS)
        print(tracemalloc.get_traced_memory()[1])
    else:
        for runs in (_SETTLED, _RUNS):
            _train(training, task, runs)
            gc.collect()
            print(tracemalloc.get_traced_memory()[0])


def _train(training: Any, task: Any, steps: int) -> None:
    for i in range(steps):
        training.step(*task.batches[i % len(task.batches)])


if __name__ == "__main__":
    _main(*sys.argv[1:])
