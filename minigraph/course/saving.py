"""Checks of lesson 11, "Saving, and leaving for a bigger machine"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from minigraph.checkpoints.reader import load_checkpoint
from minigraph.course.verdict import NotYet, check, expect, kind_of
from minigraph.graph.devices import device_parts
from minigraph.graph.errors import FailedPreconditionError, InvalidArgumentError, NotFoundError
from minigraph.graph.graph import Graph
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.walks import ancestors
from minigraph.interop.import_graph_def import import_graph_def
from minigraph.runtime.session import Session
from minigraph.train.saver import Saver

__all__ = ["is_reader", "is_frozen", "are_devices"]


@check
def is_reader(reader: Any, path: str, weight: Any, b: Any) -> str:
    """Check that a saver restores `weight` and `b` from the checkpoint, in which `weight` is called 'w'."""
    expect(not isinstance(reader, dict), "That is the dictionary. Give it to tf.train.Saver.")
    expect(isinstance(reader, Saver), f"reader is {kind_of(reader)}. Make a tf.train.Saver, and do not restore yet.")
    file = load_checkpoint(path)
    with Session(graph=weight.graph) as session:
        _restore(reader, session, path)
        for variable, key in ((weight, "w"), (b, "b")):
            name = variable.op.name
            found, wanted = _values(variable, session), np.ravel(file.get_tensor(key))
            expect(found.size, f"It restores, but not '{name}', which has no value then. Add it to the dictionary.")
            expect(
                np.array_equal(found, wanted),
                f"'{name}' becomes {found}. The file has that under another name; '{key}' is {wanted}.",
            )
    return "a new name, and the value that was saved under the old one."


def _restore(reader: Saver, session: Session, path: str) -> None:
    try:
        reader.restore(session, path)
    except KeyError:
        raise NotYet("reader was made in another graph. Make it where weight and b are.") from None
    except NotFoundError as error:
        key = str(error).partition("Key ")[2].partition(" ")[0]
        raise NotYet(
            f"It looks for '{key}', and the file has no such name. What is on the left, before the colon, is a name in "
            "the file; on the right is the variable."
        ) from None
    except InvalidArgumentError as error:
        shapes = next((line.strip() for line in str(error).split("\n") if "shape of" in line), "the shapes differ.")
        raise NotYet(f"A value does not fit into its variable: {shapes}. Which name belongs to which?") from None


def _values(variable: Any, session: Session) -> np.ndarray:
    """Return the numbers of a variable in a row, none if it has no value."""
    try:
        return np.ravel(session.run(variable))
    except FailedPreconditionError:
        return np.empty(0)


@check
def is_frozen(frozen: Any, session: Session, guess: Tensor, x: Tensor) -> str:
    """Check that a message computes `guess` from `x` without variables, as the session does, and has nothing else."""
    expect(
        hasattr(frozen, "node"), f"frozen is {kind_of(frozen)}. Make a message such as graph.as_graph_def() returns."
    )
    kinds = {node.name: node.op for node in frozen.node}
    name = guess.op.name
    expect(name in kinds, f"No node of it is called '{name}'. Which outputs did you ask for?")
    variables = [each for each, kind in kinds.items() if kind in ("VariableV2", "VarHandleOp")]
    expect(
        not variables,
        f"'{variables[0] if variables else ''}' is still a variable, so its value is not in the message. "
        "Convert variables to constants.",
    )
    expect(kinds.get(x.op.name) == "Placeholder", f"It has no placeholder '{x.op.name}': there is nothing to feed.")
    values = np.linspace(-1.0, 1.0, 6).reshape([6, 1])
    found, unneeded = _computed(frozen, guess.name, x.name, values)
    wanted = session.run(guess, {x: values})
    expect(
        found.shape == wanted.shape, f"Its '{name}' has the shape {found.shape}, and that of the graph {wanted.shape}."
    )
    expect(
        np.allclose(found, wanted, atol=1e-6),
        f"For x = {values[0, 0]:g} it gives {found[0, 0]:.4g}, and the session {wanted[0, 0]:.4g}. "
        "Whose values did you take?",
    )
    expect(
        not unneeded,
        f"It gives the right values, but '{name}' does not need all of it: '{unneeded[0] if unneeded else ''}' and "
        f"{len(unneeded) - 1} more. Ask for '{name}' only.",
    )
    return f"{len(kinds)} nodes, and '{name}' needs each of them."


def _computed(message: Any, fetch: str, feed: str, value: np.ndarray) -> tuple[np.ndarray, list[str]]:
    """Return what a message computes, and which of its operations that does not need."""
    graph = Graph()
    with graph.as_default():
        import_graph_def(message, name="")
    tensor = graph.get_tensor_by_name(fetch)
    needed = set(ancestors([tensor]))
    with Session(graph=graph) as session:
        return session.run(tensor, {feed: value}), [op.name for op in graph.get_operations() if op not in needed]


@check
def are_devices(devices: Any, ops: Sequence[Operation]) -> str:
    """Check that a dictionary from names to devices says where operations lie, in which the variables take turns."""
    expect(isinstance(devices, dict), f"Write a dictionary from names to devices, not {kind_of(devices)}.")
    expect(
        all(isinstance(each, str) for pair in devices.items() for each in pair),
        "Write names and devices as texts, such as 'x' and '/job:worker/task:0'.",
    )
    missing = [op.name for op in ops if op.name not in devices]
    expect(not missing, f"'{missing[0] if missing else ''}' is missing.")
    given = {op: _parts(devices[op.name]) for op in ops}
    wrong = [op for op in ops if given[op] != _parts(op.device)]
    if wrong:
        hint = _hint(wrong[0], given[wrong[0]])
        raise NotYet(f"{len(ops) - len(wrong)} of {len(ops)} are right. See '{wrong[0].name}': {hint}")
    return "variables on the servers, in turns; all else on the worker that builds the graph."


def _parts(device: str) -> dict[str, str]:
    """Return the parts of the name of a device, none of a name that cannot be read."""
    try:
        return device_parts(device)
    except ValueError:
        return {}


def _hint(op: Operation, given: dict[str, str]) -> str:
    """Return what is wrong with the device that was given for an operation."""
    found = _parts(op.device)
    if given.get("job") not in ("ps", "worker") or "task" not in given:
        return "write the job and the task, as in '/job:worker/task:0'."
    if given["job"] == found["job"] == "worker":
        return "the graph is built by one worker, for itself. What did it call itself in worker_device?"
    if given["job"] == found["job"]:
        return "the servers take turns. Count the variables in the order in which they are made; global_step is one."
    if found["job"] == "ps":
        return "it is a variable, and all workers share variables. So where does it lie?"
    return "it is computed, not kept: only variables lie on the servers."
