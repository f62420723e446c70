"""`Dimension` and `TensorShape`: what TensorFlow 1.15 answers, and the laws of their algebra."""

from __future__ import annotations

import copy
import pickle

import pytest
from answers import answer
from hypothesis import given
from hypothesis import strategies as st

import minigraph as tf

NAMES = {"D": tf.Dimension, "S": tf.TensorShape}

DIMENSIONS = {
    "D(3)": "Dimension(3)",
    "D(D(4))": "Dimension(4)",
    "D(None).value": None,
    "D(2.0)": "Dimension(2)",
    'D("2")': "Dimension(2)",
    'D("a")': "ValueError: invalid literal for int() with base 10: 'a'",
    "D(2.5)": "ValueError: Ambiguous dimension: 2.5",
    "D(-1)": "ValueError: Dimension -1 must be >= 0",
    "str(D(None))": "?",
    "int(D(None))": "TypeError: __int__ returned non-int (type NoneType)",
    "[10, 20, 30][D(1)]": 20,
    "D(3) + 2": "Dimension(5)",
    "2 + D(3)": "Dimension(5)",
    "D(3) + None": "Dimension(None)",
    "D(3) - 1": "Dimension(2)",
    "5 - D(3)": "Dimension(2)",
    "1 - D(3)": "ValueError: Dimension -2 must be >= 0",
    "4 * D(3)": "Dimension(12)",
    "D(7) // 2": "Dimension(3)",
    "7 // D(2)": "Dimension(3)",
    "7 // D(None)": "Dimension(None)",
    "D(7) / 2": "TypeError: unsupported operand type(s) for /: 'Dimension' and 'int', please use // instead",
    "7 / D(2)": "TypeError: unsupported operand type(s) for /: 'int' and 'Dimension', please use // instead",
    "D(7) % 4": "Dimension(3)",
    "7 % D(4)": "Dimension(3)",
    "D(7) // 0": "ZeroDivisionError: integer division or modulo by zero",
    "D(3) + 1.5": "TypeError: unsupported operand type(s) for +: 'Dimension' and 'float'",
    'D(3) + "a"': "TypeError: unsupported operand type(s) for +: 'Dimension' and 'str'",
    "D(3) == 3": True,
    "D(3) == None": None,
    "D(None) == None": None,
    "D(None) != D(None)": None,
    "D(3) != 4": True,
    'D(3) == "a"': False,
    "D(3) == 2.5": False,
    "D(2) <= 2": True,
    "D(2) > 3": False,
    "D(None) < 3": None,
    "D(2).is_compatible_with(None)": True,
    "D(2).is_compatible_with(3)": False,
    "D(2).merge_with(None)": "Dimension(2)",
    "D(2).merge_with(3)": "ValueError: Dimensions 2 and 3 are not compatible",
    "D(None).assert_is_compatible_with(3)": None,
    "D(2).assert_is_compatible_with(3)": "ValueError: Dimensions 2 and 3 are not compatible",
    "tf.dimension_value(D(3))": 3,
    'tf.dimension_value("a")': "a",
    "bool(D(0))": True,
    "-D(3)": "TypeError: bad operand type for unary -: 'Dimension'",
}

SHAPES = {
    "S(None)": "TensorShape(None)",
    "S([])": "TensorShape([])",
    "S([2, None])": "TensorShape([Dimension(2), Dimension(None)])",
    "S(3)": "TensorShape([Dimension(3)])",
    'S([2.0, "3"])': "TensorShape([Dimension(2), Dimension(3)])",
    "S([2.5])": "ValueError: Ambiguous dimension: 2.5",
    "S([-1, 2])": "ValueError: Dimension -1 must be >= 0",
    'S("ab")': "TypeError: A string has ambiguous TensorShape, please wrap in a list or convert to an int: ab",
    "S(np.array([2, 3]))": "TensorShape([Dimension(2), Dimension(3)])",
    "str(S(None))": "<unknown>",
    "str(S([]))": "()",
    "str(S([3]))": "(3,)",
    "str(S([None, 3]))": "(?, 3)",
    "S(None).dims": None,
    "S([2, None]).dims": "[Dimension(2), Dimension(None)]",
    "S(None).ndims": None,
    "S([2, 3]).rank": 2,
    "S([2, None]).as_list()": "[2, None]",
    "S(None).as_list()": "ValueError: as_list() is not defined on an unknown TensorShape",
    "S([2, None]).num_elements()": None,
    "S([2, 3]).num_elements()": 6,
    "S([]).num_elements()": 1,
    "S(None).is_fully_defined()": False,
    "S([2, None]).assert_is_fully_defined()": "ValueError: Shape (2, ?) is not fully defined",
    "len(S(None))": "ValueError: Cannot take the length of shape with unknown rank",
    "list(S(None))": "ValueError: Cannot iterate over a shape with unknown rank",
    "bool(S([]))": True,
    "bool(S(None))": False,
    "list(S([2, None]))": "[Dimension(2), Dimension(None)]",
    "S([2, 3])[-1]": "Dimension(3)",
    "S([2, 3])[5]": "IndexError: list index out of range",
    'S([2, 3])["a"]': "TypeError: list indices must be integers or slices, not str",
    "S([2, 3, 4])[1:]": "TensorShape([Dimension(3), Dimension(4)])",
    "S([2, 3, 4])[::2]": "TensorShape([Dimension(2), Dimension(4)])",
    "S(None)[0]": "Dimension(None)",
    "S(None)[1:]": "TensorShape(None)",
    "S(None)[1:3]": "TensorShape([Dimension(None), Dimension(None)])",
    "S(None)[2:1]": "TensorShape([])",
    "S(None)[:-1]": "TensorShape(None)",
    "S(None)[1:3:1]": "ValueError: Steps are not yet handled",
    # An unknown size equals none, not even itself.
    "S([2, None]) == S([2, None])": False,
    "S([2, None]) != S([2, None])": True,
    "S([2, 3]) == (2, 3)": True,
    "S(None) == None": True,
    "S([2]) == 2": True,
    'S([2]) == "a"': False,
    'S([2]) != "a"': True,
    "S([2]) == [-1]": "ValueError: Dimension -1 must be >= 0",
    "S([2, 3]) != [2, 4]": True,
    "S(None) != S([2])": "ValueError: The inequality of unknown TensorShapes is undefined",
    "S(None).merge_with([2])": "TensorShape([Dimension(2)])",
    "S([2, 3]).merge_with([2, 4])": "ValueError: Shapes (2, 3) and (2, 4) are not compatible",
    "S([2, 3]).merge_with([2])": "ValueError: Shapes (2, 3) and (2,) are not compatible",
    "S([2]).concatenate(None)": "TensorShape(None)",
    "S([2]) + [3]": "TensorShape([Dimension(2), Dimension(3)])",
    "[3] + S([2])": "TensorShape([Dimension(3), Dimension(2)])",
    "S([2]).assert_is_compatible_with([3])": "ValueError: Shapes (2,) and [3] are incompatible",
    "S([2]).assert_is_compatible_with([None])": None,
    "S([2, 3]).assert_same_rank([4])": "ValueError: Shapes (2, 3) and (4,) must have the same rank",
    "S(None).assert_same_rank([4])": None,
    "S([2, 3]).assert_has_rank(3)": "ValueError: Shape (2, 3) must have rank 3",
    "S([2, 3]).with_rank(3)": "ValueError: Shape (2, 3) must have rank 3",
    "S(None).with_rank(2)": "TensorShape([Dimension(None), Dimension(None)])",
    "S([2, 3]).with_rank_at_least(3)": "ValueError: Shape (2, 3) must have rank at least 3",
    "S(None).with_rank_at_least(1)": "TensorShape(None)",
    "S([2, 3]).with_rank_at_most(1)": "ValueError: Shape (2, 3) must have rank at most 1",
    "S([2, 3]).most_specific_compatible_shape([2, 4])": "TensorShape([Dimension(2), Dimension(None)])",
    "S([2, 3]).most_specific_compatible_shape([2])": "TensorShape(None)",
}

sizes = st.lists(st.one_of(st.none(), st.integers(0, 4)), max_size=3)
shapes = st.builds(tf.TensorShape, st.one_of(st.none(), sizes))


@pytest.mark.parametrize("expression", DIMENSIONS)
def test_dimension(expression):
    assert answer(expression, NAMES) == DIMENSIONS[expression]


@pytest.mark.parametrize("expression", SHAPES)
def test_shape(expression):
    assert answer(expression, NAMES) == SHAPES[expression]


def entries(shape):
    """Return a shape as a list, which compares unknown sizes too; None for an unknown rank."""
    return None if shape.ndims is None else shape.as_list()


@given(shapes, shapes)
def test_what_merges_is_compatible(a, b):
    assert a.is_compatible_with(b) == b.is_compatible_with(a)
    if a.is_compatible_with(b):
        merged = a.merge_with(b)
        assert entries(merged) == entries(b.merge_with(a)) == entries(merged.merge_with(a))
    else:
        with pytest.raises(ValueError, match="are not compatible"):
            a.merge_with(b)


@given(shapes, shapes)
def test_the_common_shape_fits_both(a, b):
    common = a.most_specific_compatible_shape(b)
    assert common.is_compatible_with(a) and common.is_compatible_with(b)
    assert entries(common) == entries(b.most_specific_compatible_shape(a))


@given(shapes, shapes, shapes)
def test_concatenation_is_associative_and_slicing_undoes_it(a, b, c):
    assert entries(a.concatenate(b).concatenate(c)) == entries(a.concatenate(b.concatenate(c)))
    if a.ndims is not None and b.ndims is not None:
        both = a + b
        assert entries(both[: a.ndims]) == entries(a) and entries(both[a.ndims :]) == entries(b)


@given(shapes)
def test_copies_are_the_same_shape(shape):
    for other in (
        tf.TensorShape(shape),
        tf.TensorShape(entries(shape)),
        copy.deepcopy(shape),
        pickle.loads(pickle.dumps(shape)),
        shape.merge_with(None),
    ):
        assert entries(other) == entries(shape) and repr(other) == repr(shape)


@given(st.integers(0, 9), st.integers(1, 9))
def test_known_sizes_calculate_like_integers(a, b):
    x, y = tf.Dimension(a), tf.Dimension(b)
    assert [int(x + y), int(x * y), int(x // y), int(x % y)] == [a + b, a * b, a // b, a % b]
    assert [x < y, x <= y, x == y, x != y] == [a < b, a <= b, a == b, a != b]
    assert (x + None).value is None and (x < tf.Dimension(None)) is None
