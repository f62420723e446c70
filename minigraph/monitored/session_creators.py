"""How a monitored session gets its session: the chief initializes the variables, a worker waits for that."""

from __future__ import annotations

import abc
from typing import Any

from minigraph.graph.default import get_default_graph
from minigraph.monitored.scaffold import Scaffold
from minigraph.monitored.session_manager import SessionManager
from minigraph.runtime.session import Session

__all__ = ["ChiefSessionCreator", "SessionCreator", "WorkerSessionCreator"]


class SessionCreator(abc.ABC):
    """A base class: `create_session` returns a new session, in which all variables have values."""

    @abc.abstractmethod
    def create_session(self) -> Session:
        """Return a new session."""


class _ByManager(SessionCreator):
    _scaffold: Scaffold
    _session_manager: SessionManager | None = None

    def _get_session_manager(self) -> SessionManager:
        if self._session_manager is None:
            self._session_manager = SessionManager(
                local_init_op=self._scaffold.local_init_op,
                ready_op=self._scaffold.ready_op,
                ready_for_local_init_op=self._scaffold.ready_for_local_init_op,
                graph=get_default_graph(),
            )
        return self._session_manager


class ChiefSessionCreator(_ByManager):
    """Make sessions with the values of the newest checkpoint, or with initial values.

    Args:
        scaffold: the `Scaffold`.
        master: the session's target, "".
        config: the session's `ConfigProto`.
        checkpoint_dir: the folder of the checkpoints.
        checkpoint_filename_with_path: one checkpoint, in its place.

    Example:
        >>> v = tf.Variable(3.0)
        >>> with tf.train.MonitoredSession(tf.train.ChiefSessionCreator()) as session:
        ...     print(session.run(v))
        3.0
    """

    def __init__(
        self,
        scaffold: Scaffold | None = None,
        master: str = "",
        config: Any = None,
        checkpoint_dir: str | None = None,
        checkpoint_filename_with_path: str | None = None,
    ):
        self._scaffold = scaffold or Scaffold()
        self._master, self._config = master, config
        self._checkpoint_dir = checkpoint_dir
        self._checkpoint_filename_with_path = checkpoint_filename_with_path

    def create_session(self) -> Session:
        """Make what the scaffold lacks, and return a new session."""
        self._scaffold.finalize()
        return self._get_session_manager().prepare_session(
            self._master,
            saver=self._scaffold.saver,
            checkpoint_dir=self._checkpoint_dir,
            checkpoint_filename_with_path=self._checkpoint_filename_with_path,
            config=self._config,
            init_op=self._scaffold.init_op,
            init_feed_dict=self._scaffold.init_feed_dict,
            init_fn=self._scaffold.init_fn,
        )


class WorkerSessionCreator(_ByManager):
    """Make sessions once the chief has initialized the variables.

    Args:
        scaffold: the `Scaffold`.
        master: the session's target, "".
        config: the session's `ConfigProto`.
        max_wait_secs: how long to wait.
    """

    def __init__(
        self, scaffold: Scaffold | None = None, master: str = "", config: Any = None, max_wait_secs: float = 30 * 60
    ):
        self._scaffold = scaffold or Scaffold()
        self._master, self._config, self._max_wait_secs = master, config, max_wait_secs

    def create_session(self) -> Session:
        """Make what the scaffold lacks, and return a session once it is ready.

        Raises:
            DeadlineExceededError: if that takes too long.
        """
        self._scaffold.finalize()
        manager = self._get_session_manager()
        return manager.wait_for_session(self._master, config=self._config, max_wait_secs=self._max_wait_secs)
