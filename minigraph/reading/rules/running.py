"""Rules about runs: what they need and have not got, and what they leave behind in the graph."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, takewhile

from minigraph.graph.advice import graph_name
from minigraph.graph.code import code
from minigraph.graph.collections import GraphKeys
from minigraph.graph.operation import Operation
from minigraph.graph.text import amount
from minigraph.graph.traces import format_where, where_text
from minigraph.graph.walks import ancestors
from minigraph.reading.accesses import is_init_op, is_initializer
from minigraph.reading.finding import Finding, listed, made
from minigraph.reading.scene import Scene

__all__ = ["initialized_too_early", "summaries_that_need_more", "growing_graph"]


def initialized_too_early(scene: Scene) -> Iterator[Finding]:
    """Find variables that a run needs, made after the operation that initializes all variables."""
    inits = [op for op in scene.ops if is_init_op(op)]
    if not inits:
        return
    late = [op for op in _made_after(inits, scene) if not scene.has_value(op) and not _gets_a_value(scene, op)]
    if late:
        yield Finding(
            "init-too-early",
            f"{made(inits[-1])} initializes the variables made before it; "
            f"{listed(map(made, late), 3)} came later, and stay without a value",
            (inits[-1], *late),
            where_text(inits[-1]),
            f"call {code('tf.global_variables_initializer()')} after the optimizer, which makes variables too.",
        )


def _made_after(inits: list[Operation], scene: Scene) -> list[Operation]:
    """Return the variables that a run needs, made after the last init op, which no init op initializes."""
    covered = {c.inputs[0].op for op in inits for c in op.waits_for}
    return [op for op in scene.cells if op in scene.ran and op.id > inits[-1].id and op not in covered]


def _gets_a_value(scene: Scene, cell: Operation) -> bool:
    """Return True if a run initializes the variable by itself, or the graph can restore it."""
    if any(is_initializer(user) and user in scene.ran for user in cell.all_outputs[0].users or ()):
        return True
    assigns = [a.op for a in scene.accesses.get(cell, ()) if a.op.type == "Assign"]
    return any(op.inputs[1].op.type == "RestoreV2" for op in assigns)


def summaries_that_need_more(scene: Scene) -> Iterator[Finding]:
    """Find merged summaries of which some need a placeholder that training does not."""
    trains = _train_ops(scene)
    for run, ops in zip(scene.runs, scene.needed) if trains else ():
        usual = _placeholders(trains, run.feeds)
        for merged in [op for op in ops if op.type == "MergeSummary"]:
            needs = {t.op: _placeholders([t.op], run.feeds) - usual for t in merged.inputs}
            if any(needs.values()) and not all(needs.values()):
                yield _needs_more(merged, needs)


def _train_ops(scene: Scene) -> list[Operation]:
    """Return the updates that run, or else the train ops of the graph."""
    return [op for ups in scene.updates for op in ups] or scene.collected(GraphKeys.TRAIN_OP)


def _needs_more(merged: Operation, needs: dict[Operation, set[Operation]]) -> Finding:
    """Return the finding for a merged summary, from what each of its summaries needs and training does not."""
    asking = [op for op, more in needs.items() if more]
    extra = sorted(set().union(*needs.values()), key=lambda op: op.id)
    return Finding(
        "summary-needs-feed",
        f"{made(merged)} cannot run on what training is fed: "
        f"{listed(map(made, asking), 3)} needs {listed(map(made, extra), 3)}",
        (merged, *asking, *extra),
        where_text(asking[0]),
        f"feed it too, or leave the summary out: {code('tf.summary.merge([...])')} of those you want.",
    )


def _placeholders(ops: list[Operation], feeds: tuple) -> set[Operation]:
    return {op for op in ancestors(ops, feeds) if op.op_def.must_feed}


def growing_graph(scene: Scene) -> Iterator[Finding]:
    """Find lines that add nodes between runs, again and again; those of one loop make one finding."""
    versions = list(scene.graph._versions_run)
    spans = list(pairwise(versions))
    by_line = _added_by_line(scene.ops, spans)
    loops: dict[tuple, list[tuple]] = {}
    for trace, added in by_line.items():
        if _repeats(list(added.values())):
            loops.setdefault(tuple(added), []).append(trace)
    for inside, traces in loops.items():
        last = [op for trace in traces for op in by_line[trace][inside[-1]]]
        in_a_row = len(list(takewhile(inside.__contains__, reversed(range(len(spans))))))
        when = f"each of the last {in_a_row} runs" if in_a_row >= 3 else f"{len(inside)} runs"
        who = "this line has" if len(traces) == 1 else f"this line and {len(traces) - 1} more have"
        yield Finding(
            "growing-graph",
            f"{who} added {amount(len(last), 'node')} in {when}: {listed([op.name for op in last], 3)}",
            tuple(last),
            format_where(traces[0]),
            f"build the nodes once, before the loop; {code(f'{graph_name(scene.graph)}.finalize()')} finds such lines.",
        )


def _added_by_line(ops: list[Operation], spans: list[tuple[int, int]]) -> dict[tuple, dict[int, list[Operation]]]:
    """Return, for each line of the program, what it added between runs, by the index of the span."""
    by_line: dict[tuple, dict[int, list[Operation]]] = {}
    for i, (start, end) in enumerate(spans):
        for op in ops[start:end]:
            by_line.setdefault(op.where, {}).setdefault(i, []).append(op)
    return by_line


def _repeats(added: list[list[Operation]]) -> bool:
    """Return True if the last three times a line has added operations of the same types."""
    return len(added) >= 3 and len({tuple([op.type for op in ops]) for ops in added[-3:]}) == 1
