"""Keras's short names for `VarianceScaling` by the number of inputs: He's, for relu layers, and LeCun's."""

from __future__ import annotations

from minigraph.variables.initializers.variance_scaling import VarianceScaling

__all__ = ["lecun_normal", "lecun_uniform", "he_normal", "he_uniform"]


def lecun_normal(seed: int | None = None) -> VarianceScaling:
    """Return a truncated normal with variance 1 / inputs (LeCun et al., Efficient BackProp, 1998)."""
    return VarianceScaling(1.0, "fan_in", "truncated_normal", seed)


def lecun_uniform(seed: int | None = None) -> VarianceScaling:
    """Uniform with variance 1 / inputs (LeCun et al., Efficient BackProp, 1998)."""
    return VarianceScaling(1.0, "fan_in", "uniform", seed)


def he_normal(seed: int | None = None) -> VarianceScaling:
    """Return a truncated normal with variance 2 / inputs, for relu layers (He et al., arXiv:1502.01852)."""
    return VarianceScaling(2.0, "fan_in", "truncated_normal", seed)


def he_uniform(seed: int | None = None) -> VarianceScaling:
    """Uniform with variance 2 / inputs, for relu layers (He et al., arXiv:1502.01852)."""
    return VarianceScaling(2.0, "fan_in", "uniform", seed)
