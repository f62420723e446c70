"""`Session`: runs parts of a graph and holds the state that they leave: variables and random streams."""

from __future__ import annotations

import contextlib
import sys
import threading
from collections.abc import Callable
from typing import Any

from minigraph.graph import default, errors, provenance, tracebacks
from minigraph.graph.displayed import Displayed
from minigraph.graph.gc_paused import gc_paused
from minigraph.graph.graph import Graph
from minigraph.graph.observe import Run, observed, observers, run_prepared
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.read_only import read_only
from minigraph.runtime import engines, failures, fast_call, initialized, interrupts, tracing, tuning
from minigraph.runtime.config import ConfigProto, cpu_device
from minigraph.runtime.deadlines import Deadline, stepwise
from minigraph.runtime.feeds import check_feeds, expand_feeds, resolve_feed_key
from minigraph.runtime.fetches import Fetches, is_flat, key_of
from minigraph.runtime.float_errors import loud, quiet
from minigraph.runtime.orders import Shuffle
from minigraph.runtime.partial_run import PartialRuns
from minigraph.runtime.plan import Plan
from minigraph.runtime.program import Program, execute
from minigraph.runtime.run_options import check_options
from minigraph.runtime.stages import in_stages

__all__ = ["Session"]


class Session(Displayed, PartialRuns):
    """Run operations of a graph, and hold the variables' values.

    Args:
        target: the engine: "" is numpy, "tensorflow" an installed TensorFlow, "grpc://host:port" a server of its.
        graph: the graph, by default the default graph.
        config: a `ConfigProto`.

    Raises:
        TypeError: if an argument is of the wrong kind.
        errors.NotFoundError: if there is no such engine.
        ImportError: if the engine needs TensorFlow, which is not installed.

    Example:
        >>> x = tf.placeholder(tf.float32)
        >>> with tf.Session() as sess:
        ...     print(sess.run({"double": x + x, "square": x * x}, feed_dict={x: [3.0]}))
        {'double': array([6.], dtype=float32), 'square': array([9.], dtype=float32)}
    """

    def __init__(self, target: str | bytes | None = "", graph: Graph | None = None, config: ConfigProto | None = None):
        for name, value, kind, words in (
            ("graph", graph, Graph, "a tf.Graph"),
            ("target", target, (str, bytes), "a string"),
            ("config", config, ConfigProto, "a tf.ConfigProto"),
        ):
            if value is not None and not isinstance(value, kind):
                raise TypeError(f"{name} must be {words}, but got {type(value)}")
        self._graph = graph if graph is not None else default.get_default_graph()
        self._config = config or ConfigProto()
        optimizer = self._config.graph_options.optimizer_options
        self._optimize = optimizer.opt_level >= 0, optimizer.global_jit_level >= 0
        self._timeout = self._config.operation_timeout_in_ms
        order = self._config.order
        self._order = None if order == "creation" else Shuffle(order, self._config.order_seed)
        target = target or engines.default_target
        self._engine = engines.connect(target, self._graph, self._config) if target else None
        self._state: dict[Any, Any] = {} if self._engine is None else self._engine.state
        self._lock = threading.RLock()
        self._programs: dict[Any, Program] = {}
        self._entries: dict[Any, Callable] = {}
        self._closed = False
        self._entered: Any = None  # the contexts of `with session:`
        self._where, self._closed_at = provenance.user_trace(2), ()
        initialized.remember(self)
        if "IPython" in sys.modules:  # it may have been imported later than this package
            tracebacks.install_in_ipython()
        interrupts.install()

    # What it is

    graph: Graph = read_only("_graph", "The graph that this session runs.")

    @property
    def graph_def(self) -> Any:
        """The graph as data."""
        return self._graph.as_graph_def()

    @property
    def sess_str(self) -> bytes:
        """The target: b"" is numpy."""
        return b"" if self._engine is None else self._engine.name.encode()

    def list_devices(self) -> list:
        """Return the devices: one CPU on numpy."""
        if self._closed:
            raise fast_call.closed()
        return [cpu_device()] if self._engine is None else self._engine.devices()

    # Running

    def run(self, fetches: Any, feed_dict: Any = None, options: Any = None, run_metadata: Any = None) -> Any:
        """Run what the fetches need and return their values.

        Args:
            fetches: a tensor, operation, variable, `IndexedSlices` or name; or lists, tuples and dicts of them, nested.
            feed_dict: a dict of tensors (not placeholders only) and the values that stand for them; a tuple of tensors,
                nested as you like, stands for a structure of values.
            options: a `RunOptions`: a time limit, and whether the run is taken down in `run_metadata`.
            run_metadata: a `RunMetadata`; afterwards its `trace` says what happened, step by step.

        Returns:
            The values (numpy) in the structure of `fetches`; None for an operation.

        Raises:
            RuntimeError: if the session is closed or its graph is empty.
            TypeError, ValueError: if something cannot be fetched or fed.
            errors.OpError: if an operation fails, the time is over or the session is closed; an open session can go on.
            KeyboardInterrupt: at the end of the run if Ctrl-C was pressed meanwhile, so that a step is whole; at once
                if it is pressed again.
        """
        if observers:
            run = Run(self, fetches, feed_dict, options, run_metadata)
            return observed(run, lambda run: run.session._run_with(*run[1:]))
        if options is not None or run_metadata is not None:
            return self._run_with(fetches, feed_dict, options, run_metadata)
        try:
            key = fetches if type(fetches) is Tensor else key_of(fetches)
            enter = self._entries[key, tuple(feed_dict) if feed_dict else ()]
        except (KeyError, TypeError):  # new, or something that is no key
            pass
        else:
            if not feed_dict:
                return enter()
            if type(feed_dict) is dict:
                return enter(*feed_dict.values())
        return self._run_anew(fetches, feed_dict)

    def _run_anew(self, fetches: Any, feed_dict: Any, run: Callable | None = None) -> Any:
        """Check fetches and feed, work out how to run them, and have them run by `run`."""
        interrupts.install()
        if run is None and self._timeout > 0:
            return self._run_with(fetches, feed_dict, None, None)
        return interrupts.whole(self, self._run_whole, fetches, feed_dict, run)

    def _run_with(self, fetches: Any, feed_dict: Any, options: Any, run_metadata: Any) -> Any:
        """Carry out a run that is observed, recorded, or limited in time."""
        check_options(options)
        timeout = options.timeout_in_ms if options is not None and options.timeout_in_ms > 0 else self._timeout
        run = stepwise if timeout > 0 else execute
        if run_metadata is not None:
            watch = tracing.watched(options, run_metadata)
            run = watch if run is execute or options and options.trace_level else run
        with Deadline(timeout):
            return self._run_anew(fetches, feed_dict, run)

    def _run_whole(self, fetches: Any, feed_dict: Any, run: Callable | None) -> Any:
        handler = self._handler(fetches)
        self._graph.note_run()
        feeds = expand_feeds(self._graph, feed_dict) if feed_dict else {}
        tensors, keys = tuple(feeds), tuple(feed_dict or ())
        program = self._program(tuple(handler.unique), tensors)
        if run is None and program.recorded and is_flat(fetches) and is_flat(keys):
            self._keep_entry(program, handler, key_of(fetches), keys, tensors)
        token = quiet()
        try:
            return handler.rebuild((run or execute)(program, tuple(feeds.values())))
        except Exception as error:
            raise self._explained(error, program)  # noqa: B904 (it is `error`, or carries it)
        finally:
            loud(token)

    def _keep_entry(self, program: Program, handler: Fetches, fetches: Any, keys: tuple, tensors: tuple) -> None:
        """Have the next such run go straight to the program, unless a key stands for several tensors."""
        if list(tensors) == [resolve_feed_key(self._graph, key)[0] for key in keys]:
            with contextlib.suppress(TypeError):
                hash(key := (fetches, keys))  # fetches that are no key, such as lists of lists, have no hash
                self._remember(self._entries, key, fast_call.make_entry(self, program, handler, tensors))

    def _explained(self, error: Exception, program: Program) -> Exception:
        program.mark(error)
        return failures.explained(error, program.plan, self._state)

    def _handler(self, fetches: Any) -> Fetches:
        self._check_open()
        if not self._graph.version:
            raise RuntimeError(failures.empty_graph(self._graph, self._where))
        return Fetches(self._graph, fetches, self._where)

    def _program(self, fetches: tuple, feeds: tuple) -> Program:
        key = fetches, feeds
        if (program := self._programs.get(key)) is not None:
            return program
        with gc_paused():
            plan = Plan(fetches, feeds, self._order)  # not under the lock: it may call functions of the user's
            check_feeds(plan)
            with self._lock:
                program = self._programs.get(key)  # of another thread, meanwhile
                if program is None:
                    program = self._bound(plan)
                    if self._order is None:  # a shuffled order is drawn anew for each run
                        self._remember(self._programs, key, program)
        return program

    def _bound(self, plan: Plan) -> Any:
        if self._engine is not None:
            return self._engine.program(plan)
        program = Program(plan, self._state_of, self._lock, *self._optimize)
        is_cut = program.may_wait and not program.is_interpreted and self._order is None
        return in_stages(program) if is_cut else program

    def _remember(self, cache: dict, key: Any, value: Any) -> None:
        with self._lock:
            while len(cache) >= tuning.MOST_PLANS:
                del cache[next(iter(cache))]
            cache[key] = value

    def _state_of(self, op: Operation) -> Any:
        with self._lock:
            if op not in self._state:
                self._state[op] = op.op_def.initial_state(op.name)
            return self._state[op]

    def _prepared(self, fetches: Any, feeds: Any) -> Fetches:
        run_prepared(self, fetches, feeds)
        handler = self._handler(fetches)
        if not handler.unique:
            raise errors.InvalidArgumentError(None, None, "Must specify at least one target to fetch or execute.")
        return handler

    def make_callable(self, fetches: Any, feed_list: Any = None, accept_options: bool = False) -> Callable:
        """Return a function that runs `fetches` with values for the tensors of `feed_list`: the shortest way in.

        With `accept_options` it also takes `options` and `run_metadata`.

        Raises:
            TypeError: if `feed_list` is not a list.
            errors.InvalidArgumentError: if nothing is fetched.

        Example:
            >>> a, b = tf.placeholder(tf.float32), tf.placeholder(tf.float32)
            >>> add = sess.make_callable(a + b, [a, b])
            >>> print(add(1.0, 2.0))
            3.0
        """
        if feed_list is not None and not isinstance(feed_list, (list, tuple)):
            raise TypeError("`feed_list` must be a list or tuple.")
        return fast_call.make_callable(self, self._prepared(fetches, feed_list), fetches, feed_list, accept_options)

    # Its life

    def _check_open(self) -> None:
        if self._closed:
            raise failures.session_closed(self._closed_at)

    def close(self) -> None:
        """Free the variables and plans; the session cannot be used again.

        Runs that other threads make of it end with a CancelledError, and are waited for.
        """
        if not self._closed:
            self._closed, self._closed_at = True, provenance.user_trace(2)
            if initialized.variables_with_value(self._state):
                self._graph._initialized_in = self._where
            interrupts.cancel_runs(self)
        for kept in (self._programs, self._entries, self._state):
            kept.clear()

    @staticmethod
    def reset(target: str, containers: Any = None, config: Any = None) -> None:
        """Do nothing: a session shares no state with another."""

    def as_default(self) -> Any:
        """Return a context manager that makes this the default session of the thread, without closing it at the end."""
        return default.default_session(self)

    def __enter__(self) -> Any:
        if self._entered is not None:
            raise RuntimeError(
                "Session context managers are not re-entrant. Use `Session.as_default()` if you want to "
                "enter a session multiple times."
            )
        self._entered = contextlib.ExitStack()
        self._entered.enter_context(self._graph.as_default())
        self._entered.enter_context(self.as_default())
        return self

    def __exit__(self, *error: Any) -> None:
        entered, self._entered = self._entered, None
        entered.__exit__(*error)
        self.close()
