"""`Session`: runs parts of a graph and holds the state that they leave: variables and random streams."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from typing import Any

from minigraph.graph import default, errors, nest, provenance, tracebacks
from minigraph.graph.displayed import Displayed
from minigraph.graph.gc_paused import gc_paused
from minigraph.graph.graph import Graph
from minigraph.graph.observe import Run, observed, observers, run_prepared
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.text import message
from minigraph.runtime import check_feeds, failures, initialized, interrupts, tracing, tuning
from minigraph.runtime.config import ConfigProto, check_options, cpu_device
from minigraph.runtime.fast_call import closed, loud, make_entry, quiet
from minigraph.runtime.feeds import expand_feeds, resolve_feed_key
from minigraph.runtime.fetches import Fetches, check_not_empty, is_flat, key_of, plain, take
from minigraph.runtime.partial_run import PartialRun
from minigraph.runtime.plan import Order, Plan
from minigraph.runtime.program import Program, execute
from minigraph.runtime.stages import in_stages

__all__ = ["Session"]


def _carry_out(run: Run) -> Any:
    return run.session._run_with(*run[1:])


class Session(Displayed):
    """Run operations of a graph, and holds the variables' values.

    A plan is worked out once for each choice of fetches and feeds, and kept.

    Args:
        target: the engine: "" is numpy.
        graph: the graph, by default the default graph.
        config: a `ConfigProto`.

    Raises:
        TypeError: if an argument is of the wrong kind.
        errors.NotFoundError: if there is no such engine.

    Example:
        >>> x = tf.placeholder(tf.float32)
        >>> with tf.Session() as sess:
        ...     print(sess.run({"double": x + x, "square": x * x}, feed_dict={x: [3.0]}))
        {'double': array([6.], dtype=float32), 'square': array([9.], dtype=float32)}
    """

    def __init__(self, target: str | bytes | None = "", graph: Graph | None = None, config: ConfigProto | None = None):
        if graph is not None and not isinstance(graph, Graph):
            raise TypeError(f"graph must be a tf.Graph, but got {type(graph)}")
        if target is not None and not isinstance(target, (str, bytes)):
            raise TypeError(f"target must be a string, but got {type(target)}")
        if config is not None and not isinstance(config, ConfigProto):
            raise TypeError(f"config must be a tf.ConfigProto, but got {type(config)}")
        if target:
            target = target.decode() if isinstance(target, bytes) else target
            raise errors.NotFoundError(
                None,
                None,
                "No session factory registered for the given session options: "
                f'{{target: "{target}"}}\nThe engine of this version is numpy: Session("").',
            )
        self._graph = graph if graph is not None else default.get_default_graph()
        self._config = config or ConfigProto()
        optimizer = self._config.graph_options.optimizer_options
        self._optimize = optimizer.opt_level >= 0, optimizer.global_jit_level >= 0
        self._timeout = self._config.operation_timeout_in_ms
        self._order = Order(self._config.order, self._config.order_seed)
        self._state: dict[Operation, Any] = {}
        self._lock = threading.RLock()
        self._programs: dict[Any, Program] = {}
        self._fetches: dict[Any, Fetches] = {}
        self._entries: dict[Any, Callable] = {}
        self._closed = False
        self._entered: Any = None  # the contexts of `with session:`
        self._where, self._closed_at = provenance.user_trace(2), ()
        initialized.remember(self)
        if "IPython" in sys.modules:  # it may have been imported later than this package
            tracebacks.install_in_ipython()
        interrupts.install()

    # What it is

    @property
    def graph(self) -> Graph:
        """The graph that this session runs."""
        return self._graph

    @property
    def graph_def(self) -> Any:
        """The graph as data."""
        return self._graph.as_graph_def()

    @property
    def sess_str(self) -> bytes:
        """The target."""
        return b""

    def list_devices(self) -> list:
        """Return the devices: one CPU."""
        if self._closed:
            raise closed()
        return [cpu_device()]

    # Running

    def run(self, fetches: Any, feed_dict: Any = None, options: Any = None, run_metadata: Any = None) -> Any:
        """Run what the fetches need and return their values.

        Args:
            fetches: a tensor, operation, variable, `IndexedSlices` or name, or lists, tuples, namedtuples or dicts
                of them, nested as you like.
            feed_dict: a dict of tensors (any tensor, not placeholders only) and the values that stand for them; a tuple
                of tensors, nested as you like, stands for a structure of values.
            options: a `RunOptions`; if its `trace_level` says so, the run is taken down in `run_metadata`, and if it
                has a `timeout_in_ms`, the run ends then.
            run_metadata: a `RunMetadata`; afterwards its `trace` tells what happened, step by step.

        Returns:
            The values (numpy) in the structure of `fetches`; None for an operation.

        Raises:
            RuntimeError: if the session is closed or its graph is empty.
            TypeError, ValueError: if something cannot be fetched or fed.
            errors.OpError: if an operation fails, the time is over or the session is closed; an open session can go on.
            KeyboardInterrupt: at the end of the run if Ctrl-C was pressed meanwhile, so that a step is whole. If it is
                pressed again the run ends at once, and a step may be half done.
        """
        if observers:
            return observed(Run(self, fetches, feed_dict, options, run_metadata), _carry_out)
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
        """Check fetches and feed, works out how to run them, and has them run by `run`."""
        interrupts.install()
        if run is None and self._timeout > 0:
            return self._run_with(fetches, feed_dict, None, None)
        return interrupts.whole(self, self._run_whole, fetches, feed_dict, run)

    def _run_with(self, fetches: Any, feed_dict: Any, options: Any, run_metadata: Any) -> Any:
        """Carry out a run that is observed, recorded, or limited in time."""
        check_options(options)
        timeout = options.timeout_in_ms if options is not None and options.timeout_in_ms > 0 else self._timeout
        run = interrupts.stepwise if timeout > 0 else execute
        if run_metadata is not None:
            watch = tracing.watched(options, run_metadata)
            run = watch if run is execute or options and options.trace_level else run
        with interrupts.Deadline(timeout):
            return self._run_anew(fetches, feed_dict, run)

    def _run_whole(self, fetches: Any, feed_dict: Any, run: Callable | None) -> Any:
        handler = self._handler(fetches)
        self._graph.note_run()
        feeds = expand_feeds(self._graph, feed_dict) if feed_dict else {}
        program = self._program(tuple(handler.unique), tuple(feeds))
        keys = tuple(feed_dict or ())
        if (
            run is None
            and program.recorded
            and is_flat(fetches)
            and is_flat(keys)
            and list(feeds) == [resolve_feed_key(self._graph, key)[0] for key in keys]
        ):
            try:
                self._remember(self._entries, (key_of(fetches), keys), make_entry(self, program, handler, tuple(feeds)))
            except TypeError:  # fetches that are no key, such as a dict
                pass
        return handler.rebuild(self._execute(program, tuple(feeds.values()), run or execute))

    def _miscounted(self, handler: Fetches, tensors: tuple, values: tuple) -> Exception:
        plan = Plan(tuple(handler.unique), tensors[: len(values)], self._order)
        if plan.unfed:
            return failures.unfed(plan)
        return TypeError(f"this callable takes {len(tensors)} values, in the order of feed_list; got {len(values)}")

    def _execute(self, program: Program, values: tuple, run: Callable = execute) -> list:
        token = quiet()
        try:
            return run(program, values)
        except Exception as error:
            raise self._explained(error, program)  # noqa: B904 (it is `error`, or carries it)
        finally:
            loud(token)

    def _explained(self, error: Exception, program: Program) -> Exception:
        program.mark(error)
        return failures.explained(error, program.plan, self._state)

    def _handler(self, fetches: Any) -> Fetches:
        self._check_open()
        if not self._graph.version:
            raise RuntimeError(failures.empty_graph(self._graph, self._where))
        if type(fetches) is not Tensor and type(fetches) is not Operation:
            return Fetches(self._graph, fetches, self._where)
        handler = self._fetches.get(fetches)
        if handler is None:
            handler = Fetches(self._graph, fetches, self._where)
            self._remember(self._fetches, fetches, handler)
        return handler

    def _program(self, fetches: tuple, feeds: tuple) -> Program:
        key = fetches, feeds
        program = self._programs.get(key)
        if program is None:
            with gc_paused():
                plan = Plan(fetches, feeds, self._order)  # not under the lock: it may call functions of the user's
                check_feeds.check_feeds(plan)
                with self._lock:
                    program = self._programs.get(key)  # of another thread, meanwhile
                    if program is None:
                        program = self._new_program(key, plan)
        return program

    def _new_program(self, key: tuple, plan: Plan) -> Program:
        program = Program(plan, self._state_of, self._lock, *self._optimize)
        if self._order.kind == "creation":  # a shuffled order is drawn anew for each run
            program = in_stages(program) if program.may_wait else program
            self._remember(self._programs, key, program)
        elif self._order.seed is not None:
            self._order.seed += 1
        return program

    def _remember(self, cache: dict, key: Any, value: Any) -> None:
        with self._lock:
            while len(cache) >= tuning.MOST_PLANS:
                del cache[next(iter(cache))]
            cache[key] = value

    def _state_of(self, op: Operation) -> Any:
        state = self._state.get(op)
        if state is None:
            with self._lock:
                state = self._state.get(op)
                if state is None:
                    state = self._state[op] = op.op_def.initial_state(op.name)
        return state

    def _prepared(self, fetches: Any, feeds: Any) -> Fetches:
        run_prepared(self, fetches, feeds)
        handler = self._handler(fetches)
        check_not_empty(handler)
        return handler

    def make_callable(self, fetches: Any, feed_list: Any = None, accept_options: bool = False) -> Callable:
        """Return a function that runs `fetches` with values for the tensors of `feed_list`: the shortest way in.

        Args:
            fetches: as for `run`.
            feed_list: the tensors to feed, in the order of the function's arguments.
            accept_options: let the function take `options` and `run_metadata`.

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
        handler = self._prepared(fetches, feed_list)
        keys = tuple(t for key in feed_list or () for t in resolve_feed_key(self._graph, key))

        def by_run(*values: Any, options: Any = None, run_metadata: Any = None) -> Any:
            if self._closed:
                raise closed()
            return self.run(fetches, dict(zip(feed_list or (), values)), options, run_metadata)

        try:
            program = self._program(tuple(handler.unique), keys)
        except errors.InvalidArgumentError:  # a placeholder is left out: the call says so, as in TF1
            return by_run
        enter = make_entry(self, program, handler, keys, lambda *values: self.run(fetches, dict(zip(keys, values))))
        if not accept_options and self._timeout <= 0:
            return enter

        def enter_with_options(*values: Any, options: Any = None, run_metadata: Any = None) -> Any:
            if options is run_metadata is None and self._timeout <= 0 or len(values) != len(keys):
                return enter(*values)
            return by_run(*values, options=options, run_metadata=run_metadata)

        return enter_with_options

    def partial_run_setup(self, fetches: Any, feeds: Any = None) -> PartialRun:
        """Prepare a run in several steps: gives the handle for `partial_run`.

        Args:
            fetches: all that will be fetched in one of the steps.
            feeds: all that will be fed.
        """
        handler = self._prepared(fetches, feeds)
        given = nest.flatten(() if feeds is None else feeds)
        keys = tuple(t for key in given for t in resolve_feed_key(self._graph, key))
        plan = Plan(handler.unique, keys, self._order)
        return PartialRun(Program(plan, self._state_of, self._lock, is_open=True), self)

    def partial_run(self, handle: PartialRun, fetches: Any, feed_dict: Any = None) -> Any:
        """Go on with a partial run: runs what `fetches` still need.

        Raises:
            errors.InvalidArgumentError: if something is fetched or fed twice, was not named in the set-up, or needs a
                value that has not been fed yet.
        """
        self._check_open()
        if not isinstance(handle, PartialRun) or handle.owner is not self or handle.is_done:
            raise errors.InvalidArgumentError(
                None,
                None,
                "Must run 'setup' before performing partial runs!\nhandle = sess.partial_run_setup(fetches, feeds)",
            )
        handler = self._handler(fetches)
        feeds = expand_feeds(self._graph, feed_dict or {})
        check_feeds.check_feeds(handle.program.plan)
        with interrupts.Deadline(self._timeout):
            return handler.rebuild(interrupts.whole(self, self._go_on, handle, handler.unique, feeds))

    def _go_on(self, handle: PartialRun, fetches: list, feeds: dict) -> list:
        token = quiet()
        try:
            values = handle.go_on(fetches, feeds)
            with self._lock:
                return [plain(take(f, v)) for f, v in zip(fetches, values)]
        except Exception as error:
            raise failures.explained(error, handle.program.plan, self._state)  # noqa: B904
        finally:
            loud(token)

    # Its life

    def _check_open(self) -> None:
        if self._closed:
            raise RuntimeError(
                message(
                    "Attempted to use a closed Session.",
                    f"It was closed at {provenance.format_where(self._closed_at)}, and is used at {provenance.here()}.",
                    "The end of `with tf.Session() as sess:` closes it: run inside the block.",
                )
            )

    def close(self) -> None:
        """Free the variables and plans; the session cannot be used again.

        Runs that other threads make of it end with a CancelledError, and are waited for.
        """
        if not self._closed:
            self._closed, self._closed_at = True, provenance.user_trace(2)
            if initialized.has_values(self._state):
                self._graph._initialized_in = self._where
            interrupts.cancel_runs(self)
        self._programs.clear()
        self._fetches.clear()
        self._entries.clear()
        self._state.clear()

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
        self._entered = [self._graph.as_default(), self.as_default()]
        for c in self._entered:
            c.__enter__()
        return self

    def __exit__(self, *error: Any) -> None:
        entered, self._entered = self._entered, None
        for c in reversed(entered):
            c.__exit__(*error)
        self.close()
