"""`QueueRunner`: threads that fill a queue; `start_queue_runners` starts those of a graph."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from typing import Any
from weakref import WeakKeyDictionary

from minigraph.graph import errors, protos
from minigraph.graph.collection_protos import register_proto_function, with_scope, without_scope
from minigraph.graph.collections import GraphKeys, add_to_collection, get_collection
from minigraph.graph.default import get_default_graph
from minigraph.graph.operation import Operation
from minigraph.graph.session_for import get_default_session
from minigraph.queues.coordinator import Coordinator
from minigraph.runtime.session import Session

__all__ = ["QueueRunner", "add_queue_runner", "start_queue_runners"]

_logger = logging.getLogger("tensorflow")


class QueueRunner:
    """Fill a queue in threads, one for each enqueue operation, until there is nothing more to put.

    Args:
        queue: the queue.
        enqueue_ops: operations that put elements; each is run again and again in a thread of its own.
        close_op: closes the queue when the last of them has come to its end; by default `queue.close()`.
        cancel_op: closes it when a stop is requested; by default `queue.close(cancel_pending_enqueues=True)`.
        queue_closed_exception_types: the errors that say that there is nothing more to put, by default
            `OutOfRangeError`.
        queue_runner_def: a `QueueRunnerDef` message that names all of these, in their place.
        import_scope: what stands before the names in the message.

    Raises:
        ValueError: if there is no queue or no operation, or there are both and a message.
        TypeError: if `queue_closed_exception_types` is not a tuple of error types of `tf.errors`.

    Example:
        >>> queue = tf.FIFOQueue(2, tf.int32, shapes=[[]])
        >>> count = tf.train.limit_epochs(tf.constant(7), num_epochs=3)
        >>> tf.train.add_queue_runner(tf.train.QueueRunner(queue, [queue.enqueue(count)]))
        >>> sess.run(tf.local_variables_initializer())
        >>> coord = tf.train.Coordinator()
        >>> threads = tf.train.start_queue_runners(sess, coord)
        >>> print(sess.run(queue.dequeue_many(3)))
        [7 7 7]
        >>> coord.request_stop()
        >>> coord.join(threads)
    """

    def __init__(
        self,
        queue: Any = None,
        enqueue_ops: Sequence[Operation] | None = None,
        close_op: Operation | None = None,
        cancel_op: Operation | None = None,
        queue_closed_exception_types: Any = None,
        queue_runner_def: Any = None,
        import_scope: str | None = None,
    ):
        if queue_runner_def is not None:
            if queue or enqueue_ops:
                raise ValueError("queue_runner_def and queue are mutually exclusive.")
            queue, enqueue_ops, close_op, cancel_op, types = _parts(queue_runner_def, import_scope)
            queue_closed_exception_types = types or None
        if not queue or not enqueue_ops:
            raise ValueError("Must provide queue and enqueue_ops.")
        closed = _error_types(queue_closed_exception_types)
        self._queue, self._enqueue_ops = queue, enqueue_ops
        self._close_op = queue.close() if close_op is None else close_op
        self._cancel_op = queue.close(cancel_pending_enqueues=True) if cancel_op is None else cancel_op
        self._queue_closed_exception_types = closed
        self._lock = threading.Lock()
        self._runs_per_session: WeakKeyDictionary = WeakKeyDictionary()
        self._exceptions_raised: list[Exception] = []

    @property
    def queue(self) -> Any:
        """The queue."""
        return self._queue

    @property
    def enqueue_ops(self) -> Sequence[Operation]:
        """The operations that put elements."""
        return self._enqueue_ops

    @property
    def close_op(self) -> Operation:
        """The operation that closes the queue when there is nothing more to put."""
        return self._close_op

    @property
    def cancel_op(self) -> Operation:
        """The operation that closes the queue when a stop is requested."""
        return self._cancel_op

    @property
    def queue_closed_exception_types(self) -> tuple:
        """The errors that say that there is nothing more to put."""
        return self._queue_closed_exception_types

    @property
    def exceptions_raised(self) -> list[Exception]:
        """What the threads failed with, where no coordinator takes it."""
        return self._exceptions_raised

    @property
    def name(self) -> str:
        """The name of the queue."""
        return self._queue.name

    def to_proto(self, export_scope: str | None = None) -> Any:
        """Return its `QueueRunnerDef` message; None if its queue is outside of `export_scope`, which names lose.

        Raises:
            ImportError: if the package tensorboard is not installed.
        """
        if export_scope and not self.name.startswith(export_scope):
            return None
        found = protos.QueueRunnerDef(
            queue_name=without_scope(self.name, export_scope),
            enqueue_op_name=[without_scope(op.name, export_scope) for op in self._enqueue_ops],
            close_op_name=without_scope(self._close_op.name, export_scope),
            cancel_op_name=without_scope(self._cancel_op.name, export_scope),
        )
        found.queue_closed_exception_types.extend(kind.code for kind in self._queue_closed_exception_types)
        return found

    @staticmethod
    def from_proto(queue_runner_def: Any, import_scope: str | None = None) -> QueueRunner:
        """Return the runner that a `QueueRunnerDef` message describes, of the queue in the default graph."""
        return QueueRunner(queue_runner_def=queue_runner_def, import_scope=import_scope)

    def create_threads(
        self, sess: Any, coord: Coordinator | None = None, daemon: bool = False, start: bool = False
    ) -> list[threading.Thread]:
        """Return the threads that fill the queue in a session; none while earlier ones of that session live.

        Args:
            sess: the session. When it is closed its threads end.
            coord: the coordinator that stops them and gets their errors; without one, an error ends its thread.
            daemon: do not keep the process alive for them.
            start: start them.
        """
        with self._lock:
            if self._runs_per_session.get(sess, 0) > 0:
                return []
            self._runs_per_session[sess] = len(self._enqueue_ops)
            self._exceptions_raised = []
        prefix = f"QueueRunnerThread-{self.name}-"
        threads = [_thread(prefix + op.name, daemon, self._fill, sess, op, coord) for op in self._enqueue_ops]
        if coord is not None:
            threads.append(_thread(f"{prefix}close_on_stop", daemon, self._close_on_stop, sess, coord))
        for thread in threads:
            if coord is not None:
                coord.register_thread(thread)
            if start:
                thread.start()
        return threads

    def _fill(self, sess: Any, enqueue_op: Operation, coord: Coordinator | None) -> None:
        try:
            enqueue = sess.make_callable(enqueue_op)
            while coord is None or not coord.should_stop():
                enqueue()
        except self._queue_closed_exception_types:
            self._end(sess, self._close_op)
        except Exception as error:
            self._end(sess)
            if coord is not None:
                if not (coord.joined and sess._closed):  # that is what has ended it
                    coord.request_stop(error)
            elif not sess._closed:
                _logger.error("Exception in QueueRunner: %s", error)
                self._exceptions_raised.append(error)
                raise
        else:
            self._end(sess)

    def _end(self, sess: Any, close_op: Operation | None = None) -> None:
        """Count a thread that has come to its end; the last one closes the queue."""
        with self._lock:
            self._runs_per_session[sess] -= 1
            is_last = self._runs_per_session[sess] == 0
        if is_last and close_op is not None:
            _run_if_possible(sess, close_op)

    def _close_on_stop(self, sess: Any, coord: Coordinator) -> None:
        coord.wait_for_stop()
        _run_if_possible(sess, self._cancel_op)


def _parts(message: Any, scope: str | None) -> tuple:
    """Return the queue, the operations and the types of errors that a `QueueRunnerDef` names."""
    graph = get_default_graph()
    names = (*message.enqueue_op_name, message.close_op_name, message.cancel_op_name)
    *enqueue_ops, close_op, cancel_op = (graph.as_graph_element(with_scope(name, scope)) for name in names)
    kinds = {kind.code: kind for kind in errors.OpError.__subclasses__()}
    types = tuple(kinds[code] for code in message.queue_closed_exception_types if code in kinds)
    return graph.as_graph_element(with_scope(message.queue_name, scope)), enqueue_ops, close_op, cancel_op, types


def _error_types(given: Any) -> tuple:
    """Return the errors that say that there is nothing more to put."""
    if given is None:
        return (errors.OutOfRangeError,)
    if not isinstance(given, tuple) or not given or not all(issubclass(each, errors.OpError) for each in given):
        raise TypeError(
            f"queue_closed_exception_types, when provided, must be a tuple of tf.error types, but saw: {given}"
        )
    return given


def _thread(name: str, daemon: bool, target: Callable, *args: Any) -> threading.Thread:
    return threading.Thread(target=target, name=name, args=args, daemon=daemon)


def _run_if_possible(sess: Any, op: Operation) -> None:
    """Close a queue that may have been closed before, in a session that may have been closed before."""
    try:
        sess.run(op)
    except (errors.OpError, RuntimeError):
        pass


def add_queue_runner(qr: QueueRunner, collection: str = GraphKeys.QUEUE_RUNNERS) -> None:
    """Add a queue runner to a collection of the graph, from which `start_queue_runners` takes it."""
    add_to_collection(collection, qr)


def start_queue_runners(
    sess: Any = None,
    coord: Coordinator | None = None,
    daemon: bool = True,
    start: bool = True,
    collection: str = GraphKeys.QUEUE_RUNNERS,
) -> list[threading.Thread]:
    """Start the threads of the queue runners of a session's graph.

    Args:
        sess: the session, by default the default session.
        coord: the coordinator of the threads.
        daemon: do not keep the process alive for them.
        start: start them; else they are only made.
        collection: where the queue runners are.

    Returns:
        The threads.

    Raises:
        ValueError: if there is no session.
        TypeError: if `sess` is not a session.
    """
    sess = get_default_session() if sess is None else sess
    if sess is None:
        raise ValueError(
            "Cannot start queue runners: No default session is registered. Use `with sess.as_default()` or pass an "
            "explicit session to tf.start_queue_runners(sess=sess)"
        )
    if not isinstance(sess, Session):
        if type(sess).__name__ in ("MonitoredSession", "SingularMonitoredSession"):  # they have started them
            return []
        raise TypeError(f"sess must be a `tf.Session` object. Given class: {type(sess)}")
    with sess.graph.as_default():
        runners = get_collection(collection)
        if not runners:
            _logger.warning(
                "`tf.train.start_queue_runners()` was called when no queue runners were defined. You can safely remove "
                "the call to this deprecated function."
            )
        return [
            thread
            for runner in runners
            for thread in runner.create_threads(sess, coord=coord, daemon=daemon, start=start)
        ]


register_proto_function(GraphKeys.QUEUE_RUNNERS, "QueueRunnerDef", QueueRunner.to_proto, QueueRunner.from_proto)
