"""Every operation: value, types, static shape, gradients; and that none is without a case."""

from __future__ import annotations

import importlib
import inspect
import pkgutil

import numpy as np
import pytest
from opcases import Case, check_gradients, collect, flatten, make_placeholders, new_session, types_in

import minigraph as tf
import minigraph.nn
import minigraph.ops
from minigraph.graph.constant_value import constant_value
from minigraph.graph.opdef import OpDef

CASES = collect()
every_case = pytest.mark.parametrize("case", CASES, ids=lambda c: c.id)


def check_static(tensor, value):
    """Check that the static shape and type hold the value of a run."""
    value = np.asarray(value)
    assert tensor.shape.is_compatible_with(value.shape), f"static {tensor.shape}, at run time {value.shape}"
    if tensor.dtype.base_dtype is not tf.string:
        assert value.dtype == tensor.dtype.base_dtype.as_numpy_dtype, f"{tensor.dtype} but {value.dtype}"


def check_values(case: Case, values: list):
    expected = case.expected_values()
    if expected is None:
        return
    assert len(expected) == len(values)
    for found, wanted in zip(values, expected):
        wanted = np.asarray(wanted)
        assert np.shape(found) == wanted.shape
        if np.asarray(found).dtype.kind in "fc":
            np.testing.assert_allclose(found, wanted, case.rtol, case.atol)
        else:
            np.testing.assert_array_equal(found, wanted)


@every_case
def test_value_of_constants(case: Case):
    with tf.Graph().as_default():
        result = case.build(*[tf.constant(a) for a in case.arrays])
        tensors = flatten(result)
        with new_session() as sess:
            values = sess.run(tensors) if tensors else sess.run(result) or []
        for tensor, value in zip(tensors, values):
            check_static(tensor, value)
            known = constant_value(tensor)
            if known is not None:
                assert known.dtype != object or known.tolist() == (value.tolist() if known.ndim else value)
                assert known.dtype == object or np.array_equal(known, value, equal_nan=known.dtype.kind in "fc")
    check_values(case, values)


@every_case
def test_value_of_placeholders(case: Case):
    with tf.Graph().as_default():
        arrays = case.arrays
        xs = make_placeholders(arrays)
        result = case.build(*xs)
        tensors = flatten(result)
        if not tensors:
            return
        with new_session() as sess:
            before = [a.copy() for a in arrays]
            values = sess.run(tensors, dict(zip(xs, arrays)))
            for a, b in zip(arrays, before):
                np.testing.assert_array_equal(a, b, "a kernel changed its input")
            if case.deterministic:
                again = sess.run(tensors, dict(zip(xs, arrays)))
                for a, b in zip(values, again):
                    np.testing.assert_array_equal(a, b)
        for tensor, value in zip(tensors, values):
            check_static(tensor, value)
    check_values(case, values)


@every_case
def test_hidden_sizes(case: Case):
    if not case.hide:
        pytest.skip("needs its static shape")
    arrays = case.arrays
    hidden = [(i, axis) for i, a in enumerate(arrays) for axis in (*range(a.ndim), None)]
    for where in hidden:
        with tf.Graph().as_default():
            xs = make_placeholders(arrays, where)
            tensors = flatten(case.build(*xs))
            if not tensors:
                return
            with new_session() as sess:
                values = sess.run(tensors, dict(zip(xs, arrays)))
            for tensor, value in zip(tensors, values):
                check_static(tensor, value)
        check_values(case, values)


@every_case
def test_gradients(case: Case):
    if not case.grad_order:
        pytest.skip("has no gradient")
    check_gradients(case.build, case.arrays, case.grad_order, case.wrt, case.step, case.grad_tol, single=case.single)


@every_case
def test_case_builds_its_operation(case: Case):
    with tf.Graph().as_default() as graph:
        xs = make_placeholders(case.arrays)
        ys = flatten(case.build(*xs))
        if case.grad_order:
            sources = [x for x in xs if x.dtype.is_floating]
            gs = tf.gradients([y for y in ys if y.dtype.is_floating], sources)
            gs = [tf.convert_to_tensor(g) for g in gs if g is not None]
            if case.grad_order > 1 and gs:
                tf.gradients(gs, sources)
        types = types_in(graph)
    assert {case.op, *case.also} <= types


def operation_types() -> list:
    found = {}
    for package in (minigraph.ops, minigraph.nn):
        for info in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            module = importlib.import_module(info.name)
            for _, member in inspect.getmembers(module, inspect.isclass):
                if issubclass(member, OpDef) and member.__module__ == info.name and not member.is_base:
                    found[member.type] = member
    return sorted(found)


@pytest.mark.parametrize("op_type", operation_types())
def test_every_operation_has_a_case(op_type: str):
    covered = {case.op for case in CASES}.union(*[case.also for case in CASES])
    assert op_type in covered, f"no case for {op_type}: add one to a file cases_*.py beside this test"
