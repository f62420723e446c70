"""Layers that normalize, without averages over batches, and small ones with a variable or none."""

from __future__ import annotations

from typing import Any

from minigraph.contrib.framework.arg_scopes import add_arg_scope
from minigraph.contrib.framework.model_variables import model_variable
from minigraph.contrib.layers.utils import checked_data_format, get_variable_collections, last_dimension, with_extras
from minigraph.graph import dtypes
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.operation import Tensor
from minigraph.nn.normalization import batch_normalization, moments
from minigraph.ops.arrays import concat, fill, reshape, shape_ops, slices, tile
from minigraph.ops.math import modulo, powers, reduce_max_min, reductions
from minigraph.ops.nn import bias_add as biases_ops
from minigraph.ops.nn import softmax as softmax_ops
from minigraph.variables.initializers.constant import ones_initializer, zeros_initializer
from minigraph.variables.variable_scope import variable_scope

__all__ = ["bias_add", "layer_norm", "unit_norm", "maxout", "softmax"]


@add_arg_scope
def bias_add(
    inputs: Any,
    activation_fn: Any = None,
    initializer: Any = zeros_initializer(),
    regularizer: Any = None,
    reuse: Any = None,
    variables_collections: Any = None,
    outputs_collections: Any = None,
    trainable: bool = True,
    data_format: str = "NHWC",
    scope: Any = None,
) -> Tensor:
    """Add a variable "biases", a number for each channel.

    Args:
        inputs: a tensor whose number of channels is known.
        activation_fn: a function of the result, or None.
        initializer, regularizer, trainable: of the variable.
        reuse: share the variable of the scope.
        variables_collections, outputs_collections: names of collections to add to.
        data_format: "NHWC", or for images also "NCHW".
        scope: the name of the scope, by default "BiasAdd".

    Raises:
        ValueError: if the number of axes or channels is not known, or does not go with the format.

    Example:
        >>> print(tf.contrib.layers.bias_add(tf.zeros([2, 3]), tf.nn.relu).name, tf.model_variables()[0].name)
        BiasAdd/Relu:0 BiasAdd/biases:0
    """
    first = checked_data_format(data_format, "NCHW", "NHWC") == "channels_first"
    with get_default_graph().atomic(), variable_scope(scope, "BiasAdd", [inputs], reuse=reuse) as inner:
        inputs = convert_to_tensor(inputs)
        rank = inputs.shape.ndims
        if rank is None:
            raise ValueError("Dims of shape must be known but is None")
        if first and rank != 4:
            raise ValueError("Data format NCHW only supports 4D Tensor")
        channels = inputs.shape.as_list()[1 if first else -1]
        if channels is None:
            raise ValueError("`C` dimension must be known but is None")
        biases = model_variable(
            "biases",
            shape=[channels],
            dtype=inputs.dtype.base_dtype,
            initializer=initializer,
            regularizer=regularizer,
            collections=get_variable_collections(variables_collections, "biases"),
            trainable=trainable,
        )
        outputs = biases_ops.bias_add(inputs, biases, data_format=data_format)
        return with_extras(outputs, inner.name, activation_fn, outputs_collections)


def scaling_variable(
    kind: str, shape: Any, dtype: Any, initializers: dict, variables_collections: Any, trainable: bool
) -> Any:
    """Return a new variable of a normalization: "beta", at first zeros, or "gamma", at first ones."""
    default = zeros_initializer() if kind == "beta" else ones_initializer()
    return model_variable(
        kind,
        shape=shape,
        dtype=dtype,
        initializer=initializers.get(kind, default),
        collections=get_variable_collections(variables_collections, kind),
        trainable=trainable,
    )


@add_arg_scope
def layer_norm(
    inputs: Any,
    center: bool = True,
    scale: bool = True,
    activation_fn: Any = None,
    reuse: Any = None,
    variables_collections: Any = None,
    outputs_collections: Any = None,
    trainable: bool = True,
    begin_norm_axis: int = 1,
    begin_params_axis: int = -1,
    scope: Any = None,
) -> Tensor:
    """Normalize each example by its own mean and variance (https://arxiv.org/abs/1607.06450).

    Args:
        inputs: a tensor with a known number of axes.
        center: add a variable "beta".
        scale: multiply by a variable "gamma".
        activation_fn: a function of the result, or None.
        reuse: share the variables of the scope.
        variables_collections, outputs_collections: names of collections to add to.
        trainable: add the variables to the trainable ones.
        begin_norm_axis: the first of the axes that are normalized together.
        begin_params_axis: the first of the axes along which beta and gamma differ.
        scope: the name of the scope, by default "LayerNorm".

    Raises:
        ValueError: if there is no such axis, or a size that the variables need is not known.

    Example:
        >>> y = tf.contrib.layers.layer_norm(tf.constant([[1.0, 3.0], [5.0, 5.5]]))
        >>> sess.run(tf.global_variables_initializer())
        >>> print(y.eval().round(3).tolist())
        [[-1.0, 1.0], [-1.0, 1.0]]
    """
    with get_default_graph().atomic(), variable_scope(scope, "LayerNorm", [inputs], reuse=reuse) as inner:
        inputs = convert_to_tensor(inputs)
        rank, dtype = inputs.shape.ndims, inputs.dtype.base_dtype
        if rank is None:
            raise ValueError(f"Inputs {inputs.name} has undefined rank.")
        if begin_norm_axis < 0:
            begin_norm_axis += rank
        if begin_params_axis >= rank or begin_norm_axis >= rank:
            raise ValueError(
                f"begin_params_axis ({begin_params_axis}) and begin_norm_axis ({begin_norm_axis}) must be < "
                f"rank(inputs) ({rank})"
            )
        shape = inputs.shape[begin_params_axis:]
        if not shape.is_fully_defined():
            raise ValueError(
                f"Inputs {inputs.name}: shape(inputs)[{begin_params_axis}:] is not fully defined: {inputs.shape}"
            )
        wanted = [kind for kind, is_wanted in (("beta", center), ("gamma", scale)) if is_wanted]
        made = [scaling_variable(kind, shape, dtype, {}, variables_collections, trainable) for kind in wanted]
        named = dict(zip(wanted, made))
        mean, variance = moments(inputs, list(range(begin_norm_axis, rank)), keep_dims=True)
        epsilon = 1e-3 if dtype == dtypes.float16 else 1e-12
        outputs = batch_normalization(inputs, mean, variance, named.get("beta"), named.get("gamma"), epsilon)
        outputs.set_shape(inputs.shape)
        return with_extras(outputs, inner.name, activation_fn, outputs_collections)


@add_arg_scope
def unit_norm(inputs: Any, dim: int, epsilon: float = 1e-7, scope: Any = None) -> Tensor:
    """Divide by the Euclidean length along an axis.

    Args:
        inputs: a tensor with a known number of axes.
        dim: the axis, 0 or more.
        epsilon: added to the square of the length.
        scope: the name of the scope, by default "UnitNorm".

    Raises:
        ValueError: if there is no such axis.

    Example:
        >>> print(tf.contrib.layers.unit_norm(tf.constant([[3.0, 4.0]]), 1).eval())
        [[0.6 0.8]]
    """
    with get_default_graph().atomic(), variable_scope(scope, "UnitNorm", [inputs]):
        rank = inputs.shape.ndims
        if not rank:
            raise ValueError("The input rank must be known.")
        if not 0 <= dim < rank:
            raise ValueError("dim must be positive but smaller than the input rank.")
        lengths = powers.sqrt(epsilon + reductions.reduce_sum(powers.square(inputs), dim, True))
        before = [fill.ones([dim], dtypes.int32)] if dim else []
        size = slices.strided_slice(shape_ops.shape(inputs), [dim], [dim + 1])
        after = [fill.ones([rank - 1 - dim], dtypes.int32)] if dim < rank - 1 else []
        return modulo.div(inputs, tile.tile(lengths, concat.concat([*before, size, *after], 0)))


@add_arg_scope
def maxout(inputs: Any, num_units: int, axis: int = -1, scope: Any = None) -> Tensor:
    """Return the maxima of groups of channels (https://arxiv.org/abs/1302.4389).

    Args:
        inputs: a tensor.
        num_units: the number of groups.
        axis: the axis of the channels.
        scope: the name of the scope, by default "MaxOut".

    Raises:
        ValueError: if the channels do not divide into so many groups.

    Example:
        >>> print(tf.contrib.layers.maxout(tf.constant([[1.0, 5.0, 2.0, 3.0]]), 2).eval())
        [[5. 3.]]
    """
    with get_default_graph().atomic(), variable_scope(scope, "MaxOut", [inputs]):
        inputs = convert_to_tensor(inputs)
        shape: list[Any] = inputs.shape.as_list()
        channels = shape[axis]
        if channels % num_units:
            raise ValueError(f"number of features({channels}) is not a multiple of num_units({num_units})")
        shape[axis] = num_units
        shape.append(channels // num_units)
        for i, size in enumerate(shape):
            if size is None:
                sizes: Any = shape_ops.shape(inputs)
                shape[i] = sizes[i]
        return reduce_max_min.reduce_max(reshape.reshape(inputs, shape), -1, keepdims=False)


@add_arg_scope
def softmax(logits: Any, scope: Any = None) -> Tensor:
    """Return the softmax along the last axis, whose size must be known.

    Example:
        >>> print(tf.contrib.layers.softmax(tf.zeros([1, 2])).eval())
        [[0.5 0.5]]
    """
    with get_default_graph().atomic(), variable_scope(scope, "softmax", [logits]):
        flat = reshape.reshape(logits, [-1, last_dimension(logits.shape, min_rank=2)])
        predictions = reshape.reshape(softmax_ops.softmax(flat), shape_ops.shape(logits))
        predictions.set_shape(logits.shape)
        return predictions
