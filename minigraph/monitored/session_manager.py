"""`SessionManager`: new sessions, with values from a checkpoint or from initial values."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from minigraph import logging
from minigraph.checkpoints.state import get_checkpoint_state
from minigraph.graph import errors
from minigraph.graph.default import get_default_graph
from minigraph.runtime.session import Session

__all__ = ["SessionManager", "why_not_ready"]


class SessionManager:
    """Make sessions, restore or initialize their variables, and check that all have values.

    Args:
        local_init_op: an operation to run in each new session.
        ready_op: a tensor with the names of the variables that have no value yet.
        ready_for_local_init_op: a tensor with the names of those that `local_init_op` waits for.
        graph: the graph, by default the default graph.
        recovery_wait_secs: the seconds between two looks whether others have initialized the variables.
        local_init_run_options: the `RunOptions` for `local_init_op`.

    Raises:
        ValueError: if there is a `ready_for_local_init_op` without a `local_init_op`.

    Example:
        >>> v = tf.Variable(3.0)
        >>> manager = tf.train.SessionManager(ready_op=tf.report_uninitialized_variables())
        >>> with manager.prepare_session("", init_op=tf.global_variables_initializer()) as session:
        ...     print(session.run(v))
        3.0
    """

    def __init__(
        self,
        local_init_op: Any = None,
        ready_op: Any = None,
        ready_for_local_init_op: Any = None,
        graph: Any = None,
        recovery_wait_secs: float = 30,
        local_init_run_options: Any = None,
    ):
        self._local_init_op, self._ready_op = local_init_op, ready_op
        self._ready_for_local_init_op = ready_for_local_init_op
        self._graph = get_default_graph() if graph is None else graph
        self._recovery_wait_secs, self._local_init_run_options = recovery_wait_secs, local_init_run_options
        if ready_for_local_init_op is not None and local_init_op is None:
            raise ValueError(
                "If you pass a ready_for_local_init_op you must also pass a local_init_op , ready_for_local_init_op "
                f"[{ready_for_local_init_op}]"
            )

    def _restore_checkpoint(
        self,
        master: str,
        saver: Any,
        checkpoint_dir: str | None,
        checkpoint_filename_with_path: str | None,
        wait_for_checkpoint: bool,
        max_wait_secs: float,
        config: Any,
    ) -> tuple[Session, bool]:
        """Return a new session, and True if its variables were restored."""
        session = Session(master, graph=self._graph, config=config)
        if checkpoint_dir and checkpoint_filename_with_path:
            raise ValueError("Can not provide both checkpoint_dir and checkpoint_filename_with_path.")
        if not saver or not (checkpoint_dir or checkpoint_filename_with_path):
            return session, False
        if checkpoint_filename_with_path:
            saver.restore(session, checkpoint_filename_with_path)
            return session, True
        state = self._newest(checkpoint_dir, max_wait_secs if wait_for_checkpoint else 0)
        if state is None:
            return session, False
        saver.restore(session, state.model_checkpoint_path)
        saver.recover_last_checkpoints(state.all_model_checkpoint_paths)
        return session, True

    def _newest(self, folder: Any, most_secs: float) -> Any:
        """Return what the file `checkpoint` of a folder says, once it is there; None if that takes too long."""
        waited = 0.0
        while not (state := get_checkpoint_state(folder)) or not state.model_checkpoint_path:
            if waited >= most_secs:
                return None
            logging.info("Waiting for checkpoint to be available.")
            time.sleep(self._recovery_wait_secs)
            waited += self._recovery_wait_secs
        return state

    def prepare_session(
        self,
        master: str,
        init_op: Any = None,
        saver: Any = None,
        checkpoint_dir: str | None = None,
        checkpoint_filename_with_path: str | None = None,
        wait_for_checkpoint: bool = False,
        max_wait_secs: float = 7200,
        config: Any = None,
        init_feed_dict: Any = None,
        init_fn: Callable | None = None,
    ) -> Session:
        """Return a new session in which all variables have values.

        Args:
            master: the session's target, "".
            init_op: run if there is no checkpoint.
            saver: the `Saver` that restores the newest checkpoint, if there is one.
            checkpoint_dir: the folder of the checkpoints.
            checkpoint_filename_with_path: one checkpoint, in its place.
            wait_for_checkpoint: wait until there is one.
            max_wait_secs: how long to wait.
            config: the session's `ConfigProto`.
            init_feed_dict: what to feed for `init_op`.
            init_fn: a function of the session, called after `init_op`.

        Raises:
            RuntimeError: if a variable has no value in the end, or there is no way to initialize.
            ValueError: if both a folder and a checkpoint are given.
        """
        session, restored = self._restore_checkpoint(
            master, saver, checkpoint_dir, checkpoint_filename_with_path, wait_for_checkpoint, max_wait_secs, config
        )
        if not restored:
            if init_op is None and not init_fn and self._local_init_op is None:
                raise RuntimeError("Model is not initialized and no init_op or init_fn or local_init_op was given")
            if init_op is not None:
                session.run(init_op, feed_dict=init_feed_dict)
            if init_fn:
                init_fn(session)
        ops = f"Init op: {_name(init_op)}, init fn: {init_fn}"
        problem = self._try_run_local_init_op(session)
        if problem is not None:
            raise RuntimeError(f"Init operations did not make model ready for local_init.  {ops}, error: {problem}")
        problem = self._model_ready(session)
        if problem is not None:
            local = f"local_init_op: {self._local_init_op}"
            raise RuntimeError(f"Init operations did not make model ready.  {ops}, {local}, error: {problem}")
        return session

    def recover_session(
        self,
        master: str,
        saver: Any = None,
        checkpoint_dir: str | None = None,
        checkpoint_filename_with_path: str | None = None,
        wait_for_checkpoint: bool = False,
        max_wait_secs: float = 7200,
        config: Any = None,
    ) -> tuple[Session, bool]:
        """Return a new session, and True if a checkpoint gave all variables values; arguments as `prepare_session`."""
        session, restored = self._restore_checkpoint(
            master, saver, checkpoint_dir, checkpoint_filename_with_path, wait_for_checkpoint, max_wait_secs, config
        )
        problem = self._try_run_local_init_op(session)
        if not restored:
            return session, False
        source = checkpoint_dir or checkpoint_filename_with_path
        if problem is not None:
            logging.info("Restoring model from %s did not make model ready for local init: %s", source, problem)
            return session, False
        problem = self._model_ready(session)
        if problem is not None:
            logging.info("Restoring model from %s did not make model ready: %s", source, problem)
            return session, False
        logging.info("Restored model from %s", source)
        return session, True

    def wait_for_session(self, master: str, config: Any = None, max_wait_secs: float | None = None) -> Session:
        """Return a new session once others have initialized the variables.

        Args:
            master: the session's target, "".
            config: the session's `ConfigProto`.
            max_wait_secs: how long to wait; None for as long as it takes.

        Raises:
            DeadlineExceededError: if it takes longer.
        """
        limit = float("inf") if max_wait_secs is None else max_wait_secs
        end, pause = time.monotonic() + limit, 0.5
        while True:
            session = Session(master, graph=self._graph, config=config)
            not_ready = None
            not_ready_local = self._try_run_local_init_op(session)
            if not_ready_local is None:
                not_ready = self._model_ready(session)
                if not_ready is None:
                    return session
            with contextlib.suppress(Exception):  # what matters is that it was not ready
                session.close()
            if max(0.0, end - time.monotonic()) < self._recovery_wait_secs:
                raise errors.DeadlineExceededError(None, None, f"Session was not ready after waiting {limit:.0f} secs.")
            logging.info(
                "Waiting for model to be ready.  Ready_for_local_init_op:  %s, ready: %s", not_ready_local, not_ready
            )
            time.sleep(min(pause, self._recovery_wait_secs))  # a small model is ready long before the 30 s of TF1
            pause *= 2

    def _model_ready(self, session: Session) -> str | None:
        return why_not_ready(self._ready_op, session, "Model not ready")

    def _try_run_local_init_op(self, session: Session) -> str | None:
        """Run `local_init_op`; return why it could not be run, or None."""
        if self._local_init_op is None:
            return None
        problem = why_not_ready(self._ready_for_local_init_op, session, "Model not ready for local init")
        if problem is None:
            logging.info("Running local_init_op.")
            session.run(self._local_init_op, options=self._local_init_run_options)
            logging.info("Done running local_init_op.")
        return problem


def _name(op: Any) -> str:
    return "None" if op is None else getattr(op, "name", f"<no name for {type(op)}>")


def why_not_ready(op: Any, session: Session, text: str) -> str | None:
    """Return which variables have no value, by a tensor with their names; None if all have."""
    if op is None:
        return None
    try:
        names = session.run(op)
    except errors.FailedPreconditionError as error:
        if "uninitialized" not in str(error):
            logging.warning("%s : error [%s]", text, error)
            raise
        return str(error)
    if names is None or names.dtype == np.int32 or names.size == 0:
        return None
    return "Variables not initialized: " + ", ".join(name.decode() for name in names)
