"""Recorded runs, as the page plays them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from minigraph.graph.observe import Run, observing
from minigraph.runtime.run_options import RunMetadata, RunOptions
from minigraph.runtime.tracing.difference import Difference
from minigraph.runtime.tracing.trace import Trace, inner_lines
from minigraph.runtime.tracing.values import ValueSummary
from minigraph.viz.text import clean, clipped
from minigraph.viz.view.focus import elements

__all__ = ["recording_runs", "race_data", "run_data", "runs_of", "value_data"]

_EACH = 3  # runs of one kind of fetch that are recorded by themselves
_MOST = 12  # in all
_MOST_STEPS = 20_000
_LONGEST = 80  # characters of a text
_LONGEST_TITLE = 200
_WITH_VALUES = RunOptions(trace_level=RunOptions.FULL_TRACE, trace_values=True)


@contextmanager
def recording_runs() -> Iterator[list[tuple[Any, Trace]]]:
    """Record the first few runs of each kind of fetch that any session makes inside, with values.

    Runs that the program records itself are all among them, as it records them.

    Yields:
        The list to which the graphs and traces of the runs are added.

    Example:
        >>> with recording_runs() as runs:
        ...     y = tf.square(tf.placeholder(tf.float32, []), name="y")
        ...     values = [sess.run(y, {"Placeholder:0": i}) for i in range(5)]
        >>> float(values[-1]), [trace.order for graph, trace in runs]
        (16.0, [['y'], ['y'], ['y']])
    """
    made: list[tuple[Any, Trace]] = []
    seen: dict[str, int] = {}

    def on_run(run: Run, proceed: Callable[[Run], Any]) -> Any:
        kind = repr(run.fetches)
        seen[kind] = seen.get(kind, 0) + 1
        taken = run.run_metadata
        if taken is None:
            if seen[kind] > _EACH or len(made) >= _MOST or sum(len(t.steps) for _, t in made) > _MOST_STEPS:
                return proceed(run)
            taken = RunMetadata()
            run = run._replace(options=_WITH_VALUES, run_metadata=taken)
        try:
            return proceed(run)
        finally:
            if taken.trace is not None:  # a run that failed has one too, and one that the program records itself
                made.append((run.session.graph, taken.trace))

    with observing(on_run=on_run):
        yield made


def runs_of(runs: Any) -> list[Trace]:
    """Return the traces of what was given as `runs`.

    Args:
        runs: a `Trace`, a `RunMetadata` that has one, or a list of either.

    Raises:
        TypeError: if something else is among them.
        ValueError: if a `RunMetadata` has recorded nothing.
    """
    if isinstance(runs, (Trace, RunMetadata)):
        runs = [runs]
    elif not isinstance(runs, (list, tuple)):
        raise TypeError(f"runs must be RunMetadata or traces, not {type(runs).__name__}")
    found = []
    for run in runs:
        trace = run.trace if isinstance(run, RunMetadata) else run
        if trace is None:
            raise ValueError(
                "a RunMetadata among the runs has recorded nothing. To record a run write\n"
                "    sess.run(fetches, feed_dict, run_metadata=m, options=tf.RunOptions(\n"
                "        trace_level=tf.RunOptions.FULL_TRACE, trace_values=True))"
            )
        if not isinstance(trace, Trace):
            raise TypeError(f"runs must be RunMetadata or traces, not {type(run).__name__}")
        found.append(trace)
    return found


def run_data(trace: Trace, index: dict[str, int]) -> dict[str, Any]:
    """Return a recorded run as the page reads it.

    Args:
        trace: the run.
        index: the place of each operation in the page's graph, by name.

    Raises:
        ValueError: if the run is one of another graph.
    """
    _check_graph(trace, index)
    table = _Values()
    return {
        "title": clean(_title(trace.fetched)),
        **_ends(trace, index, table),
        "variables": [[index[c.name], table[c.before], table[c.after]] for c in trace.variables if c.name in index],
        "writes": _writes(trace, index, table),
        "steps": [index[step.op] for step in trace.steps],
        "starts": [round(step.start, 1) for step in trace.steps],
        "times": [round(step.duration, 1) for step in trace.steps],
        "outputs": [[table[v] for v in step.outputs] for step in trace.steps],
        "found": [[[*_place(v.name, index), table[v]] for v in step.found.values()] for step in trace.steps],
        "inside": _inside(trace),
        "leftOut": list(map(list, Counter(trace.pruned.values()).items())),
        "error": None if trace.error is None else [index.get(trace.error[0], -1), clean(trace.error[1])],
        "values": table.entries,
    }


def _inside(trace: Trace) -> dict[int, list[str]]:
    """Return for each step that called bodies what they did, in the lines that a printed trace has."""
    return {i: list(map(clean, inner_lines(step))) for i, step in enumerate(trace.steps) if step.calls}


def _title(fetched: list[str]) -> str:
    """Return the names of what was fetched: as many as there is room for, the first at least, each of them whole."""
    shown = fetched[:1]
    for name in fetched[1:]:
        if len(", ".join([*shown, name])) > _LONGEST_TITLE:
            return f"{', '.join(shown)} and {len(fetched) - len(shown)} more"
        shown.append(name)
    return ", ".join(shown)


def _check_graph(trace: Trace, index: dict[str, int]) -> None:
    """Raise ValueError if a run is one of another graph than the page's."""
    for step in trace.steps:
        if step.op not in index:
            raise ValueError(
                f"a run has a step {step.op!r}, which is no node of the page's graph: it is one of another"
            )


def _ends(trace: Trace, index: dict[str, int], table: _Values) -> dict[str, list]:
    """Return what was fetched, what was fed, and what was computed when the run was planned."""
    left = {change.name: change.after for change in trace.variables}
    known = trace.values()
    fetches = [(name, known.get(name) or left.get(name.rpartition(":")[0])) for name in trace.fetched]
    folded = [value for value in trace.folded if value.name.rpartition(":")[0] in index]
    return {
        "fetches": [[*_place(name, index), table[value]] for name, value in fetches],
        "feeds": [[*_place(value.name, index), table[value]] for value in trace.fed],
        "folded": [[*_place(value.name, index), table[value]] for value in folded],
    }


def _writes(trace: Trace, index: dict[str, int], table: _Values) -> list[list[Any]]:
    """Return each write of a variable: [the number of the step, the variable, the value left, how far it moved], in
    order; of a step that failed what it had written before."""
    number = {step.op: i for i, step in enumerate(trace.steps)}
    found = [
        [number.get(step, len(number)), index[change.name], table[left], moved and difference_data(moved)]
        for change in trace.variables
        if change.name in index
        for step, left, moved in zip(change.written_by, change.left, change.moved)
    ]
    return sorted(found, key=lambda write: write[0])


def race_data(races: Any, graph: Any, index: dict[Any, int]) -> list[list[int]]:
    """Return the pairs of operations whose order is in question.

    Args:
        races: pairs of operations or names, or a report whose `pairs` have a `first` and a `second`.
        graph: the page's graph.
        index: the place of each operation in it.

    Raises:
        KeyError: if a pair names nothing of the graph.
        TypeError: if something is no pair.
    """
    if hasattr(races, "pairs"):  # in bodies of functions too, which are graphs of their own
        return [[index[p.first], index[p.second]] for p in races.pairs if p.first in index and p.second in index]
    for pair in races:
        if not isinstance(pair, (tuple, list)) or len(pair) != 2:
            raise TypeError("races must be pairs of operations or names, such as [('add', 'double')]")
    return [[index[elements(graph, each)[0]] for each in pair] for pair in races]


def value_data(value: ValueSummary) -> dict[str, Any]:
    """Return a recorded value as JSON.

    Returns:
        A dict with "dtype" and "shape", and, if they were recorded, "values" (all elements, flat) or "stats".

    Example:
        >>> import numpy as np
        >>> value_data(ValueSummary("x:0", (2,), "float32", 8, np.float32([1.5, np.nan])))
        {'dtype': 'float32', 'shape': [2], 'values': [1.5, 'nan']}
    """
    data: dict[str, Any] = {"dtype": value.dtype, "shape": None if value.shape is None else list(value.shape)}
    if value.value is not None:
        data["values"] = [_element(v) for v in value.value.ravel().tolist()]
    elif value.statistics is not None:
        data["stats"] = {
            key: [_element(e) for e in v.tolist()] if key == "first" else _element(v)
            for key, v in value.statistics.items()
        }
    return data


def difference_data(moved: Difference) -> dict[str, Any]:
    """Return how far a write moved a variable, as JSON.

    Example:
        >>> difference_data(Difference(1, (0, 2), 1.0, 3.0, 2.0, 2.0))
        {'changed': 1, 'index': [0, 2], 'before': 1.0, 'after': 3.0, 'largest': 2.0, 'norm': 2.0}
    """
    return {key: list(v) if key == "index" else _element(v) for key, v in vars(moved).items()}


def _element(value: Any) -> Any:
    """Return an element as JSON can hold it: without NaN, without digits that a float32 lacks, integers below 2**53."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int):
        return value if abs(value) < 2**53 else str(value)
    if isinstance(value, float):
        return float(f"{value:.7g}") if math.isfinite(value) else str(value)
    if isinstance(value, bytes):
        text = value.decode("utf-8", "replace")
        return clipped(text, _LONGEST) if text.isprintable() and "\ufffd" not in text else f"{len(value):,} bytes"
    return clean(clipped(str(value), _LONGEST))


class _Values:
    """Equal values stand in the table once; -1 is no value."""

    def __init__(self) -> None:
        self.entries: list[Any] = []
        self._numbers: dict[str, int] = {}

    def __getitem__(self, value: ValueSummary | None) -> int:
        if value is None:
            return -1
        data = value_data(value)
        key = repr(data)
        if key not in self._numbers:
            self._numbers[key] = len(self.entries)
            self.entries.append(data)
        return self._numbers[key]


def _place(name: str, index: dict[str, int]) -> list[int]:
    """Return the operation and the number of its output; -1 where the operation itself was fetched."""
    op, colon, output = name.rpartition(":")
    return [index[op], int(output)] if colon else [index[name], -1]
