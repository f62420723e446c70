"""Sessions: what may be fetched and fed, in which structures, the ways to run, and the errors of all of it."""

from __future__ import annotations

import collections
import threading
import weakref

import numpy as np
import pytest

import minigraph as tf
from minigraph.graph.apply import apply
from minigraph.graph.opdef import OpDef
from tests.answers import answer, plain

Pair = collections.namedtuple("Pair", "a b")
Other = collections.namedtuple("Other", "c d")


class Things:
    """A graph with one of each, and an initialized session."""

    def __init__(self):
        self.a = tf.constant(1.0, name="a")
        self.b = tf.constant([2.0, 3.0], name="b")
        self.x = tf.placeholder(tf.float32, [None, 2], name="x")
        self.i = tf.placeholder(tf.int32, name="i")
        self.double = tf.multiply(self.x, 2.0, name="double")
        self.v = tf.Variable(4.0, name="v")
        self.more = tf.add(self.v, self.a, name="more")
        self.step = tf.assign_add(self.v, 1.0)
        self.nothing = tf.no_op("nothing")
        self.slices = tf.IndexedSlices(self.b, tf.constant([0, 1]))
        with tf.Graph().as_default():
            self.foreign = tf.constant(1, name="foreign")
        self.sess = tf.Session()
        self.sess.run(self.v.initializer)


@pytest.fixture
def it(graph):
    return Things()


@pytest.mark.parametrize(
    "fetches, expected",
    [
        ("it.a", 1.0),
        ("'a:0'", 1.0),
        pytest.param("'a'", None, marks=pytest.mark.filterwarnings("ignore:fetching the operation 'a' gives None")),
        ("it.v", 4.0),
        ("it.nothing", None),
        ("[it.a, it.a, 'a:0']", [1.0, 1.0, 1.0]),
        ("[it.nothing, it.a]", [None, 1.0]),
        ("(it.a, [it.v, (it.more,)])", (1.0, [4.0, (5.0,)])),
        ("{'p': it.a, 'q': [it.v, {'r': it.more}]}", {"p": 1.0, "q": [4.0, {"r": 5.0}]}),
        ("Pair(it.a, [it.v])", Pair(1.0, [4.0])),
        ("collections.OrderedDict([('z', it.a), ('y', it.v)])", collections.OrderedDict([("z", 1.0), ("y", 4.0)])),
        ("[]", []),
        ("{}", {}),
        ("()", ()),
        ("[[], ()]", [[], ()]),
    ],
)
def test_a_structure_of_fetches_comes_back(it, fetches, expected):
    for _ in range(3):  # the later times along the short way in
        found = it.sess.run(eval(fetches, {"it": it, "Pair": Pair, "collections": collections}))
        assert found == expected and type(found) in (type(expected), np.float32)


def test_equal_structures_of_different_kinds_are_told_apart(it):
    for _ in range(3):
        for kind in (Pair._make, tuple, Other._make, list):
            found = it.sess.run(kind([it.a, it.v]))
            assert found == kind([1.0, 4.0]) and type(found) is type(kind([0, 0]))
            (inner,) = it.sess.run([kind([it.a, it.v])])
            assert type(inner) is type(kind([0, 0]))


def test_slices_come_back_as_arrays_in_a_named_tuple(it):
    found = it.sess.run(it.slices)
    assert type(found).__name__ == "IndexedSlicesValue"
    assert plain([found.values, found.indices]) == [[2.0, 3.0], [0, 1]] and found.dense_shape is None


def test_a_value_that_left_a_run_is_the_users(it):
    value = it.sess.run(it.b)
    value[:] = 0.0
    assert plain(it.sess.run(it.b)) == [2.0, 3.0]


@pytest.mark.parametrize(
    "fetches, feeds, expected",
    [
        ("it.double", "{it.x: [[1, 2]]}", [[2.0, 4.0]]),
        ("it.double", "{'x:0': [[1, 2]]}", [[2.0, 4.0]]),
        ("it.double", "{it.double: [[7, 8]]}", [[7.0, 8.0]]),
        ("it.more", "{it.a: 10.0}", 14.0),
        ("it.more", "{it.v: 10.0}", 11.0),
        ("it.more", "{it.v.value(): 10.0}", 11.0),
        ("it.i", "{it.i: 3.7}", 3),
        ("[it.double, it.i]", "{(it.x, it.i): ([[1, 2]], 3)}", None),
        ("[it.double, it.i]", "{Pair(it.x, (it.i,)): Pair(np.array([[1, 2]]), (3,))}", [[[2.0, 4.0]], 3]),
        ("it.more", "{(it.a,): (10.0,)}", 14.0),
        ("it.slices", "{it.slices: ([5.0, 6.0], [1, 0])}", [[5.0, 6.0], [1, 0], None]),
    ],
)
def test_any_tensor_can_be_fed(it, fetches, feeds, expected):
    names = {"it": it, "np": np, "Pair": Pair}
    if expected is None:  # a list of lists is a structure: its numbers would be the values
        text = answer(lambda: it.sess.run(eval(fetches, names), eval(feeds, names)))
        assert text.startswith("ValueError: Could not flatten dictionary")
        return
    for _ in range(3):
        found = it.sess.run(eval(fetches, names), eval(feeds, names))
        assert plain(list(found) if isinstance(found, tuple) else found) == expected


ERRORS = [
    ("it.sess.run(None)", "TypeError: Fetch argument None has invalid type <class 'NoneType'>"),
    ("it.sess.run([it.a, None])", "TypeError: Fetch argument None has invalid type <class 'NoneType'>"),
    ("it.sess.run(3)", "TypeError: Fetch argument 3 has invalid type <class 'int'>, must be a string or Tensor"),
    ("it.sess.run('w:0')", "ValueError: Fetch argument 'w:0' cannot be interpreted as a Tensor"),
    (
        "it.sess.run(it.foreign)",
        "ValueError: Fetch argument <tf.Tensor 'foreign:0' shape=() dtype=int32> cannot be interpreted as a Tensor",
    ),
    (
        "it.sess.run(it.double)",
        "InvalidArgumentError: You must feed a value for placeholder tensor 'x' with dtype float and shape [?,2]",
    ),
    (
        "it.sess.run(it.double, {it.x: [1, 2]})",
        "ValueError: Cannot feed value of shape (2,) for Tensor 'x:0', which has shape '(?, 2)'",
    ),
    ("it.sess.run(it.double, {it.x: 'a'})", "ValueError: could not convert string to float: 'a'"),
    ("it.sess.run(it.double, {it.x: it.a})", "TypeError: The value of a feed cannot be a tf.Tensor object"),
    (
        "it.sess.run(it.double, {'w:0': 1})",
        "TypeError: Cannot interpret feed_dict key as Tensor: The name 'w:0' refers to a Tensor which does not exist",
    ),
    (
        "it.sess.run(it.double, {'x': 1})",
        "TypeError: Cannot interpret feed_dict key as Tensor: The name 'x' refers to an Operation, not a Tensor",
    ),
    (
        "it.sess.run(it.double, {3: 1})",
        "TypeError: Cannot interpret feed_dict key as Tensor: Can not convert a int into a Tensor",
    ),
    (
        "it.sess.run(it.double, {it.foreign: 1})",
        "TypeError: Cannot interpret feed_dict key as Tensor: Tensor "
        'Tensor("foreign:0", shape=(), dtype=int32) is not an element of this graph',
    ),
    ("it.sess.run(it.double, {(it.x, it.i): (1,)})", "ValueError: Could not flatten dictionary"),
    (
        "it.sess.run(it.i, {it.i: 2 ** 40})",
        "TypeError: Type of feed value 1099511627776 with type <class 'int'> is not "
        "compatible with Tensor type <class 'numpy.int32'>",
    ),
    ("it.a.eval()", "ValueError: Cannot evaluate tensor using `eval()`: No default session is registered"),
    ("it.nothing.run()", "ValueError: Cannot execute operation using `run()`: No default session is registered"),
    ("it.sess.partial_run('handle', it.a)", "InvalidArgumentError: Must run 'setup' before performing partial runs"),
    ("tf.Session().run(it.v)", "FailedPreconditionError: Attempting to use uninitialized value v"),
    ("tf.Session(graph=tf.Graph()).run([])", "RuntimeError: The Session graph is empty"),
    ("tf.Session(graph=3)", "TypeError: graph must be a tf.Graph, but got <class 'int'>"),
]


@pytest.mark.parametrize("expression, expected", ERRORS)
def test_after_an_error_the_graph_is_as_before_and_the_session_goes_on(it, expression, expected):
    before = it.a.graph.version
    for _ in range(2):
        assert answer(expression, {"it": it}) == expected
    assert it.a.graph.version == before
    assert it.sess.run(it.more) == 5.0


def test_a_kernel_that_fails_leaves_what_ran_before_it(it):
    with tf.control_dependencies([it.step]):
        bad = tf.gather(it.b, it.i)
    for _ in range(3):
        assert answer(lambda: it.sess.run(bad, {it.i: 5})) == "InvalidArgumentError: indices = 5 is not in [0, 2)"
    assert it.sess.run([bad, it.v], {it.i: 1}) == [3.0, 8.0]


def test_a_closed_session_runs_nothing(it):
    more = it.sess.make_callable(it.more)
    assert more() == 5.0
    it.sess.close()
    it.sess.close()
    for call in (
        lambda: it.sess.run(it.a),
        lambda: it.sess.run([]),
        lambda: it.sess.make_callable(it.a),
        lambda: it.sess.partial_run_setup([it.a]),
        lambda: it.sess.partial_run("handle", it.a),
    ):
        assert answer(call) == "RuntimeError: Attempted to use a closed Session"
    for call in (more, it.sess.list_devices):
        assert answer(call) == "CancelledError: Session has been closed"


def test_callable(it):
    total = it.sess.make_callable({"d": it.double, "m": it.more}, [it.x, it.a])
    assert total([[1, 2]], 3)["m"] == 7.0 and plain(total([[1, 2]], 3)["d"]) == [[2.0, 4.0]]
    assert answer(lambda: total([1, 2], 3)).startswith("ValueError: Cannot feed value of shape (2,) for Tensor 'x:0'")
    assert answer(lambda: it.sess.make_callable(it.a, it.x)) == "TypeError: `feed_list` must be a list or tuple"
    assert it.sess.make_callable(it.nothing)() is None


def test_partial_run(it):
    y = tf.placeholder(tf.float32, [])
    first, second = it.double * 1.0, tf.reduce_sum(it.double) + y
    handle = it.sess.partial_run_setup([first, second, it.v], [it.x, y])
    assert plain(it.sess.partial_run(handle, first, {it.x: [[1, 2]]})) == [[2.0, 4.0]]
    for fetch, feeds, text in (
        (first, {}, "The fetch mul:0 has already been fetched"),
        (second, {}, "Fetch Placeholder:0 can't be computed from the feeds that have been fed so far"),
        (it.a, {}, "The fetch a:0 was not specified in partial_run_setup"),
        (second, {it.x: [[0, 0]]}, "The feed x:0 has already been fed"),
    ):
        assert answer(lambda: it.sess.partial_run(handle, fetch, feeds)).startswith("InvalidArgumentError: " + text)
    assert it.sess.partial_run(handle, [second, it.v], {y: 1.0}) == [7.0, 4.0]
    with tf.Session() as other:
        unfinished = other.partial_run_setup([first], [it.x])
    for wrong in (handle, "no handle", unfinished):
        assert answer(lambda: it.sess.partial_run(wrong, first)) == (
            "InvalidArgumentError: Must run 'setup' before performing partial runs"
        )


def test_what_is_fed_to_a_partial_run_can_be_fetched_as_from_any_run(it):
    handle = it.sess.partial_run_setup([it.double, it.x], [it.x])  # where TensorFlow 1.15 refuses
    assert [a.tolist() for a in it.sess.partial_run(handle, [it.x, it.double], {it.x: [[1, 2]]})] == [
        [[1, 2]],
        [[2, 4]],
    ]


def test_a_partial_run_is_checked_where_tf1_checks_it(it):
    """Recorded from TensorFlow 1.15.5."""
    setup = it.sess.partial_run_setup
    for fetches, feeds, text in (
        ([], None, "Must specify at least one target to fetch or execute"),
        ([], [it.x], "Must specify at least one target to fetch or execute"),
    ):
        assert answer(lambda: setup(fetches, feeds)) == f"InvalidArgumentError: {text}"
    handle = setup([it.double * 1.0, it.double * tf.cast(it.i, tf.float32)], it.x)  # one tensor will do
    assert answer(lambda: it.sess.partial_run(handle, handle.program.plan.fetches[0], {it.x: [[1, 2]]})) == (
        "InvalidArgumentError: You must feed a value for placeholder tensor 'i' with dtype int32"
    )


def test_a_session_is_entered_once_at_a_time(it):
    """Recorded from TensorFlow 1.15.5: in no thread again, but anew after it was left, and `as_default` at will."""
    session, again = tf.Session(), "RuntimeError: Session context managers are not re-entrant"
    with session:
        assert answer(session.__enter__) == again
        found = []
        thread = threading.Thread(target=lambda: found.append(answer(session.__enter__)))
        thread.start()
        thread.join()
        assert found == [again]
        with session.as_default(), session.as_default():
            assert it.a.eval() == session.run(it.a)
        assert tf.get_default_session() is session
    assert tf.get_default_session() is None
    with session:
        assert answer(lambda: session.run(it.a)) == "RuntimeError: Attempted to use a closed Session"


@pytest.mark.parametrize(
    "dtype, value, expected",
    [
        # recorded from TensorFlow 1.15.5
        (
            "string",
            1,
            "TypeError: Type of feed value 1 with type <class 'int'> is not compatible with Tensor type <class "
            "'object'>",
        ),
        (
            "string",
            True,
            "TypeError: Type of feed value True with type <class 'bool'> is not compatible with Tensor type "
            "<class 'object'>",
        ),
        ("string", ["a", 1], "InternalError: Unsupported object type int"),
        ("string", ["a", None], "InternalError: Unsupported object type NoneType"),
        ("string", 1.5, "InternalError: Unsupported object type float"),
        ("string", np.array([1, 2]), "InternalError: Unsupported object type int"),
        ("string", ["a", b"b", "\u00e9", np.str_("c")], repr(np.array([b"a", b"b", b"\xc3\xa9", b"c"], object))),
        (
            "bool",
            2,
            "TypeError: Type of feed value 2 with type <class 'int'> is not compatible with Tensor type <class 'bool'>",
        ),
        (
            "int8",
            300,
            "TypeError: Type of feed value 300 with type <class 'int'> is not compatible with Tensor type <class "
            "'numpy.int8'>",
        ),
        (
            "uint8",
            -1,
            "TypeError: Type of feed value -1 with type <class 'int'> is not compatible with Tensor type <class "
            "'numpy.uint8'>",
        ),
        (
            "float16",
            2049,
            "TypeError: Type of feed value 2049 with type <class 'int'> is not compatible with Tensor type "
            "<class 'numpy.float16'>",
        ),
        (
            "float32",
            10**40,
            f"TypeError: Type of feed value {10**40} with type <class 'int'> is not compatible with "
            "Tensor type <class 'numpy.float32'>",
        ),
    ],
)
def test_what_a_placeholder_takes(dtype, value, expected):
    with tf.Graph().as_default(), tf.Session() as sess:
        x = tf.placeholder(dtype)
        y = tf.identity(x)
        for run in (lambda: sess.run(y, {x: value}), lambda: sess.make_callable(y, [x])(value)):
            assert answer(run) == expected


def test_default_sessions_nest(it):
    with it.sess.as_default(), tf.Session() as inner:
        assert tf.get_default_session() is inner
        assert it.nothing.run() is None and it.a.eval() == 1.0
        assert answer(it.v.eval) == "FailedPreconditionError: Attempting to use uninitialized value v"
        assert it.v.eval(it.sess) == 4.0
    assert tf.get_default_session() is None and it.sess.run(it.a) == 1.0


def test_interactive_sessions():
    first = tf.InteractiveSession()
    assert (tf.constant(5.0) * 6.0).eval() == 30.0
    second = tf.InteractiveSession()
    first.close()
    assert tf.get_default_session() is second
    second.close()
    assert tf.get_default_session() is None
    with tf.InteractiveSession(graph=tf.Graph()) as own:
        assert tf.get_default_graph() is own.graph and tf.constant(2).eval() == 2
    assert tf.get_default_graph() is not own.graph


def test_threads_share_a_session_and_lose_no_update(it):
    failures = []

    def work(number):
        try:
            for k in range(100):
                it.sess.run(it.step)
                x = np.full([1, 2], number, np.float32)
                assert plain(it.sess.run(it.double, {it.x: x})) == [[2.0 * number] * 2]
        except Exception as error:  # a thread's exceptions are lost
            failures.append(error)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures and it.sess.run(it.v) == 404.0


def test_each_thread_has_a_default_session_of_its_own(it):
    found = []
    with it.sess.as_default():
        thread = threading.Thread(target=lambda: found.append(tf.get_default_session()))
        thread.start()
        thread.join()
    assert found == [None]


def test_the_first_run_frees_what_no_later_step_needs():
    alive, most = weakref.WeakSet(), []

    class Kept(np.ndarray):
        """An array that can be counted."""

        __hash__ = object.__hash__

    class Successor(OpDef):
        """x + 1"""

        inputs = ("x",)

        def kernel(self, xp, x):
            most.append(len(alive))
            made = np.add(x, 1).view(Kept)
            alive.add(made)
            return made

    with tf.Graph().as_default(), tf.Session() as sess:
        y = x = tf.placeholder(tf.float32, [3])
        for _ in range(6):
            y = apply(Successor(), y)
        assert sess.run(y, {x: np.zeros(3, np.float32)}).tolist() == [6.0] * 3
    assert most == [0, 1, 1, 1, 1, 1]


def test_a_failure_is_told_alike_in_the_first_run_and_later():
    with tf.Graph().as_default() as graph:
        x = tf.placeholder(tf.float32, [None], name="x")
        y = tf.reshape(x, [2, -1], name="pairs")
        sess = tf.Session(
            graph=graph,
            config=tf.ConfigProto(
                graph_options=tf.GraphOptions(optimizer_options=tf.OptimizerOptions(opt_level=tf.OptimizerOptions.L0))
            ),
        )
        told = []
        for _ in range(3):
            with pytest.raises(tf.errors.InvalidArgumentError) as found:
                sess.run(y, {x: [1.0, 2.0, 3.0]})
            told.append((found.value.op, str(found.value)))
    assert told[0][0] is y.op and "pairs" in told[0][1] and told == told[:1] * 3
