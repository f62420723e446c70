"""Call on single numbers, and on numbers beside arrays, which are written otherwise than as they were recorded: the
same results to the last bit."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

import minigraph as tf
from minigraph.runtime.recording import Call, Value, astype
from minigraph.runtime.scalars import expression

NUMBERS = [0.0, -0.0, 1.0, -1.5, np.inf, -np.inf, np.nan, 1e-40, 3e38]
UFUNCS = [np.add, np.subtract, np.multiply, np.true_divide, np.negative, np.isfinite, np.minimum, np.maximum]


def is_same(a, b):
    """Are two numbers the same, with their types and the signs of zeros?"""
    return a.dtype == b.dtype and (np.isnan(a) and np.isnan(b) or a == b and np.signbit(a) == np.signbit(b))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("ufunc", UFUNCS, ids=lambda ufunc: ufunc.__name__)
def test_expressions_of_floats(ufunc, dtype):
    with np.errstate(all="ignore"):
        for args in itertools.product(map(dtype, NUMBERS), repeat=ufunc.nin):
            values = [Value(arg) for arg in args]
            wanted = ufunc(*args)
            text = expression(Call("ufunc", ufunc, tuple(values), {}, (Value(wanted),), None), "ab"[: ufunc.nin], str)
            found = eval(text, dict(zip("ab", args)))
            assert found == wanted if ufunc is np.isfinite else is_same(found, wanted), (text, args)


def test_expressions_of_integers():
    with np.errstate(all="ignore"):
        for ufunc, a, b in itertools.product(UFUNCS[:4], *[[np.int32(n) for n in (0, 1, -7, 2**31 - 1)]] * 2):
            wanted = ufunc(a, b)
            text = expression(Call("ufunc", ufunc, (Value(a), Value(b)), {}, (Value(wanted),), None), "ab", str)
            found = eval(text, {"a": a, "b": b})
            assert found.dtype == wanted.dtype and (found == wanted or np.isnan(found) and np.isnan(wanted))


@pytest.mark.parametrize(
    "args, output",
    [
        ((np.float32(1), np.float64(1)), np.float64(2)),
        ((np.ones(3), np.float64(1)), np.ones(3)),
        ((np.int32(1), 1.5), np.float64(2.5)),
    ],
    ids=["two types", "array", "integer and float"],
)
def test_what_is_no_calculation_with_numbers_of_one_type_has_no_expression(args, output):
    args = tuple(arg if type(arg) is float else Value(arg) for arg in args)
    assert expression(Call("ufunc", np.add, args, {}, (Value(output),), None), "ab", str) is None


def test_casts_and_choices():
    names = {"float32": np.float32, "n": np.int64(3), "yes": np.bool_(True), "a": np.float32(1), "b": np.float32(2)}
    cast = Call("call", astype, (Value(names["n"]), np.dtype("float32")), {}, (Value(np.float32(3)),), None)
    assert is_same(eval(expression(cast, ["n", "_"], lambda dtype: dtype.name), names), np.float32(3))
    args = tuple(Value(names[name]) for name in ("yes", "a", "b"))
    choice = Call("call", np.where, args, {}, (Value(names["a"]),), None)
    assert is_same(eval(expression(choice, ["yes", "a", "b"], str), names), np.float32(1))


@pytest.mark.parametrize("shape", [(5,), (40, 300), (200, 300), (3, 5, 70_000), (100_000,)], ids=str)
@pytest.mark.parametrize("dtype", [tf.float32, tf.float64, tf.int32])
@pytest.mark.parametrize("name", ["maximum", "minimum"])
def test_larger_and_smaller_than_a_number(name, dtype, shape):
    numbers = NUMBERS if dtype.is_floating else [0, 1, -5]
    array = np.resize(np.array(numbers, dtype.as_numpy_dtype), shape)
    with tf.Graph().as_default():
        x = tf.placeholder(dtype)
        choose = getattr(tf, name)
        y, z = choose(x, 0), choose(dtype.as_numpy_dtype(-0.0), choose(x, 1) * 2) + 1
        total = tf.reduce_max(y), tf.reduce_min(z), tf.identity(y)[..., :3], tf.identity(z)[..., :3]
        fast = tf.Session(
            config=tf.ConfigProto(
                graph_options=tf.GraphOptions(
                    optimizer_options=tf.OptimizerOptions(global_jit_level=tf.OptimizerOptions.OFF)
                )
            )
        )
        for _ in range(4):
            found = fast.run(total, {x: array})
        slow = tf.Session(
            config=tf.ConfigProto(
                graph_options=tf.GraphOptions(optimizer_options=tf.OptimizerOptions(opt_level=tf.OptimizerOptions.L0))
            )
        )
        for a, b in zip(found, slow.run(total, {x: array})):
            np.testing.assert_array_equal(a, b)
            np.testing.assert_array_equal(np.signbit(a) & (a == 0), np.signbit(b) & (b == 0))
