"""The command `minigraph`: draws the graph of a script, says what in it is not intended, or hands out the lessons.

    minigraph render train.py -o train.svg
    minigraph render train.py --no-run --depth 2 --steps 100
    minigraph lint train.py
    minigraph lab train.py -o train.html
    minigraph lessons
    minigraph run train.py

The script runs as it would by `python train.py`; what it prints is printed, and its arguments are those that
this command does not know.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from minigraph import __version__, viz
from minigraph.alias.script import run_script, say
from minigraph.course import handout
from minigraph.datasets import mnist
from minigraph.explain.program import reports
from minigraph.explain.watching import Runs, lint_watched, watched
from minigraph.graph.default import get_default_graph
from minigraph.graph.graph import Graph
from minigraph.graph.observe import observing
from minigraph.graph.text import amount, listed, similar
from minigraph.graph.traces import format_where
from minigraph.viz.page.failure import failure_text
from minigraph.viz.page.runs import recording_runs
from minigraph.viz.view.sections import WAYS

__all__ = ["main"]

DRAWN, USAGE, NOT_DRAWN, FOUND = 0, 2, 3, 4
_BY = "tell the stages of training apart (default), go by names only, by what nodes are for, or by device or job"
_SCOPES = "a name scope or a stage, such as gradients"


def main(argv: list[str] | None = None) -> int:
    """Run the command.

    Args:
        argv: its arguments, by default those of the process.

    Returns:
        The exit status: 0 if the picture was drawn or nothing was found, 1 if the script failed, 2 for a wrong use, 3
        if there was nothing to draw or it could not be drawn, 4 if `lint` has found something, 130 if it was
        interrupted; a status that the script itself exits with is passed on.

    Example:
        >>> main(["render", "no_such_script.py"])
        2
    """
    argv = list(sys.argv[1:] if argv is None else argv)
    at = argv.index("--") if "--" in argv else len(argv)
    parser = _parser()
    try:
        options, own = parser.parse_known_args(argv[:at])
    except SystemExit as end:
        return int(end.code or 0)
    if options.command is None:
        parser.print_help()
        return USAGE
    options.args, options.failure = own + argv[at + 1 :], None
    if options.args and options.make is _lessons:
        return say(f"lessons does not know {' '.join(options.args)}", USAGE)
    _note_misspelt(own, parser, options.command)
    if options.make is not _lessons and not os.path.isfile(options.script):
        return say(f"there is no script {options.script!r}", USAGE)
    return options.make(options)


def _note_misspelt(own: list[str], parser: argparse.ArgumentParser, command: str) -> None:
    """Say of arguments that go to the script which of the command's own options they look like, or whose they are."""
    subparsers = next(action for action in parser._actions if isinstance(action, argparse._SubParsersAction))
    options = {name: list(each._option_string_actions) for name, each in subparsers.choices.items()}
    others = {option for name, each in options.items() if name != command for option in each}
    for argument in own:
        name = argument.partition("=")[0]
        close = similar(name, options[command], 1, 0.75) if name.startswith("--") else []
        if close:
            say(f"{name} goes to the script; did you mean {close[0]}?", DRAWN)
        elif name in others:
            say(f"{name} goes to the script: {command} has no such option", DRAWN)


def _at_least(least: int) -> Callable[[str], int]:
    """Return how an option reads its number."""

    def number(text: str) -> int:
        if not text.lstrip("-").isdigit() or int(text) < least:
            raise argparse.ArgumentTypeError(f"{text!r} is no number from {least} on")
        return int(text)

    return number


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("minigraph", description="Looks into what a script builds.", allow_abbrev=False)
    parser.add_argument("--version", action="version", version=f"minigraph {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="command")

    def command(name: str, make: Callable, help: str, description: str, then: str = "") -> argparse.ArgumentParser:
        """Add a command that runs a script; `then` is what it does if it is told not to run it to its end."""
        epilog = "Arguments that are not listed here are the script's; those after -- are in any case."
        added = commands.add_parser(name, help=help, allow_abbrev=False, description=description, epilog=epilog)
        added.add_argument("script", help="the Python file")
        added.set_defaults(make=make, **({} if then else {"no_run": None}))
        if then:
            text = f"stop the script at its first Session.run, and {then} what it has built"
            added.add_argument("--no-run", action="store_true", help=text)
        return added

    command(
        "lint",
        _lint,
        "run a script and say what in its graph is probably not intended",
        "Runs a Python script, and then says what in its graphs and its runs is legal but probably not intended.",
        then="look at",
    )
    command(
        "explain",
        _explain,
        "run a script and say what its runs needed and what its train ops do",
        "Runs a Python script, and then says of each different run what it needed, read and wrote, of each train op "
        "what it consists of, which results depend on the order, and what is probably not intended.",
    )
    run = command(
        "run",
        _run_script,
        "run a script of TensorFlow 1.x, or a notebook, as it is",
        "Runs a script or a notebook in which `import tensorflow`, compat.v1, contrib and python mean MiniGraph.",
    )
    run.add_argument("--fake-data", action="store_true", help="make digits up where a script finds no files of MNIST")
    render = command(
        "render",
        _render,
        "run a script and draw the graph that it builds",
        "Runs a Python script and draws the graph that it builds.",
        then="draw",
    )
    _add_output(render, ".svg, .png, .pdf or .dot; by default SCRIPT.svg")
    _add_view(render)
    lab = command(
        "lab",
        _lab,
        "run a script and make a page to explore its graph and its runs",
        "Runs a Python script, records the first runs of each kind, and makes a page, one HTML file, in which the "
        "graph is opened, searched, asked what a fetch would run, and stepped through.",
        then="draw",
    )
    _add_output(lab, ".html; by default SCRIPT.html")
    lab.add_argument("--theme", choices=("auto", "light", "dark"), default="auto")
    _add_lessons(commands)
    return parser


def _add_view(render: argparse.ArgumentParser) -> None:
    """Add what says how a picture is drawn."""
    render.add_argument("--depth", type=_at_least(0), metavar="N", help="open the scopes down to this depth")
    render.add_argument("--fetch", action="append", metavar="NAME", help="draw only what a run of this needs")
    render.add_argument("--fold", action="append", default=[], metavar="SCOPE", help=f"draw as one box: {_SCOPES}")
    render.add_argument("--unfold", action="append", default=[], metavar="SCOPE", help=f"open: {_SCOPES}")
    render.add_argument("--reads", action="store_true", help="draw which write each read of a variable sees")
    render.add_argument("--constants", action="store_true", help="draw constants as boxes")
    render.add_argument("--theme", choices=("light", "dark", "print"), default="light")


def _add_lessons(commands: argparse._SubParsersAction) -> None:
    lessons = commands.add_parser(
        "lessons",
        help="write the lessons of the course as notebooks",
        allow_abbrev=False,
        description="Writes the lessons of the course as notebooks. A file that is there already is not touched.",
    )
    lessons.set_defaults(make=_lessons)
    lessons.add_argument("folder", nargs="?", default="lessons", help="where to write them; by default lessons")
    lessons.add_argument("--no-solutions", action="store_true", help="leave the solutions of the exercises out")


def _add_output(command: argparse.ArgumentParser, output: str) -> None:
    """Add what every command has that makes a file."""
    command.add_argument("-o", "--output", metavar="FILE", help=output)
    command.add_argument(
        "--graph", type=_at_least(1), metavar="N", help="which graph to draw, if the script makes several"
    )
    command.add_argument("--by", choices=WAYS, default="stage", help=_BY)
    command.add_argument("--title", metavar="TEXT")


def _render(options: argparse.Namespace) -> int:
    output = _output(options, (".svg", ".png", ".pdf", ".dot"))
    if output is None:
        return USAGE
    with _all_graphs() as graphs:
        status = _run(options, graphs, "the picture shows what it had built until then")
        drawn = _draw(options, graphs, output)
    return status or drawn


def _run_script(options: argparse.Namespace) -> int:
    mnist.use_fake_digits = options.fake_data
    return run_script(options.script, options.args, options.no_run, lambda error: "")


def _lint(options: argparse.Namespace) -> int:
    with _all_graphs() as graphs, watched() as runs:
        status = _run(options, graphs, "this is about what it did before")
    full = _full(graphs)
    if not full:
        return status or say("the script built no graph", NOT_DRAWN)
    found = _print_findings(options.script, full, runs)
    if not found:
        ended = f"{options.script} ended with status {status}; in what it did until then there is no finding"
        say(ended if status else f"nothing found in {options.script}", status)
    return status or (FOUND if found else DRAWN)


def _explain(options: argparse.Namespace) -> int:
    with _all_graphs() as graphs, watched() as runs:
        status = _run(options, graphs, "this is about what it did before")
    full = _full(graphs)
    if not full:
        return status or say("the script built no graph", NOT_DRAWN)
    for graph in full:
        print(f"{options.script}: a graph of {amount(graph.version, 'node')}, made at {format_where(graph._where)}")
        for report in reports(graph, runs):
            title = report.title if len(report) or report.lines() else "lint: nothing found"
            print("", *[line for line in (title, *report.lines()) if line], sep="\n")
    return status


def _print_findings(script: str, graphs: list[Graph], runs: Runs) -> int:
    """Print what is found in graphs, and return how much."""
    found = 0
    for graph in graphs:
        report = lint_watched(graph, runs)
        found += len(report)
        if len(report):
            made = f" in the graph made at {format_where(graph._where)}" if len(graphs) > 1 else ""
            print("\n".join([f"{script}: {report.title}{made}", *report.lines()]))
    return found


def _full(made: list[Graph]) -> list[Graph]:
    """Return the graphs that are not empty; where main() is called the default graph may be older than the script."""
    default = get_default_graph()
    return [graph for graph in [*made, *([] if default in made else [default])] if graph.version]


def _lab(options: argparse.Namespace) -> int:
    output = _output(options, (".html", ".htm"))
    if output is None:
        return USAGE
    with _all_graphs() as graphs, recording_runs() as runs:
        status = _run(options, graphs, "the page has what it had built and run until then")
        drawn = _write_page(options, graphs, runs, output)
    return status or drawn


def _lessons(options: argparse.Namespace) -> int:
    try:
        written, kept = handout.write(options.folder, solutions=not options.no_solutions)
    except OSError as error:
        return say(f"no lessons can be written into {options.folder!r}: {error.strerror}", NOT_DRAWN)
    if kept:
        say(f"there already, and not touched: {listed([path.name for path in kept])}", DRAWN)
    install = "" if importlib.util.find_spec("jupyterlab") else "pip install 'minigraph[lessons]', then "
    return say(f"{amount(len(written), 'lesson')} written. To open them: {install}jupyter lab {options.folder}", DRAWN)


def _output(options: argparse.Namespace, endings: tuple[str, ...]) -> str | None:
    """Return the file to write, by default with the first ending; None, and a message, for a wrong use."""
    output = options.output or os.path.splitext(os.path.basename(options.script))[0] + endings[0]
    if not output.lower().endswith(endings):
        listed = " or ".join([", ".join(endings[:-1]), endings[-1]])
        say(f"cannot tell what to write from the name {output!r}: end it in {listed}", USAGE)
        return None
    return _writable(os.path.abspath(output))  # the script may change the folder


def _writable(path: str) -> str | None:
    """Return the path; None, and a message, if no file can be written there: known before the script takes its time."""
    folder = os.path.dirname(path)
    if os.path.isdir(path):
        say(f"{path!r} is a folder: give the name of a file in it", USAGE)
    elif not os.path.isdir(folder):
        say(f"there is no folder {folder!r}: make it, or give another name", USAGE)
    elif not os.access(path if os.path.exists(path) else folder, os.W_OK):
        say(f"{path!r} cannot be written", USAGE)
    else:
        return path
    return None


@contextmanager
def _all_graphs() -> Iterator[list[Graph]]:
    """Return the list of graphs made inside, function bodies aside; it keeps alive those that the script drops."""
    made: list[Graph] = []

    def on_graph(graph: Graph) -> None:
        if not graph.building_function:
            made.append(graph)

    with observing(on_graph):
        yield made


def _run(options: argparse.Namespace, graphs: list[Graph], if_it_fails: str) -> int:
    """Run the script; of one that fails note how, and say what is shown of it, if it has built a graph."""

    def failed(error: BaseException) -> str:
        options.failure = failure_text(error, options.script)
        return if_it_fails if _full(graphs) else "it had built no graph until then"

    return run_script(options.script, options.args, options.no_run, failed)


def _draw(options: argparse.Namespace, graphs: list[Graph], output: str) -> int:
    graph = _chosen(options, graphs)
    if graph is None:
        return NOT_DRAWN
    try:
        view = viz.View(
            graph,
            depth=options.depth,
            fetches=options.fetch,
            fold=options.fold,
            unfold=options.unfold,
            by=options.by,
            reads=options.reads,
            show_constants=options.constants,
            title=options.title,
        )
        viz.render(view, output, theme=options.theme)
    except (ValueError, KeyError, OSError, viz.GraphvizError) as error:
        return say(str(error.args[0]) if isinstance(error, KeyError) else str(error), NOT_DRAWN)
    return say(f"{os.path.relpath(output)}: {view.title}", DRAWN)


def _write_page(options: argparse.Namespace, graphs: list[Graph], runs: list, output: str) -> int:
    graph = _chosen(options, graphs)
    if graph is None:
        return NOT_DRAWN
    own = [trace for where, trace in runs if where is graph]
    try:
        title = options.title or os.path.basename(options.script)
        made = viz.page(graph, runs=own, title=title, theme=options.theme, by=options.by)
        made.data["failure"] = options.failure
        made.save(output)
    except OSError as error:
        return say(str(error), NOT_DRAWN)
    held = f"{amount(graph.version, 'node')}, {amount(len(own), 'recorded run')}"
    return say(f"{os.path.relpath(output)}: {held}", DRAWN)


def _chosen(options: argparse.Namespace, made: list[Graph]) -> Graph | None:
    default, graphs = get_default_graph(), _full(made)
    if not graphs:
        say("the script built no graph" + (" before its first run" if options.no_run else ""), NOT_DRAWN)
        return None
    if options.graph is not None:
        if not 1 <= options.graph <= len(graphs):
            say(f"--graph {options.graph}: the script made {len(graphs)}\n{_listed(graphs)}", NOT_DRAWN)
            return None
        return graphs[options.graph - 1]
    graph = default if default in graphs else max(graphs, key=lambda g: g.version)
    if len(graphs) > 1:
        say(
            f"the script made {len(graphs)} graphs; number {graphs.index(graph) + 1} is drawn, "
            f"--graph N draws another\n{_listed(graphs)}",
            DRAWN,
        )
    return graph


def _listed(graphs: list[Graph]) -> str:
    return "\n".join(
        f"  {i}: {graph.version:,} nodes, made at {format_where(graph._where)}" for i, graph in enumerate(graphs, 1)
    )
