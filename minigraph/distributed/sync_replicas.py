"""`SyncReplicasOptimizer`: the replicas' gradients are averaged, and applied once for all of them."""

from __future__ import annotations

from typing import Any

from minigraph import logging
from minigraph.graph.collections import GraphKeys
from minigraph.graph.default import get_default_graph
from minigraph.graph.indexed_slices import IndexedSlices
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.scopes import colocate_with, control_dependencies, device, name_scope
from minigraph.monitored.hook import SessionRunHook
from minigraph.monitored.session_manager import why_not_ready
from minigraph.ops.arrays.fill import fill
from minigraph.ops.control.group import group, no_op
from minigraph.ops.variables.assign import assign
from minigraph.queues.accumulators import ConditionalAccumulator, SparseConditionalAccumulator
from minigraph.queues.kinds_of_queue import FIFOQueue
from minigraph.queues.queue_runner import QueueRunner
from minigraph.train.optimizer import Optimizer
from minigraph.variables.collections import global_variables
from minigraph.variables.uninitialized import report_uninitialized_variables
from minigraph.variables.variable import Variable

__all__ = ["SyncReplicasOptimizer"]


class SyncReplicasOptimizer(Optimizer):
    """Apply the mean of the gradients of several replicas, once for all of them: each then begins its next step.

    Each variable has an accumulator. Replicas add their gradients to it, those computed at an older step are dropped,
    and wait for a token of the next step. A queue runner of the chief's takes the mean once there are enough
    gradients, applies it by the optimizer inside, and gives out tokens with the new global step.

    Args:
        opt: the optimizer that computes and applies gradients.
        replicas_to_aggregate: how many gradients make one update.
        total_num_replicas: how many replicas there are, by default as many. If they are more, the slowest gradients
            of a step are dropped; if they are fewer, each computes several.
        variable_averages: an `ExponentialMovingAverage`, which follows each update.
        variables_to_average: the variables that it averages.
        use_locking: kept for TF1's signature.
        name: the name scope of the accumulators.

    Example:
        >>> v = tf.Variable(3.0)
        >>> step = tf.train.get_or_create_global_step()
        >>> opt = tf.train.SyncReplicasOptimizer(tf.train.GradientDescentOptimizer(0.5), replicas_to_aggregate=1)
        >>> train_op = opt.minimize(tf.square(v), step)
        >>> hook = opt.make_session_run_hook(is_chief=True, num_tokens=0)
        >>> with tf.train.MonitoredTrainingSession(hooks=[hook], stop_grace_period_secs=0.1) as session:
        ...     print(session.run(train_op))
        1
    """

    def __init__(
        self,
        opt: Optimizer,
        replicas_to_aggregate: int,
        total_num_replicas: int | None = None,
        variable_averages: Any = None,
        variables_to_average: Any = None,
        use_locking: bool = False,
        name: str = "sync_replicas",
    ):
        super().__init__(use_locking, name)
        total = replicas_to_aggregate if total_num_replicas is None else total_num_replicas
        logging.info("SyncReplicasV2: replicas_to_aggregate=%s; total_num_replicas=%s", replicas_to_aggregate, total)
        self._opt = opt
        self._replicas_to_aggregate, self._total_num_replicas = replicas_to_aggregate, total
        self._averages, self._averaged = variable_averages, variables_to_average
        self._gradients_applied = False
        self._global_step: Any = None
        self._tokens: Any = None
        self._runner: QueueRunner | None = None

    def compute_gradients(self, *args: Any, **kwargs: Any) -> list[tuple]:
        """Return the gradients of this replica, by the optimizer inside."""
        return self._opt.compute_gradients(*args, **kwargs)

    def apply_gradients(self, grads_and_vars: Any, global_step: Any = None, name: str | None = None) -> Any:
        """Build what adds the gradients of this replica and waits for the next step.

        Args:
            grads_and_vars: pairs of (gradient, variable).
            global_step: the global step, which tells old gradients.
            name: kept for TF1's signature.

        Returns:
            The operation to run: its value is the step that begins.

        Raises:
            ValueError: without gradients, or without a global step.
        """
        pairs = list(grads_and_vars)
        if not pairs:
            raise ValueError("Must supply at least one variable")
        if global_step is None:
            raise ValueError("Global step is required to check staleness")
        with get_default_graph().atomic():
            return self._apply(pairs, global_step)

    def _apply(self, pairs: list[tuple], global_step: Any) -> Tensor:
        self._global_step = global_step
        step_type = global_step.dtype.base_dtype
        with colocate_with(no_op()):  # on this worker, not on a parameter server
            self._local_step = Variable(
                0, trainable=False, collections=[GraphKeys.LOCAL_VARIABLES], dtype=step_type, name="sync_rep_local_step"
            )
        self.local_step_init_op = assign(self._local_step, global_step)
        self.ready_for_local_init_op = report_uninitialized_variables(global_variables())
        with name_scope(None, self._name):
            added, means, accumulators = [], [], []
            for gradient, variable in pairs:
                with device(variable.device):
                    accumulator, add, mean = self._accumulated(gradient, variable)
                means.append((mean, variable))
                if accumulator is not None:
                    added.append(add)
                    accumulators.append((accumulator, variable.device))
            with device(global_step.device), name_scope(""):
                update = self._opt.apply_gradients(means, global_step)
            with device(global_step.device), name_scope(""):
                self._tokens = FIFOQueue(-1, step_type, (), name="sync_token_q", shared_name="sync_token_q")
                # The runner closes the queue that it is given; the one with the tokens may be on another machine.
                closed_by_runner = FIFOQueue(1, "int32", (), name="dummy_queue", shared_name="dummy_queue")
            with device(global_step.device), name_scope(""):
                with control_dependencies(added):
                    token = self._tokens.dequeue()
                train_op = assign(self._local_step, token)
                with control_dependencies([update]):
                    count = max(self._total_num_replicas, self._replicas_to_aggregate)
                    synchronize = self._tokens.enqueue_many((fill([count], global_step),))
                if self._averages is not None:
                    with control_dependencies([synchronize]), name_scope(""):
                        synchronize = self._averages.apply(self._averaged)
                self._runner = QueueRunner(closed_by_runner, [synchronize])
            init: list[Any] = [self.local_step_init_op]
            for accumulator, place in accumulators:
                with device(place):
                    init.append(accumulator.set_global_step(global_step, name="SetGlobalStep"))
            self.chief_init_op = group(*init)
        self._gradients_applied = True
        return train_op

    def _accumulated(self, gradient: Any, variable: Any) -> tuple:
        """Return the accumulator of a variable, what adds a gradient, and the mean; None without a gradient."""
        shared_name = variable.name + "/grad_accum"
        if gradient is None:
            return None, None, None
        if isinstance(gradient, Tensor):
            dense = ConditionalAccumulator(gradient.dtype, variable.shape, shared_name)
            add = dense.apply_grad(gradient, local_step=self._local_step)
            return dense, add, dense.take_grad(self._replicas_to_aggregate)
        if not isinstance(gradient, IndexedSlices):
            raise ValueError("Unknown grad type!")
        sparse = SparseConditionalAccumulator(gradient.dtype, (), shared_name)
        add = sparse.apply_indexed_slices_grad(gradient, local_step=self._local_step)
        return sparse, add, sparse.take_indexed_slices_grad(self._replicas_to_aggregate)

    def get_chief_queue_runner(self) -> QueueRunner:
        """Return the queue runner by which the chief applies gradients; ValueError before `apply_gradients`."""
        if self._runner is None:
            raise ValueError("Should be called after apply_gradients().")
        return self._runner

    def get_init_tokens_op(self, num_tokens: int = -1) -> Operation:
        """Build what the chief runs once: it gives out tokens for the first step.

        Args:
            num_tokens: how many; -1 for `replicas_to_aggregate`.

        Raises:
            ValueError: before `apply_gradients`, or if there are too few for the first step to end.
        """
        if not self._gradients_applied:
            raise ValueError("get_init_tokens_op() should be called after apply_gradients().")
        needed = self._replicas_to_aggregate - self._total_num_replicas
        if num_tokens == -1:
            num_tokens = self._replicas_to_aggregate
        elif num_tokens < needed:
            raise ValueError(f"Too few tokens to finish the first step: {num_tokens} (given) vs {needed} (needed)")
        if num_tokens <= 0:
            return no_op(name="no_init_tokens")
        with device(self._global_step.device), name_scope(""):
            return self._tokens.enqueue_many((fill([num_tokens], self._global_step),))

    def make_session_run_hook(self, is_chief: bool, num_tokens: int = -1) -> SessionRunHook:
        """Return the hook that a `MonitoredTrainingSession` of a replica needs; the chief's also applies gradients."""
        return _SyncHook(self, is_chief, num_tokens)

    def get_slot(self, *args: Any, **kwargs: Any) -> Any:
        """Return a slot of the optimizer inside."""
        return self._opt.get_slot(*args, **kwargs)

    def get_slot_names(self, *args: Any, **kwargs: Any) -> list[str]:
        """Return the names of the slots of the optimizer inside."""
        return self._opt.get_slot_names(*args, **kwargs)

    def variables(self) -> list:
        """Return the variables of the optimizer inside."""
        return self._opt.variables()


class _SyncHook(SessionRunHook):
    """Prepare a new session for a replica, and start the chief's queue runner."""

    def __init__(self, optimizer: SyncReplicasOptimizer, is_chief: bool, num_tokens: int):
        self._optimizer, self._is_chief, self._num_tokens = optimizer, is_chief, num_tokens

    def begin(self) -> None:
        """Add the chief's operations to the graph."""
        optimizer = self._optimizer
        if not optimizer._gradients_applied:
            raise ValueError("SyncReplicasOptimizer.apply_gradient should be called before using the hook.")
        self._init_op = optimizer.chief_init_op if self._is_chief else optimizer.local_step_init_op
        self._init_tokens = optimizer.get_init_tokens_op(self._num_tokens) if self._is_chief else None

    def after_create_session(self, session: Any, coord: Any) -> None:
        """Run them."""
        problem = why_not_ready(
            self._optimizer.ready_for_local_init_op, session, "Model is not ready for SyncReplicasOptimizer local init."
        )
        if problem is not None:
            raise RuntimeError(
                "Init operations did not make model ready for SyncReplicasOptimizer local_init. "
                f"Init op: {self._init_op.name}, error: {problem}"
            )
        session.run(self._init_op)
        if self._is_chief:
            session.run(self._init_tokens)
            self._optimizer.get_chief_queue_runner().create_threads(session, coord=coord, daemon=True, start=True)
