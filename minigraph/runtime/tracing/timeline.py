"""A trace in the forms that tools read: TF1's `step_stats`, and the JSON of Chrome's and Perfetto's trace viewers."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

from minigraph.graph.dtypes import as_dtype
from minigraph.graph.shapes import TensorShape
from minigraph.runtime.config import cpu_device

__all__ = ["Timeline", "as_fields", "step_stats_of"]


def step_stats_of(trace: Any) -> SimpleNamespace:
    """Return a trace in the shape of TF1's `StepStats`: `dev_stats`, and in them `node_stats`."""
    nodes = [_node_stats(step, trace.began) for step in trace.steps]
    device = SimpleNamespace(device=cpu_device().name, node_stats=nodes, thread_names={0: "run"})
    return SimpleNamespace(dev_stats=[device])


def _node_stats(step: Any, began: float) -> SimpleNamespace:
    lasted = max(1, round(step.duration))
    inputs = ", ".join(name.removesuffix(":0") for name in step.inputs)
    start = round(began * 1e6 + step.start)
    return SimpleNamespace(
        node_name=step.op,
        timeline_label=f"{step.op} = {step.type}({inputs})",
        thread_id=0,
        all_start_micros=start,
        scheduled_micros=start,
        op_start_rel_micros=0,
        op_end_rel_micros=lasted,
        all_end_rel_micros=lasted,
        all_start_nanos=round(began * 1e9 + step.start * 1e3),
        all_end_rel_nanos=round(step.duration * 1e3),
        memory=[SimpleNamespace(allocator_name="cpu", total_bytes=sum(v.bytes for v in step.outputs))],
        output=[SimpleNamespace(slot=i, tensor_description=_described(v)) for i, v in enumerate(step.outputs)],
    )


def _described(value: Any) -> SimpleNamespace:
    allocated = SimpleNamespace(requested_bytes=value.bytes)
    return SimpleNamespace(dtype=value.dtype, shape=value.shape, allocation_description=allocated)


def as_fields(stats: Any) -> Any:
    """Return `step_stats`, or a part of it, as dicts of the fields of TensorFlow's messages."""
    if isinstance(stats, list):
        return [as_fields(each) for each in stats]
    if not isinstance(stats, SimpleNamespace):
        return stats
    fields = {name: as_fields(value) for name, value in vars(stats).items()}
    if "shape" in fields:
        fields["shape"] = TensorShape(fields["shape"]).as_proto()
        fields["dtype"] = as_dtype(fields["dtype"]).as_datatype_enum
    return fields


class Timeline:
    """Turn `RunMetadata.step_stats` into a picture of time: open it in https://ui.perfetto.dev or chrome://tracing.

    Args:
        step_stats: of a `RunMetadata` that a traced run has filled.
        graph: taken as TF1 takes it; the labels in `step_stats` say which edges there are.

    Example:
        >>> import json
        >>> from minigraph.python.client import timeline
        >>> run = tf.RunMetadata()
        >>> value = sess.run(tf.random_normal([3]), run_metadata=run, options=tf.RunOptions(
        ...     trace_level=tf.RunOptions.FULL_TRACE))
        >>> text = timeline.Timeline(run.step_stats).generate_chrome_trace_format()
        >>> [e["name"] for e in json.loads(text)["traceEvents"] if e["ph"] == "X"]
        ['RandomStandardNormal', 'Mul', 'Add']
    """

    def __init__(self, step_stats: Any, graph: Any = None):
        self._step_stats = step_stats

    def generate_chrome_trace_format(
        self, show_dataflow: bool = True, show_memory: bool = False, op_time: str = "schedule"
    ) -> str:
        """Return the JSON text.

        Args:
            show_dataflow: draw an arrow from where a tensor is made to where it is used.
            show_memory: add the bytes of each operation's outputs as a counter.
            op_time: accepted, as in TF1; one thread has no other time.
        """
        events: list[dict[str, Any]] = []
        for pid, device in enumerate(self._step_stats.dev_stats):
            events.append(dict(ph="M", name="process_name", pid=pid, tid=0, args={"name": f"{device.device} Compute"}))
            made: dict[str, dict] = {}
            for node in device.node_stats:
                event, inputs = _complete(node, pid)
                events.append(event)
                if show_dataflow:
                    events += _arrows(event, [made[i] for i in inputs if i in made], len(events))
                if show_memory:
                    held = {"outputs": node.memory[0].total_bytes}
                    events.append(dict(ph="C", name="bytes", pid=pid, tid=0, ts=event["ts"], args=held))
                made[node.node_name] = event
        return json.dumps({"traceEvents": events}, indent=1)


def _complete(node: Any, pid: int) -> tuple[dict[str, Any], list[str]]:
    """Return the event of one step, and the names of the operations that it takes from."""
    kind, _, rest = node.timeline_label[len(node.node_name) + 3 :].partition("(")
    inputs = [name for name in rest.rstrip(")").split(", ") if name]
    args = {"name": node.node_name, "op": kind, **{f"input{i}": name for i, name in enumerate(inputs)}}
    times = dict(ts=node.all_start_nanos / 1000, dur=node.all_end_rel_nanos / 1000)
    event = dict(ph="X", cat="Op", name=kind, pid=pid, tid=node.thread_id, **times, args=args)
    return event, [name.lstrip("^").partition(":")[0] for name in inputs]


def _arrows(event: dict, sources: list[dict], first: int) -> list[dict]:
    found = []
    for number, source in enumerate(sources, first):
        common = dict(cat="DataFlow", name="tensor", id=number, pid=event["pid"], tid=event["tid"])
        found += [dict(ph="s", ts=source["ts"], **common), dict(ph="f", bp="e", ts=event["ts"], **common)]
    return found
