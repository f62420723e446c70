"""What surprises people of `optimize_loss` and of train ops in general: the findings of `describe`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from minigraph.explain.races import races
from minigraph.graph.advice import reference, variable
from minigraph.graph.code import code
from minigraph.graph.operation import Operation
from minigraph.graph.text import amount
from minigraph.graph.traces import format_where
from minigraph.reading.finding import Finding, listed, made
from minigraph.reading.gradient_flow import FLOWS, Flow
from minigraph.reading.paths import data_ancestors
from minigraph.reading.roles import call_of
from minigraph.reading.rules.training import counted_once, update_ops_left_out, updates_on_a_copy
from minigraph.runtime.access import cell_of

__all__ = ["SURPRISES"]


def _arguments(train: Any) -> Iterator[Finding]:
    for remark in train.remarks:
        yield Finding("argument", remark, (), train.where)


def _other_calls(train: Any) -> Iterator[Finding]:
    calls = [call_of(op) for op in train.scene.needed[0] if op.stage == "apply" and call_of(op) is not train.call]
    named = dict.fromkeys(f"{call.name} at {format_where(call.where)}" for call in calls if call is not None)
    if named:
        text = f"it runs what other calls have made too: {listed(named)}; this is about one of them"
        yield Finding("other-call", text, (), train.where, "describe each by the train op that its call gave.")


def _races(train: Any) -> Iterator[Finding]:
    yield from races(train.train_op).findings[:6]


def _about_the_rate(train: Any) -> Iterator[Finding]:
    made_here = [o for o in train.ops if o.stage == "learning_rate"]
    is_unused = bool(made_here) and not train.rates.intersection(made_here)
    if is_unused and not any("learning_rate=" in remark for remark in train.remarks):
        text = f"the optimizer does not use the learning rate made here, {made(made_here[0])}"
        advice = "give the optimizer as a class or a name, or learning_rate=None."
        yield Finding("rate-unused", text, tuple(made_here), train.where, advice)
    for cell in made_here:
        if cell in train.scene.cells and not is_unused:
            text = f"the learning rate is the variable '{cell.name}': a checkpoint saves it, and restoring one brings "
            advice = (
                f"give a tensor, such as {code('tf.constant(0.1)')} or a placeholder, for a rate that is not saved."
            )
            yield Finding("rate-saved", f"{text}the old rate back", (cell,), train.where, advice)


def _about_summaries(train: Any) -> Iterator[Finding]:
    of_rate = [o for o in train.summary_ops if "learning_rate" in o.name.rpartition("/")[2]]
    for op in of_rate:
        if not train.rates & {t.op for t in op.inputs}:
            text = f"{made(op)} shows a learning rate that the optimizer does not use"
            yield Finding("rate-summary-false", text, (op,), train.where)
    if train.function == "optimize_loss" and train.summary_ops and not of_rate:
        text = "there is no summary of the learning rate: optimize_loss writes one only with a decay function"
        advice = code("tf.summary.scalar('learning_rate', rate)", "rate") + "."
        yield Finding("no-rate-summary", text, (), train.where, advice)


def _about_noise_on_rows(train: Any) -> Iterator[Finding]:
    noisy = [o for o in train.ops if o.stage == "noise" and o.type == "UnsortedSegmentSum"]
    if noisy:
        text = f"noise makes {amount(len(noisy), 'sparse gradient')} dense: all rows move in each step"
        advice = "leave the noise out, or train the embedding by itself."
        yield Finding("sparse-noise", text, tuple(noisy), train.where, advice)


def _about_norms_of_rows(train: Any) -> Iterator[Finding]:
    norms = _norms_of_rows(train)
    if norms:
        yield Finding(
            "sparse-norm",
            f"{listed(map(made, norms), 2)} takes the norm of a sparse gradient, whose rows "
            "that occur twice are not summed first: it is too small, and clips too little",
            tuple(norms),
            train.where,
            f"convert it to a dense tensor before: {code('tf.convert_to_tensor(gradient)', 'gradient')}.",
        )


def _norms_of_rows(train: Any) -> list[Operation]:
    """Return the norms that clipping takes of sparse gradients, scaled by multipliers or not."""
    rows = {v.gradient for v in train.variables if v.is_sparse}
    rows |= _scaled(train, rows)
    norms = [o for o in train.ops if o.stage == "clipping" and o.type == "L2Loss"]
    return [o for o in norms if o.inputs[0].name in rows]


def _scaled(train: Any, gradients: set[str]) -> set[str]:
    """Return the names of what the multipliers stage computes from some gradients."""
    scaling = [o for o in train.ops if o.stage == "multipliers" and any(t.name in gradients for t in o.inputs)]
    return {t.name for o in scaling for t in o.all_outputs}


def _about_more_steps(train: Any) -> Iterator[Finding]:
    for cell in {cell for o in train.step_ops if (cell := cell_of(o.inputs[0])) is not None}:
        accesses = train.scene.accesses.get(cell, ())
        others = [a.op for a in accesses if a.writes and a.reads and a.op not in train.step_ops]
        if others:
            yield Finding(
                "global-step-twice",
                f"{listed(map(made, others))} also adds to '{cell.name}': it rises by "
                f"{len(others) + 1} where all of them run",
                (cell, *others, *train.step_ops),
                train.where,
                counted_once(others[-1], train.step_ops[-1]),
            )


def _about_no_step(train: Any) -> Iterator[Finding]:
    if not train.step_ops:
        step = train.scene.graph._by_name.get("global_step")
        if step is None and train.function != "optimize_loss":
            return
        text = "no global step is counted" + (f", though there is {made(step)}" if step else "")
        advice = code("global_step=tf.train.get_or_create_global_step()") + "."
        yield Finding("no-global-step", text, (step,) if step else (), train.where, advice)


def _about_update_ops(train: Any) -> Iterator[Finding]:
    yield from update_ops_left_out(train.scene)
    yield from updates_on_a_copy(train.scene)


def _about_untrained(train: Any) -> Iterator[Finding]:
    """Trainable variables that were to be trained, and are not; what was left out on purpose is no surprise."""
    loss = train.loss_op
    if not train.untrained or loss is None:
        return
    may_be_named = loss.graph is train.scene.graph  # not one of a branch or a loop
    reasons = "the loss does not depend on it", "no gradient comes through to it"
    for group, why in zip(_left_untrained(train, loss), reasons):
        if group:
            told = f"tf.explain.why_none({reference(loss.all_outputs[0])}, {variable(group[0])})"
            advice = f"{code(told)} tells more." if may_be_named else ""
            yield Finding("not-trained", f"{listed(map(made, group))}: {why}", tuple(group), train.where, advice)


def _left_untrained(train: Any, loss: Operation) -> tuple[list[Operation], list[Operation]]:
    """Return the variables that were to be trained and that the loss does not depend on, or gives no gradient."""
    ops = _to_be_trained(train)
    above = data_ancestors(loss.all_outputs)
    below = _without_gradient([op for op in ops if op in above], loss)
    apart = [op for op in ops if op not in above and train.call is not None]  # else tf.gradients was told which
    return apart, below


def _to_be_trained(train: Any) -> list[Operation]:
    """Return the untrained variables that the call was to train."""
    ops = [train.scene.graph._by_name[name] for name in train.untrained]
    if train.call is None or train.call.variables is None:
        return ops
    chosen = {getattr(v, "op", None) for v in train.call.variables}
    return [op for op in ops if op in chosen]


def _without_gradient(ops: list[Operation], loss: Operation) -> list[Operation]:
    """Return, of variables that the loss depends on, those that get no gradient."""
    if not ops:
        return []
    flow = Flow([loss.all_outputs[0]])
    return [op for op in ops if flow.explain(op.all_outputs[0]).code != FLOWS]


SURPRISES: tuple[Callable[[Any], Iterator[Finding]], ...] = (
    _arguments,
    _other_calls,
    _about_the_rate,
    _about_summaries,
    _about_noise_on_rows,
    _about_norms_of_rows,
    _about_more_steps,
    _about_no_step,
    _about_update_ops,
    _about_untrained,
    _races,
)
