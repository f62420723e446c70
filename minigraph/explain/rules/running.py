"""Rules about runs: what they need and have not got, and what they leave behind in the graph."""

from __future__ import annotations

from collections.abc import Iterator

from minigraph.explain.report import Finding, listed, made
from minigraph.explain.scene import Scene
from minigraph.graph.code import code
from minigraph.graph.collections import GraphKeys
from minigraph.graph.operation import Operation, where_text
from minigraph.graph.provenance import format_where
from minigraph.graph.text import amount
from minigraph.graph.walks import ancestors
from minigraph.reading.accesses import is_init_op, is_initializer

__all__ = ["initialized_too_early", "summaries_that_need_more", "growing_graph"]


def initialized_too_early(scene: Scene) -> Iterator[Finding]:
    """Variables that a run needs, made after the operation that initializes all variables."""
    inits = [op for op in scene.ops if is_init_op(op)]
    if not inits:
        return
    covered = {c.inputs[0].op for op in inits for c in op.waits_for}
    restored = {
        a.cell
        for found in scene.accesses.values()
        for a in found
        if a.op.type == "Assign" and a.op.inputs[1].op.type == "RestoreV2"
    }
    late = [
        op
        for op in scene.cells
        if op in scene.ran
        and op.id > inits[-1].id
        and op not in covered
        and op not in restored
        and not scene.has_value(op)
        and not any(is_initializer(user) and user in scene.ran for user in op.all_outputs[0].users or ())
    ]
    if late:
        yield Finding(
            "init-too-early",
            f"{made(inits[-1])} initializes the variables made before it; "
            f"{listed(map(made, late), 3)} came later, and stay without a value",
            (inits[-1], *late),
            where_text(inits[-1]),
            f"call {code('tf.global_variables_initializer()')} after the optimizer, which makes variables too.",
        )


def summaries_that_need_more(scene: Scene) -> Iterator[Finding]:
    """Find merged summaries of which some need a placeholder that training does not."""
    trains = [op for ups in scene.updates for op in ups] or scene.collected(GraphKeys.TRAIN_OP)
    for run, ops in zip(scene.runs, scene.needed) if trains else ():
        usual = _placeholders(trains, run.feeds)
        for merged in [op for op in ops if op.type == "MergeSummary"]:
            more = {t.op: _placeholders([t.op], run.feeds) - usual for t in merged.inputs}
            asking = [op for op, extra in more.items() if extra]
            if asking and len(asking) < len(more):
                extra = sorted({p for op in asking for p in more[op]}, key=lambda op: op.id)
                yield Finding(
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
    """Lines that add nodes between runs, again and again; those of one loop are told together."""
    versions = list(scene.graph._versions_run)
    spans = list(zip(versions, versions[1:]))
    by_line: dict[tuple, dict[int, list[Operation]]] = {}
    for i, (start, end) in enumerate(spans):
        for op in scene.ops[start:end]:
            by_line.setdefault(op.where, {}).setdefault(i, []).append(op)
    loops: dict[tuple, list[tuple]] = {}
    for trace, added in by_line.items():
        if len(added) >= 3 and len({tuple([op.type for op in ops]) for ops in list(added.values())[-3:]}) == 1:
            loops.setdefault(tuple(added), []).append(trace)
    for inside, traces in loops.items():
        last = [op for trace in traces for op in by_line[trace][inside[-1]]]
        in_a_row = len(spans) - next((i + 1 for i in reversed(range(len(spans))) if i not in inside), 0)
        when = f"each of the last {in_a_row} runs" if in_a_row >= 3 else f"{len(inside)} runs"
        who = "this line has" if len(traces) == 1 else f"this line and {len(traces) - 1} more have"
        yield Finding(
            "growing-graph",
            f"{who} added {amount(len(last), 'node')} in {when}: {listed([op.name for op in last], 3)}",
            tuple(last),
            format_where(traces[0]),
            f"build the nodes once, before the loop; {code('tf.get_default_graph().finalize()')} finds such lines.",
        )
