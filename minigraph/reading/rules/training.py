"""Rules about training ops: what should run with them and does not, what they should use and do not."""

from __future__ import annotations

from collections.abc import Iterator

from minigraph.graph.advice import variable
from minigraph.graph.code import code
from minigraph.graph.collections import GraphKeys
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.traces import ran_again, where_text
from minigraph.graph.walks import ancestors
from minigraph.reading.accesses import updates_of, users_of, with_inner
from minigraph.reading.finding import Finding, listed, made
from minigraph.reading.paths import data_ancestors, nearest_first
from minigraph.reading.scene import Scene, inputs_named
from minigraph.runtime.access import cell_of

__all__ = ["update_ops_left_out", "updates_on_a_copy", "global_step", "unused_clipping", "nothing_trainable"]


def update_ops_left_out(scene: Scene) -> Iterator[Finding]:
    """Find UPDATE_OPS that no fetched train op needs."""
    missing = _missing_updates(scene) if scene.trains else []
    if missing:
        train = next(ups for ups in scene.updates if ups)[-1]
        where = "call minimize inside."
        if any(op.graph is not scene.graph for op in missing):  # for these nothing outside can be made to wait
            where = "in the function of the branch or loop return its results inside."
        yield Finding(
            "update-ops",
            f"{len(missing)} of {len(scene.update_ops)} UPDATE_OPS do not run with the train "
            f"op: {listed(map(made, missing))}",
            (*missing, train),
            where_text(missing[0]),
            code("with tf.control_dependencies(tf.get_collection(tf.GraphKeys.UPDATE_OPS)):") + f" {where}",
        )


def _missing_updates(scene: Scene) -> list[Operation]:
    """Return the UPDATE_OPS that should run with training and do not."""
    missing = [op for op in scene.update_ops if op not in scene.ran]
    if not missing:
        return []
    others, tied = _of_other_train_ops(scene), _tied_to_losses(scene)
    return [op for op in missing if op not in others and op not in tied]


def _of_other_train_ops(scene: Scene) -> set[Operation]:
    """Return what runs with train ops of other variables: those of the other network."""
    here = scene.trained(op for ups in scene.updates for op in ups)
    found: set[Operation] = set()
    for train in scene.collected(GraphKeys.TRAIN_OP):
        if train not in scene.ran:
            needs = ancestors([train])
            if not here & scene.trained(updates_of(needs)):
                found.update(with_inner(needs))
    return found


def _tied_to_losses(scene: Scene) -> dict[Operation, Operation]:
    """Return writes that only a loss waits for, each with the loss: it was differentiated and does not run."""
    found: dict[Operation, Operation] = {}
    for loss in scene.losses:
        if loss not in scene.ran:
            found.update(
                (op, loss)
                for op in ancestors([loss])
                if op not in scene.ran and (op.op_def.writes or op in scene.update_ops)
            )
    return found


def updates_on_a_copy(scene: Scene) -> Iterator[Finding]:
    """Find updates that only the value of the loss waits for: a gradient does not need that value."""
    by_loss: dict[Operation, list[Operation]] = {}
    for op, loss in _tied_to_losses(scene).items():
        by_loss.setdefault(loss, []).append(op)
    for loss, ops in by_loss.items():
        kind = " of UPDATE_OPS" if any(op in scene.update_ops for op in ops) else ""
        yield Finding(
            "update-on-identity",
            f"{listed(map(made, ops))}{kind} runs before {made(loss)}, but training "
            f"does not run it: a gradient does not need the value of what it differentiates",
            (*ops, loss),
            where_text(loss),
            "make the train op itself (minimize) inside the control_dependencies block.",
            tuple((op, loss) for op in ops),
        )


# The global step


def global_step(scene: Scene) -> Iterator[Finding]:
    """Find a global step that training never writes, or writes twice in one run."""
    for cell in _steps(scene) if scene.trains else ():
        writers = {a.op for a in scene.accesses.get(cell, ()) if a.writes}
        yield from _counted_twice(scene, cell, writers)
        if not writers or scene.is_complete and not writers & scene.ran:
            text, advice = f"training never increments {made(cell)}", code(f"global_step={variable(cell)}")
            yield Finding("global-step-never", text, (cell,), where_text(cell), f"minimize(loss, {advice}).")


def _counted_twice(scene: Scene, cell: Operation, writers: set[Operation]) -> Iterator[Finding]:
    for ops in scene.needed:
        twice = [op for op in ops if op in writers and op.op_def.reads]
        if len(twice) > 1:
            text = f"{made(cell)} is incremented {len(twice)} times in one run: by {listed(map(made, twice))}"
            advice = counted_once(*twice[-2:])
            yield Finding("global-step-twice", text, (cell, *twice), where_text(twice[-1]), advice)


def counted_once(first: Operation, second: Operation) -> str:
    """Return what to do about two operations that increment the global step."""
    if ran_again(first.where, second.where) or ran_again(second.where, first.where):
        return f"this cell ran twice: call {code('tf.reset_default_graph()')} at its top."
    return (
        f"let one of the calls count: pass {code('increment_global_step=False')} to optimize_loss in the others, "
        "and no global_step to minimize."
    )


def _steps(scene: Scene) -> list[Operation]:
    """Return the global step, and integers that a learning rate is worked out from."""
    steps = [op for op in scene.collected(GraphKeys.GLOBAL_STEP) if op in scene.cells]
    by_name = scene.graph._by_name.get("global_step")
    if by_name is not None and cell_of(by_name.all_outputs[0]) is by_name:
        steps.append(by_name)
    return list(dict.fromkeys([*steps, *_integers_of_rates(scene)]))


def _integers_of_rates(scene: Scene) -> list[Operation]:
    """Return the integer variables that learning rates are worked out from, in creation order."""
    rates = {t for ups in scene.updates for op in ups for t in inputs_named(op, "lr", "alpha")}
    variables = [op for op in data_ancestors(rates) if op in scene.accesses and op not in scene.trainable]
    integers = [op for op in variables if op.all_outputs[0].dtype.base_dtype.is_integer]
    return sorted(integers, key=lambda op: op.id)


# Gradients


def unused_clipping(scene: Scene) -> Iterator[Finding]:
    """Find clipped gradients that nothing uses, while gradients are applied as they are."""
    unused = [op for op in scene.ops if _is_unused_clipping(scene, op)] if scene.trains else []
    if unused:
        update = next(ups for ups in scene.updates if ups)[0]
        text = f"the clipped gradients {listed([repr(op.name) for op in unused], 3)} are used by nothing; "
        text += f"{made(update)} applies the gradient as it was"
        advice = "apply_gradients(zip(clipped, variables)): give it the clipped list."
        yield Finding("clipped-unused", text, (*unused, update), where_text(unused[0]), advice)


def _is_gradient(tensor: Tensor) -> bool:
    """Return True if this is a gradient, perhaps passed through identities."""
    op = tensor.op
    while op.type == "Identity" and op.stage is None:
        op = op.inputs[0].op
    return op.stage == "gradients"


def _is_unused_clipping(scene: Scene, op: Operation) -> bool:
    """Return True if an operation clips a gradient, and nothing uses the result."""
    if op in scene.ran or not op.all_outputs or not _is_clipping(op) or users_of(op):
        return False
    return any(_is_gradient(t) for each in _of_same_call(op) for t in each.inputs)


def _is_clipping(op: Operation) -> bool:
    return op.stage is None and any("clip" in part.lower() for part in op.name.split("/"))


def _of_same_call(op: Operation) -> list[Operation]:
    """Return the operations of the call of a clip function that made `op`."""
    scope = next(op.name[:m] for m in _ends(op.name) if "clip" in op.name[:m].rpartition("/")[2].lower())
    inside = f"{scope}/"
    return list(nearest_first({op: None}, lambda o: [t.op for t in o.inputs if f"{t.op.name}/".startswith(inside)]))


def _ends(name: str) -> list[int]:
    return [i for i, letter in enumerate(name + "/") if letter == "/"]


def nothing_trainable(scene: Scene) -> Iterator[Finding]:
    """Find a train op that changes no trainable variable."""
    for updates in ([op for op in ops if op.stage == "apply"] for ops in scene.updates):
        cells = scene.trained(updates)
        if cells and not cells & scene.trainable:
            update = updates[-1]
            text = f"{made(update)} changes no trainable variable: only {listed(map(made, cells))}"
            advice = "make the variables with trainable=True, or name those to train in var_list."
            yield Finding("nothing-trainable", text, (*cells, update), where_text(update), advice)
