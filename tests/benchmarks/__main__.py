"""Run the benchmarks and print a table: `python -m tests.benchmarks --help`."""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from collections.abc import Sequence
from typing import Any

from minigraph.runtime.recorder.passes import Pass
from tests.benchmarks import ablation
from tests.benchmarks.timing import Figure

_WORKS = {
    "A": "calls:scalar_sum",
    "B": "regression:linear_regression",
    "C": "perceptron:perceptron",
    "D": "recurrent:recurrent",
    "E": "convnet:convnet",
    "F": "chains:chain",
    "G": "chains:long_chain",
    "H": "processes:imports",
    "I": "memory:memory",
}
_PEERS = ("tensorflow", "jax", "torch")
_HEADS = (
    "",
    "what",
    "yardstick",
    "ours",
    "yardstick",
    "unit",
    "ratio",
    "goal",
    "met",
    *(f"/{each}" for each in _PEERS),
)
_WIDTHS = (1, 38, 13, 11, 11, 4, 6, 4, 3, 11, 6, 6)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run what was chosen, and prints each figure as soon as it is there."""
    options = _parsed(arguments)
    if options.without:
        ablation.table(ablation.passes(options.without), options.only, options.rounds)
        return
    figures: list[Figure] = []
    for letter in options.only:
        module, _, function = _WORKS[letter].partition(":")
        found = getattr(importlib.import_module(f"tests.benchmarks.{module}"), function)(options.rounds)
        if not options.json:
            _show(found, first=not figures)
        figures += found
    if options.json:
        json.dump([_plain(each) for each in figures], sys.stdout, indent=1)
        print()


def _show(figures: Sequence[Figure], first: bool) -> None:
    if first:
        print(_line(_HEADS), _line(["-" * width for width in _WIDTHS]), sep="\n")
    for figure in figures:
        print(_line(_cells(figure)), flush=True)


def _parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks",
        description=importlib.import_module("tests.benchmarks").__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--only",
        type=_letters,
        default=list(_WORKS),
        metavar="A,C",
        help="which ones: " + ", ".join(f"{letter} {place.partition(':')[2]}" for letter, place in _WORKS.items()),
    )
    parser.add_argument("--rounds", type=int, default=40, metavar="N", help="how many rounds the medians are of")
    parser.add_argument(
        "--without",
        nargs="+",
        metavar="PASS",
        choices=["all", *(each.name.lower() for each in Pass)],
        help="print by what factor time (row I: memory) grows without each of these passes of the recorder: all, "
        + ", ".join(each.name.lower() for each in Pass),
    )
    parser.add_argument("--json", action="store_true", help="print JSON in place of the table")
    return parser.parse_args(arguments)


def _letters(text: str) -> list[str]:
    letters = text.upper().split(",")
    unknown = [each for each in letters if each not in _WORKS]
    if unknown:
        raise argparse.ArgumentTypeError(f"no benchmark {', '.join(unknown)}; there are {', '.join(_WORKS)}")
    return letters


def _cells(figure: Figure) -> tuple:
    return (
        figure.work,
        figure.what,
        figure.yardstick,
        _number(figure.ours, 1),
        _number(figure.theirs, 1),
        figure.unit,
        _number(figure.ratio, 2),
        _number(figure.goal, 2),
        {True: "yes", False: "NO", None: "-"}[figure.met],
        *(_number(figure.peers.get(each) and figure.ours / figure.peers[each], 2) for each in _PEERS),
    )


def _number(number: float | None, digits: int) -> str:
    return "-" if number is None else f"{number:,.{digits}f}"


def _line(cells: Sequence[str]) -> str:
    return "  ".join(
        f"{cell:<{width}}" if i < 3 or i == 5 else f"{cell:>{width}}"
        for i, (cell, width) in enumerate(zip(cells, _WIDTHS))
    ).rstrip()


def _plain(figure: Figure) -> dict[str, Any]:
    return {**vars(figure), "ratio": figure.ratio, "met": figure.met}


if __name__ == "__main__":
    main()
