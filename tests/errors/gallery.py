"""The gallery of errors: small programs that go wrong, what they print, why, and what to do.

`python tests/errors/gallery.py` writes docs/errors.md; test_gallery.py fails where that file is not what this writes.
"""

from __future__ import annotations

import ast
import builtins
import contextlib
import difflib
import io
import linecache
import pathlib
import traceback
import types
import warnings
from dataclasses import dataclass

from fixes import FIXES

import minigraph as tf
from minigraph.graph.tracebacks import trimmed

HERE = pathlib.Path(__file__).resolve().parent
PAGE = HERE.parent.parent / "docs" / "errors.md"

SECTIONS = {
    "Variables without a value": [
        "uninitialized_variable",
        "initialized_in_another_session",
        "slots_not_initialized",
        "local_variables_not_initialized",
        "initial_value_of_another_variable",
    ],
    "Feeding": [
        "unfed_placeholder",
        "unfed_summary",
        "placeholder_made_again",
        "feed_shape",
        "feed_key",
        "tensor_as_feed",
    ],
    "Fetching": [
        "fetch_none",
        "fetch_by_operation_name",
        "value_fetched",
        "name_not_in_graph",
        "eval_without_session",
        "closed_session",
    ],
    "Graphs": ["other_graph", "session_of_another_graph", "empty_graph", "finalized_graph", "growing_graph"],
    "Names and sharing": [
        "variable_exists",
        "cell_run_twice",
        "variable_missing",
        "slots_in_a_reusing_scope",
        "unshared_variable",
        "name_scope_and_variables",
        "variable_of_another_dtype",
    ],
    "Gradients and training": [
        "no_gradients",
        "minimize_a_value",
        "clip_pairs",
        "clip_none",
        "clip_one_tensor",
        "global_step_exists",
        "global_step_not_counted",
    ],
    "Arguments of optimize_loss": [
        "decay_as_number",
        "decay_of_one_argument",
        "summaries_as_string",
        "variables_by_name",
        "update_ops_as_number",
        "clip_range",
    ],
    "Losses and layers": ["one_hot_labels", "labels_and_logits_swapped", "keep_prob_zero"],
    "Order": [
        "update_ops",
        "update_on_identity",
        "outside_the_block",
        "unordered_operations",
        "cond_outside",
        "print_unused",
    ],
    "Tensors are not values": [
        "tensor_as_condition",
        "tensor_in_a_loop",
        "tensor_as_array",
        "float_of_tensor",
        "numpy_of_tensor",
        "gradient_tape",
        "keras_model",
    ],
    "Types, shapes and failures of a run": [
        "dtype_mismatch",
        "shapes_do_not_fit",
        "kernel_failure",
        "broadcast_failure",
        "index_out_of_range",
        "python_in_the_graph",
        "loop_variable_grows",
    ],
}
NAMES = [name for names in SECTIONS.values() for name in names]

INTRODUCTION = """\
# Errors, and what they mean

Each error is shown by a small program that causes it, with its output, the cause and the fix. The first
sentence of a message is TensorFlow 1.x's, so that you can search for it; the lines after it name the line of your
program that made the operation, the line that ran it, the path between them, and what to type.

Tracebacks show only the lines of your program. `minigraph.set_traceback(full=True)` also shows those inside MiniGraph.
An error that you catch, or that a debugger or `logging` shows, always has all of them.

This page is written by `tests/errors/gallery.py`, which runs the programs; a test compares it. Each entry has a
permanent anchor, for links from a course.
"""


@dataclass
class Example:
    """A program of the gallery, taken apart: the title, cause and fix of its docstring, and its code."""

    name: str
    title: str
    cause: str
    fix: str
    code: str


def example(name: str) -> Example:
    """Read a program. Its code begins after the docstring, so that line 1 is the first one on the page."""
    text = (HERE / "programs" / f"{name}.py").read_text()
    tree = ast.parse(text)
    title, _, story = ast.get_docstring(tree).partition("\n\n")
    cause, _, fix = story.partition("\nFix: ")
    code = "\n".join(text.splitlines()[tree.body[0].end_lineno :]) + "\n"
    return Example(name, title, cause.removeprefix("Cause: "), fix, code)


def fixed(name: str) -> str:
    """Return the code of a program with what is wrong put right."""
    code = example(name).code
    for old, new in FIXES[name].items():
        assert code.count(old) == 1, (name, old)
        code = code.replace(old, new)
    return code


def changes(name: str) -> str:
    """Return the lines that a fix takes away (-) and puts in (+)."""
    before, after = example(name).code.splitlines(), fixed(name).splitlines()
    found = difflib.unified_diff(before, after, lineterm="", n=0)
    return "".join(line + "\n" for line in list(found)[2:] if not line.startswith("@@") and line not in ("-", "+"))


def run(code: str, filename: str) -> tuple[str, BaseException | None]:
    """Run a program in a new graph; return what it prints, warnings and a traceback included, and the error."""
    linecache.cache[filename] = len(code), None, code.splitlines(True), filename
    out, error = io.StringIO(), None
    with contextlib.redirect_stdout(out), warnings.catch_warnings(), contextlib.ExitStack() as stack:
        warnings.simplefilter("always")
        warnings.showwarning = lambda text, kind, file, line, *_: print(f"{file}:{line}: {kind.__name__}: {text}")
        stack.callback(tf.reset_default_graph)
        tf.reset_default_graph()
        try:
            exec(compile(code, filename, "exec"), types.ModuleType("__main__").__dict__)
        except Exception as raised:
            error = raised
            print(shown(raised, filename), end="")
    return out.getvalue(), error


def shown(error: BaseException, filename: str) -> str:
    """Return the traceback as a user sees it, without what differs from one version of Python to the next."""
    text = ""
    if error.__cause__ is not None:
        text = (
            shown(error.__cause__, filename)
            + "\nThe above exception was the direct cause of the following exception:\n\n"
        )
    text += "Traceback (most recent call last):\n"
    for frame in traceback.extract_tb(trimmed(error.__traceback__)):
        if frame.filename != __file__:
            text += f'  File "{frame.filename}", line {frame.lineno}, in {frame.name}\n'
            text += f"    {frame.line}\n" if frame.line else ""
    kind = type(error)
    name = kind.__name__ if kind.__module__ == builtins.__name__ else f"{kind.__module__}.{kind.__name__}"
    return f"{text}{name}: {error}\n"


def entry(name: str) -> str:
    """Return the part of the page about one program."""
    found = example(name)
    printed, _ = run(found.code, f"{name}.py")
    return (
        f'<a id="{anchor(name)}"></a>\n### {found.title}\n\n```python\n{found.code}```\n\n```text\n{printed}```\n\n'
        f"**Cause.** {_sentence(found.cause)}\n\n**Fix.** {_sentence(found.fix)}\n\n"
        f"```diff\n{changes(name)}```\n"
    )


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:]


def anchor(name: str) -> str:
    """Return the part of a link after the #."""
    return name.replace("_", "-")


def page() -> str:
    """Return the whole page."""
    parts = [INTRODUCTION]
    for section, names in SECTIONS.items():
        parts.append(f"**{section}**\n\n" + "".join(f"- [{example(n).title}](#{anchor(n)})\n" for n in names))
    for section, names in SECTIONS.items():
        parts += [f"## {section}\n", *map(entry, names)]
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page())
