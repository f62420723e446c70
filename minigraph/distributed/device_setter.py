"""Where the variables of a replicated training graph go: `replica_device_setter`, and what balances them."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from minigraph import logging
from minigraph.distributed.cluster_spec import ClusterSpec
from minigraph.graph.devices import device_parts, merged
from minigraph.graph.shapes import TensorShape

__all__ = ["GreedyLoadBalancingStrategy", "RandomStrategy", "byte_size_load_fn", "replica_device_setter"]

_HELD = (  # types of operations that hold what all replicas share
    "Variable",
    "VariableV2",
    "AutoReloadVariable",
    "MutableHashTable",
    "MutableHashTableV2",
    "MutableHashTableOfTensors",
    "MutableHashTableOfTensorsV2",
    "MutableDenseHashTable",
    "MutableDenseHashTableV2",
    "VarHandleOp",
    "BoostedTreesEnsembleResourceHandleOp",
    "BoostedTreesQuantileStreamResourceHandleOp",
    "ResourceConditionalAccumulator",
)


def replica_device_setter(
    ps_tasks: int = 0,
    ps_device: str = "/job:ps",
    worker_device: str = "/job:worker",
    merge_devices: bool = True,
    cluster: Any = None,
    ps_ops: Sequence[str] | None = None,
    ps_strategy: Callable | None = None,
) -> Callable | None:
    """Return a function for `tf.device` that puts variables on parameter servers, and the rest on the worker.

    Args:
        ps_tasks: the number of parameter servers; ignored if there is a `cluster`.
        ps_device: the device of their job.
        worker_device: the device of everything else.
        merge_devices: add to a device that an operation has already what it lacks; else leave it.
        cluster: a `ClusterSpec`, or what one can be made of: its job named as in `ps_device` says how many there are.
        ps_ops: the types of the operations to put on parameter servers; by default variables and tables.
        ps_strategy: a function of such an operation that returns the number of the server; by default in turns.

    Returns:
        The function; None if there is no parameter server.

    Raises:
        TypeError: if `ps_strategy` cannot be called, or `cluster` is none.

    Example:
        >>> with tf.device(tf.train.replica_device_setter(ps_tasks=2)):
        ...     a, b, c = (tf.Variable(0.0) for _ in range(3))
        ...     total = a + b + c
        >>> a.device, b.device, c.device, total.device
        ('/job:ps/task:0', '/job:ps/task:1', '/job:ps/task:0', '/job:worker')
    """
    if cluster is not None:
        jobs = ClusterSpec(cluster).as_dict()
        ps_tasks = len(jobs.get(device_parts(ps_device).get("job", ""), ()))
    if ps_tasks == 0:
        return None
    if not merge_devices:
        logging.warning("DEPRECATION: It is recommended to set merge_devices=true in replica_device_setter")
    if ps_strategy is None:
        turns = itertools.count()
        ps_strategy = lambda op: next(turns) % ps_tasks  # noqa: E731
    if not callable(ps_strategy):
        raise TypeError("ps_strategy must be callable")
    held, choose = frozenset(_HELD if ps_ops is None else ps_ops), ps_strategy

    def device(op: Any) -> str:
        own = op.device
        if own and not merge_devices:
            return own
        if not ps_device or op.type not in held:
            return merged(worker_device or "", own)
        job, theirs = device_parts(own).get("job"), device_parts(ps_device).get("job")
        placed = theirs and job in (None, theirs)
        return merged(merged(ps_device, f"/task:{int(choose(op))}") if placed else ps_device, own)

    return device


class RandomStrategy:
    """Choose a server by a hash of the operation's name: a `ps_strategy` for `replica_device_setter`.

    Args:
        num_ps_tasks: how many there are.
        seed: another seed gives another choice.
    """

    def __init__(self, num_ps_tasks: int, seed: int = 0):
        self._count, self._seed = num_ps_tasks, seed

    def __call__(self, op: Any) -> int:
        """Return the number of the server."""
        return int(hashlib.md5(f"{op.name}_{self._seed}".encode()).hexdigest(), 16) % self._count


class GreedyLoadBalancingStrategy:
    """Choose the server with the least load so far: a `ps_strategy` for `replica_device_setter`.

    Args:
        num_tasks: how many there are.
        load_fn: a function of an operation that returns its load, such as `byte_size_load_fn`.

    Example:
        >>> strategy = tf.contrib.training.GreedyLoadBalancingStrategy(2, tf.contrib.training.byte_size_load_fn)
        >>> with tf.device(tf.train.replica_device_setter(ps_tasks=2, ps_strategy=strategy)):
        ...     print([tf.Variable(tf.zeros([size])).device for size in (8, 2, 3)])
        ['/job:ps/task:0', '/job:ps/task:1', '/job:ps/task:1']
    """

    def __init__(self, num_tasks: int, load_fn: Callable):
        self._loads, self._load_fn = np.zeros(num_tasks), load_fn

    def __call__(self, op: Any) -> int:
        """Return the number of the server."""
        task = int(np.argmin(self._loads))
        self._loads[task] += self._load_fn(op)
        return task


def byte_size_load_fn(op: Any) -> int:
    """Return the number of bytes of an operation's output.

    Raises:
        ValueError: if it has not one output, or its shape is not known.
    """
    if len(op.outputs) != 1:
        raise ValueError(f"Op {op} must have a single output")
    shape = op.outputs[0].shape
    if not shape.is_fully_defined():
        shape = TensorShape(op.get_attr("shape"))
    shape.assert_is_fully_defined()
    return shape.num_elements() * op.outputs[0].dtype.size
