"""`tf.data.Options`: what may be asked of all of an input pipeline."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

__all__ = [
    "DistributeOptions",
    "MapVectorizationOptions",
    "OptimizationOptions",
    "Options",
    "StatsOptions",
    "ThreadingOptions",
    "merged",
]


class OptionsBase:
    """Base: properties with a type, which are None until they are set."""

    _kinds: dict[str, Any] = {}  # for each property its type; for one that holds options, their class

    def __init__(self) -> None:
        object.__setattr__(self, "_options", {})

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") or name not in self._kinds:
            raise AttributeError(f"'{type(self).__name__}' object has no attribute '{name}'")
        kind = self._kinds[name]
        made = kind() if issubclass(kind, OptionsBase) else None
        return self._options.setdefault(name, made)

    def __setattr__(self, name: str, value: Any) -> None:
        if name not in self._kinds:
            raise AttributeError(f"Cannot set the property {name} on {type(self).__name__}.")
        kind = self._kinds[name]
        if not isinstance(value, kind):
            raise TypeError(f'Property "{name}" must be of type {kind}, got: {value!r} (type: {type(value)!r})')
        self._options[name] = value

    def __eq__(self, other: Any) -> bool:
        if not isinstance(other, type(self)):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in self._kinds)

    __hash__ = None  # type: ignore[assignment]


class MapVectorizationOptions(OptionsBase):
    """How maps are vectorized; recorded only."""

    _kinds = {"enabled": bool, "use_choose_fastest": bool}


class OptimizationOptions(OptionsBase):
    """The optimizations of TensorFlow. Fusing shuffle and repeat changes the order; the others are recorded only.

    Example:
        >>> options = tf.data.Options()
        >>> options.experimental_optimization.apply_default_optimizations = False
        >>> options.experimental_optimization.static_optimizations()
        []
    """

    _kinds = {
        "map_vectorization": MapVectorizationOptions,
        "autotune_algorithm": int,
        "autotune_cpu_budget": int,
        **dict.fromkeys(
            """
            apply_default_optimizations autotune autotune_buffers filter_fusion filter_with_random_uniform_fusion
            hoist_random_uniform map_and_batch_fusion map_and_filter_fusion map_fusion map_parallelization
            noop_elimination parallel_batch shuffle_and_repeat_fusion
            """.split(),
            bool,
        ),
    }

    def static_optimizations(self) -> list[str]:
        """Return the names of the optimizations that are asked for, in alphabetical order."""
        by_default = self.apply_default_optimizations is not False
        wanted = {name for name in _STATIC if self._is_wanted(name, by_default and name in _DEFAULT)}
        if self.map_vectorization.enabled:
            wanted.add("map_vectorization")
        if self.autotune is not False and self.autotune_buffers:
            wanted.add("inject_prefetch")
        return sorted(wanted)

    def _is_wanted(self, name: str, otherwise: bool) -> bool:
        value = getattr(self, name)
        return otherwise if value is None else value


_DEFAULT = ("map_and_batch_fusion", "noop_elimination", "shuffle_and_repeat_fusion")
_STATIC = (
    *_DEFAULT,
    *"""
    filter_fusion filter_with_random_uniform_fusion hoist_random_uniform map_and_filter_fusion map_parallelization
    map_fusion parallel_batch
    """.split(),
)


class DistributeOptions(OptionsBase):
    """How elements are distributed; recorded only."""

    _kinds = {"auto_shard": bool, "num_devices": int}


class StatsOptions(OptionsBase):
    """What is measured; recorded only."""

    _kinds = {"aggregator": object, "prefix": str, "counter_prefix": str, "latency_all_edges": bool}


class ThreadingOptions(OptionsBase):
    """How many threads there are; recorded only."""

    _kinds = {"max_intra_op_parallelism": int, "private_threadpool_size": int}


class Options(OptionsBase):
    """What is asked of a dataset and of those that it takes its elements from; for `Dataset.with_options`.

    Example:
        >>> options = tf.data.Options()
        >>> options.experimental_deterministic = True
        >>> dataset = tf.data.Dataset.range(3).with_options(options)
        >>> dataset.options().experimental_deterministic
        True
    """

    _kinds = {
        "experimental_deterministic": bool,
        "experimental_distribute": DistributeOptions,
        "experimental_optimization": OptimizationOptions,
        "experimental_slack": bool,
        "experimental_stats": StatsOptions,
        "experimental_threading": ThreadingOptions,
        "experimental_stateful_whitelist": list,
    }

    def merge(self, options: Options) -> Options:
        """Return the options of both; ValueError if they contradict each other."""
        return merged(self, options)

    def static_optimizations(self) -> list[str]:
        """Return the names of TensorFlow's optimizations that are asked for."""
        extra: list[tuple[bool, str]] = [
            (self.experimental_deterministic is False, "make_sloppy"),
            (bool(self.experimental_stats.latency_all_edges), "latency_all_edges"),
            (bool(self.experimental_slack), "slack"),
        ]
        return [*self.experimental_optimization.static_optimizations(), *[name for wanted, name in extra if wanted]]

    def optimization_configs(self) -> list[str]:
        """Return the settings of the optimizations."""
        fastest = bool(self.experimental_optimization.map_vectorization.use_choose_fastest)
        found = [f"map_vectorization:use_choose_fastest:{str(fastest).lower()}"]
        if self.experimental_slack:
            found.append(f"slack:slack_period:{self.experimental_distribute.num_devices or 1}")
        return found


def merged(first: Any, second: Any) -> Any:
    """Return options with what is set in either.

    Raises:
        ValueError: if one is set differently in both.
    """
    result = type(first)()
    default = type(first)()
    make: Callable = result._options.__setitem__
    for name in first._kinds:
        a, b, unset = (getattr(each, name) for each in (first, second, default))
        if b == unset or a == b:
            make(name, a)
        elif a == unset:
            make(name, b)
        elif isinstance(a, OptionsBase):
            make(name, merged(a, b))
        else:
            raise ValueError(f"Cannot merge incompatible values ({a!r} and {b!r}) of option: {name}")
    return result
