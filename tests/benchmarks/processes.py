"""H: how long a program waits before its first line."""

from __future__ import annotations

import pathlib
import subprocess
import sys
from typing import Any

from tests.benchmarks import peers
from tests.benchmarks.timing import Contestant, Figure, figures_of, medians

__all__ = ["imports", "python"]

_ROOT = pathlib.Path(__file__).resolve().parents[2]
_WAYS = {"import numpy": "numpy", "ours": "minigraph"}


def imports(rounds: int) -> list[Figure]:
    """Time whole processes, from start to end, that import MiniGraph or numpy."""
    ways = {**_WAYS, **{name: name for name in ("tensorflow", "jax", "torch") if peers.has(name)}}
    contestants = [Contestant(name, _importing(module), pieces=1) for name, module in ways.items()]
    return figures_of(
        "H", "a process: import minigraph", medians(contestants, max(1, rounds // 2)), {"import numpy": 1.6}
    )


def _importing(module: str) -> Any:
    def play(pieces: int) -> None:
        for _ in range(pieces):
            python("-c", f"import {module}")

    return play


def python(*arguments: str) -> str:
    """Run this interpreter on this source; return what it prints.

    Raises:
        subprocess.CalledProcessError: if it fails.
    """
    return subprocess.run([sys.executable, *arguments], cwd=_ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout
