"""`tf.saved_model.signature_def_utils`: what goes into a graph and what comes out, under names, as messages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from minigraph.graph import dtypes, protos
from minigraph.graph.operation import Tensor
from minigraph.saved_model import signature_constants as names
from minigraph.saved_model.utils import build_tensor_info

__all__ = [
    "build_signature_def",
    "classification_signature_def",
    "is_valid_signature",
    "predict_signature_def",
    "regression_signature_def",
]

_FLOAT, _STRING = dtypes.float32.as_datatype_enum, dtypes.string.as_datatype_enum


def build_signature_def(
    inputs: Mapping[str, Any] | None = None, outputs: Mapping[str, Any] | None = None, method_name: str | None = None
) -> Any:
    """Return a `SignatureDef` message.

    Args:
        inputs: `TensorInfo` messages by name, for what must be fed.
        outputs: `TensorInfo` messages by name, for what can be fetched.
        method_name: what a server does with them, see `tf.saved_model.signature_constants`.

    Raises:
        ImportError: if the package tensorboard is not installed.

    Example:
        >>> x = tf.placeholder(tf.float32, [2], name="x")
        >>> info = tf.saved_model.build_tensor_info
        >>> tf.saved_model.build_signature_def({"image": info(x)}, {"loss": info(tf.exp(x))}).inputs["image"].name
        'x:0'
    """
    found = protos.SignatureDef(method_name=method_name or "")
    for given, field in ((inputs, found.inputs), (outputs, found.outputs)):
        for name, info in (given or {}).items():
            field[name].CopyFrom(info)
    return found


def predict_signature_def(inputs: Mapping[str, Tensor], outputs: Mapping[str, Tensor]) -> Any:
    """Return the `SignatureDef` of a prediction.

    Args:
        inputs: the tensors to feed, by name.
        outputs: the tensors to fetch, by name.

    Raises:
        ValueError: if there are no inputs or no outputs.

    Example:
        >>> x = tf.placeholder(tf.float32, [2], name="x")
        >>> tf.saved_model.predict_signature_def({"x": x}, {"y": tf.exp(x)}).method_name
        'tensorflow/serving/predict'
    """
    if not inputs:
        raise ValueError("Prediction inputs cannot be None or empty.")
    if not outputs:
        raise ValueError("Prediction outputs cannot be None or empty.")
    sources, results = (
        {name: build_tensor_info(tensor) for name, tensor in each.items()} for each in (inputs, outputs)
    )
    return build_signature_def(sources, results, names.PREDICT_METHOD_NAME)


def regression_signature_def(examples: Tensor, predictions: Tensor) -> Any:
    """Return the `SignatureDef` of a regression: from serialized examples to numbers.

    Args:
        examples: strings, the bytes of a `tf.train.Example` each.
        predictions: floats.

    Raises:
        ValueError: if one is missing or of another type.
    """
    source = _examples(examples, "Regression")
    if predictions is None:
        raise ValueError("Regression predictions cannot be None.")
    result = _of_type(predictions, _FLOAT, "Regression output must be a float Tensor.")
    return build_signature_def(
        {names.REGRESS_INPUTS: source}, {names.REGRESS_OUTPUTS: result}, names.REGRESS_METHOD_NAME
    )


def classification_signature_def(examples: Tensor, classes: Tensor | None, scores: Tensor | None) -> Any:
    """Return the `SignatureDef` of a classification: from serialized examples to names of classes, scores, or both.

    Args:
        examples: strings, the bytes of a `tf.train.Example` each.
        classes: strings, or None.
        scores: floats, or None.

    Raises:
        ValueError: if there is nothing to fetch, or something is of another type.
    """
    source = _examples(examples, "Classification")
    if classes is None and scores is None:
        raise ValueError("Classification classes and scores cannot both be None.")
    outputs = {}
    if classes is not None:
        told = "Classification classes must be a string Tensor."
        outputs[names.CLASSIFY_OUTPUT_CLASSES] = _of_type(classes, _STRING, told)
    if scores is not None:
        told = "Classification scores must be a float Tensor."
        outputs[names.CLASSIFY_OUTPUT_SCORES] = _of_type(scores, _FLOAT, told)
    return build_signature_def({names.CLASSIFY_INPUTS: source}, outputs, names.CLASSIFY_METHOD_NAME)


def _examples(examples: Any, what: str) -> Any:
    """Return the message of a tensor of examples."""
    if examples is None:
        raise ValueError(f"{what} examples cannot be None.")
    if not isinstance(examples, Tensor):
        raise ValueError(f"{what} examples must be a string Tensor.")
    return _of_type(examples, _STRING, f"{what} examples must be a string Tensor.")


def _of_type(tensor: Tensor, number: int, told: str) -> Any:
    """Return the message of a tensor of a type; ValueError if it has another one."""
    found = build_tensor_info(tensor)
    if found.dtype != number:
        raise ValueError(told)
    return found


def is_valid_signature(signature_def: Any) -> bool:
    """Return True if TensorFlow Serving takes a signature: one for prediction, regression or classification.

    Example:
        >>> tf.saved_model.is_valid_signature(None)
        False
    """
    if signature_def is None:
        return False
    inputs, outputs = signature_def.inputs, signature_def.outputs
    if signature_def.method_name == names.PREDICT_METHOD_NAME:
        return bool(inputs and outputs)
    if set(inputs) != {names.REGRESS_INPUTS} or inputs[names.REGRESS_INPUTS].dtype != _STRING:
        return False
    types = {name: info.dtype for name, info in outputs.items()}
    if signature_def.method_name == names.REGRESS_METHOD_NAME:
        return types == {names.REGRESS_OUTPUTS: _FLOAT}
    wanted = {names.CLASSIFY_OUTPUT_CLASSES: _STRING, names.CLASSIFY_OUTPUT_SCORES: _FLOAT}
    is_known = types.items() <= wanted.items()
    return signature_def.method_name == names.CLASSIFY_METHOD_NAME and is_known and bool(types)
