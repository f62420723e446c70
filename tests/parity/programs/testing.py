"""tf.test.TestCase: its assertions with their errors, its sessions and seeds; Jacobians checked by differences."""

import collections

import numpy as np

import minigraph as tf

results = {}
Point = collections.namedtuple("Point", ["x", "y"])


class Case(tf.test.TestCase):
    def runTest(self):
        pass


def fresh():
    case = Case()
    case.setUp()
    return case


def first_sentence(error):
    line = [line for line in str(error).split("\n") if line][0]
    return "%s: %s" % (type(error).__name__, line.split(". ")[0].rstrip("."))


def check(name, method, *args, **kwargs):
    case = fresh()
    try:
        getattr(case, method)(*args, **kwargs)
        results[name] = "passed"
    except Exception as error:
        results[name] = first_sentence(error)
    case.tearDown()


array = np.arange(6.0).reshape(2, 3)
check("close", "assertAllClose", [1.0, 2.0], [1.0, 2.0 + 1e-7])
check("far", "assertAllClose", [1.0, 2.0], [1.0, 2.1])
check("tolerated", "assertAllClose", [1.0, 2.0], [1.0, 2.1], atol=0.2)
check("relative", "assertAllClose", [100.0], [101.0], rtol=0.1)
check("infinite", "assertAllClose", [np.inf, -np.inf], [np.inf, -np.inf])
check("nan", "assertAllClose", [np.nan, 1.0], [np.nan, 1.0])
check("nan and number", "assertAllClose", [np.nan, 1.0], [0.0, 1.0])
check("shapes", "assertAllClose", array, array[0])
check("scalars", "assertAllClose", 1.0, 1.5)
check("nested", "assertAllClose", {"a": [1, (2.0, array)]}, {"a": [1, (2.0, array)]})
check("nested far", "assertAllClose", [1, {"b": 2.0}], [1, {"b": 3.0}])
check("named", "assertAllClose", Point(1.0, 2.0), {"x": 1.0, "y": 2.0})
check("keys", "assertAllClose", {"a": 1}, {"b": 1})
check("dict", "assertAllClose", {"a": 1}, [1])
check("ragged", "assertAllClose", [[1], [2, 3]], [[1], [2, 3]])
check("ragged far", "assertAllClose", [[1], [2, 3]], [[1], [2, 4]])
check("equal", "assertAllEqual", array, array.tolist())
check("unequal", "assertAllEqual", array, array + 1)
check("unequal with text", "assertAllEqual", [1, 2], [1, 3], msg="more")
check("unequal shapes", "assertAllEqual", array, array.T)
check("equal nan", "assertAllEqual", [np.nan], [np.nan])
check("equal texts", "assertAllEqual", [b"a"], [b"a"])
check("unequal texts", "assertAllEqual", [b"a"], [b"b"])
check("not equal", "assertNotAllEqual", [1, 2], [1, 3])
check("not equal, but is", "assertNotAllEqual", [1, 2], [1, 2])
check("not close", "assertNotAllClose", [1, 2], [1, 3])
check("not close, but is", "assertNotAllClose", [1.0, 2], [1, 2.0])
half = np.float16([1.0, 2.0])
check("half", "assertAllCloseAccordingToType", half, half + np.float16(1e-3))
check("double", "assertAllCloseAccordingToType", [1.0], [1.0 + 1e-4])
check("float", "assertAllCloseAccordingToType", np.float32([1.0]), [1.0 + 1e-4], float_rtol=1e-3)
check("near", "assertNear", 1.0, 1.05, 0.1)
check("not near", "assertNear", 1.0, 1.5, 0.1)
check("not near with text", "assertNear", 1.0, 1.5, 0.1, "more")
check("arrays near", "assertArrayNear", [1.0, 2.0], [1.0, 2.05], 0.1)
check("arrays not near", "assertArrayNear", [1.0, 2.0], [1.0, 2.5], 0.1)
check("arrays of other lengths", "assertArrayNear", [1.0, 2.0], [1.0], 0.1)
check("norm", "assertNDArrayNear", array, array + 0.01, 0.1)
check("larger norm", "assertNDArrayNear", array, array + 1, 0.1)
for method, bound in [("Greater", 0), ("Less", 5), ("GreaterEqual", 0), ("LessEqual", 5), ("LessEqual", 4)]:
    check("%s %d" % (method, bound), "assertAll" + method, array, bound)
check("in range", "assertAllInRange", array, 0, 5)
check("out of range", "assertAllInRange", array, 1, 4)
check("open range", "assertAllInRange", array, 0, 5, open_lower_bound=True, open_upper_bound=True)
check("range of booleans", "assertAllInRange", np.array([True]), 0, 1)
check("range with nan", "assertAllInRange", [np.nan, 1.0], 0, 1)
check("in set", "assertAllInSet", [1, 2, 1], {1, 2})
check("not in set", "assertAllInSet", [1, 2, 3], (1, 2))
check("type", "assertDTypeEqual", array, np.float64)
check("other type", "assertDTypeEqual", array, np.float32)
check("device", "assertDeviceEqual", "/cpu:0", "/device:CPU:0")
check("other device", "assertDeviceEqual", "/cpu:0", "/device:GPU:0")
check("starts", "assertStartsWith", "abc", "ab")
check("starts otherwise", "assertStartsWith", "abc", "b")
check("shape of no array", "assertShapeEqual", [1], 2)
check("shape of no tensor", "assertShapeEqual", array, 2)
check("items", "assertItemsEqual", [1, 2], [2, 1])
summary = tf.Summary(value=[tf.Summary.Value(tag="a", simple_value=0.1)])
check("message", "assertProtoEquals", 'value { tag: "a" simple_value: 0.1 }', summary)
check("near message", "assertProtoEquals", 'value { tag: "a" simple_value: 0.10000003 }', summary)
check("other message", "assertProtoEquals", 'value { tag: "b" simple_value: 0.1 }', summary)

case = fresh()
with case.cached_session() as sess:
    x = tf.constant([1.0, 2.0], name="x")
    noise = tf.random_normal([3])
    v = tf.Variable(3.0, name="v")
    sess.run(v.initializer)
    results["seeded"] = case.evaluate(noise)
    results["numpy's"] = np.random.rand(2)
    case.assertAllEqual(x, [1.0, 2.0])
    case.assertAllClose({"x": x}, {"x": [1.0, 2.0]})
    case.assertShapeEqual(np.zeros([2]), x)
    results["device"] = x.device
    y = tf.constant([4.0], name="y")
    with tf.device("/gpu:0"):
        z = tf.identity(y, name="z")
with case.cached_session(use_gpu=True) as again:
    results["same session"] = again is sess
    results["kept"] = case.evaluate(v)
    results["any device"] = tf.constant(0.0, name="any").device
with case.test_session() as third:
    results["same again"] = third is sess
for options in ({"graph": tf.Graph()}, {"config": tf.ConfigProto()}, {"force_gpu": True}):
    try:
        with case.cached_session(**options):
            pass
    except ValueError as error:
        results["other %s" % sorted(options)] = first_sentence(error)
graph = tf.Graph()
with case.session(graph=graph) as own:
    results["own graph"] = [own.graph is graph, tf.get_default_graph() is graph, own is not sess]
try:
    own.run([])
except RuntimeError as error:
    results["closed"] = first_sentence(error)
with case.test_session():
    refused = [
        (tf.Assert(tf.less(v, 1.0), ["too large"], name="guard"), "too large"),
        (tf.Assert(tf.less(v, 1.0), ["too large"]), lambda error: "large" in str(error)),
    ]
    for i, (op, expected) in enumerate(refused):
        with case.assertRaisesOpError(expected):
            case.evaluate(op)
    for i, (op, expected) in enumerate([(refused[0][0], "^nothing of this$"), (v, "never raised")]):
        try:
            with case.assertRaisesOpError(expected):
                case.evaluate(op)
        except AssertionError as error:
            results["op error %d" % i] = str(error)[:25]
    with case.assertRaisesWithPredicateMatch(ValueError, "Shape must be rank 2"):
        tf.matmul(tf.zeros([2]), tf.zeros([2, 2]))
case.tearDown()

case = fresh()
thread = case.checkedThread(target=lambda: 1 / 0)
thread.start()
try:
    thread.join()
except AssertionError as error:
    results["thread"] = str(error)
case.checkedThread(target=len, args=([],)).start()
try:
    case.tearDown()
except AssertionError as error:
    results["thread not joined"] = str(error)

tf.reset_default_graph()
np.random.seed(3)
with tf.Session() as sess:
    x = tf.placeholder(tf.float64, [2, 2], name="x")
    w = tf.get_variable("w", [2, 3], tf.float64, tf.ones_initializer())
    y = tf.tanh(tf.matmul(x, w), name="y")
    at = np.array([[0.1, 0.2], [0.3, -0.4]])
    both = tf.test.compute_gradient(x, [2, 2], y, [2, 3], x_init_value=at, init_targets=[w.initializer])
    results["jacobians"] = list(both)
    lists = tf.test.compute_gradient([x, w], [[2, 2], [2, 3]], y, [2, 3], extra_feed_dict={x: at})
    results["several"] = [list(pair) for pair in lists]
    results["error"] = (
        tf.test.compute_gradient_error([x, w], [[2, 2], [2, 3]], y, [2, 3], extra_feed_dict={x: at}) < 1e-6
    )
    z = tf.constant(np.complex64([1 + 2j, 3 - 1j]), name="z")
    square = tf.multiply(z, z, name="square")
    results["complex"] = tf.test.compute_gradient(z, [2], square, [2], np.complex64([1 + 2j, 3 - 1j]))[0]
    rows = tf.gather(w, [1, 1, 0], name="rows")
    results["slices"] = tf.test.compute_gradient(w, [2, 3], rows, [3, 3], np.ones([2, 3]), delta=0.5)[0]
    scale = tf.placeholder(tf.float64, [], name="scale")
    scaled = tf.multiply(x, scale, name="scaled")
    pair = tf.test.compute_gradient(x, [2, 2], scaled, [2, 2], at, extra_feed_dict={scale: 3.0})
    results["fed"] = [np.diag(each) for each in pair]
    for name, args in {
        "integers": (tf.constant([1], name="i"), [1], tf.constant([1.0], name="f"), [1]),
        "shape": (x, [2, 2], y, [2, 3], np.zeros([2])),
    }.items():
        try:
            tf.test.compute_gradient(*args)
        except (AssertionError, TypeError, AttributeError, ValueError) as error:
            results[name] = type(error).__name__
results["devices"] = [
    tf.test.is_gpu_available(),
    tf.test.gpu_device_name(),
    tf.test.is_built_with_cuda(),
    tf.test.is_built_with_rocm(),
    tf.test.is_built_with_gpu_support(),
]
one, other = tf.GraphDef(), tf.GraphDef()
one.node.add(name="a", op="NoOp")
for name, pair in {"more": (one, other), "less": (other, one), "same": (one, one), "no": (1, one)}.items():
    try:
        tf.test.assert_equal_graph_def(*pair)
        results["definitions " + name] = "equal"
    except (AssertionError, TypeError) as error:
        results["definitions " + name] = first_sentence(error)
