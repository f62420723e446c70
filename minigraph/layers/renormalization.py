"""Batch renormalization: normalizing a batch as the moving averages would (https://arxiv.org/abs/1702.03275)."""

from __future__ import annotations

from typing import Any

from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.operation import Tensor
from minigraph.graph.scopes import atomic_scope, colocate_with, control_dependencies
from minigraph.ops.arrays import cast, filled_like, identity
from minigraph.ops.control import smart_cond
from minigraph.ops.math import maximum_minimum, powers
from minigraph.ops.variables import assign

__all__ = ["composed", "correction", "moved"]


def composed(scale: Any, offset: Any, then_scale: Any, then_offset: Any) -> tuple:
    """Return the composition of a scale and offset with a second one."""
    if then_scale is not None:
        scale, offset = scale * then_scale, offset * then_scale
    return scale, offset if then_offset is None else offset + then_offset


def moved(variable: Any, value: Any, momentum: Any) -> Tensor:
    """Move an average by 1 - `momentum` of its distance to `value`."""
    with atomic_scope("AssignMovingAvg") as scope, colocate_with(variable):
        rest = convert_to_tensor(1.0 - momentum, name="decay")
        if rest.dtype.base_dtype != variable.dtype.base_dtype:
            rest = cast.cast(rest, variable.dtype.base_dtype)
        change = (variable - cast.cast(value, variable.dtype.base_dtype)) * rest
        return assign.assign_sub(variable, change, name=scope)


def correction(layer: Any, mean: Any, variance: Any, training: Any) -> tuple:
    """Build the correction from values normalized by the batch to values normalized by the averages.

    Args:
        layer: the layer with the averages, `renorm_mean` and `renorm_stddev`.
        mean, variance: those of the batch.
        training: if False there is nothing to correct.

    Returns:
        (ratio, shift, mean, variance): the values times the ratio, plus the shift; mean and variance of the batch
        after the averages have moved.
    """
    deviation = powers.sqrt(variance + layer.epsilon)
    known = maximum_minimum.maximum(layer.renorm_stddev, powers.sqrt(layer.epsilon))
    ratio, shift = deviation / known, (mean - layer.renorm_mean) / known
    with control_dependencies([ratio, shift]):  # which use the averages as they were
        mean, deviation = identity.identity(mean), identity.identity(deviation)
    ratio, shift = _clipped(layer.renorm_clipping, ratio, shift)
    ratio_or_one = smart_cond.smart_cond(training, lambda: ratio, lambda: filled_like.ones_like(ratio))
    shift_or_none = smart_cond.smart_cond(training, lambda: shift, lambda: filled_like.zeros_like(shift))
    updates = [
        _moved_in_training(average, value, layer.renorm_momentum, training)
        for average, value in ((layer.renorm_mean, mean), (layer.renorm_stddev, deviation))
    ]
    with control_dependencies(updates):
        return ratio_or_one, shift_or_none, identity.identity(mean), identity.identity(variance)


def _clipped(limits: dict, ratio: Any, shift: Any) -> tuple:
    least, most, far = (limits.get(key) for key in ("rmin", "rmax", "dmax"))
    if least is not None:
        ratio = maximum_minimum.maximum(ratio, least)
    if most is not None:
        ratio = maximum_minimum.minimum(ratio, most)
    if far is not None:
        shift = maximum_minimum.minimum(maximum_minimum.maximum(shift, -far), far)
    return ratio, shift


def _moved_in_training(average: Any, value: Any, momentum: Any, training: Any) -> Any:
    value = identity.identity(value)
    return smart_cond.smart_cond(training, lambda: moved(average, value, momentum), lambda: identity.identity(average))
