"""`tf.test.TestCase`: a test with a graph, seeds, sessions and a folder of its own."""

from __future__ import annotations

import random
import re
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import numpy as np

from minigraph.flags import absl
from minigraph.graph.default import default_graphs, reset_default_graph
from minigraph.graph.devices import merged
from minigraph.graph.errors import OpError
from minigraph.graph.graph import Graph
from minigraph.graph.seeds import DEFAULT_GRAPH_SEED, set_random_seed
from minigraph.graph.session_for import get_default_session
from minigraph.runtime.session import Session
from minigraph.test.captured import captured_writes
from minigraph.test.comparisons import Comparisons
from minigraph.test.graph_defs import parsed, text_of
from minigraph.test.running import get_temp_dir

__all__ = ["TestCase"]

_Case: Any = absl("testing.absltest", "tf.test.TestCase").TestCase
_GRAPH_DEF_VERSIONS = 134, 0  # of TensorFlow 1.15: the producer, and the oldest consumer


class TestCase(Comparisons, _Case):
    """A test of a program that builds graphs: a `unittest.TestCase`, with the assertions of absl's and more.

    Before each test there is a new default graph with a seed, and Python and numpy get the same seed, so that random
    numbers are the same whenever and in whatever order the tests run, and the same as in TensorFlow.

    Raises:
        ImportError: where it is used, if absl-py is not installed.

    Example:
        >>> class DoubleTest(tf.test.TestCase):
        ...     def test_double(self):
        ...         with self.cached_session():
        ...             self.assertAllEqual(2 * tf.constant([1, 2]), [2, 4])
        >>> import unittest
        >>> DoubleTest("test_double").run(unittest.TestResult())
        <unittest.result.TestResult run=1 errors=0 failures=0>
    """

    def __init__(self, methodName: str = "runTest"):
        super().__init__(methodName)
        self._threads: list[_CheckedThread] = []
        self._folder: str | None = None
        self._cached: tuple[Session, Any] | None = None  # the session of the test, and the options it was made with

    def setUp(self) -> None:
        """Begin anew: no session, an empty default graph, the same seeds for each test."""
        super().setUp()
        self._forget_session()
        for set_seed in random.seed, np.random.seed:
            set_seed(DEFAULT_GRAPH_SEED)
        if any(default_graphs()):  # the tests are run inside `with graph.as_default()`
            new = Graph().as_default()
            new.__enter__()
            self.addCleanup(new.__exit__, None, None, None)
        else:
            reset_default_graph()
        set_random_seed(DEFAULT_GRAPH_SEED)
        self._skip_if_no_test()

    def tearDown(self) -> None:
        """Close the session of the test, and see that its threads have been joined."""
        for thread in self._threads:
            thread.check_termination()
        self._forget_session()
        super().tearDown()

    def _skip_if_no_test(self) -> None:
        """Skip the method `test_session`, which loaders take for a test by its name."""
        if self.id().endswith(".test_session"):
            self.skipTest("Not a test.")

    # Sessions

    @contextmanager
    def session(
        self, graph: Any = None, config: Any = None, use_gpu: bool = False, force_gpu: bool = False
    ) -> Iterator[Any]:
        """Return a context manager with a new session, which is the default one, and closed at the end.

        Args:
            graph: its graph, by default the default graph; it is the default graph inside.
            config: a `tf.ConfigProto`.
            use_gpu, force_gpu: which devices nodes made inside ask for: the CPU, any, or the GPU. Here this is only
                written on them.
        """
        with Session(graph=graph, config=config) as session, _devices(session, use_gpu, force_gpu):
            yield session

    @contextmanager
    def cached_session(
        self, graph: Any = None, config: Any = None, use_gpu: bool = False, force_gpu: bool = False
    ) -> Iterator[Any]:
        """Return a context manager with the one session of the test, so variables keep their values between its uses.

        Arguments are those of `session`.

        Raises:
            ValueError: if the session was made with another graph, config or `force_gpu`.
        """
        session = self._session_of_test(graph, config, force_gpu, True)
        with session.graph.as_default(), session.as_default(), _devices(session, use_gpu, force_gpu):
            yield session

    @contextmanager
    def test_session(
        self, graph: Any = None, config: Any = None, use_gpu: bool = False, force_gpu: bool = False
    ) -> Iterator[Any]:
        """Return the session of the test, or a new one if a graph is given; the older name of the two above."""
        self._skip_if_no_test()
        if graph is not None:
            with self.session(graph, config, use_gpu, force_gpu) as session:
                yield session
        else:
            session = self._session_of_test(graph, config, force_gpu, False)
            with session.graph.as_default(), session.as_default(), _devices(session, use_gpu, force_gpu):
                yield session

    def _session_of_test(self, graph: Any, config: Any, force_gpu: bool, check: bool) -> Session:
        options = {"graph": graph, "config": config, "force_gpu value": force_gpu}
        if self._cached is None:
            self._cached = Session(graph=graph, config=config), options
        session, made_with = self._cached
        for name, value in options.items() if check else ():
            if made_with[name] is not value:
                raise ValueError(
                    f"The {name} used to get the cached session is different than the one that was used to create "
                    "the session. Maybe create a new session with self.session()"
                )
        return session

    def _forget_session(self) -> None:
        if self._cached is not None:
            self._cached[0].close()
            self._cached = None

    def evaluate(self, tensors: Any) -> Any:
        """Return the values of tensors, nested as a fetch may be, in the default session or in that of the test."""
        session = get_default_session()
        if session is not None:
            return session.run(tensors)
        with self.test_session() as session:
            return session.run(tensors)

    # Files and threads

    def get_temp_dir(self) -> str:
        """Return a folder for this test; it is there until the program ends."""
        if self._folder is None:
            self._folder = tempfile.mkdtemp(dir=get_temp_dir())
        return self._folder

    def captureWritesToStream(self, stream: Any) -> Any:
        """Return a context manager that keeps what is written to `sys.stdout` or `sys.stderr`, by C code too.

        Its `contents()` are the text.
        """
        return captured_writes(stream, self.get_temp_dir())

    def checkedThread(self, target: Callable, args: Any = None, kwargs: Any = None) -> Any:
        """Return a thread for the test, with `start`, `join` and `is_alive`.

        An error in it fails the test when it is joined, and so does a thread that is never joined.
        """
        self._threads.append(_CheckedThread(self, target, args or (), kwargs or {}))
        return self._threads[-1]

    # Assertions on other things than numbers

    @contextmanager
    def assertRaisesWithPredicateMatch(self, exception_type: Any, expected_err_re_or_predicate: Any) -> Iterator[None]:
        """Return a context manager that checks that the block raises an error.

        Args:
            exception_type: its type.
            expected_err_re_or_predicate: a regular expression that is found in its message, or a function that gets
                the error and returns whether it is the one.
        """
        try:
            yield
        except Exception as error:
            if isinstance(error, exception_type) and _fits(error, expected_err_re_or_predicate):
                return
            raise AssertionError(f"Exception of type {type(error)}: {error}") from error
        raise AssertionError(f"Exception of type {AssertionError}: {exception_type.__name__} not raised")

    def assertRaisesOpError(self, expected_err_re_or_predicate: Any) -> Any:
        """Return a context manager that checks that a run fails: `assertRaisesWithPredicateMatch` of a `tf.OpError`.

        Example:
            >>> with tf.test.TestCase().assertRaisesOpError("at least one x must be >= 0"):
            ...     sess.run(tf.Assert(tf.less(2.0, 1.0), ["at least one x must be >= 0"]))
        """
        return self.assertRaisesWithPredicateMatch(OpError, expected_err_re_or_predicate)

    def assertStartsWith(self, actual: str, expected_start: str, msg: Any = None) -> None:
        """Check how a text begins."""
        if not actual.startswith(expected_start):
            self.fail(f"{actual!r} does not start with {expected_start!r}" + (f" : {msg!r}" if msg else ""))

    def assertDeviceEqual(self, device1: Any, device2: Any, msg: Any = None) -> None:
        """Check that two device names mean the same device, such as "/cpu:0" and "/device:CPU:0"."""
        one, other = merged("", str(device1 or "")), merged("", str(device2 or ""))
        self.assertEqual(one, other, f"Devices {one} and {other} are not equal. {msg}")

    def assertProtoEquals(self, expected_message_maybe_ascii: Any, message: Any, msg: Any = None) -> None:
        """Check that a protocol message is another, or what a text says; floats up to six digits after the point.

        Example:
            >>> number = tf.Summary.Value(tag="loss", simple_value=0.1)
            >>> tf.test.TestCase().assertProtoEquals('tag: "loss" simple_value: 0.1', number)
        """
        expected, more = expected_message_maybe_ascii, msg or ""
        if isinstance(expected, str) and not isinstance(message, str):
            expected = parsed(expected, type(message))
        if not isinstance(expected, type(message)):
            raise AssertionError(f"Can't compare protos of type {type(expected)} and {type(message)}. {more}")
        if expected != message:
            self.assertMultiLineEqual(text_of(expected), text_of(message), msg=more)

    def assertProtoEqualsVersion(
        self,
        expected: str,
        actual: Any,
        producer: int = _GRAPH_DEF_VERSIONS[0],
        min_consumer: int = _GRAPH_DEF_VERSIONS[1],
        msg: Any = None,
    ) -> None:
        """Check that a `tf.GraphDef` is what a text says, and of the version of TensorFlow 1.15."""
        versions = f"versions {{ producer: {producer} min_consumer: {min_consumer} }};\n"
        self.assertProtoEquals(versions + expected, actual, msg=msg)

    # Names that unittest has dropped since

    assertItemsEqual = _Case.assertCountEqual
    assertRaisesRegexp = _Case.assertRaisesRegex
    assertRegexpMatches = _Case.assertRegex
    assertNotRegexpMatches = _Case.assertNotRegex
    assertEquals = _Case.assertEqual
    assertNotEquals = _Case.assertNotEqual
    assertAlmostEquals = _Case.assertAlmostEqual
    assertNotAlmostEquals = _Case.assertNotAlmostEqual
    assert_ = _Case.assertTrue


def _devices(session: Session, use_gpu: bool, force_gpu: bool) -> Any:
    """Return a context manager in which nodes ask for the device that a test wants."""
    if use_gpu and not force_gpu:
        return ExitStack()
    return session.graph.device("/device:GPU:0" if force_gpu else "/device:CPU:0")


def _fits(error: Exception, expected: Any) -> Any:
    """Return whether an error is the expected one, by a function or a regular expression."""
    if callable(expected):
        return expected(error)
    if not isinstance(error, OpError):
        return re.search(expected, str(error))
    op = getattr(error, "op", None)
    return re.search(expected, error.message + (f"\nCaused by: {op.name}" if op is not None else ""))


class _CheckedThread:
    """A thread of a test, whose errors are the test's."""

    def __init__(self, case: TestCase, target: Callable, args: Any, kwargs: Any):
        self._case, self._call = case, (target, args, kwargs)
        self._thread = threading.Thread(target=self._run)
        self._error: Exception | None = None
        self._is_joined = False

    def _run(self) -> None:
        target, args, kwargs = self._call
        try:
            target(*args, **kwargs)
        except Exception as error:
            self._error = error

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def join(self) -> None:
        """Wait until the thread ends; fail the test if it ended with an error."""
        self._is_joined = True
        self._thread.join()
        if self._error is not None:
            self._case.fail(f"Error in checkedThread: {self._error}")

    def is_alive(self) -> bool:
        """Return whether it runs."""
        return self._thread.is_alive()

    def check_termination(self) -> None:
        """Fail the test if the thread was not joined."""
        if not self._is_joined:
            self._case.fail("A checked thread was not joined.")
