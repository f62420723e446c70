"""DOT in, picture out: by `dot` where it is installed, else by the Graphviz inside the `pygraphviz` wheels.

Either runs in a process of its own, so that a layout that takes too long or crashes leaves the caller whole.
"""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys

__all__ = ["draw", "is_there", "GraphvizError", "FORMATS"]

FORMATS = ("svg", "png", "pdf")
_TO_INSTALL = (
    "Either of these brings one:\n"
    "    pip install pygraphviz          (Linux x86-64 and ARM, Windows, macOS on Apple silicon)\n"
    "    apt-get install graphviz  |  brew install graphviz  |  conda install graphviz\n"
)
_ADVICE = ("There is none in a browser.\n" if sys.platform == "emscripten" else _TO_INSTALL) + (
    "Neither the page nor the DOT text needs it: viz.page(graph), viz.to_dot(graph)."
)
_IN_PROCESS = (
    "import sys, pygraphviz\n"
    "text = sys.stdin.buffer.read().decode('utf-8')\n"
    "drawn = pygraphviz.AGraph(string=text).draw(format=sys.argv[1], prog=sys.argv[2])\n"
    "sys.stdout.buffer.write(drawn)\n"
)


class GraphvizError(RuntimeError):
    """No Graphviz, or one that could not draw; the text says what to do."""


def draw(source: str, format: str = "svg", timeout: float = 60.0, engine: str = "dot") -> bytes:
    """Lay out a DOT text and draw it.

    Args:
        source: the DOT text.
        format: "svg", "png", "pdf", or another that Graphviz writes.
        timeout: seconds after which to give up.
        engine: "dot" lays out; "nop2" draws what has its place.

    Returns:
        The picture.

    Raises:
        GraphvizError: if there is no Graphviz, or it fails or takes too long.

    Example:
        >>> draw("digraph { a -> b }")[:5]
        b'<?xml'
    """
    problems = []
    for name, command in _engines(format, engine):
        try:
            done = subprocess.run(command, input=source.encode("utf-8"), capture_output=True, timeout=timeout)
        except subprocess.TimeoutExpired:
            raise GraphvizError(
                f"Graphviz was stopped after {timeout:g} seconds: the picture has too many boxes or arrows.\n"
                "Ask for less (a smaller depth=, fold=['scope'], fetches=[...]), or give more time: timeout=."
            ) from None
        except OSError as error:
            problems.append(f"{name}: {error}")
            continue
        if done.returncode == 0 and done.stdout:
            return done.stdout
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        problems.append(f"{name}: " + (said[-1] if said else f"nothing came back (exit status {done.returncode})"))
    if problems:
        raise GraphvizError("Graphviz could not draw the graph.\n" + "\n".join(problems) + "\n" + _ADVICE)
    raise GraphvizError("No Graphviz was found, which pictures are laid out with.\n" + _ADVICE)


def is_there() -> bool:
    """Return True if there is a Graphviz to draw with."""
    return bool(_engines("svg", "dot"))


def _engines(format: str, engine: str) -> list[tuple[str, list[str]]]:
    """Return the ways to draw on this machine: (name, command that reads DOT and writes the picture)."""
    found = []
    dot = shutil.which("dot")
    if dot:
        found.append((dot, [dot, f"-T{format}", f"-K{engine}"]))
    if sys.executable and importlib.util.find_spec("pygraphviz") is not None:
        found.append(("pygraphviz", [sys.executable, "-I", "-W", "ignore", "-c", _IN_PROCESS, format, engine]))
    return found
