"""`DType`: names, conversions, properties."""

from __future__ import annotations

import copy
import pickle

import numpy as np
import pytest
from answers import answer

import minigraph as tf

DTYPES = {
    "tf.float32": "tf.float32",
    "str(tf.float32)": "<dtype: 'float32'>",
    "tf.half is tf.float16": True,
    "tf.double is tf.float64": True,
    'tf.as_dtype("half")': "tf.float16",
    'tf.as_dtype("float")': "tf.float32",
    'tf.as_dtype("float32_ref")': "tf.float32_ref",
    'tf.as_dtype(np.dtype(">i4"))': "tf.int32",
    'tf.as_dtype(np.dtype("S3"))': "tf.string",
    "tf.as_dtype(np.str_)": "tf.string",
    "tf.as_dtype(float)": "tf.float32",
    "tf.as_dtype(bool)": "tf.bool",
    "tf.as_dtype(object)": "tf.string",
    "tf.as_dtype(int)": "TypeError: Cannot convert value <class 'int'> to a TensorFlow DType",
    "tf.as_dtype(str)": "TypeError: Cannot convert value <class 'str'> to a TensorFlow DType",
    'tf.as_dtype("str")': "TypeError: Cannot convert value 'str' to a TensorFlow DType",
    "tf.as_dtype(1)": "tf.float32",
    "tf.as_dtype(101)": "tf.float32_ref",
    "tf.as_dtype(9999)": "TypeError: Cannot convert value 9999 to a TensorFlow DType",
    'tf.as_dtype("nothing")': "TypeError: Cannot convert value 'nothing' to a TensorFlow DType",
    "tf.as_dtype(None)": "TypeError: Cannot convert value None to a TensorFlow DType",
    "tf.float32.as_numpy_dtype": "<class 'numpy.float32'>",
    "tf.string.as_numpy_dtype": "<class 'object'>",
    "tf.float32.as_datatype_enum": 1,
    "tf.float32._as_ref.base_dtype": "tf.float32",
    "tf.float32._as_ref.is_floating": True,
    "tf.float32._as_ref == tf.float32": False,
    "tf.float32._as_ref.is_compatible_with(tf.float32)": False,
    "tf.float32.is_compatible_with(tf.float32._as_ref)": True,
    'tf.float32.is_compatible_with("float64")': False,
    "tf.complex128.real_dtype": "tf.float64",
    "tf.int32.real_dtype": "tf.int32",
    "[t.size for t in (tf.float32, tf.complex128, tf.string, tf.bool, tf.bfloat16)]": "[4, 16, 8, 1, 2]",
    "[t.is_floating for t in (tf.bfloat16, tf.float16, tf.complex64, tf.int32)]": "[True, True, False, False]",
    "[t.is_complex for t in (tf.complex64, tf.float32)]": "[True, False]",
    "[t.is_integer for t in (tf.int8, tf.uint8, tf.bool, tf.string)]": "[True, True, False, False]",
    "[t.is_unsigned for t in (tf.int8, tf.uint8, tf.bool)]": "[False, True, False]",
    "[t.is_bool for t in (tf.bool, tf.int8)]": "[True, False]",
    "[t.is_numpy_compatible for t in (tf.float32, tf.string, tf.resource, tf.variant)]": "[True, True, False, False]",
    "[int(tf.int32.min), int(tf.int32.max), int(tf.uint8.max), float(tf.float16.max)]": "[-2147483648, 2147483647, 255, 65504.0]",
    "[tf.int8.limits, tf.uint8.limits, tf.float32.limits]": "[(0, 127), (0, 255), (0, 1)]",
    "tf.bool.min": "TypeError: Cannot find minimum value of <dtype: 'bool'>",
    "tf.string.max": "TypeError: Cannot find maximum value of <dtype: 'string'>",
    'tf.float32 == "float32"': True,
    "tf.float32 == np.float32": True,
    'tf.float32 == "nothing"': False,
    "tf.float32 == None": False,
    'tf.float32 != "float32"': False,
    "{tf.float32: 1}[tf.as_dtype(np.float32)]": 1,
}


@pytest.mark.parametrize("expression", DTYPES)
def test_dtype(expression):
    assert answer(expression) == DTYPES[expression]


@pytest.mark.parametrize(
    "name",
    [
        "bool",
        "string",
        "float16",
        "float32",
        "float64",
        "bfloat16",
        "complex64",
        "complex128",
        "int8",
        "int16",
        "int32",
        "int64",
        "uint8",
        "uint16",
        "uint32",
        "uint64",
    ],
)
def test_a_dtype_is_one_object(name):
    dtype = getattr(tf, name)
    assert dtype.name == name and tf.as_dtype(name) is dtype and tf.as_dtype(dtype.as_datatype_enum) is dtype
    assert copy.deepcopy(dtype) == dtype == pickle.loads(pickle.dumps(dtype))
    assert tf.as_dtype(name + "_ref").base_dtype is dtype and hash(dtype) == hash(tf.as_dtype(name))
    if name not in ("bfloat16", "string"):
        assert tf.as_dtype(dtype.as_numpy_dtype) is dtype and dtype.size == np.dtype(dtype.as_numpy_dtype).itemsize
