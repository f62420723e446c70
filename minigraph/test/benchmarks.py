"""`tf.test.Benchmark`: how long an operation takes, told in the form of TensorFlow's benchmarks."""

from __future__ import annotations

import inspect
import json
import numbers
import re
import statistics
import time
from collections.abc import Iterator
from typing import Any

from minigraph.graph.session_for import get_default_session
from minigraph.runtime.config import ConfigProto
from minigraph.runtime.run_options import RunMetadata, RunOptions
from minigraph.runtime.tracing.timeline import Timeline

__all__ = ["Benchmark", "benchmark_config", "run_benchmarks"]

_classes: list[type] = []  # all benchmarks, in the order of their definition


def benchmark_config() -> ConfigProto:
    """Return a configuration for sessions of benchmarks."""
    return ConfigProto()


class Benchmark:
    """A class of benchmarks: its methods whose names begin with `benchmark`; `tf.test.main` runs them.

    Example:
        >>> class Products(tf.test.Benchmark):
        ...     def benchmark_product(self):
        ...         product = tf.matmul(tf.ones([4, 4]), tf.ones([4, 4]))
        ...         with tf.Session() as sess:
        ...             return self.run_op_benchmark(sess, product, min_iters=3)
        >>> sorted(Products().benchmark_product())  # doctest: +ELLIPSIS
        entry {
          name: "Products.benchmark_product"
          iters: 3
          wall_time: ...
        }
        <BLANKLINE>
        ['extras', 'iters', 'name', 'throughput', 'wall_time']
    """

    def __init_subclass__(cls, **kwargs: Any):
        super().__init_subclass__(**kwargs)
        _classes.append(cls)

    def run_op_benchmark(
        self,
        sess: Any,
        op_or_tensor: Any,
        feed_dict: Any = None,
        burn_iters: int = 2,
        min_iters: int = 10,
        store_trace: bool = False,
        store_memory_usage: bool = True,
        name: str | None = None,
        extras: dict | None = None,
        mbs: float = 0,
    ) -> dict[str, Any]:
        """Run an operation again and again, and report how long a run takes: the median.

        Args:
            sess: a session.
            op_or_tensor: what to run.
            feed_dict: with which feeds.
            burn_iters: how many runs come first and do not count.
            min_iters: how many runs count.
            store_trace: trace one more run, and put it into the returned extras, for Chrome's about:tracing.
            store_memory_usage: accepted, as in TF1; here the most memory in use is not measured.
            name: the name in the report, by default that of the method.
            extras: further things for the report.
            mbs: how many megabytes a run moves, for the throughput.

        Returns:
            What was reported.
        """
        for _ in range(burn_iters):
            sess.run(op_or_tensor, feed_dict=feed_dict)
        times = []
        for _ in range(min_iters):
            start = time.perf_counter()
            sess.run(op_or_tensor, feed_dict=feed_dict)
            times.append(time.perf_counter() - start)
        median = statistics.median(times) if times else -1.0
        found: dict[str, Any] = dict(
            iters=min_iters, wall_time=median, extras=dict(extras or {}), name=name, throughput=mbs / median
        )
        self.report_benchmark(**found)
        if store_trace:
            run = RunMetadata()
            options = RunOptions(trace_level=RunOptions.FULL_TRACE)
            sess.run(op_or_tensor, feed_dict=feed_dict, options=options, run_metadata=run)
            found["extras"]["full_trace_chrome_format"] = Timeline(run.step_stats).generate_chrome_trace_format()
        return found

    def report_benchmark(
        self,
        iters: int | None = None,
        cpu_time: float | None = None,
        wall_time: float | None = None,
        throughput: float | None = None,
        extras: dict | None = None,
        name: str | None = None,
        metrics: list[dict] | None = None,
    ) -> None:
        """Print a report, in the text form of TensorFlow's `BenchmarkEntries` message.

        Args:
            iters: how many runs there were.
            cpu_time, wall_time: how many seconds one took.
            throughput: how many megabytes it moved in a second.
            extras: numbers, and other things as text, by name.
            name: by default that of the method that calls this.
            metrics: dicts with `name` and `value`, perhaps with `min_value` and `max_value`.

        Raises:
            TypeError: if extras or metrics are something else.
        """
        label = f"{type(self).__name__}.{name or self._method()}"
        numbers_of = dict(iters=iters, cpu_time=cpu_time, wall_time=wall_time, throughput=throughput)
        lines = [f"  name: {json.dumps(label)}"]
        lines += [f"  {field}: {value}" for field, value in numbers_of.items() if value]
        lines += [*_extras(extras), *_metrics(metrics)]
        print("\n".join(["entry {", *lines, "}\n"]))

    def _method(self) -> str:
        """Return the name of the outermost running method of this benchmark."""
        frames = [frame for frame in inspect.stack(0) if frame.frame.f_locals.get("self") is self]
        return frames[-1].function

    def evaluate(self, tensors: Any) -> Any:
        """Return the values of tensors in the default session."""
        return get_default_session().run(tensors)


def _extras(extras: Any) -> Iterator[str]:
    if extras is not None and not isinstance(extras, dict):
        raise TypeError("extras must be a dict")
    for key, value in (extras or {}).items():
        is_number = isinstance(value, numbers.Number)
        entry = f"double_value: {value}" if is_number else f"string_value: {json.dumps(str(value))}"
        yield f"  extras {{\n    key: {json.dumps(key)}\n    value {{\n      {entry}\n    }}\n  }}"


def _metrics(metrics: Any) -> Iterator[str]:
    if metrics is not None and not isinstance(metrics, list):
        raise TypeError("metrics must be a list")
    for metric in metrics or ():
        for field in "name", "value":
            if field not in metric:
                raise TypeError(f"metric must has a '{field}' field")
        bounds = [
            f"    {end} {{\n      value: {metric[end]}\n    }}" for end in ("min_value", "max_value") if end in metric
        ]
        lines = [f"    name: {json.dumps(metric['name'])}", f"    value: {metric['value']}", *bounds]
        yield "\n".join(["  metrics {", *lines, "  }"])


def run_benchmarks(pattern: str) -> None:
    """Run the benchmarks whose names, `module.Class.method`, fit a regular expression; "all" fits each."""
    for kind in list(_classes):
        names = [name for name in dir(kind) if name.startswith("benchmark") and callable(getattr(kind, name))]
        found = [n for n in names if pattern == "all" or re.search(pattern, f"{kind.__module__}.{kind.__name__}.{n}")]
        instance = kind() if found else None
        for name in found:
            getattr(instance, name)()
