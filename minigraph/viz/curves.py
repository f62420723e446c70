"""Losses, norms and learning rates over the steps, by matplotlib."""

from __future__ import annotations

import io
import math
import os
from collections.abc import Iterable
from typing import Any

from minigraph.graph.text import amount
from minigraph.viz import files

__all__ = ["curves", "read_events"]

Points = list[tuple[float, float]]

# The panels from top to bottom: what is in the tags of its curves; the last takes the others.
_PANELS = (
    ("loss", ("loss", "error", "cost")),
    ("norm", ("norm",)),
    ("learning rate", ("learning_rate", "lr")),
    ("", ("",)),
)
_LINES = ("-", "--", "-.", ":")
_FEW = 30
_WIDE = 100.0  # a panel whose values differ by more than this factor has a logarithmic scale


def curves(
    source: Any, tags: Iterable[str] | None = None, *, smooth: float = 0.0, title: str | None = None, path: Any = None
) -> Any:
    """Draw losses, norms, learning rates and whatever else was recorded, each kind in a panel of its own.

    Args:
        source: a folder with event files (`tf.summary.FileWriter`), or a history: a dict of tags, each with a list
            of values or of (step, value) pairs; or a list of dicts, one a step, of which "step" is the step.
        tags: draw only these, or those that begin with one of them.
        smooth: from 0 to 1 (excluded): how much of the running average of each curve is kept at each step, as in
            TensorBoard; the curve itself stays visible, faintly. Learning rates are drawn as they are.
        title: a heading.
        path: a file to write the picture to, all of it or nothing: .svg, .png or .pdf.

    Returns:
        The matplotlib `Figure`; a notebook shows it.

    Raises:
        ImportError: if matplotlib is missing, or for event files TensorBoard.
        FileNotFoundError: if there is no such folder.
        ValueError: if there is nothing to draw, or `smooth` is out of range.

    Example:
        >>> tf.viz.curves({"loss": [3.0, 2.0, 1.5]}, path="loss.svg")   # doctest: +SKIP
    """
    if not 0 <= smooth < 1:
        raise ValueError(f"smooth must be a number from 0 to 1, without 1, not {smooth!r}")
    found = _chosen(_history(source), tags)
    figure = _figure(_in_panels(found), smooth, title)
    figure._repr_svg_ = lambda: _saved(figure, "svg").decode("utf-8")
    if path is not None:
        _write(figure, os.fspath(path))
    return figure


def _history(source: Any) -> dict[str, Points]:
    if isinstance(source, (str, os.PathLike)):
        return read_events(source)
    if isinstance(source, dict):
        return {str(tag): _points(tag, values) for tag, values in source.items()}
    if isinstance(source, (list, tuple)) and all(isinstance(row, dict) for row in source):
        found: dict[str, Points] = {}
        for i, row in enumerate(source):
            for tag, value in row.items():
                if tag != "step":
                    found.setdefault(str(tag), []).append((float(row.get("step", i)), float(value)))
        return found
    raise TypeError(
        "a folder with event files, a dict of tags and values, or a list of dicts was expected, not "
        f"{source!r} of type {type(source).__name__}"
    )


def _points(tag: Any, values: Any) -> Points:
    try:
        return [
            (float(v[0]), float(v[1])) if isinstance(v, (list, tuple)) else (float(i), float(v))
            for i, v in enumerate(values)
        ]
    except (TypeError, ValueError, IndexError) as error:
        raise ValueError(f"{tag!r}: a list of numbers, or of (step, number) pairs, was expected ({error})") from None


def read_events(folder: Any) -> dict[str, Points]:
    """Return the scalars in the event files of a folder: for each tag its (step, value) pairs in order.

    Raises:
        ImportError: if TensorBoard is not installed.
        FileNotFoundError: if there is no such folder.
    """
    folder = os.fspath(folder)
    if not os.path.isdir(folder):
        raise FileNotFoundError(f"there is no folder {folder!r} with event files")
    try:
        from tensorboard.backend.event_processing.event_file_loader import EventFileLoader
        from tensorboard.util.tensor_util import make_ndarray
    except ImportError as error:
        raise ImportError("Event files need TensorBoard's reader: pip install 'minigraph[tensorboard]'") from error
    found: dict[str, Points] = {}
    for name in sorted(n for n in os.listdir(folder) if "tfevents" in n):
        for event in EventFileLoader(os.path.join(folder, name)).Load():
            for value in event.summary.value:
                if value.metadata.plugin_data.plugin_name == "scalars":
                    found.setdefault(value.tag, []).append((event.step, float(make_ndarray(value.tensor))))
    return {tag: sorted(points, key=lambda p: p[0]) for tag, points in found.items()}


def _chosen(history: dict[str, Points], tags: Iterable[str] | None) -> dict[str, Points]:
    wanted = None if tags is None else tuple([tags] if isinstance(tags, str) else tags)
    found = {tag: points for tag, points in history.items() if points and (wanted is None or tag.startswith(wanted))}
    if not found:
        there = f" There are: {', '.join(sorted(history)[:8])}." if history else ""
        raise ValueError(f"there is nothing to draw{'' if wanted is None else ' for ' + ', '.join(wanted)}.{there}")
    return found


def _in_panels(history: dict[str, Points]) -> dict[str, dict[str, Points]]:
    panels: dict[str, dict[str, Points]] = {title: {} for title, _ in _PANELS}
    for tag, points in history.items():
        last = tag.rpartition("/")[2].lower()
        title = next(title for title, words in _PANELS if any(word in last for word in words))
        panels[title][tag] = points
    return {title: found for title, found in panels.items() if found}


def _figure(panels: dict[str, dict[str, Points]], smooth: float, title: str | None) -> Any:
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise ImportError("Curves are drawn by matplotlib: pip install 'minigraph[plots]'") from error
    figure = Figure(figsize=(7.0, 0.8 + 2.2 * len(panels)), layout="constrained")
    axes = figure.subplots(len(panels), 1, sharex=True, squeeze=False)[:, 0]
    for axis, (name, found) in zip(axes, panels.items()):
        for number, (tag, points) in enumerate(found.items()):
            _draw(axis, tag, points, 0.0 if name == "learning rate" else smooth, number)
        _finish(axis, name, [y for points in found.values() for _, y in points])
    axes[-1].set_xlabel("step")
    axes[-1].xaxis.get_major_locator().set_params(integer=True)
    if title:
        figure.suptitle(title)
    return figure


def _draw(axis: Any, tag: str, points: Points, smooth: float, number: int) -> None:
    """One curve; the dashes differ, so that no meaning hangs on colour alone."""
    steps, values = zip(*points)
    look = dict(linestyle=_LINES[number % len(_LINES)], color=f"C{number % 10}")
    marker = "." if len(points) < _FEW else None  # a point between two NaNs would not be seen
    if smooth:
        axis.plot(steps, values, alpha=0.3, linewidth=1.0, **look)
    axis.plot(steps, _smoothed(values, smooth), label=tag.replace("$", r"\$"), linewidth=1.6, marker=marker, **look)


def _smoothed(values: Iterable[float], smooth: float) -> list[float]:
    """Return running averages, corrected for their beginning; what is no number is left out of them."""
    found, mean, weight = [], 0.0, 0.0
    for value in values:
        if math.isfinite(value):
            mean, weight = smooth * mean + (1 - smooth) * value, smooth * weight + (1 - smooth)
        found.append(mean / weight if weight and math.isfinite(value) else math.nan)
    return found


def _finish(axis: Any, name: str, values: list[float]) -> None:
    known = [y for y in values if math.isfinite(y)]
    if known and min(known) > 0 and max(known) / min(known) > _WIDE:
        axis.set_yscale("log")
    axis.set_ylabel(name)
    axis.grid(alpha=0.3)
    axis.legend(fontsize="small", frameon=False)
    if len(known) < len(values):
        axis.set_title(f"{amount(len(values) - len(known), 'value')} NaN or infinite", fontsize="small", loc="right")


def _write(figure: Any, path: str) -> None:
    ending = os.path.splitext(path)[1].lower().lstrip(".")
    if ending not in ("svg", "png", "pdf"):
        raise ValueError(f"cannot tell what to write from the name {path!r}: it must end in .svg, .png, .pdf")
    files.replace(path, _saved(figure, ending))


def _saved(figure: Any, format: str) -> bytes:
    from matplotlib import rc_context

    data = io.BytesIO()
    with rc_context({"svg.fonttype": "none"}):  # words stay words: they can be read aloud and searched
        figure.savefig(data, format=format, dpi=120)
    return data.getvalue()
