"""Dense layers under their older names, layers repeated and stacked, and what changes the form of a tensor."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from minigraph.contrib.framework.arg_scopes import add_arg_scope
from minigraph.contrib.layers.initializers import xavier_initializer
from minigraph.contrib.layers.utils import (
    add_variable_to_collections,
    collect_named_outputs,
    variable_getter,
    with_extras,
)
from minigraph.graph import dtypes
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope
from minigraph.layers.dense_layer import Dense
from minigraph.layers.dropout_layer import Dropout
from minigraph.layers.flatten_layer import flatten as layers_flatten
from minigraph.ops.arrays import older_casts, one_hot
from minigraph.ops.nn.activations import elu as elu_activation
from minigraph.ops.nn.activations import relu as relu_activation
from minigraph.ops.nn.activations import relu6 as relu6_activation
from minigraph.variables.initializers.constant import zeros_initializer
from minigraph.variables.variable_scope import variable_scope

__all__ = [
    "fully_connected",
    "linear",
    "relu",
    "relu6",
    "elu",
    "stack",
    "repeat",
    "dropout",
    "flatten",
    "one_hot_encoding",
]


@add_arg_scope
def fully_connected(
    inputs: Any,
    num_outputs: int,
    activation_fn: Any = relu_activation,
    normalizer_fn: Any = None,
    normalizer_params: Any = None,
    weights_initializer: Any = xavier_initializer(),
    weights_regularizer: Any = None,
    biases_initializer: Any = zeros_initializer(),
    biases_regularizer: Any = None,
    reuse: Any = None,
    variables_collections: Any = None,
    outputs_collections: Any = None,
    trainable: bool = True,
    scope: Any = None,
) -> Tensor:
    """Compute activation_fn(inputs · weights + biases); with a `normalizer_fn`, that replaces the biases.

    Args:
        inputs: a tensor with two or more axes, the last of known size.
        num_outputs: the size of the output.
        activation_fn: by default relu; None for none.
        normalizer_fn, normalizer_params: a function such as batch normalization, and its arguments.
        weights_initializer, weights_regularizer, biases_initializer, biases_regularizer: of the variables "weights" and
            "biases"; no biases if the initializer is None.
        reuse: share the variables of the scope.
        variables_collections, outputs_collections: names of collections to add to; the first may be a dict with a list
            for "weights" and one for "biases".
        trainable: add the variables to the trainable ones.
        scope: the name of the scope, by default "fully_connected".

    Raises:
        ValueError: if `num_outputs` is not an integer.

    Example:
        >>> y = tf.contrib.layers.fully_connected(tf.zeros([2, 3]), 4)
        >>> print(y.name, [v.name for v in tf.trainable_variables()])
        fully_connected/Relu:0 ['fully_connected/weights:0', 'fully_connected/biases:0']
    """
    if not isinstance(num_outputs, int):
        raise ValueError(f"num_outputs type should be one of (int,), got {type(num_outputs)}.")
    with (
        get_default_graph().atomic(),
        variable_scope(scope, "fully_connected", [inputs], reuse=reuse, custom_getter=variable_getter()) as inner,
    ):
        inputs = convert_to_tensor(inputs)
        has_bias = bool(not normalizer_fn and biases_initializer)
        given = weights_initializer, biases_initializer, weights_regularizer, biases_regularizer
        options: Any = dict(trainable=trainable, name=inner.name, dtype=inputs.dtype.base_dtype)
        layer = Dense(num_outputs, None, has_bias, *given, **options, _scope=inner, _reuse=reuse)
        outputs = layer.apply(inputs)
        for name, variable in zip(("weights", "biases"), layer.weights):
            add_variable_to_collections(variable, variables_collections, name)
        return with_extras(outputs, inner.name, activation_fn, outputs_collections, normalizer_fn, normalizer_params)


linear = functools.partial(fully_connected, activation_fn=None)
elu = functools.partial(fully_connected, activation_fn=elu_activation)
relu = functools.partial(fully_connected, activation_fn=relu_activation)
relu6 = functools.partial(fully_connected, activation_fn=relu6_activation)


def _name_of(layer: Callable, default: str) -> str:
    return getattr(layer, "__name__", getattr(getattr(layer, "func", None), "__name__", default))


def stack(inputs: Any, layer: Any, stack_args: Any, **kwargs: Any) -> Tensor:
    """Stack layers of one kind, in the scopes SCOPE/SCOPE_1, SCOPE/SCOPE_2, and so on.

    Args:
        inputs: a tensor.
        layer: a function of a tensor, such as `fully_connected`.
        stack_args: the argument of each layer, or a list or tuple of its arguments.
        kwargs: further arguments, for all layers; `scope` is the name of the scope, by default "Stack".

    Raises:
        ValueError: if `stack_args` is not a list or tuple.

    Example:
        >>> y = tf.contrib.layers.stack(tf.zeros([2, 3]), tf.contrib.layers.fully_connected, [8, 4], scope="fc")
        >>> print(y.name, y.shape)
        fc/fc_2/Relu:0 (2, 4)
    """
    scope = kwargs.pop("scope", None)
    if not isinstance(stack_args, (list, tuple)):
        raise ValueError("stack_args need to be a list or tuple")
    with get_default_graph().atomic(), variable_scope(scope, "Stack", [inputs]):
        inputs = convert_to_tensor(inputs)
        head = scope or _name_of(layer, "stack")
        for i, args in enumerate(stack_args):
            args = args if isinstance(args, (list, tuple)) else [args]
            inputs = layer(inputs, *args, **{**kwargs, "scope": f"{head}_{i + 1}"})
        return inputs


def repeat(inputs: Any, repetitions: int, layer: Any, *args: Any, **kwargs: Any) -> Tensor:
    """Apply the same kind of layer several times, in the scopes SCOPE/SCOPE_1, SCOPE/SCOPE_2, and so on.

    Args:
        inputs: a tensor.
        repetitions: how many times.
        layer: a function of a tensor, such as `conv2d`.
        args, kwargs: the arguments of each layer; `scope` is the name of the scope, by default "Repeat".

    Example:
        >>> layers = tf.contrib.layers
        >>> print(layers.repeat(tf.zeros([1, 4, 4, 3]), 2, layers.conv2d, 8, 3, scope="conv1").name)
        conv1/conv1_2/Relu:0
    """
    scope = kwargs.pop("scope", None)
    with get_default_graph().atomic(), variable_scope(scope, "Repeat", [inputs]):
        inputs = convert_to_tensor(inputs)
        head = scope or _name_of(layer, "repeat")
        for i in range(repetitions):
            inputs = layer(inputs, *args, **{**kwargs, "scope": f"{head}_{i + 1}"})
        return inputs


@add_arg_scope
def dropout(
    inputs: Any,
    keep_prob: Any = 0.5,
    noise_shape: Any = None,
    is_training: Any = True,
    outputs_collections: Any = None,
    scope: Any = None,
    seed: int | None = None,
) -> Tensor:
    """Set elements to zero at random, and scale the others up so that their sum is expected to stay.

    Args:
        inputs: a tensor.
        keep_prob: the probability that an element is kept.
        noise_shape: the shape of the random choices.
        is_training: a bool or a boolean tensor; if it is false, the inputs are returned as they are.
        outputs_collections: names of collections to add to.
        scope: the name of the scope, by default "Dropout".
        seed: the seed of the choices.

    Example:
        >>> print(tf.contrib.layers.dropout(tf.ones([3]), is_training=False).eval())
        [1. 1. 1.]
    """
    with (
        get_default_graph().atomic(),
        variable_scope(scope, "Dropout", [inputs], custom_getter=variable_getter({})) as inner,
    ):
        inputs = convert_to_tensor(inputs)
        layer = Dropout(1 - keep_prob, noise_shape, seed, inner.name, _scope=inner)
        return collect_named_outputs(outputs_collections, inner.name, layer.apply(inputs, training=is_training))


@add_arg_scope
def flatten(inputs: Any, outputs_collections: Any = None, scope: str | None = None) -> Tensor:
    """Flatten all axes except the first; see `tf.layers.flatten`."""
    with atomic_scope(scope, "Flatten", [inputs]) as inner:
        return collect_named_outputs(outputs_collections, inner, layers_flatten(convert_to_tensor(inputs)))


@add_arg_scope
def one_hot_encoding(
    labels: Any,
    num_classes: int,
    on_value: float = 1.0,
    off_value: float = 0.0,
    outputs_collections: Any = None,
    scope: str | None = None,
) -> Tensor:
    """Return one-hot rows for class indices; see `tf.one_hot`."""
    with atomic_scope(scope, "OneHotEncoding", [labels, num_classes]) as inner:
        labels = convert_to_tensor(labels)
        if labels.dtype == dtypes.int32:
            labels = older_casts.to_int64(labels)
        outputs = one_hot.one_hot(labels, num_classes, on_value=on_value, off_value=off_value)
        return collect_named_outputs(outputs_collections, inner, outputs)
